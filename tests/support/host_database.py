"""The host application's database as Django makes it: the tables of E-Garage that are read, created by Django's schema
editor from models, and rows put in through these models.

    python3 host_database.py FILE < script.json      # [["Empresa", {"id": 1, …}], …], in order
    python3 host_database.py FILE --without taller_cliente.apellido < script.json    # as an older host

As a module: `make(path, rows, without=())` runs the above in the Python that has Django; `available()` says whether there
is one. A row whose fields hold `"delete": true` deletes the row with that id, another one with a known id changes it.
"""
import json
import pathlib
import subprocess
import sys

SYSTEM_PYTHON = "/usr/bin/python3"  # the one for which Debian installs python3-django


def available():
    return subprocess.run([SYSTEM_PYTHON, "-c", "import django"], capture_output=True, check=False).returncode == 0


def make(path, rows, without=()):
    """Creates the tables where the file is new, then puts the rows in."""
    arguments = [argument for column in without for argument in ("--without", column)]
    subprocess.run([SYSTEM_PYTHON, __file__, str(path), *arguments], input=json.dumps(rows).encode(), check=True)


def _models():
    from django.contrib.auth.models import User
    from django.db import models

    def model(name, **fields):
        meta = type("Meta", (), {"app_label": "taller", "db_table": "taller_" + name.lower()})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

    def to(other):
        return models.ForeignKey(other, on_delete=models.CASCADE)

    def maybe(other):
        return models.ForeignKey(other, null=True, on_delete=models.SET_NULL)

    def text(**more):
        return models.CharField(max_length=200, **more)

    empresa = model("Empresa", user=models.OneToOneField(User, on_delete=models.CASCADE), nombre_taller=text(),
                    empresa=text(default=""), pais=models.CharField(max_length=2, default="CL"),
                    direccion=text(default=""), telefono=text(default=""), email=models.EmailField(blank=True),
                    logo=models.FileField(null=True), zona_horaria=text(default="America/Santiago"),
                    moneda=models.CharField(max_length=3, default="CLP"), plan=text(default="trial"),
                    fecha_inicio=models.DateTimeField(null=True), fecha_fin=models.DateTimeField(null=True),
                    dias_prueba=models.IntegerField(default=14), suscripcion_activa=models.BooleanField(default=True),
                    ultimo_pago=models.DateTimeField(null=True),
                    valor_mensual=models.DecimalField(max_digits=10, decimal_places=2, default=0))
    cliente = model("Cliente", empresa=to(empresa), nombre=text(), apellido=text(null=True), telefono=text(null=True),
                    direccion=text(null=True), email=models.EmailField(null=True))
    marca = model("Marca", nombre=text())
    modelo = model("Modelo", nombre=text())
    vehiculo = model("Vehiculo", empresa=to(empresa), cliente=to(cliente), marca=to(marca), modelo=maybe(modelo),
                     patente=text(), anio=models.PositiveIntegerField(), vin=text(null=True))
    documento = model("Documento", empresa=to(empresa), cliente=to(cliente), vehiculo=maybe(vehiculo),
                      tipo_documento=text(), numero_documento=text(null=True), fecha=models.DateTimeField(null=True),
                      kilometraje=models.PositiveIntegerField(null=True), observaciones=models.TextField(null=True),
                      incluir_iva=models.BooleanField(default=True))
    made = [empresa, cliente, marca, modelo, vehiculo, documento]
    made.append(model("RepuestoDocumento", documento=to(documento), nombre=text(),
                      cantidad=models.PositiveIntegerField(), precio=models.PositiveIntegerField()))
    made.append(model("ServicioDocumento", documento=to(documento), nombre=text(),
                      precio=models.DecimalField(max_digits=10, decimal_places=2)))
    made.append(model("OtroServicioDocumento", documento=to(documento), nombre_servicio=text(),
                      precio_cliente=models.DecimalField(max_digits=10, decimal_places=2)))
    made.append(model("RecordatorioMantenimiento", empresa=to(empresa), cliente=to(cliente), vehiculo=to(vehiculo),
                      documento_origen=maybe(documento), tipo_mantenimiento=text(), descripcion=text(default=""),
                      fecha_programada=models.DateField(), kilometraje_programado=models.PositiveIntegerField(null=True),
                      dias_recordatorio=models.PositiveIntegerField(default=7), estado=text(default="PROGRAMADO"),
                      notificacion_enviada=models.BooleanField(default=False),
                      fecha_notificacion=models.DateTimeField(null=True)))
    made.append(model("ConfiguracionNotificacion", empresa=models.OneToOneField(empresa, on_delete=models.CASCADE),
                      email_activo=models.BooleanField(default=True), email_smtp_host=text(default=""),
                      email_smtp_port=models.IntegerField(default=587), email_use_tls=models.BooleanField(default=True),
                      email_usuario=text(default=""), email_password=text(default=""),
                      whatsapp_activo=models.BooleanField(default=False), sms_activo=models.BooleanField(default=False),
                      notificar_documentos=models.BooleanField(default=True),
                      notificar_suscripcion=models.BooleanField(default=True),
                      notificar_mantenimiento=models.BooleanField(default=True),
                      dias_recordatorio_suscripcion=models.IntegerField(default=7),
                      hora_inicio_envio=models.TimeField(default="08:00"),
                      hora_fin_envio=models.TimeField(default="20:00"),
                      enviar_fines_semana=models.BooleanField(default=False)))
    return {"User": User, **{each.__name__: each for each in made}}


def _delete(models, model, key):
    """As Django does: what refers to the row goes with it, or loses the reference where it may be without one. (Django's
    own cascade knows the models of installed applications only.)"""
    for other in models.values():
        for field in other._meta.fields:
            if field.related_model is model and not field.null:
                for row in other.objects.filter(**{field.name: key}):
                    _delete(models, other, row.pk)
            elif field.related_model is model:
                other.objects.filter(**{field.name: key}).update(**{field.name: None})
    model.objects.filter(id=key).delete()


def main():
    import argparse
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=pathlib.Path)
    arguments.add_argument("--without", action="append", default=[], help="TABLE.COLUMN or TABLE that the host lacks")
    arguments = arguments.parse_args()
    is_new = not arguments.file.exists()

    import django
    from django.conf import settings
    settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"], USE_TZ=True, TIME_ZONE="UTC",
                       DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(arguments.file)}},
                       DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()
    models = _models()
    from django.core.management import call_command
    from django.db import connection, transaction
    if is_new:
        call_command("migrate", verbosity=0)
        with connection.schema_editor() as editor:
            for name, model in models.items():
                if name != "User":
                    editor.create_model(model)
    with transaction.atomic():
        for name, fields in json.load(sys.stdin):
            if fields.pop("delete", False):
                _delete(models, models[name], fields["id"])
            else:
                models[name].objects.update_or_create(id=fields.pop("id"), defaults=fields)
    with connection.cursor() as cursor:
        for lacking in arguments.without:
            table, _, column = lacking.partition(".")
            cursor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{column}"' if column else f'DROP TABLE "{table}"')


if __name__ == "__main__":
    main()
