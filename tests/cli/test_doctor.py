"""doctor against the scripted providers: what it finds, what it advises, its exit code; and its test messages."""
import contextlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.http_workshop import (Cloud, Gateway, Peer, TwilioSms, TwilioWhatsapp, Vonage,  # noqa: E402
                                   Workshop, phone)

FILE = ("email", {"transport": "file", "from": "Taller <avisos@taller.example>"})


@contextlib.contextmanager
def workshop(make_companies, *peer_arguments, rules=None):
    with Workshop() as place, Peer(place.folder / "peer", *peer_arguments, rules=rules) as peer:
        place.configure(make_companies(peer.url))
        place.deliver().expect(0)  # so that it has run
        yield place, peer


def everything(url):
    return {"taller": [Cloud(url), TwilioSms(url), FILE], "otro": [TwilioWhatsapp(url), Vonage(url)],
            "tercero": [Gateway(url)]}


def findings(place, code, *arguments):
    done = place.command("--json", "doctor", *arguments).expect(code)
    return json.loads(done.out)["findings"]


def not_ok(found):
    return [(finding["subject"], finding["health"]) for finding in found if finding["health"] != "ok"]


def test_all_is_well_where_it_is():
    with workshop(everything) as (place, peer):
        done = place.command("doctor").expect(0, ["taller/whatsapp", "taller/sms", "taller/email", "otro/whatsapp",
                                                  "otro/sms", "0 failed"])
        found = findings(place, 0)
        assert not not_ok(found), found
        assert {(f["subject"], f["check"]) for f in found} >= {
            ("taller/whatsapp", "phone number id and token"), ("taller/whatsapp", "approved templates"),
            ("taller/sms", "Twilio account and auth token"), ("otro/sms", "Vonage API key and secret"),
            ("store", "readable, writable, undamaged")}
        assert not peer.posts(), f"doctor sent something: {done.out}"


def test_wrong_credentials_are_a_failed_row_with_advice_and_exit_1():
    wrong = {"META_TOKEN": ("taller/whatsapp", "190"), "TWILIO_TOKEN": ("taller/sms", "20003"),
             "VONAGE_SECRET": ("otro/sms", "401")}
    with workshop(everything) as (place, _):
        for variable, (subject, words) in wrong.items():
            good, place.env[variable] = place.env[variable], "wrong-secret-77"
            failed = [finding for finding in findings(place, 1) if finding["health"] == "failed"]
            rows = [finding for finding in failed if finding["subject"] == subject]
            assert rows and all(words in row["detail"] and row["advice"] for row in rows), failed
            said = place.command("doctor", "--company", subject.split("/")[0]).expect(1, [subject, words, rows[0]["advice"]])
            assert "wrong-secret-77" not in said.out + said.err
            place.env[variable] = good
        del place.env["META_TOKEN"]
        missing = findings(place, 1, "--company", "taller")
        assert ("taller/whatsapp", "failed") in not_ok(missing), missing


def test_what_the_provider_says_of_the_account_is_told():
    rules = [{"method": "GET", "path": r"^/v25.0/\d+\?", "answer": {"display_phone_number": "+1", "quality_rating": "RED"}},
             {"method": "GET", "path": "message_templates", "answer": {"data": []}},
             {"method": "GET", "path": "^/2010", "answer": {"status": "suspended"}},
             {"method": "GET", "path": "^/account", "answer": {"value": 0}}]
    with workshop(everything, rules=rules) as (place, _):
        found = findings(place, 1)
        details = " | ".join(finding["detail"] for finding in found if finding["health"] == "failed")
        for words in ("RED", "egarage_documento_creado_v1 in es (missing)", "suspended", "no credit"):
            assert words in details, details


def test_an_unreachable_or_misbehaving_provider_is_a_failed_row():
    for mode in ("refuse-accept", "empty-reply", "html", "redirect-301", "garbage", "huge-body"):
        with Workshop() as place, Peer(place.folder / "peer", "--mode", mode) as peer:
            place.configure({"taller": [Cloud(peer.url), TwilioSms(peer.url)]})
            found = findings(place, 1)
            assert {subject for subject, health in not_ok(found) if health == "failed"} == {
                "taller/whatsapp", "taller/sms"}, (mode, found)


def test_a_test_message_goes_out_for_real_on_each_channel():
    with workshop(lambda url: {"taller": [Cloud(url), TwilioSms(url), FILE]}) as (place, peer):
        place.command("doctor", "--send-test", "marta@example.cl").expect(0, "Accepted by the provider")
        assert len(list(place.folder.rglob("*.eml"))) == 1
        place.command("doctor", "--send-test", phone(1)).expect(0, ["Accepted by the provider", "SM"])
        place.command("doctor", "--send-test", phone(1), "--channel", "whatsapp").expect(0, "wamid.")
        assert [TwilioSms.recipient(post) for post in peer.posts(TwilioSms(peer.url).path)] == [phone(1)]
        assert [Cloud.recipient(post) for post in peer.posts(Cloud(peer.url).path)] == [phone(1)]
        assert not place.sql("SELECT * FROM notification"), "a test message is no notification"


def test_a_test_message_that_is_refused_says_why():
    rules = [{"path": "^/v25", "method": "POST", "status": 400,
              "answer": {"error": {"code": 131026, "message": "not on WhatsApp"}}}]
    with workshop(lambda url: {"taller": [Cloud(url), TwilioSms(url)]}, rules=rules) as (place, peer):
        place.command("doctor", "--send-test", phone(1), "--channel", "whatsapp").expect(
            1, err_has=["131026", "not on WhatsApp", "hint: "])
        place.command("doctor", "--send-test", "+56 2 2123 4567").expect(2, err_has=["landline", "hint: "])
        place.command("doctor", "--send-test", "marta@example.cl").expect(2, err_has=["no email account", "hint: "])
        assert not peer.posts("/2010")


cli.main(globals())
