"""receipts: what providers say of messages after they took them, and what customers answer."""
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402
from support.http_workshop import Cloud, Peer, TwilioSms, Workshop, phone  # noqa: E402

ANA = (phone(1), "ana@example.cl")
FILE = ("email", {"transport": "file", "from": "Taller <avisos@taller.example>"})
CLOUD, TWILIO = Cloud(""), TwilioSms("")


def webhook(statuses=(), messages=(), phone_number_id=CLOUD.own_keys()["phone_number_id"]):
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": phone_number_id},
             "statuses": list(statuses), "messages": list(messages)}
    return {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}


def status(word, provider_id, attempt=None, code=None):
    said = {"id": provider_id, "status": word, "timestamp": str(int(time.time())), "recipient_id": ANA[0][1:]}
    if attempt:
        said["biz_opaque_callback_data"] = str(attempt)
    if code:
        said["errors"] = [{"code": code, "title": "Message undeliverable"}]
    return said


def answer(text, ago=0):
    return {"from": ANA[0][1:], "id": "wamid.in", "timestamp": str(int(time.time()) - ago), "type": "text",
            "text": {"body": text}}


def take(place, *bodies):
    done = place.command("--json", "receipts", "-", stdin="".join(json.dumps(body) + "\n" for body in bodies)).expect(0)
    return {name: count for name, count in json.loads(done.out).items() if count and name != "lines"}


def explained(place, number=1):
    return json.loads(place.command("--json", "explain", number).expect(0).out)


def sent(place):
    """(attempt, provider's id) of the only attempt."""
    row, = place.sql("SELECT id, provider_id FROM attempt")
    return row


def test_delivered_and_read_are_shown_whatever_comes_first_and_how_often():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        place.queue("taller", phone(1), channels=["whatsapp"])
        place.deliver().expect(0)
        _, wamid = sent(place)
        assert take(place, webhook([status("read", wamid), status("delivered", wamid)])) == {"applied": 1, "already_known": 1}
        assert take(place, webhook([status("sent", wamid)]), webhook([status("read", wamid)])) == {"already_known": 2}
        story = explained(place)
        assert story["status"] == "read" and story["provider_id"] == wamid, story
        assert [change["to"] for change in story["history"]][-2:] == ["accepted", "read"], story
        place.command("explain", 1).expect(0, ["accepted → read", "template"])
        place.command("stats").expect(0, "were read")


def test_a_held_message_is_settled_by_the_receipt_that_names_our_attempt():
    with Workshop() as place, Peer(place.folder / "peer", "--mode", "empty-reply") as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        place.queue("taller", phone(1), channels=["whatsapp"])
        place.deliver()
        attempt, wamid = sent(place)
        assert explained(place)["status"] == "held" and wamid == ""
        token = json.loads(peer.posts()[0]["body"])["biz_opaque_callback_data"]
        assert token == str(attempt)
        other = Cloud("", 2).own_keys()["phone_number_id"]
        assert take(place, webhook([status("sent", "wamid.7", token)], phone_number_id=other)) == {"unknown_account": 1}
        assert take(place, webhook([status("delivered", "wamid.7", token)])) == {"applied": 1}
        story = explained(place)
        assert story["status"] == "delivered" and story["attempts"][0]["outcome"] == "accepted", story
        assert take(place, webhook([status("read", "wamid.7")])) == {"applied": 1}
        assert place.command("requeue", "--held").expect(0).out.startswith("0 notifications")
        place.deliver()
        assert len(peer.posts()) == 1, "what had arrived was sent again"


def test_a_failure_after_the_acceptance_wakes_the_fallback():
    route = {"taller": {"DOCUMENTO_CREADO": {"channels": ["whatsapp", "email"], "order": "first"}}}
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url), FILE]}, routes=route)
        place.queue("taller", ANA)
        place.deliver().expect(0)
        by_channel = "SELECT channel, status FROM notification ORDER BY channel DESC"
        assert place.sql(by_channel) == [("whatsapp", "accepted"), ("email", "cancelled")]
        _, wamid = sent(place)
        failed = webhook([status("failed", wamid, code=131026)])
        assert take(place, failed) == {"applied": 1}
        place.deliver()
        assert take(place, failed, webhook([status("delivered", wamid)])) == {"already_known": 2}
        assert place.sql(by_channel) == [("whatsapp", "undelivered"), ("email", "accepted")]
        assert len(list(place.folder.rglob("*.eml"))) == 1
        number, = place.sql("SELECT id FROM notification WHERE channel = 'whatsapp'")[0]
        place.command("explain", number).expect(0, ["undelivered", "131026", "Message undeliverable"])


