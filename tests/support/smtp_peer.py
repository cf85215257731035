#!/usr/bin/env python3
"""A scripted SMTP server for tests: behaves, or misbehaves in one chosen way (--mode).

Prints the port on stdout when it is ready, serves until it is killed or its stdin closes (--until-eof), and writes one
JSON object per line to --log: {"fact": "connection" | "tls" | "command" | "auth" | "message" | "closed", "n": CONNECTION, …}.
A message is logged when its final dot has arrived, before the reply: {"from", "to", "data" (latin-1, dots unstuffed),
"user", "reply"}. "reply" is what the server means to say, whether or not the mode lets it out.
"""
import argparse
import base64
import itertools
import json
import socket
import ssl
import struct
import sys
import threading
import time
import warnings

MODES = {
    "normal": "accepts everything",
    "refuse-accept": "nobody listens on the port",
    "close-on-accept": "closes at once",
    "banner-silent": "accepts and says nothing",
    "banner-421": "421 instead of a greeting",
    "banner-554": "554 instead of a greeting",
    "banner-garbage": "a greeting that is not SMTP",
    "endless-banner": "a greeting of 220- lines without end",
    "ehlo-4xx": "451 to EHLO",
    "no-starttls": "offers no STARTTLS although --tls starttls",
    "injected-before-tls": "sends octets right behind the reply to STARTTLS",
    "tls-old": "speaks TLS 1.1 at most",
    "no-auth": "offers no AUTH although --auth",
    "auth-535": "refuses every login",
    "auth-454": "temporarily refuses every login",
    "auth-535-mid-run": "one login and one message, then 421, then 535",
    "mail-4xx": "451 4.3.0 to MAIL",
    "mail-5xx": "550 5.7.1 to MAIL",
    "mail-421": "421 to MAIL",
    "rcpt-4xx": "450 4.2.0 to RCPT",
    "rcpt-5xx": "550 5.1.1 to RCPT",
    "rcpt-421": "421 to RCPT",
    "data-4xx": "451 4.3.0 to DATA",
    "data-5xx": "554 5.7.1 to DATA",
    "drop-in-body": "reads a piece of the body and closes",
    "stall-in-body": "reads no further than 354",
    "close-after-dot": "takes the message and closes without a word",
    "silent-after-dot": "takes the message and says nothing more",
    "half-reply-after-dot": "takes the message, says 25 and closes",
    "421-after-dot": "421 after the final dot",
    "4xx-after-dot": "451 4.7.1 after the final dot",
    "5xx-after-dot": "554 5.6.0 after the final dot",
    "250-then-reset": "250 after the final dot, then a TCP reset",
    "quit-ignored": "does not answer QUIT and keeps the connection open (--ignore-quit adds that to any mode)",
    "greylist": "450 for a recipient it has not met before, 250 the next time",
    "bad-recipient": "refuses recipients whose address begins with bad (or equals --bad)",
    "data-354-after-refused-rcpt": "the same, and 354 to the DATA behind it; refuses the lone dot",
    "data-354-then-250": "the same, and accepts the lone dot",
    "broken-pipelining-503": "announces PIPELINING, answers 503 to every command that comes before the last reply",
    "broken-pipelining-silent": "announces PIPELINING, loses every command that comes before the last reply",
    "long-line": "a reply line of 1 MB after the final dot",
    "nul-reply": "a NUL in the reply after the final dot",
    "bad-code": "2x0 after the final dot",
    "8bit-reply": "invalid UTF-8 in the 250 after the final dot",
    "message-limit": "421 4.7.0 at the MAIL after --limit messages on a connection",
    "message-limit-452": "452 4.7.0 too many messages at that place",
    "connection-limit": "421 4.7.0 instead of a greeting to more than --limit connections at a time",
    "idle-421": "421 and close when a message has been accepted",
    "idle-close": "close without a word when a message has been accepted",
}

