#!/usr/bin/env python3
"""Renders per second of CPU time of the maintenance e-mail (subject and body): ours, Django's own engine, plain fmt.

Templates are parsed once and rendered many times; the contestants take turns. First all must give the same text.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / "template_reference")]

import django_reference  # noqa: E402

django_reference.use_python_with_django()

import measure  # noqa: E402

REACH = 20
NOW = "2026-11-22T15:00:00Z"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    arguments.add_argument("--build", type=pathlib.Path, default=measure.SOURCE / "build/release",
                           help="where the libraries were built")
    arguments.add_argument("--rounds", type=int, default=7, help="how often each figure is taken")
    arguments.add_argument("--renders", type=int, default=30_000,
                           help="ours in each round; fmt renders twice as many, Django a tenth")
    options = arguments.parse_args()
    print(f"machine: {os.cpu_count()} CPUs, {measure.load()}")
    program = built(options.build)
    with open(HERE / "contexts.json", encoding="utf-8") as file:
        contexts = json.load(file)
    texts = [("fixed notice", HERE / "texts/aviso.md", True),
             ("the same of parts (extends, include)", HERE / "texts/aviso_de_partes.md", True),
             ("the product's own text", measure.SOURCE / "templates/es/mantenimiento_recordatorio.md", False)]
    wins = [contest(name, read_text(path), contexts, by_hand, program, options) for name, path, by_hand in texts]
    print(f"reach: ≥ {REACH} × Django on each: {'yes' if min(wins) >= REACH else 'NO'}")
    print(f"at the end: {measure.load()}")


def built(build):
    libraries = [build / "lib" / f"libegarage_{name}.a" for name in ("template", "core")]
    missing = [str(library) for library in libraries if not library.exists()]
    if missing:
        raise SystemExit(f"error: missing: {', '.join(missing)}\nhint: cmake --preset release && "
                         "cmake --build --preset release")
    return measure.built("template/renders", f"-I{measure.SOURCE / 'lib'}", *libraries, "-lfmt", "-ldate-tz",
                         "-lsodium")


def read_text(path):
    """Subject, body, and the parts beside it: `_name.md` is included as `name`."""
    subject, body = path.read_text("utf-8").split("\n", 1)
    parts = {part.stem[1:]: part.read_text("utf-8").removesuffix("\n") for part in path.parent.glob("_*.md")}
    return {"subject": subject, "body": body, "templates": parts}


class CppContestants:
    def __init__(self, program, text, contexts):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask(do="load", contexts=contexts, now=NOW, **text)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"error: renders ended with exit code {self.process.wait()}")
        return json.loads(answer)

    def seconds_each(self, contestant, count, escape="none"):
        return self.ask(do="run", contestant=contestant, escape=escape, count=count)["seconds"] / count

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class DjangoContestant:
    """Django's engine with filters of the same meaning as our own."""
    reference = None

    def __init__(self, text, contexts):
        from django.utils import timezone, translation
        DjangoContestant.reference = self.reference or django_reference.Django()
        engine = self.reference.engine
        translation.activate("es")
        timezone.activate("UTC")
        self.text = text
        self.engine = engine
        library = engine.template_builtins[0]
        library.filter("money", pesos)
        library.filter("phone", national)
        self.reference.cache.reset()
        self.reference.sources.clear()
        self.reference.sources.update(text["templates"])
        self.contexts = [as_python(context) for context in contexts]
        self.parse()

    def parse(self):
        self.subject = self.engine.from_string(self.text["subject"])
        self.body = self.engine.from_string(self.text["body"])

    def parse_all(self):
        self.parse()
        for source in self.text["templates"].values():
            self.engine.from_string(source)

    def render(self, number, escape):
        from django.template import Context
        context = self.contexts[number % len(self.contexts)]
        return (self.subject.render(Context(context, autoescape=False)),
                self.body.render(Context(context, autoescape=escape)))

    def seconds_each(self, count, work):
        began = time.process_time()
        for number in range(count):
            work(number)
        return (time.process_time() - began) / count


