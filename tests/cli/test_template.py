"""Texts of companies and of the platform: shown, set, checked, previewed, exported, imported, and what messages say then."""
import json
import pathlib
import resource
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

SUR = ("--company", "taller-sur")
TEXT = "subject: Listo: {{ documento.tipo_documento }}\n\nHola {{ cliente.nombre }}, del *sur*.\n\n{% include \"firma\" %}\n"


def event(key, company="taller-sur", language=None):
    line = json.loads(cli.EVENT % key)
    line["company"] = company
    if language:
        line["recipient"]["idioma"] = language
    return json.dumps(line) + "\n"


def write(place, name, text):
    """A file in an installation's folder, or in any other."""
    path = getattr(place, "folder", place) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def messages(place):
    return place.sql("SELECT m.language, m.subject, m.body FROM message m ORDER BY m.notification_id")


def test_list_says_whose_text_is_in_force():
    with cli.Installation() as place:
        place.setup()
        place.run("template", "set", "firma", write(place, "f.md", "Sur\n"), *SUR).expect(0, "firma.es is in force")
        run = place.run("template", "list", *SUR).expect(0, ["DOCUMENTO_CREADO", "layout.html"])
        row = next(line for line in run.out.splitlines() if line.split()[:1] == ["firma"])
        assert row.split() == ["firma", "all", "company", "product"], row
        keys = {row["key"]: row["level"] for row in json.loads(place.run("--json", "template", "list", *SUR).out)}
        assert keys["firma.es"] == "company" and keys["firma.en"] == "product" and keys["pago_pendiente.sms.es"] == "product"


def test_show_prints_the_text_alone_and_says_whose_it_is():
    with cli.Installation() as place:
        place.setup()
        shipped = (cli.SOURCE / "templates/es/pago_pendiente.sms.md").read_text(encoding="utf-8")
        run = place.run("template", "show", "PAGO_PENDIENTE", "--channel", "sms").expect(0, err_has="pago_pendiente.sms.es of the product")
        assert run.out == shipped
        place.run("template", "set", "PAGO_PENDIENTE", write(place, "t.md", "subject: a\n\nTodos\n"), "--lang", "es").expect(0)
        # The platform's text for all channels is nearer than the product's for SMS.
        run = place.run("template", "show", "PAGO_PENDIENTE", "--channel", "sms", *SUR).expect(0, err_has="pago_pendiente.es of the platform")
        assert run.out.endswith("Todos\n")
        place.run("--quiet", "template", "show", "PAGO_PENDIENTE", *SUR).expect(0)
        place.run("template", "show", "nada").expect(2, err_has=["there is no text nada.es", "template list"])


def test_a_text_that_does_not_lint_is_refused_and_the_old_one_stays_in_force():
    with cli.Installation() as place:
        place.setup()
        place.run("template", "set", "DOCUMENTO_CREADO", write(place, "good.md", TEXT), *SUR).expect(0)
        rows = [("subject: x\n\nHola {{ cliente.nombr }}\n", "bad.md:3:6: error: the variable 'cliente.nombr'", "did you mean 'cliente.nombre'?"),
                ("subject: x\n\n{{ cliente.nombre|uper }}\n", "bad.md:3:1: error: unknown filter 'uper'", "did you mean 'upper'?"),
                ("Hola\n", "bad.md:1:1: error: the first line must begin", "hint: "),
                ("subject: x\n\n{% iff a %}\n", "bad.md:3:1: error: unknown tag 'iff'", "did you mean 'if'?"),
                (b"subject: x\n\n\xff\n", "bad.md:3:1: error: the line is not valid UTF-8", "hint: ")]
        for text, finding, hint in rows:
            run = place.run("template", "set", "DOCUMENTO_CREADO", write(place, "bad.md", text), *SUR)
            run.expect(3, err_has=[finding, hint, "is refused", "stays in force"])
            assert place.run("template", "show", "DOCUMENTO_CREADO", *SUR).out == TEXT
        assert place.sql("SELECT count(*) FROM audit WHERE about = 'template'") == [(1,)]


