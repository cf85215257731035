"""Makes random templates with their contexts: every tag and filter of the language, mostly right, sometimes broken.

What is left out on purpose, because the two languages differ there knowingly (tests/template_reference/cases says so,
too): whole numbers beyond 64 bits; attributes and methods of Python objects; printing a date itself, which is a text
for us, and formats whose result we read as a date again; `is` between other values than None, True and False; `_("…")`;
lists for urlencode; tags and filters that only one of the two has."""

import re

TEXTS = ["", " ", "a", "Ana Soto", "O'Higgins", "<b>x</b>", "a & b", "ÁRBOL ñandú", "uno\ndos\r\n\ntres",
         "  dos  palabras ", "5", "-12",
         "3.75", "1e3", "nan", "http://example.com/x?a=1&b=2", "ana@example.cl", "www.example.com.", "(example.org)",
         "\"q\" \\ 'r'", "😀é",
         "e\u0301", "tab\tx", "straße", "a,b,c", "&lt;i&gt;", "<p>\n <a> z </a> </p>", "1,234", "{{ a }}",
         "\u00a0x\u2028y", "True", "it's 2nd"]
NUMBERS = [0, 1, -1, 2, 3, 7, 10, 12, -45, 100, 999, 1000, 45990, 1234567, -9876543, 0.5, 1.0, -2.5, 3.14159, 1234.5,
           2.675, 1e-7, 0.1, 1e15, 99.995]
NAMES = ["a", "b", "c", "x", "y", "lista", "obj", "filas", "pares", "no_hay"]
MEMBERS = ["n", "k", "t", "0", "1", "items", "keys", "values", "no", "-1"]
DATES = ["2026-11-22", "2026-02-03", "2024-02-29", "2025-12-31", "2027-01-01", "2026-11-21", "2026-11-23"]
INSTANTS = ["2026-11-22T15:04:05Z", "2026-11-22T00:00:00Z", "2026-07-01T23:45:30-04:00", "2025-07-22 20:50:03.834000",
            "2026-04-05T03:30:00Z", "2026-11-22T12:00:00Z", "2024-02-29T08:09:10Z"]
TIMES = ["08:30:00", "17:05", "00:00:00", "12:00:00", "23:59:59"]
FORMATS = ["Y.m.d", "d/m/Y", "j \\d\\e F \\d\\e Y", "l", "N j, Y", "D jS M", "z t L W o w", "b E F", "", "<Y>",
           "DATE_FORMAT", "SHORT_DATE_FORMAT"]
