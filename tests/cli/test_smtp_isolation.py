"""One company's dead or hostile server costs the others nothing, and a stop signal ends the wait for it."""
import contextlib
import pathlib
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, movable_clock  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.smtp_workshop import Peer, Workshop  # noqa: E402

MESSAGES = 20


@contextlib.contextmanager
def good_and_bad(mode, *peer_arguments, **keys):
    """Two companies with messages queued; the second one's server misbehaves."""
    with Workshop({}, {"SMTP_PASSWORD": "secreto"}) as place, Peer(place.folder / "good") as good, \
            Peer(place.folder / "bad", "--mode", mode, *peer_arguments) as bad:
        place.configure({"a-bad": {"port": bad.port, **keys}, "b-good": {"port": good.port}})
        for slug in ("a-bad", "b-good"):
            place.queue(slug, *(f"r{number}@example.cl" for number in range(MESSAGES)))
        yield place, good, bad


def check_the_good_one(place, good):
    assert len(good.accepted()) == MESSAGES
    assert place.rows("b-good") == ["accepted 1: accepted end_of_data 250"] * MESSAGES
    assert place.account("b-good") == ("ok", 0, 0)


def test_a_silent_server_stops_nobody_else_and_SIGTERM_ends_the_wait():
    with good_and_bad("banner-silent") as (place, good, bad):
        process = place.start()
        good.wait_for(lambda peer: len(peer.accepted()) == MESSAGES)
        bad.wait_for(lambda peer: peer.connections() == 1)
        assert process.poll() is None, "the run did not wait for the silent server"
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        place.finish(process, within=30)
        assert time.monotonic() - began < 5
        check_the_good_one(place, good)
        assert place.rows("a-bad") == ["queued 0"] * MESSAGES


def test_a_deadline_ends_the_wait_too():
    with good_and_bad("banner-silent") as (place, good, _):
        done = place.command("process-queue", "--deadline", "2s")
        done.expect(0)
        check_the_good_one(place, good)
        assert place.rows("a-bad") == ["queued 0"] * MESSAGES


def test_a_server_that_stalls_in_a_message_stops_nobody_else():
    if movable_clock.why_not():
        print(f"a server that stalls in a message: skipped, {movable_clock.why_not()}")
        return
    for mode in ("stall-in-body", "silent-after-dot"):
        with good_and_bad(mode) as (place, good, bad):
            clock = movable_clock.Clock(place.folder)
            process = place.start(env=clock.environment)
            good.wait_for(lambda peer: len(peer.accepted()) == MESSAGES)
            bad.wait_for(lambda peer: bool(peer.commands("DATA")))
            assert process.poll() is None, "the run did not wait for the verdict"
            place.finish(process, clock=clock, jump=610)
            check_the_good_one(place, good)
            assert sorted(place.rows("a-bad"))[-1] == "retry_wait 1: uncertain end_of_data 0"
            assert sum("uncertain" in row for row in place.rows("a-bad")) == 1


def test_a_refused_login_stops_nobody_else():
    with Workshop({}) as scratch:
        authority = Authority(scratch.folder)
        with good_and_bad("auth-535", "--tls", "starttls", "--auth", "ana:secreto", *authority.issue("good"),
                          tls="starttls", user="ana", password="env:SMTP_PASSWORD",
                          ca_file=authority.file) as (place, good, bad):
            place.deliver().expect(1)
            check_the_good_one(place, good)
            assert bad.logins() == 1
            assert place.account("a-bad")[:2] == ("blocked", 1)
            assert place.rows("a-bad") == ["queued 0"] * MESSAGES


cli.main(globals())