def test_messages_are_made_of_the_nearest_text_in_the_readers_language():
    with cli.Installation() as place:
        place.setup()
        place.run("template", "set", "DOCUMENTO_CREADO", write(place, "t.md", TEXT), *SUR).expect(0)
        place.run("enqueue", stdin=event("a") + event("b", language="en")).expect(0, "2 notifications created")
        spanish, english = messages(place)
        assert spanish == ("es", "Listo: Presupuesto", "Hola Ana, del *sur*.\n\nUn saludo,\nTaller Sur"), spanish
        assert english[0] == "en" and "estimate" in english[1].lower(), english
        place.run("template", "reset", "DOCUMENTO_CREADO", *SUR).expect(0, "in force again")
        place.run("enqueue", stdin=event("c")).expect(0)
        assert "sur" not in messages(place)[-1][2]
        place.run("template", "reset", "DOCUMENTO_CREADO", *SUR).expect(2, err_has="has no text documento_creado.es of its own")
        states = place.sql("SELECT to_state, reason, company_id FROM audit WHERE about = 'template' ORDER BY id")
        assert [row[0] for row in states] == ["created", "removed"] and all(row[2] for row in states), states


def test_a_broken_text_in_the_store_stops_nobody_else():
    with cli.Installation() as place:
        place.write_config(cli.CONFIGURATION.replace('slug = "taller-norte"', 'slug = "taller-norte"\nhours = { start = "00:00", end = "24:00", weekends = true }') +
                           '[company.email]\ntransport = "file"\nfrom = "Norte <n@norte.example>"\n')
        place.setup()
        place.sql("INSERT INTO template (company_id, name, text, updated_at) SELECT id, 'documento_creado.es', 'subject: x\n\n{% if %}', 5 "
                      "FROM company WHERE slug = 'taller-sur'")
        run = place.run("enqueue", stdin=event("a") + event("b", company="taller-norte"))
        run.expect(1, "1 notification created", "taller-sur/es/documento_creado.md:3:1: the condition")
        assert len(messages(place)) == 1
        place.sql("INSERT INTO template (company_id, name, text, updated_at) VALUES (NULL, 'layout.html', '{% if %}', 5)")
        run = place.run("process-queue").expect(0, err_has="layout_unusable whose=platform")
        assert run.err.count("layout_unusable") == 1, run.err
        assert place.sql("SELECT status FROM notification") == [("accepted",)]


def test_an_own_layout_frames_the_e_mails():
    with cli.Installation() as place:
        place.setup()
        layout = "<!doctype html><html lang=\"es\"><head><title>{{ asunto }}</title></head><body><h1>Marco del sur</h1>{{ cuerpo|safe }}</body></html>\n"
        place.run("template", "set", "layout.html", write(place, "l.html", layout), *SUR).expect(0, "layout.html is in force for taller-sur")
        place.run("enqueue", stdin=event("a")).expect(0)
        place.run("process-queue").expect(0)
        [mail] = list(place.folder.glob("outbox/**/*.eml"))
        assert b"Marco del sur" in mail.read_bytes()


def test_what_the_platform_says_is_not_the_companys_to_word():
    with cli.Installation() as place:
        place.setup()
        text = write(place, "t.md", "subject: Nuestro\n\nHola {{ usuario.nombre }}\n")
        place.run("template", "set", "SUSCRIPCION_VENCE", text, *SUR).expect(3, err_has=["not the company's to word", "leave out --company"])
        place.run("template", "set", "SUSCRIPCION_VENCE", text).expect(2, err_has="in which language")
        place.run("template", "set", "SUSCRIPCION_VENCE", text, "--lang", "es").expect(0, "for all companies")
        line = {"event": "SUSCRIPCION_VENCE", "company": "taller-sur", "key": "s", "recipient": {}}
        place.run("enqueue", stdin=json.dumps(line) + "\n").expect(0)
        assert messages(place)[0][1] == "Nuestro"


