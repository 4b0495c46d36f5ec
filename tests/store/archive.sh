#!/usr/bin/env bash
# The backup of a store in PostgreSQL: one file, for its owner alone, that takes the place of none. A
# store made from it has the same head, in whichever database; of one that is damaged nothing comes.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql tar
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
there() { echo "postgresql://keeper@/postgres?$cluster&schema=$1"; }
export CASEAUDIT_STORE
CASEAUDIT_STORE=$(there kept)

run 0 store init
run 0 template load "$samples/templates/child-in-need-file.xml"
run 0 record "$samples/returns/child-in-need"
printf 'case,team\nFICTION-1,east\nFICTION-2,west\n' >"$folder/list.csv"
run 0 sample draw spring --template child-in-need-file --population "$folder/list.csv" --id case --size 1 --seed s --on 2023-04-03
run 0 audit withdraw CIN-2023-002 --why "the wrong file"
run 0 audit erase CIN-2023-001 --why request
run 0 store key "$folder/key"
run 0 store sign --key "$folder/key"

# ---- written ----
run 0 store backup "$folder/kept.tar"
grep '^caseaudit-head/1 ' "$folder/out" >"$folder/head" || fail "a backup prints no head"
equal "who may read it" 600 "$(stat -c %a "$folder/kept.tar")"
cp "$folder/kept.tar" "$folder/before"
run 2 store backup "$folder/kept.tar"
says "is there already"
cmp -s "$folder/kept.tar" "$folder/before" || fail "a backup was written over"
echo mine >"$folder/mine.txt"
ln -s "$folder/elsewhere" "$folder/link"
for taken in "$folder/mine.txt" "$folder/link"; do run 2 store backup "$taken"; done
equal "what was there" mine "$(cat "$folder/mine.txt")"
run 3 store backup "$folder/nowhere/kept.tar"
equal "what is left of backups that failed" "" "$(find "$folder" -name '*.part' -o -name elsewhere)"
run 0 ledger
prints "$folder/kept.tar: a backup was written"
run 0 audit list
cp "$folder/out" "$folder/audits"

# ---- and the way back ----
mkdir "$folder/unpacked" "$folder/temporary"
tar -xf "$folder/kept.tar" -C "$folder/unpacked" || fail "tar cannot unpack it"
restored() { # STORE FROM: it has the same head, and all that was there
    local CASEAUDIT_STORE=$1
    run 0 store init
    TMPDIR=$folder/temporary run 0 store import "$2"
    says "imported, 0 refused"
    run 0 store check --rescore --head "$(cat "$folder/head")"
    run 0 store head
    equal "the head of $1" "$(cut -d' ' -f2,4 "$folder/head")" "$(cut -d' ' -f2,4 "$folder/out")"
    run 0 audit list
    cmp -s "$folder/out" "$folder/audits" || fail "the audits of $1 are others"
    run 1 record "$samples/returns/child-in-need/CIN-2023-001.xml"
    says "was erased from the store on purpose"
}
restored "$(there again)" "$folder/kept.tar"
restored "sqlite:$folder/again.db" "$folder/kept.tar"
restored "sqlite:$folder/unpacked.db" "$folder/unpacked"
equal "what an import leaves behind" "" "$(ls "$folder/temporary")"

# ---- damaged, or another's ----
damaged() { # WHY FILE: nothing comes of it
    local CASEAUDIT_STORE=sqlite:$folder/empty.db
    TMPDIR=$folder/temporary run "${3:-1}" store import "$2"
    says "$1"
    run 0 audit list
    equal "audits of what is damaged" 0 "$(grep -c child-in-need "$folder/out")"
    equal "what a refused import leaves behind" "" "$(ls "$folder/temporary")"
}
CASEAUDIT_STORE=sqlite:$folder/empty.db run 0 store init
size=$(stat -c %s "$folder/kept.tar")
for part in 100 $((size / 2)) $((size - 1024)); do
    head -c "$part" "$folder/kept.tar" >"$folder/short"
    damaged "cannot be unpacked: it" "$folder/short"
done
sed 's/CIN-2023-005/CIN-2023-006/' "$folder/kept.tar" >"$folder/changed"
damaged "the export is not what was written" "$folder/changed"
tar -cf "$folder/more.tar" --format=ustar -C "$folder/unpacked" --transform='s,heads,../heads,' -P heads
damaged "it holds what no backup of a store does" "$folder/more.tar"
[ ! -e "$folder/heads" ] || fail "a way led out of the folder"
ln -s /etc/passwd "$folder/unpacked/documents/00000099.xml"
tar -cf "$folder/link.tar" --format=ustar -C "$folder/unpacked" documents/00000099.xml
damaged "it holds what no backup of a store does" "$folder/link.tar"
tar -cf "$folder/twice.tar" --format=ustar --hard-dereference -C "$folder/unpacked" heads heads
damaged "cannot unpack 'heads'" "$folder/twice.tar" 3
damaged "cannot be unpacked" "$folder/mine.txt"
finish
