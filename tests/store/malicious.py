#!/usr/bin/env python3
"""Stores made by somebody who means harm, opened by every verb; see malicious.sh.

Each is refused or read with what can be read: no crash, no undefined behaviour, nothing in the
file is run. With CA_DEEP=yes every column gets every wrong value, and every verb meets every column.
"""
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys

import database

store, folder, samples = sys.argv[1:]
sample = os.path.join(samples, "returns", "child-in-need", "CIN-2023-003.xml")
deep = os.environ.get("CA_DEEP") == "yes"
few = os.environ.get("CA_FEW") == "yes"
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"]]
place = os.path.join(folder, "evil.db")
canary = os.path.join(folder, "canary")

CASES, AUDITORS = ([f"--{name}", os.path.join(folder, f"{file}.csv")]
                   for name, file in (("population", "cases"), ("auditors", "auditors")))
MADE = os.path.join(folder, "made")  # whatever a verb writes
READERS = [
    ["store", "check"], ["store", "check", "--rescore"], ["store", "info"], ["store", "head"],
    ["audit", "list"], ["audit", "list", "--format", "json"], ["audit", "list", "--withdrawn"],
    ["audit", "show", "CIN-2023-001"], ["audit", "history", "CIN-2023-001"],
    ["audit", "export", "CIN-2023-001", "-o", MADE],
    ["ledger"], ["ledger", "--format", "json"],
    ["action", "list"], ["action", "list", "--format", "ics"], ["action", "list", "--by", "theme"],
    ["moderation"], ["moderation", "--by", "auditor"], ["moderation", "next", "--period", "2023-24"],
    ["followup", "list"],
    ["sample", "list"], ["sample", "show", "spring"], ["sample", "show", "spring", "--format", "json"],
    ["sample", "status", "spring"], ["sample", "status", "spring", "--format", "html"],
    ["sample", "verify", "spring", *CASES],
    ["allocate", "spring", "--dry-run", "--team", "team", *AUDITORS],
    ["summary", "--template", "child-in-need-file", "--format", "json"],
    ["summary", "--framework", "maap", "--period", "2022-23"],
    ["summary", "--template", "child-in-need-file", "--audience", "public"],
    ["summary", "--template", "child-in-need-file", "--partial", "-o", os.path.join(folder, "partial")],
    ["score", sample],
    ["convert", "-t", "child-in-need-file", CASES[1], "-o", MADE],
    ["template", "list"], ["template", "show", "child-in-need-file"],
    ["template", "history", "child-in-need-file"],
    ["template", "export", "child-in-need-file"], ["template", "form", "child-in-need-file"],
    ["template", "blank", "child-in-need-file"],
    ["workbench", "-t", "child-in-need-file", "-o", os.path.join(MADE, "workbench.html")],
    ["store", "roles"], ["store", "publications"],
    ["template", "diff", "child-in-need-file@3.2", "maap-transitions@1.0"],
    ["population", "list"], ["benchmark", "list"],
    ["history", "list"], ["indicator", "list"], ["indicator", "show"],
    ["store", "export", os.path.join(folder, "export")],
    ["store", "backup", os.path.join(folder, "backup.db")],
]
WRITERS = [
    ["record", "--quiet", sample],
    ["record", "--new-revision", os.path.join(folder, "corrected.xml")], ["store", "init"], ["store", "set", "year-start", "5"],
    ["store", "grant", "rsmith", "--authority", "dudley", "--as", "auditor"], ["store", "revoke", "rsmith"],
    ["store", "sign", "--key", os.path.join(folder, "keeper.key")],
    ["store", "import", os.path.join(folder, "carried")],
    ["audit", "withdraw", "CIN-2023-004", "--why", "no reason"],
    ["audit", "restore", "CIN-2023-002"],
    ["audit", "erase", "CIN-2023-001", "--why", "request"],
    ["audit", "erase", "--case", "Z2", "--why", "request"],
    ["audit", "expire", "--as-of", "2100-01-01"],
    ["action", "complete", "MACFA-2022-003:1", "--on", "2022-10-04"],
    ["action", "verify", "MACFA-2022-003:1", "--by", "QA1"],
    ["action", "reopen", "MACFA-2022-003:1", "--why", "it was not done"],
    ["sample", "draw", "summer", "--template", "child-in-need-file", *CASES, "--id", "case",
     "--size", "3", "--seed", "1", "--exclude-recent", "12", "--keep", "team", "--period", "2021-22"],
    ["sample", "replace", "spring", "Z1", "--why", "it was closed"],
    ["allocate", "spring", "--team", "team", *AUDITORS, "-o", MADE, "--forms"],
    ["population", "set", "--template", "child-in-need-file", "--period", "2023-24", "300", "--replace"],
    ["benchmark", "set", "second", "--template", "child-in-need-file", "--period", "2023-24"],
    ["summary", "--template", "child-in-need-file", "--audience", "public", "--publish", "second"],
    ["history", "import", os.path.join(samples, "history.csv")],
    ["indicator", "import", os.path.join(samples, "indicators.csv")],
    ["template", "load", os.path.join(samples, "templates", "child-in-need-file.xml")],
    ["template", "retire", "child-in-need-file@3.2", "--on", "2024-01-01"],
]
WITHOUT_STORE = {"framework list", "framework show", "template check", "store key", "merge"}
failures = runs = 0


