#!/usr/bin/env bash
# Roles of a store in PostgreSQL: each does its work, and what it may not see or change the database
# refuses, whichever program asks: here psql, with forty attempts and more for each role.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
store_of() { echo "postgresql://$1@/postgres?$cluster"; }
by() { # ROLE STATUS ARGUMENT...
    local role=$1 status=$2
    shift 2
    run "$status" --store "$(store_of "$role")" "$@"
}

by keeper 0 store init
for role in amira ben lee sam rita reg stranger; do sql postgres "CREATE ROLE $role LOGIN"; done
by stranger 3 store info
by keeper 0 store grant amira --authority dudley --as auditor
by keeper 0 store grant ben --authority dudley --as auditor
by keeper 0 store grant lee --authority dudley --as lead
by keeper 0 store grant sam --authority sandwell --as lead
by keeper 0 store grant rita --authority dudley --as reader
by keeper 0 store grant reg --region --as reader
by keeper 2 store grant reg --region --as lead
by keeper 2 store grant amira --as auditor
by keeper 2 store grant amira --authority 'Not One' --as auditor
by keeper 3 store grant nobody-there --authority dudley --as reader
by keeper 0 store roles
equal "roles" 6 "$(wc -l <"$folder/out")"
CASEAUDIT_STORE=sqlite:$folder/store.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/store.db run 2 store grant amira --authority dudley --as lead

# ---- who may not make a store has its administrator make it ----
as_stranger() { run "$1" --store "postgresql://stranger@/postgres?$cluster&schema=asked" "${@:2}"; }
as_stranger 3 store init
says "'caseaudit store init --sql'"
CASEAUDIT_STORE='postgresql://stranger@127.0.0.1:1/nowhere?schema=asked' run 0 store init --sql
psql -X -q -v ON_ERROR_STOP=1 -h "$cluster_folder" -U keeper -d postgres -f "$folder/out" >"$folder/err" 2>&1 ||
    fail "the administrator cannot run it"
equal "what the administrator was told" "" "$(cat "$folder/err")"
sql postgres "GRANT asked_owner TO stranger"
as_stranger 3 store check
as_stranger 0 store init
as_stranger 0 template load "$samples/templates/child-in-need-file.xml"
as_stranger 0 record "$samples/returns/child-in-need"
as_stranger 0 store check --rescore
definition() { sql postgres "SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = '$1' ORDER BY 1, ordinal_position"; }
equal "the tables of both ways" "$(definition caseaudit)" "$(definition asked)"
CASEAUDIT_STORE=sqlite:$folder/store.db run 2 store init --sql

# ---- what each may ----
one=$samples/returns/child-in-need/CIN-2023-001.xml
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$one" >"$folder/corrected.xml"
sed 's/ id="CIN-2023-001"/ id="CIN-BEN"/' "$one" >"$folder/ben.xml"
for role in lee sam; do
    by $role 0 template load "$samples/templates/child-in-need-file.xml"
done
by amira 0 record "$samples/returns/child-in-need"
by amira 0 record --new-revision "$folder/corrected.xml"
by amira 0 record "$samples/returns/child-in-need/CIN-2023-002.xml"
prints "unchanged"
by ben 0 record "$folder/ben.xml"
by sam 0 record "$one"
by lee 0 audit list
[ "$(wc -l <"$folder/out")" -eq 13 ] || fail "lee sees $(wc -l <"$folder/out") lines of audits"
by lee 0 audit show CIN-BEN
by lee 0 audit withdraw CIN-BEN --why "of another child"
by lee 0 audit restore CIN-BEN
by lee 0 action complete CIN-2023-002:2 --on 2023-11-01
by lee 0 indicator import "$samples/indicators.csv"
by lee 0 store check --rescore
by sam 0 store check
by sam 0 audit list
grep -q CIN-2023-002 "$folder/out" && fail "sandwell sees dudley's audits"
by rita 0 summary --audience executive
prints "of 13"
by amira 0 template list
by amira 3 audit list
says "it needs a lead of the authority"
by amira 3 template load "$samples/templates/iro-practice.xml"
by rita 3 record "$one"
by lee 3 audit erase CIN-BEN --why "by right of erasure"
says "it needs the store's owner"
by lee 3 store grant amira --authority dudley --as lead
by reg 3 audit list
says "region_result"

