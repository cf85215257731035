"""A folder of lib/ may include only the folders that lib/CMakeLists.txt says it USES, and foreign libraries stay home."""

import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["EGARAGE_SOURCE_DIR"])
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Who may know which foreign library (docs/architecture.md).
FOREIGN = {
    "toml++/": {"config"},
    "SQLiteCpp/": {"store", "host"},
    "sqlite3.h": {"store", "host"},
    "curl/": {"channels"},
    "boost/": {"channels"},
    "CLI/": {"app"},
    "cmark.h": {"content"},
    "tidy": {"content"},
    "date/": {"core"},
}
SYSTEM_HEADERS = re.compile(r"^(unistd|fcntl|signal|poll|spawn|windows|io|psapi|shellapi|winsock2|netdb|termios|dlfcn)\.h$|^(sys|arpa|netinet)/")


def allowed_includes():
    text = (ROOT / "lib/CMakeLists.txt").read_text()
    uses = {}
    for folder, arguments in re.findall(r"^egarage_library\((\w+)([^)]*)\)", text, re.MULTILINE):
        match = re.search(r"\bUSES\b((?:\s+(?!LINKS\b)\w+)*)", arguments)
        uses[folder] = set(match.group(1).split()) if match else set()
    return uses


def violations(path, folder, allowed, known):
    found = []
    for quote, target in INCLUDE.findall(path.read_text()):
        first = target.split("/")[0]
        if quote == '"' and first in known | {"app", "tests", "support"} and first not in allowed | {folder}:
            found.append(f"includes {target}")
        for prefix, homes in FOREIGN.items():
            if target.startswith(prefix) and folder not in homes:
                found.append(f"includes <{target}>, which only {', '.join(sorted(homes))} may know")
        if SYSTEM_HEADERS.search(target) and "core/platform" not in path.as_posix():
            found.append(f"includes <{target}> outside lib/core/platform")
    return found


def main():
    uses = allowed_includes()
    assert "core" in uses and uses["core"] == set() and len(uses) >= 5, "lib/CMakeLists.txt could not be read"
    folders = {path.name for path in (ROOT / "lib").iterdir() if path.is_dir()}
    problems = [f"lib/{name} has no egarage_library() line" for name in sorted(folders - set(uses))]
    checked = 0
    for path in sorted([*ROOT.glob("lib/*/**/*.?pp"), *ROOT.glob("app/**/*.?pp")]):
        relative = path.relative_to(ROOT)
        in_app = relative.parts[0] == "app"
        folder = "app" if in_app else relative.parts[1]
        allowed = set(uses) if in_app else uses.get(folder, set())
        problems += [f"{relative}: {what}" for what in violations(path, folder, allowed, set(uses))]
        checked += 1
    assert checked > 20, "found too few source files"
    for problem in problems:
        print(problem)
    print(f"{checked} files checked, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
