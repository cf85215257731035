"""Every path that the documentation names exists."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["EGARAGE_SOURCE_DIR"])
PAGES = [ROOT / "README.md", ROOT / "tests/README.md", *sorted((ROOT / "docs").glob("*.md"))]
IN_CODE = re.compile(r"`((?:lib|app|docs|examples|templates|tests)/[A-Za-z0-9_./-]*)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def main():
    missing, checked = [], 0
    for page in PAGES:
        text = page.read_text()
        targets = [(ROOT / path, path) for path in IN_CODE.findall(text)]
        targets += [(page.parent / path, path) for path in LINK.findall(text)]
        for target, name in targets:
            checked += 1
            if not target.exists():
                missing.append(f"{page.relative_to(ROOT)}: {name} does not exist")
    assert checked > 10, "found too few paths"
    print("\n".join(missing + [f"{checked} paths checked, {len(missing)} missing"]))
    sys.exit(1 if missing else 0)


main()
