#!/usr/bin/env bash
# Who may add rows to a store in PostgreSQL leaves nothing in the way of others: rows of results that
# are not made yet or are made already, numbers far away, entries that do not follow, changes that the
# ledger does not tell of, locks. The database refuses them, and what a program does rightly it lets through.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'kill "${holder:-}" 2>/dev/null; rm -rf "$folder"; stop_cluster' EXIT
by() { # ROLE STATUS ARGUMENT...
    run "$2" --store "postgresql://$1@/postgres?$cluster" "${@:3}"
}

by keeper 0 store init
for role in amira ben lee rita stranger; do sql postgres "CREATE ROLE $role LOGIN"; done
by keeper 0 store grant amira --authority dudley --as auditor
by keeper 0 store grant ben --authority dudley --as auditor
by keeper 0 store grant lee --authority dudley --as lead
by keeper 0 store grant rita --authority dudley --as reader
by lee 0 template load "$samples/templates/child-in-need-file.xml"
one=$samples/returns/child-in-need/CIN-2023-001.xml
by amira 0 record "$one" "$samples/returns/child-in-need/CIN-2023-002.xml"
sed 's/ id="CIN-2023-001"/ id="CIN-BEN"/' "$one" >"$folder/ben.xml"
by ben 0 record "$folder/ben.xml"
number() { # WHAT RETURN: of its result or audit
    sql postgres "SELECT a.$1 FROM caseaudit.audit a WHERE a.authority = 'dudley' AND a.return_id = '$2'"
}

# session ROLE: what the server says to the statements of standard input, each line on its own
session() {
    PGOPTIONS="-c search_path=caseaudit -c caseaudit.authority=dudley" \
        psql -X -q -A -t -h "$cluster_folder" -U "$1" -d postgres -f - 2>&1
}
# refused ROLE WHY STATEMENT: an error that says so
refused() {
    local told
    told=$(session "$1" <<<"$3")
    grep -qE "ERROR:  .*($2)" <<<"$told" || fail "$1 was let, or refused for another reason ($told): $3"
}
let_through() { # ROLE STATEMENT
    local told
    told=$(session "$1" <<<"$2")
    ! grep -q 'ERROR' <<<"$told" || fail "$1 was refused ($told): $2"
}

# ---- a row of every table, with numbers of all kinds ----
sql postgres "SELECT format('INSERT INTO caseaudit.%I VALUES (%s);', c.relname, string_agg(CASE
        WHEN a.attname IN ('id', 'sequence', 'change', 'result', 'draw', 'allocation', 'latest') AND
            a.atttypid = 'bigint'::regtype THEN n.number
        WHEN a.attname = 'authority' THEN '''dudley''' WHEN a.attname IN ('made_by', 'who') THEN 'session_user'
        WHEN a.attname = 'erased' THEN 'NULL' WHEN a.atttypid = 'date'::regtype THEN '''2024-01-31'''
        WHEN a.atttypid = 'timestamptz'::regtype THEN 'now()' WHEN a.atttypid = 'boolean'::regtype THEN 'true'
        WHEN a.atttypid IN ('text'::regtype, 'bytea'::regtype) THEN '''x''' ELSE '77' END, ', ' ORDER BY a.attnum))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
        (VALUES ('1000000'), ('9223372036854775807'), ('$(number latest CIN-BEN)'), ('$(number latest CIN-2023-001)'),
        ('(SELECT result + 1 FROM caseaudit.last_rows())'), ('(SELECT change + 1 FROM caseaudit.last_rows())'),
        ('(SELECT document + 1 FROM caseaudit.last_rows())'), ('(SELECT audit + 1 FROM caseaudit.last_rows())')) AS n(number)
    WHERE c.relkind = 'r' AND c.relnamespace = 'caseaudit'::regnamespace
    GROUP BY c.relname, n.number ORDER BY 1" >"$folder/strays"
echo "INSERT INTO caseaudit.result_section VALUES (1000000, 0, 9, 100, 0, 0, 'dudley');" >>"$folder/strays"
[ "$(grep -c 'INTO caseaudit.result_' "$folder/strays")" -ge 88 ] || fail "few rows of results are attempted"
# Where the writing has begun, rows go behind those that are there, and the ledger must tell of them.
grep -v 'caseaudit.plugin' "$folder/strays" | sed 's/^/BEGIN; SELECT caseaudit.begin_writing(); /; s/$/ COMMIT;/' >"$folder/begun"
why='row-level security|permission denied|this role adds nothing|not told of by the ledger|an entry of the ledger does not follow'
for role in amira lee rita stranger; do
    for kind in strays $([ $role = amira ] || [ $role = lee ] && echo begun); do
        session $role <"$folder/$kind" | grep 'ERROR:' | grep -v 'current transaction is aborted' >"$folder/told"
        equal "$kind of $role that were refused" "$(wc -l <"$folder/$kind")" "$(grep -cE "ERROR:  .*($why)" "$folder/told")"
        grep -vE "$why" "$folder/told" >&2 && fail "$role was refused for another reason"
        grep -vnFf <(sed -E 's/.*<stdin>:([0-9]+):.*/\1/' "$folder/told" | while read -r n; do sed -n "${n}p" "$folder/$kind"; done) "$folder/$kind" >&2 && fail "$role was let"
    done
