"""explain: the story of one notification."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

import json


def test_the_story_of_a_queued_notification():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        run = place.run("explain", "1").expect(
            0, ["DOCUMENTO_CREADO by email, queued", "taller-sur", "A… S… <a…@example.cl>", "America/Santiago",
                "next run of process-queue"])
        assert "ana@" not in run.out and "Soto" not in run.out, run.out


def test_verbose_names_the_recipient_and_shows_the_text():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("explain", "1", "--verbose").expect(0, ["Ana Soto <ana@example.cl>", "Text\n  | "])


def test_a_notification_is_found_by_its_key():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        key = place.sql("SELECT dedup_key FROM notification")[0][0]
        place.run("explain", key).expect(2, err_has=["unique within a company", "--company"])
        place.run("explain", key, "--company", "taller-sur").expect(0, key)
        place.run("explain", key, "--company", "taller-norte").expect(2, err_has="there is no notification")


def test_another_companys_notification_is_not_shown():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("explain", "1", "--company", "taller-norte").expect(2, err_has="there is no notification 1")
        place.run("explain", "99").expect(2, err_has="there is no notification 99")


def test_json_tells_the_same():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        story = json.loads(place.run("--json", "explain", "1").expect(0).out)
        assert story["status"] == "queued" and story["recipient"] == "a…@example.cl", story
        assert story["attempts"] == [] and story["history"][0]["to"] == "queued", story
        assert "body" not in story


def test_attempts_are_part_of_the_story():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1")
        place.run("process-queue").expect(0)
        place.run("explain", "1").expect(0, ["attempt 1", "accepted", "Nothing more happens."])
        story = json.loads(place.run("--json", "explain", "1").expect(0).out)
        assert [attempt["outcome"] for attempt in story["attempts"]] == ["accepted"], story


cli.main(globals())