REPLIES = {  # mode: (command, reply)
    "ehlo-4xx": ("EHLO", "451 4.3.0 try again"),
    "auth-535": ("AUTH", "535 5.7.8 Username and password not accepted"),
    "auth-454": ("AUTH", "454 4.7.0 Temporary authentication failure"),
    "mail-4xx": ("MAIL", "451 4.3.0 try again later"),
    "mail-5xx": ("MAIL", "550 5.7.1 sender not allowed"),
    "mail-421": ("MAIL", "421 4.3.2 closing"),
    "rcpt-4xx": ("RCPT", "450 4.2.0 mailbox busy"),
    "rcpt-5xx": ("RCPT", "550 5.1.1 no such user"),
    "rcpt-421": ("RCPT", "421 4.3.2 closing"),
    "data-4xx": ("DATA", "451 4.3.0 try again later"),
    "data-5xx": ("DATA", "554 5.7.1 refused"),
    "421-after-dot": (".", "421 4.3.2 closing"),
    "4xx-after-dot": (".", "451 4.7.1 try again later"),
    "5xx-after-dot": (".", "554 5.6.0 content refused"),
}


class Closed(Exception):
    pass


class Log:
    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8") if path else None
        self.lock = threading.Lock()

    def write(self, **fact):
        if not self.file:
            return
        with self.lock:
            self.file.write(json.dumps(fact) + "\n")
            self.file.flush()


class Server:
    """What the connections share: the options, the log, and how often the fault may still strike."""

    def __init__(self, options):
        self.options = options
        self.log = Log(options.log)
        self.lock = threading.Lock()
        self.strikes = options.times
        self.known_recipients = set()
        self.open_connections = 0
        self.logins = 0
        self.context = None
        if options.tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options.cert, options.key)
            if options.mode == "tls-old":
                warnings.simplefilter("ignore", DeprecationWarning)  # that is the point of the mode
                self.context.set_ciphers("DEFAULT@SECLEVEL=0")
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.maximum_version = ssl.TLSVersion.TLSv1_1

    def strike(self, *modes):
        """Whether the mode is one of these and has not been used up (--times)."""
        if self.options.mode not in modes:
            return False
        with self.lock:
            if self.strikes == 0:
                return False
            self.strikes -= 1
            return True


