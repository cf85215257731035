"""What runs after a refusal, a broken connection or a misbehaving server make of it."""
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.smtp_workshop import Peer, Workshop, complaints  # noqa: E402


@contextlib.contextmanager
def workshop(*peer_arguments, recipients=("ana@example.cl",)):
    """A workshop with messages queued, and the server behind its account."""
    with Workshop({}) as place, Peer(place.folder / "peer", *peer_arguments) as peer:
        place.configure({"taller": {"port": peer.port}})
        place.queue("taller", *recipients)
        yield place, peer


def test_a_greylisted_message_arrives_at_the_second_visit():
    with workshop("--mode", "greylist") as (place, peer):
        place.deliver().expect(0)
        place.deliver().expect(0)
        assert peer.connections() == 1, "it came back before its time"
        place.later("taller")
        place.deliver().expect(0)
        assert place.rows("taller") == ["accepted 2: deferred recipient 450, accepted end_of_data 250"]
        assert len(peer.accepted()) == 1


def test_a_temporary_refusal_waits_longer_each_time():
    with workshop("--mode", "rcpt-4xx") as (place, _):
        for minutes in (5, 10, 20, 40, 80, 160, 320, 360, 360):
            place.deliver().expect(0)
            (wait,), = place.sql("SELECT due_at - updated_at FROM notification")
            assert 0.8 * 60 * minutes - 1 <= wait <= 1.2 * 60 * minutes + 1, f"{wait} s, expected about {minutes} min"
            place.later("taller")
        assert place.rows("taller")[0].startswith("retry_wait 9: ")


def test_an_unknown_result_is_sent_again_octet_for_octet_and_held_after_the_third():
    with workshop("--mode", "close-after-dot") as (place, peer):
        for _ in range(5):
            place.deliver().expect(0)
            place.later("taller")
        assert place.rows("taller") == ["held 3: " + ", ".join(["uncertain end_of_data 0"] * 3)]
        assert len(peer.messages()) == 3, f"the server got {len(peer.messages())} copies"
        assert not list(complaints(peer.messages()))
        assert len({message["data"] for message in peer.messages()}) == 1
        place.run("requeue", "--held").expect(0, "1 notification waits again")


def test_an_unknown_result_that_is_accepted_later_is_two_recognisable_copies():
    with workshop("--mode", "half-reply-after-dot", "--times", "1") as (place, peer):
        place.deliver().expect(0)
        place.later("taller")
        place.deliver().expect(0)
        assert place.rows("taller") == ["accepted 2: uncertain end_of_data 0, accepted end_of_data 250"]
        first, second = peer.messages()
        assert first["data"] == second["data"]


def test_250_before_a_reset_is_never_sent_again():
    with workshop("--mode", "250-then-reset") as (place, peer):
        for _ in range(3):
            place.deliver().expect(0)
            place.later("taller")
        assert len(peer.messages()) == 1
        assert place.rows("taller") == ["accepted 1: accepted end_of_data 250"]


def test_a_server_that_mishandles_pipelining_is_remembered():
    with workshop("--mode", "broken-pipelining-503") as (place, peer):
        place.deliver().expect(0)
        assert place.account("taller") == ("ok", 0, 1)
        assert place.rows("taller")[0].startswith("accepted "), place.rows("taller")
        place.queue("taller", "next@example.cl")
        before = len(peer.facts("command"))
        place.deliver().expect(0)
        assert place.rows("taller")[1].startswith("accepted "), place.rows("taller")
        second_visit = [fact["line"].split(" ")[0] for fact in peer.facts("command")[before:]]
        assert second_visit[:4] == ["EHLO", "MAIL", "RCPT", "DATA"] and "RSET" not in second_visit, second_visit


def test_a_refused_recipient_costs_a_reset_and_not_the_connection():
    for arguments in ([], ["--no-pipelining"]):
        with workshop("--mode", "bad-recipient", *arguments,
                      recipients=("ana@example.cl", "bad@example.cl", "eva@example.cl")) as (place, peer):
            place.deliver().expect(1)
            assert peer.connections() == 1
            assert len(peer.commands("RSET")) == 1, peer.commands()
            assert len(peer.commands("RCPT")) == 3


def test_a_paused_account_is_left_alone_until_its_time_and_then_recovers():
    with workshop("--mode", "banner-421", "--times", "1") as (place, peer):
        place.deliver().expect(0)
        place.deliver().expect(0)
        assert peer.connections() == 1
        assert place.account("taller")[0] == "paused"
        place.later("taller")
        place.deliver().expect(0)
        assert place.account("taller") == ("ok", 0, 0)
        assert place.rows("taller") == ["accepted 1: accepted end_of_data 250"]


cli.main(globals())
