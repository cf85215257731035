"""egarage-notify as the benchmarks use it: with a configuration and a store of its own."""

import json
import os
import shutil
import subprocess

import events
import measure


class Product:
    """egarage-notify with a configuration and a store of its own."""

    def __init__(self, binary, folder, companies, email, whatsapp=None):
        """`companies`: tables for [[company]]; `email` and `whatsapp`: each one's accounts, likewise."""
        self.binary = binary
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "egarage-notify.toml"
        self.store = folder / "store.db"
        self.companies = companies
        self.email = email
        self.whatsapp = whatsapp

    def set_up(self):
        lines = ["[store]", 'path = "store.db"', "[delivery]", "max_connections = 256", 'deadline = "3h"',
                 "[platform]", 'name = "E-Garage"', "[platform.email]", 'transport = "file"',
                 'from = "E-Garage <avisos@egarage.example>"']
        for company in self.companies:
            lines += ["[[company]]", 'hours = { start = "00:00", end = "24:00", weekends = true }']
            lines += [f"{key} = {toml(value)}" for key, value in company.items()]
            lines += ["[company.email]", f'from = "{company["nombre_taller"]} <contacto@{company["slug"]}.example>"']
            lines += [f"{key} = {toml(value)}" for key, value in self.email.items()]
            if self.whatsapp:
                lines += ["[company.whatsapp]", *(f"{key} = {toml(value)}" for key, value in self.whatsapp.items())]
        self.config.write_text("\n".join(lines) + "\n")
        measure.must(self.run("--quiet", "setup", "--non-interactive"), "setup")

    def run(self, *arguments, input_file=None):
        return measure.run_measured([self.binary, "--config", self.config, *arguments], input_file)

    def use_account(self, **email):
        """Points the accounts of the present store elsewhere."""
        self.email = email
        self.set_up()

    def enqueue(self, events):
        """Puts the events in, as their lines come. Gives the report."""
        process = subprocess.Popen([self.binary, "--config", self.config, "--json", "enqueue", "-"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        for event in events:
            process.stdin.write(event)
        output, _ = process.communicate()
        if process.returncode != 0:
            raise SystemExit(f"error: enqueue ended with exit code {process.returncode}\n{output}")
        return json.loads(output)

    def process_queue(self, accepted, *arguments):
        """A run that must have sent exactly that many."""
        usage = measure.must(self.run("--json", "process-queue", *arguments), "process-queue")
        summary = json.loads(usage.output)
        if summary["accepted"] != accepted:
            raise SystemExit(f"error: {accepted} should have been accepted, but: {summary}")
        return usage

    def restore(self, saved):
        """Makes the store a copy of `saved`, whole on disk, so that the next commit pays for itself only."""
        self.clear()
        shutil.copyfile(saved, self.store)
        with open(self.store, "rb") as file:
            os.fsync(file.fileno())

    def clear(self):
        for file in [*self.folder.glob("store.db*"), *self.folder.glob("finished")]:
            file.unlink()

    def save(self, saved):
        shutil.copyfile(self.store, saved)
        return saved


def due_store(options, folder, count):
    """A product with that many short messages due; `due.db` in its folder is the store to restore. --workdir keeps it."""
    product = Product(options.binary, folder / f"due-{count}", events.company_tables(events.COMPANIES[:1]),
                      {"transport": "file"})
    saved = product.folder / "due.db"
    if not saved.exists():
        measure.note(f"enqueueing {count:,} messages …")
        product.set_up()
        product.enqueue(events.documents(count, padding=0))
        product.store.rename(saved)
    return product


def send_some(product, sink, messages, *arguments):
    """Of a due store, as it was made."""
    product.restore(product.folder / "due.db")
    product.use_account(transport="smtp", host="127.0.0.1", tls="none", port=sink.port)
    return product.process_queue(messages, *arguments, "--limit", messages)


def send_all(product, sink, count, *arguments):
    """What is sent stays until the next restore: a store of finished notifications."""
    usage = send_some(product, sink, count, *arguments)
    (product.folder / "finished").touch()
    return usage


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)  # texts, numbers and booleans are written alike
