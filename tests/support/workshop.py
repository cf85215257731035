"""What tests of deliveries share: a scripted server as a process, an installation that sends to it, its rows and accounts."""
import json
import pathlib
import subprocess
import sys
import time

from support import cli


class PeerProcess:
    """A scripted server as a process of its own; it ends with the `with` block, or with stop()."""

    def __init__(self, program, log, *arguments):
        self.log = pathlib.Path(log)
        self._process = subprocess.Popen([sys.executable, program, "--until-eof", "--log", log, *map(str, arguments)],
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


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(member)}" for key, member in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value) if isinstance(value, (int, float)) else json.dumps(str(value), ensure_ascii=False)


class DeliveryWorkshop(cli.Installation):
    """An installation whose log is written at level debug. Everything that runs print is kept in its folder."""

    HEAD = '[store]\npath = "s.db"\n[log]\nfile = "log"\nlevel = "debug"\n[delivery]\nconcurrency = 1'

    def __init__(self, env=None):
        super().__init__(None)
        self.env = env or {}
        self.runs = 0

    def set_up(self, configuration):
        self.write_config(configuration)
        self.command("setup", "--non-interactive").expect(0)

    def command(self, *arguments, env=None, **more):
        done = self.run(*arguments, env={**self.env, **(env or {})}, **more)
        self.keep(done.out, done.err)
        return done

    def keep(self, *texts):
        self.runs += 1
        (self.folder / f"printed.{self.runs}").write_text("\n".join(texts), encoding="utf-8")

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
