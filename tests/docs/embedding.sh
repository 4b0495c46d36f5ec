#!/usr/bin/env bash
# The programs of docs/embedding.md are built and run as they stand there, and give the grades
# that `caseaudit score` gives.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
source=$(cd "$srcdir" && pwd)
library=${CASEAUDIT%/*}
[ -e "$library/libcaseaudit.so" ] || { echo "skipped: no shared library beside $CASEAUDIT"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export LD_LIBRARY_PATH=$library${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
failures=0
fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# block LANGUAGE: the page's block of it
block() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$source/docs/embedding.md" | sed '1d; $d'; }

template=$source/samples/templates/child-in-need-file.xml
returns=("$source"/samples/returns/child-in-need/*.xml "$source/samples/bad/incomplete.xml")
"$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" score -q --format ndjson --template "$template" \
    "${returns[@]}" >"$folder/wanted"
lines=$(wc -l <"$folder/wanted")
[ "$lines" -eq "${#returns[@]}" ] || fail "score says $lines results of ${#returns[@]} returns"

# ---- C ----
block c >"$folder/grades.c"
if ${CC:-cc} -std=c11 -Wall -Wextra -Werror -I"$source/core/include" -o "$folder/grades" \
    "$folder/grades.c" -L"$library" -lcaseaudit 2>"$folder/err"; then
    "$folder/grades" "$template" "${returns[@]}" >"$folder/found" 2>"$folder/err" ||
        fail "the C program fails: $(cat "$folder/err")"
    cmp -s "$folder/wanted" "$folder/found" || fail "the C program gives other results"
    "$folder/grades" "$source/samples/bad/template-with-faults.xml" 2>"$folder/err" &&
        fail "the C program takes a faulty template"
    grep -q ': error: ' "$folder/err" || fail "the C program does not say what is wrong"
else
    fail "the C program does not build: $(cat "$folder/err")"
fi

# ---- Python ----
block python >"$folder/grades.py"
"$python" -B - "$folder/wanted" >"$folder/wanted.txt" <<'PY'
import json, sys
for line in open(sys.argv[1]):
    r = json.loads(line)
    print(r["return"], r["status"], r["grade"], r["score"])
PY
"$python" -B "$folder/grades.py" "$template" "${returns[@]}" >"$folder/found.txt" 2>"$folder/err" ||
    fail "the Python program fails: $(cat "$folder/err")"
cmp -s "$folder/wanted.txt" "$folder/found.txt" || fail "the Python program gives other results"
"$python" -B "$folder/grades.py" "$source/samples/bad/template-with-faults.xml" 2>"$folder/err" &&
    fail "the Python program takes a faulty template"
grep -q 'ValueError: .*: error: ' "$folder/err" || fail "the Python program does not say what is wrong"

# Every function of the header is in the page.
for name in $(grep -o 'caseaudit_engine_[a-z_]*' "$source/core/include/caseaudit/caseaudit.h" | sort -u); do
    grep -q "$name" "$source/docs/embedding.md" || fail "the page lacks $name"
done
exit $((failures > 0))
