#!/usr/bin/env bash
# The commands of docs/shared-store.md and docs/scale.md are real: they are run, in their order, with a
# server of our own in the place of db.example.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
. "$srcdir/tests/store/lib.sh"
needs psql
needs_python
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
trap 'rm -rf "$folder"; stop_cluster' EXIT
cluster_in_temporary
trap 'rm -rf "$folder"; stop_cluster' EXIT
sql postgres "CREATE DATABASE audits"
for role in amira lee rita board; do sql postgres "CREATE ROLE $role LOGIN"; done

mkdir "$folder/bin" "$folder/work"
printf '#!/bin/sh\nexec %q --plugin-dir %q "$@"\n' "$CASEAUDIT" "$PLUGIN_DIR" >"$folder/bin/caseaudit"
chmod +x "$folder/bin/caseaudit"
cp "$samples/templates/permanency-file.xml" "$folder/work/"
mkdir "$folder/work/returns"
cp "$samples"/returns/permanency-2023-24-q[123]/*.xml "$folder/work/returns/"
rm "$folder/work/returns/"*[3-9].xml
quarter=("$samples/returns/permanency-2023-24-q3")

# blocks PAGE LANGUAGE: what stands in them, each behind a line that says where
blocks() {
    "$python" -B - "$srcdir/docs/$1" "$2" <<'END'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
for block in re.finditer(r"^```%s\n(.*?)^```$" % re.escape(sys.argv[2]), text, re.M | re.S):
    print(f"echo '# line {text[:block.start()].count(chr(10)) + 1}'", block[1], sep="\n")
END
}
# perform PAGE: the script in $folder/script, in one shell
perform() {
    (cd "$folder/work" && PATH=$folder/bin:$PATH bash -eu "$folder/script" >"$folder/out" 2>"$folder/err") ||
        { fail "docs/$1 after $(grep '^# line' "$folder/out" | tail -n 1)"; tail -n 5 "$folder/err" >&2; }
    grep -q '^# line' "$folder/out" || fail "docs/$1 has no commands"
}

for name in north south; do
    CASEAUDIT_STORE=sqlite:$folder/work/$name.db run 0 store init
    CASEAUDIT_STORE=sqlite:$folder/work/$name.db run 0 template load "$samples/templates/permanency-file.xml"
done
CASEAUDIT_STORE=sqlite:$folder/work/north.db run 0 record "${quarter[0]}"
blocks shared-store.md sh |
    sed "s#postgresql://\([a-z]*\)@db.example/audits?#postgresql://\1@/postgres?$cluster\&#
        s#postgresql://\([a-z]*\)@db.example/audits#postgresql://\1@/postgres?$cluster#
        s#^psql #psql -X -q -h '$cluster_folder' -U keeper #" >"$folder/script"
# What lies between the page's commands: the keeper's store has audits of dudley.
cat >"$folder/between" <<END
caseaudit --store "\$CASEAUDIT_STORE&authority=dudley" template load permanency-file.xml
caseaudit --store "\$CASEAUDIT_STORE&authority=dudley" record '${quarter[0]}'
END
sed -i "/^caseaudit store roles/r $folder/between" "$folder/script"
perform shared-store.md

command -v parallel >"$folder/which" || printf '#!/bin/sh\nwhile [ "$1" != ::: ]; do case $1 in ./*) job=$1;; esac; shift; done\nshift\nfor share; do "$job" "$share"; done\n' >"$folder/bin/parallel"
chmod +x "$folder"/bin/*
blocks scale.md 'sh run' >"$folder/script"
CASEAUDIT_STORE=sqlite:$folder/store.db
run 0 store init
perform scale.md
[ -s "$folder/work/all.json" ] || fail "docs/scale.md merges nothing"
[ "$(grep -c '"schema"' "$folder/work/results.ndjson")" -gt 0 ] || fail "docs/scale.md scores nothing"
finish
