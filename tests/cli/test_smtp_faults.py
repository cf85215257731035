"""Every misbehaviour of the scripted SMTP server: what process-queue makes of it, and what the server saw.

A body that breaks off before its dot needs a message larger than all buffers between the two: tests/channels has it
("a body that stalls or breaks off before its dot has not been taken"). Here the dot is out, so nobody knows.
"""
import contextlib
import dataclasses
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, movable_clock, smtp_peer  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.smtp_workshop import Peer, Workshop, complaints  # noqa: E402

ACCEPTED = "accepted 1: accepted end_of_data 250"
UNCERTAIN = "retry_wait 1: uncertain end_of_data 0"
UNTOUCHED = "queued 0"
RECIPIENTS = ("ana@example.cl", "bad@example.cl", "eva@example.cl")


@dataclasses.dataclass
class Row:
    """A mode of the peer and what must come of one run. Of several messages, attempts that were returned (which a
    pipelined envelope may or may not meet) are not compared."""
    mode: str
    rows: list  # as Workshop.rows
    account: str = "ok"
    code: int = 0
    taken: int = 0  # messages whose dot reached the server
    connections: int = 1  # None: as many as it takes
    logins: int = 0
    peer: tuple = ()
    # What must have happened before the clock jumps over a time-out of the product, and the jump in seconds.
    jump: tuple = ()


def greeted(peer):
    return peer.connections() == 1


def talked(verb):
    return lambda peer: bool(peer.commands(verb))


TABLE = [
    Row("normal", [ACCEPTED] * 3, taken=3),
    # Nothing was said about any message: the account rests, the messages keep all their attempts.
    Row("refuse-accept", [UNTOUCHED], "paused", connections=0),
    Row("close-on-accept", [UNTOUCHED], "paused"),
    Row("banner-silent", [UNTOUCHED], "paused", jump=(greeted, 31)),
    Row("banner-421", [UNTOUCHED], "paused"),
    Row("banner-554", [UNTOUCHED], "blocked", 1),
    Row("banner-garbage", [UNTOUCHED], "paused", jump=(greeted, 31)),
    Row("endless-banner", [UNTOUCHED], "paused"),
    Row("ehlo-4xx", [ACCEPTED], taken=1),  # HELO does where nothing of EHLO is needed
    Row("no-starttls", [UNTOUCHED] * 3, "blocked", 1),
    Row("injected-before-tls", [UNTOUCHED] * 3, "blocked", 1),
    Row("tls-old", [UNTOUCHED] * 3, "blocked", 1),
    Row("no-auth", [UNTOUCHED] * 3, "blocked", 1),
    Row("auth-535", [UNTOUCHED] * 3, "blocked", 1, logins=1),
    Row("auth-454", [UNTOUCHED] * 3, "paused", logins=1),
    Row("auth-535-mid-run", [ACCEPTED, UNTOUCHED, UNTOUCHED], "blocked", 1, taken=1, connections=2, logins=2),
    # A definite refusal: later for 4xx, never for 5xx, on one connection.
    Row("mail-4xx", ["retry_wait 1: deferred mail 451"] * 3),
    Row("mail-5xx", ["queued 0: returned mail 550"], "blocked", 1),
    Row("mail-421", ["queued 0: returned mail 421"], "paused"),
    Row("rcpt-4xx", ["retry_wait 1: deferred recipient 450"] * 3),
    Row("rcpt-5xx", ["failed 1: rejected recipient 550"] * 3, code=1),
    Row("rcpt-421", ["retry_wait 1: deferred recipient 421"], "paused"),
    Row("data-4xx", ["retry_wait 1: deferred data 451"] * 3),
    Row("data-5xx", ["failed 1: rejected data 554"] * 3, code=1),
    Row("data-5xx", ["failed 1: rejected data 554"] * 3, code=1, peer=("--no-pipelining",)),
    Row("421-after-dot", ["retry_wait 1: deferred end_of_data 421"], "paused", taken=1),
    Row("4xx-after-dot", ["retry_wait 1: deferred end_of_data 451"] * 3, taken=3),
    Row("5xx-after-dot", ["failed 1: rejected end_of_data 554"] * 3, code=1, taken=3),
    # The dot is out and the verdict is not in.
    Row("drop-in-body", [UNCERTAIN]),
    Row("stall-in-body", [UNCERTAIN], jump=(talked("DATA"), 610)),
    Row("close-after-dot", [UNCERTAIN], taken=1),
    Row("silent-after-dot", [UNCERTAIN], taken=1, jump=(lambda peer: bool(peer.messages()), 610)),
    Row("half-reply-after-dot", [UNCERTAIN], taken=1),
    Row("long-line", [UNCERTAIN], taken=1),
    Row("nul-reply", [UNCERTAIN], taken=1),
    Row("bad-code", [UNCERTAIN], taken=1),
    Row("close-after-dot", [UNCERTAIN, ACCEPTED, ACCEPTED], taken=3, connections=None, peer=("--times", "1")),
    # A verdict is a verdict.
    Row("250-then-reset", [ACCEPTED], taken=1),
    Row("250-then-reset", [ACCEPTED] * 3, taken=3, connections=3),
    Row("quit-ignored", [ACCEPTED] * 3, taken=3),
    Row("8bit-reply", [ACCEPTED] * 3, taken=3),
    # One bad address among good ones costs neither them nor the connection.
    Row("bad-recipient", [ACCEPTED, "failed 1: rejected recipient 550", ACCEPTED], code=1, taken=2),
    Row("bad-recipient", [ACCEPTED, "failed 1: rejected recipient 550", ACCEPTED], code=1, taken=2,
        peer=("--no-pipelining",)),
    Row("data-354-after-refused-rcpt", [ACCEPTED, "failed 1: rejected recipient 550", ACCEPTED], code=1, taken=2),
    Row("data-354-then-250", [ACCEPTED, "failed 1: rejected recipient 550", ACCEPTED], code=1, taken=2),
    Row("greylist", ["retry_wait 1: deferred recipient 450"] * 3),
    Row("broken-pipelining-503", ["accepted 1: returned recipient 503, accepted end_of_data 250"], taken=1,
        connections=2),
    Row("broken-pipelining-silent", ["accepted 1: returned recipient 0, accepted end_of_data 250"], taken=1,
        connections=2, jump=(talked("MAIL"), 121)),
    # Enough for one connection is no refusal.
    Row("message-limit", [ACCEPTED] * 3, taken=3, connections=2),
    Row("message-limit-452", [ACCEPTED] * 3, taken=3, connections=2),
    Row("connection-limit", [ACCEPTED] * 3, taken=3),
    Row("idle-421", [ACCEPTED] * 3, taken=3, connections=3),
    Row("idle-close", [ACCEPTED] * 3, taken=3, connections=3),
]
WITH_LOGIN = {"no-starttls", "injected-before-tls", "tls-old", "no-auth", "auth-535", "auth-454", "auth-535-mid-run"}


