"""Every misbehaviour of the scripted HTTP server: what process-queue makes of it with each kind of account, and how many
requests the server saw. (Bodies that meet trouble on their way are larger than all buffers between the
two: tests/channels/test_http_faults.cpp has them.)"""
import contextlib
import dataclasses
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, http_peer, movable_clock  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.http_workshop import (KINDS, Cloud, Gateway, Peer, TwilioSms, TwilioWhatsapp, Vonage,  # noqa: E402
                                   Workshop, phone)

ACCEPTED = "accepted 1 accepted"
FAILED = "failed 1 rejected"
LATER = "retry_wait 1 deferred"
UNTOUCHED = "queued 0"
UNCERTAIN = object()  # what becomes of it depends on what the provider can be asked
AFTER_UNCERTAIN = {kind: "held 1 uncertain" for kind in KINDS} | {TwilioSms: "retry_wait 1 uncertain"}


@dataclasses.dataclass
class Row:
    """A mode of the peer, and what must come of two messages of each kind of account."""
    mode: str
    rows: list
    account: str = "ok"
    posts: int = 2  # of each account, at the server
    peer: tuple = ()
    tls: bool = True
    slow: bool = False  # ends with a time-out of the product


TABLE = [
    Row("normal", [ACCEPTED] * 2),
    Row("chunked", [ACCEPTED] * 2),
    Row("continue-first", [ACCEPTED] * 2),
    Row("connection-close", [ACCEPTED] * 2),
    Row("two-answers", [ACCEPTED] * 2),
    Row("in-pieces", [ACCEPTED] * 2),
    Row("until-close", [ACCEPTED] * 2),
    Row("until-close", [ACCEPTED] * 2, tls=False),
    # Nothing was said about any message: the account rests, the messages keep all their attempts.
    Row("refuse-accept", [UNTOUCHED] * 2, "paused", 0),
    Row("close-on-accept", [UNTOUCHED] * 2, "paused", 0),
    Row("tls-old", [UNTOUCHED] * 2, "blocked", 0),
    Row("accept-silent", [UNTOUCHED] * 2, "paused", 0, slow=True),
    # The address of the account is wrong, or its credentials are.
    Row("redirect-301", [UNTOUCHED] * 2, "blocked", 1),
    Row("redirect-307", [UNTOUCHED] * 2, "blocked", 1),
    Row("echo-headers", [UNTOUCHED] * 2, "blocked", 1),
    # The request is out and the answer is not in, or proves nothing.
    Row("close-on-accept", [UNCERTAIN] * 2, posts=0, tls=False),
    Row("empty-reply", [UNCERTAIN] * 2),
    Row("reset-after-request", [UNCERTAIN] * 2),
    Row("half-answer", [UNCERTAIN] * 2),
    Row("truncated-body", [UNCERTAIN] * 2),
    Row("garbage", [UNCERTAIN] * 2),
    Row("http-0.9", [UNCERTAIN] * 2),
    Row("huge-body", [UNCERTAIN] * 2),
    Row("huge-header", [UNCERTAIN] * 2),
    Row("html", [UNCERTAIN] * 2),
    Row("empty-body", [UNCERTAIN] * 2),
    Row("deep-json", [UNCERTAIN] * 2),
    Row("silent", [UNCERTAIN] * 2, slow=True),
    Row("slow-loris", [UNCERTAIN] * 2, slow=True),
    # A kept connection that ends after the server has taken the request: exactly one request for each message.
    Row("reuse-drop", [ACCEPTED, UNCERTAIN], tls=False),
    Row("reuse-drop", [ACCEPTED, UNCERTAIN]),
    Row("reuse-reset", [ACCEPTED, UNCERTAIN], tls=False),
    Row("reuse-reset", [ACCEPTED, UNCERTAIN]),
]
# Whether the client sees in time that a connection is over is not certain; what is: never more than one request each.
RACES = {"idle-close", "talks-while-idle"}
NOT_HERE = {"stalled-upload", "slow-reader", "early-answer"}


def slug_of(number, kind):
    return f"row-{number}-{kind.name}"


