#!/usr/bin/env python3
"""kill -9 at every system call of a run that sends 6 WhatsApp messages and 6 SMS over HTTP, then recovery, then the oracle.

As kill_sweep.py, against servers that answer as Meta and Twilio do. WhatsApp messages whose result is unknown are held;
SMS are looked for at Twilio, twice (the minute between looks is passed with SQL), before they go out again: not one
message may arrive twice. With --resend, SMS go out again at once: copies only where an attempt is uncertain.
Needs $EGARAGE_NOTIFY and strace. Exit code 1 when anything was lost, stuck, uncovered or, without --resend, sent twice.
"""

import collections
import contextlib
import functools
import os
import pathlib
import shutil
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from faults import kill_sweep, oracle
from faults.workshop import Workshop
from support import http_workshop
from support.http_workshop import Cloud, TwilioSms, phone, section

EACH, CONNECTIONS = 6, 4


class Providers(http_workshop.Peer):
    """Meta and Twilio, and how many copies of each message they have got."""

    def __init__(self, log):
        super().__init__(log)
        self.before = 0

    def forget(self):
        urllib.request.urlopen(urllib.request.Request(self.url, method="DELETE")).close()
        self.before = len(self.posts())

    def settle(self):
        """Waits until everything that has been sent has been dealt with."""
        self.wait_for(lambda one: len(one.facts("closed")) == one.connections())

    def snapshot(self):
        return collections.Counter(
            f"whatsapp {Cloud.recipient(post)}" if post["path"].startswith("/v") else f"sms {TwilioSms.recipient(post)}"
            for post in self.posts()[self.before:])


class PhoneWorkshop(Workshop):
    """A company with both accounts; an event each for 6 people on WhatsApp and 6 by SMS."""

    events = 0

    def __init__(self, folder, url, policy):  # pylint: disable=super-init-not-called
        self.folder = pathlib.Path(folder)
        self.config, self.store = self.folder / "egarage-notify.toml", self.folder / "store.db"
        routes = section("company.events.DOCUMENTO_CREADO", {"channels": ["whatsapp"]}) + section(
            "company.events.REVISION_VEHICULO", {"channels": ["sms"], "on_uncertain": policy})
        self.config.write_text(
            f'[store]\npath = "store.db"\n[delivery]\nconcurrency = {CONNECTIONS}\n[[company]]\nslug = "taller"\n'
            f"{http_workshop.HOURS}\n{routes}" + section("company.whatsapp", Cloud(url).keys())
            + section("company.sms", TwilioSms(url).keys()))
        self.must("setup", "--non-interactive")

    def event_lines(self, first, count):
        for number in range(first, first + count):
            event = "DOCUMENTO_CREADO" if number % 2 else "REVISION_VEHICULO"
            yield (f'{{"event":"{event}","company":"taller","key":"k-{number}","recipient":{{"nombre":"Ana","telefono":'
                   f'"{phone(number)}"}},"documento":{{"tipo_documento":"Factura","numero_documento":"{number}"}},'
                   f'"vehiculo":{{"marca":"Toyota","modelo":"Yaris","patente":"ABCD12"}}}}\n')

class PhoneBench(kill_sweep.Bench):
    """Such a workshop, to be used again for point after point."""

    def __init__(self, policy):  # pylint: disable=super-init-not-called
        contextlib.ExitStack.__init__(self)
        self.policy = policy
        self.folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory(prefix="egarage-fault-")))
        self.peer = self.enter_context(Providers(self.folder / "peer.log"))
        self.workshop = PhoneWorkshop(self.folder, self.peer.url, policy)
        self.workshop.enqueue(2 * EACH)
        self.store, self.pristine = self.workshop.store, self.folder / "pristine"
        shutil.copyfile(self.store, self.pristine)

    def run(self, **options):
        done = super().run(**options)
        self.peer.settle()
        return done

    def examine(self):
        findings = oracle.examine(self.store, self.peer.snapshot(), 2 * EACH, CONNECTIONS,
                                  identity="n.channel || ' ' || n.recipient", runs_were_killed=True)
        if self.policy == "reconcile" and findings.duplicates:
            findings.complain(f"{findings.duplicates} messages were sent twice: {self.peer.snapshot()}")
        if any(copies > 1 for what, copies in self.peer.snapshot().items() if what.startswith("whatsapp")):
            findings.complain("a WhatsApp message was sent twice")
        return findings


def main():
    parser = kill_sweep.parser_for(__doc__)
    parser.add_argument("--resend", action="store_true", help="SMS whose result is unknown go out again at once")
    arguments = parser.parse_args()
    os.environ.update(http_workshop.SECRETS)
    return kill_sweep.play(functools.partial(PhoneBench, "resend" if arguments.resend else "reconcile"), arguments)


if __name__ == "__main__":
    sys.exit(main())
