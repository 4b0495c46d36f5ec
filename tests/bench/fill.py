"""A store of very many results, made of a few recorded ones by SQL.

The few are recorded by caseaudit. Then every table that belongs to a result is copied row by
row, as often as it takes, under new numbers: audits, results, and all that hangs on them, tally
included. Documents and entries of the ledger are shared with the recorded ones, and a copy keeps
its date: summaries read neither (`store check` would rightly object). A table this file does not
know stops it, so that a new one is not forgotten.
"""

import json
import sqlite3

import data
import measure

PERIODS = "2023-24 Q1..2024-25 Q4"
RECORDED = 400

SHARED = {"ledger", "document", "template", "part", "retirement", "plugin", "action_update",
          "setting", "population", "benchmark", "import", "history", "indicator", "withdrawal",
          "erased_document", "erasure", "head", "draw", "draw_stratum", "draw_case",
          "draw_replacement", "allocation", "allocation_case", "draw_forgotten"}
# What of a row changes in the k-th copy; every other table has a column `result` that does.
NUMBERED = {
    "audit": {"id": "id + k * :audits", "return_id": "return_id || '-' || k",
              "latest": "latest + k * :results"},
    "result": {"id": "id + k * :results", "audit": "audit + k * :audits"},
}


def path(bench):
    return bench.work / ("summary-%d.db" % bench.results)


def columns_of(db, table):
    return [row[1] for row in db.execute("SELECT * FROM pragma_table_info(?)", (table,))]


def key_of(db, table):
    """The columns of its key, in order."""
    rows = db.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return [name for name, in rows]


def copy_table(db, table, counts):
    columns, changed = columns_of(db, table), NUMBERED.get(table)
    if changed is None:
        if "result" not in columns:
            raise measure.Failed("tests/bench/fill.py does not know the table '%s'" % table)
        changed = {"result": "result + k * :results"}
    values = ", ".join(changed.get(name, name) for name in columns)
    key = key_of(db, table)
    # Copy by copy, each as it lies in its table: that is the order of keys that begin with the
    # result already. Putting rows in by order is much quicker.
    order = "" if key[0] in ("id", "result") else \
        "ORDER BY " + ", ".join(str(columns.index(name) + 1) for name in key)
    db.execute("INSERT INTO %s SELECT %s FROM copy CROSS JOIN %s AS old %s"
               % (table, values, table, order), counts)


def multiply(file, wanted):
    db = sqlite3.connect(file, isolation_level=None)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                     "PRAGMA cache_size = -262144; PRAGMA temp_store = FILE;")
    recorded, audits, results = db.execute(
        "SELECT count(*), (SELECT max(id) FROM audit), max(id) FROM result").fetchone()
    copies = -(-wanted // recorded) - 1
    db.execute("BEGIN")
    db.execute("CREATE TEMP TABLE copy AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL"
               " SELECT k + 1 FROM n WHERE k < ?) SELECT k FROM n", (copies,))
    tables = [name for name, in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for table in tables:
        if table not in SHARED and copies > 0:
            copy_table(db, table, {"audits": audits, "results": results})
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def filled_store(bench):
    """The store, made unless one of the same making is there."""
    file, stamp = path(bench), path(bench).with_suffix(".made-of")
    made = json.dumps([data.digest(*[bench.source / "tests" / "bench" / name
                                     for name in ("fill.py", "data.py")]), schema_of(bench)])
    if file.exists() and stamp.exists() and stamp.read_text() == made:
        return
    stamp.unlink(missing_ok=True)
    bench.new_store(file)
    bench.run(bench.record(file, min(RECORDED, bench.all)))
    multiply(file, bench.results)
    stamp.write_text(made)


# ---- a store to keep ----

KEPT = 100000


def kept_path(bench):
    return bench.work / "kept.db"


def kept_store(bench):
    """So many audits (or as many as results are asked for), to be found, shown and erased."""
    file = kept_path(bench)
    bench.new_store(file)
    bench.run(bench.record(file, min(RECORDED, bench.all)))
    multiply(file, min(KEPT, bench.results))
    db = sqlite3.connect(file)
    bench.kept = db.execute("SELECT return_id FROM audit ORDER BY id LIMIT 1").fetchone()[0]
    db.close()


def schema_of(bench):
    """The tables of a new store: another schema needs another filling."""
    fresh = bench.work / "schema.db"
    bench.new_store(fresh)
    db = sqlite3.connect(fresh)
    tables = db.execute("SELECT sql FROM sqlite_schema ORDER BY rowid").fetchall()
    db.close()
    bench.remove_store(fresh)
    return tables
