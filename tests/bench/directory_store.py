"""A store full of customers, vehicles and documents, written straight into its tables: five million rows in a minute.

Everything follows from its row number, so that two stores of one size are alike. Days are counted back from EVE.
"""

import datetime
import sqlite3
import subprocess
import sys

EVE = datetime.date(2026, 11, 26)  # the day before the first that is measured
DOCUMENTS_PER_VEHICLE = 5
READINGS_PER_VEHICLE = 4
DAYS_OF_HISTORY = 5 * 365

# A number that looks random, from 0 to `below` - 1, for the row {x}. Knuth's multiplier alone would spread neighbours
# evenly; the product of its upper and lower half does not.
HASH = "(({x}) * 2654435761 % 4294967296)"
RANDOM = f"((({HASH} * (({HASH} >> 15) | 1)) >> 12 & 4294967295) * {{below}} >> 32)"


def random(i, salt, below):
    return RANDOM.format(x=f"{i} + {salt * 7919}", below=below)


def rows(count):
    return f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}) "


def day(back):
    """The date so many days before EVE, as SQL."""
    return f"date('{EVE}', '-' || ({back}) || ' days')"


def fill(store, companies, vehicles):
    """Customers (7 for 10 vehicles), documents (5 for each vehicle), readings, a plan per company. In a process of its
    own, whose memory does not count as that of those that are measured."""
    subprocess.run([sys.executable, __file__, str(store), str(companies), str(vehicles)], check=True)


def fill_here(store, companies, vehicles):
    database = sqlite3.connect(store, isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -400000")
    database.execute("BEGIN IMMEDIATE")
    ids = [id for id, in database.execute("SELECT id FROM company ORDER BY id")]
    assert len(ids) == companies and ids == list(range(ids[0], ids[0] + companies)), "companies are not numbered in a row"
    # What triggers keep up to date row by row is written at once at the end; indexes stay, rows come in their order.
    triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements(ids[0], companies, vehicles):
        database.execute(statement)
    for _, sql in triggers:
        database.execute(sql)
    database.execute("COMMIT")
    database.execute("ANALYZE")
    database.close()


def statements(first, companies, vehicles):
    customers = vehicles * 7 // 10

    def company_of(customer):
        return f"{first} + {customer} * {companies} / {customers}"

    # A vehicle's owner has about the same place among the customers as it has among the vehicles.
    owner = f"min({customers} - 1, i * 7 / 10)"
    yield (rows(customers) + "INSERT INTO customer (company_id, key, name, surname, email, phone, promotional, updated_at)"
           f" SELECT {company_of('i')}, printf('c%08d', i), 'Ana', 'Soto ' || i,"
           f" CASE WHEN {random('i', 1, 10)} > 0 THEN 'c' || i || '@example.cl' END,"
           f" CASE WHEN {random('i', 2, 10)} > 2 THEN printf('+569%08d', i) END,"
           f" CASE WHEN {random('i', 3, 20)} = 0 THEN '' END, 0 FROM n")
    yield (rows(vehicles) + "INSERT INTO vehicle (company_id, key, customer_key, plate, plate_key, plate_digit, make,"
           " model, year, unit, sold, updated_at)"
           f" SELECT {company_of(owner)}, printf('v%08d', i), printf('c%08d', {owner}),"
           " printf('BB%06d', i % 1000000), printf('BB%06d', i % 1000000), i % 10, 'Toyota', 'Yaris',"
           f" 2005 + {random('i', 4, 20)}, 'km', {random('i', 5, 20)} = 0, 0 FROM n")
    vehicle = f"i / {DOCUMENTS_PER_VEHICLE}"
    back = random("i", 6, DAYS_OF_HISTORY)
    # Bills are due after 30 days. Of the recent ones many are unpaid, of older ones a few are for ever.
    unpaid = (f"CASE WHEN {back} < 95 THEN {random('i', 7, 100)} < 80 ELSE {random('i', 7, 200)} = 0 END")
    owner_of_document = owner.replace("i *", f"({vehicle}) *")
    yield (rows(vehicles * DOCUMENTS_PER_VEHICLE) +
           "INSERT INTO document (company_id, key, customer_key, vehicle_key, type, number, issued_on, total_minor,"
           " currency, due_on, paid_on, odometer, updated_at)"
           f" SELECT {company_of(owner_of_document)},"
           f" printf('d%09d', i), printf('c%08d', {owner_of_document}), printf('v%08d', {vehicle}), 'Factura', i,"
           f" {day(back)}, 10000 + i % 200000, 'CLP', {day(f'{back} - 30')},"
           f" CASE WHEN NOT ({unpaid}) THEN {day(f'{back} - 10')} END,"
           f" 200000 - ({back}) * 40, 0 FROM n")
    yield ("INSERT INTO document_covers (company_id, document_key, type) SELECT company_id, key, 'ACEITE' FROM document"
           " WHERE total_minor % 2 = 0")
    yield ("UPDATE customer SET last_document_on = (SELECT max(issued_on) FROM document INDEXED BY document_of_customer"
           " WHERE document.company_id = customer.company_id AND customer_key = customer.key)")
    yield ("INSERT OR IGNORE INTO odometer_reading (company_id, vehicle_key, read_on, source, value, updated_at)"
           " SELECT company_id, vehicle_key, issued_on, 'workshop', odometer, 0 FROM document"
           f" WHERE total_minor % {DOCUMENTS_PER_VEHICLE} < {READINGS_PER_VEHICLE}")
    yield ("INSERT INTO maintenance_plan (company_id, type, make, model, every_months, every_distance, unit, mode,"
           " updated_at) SELECT id, 'ACEITE', '', '', 12, 10000, 'km', 'floating', 0 FROM company")


def counts(store):
    database = sqlite3.connect(store)
    found = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
             for table in ("company", "customer", "vehicle", "document", "odometer_reading", "notification")}
    database.close()
    return found


def mark_sent(store):
    """As if everything that waits had been sent: what a daily run meets. The history of each message is left out."""
    database = sqlite3.connect(store, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE notification SET status = 'accepted', due_at = NULL, reason = '' WHERE due_at IS NOT NULL")
    database.execute("UPDATE notification SET status = 'cancelled', reason = 'reached' WHERE status = 'standby'")
    database.execute("COMMIT")
    database.close()


if __name__ == "__main__":
    fill_here(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
