#!/usr/bin/env bash
# What is built is hard to misuse: position-independent, its tables of addresses read-only
# once linked, its stack not executable, with guards where the compiler has them. What is
# exported is held to a list: of the library, what its header declares, and for the program and
# the parts that are loaded when they are asked for, what these use; of a part or a framework,
# its one entry.
set -u
failures=0
fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

command -v readelf > /dev/null || { echo 'skipped: no readelf'; exit 77; }
grep -q 'define CA_SANITIZERS 1' config.h && { echo 'skipped: a build with sanitizers'; exit 77; }

program=.libs/caseaudit
[ -e "$program" ] || program=caseaudit
source=$(cd "${srcdir:?}" && pwd)
parts=$(ls .libs/libcaseaudit-*.so)
for file in "$program" .libs/libcaseaudit.so $parts plugins/.libs/*.so; do
    readelf -hW "$file" | grep -q 'Type: *DYN' || fail "$file is not position-independent"
    readelf -lW "$file" | grep -q GNU_RELRO || fail "$file has no RELRO"
    readelf -dW "$file" | grep -Eq 'BIND_NOW|FLAGS.*NOW' || fail "$file is bound lazily"
    readelf -lW "$file" | grep GNU_STACK | grep -q 'RWE' && fail "$file has an executable stack"
    readelf -dW "$file" | grep -q TEXTREL && fail "$file changes its code when it is loaded"
done
readelf -sW .libs/libcaseaudit.so | grep -q __stack_chk_fail || fail 'the engine has no guards on its stack'
readelf -sW .libs/libcaseaudit.so | grep -Eq '_chk(@|$)' || fail 'the engine is built without _FORTIFY_SOURCE'
# Whether the processor checks branches and returns is for the whole program to say, and not every
# C library does; the marks are in the code.
flags=$(sed -n 's/^HARDENING_CFLAGS = //p' Makefile)
if [[ $flags == *-fcf-protection* ]] && readelf -hW "$program" | grep -q 'X86-64'; then
    for object in core/base/.libs/arena.o core/cli/main.o plugins/permanency/.libs/*.o; do
        readelf -nW "$object" | grep -q 'x86 feature: .*IBT.*SHSTK' ||
            fail "$object lets the processor check neither branches nor returns"
    done
fi

# Of a file: what it has for others, and what it has of others (variables as copies)
exported() {
    readelf --dyn-syms -W "$1" | awk '$7 != "UND" && ($5 == "GLOBAL" || $5 == "WEAK") {sub(/@.*/, "", $8); print $8}' | sort -u
}
wanted() {
    readelf --dyn-syms -W "$1" | awk '($7 == "UND" || $4 == "OBJECT") && $8 ~ /^(ca_|caseaudit_)/ {sub(/@.*/, "", $8); print $8}'
}
for file in plugins/.libs/*.so; do
    [ "$(exported "$file")" = caseaudit_framework_entry ] || fail "$file exports $(exported "$file")"
done
for file in $parts; do
    name=${file##*-}
    name=${name%.so}
    case $name in
    xlsx | pdf) does=ca_${name}_write ;;
    postgresql) does=$'ca_postgresql_define\nca_postgresql_open' ;;
    *) does=ca_${name}_open ;;
    esac
    [ "$(exported "$file")" = "$does" ] || fail "$file exports $(exported "$file")"
done
listed=$(
    grep -o '\bcaseaudit_engine_[a-z_]*(' "$source/core/include/caseaudit/caseaudit.h" | tr -d '('
    for file in "$program" $parts; do wanted "$file"; done
    printf 'CASEAUDIT_1\nCASEAUDIT_PRIVATE\n'
)
differ=$(diff <(sort -u <<< "$listed") <(exported .libs/libcaseaudit.so))
[ -z "$differ" ] || fail "the engine does not export what is listed (<) and nothing else (>): $differ"
[ "$failures" -eq 0 ]