def test_a_mistyped_name_is_no_new_part():
    with cli.Installation() as place:
        place.setup()
        text = write(place, "t.md", TEXT)
        place.run("template", "set", "DOCUMENTO_CREDO", text, *SUR).expect(2, err_has=['there is no event "DOCUMENTO_CREDO"', "DOCUMENTO_CREADO"])
        place.run("template", "set", "../x", text, *SUR).expect(2, err_has="can be the name of no text")
        place.run("template", "preview", "firma").expect(2, err_has='"firma" is no event')
        place.run("template", "set", "DOCUMENTO_CREADO", place.folder / "none.md", *SUR).expect(2, err_has="none.md cannot be read")
        place.run("template", "set", "DOCUMENTO_CREADO", place.folder, *SUR).expect(2, err_has="cannot be read")
        place.run("template", "list", "--company", "taler-sur").expect(2, err_has='Did you mean "taller-sur"?')
        place.run("template").expect(2, err_has=["no command", "egarage-notify template --help"])
        place.run("template", "shw").expect(2, err_has=['unknown command "shw"', '"show"'])
        place.run("template", "show", "--chanel", "sms").expect(2, err_has="--channel")


def test_lint_reads_files_of_any_name_and_all_texts_of_a_company():
    with cli.Installation() as place:
        place.setup()
        place.run("template", "lint", *SUR).expect(0, "Nothing to complain about")
        place.run("template", "lint", cli.SOURCE / "templates/es/pago_pendiente.sms.md").expect(0, "Nothing to complain about")
        place.run("template", "lint", write(place, "pago_pendiente.sms.es.md", "x" * 400)).expect(0, err_has="takes up to 3 segments")
        place.run("template", "lint", write(place, "t.md", TEXT)).expect(2, err_has="does not say which text it is")
        place.run("template", "lint", write(place, "t.md", TEXT), "--as", "pago_pendiente.es", *SUR).expect(0)
        unknown = write(place, "u.md", "subject: x\n\nGarantía: {{ datos.garantia }}\n")
        place.run("template", "lint", unknown, "--as", "pago_pendiente.es").expect(3, err_has="u.md:3:11: error: the variable 'datos.garantia'")
        place.run("template", "lint", unknown, "--as", "pago_pendiente.es", "--allow-unknown").expect(0, err_has="warning: the variable 'datos.garantia'")
        found = json.loads(place.run("--json", "template", "lint", unknown, "--as", "pago_pendiente.es").expect(3).out)
        assert [(row["severity"], row["line"], row["column"]) for row in found] == [("error", 3, 11)], found
        place.run("template", "set", "PAGO_PENDIENTE", write(place, "t.md", "subject: x\n\nHola\n"), *SUR).expect(0)
        place.run("template", "lint", *SUR).expect(0, err_has="there is no such text in en: who reads that gets the product's")
        place.run("template", "lint", cli.SOURCE / "templates/whatsapp/es/parameters.json").expect(0, "Nothing to complain about")
        values = write(place, "es/parameters.json", '{"a": "{{ cliente.nombre }}", "b": "{{ cliente.nombr|default:1 }}", "c": "x{{"}')
        run = place.run("template", "lint", values).expect(3, err_has=["parameters.json#a: error: the parameter is empty in a", "#b:1:1: error: the variable 'cliente.nombr'"])
        assert "#c" not in run.err, run.err
        broken = write(place, "p.json", '{"name": "A b"}')
        place.run("template", "lint", broken).expect(3, err_has="not a template as Meta's API takes it")


def test_export_and_import_bring_all_texts_or_none():
    with cli.Installation() as place:
        place.setup()
        folder = place.folder / "texts"
        place.run("template", "export", folder, *SUR).expect(0, "files written")
        assert (folder / "es/pago_pendiente.sms.md").read_text(encoding="utf-8") == (cli.SOURCE / "templates/es/pago_pendiente.sms.md").read_text(encoding="utf-8")
        assert json.loads((folder / "whatsapp/es/pago_pendiente.json").read_text(encoding="utf-8"))["category"] == "UTILITY"
        place.run("template", "export", folder, *SUR).expect(2, err_has=["is there already", "--force"])
        place.run("template", "import", folder, *SUR).expect(0, "0 taken over")
        write(folder, "es/_firma.md", "Los del sur\r\n")
        write(folder, "es/documento_creado.md", "subject: x\n\n{{ cliente.nombr }}\n")
        place.run("template", "import", folder, *SUR).expect(3, err_has=["documento_creado.md:3:1: error", "nothing was taken over"])
        assert place.sql("SELECT count(*) FROM template") == [(0,)]
        write(folder, "es/documento_creado.md", "subject: x\n\nHola {{ cliente.nombre }}\n{% include \"firma\" %}\n")
        write(folder, "notas.txt", "…")
        place.run("template", "import", folder, *SUR, "--dry-run").expect(0, "2 would be taken over", "notas.txt: warning")
        assert place.sql("SELECT count(*) FROM template") == [(0,)]
        place.run("template", "import", folder, *SUR).expect(0, "2 taken over")
        place.run("enqueue", stdin=event("a")).expect(0)
        assert messages(place)[0][2] == "Hola Ana\nLos del sur"
        own = place.folder / "own"
        place.run("template", "export", own, *SUR, "--own").expect(0, "2 files written")
        place.run("template", "import", place.folder / "nowhere").expect(2, err_has="nowhere cannot be read")


