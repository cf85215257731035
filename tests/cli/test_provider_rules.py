"""The rules of tests/support/provider_rules.py refuse what providers refuse, and take what the product makes: every
request of tests/delivery/whatsapp_requests.json."""

import base64
import copy
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ.get("EGARAGE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / "tests/support"))
import provider_rules  # noqa: E402

CLOUD_PATH = "/v25.0/106540352242922/messages"
CLOUD_HEADERS = {"content-type": "application/json", "Authorization": "Bearer EAAG123"}
SID = "0123456789abcdef0123456789ABCDEF"
TWILIO_PATH = f"/2010-04-01/Accounts/AC{SID}/Messages.json"
TWILIO_HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Authorization": "Basic " + base64.b64encode(f"AC{SID}:token".encode()).decode(),
}


def template(*components):
    return {
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+56912345678", "type": "template",
        "template": {"name": "aviso", "language": {"code": "es"}, "components": list(components)},
        "biz_opaque_callback_data": "4711",
    }


TEXT = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+56912345678", "type": "text",
        "text": {"preview_url": False, "body": "Hola"}}
BODY = {"type": "body", "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "Toyota"}]}
NAMED = {"type": "body", "parameters": [{"type": "text", "parameter_name": "nombre", "text": "Ana"}]}
HEADER = {"type": "header", "parameters": [
    {"type": "document", "document": {"link": "https://h.example/f.pdf", "filename": "f.pdf"}}]}
URL = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "1042"}]}
REPLY = {"type": "button", "sub_type": "quick_reply", "index": "1",
         "parameters": [{"type": "payload", "payload": "STOP"}]}
GOOD_CLOUD = [TEXT, template(BODY), template(NAMED), template(HEADER, BODY, URL, REPLY)]


def changed(value, path, new):
    """A copy with another value at the path; `del` removes what is there."""
    value = copy.deepcopy(value)
    place = value
    for step in path[:-1]:
        place = place[step]
    if new == "del":
        del place[path[-1]]
    else:
        place[path[-1]] = new
    return value


FULL = template(HEADER, BODY, URL, REPLY)
PARTS = ["template", "components"]
BAD_CLOUD = [
    changed(TEXT, ["extra"], 1), changed(TEXT, ["to"], "56912345678"), changed(TEXT, ["to"], "+56 9 1234 5678"),
    changed(TEXT, ["to"], 56912345678), changed(TEXT, ["to"], "del"), changed(TEXT, ["type"], "template"),
    changed(TEXT, ["messaging_product"], "sms"), changed(TEXT, ["recipient_type"], "del"),
    changed(TEXT, ["text", "body"], ""), changed(TEXT, ["text", "body"], "a" * 4097),
    changed(TEXT, ["text", "preview_url"], "false"), changed(TEXT, ["text", "previewUrl"], False),
    changed(TEXT, ["biz_opaque_callback_data"], 7), changed(TEXT, ["biz_opaque_callback_data"], "a" * 513),
    changed(FULL, ["template", "name"], "Aviso"), changed(FULL, ["template", "language"], "es"),
    changed(FULL, ["template", "language", "code"], "es-CL"), changed(FULL, ["template", "components"], []),
    changed(FULL, PARTS + [0, "parameters", 0, "document", "link"], "http://h.example/f.pdf"),
    changed(FULL, PARTS + [0, "parameters", 0, "document", "id"], "1"),
    changed(FULL, PARTS + [0, "parameters", 0, "type"], "image"),
    changed(FULL, PARTS + [1, "parameters"], []), changed(FULL, PARTS + [1, "parameters", 0, "text"], ""),
    changed(FULL, PARTS + [1, "parameters", 0, "text"], "a\nb"),
    changed(FULL, PARTS + [1, "parameters", 0, "text"], "a     b"),
    changed(FULL, PARTS + [1, "parameters", 0, "parameter_name"], "nombre"),
    changed(FULL, PARTS + [1, "parameters", 0, "type"], "string"), changed(FULL, PARTS + [1, "type"], "footer"),
    changed(FULL, PARTS + [1, "index"], "0"), changed(FULL, PARTS + [2, "index"], 0),
    changed(FULL, PARTS + [2, "index"], "1"), changed(FULL, PARTS + [2, "sub_type"], "phone"),
    changed(FULL, PARTS + [3, "parameters", 0, "type"], "text"), changed(FULL, PARTS + [3, "sub_type"], "del"),
    template(BODY, BODY), [], "text", None,
]

