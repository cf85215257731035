"""setup: what it makes, what it keeps, what it refuses."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

CANARY = "canary-3b1f-password"


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_new_installation_is_complete_and_private():
    with cli.Installation(None) as place:
        run = place.run("setup", "--non-interactive").expect(0, ["created", str(place.config), "*/15 * * * *", "schtasks"])
        store = place.folder / "egarage-notify.db"
        for file in (place.config, store, place.folder / "egarage-notify.key"):
            assert mode(file) == 0o600, (file, oct(mode(file)))
        assert (place.folder / "outbox").is_dir()
        assert f"{cli.BINARY} --config {place.config} run" in run.out
        place.run("stats").expect(0, "No notification yet")


def test_a_second_setup_changes_nothing():
    with cli.Installation() as place:
        place.run("setup", "--non-interactive").expect(0, "taller-sur")
        key = (place.folder / "egarage-notify.key").read_bytes()
        config = place.config.read_bytes()
        run = place.run("setup", "--non-interactive").expect(0, ["kept", "up to date", "2 of them", "unchanged"])
        assert "created" not in run.out and "changed " not in run.out.replace("unchanged", ""), run.out
        assert key == (place.folder / "egarage-notify.key").read_bytes()
        assert config == place.config.read_bytes()


def test_a_changed_company_is_taken_over():
    with cli.Installation() as place:
        place.setup()
        place.write_config(cli.CONFIGURATION.replace('nombre_taller = "Taller Sur"', 'nombre_taller = "Taller del Sur"'))
        run = place.run("setup", "--non-interactive").expect(0)
        assert any("taller-sur" in line and "changed" in line for line in run.out.splitlines()), run.out
        assert "1 of them" in run.out


def test_setup_as_json_names_what_happened():
    import json
    with cli.Installation() as place:
        steps = json.loads(place.run("--json", "setup", "--non-interactive").expect(0).out)["steps"]
        assert {"what": "Company", "where": "taller-sur", "result": "created"} in steps, steps
        assert place.run("--quiet", "setup", "--non-interactive").expect(0).out == ""


def test_a_password_is_sealed_and_appears_nowhere():
    account = f'host = "smtp.tallersur.example"\nuser = "sur"\npassword = "{CANARY}"'
    with cli.Installation(cli.CONFIGURATION.replace('transport = "file"\nfrom = "Taller', f'{account}\nfrom = "Taller')) as place:
        said = ""
        for arguments in (["setup", "--non-interactive"], ["--verbose", "setup", "--non-interactive"], ["stats"],
                          ["--json", "stats"], ["--verbose", "explain", "1"]):
            run = place.run(*arguments)
            said += run.out + run.err
        place.run("setup", "--non-interactive").expect(0, "unchanged")
        assert CANARY not in said
        for file in place.folder.rglob("*"):
            if file.is_file() and file != place.config:
                assert CANARY.encode() not in file.read_bytes(), file
        assert any("sealed:" in str(cell) for row in place.sql("SELECT * FROM sqlite_master") for cell in row) or \
            b"sealed:" in place.store.read_bytes()


def test_a_password_that_is_not_there_is_named():
    account = 'host = "smtp.tallersur.example"\nuser = "sur"\npassword = "env:SUR_PASSWORD"'
    with cli.Installation(cli.CONFIGURATION.replace('transport = "file"\nfrom = "Taller', f'{account}\nfrom = "Taller')) as place:
        place.run("setup", "--non-interactive").expect(0, "environment variable SUR_PASSWORD is not set")
        run = place.run("setup", "--non-interactive", env={"SUR_PASSWORD": CANARY}).expect(0)
        assert "missing" not in run.out and CANARY not in run.out


def test_a_password_that_others_can_read_is_refused():
    with cli.Installation(cli.CONFIGURATION + f'[company.email]\nfrom = "n@example.cl"\nhost = "smtp.example.cl"\n'
                          f'user = "n"\npassword = "{CANARY}"\n') as place:
        place.config.chmod(0o640)
        run = place.run("setup", "--non-interactive").expect(3, err_has=["can be read by other users", "chmod 600"])
        assert CANARY not in run.err
        assert not place.store.exists()


def test_the_store_named_on_the_command_line_stands_in_the_new_configuration():
    with cli.Installation(None) as place:
        place.run("--store", "other.db", "setup", "--non-interactive").expect(0, str(place.folder / "other.db"))
        assert f'path = "{place.folder / "other.db"}"' in place.config.read_text()
        place.run("stats").expect(0)


def test_a_place_that_cannot_be_written_is_exit_3():
    with cli.Installation(None) as place:
        (place.folder / "file").write_text("")
        place.run("--config", place.folder / "file" / "c.toml", "setup", "--non-interactive", config=False).expect(
            3, err_has=["cannot be written", "--config"])


cli.main(globals())
