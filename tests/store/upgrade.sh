#!/usr/bin/env bash
# A store of an earlier version is read by nobody until it is brought to this one, and then has
# everything it had: results, figures, the ledger with its times, and the end of the old chain.
. "$srcdir/tests/store/lib.sh"

# old_store VERSION: as $folder/store.db, and a copy that nobody touches as $folder/old.db
old_store() {
    rm -f "$folder"/store.*
    python3 - "$srcdir/tests/data/store-$1.sql.xz" "$folder/store.db" "$1" <<'END' || exit 77
import lzma, sqlite3, sys
d = sqlite3.connect(sys.argv[2])
d.executescript("PRAGMA page_size = 8192; PRAGMA application_id = 1128355140; PRAGMA user_version = %s; PRAGMA journal_mode = WAL" % sys.argv[3])
d.executescript(lzma.open(sys.argv[1], "rt").read())
END
    cp "$folder/store.db" "$folder/old.db"
}
sql() { python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$1" "$2"; }

old_store 3
run 3 store check
says "is of an older caseaudit; 'caseaudit store init' brings it up to date"
equal "the old store" "$(sha256sum <"$folder/old.db")" "$(sha256sum <"$folder/store.db")"
run 0 store init
run 0 store check --rescore
prints "scored again: 7"
equal "times and kinds" "$(sql "$folder/old.db" "SELECT sequence, at, kind, subject, detail FROM ledger")" \
    "$(sql "$folder/store.db" "SELECT sequence, at, kind, subject, detail FROM ledger WHERE kind <> 'upgrade'")"
old=$(sql "$folder/old.db" "SELECT hash FROM ledger ORDER BY sequence DESC LIMIT 1")
sql "$folder/store.db" "SELECT detail FROM ledger WHERE kind = 'upgrade'" | grep -qF "\"entries\":25,\"hash\":\"$old\"" ||
    fail "the end of the old ledger is not told"
equal "results" "$(sql "$folder/old.db" "SELECT return_id, grade, score, revision, recorded_at FROM v_result ORDER BY return_id")" \
    "$(sql "$folder/store.db" "SELECT return_id, grade, score, revision, recorded_at FROM v_result ORDER BY return_id")"
run 0 action list
grep -qE '^MACFA-2022-003:1 +verified ' "$folder/out" || fail "what was verified is no longer"
run 0 record "$samples/returns/threshold-dip-sample/DIP-2023-11-04.xml"
run 0 store check

# A ledger that was changed is not brought along as if it were good.
cp "$folder/old.db" "$folder/store.db"
sql "$folder/store.db" "SELECT 1" >/dev/null
python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1]); d.execute("UPDATE ledger SET at = ? WHERE sequence = 3", ("2020-01-01T00:00:00Z",)); d.commit()' "$folder/store.db"
rm -f "$folder"/store.db-*
run 3 store init
says "its ledger is not what its hashes say"
equal "the version after a refusal" 3 "$(sql "$folder/store.db" "PRAGMA user_version")"

# From 6 on nothing is made anew: entries, results and what was erased stay to the bit.
old_store 6
run 3 store check
run 0 store init
run 0 store check --rescore
prints "scored again: 11"
old="SELECT sequence, at, who, kind, hex(salt), subject, detail, hash FROM ledger"
equal "the ledger" "$(sql "$folder/old.db" "$old")" "$(sql "$folder/store.db" "$old WHERE kind <> 'upgrade'")"
equal "the upgrade" '{"from":6,"to":8}' "$(sql "$folder/store.db" "SELECT detail FROM ledger WHERE kind = 'upgrade'")"
run 0 population list
prints "threshold-dip-sample"

# What was erased by 7 is known by its document if it had one alone; by which of several is not, and
# so all of its period is withheld once it was published. Entries are as they were.
old_store 7
run 3 store check
run 0 store init
run 0 store check --rescore
prints "scored again: 5"
equal "the older ledger" "$(sql "$folder/old.db" "$old")" "$(sql "$folder/store.db" "$old WHERE kind <> 'upgrade'")"
run 0 summary --audience public --period '2023-24 Q3'
says "overlap what was published as 'Autumn'"
run 0 audit erase PF-2023-24-Q3-077 --why request
run 0 store check
run 0 store export "$folder/export"
run 0 --store "sqlite:$folder/other.db" store init
run 0 --store "sqlite:$folder/other.db" store import "$folder/export"
run 0 --store "sqlite:$folder/other.db" store check
equal "the head elsewhere" "$(tail -n 1 "$folder/export/heads")" "$(caseaudit --store "sqlite:$folder/other.db" store head)"
finish
