"""Meta, Twilio, Vonage and a gateway behind one port: a handler for http_peer.py (--handler).

What breaks a provider's rules (provider_rules.py) is refused with 400, a wrong credential as the provider refuses it. A
message gets an id that nobody else gets, and Twilio lists what it got until a DELETE / makes it forget. The gateway is
the one of http_workshop.py.
"""
import base64
import email.utils
import itertools
import json
import pathlib
import re
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import provider_rules  # noqa: E402
from provider_rules import expect, fields, header, parse_form  # noqa: E402

TOKEN, TWILIO_TOKEN, VONAGE_SECRET, GATEWAY_PASSWORD = "EAAGtoken", "twilio-token", "vonage-secret", "gateway-password"
TEMPLATES = pathlib.Path(__file__).resolve().parents[1] / "delivery/whatsapp_requests.json"
lock = threading.Lock()
numbers = itertools.count(1)
twilio_messages = []  # newest first


def answer(request):
    url = urllib.parse.urlsplit(request["path"])
    if request["method"] == "DELETE":
        with lock:
            twilio_messages.clear()
        return 204, {}, ""
    for pattern, provider in PROVIDERS:
        if re.match(pattern, url.path):
            try:
                return provider(request, url)
            except provider_rules.Refused as why:
                return 400, {}, {"refused": str(why), "error": {"code": 100, "message": str(why)}}
    return 404, {}, ""


def cloud(request, url):
    if header(request["headers"], "Authorization") != f"Bearer {TOKEN}":
        return 401, {}, {"error": {"code": 190, "message": "Invalid OAuth access token", "fbtrace_id": "AbC"}}
    if request["method"] == "POST":
        body = json.loads(request["body"])
        provider_rules.validate_cloud(body, request["headers"], request["path"])
        message = {"id": f"wamid.{next(numbers):06d}"} | (
            {"message_status": "accepted"} if body["type"] == "template" else {})
        return 200, {}, {"messaging_product": "whatsapp", "contacts": [{"input": body["to"], "wa_id": body["to"][1:]}],
                         "messages": [message]}
    if url.path.endswith("/message_templates"):
        known = [sent["template"] for sent in json.loads(TEMPLATES.read_text(encoding="utf-8")).values()]
        return 200, {}, {"data": [{"name": template["name"], "language": template["language"]["code"],
                                   "status": "APPROVED"} for template in known]}
    return 200, {}, {"display_phone_number": "+56 2 2123 4567", "verified_name": "Taller", "quality_rating": "GREEN"}


def twilio(request, url):
    login = (header(request["headers"], "Authorization") or "").removeprefix("Basic ")
    if not base64.b64decode(login).decode().endswith(":" + TWILIO_TOKEN):
        return 401, {}, {"code": 20003, "message": "Authenticate", "status": 401,
                         "more_info": "https://www.twilio.com/docs/errors/20003"}
    if request["method"] == "GET":
        if not url.path.endswith("/Messages.json"):
            return 200, {}, {"status": "active"}
        to = urllib.parse.parse_qs(url.query).get("To", [""])[0]
        with lock:
            return 200, {}, {"messages": [message for message in twilio_messages if message["to"] == to],
                             "next_page_uri": None}
    form = parse_form(request["body"])
    provider_rules.validate_twilio(form, request["headers"], request["path"])
    values = dict(form)
    message = {"sid": f"SM{next(numbers):032x}", "status": "queued", "direction": "outbound-api", "to": values["To"],
               "from": values.get("From"), "body": values.get("Body", "(what the template says)"),
               "num_segments": "1", "error_code": None, "date_created": email.utils.formatdate(time.time())}
    with lock:
        twilio_messages.insert(0, message)
    return 201, {}, message


def vonage(request, url):
    if url.path == "/account/get-balance":
        login = (header(request["headers"], "Authorization") or "").removeprefix("Basic ")
        if not base64.b64decode(login).decode().endswith(":" + VONAGE_SECRET):
            return 401, {}, {"error-code": "401"}
        return 200, {}, {"value": 10.28, "autoReload": False}
    form = parse_form(request["body"])
    provider_rules.validate_vonage(form, request["headers"], request["path"])
    if dict(form)["api_secret"] != VONAGE_SECRET:
        return 200, {}, {"message-count": "1", "messages": [{"status": "4", "error-text": "Bad Credentials"}]}
    part = {"to": dict(form)["to"], "message-id": f"0A{next(numbers):014X}", "status": "0", "remaining-balance": "3.14"}
    return 200, {}, {"message-count": "1", "messages": [part]}


def gateway(request, _):
    if header(request["headers"], "X-Api-Key") != GATEWAY_PASSWORD:
        return 200, {}, {"status": "error", "error": {"code": "40"}}
    body = json.loads(request["body"])
    fields(body, "the body", ["to", "from", "text", "reference"])
    expect(re.fullmatch(provider_rules.E164, body["to"]), "to is no number with +")
    expect(body["text"] and body["reference"] == header(request["headers"], "Idempotency-Key"), "text or reference")
    expect(header(request["headers"], "Content-Type") == "application/json", "Content-Type")
    return 200, {}, {"status": "ok", "id": f"G{next(numbers):06d}"}


PROVIDERS = ((r"/v[0-9.]+/", cloud), ("/2010-04-01/Accounts/", twilio), ("/sms/json|/account/", vonage),
             ("/gateway", gateway))
