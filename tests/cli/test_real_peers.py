"""Servers that others wrote: Postfix's smtp-sink with faults, aiosmtpd with STARTTLS and AUTH, on loopback only."""
import contextlib
import email
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.smtp_workshop import Workshop  # noqa: E402

SMTP_SINK = shutil.which("smtp-sink", path=os.environ["PATH"] + ":/usr/sbin")
SYSTEM_PYTHON = "/usr/bin/python3"  # the one for which Debian installs python3-aiosmtpd
ACCEPTED = "accepted 1: accepted end_of_data 250"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def smtp_sink(*arguments):
    """A running smtp-sink: its port, and the folder into which it writes what it takes, a file per session."""
    port = free_port()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="egarage-sink-"))
    as_root = os.getuid() == 0
    if as_root:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    process = subprocess.Popen([SMTP_SINK, *(["-u", "nobody"] if as_root else []), "-d", f"{folder}/%M.", *arguments,
                                f"127.0.0.1:{port}", "100"], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        give_up = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert time.monotonic() < give_up and process.poll() is None, "smtp-sink does not start"
                time.sleep(0.02)
        yield port, folder
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder)


# Arguments, account, row, exit code. In smtp-sink's words -q disconnects, -Q says 421 and disconnects, -r refuses for
# the moment, -f for good.
SINKS = [
    ((), "ok", ACCEPTED, 0),
    (("-p",), "ok", ACCEPTED, 0),  # no ESMTP, and so no PIPELINING
    (("-q", "RCPT"), "ok", "retry_wait 1: deferred recipient 0", 0),
    (("-q", "DATA"), "ok", "retry_wait 1: deferred data 0", 0),
    (("-q", "."), "ok", "retry_wait 1: uncertain end_of_data 0", 0),
    (("-Q", "CONNECT"), "paused", "queued 0", 0),
    (("-Q", "MAIL"), "paused", "queued 0: returned mail 421", 0),
    (("-Q", "RCPT"), "paused", "retry_wait 1: deferred recipient 421", 0),
    (("-Q", "."), "paused", "retry_wait 1: deferred end_of_data 421", 0),
    (("-r", "CONNECT"), "paused", "queued 0", 0),
    (("-r", "MAIL"), "ok", "retry_wait 1: deferred mail 450", 0),
    (("-r", "RCPT"), "ok", "retry_wait 1: deferred recipient 450", 0),
    (("-r", "DATA"), "ok", "retry_wait 1: deferred data 450", 0),
    (("-r", "."), "ok", "retry_wait 1: deferred end_of_data 450", 0),
    (("-f", "MAIL"), "blocked", "queued 0: returned mail 500", 1),
    (("-f", "RCPT"), "ok", "failed 1: rejected recipient 500", 1),
    (("-f", "DATA"), "ok", "failed 1: rejected data 500", 1),
    (("-f", "."), "ok", "failed 1: rejected end_of_data 500", 1),
]


def test_smtp_sink_refuses_in_every_place():
    if not SMTP_SINK:
        print("smtp-sink: skipped, it is missing (package postfix)")
        return
    failed = []
    for number, (arguments, account, row, code) in enumerate(SINKS):
        with smtp_sink(*arguments) as (port, folder), Workshop({"taller": {"port": port}}) as place:
            place.queue("taller", "ana@example.cl")
            done = place.deliver()
            seen = (place.account("taller")[0], place.rows("taller"), done.code)
            if seen != (account, [row], code):
                failed.append(f"{' '.join(arguments)}: {seen}, expected {(account, [row], code)}")
            texts = [path.read_text() for path in folder.iterdir()]
            if row == ACCEPTED and sum("Message-ID: <" in text for text in texts) != 1:
                failed.append(f"{' '.join(arguments)}: smtp-sink took {texts}")
    assert not failed, "\n".join(failed)


def test_a_server_that_closes_at_MAIL_is_not_asked_again_and_again():
    if not SMTP_SINK:
        print("a server that closes at MAIL: skipped, smtp-sink is missing (package postfix)")
        return
    for messages in (1, 2, 20):
        with smtp_sink("-q", "MAIL") as (port, _), Workshop({"taller": {"port": port}}) as place:
            place.queue("taller", *(f"r{number}@example.cl" for number in range(messages)))
            place.command("process-queue", "--deadline", "3s").expect(0)
            (attempts,), = place.sql("SELECT count(*) FROM attempt")
            assert attempts <= 10, f"{messages} queued: {attempts} times in one run"
            assert place.account("taller")[0] == "paused", place.account("taller")


def test_smtp_sink_takes_many_messages_whole():
    if not SMTP_SINK:
        print("many messages: skipped, smtp-sink is missing (package postfix)")
        return
    with smtp_sink() as (port, folder), Workshop({"taller": {"port": port}}) as place:
        place.queue("taller", *(f"r{number}@example.cl" for number in range(200)))
        place.command("process-queue").expect(0)
        assert place.rows("taller") == [ACCEPTED] * 200
        taken = "".join(path.read_text() for path in folder.iterdir())
        for number in range(200):
            assert taken.count(f"X-Rcpt-Args: <r{number}@example.cl>") == 1, f"r{number}"


@contextlib.contextmanager
def aiosmtpd(folder, certificate, user, password):
    """The running server: its port, and what it has told so far."""
    process = subprocess.Popen(
        [SYSTEM_PYTHON, cli.SOURCE / "tests/support/aiosmtpd_peer.py", certificate[1], certificate[3], user, password],
        stdin=subprocess.PIPE, stdout=open(folder / "aiosmtpd", "wb"), stderr=subprocess.DEVNULL)

    def told(kind):
        facts = map(json.loads, (folder / "aiosmtpd").read_text().splitlines())
        return [fact for fact in facts if fact["fact"] == kind]

    try:
        give_up = time.monotonic() + 30
        while not told("ready"):
            assert time.monotonic() < give_up and process.poll() is None, "aiosmtpd does not start"
            time.sleep(0.05)
        yield told("ready")[0]["port"], told
    finally:
        process.kill()
        process.communicate()


def test_aiosmtpd_takes_the_right_password_under_tls_and_one_wrong_one():
    found = subprocess.run([SYSTEM_PYTHON, "-c", "import aiosmtpd"], capture_output=True, check=False).returncode == 0
    if not found:
        print("aiosmtpd: skipped, it is missing (package python3-aiosmtpd)")
        return
    with Workshop({}) as place:
        authority = Authority(place.folder)
        with aiosmtpd(place.folder, authority.issue("good"), "ana", "secreto") as (port, told):
            place.configure({"taller": {"port": port, "tls": "starttls", "user": "ana", "password": "env:SMTP_PASSWORD",
                                        "ca_file": authority.file}})
            place.queue("taller", *(f"r{number}@example.cl" for number in range(10)))
            place.deliver(env={"SMTP_PASSWORD": "falso"}).expect(1)
            assert [fact["good"] for fact in told("login")] == [False]
            assert place.account("taller")[:2] == ("blocked", 1) and place.rows("taller") == ["queued 0"] * 10
            place.later("taller")
            place.deliver(env={"SMTP_PASSWORD": "secreto"}).expect(0)
            assert [fact["good"] for fact in told("login")] == [False, True]
            assert place.rows("taller") == [ACCEPTED] * 10
            messages = told("message")
            assert sorted(fact["to"] for fact in messages) == sorted([f"r{number}@example.cl"] for number in range(10))
            assert all(fact["tls"] and email.message_from_string(fact["data"])["Message-ID"] for fact in messages)


cli.main(globals())
