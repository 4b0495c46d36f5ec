#!/usr/bin/env bash
# A store in PostgreSQL answers as one in SQLite does, to the byte, whatever is asked and changed;
# each takes over the history of the other with the same heads; passwords are said nowhere.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
needs_python
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
there="postgresql://keeper@/postgres?$cluster"
here=sqlite:$folder/store.db

# ---- twins: each command in both, with the same output, messages and status ----

# as STORE NAME ARGUMENT...: what it says in NAME.out and NAME.err, times and places left out
as() {
    local store=$1 name=$2
    shift 2
    caseaudit --store "$store" --today 2024-06-30 "$@" >"$folder/$name.out" 2>"$folder/$name.err"
    echo "status $?" >>"$folder/$name.err"
    sed -E -i -e "s#$folder/store.db|postgresql:[^' ]*#STORE#g" \
        -e 's/20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z/TIME/g' \
        -e 's/^(size|schema) .*//; s/[0-9a-f]{64}/HASH/g; s/[0-9a-f]{12}…/HASH/g' \
        -e "s#(TIME  )(keeper|$(id -un)) +#\\1WHO #; s#\"who\": ?\"[^\"]*\"#WHO#; s# by (keeper|$(id -un))\$# by WHO#" \
        "$folder/$name.out" "$folder/$name.err"
}

both() {
    as "$there" there "$@"
    as "$here" here "$@"
    for what in out err; do
        cmp -s "$folder/there.$what" "$folder/here.$what" || {
            fail "PostgreSQL and SQLite differ in: $*"
            diff "$folder/here.$what" "$folder/there.$what" | head -n 10 >&2
        }
    done
}

one=$samples/returns/child-in-need/CIN-2023-001.xml
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$one" >"$folder/corrected.xml"
cases=$(grep -ho 'case ref="[^"]*"' "$samples"/returns/child-in-need/*.xml | cut -d'"' -f2 | sort -u)
{
    echo case,team
    for case in $cases LONE-1 LONE-2; do echo "$case,east"; done
} >"$folder/list.csv"

both store info
both store init
both summary
both template load "$samples"/templates/*.xml
both template load "$samples"/templates/*.xml
both template show no-such-template
both sample draw early --template child-in-need-file --population "$folder/list.csv" --id case \
    --stratify team --seed one --on 2023-01-02 --size 4 --reserve 3
both sample replace early "$(caseaudit --store "$here" sample show early --format csv | sed -n '2s/,.*//p' | tr -d '"')" \
    --why "the file is elsewhere"
both record "$samples/returns"
both record "$samples/returns"
both record "$folder/corrected.xml"
both record --new-revision "$folder/corrected.xml"
both record "$samples/bad"
both history import "$samples/history.csv"
both indicator import "$samples/indicators.csv"
both population set --framework foster-home-review --period 2023-24 150
both benchmark set first --template foster-home-review --period 2023-24
both action complete MACFA-2022-003:1 --on 2022-10-04
both action verify MACFA-2022-003:1 --by QA1
both action complete MACFA-2022-003:1 --on 2022-10-05
both template retire iro-practice@2023.2 --on 2023-10-01
both store set year-start 9
both audit withdraw CIN-2023-002 --why "of another child"
both audit withdraw CIN-2023-003 --why "by mistake"
both audit restore CIN-2023-003
both sample draw late --template child-in-need-file --population "$folder/list.csv" --id case \
    --seed two --on 2024-01-02 --percent 50 --exclude-recent 12

for question in "summary" "summary --template child-in-need-file --format json" \
    "summary --template permanency-file --periods 2023-24Q1..2023-24Q3 --by team" \
    "summary --template permanency-file --period 2023-24Q3 --compare 2023-24Q2 --format json" \
    "summary --series permanency-file,foster-home-review" \
    "summary --framework foster-home-review --period 2022-23 --compare benchmark:first" \
    "summary --template foster-home-review --periods 2022-23..2023-24 --format csv" \
    "summary --audience public --template permanency-file --period 2023-24" \
    "audit list" "audit list --withdrawn" \
    "audit list --auditor a1 --format json" "audit list --grade good --format csv" \
    "audit list --case corrected" "audit show CIN-2023-001" "audit history CIN-2023-001" \
    "audit show CIN-2023-001 --revision 1 --format xml" "audit history MACFA-2022-003" \
    "audit history nothing" "action list" "action list --open" "action list --overdue --by owner" \
    "moderation" "moderation next" "followup list" "template list" "template show iro-practice" \
    "template history foster-home-review" "template export iro-practice" "framework list" \
    "population list" "benchmark list" "indicator show" "indicator list" "history list" \
    "sample list" "sample show early" "sample status early" "ledger" "store info" "store check" \
    "store check --rescore"; do
    both $question
done
grep -q 'the store is whole' "$folder/there.out" || fail "the store is not whole"

# ---- views ----
views() { # STORE
    local view select
    for view in result revision section agency standard measure limit alert action theme attribute; do
        select="SELECT * FROM v_$view"
        case $1 in
        sqlite*) "$python" -B - "${1#sqlite:}" "$view" <<'END'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(f"SELECT * FROM v_{sys.argv[2]}")
names = [c[0] for c in rows.description]
print(*names, sep="|")
for row in sorted("|".join("" if v is None else f"{v:.6g}" if isinstance(v, float) else str(v)
        for n, v in zip(names, row) if n != "recorded_at") for row in rows):
    print(row)
END
            ;;
        *) "$python" -B - "$(psql -X -q -A -F $'\x1f' -R $'\x1e' -h "$cluster_folder" -U keeper -d postgres \
            -c "SET search_path TO caseaudit; SET caseaudit.authority TO '-'; $select" >"$folder/rows"; echo "$folder/rows")" <<'END'
