# What the scripts of this folder share: a folder of their own, a store in it, and counting.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
samples=$srcdir/samples
helper=$srcdir/tests/store
export CASEAUDIT_STORE=sqlite:$folder/store.db
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }

# run STATUS ARGUMENT...: output in $folder/out, messages in $folder/err
run() {
    local expected=$1 status
    shift
    caseaudit "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $*"
        head -n 20 "$folder/out" "$folder/err" >&2
    }
}

# Exactly so in the output; so in the messages.
prints() { grep -qF -- "$1" "$folder/out" || { fail "did not print: $1"; cat "$folder/out" >&2; }; }
says() { grep -qF -- "$1" "$folder/err" || { fail "did not say: $1"; cat "$folder/err" >&2; }; }

# count WORD: lines of the output that begin with it
count() { grep -c "^$1 " "$folder/out"; }

# equal WHAT EXPECTED FOUND
equal() { [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"; }

# on_file: is the store a file, or does on_postgresql.sh run this?
on_file() { [ "${CA_STORE_KIND:-}" != postgresql ]; }

# rows FILE STATEMENT: what is stored, columns apart by |
rows() {
    if on_file; then
        python3 -c 'import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*row, sep="|")' "$@"
    else
        "$CASEAUDIT" --rows "$@"
    fi
}

new_store() {
    rm -f "$folder"/store.db*
    run 0 store init
    run 0 template load "$samples"/templates/*.xml
}

finish() {
    [ "$failures" -eq 0 ] && exit 0
    echo "$failures failed" >&2
    exit 1
}
