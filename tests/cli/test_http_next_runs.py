"""What later runs make of what a provider said: fallbacks, opt-outs, lost answers, closed windows, refused templates."""
import contextlib
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.http_workshop import Cloud, Gateway, Peer, TwilioSms, TwilioWhatsapp, Workshop, phone  # noqa: E402

ANA = (phone(1), "ana@example.cl")
FILE = ("email", {"transport": "file", "from": "Taller <avisos@taller.example>"})


def graph(code):
    return {"error": {"message": f"(#{code})", "code": code}}


@contextlib.contextmanager
def workshop(make_accounts, *peer_arguments, rules=None, route=None):
    """A company `taller` at a server; DOCUMENTO_CREADO goes by `route`."""
    with Workshop() as place, Peer(place.folder / "peer", *peer_arguments, rules=rules) as peer:
        place.configure({"taller": make_accounts(peer.url)},
                        routes={"taller": {"DOCUMENTO_CREADO": route}} if route else None)
        yield place, peer


def by_channel(place):
    return dict(place.sql("SELECT channel, status FROM notification ORDER BY id"))


FIRST = {"channels": ["whatsapp", "sms", "email"], "order": "first"}


def three_accounts(url):
    return [Cloud(url), TwilioSms(url), FILE]


def test_the_first_channel_that_takes_it_is_enough():
    with workshop(three_accounts, route=FIRST) as (place, peer):
        place.queue("taller", ANA)
        place.deliver().expect(0)
        assert by_channel(place) == {"whatsapp": "accepted", "sms": "cancelled", "email": "cancelled"}
        assert len(peer.posts()) == 1


def test_not_on_whatsapp_goes_on_as_sms_and_then_as_email():
    rules = [{"path": "^/v25", "status": 400, "answer": graph(131026)},
             {"path": "^/2010", "status": 400, "answer": {"code": 21614, "message": "not mobile"}}]
    with workshop(three_accounts, rules=rules, route=FIRST) as (place, peer):
        place.queue("taller", ANA)
        place.deliver().expect(1)
        assert by_channel(place) == {"whatsapp": "failed", "sms": "failed", "email": "accepted"}
        assert [request["path"][:5] for request in peer.posts()] == ["/v25.", "/2010"]
        assert len(list(place.folder.rglob("*.eml"))) == 1


def test_an_opt_out_at_twilio_is_recorded_and_the_next_channel_takes_over():
    rules = [{"path": "^/2010", "status": 400, "answer": {"code": 21610, "message": "unsubscribed"}}]
    with workshop(lambda url: [TwilioSms(url), FILE], rules=rules,
                  route={"channels": ["sms", "email"], "order": "first"}) as (place, peer):
        for _ in range(2):
            place.queue("taller", ANA)
            place.deliver()
        assert place.sql("SELECT channel, address, scope FROM suppression") == [("sms", phone(1), "all")]
        assert len(peer.posts()) == 1, "somebody who said STOP was written to again"
        assert place.sql("SELECT count(*) FROM notification WHERE channel = 'email' AND status = 'accepted'") == [(2,)]


def test_while_the_first_is_uncertain_nothing_takes_over_until_an_operator_decides():
    with workshop(three_accounts, "--mode", "empty-reply", "--times", "1", route=FIRST) as (place, peer):
        place.queue("taller", ANA)
        for _ in range(3):
            place.deliver().expect(0)
            place.later("taller")
        assert by_channel(place) == {"whatsapp": "held", "sms": "standby", "email": "standby"}
        assert len(peer.posts()) == 1
        place.command("requeue", "--held").expect(0, "1 notification waits again")
        place.deliver().expect(0)
        assert by_channel(place) == {"whatsapp": "accepted", "sms": "cancelled", "email": "cancelled"}
        assert len(peer.posts()) == 2


def looked(place):
    """A minute between looks: the row says so, and a run before that does not ask."""
    (wait,), = place.sql("SELECT due_at - updated_at FROM notification")
    assert wait == 60, f"{wait} s"
    place.later("taller")


