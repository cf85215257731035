"""purge: what is finished and old goes, once a day."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402


def purge(place, *arguments):
    return json.loads(place.run("--json", "purge", *arguments).expect(0).out)


def test_it_goes_after_its_time_and_the_statistics_stay_right():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1", "doc-2")
        place.run("process-queue").expect(0)
        place.enqueue("doc-3")
        assert purge(place)["notifications"] == 0
        plan = purge(place, "--dry-run", "--at", "2099-01-01T00:00:00Z")
        assert plan["notifications"] == 2 and place.sql("SELECT count(*) FROM notification") == [(3,)]
        place.run("purge", "--dry-run", "--at", "2099-01-01T00:00:00Z").expect(0, "To be forgotten: 2 notifications")
        assert purge(place, "--at", "2099-01-01T00:00:00Z") == {**plan, "files": 0}
        assert place.sql("SELECT status FROM notification") == [("queued",)]
        states = json.loads(place.run("--json", "stats").expect(0).out)
        assert '"accepted": 2' not in json.dumps(states["states"] if "states" in states else states), states


def test_what_a_producer_looks_back_at_cannot_be_purged():
    with cli.Installation() as place:
        place.setup()
        place.run("purge", "--older-than", "30d").expect(2, err_has=["--older-than is 30 days", "121 days or more"])
        place.run("purge", "--older-than", "121d", "--dry-run").expect(0)
        place.write_config(cli.CONFIGURATION + '[retention]\nfinished = "60d"\n')
        place.run("purge").expect(3, err_has=["[retention] finished is 60 days", "121 days or more"])
        place.write_config(cli.CONFIGURATION + '[retention]\nfinished = "400d"\naudit = "100d"\n')
        place.run("purge").expect(3, err_has=["[retention] audit", 'shorter than "finished"'])


def test_old_files_of_the_outbox_go_and_nothing_else_there():
    with cli.Installation() as place:
        place.setup().enqueue("doc-1", "doc-2")
        place.run("process-queue").expect(0)
        outbox = place.folder / "outbox"
        first, second = sorted(outbox.glob("*.eml"))
        (outbox / "letter.eml").write_text("somebody's own")
        (outbox / f"{first.name}.part").write_text("half")
        for path in outbox.iterdir():
            if path != second:
                os.utime(path, (5, 5))
        assert purge(place, "--dry-run")["files"] == 2
        assert purge(place)["files"] == 2
        assert sorted(path.name for path in outbox.iterdir()) == sorted(["letter.eml", second.name])


if __name__ == "__main__":
    cli.main(globals())
