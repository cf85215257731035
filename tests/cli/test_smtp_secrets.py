"""Planted passwords and tokens are in nothing that the program writes, whatever goes wrong on the way to the server."""
import base64
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.smtp_workshop import Peer, Workshop  # noqa: E402
from support.traces import in_files, shapes, traces  # noqa: E402

SECRETS = tuple(f"c4n4ry/{name}+&%?=" for name in ("environment", "file", "sealed", "wrong"))
FROM_ENVIRONMENT, FROM_FILE, SEALED, WRONG = SECRETS
USER = "avisos@taller.example"

# Mode of the peer and mechanism of the account. The passwords take turns; each mechanism meets a good login and a bad.
FAULTS = (
    ("normal", "plain"),
    ("normal", "login"),
    ("normal", "xoauth2"),
    ("normal", "xoauth2"),
    ("normal", "login"),
    ("normal", "plain"),
    ("normal", "plain"),
    ("auth-535", "plain"),
    ("auth-535", "login"),
    ("auth-535", "xoauth2"),
    ("auth-454", "plain"),
    ("auth-535-mid-run", "login"),
    ("no-auth", "plain"),
    ("no-starttls", "plain"),
    ("injected-before-tls", "plain"),
    ("tls-old", "plain"),
    ("close-on-accept", "plain"),
    ("banner-554", "plain"),
    ("mail-5xx", "xoauth2"),
    ("rcpt-5xx", "plain"),
    ("5xx-after-dot", "plain"),
    ("close-after-dot", "login"),
    ("bad-code", "plain"),
)


def test_the_search_finds_a_secret_in_every_disguise():
    for secret in SECRETS:
        assert traces(secret, f"a {secret} b".encode())
        for before in (b"", b"\0", b"\0a", b"user=ana\x01auth=Bearer "):
            assert traces(secret, base64.b64encode(before + secret.encode() + b"\x01\x01")), before
    assert not traces(WRONG, base64.b64encode(FROM_FILE.encode()))
    assert all(len(shape) > 12 for secret in SECRETS for shape in shapes(secret))


def check_no_secret(place, configuration):
    written = [file for file in place.folder.rglob("*") if file.is_file()
               and file not in (configuration, place.folder / "password") and not file.name.startswith("peer-")]
    names = {file.name for file in written}
    assert {"s.db", "log", "printed.1"} <= names and any(name.endswith(".eml") for name in names), names
    found = list(in_files(SECRETS, written))
    assert not found, "\n".join(found)


def test_no_fault_brings_a_secret_to_light():
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop({"outbox": {"transport": "file"}}, {"SMTP_PASSWORD": FROM_ENVIRONMENT}))
        authority = Authority(place.folder)
        certificate = authority.issue("good")
        (place.folder / "password").write_text(FROM_FILE + "\n")
        (place.folder / "password").chmod(0o600)
        sources = (("env:SMTP_PASSWORD", FROM_ENVIRONMENT), (f"file:{place.folder / 'password'}", FROM_FILE),
                   (SEALED, SEALED), (WRONG, FROM_FILE))
        accounts = {"outbox": {"transport": "file"}}
        for number, (mode, mechanism) in enumerate(FAULTS):
            reference, expected = sources[number % len(sources)]
            slug = f"{mode}-{number}"
            peer = stack.enter_context(Peer(place.folder / f"peer-{slug}", "--mode", mode, "--tls", "starttls",
                                            "--auth", f"{USER}:{expected}", *certificate))
            accounts[slug] = {"port": peer.port, "tls": "starttls", "user": USER, "password": reference,
                              "auth": mechanism, "ca_file": authority.file}
        place.configure(accounts)
        for slug in accounts:
            place.queue(slug, "ana@example.cl", "eva@example.cl")
        place.command("process-queue", "--verbose", "--concurrency", "2")
        assert place.sql("SELECT count(*) FROM notification WHERE status = 'accepted'")[0][0] >= 2 + 2 * 5
        for slug in accounts:
            place.later(slug)
        place.command("--json", "process-queue")
        place.command("--json", "process-queue", "--dry-run")
        place.command("stats")
        place.command("--json", "stats")
        for notification, in place.sql("SELECT min(id) FROM notification GROUP BY company_id"):
            place.command("explain", notification)
            place.command("--json", "explain", notification)
        check_no_secret(place, place.config)


def test_a_server_that_says_the_password_back_does_not_make_it_public():
    """As in `500 5.5.1 Command unrecognized: "AUTH PLAIN …"`."""
    plain = base64.b64encode(f"\0{USER}\0{WRONG}".encode()).decode()
    for echo in (f'500 5.5.1 Command unrecognized: "AUTH PLAIN {plain}"', f"535 5.7.8 wrong password: {WRONG}"):
        with Workshop({"outbox": {"transport": "file"}}, {"SMTP_PASSWORD": WRONG}) as place:
            authority = Authority(place.folder)
            with Peer(place.folder / "peer-echo", "--mode", "auth-535", "--reply", echo, "--tls", "starttls",
                      "--auth", "ana:other", *authority.issue("good")) as peer:
                place.configure({"outbox": {"transport": "file"},
                                 "taller": {"port": peer.port, "tls": "starttls", "user": USER, "auth": "plain",
                                            "password": "env:SMTP_PASSWORD", "ca_file": authority.file}})
                for slug in ("outbox", "taller"):
                    place.queue(slug, "ana@example.cl")
                place.command("process-queue", "--verbose").expect(1)
                assert place.account("taller")[0] == "blocked"
                place.command("--json", "stats")
                check_no_secret(place, place.config)


cli.main(globals())
