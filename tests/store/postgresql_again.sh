#!/usr/bin/env bash
# What the server undoes for others' sake (a deadlock, a serialisation failure; in the middle of a change,
# and when it is made durable) is done once more by every verb that changes something: nobody is told, and
# nothing is doubled. A connection that is lost is told: in the middle of a change, of which nothing is
# there then, or while the change was made durable, when it may be there.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
of() { echo "postgresql://keeper@/postgres?$cluster&schema=$1"; }

sql postgres "CREATE ROLE amira; CREATE ROLE rita"
for store in calm torn; do
    run 0 --store "$(of $store)" store init
    run 0 --store "$(of $store)" template load "$samples"/templates/{child-in-need-file,permanency-file}.xml
done

# Of three attempts at a change two fail at its first row; of two that come to their end one fails there.
# (What a sequence gave is never undone.)
sql postgres "CREATE SEQUENCE torn.turn; CREATE SEQUENCE torn.turn_at_end;
    GRANT ALL ON SEQUENCE torn.turn, torn.turn_at_end TO PUBLIC;
    CREATE FUNCTION torn.undo() RETURNS trigger LANGUAGE plpgsql AS \$\$
    DECLARE turn bigint;
    BEGIN
        IF current_setting('test.attempt', true) = txid_current()::text THEN RETURN NULL; END IF;
        PERFORM set_config('test.attempt', txid_current()::text, true);
        turn := nextval('torn.turn') % 3;
        IF turn = 1 THEN RAISE EXCEPTION 'undone' USING ERRCODE = '40001'; END IF;
        IF turn = 2 THEN RAISE EXCEPTION 'undone' USING ERRCODE = '40P01'; END IF;
        RETURN NULL;
    END \$\$;
    CREATE FUNCTION torn.undo_at_end() RETURNS trigger LANGUAGE plpgsql AS \$\$
    BEGIN
        IF current_setting('test.end', true) = txid_current()::text THEN RETURN NULL; END IF;
        PERFORM set_config('test.end', txid_current()::text, true);
        IF nextval('torn.turn_at_end') % 2 = 1 THEN RAISE EXCEPTION 'undone' USING ERRCODE = '40001'; END IF;
        RETURN NULL;
    END \$\$"
