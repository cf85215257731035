"""What the providers take of a request, field by field; anything else is refused, unknown fields first of all.

validate_cloud(body, headers, path): POST /{version}/{phone-number-id}/messages of Meta's Cloud API
    (developers.facebook.com, "Messages API", "Template messages", "Text messages").
validate_twilio(form, headers, path): POST /2010-04-01/Accounts/{sid}/Messages.json
    (twilio.com/docs/messaging/api/message-resource); `form` is a list of (name, value).
validate_vonage(form, headers, path): POST /sms/json of Vonage's SMS API (developer.vonage.com/api/sms).
All raise Refused with a sentence. Headers are a mapping whose names may be written in either case.
"""

import base64
import json
import re
import urllib.parse

MOST_CALLBACK_DATA = 512
LONGEST_TEXT = 4096
LONGEST_TEMPLATE_PARAMETER = 1024
MOST_BUTTONS = 10
LONGEST_TWILIO_BODY = 1600
LONGEST_VALIDITY = 36_000
MOST_CONTENT_VARIABLES = 100
SHORTEST_TTL, LONGEST_TTL = 20_000, 604_800_000
LONGEST_CLIENT_REF = 40
E164 = r"\+[1-9][0-9]{6,14}"


class Refused(Exception):
    """The provider would answer with an error."""


def expect(condition, sentence):
    if not condition:
        raise Refused(sentence)


def header(headers, name):
    found = [value for key, value in dict(headers).items() if key.lower() == name.lower()]
    return found[0] if found else None


def fields(value, where, required, optional=()):
    """`value` is an object with all of `required` and nothing beyond `optional`."""
    expect(isinstance(value, dict), f"{where} is not an object")
    unknown = set(value) - set(required) - set(optional)
    expect(not unknown, f"{where} has unknown fields: {sorted(unknown)}")
    missing = set(required) - set(value)
    expect(not missing, f"{where} lacks {sorted(missing)}")


def text(value, where, longest, shortest=1):
    expect(isinstance(value, str), f"{where} is not a text")
    expect(shortest <= len(value) <= longest, f"{where} has {len(value)} characters, not {shortest} to {longest}")
    return value


def parameter_text(value, where):
    text(value, where, LONGEST_TEMPLATE_PARAMETER)
    expect(value.strip(), f"{where} is empty (131008)")
    expect(not re.search(r"[\n\r\t]", value), f"{where} has a line break or tab (132018)")
    expect("     " not in value, f"{where} has more than four blanks in a row (132018)")


def https_link(value, where):
    text(value, where, 2048)
    parts = urllib.parse.urlsplit(value)
    expect(parts.scheme == "https" and parts.hostname and " " not in value, f"{where} is not an https link")


def cloud_header(parameters, where):
    expect(len(parameters) == 1, f"{where} has {len(parameters)} parameters, not one")
    parameter = parameters[0]
    expect(isinstance(parameter, dict) and parameter.get("type") in ("document", "image", "video"),
           f"{where} is no document, image or video")
    kind = parameter["type"]
    fields(parameter, where, ["type", kind])
    fields(parameter[kind], f"{where}.{kind}", ["link"], ["filename"] if kind == "document" else [])
    https_link(parameter[kind]["link"], f"{where}.{kind}.link")
    if "filename" in parameter[kind]:
        text(parameter[kind]["filename"], f"{where}.{kind}.filename", 240)


def cloud_body(parameters, where):
    for number, parameter in enumerate(parameters):
        at = f"{where}[{number}]"
        fields(parameter, at, ["type", "text"], ["parameter_name"])
        expect(parameter["type"] == "text", f"{at}.type is {parameter['type']!r}")
        parameter_text(parameter["text"], f"{at}.text")
        if "parameter_name" in parameter:
            expect(re.fullmatch(r"[a-z0-9_]+", parameter["parameter_name"]), f"{at}.parameter_name")
    named = [parameter["parameter_name"] for parameter in parameters if "parameter_name" in parameter]
    expect(len(named) in (0, len(parameters)), f"{where} mixes named and positional parameters (132000)")
    expect(len(set(named)) == len(named), f"{where} names a parameter twice")


