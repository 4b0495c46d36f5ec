#!/usr/bin/env bash
# backup, export and import, and templates in and out of the store.
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples/returns"
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$samples/returns/child-in-need/CIN-2023-001.xml" >"$folder/corrected.xml"
run 0 record --new-revision "$folder/corrected.xml"
run 0 history import "$samples/history.csv"
run 0 indicator import "$samples/indicators.csv"
run 0 population set --framework foster-home-review --period 2023-24 150
run 0 benchmark set first --template foster-home-review --period 2023-24
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
run 0 action verify MACFA-2022-003:1 --by QA1
run 0 template retire iro-practice@2023.2 --on 2023-10-01
run 0 store set year-start 9

views() { python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
for v in "result section agency standard measure limit alert action theme attribute".split():
    rows = d.execute(f"SELECT * FROM v_{v}")
    keep = [i for i, c in enumerate(rows.description) if c[0] != "recorded_at"]
    for row in sorted(tuple(map(repr, (row[i] for i in keep))) for row in rows): print(v, *row)' "$1"; }
views "$folder/store.db" >"$folder/views"
[ "$(wc -l <"$folder/views")" -gt 5000 ] || fail "views hold too little: $(wc -l <"$folder/views")"

# ---- backup ----
run 0 store backup "$folder/backup.db"
views "$folder/backup.db" | cmp - "$folder/views" || fail "the backup differs"
run 0 --store "sqlite:$folder/backup.db" store check --rescore
run 2 store backup "$folder/store.db"
says "is the store itself"
run 3 store backup "$folder/nowhere/backup.db"

# ---- export and import ----
run 0 store export "$folder/export"
run 0 --store "sqlite:$folder/new.db" store init
run 0 --store "sqlite:$folder/new.db" store import "$folder/export"
views "$folder/new.db" | cmp - "$folder/views" || fail "what was imported differs"
run 0 --store "sqlite:$folder/new.db" store check --rescore
for list in "indicator show" "benchmark list" "action list"; do
    caseaudit $list >"$folder/one"
    caseaudit --store "sqlite:$folder/new.db" $list | cmp - "$folder/one" || fail "$list differs"
done
run 3 store export "$folder/export"
says "it is there and not empty"
[ -z "$(find "$folder" -name '*.part*')" ] || fail "parts are left: $(find "$folder" -name '*.part*')"

# A document that was changed on the way is refused; the rest comes.
document=$(grep -l 'id="CIN-2023-002"' "$folder"/export/documents/*.xml)
sed -i 's/case ref="[^"]*"/case ref="FORGED"/' "$document"
run 0 --store "sqlite:$folder/forged.db" store init
run 1 --store "sqlite:$folder/forged.db" store import "$folder/export"
says "is not the document that was exported"
run 0 --store "sqlite:$folder/forged.db" store check

# ---- templates ----
run 0 template export permanency-file
cmp "$folder/out" "$samples/templates/permanency-file.xml" || fail "an exported template differs"
run 0 template export permanency-file@2024.1 -o "$folder/out.xml"
cmp "$folder/out.xml" "$samples/templates/permanency-file.xml" || fail "an exported template differs"
run 1 template export permanency-fil
run 0 template show permanency-file@2024.1
prints "plan.clear"
run 0 template list
grep -qE '^iro-practice +2023.2 .* 2023-10-01 ' "$folder/out" || fail "no retirement in the list"

sed -e 's/ version="3.2"/ version="4.0"/' -e '0,/weight="[0-9.]*"/s//weight="7.5"/' \
    -e '0,/<question>[^<]*/s//<question>Reworded/' "$samples/templates/child-in-need-file.xml" >"$folder/new.xml"
run 0 template diff child-in-need-file@3.2 "$folder/new.xml"
prints "and is \"Reworded\""
prints "and is 7.5"
equal "differences" 3 "$(wc -l <"$folder/out")"
run 0 template diff child-in-need-file child-in-need-file
prints "both say the same"
run 0 template diff permanency-file child-in-need-file
prints "section 'timeliness' (Without drift) was removed"
prints "section 'closing' (Stepping down) was added"
finish
