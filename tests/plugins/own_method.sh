#!/usr/bin/env bash
# What a framework does is what is explained: a score that it sets itself has its own sentence
# and no sum that leads elsewhere. And what it logs is shown to those who ask for it.
set -uo pipefail
umask 022

: "${CASEAUDIT:?}" "${PLUGIN_DIR:?}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

template() # SAY
{
    cat <<END
<template xmlns="urn:caseaudit:template:1" id="own-$1" version="1" framework="own-method"
  effective-from="2020-01-01">
  <title>Own</title>
  <scale><grade id="good" label="Good" score="100" from="80" positive="yes"/>
    <grade id="fair" label="Fair" score="60" from="40"/>
    <grade id="unsafe" label="Not safe" score="20" from="20"/>
    <grade id="grave" label="Grave" score="0" from="0"/></scale>
  <option name="say" value="$1"/>
  <section id="safety" title="Safety">
    <standard id="a" label="Door" answers="grades"><question>Is the door shut?</question></standard>
    <standard id="b" label="Window" answers="grades"><question>The window?</question></standard>
  </section>
  <section id="rest" title="The rest">
    <standard id="c" answers="grades"><question>All else?</question></standard>
    <standard id="d" answers="grades"><question>And more?</question></standard>
  </section>
</template>
END
}

give() # SAY
{
    cat <<END
<return xmlns="urn:caseaudit:return:1" id="R-$1" template="own-$1" template-version="1">
  <case ref="C1"/><audit date="2023-11-14" auditor="A1"/>
  <responses><response standard="a" answer="good"/><response standard="b" answer="unsafe"/>
    <response standard="c" answer="good"/><response standard="d" answer="fair"/></responses>
</return>
END
}

run() # ARGUMENTS...: into $folder/out and $folder/err
{
    "$CASEAUDIT" --plugin-dir tests/plugins/.libs --plugin-dir "$PLUGIN_DIR" "$@" \
        >"$folder/out" 2>"$folder/err"
}

has() # FILE TEXT
{
    tr -s ' \n' ' ' <"$folder/$1" | grep -qF -- "$2" && return
    echo "not ok: $1 lacks: $2"
    failed=1
}

hasnt() # FILE TEXT
{
    tr -s ' \n' ' ' <"$folder/$1" | grep -qF -- "$2" || return 0
    echo "not ok: $1 should not say: $2"
    failed=1
}

for say in yes no; do
    template "$say" >"$folder/t-$say.xml"
    give "$say" >"$folder/r-$say.xml"
done

# It says why: its sentences stand where they belong, and no mean of 60.00 is shown.
run score --explain --template "$folder/t-yes.xml" "$folder/r-yes.xml"
has out "In 'Safety' the worst decides: 'Window' with 'Not safe'. 20.00 is 'Not safe': 20.00 or more"
has out "Safety (worked out by the framework)"
has out "The rest (weighted mean)"
has out "The first section is the whole; Good is the best."
has out "Window: Not safe. This one decides"
hasnt out "60.00."
has out "Mean: 160.00 ÷ 2 = 80.00." # the other section is a mean, as ever
has out "The score of 20.00 was worked out by the framework, as is said at the beginning."
has out "That the computed grade is 'Grave' was worked out by the framework, as is said"
run score --format html --template "$folder/t-yes.xml" "$folder/r-yes.xml"
has out "<p>In &#39;Safety&#39; the worst decides: &#39;Window&#39; with &#39;Not safe&#39;.</p>"
has out "This one decides."
hasnt out "60.00."

# It says nothing: then that is told.
run score --explain --template "$folder/t-no.xml" "$folder/r-no.xml"
has out "The score of 20.00 was worked out by the framework. 20.00 is 'Not safe'"
has out "That the computed grade is 'Grave' was worked out by the framework."
hasnt out "as is said at the beginning"
hasnt out "60.00."
run score --format html --template "$folder/t-no.xml" "$folder/r-no.xml"
has out "The score of 20.00 was worked out by the framework."
hasnt out "60.00."

# The log, from a template and from a worker, for those who ask.
run --verbose score --format ndjson --template "$folder/t-yes.xml" "$folder/r-yes.xml"
has err "framework logs: a template with 2 sections"
has err "r-yes.xml: framework logs: the worst is b"
hasnt out "the worst is b"
run score --template "$folder/t-yes.xml" "$folder/r-yes.xml"
hasnt err "framework logs"

[ "$failed" = 0 ] && echo "ok: explanations and the log of a framework with a method of its own"
exit "$failed"
