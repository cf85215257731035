"""What must hold after every fault: the store against itself, and against what the server has counted.

Nothing lost: every row that says `accepted` has reached the server, and no row has vanished. Nothing stuck: no row is
left in the hand of a run. Never silently twice: the server has seen no more copies of a message than the store has
attempts that were accepted or whose result is recorded as unknown.
"""

import collections
import dataclasses
import sqlite3

LARGEST_GROUP = 256  # messages that may share one commit
PER_CONNECTION = 2  # by SMTP, the next message follows behind the final dot of the last

ROWS = """
SELECT n.id, n.status, n.attempts, {identity},
       count(a.id) FILTER (WHERE a.outcome = 'accepted' AND NOT a.presumed_uncertain),
       count(a.id) FILTER (WHERE a.outcome = 'accepted'),
       count(a.id) FILTER (WHERE a.outcome = 'uncertain' OR a.presumed_uncertain),
       count(a.id) FILTER (WHERE a.outcome <> 'returned' OR a.presumed_uncertain),
       count(a.id) FILTER (WHERE a.outcome IS NULL)
FROM notification n JOIN message m ON m.notification_id = n.id LEFT JOIN attempt a ON a.notification_id = n.id
GROUP BY n.id
"""
TALLY = """
SELECT (SELECT coalesce(sum(CASE WHEN to_state = s.status THEN count ELSE 0 END
                            - CASE WHEN from_state = s.status THEN count ELSE 0 END), 0) FROM tally), s.status, s.rows
FROM (SELECT CASE WHEN status IN ('claimed', 'sending') THEN iif(attempts > 0, 'retry_wait', 'queued') ELSE status END
             AS status, count(*) AS rows FROM notification GROUP BY 1) s
"""
OTHERS_ATTEMPTS = "SELECT count(*) FROM attempt a JOIN notification n ON n.id = a.notification_id" \
                  " WHERE a.company_id <> n.company_id"
PRESUMED_PER_RUN = "SELECT run_id, count(*) FROM attempt WHERE presumed_uncertain GROUP BY run_id HAVING count(*) > ?"


@dataclasses.dataclass
class Findings:
    rows: int = 0
    lost: int = 0
    stuck: int = 0
    duplicates: int = 0  # copies beyond the first
    uncovered: int = 0   # copies that no attempt explains
    uncertain: int = 0   # attempts without a known result at their time
    held: int = 0
    complaints: list = dataclasses.field(default_factory=list)

    def add(self, other):
        for name in ("rows", "lost", "stuck", "duplicates", "uncovered", "uncertain", "held"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.complaints += other.complaints

    def complain(self, text):
        if len(self.complaints) < 20:
            self.complaints.append(text)


def examine(store, copies, expected_rows, connections, waiting_allowed=False, identity="m.message_id",
            runs_were_killed=False):
    """Compares the store file with the server's count (identity → copies). `connections`: what one run may use.
    `identity`: by what the server knows a message, in terms of notification n and message m. Of runs that were killed,
    and nothing else, only what was on the wire is uncertain."""
    findings = Findings()
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)
    try:
        most_uncertain = PER_CONNECTION * connections if runs_were_killed else connections + LARGEST_GROUP
        _examine_structure(connection, expected_rows, most_uncertain, findings)
        unknown = collections.Counter(copies)
        for row in connection.execute(ROWS.format(identity=identity)):
            _examine_row(row, unknown.pop(row[3], 0), waiting_allowed, findings)
        for message_id in unknown:
            findings.uncovered += 1
            findings.complain(f"the server has a message that the store does not know: {message_id}")
    finally:
        connection.close()
    return findings


def _examine_structure(connection, expected_rows, most_uncertain, findings):
    integrity = connection.execute("PRAGMA integrity_check").fetchall()
    if integrity != [("ok",)]:
        findings.complain(f"integrity_check: {integrity[:3]}")
    foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
    if foreign:
        findings.complain(f"foreign_key_check: {foreign[:3]}")
    findings.rows = connection.execute("SELECT count(*) FROM notification").fetchone()[0]
    messages = connection.execute("SELECT count(*) FROM message").fetchone()[0]
    if findings.rows != expected_rows or messages != expected_rows:
        findings.lost += abs(expected_rows - findings.rows)
        findings.complain(f"{expected_rows} rows expected, {findings.rows} with {messages} messages there")
    if connection.execute(OTHERS_ATTEMPTS).fetchone()[0]:
        findings.complain("an attempt belongs to another company than its notification")
    for counted, status, rows in connection.execute(TALLY):
        if counted != rows:
            findings.complain(f"the tally says {counted} {status}, there are {rows}")
    for run, count in connection.execute(PRESUMED_PER_RUN, (most_uncertain,)):
        findings.complain(f"run {run} left {count} attempts uncertain: more than {most_uncertain}")


def _examine_row(row, copies, waiting_allowed, findings):
    number, status, attempts, _, accepted_at_once, accepted, uncertain, counted, unfinished = row
    findings.uncertain += uncertain
    findings.held += status == "held"
    findings.duplicates += max(0, copies - 1)
    if copies > accepted_at_once + uncertain:
        findings.uncovered += copies - accepted_at_once - uncertain
        findings.complain(f"row {number} ({status}): {copies} copies sent, but {accepted_at_once} accepted and"
                          f" {uncertain} uncertain attempts")
    if accepted > copies or (status == "accepted" and copies == 0):
        findings.lost += 1
        findings.complain(f"row {number} ({status}): {accepted} accepted attempts, but the server has {copies} copies")
    if status in ("claimed", "sending") or (not waiting_allowed and status in ("queued", "retry_wait", "uncertain")):
        findings.stuck += 1
        findings.complain(f"row {number} is left {status}")
    if status == "accepted" and (accepted == 0 or accepted_at_once > 1):
        findings.complain(f"row {number} is accepted with {accepted} accepted attempts, {accepted_at_once} at once")
    if status in ("queued", "retry_wait", "held", "failed") and accepted:
        findings.complain(f"row {number} is {status} although an attempt was accepted")
    if status == "held" and uncertain == 0:
        findings.complain(f"row {number} is held although every result is known")
    if attempts != counted:
        findings.complain(f"row {number} says {attempts} attempts, {counted} are recorded")
    if unfinished and status != "sending":
        findings.complain(f"row {number} is {status} with an attempt that never ended")