def without_returned(row):
    return re.sub(r": $", "", re.sub(r"returned \w+ \d+(, |$)", "", row))


def check(row, slug, place, peer):
    """One run against one peer; an entry for each thing that is not as the table says."""
    if row.jump:
        moment, seconds = row.jump
        clock = movable_clock.Clock(place.folder)
        process = place.start("--company", slug, "--deadline", "1h", env=clock.environment)
        peer.wait_for(moment)
        done = place.finish(process, clock=clock, jump=seconds)
    else:
        done = place.deliver(slug)
    rows = place.rows(slug)
    messages = [message for message in peer.messages() if message["to"]]
    seen = {"code": done.code, "account": place.account(slug)[0], "taken": len(messages),
            "rows": rows if len(rows) == 1 else [without_returned(text) for text in rows],
            "connections": peer.connections(), "logins": peer.logins()}
    for what, value in seen.items():
        if getattr(row, what) not in (value, None):
            yield f"{what}: {value}, expected {getattr(row, what)}"
    yield from complaints(messages)
    if any(message["data"] for message in peer.messages() if not message["to"]):
        yield "a body was sent for nobody"
    if any(len(re.findall("<", line)) != 1 for line in peer.commands("RCPT")):
        yield "a RCPT with more than one address"
    if any(login["line"] for login in peer.facts("command") if login["line"].startswith("AUTH") and not login["tls"]):
        yield "a login without TLS"


def test_each_message_each_account_and_the_server_tell_the_same_story():
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop({}, {"SMTP_PASSWORD": "secreto"}))
        authority = Authority(place.folder)
        secured = ["--tls", "starttls", "--auth", "ana:secreto", *authority.issue("good")]
        login = {"tls": "starttls", "user": "ana", "password": "env:SMTP_PASSWORD", "ca_file": authority.file}
        cases = {}
        for number, row in enumerate(TABLE):
            if row.jump and movable_clock.why_not():
                print(f"{row.mode}: skipped, {movable_clock.why_not()}")
                continue
            slug = f"{row.mode}-{number}"
            needs_login = row.mode in WITH_LOGIN
            peer = Peer(place.folder / f"peer-{slug}", "--mode", row.mode, *row.peer, *(secured if needs_login else []))
            cases[slug] = row, stack.enter_context(peer), login if needs_login else {}
        place.configure({slug: {"port": peer.port, **keys} for slug, (_, peer, keys) in cases.items()})
        failed = []
        for slug, (row, peer, _) in cases.items():
            place.queue(slug, *RECIPIENTS[:len(row.rows)])
            failed += [f"{slug}: {text}" for text in check(row, slug, place, peer)]
        in_hand = place.sql("SELECT id FROM notification WHERE status IN ('claimed', 'sending')")
        assert not in_hand, f"left in the hand of a run: {in_hand}"
        assert not place.sql("SELECT id FROM attempt WHERE outcome IS NULL"), "an attempt without outcome"
        assert not failed, "\n".join(failed)


def test_the_table_has_every_mode_of_the_peer():
    assert {row.mode for row in TABLE} == set(smtp_peer.MODES)


cli.main(globals())