def cloud_button(component, where, seen):
    kinds = {"url": ("text", "text"), "quick_reply": ("payload", "payload")}
    expect(component["sub_type"] in kinds, f"{where}.sub_type is {component['sub_type']!r}")
    index = component["index"]
    expect(isinstance(index, str) and re.fullmatch("[0-9]", index), f"{where}.index is {index!r}, not \"0\" to \"9\"")
    expect(index not in seen, f"{where}.index occurs twice")
    seen.add(index)
    expect(len(component["parameters"]) == 1, f"{where} needs one parameter")
    parameter = component["parameters"][0]
    kind, member = kinds[component["sub_type"]]
    fields(parameter, where, ["type", member])
    expect(parameter["type"] == kind, f"{where} has a parameter of type {parameter['type']!r}")
    parameter_text(parameter[member], where)


def cloud_template(template):
    fields(template, "template", ["name", "language"], ["components"])
    expect(isinstance(template["name"], str) and re.fullmatch("[a-z0-9_]{1,512}", template["name"]), "template.name")
    fields(template["language"], "template.language", ["code"], ["policy"])
    expect(re.fullmatch("[a-z]{2,3}(_[A-Za-z]{2,4})?", template["language"]["code"]), "template.language.code")
    expect(template["language"].get("policy", "deterministic") == "deterministic", "template.language.policy")
    if "components" not in template:
        return
    expect(isinstance(template["components"], list) and template["components"], "template.components is empty")
    seen, buttons = set(), set()
    for component in template["components"]:
        expect(isinstance(component, dict), "a component is not an object")
        kind = component.get("type")
        fields(component, f"component {kind}", ["type", "parameters"], ["sub_type", "index"] if kind == "button" else [])
        expect(isinstance(component["parameters"], list) and component["parameters"],
               f"component {kind} has no parameters: it must be left out")
        if kind == "button":
            fields(component, "button", ["type", "sub_type", "index", "parameters"])
            cloud_button(component, "button", buttons)
            continue
        expect(kind in ("header", "body"), f"component of type {kind!r}")
        expect(kind not in seen, f"two components {kind}")
        seen.add(kind)
        (cloud_header if kind == "header" else cloud_body)(component["parameters"], kind)
    expect(len(buttons) <= MOST_BUTTONS, "more than ten buttons")


def validate_cloud(body, headers, path):
    expect(re.fullmatch(r"/v[0-9]{1,2}\.[0-9]/[0-9]+/messages", path), f"the path is {path}")
    expect((header(headers, "Content-Type") or "").split(";")[0] == "application/json", "Content-Type")
    expect(re.fullmatch(r"Bearer [A-Za-z0-9._~+/=-]+", header(headers, "Authorization") or ""), "Authorization")
    kind = body.get("type") if isinstance(body, dict) else None
    expect(kind in ("text", "template"), f"the type is {kind!r}")
    fields(body, "the body", ["messaging_product", "recipient_type", "to", "type", kind], ["biz_opaque_callback_data"])
    expect(body["messaging_product"] == "whatsapp", "messaging_product")
    expect(body["recipient_type"] == "individual", "recipient_type")
    expect(isinstance(body["to"], str) and re.fullmatch(E164, body["to"]), "to is no number with + and country code")
    if "biz_opaque_callback_data" in body:
        text(body["biz_opaque_callback_data"], "biz_opaque_callback_data", MOST_CALLBACK_DATA)
    if kind == "template":
        cloud_template(body["template"])
    else:
        fields(body["text"], "text", ["body"], ["preview_url"])
        text(body["text"]["body"], "text.body", LONGEST_TEXT)
        expect(isinstance(body["text"].get("preview_url", False), bool), "text.preview_url")


def twilio_content(values):
    expect(re.fullmatch("HX[0-9a-fA-F]{32}", values["ContentSid"]), "ContentSid")
    if "ContentVariables" not in values:
        return
    try:
        variables = json.loads(values["ContentVariables"])
    except ValueError:
        raise Refused("ContentVariables is not JSON (21656)") from None
    expect(isinstance(variables, dict) and variables, "ContentVariables is no object (21656)")
    expect(len(variables) <= MOST_CONTENT_VARIABLES, "ContentVariables has more than 100 members")
    for name, value in variables.items():
        expect(re.fullmatch(r"\w{1,16}", name), f"ContentVariables names {name!r}")
        text(value, f"ContentVariables.{name}", LONGEST_TWILIO_BODY)
    numbers = [int(name) for name in variables if name.isdigit()]
    expect(sorted(numbers) == list(range(1, len(numbers) + 1)), "ContentVariables skips a number")


