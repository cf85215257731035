"""Companies that send WhatsApp messages and SMS to a scripted server on this machine, and what became of it all."""
import base64
import json
import pathlib
import sys
import urllib.parse

from mail_quality import messages as samples
from support import provider_answers as providers
from support.workshop import DeliveryWorkshop, PeerProcess, toml

PROGRAM = pathlib.Path(__file__).with_name("http_peer.py")
SECRETS = {"META_TOKEN": providers.TOKEN, "TWILIO_TOKEN": providers.TWILIO_TOKEN,
           "VONAGE_SECRET": providers.VONAGE_SECRET, "GATEWAY_PASSWORD": providers.GATEWAY_PASSWORD}
EVENTS = samples.EVENTS
HOURS = 'hours = { start = "00:00", end = "24:00", weekends = true }'
COUNTRIES = {"es": "CL", "en": "US"}


class Peer(PeerProcess):
    """http_peer.py at work; it answers as the providers do, unless a rule or its mode has it otherwise."""

    def __init__(self, log, *arguments, rules=None):
        if rules is not None:
            file = pathlib.Path(f"{log}.rules")
            file.write_text(json.dumps(rules), encoding="utf-8")
            arguments = (*arguments, "--rules", file)
        super().__init__(PROGRAM, log, "--handler", pathlib.Path(providers.__file__), *arguments)
        self.scheme = "https" if "--tls" in arguments else "http"

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def requests(self, method, path=""):
        return [fact for fact in self.facts("request") if fact["method"] == method and fact["path"].startswith(path)]

    def posts(self, path=""):
        return self.requests("POST", path)


class Account:
    """An account of one provider: its keys, and what its requests look like. `number` tells accounts apart."""

    channel = "sms"
    path = authorization = ""

    def __init__(self, url, number=1, **more):
        self.url, self.number, self.more = url, number, more

    def keys(self):
        return {"url": self.url, **self.own_keys(), **self.more}


class Cloud(Account):
    name, channel = "cloud", "whatsapp"
    authorization = f"Bearer {providers.TOKEN}"

    @property
    def path(self):
        return f"/v25.0/10654035224{self.number:04}/messages"

    def own_keys(self):
        return {"phone_number_id": f"10654035224{self.number:04}", "token": "env:META_TOKEN",
                "business_account_id": f"10229012934{self.number:04}"}

    @staticmethod
    def recipient(request):
        return json.loads(request["body"])["to"]


class Twilio(Account):
    @property
    def sid(self):
        return f"AC{self.number:032x}"

    @property
    def path(self):
        return f"/2010-04-01/Accounts/{self.sid}/Messages.json"

    @property
    def authorization(self):
        return "Basic " + base64.b64encode(f"{self.sid}:{providers.TWILIO_TOKEN}".encode()).decode()

    @staticmethod
    def recipient(request):
        return dict(urllib.parse.parse_qsl(request["body"]))["To"].removeprefix("whatsapp:")


class TwilioSms(Twilio):
    name = "twilio-sms"

    def own_keys(self):
        return {"transport": "twilio", "account_sid": self.sid, "auth_token": "env:TWILIO_TOKEN", "from": "+56221234567"}


class TwilioWhatsapp(Twilio):
    name, channel = "twilio-whatsapp", "whatsapp"

    def own_keys(self):
        return {"transport": "twilio", "account_sid": self.sid, "auth_token": "env:TWILIO_TOKEN",
                "from": "+56221234567", "templates": {event: self.template(n) for n, event in enumerate(EVENTS)}}

    @staticmethod
    def template(number):
        return {"name": f"aviso_{number}", "body": ["{{ cliente.nombre|default:'cliente' }}",
                                                    "{{ datos.total|money|default:'por confirmar' }}"],
                "content_sid": {"es": f"HX{number:032x}", "en": f"HX{number + 100:032x}"}}


class Vonage(Account):
    name, path = "vonage", "/sms/json"

    def own_keys(self):
        return {"transport": "vonage", "api_key": "abc123", "api_secret": "env:VONAGE_SECRET", "from": "Taller"}

    @staticmethod
    def recipient(request):
        return "+" + dict(urllib.parse.parse_qsl(request["body"]))["to"]