def prepare(place, stack, rows):
    """A peer for each row and a company for each of its kinds of account, with two messages queued."""
    authority = Authority(place.folder)
    secured = ["--tls", *authority.issue("good")]
    peers, companies, accounts = [], {}, {}
    for number, row in enumerate(rows):
        peers.append(stack.enter_context(Peer(place.folder / f"peer-{number}", "--mode", row.mode, *row.peer,
                                              *(secured if row.tls else []))))
    for number, row in enumerate(rows):
        for kind in KINDS:
            accounts[number, kind] = kind(peers[number].url, 10 * number + KINDS.index(kind), ca_file=authority.file)
            companies[slug_of(number, kind)] = accounts[number, kind]
    place.configure({slug: [account] for slug, account in companies.items()})
    place.queue_for_all(companies, phone(1), phone(2))
    return peers, accounts


def check(place, row, number, peer, accounts):
    for kind in KINDS:
        account, slug = accounts[number, kind], slug_of(number, kind)
        seen = {"rows": sorted(place.statuses(slug)), "account": place.account(slug, account.channel)[0],
                "posts": len(peer.posts(account.path))}
        # Where the provider can be asked, the looks were in vain, too.
        tired = row.slow and kind is TwilioSms and row.rows[0] is UNCERTAIN
        expected = {"rows": sorted(AFTER_UNCERTAIN[kind] if one is UNCERTAIN else one for one in row.rows),
                    "account": "paused" if tired else row.account, "posts": row.posts}
        yield from (f"{row.mode}{'' if row.tls else ' in clear'}, {kind.name}: {what} {seen[what]}, expected"
                    f" {expected[what]}: {place.rows(slug)} {place.account(slug, account.channel)[1]}"
                    for what in seen if seen[what] != expected[what])
    if any(request["path"] == "/elsewhere" for request in peer.facts("request")):
        yield f"{row.mode}: a redirect was followed"


def check_table(rows, deliver):
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop())
        peers, accounts = prepare(place, stack, rows)
        deliver(place, peers)
        failed = [text for number, row in enumerate(rows) for text in check(place, row, number, peers[number], accounts)]
        in_hand = place.sql("SELECT id FROM notification WHERE status IN ('claimed', 'sending')")
        assert not in_hand, f"left in the hand of a run: {in_hand}"
        assert not place.sql("SELECT id FROM attempt WHERE outcome IS NULL"), "an attempt without outcome"
        assert not failed, "\n".join(failed)


def test_each_message_each_account_and_the_server_tell_the_same_story():
    def deliver(place, peers):
        place.deliver().expect(1)  # some accounts are blocked
        sent = [len(peer.posts()) for peer in peers]
        place.deliver()
        assert [len(peer.posts()) for peer in peers] == sent, "a second run sent something again"

    check_table([row for row in TABLE if not row.slow], deliver)


def test_a_server_that_never_comes_to_an_end_is_given_up_at_the_deadline():
    if movable_clock.why_not():
        print(f"skipped, {movable_clock.why_not()}")
        return

    def deliver(place, peers):
        clock = movable_clock.Clock(place.folder)
        process = place.start("--deadline", "1h", env=clock.environment)
        for peer in peers:
            peer.wait_for(lambda one: one.connections() >= len(KINDS))
        for peer in peers[1:]:
            peer.wait_for(lambda one: len(one.posts()) >= len(KINDS))
        place.finish(process, clock=clock, jump=61).expect(0)

    check_table([row for row in TABLE if row.slow], deliver)


def test_a_connection_that_ends_between_two_messages_costs_at_most_certainty():
    with Workshop() as place, Peer(place.folder / "peer", "--mode", "idle-close") as peer:
        place.configure({kind.name: [kind(peer.url, number)] for number, kind in enumerate(KINDS)})
        for number, kind in enumerate(KINDS):
            place.queue(kind.name, phone(1), phone(2), channels=[kind.channel])
            place.deliver(kind.name).expect(0)
            posts = [kind.recipient(post) for post in peer.posts(kind("", number).path)]
            assert sorted(posts) == [phone(1), phone(2)], posts
            assert set(place.statuses(kind.name)) <= {ACCEPTED, AFTER_UNCERTAIN[kind]}, place.rows(kind.name)


