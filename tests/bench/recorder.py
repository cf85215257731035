"""A small SMTP server that keeps what it is given, to learn how many octets a message has on the wire."""

import contextlib
import socketserver
import threading


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.reply("220 recorder.example ESMTP")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.reply("250-recorder.example\r\n250-PIPELINING\r\n250 8BITMIME")
            elif verb == b"DATA":
                self.reply("354 go ahead")
                self.server.messages.append(self.data())
                self.reply("250 2.0.0 Ok")
            elif verb == b"QUIT":
                self.reply("221 bye")
                return
            else:
                self.reply("250 2.0.0 Ok")

    def data(self):
        octets = bytearray()
        for line in self.rfile:
            octets += line
            if line == b".\r\n":
                break
        return bytes(octets)

    def reply(self, text):
        with contextlib.suppress(OSError):
            self.wfile.write(text.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextlib.contextmanager
def recording():
    """Gives (port, messages): each message as its octets after 354, the final dot included."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.messages = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.messages
        server.shutdown()
