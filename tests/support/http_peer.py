#!/usr/bin/env python3
"""A scripted HTTP/1.1 server for tests: behaves, or misbehaves in one chosen way (--mode).

Prints the port on stdout when it is ready, serves until it is killed or its stdin closes (--until-eof), and writes one
JSON object per line to --log: {"fact": "connection" | "tls" | "request" | "closed", "n": CONNECTION, …}. A request is
logged when all of it has arrived, before the answer: {"k": its number on the connection, "method", "path", "headers"
(lower-case names), "body" (latin-1 where it is not UTF-8)}.

What it answers, the first that applies: the mode's fault; the first of --rules that fits; --handler, a Python file with
a function `answer(request) -> (status, headers, body)` that gets the request as it is logged and may return None;
--status with --header and --answer. Rules are a JSON list of {"method", "path", "body" (regular expressions to be found),
"times", "status", "headers", "answer" (text, or JSON as it is)}.
With --processed, a request that meets the fault has been dealt with like any other; only its answer is lost.
"""
import argparse
import importlib.util
import itertools
import json
import pathlib
import re
import socket
import ssl
import struct
import sys
import threading
import time
import warnings

MODES = {
    "normal": "answers every request",
    "refuse-accept": "nobody listens on the port",
    "close-on-accept": "closes at once",
    "accept-silent": "accepts and says nothing, not even in TLS",
    "tls-old": "speaks TLS 1.1 at most",
    "empty-reply": "takes the request and closes without a word",
    "reset-after-request": "takes the request and resets the connection",
    "reuse-drop": "answers the first request of a connection, takes the second and closes without a word",
    "reuse-reset": "the same with a reset",
    "idle-close": "closes after every answer, although the answer promised to go on",
    "connection-close": "says Connection: close in every answer, and does",
    "half-answer": "closes in the middle of the header",
    "truncated-body": "closes in the middle of the body",
    "garbage": "an answer that is not HTTP",
    "http-0.9": "a body without any header",
    "huge-body": "a body of 250 MB",
    "huge-header": "header lines without end",
    "slow-loris": "a header octet every 50 ms, without end",
    "silent": "takes the request and says nothing",
    "stalled-upload": "reads the header of the request and nothing of its body",
    "redirect-301": "301 to --location, or to another path here",
    "redirect-307": "307, likewise",
    "html": "200 with a page of HTML",
    "empty-body": "200 without a body",
    "deep-json": "200 with 200,000 nested arrays",
    "two-answers": "answers every request twice",
    "continue-first": "100 Continue before the answer",
    "chunked": "the answer in chunks",
    "in-pieces": "100 Continue and the answer in chunks, each octet on its way alone",
    "until-close": "an answer that ends with the connection",
    "talks-while-idle": "says something more when the answer is long out",
    "early-answer": "413 when the header is in, and reads nothing more",
    "slow-reader": "takes the body 64 KiB at a time, with pauses",
    "echo-headers": "401 and the headers of the request as the answer's body",
}
FAULTS_BEFORE_REQUEST = ("close-on-accept", "accept-silent")


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
        self.spared, self.strikes = options.after, options.times
        self.ids = itertools.count(1)
        self.rules = json.loads(pathlib.Path(options.rules).read_text("utf-8")) if options.rules else []
        self.handler = load_handler(options.handler) if options.handler else lambda request: None
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
        """Whether the mode is one of these, has begun (--after) and has not been used up (--times)."""
        if self.options.mode not in modes:
            return False
        with self.lock:
            if self.spared > 0:
                self.spared -= 1
                return False
            if self.strikes == 0:
                return False
            self.strikes -= 1
            return True

    def answer(self, request):
        """(status, headers, body) of a request that no fault has met."""
        for rule in self.rules:
            if all(re.search(rule.get(part, ""), request[part]) for part in ("method", "path", "body")) and self.spend(rule):
                return rule.get("status", 200), rule.get("headers", {}), rule.get("answer", {})
        if (answer := self.handler(request)) is not None:
            return answer
        headers = dict(line.split(": ", 1) for line in self.options.header)
        body = self.options.answer
        return self.options.status, headers, {"id": f"P{next(self.ids):05d}"} if body is None else body

    def spend(self, rule):
        with self.lock:
            left = rule.get("times", -1)
            if left > 0:
                rule["times"] = left - 1
            return left != 0