def as_python(value):
    """Dates as Python programs have them."""
    if isinstance(value, dict):
        return {key: as_python(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_python(item) for item in value]
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return datetime.date.fromisoformat(value)
    return value


def pesos(amount):
    return "" if amount in ("", None) else "$" + f"{int(amount):,}".replace(",", ".")


def national(text):
    digits = str(text or "").removeprefix("+56")
    if len(digits) != 9:
        return text
    if digits[0] in "92":
        return f"{digits[0]} {digits[1:5]} {digits[5:]}"
    return f"{digits[:2]} {digits[2:5]} {digits[5:]}"


def contest(name, text, contexts, by_hand, program, options):
    django = DjangoContestant(text, contexts)
    with CppContestants(program, text, contexts) as cpp:
        octets = check(name, cpp, django, contexts, by_hand)
        contestants = ["ours, Markdown", "ours, plain", "Django, autoescape", "Django, plain", *["fmt"] * by_hand]
        rates = {key: measure.Figures() for key in contestants}
        parses = {key: measure.Figures() for key in ("ours", "Django")}
        versus = {key: measure.Figures() for key in ("Django", "fmt")}
        for number in range(options.rounds):
            many, few = options.renders, max(options.renders // 10, 1)
            taken = {"ours, Markdown": cpp.seconds_each("ours", many, "markdown"),
                     "Django, autoescape": django.seconds_each(few, lambda i: django.render(i, True)),
                     "ours, plain": cpp.seconds_each("ours", many),
                     "Django, plain": django.seconds_each(few, lambda i: django.render(i, False))}
            if by_hand:
                taken["fmt"] = cpp.seconds_each("fmt", 2 * many)
                versus["fmt"].add(taken["fmt"] / taken["ours, plain"])
            versus["Django"].add(taken["Django, autoescape"] / taken["ours, Markdown"])
            for key, seconds in taken.items():
                rates[key].add(1 / seconds)
            parses["ours"].add(cpp.seconds_each("parse", few) * 1e6)
            parses["Django"].add(django.seconds_each(few // 10 + 1, lambda _: django.parse_all()) * 1e6)
            measure.note(f"round {number + 1} of {options.rounds} done, {measure.load()}")
    print(f"\n## {name}: {octets:,.0f} octets on average, {options.rounds} rounds")
    measure.table(["contestant", "renders/CPU s", "µs", "parse µs"],
                  [[key, figures.text(), f"{1e6 / figures.median:.1f}",
                    parses[key.split(",")[0]].text("{:,.0f}") if key in ("ours, Markdown",
                                                                         "Django, autoescape") else ""]
                   for key, figures in rates.items()])
    print(f"ours (Markdown) / Django (autoescape): {versus['Django'].text('{:.1f}')}"
          + (f"; ours (plain) / fmt: {versus['fmt'].text('{:.2f}')}" if by_hand else ""))
    return versus["Django"].median


def check(name, cpp, django, contexts, by_hand):
    """The same text of all, without escaping and with HTML's. Gives its size."""
    size = 0
    for number in range(len(contexts)):
        for escape in ("none", "html"):
            answer = cpp.ask(do="text", contestant="ours", escape=escape, context=number)
            ours = answer["subject"], answer["body"]
            must_be_same(name, "Django", ours, django.render(number, escape == "html"))
            if by_hand and escape == "none":
                answer = cpp.ask(do="text", contestant="fmt", context=number)
                must_be_same(name, "fmt", tuple(part.strip() for part in ours), (answer["subject"], answer["body"]))
        size += sum(len(part.encode()) for part in ours)
    return size / len(contexts)


def must_be_same(name, other, ours, theirs):
    if ours != theirs:
        raise SystemExit(f"error: {name}: ours and {other} do not give the same text\n"
                         f"  ours:  {ours}\n  other: {theirs}")


if __name__ == "__main__":
    main()