def test_the_table_has_every_mode_of_the_peer():
    assert {row.mode for row in TABLE} | RACES | NOT_HERE == set(http_peer.MODES)


@dataclasses.dataclass
class Verdict:
    """What a provider says to every request of one account, and what must come of two messages."""
    kind: type
    status: int
    answer: object
    rows: list
    account: str = "ok"
    posts: int = 2
    headers: dict = dataclasses.field(default_factory=dict)
    wait: range = range(0, 1)  # seconds that the account rests


def graph(code, message="", **more):
    return {"error": {"message": message or f"(#{code}) said Meta", "type": "OAuthException", "code": code,
                      "fbtrace_id": "AbCd", **more}}


def twilio(code):
    return {"code": code, "message": "said Twilio", "more_info": f"https://www.twilio.com/docs/errors/{code}"}


def vonage(status):
    return {"message-count": "1", "messages": [{"status": status, "error-text": "said Vonage"}]}


def http_date(seconds):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + seconds))


FIVE_MINUTES, SIX_HOURS, QUARTER = range(240, 361), range(6 * 3600, 6 * 3600 + 1), range(900, 901)
ANY = range(0, 100_000)
VERDICTS = [
    # B34: the request may have been dealt with before the server fell over.
    *(Verdict(kind, status, "<html>", [UNCERTAIN] * 2) for kind in KINDS for status in (500, 502, 503, 504)),
    Verdict(TwilioSms, 500, twilio(20500), [UNCERTAIN] * 2),
    Verdict(TwilioSms, 503, twilio(20503), [UNCERTAIN] * 2),
    Verdict(Cloud, 500, graph(1), [UNCERTAIN] * 2),
    Verdict(Cloud, 400, graph(131000), [UNCERTAIN] * 2),
    Verdict(Vonage, 200, vonage("5"), [UNCERTAIN] * 2),
    # B35: a success that names no message proves nothing.
    Verdict(Cloud, 200, {"messages": []}, [UNCERTAIN] * 2),
    Verdict(TwilioSms, 201, {"status": "queued"}, [UNCERTAIN] * 2),
    Verdict(Vonage, 200, vonage("0"), [UNCERTAIN] * 2),
    Verdict(Gateway, 200, {"status": "ok"}, [UNCERTAIN] * 2),
    # B33: the account waits as long as it is told, within reason; its messages keep their attempts.
    *(Verdict(kind, 429, {}, [UNTOUCHED] * 2, "paused", 1, {"Retry-After": "1200"}, range(1200, 1201)) for kind in KINDS),
    Verdict(TwilioSms, 429, twilio(20429), [UNTOUCHED] * 2, "paused", 1, {"Retry-After": http_date(7200)},
            range(6600, 7201)),
    # Shorter than our own wait: the longer of the two.
    Verdict(Cloud, 429, {}, [UNTOUCHED] * 2, "paused", 1, {"Retry-After": "60"}, FIVE_MINUTES),
    Verdict(TwilioSms, 429, twilio(20429), [UNTOUCHED] * 2, "paused", 1, {"Retry-After": "999999999"}, SIX_HOURS),
    Verdict(Gateway, 429, "", [UNTOUCHED] * 2, "paused", 1, {}, FIVE_MINUTES),
    Verdict(Gateway, 429, "", [UNTOUCHED] * 2, "paused", 1, {"Retry-After": "soon"}, FIVE_MINUTES),
    Verdict(Cloud, 400, graph(80007), [UNTOUCHED] * 2, "paused", 1, {}, QUARTER),
    Verdict(Cloud, 400, graph(131048), [UNTOUCHED] * 2, "paused", 1, {}, SIX_HOURS),
    Verdict(TwilioSms, 400, twilio(21611), [UNTOUCHED] * 2, "paused", 1, {}, range(3600, 3601)),
    # B39 and its like: an operator must look; the rows keep all their attempts.
    *(Verdict(Cloud, 400, graph(code), [UNTOUCHED] * 2, "blocked", 1, wait=ANY)
      for code in (190, 10, 200, 131005, 33, 133010, 368, 131031, 131042)),
    Verdict(Cloud, 400, graph(100, "Invalid phone number id"), [UNTOUCHED] * 2, "blocked", 1, wait=ANY),
    *(Verdict(TwilioSms, 401, twilio(code), [UNTOUCHED] * 2, "blocked", 1, wait=ANY) for code in (20003, 21606, 30002)),
    Verdict(TwilioWhatsapp, 401, twilio(20003), [UNTOUCHED] * 2, "blocked", 1, wait=ANY),
    *(Verdict(Vonage, 200, vonage(status), [UNTOUCHED] * 2, "blocked", 1, wait=ANY) for status in ("4", "9", "15")),
    Verdict(Gateway, 200, {"error": {"code": 40}}, [UNTOUCHED] * 2, "blocked", 1, wait=ANY),
    # A definite refusal of the message, or for the moment.
    *(Verdict(Cloud, 400, graph(code), [FAILED] * 2) for code in (131026, 131047, 131049, 130472, 132000, 131008)),
    *(Verdict(TwilioSms, 400, twilio(code), [FAILED] * 2) for code in (21211, 21612, 21614, 21617, 21408, 30007)),
    *(Verdict(Vonage, 200, vonage(status), [FAILED] * 2) for status in ("2", "6", "7", "12")),
    Verdict(Gateway, 200, {"error": {"code": "21"}}, [FAILED] * 2),
    *(Verdict(Cloud, 400, graph(code), [LATER] * 2) for code in (2, 131016, 131057)),
    *(Verdict(TwilioSms, 400, twilio(code), [LATER] * 2) for code in (30003, 30008)),
    Verdict(Gateway, 200, {"error": {"code": "50"}}, [LATER] * 2),
]