class Connection:
    def __init__(self, server, sock, number):
        self.server, self.sock, self.n = server, sock, number
        self.options, self.mode = server.options, server.options.mode
        self.buffer = b""
        self.piped = False  # the command at hand had arrived before the last reply went out
        self.secure = False
        self.user = None
        self.accepted = 0
        self.reset()

    def reset(self):
        self.sender, self.recipients, self.refused = None, [], False

    def log(self, fact, **more):
        self.server.log.write(fact=fact, n=self.n, **more)

    def send(self, data):
        time.sleep(self.options.delay)
        self.sock.sendall(data if isinstance(data, bytes) else data.encode() + b"\r\n")

    def fill(self):
        more = self.sock.recv(65536)
        if not more:
            raise Closed
        self.buffer += more

    def line(self):
        self.piped = bool(self.buffer)
        while b"\n" not in self.buffer:
            self.fill()
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def hang(self):
        """Says and reads nothing more until the client goes away."""
        while True:
            time.sleep(0.05)
            self.sock.settimeout(3600)
            if not self.sock.recv(65536):
                raise Closed

    def secure_now(self):
        self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
        self.secure, self.buffer = True, b""
        self.log("tls", version=self.sock.version())

    def serve(self):
        self.log("connection")
        with self.server.lock:
            self.server.open_connections += 1
        try:
            if self.options.tls == "implicit":
                self.secure_now()
            self.greet()
            while True:
                self.command(self.line())
        except (Closed, OSError) as end:
            self.log("closed", why=type(end).__name__)
        finally:
            with self.server.lock:
                self.server.open_connections -= 1
            self.sock.close()

    def greet(self):
        if self.server.strike("close-on-accept"):
            raise Closed
        if self.server.strike("banner-silent"):
            self.hang()
        if self.server.strike("banner-garbage"):
            self.send(b"\x16\x03\x01HELLO \x00\xff\r\n" * 3)
            self.hang()
        while self.mode == "endless-banner":
            self.sock.sendall(b"220-more and more\r\n" * 100)
        if self.mode == "connection-limit" and self.server.open_connections > self.options.limit:
            self.send("421 4.7.0 too many connections")
            raise Closed
        for mode, code in (("banner-421", "421 4.7.0"), ("banner-554", "554 5.7.1")):
            if self.server.strike(mode):
                self.send(self.options.reply or f"{code} no service for you")
                raise Closed
        self.send("220 peer.example ESMTP")

    def command(self, line):
        verb, _, rest = line.partition(" ")
        verb = verb.upper()
        self.log("command", line="AUTH " + rest.split(" ")[0] if verb == "AUTH" else line, tls=self.secure)
        if verb in ("MAIL", "RCPT", "DATA") and self.piped:
            if self.server.strike("broken-pipelining-503"):
                return self.send(self.options.reply or "503 5.5.1 Bad sequence of commands")
        fault_verb, reply = REPLIES.get(self.mode, (None, None))
        if verb == fault_verb and self.server.strike(self.mode):
            if verb in ("RCPT", "DATA"):
                self.refused = True
            self.send(self.options.reply or reply)
            if reply.startswith("421"):
                raise Closed
            return
        handler = getattr(self, "do_" + verb.lower(), None)
        if handler is None:
            return self.send("500 5.5.2 unknown command")
        handler(rest)
        if self.mode == "broken-pipelining-silent" and verb != "DATA":
            self.buffer = b""

    def do_ehlo(self, _):
        self.reset()
        offer = ["peer.example"]
        if not self.options.no_pipelining:
            offer.append("PIPELINING")
        offer.append(f"SIZE {self.options.size}")
        if self.options.tls == "starttls" and not self.secure and self.mode != "no-starttls":
            offer.append("STARTTLS")
        if self.options.auth and self.mode != "no-auth" and (self.secure or not self.options.tls):
            offer.append("AUTH " + self.options.mechanisms)
        offer.append("ENHANCEDSTATUSCODES")
        self.send("\r\n".join(f"250-{o}" for o in offer[:-1]) + f"\r\n250 {offer[-1]}")

    def do_helo(self, _):
        self.send("250 peer.example")

    def do_starttls(self, _):
        if self.mode == "injected-before-tls":
            self.send(b"220 ready\r\n250-injected\r\n250 AUTH PLAIN\r\n")
        else:
            self.send("220 2.0.0 ready")
        self.secure_now()

    def do_auth(self, rest):
        mechanism, _, initial = rest.partition(" ")
        mechanism = mechanism.upper()

        def ask(challenge):
            self.send("334 " + base64.b64encode(challenge).decode())
            return base64.b64decode(self.line())

        if mechanism == "LOGIN":
            user = base64.b64decode(initial) if initial else ask(b"Username:")
            password = ask(b"Password:")
        else:
            given = base64.b64decode(initial) if initial else ask(b"")
            if mechanism == "PLAIN":
                _, user, password = given.split(b"\0")
            else:
                user = given.split(b"\x01")[0].removeprefix(b"user=")
                password = given.split(b"auth=Bearer ")[1].split(b"\x01")[0]
        user, password = user.decode(), password.decode()
        with self.server.lock:
            self.server.logins += 1
            spent = self.mode == "auth-535-mid-run" and self.server.logins > 1
        good = f"{user}:{password}" == self.options.auth and not spent
        self.log("auth", user=user, mechanism=mechanism, good=good, tls=self.secure)
        if good:
            self.user = user
            return self.send("235 2.7.0 Authentication successful")
        if mechanism == "XOAUTH2":
            ask(b'{"status":"400"}')
        self.send("535 5.7.8 Username and password not accepted")

    def do_mail(self, rest):
        limits = {"message-limit": self.options.limit, "message-limit-452": self.options.limit, "auth-535-mid-run": 1}
        if self.accepted >= limits.get(self.mode, sys.maxsize):
            if self.mode == "message-limit-452":
                return self.send("452 4.7.0 Too many messages on this connection")
            self.send("421 4.7.0 Too many messages on this connection")
            raise Closed
        if self.options.auth and self.user is None:
            return self.send("530 5.7.0 Authentication required")
        if self.sender is not None:
            return self.send("503 5.5.1 Error: nested MAIL command")
        self.sender = rest.partition("<")[2].partition(">")[0]
        self.send("250 2.1.0 Ok")

    def do_rcpt(self, rest):
        recipient = rest.partition("<")[2].partition(">")[0]
        if self.sender is None:
            return self.send("503 5.5.1 Error: need MAIL command")
        if self.mode == "greylist" and recipient not in self.server.known_recipients:
            self.server.known_recipients.add(recipient)
            return self.send("450 4.2.0 Greylisted")
        bad = recipient == self.options.bad if self.options.bad else recipient.startswith("bad")
        if bad and self.mode in ("bad-recipient", "data-354-after-refused-rcpt", "data-354-then-250"):
            return self.send(self.options.reply or "550 5.1.1 no such user")
        self.recipients.append(recipient)
        self.send("250 2.1.5 Ok")

    def do_data(self, _):
        if not self.recipients:
            if self.mode not in ("data-354-after-refused-rcpt", "data-354-then-250"):
                return self.send("554 5.5.1 Error: no valid recipients")
        self.send("354 go ahead")
        if self.server.strike("drop-in-body"):
            self.fill()
            raise Closed
        if self.server.strike("stall-in-body"):
            time.sleep(3600)
        self.after_dot(self.read_body())
        self.reset()

    def read_body(self):
        self.buffer = b"\r\n" + self.buffer
        searched = 0
        while (end := self.buffer.find(b"\r\n.\r\n", searched)) < 0:
            searched = max(0, len(self.buffer) - 4)
            self.fill()
        body, self.buffer = self.buffer[2 : end + 2], self.buffer[end + 5 :]
        return (b"\r\n" + body).replace(b"\r\n.", b"\r\n")[2:]

    def after_dot(self, body):
        fault_verb, reply = REPLIES.get(self.mode, (None, None))
        if not self.recipients:
            reply = "250 2.0.0 Ok: nothing for nobody" if self.mode == "data-354-then-250" else "554 5.5.1 no valid recipients"
        elif fault_verb == "." and self.server.strike(self.mode):
            reply = self.options.reply or reply
        else:
            reply = f"250 2.0.0 Ok: queued as P{self.n:03d}X{self.accepted:05d}"
        self.log("message", user=self.user, to=self.recipients, data=body.decode("latin-1"), reply=reply, **{"from": self.sender})
        if self.server.strike("close-after-dot"):
            raise Closed
        if self.server.strike("silent-after-dot"):
            self.hang()
        if self.server.strike("half-reply-after-dot"):
            self.send(b"25")
            raise Closed
        if self.server.strike("long-line"):
            reply = "250 " + "x" * 1_000_000
        if self.server.strike("bad-code"):
            reply = "2x0 Ok"
        if self.server.strike("nul-reply"):
            reply = "250 O\0k"
        self.send(b"250 2.0.0 \xff\xfe Ok\r\n" if self.server.strike("8bit-reply") else reply)
        if reply.startswith("421"):
            raise Closed
        self.accepted += 1
        if self.server.strike("250-then-reset"):
            time.sleep(0.02)
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raise Closed
        if self.server.strike("idle-421"):
            self.send("421 4.4.2 idle for too long")
            raise Closed
        if self.server.strike("idle-close"):
            raise Closed

    def do_rset(self, _):
        self.reset()
        self.send("250 2.0.0 Ok")

    def do_noop(self, _):
        self.send("250 2.0.0 Ok")

    def do_quit(self, _):
        if self.mode == "quit-ignored" or self.options.ignore_quit:
            time.sleep(3600)
        self.send("221 2.0.0 Bye")
        raise Closed


