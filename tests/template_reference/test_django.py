"""Renders every template of the corpus with Django and with ours: the same text to the character, or an error of both.

Arguments name cases to run alone: a part of their id or template. --show prints what both sides give."""

import argparse
import os
import pathlib
import subprocess
import sys

import django_reference

django_reference.use_python_with_django()

import corpus  # noqa: E402  (may be another Python from here on)
import our_renderer  # noqa: E402

FEWEST = 2000  # templates of our own making, the matrices not counted
SHOWN = ("context", "templates", "language", "escape", "now", "time_zone", "dates", "differs")
FUZZER = pathlib.Path(__file__).resolve().parent.parent / "fuzz/compare_with_django.py"


def told(result):
    return repr(result) if isinstance(result, str) else f"error: {result}"


def agree(theirs, ours):
    return theirs == ours if isinstance(theirs, str) else not isinstance(ours, str)


def complaint(case, theirs, ours):
    """What is wrong with the case; empty when nothing is."""
    if "differs" not in case:
        return "" if agree(theirs, ours) else "not the same"
    if agree(theirs, ours):
        return "marked as different, and is not"
    if "ours" in case and case["ours"] != (ours if isinstance(ours, str) else None):
        return f"ours should be {told(case['ours'])}"
    return ""


def print_case(case, theirs, ours):
    print(f"  template: {case['template']}")
    text = case["template"] + repr(case["templates"])
    named = {key: value for key, value in case["context"].items() if key in text}
    for key, value in {**case, "context": named}.items():
        if key in SHOWN and value and value != corpus.DEFAULTS.get(key):
            print(f"  {key}: {value}")
    print(f"  Django: {told(theirs)}\n  ours:   {told(ours)}\n")


def check_corpus(wanted, show):
    cases = corpus.read_all()
    written = {case["template"] + repr((case["context"], case["escape"], case["language"], case["dates"], case["now"],
                                        case["time_zone"], case["templates"])) for case in cases if not case["matrix"]}
    if len(written) != sum(not case["matrix"] for case in cases):
        sys.exit("error: the corpus holds the same case twice: " + "; ".join(repeated(cases)))
    if len(written) < FEWEST:
        sys.exit(f"error: the corpus holds {len(written)} templates, fewer than {FEWEST}")
    if wanted:
        cases = [case for case in cases if any(part in case["id"] or part in case["template"] for part in wanted)]
    theirs, ours = django_reference.Django(), our_renderer.Ours()
    failed = 0
    for case in cases:
        results = theirs.render(case), ours.render(case)
        wrong = complaint(case, *results)
        if wrong or show:
            print(f"{case['id']}: {wrong or 'as it should be'}")
            print_case(case, *results)
        failed += bool(wrong)
    on_purpose = sum("differs" in case for case in cases)
    print(f"{len(cases)} cases ({len(written)} written by hand, the others from matrices), "
          f"{on_purpose} differ on purpose, {failed} wrong")
    return failed == 0


def repeated(cases):
    seen = set()
    for case in cases:
        known = repr({key: value for key, value in case.items() if key not in ("id", "differs", "ours")})
        if known in seen and not case["matrix"]:
            yield f"{case['id']}: {case['template']}"
        seen.add(known)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wanted", nargs="*")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    good = check_corpus(options.wanted, options.show)
    if not options.wanted:
        sys.stdout.flush()
        good &= subprocess.run([sys.executable, FUZZER, "--seed", "1", "--cases", "2000"], env=os.environ,
                               check=False).returncode == 0
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