def test_preview_shows_what_the_reader_gets():
    with cli.Installation() as place:
        place.setup()
        page = place.folder / "page.html"
        run = place.run("template", "preview", "PAGO_PENDIENTE", *SUR, "--html", page)
        run.expect(0, ["pago_pendiente.es of the product", "ana.soto@example.cl", "Subject: ", "$189.990", "Taller Sur"])
        html = page.read_text(encoding="utf-8")
        assert "<!doctype html>" in html and "$189.990" in html and "Taller Sur" in html
        sms = json.loads(place.run("--json", "template", "preview", "PAGO_PENDIENTE", "--channel", "sms", *SUR).out)
        assert sms["segments"] == 1 and sms["text"].isascii() and len(sms["text"]) <= 160, sms
        place.run("template", "preview", "PAGO_PENDIENTE", "--channel", "sms", "--lang", "en").expect(0, ["1 segment", "GSM-7", "$348.50"])
        place.run("template", "preview", "PAGO_PENDIENTE", "--channel", "whatsapp").expect(0, "*$189.990*")
        place.run("template", "preview", "MANTENIMIENTO_RECORDATORIO", "--sample", "combined").expect(0, ["aceite", "frenos"])
        for code in ("DOCUMENTO_CREADO", "SUSCRIPCION_VENCIDA", "CLIENTE_INACTIVO"):
            place.run("template", "preview", code, "--sample", "minimal").expect(0)
        place.run("template", "preview", "PAGO_PENDIENTE", "--channel", "sms", "--html", page).expect(2, err_has="only e-mails are pages")
        assert place.sql("SELECT count(*) FROM notification") == [(0,)]


def test_preview_opens_the_page_in_the_desktops_browser():
    with cli.Installation() as place:
        place.setup()
        desktop = write(place, "bin/xdg-open", '#!/bin/sh\necho "$1" > "$OPENED"; echo noise >&2\nexit $BROWSERS\n')
        desktop.chmod(0o700)
        opened, page = place.folder / "opened", place.folder / "page.html"
        env = {"PATH": f"{desktop.parent}:/usr/bin:/bin", "OPENED": str(opened), "BROWSERS": "0"}
        run = place.run("template", "preview", "PAGO_PENDIENTE", *SUR, "--open", "--html", "page.html", env=env).expect(0, "Subject: ")
        assert opened.read_text(encoding="utf-8").strip() == str(page) and page.exists() and run.err == "", run.err
        run = place.run("template", "preview", "PAGO_PENDIENTE", *SUR, "--open", env={**env, "BROWSERS": "3", "TMPDIR": str(place.folder)})
        run.expect(2, err_has=["no program to show the page", f"Open {place.folder}/egarage-notify-preview.html in a browser"])
        assert "noise" not in run.err, run.err