def test_a_receipt_that_is_faster_than_our_commit_is_applied_with_it():
    rules = [{"method": "POST", "status": 200, "answer": {"messages": [{"id": "wamid.early"}]}}]
    with Workshop() as place, Peer(place.folder / "peer", "--delay", 2, rules=rules) as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        place.queue("taller", phone(1), channels=["whatsapp"])
        run = place.start()
        peer.wait_for(lambda peer: peer.posts())
        assert take(place, webhook([status("delivered", "wamid.early")])) == {"kept": 1}
        assert place.finish(run).code == 0
        assert explained(place)["status"] == "delivered"
        assert place.sql("SELECT count(*) FROM orphan_receipt") == [(0,)]


def test_a_customers_answer_opens_the_window_for_our_own_words():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url, messages="text-in-window", pace={"per_recipient": "1s"})]})
        kinds = []
        for body in (webhook(messages=[answer("hola", ago=90000)]), webhook(messages=[answer("¿Está listo?")])):
            assert take(place, body) == {"inbound": 1}
            place.queue("taller", phone(1), channels=["whatsapp"])
            place.deliver().expect(0)
            kinds.append(json.loads(peer.posts()[-1]["body"])["type"])
        assert kinds == ["template", "text"], kinds


def test_stop_silences_promotions_and_nothing_else():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url, pace={"per_recipient": "1s"})]})
        assert take(place, webhook(messages=[answer("Baja")])) == {"inbound": 1, "opt_outs": 1}
        for event in ("CLIENTE_INACTIVO", "DOCUMENTO_CREADO"):
            place.queue("taller", phone(1), channels=["whatsapp"], event=event)
        place.deliver()
        assert dict(place.sql("SELECT event, status FROM notification")) == {
            "CLIENTE_INACTIVO": "suppressed", "DOCUMENTO_CREADO": "accepted"}


def test_a_callback_of_twilio_settles_an_sms():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [TwilioSms(peer.url, status_callback="https://taller.example/sms")]})
        place.queue("taller", phone(1), phone(2), channels=["sms"])
        place.deliver().expect(0)
        (first, one), (second, two) = place.sql("SELECT id, provider_id FROM attempt ORDER BY id")
        fields = {"AccountSid": TWILIO.sid, "To": phone(1), "MessageSid": one, "MessageStatus": "delivered",
                  "attempt": str(first)}
        gone = {**fields, "To": phone(2), "MessageSid": two, "MessageStatus": "undelivered", "attempt": str(second),
                "ErrorCode": "30006"}
        swapped = {**fields, "attempt": str(second)}
        assert take(place, {**fields, "AccountSid": "AC" + "9" * 32}, swapped, fields, gone) == {
            "applied": 2, "other_account": 1, "unknown_account": 1}
        assert [row for row, in place.sql("SELECT status FROM notification ORDER BY id")] == ["delivered", "undelivered"]
        assert place.sql("SELECT address, scope FROM suppression") == [(phone(2), "all")]


def test_bad_lines_are_named_and_the_others_go_in():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        file = place.folder / "webhooks.jsonl"
        good = json.dumps(webhook(messages=[answer("hola")]))
        file.write_text(f'{{"object":\n\n{good}\n{{}}\n{"[" * 100000}\n{" " * 9_000_000}x\n{good}', encoding="utf-8")
        done = place.command("receipts", file)
        done.expect(1, "6 lines: 0 statuses applied, 2 inbound messages, 4 refused", [
            f"{file}:1: is not valid JSON", f"{file}:4: is neither", f"{file}:5: nests deeper", f"{file}:6: is longer"])
        assert place.sql("SELECT count(*) FROM inbound") == [(1,)]
        assert json.loads(place.command("--json", "receipts", file).out)["refused"] == 4


def test_nothing_is_fine_and_what_cannot_be_read_is_said():
    with Workshop() as place, Peer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        place.command("receipts").expect(0, "0 lines: 0 statuses applied")
        assert place.command("--quiet", "receipts").expect(0).out == ""
        place.command("receipts", "missing.jsonl").expect(2, err_has=["missing.jsonl cannot be read", "hint: "])
        place.command("receipts", place.folder).expect(2, err_has="is a folder")


cli.main(globals())