def twilio_login(headers, account):
    scheme, _, encoded = (header(headers, "Authorization") or "").partition(" ")
    expect(scheme == "Basic", "Authorization is not Basic")
    user, colon, password = base64.b64decode(encoded).decode("utf-8").partition(":")
    expect(colon and password, "there is no password")
    expect(user == account or re.fullmatch("SK[0-9a-fA-F]{32}", user), "the user is neither the account nor an API key")


def validate_twilio(form, headers, path):
    match = re.fullmatch(r"/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Messages\.json", path)
    expect(match, f"the path is {path}")
    twilio_login(headers, match[1])
    expect(header(headers, "Content-Type") == "application/x-www-form-urlencoded", "Content-Type")
    names = [name for name, _ in form]
    repeated = {name for name in names if names.count(name) > 1 and name != "MediaUrl"}
    expect(not repeated, f"fields occur twice: {sorted(repeated)}")
    values = dict(form)
    fields(values, "the form", ["To"],
           ["From", "MessagingServiceSid", "Body", "ContentSid", "ContentVariables", "StatusCallback", "ValidityPeriod",
            "SmartEncoded"])
    address = re.fullmatch(rf"(whatsapp:)?{E164}", values["To"])
    expect(address, "To is no E.164 number (21211)")
    expect(("From" in values) != ("MessagingServiceSid" in values), "one of From and MessagingServiceSid is needed")
    if "From" in values:
        sender = rf"whatsapp:{E164}" if address[1] else rf"{E164}|[0-9]{{3,6}}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{{1,11}}"
        expect(re.fullmatch(sender, values["From"]), "From is no sender of this channel (21212)")
    else:
        expect(re.fullmatch("MG[0-9a-fA-F]{32}", values["MessagingServiceSid"]), "MessagingServiceSid")
    expect(("Body" in values) != ("ContentSid" in values), "one of Body and ContentSid is needed (21602)")
    expect("ContentVariables" not in values or "ContentSid" in values, "ContentVariables without ContentSid")
    if "Body" in values:
        text(values["Body"], "Body", LONGEST_TWILIO_BODY)
    else:
        twilio_content(values)
    if "StatusCallback" in values:
        https_link(values["StatusCallback"], "StatusCallback")
        expect("_" not in urllib.parse.urlsplit(values["StatusCallback"]).hostname, "StatusCallback has _ in its host")
    if "ValidityPeriod" in values:
        period = values["ValidityPeriod"]
        expect(re.fullmatch("[1-9][0-9]*", period) and int(period) <= LONGEST_VALIDITY, "ValidityPeriod")
    expect(values.get("SmartEncoded", "true") in ("true", "false"), "SmartEncoded")


def validate_vonage(form, headers, path):
    expect(path == "/sms/json", f"the path is {path}")
    expect(header(headers, "Content-Type") == "application/x-www-form-urlencoded", "Content-Type")
    expect(len(dict(form)) == len(form), "a field occurs twice")
    values = dict(form)
    fields(values, "the form", ["api_key", "api_secret", "from", "to", "text"], ["type", "ttl", "callback", "client-ref"])
    expect(re.fullmatch("[0-9]{7,15}", values["to"]), "to is no number in digits only")
    expect(re.fullmatch("[0-9]{7,15}|[A-Za-z0-9]{1,11}", values["from"]), "from")
    text(values["text"], "text", 3200)
    expect(values.get("type", "text") in ("text", "unicode"), "type")
    basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ^{}\\\\[~]|€ÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
    plain = all(c in basic or (c.isascii() and c.isalnum()) for c in values["text"])
    expect(plain == (values.get("type") != "unicode"), "type does not fit the text: it would arrive as question marks")
    if "ttl" in values:
        expect(re.fullmatch("[0-9]+", values["ttl"]) and SHORTEST_TTL <= int(values["ttl"]) <= LONGEST_TTL, "ttl")
    if "callback" in values:
        https_link(values["callback"], "callback")
    text(values.get("client-ref", "x"), "client-ref", LONGEST_CLIENT_REF)


def parse_form(body):
    """The fields of a form as a provider reads it; strict, so that a wrong escape is seen."""
    octets = body.decode("ascii") if isinstance(body, bytes) else body
    expect(re.fullmatch(r"[A-Za-z0-9._~*%+&=-]*", octets), "the form holds octets that are not encoded")
    return urllib.parse.parse_qsl(octets, keep_blank_values=True, strict_parsing=True, encoding="utf-8", errors="strict")