import sys
rows = [row.split("\x1f") for row in open(sys.argv[1]).read().split("\x1e")]
rows.pop()
names = rows.pop(0)
assert names[-1] == "authority"
number = {i for i, n in enumerate(names) if n in ("score", "weight", "numerator")}
print(*names, sep="|")
for row in sorted("|".join(f"{float(v):.6g}" if i in number and v else v
        for i, (n, v) in enumerate(zip(names, row)) if n != "recorded_at") for row in rows):
    print(row)
END
            ;;
        esac
    done
}
views "$here" >"$folder/here.views"
views "$there" >"$folder/there.views"
[ "$(wc -l <"$folder/here.views")" -gt 5000 ] || fail "views hold too little"
cmp "$folder/here.views" "$folder/there.views" || {
    fail "the views differ"
    diff "$folder/here.views" "$folder/there.views" | head -n 20 >&2
}

# ---- erasing; and the history of one in the other ----
both audit erase CIN-2023-004 --why "by right of erasure" --figures keep
both audit erase --case CORRECTED --why "by right of erasure" --figures drop
both record "$samples/returns/child-in-need"
both audit list
both sample show early
both summary --template child-in-need-file
both ledger
both store check --rescore
head_of() { caseaudit --store "$1" store head; }
run 0 --store "$there" store export "$folder/export"
run 0 --store "sqlite:$folder/new.db" store init
run 0 --store "sqlite:$folder/new.db" store import "$folder/export"
equal "the head in SQLite" "$(tail -n 1 "$folder/export/heads")" "$(head_of "sqlite:$folder/new.db")"
run 0 --store "$here" store export "$folder/export2"
run 0 --store "$there&schema=other" store init
run 0 --store "$there&schema=other" store import "$folder/export2"
equal "the head in PostgreSQL" "$(tail -n 1 "$folder/export2/heads")" "$(head_of "$there&schema=other")"
run 0 --store "$there&schema=other" store check --rescore
run 0 --store "$there&schema=other" store import "$folder/export2"
says "the store has all of this already"

# ---- versions: two authorities of version 1, brought to this one by their owner alone ----
sql postgres "CREATE ROLE old_owner; CREATE ROLE old_region; GRANT old_region TO old_owner"
xz -dc "$srcdir/tests/data/postgresql-1.sql.xz" | psql -X -q -v ON_ERROR_STOP=1 -h "$cluster_folder" -U keeper -d postgres \
    >/dev/null || fail "the store of version 1 cannot be made"
old="$there&schema=old"
run 3 --store "$old" store check
says "'caseaudit store init'"
heads=$(sql postgres "SELECT authority, max(sequence), max(at) FROM old.ledger GROUP BY 1 ORDER BY 1")
run 0 --store "$old" store init
run 0 --store "$old" store check --rescore
prints "scored again: 12"
run 0 --store "$old&authority=dudley" store check --rescore
prints "scored again: 1,"
run 0 --store "$old&authority=dudley" record "$samples/returns/child-in-need/CIN-2023-002.xml"
run 0 --store "$old" record "$samples/returns/child-in-need"
equal "entries of the ledgers" "$heads" "$(sql postgres "SELECT authority, max(sequence), max(at) FROM old.ledger
    WHERE subject <> 'CIN-2023-002' OR authority = '-' GROUP BY 1 ORDER BY 1")"
policies() { sql postgres "SELECT tablename, policyname, with_check FROM pg_policies WHERE schemaname = '$1' ORDER BY 1, 2"; }
equal "policies of an older store" "$(policies caseaudit | sed 's/caseaudit[._]/x_/g')" "$(policies old | sed 's/old[._]/x_/g')"
sql postgres "UPDATE old.schema_version SET version = 99"
run 3 --store "$old" store info
says "was written by a newer caseaudit (its schema is 99"
run 3 --store "$old" store init

# ---- places, passwords ----
run 2 --store "postgresql://keeper:CANARY-1@/postgres?$cluster" store info
run 2 --store "postgresql://keeper@/postgres?$cluster&password=CANARY-2" store info
run 2 --store "postgresql://keeper:CANARY-3%zz@[" store info
run 2 --store "$there&schema=Public;" store info
run 3 --store "$there&schema=none" store info
says "store init"
run 3 --store "postgresql://keeper@127.0.0.1:1/postgres" store info
says "cannot be reached"
PGPASSWORD=CANARY-4 run 3 --store "postgresql://keeper@127.0.0.1:1/postgres" store info
grep -q CANARY "$folder/err" "$folder/out" && fail "a password is said"
finish
