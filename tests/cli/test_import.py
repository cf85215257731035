"""import and export: files in, files out."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import cli  # noqa: E402

DATA = cli.SOURCE / "examples" / "data"
SHOP = ["customers", "vehicles", "odometer", "documents", "plans", "reminders", "appointments", "silences"]
KINDS = ["companies", *SHOP, "holidays", "inspection-months"]
CUSTOMERS = "key,name,email\nana,Ana,ana@example.cl\nluis,Luis,\n"


def demo():
    place = cli.Installation((cli.SOURCE / "examples/demo/egarage-notify.toml").read_text(encoding="utf-8"))
    place.store = place.folder / "egarage-notify.db"
    return place.setup()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_example_shop_goes_in_without_a_bad_row_and_again_unchanged():
    with demo() as place:
        for kind in SHOP:
            file = DATA / f"{kind}.csv"
            rows = len(rows_of(file.read_text(encoding="utf-8")))
            assert rows, file
            place.run("import", kind, file).expect(0, f"{rows} rows: {rows} created, 0 changed, 0 unchanged, 0 refused\n")
            place.run("import", kind, file).expect(0, f"{rows} rows: 0 created, 0 changed, {rows} unchanged, 0 refused\n")
            assert place.run("export", kind).out.splitlines()[0] == file.read_text(encoding="utf-8").splitlines()[0]


def test_every_kind_of_the_example_shop_survives_export_and_import_octet_by_octet():
    with demo() as place, demo() as other:
        for kind in SHOP:
            place.run("import", kind, DATA / f"{kind}.csv").expect(0)
        for options in ([], ["--jsonl"]):
            for kind in KINDS:
                written = place.run("export", kind, *options).expect(0).out
                other.run("import", kind, stdin=written).expect(0, ", 0 refused\n")
                assert other.run("export", kind, *options).out == written, kind


def test_bad_rows_are_reported_with_file_and_line_and_the_rest_goes_in():
    with cli.Installation() as place:
        place.setup()
        file = place.folder / "customers.csv"
        file.write_text("key,name,email\nana,Ana,ana@example.cl\n,Nobody,\nluis,Luis,luis\nzoe,Zoe,\n", encoding="utf-8")
        run = place.run("import", "customers", file, "--company", "taller-sur")
        run.expect(1, "4 rows: 2 created, 0 changed, 0 unchanged, 2 refused\n")
        assert run.err.splitlines() == [f'{file}:3: has no "key"', f'{file}:4: "email" has no "@"'], run.err
        assert place.sql("SELECT key FROM customer ORDER BY key") == [("ana",), ("zoe",)]


def test_a_spreadsheet_in_spanish_is_read_as_it_is_saved():
    with cli.Installation() as place:
        place.setup()
        file = place.folder / "clientes.csv"
        file.write_bytes('\ufeffKEY;Name;Email\r\nana;"Núñez; Ana";ana@example.cl\r\n;;\r\n'.encode())
        place.run("import", "customers", file, "--company", "taller-sur").expect(0, "1 row: 1 created")
        assert place.sql("SELECT name FROM customer") == [("Núñez; Ana",)]
        file.write_bytes("key;name\r\nana;Núñez\r\n".encode("latin-1"))
        place.run("import", "customers", file, "--company", "taller-sur").expect(1, err_has=":2: is not UTF-8: save")
        assert place.sql("SELECT name FROM customer") == [("Núñez; Ana",)]


def test_an_unknown_header_is_exit_2_and_names_the_nearest():
    with cli.Installation() as place:
        place.setup()
        run = place.run("import", "customers", "--company", "taller-sur", stdin="key,nmae\nana,Ana\n")
        run.expect(2, err_has=['unknown column "nmae"; did you mean "name"?', "hint: ", "import --help"])
        place.run("import", "customers", "--company", "taller-sur", stdin="name\nAna\n").expect(
            2, err_has='the column "key" is missing')


def test_a_dry_run_checks_and_writes_nothing():
    with cli.Installation() as place:
        place.setup()
        place.run("import", "customers", "--company", "taller-sur", "--dry-run", stdin=CUSTOMERS + ",x,\n").expect(
            1, "3 rows: 2 created, 0 changed, 0 unchanged, 1 refused (dry run: nothing was written)\n",
            'standard input:4: has no "key"')
        assert place.sql("SELECT count(*) FROM customer") == [(0,)]


def test_json_tells_the_sums_and_quiet_only_what_is_bad():
    with cli.Installation() as place:
        place.setup()
        run = place.run("--json", "import", "customers", "--company", "taller-sur", stdin=CUSTOMERS).expect(0)
        assert json.loads(run.out) == {"rows": 2, "created": 2, "changed": 0, "unchanged": 0, "refused": 0}
        run = place.run("--quiet", "import", "customers", "--company", "taller-sur", stdin=CUSTOMERS + ",x,\n").expect(1)
        assert (run.out, run.err) == ("", 'standard input:4: has no "key"\n')


def test_what_cannot_be_done_is_exit_2_with_a_hint():
    with cli.Installation() as place:
        place.setup()
        place.run("import", "custommers", stdin="").expect(
            2, err_has=['there is no kind "custommers"', 'Did you mean "customers"?'])
        place.run("export", "everything").expect(2, err_has=['there is no kind "everything"', "Kinds are companies, "])
        place.run("import").expect(2)
        place.run("import", "customers", "nothing.csv").expect(2, err_has=["nothing.csv cannot be read", "hint: "])
        place.run("import", "customers", "--company", "taller-su", stdin="").expect(2, err_has="taller-su")
        place.run("import", "holidays", "--company", "taller-sur", stdin="").expect(
            2, err_has=["holidays are not one company's", "Leave --company out."])
        place.run("export", "companies", "--company", "taller-sur").expect(2, err_has="Leave --company out.")
        place.run("export", "customers", "--csv", "--jsonl").expect(2)


def test_without_a_store_both_say_what_to_do():
    with cli.Installation() as place:
        place.run("import", "customers", stdin=CUSTOMERS).expect(4, err_has="setup")
        place.run("export", "customers").expect(4, err_has="setup")


def test_an_export_is_one_companys_when_asked():
    with cli.Installation() as place:
        place.setup()
        place.run("import", "customers", stdin="company,key,name\ntaller-sur,a,Ana\ntaller-norte,b,Bea\n").expect(0)
        assert [row["key"] for row in rows_of(place.run("export", "customers").out)] == ["b", "a"]
        run = place.run("export", "customers", "--company", "taller-sur")
        assert [row["key"] for row in rows_of(run.out)] == ["a"]
        lines = place.run("export", "customers", "--company", "taller-norte", "--jsonl").expect(0).out.splitlines()
        assert [json.loads(line)["name"] for line in lines] == ["Bea"]


def test_an_export_holds_what_csv_readers_find_hard():
    with cli.Installation() as place:
        place.setup()
        name = 'Ana "la" Soto, Cía; hija'
        place.run("import", "customers", "--company", "taller-sur",
                  stdin=json.dumps({"key": "a\tb", "name": name, "surname": "línea\r\nsegunda"}) + "\n").expect(0)
        row, = rows_of(place.run("export", "customers").out)
        assert (row["key"], row["name"], row["surname"]) == ("a b", name, "línea segunda"), row


def test_a_company_that_the_configuration_declares_is_its_again_at_the_next_setup():
    with cli.Installation() as place:
        place.setup()
        place.run("import", "companies", stdin="slug,name,country\ntaller-sur,Otro,\n").expect(1, err_has='"country"')
        place.run("import", "companies", stdin="slug,name\ntaller-sur,Otro\n").expect(0, "1 changed")
        place.run("import", "companies", stdin="slug,name,country\ntaller-este,Este,US\n").expect(0, "1 created")
        place.setup()
        assert place.sql("SELECT slug, name, time_zone FROM company ORDER BY slug") == [
            ("taller-este", "Este", "America/New_York"), ("taller-norte", "taller-norte", "America/Santiago"),
            ("taller-sur", "Taller Sur", "America/Santiago")]


def test_the_store_knows_holidays_and_inspection_months_that_an_operator_may_correct():
    with cli.Installation() as place:
        place.setup()
        holidays = {(row["country"], row["date"]): row["name"] for row in rows_of(place.run("export", "holidays").out)}
        assert holidays["CL", "2026-09-18"] == "Independencia Nacional"
        assert holidays["US", "2028-07-04"] == "Independence Day"
        place.run("import", "holidays", stdin="country,date,name\nCL,2028-10-29,Elecciones\n").expect(0, "1 created")
        place.run("import", "holidays", stdin="country,date,name\nCL,2028-10-29,\nCL,2026-09-18,\nCL,2028-10-30,\n").expect(
            0, "2 changed, 1 unchanged")
        place.setup()
        assert [row["name"] for row in rows_of(place.run("export", "holidays").out)
                if (row["country"], row["date"]) in (("CL", "2028-10-29"), ("CL", "2026-09-18"))] == []
        place.run("import", "inspection-months", stdin="country,digit,month\nCL,5,9\n").expect(0, "1 changed")
        assert len(rows_of(place.run("export", "inspection-months").out)) == 10
        place.setup()
        assert place.sql("SELECT month FROM inspection_month WHERE plate_digit = 5") == [(9,)]


def test_nothing_that_a_row_holds_reaches_the_terminal_raw():
    with cli.Installation() as place:
        place.setup()
        run = place.run("import", "vehicles", "--company", "taller-sur",
                        stdin=json.dumps({"key": "v", "customer": "\x1b[31mred", "sold": "\x1b]0;x\x07"}) + "\n").expect(1)
        assert "\x1b" not in run.err and "\x07" not in run.err, run.err
        run = place.run("import", "vehicles", stdin="key,\x1b[31mred\nv,x\n").expect(2)
        assert "\x1b" not in run.err, run.err
        run = place.run("import", "vehicles", stdin=json.dumps({"key": "v", "\x1b[31m": "x"}) + "\n").expect(1)
        assert "\x1b" not in run.err, run.err


def test_a_hundred_thousand_vehicles_take_seconds():
    with cli.Installation() as place:
        place.setup()
        place.run("import", "customers", "--company", "taller-sur", stdin="key,name\nana,Ana\n").expect(0)
        count = 10_000 if cli.is_sanitized() else 100_000
        text = "key,customer,plate,make,model,year\n" + "".join(
            f"v{i},ana,BBCL{i % 100:02},Toyota,Yaris,{2000 + i % 25}\n" for i in range(count))
        place.run("import", "vehicles", "--company", "taller-sur", stdin=text).expect(0, f"{count:,} created")
        place.run("import", "vehicles", "--company", "taller-sur", stdin=text).expect(0, f"{count:,} unchanged")


cli.main(globals())
