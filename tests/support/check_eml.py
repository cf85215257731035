#!/usr/bin/env python3
"""check_eml.py [--text-only] FILE...

Reads each .eml file with Python's e-mail parser and checks what egarage-notify promises of its messages: CRLF line ends,
7-bit lines of a bounded length, exactly the expected headers, nothing the parser calls a defect, a text and an HTML part
(--text-only: messages without HTML pass too). Prints one line per good file; on the first finding of a file it says
what is wrong, and exits with 1 in the end.
"""
import argparse
import datetime
import email
import email.policy
import re
import sys
import unicodedata

REQUIRED = {"date", "from", "to", "subject", "message-id", "auto-submitted", "mime-version", "content-type"}
OPTIONAL = {"reply-to", "list-unsubscribe", "list-unsubscribe-post"}
TEXT_ONLY = {"content-transfer-encoding"}


class Wrong(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Wrong(message)


def check_lines(octets):
    expect(octets.endswith(b"\r\n"), "the last line has no CRLF")
    expect(b"\0" not in octets, "there is a NUL")
    lines = octets[:-2].split(b"\r\n")
    in_header = True
    for number, line in enumerate(lines, 1):
        where = f"line {number}"
        expect(b"\r" not in line and b"\n" not in line, f"{where}: a lone CR or LF")
        expect(len(line) <= 998, f"{where}: {len(line)} octets")
        expect(all(octet < 128 for octet in line), f"{where}: not 7-bit")
        expect(not line.startswith(b"."), f"{where}: begins with a dot")
        in_header = in_header and line != b""
        if not in_header:
            expect(len(line) <= 76, f"{where}: {len(line)} octets in the body")
            expect(not line.startswith(b"From "), f"{where}: begins with \"From \"")
        elif b"=?" in line and not line.startswith(b"List-Unsubscribe:"):
            expect(len(line) <= 76, f"{where}: {len(line)} octets with an encoded word")
            for word in re.findall(rb"=\?.*?\?[QB]\?.*?\?=", line):
                expect(len(word) <= 75, f"{where}: an encoded word of {len(word)} octets")
        elif not line.startswith((b"List-Unsubscribe:", b"Message-ID:")) and b" " in line.split(b": ", 1)[-1].strip():
            expect(len(line) <= 78, f"{where}: {len(line)} octets could be folded")


def check_headers(message, text_only):
    names = [name.lower() for name in message.keys()]
    expect(len(names) == len(set(names)), f"a header occurs twice: {sorted(names)}")
    required = REQUIRED | (TEXT_ONLY if text_only else set())
    expect(required <= set(names), f"missing: {sorted(required - set(names))}")
    expect(set(names) <= required | OPTIONAL, f"unexpected: {sorted(set(names) - required - OPTIONAL)}")
    for name, value in message.items():
        expect(not value.defects, f"{name}: {value.defects}")
        for character in str(value):
            expect(unicodedata.category(character) not in ("Cc", "Zl", "Zp"), f"{name}: control character {character!r}")
    for name in ("From", "To", "Reply-To"):
        if name in message:
            expect(len(message[name].addresses) == 1, f"{name}: {len(message[name].addresses)} addresses")
            expect("@" in message[name].addresses[0].addr_spec, f"{name}: no address")
    expect(re.fullmatch(r"<[^<>\s@]+@[^<>\s@]+>", message["Message-ID"]), f"Message-ID {message['Message-ID']}")
    expect(isinstance(message["Date"].datetime, datetime.datetime), "Date cannot be read")
    expect(message["Date"].datetime.tzinfo is not None, "Date has no zone")
    expect(message["Auto-Submitted"] == "auto-generated", "Auto-Submitted is not auto-generated")
    one_click = "https://" in message.get("List-Unsubscribe", "")
    expect(one_click == ("List-Unsubscribe-Post" in message), "List-Unsubscribe and List-Unsubscribe-Post disagree")
    if "List-Unsubscribe" in message:
        expect(re.fullmatch(r"<(mailto:|https://)[^<>\s]+>", message["List-Unsubscribe"]), "List-Unsubscribe is no URI")


def check_parts(message, text_only):
    if text_only:
        parts, expected = [message], ["text/plain"]
    else:
        expect(message.get_content_type() == "multipart/alternative", f"the message is {message.get_content_type()}")
        parts, expected = list(message.iter_parts()), ["text/plain", "text/html"]
        expect(not (message.preamble or "").strip() and not (message.epilogue or "").strip(), "text outside the parts")
    expect([part.get_content_type() for part in parts] == expected, f"parts: {[p.get_content_type() for p in parts]}")
    expect(not message.defects, f"defects: {message.defects}")
    contents = []
    for part in parts:
        kind = part.get_content_type()
        expect(part.get_content_charset() == "utf-8", f"{kind}: charset {part.get_content_charset()}")
        expect(part["Content-Transfer-Encoding"] == "quoted-printable", f"{kind}: {part['Content-Transfer-Encoding']}")
        expect(not part.defects, f"{kind}: defects {part.defects}")
        contents.append(part.get_payload(decode=True).decode("utf-8"))  # strict: broken UTF-8 raises
    return contents


def check(path, allow_text_only):
    with open(path, "rb") as file:
        octets = file.read()
    check_lines(octets)
    message = email.message_from_bytes(octets, policy=email.policy.default)
    text_only = allow_text_only and not message.is_multipart()
    check_headers(message, text_only)
    contents = check_parts(message, text_only)
    sizes = ", ".join(f"{len(content)} characters" for content in contents)
    return f"{message['To']} | {message['Subject']} | {sizes}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text-only", action="store_true", help="messages without an HTML part pass too")
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    failed = False
    for path in arguments.files:
        try:
            print(f"{path}: {check(path, arguments.text_only)}")
        except (Wrong, UnicodeDecodeError) as wrong:
            print(f"{path}: WRONG: {wrong}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