def test_what_a_provider_says_decides_about_message_and_account_by_its_own_code():
    with Workshop() as place, contextlib.ExitStack() as stack:
        # Vonage has one path for all accounts, which the API key in the body tells apart.
        rules = [{"path": f"^{row.kind('', number).path}$", "body": f"api_key=key{number}&" if row.kind is Vonage else "",
                  "status": row.status, "headers": row.headers, "answer": row.answer}
                 for number, row in enumerate(VERDICTS)]
        peer = stack.enter_context(Peer(place.folder / "peer", rules=rules))
        companies = {f"row-{number}": row.kind(peer.url, number, **({"api_key": f"key{number}"} if row.kind is Vonage
                                                                     else {}))
                     for number, row in enumerate(VERDICTS)}
        place.configure({slug: [account] for slug, account in companies.items()})
        place.queue_for_all(companies, phone(1), phone(2))
        place.deliver().expect(1)
        failed = []
        for number, row in enumerate(VERDICTS):
            slug = f"row-{number}"
            state, reason, wait = place.account(slug, row.kind.channel)
            posts = [post for post in peer.posts(companies[slug].path)
                     if row.kind is not Vonage or f"api_key=key{number}&" in post["body"]]
            expected = [AFTER_UNCERTAIN[row.kind] if one is UNCERTAIN else one for one in row.rows]
            if (place.statuses(slug), state, len(posts)) != (expected, row.account, row.posts) or wait not in row.wait:
                failed.append(f"{row.kind.name} {row.status} {row.answer} {row.headers}: {place.rows(slug)} {state} for"
                              f" {wait} s ({reason}), {len(posts)} posts")
        assert not failed, "\n".join(failed)
        said = place.command("stats").out
        assert "blocked" in said and "190" in said, said


def test_a_pause_of_a_moment_is_waited_for_within_the_run():
    rules = [{"times": 1, "status": 429, "headers": {"Retry-After": "1"}, "answer": ""}]
    with Workshop() as place, Peer(place.folder / "peer", rules=rules) as peer:
        place.configure({"taller": [Gateway(peer.url, pace={"per_second": 10})]})
        place.queue("taller", phone(1), channels=["sms"])
        place.deliver().expect(0)
        assert place.statuses("taller") == [ACCEPTED], place.rows("taller")
        assert len(peer.posts()) == 2


cli.main(globals())
