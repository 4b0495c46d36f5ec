#!/usr/bin/env bash
# What is built is hard to misuse: position-independent, its tables of addresses read-only
# once linked, its stack not executable, with guards where the compiler has them; a
# framework of the engine's own exports its one entry.
set -u
failures=0
fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

command -v readelf > /dev/null || { echo 'skipped: no readelf'; exit 77; }
grep -q 'define CA_SANITIZERS 1' config.h && { echo 'skipped: a build with sanitizers'; exit 77; }

program=.libs/caseaudit
[ -e "$program" ] || program=caseaudit
for file in "$program" .libs/libcaseaudit.so plugins/.libs/*.so; do
    readelf -hW "$file" | grep -q 'Type: *DYN' || fail "$file is not position-independent"
    readelf -lW "$file" | grep -q GNU_RELRO || fail "$file has no RELRO"
    readelf -dW "$file" | grep -Eq 'BIND_NOW|FLAGS.*NOW' || fail "$file is bound lazily"
    readelf -lW "$file" | grep GNU_STACK | grep -q 'RWE' && fail "$file has an executable stack"
    readelf -dW "$file" | grep -q TEXTREL && fail "$file changes its code when it is loaded"
done
readelf -sW .libs/libcaseaudit.so | grep -q __stack_chk_fail || fail 'the engine has no guards on its stack'
readelf -sW .libs/libcaseaudit.so | grep -Eq '_chk(@|$)' || fail 'the engine is built without _FORTIFY_SOURCE'
for file in plugins/.libs/*.so; do
    exported=$(readelf --dyn-syms -W "$file" | awk '$7 != "UND" && ($5 == "GLOBAL" || $5 == "WEAK") {print $8}' | sort -u)
    [ "$exported" = caseaudit_framework_entry ] || fail "$file exports $exported"
done
others=$(readelf --dyn-syms -W .libs/libcaseaudit.so |
    awk '$7 != "UND" && ($5 == "GLOBAL" || $5 == "WEAK") {sub(/@.*/, "", $8); print $8}' |
    grep -Ev '^(ca_|caseaudit_|CASEAUDIT_)')
[ -z "$others" ] || fail "the engine exports $others"
[ "$failures" -eq 0 ]
