#!/usr/bin/env bash
# Dates that cannot be, and what counts twice: said, and refused where it would be stored.
. "$srcdir/tests/store/lib.sh"

template=$folder/visit.xml
cat >"$template" <<'XML'
<template xmlns="urn:caseaudit:template:1" id="visit-check" version="1" framework="graded-standards" effective-from="2020-04-01">
  <title>Visit check</title>
  <scale><grade id="good" label="Good" score="100" from="50" positive="yes"/><grade id="weak" label="Needs work" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <section id="visit" title="The visit"><standard id="visit.alone" answers="yn"><question>Seen alone?</question></standard></section>
</template>
XML

# a_return ID DATE [BEHIND]
a_return() {
    cat >"$folder/$1.xml" <<XML
<return xmlns="urn:caseaudit:return:1" id="$1" template="visit-check" template-version="1">
  <case ref="C-$1"/><audit date="$2" auditor="A1"/>
  <responses><response standard="visit.alone" answer="yes"/></responses>
  ${3:-}
</return>
XML
}

actions() { echo "<actions><action id=\"1\" owner=\"TM4\" $1>Talk.</action></actions>"; }

fresh() {
    rm -f "$folder"/store.db*
    run 0 store init
    run 0 template load "$template"
}

# doubted WHAT: score says it on standard error, and the result is the same on any day.
doubted() {
    run 0 score --today 2024-06-30 --format ndjson "$folder/R.xml"
    says "$1"
    grep -q '"warnings":\[\]' "$folder/out" || fail "a doubt stands in the result: $1"
    cp "$folder/out" "$folder/result"
    run 0 score --today 2100-01-01 --format ndjson "$folder/R.xml"
    cmp -s "$folder/out" "$folder/result" || fail "the day changes the result: $1"
}

# ---- after today: said by score, refused by record ----
fresh
a_return R 2062-06-03
doubted "the audit date 2062-06-03 is after today, 2024-06-30; is the year right?"
run 1 record --today 2024-06-30 "$folder/R.xml"
says "a day that is still to come"
says "--allow-future"
run 0 record --today 2024-06-30 --allow-future "$folder/R.xml"
run 0 record --today 2062-06-03 "$folder/R.xml"
prints "unchanged"
a_return R 2024-06-03 "<judgement grade=\"good\" by=\"A1\" date=\"2024-07-01\"/>"
doubted "judgement 2024-07-01 is after today, 2024-06-30"
run 1 record --today 2024-06-30 --new-revision "$folder/R.xml"
a_return R 2024-06-03 "<moderation grade=\"good\" by=\"M1\" date=\"2042-07-01\"/>"
doubted "moderation 2042-07-01 is after today, 2024-06-30"
says_nothing() { [ ! -s "$folder/err" ] || { fail "said something"; cat "$folder/err" >&2; }; }
a_return R 2024-06-03 "$(actions 'due="2024-09-01" completed="2024-08-01"')"
doubted "the completion 2024-08-01 is after today, 2024-06-30"

# impossible WHAT: the same, and record refuses it on any day.
impossible() {
    doubted "$1"
    run 1 record --today 2024-06-30 --allow-future "$folder/R.xml"
    says "the return holds a date that cannot be (see the warnings); correct it"
    prints "refused     R "
}

# ---- other dates that cannot be, or hardly can ----
a_return R 2024-06-03 "$(actions 'due="2023-07-01"')"
doubted "action '1' is due on 2023-07-01, before the audit of 2024-06-03 that raised it"
a_return R 2024-06-03 "$(actions 'completed="2024-06-02"')"
doubted "action '1' was completed on 2024-06-02, before the audit of 2024-06-03 that raised it"
a_return R 2024-06-03 "<actions>$(for n in 1 2 3 4 5; do
    echo "<action id=\"$n\" owner=\"TM1\" due=\"2024-01-0$n\" completed=\"2024-06-03\">Do.</action>"
done)</actions>"
doubted "action '1' is due on 2024-01-01, action '2' is due on 2024-01-02, action '3' is due on 2024-01-03 and so on, before the audit of 2024-06-03 that raised them; is the year right?"
[ "$(grep -c warning "$folder/err")" = 1 ] || fail "one thing to know is said more than once"
run 0 record --today 2024-06-30 --new-revision "$folder/R.xml"
fresh
a_return R 2022-06-03 "<judgement grade=\"good\" by=\"A1\" date=\"2023-06-04\"/>"
doubted "judgement 2023-06-04 is more than a year after the audit date 2022-06-03"
a_return R 2022-06-03 "<moderation grade=\"good\" by=\"M1\" date=\"2024-06-04\"/>"
impossible "moderation 2024-06-04 is more than two years after the audit date 2022-06-03"
a_return R 2022-06-03 "<moderation grade=\"good\" by=\"M1\" date=\"2024-06-03\"/>"
doubted "moderation 2024-06-03 is more than a year after the audit date 2022-06-03"
fresh
run 0 record --today 2024-06-30 "$folder/R.xml"
prints "recorded    R "
a_return R 2024-06-30 "<judgement grade=\"good\" by=\"A1\" date=\"2024-06-30\"/><moderation grade=\"good\" by=\"M1\" date=\"2024-06-30\"/>$(actions 'due="2024-06-30" completed="2024-06-30"')"
run 0 score --today 2024-06-30 --format ndjson "$folder/R.xml"
says_nothing
run 2 score --today tomorrow "$folder/R.xml"
says "--today 'tomorrow' is no date; write it as 2024-03-31"

