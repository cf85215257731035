"""docs/importing.md describes each kind and column that `import --help` lists, in that order, and no other."""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("EGARAGE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


def kinds_of_program():
    text = subprocess.run([os.environ["EGARAGE_NOTIFY"], "import", "--help"], capture_output=True, check=True,
                          text=True).stdout
    block = text.split("Kinds, in the order", 1)[1].split("\n", 1)[1].split("What each column", 1)[0]
    kinds = {}
    for line in block.splitlines():
        if match := re.match(r"  (\S+)(.*)", line):
            kinds[match[1]], line = [], match[2]
        kinds[list(kinds)[-1]] += re.findall(r"[a-z_]+", line)
    return kinds


def kinds_of_page():
    page = (ROOT / "docs/importing.md").read_text(encoding="utf-8")
    return {part.split("\n", 1)[0]: part for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]}


def main():
    program, page = kinds_of_program(), kinds_of_page()
    faults = []
    described = [name for name in page if name in program]
    if described != list(program):
        faults.append(f"the kinds are {list(program)}, the page describes {described}")
    for name in described:
        text = page[name].split("\n", 1)[1]
        key = re.search(r"Key: (.*)", text)
        in_key = re.findall(r"`([a-z_]+)`", key[1]) if key else []
        in_table = [column for cell in re.findall(r"^\| ([a-z_, ]+) \|", text, flags=re.MULTILINE)
                    for column in cell.split(", ") if column != "column"]
        for column in program[name]:
            if column not in in_key + in_table and column != "company":
                faults.append(f"{name}: the column {column} is not described")
        faults += [f"{name}: there is no column {column}" for column in in_key + in_table if column not in program[name]]
    for fault in faults:
        print(f"docs/importing.md: {fault}", file=sys.stderr)
    return 1 if faults or not program else 0


if __name__ == "__main__":
    sys.exit(main())
