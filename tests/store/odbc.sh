#!/usr/bin/env bash
# Views of a store in PostgreSQL over its ODBC driver, as Power BI reads them: it asks what views and columns there
# are, and then for every column by its name. A reader of the region gets all of what is his, and the same rows as by
# any other way; a reader of an authority its own; nobody more than that, and nobody writes.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql odbcinst
needs_python pyodbc
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
odbcinst -q -d 2>/dev/null | grep -qF '[PostgreSQL Unicode]' || lacks "PostgreSQL's driver for ODBC (odbc-postgresql) is missing"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
of() { echo "postgresql://$1@/postgres?$cluster"; }

sql postgres "CREATE ROLE board LOGIN; CREATE ROLE rita LOGIN; CREATE ROLE stranger LOGIN"
run 0 --store "$(of keeper)" store init
for authority in dudley sandwell; do
    for verb in "store init" "template load $samples/templates/child-in-need-file.xml $samples/templates/macfa-domestic-abuse.xml"; do
        # shellcheck disable=SC2086 # words of a command
        run 0 --store "$(of keeper)&authority=$authority" $verb
    done
    run 0 --store "$(of keeper)&authority=$authority" record "$samples/returns/child-in-need" \
        "$samples/returns/macfa-domestic-abuse"
done
run 0 --store "$(of keeper)&authority=sandwell" audit withdraw CIN-2023-002 --why "the wrong file"
run 0 --store "$(of keeper)" store grant board --region --as reader
run 0 --store "$(of keeper)" store grant rita --authority dudley --as reader
run 0 --store "$(of board)" summary --template child-in-need-file --period 2023-24Q3 --by authority \
    --audience executive --format json
cp "$folder/out" "$folder/summary.json"
"$python" -B "$helper/odbc.py" "$cluster_folder" "$folder/summary.json" || fail "the views over ODBC"
finish
