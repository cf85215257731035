#!/usr/bin/env python3
"""Scores the default e-mails with SpamAssassin's offline rules and measures their size. Fails above the bounds.

Needs: apt-get install spamassassin. The program is named by EGARAGE_NOTIFY."""

import re
import shutil
import subprocess
import sys
import tempfile

import messages

MOST_POINTS = 1.0
MOST_OCTETS = 60 * 1024  # Gmail clips at 102 KB

# Rules that judge the way a message took, which ends in a file here: no server has received it, and nobody signed it.
LOCAL_RULES = "score NO_RECEIVED 0\nscore NO_RELAYS 0\n"


def score(path, folder):
    rules = f"{folder}/local.cf"
    with open(rules, "w", encoding="utf-8") as file:
        file.write(LOCAL_RULES)
    with open(path, "rb") as message:
        report = subprocess.run(["spamassassin", "-L", "-t", "-p", rules], stdin=message, capture_output=True,
                                check=True).stdout.decode("utf-8", "replace")
    points = re.search(r"^X-Spam-Status: .*?score=(-?[\d.]+)", report, re.MULTILINE)
    hits = re.search(r"tests=([\w,\s]*?)(?:\s+\w+=|\n\S)", report)
    names = re.sub(r"\s+", "", hits.group(1)) if hits else ""
    return float(points.group(1)), names


def main():
    if not shutil.which("spamassassin"):
        sys.exit("error: there is no spamassassin\nhint: apt-get install spamassassin")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'event':<28}{'lang':<6}{'octets':>8}{'points':>8}  rules")
        for (event, language), path in messages.make_messages(folder).items():
            points, names = score(path, folder)
            octets = path.stat().st_size
            bad = points > MOST_POINTS or octets > MOST_OCTETS
            failed |= bad
            print(f"{event:<28}{language:<6}{octets:>8}{points:>8.1f}  {names}{'  <-- too much' if bad else ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