def load_handler(path):
    spec = importlib.util.spec_from_file_location("handler", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.answer


class Connection:
    def __init__(self, server, sock, number):
        self.server, self.sock, self.n = server, sock, number
        self.options, self.mode = server.options, server.options.mode
        self.buffer = b""
        self.requests = 0

    def log(self, fact, **more):
        self.server.log.write(fact=fact, n=self.n, **more)

    def serve(self):
        self.log("connection")
        try:
            if self.server.strike("close-on-accept"):
                raise Closed
            if self.server.strike("accept-silent"):
                self.hang()
            if self.server.context:
                self.sock = self.server.context.wrap_socket(self.sock, server_side=True)
                self.log("tls", version=self.sock.version(), resumed=self.sock.session_reused)
            while True:
                self.take(self.read_request())
        except (Closed, OSError) as end:
            self.log("closed", why=type(end).__name__)
        finally:
            self.sock.close()

    def fill(self):
        more = self.sock.recv(65536)
        if not more:
            raise Closed
        self.buffer += more

    def hang(self):
        """Says nothing more until the client goes away."""
        while self.sock.recv(65536):
            pass
        raise Closed

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Closed

    def read_request(self):
        while b"\r\n\r\n" not in self.buffer:
            self.fill()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value for name, value in (re.split(r":\s*", line, maxsplit=1) for line in lines)}
        if self.server.strike("stalled-upload"):
            self.log("stalled")
            threading.Event().wait()
        length = int(headers.get("content-length", 0))
        if self.server.strike("early-answer"):
            self.log("early")
            self.say(413, {}, "")
            threading.Event().wait()
        while len(self.buffer) < length:
            if self.mode == "slow-reader":
                time.sleep(0.005)
            self.fill()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        try:
            body = body.decode()
        except UnicodeDecodeError:
            body = body.decode("latin-1")
        self.requests += 1
        request = {"k": self.requests, "method": method, "path": path, "headers": headers, "body": body}
        self.log("request", **request)
        return request

    def take(self, request):
        time.sleep(self.options.delay)
        if self.mode in ("reuse-drop", "reuse-reset") and self.requests == 1:
            return self.say(*self.server.answer(request))
        if self.mode not in FAULTS_BEFORE_REQUEST and self.server.strike(self.mode):
            fault = getattr(self, "do_" + self.mode.replace("-", "_").replace(".", "_"), None)
            if fault:
                if self.options.processed:
                    self.server.answer(request)
                return fault(request)
        self.say(*self.server.answer(request))

    def say(self, status, headers, body):
        self.sock.sendall(answer_octets(status, headers, body))

    def do_empty_reply(self, _):
        raise Closed

    do_reuse_drop = do_empty_reply

    def do_reset_after_request(self, _):
        self.reset()

    do_reuse_reset = do_reset_after_request

    def do_idle_close(self, request):
        self.say(*self.server.answer(request))
        raise Closed

    def do_connection_close(self, request):
        status, headers, body = self.server.answer(request)
        self.say(status, headers | {"Connection": "close"}, body)
        raise Closed

    def do_half_answer(self, _):
        self.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
        raise Closed

    def do_truncated_body(self, request):
        whole = answer_octets(*self.server.answer(request))
        self.sock.sendall(whole[:-3])
        raise Closed

    def do_garbage(self, _):
        self.sock.sendall(b"\x16\x03\x01 SSH-2.0-x\r\n\x00\xff\r\n\r\n" * 3)
        self.hang()

    def do_http_0_9(self, _):
        self.sock.sendall(b'{"id": "P1"}')
        raise Closed

    def do_huge_body(self, _):
        self.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 262144000\r\n\r\n")
        for _ in range(4000):
            self.sock.sendall(b" " * 65536)

    def do_huge_header(self, _):
        self.sock.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in itertools.count():
            self.sock.sendall(b"X-%d: %s\r\n" % (number, b"x" * 4000))

    def do_slow_loris(self, _):
        self.sock.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            time.sleep(0.05)
            self.sock.sendall(b"x")

    def do_silent(self, _):
        self.hang()

    def redirect(self, status):
        self.say(status, {"Location": self.options.location or "/elsewhere"}, "")

    def do_redirect_301(self, _):
        self.redirect(301)

    def do_redirect_307(self, _):
        self.redirect(307)

    def do_html(self, _):
        self.say(200, {"Content-Type": "text/html"}, "<!doctype html><html><body>Welcome to the hotel</body></html>")

    def do_empty_body(self, _):
        self.say(200, {}, "")

    def do_deep_json(self, _):
        self.say(200, {}, "[" * 200_000)

    def do_two_answers(self, request):
        answer = answer_octets(*self.server.answer(request))
        self.sock.sendall(answer + answer_octets(*self.server.answer(request)))

    def do_continue_first(self, request):
        self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.say(*self.server.answer(request))

    def do_chunked(self, request):
        head, body = answer_octets(*self.server.answer(request)).split(b"\r\n\r\n", 1)
        head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked", head)
        self.sock.sendall(head + b"\r\n\r\n" + b"".join(b"1\r\n%c\r\n" % octet for octet in body) + b"0\r\n\r\n")

    def do_in_pieces(self, request):
        head, body = answer_octets(*self.server.answer(request)).split(b"\r\n\r\n", 1)
        head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked", head)
        chunks = b"".join(b"1;x=y\r\n%c\r\n" % octet for octet in body)
        for octet in b"HTTP/1.1 100 Continue\r\n\r\n" + head + b"\r\n\r\n" + chunks + b"0\r\nX-Trailer: 1\r\n\r\n":
            self.sock.sendall(bytes([octet]))

    def do_until_close(self, request):
        head, body = answer_octets(*self.server.answer(request)).split(b"\r\n\r\n", 1)
        self.sock.sendall(re.sub(rb"\r\nContent-Length: \d+", b"", head) + b"\r\n\r\n" + body)
        if self.server.context:
            self.sock.unwrap()
        raise Closed

    def do_talks_while_idle(self, request):
        self.say(*self.server.answer(request))
        time.sleep(0.05)
        self.sock.sendall(answer_octets(200, {}, {"id": "unasked"}))
        self.log("unasked")

    def do_echo_headers(self, request):
        self.say(401, {}, json.dumps(request["headers"]))


