#!/usr/bin/env bash
# record: the same folder twice changes nothing, a correction becomes a revision, a late
# return goes to its own quarter, and of what is refused nothing is stored.
. "$srcdir/tests/store/lib.sh"

sql() { rows "$folder/store.db" "$1"; }

one=$samples/returns/child-in-need/CIN-2023-001.xml
new_store

# ---- twice ----
run 0 record "$samples/returns"
equal "recorded" 170 "$(count recorded)"
says "170 recorded, 0 revisions, 0 unchanged, 0 refused"
says "immediate alert: $samples/returns/child-in-need/CIN-2023-003.xml: return 'CIN-2023-003'"
before=$(caseaudit store info | grep -E '^(ledger|last)')
run 0 record "$samples/returns"
equal "unchanged" 170 "$(count unchanged)"
equal "the ledger after recording twice" "$before" "$(caseaudit store info | grep -E '^(ledger|last)')"

# ---- score finds the templates in the store ----
run 0 score "$one"
run 0 score --template child-in-need-file "$one"
run 1 score --template child-in-need-fil "$one"

# ---- a correction ----
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$one" >"$folder/corrected.xml"
run 1 record "$folder/corrected.xml"
says "say so with --new-revision"
run 0 record --new-revision "$folder/corrected.xml"
prints "revision 2  CIN-2023-001"
equal "the latest revision" "CORRECTED|2" "$(sql "SELECT case_ref, revision FROM v_result WHERE return_id = 'CIN-2023-001'")"
equal "both revisions" 2 "$(sql "SELECT count(*) FROM v_revision WHERE return_id = 'CIN-2023-001'")"
equal "audits" 170 "$(sql 'SELECT count(*) FROM v_result')"
equal "what summaries read" 170 "$(sql 'SELECT count(*) FROM tally')"
run 0 record "$folder/corrected.xml"
prints "unchanged   CIN-2023-001"
# A correction that is undone counts again.
run 0 record --new-revision "$one"
prints "revision 3  CIN-2023-001"
equal "what counts" "3" "$(sql "SELECT revision FROM v_result WHERE return_id = 'CIN-2023-001'")"
run 0 record --new-revision "$folder/corrected.xml"
run 0 record --format ndjson "$folder/corrected.xml"
prints '"return":"CIN-2023-001","revision_of":3,'
run 0 record --format ndjson "$samples/returns/child-in-need/CIN-2023-002.xml"
prints '"return":"CIN-2023-002","revision_of":null,'

# ---- late: goes to the quarter of its audit date ----
sed -e 's/ id="CIN-2023-001"/ id="LATE-1"/' -e 's/audit date="[0-9-]*"/audit date="2024-06-03"/' \
    -e 's/date="2023-1[0-2]-[0-9]*" by\|by="\([A-Z0-9]*\)" date="20[0-9-]*"/by="\1" date="2024-06-10"/' "$one" >"$folder/late.xml"
run 0 record "$folder/late.xml"
equal "quarter of a late return" "2024-25 Q1" "$(sql "SELECT quarter FROM v_result WHERE return_id = 'LATE-1'")"

# ---- an id twice in one run: if the files differ, none of them is stored ----
sed -e 's/ id="CIN-2023-001"/ id="TWICE"/' "$one" >"$folder/twice-a.xml"
sed -e 's/case ref="[^"]*"/case ref="OTHER"/' "$folder/twice-a.xml" >"$folder/twice-b.xml"
cp "$folder/twice-a.xml" "$folder/twice-c.xml"
run 1 record "$folder/twice-a.xml" "$folder/twice-b.xml" "$folder/twice-c.xml"
equal "refused of one id" 3 "$(count refused)"
says "have the same id 'TWICE' and differ"
run 0 record "$folder/twice-a.xml" "$folder/twice-c.xml"
prints "recorded    TWICE"
prints "unchanged   TWICE  $folder/twice-c.xml"

# ---- an id belongs to one audit ----
sed -e 's/ id="DIP-2023-11-01"/ id="TWICE"/' "$samples/returns/threshold-dip-sample/DIP-2023-11-01.xml" >"$folder/other.xml"
run 1 record "$folder/other.xml"
says "return 'TWICE' is in the store already, as an audit of case"

# ---- refused, each with its reason; the others are stored; nothing of these is ----
entries=$(sql 'SELECT count(*) FROM ledger')
for bad in incomplete unknown-standard unknown-template wrong-answer personal-data; do
    run 1 record "$samples/bad/$bad.xml"
    equal "refused: $bad" 1 "$(count refused)"
    grep -qE ': error: ' "$folder/err" || fail "$bad: no reason"
done
run 1 record --allow-incomplete "$samples/bad/incomplete.xml"
says "incomplete"
equal "entries of the ledger after refusals" "$entries" "$(sql 'SELECT count(*) FROM ledger')"
run 0 record --allow-personal-data "$samples/bad/personal-data.xml"
prints "recorded"

# ---- templates given as files are kept; a version never changes ----
rm -f "$folder"/store.db*
run 0 store init
run 1 record "$one"
says "there is no template 'child-in-need-file'"
run 0 record --template "$samples/templates/child-in-need-file.xml" "$one"
equal "templates" child-in-need-file "$(sql 'SELECT name FROM template')"
sed 's/<title>[^<]*/<title>Changed/' "$samples/templates/child-in-need-file.xml" >"$folder/changed.xml"
run 1 template load "$folder/changed.xml"
says "a version never changes"
run 1 record --template "$folder/changed.xml" "$samples/returns/child-in-need/CIN-2023-002.xml"
equal "refused by a changed template" 1 "$(count refused)"
equal "audits" 1 "$(sql 'SELECT count(*) FROM audit')"

# ---- retired ----
run 0 template retire child-in-need-file@3.2 --on 2023-10-31
run 1 record "$samples/returns/child-in-need"
says "was retired"
run 0 record "$one"
run 0 store check --rescore
finish