# ---- actions: completed, verified, and undone ----
fresh
a_return A 2024-06-03 "$(actions 'due="2024-07-01"')"
run 0 record --today 2024-06-30 "$folder/A.xml"
run 1 action complete A:1 --on 2024-07-02 --today 2024-07-01
says "2024-07-02 is after today, 2024-07-01"
run 1 action complete A:1 --on 2024-06-02
says "action 'A:1' cannot have been completed on 2024-06-02: the audit that raised it was on 2024-06-03"
run 1 action reopen A:1 --why 'a slip of the pen'
says "action 'A:1' is open: there is nothing to undo"
run 0 action complete A:1 --on 2024-06-20
run 0 action complete A:1 --on 2024-06-21
run 0 action verify A:1 --by QA1
run 1 action complete A:1 --on 2024-06-22
says "action 'A:1' was completed on 2024-06-21 and verified by 'QA1'; if that was a mistake, undo it with 'action reopen'"
run 1 action verify A:1 --by QA2
says "was verified already, by 'QA1'"
run 2 action reopen A:1
says "say why, with --why TEXT"
run 2 action reopen A:1 --why '  '
run 1 action reopen A:1 --why 'told by ann@example.org'
says "the reason holds what looks like an email address"
run 0 action reopen A:1 --why 'the meeting was called off'
prints "action A:1 is open again"
run 0 action list --as-of 2024-07-02
grep -qE '^A:1 +overdue +2024-07-01 +TM4' "$folder/out" || fail "is not overdue again: $(cat "$folder/out")"
run 0 summary --template visit-check --period 2024-25 --format json --as-of 2024-07-02
prints '"actions":{"raised":1,"completed":0,"verified":0,"overdue":1}'
run 0 store check --rescore
run 0 action complete A:1 --on 2024-06-25
run 0 action verify A:1 --by QA2
run 0 action reopen A:1 --why 'verified the wrong one'
run 0 action complete A:1 --on 2024-06-26
run 0 action list --as-of 2024-07-02
grep -qE '^A:1 +completed' "$folder/out" || fail "what was verified before is verified still: $(cat "$folder/out")"
run 0 store export "$folder/export"
grep -q '"why":"the meeting was called off"' "$folder/export/changes.ndjson" || fail "the reason is not in the ledger"
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 store import "$folder/export"
CASEAUDIT_STORE=sqlite:$folder/again.db run 0 action list --as-of 2024-07-02
grep -qE '^A:1 +completed' "$folder/out" || fail "the copy says otherwise"
# Completed in the return itself: undone all the same, and a revision does not undo that.
a_return B 2024-06-03 "$(actions 'due="2024-07-01" completed="2024-06-10" verified-by="QA1"')"
run 0 record --today 2024-06-30 "$folder/B.xml"
run 0 action reopen B:1 --why 'not done yet'
a_return B 2024-06-04 "$(actions 'due="2024-07-01" completed="2024-06-10" verified-by="QA1"')"
run 0 record --today 2024-06-30 "$folder/B.xml"
run 0 action list --as-of 2024-07-02
grep -qE '^B:1 +overdue' "$folder/out" || fail "a revision has completed what was reopened"
# ---- a day that a template or a figure cannot have ----
run 2 template retire visit-check@1 --on 2019-01-01
says "visit-check@1 cannot be retired on 2019-01-01: it is in force from 2020-04-01 only"
run 0 population set --today 2024-06-30 --template visit-check --period 2042-43 9
says "warning: 2042-43 begins on 2042-04-01, more than a year from now; is the year right?"
run 0 population set --today 2024-06-30 --template visit-check --period 2025-26 9
says_nothing

# ---- who and what there is ----
run 0 audit list --auditor Z9
says "no audit is by 'Z9'; they are by A1"
run 1 audit show b
says "there is no return 'b' in the store; did you mean 'B'?"
run 1 audit show zzz
says "there is no return 'zzz' in the store; it has 'A', 'B'"
finish
