#!/usr/bin/env bash
# What is followed up (what to moderate next, how moderators agree, actions, cases to audit again) is
# what a second program works out from the returns, field by field, in the samples and in stores of
# random templates and returns. Besides: what people read, who may read it, and what is asked wrongly.
. "${srcdir:?}/tests/support/needs.sh"
needs_python
. "$srcdir/tests/store/lib.sh"

mkdir "$folder/second"
"$python" -B "$helper/following.py" "$folder/second" samples "$samples" >"$folder/out" 2>&1 ||
    { fail "the samples"; head -c 4000 "$folder/out" >&2; }
seeds=(1 2)
[ "${CA_DEEP:-}" = yes ] && seeds=({1..24})
"$python" -B "$helper/following.py" "$folder/second" "${seeds[@]}" >"$folder/out" 2>&1 ||
    { fail "random stores"; head -c 4000 "$folder/out" >&2; }

# ---- as people read it ----
new_store
run 0 moderation next
equal "a list of nothing" "" "$(cat "$folder/out")"
says "there are no audits yet"
run 0 followup list
says "no case is to be audited again"
run 0 moderation --by auditor
says "no audit was moderated"
run 0 action list --by owner
says "there is no such action"
run 0 record "$samples/returns"

run 0 moderation next --template permanency-file
prints "To moderate next, 2023-24 Q3: 4 of 33 audits; 8 are moderated already."
prints "Drawn by chance: 7 of 32 without another reason (20%), seed 2023-24 Q3"
run 0 moderation next --period 2023-24 --percent 0
grep -q ' by chance$' "$folder/out" && fail "somebody is drawn out of none in a hundred"
prints "the worst grade, an immediate alert"
run 0 moderation next --period 1999-00
says "there are no audits in 1999-00"

run 0 moderation --by team --period 2023-24
prints "Moderation by team, 2023-24: moderators kept 19 of 29 grades (66%; 95% interval 47% to 80%)."
prints "Moderators graded lower in 8 of 10 disagreements."
prints "not recorded"
run 0 moderation --template permanency-file
prints "Moderated"
run 0 moderation --template maap-transitions --by auditor
run 0 action list --as-of 2024-01-31 --by agency
prints "232 actions on 2024-01-31: 100 open, 88 of them overdue; 132 completed, 87 of them verified."
run 0 action list --by theme --owner TM4
prints "277 improvements called for: 0 closed, by a verified action of the same theme and audit."
run 0 followup list --as-of 2024-01-31
prints "To be audited again: 21 cases; 16 overdue on 2024-01-31."

# ---- an action of its theme closes an improvement of the same audit, once it is verified ----
return=$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml
sed 's/<action id="2"/<action id="2" theme="weather"/' "$return" >"$folder/themed.xml"
run 1 record "$folder/themed.xml"
says "'weather' is not a theme of template 'permanency-file'"
sed -i 's/"weather"/"matching"/' "$folder/themed.xml"
run 0 record "$folder/themed.xml"
# closed: how many improvements are
closed() {
    run 0 action list --by theme --as-of 2024-01-31
    sed -n 's/.* improvements called for: \([0-9]*\) closed.*/\1/p' "$folder/out"
}
equal "closed by a verified action" 1 "$(closed)"
prints "Matching"
run 0 action reopen PF-2023-24-Q3-072:2 --why 'it was not done'
equal "closed once it is open again" 0 "$(closed)"
run 0 action complete PF-2023-24-Q3-072:2 --on 2023-12-01
equal "closed before it is verified" 0 "$(closed)"
run 0 action verify PF-2023-24-Q3-072:2 --by QA1
equal "closed again" 1 "$(closed)"
run 0 store check --rescore
mkdir "$folder/moved"
run 0 store export "$folder/export"
CASEAUDIT_STORE=sqlite:$folder/moved/store.db run 0 store init
CASEAUDIT_STORE=sqlite:$folder/moved/store.db run 0 store import "$folder/export"
for list in 'moderation next' 'moderation --by auditor' 'followup list' 'action list' 'action list --by theme'; do
    # shellcheck disable=SC2086 # words of a command
    run 0 $list --format json
    cp "$folder/out" "$folder/here"
    # shellcheck disable=SC2086
    CASEAUDIT_STORE=sqlite:$folder/moved/store.db run 0 $list --format json
    cmp -s "$folder/here" "$folder/out" || fail "$list is another in a store that was moved"
done
run 0 action list --format ics
cp "$folder/out" "$folder/here"
CASEAUDIT_STORE=sqlite:$folder/moved/store.db run 0 action list --format ics
cmp -s "$folder/here" "$folder/out" || fail "the calendar is another in a store that was moved"

