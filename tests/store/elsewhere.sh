#!/usr/bin/env bash
# Returns that are scored on one machine and recorded on another: what is stored is what record itself
# stores, to the rows; what a line claims and is not so is refused, and nothing of it stored; and of
# results without a store a partial is made that gives the bytes of one with a store.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/store/lib.sh"
needs_python
template=$samples/templates/permanency-file.xml
returns=$folder/returns
mkdir "$returns"
cp "$samples"/returns/permanency-2023-24-q[12]/*[16].xml "$returns"
export TMPDIR=$folder

run 0 store init
run 0 score --template "$template" --format ndjson --for-record "$returns"
grep -v '"status":"rejected"' "$folder/out" >"$folder/results"
count=$(wc -l <"$folder/results")
run 2 score --template "$template" --for-record "$returns"
says "--for-record goes with --format ndjson"

# ---- what is stored is what record itself stores ----
dump() { "$python" -B - "$1" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                           " AND name NOT IN ('ledger', 'head') ORDER BY 1").fetchall():
    for row in db.execute(f"SELECT * FROM {table}"):
        print(table, row)
END
}
run 0 template load "$template"
cp "$folder/store.db" "$folder/empty.db"
run 0 record "$returns"
dump "$folder/store.db" >"$folder/usual"
again() { rm -f "$folder"/store.*; cp "$folder/empty.db" "$folder/store.db"; }
again
split -n l/3 "$folder/results" "$folder/results-"
run 0 --verbose record --results "$folder/results-ac" --results "$folder/results-aa" \
    --results "$folder/results-ab" --recheck 100 "$returns"
equal "recorded" "$count" "$(count recorded)"
says "$count scored again"
dump "$folder/store.db" | cmp -s "$folder/usual" - || fail "results of elsewhere are stored otherwise"
run 0 store check --rescore
run 0 record --results "$folder/results" "$returns"
equal "unchanged" "$count" "$(count unchanged)"
again
run 0 --verbose record --results "$folder/results" --recheck 0 "$returns"
says "0 scored again"
again
run 0 --verbose record --results "$folder/results" --recheck 50 "$returns"
drawn=$(sed -n 's/ scored again//p' "$folder/err")
[ "${drawn:-0}" -gt 0 ] && [ "$drawn" -lt "$count" ] || fail "of $count half is not '$drawn'"

# ---- lies ----
# lie WHAT MESSAGE: in the first line (python over `line`, and `record` as it is packed in hexadecimal)
# A third of them each time, all of them the long way.
lies=0
lie() {
    lies=$((lies + 1))
    [ "${CA_DEEP:-}" = yes ] || [ $((lies % 3)) -eq 0 ] || return 0
    again
    "$python" -B - "$folder/results" "$1" >"$folder/lied" <<'END'
import json, re, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
line = json.loads(lines[0])
record = line["record"]
exec(sys.argv[2])
print(json.dumps(line, ensure_ascii=False, separators=(",", ":")), *lines[1:], sep="\n")
END
    run 1 record --results "$folder/lied" --recheck 100 "$returns"
    says "$2"
    run 0 audit list
    equal "stored of a lie: $1" 0 "$(grep -c PF- "$folder/out")"
}
lie 'record["document_sha256"] = "0" * 64' "no result is of this document"
lie 'record["document_sha256"] = json.loads(lines[1])["record"]["document_sha256"]' "another result of the same document"
lie 'record["template_sha256"] = "0" * 64' "by another document of its template"
lie 'record["plugin_sha256"] = "0" * 64' "by another file of its framework"
lie 'line["return"] = "PF-OTHER"' 'its record is not of its "return"'
lie 'line["template"] = "other"' 'its record is not of its "template"'
lie 'line["template_version"] = "1"' 'its record is not of its "template_version"'
lie 'line["case"] = "OTHER"' 'its record is not of its "case"'
lie 'line["date"] = "2023-04-01"' 'its record is not of its "date"'
lie 'line["score"] = 1.01' 'its record is not of its "score"'
lie 'line["status"] = "not-graded"' 'its record is not of its "status"'
lie 'line["complete"] = False' 'its record is not of its "complete"'
for what in sections standards measures; do
    lie "line['$what'].pop()" "its record is not of its \"$what\""
done
for what in limits alerts agencies; do
    lie "line['$what'].append({})" "its record is not of its \"$what\""
done
for what in computed recomputed judged cap moderated grade; do
    lie "line['$what'] = 'outstanding' if line['$what'] != 'outstanding' else 'good'" "other grades than its record"
done
lie 'record["packed"] = json.loads(lines[1])["record"]["packed"]' 'its record is not of its "return"'
lie 'record["packed"] = record["packed"][:-2]' "its record cannot be read"
lie 'record["packed"] = "zz" + record["packed"][2:]' "its record cannot be read"
lie 'record["packed"] = "ff" * 100000' "its record cannot be read"
lie 'record["doubts"] = -1' "what it claims makes no sense"
lie 'record["doubts"] = "none"' "what it claims makes no sense"
lie 'del line["record"]' "it has nothing to be recorded"
lie 'line["schema"] = "other/1"' "it is no result of caseaudit"
lie 'line = [line]' "it is no result of caseaudit"
# What no check but scoring again can see: any byte of it that still reads as a record.
for place in 20 40 60 80; do
    again
    "$python" -B - "$folder/results" $place >"$folder/lied" <<'END'
import json, sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
line = json.loads(lines[0])
packed = bytearray.fromhex(line["record"]["packed"])
packed[len(packed) * int(sys.argv[2]) // 100] ^= 2
line["record"]["packed"] = packed.hex()
print(json.dumps(line, ensure_ascii=False, separators=(",", ":")), *lines[1:], sep="\n")
END
    run 1 record --results "$folder/lied" --recheck 100 "$returns"
    run 0 audit list
    equal "stored of a byte at $place %" 0 "$(grep -c PF- "$folder/out")"
done

# What a return is doubted for holds as it does where it is scored and recorded at once.
again
sed '1s/"doubts":[0-9]*/"doubts":32/' "$folder/results" >"$folder/lied"
run 1 record --results "$folder/lied" "$returns"
says "what looks like personal data"
equal "recorded beside one that is doubted" $((count - 1)) "$(count recorded)"
again
run 0 record --results "$folder/lied" --allow-personal-data "$returns"

