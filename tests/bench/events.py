"""Events as a workshop's software would write them, one JSON line each; the same ones every time."""

import itertools
import json
import random

COMPANIES = [
    {"slug": "taller-sur", "nombre_taller": "Taller Sur", "pais": "CL", "telefono": "+56 2 2123 4567",
     "direccion": "Av. Sur 123, Santiago", "admin": "Marta Ríos"},
    {"slug": "frenos-ohiggins", "nombre_taller": "Frenos O'Higgins", "pais": "CL", "telefono": "+56 72 223 4455",
     "direccion": "Av. Libertador Bernardo O'Higgins 402, Rancagua", "admin": "Iñigo Peñaloza"},
    {"slug": "automotriz-andes", "nombre_taller": "Automotriz Los Andes Ñuñoa", "pais": "CL",
     "telefono": "+56 2 2987 6543", "direccion": "Irarrázaval 2401, Ñuñoa", "admin": "José Núñez"},
    {"slug": "mecanica-norte", "nombre_taller": "Mecánica Norte", "pais": "CL", "telefono": "+56 55 212 0000",
     "direccion": "Balmaceda 1820, Antofagasta", "admin": "Lucía Araya"},
    {"slug": "bay-auto", "nombre_taller": "Bay Auto & Tire", "pais": "US", "telefono": "+1 415 555 0123",
     "direccion": "200 Harbor St, Oakland, CA", "admin": "Dana Whitfield"},
]
FIRST_NAMES = ["Ana", "José", "María Ignacia", "Íñigo", "Sofía", "Luis", "Begoña", "Joaquín", "Martina", "Kevin"]
LAST_NAMES = ["Soto", "Muñoz", "O'Higgins", "Peñaloza Ibáñez", "Núñez", "Rojas", "Castillo", "Whitfield", "Araya"]
VEHICLES = [("Toyota", "Yaris"), ("Chevrolet", "Sail"), ("Hyundai", "Accent"), ("Ford", "F-150"), ("Kia", "Río 5")]
DOCUMENTS = ["Factura", "Presupuesto", "Orden de trabajo"]
SERVICES = ["ACEITE", "FRENOS", "NEUMATICOS", "REVISION_GENERAL", "BATERIA", "CORREA_DISTRIBUCION"]
REMARKS = ("Se cambió aceite y filtro, se revisaron frenos delanteros y traseros, se midió la batería y se rellenaron "
           "los niveles. Recomendamos alinear en la próxima visita. ")
WORDS = "Se revisaron frenos, luces, correas y niveles del motor sin observaciones. "


def company_tables(companies=tuple(COMPANIES)):
    """[[company]] tables for these companies."""
    return [{key: value for key, value in company.items() if key != "admin"} for company in companies]


def customer(chance, number):
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    return {"nombre": first, "apellido": last, "email": f"cliente{number}@example.cl",
            "telefono": f"+56 9 {chance.randrange(5000, 9999)} {chance.randrange(1000, 9999)}"}


def vehicle(chance):
    make, model = chance.choice(VEHICLES)
    plate = "".join(chance.choices("BCDFGHJKLPRSTVWXYZ", k=4)) + str(chance.randrange(10, 99))
    return {"patente": plate, "marca": make, "modelo": model, "anio": chance.randrange(2005, 2026)}


def document(chance, number):
    return {"id": number, "numero_documento": str(10_000 + number), "tipo_documento": chance.choice(DOCUMENTS),
            "fecha": f"2026-{chance.randrange(1, 12):02}-{chance.randrange(1, 29):02}",
            "kilometraje": chance.randrange(5_000, 240_000), "total": chance.randrange(20_000, 900_000)}


def of_customer(code, chance, number, company):
    event = {"event": code, "company": company["slug"], "key": f"{code.lower()}-{number}",
             "recipient": customer(chance, number), "vehiculo": vehicle(chance)}
    if code == "DOCUMENTO_CREADO":
        event["documento"] = document(chance, number) | {"observaciones": REMARKS}
    elif code == "PAGO_PENDIENTE":
        event["documento"] = document(chance, number)
        event["datos"] = {"total": event["documento"]["total"], "fecha_vencimiento": "2026-12-15"}
    elif code == "CLIENTE_INACTIVO":
        event["datos"] = {"ultima_visita": "2025-11-03", "descripcion": "Esta semana el diagnóstico es gratis."}
    else:
        event["datos"] = {"tipo_mantenimiento": chance.choice(SERVICES), "fecha_programada": "2026-12-10",
                          "kilometraje_programado": chance.randrange(10_000, 250_000),
                          "descripcion": "Cambio de aceite sintético 5W-30 y filtro."}
    return event


def of_company(code, chance, number, company):
    return {"event": code, "company": company["slug"], "key": f"{code.lower()}-{number}",
            "recipient": {"nombre": company["admin"], "email": f"admin{number}@{company['slug']}.example"},
            "datos": {"dias_restantes": chance.choice([0, 1, 5]), "fecha_vencimiento": "2026-12-01",
                      "plan": "premium", "total": 29_990}}


CODES = {"DOCUMENTO_CREADO": of_customer, "SUSCRIPCION_VENCE": of_company, "SUSCRIPCION_VENCIDA": of_company,
         "MANTENIMIENTO_RECORDATORIO": of_customer, "REVISION_VEHICULO": of_customer, "PAGO_PENDIENTE": of_customer,
         "CLIENTE_INACTIVO": of_customer}


def of_all_codes(count):
    """`count` events over all seven codes and all companies."""
    chance = random.Random(20260101)
    makers = itertools.cycle(CODES.items())
    for number in range(count):
        code, maker = next(makers)
        yield line(maker(code, chance, number, COMPANIES[number % len(COMPANIES)]))


def documents(count, padding):
    """`count` DOCUMENTO_CREADO of the first company whose text has that many octets more than it needs."""
    chance = random.Random(20260102)
    remarks = (WORDS * (padding // len(WORDS) + 1))[:padding]
    for number in range(count):
        event = of_customer("DOCUMENTO_CREADO", chance, number, COMPANIES[0])
        event["documento"]["observaciones"] = remarks
        yield line(event)


def reminders(count):
    """`count` MANTENIMIENTO_RECORDATORIO of the first company, each for a mobile number of its own, by WhatsApp."""
    chance = random.Random(20260103)
    for number, line_number in enumerate(chance.sample(range(10_000_000), count)):
        event = of_customer("MANTENIMIENTO_RECORDATORIO", chance, number, COMPANIES[0])
        event["recipient"]["telefono"] = f"+56 9 6{line_number // 10_000:03} {line_number % 10_000:04}"
        yield line(event | {"channels": ["whatsapp"]})


def line(event):
    return json.dumps(event, ensure_ascii=False) + "\n"
