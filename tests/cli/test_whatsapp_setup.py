"""setup and the WhatsApp accounts of a configuration: what it takes over, what it warns of, what it refuses."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

CANARY = "EAAG-canary-77aa"
ACCOUNT = """
[company.whatsapp]
phone_number_id = "106540352242922"
token = "env:WHATSAPP_TOKEN"
"""
MAPPING = """
[company.whatsapp.templates.PAGO_PENDIENTE]
name = "recordatorio_pago"
"""


def installation(more):
    """The last company of the usual configuration with an account."""
    return cli.Installation(cli.CONFIGURATION.rstrip() + "\n" + ACCOUNT.strip() + "\n" + more)


def test_an_account_with_a_sound_mapping_is_taken_over_in_silence():
    body = "body = [\"{{ cliente.nombre|default:'cliente' }}\", \"{{ datos.total|money|default:'por confirmar' }}\"]\n"
    with installation(MAPPING + body) as place:
        run = place.run("setup", "--non-interactive").expect(0)
        assert "warning" not in run.err and "error" not in run.err, run.err


def test_an_expired_version_of_the_api_is_a_warning():
    with installation('api_version = "v17.0"\n') as place:
        run = place.run("setup", "--non-interactive").expect(0)
        assert "warning: " in run.err and "v17.0" in run.err and "hint: " in run.err and "v25.0" in run.err, run.err


def test_a_mapping_that_will_fail_is_told_before_a_message_is_made_of_it():
    with installation(MAPPING + 'body = { uno = "x{{ cliente.nombr }}", dos = "{{ documento.numero_documento }}" }\n') as place:
        run = place.run("setup", "--non-interactive").expect(0)
        assert "body.uno" in run.err and "'cliente.nombr'" in run.err, run.err
        assert "body.dos" in run.err and "empty with minimal data" in run.err, run.err


def test_a_mapping_that_cannot_be_parsed_stops_setup_before_anything_is_stored():
    with installation(MAPPING + 'body = ["{{ cliente.nombre|nofilter }}"]\n') as place:
        run = place.run("setup", "--non-interactive").expect(3)
        assert "templates.PAGO_PENDIENTE.body 1:1:" in run.err and "nofilter" in run.err, run.err
        assert not (place.folder / "egarage-notify.db").exists()


def test_a_token_in_clear_is_sealed_and_appears_nowhere():
    with cli.Installation(cli.CONFIGURATION.rstrip() + "\n" + ACCOUNT.replace("env:WHATSAPP_TOKEN", CANARY)) as place:
        place.config.chmod(0o600)
        said = ""
        for arguments in (["setup", "--non-interactive"], ["--verbose", "setup", "--non-interactive"], ["--json", "stats"]):
            run = place.run(*arguments)
            said += run.out + run.err
        assert CANARY not in said
        for file in place.folder.rglob("*"):
            if file.is_file() and file != place.config:
                assert CANARY.encode() not in file.read_bytes(), file


cli.main(globals())
