#!/usr/bin/env bash
# Erasing: no string of an erased return is left in any byte of the store's files, what was
# published still adds up, the store is whole, and old copies do not bring it back unasked.
. "$srcdir/tests/store/lib.sh"

one=$samples/returns/child-in-need/CIN-2023-001.xml
gone=("$one" "$folder/corrected.xml" "$samples/returns/macfa-domestic-abuse/MACFA-2022-003.xml"
    "$samples/returns/permanency-2023-24-q2/"*-04[2-5].xml)
sed -e 's/case ref="[^"]*"/case ref="CORRECTED-77"/' -e 's/id="CIN-2023-001"/id="CIN-2023-001" /' "$one" >"$folder/corrected.xml"
mapfile -t others < <(find "$samples/returns" -name '*.xml' | sort | grep -vFf <(printf '%s\n' "${gone[@]}"))

# ---- samples that have them ----
cases=$(grep -ho 'case ref="[^"]*"' "$samples"/returns/child-in-need/*.xml | cut -d'"' -f2 | sort -u)
one_case=$(sed -n 's/.*case ref="\([^"]*\)".*/\1/p' "$one")
{
    echo case,team,worker
    for case in $cases FICTION-LONE-1 FICTION-LONE-2; do echo "$case,east,WORKER-OF-$case"; done
} >"$folder/list.csv"
draw() { # NAME DATE ARGUMENT...
    run 0 --today 2030-12-31 sample draw "$1" --template child-in-need-file --population "$folder/list.csv" --id case \
        --stratify team --keep worker --seed erasing --on "$2" "${@:3}"
}
standing() { caseaudit sample show "$1" --format csv | tail -n +2 | cut -d, -f1 | tr -d '"'; }

new_store
draw early 2023-01-02 --size 4 --reserve 40
replaced=$(standing early | head -n 1)
run 0 sample replace early "$replaced" --why "ERASEDREASON too"
run 0 record "$samples/returns"
draw late 2030-01-02 --percent 100
draw later 2024-12-31 --size 2 --exclude-recent 36
run 0 record --new-revision "$folder/corrected.xml"
run 0 action complete MACFA-2022-003:1 --on 2022-10-04
run 0 action verify MACFA-2022-003:1 --by QAERASED9
run 0 audit withdraw CIN-2023-001 --why "ERASEDREASON of another kind"
run 0 audit restore CIN-2023-001
python3 "$helper/erase.py" strings "${gone[@]}" -- "${others[@]}" "$samples"/templates/*.xml >"$folder/strings"
printf '%s\n' "'QAERASED9'" "'ERASEDREASON'" "'WORKER-OF-$one_case'" "'WORKER-OF-CORRECTED'" >>"$folder/strings"
[ "$(wc -l <"$folder/strings")" -gt 40 ] || fail "too few strings to look for"
on_file && python3 "$helper/erase.py" search "$folder/strings" "$folder"/store.* >/dev/null && fail "nothing is found even before erasing"
for template in child-in-need-file permanency-file; do
    run 0 summary --template "$template" --period 2023-24 --audience public --publish "$template"
done

figures() {
    for format in json csv; do
        caseaudit summary --template child-in-need-file --period 2023-24 --audience operational --format $format --as-of 2024-06-30
    done
    for template in child-in-need-file macfa-domestic-abuse permanency-file; do
        caseaudit summary --template "$template" --audience public --threshold 1 --format json --as-of 2024-06-30
        caseaudit summary --template "$template" --audience executive --by team --as-of 2024-06-30 2>&1
    done
}
figures >"$folder/before"
# Those who act are told of cases, and these go; all else stays, and a row says how many went.
acting() {
    caseaudit summary --template permanency-file --period 2023-24Q2 --audience operational --as-of 2024-06-30
}
acting >"$folder/acting"
ids=()
for file in "${gone[@]}"; do
    id=$(sed -n 's/.*<return .*id="\([^"]*\)".*/\1/p' "$file" | head -n 1)
    [ -n "$id" ] && [ "$id" != CIN-2023-001 ] && ids+=("$id")
done
ids+=(CIN-2023-001)

run 0 sample show early --format json
cp "$folder/out" "$folder/early"
file_sha256=$(grep -o '"file_sha256":"[^"]*"' "$folder/early" | cut -d'"' -f4)

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
python3 "$helper/erase.py" search "$folder/strings" "$folder"/store.* >"$folder/found" || fail "left in the store: $(cat "$folder/found")"
equal "the log after erasing" 0 "$(stat -c %s "$folder/store.db-wal" 2>/dev/null || echo 0)"
figures | cmp - "$folder/before" || fail "figures that were kept differ"
acting | python3 "$helper/erase.py" acting "$folder/acting" - "${ids[@]}" || fail "what those who act are told differs"
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

# ---- in samples ----
for sample in early late later; do
    run 0 sample show "$sample"
    prints "The list's fingerprints were erased with a case"
    run 0 sample verify "$sample" --population "$folder/list.csv"
    prints "1 case of the list was erased since, and cannot be compared"
done
grep -aq "$file_sha256" "$folder"/store.* && fail "the fingerprint of a list is left"
run 0 ledger
prints "were erased"
equal "cases of a sample" "$(grep -o '"key":' "$folder/early" | wc -l)" "$(standing early | wc -l)"
run 0 store export "$folder/without"
(
    export CASEAUDIT_STORE=sqlite:$folder/other.db
    run 0 store init
    run 0 store import "$folder/without"
    run 0 store check
    caseaudit sample show early --format json
) >"$folder/imported"
run 0 sample show early --format json
cmp -s "$folder/out" "$folder/imported" || fail "a sample with erased cases is another in another store"
run 1 audit erase --case FICTION-NOWHERE --why request
says "there is no audit of that case"
run 0 audit erase --case fiction-lone-1 --why request --dry-run
prints "would erase 3 places in samples"
run 2 audit erase --case fiction-lone-1 --why "asked by FICTION-LONE-1"
run 0 audit erase --case fiction-lone-1 --why request
prints "erased      3 places in samples"
grep -aq "FICTION-LONE-1" "$folder"/store.* && fail "a case that was only drawn is left in the store"
equal "the log after erasing from samples" 0 "$(stat -c %s "$folder/store.db-wal" 2>/dev/null || echo 0)"
run 0 store check

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
prints "1 audit was erased from the store with nothing kept. Figures have as many audits fewer"
run 0 summary --template child-in-need-file --period 2023-24 --audience public --format json
prints "Audits were erased from the store with nothing kept; how many is withheld"
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
! on_file || grep -aq FICTION-LONE-2 "$folder"/store.* || fail "younger samples expired, too"
run 0 audit expire --as-of 2034-12-31
grep -c . <(standing early | grep -v '^$') >/dev/null && fail "an old sample has cases still"
run 0 sample show late
prints "FICTION-LONE-2"
run 0 audit expire --as-of 2041-01-01
grep -aq FICTION-LONE-2 "$folder"/store.* && fail "cases of old samples are left in the store"
run 0 store check --rescore
figures >"$folder/after"
finish