# ---- what an audit came to before it was moderated, though it was recorded when it was already ----
# Eight visits, of which the first was weak, for somebody was unsafe, until the moderator changed that; of
# the last two a limit lowers the moderator's grade, and nothing that was there before: chance decides among
# the other seven, as it did before.
cat >"$folder/visit.xml" <<'XML'
<template xmlns="urn:caseaudit:template:1" id="visit-check" version="1" framework="graded-standards" effective-from="2000-04-01">
  <title>Visit check</title>
  <scale><grade id="good" label="Good" score="100" from="50" positive="yes"/><grade id="weak" label="Weak" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <section id="visit" title="The visit">
    <standard id="visit.seen" answers="yn"><question>Seen?</question></standard>
    <standard id="visit.heard" answers="yn"><question>Heard?</question></standard>
    <standard id="visit.safe" answers="yn"><question>Safe?</question></standard>
  </section>
  <limits><limit id="unsafe" to="weak"><reason>Nobody who is not safe is looked after well.</reason><when standard="visit.safe" answer="no"/></limit></limits>
</template>
XML
# visit NUMBER SAFE MODERATION: a return
visit() {
    cat >"$folder/visits/$1.xml" <<XML
<return xmlns="urn:caseaudit:return:1" id="V-$1" template="visit-check" template-version="1">
  <case ref="V$1"/><audit date="2023-05-0$1" auditor="A1"/>
  <responses><response standard="visit.seen" answer="yes"/><response standard="visit.heard" answer="yes"/><response standard="visit.safe" answer="$2"/></responses>
  $3
</return>
XML
}
mkdir "$folder/visits"
for number in 2 3 4 5 6; do visit "$number" yes ""; done
visit 1 no '<moderation by="M1" date="2023-05-20" grade="good"><rationale>A slip.</rationale><change standard="visit.safe" answer="yes"><rationale>They are safe.</rationale></change></moderation>'
for number in 7 8; do visit "$number" yes '<moderation by="M1" date="2023-05-20" grade="good"><rationale>A slip.</rationale><change standard="visit.safe" answer="no"><rationale>They are not safe.</rationale></change></moderation>'; done
here=$CASEAUDIT_STORE
export CASEAUDIT_STORE=sqlite:$folder/visits.db
run 0 store init
run 0 template load "$folder/visit.xml"
run 0 record "$folder/visits"
run 0 moderation next
prints " of 8 audits; 3 are moderated already."
prints "Drawn by chance: 2 of 7 without another reason"
printf 'case\nV1\nV2\nV3\nV4\nV5\nV6\nV7\nV8\n' >"$folder/visits.csv"
run 0 sample draw all --template visit-check --population "$folder/visits.csv" --id case --percent 100 --seed s \
    --on 2023-04-03 --period '2023-24 Q1'
run 0 sample status all --as-of 2023-06-30 --format html
equal "to moderate next on the page" 1 "$(grep -o 'By chance\|by chance' "$folder/out" | wc -l)"
export CASEAUDIT_STORE=$here

# ---- what was erased is counted elsewhere, and followed up by nobody ----
run 0 audit erase PF-2023-24-Q3-077 --why request
for list in 'moderation next' 'followup list' 'action list'; do
    # shellcheck disable=SC2086 # words of a command
    run 0 $list
    grep -qE 'erased|PF-2023-24-Q3-077' "$folder/out" && fail "$list tells of what was erased"
done

# ---- who may read it ----
umask 022
for list in 'moderation next' 'moderation --by auditor' 'followup list' 'action list'; do
    for format in text json csv; do
        # shellcheck disable=SC2086 # words of a command
        run 0 $list --format $format -o "$folder/list"
        equal "who may read $list" 600 "$(stat -c %a "$folder/list")"
        [ -s "$folder/list" ] || fail "nothing in $list --format $format"
        rm "$folder/list"
    done
done
run 0 action list -o "$folder/actions.ics"
grep -q '^BEGIN:VCALENDAR' "$folder/actions.ics" || fail "a name that ends in .ics is a calendar"
equal "who may read a calendar" 600 "$(stat -c %a "$folder/actions.ics")"

# ---- what a spreadsheet would run ----
sed 's/>[^<]*<\/action>/>=1+1 ,"x"<\/action>/; s/id="PF-2023-24-Q3-072"/id="PF-F"/' \
    "$return" >"$folder/formula.xml"
run 0 record "$folder/formula.xml"
run 0 action list --format csv
prints "\"'=1+1 ,\"\"x\"\"\""

# ---- asked wrongly ----
run 2 moderation --by tem
says "there is no attribute 'tem' to group by; there is auditor, "
says "did you mean 'team'?"
run 2 moderation --by team --template nowhere
says "the store has no such template; there is child-in-need-file"
run 2 moderation next --percent 101
says "--percent cannot be '101'; it is a whole number from 0 to 100"
run 2 moderation next --period 2023-13
run 1 moderation next --template nowhere
run 2 followup list --weeks -1
run 2 followup list --as-of yesterday
says "'yesterday' is no date"
run 2 action list --by owner --format ics
says "counts are no to-dos of a calendar"
run 2 action list --by colour
finish
