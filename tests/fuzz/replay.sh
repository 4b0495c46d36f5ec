#!/usr/bin/env bash
# What fuzzing found, and seeds from the samples, go through each target without harm.
set -u
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
export srcdir PLUGIN_DIR
failures=0

bash "$srcdir/tests/fuzz/seeds" "$scratch" || exit 1
for target in tests/fuzz/fuzz_*; do
    name=${target##*/fuzz_}
    case $name in *.*) continue ;; esac
    "$target" $(find "$scratch/$name" "$srcdir/tests/fuzz/corpus/$name" -type f 2>/dev/null) \
        >"$scratch/out" 2>&1 && continue
    echo "FAILED: $name" >&2
    tail -n 30 "$scratch/out" >&2
    failures=$((failures + 1))
done
[ "$failures" -eq 0 ]