class Gateway(Account):
    name = "gateway"

    @property
    def path(self):
        return f"/gateway/{self.number}"

    def keys(self):
        return {"transport": "http", "from": "Taller", "password": "env:GATEWAY_PASSWORD", **self.more, "gateway": {
            "url": self.url + self.path, "headers": {"X-Api-Key": "{{password}}"},
            "body": '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","reference":"{{id}}"}',
            "success_pointer": "/status", "success_equals": "ok", "id_pointer": "/id", "code_pointer": "/error/code",
            "codes": {"17": "pause", "21": "bad-address", "30": "opt-out", "40": "block", "50": "retry"},
            "idempotency_header": "Idempotency-Key"}}

    @staticmethod
    def recipient(request):
        return json.loads(request["body"])["to"]


KINDS = (Cloud, TwilioWhatsapp, TwilioSms, Vonage, Gateway)


def section(name, keys):
    return f"[{name}]\n" + "\n".join(f"{key} = {toml(value)}" for key, value in keys.items()) + "\n"


def phone(number, language="es"):
    """A mobile number for each number below 100."""
    return f"+5696123{number:04}" if language == "es" else f"+130555501{number:02}"


class Workshop(DeliveryWorkshop):
    """An installation, set up. Its accounts take their secrets from the environment, where the providers' own stand."""

    def __init__(self, env=None):
        super().__init__({**SECRETS, **(env or {})})
        self.queued = 0

    def configure(self, companies, platform=(), routes=None, more=""):
        """`companies`: slug → accounts, Account or (channel, keys). A slug ending in `-en` is an American company.
        `routes`: slug → {event: keys}."""
        lines = [self.HEAD, more, '[platform]\nname = "E-Garage"\n', *self.sections("platform", platform)]
        for slug, accounts in companies.items():
            language = "en" if slug.endswith("-en") else "es"
            lines.append(f'[[company]]\nslug = "{slug}"\npais = "{COUNTRIES[language]}"\n{HOURS}\n'
                         f'admin = {{ nombre = "Marta", email = "marta@{slug}.example" }}\n')
            lines += [section(f"company.events.{event}", keys) for event, keys in (routes or {}).get(slug, {}).items()]
            lines += self.sections("company", accounts)
        self.set_up("\n".join(lines))

    @staticmethod
    def sections(owner, accounts):
        for account in accounts:
            channel, keys = account if isinstance(account, tuple) else (account.channel, account.keys())
            yield section(f"{owner}.{channel}", keys)

    def queue(self, slug, *recipients, channels=None, event="DOCUMENTO_CREADO", language=None):
        """An event of the company's for each number (or (number, e-mail address))."""
        language = language or ("en" if slug.endswith("-en") else "es")
        lines = [self.event_line(slug, recipient, channels, event, language) for recipient in recipients]
        return self.command("enqueue", "-", stdin="\n".join(lines)).expect(0)

    def queue_for_all(self, companies, *recipients):
        """A document for each number, on the channel of each company (slug → its account, or the kind of it)."""
        lines = [self.event_line(slug, recipient, [account.channel], "DOCUMENTO_CREADO", "es")
                 for slug, account in companies.items() for recipient in recipients]
        self.command("enqueue", "-", stdin="\n".join(lines)).expect(0)

    def event_line(self, slug, recipient, channels, event, language):
        number, address = recipient if isinstance(recipient, tuple) else (recipient, "")
        line = samples.event_line(event, language)
        line.update(company=slug, key=f"doc-{self.queued}", channels=channels)
        line["recipient"].update(telefono=number, email=address)
        self.queued += 1
        return json.dumps(line)

    def statuses(self, slug):
        """Without phase and code: `status ATTEMPTS: outcome, …`; what cost no attempt is left out."""
        return [" ".join(text for text in (row, outcomes) if text) for row, outcomes in self.sql(
            "SELECT n.status || ' ' || n.attempts, coalesce((SELECT group_concat(outcome, ' ') FROM"
            " (SELECT outcome FROM attempt a WHERE a.notification_id = n.id AND outcome <> 'returned' ORDER BY a.id)), '')"
            " FROM notification n JOIN company c ON c.id = n.company_id WHERE c.slug = ? ORDER BY n.id", slug)]

    def account(self, slug, channel):
        """State, reason, seconds until it is tried again."""
        return self.sql("SELECT a.state, a.reason, coalesce(a.retry_at - a.updated_at, 0) FROM account a JOIN company c"
                        " ON c.id = a.company_id WHERE c.slug = ? AND a.channel = ?", slug, channel)[0]

    def provider_ids(self, slug):
        return [one for one, in self.sql(
            "SELECT a.provider_id FROM attempt a JOIN company c ON c.id = a.company_id"
            " WHERE c.slug = ? AND a.outcome = 'accepted' ORDER BY a.notification_id", slug)]
