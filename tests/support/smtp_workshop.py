"""Companies that send over SMTP to servers on this machine, and what became of their messages on both sides."""
import collections
import email
import json
import pathlib
import subprocess
import sys
import time

from support import cli

PEER = pathlib.Path(__file__).with_name("smtp_peer.py")


class Peer:
    """smtp_peer.py as a process of its own; it ends with the `with` block, or with stop()."""

    def __init__(self, log, *arguments):
        self.log = pathlib.Path(log)
        self._process = subprocess.Popen([sys.executable, PEER, "--until-eof", "--log", log, *map(str, arguments)],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._port = None

    @property
    def port(self):
        if self._port is None:
            self._port = int(self._process.stdout.readline())
        return self._port

    def facts(self, kind):
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [fact for fact in map(json.loads, lines) if fact["fact"] == kind]

    def connections(self):
        return len(self.facts("connection"))

    def messages(self):
        """Those whose final dot arrived, whatever was said to it."""
        return self.facts("message")

    def accepted(self):
        return [message for message in self.messages() if message["reply"].startswith("250")]

    def commands(self, verb=""):
        return [fact["line"] for fact in self.facts("command") if fact["line"].upper().startswith(verb)]

    def logins(self):
        """How often a client began to log in."""
        return len(self.commands("AUTH"))

    def wait_for(self, happened):
        """Waits until `happened(peer)`; fails after a minute."""
        give_up = time.monotonic() + 60
        while not happened(self):
            assert time.monotonic() < give_up, f"what was waited for never came: {self.log.read_text()}"
            time.sleep(0.02)

    def stop(self):
        self._process.kill()
        self._process.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def complaints(messages):
    """What is wrong with these messages whatever else happened: recipients, copies that differ."""
    copies = collections.defaultdict(set)
    for message in messages:
        headers = email.message_from_string(message["data"])
        if len(message["to"]) != 1:
            yield f"{headers['Message-ID']} came for {message['to']}"
        if not headers["Message-ID"] or not headers["Date"]:
            yield "a message without Message-ID or Date"
        copies[headers["Message-ID"]].add((message["data"], tuple(message["to"]), message["from"]))
    yield from (f"the copies of {name} differ" for name, texts in copies.items() if len(texts) > 1)


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(str(value), ensure_ascii=False) if not isinstance(value, int) else str(value)


class Workshop(cli.Installation):
    """An installation, set up; `accounts` maps the slug of each company to the keys of its [company.email].

    The log is written at level debug. Everything that runs print is kept in the folder, for later looks.
    """

    def __init__(self, accounts, env=None):
        super().__init__(None)
        self.env = env or {}
        self.runs = 0
        self.queued = 0
        self.configure(accounts)

    def configure(self, accounts):
        lines = ['[store]\npath = "s.db"\n[log]\nfile = "log"\nlevel = "debug"\n[delivery]\nconcurrency = 1']
        for slug, keys in accounts.items():
            settings = {"from": f"{slug} <avisos@{slug}.example>", "host": "127.0.0.1", "tls": "none", **keys}
            lines.append(f'[[company]]\nslug = "{slug}"\npais = "CL"\n'
                         'hours = { start = "00:00", end = "24:00", weekends = true }\n[company.email]\n'
                         + "\n".join(f"{key} = {toml(value)}" for key, value in settings.items()))
        self.write_config("\n".join(lines) + "\n")
        self.command("setup", "--non-interactive").expect(0)

    def command(self, *arguments, env=None, **more):
        done = self.run(*arguments, env={**self.env, **(env or {})}, **more)
        self.keep(done.out, done.err)
        return done

    def keep(self, *texts):
        self.runs += 1
        (self.folder / f"printed.{self.runs}").write_text("\n".join(texts), encoding="utf-8")

    def queue(self, slug, *recipients):
        """A document of the company's for each address."""
        events = []
        for number, address in enumerate(recipients, self.queued):
            event = json.loads(cli.EVENT % f"doc-{number}")
            event["company"], event["recipient"]["email"] = slug, address
            events.append(json.dumps(event))
        self.queued += len(recipients)
        self.command("enqueue", "-", stdin="\n".join(events)).expect(0)

    def deliver(self, slug=None, **more):
        return self.command("process-queue", *(["--company", slug] if slug else []), **more)

    def start(self, *arguments, env=None):
        """A delivery under way."""
        return subprocess.Popen([cli.BINARY, "--config", self.config, "process-queue", *arguments], cwd=self.folder,
                                env={"LC_ALL": "C.UTF-8", **self.env, **(env or {})}, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def finish(self, process, within=60, clock=None, jump=0):
        """Waits for the end of the run. A clock jumps now, and again in case the run had just looked at it."""
        out = err = None
        while out is None:
            if clock:
                clock.move(jump)
            try:
                out, err = process.communicate(timeout=3 if clock else within)
            except subprocess.TimeoutExpired:
                within -= 3
                if not clock or within < 0:
                    process.kill()
                    raise
        self.keep(out.decode(), err.decode())
        return cli.Run(process.returncode, out.decode(), err.decode())

    def log(self):
        return (self.folder / "log").read_text(encoding="utf-8")

    def later(self, slug):
        """As if the company's waiting times were over."""
        self.sql("UPDATE account SET retry_at = 1 WHERE retry_at > 1 AND company_id ="
                 " (SELECT id FROM company WHERE slug = ?)", slug)
        self.sql("UPDATE notification SET due_at = 1 WHERE status = 'retry_wait' AND company_id ="
                 " (SELECT id FROM company WHERE slug = ?)", slug)

    def rows(self, slug):
        """For each notification `status ATTEMPTS: outcome phase code, …`, an entry for each attempt that was made."""
        return [row for row, in self.sql(
            "SELECT n.status || ' ' || n.attempts || coalesce(': ' || (SELECT group_concat(what, ', ') FROM"
            " (SELECT coalesce(outcome, '?') || ' ' || phase || ' ' || code AS what FROM attempt a"
            "  WHERE a.notification_id = n.id ORDER BY a.id)), '')"
            " FROM notification n JOIN company c ON c.id = n.company_id WHERE c.slug = ? ORDER BY n.id", slug)]

    def account(self, slug):
        """State, number of failures in a row, and whether it does without pipelining."""
        return self.sql("SELECT a.state, a.failures, a.pipelining_broken FROM account a JOIN company c"
                        " ON c.id = a.company_id WHERE c.slug = ?", slug)[0]
