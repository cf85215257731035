#!/usr/bin/env python3
"""Draws the default e-mails with Chromium into a folder: EVENT.LANGUAGE.WIDTH.SCHEME.png, wide and narrow, light and
dark, to be looked at. Fails when one needs scrolling to the side, on a phone of 320 pixels, too.

usage: screenshots.py FOLDER
Needs: apt-get install chromium. The program is named by EGARAGE_NOTIFY."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import messages

WIDTHS = [800, 360]
NARROWEST = 320
SCHEMES = {"light": 1, "dark": 0}
HEIGHT = 1000

# Chromium draws no window narrower than some 500 pixels, so that a message is put into a frame of the right width, which
# also tells how wide it would like to be.
STYLE = "<!doctype html><meta charset=utf-8><meta name=color-scheme content='light dark'><style>body{margin:0}</style>"
MEASURE = """<script>addEventListener("load",()=>{for(const frame of document.querySelectorAll("iframe"))
frame.title=frame.contentDocument.documentElement.scrollWidth})</script>"""


def frame(source, width):
    return f'<iframe src="{source.as_uri()}" width="{width}" height="{HEIGHT}" style="border:0;display:block"></iframe>'


def chromium(scratch, scheme, page, *arguments):
    path = scratch / "page.html"
    path.write_text(page, encoding="utf-8")
    return subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         "--allow-file-access-from-files", f"--user-data-dir={scratch / 'profile'}",
         f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", *arguments, path.as_uri()],
        capture_output=True, check=True).stdout.decode()


def too_wide(scratch, sources):
    """What needs more than its frame, as sentences."""
    rows = [(name, source, width) for name, source in sources.items() for width in [*WIDTHS, NARROWEST]]
    page = STYLE + "".join(frame(source, width) for _, source, width in rows) + MEASURE
    found = [int(width) for width in re.findall(r'title="(\d+)"', chromium(scratch, "light", page, "--dump-dom"))]
    if len(found) != len(rows):
        sys.exit(f"error: Chromium measured {len(found)} of {len(rows)} messages")
    return [f"{name} needs {needed} of {width} pixels" for (name, _, width), needed in zip(rows, found)
            if needed > width]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not shutil.which("chromium"):
        sys.exit("error: there is no chromium\nhint: apt-get install chromium")
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        scratch = pathlib.Path(directory)
        sources = {}
        for (event, language), path in messages.make_messages(scratch).items():
            name = f"{event.lower()}.{language}"
            sources[name] = scratch / f"{name}.html"
            sources[name].write_text(messages.html_of(path), encoding="utf-8")
        for name, source in sources.items():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    target = folder / f"{name}.{width}.{scheme}.png"
                    chromium(scratch, scheme, STYLE + frame(source, width), f"--window-size={width},{HEIGHT}",
                             f"--screenshot={target}")
        problems = too_wide(scratch, sources)
    print("\n".join(problems) or f"All messages fit their width; the pictures are in {folder}.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
