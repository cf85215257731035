"""enqueue: events in, one JSON object per line."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

DEMO = cli.SOURCE / "examples" / "demo"
DEMO_SUMMARY = ("208 lines: 204 notifications created, 4 already there, 11 skipped (1 already over, "
                "7 no e-mail address, 3 no whatsapp account), 6 refused\n")
DEMO_REFUSALS = [
    ':26: is not valid JSON (octet 103)',
    ':53: "event" is "DOCUMENTO_CREADA", which is no event code; did you mean "DOCUMENTO_CREADO"?',
    ':89: "company" is "taller-almeda", which is no known company; did you mean "taller-alameda"?',
    ':120: recipient.email has no "@"',
    ':148: has no "key"',
    ':184: has an unknown key "recipiente"; did you mean "recipient"?',
]


def demo():
    place = cli.Installation((DEMO / "egarage-notify.toml").read_text(encoding="utf-8"))
    place.store = place.folder / "egarage-notify.db"
    return place


def test_the_demo_gives_exactly_its_numbers():
    with demo() as place:
        place.setup()
        events = DEMO / "events.jsonl"
        run = place.run("enqueue", events).expect(1)
        assert run.out == DEMO_SUMMARY, run.out
        assert run.err.splitlines() == [f"{events}{refusal}" for refusal in DEMO_REFUSALS], run.err
        assert place.sql("SELECT count(*) FROM notification") == [(204,)]
        assert place.sql("SELECT count(DISTINCT event) FROM notification") == [(7,)]
        assert place.sql("SELECT count(DISTINCT company_id) FROM notification") == [(7,)]


def test_the_demo_again_creates_nothing():
    with demo() as place:
        place.setup()
        place.run("enqueue", DEMO / "events.jsonl").expect(1)
        place.run("enqueue", DEMO / "events.jsonl").expect(1, "208 lines: 0 notifications created, 208 already there")
        assert place.sql("SELECT count(*) FROM notification") == [(204,)]


def test_standard_input_is_read_with_a_dash_or_without_a_name():
    with cli.Installation() as place:
        place.setup()
        place.run("enqueue", "-", stdin=cli.EVENT % "doc-1").expect(0, "1 line: 1 notification created\n")
        place.run("enqueue", stdin=cli.EVENT % "doc-2").expect(0, "1 line: 1 notification created\n")
        place.run("enqueue", stdin="{\n").expect(1, "1 refused", "standard input:1: is not valid JSON")
        place.run("enqueue", stdin="").expect(0, "0 lines: 0 notifications created\n")


def test_json_tells_the_same_numbers():
    with cli.Installation() as place:
        place.setup()
        events = cli.EVENT % "doc-1" + "[]\n" + (cli.EVENT % "doc-2").replace('"email":"ana@example.cl"', '"email":""')
        report = json.loads(place.run("--json", "enqueue", "-", stdin=events).expect(1).out)
        assert report == {"lines": 3, "created": 1, "duplicates": 0, "skipped": {"no e-mail address": 1}, "refused": 1}


def test_quiet_prints_bad_lines_only():
    with cli.Installation() as place:
        place.setup()
        run = place.run("--quiet", "enqueue", "-", stdin=cli.EVENT % "doc-1" + "[]\n").expect(1)
        assert (run.out, run.err) == ("", "standard input:2: is not a JSON object\n")


def test_a_file_that_is_not_there_is_exit_2_with_a_hint():
    with cli.Installation() as place:
        place.setup()
        place.run("enqueue", "nothing.jsonl").expect(2, err_has=["nothing.jsonl cannot be read", "hint:"])
        place.run("enqueue", place.folder).expect(2, err_has=["is a folder", "hint:"])


def test_nothing_a_line_holds_reaches_the_terminal_raw():
    with cli.Installation() as place:
        place.setup()
        line = '{"event":"\\u001b]0;owned\\u0007\\nDOCUMENTO","company":"taller-sur","key":"k","recipient":{}}\n'
        run = place.run("enqueue", "-", stdin=line).expect(1)
        assert "\x1b" not in run.err and "\x07" not in run.err and run.err.count("\n") == 1, repr(run.err)


def test_a_store_that_fails_midway_stops_the_command_which_says_what_is_in():
    with cli.Installation() as place:
        place.setup()
        place.sql("CREATE TRIGGER full BEFORE INSERT ON notification WHEN NEW.dedup_key LIKE '%/doc-2100/%' "
                  "BEGIN SELECT RAISE(ABORT, 'disk'); END")
        events = "".join(cli.EVENT % f"doc-{number}" for number in range(1, 3001))
        place.run("enqueue", "-", stdin=events).expect(70, err_has="the input is in up to line 2000")
        assert place.sql("SELECT count(*) FROM notification") == [(2000,)]


cli.main(globals())
