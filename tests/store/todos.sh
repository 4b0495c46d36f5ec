#!/usr/bin/env bash
# Actions as a calendar's to-dos: two parsers that are not ours read the same of them, and what is
# imported again is changed and not doubled.
. "${srcdir:?}/tests/support/needs.sh"
needs_python icalendar vobject
. "$srcdir/tests/store/lib.sh"

new_store
run 0 record "$samples/returns"
# What has to be escaped and folded, with characters of two to four bytes. (A backslash before an n is
# read wrongly by icalendar before 5, and so there is none.)
sed 's/id="PF-2023-24-Q3-072"/id="PF-ODD"/; s/<action id="1"\([^>]*\)>[^<]*</<action id="1"\1>Ask; tell, \\ \&amp; écoutez 家族 👪 — once more, 家族 👪 家族 👪 家族 👪 家族 👪 家族 👪 to the end\n    of the second line.</' \
    "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml" >"$folder/odd.xml"
grep -q 家族 "$folder/odd.xml" || fail "the odd return is not odd"
run 0 record "$folder/odd.xml"

# both NAME: the calendar and the list, as they are now
both() {
    run 0 action list --format ics --as-of 2024-01-31
    cp "$folder/out" "$folder/$1.ics"
    run 0 action list --format ics --as-of 2024-01-31
    cmp -s "$folder/out" "$folder/$1.ics" || fail "the same store gives another calendar"
    run 0 action list --format json --as-of 2024-01-31
    cp "$folder/out" "$folder/$1.json"
}

both first
# Some is entered, and a return is corrected: the to-dos are the same ones.
run 0 action complete PF-ODD:1 --on 2023-12-01
sed 's/owner="TM4"/owner="TM5"/' "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml" >"$folder/corrected.xml"
run 0 record "$folder/corrected.xml"
both second
"$python" -B "$helper/todos.py" "$folder" PF-ODD:1 PF-2023-24-Q3-072:1 PF-2023-24-Q3-072:2 ||
    fail "the calendars"

run 0 action list --owner NOBODY --format ics
says "no action belongs to 'NOBODY'"
"$python" -B "$helper/todos.py" --empty "$folder/out" || fail "a calendar without to-dos"
finish