SMS = [("To", "+56912345678"), ("From", "+15005550006"), ("Body", "Hola")]
WHATSAPP = [("To", "whatsapp:+56912345678"), ("From", "whatsapp:+14155238886"), ("ContentSid", "HX" + SID),
            ("ContentVariables", '{"1":"Ana","2":"Toyota"}')]
GOOD_TWILIO = [
    SMS, WHATSAPP, WHATSAPP[:3], [SMS[0], ("MessagingServiceSid", "MG" + SID), SMS[2]], [SMS[0], ("From", "Taller"), SMS[2]],
    SMS + [("ValidityPeriod", "36000"), ("StatusCallback", "https://h.example/t?attempt=1"), ("SmartEncoded", "false")],
]
BAD_TWILIO = [
    SMS[1:], SMS[:2], [SMS[0], SMS[2]], SMS + [("MessagingServiceSid", "MG" + SID)], SMS + [("Extra", "1")], SMS + SMS[:1],
    [("To", "56912345678")] + SMS[1:], [SMS[0], ("From", "whatsapp:+14155238886"), SMS[2]], [WHATSAPP[0]] + SMS[1:],
    SMS[:2] + [("Body", "")], SMS[:2] + [("Body", "a" * 1601)], SMS + [("ContentSid", "HX" + SID)],
    SMS + [("ValidityPeriod", "0")], SMS + [("ValidityPeriod", "36001")], SMS + [("ValidityPeriod", "60.0")],
    SMS + [("StatusCallback", "http://h.example")], SMS + [("StatusCallback", "https://a_b.example")],
    SMS + [("ContentVariables", "{}")], WHATSAPP[:3] + [("ContentVariables", "[1]")],
    WHATSAPP[:3] + [("ContentVariables", '{"1":"a","3":"b"}')], WHATSAPP[:3] + [("ContentVariables", '{"1":7}')],
    WHATSAPP[:3] + [("ContentVariables", '{"1":""}')], WHATSAPP[:3] + [("ContentVariables", "{")],
    [SMS[0], ("From", "a name that is long"), SMS[2]],
]


def refusal(check, *arguments):
    try:
        check(*arguments)
    except provider_rules.Refused as refused:
        return str(refused)
    return None


def faults():
    for body in GOOD_CLOUD:
        if said := refusal(provider_rules.validate_cloud, body, CLOUD_HEADERS, CLOUD_PATH):
            yield f"a good request is refused: {said}: {body}"
    for body in BAD_CLOUD:
        if not refusal(provider_rules.validate_cloud, body, CLOUD_HEADERS, CLOUD_PATH):
            yield f"a bad request is taken: {body}"
    for headers, path in ((CLOUD_HEADERS, "/106540352242922/messages"), (CLOUD_HEADERS, CLOUD_PATH + "?x=1"),
                          ({"Content-Type": "application/json"}, CLOUD_PATH), ({"Authorization": "Bearer x"}, CLOUD_PATH)):
        if not refusal(provider_rules.validate_cloud, TEXT, headers, path):
            yield f"a bad request is taken: {headers} {path}"
    for form in GOOD_TWILIO:
        if said := refusal(provider_rules.validate_twilio, form, TWILIO_HEADERS, TWILIO_PATH):
            yield f"a good form is refused: {said}: {form}"
    for form in BAD_TWILIO:
        if not refusal(provider_rules.validate_twilio, form, TWILIO_HEADERS, TWILIO_PATH):
            yield f"a bad form is taken: {form}"
    for headers in ({}, {**TWILIO_HEADERS, "Authorization": "Bearer x"}, {**TWILIO_HEADERS, "Content-Type": "text/plain"}):
        if not refusal(provider_rules.validate_twilio, SMS, headers, TWILIO_PATH):
            yield f"a bad form is taken: {headers}"
    requests = json.loads((ROOT / "tests/delivery/whatsapp_requests.json").read_text(encoding="utf-8"))
    if len(requests) != 14:
        yield f"whatsapp_requests.json holds {len(requests)} requests, not 14"
    for name, body in requests.items():
        if said := refusal(provider_rules.validate_cloud, body, CLOUD_HEADERS, CLOUD_PATH):
            yield f"{name}: {said}"


if __name__ == "__main__":
    found = list(faults())
    for fault in found:
        print(fault, file=sys.stderr)
    sys.exit(1 if found else 0)