# ---- what is missing, or too much ----
again
head -n 3 "$folder/results" >"$folder/few"
run 1 record --results "$folder/few" "$returns"
says "no result is of this document"
mkdir "$folder/some"
cp "$returns"/*-q1-*1.xml "$folder/some" 2>/dev/null || cp "$(find "$returns" -name '*1.xml' | head -n 1)" "$folder/some"
run 1 record --results "$folder/results" "$folder/some"
says "the document that it is of is not among those named"
run 1 record --results "$folder/none" "$returns"
run 1 record --results "$folder/results" --recheck 101 "$returns"
says "no whole number of per cent"
echo '{"schema":' >"$folder/broken"
run 1 record --results "$folder/broken" "$returns"
says "$folder/broken:1: it is no result of caseaudit"
run 0 audit list
equal "stored in the end" 0 "$(grep -c PF- "$folder/out")"

# ---- a summary of results without a store ----
run 0 record "$returns"
question=(--period 2023-24 --by team)
for format in json text; do
    run 0 summary --template permanency-file "${question[@]}" --format $format
    mv "$folder/out" "$folder/expected"
    for part in aa ab ac; do
        CASEAUDIT_STORE=sqlite:$folder/nowhere.db run 0 summary --partial --from "$folder/results-$part" \
            --template "$template" "${question[@]}" -o "$folder/$part.partial"
    done
    run 0 summary --merge "$folder"/a[abc].partial --format $format
    cmp "$folder/expected" "$folder/out" || fail "partials of results are not what the store says"
done
run 0 summary --partial --template permanency-file "${question[@]}" -o "$folder/stored.partial"
run 1 summary --merge "$folder/stored.partial" "$folder/aa.partial"
says "have a return in common"
run 1 summary --partial --from "$folder/results-aa" --from "$folder/results-aa" --template "$template" -o "$folder/twice"
says "its return is there already, and would count twice"
run 2 summary --partial --from "$folder/results-aa" -o "$folder/twice"
says "--from goes with --template FILE"
[ -z "$(find "$folder" -maxdepth 1 -name 'caseaudit.*')" ] || fail "a store for one summary was left"
finish
