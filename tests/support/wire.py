"""Loopback TCP relay that keeps what clients say: the witness of what was in clear, independent of the server's log."""
import socket
import threading


class Wire:
    """`with Wire(port) as wire:` listens on `wire.port` and passes everything on to `wire.to`, which may be changed.

    said: the octets of all clients so far, in the order in which they came
    """

    def __init__(self, to):
        self.to = to
        self.said = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)  # close alone would not wake the thread
        self._thread.join()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.to))
            threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, source, sink, keep):
        try:
            while octets := source.recv(65536):
                if keep:
                    self.said += octets
                sink.sendall(octets)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, sink):
                end.close()