TIME_FORMATS = ["H.i", "P", "g:i A", "G h a s u f", "TIME_FORMAT", "\\H"]
INSTANT_FORMATS = ["r", "U", "e T O Z I", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"]
STRINGFORMATS = ["s", "d", "05d", "+.2f", "10s", "-8s", "x", "e", "g", "r", ".3s", "%", "", "q", "#o", "s y s", "c",
                 "i"]
WHOLE = ["0", "1", "2", "3", "5", "12", "-1", "-3", "'2'", "'x'", "a", "b", "2.5", "None"]
ANY = ["'a'", "' '", "''", "'<'", "','", "'ab'", "1", "0", "2.5", "a", "b", "lista", "obj.k", "no_hay", "None", "True",
       "\"x y\""]
SLICES = ["':2'", "'1:'", "'-1:'", "'::2'", "'::-1'", "'1:3'", "2", "'x'", "':'", "'5:1'", "'-3:-1'", "'::0'"]
COMMAS = ["'s'", "'y,ies'", "'a,b,c'", "'sí,no'", "'<,>'", "','", "a"]
SORTS = ["'n'", "'k'", "0", "1", "'n.k'", "'no'", "'0'"]
FILTERS = {
    None: ["addslashes", "capfirst", "escape", "escapejs", "filesizeformat", "first", "floatformat", "force_escape",
           "last", "length", "linebreaks", "linebreaksbr", "linenumbers", "lower", "make_list", "phone2numeric",
           "pluralize", "safe", "safeseq", "slugify", "striptags", "title", "unordered_list", "upper", "urlencode",
           "urlize", "wordcount", "yesno", "intcomma", "naturalday", "date", "time", "timesince", "timeuntil"],
    "whole": ["center", "ljust", "rjust", "floatformat", "get_digit", "length_is", "truncatechars", "truncatewords",
              "wordwrap", "divisibleby", "urlizetrunc"],
    "any": ["add", "cut", "default", "default_if_none", "join"], "kept": ["urlencode"],
    "slice": ["slice"], "commas": ["pluralize", "yesno"], "sort": ["dictsort", "dictsortreversed"],
    "format": ["date", "time"],
    "stringformat": ["stringformat"]}
ARGUMENTS = {"whole": WHOLE, "any": ANY, "kept": ["''", "'/'", "' <'", "'é@'", "None"], "slice": SLICES,
             "commas": COMMAS, "sort": SORTS,
             "format": [f"'{form}'" for form in FORMATS + TIME_FORMATS],
             "stringformat": [f"'{form}'" for form in STRINGFORMATS]}
BY_KIND = [(name, kind) for kind, names in FILTERS.items() for name in names]
BROKEN_PIECES = ["{%", "%}", "{{", "}}", "{#", "#}", "|", ":", "'", "\"", " ", "=", ",", ".", "endif", "else", "in",
                 "not", "as", "{% endfor %}", "_", "\n"]


class Grammar:
    def __init__(self, random):
        self.random = random
        self.choice = random.choice

    def case(self):
        context, dates = self.context()
        template = self.nodes(3)
        templates = {}
        if self.chance(0.12):
            templates = self.bases()
            parent = self.choice(["'base'", "'medio'"])
            template = f"{{% extends {parent} %}}" + "".join(
                self.block(name) for name in self.random.sample(["b1", "b2", "b3", "b4"], self.random.randint(0, 3)))
        if "{% include" in template + "".join(templates.values()):
            templates["parte"] = re.sub(r"{% include .*?%}", "", self.nodes(1))  # no circle
        if self.chance(0.04):
            template = self.broken(template)
        return {"template": template, "context": context, "templates": templates, "dates": dates,
                "language": self.choice(["en", "en", "es"]), "escape": self.choice(["html", "html", "html", "none"]),
                "now": self.choice(INSTANTS[:3] + INSTANTS[4:]),
                "time_zone": self.choice(["UTC", "UTC", "America/Santiago", "America/New_York", "Asia/Kolkata"])}

    def bases(self):
        inner = "{% block b3 %}3{% endblock %}"
        return {"base": f"<{self.nodes(1)}{self.block('b1')}|{{% block b2 %}}{self.nodes(1)}{inner}{{% endblock %}}>",
                "medio": "{% extends 'base' %}" + self.block("b1")}

    def block(self, name):
        above = self.choice(["", "{{ block.super }}"])
        return f"{{% block {name} %}}{self.nodes(1)}{above}{{% endblock %}}"

    def chance(self, share):
        return self.random.random() < share

    # --- values
    def scalar(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.choice(TEXTS)
        if kind < 0.85:
            return self.choice(NUMBERS)
        return self.choice([True, False, None])

    def value(self, depth):
        kind = self.random.random()
        if depth == 0 or kind < 0.6:
            return self.scalar()
        if kind < 0.85:
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 3))]
        return {key: self.value(depth - 1) for key in sorted(self.random.sample(["n", "k", "t"],
                                                                                self.random.randint(0, 3)))}

    def context(self):
        context = {name: self.value(2) for name in ("a", "b", "c", "x")}
        kind = self.choice([lambda: self.choice(NUMBERS), lambda: self.choice(TEXTS), self.scalar])
        context |= {"lista": [self.scalar() for _ in range(self.random.randint(0, 4))],
                    "obj": {"k": self.value(1), "n": self.value(1)},
                    "filas": [{"k": self.scalar(), "n": kind()} for _ in range(self.random.randint(0, 4))],
                    "pares": [[kind(), self.scalar()] for _ in range(self.random.randint(0, 3))],
                    "d1": self.choice(DATES), "d2": self.choice(DATES), "i1": self.choice(INSTANTS),
                    "i2": self.choice(INSTANTS),
                    "h1": self.choice(TIMES),
                    "citas": [{"d": day, "q": number} for number, day in enumerate(self.random.sample(DATES, 3))]}
        return context, ["d1", "d2", "i1", "i2", "h1", "citas.*.d"]

    # --- expressions
    def operand(self):
        kind = self.random.random()
        if kind < 0.6:
            return self.choice(NAMES)
        if kind < 0.8:
            deeper = f".{self.choice(MEMBERS)}" if self.chance(0.2) else ""
            return f"{self.choice(NAMES)}.{self.choice(MEMBERS)}{deeper}"
        if kind < 0.9:
            return self.choice(["forloop.counter", "forloop.first", "forloop.revcounter0",
                                "forloop.parentloop.counter0", "y.n", "x.0", "block.super"])
        return self.choice(["'Ana'", "\"b\"", "'<i>'", "5", "-2", "2.5", "True", "None", "''"])

    def filters(self, most):
        result = ""
        for _ in range(self.random.randint(0, most)):
            name, kind = self.choice(BY_KIND)
            result += f"|{name}" + (f":{self.choice(ARGUMENTS[kind])}" if kind else "")
        return result

    def dated(self):
        kind = self.random.random()
        if kind < 0.3:
            return f"{self.choice(['d1', 'd2'])}|date:'{self.choice(FORMATS)}'"
        if kind < 0.5:
            return f"{self.choice(['i1', 'i2'])}|date:'{self.choice(FORMATS + TIME_FORMATS + INSTANT_FORMATS)}'"
        if kind < 0.6:
            return f"{self.choice(['h1', 'i1'])}|time:'{self.choice(TIME_FORMATS)}'"
        if kind < 0.8:
            return self.choice(["d1|timesince:d2", "d1|timeuntil:d2", "i1|timesince:i2", "i2|timeuntil:i1",
                                "d1|timesince", "d2|timeuntil", "i1|timesince",
                                "i2|timeuntil", "d1|timesince:i1", "i1|timesince:d1", "h1|timesince"])
        return self.choice(["d1|naturalday", "d2|naturalday:'Y/m'", "i1|naturalday", "d1|date", "i1|date", "h1|time",
                            "h1|date:'H'", "d1|time:'H'"])

    def expression(self, most=3):
        if self.chance(0.1):
            return self.dated() + (self.filters(1) if self.chance(0.3) else "")
        return self.operand() + self.filters(most)

    def condition(self, depth=2):
        kind = self.random.random()
        if depth == 0 or kind < 0.3:
            return self.expression(1)
        if kind < 0.75:
            operator = self.choice(["==", "!=", "<", ">", "<=", ">=", "in", "not in", "is", "is not"])
            if self.chance(0.1):
                return f"d1 {self.choice(['==', '<', '>='])} d2"
            other = self.choice(["None", "True", "False"]) if operator.startswith("is") else self.expression(1)
            return f"{self.expression(1)} {operator} {other}"
        if kind < 0.85:
            return f"not {self.condition(depth - 1)}"
        return f"{self.condition(depth - 1)} {self.choice(['and', 'or'])} {self.condition(depth - 1)}"

    # --- nodes
    def nodes(self, depth):
        return "".join(self.node(depth) for _ in range(self.random.randint(0 if depth < 3 else 1, 3)))

    def node(self, depth):
        kind = self.random.random()
        if kind < 0.2:
            return self.choice(["a", " ", "\n", "Hola ", "<p> <b>", "ñ", "</p> ", "{", "%", "}", "| "])
        if depth == 0 or kind < 0.5:
            return f"{{{{ {self.expression()} }}}}"
        return self.choice(self.TAGS)(self, depth - 1)

    def if_tag(self, depth):
        middle = f"{{% elif {self.condition()} %}}{self.nodes(depth)}" if self.chance(0.3) else ""
        last = f"{{% else %}}{self.nodes(depth)}" if self.chance(0.5) else ""
        return f"{{% if {self.condition()} %}}{self.nodes(depth)}{middle}{last}{{% endif %}}"

    def for_tag(self, depth):
        names = self.choice(["x", "y", "y", "x, y", "a,b"])
        many = self.choice(["lista", "filas", "pares", "a", "obj.items", "obj", "b", "c.values",
                            "citas|dictsort:'d'|slice:':0'"]) if self.chance(0.7) \
            else self.expression(2)
        empty = f"{{% empty %}}{self.nodes(depth)}" if self.chance(0.3) else ""
        order = self.choice(["", "", " reversed"])
        return f"{{% for {names} in {many}{order} %}}{self.nodes(depth)}{empty}{{% endfor %}}"

    def with_tag(self, depth):
        name = self.choice(["x", "y", "a"])
        head = self.choice([f"{name}={self.expression(2)}", f"{self.expression(2)} as {name}",
                            f"{name}={self.expression(1)} b={self.expression(1)}"])
        return f"{{% with {head} %}}{self.nodes(depth)}{{% endwith %}}"

    def cycle_tag(self, _):
        kept = self.choice(["", "", " as y", " as y silent"])
        return f"{{% cycle {' '.join(self.expression(1) for _ in range(self.random.randint(1, 3)))}{kept} %}}"

    def ifchanged_tag(self, depth):
        what = " ".join(self.expression(1) for _ in range(self.random.randint(0, 2)))
        last = f"{{% else %}}{self.nodes(depth)}" if self.chance(0.3) else ""
        return f"{{% ifchanged {what} %}}{self.nodes(depth)}{last}{{% endifchanged %}}"

    def firstof_tag(self, _):
        kept = self.choice(["", "", " as y"])
        return f"{{% firstof {' '.join(self.expression(1) for _ in range(self.random.randint(1, 3)))}{kept} %}}"

    def filter_tag(self, depth):
        chosen = self.filters(2).removeprefix("|") or "upper"
        return f"{{% filter {chosen} %}}{self.nodes(depth)}{{% endfilter %}}"

    def regroup_tag(self, _):
        many = self.choice(["filas", "pares", "lista", self.expression(1)])
        by = self.choice(["n", "k", "0", "1", "n|upper", "no"])
        head = f"{{% regroup {many} by {by} as g %}}"
        return head + self.choice(["{% for x in g %}{{ x.grouper }}:{{ x.list|length }};{% endfor %}",
                                   "{% for x, y in g %}{{ x }}{{ y|length }}{% endfor %}",
                                   "{{ g|length }}", "{{ g.0.grouper }}{{ g.0.list.0 }}"])

    def block_tags(self, depth):
        return self.choice([f"{{% spaceless %}}{self.nodes(depth)}<i> </i> <b>{{% endspaceless %}}",
                            f"{{% autoescape {self.choice(['on', 'off'])} %}}{self.nodes(depth)}{{% endautoescape %}}",
                            f"{{% comment %}}{self.nodes(depth)}{{% endcomment %}}",
                            f"{{# {self.choice(['nota', '{{ a }}', '{% if %}'])} #}}",
                            f"{{% verbatim %}}{self.nodes(depth)}{{% endverbatim %}}"])

    def small_tags(self, _):
        piece = self.choice(["openblock", "closevariable", "openbrace", "opencomment"])
        numbers = f"{self.expression(1)} {self.expression(1)} {self.choice(['100', '10', 'a', '2.5'])}"
        form = self.choice(FORMATS + TIME_FORMATS + INSTANT_FORMATS)
        kept = self.choice(["", "", " as y"])
        return self.choice([f"{{% templatetag {piece} %}}", f"{{% widthratio {numbers}{kept} %}}",
                            f"{{% now '{form}'{kept} %}}"])

    def include_tag(self, _):
        return "{% include 'parte'" + self.choice(["", " only", f" with x={self.expression(1)}",
                                                   f" with a={self.expression(1)} y=b only"]) + " %}"

    def citas(self, _):
        return self.choice(["{% for x in citas|dictsort:'d' %}{{ x.q }}{{ x.d|date:'d' }}{% endfor %}",
                            "{% for x in citas|dictsortreversed:'d' %}{{ x.q }}{% endfor %}",
                            "{% regroup citas by d as g %}{% for x in g %}"
                            "{{ x.grouper|date:'j M' }}{{ x.list|length }}{% endfor %}"])

    TAGS = [if_tag, if_tag, if_tag, for_tag, for_tag, for_tag, with_tag, with_tag, cycle_tag, ifchanged_tag,
            firstof_tag, filter_tag, regroup_tag,
            block_tags, block_tags, small_tags, small_tags, include_tag, citas]

    def broken(self, template):
        for _ in range(self.random.randint(1, 2)):
            place = self.random.randint(0, len(template))
            if self.chance(0.5):
                template = template[:place] + self.choice(BROKEN_PIECES) + template[place:]
            else:
                template = template[:place] + template[place + self.random.randint(1, 4):]
        return template