def main():
    epilog = "modes:\n" + "\n".join(f"  {name:28} {what}" for name, what in MODES.items())
    parser = argparse.ArgumentParser(description=__doc__, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=MODES, default="normal", metavar="MODE")
    parser.add_argument("--times", type=int, default=-1, help="how often the fault strikes before all is normal (default: always)")
    parser.add_argument("--reply", help="the reply to give where the mode refuses something")
    parser.add_argument("--bad", help="the address that bad-recipient refuses")
    parser.add_argument("--limit", type=int, default=2, help="for message-limit and connection-limit")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--auth", metavar="USER:PASS")
    parser.add_argument("--mechanisms", default="PLAIN LOGIN XOAUTH2")
    parser.add_argument("--no-pipelining", action="store_true")
    parser.add_argument("--ignore-quit", action="store_true")
    parser.add_argument("--size", type=int, default=35882577)
    parser.add_argument("--delay", type=float, default=0, help="seconds before every reply")
    parser.add_argument("--log")
    parser.add_argument("--until-eof", action="store_true", help="stop when stdin closes")
    options = parser.parse_args()

    server = Server(options)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", options.port))
    if options.mode != "refuse-accept":
        listener.listen(128)
    print(listener.getsockname()[1], flush=True)

    def accept():
        for number in itertools.count(1):
            sock, _ = listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Connection(server, sock, number).serve, daemon=True).start()

    if options.mode != "refuse-accept":
        threading.Thread(target=accept, daemon=True).start()
    if options.until_eof:
        sys.stdin.read()
    else:
        threading.Event().wait()


if __name__ == "__main__":
    main()