# Public summaries are held to what was published, whoever makes them.
by lee 0 summary --audience public --period 2023-24 --publish first
by lee 0 summary --audience public --period 2023-24
cp "$folder/out" "$folder/public"
by rita 0 summary --audience public --period 2023-24
cmp -s "$folder/public" "$folder/out" || fail "the public is told another thing by a reader"

# ---- what none may ----
as_role() { psql -X -q -A -t -h "$cluster_folder" -U "$1" -d postgres -c "SET search_path TO caseaudit" -c "$2" 2>&1; }
sql postgres "SELECT format(attempt, relname, attname)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum = 1, (VALUES
        ('DELETE FROM caseaudit.%s;'), ('TRUNCATE caseaudit.%s;'), ('UPDATE caseaudit.%1\$s SET %2\$s = %2\$s;')) AS a(attempt)
    WHERE relkind = 'r' AND relnamespace = 'caseaudit'::regnamespace" >"$folder/on-tables"
[ "$(wc -l <"$folder/on-tables")" -ge 90 ] || fail "few tables are attempted"
attempts=0
refused() { # ROLE STATEMENT: an error
    attempts=$((attempts + 1))
    case $(as_role "$1" "$2") in
    *ERROR:*) ;;
    *) fail "$1 was let: $2" ;;
    esac
}
nothing() { # ROLE STATEMENT: nothing of others, or an error
    local answer
    attempts=$((attempts + 1))
    answer=$(as_role "$1" "$2")
    case $answer in
    '' | 0 | *ERROR:*) ;;
    *) fail "$1 was told '$answer': $2" ;;
    esac
}
# many ROLE: one session, a statement a line, of which each must fail
many() {
    local asked told
    asked=$(grep -c . "$folder/attempts")
    told=$(PGOPTIONS="-c search_path=caseaudit" psql -X -q -h "$cluster_folder" -U "$1" -d postgres -f "$folder/attempts" 2>&1 | grep -c 'ERROR:')
    attempts=$((attempts + asked))
    equal "attempts of $1 that were refused" "$asked" "$told"
}

for role in amira lee rita reg stranger; do
    attempts=0
    cp "$folder/on-tables" "$folder/attempts"
    cat >>"$folder/attempts" <<'END'
DROP TABLE caseaudit.ledger;
ALTER TABLE caseaudit.ledger DISABLE TRIGGER guard;
ALTER TABLE caseaudit.result DISABLE ROW LEVEL SECURITY;
DROP POLICY own ON caseaudit.result;
CREATE TABLE caseaudit.mine (x integer);
CREATE OR REPLACE FUNCTION caseaudit.own_kind() RETURNS text LANGUAGE sql AS 'SELECT ''owner''';
SET ROLE caseaudit_owner;
SET SESSION AUTHORIZATION keeper;
SELECT caseaudit.grant_to(session_user, 'sandwell', 'lead');
SELECT caseaudit.revoke_from('sam');
INSERT INTO caseaudit.access VALUES (session_user, 'sandwell', 'lead');
SELECT * FROM caseaudit.access;
ALTER ROLE amira CREATEROLE;
INSERT INTO caseaudit.ledger(sequence, at, who, kind, commitment, previous, hash, authority) VALUES (999, now(), session_user, 'x', '', '', '', 'sandwell');
INSERT INTO caseaudit.ledger(sequence, at, who, kind, commitment, previous, hash, authority) VALUES (999, now(), 'keeper', 'x', '', '', '', 'dudley');
INSERT INTO caseaudit.result_section VALUES (1, 0, 9, 100, 0, 0, 'dudley');
INSERT INTO caseaudit.document(id, sha256, bytes, authority) VALUES (999, '', '', 'sandwell');
SELECT caseaudit.set_latest(1, 2);
SELECT caseaudit.set_content('x', 1);
SELECT caseaudit.set_figure(1, 0, 1, 1, 1);
SELECT caseaudit.set_draw_content(1, 'x');
END
    many $role
    for view in result revision section standard action theme; do
        nothing $role "SELECT count(*) FROM v_$view WHERE authority <> 'dudley'"
        nothing $role "SET caseaudit.authority TO 'sandwell'; SELECT count(*) FROM v_$view WHERE authority = 'sandwell'"
    done
    [ $role = reg ] || # who says whose figures he wants
        nothing $role "SET caseaudit.authority TO 'sandwell'; SELECT count(*) FROM result WHERE authority = 'sandwell'"
    nothing $role "SELECT count(*) FROM document WHERE authority = 'sandwell'"
    [ "$attempts" -ge 40 ] || fail "$role tried $attempts times only"
