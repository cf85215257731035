"""Where the system that this one replaces went wrong: the opposite of each fault, end to end. The numbers are those of the
list of old faults; the rules behind them have tests of their own in tests/delivery, tests/producers and tests/store."""
import contextlib
import datetime
import email
import json
import pathlib
import sys
import time
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli, host_database  # noqa: E402
from support.certificates import Authority  # noqa: E402
from support.host_workshop import Place, TWO_TENANTS  # noqa: E402
from support.http_workshop import Cloud, Peer as HttpPeer, Workshop as HttpWorkshop, phone  # noqa: E402
from support.smtp_workshop import Peer, Workshop  # noqa: E402
import test_receipts as receipts_cases  # noqa: E402
import test_subscriptions as subscriptions_cases  # noqa: E402

check, today_plus = subscriptions_cases.check, subscriptions_cases.today_plus


def test_fault_1_a_refused_message_is_tried_again_and_arrives():
    with Workshop({}) as place, Peer(place.folder / "peer", "--mode", "rcpt-4xx", "--times", "1") as peer:
        place.configure({"taller": {"port": peer.port}})
        place.queue("taller", "ana@example.cl")
        place.deliver().expect(0)
        assert place.rows("taller")[0].startswith("retry_wait 1"), place.rows("taller")
        place.later("taller")
        place.deliver().expect(0)
        assert place.rows("taller")[0].startswith("accepted 2") and len(peer.accepted()) == 1


def test_fault_2_days_ahead_are_counted_back_from_the_date_and_sent_at_once():
    with cli.Installation(subscriptions_cases.configuration(today_plus(7))) as place:
        place.setup()
        place.run("run").expect(0)
        message = email.message_from_bytes(next((place.folder / "outbox").glob("*.eml")).read_bytes())
        text = next(part for part in message.walk() if part.get_content_type() == "text/plain")
        assert "7 días" in text.get_payload(decode=True).decode()


def test_fault_3_no_notice_is_made_twice_and_a_missed_day_is_made_up_for():
    with cli.Installation(subscriptions_cases.configuration("2026-12-01")) as place:
        place.setup()
        created = [check(place, "2026-11-24")[0] for _ in range(20)]
        assert created == [["SUSCRIPCION_VENCE/2026-12-01/T-7/email"]] + [[]] * 19
        # No cron on the 26th, the day of the next step.
        assert check(place, "2026-11-27")[0] == ["SUSCRIPCION_VENCE/2026-12-01/T-5/email"]


def test_fault_4_a_company_that_is_no_longer_active_hears_that_it_has_ended():
    ended = subscriptions_cases.configuration(today_plus(-2), active="false")
    with cli.Installation(ended) as place:
        place.setup()
        place.run("run").expect(0)
        assert place.sql("SELECT event, status FROM notification") == [("SUSCRIPCION_VENCIDA", "accepted")]


def test_fault_5_the_hosts_mileage_is_read_and_a_customer_without_email_is_reached_by_telephone():
    if not host_database.available():
        print("fault 5, the host's mileage: skipped, there is no Django")
    else:
        with Place(TWO_TENANTS) as place:
            place.sync()
            assert place.sql("SELECT due_odometer FROM maintenance_reminder") == [(55000,)] * 2
    with HttpWorkshop() as place:
        file = {"transport": "file", "phone_number_id": "106540352242922"}
        place.configure({"taller": [("whatsapp", file)]},
                        routes={"taller": {"DOCUMENTO_CREADO": {"channels": ["email", "whatsapp"]}}})
        place.queue("taller", (phone(1), ""))
        place.deliver().expect(0)
        assert place.sql("SELECT channel, recipient, status FROM notification") == [("whatsapp", phone(1), "accepted")]


def clock(hour):
    return f"{hour % 24:02}:00"


def test_fault_6_hours_are_the_companys_own_wall_clock_and_may_cross_midnight():
    far = "Pacific/Kiritimati"  # 14 hours ahead of UTC
    here = datetime.datetime.now(zoneinfo.ZoneInfo(far)).hour
    rows = [(far, here - 1, here + 2, True), (far, here + 2, here + 4, False),
            ("Etc/UTC", here - 1, here + 2, False),          # the same hours elsewhere
            (far, here + 3, here + 2, True)]                 # over midnight: all but one hour
    for zone, start, end, is_open in rows:
        hours = f'zona_horaria = "{zone}"\nhours = {{ start = "{clock(start)}", end = "{clock(end)}", weekends = true }}'
        text = cli.CONFIGURATION.replace('hours = { start = "00:00", end = "24:00", weekends = true }', hours)
        assert hours in text
        with cli.Installation(text) as place:
            place.setup().enqueue("doc-1")
            place.run("process-queue").expect(0)
            status, = place.sql("SELECT status FROM notification")[0]
            assert status == ("accepted" if is_open else "queued"), (zone, start, end)


def test_fault_7_whatsapp_sends_templates_to_e164_numbers_and_its_message_ids_confirm_delivery():
    with HttpWorkshop() as place, HttpPeer(place.folder / "peer") as peer:
        place.configure({"taller": [Cloud(peer.url)]})
        place.queue("taller", "9 6123 0001", channels=["whatsapp"])
        place.deliver().expect(0)
        request, = peer.posts()
        body = json.loads(request["body"])
        assert (body["type"], body["to"]) == ("template", "+56961230001") and request["path"].startswith("/v25.0/")
        wamid, = place.provider_ids("taller")
        receipts_cases.take(place, receipts_cases.webhook([receipts_cases.status("delivered", wamid)]))
        assert place.sql("SELECT status FROM notification") == [("delivered",)]


