#!/usr/bin/env bash
# Each fuzz target makes up inputs for a minute and finds nothing.
set -u
. "$srcdir/tests/support/needs.sh"
needs clang
echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
    clang -fsanitize=fuzzer,address -x c - -o /dev/null 2>/dev/null || lacks "clang's libFuzzer is missing"
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
bash "$srcdir/tests/fuzz/run" "$folder" "${FUZZ_SECONDS:-60}"