# undo YES|NO: whether that is so
undo() {
    sql postgres "DO \$\$ DECLARE t text; BEGIN
        FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'torn'::regnamespace LOOP
            IF $1 THEN
                EXECUTE format('CREATE TRIGGER aaa BEFORE INSERT OR UPDATE OR DELETE ON torn.%I
                    EXECUTE FUNCTION torn.undo()', t);
                EXECUTE format('CREATE CONSTRAINT TRIGGER aaz AFTER INSERT OR UPDATE OR DELETE ON torn.%I
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION torn.undo_at_end()', t);
            ELSE
                EXECUTE format('DROP TRIGGER aaa ON torn.%I', t);
                EXECUTE format('DROP TRIGGER aaz ON torn.%I', t);
            END IF;
        END LOOP; END \$\$"
}
turns() { sql postgres "SELECT a.last_value + b.last_value FROM torn.turn a, torn.turn_at_end b"; }

said() { # STORE STATUS ARGUMENT...: what it prints and says, times and places left out
    run "$2" --store "$(of "$1")" --today 2024-06-30 "${@:3}"
    cat "$folder/out" "$folder/err" |
        sed -E "s/schema=[a-z]+//g; s/[0-9-]{10}T[0-9:]{8}Z/TIME/g; s/[0-9a-f]{64}/HASH/g" >"$folder/$1"
}
# both STATUS ARGUMENT...: the same where each change is undone at first, and where none is
both() {
    local before
    before=$(turns)
    said calm "$@"
    said torn "$@"
    cmp -s "$folder/calm" "$folder/torn" || { fail "undone, it says: ${*:2}"; diff "$folder/calm" "$folder/torn" | head >&2; }
    [ "$(turns)" -ge $((before + 5)) ] || fail "nothing was undone: ${*:2}"
}
# whole [AUTHORITY]: nothing is amiss, but for those triggers, which would be told as somebody else's
whole() {
    undo false
    run 0 --store "$(of torn)${1:+&authority=$1}" store check
    undo true
}
same_entries() {
    entries() { sql postgres "SELECT authority, sequence, kind, subject FROM $1.ledger ORDER BY 1, 2"; }
    equal "entries of the ledger" "$(entries calm)" "$(entries torn)"
    whole
}

printf '%s\n' case N-1 N-2 N-3 N-4 N-5 N-6 N-7 N-8 N-9 >"$folder/list.csv"
printf 'auditor\nA1\nA2\n' >"$folder/auditors.csv"
one=$samples/returns/child-in-need/CIN-2023-001.xml
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$one" >"$folder/corrected.xml"
undo true
both 0 template load "$samples/templates/iro-practice.xml"
both 0 record "$samples/returns/child-in-need"
both 0 record --new-revision "$folder/corrected.xml"
both 0 audit withdraw CIN-2023-002 --why 'of another child'
both 0 audit restore CIN-2023-002
both 0 action complete CIN-2023-002:2 --on 2023-11-01
both 0 action verify CIN-2023-002:2 --by QA1
both 0 action reopen CIN-2023-002:2 --why 'it was not done'
both 0 template retire iro-practice@2023.2 --on 2023-10-01
both 0 history import "$samples/history.csv"
both 0 indicator import "$samples/indicators.csv"
both 0 population set --template child-in-need-file --period 2023-24Q3 120
both 0 benchmark set first --template child-in-need-file --period 2023-24
both 0 sample draw early --template child-in-need-file --population "$folder/list.csv" --id case \
    --seed one --on 2023-01-02 --size 4 --reserve 3
case=$(caseaudit --store "$(of calm)" sample show early --format csv | sed -n '2s/,.*//p' | tr -d '"')
both 0 sample replace early "$case" --why 'the file is elsewhere'
both 0 allocate early --auditors "$folder/auditors.csv"
both 0 store set year-start 9
both 0 summary --audience public --period 2023-24 --publish first
both 0 audit erase CIN-2023-004 --why request --figures keep
both 0 store grant amira --authority dudley --as lead
both 0 store grant rita --region --as reader
both 0 store revoke amira
same_entries
before=$(turns)
for store in calm torn; do run 0 --store "$(of $store)" store export "$folder/export-$store"; done
run 0 --store "$(of torn)" store head
[ "$(turns)" -ge $((before + 10)) ] || fail "an export's entries were not undone"

# ---- an export is taken over as one change; with a history of its own, entry by entry ----
for store in calm torn; do
    run 0 --store "$(of $store)&authority=sandwell" store init
    run 0 --store "$(of $store)&authority=walsall" store init
    run 0 --store "$(of $store)&authority=walsall" store set year-start 1
done
for authority in sandwell walsall; do
    before=$(turns)
    for store in calm torn; do
        run 0 --store "$(of $store)&authority=$authority" store import "$folder/export-calm"
        cp "$folder/err" "$folder/$store"
    done
    cmp -s "$folder/calm" "$folder/torn" || { fail "undone, an import says:"; diff "$folder/calm" "$folder/torn" >&2; }
    [ "$(turns)" -gt $((before + 4)) ] || fail "the import was not undone"
    whole "$authority"
done
equal "the head that was taken over" "$(tail -n 1 "$folder/export-calm/heads")" \
    "$(caseaudit --store "$(of torn)&authority=sandwell" store head)"
undo false

# ---- a deadlock with somebody else's program ----
# Each waits for the other's lock; the server ends the one that looks first.
psql -X -q -h "$cluster_folder" -U keeper -d postgres >"$folder/other" 2>&1 <<'SQL' &
SET deadlock_timeout TO '60s';
BEGIN;
LOCK TABLE torn.setting IN EXCLUSIVE MODE;
DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'torn.chain'::regclass AND mode = 'RowShareLock'
    AND pid <> pg_backend_pid()) LOOP PERFORM pg_sleep(0.02); END LOOP; END $$;
SELECT 1 FROM torn.chain FOR UPDATE;
COMMIT;
SQL
other=$!
until [ "$(sql postgres "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = 'torn.setting'::regclass")" = 1 ] ||
    ! kill -0 "$other"; do
    sleep 0.05
done
settings() { sql postgres "SELECT count(*) FROM torn.ledger WHERE kind = 'set' AND authority = '-'"; }
before=$(settings)
run 0 --store "$(of torn)" store set year-start 4
wait "$other"
equal "what is said of a deadlock" "" "$(cat "$folder/err")"
equal "settings after a deadlock" $((before + 1)) "$(settings)"
grep -q 'deadlock detected' "$cluster_folder/data/log" || fail "there was no deadlock"

# ---- connections that are lost ----
# In the middle of the change: nothing of it is there.
sql postgres "CREATE FUNCTION torn.cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END';
    CREATE TRIGGER cut AFTER INSERT ON torn.ledger EXECUTE FUNCTION torn.cut()"
run 3 --store "$(of torn)" store set year-start 5
says "and the same command again does the rest"
# At its end, and undone by that.
sql postgres "DROP TRIGGER cut ON torn.ledger; CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON torn.ledger
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION torn.cut()"
run 3 --store "$(of torn)" store set year-start 6
says "which is there as a whole or not at all: 'caseaudit ledger' tells"
sql postgres "DROP TRIGGER cut ON torn.ledger"
equal "settings without their end" $((before + 1)) "$(settings)"
# At its end, when it is there already: the server waits for a second one that should have it, too.
sql postgres "ALTER SYSTEM SET synchronous_standby_names TO 'nobody'" && sql postgres "SELECT pg_reload_conf()" >/dev/null
caseaudit --store "$(of torn)" store set year-start 7 >"$folder/out" 2>"$folder/err" &
setting=$!
until [ "$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'caseaudit'")" = 1 ] ||
    ! kill -0 "$setting"; do
    sleep 0.05
done
sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'" >/dev/null
wait "$setting"
equal "the exit status" 3 $?
says "which is there as a whole or not at all: 'caseaudit ledger' tells"
PGOPTIONS='-c synchronous_commit=local' sql postgres "ALTER SYSTEM RESET synchronous_standby_names" &&
    sql postgres "SELECT pg_reload_conf()" >/dev/null
equal "settings that are there, though nobody said so" $((before + 2)) "$(settings)"
run 0 --store "$(of torn)" ledger
tail -n 1 "$folder/out" | grep -qF "year-start" || fail "the ledger does not tell of it"
run 0 --store "$(of torn)" store check
finish
