"""The fourteen e-mails that the program sends by default, one of each event and language, as a provider would get them:
enqueued, rendered and written by the binary itself. What is in them is made up and realistic."""

import email
import email.policy
import json
import os
import pathlib
import subprocess
import sys

EVENTS = ["DOCUMENTO_CREADO", "SUSCRIPCION_VENCE", "SUSCRIPCION_VENCIDA", "MANTENIMIENTO_RECORDATORIO",
          "REVISION_VEHICULO", "PAGO_PENDIENTE", "CLIENTE_INACTIVO"]

CONFIGURATION = """
[store]
path = "egarage-notify.db"
[channels.file]
directory = "outbox"
[platform]
name = "E-Garage"
[platform.email]
transport = "file"
from = "E-Garage <avisos@egarage.example>"
reply_to = "ayuda@egarage.example"
[[company]]
slug = "es"
nombre_taller = "Taller Alameda"
empresa = "Servicios Automotrices Alameda SpA"
pais = "CL"
zona_horaria = "America/Santiago"
telefono = "+56 2 2555 0101"
email_contacto = "contacto@alameda.example"
direccion = "Av. Libertador Bernardo O'Higgins 1449, Santiago"
color = "#b3261e"
admin = { nombre = "Marta", email = "suscripcion@alameda.example" }
hours = { start = "00:00", end = "24:00", weekends = true }
[company.email]
transport = "file"
from = "Taller Alameda <avisos@alameda.example>"
reply_to = "contacto@alameda.example"
unsubscribe = "https://alameda.example/baja"
[[company]]
slug = "en"
nombre_taller = "Sunshine Auto Care"
empresa = "Sunshine Auto Care LLC"
pais = "US"
zona_horaria = "America/New_York"
idioma = "en"
telefono = "+1 305 555 0106"
email_contacto = "service@sunshineauto.example"
direccion = "1250 SW 8th Street, Miami, FL 33135"
color = "#0b5394"
admin = { nombre = "Dolores", email = "subscription@sunshineauto.example" }
hours = { start = "00:00", end = "24:00", weekends = true }
[company.email]
transport = "file"
from = "Sunshine Auto Care <service@sunshineauto.example>"
unsubscribe = "https://sunshineauto.example/stop"
"""

SAMPLES = {
    "es": {
        "recipient": {"nombre": "Ana", "apellido": "Soto", "idioma": "es"},
        "administrator": {"nombre": "Marta", "apellido": "Ríos", "idioma": "es"},
        "vehiculo": {"patente": "BB-CL-45", "marca": "Toyota", "modelo": "Corolla", "anio": 2018},
        "documento": {"id": 7, "numero_documento": "1042", "tipo_documento": "Presupuesto", "fecha": "2026-11-20",
                      "kilometraje": 84500, "total": 189990,
                      "observaciones": "Pastillas de freno al 30 %: cambiar antes de marzo"},
        "descripcion": "Aceite sintético 5W-30 y filtro",
        "invoice": {"id": 8, "numero_documento": "7998", "tipo_documento": "Factura", "fecha": "2026-11-16"},
        "price": 29990,
    },
    "en": {
        "recipient": {"nombre": "Emma", "apellido": "O'Connor", "idioma": "en"},
        "administrator": {"nombre": "Dolores", "apellido": "Pérez", "idioma": "en"},
        "vehiculo": {"patente": "8ABC123", "marca": "Honda", "modelo": "CR-V", "anio": 2019},
        "documento": {"id": 9, "numero_documento": "2210", "tipo_documento": "Orden de trabajo", "fecha": "2026-11-20",
                      "kilometraje": 52500, "total": 348.5, "observaciones": "Front brake pads at 30%: replace soon"},
        "descripcion": "Synthetic 5W-30 oil and filter",
        "invoice": {"id": 10, "numero_documento": "19016", "tipo_documento": "Factura", "fecha": "2026-11-16"},
        "price": 49,
    },
}


def datos_of(event, sample):
    """What the host application says about the event."""
    if event in ("SUSCRIPCION_VENCE", "SUSCRIPCION_VENCIDA"):
        return {"dias_restantes": 5, "fecha_vencimiento": "2026-12-01", "plan": "premium", "total": sample["price"]}
    if event == "MANTENIMIENTO_RECORDATORIO":
        return {"tipo_mantenimiento": "ACEITE", "descripcion": sample["descripcion"],
                "fecha_programada": "2026-12-03", "kilometraje_programado": 90000 if sample["price"] > 1000 else 55000}
    if event == "REVISION_VEHICULO":
        return {"fecha_programada": "2026-12-03", "hora": "10:30"}
    if event == "PAGO_PENDIENTE":
        return {"total": sample["documento"]["total"], "fecha_vencimiento": "2026-12-01", "dias_restantes": 8}
    if event == "CLIENTE_INACTIVO":
        return {"ultima_visita": "2025-10-14"}
    return {}


def event_line(event, language):
    sample = SAMPLES[language]
    person = sample["administrator" if event.startswith("SUSCRIPCION") else "recipient"]
    recipient = dict(person, email=f"{event.lower()}.{language}@example.com")
    line = {"event": event, "company": language, "key": "sample", "recipient": recipient, "channels": ["email"],
            "datos": datos_of(event, sample)}
    if not event.startswith("SUSCRIPCION"):
        line["vehiculo"] = sample["vehiculo"]
    if event == "DOCUMENTO_CREADO":
        line["documento"] = sample["documento"]
    if event == "PAGO_PENDIENTE":
        line["documento"] = sample["invoice"]
    return line


def program():
    path = os.environ.get("EGARAGE_NOTIFY")
    if not path:
        sys.exit("error: EGARAGE_NOTIFY does not name the program\nhint: EGARAGE_NOTIFY=build/dev/app/egarage-notify")
    return str(pathlib.Path(path).resolve())


def make_messages(folder):
    """Writes them below `folder`; {(event, language): path of the .eml}."""
    folder = pathlib.Path(folder)
    (folder / "egarage-notify.toml").write_text(CONFIGURATION, encoding="utf-8")
    lines = [event_line(event, language) for event in EVENTS for language in SAMPLES]
    (folder / "events.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for arguments in (["setup", "--non-interactive"], ["enqueue", "events.jsonl"], ["process-queue"]):
        subprocess.run([program(), "--quiet", "--config", "egarage-notify.toml", *arguments], cwd=folder, check=True)
    found = {}
    for path in sorted((folder / "outbox").glob("*.eml")):
        address = read_message(path)["To"].addresses[0].username
        event, language = address.rsplit(".", 1)
        found[event.upper(), language] = path
    missing = [(event, language) for event in EVENTS for language in SAMPLES if (event, language) not in found]
    if missing:
        sys.exit(f"error: no e-mail was written for {missing}")
    return {(event, language): found[event, language] for event in EVENTS for language in SAMPLES}


def read_message(path):
    return email.message_from_bytes(pathlib.Path(path).read_bytes(), policy=email.policy.default)


def html_of(path):
    return read_message(path).get_body(("html",)).get_content()
