#!/usr/bin/env python3
"""Renders random templates (template_grammar.py) with Django and with ours until the two disagree. Prints what is left
of the first finding when everything that does not matter is taken away, as a case for tests/template_reference/cases.

A seed gives the same templates in the same order, however many workers there are. Exits 1 on a finding."""

import argparse
import json
import multiprocessing
import pathlib
import queue
import random
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "template_reference"))
import django_reference  # noqa: E402

django_reference.use_python_with_django()

import our_renderer  # noqa: E402
import template_grammar  # noqa: E402
from corpus import DEFAULTS  # noqa: E402

# Known differences that the grammar cannot avoid: what one side complains of, and why the other need not.
# A loop that holds {% filter length %}; our own filters, when phone2numeric is cut.
DJANGO_ALONE = re.compile("sequence item \\d+: expected str instance|Invalid filter: '(?:phone|money)'")
OURS_ALONE = re.compile("rendering takes more than|the text grows longer than|names are set at once")  # bounds
# What was cut with … becomes a host name of IDNA, where … is three dots; ours percent-encodes it.
LINKS_IN_LINKS = re.compile(r"(?:urlize|truncatechars).*urlize", re.DOTALL)
# Brackets in a host: Python refuses such an address and leaves it unquoted; ours quotes what stands behind the host.
BRACKETS_IN_HOST = re.compile(r'href="[a-z]+://[^/"]*[\[\]]')
# A date that is printed, tested or walked: an object for Django, a text for us.
BARE_DATE = re.compile(r"(?<![:\w])(?:[di][12]|h1|citas|x\.d)\b"
                       r"(?!\|(?:date|time|timesince|timeuntil|naturalday|dictsort))")
# After an error in it that {% if %} hid, block.super is nothing for Django; ours shows what it gives the next time.
SUPER_IN_CONDITION = re.compile(r"{%\s*(?:el)?if\b[^%]*block\.super")
PRINTED_DATE = re.compile(r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\.? \d{1,2}, \d{4}")
COMPARED_DATES = re.compile(r"d1 (?:==|<|>=) d2|regroup citas by d as g|x\.grouper\|date")

PIECES = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})", re.DOTALL)
WORDS = re.compile(r"(\|\w+(?::(?:'[^']*'|\"[^\"]*\"|[\w.+-]+))?|\s+|[\w.]+)")


class Both:
    def __init__(self):
        self.django, self.ours = django_reference.Django(), our_renderer.Ours()

    def results(self, case):
        return self.django.render(case), self.ours.render(case)

    def differ(self, case):
        theirs, ours = self.results(case)
        same = theirs == ours if isinstance(theirs, str) else not isinstance(ours, str)
        return not same and not known_difference(case, theirs, ours)


def known_difference(case, theirs, ours):
    sources = "".join([case["template"], *case["templates"].values()])
    if BARE_DATE.search(COMPARED_DATES.sub("", sources)) or "datetime." in str(theirs) or LINKS_IN_LINKS.search(sources):
        return True
    if case.get("dates") and PRINTED_DATE.search(str(theirs)):
        return True
    if isinstance(theirs, str) and (BRACKETS_IN_HOST.search(theirs) or "Block Node: " in theirs):
        return True  # ours prints a block as <Block Node>, without what is in it
    if isinstance(ours, str) and isinstance(theirs, str) and SUPER_IN_CONDITION.search(sources):
        return True
    if isinstance(ours, str):
        return theirs.replace("\0", "\ufffd") == ours if isinstance(theirs, str) else DJANGO_ALONE.search(str(theirs))
    # Django takes {{ block.super }} for a variable that is missing when something is missing in it.
    return OURS_ALONE.search(ours.sentence) or "block.super" in sources


def case_number(seed, number):
    return template_grammar.Grammar(random.Random(f"{seed}/{number}")).case()


def shrunk(case, differ):
    """The case without whatever can go while the two still differ."""
    before = None
    while before != case:
        before = case
        for smaller in smaller_cases(case):
            if differ(smaller):
                case = smaller
                break
    return case


