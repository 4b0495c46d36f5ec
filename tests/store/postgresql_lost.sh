#!/usr/bin/env bash
# A connection that is cut, or a server that is killed, while returns are recorded: what was acknowledged is
# there, nothing is doubled, and the next run does the rest. Many clients at once, directly and by way of
# PgBouncer, which gives each transaction another session: nobody loses anything or is told of a deadlock.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
needs_python
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'kill "${bouncer:-}" 2>/dev/null; rm -rf "$folder"; stop_cluster' EXIT
cuts=4 kills=1 clients=6 looks=2 interrupted=0
[ "${CA_DEEP:-}" != yes ] || { cuts=240 kills=60 clients=32 looks=40; }
returns="$samples/returns/foster-home-reviews-2023-24 $samples/returns/child-in-need"
all=$(find $returns -name '*.xml' | wc -l)

# try NUMBER STATEMENT|kill: records, is interrupted, looks, and records again
try() {
    local store="postgresql://keeper@/postgres?$cluster&schema=try$1" pause
    run 0 --store "$store" store init
    run 0 --store "$store" template load "$samples/templates/child-in-need-file.xml" \
        "$samples/templates/foster-home-review.xml"
    caseaudit --store "$store" record $returns >"$folder/told" 2>"$folder/said" &
    local recording=$!
    pause=$(printf '0.%03d' $((RANDOM % 600)))
    sleep "$pause"
    if [ "$2" = kill ]; then
        kill -9 "$(head -n 1 "$cluster_folder/data/postmaster.pid")"
        "${as_owner[@]}" "$cluster_bin/pg_ctl" -D "$cluster_folder/data" -m immediate -s stop 2>/dev/null
        sleep 0.5
        until run_cluster 2>/dev/null; do sleep 0.5; done
    else
        sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'caseaudit'" >/dev/null
    fi
    wait "$recording"
    case $? in
    0) ;;
    3)
        interrupted=$((interrupted + 1))
        said=$(sed -n 's/^stored and durable: \([0-9]*\) recorded.*/\1/p' "$folder/said")
        # One that was lost before the store was open has nothing to tell of.
        [ -z "$said" ] || equal "durable after a lost connection" "$(grep -c '^recorded' "$folder/told")" "$said"
        [ -n "$said" ] || ! grep -q '^recorded' "$folder/told" || fail "how many are durable is not said"
        ;;
    *) fail "exit status $? after a lost connection" ;;
    esac
    sql postgres "SELECT return_id FROM try$1.audit" | sort >"$folder/there"
    sed -n 's/^recorded *\([^ ]*\) .*/\1/p' "$folder/told" | sort | comm -23 - "$folder/there" >"$folder/lost"
    [ ! -s "$folder/lost" ] || fail "acknowledged and lost after $pause: $(head -n 3 "$folder/lost")"
    run 0 --store "$store" record $returns
    equal "audits after the second run" "$all" "$(sql postgres "SELECT count(*) FROM try$1.audit")"
    equal "results after the second run" "$all" "$(sql postgres "SELECT count(*) FROM try$1.result")"
    run 0 --store "$store" store check
    sql postgres "DROP SCHEMA try$1 CASCADE" 2>/dev/null
}
for number in $(seq "$cuts"); do try "$number" cut; done
for number in $(seq "$kills"); do try "k$number" kill; done
[ "${CA_DEEP:-}" != yes ] || [ "$interrupted" -gt 60 ] || fail "only $interrupted were interrupted"

# ---- a batch that takes its time and fails in its middle is not told as recorded ----
torn="postgresql://keeper@/postgres?$cluster&schema=torn"
run 0 --store "$torn" store init
run 0 --store "$torn" template load "$samples/templates/child-in-need-file.xml" \
    "$samples/templates/foster-home-review.xml"
sql postgres "CREATE FUNCTION torn.refuse() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(0.5); RAISE EXCEPTION ''refused''; END';
    CREATE TRIGGER refuse BEFORE INSERT ON torn.result FOR EACH ROW EXECUTE FUNCTION torn.refuse()"
run 3 --store "$torn" record $returns
grep '^recorded' "$folder/out" && fail 'what was not stored is told as recorded'
equal "audits after a batch that failed" 0 "$(sql postgres "SELECT count(*) FROM torn.audit")"

# ---- a deadlock with somebody else's program: the batch is put once more, and nobody is told ----
# It waits for the other's lock, who waits for its own; the server ends the one that looks first.
sql postgres "DROP TRIGGER refuse ON torn.result"
psql -X -q -h "$cluster_folder" -U keeper -d postgres >"$folder/other" 2>&1 <<'END' &
SET deadlock_timeout TO '60s';
BEGIN;
LOCK TABLE torn.result IN EXCLUSIVE MODE;
DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'torn.chain'::regclass AND mode = 'RowShareLock'
    AND pid <> pg_backend_pid()) LOOP PERFORM pg_sleep(0.02); END LOOP; END $$;
