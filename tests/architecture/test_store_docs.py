"""docs/store.md describes each table and column of the schema that the migrations make, and nothing else."""

import os
import pathlib
import re
import sqlite3
import sys

ROOT = pathlib.Path(os.environ.get("EGARAGE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


def schema():
    database = sqlite3.connect(":memory:")
    for migration in sorted((ROOT / "lib/store/migrations").glob("*.sql")):
        database.executescript(migration.read_text(encoding="utf-8"))
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {table: [column[1] for column in database.execute(f"PRAGMA table_info({table})")] for (table,) in tables}


def description():
    text = (ROOT / "docs/store.md").read_text(encoding="utf-8")
    tables = {}
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        rows = re.findall(r"^\| (\w+) \|", part, flags=re.MULTILINE)
        tables[part.split("\n", 1)[0].strip()] = [row for row in rows if row != "column"]
    return tables


def main():
    real, described = schema(), description()
    faults = [f"table {table} is not described" for table in real.keys() - described.keys()]
    faults += [f"table {table} does not exist" for table in described.keys() - real.keys()]
    for table in real.keys() & described.keys():
        if real[table] != described[table]:
            faults.append(f"columns of {table}: the schema has {real[table]}, the page describes {described[table]}")
    if not real:
        faults.append("no migrations found")
    for fault in sorted(faults):
        print(f"docs/store.md: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