def answer_octets(status, headers, body):
    if not isinstance(body, str):
        headers = {"Content-Type": "application/json"} | headers
        body = json.dumps(body, ensure_ascii=False)
    body = body.encode()
    lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in headers.items()), f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def main():
    epilog = "modes:\n" + "\n".join(f"  {name:20} {what}" for name, what in MODES.items())
    parser = argparse.ArgumentParser(description=__doc__, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=MODES, default="normal", metavar="MODE")
    parser.add_argument("--after", type=int, default=0, help="how often all is normal before the fault strikes")
    parser.add_argument("--times", type=int, default=-1, help="how often the fault strikes before all is normal (default: always)")
    parser.add_argument("--status", type=int, default=200)
    parser.add_argument("--header", action="append", default=[], metavar="NAME: VALUE")
    parser.add_argument("--answer", help='the body to answer with (default: {"id": "P00001"}, counting)')
    parser.add_argument("--rules", metavar="FILE")
    parser.add_argument("--handler", metavar="FILE")
    parser.add_argument("--processed", action="store_true", help="what meets the fault has been dealt with")
    parser.add_argument("--location", help="where the redirects lead")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--delay", type=float, default=0, help="seconds before every answer")
    parser.add_argument("--log")
    parser.add_argument("--until-eof", action="store_true", help="stop when stdin closes")
    options = parser.parse_args()

    server = Server(options)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if options.mode in ("stalled-upload", "slow-reader", "early-answer"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
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
