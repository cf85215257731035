"""Companies that send over SMTP to servers on this machine, and what became of their messages on both sides."""
import collections
import email
import json
import pathlib

from support import cli
from support.workshop import DeliveryWorkshop, PeerProcess, toml

PROGRAM = pathlib.Path(__file__).with_name("smtp_peer.py")


class Peer(PeerProcess):
    """smtp_peer.py at work."""

    def __init__(self, log, *arguments):
        super().__init__(PROGRAM, log, *arguments)

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


class Workshop(DeliveryWorkshop):
    """An installation, set up; `accounts` maps the slug of each company to the keys of its [company.email]."""

    def __init__(self, accounts, env=None):
        super().__init__(env)
        self.queued = 0
        self.configure(accounts)

    def configure(self, accounts):
        lines = [self.HEAD]
        for slug, keys in accounts.items():
            settings = {"from": f"{slug} <avisos@{slug}.example>", "host": "127.0.0.1", "tls": "none", **keys}
            lines.append(f'[[company]]\nslug = "{slug}"\npais = "CL"\n'
                         'hours = { start = "00:00", end = "24:00", weekends = true }\n[company.email]\n'
                         + "\n".join(f"{key} = {toml(value)}" for key, value in settings.items()))
        self.set_up("\n".join(lines) + "\n")

    def queue(self, slug, *recipients):
        """A document of the company's for each address."""
        events = []
        for number, address in enumerate(recipients, self.queued):
            event = json.loads(cli.EVENT % f"doc-{number}")
            event["company"], event["recipient"]["email"] = slug, address
            events.append(json.dumps(event))
        self.queued += len(recipients)
        self.command("enqueue", "-", stdin="\n".join(events)).expect(0)

    def account(self, slug):
        """State, number of failures in a row, and whether it does without pipelining."""
        return self.sql("SELECT a.state, a.failures, a.pipelining_broken FROM account a JOIN company c"
                        " ON c.id = a.company_id WHERE c.slug = ?", slug)[0]
