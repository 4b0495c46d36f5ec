#!/usr/bin/env bash
# The views, as the manual tells them: each column by its name, and all of it over ODBC.
. "$srcdir/tests/store/lib.sh"
. "$srcdir/tests/support/needs.sh"

new_store
run 0 record "$samples"/returns/child-in-need "$samples"/returns/macfa-domestic-abuse "$samples"/returns/iro-practice
run 0 store set year-start 9
run 0 audit withdraw CIN-2023-002 --why "the wrong file"
run 0 audit erase CIN-2023-003 --why request

python3 - "$folder/store.db" "$srcdir/docs/views.md" <<'END' || fail "the manual tells other columns"
import re, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
text = open(sys.argv[2], encoding="utf-8").read()
parts = re.split(r"^### `(\w+)`$", text, flags=re.M)
names = lambda part: [n.strip('"') for row in re.findall(r"^\| (`.*?`) \|", part, re.M)
                      for n in re.findall(r"`([^`]*)`", row)]
keys, told, faults = names(parts[0]), {}, 0
for view, part in zip(parts[1::2], parts[2::2]):
    told[view] = keys + names(part)
told["v_revision"] += [n for n in told["v_result"] if n not in told["v_revision"]]
for (view,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
    found = [row[1] for row in db.execute(f"PRAGMA table_info({view})")]
    if sorted(found) != sorted(told.get(view, [])):
        print(view, set(found) ^ set(told.get(view, [])))
        faults += 1
    rows = db.execute(f"SELECT * FROM {view}").fetchall()
    if not rows:
        print(view, "is empty")
        faults += 1
quarter, period = db.execute("SELECT quarter, period_quarter FROM v_result"
                             " WHERE audit_date = '2023-10-11'").fetchone()
if (quarter, period) != ("2023-24 Q3", "2023-24 Q1"):
    print("quarters", quarter, period)
    faults += 1
if db.execute("SELECT count(*) FROM v_result WHERE return_id = 'CIN-2023-002'").fetchone()[0]:
    print("what is withdrawn is in v_result")
    faults += 1
sys.exit(faults)
END

needs isql
odbcinst -q -d 2>/dev/null | grep -qF '[SQLite3]' || lacks "the SQLite driver for ODBC (libsqliteodbc) is missing"
odbc() { printf '%s\n' "$1" | isql -k -b -d'|' "Driver=SQLite3;Database=$folder/store.db;ReadOnly=1" 2>"$folder/err"; }
before=$(sha256sum "$folder/store.db")
for view in result revision section agency standard measure limit alert action theme attribute; do
    rows=$(odbc "SELECT count(*) FROM v_$view" | tr -dc '0-9')
    [ "${rows:-0}" -gt 0 ] || fail "v_$view over ODBC: '$rows' $(cat "$folder/err")"
done
equal "a grade over ODBC" "inadequate|2" "$(odbc "SELECT grade, revision + 1 FROM v_result WHERE return_id LIKE 'erased-%'")"
equal "the store after reading" "$before" "$(sha256sum "$folder/store.db")"
finish
