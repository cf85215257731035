"""Help, unknown names and exit codes."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

COMMANDS = ["setup", "enqueue", "import", "export", "sync", "check-subscriptions", "schedule-maintenance", "check-payments",
            "check-inactive", "process-queue", "receipts", "inbound", "run", "stats", "explain", "forecast", "requeue",
            "suppress", "silence", "purge", "doctor"]


def test_help_lists_every_command_and_the_exit_codes():
    with cli.Installation(None) as place:
        place.run("--help", config=False).expect(0, [*COMMANDS, "--config", "--quiet", "Exit codes", "70"])


def test_every_command_explains_itself_with_examples():
    with cli.Installation(None) as place:
        for command in COMMANDS:
            place.run(command, "--help", config=False).expect(0, [f"egarage-notify {command}", "Examples:", "Exit codes"])


def test_version_is_printed():
    with cli.Installation(None) as place:
        place.run("--version", config=False).expect(0, ["egarage-notify ", "smtp"])


def test_a_wrong_command_line_is_exit_2_and_names_the_nearest_name():
    rows = [
        ([], "no command", "--help"),
        (["statz"], 'unknown command "statz"', '"stats"'),
        (["proces-queue"], 'unknown command "proces-queue"', '"process-queue"'),
        (["xyzzy"], 'unknown command "xyzzy"', "--help"),
        (["--qiet", "stats"], 'unknown option "--qiet"', '"--quiet"'),
        (["stats", "--sinse", "7d"], 'unknown option "--sinse"', '"--since"'),
        (["stats", "yesterday"], 'unknown argument "yesterday"', "stats --help"),
        (["stats", "--since", "yesterday"], "is not a duration", "stats --help"),
        (["stats", "--at", "noon"], "is not an instant", "stats --help"),
        (["stats", "--csv", "--html", "x.html"], "--csv", "stats --help"),
        (["--quiet", "--verbose", "stats"], "--quiet", "--help"),
        (["explain"], "does not know what to explain", "--vehicle"),
        (["requeue", "--id", "0"], "--id", "requeue --help"),
    ]
    with cli.Installation() as place:
        place.setup()
        for arguments, error, hint in rows:
            run = place.run(*arguments).expect(2, err_has=["error: ", error, "hint: ", hint])
            assert run.out == "", arguments


def test_a_missing_configuration_is_exit_3():
    with cli.Installation(None) as place:
        for command in (["stats"], ["process-queue"], ["explain", "1"]):
            place.run(*command).expect(3, err_has=["cannot be read", "hint: Run \"egarage-notify setup\""])


def test_a_bad_configuration_is_exit_3_with_file_and_line():
    with cli.Installation("[store]\npth = \"s.db\"\n") as place:
        place.run("stats").expect(3, err_has=[f"{place.config}:2: [store] pth is not a known key", 'Did you mean "path"?'])


def test_a_missing_store_is_exit_4():
    with cli.Installation() as place:
        place.run("stats").expect(4, err_has=[str(place.store), "hint: "])


def test_the_configuration_is_found_here_or_through_the_environment():
    with cli.Installation() as place:
        place.setup()
        elsewhere = place.folder / "elsewhere"
        elsewhere.mkdir()
        place.run("stats", config=False).expect(0)
        place.run("stats", config=False, cwd=elsewhere).expect(3)
        place.run("stats", config=False, cwd=elsewhere, env={"EGARAGE_NOTIFY_CONFIG": str(place.config)}).expect(0)
        place.run("--store", place.store, "stats", config=False, cwd=elsewhere).expect(0)


def test_output_that_cannot_be_written_is_not_a_success():
    with cli.Installation() as place:
        place.setup()
        with open("/dev/full", "wb") as full:
            import subprocess
            done = subprocess.run([cli.BINARY, "--config", str(place.config), "stats"], stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        assert done.returncode == 1, done
        assert b"standard output" in done.stderr


cli.main(globals())
