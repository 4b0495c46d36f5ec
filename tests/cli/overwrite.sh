#!/usr/bin/env bash
# Nothing that a command reads is written over, nor anything of a store, nor what people made:
# by whatever name. What is generated takes the place of work only with --force. And a file's
# name decides what is written into it.
. "$srcdir/tests/store/lib.sh"
cp "$srcdir/tests/golden/files/small.xml" "$folder/t.xml"
cp "$srcdir/tests/golden/files/good.xml" "$folder/r.xml"
template=$folder/t.xml return=$folder/r.xml
sed 's/id="R-1"/id="R-2"/' "$return" >"$folder/r2.xml"
cp "$srcdir/samples/theme/theme.txt" "$folder/theme"
cp "$srcdir/samples/theme/logo.svg" "$folder/logo"
sed -i 's/logo\.svg/logo/' "$folder/theme"
run 0 store init
run 0 template load "$template"
run 0 record "$return"
(cd "$folder" && mkdir sub real && ln -s real linked && cp r.xml real/r.xml && ln r.xml hard.xml &&
    ln -s r.xml soft.xml && ln t.xml hard-t.xml && ln -s store.db store-link &&
    ln -s ../r.xml sub/up.xml)

# What there is now, and what has to be there after a refused command.
sums=$(mktemp)
trap 'rm -rf "$folder" "$sums"' EXIT
note() { (cd "$folder" && find . -type f ! -name out ! -name err ! -name '*-shm' -exec sha256sum {} + >"$sums"); }
note

# kept STATUS FILE ARGUMENT...: the command is refused, names FILE, and changes no file at all.
kept() {
    local status=$1 file=$2
    shift 2
    (cd "$folder" && run "$status" "$@"; exit "$failures") || failures=$((failures + 1))
    says "$file"
    changed=$(cd "$folder" && sha256sum --quiet -c "$sums" 2>&1) || fail "changed by: $*: $changed"
    [ -z "$(find "$folder" -name '*.part')" ] || fail "something half-written is left of: $*"
}

# ---- a name that is none, as a variable that is not set makes it: before anything is done ----
kept 2 '--output names nothing: what stands behind it is empty' score -t t.xml r.xml -o ''
kept 2 '--output names nothing' score -t t.xml r.xml --output=
kept 2 '--template names nothing' score -t '' r.xml
kept 2 '--files-from names nothing' score -t t.xml --files-from ''

# ---- what is read, by every name it has ----
for name in r.xml ./r.xml sub/../r.xml "$folder/r.xml" hard.xml soft.xml sub/up.xml R.XML; do
    kept 2 "$name' is not written" score -t t.xml r.xml -f xml -o "$name"
    kept 2 "$name' is not written" score -t t.xml . -f xml -o "$name"
    kept 2 "$name' is not written" record r.xml -f xml -o "$name"
    kept 2 "$name' is not written" merge r.xml real/r.xml -o "$name" --force
done
kept 2 "linked/r.xml' is not written" score -t t.xml real/r.xml -f xml -o linked/r.xml
kept 2 "linked/R.xml' is not written" score -t t.xml real/r.xml -f xml -o linked/R.xml
printf 'r.xml\n' >"$folder/list"
kept 2 "list' is not written" score -t t.xml --files-from list -o list
kept 2 "r.xml' is not written" score -t t.xml --files-from list -f xml -o r.xml
for name in t.xml hard-t.xml T.xml; do
    kept 2 "$name' is not written" score -t t.xml r.xml -f xml -o "$name"
    kept 2 "$name' is not written" template blank t.xml --force -o "$name"
done
ln "$folder/t.xml" "$folder/t"
kept 2 "t' is not written" template form t.xml -o ./t
kept 2 "theme' is not written" summary --format html --theme theme -o theme
kept 2 "logo' is not written" summary --format html --theme theme -o logo

# ---- what belongs to a store: the one in use, any other, their journals, an export ----
cp "$folder/store.db" "$folder/other.db"
cp "$folder/store.db" "$folder/kept.db"
(cd "$folder" && run 0 --store sqlite:other.db store set year-start 9)
run 0 store export "$folder/export"
note
for name in store.db ./store.db store-link other.db; do
    kept 2 "$name' is not written over: it is a store" score -t t.xml r.xml -o "$name"
    kept 2 "$name' is not written over: it is a store" summary -o "$name"
    kept 2 "$name' is not written over: it is a store" template export small --force -o "$name"
