"""Certificates for servers on loopback, made with the openssl program for the length of a test."""
import subprocess


class Authority:
    """A certificate authority in `folder`; `file` is what a client trusts."""

    def __init__(self, folder, name="authority"):
        self.folder, self.name = folder, name
        self.file = folder / f"{name}.pem"
        self._openssl("req", "-x509", *self._new_key(name), "-subj", f"/CN=Test {name}", "-days", "2",
                      "-out", self.file)

    def issue(self, name, names="IP:127.0.0.1,DNS:localhost", days=2):
        """What smtp_peer.py wants for a certificate for `names`, over when `days` is negative."""
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\n")
        self._openssl("req", *self._new_key(name), "-subj", "/CN=peer.example", "-out", request)
        self._openssl("x509", "-req", "-in", request, "-CA", self.file,
                      "-CAkey", self.folder / f"{self.name}.key", "-CAcreateserial",
                      "-days", str(days), "-extfile", extensions, "-out", self.folder / f"{name}.pem")
        return ["--cert", str(self.folder / f"{name}.pem"), "--key", str(self.folder / f"{name}.key")]

    def self_signed(self, name, names="IP:127.0.0.1,DNS:localhost"):
        """The same, vouched for by nobody but itself."""
        self._openssl("req", "-x509", *self._new_key(name), "-subj", "/CN=peer.example", "-days", "2",
                      "-addext", f"subjectAltName={names}", "-out", self.folder / f"{name}.pem")
        return ["--cert", str(self.folder / f"{name}.pem"), "--key", str(self.folder / f"{name}.key")]

    def _new_key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", str(self.folder / f"{name}.key")]

    @staticmethod
    def _openssl(*arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