def test_a_lost_sms_that_twilio_knows_is_accepted_under_its_sid_without_a_second_post():
    with workshop(lambda url: [TwilioSms(url)], "--mode", "empty-reply", "--times", "1",
                  "--processed") as (place, peer):
        place.queue("taller", ANA, channels=["sms"])
        place.deliver().expect(0)
        place.deliver().expect(0)
        assert place.statuses("taller") == ["retry_wait 1 uncertain"] and not peer.requests("GET")
        looked(place)
        place.deliver().expect(0)
        assert place.rows("taller") == ["accepted 1: accepted lookup 200"], place.rows("taller")
        assert len(peer.posts()) == 1
        asked, = peer.requests("GET")
        assert asked["path"] == f"{TwilioSms(peer.url).path}?To=%2B56961230001&PageSize=50", asked["path"]
        sid, = place.provider_ids("taller")
        assert sid.startswith("SM")
        place.command("explain", 1).expect(0, sid)


def test_a_lost_sms_that_twilio_does_not_know_goes_out_once_more_after_two_looks():
    with workshop(lambda url: [TwilioSms(url)], "--mode", "empty-reply", "--times", "1") as (place, peer):
        place.queue("taller", ANA, channels=["sms"])
        place.deliver().expect(0)
        for looks in (1, 2):
            looked(place)
            place.deliver().expect(0)
            assert len(peer.requests("GET")) == looks
            assert len(peer.posts()) == looks, "it went out again before the second look"
        assert place.statuses("taller") == ["accepted 2 uncertain accepted"], place.rows("taller")
        place.deliver().expect(0)
        assert len(peer.posts()) == 2


def test_of_two_equal_sms_to_one_person_the_lost_one_is_not_taken_for_the_other():
    with workshop(lambda url: [TwilioSms(url)], "--mode", "empty-reply", "--after", "1", "--times",
                  "1") as (place, peer):
        place.queue("taller", ANA, ANA, channels=["sms"])
        place.deliver().expect(0)
        assert sorted(place.statuses("taller")) == ["accepted 1 accepted", "retry_wait 1 uncertain"]
        place.later("taller")
        place.deliver().expect(0)
        assert sorted(place.statuses("taller")) == ["accepted 1 accepted", "retry_wait 1 uncertain"], "mistaken"
        place.later("taller")
        place.deliver().expect(0)
        assert sorted(place.statuses("taller")) == ["accepted 1 accepted", "accepted 2 uncertain accepted"]
        assert len(set(place.provider_ids("taller"))) == 2


def test_a_company_may_have_the_uncertain_sent_again_or_held():
    for policy, posts, status in (("resend", 2, "accepted 2 uncertain accepted"), ("hold", 1, "held 1 uncertain")):
        with workshop(lambda url: [Gateway(url)], "--mode", "reset-after-request", "--times", "1",
                      route={"channels": ["sms"], "on_uncertain": policy}) as (place, peer):
            place.queue("taller", ANA)
            for _ in range(2):
                place.deliver().expect(0)
                place.later("taller")
            assert place.statuses("taller") == [status], place.rows("taller")
            assert len(peer.posts()) == posts


def texting(url):
    return [Cloud(url, messages="text-in-window")]


def test_text_goes_out_only_while_the_customers_last_message_is_younger_than_a_day():
    with workshop(texting) as (place, peer):
        place.command("inbound", "9 6123 0001", "--company", "taller").expect(0, f"{phone(1)} at taller is open until")
        before = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 25 * 3600))
        place.command("inbound", phone(2), "--company", "taller", "--at", before).expect(0, "was closed at")
        place.queue("taller", phone(1), phone(2), phone(3), channels=["whatsapp"])
        place.deliver().expect(0)
        kinds = {Cloud.recipient(post): json.loads(post["body"])["type"] for post in peer.posts()}
        assert kinds == {phone(1): "text", phone(2): "template", phone(3): "template"}
        assert place.statuses("taller") == ["accepted 1 accepted"] * 3


def test_inbound_refuses_what_it_cannot_record():
    with workshop(texting) as (place, _):
        place.command("inbound", "12", "--company", "taller").expect(2, err_has=["is not a telephone number", "hint: "])
        place.command("inbound", phone(1), "--company", "nobody").expect(2, err_has="nobody")
        place.command("inbound", phone(1), "--company", "taller", "--at", "2099-01-01T00:00:00Z").expect(
            2, err_has="yet to come")
        assert not place.sql("SELECT * FROM inbound")
        said = json.loads(place.command("--json", "inbound", phone(1), "--company", "taller").expect(0).out)
        assert said["number"] == phone(1) and said["company"] == "taller"


