"""What the command-line tests share: a temporary installation, runs of the binary, a look into the store.

A test program defines functions called test_…, one sentence each, and ends with `cli.main(globals())`.
"""
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback

BINARY = os.environ.get("EGARAGE_NOTIFY", "")
SOURCE = pathlib.Path(os.environ.get("EGARAGE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))

CONFIGURATION = """[store]
path = "s.db"
[platform.email]
transport = "file"
from = "E-Garage <avisos@egarage.example>"
[[company]]
slug = "taller-sur"
nombre_taller = "Taller Sur"
pais = "CL"
admin = { nombre = "Marta Ríos", email = "marta@example.cl" }
hours = { start = "00:00", end = "24:00", weekends = true }
[company.email]
transport = "file"
from = "Taller Sur <contacto@tallersur.example>"
[[company]]
slug = "taller-norte"
pais = "CL"
"""

EVENT = ('{"event":"DOCUMENTO_CREADO","company":"taller-sur","key":"%s","recipient":{"nombre":"Ana","apellido":"Soto",'
         '"email":"ana@example.cl"},"documento":{"id":1042,"tipo_documento":"Presupuesto","numero_documento":"P-1042",'
         '"fecha":"2026-11-20","total":120000},"vehiculo":{"patente":"BBCL12","marca":"Toyota","modelo":"Yaris",'
         '"anio":2019},"datos":{"total":120000}}\n')


def is_sanitized():
    """Whether the binary was built with sanitizers, which make it several times slower."""
    with open(BINARY, "rb") as file:
        return re.search(rb"__[at]san_init", file.read()) is not None


class Run:
    """One finished run of the binary."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def expect(self, code, out_has=(), err_has=()):
        """Fails unless the exit code is `code` and every given text is in its stream."""
        shown = f"\n--- exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"
        assert self.code == code, f"expected exit code {code}{shown}"
        for stream, wanted in ((self.out, out_has), (self.err, err_has)):
            for text in [wanted] if isinstance(wanted, str) else wanted:
                assert text in stream, f"missing: {text!r}{shown}"
        return self


class Installation:
    """A temporary folder with a configuration; gone when the `with` block ends well, kept when it fails."""

    def __init__(self, configuration=CONFIGURATION):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="egarage-cli-"))
        self.config = self.folder / "egarage-notify.toml"
        self.store = self.folder / "s.db"
        if configuration is not None:
            self.write_config(configuration)

    def write_config(self, text):
        self.config.write_text(text, encoding="utf-8")
        self.config.chmod(0o600)

    def run(self, *arguments, stdin="", env=None, config=True, cwd=None):
        command = [BINARY, *(["--config", str(self.config)] if config else []), *map(str, arguments)]
        done = subprocess.run(command, input=stdin.encode(), capture_output=True, timeout=120, cwd=cwd or self.folder,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(env or {})}, check=False)
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def setup(self):
        self.run("setup", "--non-interactive").expect(0)
        return self

    def enqueue(self, *keys):
        """Queues a document of Ana's at taller-sur per key."""
        self.run("enqueue", "-", stdin="".join(EVENT % key for key in keys)).expect(0)
        return self

    def sql(self, statement, *values):
        """All rows of a query, or the effect of a change."""
        connection = sqlite3.connect(self.store)
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, _value, _trace):
        if kind is None:
            shutil.rmtree(self.folder)
        else:
            print(f"left for inspection: {self.folder}")


def main(names):
    """Runs every test_… function; exit code 1 when one failed."""
    if not BINARY:
        sys.exit("EGARAGE_NOTIFY names no binary")
    failed = 0
    for name, test in list(names.items()):
        if name.startswith("test_"):
            try:
                test()
            except Exception:  # a test that stumbles is a failed test
                failed += 1
                print(f"FAILED {name.removeprefix('test_').replace('_', ' ')}")
                traceback.print_exc()
    sys.exit(1 if failed else 0)
