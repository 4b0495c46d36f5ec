#!/usr/bin/env bash
# The engine for web pages says what the program says, byte for byte: results, explanations and
# pages of all samples, of documents that are wrong in every way, and of random returns.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
needs node
[ -e core/embed/caseaudit.wasm ] ||
    lacks 'the engine for web pages was not built; see --with-wasm in configure --help'
[ "${CA_DEEP:-}" = yes ] && templates=160 || templates=12
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

program()
{
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" score --jobs 1 "$@" 2>>"$work/said"
}

page()
{
    node "$srcdir/tests/embed/page.mjs" "$srcdir/core/embed/wasm/engine.js" \
        core/embed/caseaudit.wasm "$work/list" "$1"
}

same() # NAME: what the program and the page wrote
{
    cmp "$work/program" "$work/page" && [ -s "$work/page" ] && return
    echo "not ok: $1"
    diff "$work/program" "$work/page" | head -4 | cut -c1-600
    failed=1
}

# compare NAME FOLDER-OR-FILES OPTION...: of the templates and returns that were listed
compare()
{
    local name=$1 given=()
    shift
    mapfile -t given < <(sed -n 's/^template /--template\n/p' "$work/list")
    sed -n 's/^return //p; s/^incomplete //p' "$work/list" >"$work/files"

    program "${given[@]}" "$@" --format ndjson --files-from "$work/files" >"$work/program"
    page ndjson >"$work/page"
    same "$name: results"
    program "${given[@]}" "$@" --explain --files-from "$work/files" >"$work/program"
    page text >"$work/page"
    same "$name: explanations"
}

{
    printf 'template %s\n' "$srcdir"/samples/templates/*.xml "$srcdir"/tests/data/every-element-template.xml
    find "$srcdir"/samples/returns "$srcdir"/samples/bad "$srcdir"/tests/data \
        "$srcdir"/tests/fuzz/corpus/{pair,template} -type f | LC_ALL=C sort | sed 's/^/return /'
} >"$work/list"
compare samples

"$python" -B - "$srcdir" "$work" "$templates" <<'END' || exit 1
import pathlib, sys
source, work, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
sys.path.insert(0, f"{source}/tests/oracle")
from generate import generate
for seed in range(1, count + 1):
    generate(seed, work / f"t{seed}", 32)
END
for way in return incomplete; do
    {
        printf 'template %s\n' "$work"/t*/T.xml
        printf "$way %s\n" "$work"/t*/returns/*.xml
    } >"$work/list"
    option=()
    [ "$way" = return ] || option=(--allow-incomplete)
    compare "random, $way" "${option[@]}"
done

# One page of one audit.
one=$srcdir/samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml
printf '%s\n' "template $srcdir/samples/templates/permanency-file.xml" "return $one" >"$work/list"
program --template "$srcdir/samples/templates/permanency-file.xml" --format html "$one" >"$work/program"
page html >"$work/page"
same 'one page'

for module in caseaudit workbench; do
    size=$(gzip -9 -c "core/embed/$module.wasm" | wc -c)
    [ "$size" -le 307200 ] || { echo "not ok: compressed, $module.wasm has $size bytes: over 400 KiB as text"; failed=1; }
done
exit "$failed"
