#!/usr/bin/env bash
# What was acknowledged and is lost is told: a log that is gone, cut short or changed, an older
# copy in the store's place. What is killed while it is made leaves no part with cases in it.
. "$srcdir/tests/store/lib.sh"

# killed_writer: a store whose last returns are in the log alone, as a killed writer leaves it
killed_writer() {
    new_store
    run 0 record "$samples/returns/child-in-need/CIN-2023-001.xml"
    python3 - "$folder/store.db" <<'END'
import os, shutil, sqlite3, subprocess, sys
store = sys.argv[1]
held = sqlite3.connect(store)
held.execute("BEGIN"); held.execute("SELECT count(*) FROM ledger").fetchone()
program = [os.environ["CASEAUDIT"], "--plugin-dir", os.environ["PLUGIN_DIR"], "--store", "sqlite:" + store]
subprocess.run([*program, "record", "--quiet", os.environ["srcdir"] + "/samples/returns/child-in-need"],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
for path in (store, store + "-wal", store.removesuffix(".db") + ".head"):
    shutil.copyfile(path, path + ".kept")
END
    for name in store.db store.db-wal store.head; do mv "$folder/$name.kept" "$folder/$name"; done
    rm -f "$folder/store.db-shm"
}

killed_writer
run 0 store check
killed_writer
rm "$folder/store.db-wal"
run 3 store check
says "the last entries are lost"
says "the head beside the store"
# Recorded again, they are there; that entries were lost stays told.
run 0 record "$samples/returns/child-in-need"
[ "$(count recorded)" -gt 5 ] || fail "nothing had been lost"
run 0 store check
says "note: entries were lost before entry"
run 0 ledger
prints "were lost, or an older copy took the store's place"

killed_writer
truncate -s 70000 "$folder/store.db-wal"
run 3 store check
says "the last entries are lost"
killed_writer
printf '\\377' | dd of="$folder/store.db-wal" bs=1 seek=20000 conv=notrunc 2>/dev/null
run 3 store check
says "the last entries are lost"

new_store
cp "$folder/store.db" "$folder/older.db"
run 0 record "$samples/returns/threshold-dip-sample"
cp "$folder/older.db" "$folder/store.db"
rm -f "$folder/store.db-wal" "$folder/store.db-shm"
run 3 store check
says "the last entries are lost"

# ---- times that run backwards ----
new_store
python3 - "$folder/store.db" "$helper" <<'END' || fail "no entry could be dated back"
import os, sys
sys.path.insert(0, sys.argv[2])
sys.dont_write_bytecode = True
import hashlib, sqlite3, struct
digest = lambda *m: hashlib.sha256(b"".join(struct.pack("<I", len(x)) + x for x in m)).digest()
db = sqlite3.connect(sys.argv[1])
last, who, kind, committed, previous = db.execute(
    "SELECT sequence, who, kind, commitment, previous FROM ledger ORDER BY sequence DESC").fetchone()
at = "2001-01-01T00:00:00Z"
own = digest(*(str(t).encode() for t in (previous, last, at, who, kind)), committed).hex()
db.execute("UPDATE ledger SET at = ?, hash = ? WHERE sequence = ?", (at, own, last))
db.commit()
os.remove(sys.argv[1].removesuffix(".db") + ".head")
END
run 0 store check
says "time runs backwards: entry"

# ---- parts ----
new_store
run 0 record "$samples/returns"
rm -f "$folder"/made*
for verb in "backup $folder/made.db" "export $folder/made"; do
    for pause in 0.002 0.01 0.02 0.04; do
        "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" store $verb >/dev/null 2>&1 &
        sleep "$pause"
        kill -9 $! 2>/dev/null
        wait $! 2>/dev/null
    done
    rm -rf "$folder/made" "$folder/made.db"
    run 0 store $verb
    parts=$(find "$folder" -name '*.part*')
    equal "parts after store $verb" "" "$parts"
done
for pause in 0.001 0.005 0.01; do
    "$CASEAUDIT" --store "sqlite:$folder/made-new.db" store init >/dev/null 2>&1 &
    sleep "$pause"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
done
equal "parts after store init" "" "$(find "$folder" -name '*.part*')"
finish
