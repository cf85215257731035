"""requeue and suppress: an operator changes what happens next."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

import json

BLOCKED_OUTBOX = cli.CONFIGURATION.replace("[[company]]", "[channels.file]\ndirectory = \"outbox\"\n[[company]]", 1)


def make_failed(place):
    """Lets the only notification expire before it goes out, the shortest way to a final state that is no success."""
    place.setup()
    line = cli.EVENT % "doc-1"
    line = line.replace('"key"', '"not_after":"2020-01-02T00:00:00Z","key"')
    place.run("enqueue", "-", "--at", "2020-01-01T00:00:00Z", stdin=line)


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
