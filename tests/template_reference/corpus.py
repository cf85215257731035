"""Reads the corpus: cases/*.json, templates of our own making, one file per family of tags or filters.

A file is an object:
  "context", "templates", "language", "escape", "now", "time_zone", "dates"
            what the cases of the file have in common; every group and every case may add to it or say otherwise.
            `context` and `templates` (name to source, for include and extends) are merged, the rest is replaced.
            `escape` is "html" (autoescape on, the default) or "none".
            `dates` names texts of the context that are dates, times or instants for Django, as they are for us without
            being told: "documento.fecha", "citas.*.hora". Without it both sides see a text.
  "groups"  a list of {"name": …, …what is common…, "cases": […]}. A case is a template, or an object with "template"
            and what differs. `"differs": "why", "ours": "…"` marks a result that is not Django's on purpose
            (`"ours": null`: an error for us); the test fails when it is Django's after all.
  "matrix"  a list of {"name": …, "values": […], "cases": […], "differs": {…}}: every template with every value as
            `v`. `differs` maps a template to {"why": …, "values": […]}: which values do not give Django's result.

JSON knows no order of members: both sides see them sorted by name.
"""

import json
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
DEFAULTS = {"context": {}, "templates": {}, "language": "en", "escape": "html", "now": "2026-11-22T15:00:00Z",
            "time_zone": "UTC", "dates": []}
MERGED = ("context", "templates")
CASE_KEYS = {*DEFAULTS, "template", "differs", "ours"}


def inherit(above, own):
    result = dict(above)
    for key in DEFAULTS:
        if key in own:
            result[key] = {**above[key], **own[key]} if key in MERGED else own[key]
    return result


def read_file(path):
    """Yields the cases of a file, each whole, with "id"."""
    content = in_order(json.loads(path.read_text("utf-8")))
    refuse_unknown(content, {*DEFAULTS, "groups", "matrix"}, path.name)
    common = inherit(DEFAULTS, content)
    for group in content.get("groups", []):
        refuse_unknown(group, {*DEFAULTS, "name", "cases"}, path.name)
        of_group = inherit(common, group)
        for case in group["cases"]:
            own = {"template": case} if isinstance(case, str) else case
            refuse_unknown(own, CASE_KEYS, f"{path.name}, {group['name']}")
            yield {**inherit(of_group, own), **{key: own[key] for key in ("template", "differs", "ours") if key in own},
                   "id": f"{path.stem}: {group['name']}", "matrix": False}
    for matrix in content.get("matrix", []):
        refuse_unknown(matrix, {*DEFAULTS, "name", "values", "cases", "differs"}, path.name)
        of_matrix = inherit(common, matrix)
        for template in matrix["cases"]:
            exception = matrix.get("differs", {}).get(template)
            for value in matrix["values"]:
                case = {**of_matrix, "template": template, "context": {**of_matrix["context"], "v": value},
                        "id": f"{path.stem}: {matrix['name']}", "matrix": True}
                if exception and any(same(value, other) for other in exception["values"]):
                    case["differs"] = exception["why"]
                yield case


def read_all():
    return [case for path in sorted((HERE / "cases").glob("*.json")) for case in read_file(path)]


def same(one, other):
    """As JSON: 1, 1.0 and true are three values."""
    return json.dumps(one) == json.dumps(other)


def in_order(value):
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def refuse_unknown(given, known, where):
    unknown = set(given) - known
    if unknown:
        raise SystemExit(f"error: {where}: unknown: {', '.join(sorted(unknown))}\nhint: corpus.py says what there is")