def test_fault_8_each_company_logs_in_as_itself_and_no_password_stands_in_clear():
    with contextlib.ExitStack() as stack:
        place = stack.enter_context(Workshop({}))
        authority = Authority(place.folder)
        certificate = authority.issue("good")
        peers, accounts = {}, {}
        for slug in ("sur", "norte"):
            peers[slug] = stack.enter_context(Peer(place.folder / slug, "--tls", "starttls", *certificate, "--auth",
                                                   f"{slug}@example.cl:clave-de-{slug}"))
            accounts[slug] = {"port": peers[slug].port, "tls": "starttls", "ca_file": authority.file,
                              "user": f"{slug}@example.cl", "password": f"clave-de-{slug}"}
        place.configure(accounts)
        for slug in peers:
            place.queue(slug, "ana@example.cl")
        place.deliver().expect(0)
        assert [len(peer.accepted()) for peer in peers.values()] == [1, 1]
        assert b"clave-de" not in place.store.read_bytes() and "clave-de" not in place.log()
        assert [row[0][:7] for row in place.sql("SELECT password FROM account")] == ["sealed:"] * 2


def test_fault_9_one_login_serves_many_messages_and_a_failed_quit_repeats_none():
    with Workshop({}) as place:
        authority = Authority(place.folder)
        with Peer(place.folder / "peer", "--mode", "250-then-reset", "--tls", "starttls", *authority.issue("good"),
                  "--auth", "u:clave") as broken, \
                Peer(place.folder / "good", "--tls", "starttls", *authority.issue("good"), "--auth", "u:clave") as good:
            keys = {"tls": "starttls", "ca_file": authority.file, "user": "u", "password": "clave"}
            place.configure({"bien": {"port": good.port, **keys}, "mal": {"port": broken.port, **keys}})
            place.queue("bien", *(f"r{number}@example.cl" for number in range(10)))
            place.queue("mal", "ana@example.cl")
            for _ in range(2):
                place.deliver()
                place.later("mal")
            assert (good.logins(), len(good.accepted())) == (1, 10)
            assert len(broken.messages()) == 1 and place.rows("mal")[0].startswith("accepted 1")


def test_fault_10_names_are_escaped_where_html_is_made_and_nowhere_else():
    name = "Frenos & Más <b>Ltda</b>"
    text = cli.CONFIGURATION.replace('nombre_taller = "Taller Sur"', f'nombre_taller = "{name}"')
    with cli.Installation(text) as place:
        place.setup()
        event = json.loads(cli.EVENT % "doc-1")
        event["recipient"]["nombre"] = "Ana <script>"
        place.run("enqueue", "-", stdin=json.dumps(event)).expect(0)
        place.run("process-queue").expect(0)
        message = email.message_from_bytes(next((place.folder / "outbox").glob("*.eml")).read_bytes())
        parts = {part.get_content_type(): part.get_payload(decode=True).decode() for part in message.walk()
                 if not part.is_multipart()}
        assert "<script>" not in parts["text/html"] and "<b>Ltda" not in parts["text/html"]
        assert "&lt;script&gt;" in parts["text/html"] and "Ana <script>" in parts["text/plain"]
        subject, = place.sql("SELECT subject FROM message")[0]
        assert "&amp;" not in subject and "&lt;" not in subject


def test_fault_11_overlapping_runs_send_each_message_once():
    with Workshop({}) as place, Peer(place.folder / "peer", "--delay", "0.01") as peer:
        place.configure({"taller": {"port": peer.port}})
        place.queue("taller", *(f"r{number}@example.cl" for number in range(30)))
        runs = [place.start() for _ in range(3)]
        for run in runs:
            place.finish(run).expect(0)
        ids = [email.message_from_string(message["data"])["Message-ID"] for message in peer.accepted()]
        assert len(ids) == len(set(ids)) == 30
        assert place.sql("SELECT DISTINCT status, attempts FROM notification") == [("accepted", 1)]


def test_fault_12_what_the_system_does_by_itself_is_audited_and_stops_nothing():
    with cli.Installation(subscriptions_cases.configuration(today_plus(5))) as place:
        place.setup()
        place.run("run").expect(0)
        story = place.sql("SELECT from_state, to_state FROM audit WHERE notification_id = 1 ORDER BY id")
        assert story == [(None, "queued"), ("queued", "claimed"), ("claimed", "sending"), ("sending", "accepted")]
        assert place.sql("SELECT count(*) FROM audit WHERE about = 'company'") == [(2,)]


def test_fault_13_the_purge_runs_on_the_first_run_of_a_day_whatever_the_hour():
    with cli.Installation() as place:
        place.setup().enqueue("old", "new")
        place.sql("UPDATE notification SET status = 'cancelled', due_at = NULL, created_at = 5, updated_at = 5"
                  " WHERE dedup_key LIKE '%old%'")
        now = int(time.time())
        place.sql("INSERT INTO setting VALUES ('purged_at', ?)", str(now))
        place.run("run").expect(0)
        assert place.sql("SELECT count(*) FROM notification") == [(2,)], "today's purge is done"
        place.sql("UPDATE setting SET value = ? WHERE name = 'purged_at'", str(now - 3 * 86400))
        place.run("run").expect(0)
        assert [key for key, in place.sql("SELECT dedup_key FROM notification")] == ["DOCUMENTO_CREADO/new/email"]


if __name__ == "__main__":
    cli.main(globals())
