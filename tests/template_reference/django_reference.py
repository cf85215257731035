"""Renders a case of the corpus (corpus.py) with Django 3.2: its default settings, humanize, and time standing still."""

import datetime
import os
import subprocess
import sys
import types

SYSTEM_PYTHON = "/usr/bin/python3"  # the one for which Debian installs python3-django
SKIPPED = 77  # exit code by which ctest knows a test that was not run


def use_python_with_django():
    """Continues in the system's Python where the present one has no Django. Ends the program where there is none."""
    try:
        import django
    except ModuleNotFoundError:
        found = subprocess.run([SYSTEM_PYTHON, "-c", "import django"], capture_output=True, check=False).returncode == 0
        if found and os.path.realpath(sys.executable) != os.path.realpath(SYSTEM_PYTHON):
            os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, *sys.argv])
        raise SystemExit("error: Django is missing, which the template language is compared with\n"
                         "hint: apt-get install python3-django") from None
    if django.VERSION[:2] != (3, 2):
        print(f"skipped: the template language is compared with Django 3.2, and this system has {django.__version__}")
        sys.exit(SKIPPED)


class _AnyDatetime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, datetime.datetime)


class _Clock(datetime.datetime, metaclass=_AnyDatetime):
    """Stands where Django's modules look for the class datetime."""
    moment = None

    @classmethod
    def now(cls, tz=None):
        from django.utils import timezone
        local = cls.moment.astimezone(tz or timezone.get_current_timezone())
        return local if tz else local.replace(tzinfo=None)  # what a server in that time zone would say


class Django:
    """`render(case)` gives the text, or the exception that Django raised."""

    def __init__(self):
        import django
        from django.conf import settings
        settings.configure(INSTALLED_APPS=["django.contrib.humanize"], USE_TZ=True, TIME_ZONE="UTC")
        django.setup()
        from django.contrib.humanize.templatetags import humanize
        from django.template import Engine, defaulttags
        from django.utils import timesince
        library = "django.contrib.humanize.templatetags.humanize"
        self.engine = Engine(builtins=[library], libraries={"humanize": library},
                             loaders=[("django.template.loaders.cached.Loader",  # as in production
                                       [("django.template.loaders.locmem.Loader", {})])])
        self.cache = self.engine.template_loaders[0]
        self.sources = self.cache.loaders[0].templates_dict
        defaulttags.datetime = humanize.datetime = _Clock
        timesince.datetime = types.SimpleNamespace(datetime=_Clock, timedelta=datetime.timedelta)

    def render(self, case):
        from django.template import Context
        from django.utils import timezone, translation
        self.cache.reset()
        self.sources.clear()
        self.sources.update(case["templates"])
        _Clock.moment = parse_date(case["now"])
        context = case["context"]
        for path in case["dates"]:
            context = with_dates(context, path.split("."))
        try:
            with translation.override(case["language"]), timezone.override(case["time_zone"]):
                template = self.engine.from_string(case["template"])
                return str(template.render(Context(dict(context), autoescape=case["escape"] == "html")))
        except Exception as error:  # whatever a template can make Django raise is a result
            return error


def with_dates(value, path):
    """A copy in which the text at the path is a date, a time of day or an instant. `*` means every item."""
    if not path:
        return parse_date(value)
    if path[0] == "*":
        return [with_dates(item, path[1:]) for item in value]
    return {**value, path[0]: with_dates(value[path[0]], path[1:])}


def parse_date(text):
    if not isinstance(text, str):
        return text
    if len(text) == len("2026-11-22"):
        return datetime.date.fromisoformat(text)
    if text[2] == ":":
        return datetime.time.fromisoformat(text)
    instant = datetime.datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=datetime.timezone.utc)
