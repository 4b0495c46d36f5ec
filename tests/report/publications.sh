#!/usr/bin/env bash
# The register of publications: it lists what was published, travels with the store, and nothing
# follows from a sequence of publications that does not follow from one.
. "${srcdir:?}/tests/support/needs.sh"
needs_python
. "$srcdir/tests/store/lib.sh"

shown() { grep -F '= good or better' "$folder/out" | tr -s ' '; }

new_store
run 0 record --quiet "$samples"/returns/permanency-2023-24-q{1,2,3}
run 0 store publications
says 'nothing was published yet'
run 0 summary --audience public --period '2023-24 Q3' --publish Autumn
equal 'the quarter' ' = good or better 22 of 33 (67%) 50% to 80% ████████████▎' "$(shown | sed 's/█.*/████████████▎/')"
# Whatever the threshold is now.
run 0 summary --audience public --period '2023-24 Q3' --threshold 20
equal 'the quarter again' ' = good or better 22 of 33 (67%)' "$(shown | sed 's/%).*/%)/')"
run 2 summary --audience public --period '2023-24 Q2' --publish Autumn
says "'Autumn' was published already"
run 2 summary --period '2023-24 Q2' --publish Summer
says '--publish is for --audience public'
run 2 summary --audience public --period '2023-24 Q2' --publish ''

# A year that holds it whole is published beside it; a month of it is not.
run 0 summary --audience public --period 2023-24
prints 'files audited in 2023-24.'
run 0 summary --audience public --period 2023-11
says "overlap what was published as 'Autumn'"
prints 'What there was in 2023-11 is withheld'
run 2 summary --audience public --period 2023-11 --publish November
says 'everything in it is withheld'
# One more audit would be told by the difference.
sed 's/ id="PF-[^"]*"/ id="FICTION-1"/; s/FICTION-P072/FICTION-P999/' \
    "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml" > "$folder/late.xml"
run 0 record --quiet "$folder/late.xml"
run 0 summary --audience public --period '2023-24 Q3'
prints 'How many files were audited in 2023-24 Q3 is withheld'

# What is kept of an audit that is erased is what was published of it.
CASEAUDIT_STORE=sqlite:$folder/erased.db
run 0 store init
run 0 template load "$samples/templates/permanency-file.xml"
run 0 record --quiet "$samples"/returns/permanency-2023-24-q3
run 0 summary --audience public --period '2023-24 Q3' --publish Autumn
run 0 summary --audience public --period '2023-24 Q3'
cp "$folder/out" "$folder/before"
run 0 audit erase PF-2023-24-Q3-080 --why request --figures keep
run 0 summary --audience public --period '2023-24 Q3'
cmp -s "$folder/before" "$folder/out" || fail 'an erasure changes what is published'
CASEAUDIT_STORE=sqlite:$folder/store.db

# It is listed, told by the ledger, kept from the settings, and goes along into another store.
run 0 store publications
prints 'Autumn: permanency-file 2023-24 Q3, threshold 5'
run 0 ledger
prints 'publication:Autumn was set to permanency-file 2023-24 Q3, threshold 5'
run 0 store info
grep -q publication "$folder/out" && fail 'store info prints the register'
run 0 store check
run 0 store export "$folder/export"
run 0 --store "sqlite:$folder/other.db" store init
run 0 --store "sqlite:$folder/other.db" store import "$folder/export"
run 0 --store "sqlite:$folder/other.db" summary --audience public --period 2023-11
prints 'What there was in 2023-11 is withheld'

# What a correction changed is withheld, and the rest shown as it was; a year on, too.
CASEAUDIT_STORE=sqlite:$folder/corrected.db
run 0 store init
run 0 template load "$samples/templates/permanency-file.xml"
run 0 record --quiet "$samples"/returns/permanency-2023-24-q3
run 0 summary --audience public --period '2023-24 Q3' --publish Autumn
sed 's/answer="good"/answer="outstanding"/' \
    "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml" > "$folder/corrected.xml"
run 0 record --quiet "$folder/corrected.xml"
run 0 summary --audience public --period '2023-24 Q3' --publish Corrected
says "Audits were corrected after 'Autumn' was published."
prints '33 files audited in 2023-24 Q3'
run 0 store publications
prints 'Corrected: permanency-file 2023-24 Q3, threshold 5, corrects Autumn'

# Of several who publish at once each is entered, or told that it was not.
publish() {
    caseaudit summary --audience public --period "$1" --publish "$2" > /dev/null 2>&1
    echo "$?" > "$folder/status-$3"
}
for i in 1 2 3 4; do publish '2023-24 Q3' Once "$i" & done
wait
equal 'one of four' '0' "$(sort "$folder"/status-[1-4] | head -1)"
equal 'the others are told' '1' "$(grep -c '^0$' <(cat "$folder"/status-[1-4]))"
for i in 1 2 3 4; do publish '2023-24 Q3' "At once $i" "$i" & done
wait
run 0 store publications
equal 'all who were not told' "$(grep -c '^0$' <(cat "$folder"/status-[1-4]))" \
    "$(grep -c '^At once' "$folder/out")"
CASEAUDIT_STORE=sqlite:$folder/store.db

# Where the register was tampered with nothing is shown, and check tells.
run 0 summary --audience public --period '2023-24 Q3'
prints 'This is a draft'
for text in '' q $'q\na/b' $'q\na/b\nx=99999999999999999999\n\n' $'q\na b  c\n=c\n\n'; do
    "$python" -B - "$folder/store.db" "$text" <<'END'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("UPDATE setting SET value = ? WHERE name LIKE 'publication:%'", sys.argv[2:])
END
    run 3 summary --audience public --period '2023-24 Q3'
    says "what was published as 'Autumn' cannot be read"
done
run 3 store check
says "set 'publication:Autumn'"

sequences=2
[ "${CA_DEEP:-}" = yes ] && sequences=200
mkdir "$folder/attack"
"$python" -B "$srcdir/tests/report/publications.py" "$CASEAUDIT" "$PLUGIN_DIR" "$samples" \
    "$folder/attack" "$sequences" || fail 'publications together tell what is withheld'
[ "$failures" -eq 0 ]
