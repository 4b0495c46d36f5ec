#!/usr/bin/env bash
# A password is said nowhere. In a store's name every verb refuses it, in messages and in the list of processes
# it is covered; one that stands where it belongs is in no message, no process's title and no log of the server.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs_python
"$python" -B "$helper/passwords.py" "$CASEAUDIT" || fail "a password in a store's name"
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
needs psql
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary -c log_statement=all -c log_connections=on -c log_min_messages=info
trap 'rm -rf "$folder"; stop_cluster' EXIT

PGOPTIONS='-c log_statement=none' sql postgres "CREATE ROLE amira SUPERUSER LOGIN PASSWORD 'CANARY-GOOD'"
"${as_owner[@]}" sed -i '1i local all amira scram-sha-256' "$cluster_folder/data/pg_hba.conf"
sql postgres "SELECT pg_reload_conf()" >/dev/null
there="postgresql://amira@/postgres?$cluster"
run 3 --store "$there" store init
says "cannot be reached"
PGPASSWORD=CANARY-BAD run 3 --store "$there" store init
says "password authentication failed"
grep -q CANARY "$folder/out" "$folder/err" && fail "a wrong password is said"
printf '*:*:*:*:CANARY-BAD\n' >"$folder/pass"
chmod 644 "$folder/pass"
PGPASSFILE=$folder/pass run 3 --store "$there" store init
grep -q CANARY "$folder/out" "$folder/err" && fail "a password in a file that others can read is said"
printf '*:*:*:*:CANARY-GOOD\n' >"$folder/pass"
chmod 600 "$folder/pass"
export PGPASSFILE=$folder/pass
run 0 --store "$there" store init
run 0 --store "$there" template load "$samples/templates/child-in-need-file.xml"
# While it waits for somebody, with all its processes and the server's.
psql -X -q -h "$cluster_folder" -U keeper -d postgres -c "SELECT pg_sleep(600) FROM (SELECT 1 FROM caseaudit.chain FOR UPDATE) held" >/dev/null 2>&1 &
holding=$!
until [ "$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")" = 1 ] || ! kill -0 "$holding"; do sleep 0.05; done
PGPASSWORD=CANARY-GOOD caseaudit --store "$there" record --jobs 2 "$samples/returns/child-in-need" >"$folder/out" 2>"$folder/err" &
recording=$!
until [ "$(sql postgres "SELECT count(*) FROM pg_locks WHERE NOT granted")" = 1 ] || ! kill -0 "$recording"; do sleep 0.05; done
cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' >"$folder/processes"
grep -q 'record --jobs 2' "$folder/processes" || fail "the processes were not looked at"
grep -q 'CANARY-GOOD' "$folder/processes" && fail "a process's title has the password"
sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'" >/dev/null
wait "$recording" || fail "record with a password"
wait "$holding" 2>/dev/null
run 0 --store "$there" summary
run 0 --store "$there" store info
run 0 --store "$there" store export "$folder/export"
grep -rqs CANARY "$folder/out" "$folder/err" "$folder/export" && fail "the password is said"
grep -q "connection authorized: user=amira" "$cluster_folder/data/log" || fail "the server's log was not looked at"
grep -q CANARY "$cluster_folder/data/log" && fail "the password is in the server's log"
finish
