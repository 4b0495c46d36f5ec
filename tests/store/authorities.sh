#!/usr/bin/env bash
# Audits of several authorities: a store in a file is that of one, partials say whose audits they
# are, and in PostgreSQL the owner and a reader of the region sum up all there are, or one of them,
# as the merged partials and that one's own store say, to the byte.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"

# ---- a store in a file is somebody's, once ----
new_store
mv "$folder/store.db" "$folder/empty.db"
quarters=("$samples"/returns/permanency-2023-24-*)
of() { CASEAUDIT_STORE=sqlite:$folder/$1.db; }
for name in dudley sandwell nobody; do
    cp "$folder/empty.db" "$folder/$name.db"
    of $name
    [ $name = nobody ] || run 0 store set authority $name
done
of dudley
prints_setting() { run 0 store info; grep -q "^authority *$1\$" "$folder/out" || fail "the store is not that of $1"; }
prints_setting dudley
run 0 store set authority dudley
run 1 store set authority sandwell
says "the store is that of 'dudley', and that is said once and for all"
run 2 store set authority 'Not One'
says "an authority cannot be called 'Not One'"
prints_setting dudley
run 0 store check
run 0 record "${quarters[0]}"
run 0 population set --template permanency-file --period 2023-24Q1 60
of sandwell
run 0 record "${quarters[1]}" "${quarters[2]}"
run 0 population set --template permanency-file --period 2023-24Q1 50
of nobody
run 0 record "$samples/returns/foster-home-reviews-2023-24"
run 0 indicator import "$samples/indicators.csv"
if command -v sqlite3 >"$folder/which"; then
    for name in dudley nobody; do
        for view in revision result section standard measure limit alert action theme attribute agency; do
            echo "SELECT '$view', (SELECT name FROM pragma_table_info('v_$view') ORDER BY cid DESC LIMIT 1);"
        done | sqlite3 "$folder/$name.db" | sed 's/.*|//' | sort -u >"$folder/last"
        equal "the views' last column" authority "$(cat "$folder/last")"
    done
    equal "whose" dudley "$(sqlite3 "$folder/dudley.db" 'SELECT DISTINCT authority FROM v_standard')"
    equal "nobody's" - "$(sqlite3 "$folder/nobody.db" 'SELECT DISTINCT authority FROM v_result')"
fi

# ---- by authority, of stores and of partials ----
asked=(--template permanency-file --period 2023-24)
of dudley
run 0 summary "${asked[@]}" --by authority
prints "dudley"
run 0 summary "${asked[@]}" --authority dudley
run 2 summary "${asked[@]}" --authority sandwell
says "here are no audits of 'sandwell'; there are those of 'dudley'"
for name in dudley sandwell; do
    of $name
    [ $name = dudley ] || run 0 population set --template permanency-file --period 2023-24Q2 40
    run 0 summary "${asked[@]}" --by authority --by team --partial -o "$folder/$name.crossed"
    run 0 summary "${asked[@]}" --by authority --partial -o "$folder/$name.partial"
    run 0 summary --template permanency-file --period 2023-24Q1 --partial -o "$folder/$name.first"
done
merged=(--merge "$folder/dudley.partial" "$folder/sandwell.partial")
run 0 summary "${merged[@]}"
prints "sandwell"
prints "dudley"
run 0 summary --merge "$folder/sandwell.first" "$folder/dudley.first"
prints "110" # cases, of both
run 0 summary --merge "$folder/sandwell.partial" "$folder/dudley.partial"
prints "Populations that not every authority has told"
for name in dudley sandwell; do
    of $name
    run 0 summary "${asked[@]}" --by authority --format json
    mv "$folder/out" "$folder/alone"
    run 0 summary "${merged[@]}" --authority $name --format json
    cmp "$folder/alone" "$folder/out" || fail "one of the merged is not what its store says"
done
run 1 summary "${merged[@]}" --authority walsall
says "here are no audits of 'walsall'; there are those of 'dudley', 'sandwell'"
run 0 summary "${merged[@]}" --audience public --format json

