"""requeue and suppress: an operator changes what happens next."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

import json

def make_expired(place):
    """Moves the only notification into the past, so that it runs out of time before it goes out."""
    place.setup().enqueue("doc-1").sql(
        "UPDATE notification SET created_at = 1577836800, due_at = 1577836800, not_after = 1577923200")
    place.run("process-queue")
    place.run("explain", "1").expect(0, "by email, expired")


def test_a_requeue_without_a_filter_is_refused():
    with cli.Installation() as place:
        place.setup()
        place.run("requeue").expect(2, err_has=["does not know what", "--failed"])
        place.run("requeue", "--company", "taller-sur").expect(2, err_has="does not know what")


def test_what_is_not_over_is_left_alone_and_said_so():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("requeue", "--id", "1").expect(0, "Nothing to do: notification 1 is queued")
        place.run("requeue", "--id", "9").expect(2, err_has="there is no notification 9")
        place.run("requeue", "--failed").expect(0, "0 notifications wait again")
        assert json.loads(place.run("--json", "requeue", "--held").expect(0).out) == {"requeued": 0}


def test_what_expired_is_sent_after_a_requeue():
    with cli.Installation() as place:
        make_expired(place)
        place.run("requeue", "--failed").expect(0, "0 notifications wait again")
        place.run("requeue", "--expired", "--company", "taller-norte").expect(0, "0 notifications wait again")
        place.run("requeue", "--expired", "--since", "1h").expect(0, "1 notification waits again")
        place.run("process-queue").expect(0)
        place.run("explain", "1").expect(0, "by email, accepted")


def test_a_suppressed_address_gets_nothing_until_it_is_told():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("suppress", "ana@example.cl", "--company", "taller-sur").expect(0, "gets nothing from taller-sur")
        place.run("process-queue").expect(0)
        place.run("explain", "1").expect(0, "suppressed")
        assert not list((place.folder / "outbox").glob("*.eml"))


def test_an_opt_out_of_promotion_does_not_silence_documents():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("suppress", "ana@example.cl", "--company", "taller-sur", "--promotional").expect(0, "nothing promotional")
        place.run("process-queue").expect(0)
        assert len(list((place.folder / "outbox").glob("*.eml"))) == 1


def test_suppress_refuses_what_it_cannot_understand():
    with cli.Installation() as place:
        place.setup()
        place.run("suppress", "ana", "--company", "taller-sur").expect(2, err_has="is not an e-mail address")
        place.run("suppress", "ana@example.cl", "--company", "x").expect(2, err_has="there is no company")
        place.run("suppress", "ana@example.cl").expect(2, err_has="--company")


cli.main(globals())