SELECT 1 FROM torn.chain FOR UPDATE;
COMMIT;
END
other=$!
until [ "$(sql postgres "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'torn.result'::regclass")" = 1 ]; do
    sleep 0.05
done
run 0 --store "$torn" record $returns
wait "$other"
equal "audits after a deadlock" "$all" "$(sql postgres "SELECT count(*) FROM torn.audit")"
equal "results after a deadlock" "$all" "$(sql postgres "SELECT count(*) FROM torn.result")"
run 0 --store "$torn" store check
grep -q 'deadlock detected' "$cluster_folder/data/log" || fail "there was no deadlock"

# ---- many at once ----
# together NAME URI: each client records its own returns, and makes a summary
together() {
    local store=$2 pids=()
    run 0 --store "$store" store init
    run 0 --store "$store" template load "$samples/templates/child-in-need-file.xml"
    for client in $(seq "$clients"); do
        mkdir -p "$folder/$1/$client"
        for file in "$samples"/returns/child-in-need/*.xml; do
            sed "0,/ id=\"/s// id=\"C$client-/" "$file" >"$folder/$1/$client/${file##*/}"
        done
        {
            caseaudit --store "$store" record "$folder/$1/$client" >/dev/null &&
                caseaudit --store "$store" summary --template child-in-need-file --period 2023-24Q3 --format json
        } >"$folder/$1/$client.out" 2>"$folder/$1/$client.err" &
        pids+=($!)
    done
    # Batches are there as a whole, whenever one looks: all that a summary is made of is of one moment.
    for look in $(seq "$looks"); do
        caseaudit --store "$store" summary --template child-in-need-file --period 2023-24Q3 --format json \
            >"$folder/$1/$look.moment" 2>"$folder/look.err" || grep -q 'audits' "$folder/look.err" ||
            fail "a summary while others record: $(cat "$folder/look.err")"
    done
    for client in $(seq "$clients"); do
        wait "${pids[client - 1]}" || { fail "client $client of $1"; tail -n 2 "$folder/$1/$client.err" >&2; }
        grep -qi 'deadlock\|serializ' "$folder/$1/$client.err" && fail "client $client was told: $(cat "$folder/$1/$client.err")"
    done
    for client in $(seq "$clients"); do cp "$folder/$1/$client.out" "$folder/$1/$client-own.moment"; done
    "$python" -B - "$folder/$1"/*.moment <<'END' || fail "a summary of several moments"
import json, sys
# Grades, months, scores and the list of alerts are read by statements of their own.
for place in sys.argv[1:]:
    text = open(place).read()
    if not text:  # before there was anything
        continue
    summary = json.loads(text)
    period = summary["periods"][0]
    urgent = [a for a in period["alerts"] if a["severity"] != "review"]
    figures = [period["audits"], sum(g["count"] for g in period["grades"]) + period["not_graded"],
               sum(m["audits"] for m in period["monthly"]), period["scores"]["count"]]
    assert len(set(figures)) == 1, (place, figures)
    listed = sum(int(a.split()[0]) for a in summary["brief"]["alerts"])
    assert listed == sum(a["count"] for a in urgent), (place, listed, urgent)
END
    run 0 --store "$store" store check
    run 0 --store "$store" audit list
    equal "audits of all clients" $((clients * 12)) "$(grep -c 'child-in-need-file' "$folder/out")"
    # A batch is there as a whole, whenever one looks.
    run 0 --store "$store" store export "$folder/$1/export"
}
together direct "postgresql://keeper@/postgres?$cluster&schema=together"

# ---- by way of PgBouncer ----
pooler=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
if wants "$pooler"; then
    cat >"$cluster_folder/pool.ini" <<END
[databases]
postgres = host=$cluster_folder dbname=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = $cluster_folder
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 2
logfile = $cluster_folder/data/pool.log
END
    sed -i 's/^postgres = .*/& user=keeper/' "$cluster_folder/pool.ini"
    "${as_owner[@]}" "$pooler" -q "$cluster_folder/pool.ini" >/dev/null 2>&1 &
    bouncer=$!
    until [ -S "$cluster_folder/.s.PGSQL.6432" ] || ! kill -0 "$bouncer"; do sleep 0.1; done
    together pooled "postgresql://keeper@/postgres?$cluster&port=6432&schema=pooled"
    [ "$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'caseaudit'")" -le 2 ] ||
        fail "the pool was not used"
    kill "$bouncer"
    wait "$bouncer" 2>/dev/null
fi
finish
