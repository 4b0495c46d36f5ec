#!/usr/bin/env bash
# No return can hurt another: a framework that crashes, hangs, ends its process, uses up
# memory or reaches for what it must not costs the one return it did it in.
set -u

builddir=$PWD
source=$(cd "${srcdir:?}" && pwd)
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 99
failures=0

fail() {
    printf 'contain: %s\n' "$*" >&2
    failures=$((failures + 1))
}

cat > template.xml << 'END'
<template xmlns="urn:caseaudit:template:1" id="deeds" version="1" framework="hostile"
          effective-from="2020-01-01">
  <title>Deeds</title>
  <scale><grade id="good" label="Good" score="100" from="50"/><grade id="bad" label="Bad" score="0" from="0"/></scale>
  <answers id="yes-no"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <attributes><attribute id="deed" label="Deed" type="text"/></attributes>
  <section id="s" title="All">
    <standard id="s.one" answers="yes-no"><question>One?</question></standard>
  </section>
</template>
END

# write_return NAME DEED
write_return() {
    local attributes=
    [ -z "$2" ] || attributes="<attributes><attribute id=\"deed\">$2</attribute></attributes>"
    cat > "returns/$1.xml" << END
<return xmlns="urn:caseaudit:return:1" id="$1" template="deeds" template-version="1">
  <case ref="C1"/><audit date="2023-11-14" auditor="A1"/>
  $attributes
  <responses><response standard="s.one" answer="yes"/></responses>
</return>
END
}

score() {
    "$CASEAUDIT" --plugin-dir "$builddir/tests/plugins/.libs" score --template template.xml \
        --format ndjson --timeout 1 "$@"
}

mkdir returns
write_return 000-innocent ''
score --jobs 1 --verbose returns 2>&1 > /dev/null | grep '^returns are read' > how
locked=no
grep -q '(seccomp' how && locked=yes
limited=yes
grep -q 'finding faults of memory' how && limited=no
[ -s how ] || fail "--verbose does not say how returns are read"
# Many crash on purpose, and to give the lines of each its names takes a second.
[ "$limited" = yes ] || export ASAN_OPTIONS="${ASAN_OPTIONS:-}:symbolize=0" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}:symbolize=0"

# Deeds marked "locked" need seccomp ("unlocked": its absence), those marked "limited" a limit of
# memory: without, they are left out.
number=0
while read -r needs deed words; do
    [ "$needs" = locked ] && [ "$locked" = no ] && continue
    [ "$needs" = unlocked ] && [ "$locked" = yes ] && continue
    [ "$needs" = limited ] && [ "$limited" = no ] && continue
    for innocent in 1 2 3; do
        number=$((number + 1))
        write_return "$(printf '%03d-innocent' $number)" ''
    done
    number=$((number + 1))
    write_return "$(printf '%03d-%s' $number "$deed")" "$deed"
    printf '%03d-%s\t%s\n' $number "$deed" "$words" >> wanted
done < <(grep -v '^#' "$source/tests/plugins/deeds.txt")
write_return 999-innocent ''

look_at() {
    local id words line
    [ "$(wc -l < "$1")" -eq "$(ls returns | wc -l)" ] || fail "$1: a result is missing or twice"
    grep -o '"file":"[^"]*"' "$1" | sort -c || fail "$1: results are out of order"
    grep -- '-innocent.xml"' "$1" | grep -v '"status":"scored"' > hurt
    [ -s hurt ] && fail "$1: an innocent return was hurt: $(sed "s/,.framework\":.*errors//" hurt)"
    while IFS=$'\t' read -r id words; do
        line=$(grep "/$id.xml\"" "$1")
        if [ "$words" = either ]; then
            [[ $line == *'"status":"'* ]] || fail "$1: $id has no result"
        elif [ "$words" = scored ]; then
            [[ $line == *'"status":"scored"'* ]] || fail "$1: $id: ${line#*\"measures\":[],}"
        elif [ "$limited" = no ]; then # the tools take signals for themselves
            [[ $line == *'"status":"rejected"'*"framework 'hostile' "* ]] || fail "$1: $id: ${line#*\"measures\":[],}"
        else
            [[ $line == *'"status":"rejected","return":"'"$id"'"'*"framework 'hostile' $words"* ]] ||
                fail "$1: $id: ${line#*\"measures\":[],}"
        fi
    done < wanted
}

# Once with all that this kernel has, and once as on a kernel without Landlock, where what holds
# is held by seccomp alone: nothing that is decided may depend on it, or on the number of jobs.
score --jobs 3 returns > with-3-jobs 2> said-3 < /dev/null
[ $? -eq 1 ] || fail "exit status with 3 jobs"
without=$builddir/tests/support/.libs/no-landlock.so
[ "$limited" = yes ] || without= # the tools cannot do with anything before them
LD_PRELOAD=$without score --jobs 1 --verbose returns > with-1-jobs 2> said-1 < /dev/null
[ $? -eq 1 ] || fail "exit status with 1 job"
[ "$locked" = no ] || grep -q 'this kernel has no Landlock' said-1 || fail 'there is Landlock, and was to be none'
for jobs in 1 3; do
    look_at with-$jobs-jobs
    grep -q "crash.xml:1:1: error: framework 'hostile' crashed" said-$jobs ||
        [ "$limited" = no ] || fail "standard error does not tell of the crash"
    grep -q forged with-$jobs-jobs && fail "a framework wrote into the results"
done
grep -v -- '-drop-requests.xml"' with-1-jobs > one
grep -v -- '-drop-requests.xml"' with-3-jobs > three
cmp -s one three || fail "results depend on the number of jobs, or on Landlock: $(diff one three)"
[ ! -e hostile-was-here ] || fail "a framework wrote a file"

