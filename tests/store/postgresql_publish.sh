#!/usr/bin/env bash
# The register of publications in PostgreSQL is the one in SQLite, to the byte, and so is what is
# shown by it: of publications one after another, and of clients that publish at once.
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
    same "the registers differ" register-here register-there
    both store publications
}
entries() { grep -c '^publication:' "$folder/register-there"; }

public="summary --audience public --format"
record_as() { # CHANGE NUMBER: an audit as it is after a change, by sed
    sed "$1" "$samples/returns/permanency-2023-24-q${2%-*}/PF-2023-24-Q$2.xml" >"$folder/changed.xml"
    both record "$folder/changed.xml"
}

for store in "$there" "$here"; do
    run 0 --store "$store" store init
done
both template load "$samples/templates/permanency-file.xml"
both record "$samples"/returns/permanency-2023-24-q{1,2,3}

# ---- one after another ----

both $public json --period '2023-24 Q3' --by team --publish Autumn
both $public csv --period '2023-24 Q3' --by team --publish 'Autumn again'
both $public json --period '2023-24 Q3' --by team --publish Autumn # a name is taken once
both $public json --period 2023-11 --publish November              # withheld whole
both $public text --period '2023-24 Q2' --by brothers-sisters --publish Summer
record_as 's/answer="good"/answer="outstanding"/' 2-042
both $public html --period '2023-24 Q2' --threshold 3 --publish 'Summer, corrected'
record_as 's/ id="PF-[^"]*"/ id="FICTION-1"/; s/FICTION-P072/FICTION-P901/' 3-072
both $public json --period '2023-24 Q3' --publish 'Autumn and one more'
compare_registers
[ "$(entries)" -ge 4 ] || fail "only $(entries) were entered"

# ---- at once ----

# publish NAME ARGUMENT...: until it is entered, or told that it never will be
publish() {
    local tries=0
    until on "$there" "there-$1" $public json "${@:2}" --publish "$1" &&
        ! grep -q 'published meanwhile' "$folder/there-$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { echo "still told to publish again" >>"$folder/there-$1"; break; }
    done
}

# Whichever is entered first, the other is held to. SQLite is told in the order in which PostgreSQL was,
# and of what was refused last.
for round in 1 2 3; do
    before=$(entries)
    publish "Spring $round" --period '2023-24 Q1' --by team &
    publish "Spring whole $round" --period '2023-24 Q1' &
    publish "Year $round" --period 2023-24 &
    wait
    from_there name | tail -n +$((before + 1)) | sed 's/^publication://' >"$folder/order"
    for name in "Spring $round" "Spring whole $round" "Year $round"; do
        grep -qxF "$name" "$folder/order" || echo "$name" >>"$folder/order"
    done
    while read -r name; do
        asked=(--period 2023-24)
        case $name in
        'Spring whole'*) asked=(--period '2023-24 Q1') ;;
        Spring*) asked=(--period '2023-24 Q1' --by team) ;;
        esac
        on "$here" here $public json "${asked[@]}" --publish "$name"
        same "who published '$name' at once with others was shown something else" here "there-$name"
    done <"$folder/order"
    compare_registers
    [ "$(entries)" -gt "$before" ] || fail "none of three who published at once was entered"
done
finish
