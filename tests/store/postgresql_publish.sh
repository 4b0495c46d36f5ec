#!/usr/bin/env bash
# The register of publications in PostgreSQL is the one in SQLite, to the byte, and so is what is
# shown by it: of publications one after another, and of two clients that publish at once.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
needs_python
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
there="postgresql://keeper@/postgres?$cluster&schema=twin"
here=sqlite:$folder/store.db

# on STORE OUTPUT ARGUMENT...: what it prints, says and ends with, in OUTPUT
on() {
    caseaudit --store "$1" --today 2024-06-30 --quiet "${@:3}" >"$folder/$2.part" 2>&1
    echo "status $?" >>"$folder/$2.part"
    mv "$folder/$2.part" "$folder/$2"
}

same() { cmp -s "$folder/$2" "$folder/$3" || { fail "$1"; diff "$folder/$2" "$folder/$3" | head -n 10 >&2; }; }

both() {
    on "$there" there "$@"
    on "$here" here "$@"
    same "PostgreSQL and SQLite differ in: $*" here there
}

# The register in the order of its entries; in that of PostgreSQL, names alone.
entered="FROM setting WHERE name LIKE 'publication:%' ORDER BY change"
from_there() {
    sql postgres "SET search_path TO twin; SET caseaudit.authority TO '-'; SELECT $1 $entered" | grep -v '^SET$'
}
compare_registers() {
    from_there 'name, value' >"$folder/register-there"
    rows "$folder/store.db" "SELECT name, value $entered" >"$folder/register-here"
    [ "$(grep -c '^publication:' "$folder/register-here")" -eq "$1" ] || fail "there are not $1 publications"
    same "the registers differ after $1" register-here register-there
    both store publications
}

public="summary --audience public --format"
late() { # NUMBER ANSWER: one more audit of autumn
    sed "s/ id=\"PF-[^\"]*\"/ id=\"FICTION-$1\"/; s/FICTION-P072/FICTION-P9$1/; s/answer=\"good\"/answer=\"$2\"/" \
        "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml" >"$folder/late-$1.xml"
    both record "$folder/late-$1.xml"
}

both store init
both template load "$samples/templates/permanency-file.xml"
both record "$samples"/returns/permanency-2023-24-q{1,2,3}

# ---- one after another ----

both $public json --period '2023-24 Q3' --by team --publish Autumn
both $public csv --period '2023-24 Q3' --by team --publish 'Autumn again'
both $public json --period '2023-24 Q3' --by team --publish Autumn # a name is taken once
late 1 good
late 2 outstanding
both $public html --period '2023-24' --threshold 3 --publish 'The year'
both $public json --period 2023-11 --publish November # withheld whole
sed 's/answer="good"/answer="outstanding"/' \
    "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-073.xml" >"$folder/corrected.xml"
both record "$folder/corrected.xml"
both $public json --period '2023-24 Q3' --publish 'Autumn, corrected'
both $public text --period '2023-24 Q2' --by brothers-sisters --publish Summer
compare_registers 5

# ---- two at once ----

# publish NAME ARGUMENT...: until it is entered, or told that it never will be
publish() {
    local tries=0
    until on "$there" "there-$1" $public json "${@:2}" --publish "$1" &&
        ! grep -q 'published meanwhile' "$folder/there-$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { echo "still told to publish again" >>"$folder/there-$1"; break; }
    done
}

entered_before=5
for round in 1 2 3; do
    late "1$round" good
    publish "Quarter $round" --period '2023-24 Q3' --by team &
    publish "Year $round" --period 2023-24 &
    wait
    # SQLite is told in the order in which PostgreSQL was.
    from_there name | tail -n +$((entered_before + 1)) | sed 's/^publication://' >"$folder/order"
    while read -r name; do
        asked=(--period 2023-24)
        [ "${name%% *}" = Year ] || asked=(--period '2023-24 Q3' --by team)
        on "$here" here $public json "${asked[@]}" --publish "$name"
        same "who published '$name' at once with another was shown something else" here "there-$name"
    done <"$folder/order"
    entered_before=$((entered_before + $(wc -l <"$folder/order")))
    compare_registers "$entered_before"
done
[ "$entered_before" -gt 8 ] || fail "only $entered_before were entered"
finish