def test_render_is_djangos_way_and_names_are_keys_not_paths():
    with cli.Installation() as place:
        parts = place.folder / "parts"
        write(place, "parts/pie/firma.html", "<i>{{ name }}</i>")
        write(place, "secret.html", "secret")
        template = write(place, "t.html", "{% extends \"base.html\" %}{% block b %}{{ name }}{% include \"pie/firma.html\" %}{% endblock %}")
        write(place, "parts/base.html", "[{% block b %}{% endblock %}]")
        run = place.run("template", "render", template, "--context", '{"name": "<Ana>"}', "--templates", parts, config=False).expect(0)
        assert run.out == "[&lt;Ana&gt;<i>&lt;Ana&gt;</i>]", run.out
        context = write(place, "c.json", '{"name": "<Ana>"}')
        run = place.run("template", "render", template, "--context", context, "--templates", parts, "--escape", "none", config=False).expect(0)
        assert run.out == "[<Ana><i><Ana></i>]", run.out
        (parts / "link.html").symlink_to(place.folder / "secret.html")
        for name in ("link.html", "../secret.html", str(place.folder / "secret.html"), "pie/../base.html", "parts/../secret.html", "%2e%2e/secret.html"):
            bad = write(place, "b.html", "a\n{% include \"" + name + "\" %}")
            place.run("template", "render", bad, "--templates", parts, config=False).expect(3, err_has="b.html:2:1: ")
        data = write(place, "d.html", "{{ name }}")
        assert place.run("template", "render", data, "--context", '{"name": "{{ x }}{% now %}"}', config=False).out == "{{ x }}{% now %}"
        place.run("template", "render", data, "--context", "{", config=False).expect(2, err_has="not JSON")
        place.run("template", "render", data, "--context", "none.json", config=False).expect(2, err_has="cannot be read")
        dated = write(place, "e.html", "{{ d|date:'l j \\d\\e F' }} {% now 'Y' %} {{ t|money }}")
        run = place.run("template", "render", dated, "--context", '{"d": "2026-12-04", "t": 45990}', "--lang", "es", "--at", "2026-11-22T12:00:00Z", config=False)
        assert run.out == "Viernes 4 de Diciembre 2026 $45.990", run.out


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_hostile_templates_end_in_a_clear_error_within_a_second_and_bounded_memory():
    patience = 20 if cli.is_sanitized() else 1
    with cli.Installation() as place:
        write(place, "parts/self.html", "{% include 'self.html' %}")
        write(place, "parts/ping.html", "{% extends 'pong.html' %}")
        write(place, "parts/pong.html", "{% extends 'ping.html' %}")
        numbers = json.dumps({"n": list(range(1000)), "s": "x" * 100000, "accents": "e\u0301\u0327" * 20000})
        context = write(place, "c.json", numbers)
        rows = [("x" * 10 * 1024 * 1024, "longer than"),
                ("{% if a %}" * 10000, "nested deeper"),
                ("{% for a in n %}" * 4 + "x" + "{% endfor %}" * 4, "steps"),
                ("{% for a in n %}{% include 'big.html' %}{% endfor %}", ""),
                ("{% include 'self.html' %}", "deep"), ("{% extends 'ping.html' %}", "deep"),
                ("{{ s|ljust:1000000000 }}", "longer than"), ("{% for c in s %}{{ s }}{% endfor %}", "longer than"),
                ("{{ " + "a|lower" * 20000 + " }}", ""),
                ("{% for a in n %}{% for b in n %}{{ accents|truncatechars:90000|length }}{% endfor %}{% endfor %}", "steps"),
                ("{% for a in n %}{% for b in n %}{{ s|money }}{% endfor %}{% endfor %}", "steps"),
                (b"a\n\xff{{ s }}", "t.html:2:1: the line is not valid UTF-8"), ("{% if " + "not " * 20000 + "a %}{% endif %}", "")]
        write(place, "parts/big.html", "{% for a in n %}{% for b in n %}{{ b }}{% endfor %}{% endfor %}")
        for text, sentence in rows:
            before = cpu_seconds()
            run = place.run("template", "render", write(place, "t.html", text), "--context", context, "--templates", place.folder / "parts", config=False)
            run.expect(3, err_has=["error: ", sentence])
            assert cpu_seconds() - before < patience, (text[:80], cpu_seconds() - before)
        # A bound that sanitizers keep, too; without them it is a tenth.
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1024 * 1024


def test_a_proposal_is_printed_to_paste_and_as_metas_api_takes_it():
    with cli.Installation() as place:
        run = place.run("template", "proposal", "CLIENTE_INACTIVO", "--lang", "en", config=False)
        run.expect(0, ["egarage_cliente_inactivo_v1", "MARKETING", "en_US", "Footer:", "Button (quick reply):", "Samples:"])
        document = json.loads(place.run("--json", "template", "proposal", "CLIENTE_INACTIVO", config=False).out)
        assert document["parameter_format"] == "NAMED" and document["language"] == "es"


cli.main(globals())