def clear():
    for end in ("-wal", "-shm", ".head"):
        if os.path.exists(database.beside(place, end)):
            os.remove(database.beside(place, end))
    for name in ("made", "export", "backup.db", "export.part"):
        path = os.path.join(folder, name)
        shutil.rmtree(path, ignore_errors=True)
        if os.path.isfile(path):
            os.remove(path)


def bears(what, verbs, refused=False):
    """Runs the verbs, each on the store as it was made."""
    global failures, runs
    with open(place, "rb") as file:
        evil = file.read()
    for verb in verbs:
        clear()
        with open(place, "wb") as file:
            file.write(evil)
        done = subprocess.run([*program, "--store", "sqlite:" + place, *verb],
                              capture_output=True, text=True, errors="replace")
        runs += 1
        allowed = (3,) if refused else (0, 1, 2, 3)
        wrong = done.returncode not in allowed or "runtime error" in done.stderr \
            or "Sanitizer" in done.stderr or os.path.exists(canary)
        if done.returncode == 3 and not done.stderr.strip():
            wrong = True
        if wrong:
            failures += 1
            print(f"{what}: {' '.join(verb)}: {done.returncode}\n{done.stderr[-1500:]}")


def made(change, plain=False):
    clear()
    shutil.copyfile(store, place)
    db = sqlite3.connect(place, isolation_level=None)
    db.execute("PRAGMA journal_mode = DELETE")
    try:
        db.executescript(change) if isinstance(change, str) else change(db)
    finally:
        db.execute("PRAGMA journal_mode = WAL")
        db.close()


# ---- no verb is forgotten ----

told = subprocess.run([*program, "--help"], capture_output=True, text=True, check=True).stdout
verbs = set(re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", told, re.MULTILINE))
forgotten = verbs - WITHOUT_STORE - {" ".join(words[:n]) for words in READERS + WRITERS for n in (1, 2)}
if len(verbs) < 50 or forgotten:
    sys.exit(f"of {len(verbs)} verbs these open no malicious store: {forgotten}")

# ---- what is not ours is refused ----

STRANGERS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON population BEGIN UPDATE population SET count = 1; END",
    "trigger on the ledger": "CREATE TRIGGER t AFTER INSERT ON ledger BEGIN DELETE FROM audit; END",
    "view that writes a file": f"CREATE VIEW extra AS SELECT writefile('{canary}', 'x')",
    "view in the place of a view": "DROP VIEW v_result; CREATE VIEW v_result AS SELECT * FROM v_result",
    "view in the place of a table": "DROP TABLE setting; CREATE VIEW setting AS SELECT 1 AS change, 'year-start' AS name, load_extension('x') AS value",
    "generated column": "ALTER TABLE setting ADD COLUMN g TEXT GENERATED ALWAYS AS (upper(value)) VIRTUAL",
    "check that always fails": "DROP TABLE setting; CREATE TABLE setting (change INTEGER PRIMARY KEY, name TEXT CHECK (0), value TEXT)",
    "default that runs": "DROP TABLE setting; CREATE TABLE setting (change INTEGER PRIMARY KEY, name TEXT, value TEXT DEFAULT (hex(randomblob(9))))",
    "index on an expression": "CREATE INDEX evil ON result(abs(score))",
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(x)",
    "table of one's own": "CREATE TABLE t(x)",
    "statistics": "ANALYZE",
}
for name, sql in STRANGERS.items():
    made(sql)
    verbs = READERS + WRITERS
    bears(name, verbs if deep or name == "trigger" else random.Random(name).sample(verbs, 5),
          refused=True)


