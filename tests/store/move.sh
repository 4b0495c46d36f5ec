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

# The way back, as the manual has it: what came after the backup is missing, and that stays told; what
# is recorded again is there again, and what was there stays as it is.
mkdir "$folder/back"
back="--store sqlite:$folder/back/store.db"
run 0 $back store init
run 0 $back template load "$samples/templates/child-in-need-file.xml"
run 0 $back record "$samples"/returns/child-in-need/CIN-2023-00[1-4].xml
run 0 $back store backup "$folder/back/backup.db"
run 0 $back record "$samples/returns/child-in-need"
rm -f "$folder"/back/store.db*
cp "$folder/back/backup.db" "$folder/back/store.db"
run 3 $back store check
says "the last entries are lost"
run 0 $back record "$samples/returns/child-in-need"
equal "what was in the backup" 4 "$(count unchanged)"
equal "what was missing" 8 "$(count recorded)"
run 0 $back store check --rescore
says "note: entries were lost before entry"

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
says "it is there and not empty; name a new one"
[ -z "$(find "$folder" -name '*.part*')" ] || fail "parts are left: $(find "$folder" -name '*.part*')"


# ---- the same history, with its times and hashes, and the second time nothing ----
ledger() { caseaudit --store "sqlite:$1" ledger --format json; }
ledger "$folder/store.db" | grep -v '"kind":"\(backup\|export\)"' | sed 's/,$//' >"$folder/one"
ledger "$folder/new.db" | grep -v '"kind":"\(backup\|export\)"' | sed 's/,$//' | cmp - "$folder/one" || fail "the ledger that was imported differs"
before=$(caseaudit --store "sqlite:$folder/new.db" store info | grep -E '^(ledger|last)')
run 0 --store "sqlite:$folder/new.db" store import "$folder/export"
says "the store has all of this already"
equal "the ledger after importing twice" "$before" "$(caseaudit --store "sqlite:$folder/new.db" store info | grep -E '^(ledger|last)')"
equal "heads and signatures" "$(cat "$folder/export/heads")" "$(caseaudit --store "sqlite:$folder/new.db" store export "$folder/again" >/dev/null 2>&1; cat "$folder/again/heads" | head -n "$(wc -l <"$folder/export/heads")")"
for line in $(seq "$(wc -l <"$folder/export/heads")"); do
    run 0 --store "sqlite:$folder/new.db" store check --head "$(sed -n "${line}p" "$folder/export/heads")"
done

# What came later is added to it.
run 0 store set year-start 4
run 0 audit withdraw CIN-2023-004 --why "the wrong file"
run 0 audit erase CIN-2023-005 --why request
run 0 audit erase CIN-2023-006 --why request --figures drop
run 0 store export "$folder/later"
run 0 --store "sqlite:$folder/new.db" store check
run 0 --store "sqlite:$folder/fresh.db" store init
run 0 --store "sqlite:$folder/fresh.db" store import "$folder/later"
views "$folder/store.db" >"$folder/views"
views "$folder/fresh.db" | cmp - "$folder/views" || fail "withdrawn and erased audits came otherwise"
run 0 --store "sqlite:$folder/fresh.db" store check --rescore
run 0 --store "sqlite:$folder/fresh.db" audit list --withdrawn
prints "withdrawn: the wrong file"
run 1 --store "sqlite:$folder/fresh.db" record "$samples/returns/child-in-need/CIN-2023-005.xml"
says "was erased from the store on purpose"

# An old export does not bring back what was erased, unless it is asked to.
run 0 store import "$folder/export"
run 1 audit show CIN-2023-005
run 0 store import --allow-erased "$folder/export"
run 0 audit show CIN-2023-005
run 0 store check --rescore

# A store with a history of its own does again what it has not, once.
run 0 --store "sqlite:$folder/own.db" store init
run 0 --store "sqlite:$folder/own.db" template load "$samples/templates/child-in-need-file.xml"
run 0 --store "sqlite:$folder/own.db" record "$samples/returns/child-in-need/CIN-2023-001.xml"
run 0 --store "sqlite:$folder/own.db" store import "$folder/export"
says "has a history of its own"
before=$(caseaudit --store "sqlite:$folder/own.db" store info | grep -E '^(ledger|last)')
run 0 --store "sqlite:$folder/own.db" store import "$folder/export"
equal "a second time" "$before" "$(caseaudit --store "sqlite:$folder/own.db" store info | grep -E '^(ledger|last)')"
run 0 --store "sqlite:$folder/own.db" store check --rescore

# ---- an export that was changed is refused, and nothing of it comes ----
run 0 --store "sqlite:$folder/forged.db" store init
# forged MESSAGE COMMAND...: the export, changed by the command in its folder
forged() {
    local message=$1
    shift
    rm -rf "$folder/forged"
    cp -r "$folder/export" "$folder/forged"
    (cd "$folder/forged" && "$@") || fail "could not forge: $*"
    run 1 --store "sqlite:$folder/forged.db" store import "$folder/forged"
    says "$message"
    says "nothing was imported"
    equal "entries after '$*'" 1 "$(caseaudit --store "sqlite:$folder/forged.db" store info | sed -n 's/^ledger *\([0-9]*\).*/\1/p')"
}
document=$(basename "$(grep -l 'id="CIN-2023-002"' "$folder"/export/documents/*.xml)")
forged "is not the document that was exported" sed -i 's/case ref="[^"]*"/case ref="FORGED"/' "documents/$document"
forged "there is nothing of that name" rm "documents/$document"
forged "content is not what was committed to" sed -i 's/"count":150/"count":151/' changes.ndjson
forged "is not what its hash says" sed -i '3s/"at":"20/"at":"19/' changes.ndjson
forged "does not follow the one before" sed -i '5d' changes.ndjson
forged "lines are missing" sed -i '$d' changes.ndjson
forged "the export's heads are damaged" sed -i '$s/.....$//' heads
forged "the line is no JSON" sed -i '7s/^{/[/' changes.ndjson

forged "the line is no JSON" sed -i '7s/"at":/"at":"twice","at":/' changes.ndjson
forged "the line is no entry as this version exports it" sed -i '7s/"detail":{/"detail" :{/' changes.ndjson
forged "the line is longer than 64 MiB" bash -c "yes | tr -d '\n' | head -c 70000000 >>changes.ndjson"

# ---- a ledger that is handed over in several pieces ----
long=$(head -c 100000 /dev/zero | tr '\0' 'x')
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
    run 0 audit withdraw CIN-2023-006 --why "$round $long"
    run 0 audit restore CIN-2023-006
done
run 0 store export "$folder/pieces"
[ "$(wc -c <"$folder/pieces/changes.ndjson")" -gt 1200000 ] || fail "the ledger is too short for two pieces"
run 0 --store "sqlite:$folder/pieces.db" store init
run 0 --store "sqlite:$folder/pieces.db" store import "$folder/pieces"
run 0 --store "sqlite:$folder/pieces.db" store check

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
