"""An SMTP server on loopback that takes every message and counts the copies of each.

It is the other side of the proofs: what it has counted has reached the provider, whatever the sender knows of it. A
message counts once its final dot has arrived, before the 250 is written, so a sender that dies in between is caught.
"""

import asyncio
import collections
import re
import threading

MESSAGE_ID = re.compile(rb"^message-id:\s*<([^>\r\n]+)>", re.IGNORECASE | re.MULTILINE)


class CountingSmtp:
    """`with CountingSmtp() as peer:` listens on `peer.port`; any number of clients, PIPELINING offered.

    copies      Message-ID → how often it arrived complete
    on_message  called in the server's thread after each count, with the number of messages so far
    delay       seconds between the final dot and its 250
    """

    def __init__(self, delay=0.0, on_message=None):
        self.delay = delay
        self.on_message = on_message
        self.copies = collections.Counter()
        self.messages = 0
        self.connections = 0
        self.unreadable = 0  # messages without a Message-ID: none must come
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()

    def __enter__(self):
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def snapshot(self):
        """The copies so far, for reading while clients are at work."""
        with self._lock:
            return collections.Counter(self.copies)

    def forget(self):
        with self._lock:
            self.copies.clear()
            self.messages = 0

    def take(self, message):
        found = MESSAGE_ID.search(message.partition(b"\r\n\r\n")[0] + b"\r\n")
        with self._lock:
            self.messages += 1
            if found:
                self.copies[found.group(1).decode(errors="replace")] += 1
            else:
                self.unreadable += 1
        if self.on_message:
            self.on_message(self.messages)

    def _serve(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Conversation(self, self._loop), "127.0.0.1", 0, backlog=512)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(server.wait_closed())
        self._loop.close()


class _Conversation(asyncio.Protocol):
    def __init__(self, peer, loop):
        self.peer, self.loop = peer, loop
        self.buffer = b""
        self.in_message = False
        self.waiting = False  # a reply is being delayed; what the client sends meanwhile keeps

    def connection_made(self, transport):
        self.transport = transport
        self.peer.connections += 1
        self.reply("220 counting.example ESMTP")

    def data_received(self, octets):
        self.buffer += octets
        self.work()

    def reply(self, line):
        if not self.transport.is_closing():
            self.transport.write(line.encode() + b"\r\n")

    def work(self):
        while not self.waiting:
            if self.in_message:
                message, dot, rest = (b"\r\n" + self.buffer).partition(b"\r\n.\r\n")
                if not dot:
                    return
                self.buffer, self.in_message = rest, False
                self.peer.take(message[2:])
                if self.peer.delay > 0:
                    self.waiting = True
                    self.loop.call_later(self.peer.delay, self.resume)
                    return
                self.reply("250 2.0.0 taken")
                continue
            line, end, rest = self.buffer.partition(b"\r\n")
            if not end:
                return
            self.buffer = rest
            self.command(line)

    def resume(self):
        self.waiting = False
        self.reply("250 2.0.0 taken")
        self.work()

    def command(self, line):
        verb = line[:4].upper()
        if verb == b"EHLO":
            self.reply("250-counting.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
        elif verb == b"DATA":
            self.in_message = True
            self.reply("354 go ahead")
        elif verb == b"QUIT":
            self.reply("221 2.0.0 bye")
            self.transport.close()
        elif verb in (b"HELO", b"MAIL", b"RCPT", b"RSET", b"NOOP"):
            self.reply("250 2.0.0 ok")
        else:
            self.reply("502 5.5.1 unknown")
