"""docs/templates.md and the program agree: on every variable of the contract, and on every tag, filter and part."""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ["EGARAGE_SOURCE_DIR"])
PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")


def contract():
    listed = subprocess.run([os.environ["EGARAGE_NOTIFY"], "--json", "template", "variables"], capture_output=True, check=True)
    return {(row["path"], events_as_documented(row["events"])): row for row in json.loads(listed.stdout)}


def documented():
    table = PAGE.split("## Variables")[1].split("## The language")[0]
    rows = {}
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 6 and cells[0].startswith("`"):
            rows[cells[0].strip("`"), cells[4]] = cells
    return rows


def events_as_documented(events):
    return "all" if len(events) == 7 else ", ".join(events)


def example_as_documented(text):
    return f"`{text}`" if text else "–"


def faults_of_variables():
    real, described = contract(), documented()
    for path, events in real.keys() - described.keys():
        yield f"the variable {path} of {events} is not documented"
    for path, events in described.keys() - real.keys():
        yield f"the variable {path} of {events} does not exist"
    for key in real.keys() & described.keys():
        row = real[key]
        wanted = [row["type"], example_as_documented(row["example_cl"].replace("|", " / ")),
                  example_as_documented(row["example_us"].replace("|", " / ")), key[1], row["meaning"]]
        if described[key][1:] != wanted:
            yield f"the variable {key[0]}: the page says {described[key][1:]}, the program {wanted}"


def render(template):
    done = subprocess.run([os.environ["EGARAGE_NOTIFY"], "template", "render", "-"], input=template.encode(),
                          capture_output=True, check=False)
    return done.stderr.decode()


def faults_of_names():
    language = PAGE.split("## The language")[1].split("### Where it differs")[0]
    filters = re.findall(r"`(\w+)`", language.split("**Filters**")[1].split("Texts that hold ISO")[0])
    known = re.search(r"known are: ([^\n]*)", render("{{ x|zzzzzzzzzzzz }}")).group(1).split(", ")
    for name in set(known) - set(filters):
        yield f"the filter {name} is not documented"
    for name in set(filters) - set(known):
        yield f"the filter {name} does not exist"
    tags = set(re.findall(r"`(\w+)`", language.split("**Tags**")[1].split("**Filters**")[0]))
    known = set(re.search(r"known are: ([^\n]*)", render("{% zzzzzzzzzzzz %}")).group(1).split(", "))
    for name in known - tags:
        yield f"the tag {name} is not documented"


def faults_of_parts():
    parts = {path.stem[1:].split(".")[0] for path in (ROOT / "templates").glob("e[sn]/_*.md")}
    named = set(re.findall(r"`(\w+)`", PAGE.split("The product's parts:")[1].split("Names are keys")[0]))
    for name in parts ^ named:
        yield f"the part {name} is " + ("not documented" if name in parts else "documented and does not exist")


def main():
    faults = [*faults_of_variables(), *faults_of_names(), *faults_of_parts()]
    for fault in faults:
        print(f"docs/templates.md: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