done
for name in store.db-wal store.db-shm store.db-journal other.db-wal STORE.DB-WAL; do
    [ "$name" = STORE.DB-WAL ] && ! [ -e "$folder/STORE.DB" ] && continue
    kept 2 "$name' is not written over: it belongs to the store" score -t t.xml r.xml -o "$name"
    kept 2 "$name' is not written over: it belongs to the store beside it. Name another file" store backup "$name"
done
document=$(cd "$folder" && ls export/documents/*.xml | head -n 1)
for name in export/changes.ndjson "$document"; do
    format=${name##*.}
    kept 2 "$name' is not written over: it belongs to the export" score -t t.xml r.xml -f "$format" -o "$name"
done
kept 2 "store.db' is the store itself" store backup store.db
kept 2 "other.db' is not written over: it is no earlier backup of this store" store backup other.db
kept 2 "r.xml' is not written over: it is no earlier backup of this store" store backup r.xml
run 0 store backup "$folder/kept.db"
run 0 store set year-start 9
run 0 store backup "$folder/kept.db"
run 2 --store "sqlite:$folder/other.db" store backup "$folder/kept.db"
note

# ---- what people made, though it is not read ----
kept 2 "r2.xml' is not written over: a return is in it" score -t t.xml r.xml -f xml -o r2.xml
iconv -f UTF-8 -t UTF-16 "$folder/r2.xml" | sed '' >"$folder/wide.xml"
kept 2 "wide.xml' is not written over: a return is in it" score -t t.xml r.xml -f xml -o wide.xml
kept 2 "t.xml' is not written over: a template is in it" score r.xml -f xml -o t.xml

# A result takes the place of a result, and a form of a form.
run 0 score -t "$template" "$return" -f xml -o "$folder/results.xml"
run 0 score -t "$template" "$return" -f xml -o "$folder/results.xml"
run 0 template form "$template" -o "$folder/form.html"
run 0 template form "$template" -o "$folder/form.html"

# ---- documents that somebody may have worked in ----
run 0 template blank "$template" -o "$folder/blank.xml"
run 0 template blank "$template" -o "$folder/blank.xml"
cp "$folder/blank.xml" "$folder/fresh.xml"
sed -i 's/<case ref=""/<case ref="FICTION-1"/' "$folder/blank.xml"
cp "$folder/blank.xml" "$folder/worked.xml"
run 2 template blank "$template" -o "$folder/blank.xml"
says "blank.xml' is there and holds something else"
says "--force"
cmp -s "$folder/blank.xml" "$folder/worked.xml" || fail "a blank return that somebody filled in is gone"
run 2 template export small -o "$folder/blank.xml"
cmp -s "$folder/blank.xml" "$folder/worked.xml" || fail "an export took the place of a return"
run 0 template blank "$template" --force -o "$folder/blank.xml"
cmp -s "$folder/blank.xml" "$folder/fresh.xml" || fail "--force did not replace"
: >"$folder/empty.xml"
run 0 template blank "$template" -o "$folder/empty.xml"

# ---- a folder of them: all or none ----
cat >"$folder/answers.csv" <<'CSV'
Return id,Case,Date,Auditor,Outcome
A,11,2024-01-10,A1,yes
B,12,2024-01-11,A1,yes
CSV
cat >"$folder/short.xml" <<'XML'
<template xmlns="urn:caseaudit:template:1" id="short" version="1" framework="graded-standards"
          effective-from="2023-01-01" rollup="mean">
  <title>Short</title>
  <scale><grade id="good" label="Good" score="100" from="50"/><grade id="poor" label="Poor" score="0" from="0"/></scale>
  <answers id="yn"><answer id="yes" label="Yes" score="100"/><answer id="no" label="No" score="0"/></answers>
  <section id="s" title="S"><standard id="s.outcome" answers="yn"><question>Outcome</question></standard></section>
</template>
XML
cat >"$folder/map.xml" <<'XML'
<mapping xmlns="urn:caseaudit:mapping:1">
  <column name="Return id" to="return-id"/><column name="Case" to="case"/><column name="Date" to="audit-date"/>
  <column name="Auditor" to="auditor"/><column name="Outcome" to="standard s.outcome"/>
</mapping>
XML
convert() { run "$1" convert -t "$folder/short.xml" -m "$folder/map.xml" "$folder/answers.csv" -o "$folder/made" "${@:2}"; }
convert 0
convert 0
sed -i 's/answer="yes"/answer="no"/' "$folder/made/A.xml"
cp "$folder/made/A.xml" "$folder/a-worked"
sed -i 's/^C,.*//; $a C,13,2024-01-12,A1,no' "$folder/answers.csv"
convert 2
says "1 file in '$folder/made' holds something else"
says 'A.xml'
[ ! -e "$folder/made/C.xml" ] || fail "a part of the folder was written"
cmp -s "$folder/made/A.xml" "$folder/a-worked" || fail "a return that somebody corrected is gone"
convert 0 --force
cmp -s "$folder/made/A.xml" "$folder/a-worked" && fail "--force did not replace"
[ -e "$folder/made/C.xml" ] || fail "the third return is not there"

# Where the last of them cannot be written, those before it are as they were.
cp "$folder/a-worked" "$folder/made/A.xml"
rm "$folder/made/B.xml"
rm "$folder/made/C.xml" && mkdir "$folder/made/C.xml"
convert 3 --force
says "C.xml"
cmp -s "$folder/made/A.xml" "$folder/a-worked" || fail "what was replaced before the failure is gone"
equal "the folder after a failure" "A.xml C.xml" "$(cd "$folder/made" && echo *)"
rmdir "$folder/made/C.xml"
convert 0 --force
equal "the folder in the end" "A.xml B.xml C.xml" "$(cd "$folder/made" && echo *)"

# ---- the name decides ----
run 0 summary -o "$folder/s.xlsx"
[ "$(head -c 2 "$folder/s.xlsx")" = PK ] || fail "s.xlsx is no workbook"
run 0 summary -o "$folder/S.CSV"
head -n 1 "$folder/S.CSV" | grep -q , || fail "S.CSV is no CSV"
run 0 score -t "$template" "$return" -o "$folder/r.htm"
grep -qi '<!doctype html' "$folder/r.htm" || fail "r.htm is no page"
for name in r.json r.ndjson r.jsonl; do
    run 0 score -t "$template" "$return" -o "$folder/$name"
    [ "$(head -c 1 "$folder/$name")" = '{' ] || fail "$name is no JSON"
done
run 0 score -t "$template" "$return" -o "$folder/results"
head -n 1 "$folder/results" | grep -q '^R-1' || fail "without an ending it is text"
run 0 score -t "$template" "$return" -f xml -o "$folder/results.out"
run 2 score -t "$template" "$return" -f text -o "$folder/s.html"
says "the name '$folder/s.html' says html, and --format says text"
run 2 score -t "$template" "$return" -o "$folder/s.pdf"
says "'score' writes text, ndjson, xml or html"
run 2 summary -o "$folder/s.docx"
says "'summary' writes text, json, csv, html, xlsx or pdf"
run 2 template form "$template" -o "$folder/form.xml"
says "'template form' writes html"
run 2 template blank "$template" -o "$folder/blank.html"
says "'template blank' writes xml"
for name in s.html s.pdf s.docx form.xml blank.html; do
    [ ! -e "$folder/$name" ] || fail "$name was written"
done

# ---- standard output, when it is put behind what is there ----
sum() { sha256sum "$folder/r.xml" "$folder/real/r.xml" "$folder/store.db"; }
before=$(sum)
# appended STATUS FILE ARGUMENT...: ">>" to FILE
appended() {
    local expected=$1 file=$2 status
    shift 2
    "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" --store "sqlite:$folder/store.db" "$@" >>"$folder/$file" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || fail "exit status $status instead of $expected: $* >> $file"
}
appended 2 r.xml score -t "$template" "$folder/r.xml"
says "r.xml' is not written over: this command reads it"
appended 2 soft.xml score -t "$template" "$folder/r.xml"
appended 2 real/r.xml score -t "$template" "$folder/real"
appended 2 store.db store info
says "store.db' is not written over: it is a store"
appended 2 store.db audit list
[ "$(sum)" = "$before" ] || fail "what was read has more in it"
appended 0 log score -t "$template" "$folder/r.xml"
appended 0 log score -t "$template" "$folder/r.xml"
run 2 summary --partial -o "$folder/part.json"
says "a partial is called, say, north.partial"
[ "$failures" -eq 0 ]
