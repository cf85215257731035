"""stats: what people, programs, spreadsheets and browsers get."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

import csv
import io
import json


def test_an_empty_store_says_so():
    with cli.Installation() as place:
        place.setup()
        place.run("stats").expect(0, ["No notification yet", "Nothing happened"])


def test_people_see_what_waits_and_what_was_created():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1", "doc-2")
        run = place.run("stats").expect(0, ["In the store now", "DOCUMENTO_CREADO", "taller-sur", "wait for their time"])
        assert any(line.split()[:2] == ["queued", "2"] for line in run.out.splitlines()), run.out
        place.run("stats", "--company", "taller-norte").expect(0, "No notification yet")
        place.run("stats", "--company", "taller-sud").expect(2, err_has='Did you mean "taller-sur"?')


def test_json_has_stable_keys():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        for arguments in (["--json", "stats"], ["stats", "--json"]):
            stats = json.loads(place.run(*arguments).expect(0).out)
            assert list(stats) == ["since", "until", "company", "now", "total", "by_event", "by_channel", "by_company",
                                   "failures", "accounts"]
            assert stats["now"] == {"queued": 1}
            assert stats["by_event"] == {"DOCUMENTO_CREADO": {"created": 1}}


def test_csv_opens_in_a_spreadsheet():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        rows = list(csv.DictReader(io.StringIO(place.run("stats", "--csv").expect(0).out)))
        assert rows == [{"company": "taller-sur", "event": "DOCUMENTO_CREADO", "channel": "email", "status": "created",
                         "count": "1"}], rows


def test_a_page_is_written_to_its_file():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        page = place.folder / "stats.html"
        assert place.run("stats", "--html", page).expect(0).out == ""
        text = page.read_text(encoding="utf-8")
        assert text.startswith("<!DOCTYPE html>") and "DOCUMENTO_CREADO" in text and "src=" not in text
        place.run("stats", "--html", place.folder / "no" / "where.html").expect(2, err_has="cannot be written")


def test_an_old_time_looks_back_from_there():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        stats = json.loads(place.run("--json", "stats", "--at", "2020-01-02T00:00:00Z", "--since", "7d").expect(0).out)
        assert stats["since"] == "2019-12-26T00:00:00Z" and stats["until"] == "2020-01-02T00:00:00Z", stats


cli.main(globals())