def test_a_window_that_metas_clock_says_is_closed_turns_the_text_into_a_template_at_once():
    rules = [{"body": '"text":\\{"preview_url"', "status": 400, "answer": graph(131047)}]
    with workshop(texting, rules=rules) as (place, peer):
        place.command("inbound", phone(1), "--company", "taller").expect(0)
        place.queue("taller", phone(1), channels=["whatsapp"])
        for _ in range(3):
            place.deliver().expect(0)
            if place.statuses("taller") == ["accepted 2 deferred accepted"]:
                break
            # Only the spacing of messages to one person (6 s) may lie between the two.
            assert place.sql("SELECT due_at - updated_at <= 6 FROM notification WHERE status <> 'accepted'") == [(1,)]
            place.sql("UPDATE recipient_pace SET next_at = 1")
            place.later("taller")
            place.sql("UPDATE notification SET due_at = 1 WHERE status = 'queued'")
        assert place.statuses("taller") == ["accepted 2 deferred accepted"], place.rows("taller")
        assert [json.loads(post["body"])["type"] for post in peer.posts()] == ["text", "template"]


def test_too_fast_for_one_person_makes_only_this_person_wait():
    rules = [{"body": phone(1)[1:], "status": 400, "answer": graph(131056)}]
    with workshop(lambda url: [Cloud(url)], rules=rules) as (place, peer):
        place.queue("taller", phone(1), phone(2), phone(3), channels=["whatsapp"])
        place.deliver().expect(0)
        assert place.account("taller", "whatsapp")[0] == "ok"
        assert place.statuses("taller")[1:] == ["accepted 1 accepted"] * 2
        assert place.statuses("taller")[0].startswith("retry_wait"), place.rows("taller")
        assert {Cloud.recipient(post) for post in peer.posts()} == {phone(1), phone(2), phone(3)}


def test_a_refused_template_stops_its_language_only_and_costs_no_attempt():
    rules = [{"body": '"name":"egarage_documento_creado_v1","language":{"code":"es"}', "status": 404,
              "answer": graph(132001)}]
    with workshop(lambda url: [Cloud(url)], rules=rules) as (place, peer):
        place.queue("taller", phone(1), phone(2), phone(3), channels=["whatsapp"])
        place.queue("taller", phone(4), channels=["whatsapp"], language="en")
        place.queue("taller", phone(5), channels=["whatsapp"], event="REVISION_VEHICULO")
        place.deliver().expect(0)
        assert place.statuses("taller") == ["queued 0"] * 3 + ["accepted 1 accepted"] * 2, place.rows("taller")
        assert place.account("taller", "whatsapp")[0] == "ok"
        refused = [post for post in peer.posts() if Cloud.recipient(post) in (phone(1), phone(2), phone(3))]
        assert len(refused) == 1, "the template was tried again and again"
        assert "egarage_documento_creado_v1" in place.command("stats").out
        place.command("explain", 2).expect(0, "132001")


def test_at_twilio_an_event_without_content_sid_waits_and_one_in_another_language_goes_out_in_that():
    def account(url):
        template = TwilioWhatsapp.template(1)
        del template["content_sid"]["en"]
        return [("whatsapp", {**TwilioWhatsapp(url).keys(), "templates": {"DOCUMENTO_CREADO": template}})]

    with workshop(account) as (place, peer):
        place.queue("taller", phone(2), channels=["whatsapp"], language="en")
        place.queue("taller", phone(3), channels=["whatsapp"], event="REVISION_VEHICULO")
        place.deliver().expect(0)
        assert place.statuses("taller") == ["accepted 1 accepted", "queued 0"], place.rows("taller")
        post, = peer.posts()
        assert f"ContentSid=HX{1:032x}" in post["body"], post


def test_a_blocked_account_takes_up_its_messages_once_it_is_put_right():
    with workshop(lambda url: [Cloud(url)]) as (place, peer):
        place.env["META_TOKEN"] = "EAAGrevoked"
        place.queue("taller", phone(1), phone(2), channels=["whatsapp"])
        place.deliver().expect(1)
        place.deliver().expect(1)
        assert len(peer.posts()) == 1, "a revoked token was tried again at once"
        assert place.statuses("taller") == ["queued 0"] * 2
        place.env["META_TOKEN"] = "EAAGtoken"
        place.later("taller")
        place.deliver().expect(0)
        assert place.statuses("taller") == ["accepted 1 accepted"] * 2
        assert place.account("taller", "whatsapp")[0] == "ok"


cli.main(globals())