done

# ---- rows that are right but for one thing ----
# A result, its audit and its entry as SQL makes them, with what is put in their places.
whole() { # RESULT AUDIT LATEST SEQUENCE PREVIOUS KIND AT
    echo "INSERT INTO result(id, audit, revision, template, plugin, change, audit_date, status, complete, facts)
            SELECT $1, $2, 9, 1, 1, l.change + 1, '2024-01-31', 0, 1, 'x' FROM last_rows() l;
        INSERT INTO result_section VALUES ((SELECT max(id) FROM result), 0, 9, 100, 0, 0);
        INSERT INTO audit(id, return_id, latest) SELECT l.audit + 1, 'MADE-BY-HAND', $3 FROM last_rows() l;
        INSERT INTO ledger(sequence, at, who, kind, salt, subject, detail, commitment, previous, hash)
            SELECT e.n, e.at, session_user, '$6', e.salt, 's', 'd', e.c, e.p, encode(sha256(sized(e.p) || sized(e.n::text)
                || sized(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')) || sized(session_user::text)
                || sized('$6'::text) || sized(e.c)), 'hex')
            FROM (SELECT l.change + $4 AS n, $5 AS p, date_trunc('second', $7) AS at, '0123456789abcdef'::bytea AS salt,
                sha256(sized('0123456789abcdef'::bytea) || sized('s'::text) || sized('d'::text)) AS c FROM last_rows() l) e;"
}
begin='BEGIN; SELECT begin_writing();'
right=('l.result + 1' 'l.audit + 1' 'l.result' 1 'l.head' record 'now()')
with() { # PLACE VALUE: the right rows but for that
    local values=("${right[@]}")
    values[$1]=$2
    whole "${values[@]}"
}
let_through amira "$begin $(whole "${right[@]}") SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK;"
told='not told of by the ledger'
refused amira row-level "BEGIN; $(whole "${right[@]}") COMMIT;"
refused amira "$told" "$begin $(with 0 'l.result + 2') COMMIT;"
refused amira "$told" "$begin $(with 1 "$(number id CIN-BEN)") COMMIT;"
refused amira "$told" "$begin $(with 1 1000000) COMMIT;"
refused amira row-level "$begin $(with 2 "$(number latest CIN-BEN)") COMMIT;"
refused amira row-level "$begin $(with 2 1000000) COMMIT;"
refused amira 'does not follow' "$begin $(with 3 2) COMMIT;"
refused amira 'does not follow' "$begin $(with 4 "repeat('0', 64)") COMMIT;"
refused amira "$told" "$begin $(with 5 head) COMMIT;"
refused amira 'does not follow' "$begin $(with 6 "now() + interval '1 year'") COMMIT;"
refused amira "$told" "$begin $(whole "${right[@]}") INSERT INTO document(id, sha256, bytes) SELECT document + 1, 'x', 'x' FROM last_rows(); COMMIT;"
refused amira row-level "$begin $(whole "${right[@]}") SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO result_agency SELECT result, 0 FROM last_rows();"
refused amira row-level "$begin SET CONSTRAINTS ALL IMMEDIATE; SELECT begin_writing(); INSERT INTO document(id, sha256, bytes) SELECT document + 1, 'x', 'x' FROM last_rows(); COMMIT;"
refused amira 'READ COMMITTED' "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT begin_writing();"
refused amira row-level "$begin $(whole "${right[@]}") INSERT INTO tally SELECT 1, '2024-02-01', result, 'x', 'x' FROM last_rows(); COMMIT;"
# A table of one's own does not take the place of the store's.
refused amira row-level "CREATE TEMP TABLE plugin(id bigint); INSERT INTO pg_temp.plugin VALUES (1000000); SET search_path TO pg_temp, caseaudit;
    $begin INSERT INTO caseaudit.plugin VALUES (1000001, 'x', 'x', 'x'); COMMIT;"

# What is there changes with an entry that says so, of a lead as well.
for statement in "SELECT uncount($(number latest CIN-BEN), 1)" "INSERT INTO setting SELECT change + 1, 'year-start', '9' FROM last_rows()" \
    "INSERT INTO aside SELECT $(number latest CIN-BEN), 'x'" "INSERT INTO part(template, kind, position, id, label, change) SELECT 1, 5, 99, 'x', 'x', change + 1 FROM last_rows()"; do
    refused lee "$told" "$begin $statement; COMMIT;"
done
refused lee 'permission denied' "INSERT INTO chain VALUES ('nowhere')"
refused lee row-level "$begin INSERT INTO part(template, kind, position, id, label) VALUES (1, 5, 99, 'x', 'x'); COMMIT;"

# ---- locks ----
for role in amira lee rita; do
    for statement in "LOCK TABLE ledger IN SHARE MODE" "LOCK TABLE result IN EXCLUSIVE MODE" "LOCK TABLE chain" \
        "SELECT authority FROM chain FOR UPDATE" "SELECT sequence FROM ledger FOR SHARE"; do
        refused $role 'permission denied' "BEGIN; $statement; COMMIT;"
    done
done
refused rita 'this role adds nothing' "SELECT begin_writing()"
session stranger <<'END' >"$folder/held" &
SELECT pg_advisory_lock(hashtextextended('caseaudit', 0)), pg_advisory_lock(hashtextextended('caseaudit caseaudit dudley', 0));
\echo held
SELECT pg_sleep(600);
END
holder=$!
until grep -q held "$folder/held"; do sleep 0.1; done
begun=$SECONDS
by amira 0 record "$samples/returns/child-in-need/CIN-2023-003.xml"
by keeper 0 store grant ben --authority dudley --as auditor
[ $((SECONDS - begun)) -lt 50 ] || fail "a stranger's lock is waited for"
kill "$holder"

# ---- each verb of a lead is let through ----
by lee 0 audit list
equal "audits" 4 "$(grep -c child-in-need-file "$folder/out")"
by lee 0 template load "$samples"/templates/*.xml
# More than is sent at a time, by an auditor.
by ben 0 record "$samples/returns/foster-home-reviews-2023-24"
sed 's/case ref="[^"]*"/case ref="CORRECTED"/' "$one" >"$folder/corrected.xml"
by amira 0 record --new-revision "$folder/corrected.xml"
printf 'case,team\nFICTION-1,east\nFICTION-2,east\nFICTION-3,west\n' >"$folder/list.csv"
printf 'auditor,team\nAUD1,east\nAUD2,west\n' >"$folder/auditors.csv"
while read -r line; do
    eval "by lee 0 $line"
done <<'END'
sample draw spring --template child-in-need-file --population "$folder/list.csv" --id case --stratify team --size 2 --reserve 1 --seed s --on 2023-04-03
sample replace spring FICTION-2 --why "The family has moved"
allocate spring --auditors "$folder/auditors.csv" --team team --due 2023-05-12
history import "$samples/history.csv"
indicator import "$samples/indicators.csv"
population set --template child-in-need-file --period 2023-24 400
benchmark set first --template child-in-need-file --period 2023-24
template retire iro-practice@2023.2 --on 2023-10-01
audit withdraw CIN-2023-001 --why "the wrong file"
audit restore CIN-2023-001
action complete CIN-2023-002:2 --on 2023-11-01
action verify CIN-2023-002:2 --by QA1
store set year-start 9
store key "$folder/key"
store sign --key "$folder/key"
summary --template child-in-need-file --audience public --period 2023-24 --threshold 1 --publish First
store export "$folder/export"
store check --rescore
END
by keeper 0 store check

# ---- a store of version 3, as that made it ----
sql postgres "SET client_min_messages TO error; DROP FUNCTION caseaudit.finished() CASCADE; DROP TRIGGER ending ON caseaudit.chain;
    DROP TRIGGER moving ON caseaudit.tally; DROP TRIGGER moving ON caseaudit.aside; DROP FUNCTION caseaudit.begin_writing();
    DROP FUNCTION caseaudit.are_recorded(caseaudit.chain), caseaudit.are_audited(caseaudit.chain), caseaudit.are_entered(caseaudit.chain),
        caseaudit.are_told(caseaudit.chain), caseaudit.end_writing(), caseaudit.last_told(), caseaudit.last_result();
    ALTER TABLE caseaudit.chain DROP document, DROP audit, DROP result, DROP change, DROP moved;
    GRANT INSERT ON caseaudit.chain TO lee;
    CREATE FUNCTION caseaudit.last_finished() RETURNS bigint LANGUAGE sql AS 'SELECT CAST(0 AS bigint)';
    CREATE POLICY growing ON caseaudit.result_section AS RESTRICTIVE FOR INSERT WITH CHECK (result > (SELECT caseaudit.last_finished()));
    UPDATE caseaudit.schema_version SET version = 3"
by amira 3 record "$samples/returns/child-in-need/CIN-2023-004.xml"
by keeper 0 store init
by amira 0 record "$samples/returns/child-in-need/CIN-2023-004.xml"
session amira <"$folder/begun" | grep 'ERROR:' >"$folder/told"
equal "strays that were refused after the upgrade" "$(wc -l <"$folder/begun")" "$(grep -cE "ERROR:  .*($why)" "$folder/told")"
refused lee 'permission denied' "INSERT INTO chain VALUES ('nowhere')"
by lee 0 store check --rescore
finish
