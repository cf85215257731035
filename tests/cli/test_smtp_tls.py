"""A password and a message go only to a server that has proved who it is, and never in clear.

Between the two stands a relay that keeps every octet the client says.
"""
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.smtp_workshop import Peer, Workshop  # noqa: E402
from support.traces import traces  # noqa: E402
from support.wire import Wire  # noqa: E402

PASSWORD = "canario+amarillo/7%"
ACCEPTED = "accepted 1: accepted end_of_data 250"


@contextlib.contextmanager
def workshop():
    with Workshop({}, {"SMTP_PASSWORD": PASSWORD}) as place:
        yield place, Authority(place.folder)


def account(port, authority, tls="starttls", **keys):
    return {"taller": {"port": port, "tls": tls, "user": "ana", "password": "env:SMTP_PASSWORD",
                       "ca_file": authority.file, **keys}}


def with_login(tls):
    return ["--tls", tls, "--auth", f"ana:{PASSWORD}"]


def check_nothing_was_said(wire, peer):
    """Neither the password nor anything of a message, whatever the server's log says."""
    assert peer.logins() == 0 and not peer.facts("auth")
    assert not traces(PASSWORD, wire.said), "the password was on the wire"
    for word in (b"AUTH ", b"MAIL FROM", b"ana@example.cl"):
        assert word not in wire.said, f"{word!r} was on the wire"


def test_a_server_that_cannot_prove_itself_gets_nothing_until_it_can():
    with workshop() as (place, authority):
        good = authority.issue("good")
        cases = {
            "expired": (authority.issue("expired", days=-1), "normal"),
            "self-signed": (authority.self_signed("self"), "normal"),
            "wrong-host": (authority.issue("other", names="DNS:other.example"), "normal"),
            "unknown-authority": (Authority(place.folder, "stranger").issue("strange"), "normal"),
            "tls-old": (good, "tls-old"),
            "no-starttls": (good, "no-starttls"),
            "injected-before-tls": (good, "injected-before-tls"),
        }
        for tls in ("starttls", "implicit"):
            for name, (certificate, mode) in cases.items():
                if tls == "implicit" and mode in ("no-starttls", "injected-before-tls"):
                    continue
                slug = f"{name}-{tls}"
                with Peer(place.folder / f"{slug}.bad", *with_login(tls), "--mode", mode, *certificate) as bad, \
                        Wire(bad.port) as wire, \
                        Peer(place.folder / f"{slug}.good", *with_login(tls), *good) as repaired:
                    keys = account(wire.port, authority, tls)["taller"]
                    place.configure({slug: keys})
                    place.queue(slug, "ana@example.cl")
                    done = place.deliver(slug)
                    try:
                        done.expect(1)
                        assert f"account_blocked account={slug}/email" in place.log()
                        assert place.account(slug)[:2] == ("blocked", 1)
                        assert place.rows(slug) == ["queued 0"]
                        check_nothing_was_said(wire, bad)

                        before = bad.connections()
                        place.deliver(slug)
                        assert bad.connections() == before, "a blocked account was tried again at once"

                        wire.to = repaired.port
                        place.later(slug)
                        place.deliver(slug).expect(0)
                        assert place.rows(slug) == [ACCEPTED] and place.account(slug) == ("ok", 0, 0)
                        assert len(repaired.accepted()) == 1 and repaired.logins() == 1
                        assert not traces(PASSWORD, wire.said)
                    except AssertionError as wrong:
                        raise AssertionError(f"{slug}: {wrong}") from wrong


def test_every_way_to_log_in_works_under_tls_and_shows_nothing_in_clear():
    for tls in ("starttls", "implicit"):
        for mechanism in ("plain", "login", "xoauth2"):
            with workshop() as (place, authority), \
                    Peer(place.folder / "peer", *with_login(tls), *authority.issue("good")) as peer, \
                    Wire(peer.port) as wire:
                place.configure(account(wire.port, authority, tls, auth=mechanism))
                place.queue("taller", "ana@example.cl", "eva@example.cl")
                place.deliver().expect(0)
                assert place.rows("taller") == [ACCEPTED] * 2, f"{tls} {mechanism}: {place.rows('taller')}"
                (login,) = peer.facts("auth")
                assert (login["mechanism"], login["good"], login["tls"]) == (mechanism.upper(), True, True)
                assert {message["user"] for message in peer.messages()} == {"ana"}
                assert not traces(PASSWORD, wire.said) and b"MAIL FROM" not in wire.said


def test_a_wrong_password_costs_one_login_and_the_right_one_delivers():
    with workshop() as (place, authority), \
            Peer(place.folder / "peer", *with_login("starttls"), *authority.issue("good")) as peer:
        place.configure(account(peer.port, authority))
        place.queue("taller", *(f"r{number}@example.cl" for number in range(20)))
        for _ in range(3):
            place.deliver(env={"SMTP_PASSWORD": "falso"})
        assert place.account("taller")[:2] == ("blocked", 1)
        assert peer.logins() == 1, "the login was tried again before its time"
        place.later("taller")
        place.deliver(env={"SMTP_PASSWORD": "falso"}).expect(1)
        assert peer.logins() == 2 and place.account("taller")[:2] == ("blocked", 2)
        assert place.rows("taller") == ["queued 0"] * 20
        place.later("taller")
        place.deliver().expect(0)
        assert place.rows("taller") == [ACCEPTED] * 20 and place.account("taller") == ("ok", 0, 0)


def test_a_password_that_is_not_there_blocks_the_account_before_any_connection():
    with workshop() as (place, authority), \
            Peer(place.folder / "peer", *with_login("starttls"), *authority.issue("good")) as peer:
        place.configure(account(peer.port, authority))
        place.queue("taller", "ana@example.cl")
        del place.env["SMTP_PASSWORD"]
        place.deliver().expect(1)
        assert "account_blocked" in place.log() and "SMTP_PASSWORD" in place.log()
        assert peer.connections() == 0 and place.account("taller")[0] == "blocked"


def test_a_password_without_tls_is_refused_before_anything_is_stored():
    with workshop() as (place, authority), Peer(place.folder / "peer", "--auth", f"ana:{PASSWORD}") as peer:
        for more in ({}, {"allow_plaintext": True}):
            try:
                place.configure(account(peer.port, authority, tls="none", **more))
            except AssertionError:
                pass
            place.command("setup", "--non-interactive").expect(3, err_has=["never sent without TLS", "hint:"])
        assert peer.connections() == 0


cli.main(globals())
