#!/usr/bin/env bash
# Golden tests of the command line: what a command prints, where, and its exit status.
#
#   tests/golden/run.sh [--update] [CASE...]
#
# A case is cases/NAME.case: what it shows, then
#
#   == command     run by bash, in a scratch folder
#   == status      the exit status
#   == stdout      what comes out there
#   == stderr
#
# The scratch folder has the project's samples/, and files/ as f/, so that no path of the
# machine is in a case. What differs between builds is replaced: the folder of the
# frameworks by @PLUGINS@, hashes by @SHA256@. --update writes what comes out into the
# cases; look at the difference before you commit it.
set -u
here=$(cd "${srcdir:-$(dirname "$0")/../..}/tests/golden" && pwd) || exit 99
top=$(cd "$here/../.." && pwd)
update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
scratch=$(mktemp -d) || exit 99
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
cat > "$scratch/bin/caseaudit" << END
#!/bin/sh
exec '${CASEAUDIT:?}' --plugin-dir '${PLUGIN_DIR:?}' "\$@"
END
chmod +x "$scratch/bin/caseaudit"
export PATH="$scratch/bin:$PATH" LC_ALL=C.UTF-8
unset NO_COLOR CASEAUDIT_STORE CASEAUDIT_PLUGIN_PATH COLUMNS
export XDG_DATA_HOME="$scratch/data"

# section FILE NAME: the lines below "== NAME"
section() {
    awk -v name="$2" '/^== / { on = $2 == name; next } on' "$1"
}

same_everywhere() {
    sed -e "s|$PLUGIN_DIR|@PLUGINS@|g" -e 's/\b[0-9a-f]\{64\}\b/@SHA256@/g' "$1"
}

# run CASE: leaves $scratch/out/{stdout,stderr,status}
run() {
    local work=$scratch/work
    chmod -R u+rwX "$work" 2>/dev/null
    rm -rf "$work" "$scratch/out"
    mkdir "$work" "$scratch/out"
    ln -s "$top/samples" "$work/samples"
    cp -R "$here/files" "$work/f"
    chmod -R u+w "$work/f"
    section "$1" command > "$scratch/command"
    (cd "$work" && exec bash -o pipefail "$scratch/command") \
        > "$scratch/raw.stdout" 2> "$scratch/raw.stderr" < /dev/null
    echo $? > "$scratch/out/status"
    same_everywhere "$scratch/raw.stdout" > "$scratch/out/stdout"
    same_everywhere "$scratch/raw.stderr" > "$scratch/out/stderr"
}

write_case() {
    {
        sed '/^== status$/,$d' "$1"
        for part in status stdout stderr; do
            echo "== $part"
            cat "$scratch/out/$part"
        done
    } > "$scratch/new"
    cmp -s "$scratch/new" "$1" || { cp "$scratch/new" "$1" && echo "updated ${1##*/}"; }
}

# Line ends at the end of a stream are not told apart from none.
check_case() {
    local part bad=0
    for part in status stdout stderr; do
        section "$1" "$part" > "$scratch/wanted"
        if ! diff -u --label "wanted $part" --label "found $part" \
            "$scratch/wanted" "$scratch/out/$part" > "$scratch/diff"; then
            echo "FAILED ${1##*/}: $part" >&2
            head -n 40 "$scratch/diff" >&2
            bad=1
        fi
    done
    return $bad
}

count=0
failures=0
if [ $# -eq 0 ]; then
    set -- "$here"/cases/*.case
fi
for case in "$@"; do
    run "$case"
    count=$((count + 1))
    if [ "$update" = yes ]; then
        write_case "$case"
    else
        check_case "$case" || failures=$((failures + 1))
    fi
done
echo "$count cases, $failures failed"
[ "$failures" -eq 0 ] && [ "$count" -gt 0 ]