# ---- shapes of files ----

def schema_text(db, sql):
    db.execute("PRAGMA writable_schema = ON")
    db.executescript(sql)
    db.execute("PRAGMA writable_schema = OFF")


SHAPES = {
    "huge pages": "PRAGMA page_size = 65536; VACUUM",
    "small pages": "PRAGMA page_size = 512; VACUUM",
    "another encoding told": lambda db: None,
    "roots that are others' roots": lambda db: schema_text(
        db, "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'part')"
            " WHERE name IN ('tally', 'result_section')"),
    "roots beyond the end": lambda db: schema_text(
        db, "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'ledger'"),
    "a definition that is no SQL": lambda db: schema_text(
        db, "UPDATE sqlite_schema SET sql = 'CREATE TABLE nonsense((' WHERE name = 'setting'"),
}
rng = random.Random(20240331)
for name, change in SHAPES.items():
    made(change)
    if name == "another encoding told":
        with open(place, "r+b") as file:
            file.seek(56)
            file.write((2).to_bytes(4, "big"))
    bears(name, READERS + WRITERS if deep else rng.sample(READERS, 6) + rng.sample(WRITERS, 2))
whole = open(store, "rb").read()
for _ in range(200 if deep else 12):
    broken = bytearray(whole)
    for _ in range(rng.randrange(1, 40)):
        at = rng.randrange(100, len(broken))
        broken[at:at + 8] = rng.randbytes(8)
    with open(place, "wb") as file:
        file.write(broken[:len(whole)])
    bears("bytes at random", rng.sample(READERS, 3) + rng.sample(WRITERS, 1))

# ---- wrong values in every column ----

VALUES = ["NULL", "-1", "2147483647", "9223372036854775807", "-9223372036854775808", "1e300", "x''",
          "zeroblob(100000)", "'\u202e%s%n<script>'", "CAST(x'ff00fe' AS TEXT)", "''",
          "x'0101010101010101'", "printf('%.*c', 70000, 'a')"]
db = sqlite3.connect(store)
columns = [(table, row[1]) for (table,) in db.execute(
    "SELECT name FROM sqlite_schema WHERE type = 'table'") for row in db.execute(
        f"PRAGMA table_info({table})")]
db.close()


def put(table, column, value):
    """A value that the table's definition forbids: without the definition, which then is back."""
    def change(db):
        kept = db.execute("SELECT name, sql FROM sqlite_schema").fetchall()
        schema_text(db, "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')"
                        " WHERE type = 'table' AND name = '%s'" % table)
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("PRAGMA ignore_check_constraints = ON")
        try:
            other.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = {value}')
        except sqlite3.DatabaseError:
            pass
        other.close()
        db.execute("PRAGMA writable_schema = ON")
        for name, sql in kept:
            db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ? AND sql NOT NULL", (sql, name))
        db.execute("PRAGMA writable_schema = OFF")
    return change


