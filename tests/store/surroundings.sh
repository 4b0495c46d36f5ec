#!/usr/bin/env bash
# A full disk, a read-only folder, a store of another program, a newer or damaged one: a
# message that says so, exit status 3, and what was stored is still there.
. "$srcdir/tests/store/lib.sh"

intact() { # RETURNS: so many are stored, and all is well
    run 0 store check
    run 0 store info
    grep -qE "^audits +$1\$" "$folder/out" || fail "not $1 audits: $(grep '^audits' "$folder/out")"
}

# ---- nothing there ----
run 3 record "$samples/returns"
says "there is no store at"
run 3 store info
run 3 --store sqlite:/nonexistent/folder/store.db store info

# ---- a file that may not grow ----
new_store
run 0 record "$samples/returns/threshold-dip-sample"
size=$(stat -c %s "$folder/store.db")
for more in 0 100 300 700; do
    (
        ulimit -f $((size / 1024 + more))
        run 3 record "$samples/returns"
        says "the disk is full, or the file may not grow"
        cp "$folder/out" "$folder/told"
        exit "$failures"
    ) || failures=$((failures + 1))
    stored=$(caseaudit record --quiet "$samples/returns" 2>/dev/null | tee "$folder/again" | grep -c '^unchanged ')
    told=$(grep -cE '^(recorded|unchanged) ' "$folder/told")
    [ "$stored" -ge "$told" ] || fail "$told were acknowledged before the disk was full, $stored are there"
    intact 170
    new_store
    run 0 record "$samples/returns/threshold-dip-sample"
done

# ---- a full disk, and a read-only one, where mounting is allowed ----
if unshare -m true 2>/dev/null; then
    mkdir "$folder/disk"
    export folder samples CASEAUDIT PLUGIN_DIR srcdir
    unshare -m bash -s <<'EOS' || failures=$((failures + 1))
mount -t tmpfs -o size=1200k none "$folder/disk" || exit 0
kept=$folder
. "$srcdir/tests/store/lib.sh"
folder=$kept
trap - EXIT
export CASEAUDIT_STORE=sqlite:$folder/disk/store.db
run 0 store init
run 0 template load "$samples"/templates/*.xml
run 0 record "$samples/returns/threshold-dip-sample"
run 3 record "$samples/returns"
says "the disk is full"
run 3 store backup "$folder/disk/copy.db"
[ -e "$folder/disk/copy.db" ] && fail "half a backup was left"
run 0 store check
run 0 record "$samples/returns/threshold-dip-sample"
equal "unchanged" 6 "$(count unchanged)"
mount -o remount,ro "$folder/disk" || exit "$failures"
run 3 record "$samples/returns"
says "read-only"
run 3 store set year-start 4
run 0 store check
run 0 store info
run 0 template list
exit "$failures"
EOS
fi

# ---- a folder one may not write to ----
if [ "$(id -u)" -ne 0 ]; then
    new_store
    chmod a-w "$folder"
    caseaudit record "$samples/returns" >/dev/null 2>/dev/null
    equal "exit status in a read-only folder" 3 $?
    chmod u+w "$folder"
    run 0 store check
fi

# ---- not ours ----
sql() { python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit()' "$1" "$2"; }

rm -f "$folder"/store.db*
sql "$folder/store.db" "CREATE TABLE recipe(name)"
before=$(sha256sum "$folder/store.db")
for verb in "store init" "store check" "record $samples/returns"; do
    run 3 $verb
    says "the database of another program"
done
equal "the other program's file" "$before" "$(sha256sum "$folder/store.db")"
printf 'Dear diary' >"$folder/store.db"
run 3 store info
says "is no store"
: >"$folder/store.db"
run 3 store info
says "it is empty"
rm "$folder/store.db"
mkdir "$folder/store.db"
run 3 store info
says "it is a folder"
rmdir "$folder/store.db"

# ---- newer, older ----
new_store
run 0 record "$samples/returns/threshold-dip-sample"
sql "$folder/store.db" "PRAGMA user_version = 9999"
before=$(sha256sum "$folder/store.db")
for verb in "store init" "store info" "record $samples/returns"; do
    run 3 $verb
    says "was written by a newer caseaudit"
done
equal "the newer store" "$before" "$(sha256sum "$folder/store.db")"

# ---- damaged ----
new_store
run 0 record "$samples/returns/threshold-dip-sample"
cp "$folder/store.db" "$folder/whole.db"
size=$(stat -c %s "$folder/store.db")
for cut in 100 $((size / 2)) $((size - 5000)); do
    cp "$folder/whole.db" "$folder/store.db"
    truncate -s "$cut" "$folder/store.db"
    run 3 store check
    grep -qiE "damaged|no store" "$folder/err" || fail "a store cut to $cut bytes: no clear message"
done
cp "$folder/whole.db" "$folder/store.db"
dd if=/dev/urandom of="$folder/store.db" bs=8192 seek=1 count=4 conv=notrunc 2>/dev/null
caseaudit record "$samples/returns" >/dev/null 2>"$folder/err"
equal "exit status with a damaged store" 3 $?
says "damaged"

# ---- a plugin that is gone fails the returns, not the store ----
cp "$folder/whole.db" "$folder/store.db"
intact 6
finish