def smaller_cases(case):
    for key, plain in (("templates", {}), ("language", "en"), ("escape", "html"), ("time_zone", "UTC"),
                       ("now", DEFAULTS["now"])):
        if case[key] != plain:
            yield {**case, key: plain}
    for key in case["context"]:
        rest = {name: value for name, value in case["context"].items() if name != key}
        yield {**case, "context": rest, "dates": [path for path in case["dates"] if path.split(".")[0] in rest]}
    for source in smaller_texts(case["template"]):
        yield {**case, "template": source}
    for name, source in case["templates"].items():
        yield {**case, "templates": {key: value for key, value in case["templates"].items() if key != name}}
        for smaller in smaller_texts(source):
            yield {**case, "templates": {**case["templates"], name: smaller}}
    for key, value in case["context"].items():
        if not any(path.split(".")[0] == key for path in case["dates"]):
            for smaller in smaller_values(value):
                yield {**case, "context": {**case["context"], key: smaller}}


def smaller_texts(text):
    pieces = [piece for piece in PIECES.split(text) if piece]
    yield from without_runs(pieces)
    for number, piece in enumerate(pieces):
        for inner in without_runs([word for word in WORDS.split(piece) if word], longest=2):
            yield "".join(pieces[:number]) + inner + "".join(pieces[number + 1:])


def without_runs(pieces, longest=None):
    """Without runs of pieces, long ones first; and without a tag and its end, each pair."""
    length = longest or len(pieces)
    while length > 0:
        for begin in range(0, len(pieces) - length + 1):
            yield "".join(pieces[:begin] + pieces[begin + length:])
        length = length // 2
    for first, piece in enumerate(pieces):
        tag = re.match(r"{%\s*(\w+)", piece)
        for last in range(first + 1, len(pieces)) if tag else ():
            if re.match(rf"{{%\s*end{tag[1]}\b", pieces[last]):
                yield "".join(pieces[:first] + pieces[first + 1:last] + pieces[last + 1:])


def smaller_values(value):
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield value[:number] + value[number + 1:]
            for smaller in smaller_values(item):
                yield value[:number] + [smaller] + value[number + 1:]
    elif isinstance(value, dict):
        for key, item in value.items():
            yield {name: other for name, other in value.items() if name != key}
            for smaller in smaller_values(item):
                yield {**value, key: smaller}
    elif isinstance(value, str):
        for place in range(len(value)):
            yield value[:place] + value[place + 1:]


def work(seed, numbers, deadline, reports):
    both = Both()
    done = 0
    for number in numbers:
        if time.monotonic() > deadline:
            break
        case = case_number(seed, number)
        if both.differ(case):
            case = shrunk(case, both.differ)
            reports.put(("finding", number, (case, *map(told, both.results(case)))))
        done += 1
        if done % 100 == 0:
            reports.put(("done", 100, None))
    reports.put(("end", done % 100, None))


def told(result):
    return repr(result) if isinstance(result, str) else f"error: {result}"


def print_finding(seed, number, case, theirs, ours):
    written = {key: case[key] for key in case if key == "template" or case[key] != DEFAULTS[key]}
    print(f"The two differ (seed {seed}, case {number}):\n{json.dumps(written, ensure_ascii=False)}\n"
          f"  Django: {theirs}\n  ours:   {ours}\n", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--seconds", type=float, help="how long, at most (without it and --cases: 60)")
    parser.add_argument("--cases", type=int, help="how many, at most")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0, help="number of the case to begin with")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--findings", type=int, default=1, help="stop after that many")
    options = parser.parse_args()
    seconds = options.seconds or (3600 * 24 * 365 if options.cases else 60)
    last = options.first + (options.cases or 10**12)

    began = time.monotonic()
    reports = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, daemon=True, args=(
        options.seed, range(options.first + worker, last, options.workers), began + seconds, reports))
        for worker in range(options.workers)]
    for worker in workers:
        worker.start()
    done, findings, running = 0, 0, len(workers)
    while running and findings < options.findings:
        try:
            kind, number, found = reports.get(timeout=1)
        except queue.Empty:
            if any(worker.exitcode for worker in workers):
                return 1  # it has said why
            continue
        if kind == "finding":
            findings += 1
            print_finding(options.seed, number, *found)
        else:
            done += number
            running -= kind == "end"
    took = time.monotonic() - began
    print(f"{done} templates compared in {took:.0f} s ({done / took:.0f}/s, seed {options.seed}), {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