# These were not borne once.
MOST, LEAST = "9223372036854775807", "-9223372036854775808"
KNOWN = [
    ("ledger", "sequence", MOST, ["store", "set", "year-start", "5"]),
    ("document", "id", MOST, ["store", "head"]),
    ("audit", "id", MOST, ["store", "head"]),
    ("result", "id", MOST, ["store", "head"]),
    ("result", "revision", "2147483647", ["record", "--new-revision", os.path.join(folder, "corrected.xml")]),
    ("ledger", "subject", "''", ["audit", "erase", "--case", "Z2", "--why", "request"]),
    ("result", "audit", "NULL", ["audit", "history", "CIN-2023-001"]),
    ("result", "case_ref", "NULL", ["summary", "--template", "child-in-need-file", "--format", "json"]),
    ("draw", "population", LEAST, ["sample", "show", "spring"]),
    ("draw_stratum", "draw", "-1", ["sample", "show", "spring"]),
    ("draw_stratum", "draw", "-1", ["sample", "verify", "spring", *CASES]),
    ("draw_stratum", "seats", MOST, ["sample", "show", "spring"]),
    ("draw_case", "kept", "NULL", ["allocate", "spring", "--team", "team", *AUDITORS, "-o", MADE]),
]
for table, column, value, verb in KNOWN:
    made(put(table, column, value))
    bears(f"{table}.{column} = {value}", [verb])

# Behind the last of the numbers there is none.
for table, column in (("ledger", "sequence"), ("document", "id"), ("audit", "id"), ("result", "id")):
    made(f"UPDATE {table} SET {column} = {MOST} WHERE {column} = (SELECT max({column}) FROM {table})")
    done = subprocess.run([*program, "--store", "sqlite:" + place, "store", "set", "year-start", "5"],
                          capture_output=True, text=True)
    if done.returncode != 3 or "the numbers of its rows cannot go on" not in done.stderr:
        failures += 1
        print(f"after {table}.{column} = {MOST} something follows: {done.returncode}\n{done.stderr[-1500:]}")

# What is no JSON becomes none by standing in the ledger, nor entries that are not there.
def listed():
    done = subprocess.run([*program, "--store", "sqlite:" + place, "ledger", "--format", "json"],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


made("")
entries = len(listed())
for value in ("'{}},{\"number\":1,\"kind\":\"forged\",\"detail\":{}'", "'['", "'{\"a\":[]}'", "'{\"a\":\"\u009b31m\"}'",
              "printf('%.*c', 100000, '[')", "''", "'{\"a\":1e999}'"):
    made(f"UPDATE ledger SET detail = {value}")
    details = [entry["detail"] for entry in listed()]
    if len(details) != entries or {type(detail) for detail in details} - {str, type(None)}:
        failures += 1
        print(f"a detail of {value} is taken for JSON")
    bears(f"a detail of {value}", [["ledger"], ["audit", "history", "CIN-2023-001"],
                                   ["template", "history", "child-in-need-file"]])

# What a publication's entry in the register may be turned into.
PUBLIC = ["summary", "--template", "child-in-need-file", "--audience", "public"]
for value in ("''", "'a 2023-24'", "substr(value, 1, length(value) / 2)", "value || value",
              "replace(value, '=1', '=99999999999999999999')", "replace(value, '=', '=-')",
              "replace(value, '/', '')", "replace(value, char(10), char(10) || char(10))",
              "replace(value, 'threshold 5', 'threshold 99999999999')"):
    made(f"UPDATE setting SET value = {value} WHERE name GLOB 'publication:*'")
    bears(f"an entry of the register = {value}", [
        ["store", "publications"], ["store", "check"], PUBLIC, [*PUBLIC, "--publish", "second"]])


def met(number, value):
    """The verbs that meet this value in this column: in the deep way every verb meets every column,
    and every value; all of both with all columns would take a day."""
    if not deep:
        return rng.sample(READERS, 1 if few else 2) + rng.sample(WRITERS, number % 2)
    return [verb for place, verb in enumerate(READERS + WRITERS)
            if (place + number) % len(VALUES) == value]


for number, (table, column) in enumerate(columns):
    for value in range(len(VALUES)) if deep else [number % len(VALUES)]:
        made(put(table, column, VALUES[value]))
        bears(f"{table}.{column} = {VALUES[value]}", met(number, value))

print(f"{runs} runs, {failures} failures")
sys.exit(1 if failures or runs < 200 else 0)