# ---- in PostgreSQL ----
command -v psql >"$folder/which" || lacks "psql is missing"
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
store_of() { echo "postgresql://$1@/postgres?$cluster"; }
by() { CASEAUDIT_STORE=$(store_of "$1") run "${@:2}"; }
by keeper 0 store init
by keeper 2 store set authority dudley
says "store grant"
sql postgres "CREATE ROLE lee LOGIN; CREATE ROLE sam LOGIN; CREATE ROLE walt LOGIN; CREATE ROLE reg LOGIN"
by keeper 0 store grant lee --authority dudley --as lead
by keeper 0 store grant sam --authority sandwell --as lead
by keeper 0 store grant walt --authority walsall --as lead
by keeper 0 store grant reg --region --as reader
for role in lee sam walt; do
    by $role 0 template load "$samples/templates/permanency-file.xml" "$samples/templates/foster-home-review.xml"
done
by walt 0 record "$samples/returns/foster-home-reviews-2023-24"
by lee 0 record "${quarters[0]}"
by lee 0 population set --template permanency-file --period 2023-24Q1 60
by sam 0 record "${quarters[1]}" "${quarters[2]}"
by sam 0 population set --template permanency-file --period 2023-24Q1 50
by sam 0 population set --template permanency-file --period 2023-24Q2 40
equal "the region's views" authority "$(psql -X -q -A -t -h "$cluster_folder" -U keeper -d postgres -c \
    "SELECT DISTINCT (SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 ORDER BY attnum DESC LIMIT 1)
    FROM pg_class c WHERE relkind = 'v' AND relnamespace = 'caseaudit'::regnamespace")"

# alike EXPECTED-FILE ROLE OPTION...: the role is told what is in the file
alike() {
    local expected=$1
    by "$2" 0 summary "${@:3}"
    cmp -s "$expected" "$folder/out" || {
        fail "$2 is told otherwise: ${*:3}"
        diff "$expected" "$folder/out" | cut -c 1-300 | head -n 6 >&2
    }
}
for audience in executive public operational; do
    run 0 summary "${merged[@]}" --audience $audience --format json
    mv "$folder/out" "$folder/both"
    [ $audience = operational ] || alike "$folder/both" reg "${asked[@]}" --by authority --audience $audience --format json
    alike "$folder/both" keeper "${asked[@]}" --by authority --audience $audience --format json
    run 0 summary --merge "$folder/sandwell.crossed" "$folder/dudley.crossed" --audience $audience --format html
    mv "$folder/out" "$folder/both"
    alike "$folder/both" keeper "${asked[@]}" --by authority --by team --audience $audience --format html
done
run 0 summary --merge "$folder/sandwell.first" "$folder/dudley.first" --audience executive
mv "$folder/out" "$folder/both"
alike "$folder/both" reg --template permanency-file --period 2023-24Q1 --audience executive
of sandwell
run 0 summary "${asked[@]}" --by authority --audience executive --format json
mv "$folder/out" "$folder/alone"
alike "$folder/alone" reg "${asked[@]}" --authority sandwell --by authority --audience executive --format json
by reg 2 summary "${asked[@]}" --authority walsal
says "there are those of '-', 'dudley', 'sandwell', 'walsall'"
by reg 1 summary --audience executive
says "choose with --template, --framework or --series"
by reg 3 audit list
says "a reader of the whole region asks for summaries"
by reg 3 summary "${asked[@]}"
CASEAUDIT_STORE="$(store_of keeper)&authority=dudley" run 0 summary "${asked[@]}"
grep -q "sandwell" "$folder/out" && fail "who chose one was told of another"

# A partial of all of them says the same, and one that publishes is asked for one by one.
by keeper 0 summary "${asked[@]}" --by authority --partial -o "$folder/all.partial"
run 0 summary "${merged[@]}" --format json
mv "$folder/out" "$folder/both"
run 0 summary --merge "$folder/all.partial" --format json
cmp "$folder/both" "$folder/out" || fail "a partial of the whole store differs"
by keeper 2 summary "${asked[@]}" --audience public --publish "Report"
says "the store has no template"
CASEAUDIT_STORE="$(store_of keeper)&authority=dudley" run 0 summary "${asked[@]}" --audience public --publish "Report" -o "$folder/report"
by reg 2 summary "${asked[@]}" --audience public
says "choose one with --authority"
finish
