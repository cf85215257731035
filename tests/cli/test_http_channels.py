"""Every event, in both languages, through every kind of account: what reaches the provider keeps the provider's rules
(provider_rules.py refuses everything else), comes once, to the right place, with the right credentials."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, http_workshop  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.http_workshop import EVENTS, KINDS, Cloud, Peer, Workshop, phone  # noqa: E402

LANGUAGES = ("es", "en")


def queue_all_events(place, channel):
    """One of each event and language, each to a number of its own."""
    numbers = set()
    for number, event in enumerate(EVENTS):
        for language in LANGUAGES:
            to = phone(number, language)
            place.queue(f"taller-{language}", to, channels=[channel], event=event, language=language)
            numbers.add(to)
    return numbers


def check_kind(kind, peer, ca_file):
    with Workshop() as place:
        accounts = [kind(peer.url, number, ca_file=ca_file) for number in (1, 2, 3)]
        place.configure({"taller-es": [accounts[1]], "taller-en": [accounts[2]]}, platform=[accounts[0]])
        numbers = queue_all_events(place, kind.channel)
        before = len(peer.posts())
        place.deliver().expect(0)
        posts = peer.posts()[before:]
        rows = place.sql("SELECT n.status, n.sent_by, a.provider_id, n.reason FROM notification n LEFT JOIN attempt a"
                         " ON a.notification_id = n.id")
        assert [row[0] for row in rows] == ["accepted"] * len(rows), (kind.name, rows)
        assert len(rows) == len(posts) == 2 * len(EVENTS), (kind.name, len(rows), len(posts))
        assert len({row[2] for row in rows}) == len(rows) and all(row[2] for row in rows), (kind.name, rows)
        assert sum(row[1] == "platform" for row in rows) == 4, (kind.name, rows)
        assert {kind.recipient(post) for post in posts} == numbers, kind.name
        check_places(accounts, posts)

        number, provider_id = place.sql("SELECT notification_id, provider_id FROM attempt")[0]
        place.command("explain", number).expect(0, provider_id)
        assert json.loads(place.command("--json", "explain", number).out)["provider_id"] == provider_id
        place.deliver().expect(0)
        assert len(peer.posts()) == before + len(posts), f"{kind.name}: something was sent twice"
        return posts


def check_places(accounts, posts):
    """Subscriptions go out from the platform's account, the rest from the company's."""
    for account, count in zip(accounts, (4, 5, 5)):
        own = [post for post in posts if post["path"] == account.path]
        if len({one.path for one in accounts}) == 1:  # Vonage has one place for all
            own, count = posts, len(posts)
        assert len(own) == count, (account.name, account.path, len(own))
        for post in own:
            given = post["headers"].get("authorization", "")
            assert given == account.authorization, f"{account.name}: {given}"


def test_every_event_and_language_reaches_every_provider_as_it_wants_it_once():
    with cli.Installation(None) as place:
        authority = Authority(place.folder)
        with Peer(place.folder / "peer", "--tls", *authority.issue("good")) as peer:
            posts = {kind.name: check_kind(kind, peer, str(authority.file)) for kind in KINDS}
        languages = {json.loads(post["body"])["template"]["language"]["code"] for post in posts["cloud"]}
        assert languages == {"es", "en_US"}
        # Each is a template; nothing that Meta would only deliver inside its window goes out by itself.
        assert {json.loads(post["body"])["type"] for post in posts["cloud"]} == {"template"}
        assert all("ContentSid=" in post["body"] for post in posts["twilio-whatsapp"])


def test_a_mapping_with_document_names_and_buttons_keeps_metas_rules():
    mapping = {"name": "presupuesto_listo", "language": {"es": "es_CL"},
               "header": {"document": "https://taller.example/{{ documento.numero_documento }}.pdf",
                          "filename": "{{ documento.numero_documento }}.pdf"},
               "body": {"nombre": "{{ cliente.nombre }} {{ cliente.apellido }}", "auto": "{{ vehiculo.marca }}"},
               "buttons": [{"url": "{{ documento.numero_documento }}"}, {"quick_reply": "LLAMAR"}]}
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url, templates={"DOCUMENTO_CREADO": mapping})]})
        place.queue("taller", phone(1), channels=["whatsapp"])
        place.deliver().expect(0)
        assert place.statuses("taller") == ["accepted 1 accepted"], place.rows("taller")
        template = json.loads(peer.posts()[0]["body"])["template"]
        assert template["language"] == {"code": "es_CL"}
        assert [component["type"] for component in template["components"]] == ["header", "body", "button", "button"]
        assert template["components"][1]["parameters"][0]["text"] == "Ana Soto"


def test_an_api_key_and_a_messaging_service_are_what_twilio_gets():
    service, key = "MG" + "0123456789abcdef" * 2, "SK" + "0123456789abcdef" * 2
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        account = http_workshop.TwilioSms(peer.url)
        keys = {**account.keys(), "messaging_service": service, "user": key,
                "status_callback": "https://taller.example/sms?from=twilio"}
        del keys["from"]
        place.configure({"taller": [("sms", keys)]})
        place.queue("taller", phone(1), channels=["sms"])
        place.deliver().expect(0)
        assert place.statuses("taller") == ["accepted 1 accepted"], place.rows("taller")
        post, = peer.posts(account.path)
        assert f"MessagingServiceSid={service}" in post["body"] and "From=" not in post["body"]
        attempt, = place.sql("SELECT id FROM attempt")
        assert f"StatusCallback=https%3A%2F%2Ftaller.example%2Fsms%3Ffrom%3Dtwilio%26attempt%3D{attempt[0]}" in post["body"]


def test_a_landline_gets_no_sms_and_a_number_that_is_none_is_refused_with_the_reason():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [http_workshop.TwilioSms(peer.url)]})
        said = place.queue("taller", "+56 2 2123 4567", channels=["sms"])
        assert "landline" in said.out + said.err, said.err
        said = place.queue("taller", "12", channels=["sms"])
        assert "phone number" in said.out + said.err, said.err
        place.queue("taller", "9 6123-4567", channels=["sms"])
        place.deliver()
        assert [http_workshop.TwilioSms.recipient(post) for post in peer.posts()] == ["+56961234567"]


cli.main(globals())
