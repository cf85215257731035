"""Planted tokens and passwords of HTTP accounts are in nothing that the program writes, although servers echo them."""
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, http_workshop  # noqa: E402
from support.http_workshop import KINDS, Peer, Workshop, phone  # noqa: E402
from support.traces import in_files  # noqa: E402

VARIABLES = ("META_TOKEN", "TWILIO_TOKEN", "VONAGE_SECRET", "GATEWAY_PASSWORD")
CANARIES = {name: f"c4n4ry/{name.lower()}+&%?={number}" for number, name in enumerate(VARIABLES)}
SEALED = "c4n4ry/sealed+&%?=9"

# Says back what it was sent, in each place that a provider's answer has for words, at the status of its `strike`.
ECHO = '''
import itertools, json, urllib.parse
strike = itertools.count()
STATUSES = (200, 400, 401, 403, 429, 500, 503)

def answer(request):
    status = STATUSES[next(strike) % len(STATUSES)]
    said = request["headers"].get("authorization", "") + " " + request["headers"].get("x-api-key", "") + " " + request["body"]
    said = said + " " + urllib.parse.unquote_plus(request["body"])
    form = dict(urllib.parse.parse_qsl(request["body"]))
    id = form.get("api_secret") or request["headers"].get("x-api-key") or request["headers"].get("authorization", "")
    return status, {"X-Echo": "x"}, {
        "error": {"message": said, "code": CODE, "error_user_title": said, "fbtrace_id": id, "error_data": said},
        "code": CODE, "message": said, "more_info": said, "sid": id, "status": id, "id": id,
        "messages": [{"id": id.split(" ")[-1], "status": STATUS, "error-text": said, "message-id": id}]}
'''
CODES = ((131000, "5"), (100, "2"), (190, "4"), (21211, "0"), (20003, "8"), (987654, "7"))


def sealed_accounts(url, number):
    """The same with the secret in clear in the configuration, for setup to seal."""
    for place, kind in enumerate(KINDS):
        keys = kind(url, 100 * number + place + 50).keys()
        yield kind, (kind.channel, {key: SEALED if str(value).startswith("env:") else value for key, value in keys.items()})


def check_no_secret(place, *exempt):
    written = [file for file in place.folder.rglob("*") if file.is_file() and file not in exempt
               and not file.name.startswith(("peer-", "echo-"))]
    names = {file.name for file in written}
    assert {"s.db", "log", "printed.1"} <= names, names
    found = list(in_files([*CANARIES.values(), SEALED], written))
    assert not found, "\n".join(found)


def test_no_echo_brings_a_secret_to_light():
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop(CANARIES))
        companies, kinds, peers = {}, {}, []
        for number, (code, status) in enumerate(CODES):
            handler = place.folder / f"echo-{number}.py"
            handler.write_text(ECHO.replace("CODE", str(code)).replace("STATUS}", f'"{status}"}}').replace(
                '"status": STATUS,', f'"status": "{status}",'))
            peer = stack.enter_context(http_workshop.PeerProcess(http_workshop.PROGRAM, place.folder / f"peer-{number}",
                                                                 "--handler", handler))
            peers.append(peer)
            url = f"http://127.0.0.1:{peer.port}"
            for place_of_kind, kind in enumerate(KINDS):
                companies[f"{kind.name}-{number}"] = [kind(url, 100 * number + place_of_kind)]
                kinds[f"{kind.name}-{number}"] = kind
            for kind, account in sealed_accounts(url, number):
                companies[f"{kind.name}-{number}-sealed"] = [account]
                kinds[f"{kind.name}-{number}-sealed"] = kind
        place.configure(companies)
        place.queue_for_all(kinds, phone(1), phone(2), phone(3))
        for arguments in (["--verbose", "process-queue"], ["--json", "process-queue"]):
            place.command(*arguments)
            place.sql("UPDATE account SET retry_at = 1 WHERE retry_at > 1")
            place.sql("UPDATE notification SET due_at = 1 WHERE status = 'retry_wait'")
        place.command("--verbose", "process-queue", "--dry-run")
        place.command("stats")
        place.command("--json", "stats")
        place.command("doctor")
        place.command("--json", "doctor")
        for notification, in place.sql("SELECT min(id) FROM notification GROUP BY company_id, status"):
            place.command("explain", "--verbose", notification)
        requests = sum(len(peer.facts("request")) for peer in peers)
        assert requests > 2 * len(companies), f"only {requests} requests were made"
        check_no_secret(place, place.config)


def test_a_broken_connection_says_nothing_of_what_was_on_it():
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop(CANARIES))
        companies, kinds = {}, {}
        for number, mode in enumerate(("echo-headers", "garbage", "half-answer", "reset-after-request", "redirect-301",
                                       "refuse-accept", "huge-header")):
            peer = stack.enter_context(Peer(place.folder / f"peer-{number}", "--mode", mode))
            for kind in KINDS:
                companies[f"{kind.name}-{number}"] = [kind(peer.url, 10 * number + KINDS.index(kind))]
                kinds[f"{kind.name}-{number}"] = kind
        place.configure(companies)
        place.queue_for_all(kinds, phone(1))
        place.command("--verbose", "process-queue").expect(1)
        place.command("doctor").expect(1)
        place.command("--json", "stats")
        check_no_secret(place)


cli.main(globals())
