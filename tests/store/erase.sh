#!/usr/bin/env bash
# Erasing: no string of an erased return is left in any byte of the store's files, what was
# published still adds up, the store is whole, and old copies do not bring it back unasked.
. "$srcdir/tests/store/lib.sh"

one=$samples/returns/child-in-need/CIN-2023-001.xml
gone=("$one" "$folder/corrected.xml" "$samples/returns/macfa-domestic-abuse/MACFA-2022-003.xml"
    "$samples/returns/permanency-2023-24-q2/"*-04[2-5].xml)
sed -e 's/case ref="[^"]*"/case ref="CORRECTED-77"/' -e 's/id="CIN-2023-001"/id="CIN-2023-001" /' "$one" >"$folder/corrected.xml"
mapfile -t others < <(find "$samples/returns" -name '*.xml' | sort | grep -vFf <(printf '%s\n' "${gone[@]}"))

new_store
run 0 record "$samples/returns"
run 0 record --new-revision "$folder/corrected.xml"
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
run 0 action verify MACFA-2022-003:1 --by QAERASED9
run 0 audit withdraw CIN-2023-001 --why "ERASEDREASON of another kind"
run 0 audit restore CIN-2023-001
python3 "$helper/erase.py" strings "${gone[@]}" -- "${others[@]}" "$samples"/templates/*.xml >"$folder/strings"
printf '%s\n' "'QAERASED9'" "'ERASEDREASON'" >>"$folder/strings"
[ "$(wc -l <"$folder/strings")" -gt 40 ] || fail "too few strings to look for"
python3 "$helper/erase.py" search "$folder/strings" "$folder"/store.db* >/dev/null && fail "nothing is found even before erasing"

figures() {
    for template in child-in-need-file macfa-domestic-abuse permanency-file; do
        caseaudit summary --template "$template" --audience public --threshold 1 --format json --as-of 2024-06-30
        caseaudit summary --template "$template" --audience executive --by team --as-of 2024-06-30 2>&1
    done
}
figures >"$folder/before"
ids=()
for file in "${gone[@]}"; do
    id=$(sed -n 's/.*<return .*id="\([^"]*\)".*/\1/p' "$file" | head -n 1)
    [ -n "$id" ] && [ "$id" != CIN-2023-001 ] && ids+=("$id")
done
ids+=(CIN-2023-001)

# ---- what is asked ----
run 2 audit erase "${ids[0]}"
says "say why, with --why"
run 2 audit erase "${ids[0]}" --why "asked for ${ids[0]}"
says "the reason names '${ids[0]}'"
run 2 audit erase "${ids[0]}" --why "call 020 7946 0123 or mail a.person@example.org"
says "personal data"
run 1 audit erase "${ids[0]}" nowhere --why request
says "there is no return 'nowhere'"
before=$(caseaudit store info)
run 0 audit erase "${ids[@]}" --why request --dry-run
prints "would erase ${ids[0]}"
equal "the store after a dry run" "$before" "$(caseaudit store info)"
run 0 store backup "$folder/backup.db"
run 0 store export "$folder/export"

# ---- erased ----
run 0 audit erase "${ids[@]}" --why request
prints "erased      ${ids[0]}"
prints "copies that were made before still hold it"
prints "$folder/backup.db"
prints "$folder/export"
python3 "$helper/erase.py" search "$folder/strings" "$folder"/store.db* >"$folder/found" || fail "left in the store: $(cat "$folder/found")"
equal "the log after erasing" 0 "$(stat -c %s "$folder/store.db-wal" 2>/dev/null || echo 0)"
figures | cmp - "$folder/before" || fail "figures that were kept differ"
run 0 store check --rescore
run 1 audit show CIN-2023-001
run 0 audit list --format json
erased=$(grep -o '"erased-[0-9]*"' "$folder/out" | head -n 1 | tr -d '"')
for verb in show history; do
    run 1 audit $verb "$erased"
    says "was erased: what is left of it is counted, and cannot be shown"
done
run 1 audit withdraw "$erased" --why "no reason"
run 0 ledger
prints "an audit by template child-in-need-file was erased (figures: keep): request"
prints "(erased)"
run 0 summary --template child-in-need-file
run 0 action list

# ---- it does not come back by itself ----
run 1 record "$one"
says "was erased from the store on purpose"
run 0 record --allow-erased "$one"
run 0 audit show CIN-2023-001
run 0 store check

# ---- with its figures ----
run 0 summary --template child-in-need-file --period 2023-24 --format json
audits=$(grep -o '"audits":[0-9]*' "$folder/out" | head -n 1)
run 0 audit erase --case "$(sed -n 's/.*case ref="\([^"]*\)".*/\1/p' "$one")" --why mistake --figures drop
prints "summaries change: they have 1 audit fewer"
run 0 summary --template child-in-need-file --period 2023-24 --format json
grep -qF "$audits" "$folder/out" && fail "the summary still counts what was dropped"
run 0 store check --rescore

# ---- retention ----
run 2 audit expire
says "no retention is set"
run 0 store set retention-years 10
run 0 audit expire --as-of 2032-10-01 --dry-run
prints "would erase "
run 0 audit expire --as-of 2020-01-01
says "0 audits are older than the retention"
run 0 audit expire --as-of 2032-10-01
run 0 audit expire --as-of 2032-10-01
says "0 audits are older"
run 0 store check --rescore
figures >"$folder/after"
finish