done
# Of one's own authority, too.
for statement in "SELECT case_ref FROM v_result" "SELECT auditor FROM v_result" "SELECT case_ref FROM result" \
    "SELECT bytes FROM document" "SELECT text FROM v_action" "SELECT owner FROM result_action" \
    "SELECT value FROM result_attribute" "SELECT detail FROM ledger" "SELECT subject FROM ledger" \
    "SELECT message FROM v_alert" "SELECT * FROM v_theme" "SELECT who FROM ledger" "SELECT answer FROM v_standard"; do
    refused rita "$statement"
    refused reg "$statement"
done
refused reg "SELECT return_id FROM region_result"
for statement in "SELECT return_id FROM audit" "SELECT * FROM audit" "SELECT return_id FROM v_result" "SELECT sha256 FROM document"; do
    refused reg "SET caseaudit.authority TO 'dudley'; $statement"
done
refused reg "SELECT case_ref FROM region_result"
equal "the region's authorities" "dudley sandwell" "$(as_role reg "SELECT DISTINCT authority FROM region_result ORDER BY 1" | xargs)"
nothing amira "SELECT count(*) FROM result r JOIN audit a ON a.id = r.audit WHERE return_id = 'CIN-BEN'"
nothing amira "SELECT count(*) FROM document d WHERE position('CIN-BEN' in encode(d.bytes, 'escape')) > 0"
nothing amira "SELECT count(*) FROM result_finding"
refused amira "SELECT caseaudit.uncount(2, 1)"
refused amira "SELECT caseaudit.take_back(2)"
refused amira "SELECT caseaudit.repack_actions(1, 'x')"
equal "the region through other views" "" "$(as_role rita "SELECT 1 FROM region_result" | grep -v ERROR)"

# ---- a store of an older version ----
sql postgres "ALTER TABLE caseaudit.erasure DROP first_document, DROP counted_document;
    SET client_min_messages TO error; DROP TRIGGER beginning ON caseaudit.ledger; DROP TABLE caseaudit.chain CASCADE;
    DROP FUNCTION caseaudit.begin_writing(), caseaudit.end_writing(), caseaudit.last_told(), caseaudit.last_result();
    UPDATE caseaudit.schema_version SET version = 1; REVOKE ALL ON caseaudit.document FROM rita"
for role in rita lee keeper; do
    by $role 3 store info
    says "is of an older caseaudit; its owner brings it up to date"
done
by lee 3 store init
run 0 --store "$(store_of keeper)&authority=dudley" store init
by lee 0 store check
by reg 0 summary --template child-in-need-file --period 2023-24 --audience executive --by authority
prints "sandwell"
by rita 0 summary --audience public --period 2023-24
cmp -s "$folder/public" "$folder/out" || fail "the public is told another thing by the newer version"
run 0 --store "$(store_of keeper)&authority=dudley" audit erase CIN-2023-001 --why request
by lee 0 store check
by rita 0 summary --audience public --period 2023-24
cmp -s "$folder/public" "$folder/out" || fail "the public is told another thing after an erasure"

# ---- and no more once it is taken away ----
by keeper 0 store revoke rita
by rita 3 summary --audience executive
refused rita "SELECT count(*) FROM v_result"
by keeper 0 store roles
grep -q rita "$folder/out" && fail "rita still has a role"
by lee 0 store check --rescore
finish