# While it is opened and while it ends, too. What came with the engine is scored as ever; a
# framework that does not come as far as to say what it is, or to begin, has no return scored.
at_load() {
    env "$1=$2" "$CASEAUDIT" --plugin-dir "$builddir/tests/plugins/.libs" --plugin-dir "$PLUGIN_DIR" \
        score --template template.xml --template "$source/samples/templates/child-in-need-file.xml" \
        --format ndjson --jobs 2 --timeout 1 returns/000-innocent.xml \
        "$source/samples/returns/child-in-need/CIN-2023-002.xml" > loaded 2> said < /dev/null
    grep -q 'CIN-2023-002.xml","status":"scored"' loaded || fail "$1=$2: another framework was hurt: $(cat said)"
    grep '000-innocent.xml"' loaded | grep -q "\"status\":\"$3\"" || fail "$1=$2: not $3: $(cat loaded said)"
}
for deed in crash exit leave-quietly forge-result write-everywhere; do
    at_load HOSTILE_AT_START $deed rejected
    at_load HOSTILE_AT_TEMPLATE $deed rejected
    at_load HOSTILE_AT_WORK $deed rejected
done
at_load HOSTILE_AT_WORK hang rejected
at_load HOSTILE_AT_WORK stop-itself rejected
if [ "$locked" = yes ]; then
    for deed in close-descriptors write-file run-program kill-parent use-network memfd io-uring ring-on; do
        [ $deed = ring-on ] || at_load HOSTILE_AT_START $deed rejected
        [ $deed = ring-on ] || at_load HOSTILE_AT_TEMPLATE $deed rejected
        at_load HOSTILE_AT_WORK $deed rejected
    done
    at_load HOSTILE_AT_START read-file scored
    at_load HOSTILE_AT_WORK look-at-file scored
    at_load HOSTILE_AT_START outlive-parent scored
    export HOSTILE_AT_END=kill-parent # which its exit brings about
    score --jobs 1 returns/000-innocent.xml returns/*-exit.xml returns/999-innocent.xml > ended 2> said
    unset HOSTILE_AT_END
    [ "$(grep -c '"status":"scored"' ended)" -eq 2 ] || fail "a destructor hurt others: $(cat said)"
    grep -q "exit.xml:1:1: error: framework 'hostile' crashed at a call that is forbidden" said ||
        fail "a destructor was allowed to: $(cat said)"
fi
[ ! -e hostile-was-here ] || fail "a framework wrote a file while it was loaded"

# The same when returns are stored: what is refused is told, and the others are in the store.
with_store() {
    "$CASEAUDIT" --plugin-dir "$builddir/tests/plugins/.libs" --store "sqlite:$scratch/store.db" "$@"
}
mkdir stored
cp returns/*-innocent.xml returns/*-crash.xml returns/*-exit.xml returns/*-kill-itself.xml stored/
innocent=$(ls stored/*-innocent.xml | wc -l)
with_store store init > /dev/null && with_store template load template.xml > /dev/null 2>&1 ||
    fail "no store to record into"
with_store record --jobs 2 stored > recorded 2> said
[ $? -eq 1 ] || fail "exit status of record"
[ "$(grep -c '^recorded ' recorded)" -eq "$innocent" ] || fail "record: an innocent return was hurt"
[ "$(grep -c '^refused ' recorded)" -eq 3 ] || fail "record: not three are refused: $(cat recorded)"
grep -q "crash.xml:1:1: error: framework 'hostile' " said || fail "record does not name the culprit"
with_store store check > /dev/null 2>&1 || fail "the store is not whole"

# Ctrl-C: what is done is there, whole lines of it, and the process ends by the signal.
rm -rf returns && mkdir returns
write_return 000-innocent ''
sed -i 's#</return>#<findings><strength theme="t">Thanks to jo.bloggs@example.org</strength></findings></return>#' \
    returns/000-innocent.xml
write_return 001-sleep sleep
write_return 002-innocent ''
# Not by the function above, or the signal would end the shell that runs it.
"$CASEAUDIT" --plugin-dir "$builddir/tests/plugins/.libs" score --template template.xml \
    --format ndjson --jobs 1 --timeout 60 returns > stopped 2> said &
job=$!
# What is said of the first is written when it is done.
until grep -q '000-innocent.xml:.*warning' said; do sleep 0.1; done
kill -TERM $job
wait $job
[ $? -eq $((128 + 15)) ] || fail "a stop does not end by the signal"
[ "$(grep -c '"status":"scored"' stopped)" -eq 1 ] || fail "what was done before the stop is missing"
grep -q 'stopped: 1 of 3 returns are done' said || fail "a stop is not reported: $(cat said)"

# A reader that goes away early, and one file that is not there.
score --jobs 2 returns/000-innocent.xml returns/002-innocent.xml missing.xml 2> said | head -n 1 > /dev/null
score returns/000-innocent.xml missing.xml > out 2> said
[ $? -eq 1 ] || fail "exit status with a missing file"
[ "$(grep -c '"status":"scored"' out)$(grep -c '"status":"rejected"' out)" = 11 ] ||
    fail "a missing file is no rejected return: $(cat out)"

# Standard input, and limits of the options.
score - < returns/000-innocent.xml | grep -q '"file":"-","status":"scored"' || fail "standard input"
for bad in '--jobs 0' '--jobs x' '--jobs 1000' '--timeout 0' '--timeout -1' '--timeout 1s'; do
    score $bad returns/000-innocent.xml > /dev/null 2>&1
    [ $? -eq 2 ] || fail "$bad is taken"
done

[ "$failures" -eq 0 ]
