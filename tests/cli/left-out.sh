#!/usr/bin/env bash
# Nothing in a folder is left out in silence: endings in capitals count, what is passed over is
# counted, what holds a return all the same is named; and of returns that claim one id none is
# stored, whichever comes first.
. "$srcdir/tests/store/lib.sh"
run 0 store init
run 0 template load "$srcdir/tests/golden/files/small.xml"
one=$srcdir/tests/golden/files/good.xml
make_return() { sed "s/id=\"R-1\"/id=\"$1\"/" "$one" >"$2"; }

# ---- what a folder holds ----
r=$folder/r
mkdir -p "$r/below" "$r/.hidden"
make_return A "$r/a.xml"
make_return B "$r/b.XML"
make_return C "$r/below/c.Xml"
make_return D "$r/d.xml.bak"
make_return E "$r/.e.xml"
make_return F "$r/f.txt"
make_return G "$r/G"
make_return H "$r/.hidden/h.xml"
make_return I "$r/i.xml~"
make_return J "$r/wide.tmp"
iconv -f UTF-8 -t UTF-16 "$r/wide.tmp" >"$r/wide.dat" && rm "$r/wide.tmp"
printf 'x' >"$r/x.csv"
printf 'x' >"$r/y.CSV"
printf 'x' >"$r/z.docx"
printf '<!DOCTYPE html><title>urn:caseaudit:return:1</title>' >"$r/form.html"
mkfifo "$r/pipe"
ln -s below "$r/link"
ln -s nowhere "$r/lost"
run 0 score -t "$srcdir/tests/golden/files/small.xml" --format ndjson "$r"
equal "returns of the folder" "A B C" "$(grep -o '"return":"[^"]*"' "$folder/out" | cut -d'"' -f4 | tr '\n' ' ' | sed 's/ $//')"
for name in d.xml.bak f.txt G i.xml~ wide.dat; do
    says "$r/$name:1:1: warning: this looks like a return, and is passed over because its name does not end in .xml"
done
says "$r/.e.xml:1:1: warning: this looks like a return, and is passed over because its name begins with a dot"
equal "files that are named" 6 "$(grep -c 'looks like a return' "$folder/err")"
grep -q 'passed over: ' "$folder/err" && fail "counted without --verbose"
run 0 score -q -t "$srcdir/tests/golden/files/small.xml" "$r"
[ -s "$folder/err" ] && fail "--quiet is not"
run 0 score --verbose -t "$srcdir/tests/golden/files/small.xml" "$r"
says "$r: 3 files *.xml to read; passed over: 2 *.csv, 2 neither file nor folder, 1 *.bak, 1 *.dat, 1 *.docx, 1 *.html, 1 *.txt, 1 *.xml~, 1 hidden file, 1 hidden folder, 1 link to a folder, 1 without an ending"
mkdir "$folder/plain" && cp "$r/a.xml" "$folder/plain"
run 0 score --verbose -t "$srcdir/tests/golden/files/small.xml" "$folder/plain"
says "$folder/plain: 1 file *.xml to read; passed over: nothing"

# A template whose ending has capitals is a file, too.
cp "$srcdir/tests/golden/files/small.xml" "$folder/SMALL.XML"
(cd "$folder" && run 0 score -t SMALL.XML r/a.xml; exit "$failures") || failures=$((failures + 1))

# ---- two of one id ----
# refused FILE...: none of these is stored, and each is told with all of them.
refused() {
    local file
    run 1 record "$@"
    for file; do
        grep -qF "$file:1:1: error: " "$folder/err" || fail "nothing is said of $file"
        grep -F "$file:1:1: error: " "$folder/err" | grep -qF "have the same id 'R-7' and differ" ||
            fail "$file is refused for another reason"
    done
    run 0 store info
    grep -qE '^audits +0$' "$folder/out" || fail "one of them is stored"
}
t=$folder/two
mkdir "$t"
make_return R-7 "$t/R-7.xml"
make_return R-7 "$t/R-7 (1).xml"
sed -i 's/2023-11-14/2023-11-15/g; s/<case /<case  /' "$t/R-7 (1).xml"
refused "$t/R-7.xml" "$t/R-7 (1).xml"
refused "$t/R-7 (1).xml" "$t/R-7.xml"
cp "$t/R-7.xml" "$t/again.xml"
refused "$t/again.xml" "$t/R-7.xml" "$t/R-7 (1).xml"
run 1 record "$t/again.xml" "$t/R-7.xml" "$t/R-7 (1).xml"
says "'$t/again.xml', '$t/R-7.xml' and '$t/R-7 (1).xml' have the same id"
# However the id is written.
sed "s/ id=\"R-7\"/ id = ' R-7 '/" "$t/R-7.xml" >"$t/single.xml"
{ head -n 1 "$t/R-7.xml" | grep '<?xml'; echo "<!--"; yes '<return id="other"> filler' | head -n 200; echo "-->"; grep -v '<?xml' "$t/R-7.xml"; } >"$t/comment.xml"
sed 's/<\(\/\?\)\([a-z]\)/<\1c:\2/g; s/xmlns=/xmlns:c=/' "$t/R-7.xml" >"$t/prefix.xml"
iconv -f UTF-8 -t UTF-16 "$t/R-7.xml" | cat >"$t/wide.xml"
sed -i 's/encoding="UTF-8"//' "$t/wide.xml"
for other in single comment prefix wide; do
    refused "$t/R-7.xml" "$t/$other.xml"
done

# The same bytes are the same return; another in the same run is stored whatever happens to these.
run 0 record "$t/R-7.xml" "$t/again.xml"
run 1 record "$t/R-7.xml" "$t/R-7 (1).xml" "$one"
equal "others are stored" 1 "$(count recorded)"
run 0 store info
grep -qE '^audits +2$' "$folder/out" || fail "the others are not stored, or one of the contested is"

# ---- the same when nothing is stored ----
template=$srcdir/tests/golden/files/small.xml
d=$folder/scored
mkdir "$d"
make_return A "$d/a.xml"
cp "$t/R-7.xml" "$d/b.xml"
make_return B "$d/c.xml"
sed 's#\(standard="plan.clear" answer="[a-z]*"\)/>#\1><evidence>jo@example.org</evidence></response>#' "$t/R-7 (1).xml" >"$d/d.xml"
make_return C "$d/e.xml"

# told_of_both: both are refused in their places, with the files named, and the others are scored.
told_of_both() {
    equal "$1: results" "A scored, R-7 rejected, B scored, R-7 rejected, C scored" \
        "$(python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
print(", ".join(r["return"] + " " + r["status"] for r in rows))' "$2")"
    for file in b d; do
        says "$d/$file.xml:1:1: error: '$d/b.xml' and '$d/d.xml' have the same id 'R-7' and differ"
        equal "$1: said of $file" 1 "$(grep -c "$d/$file.xml:1:1: error" "$folder/err")"
    done
    says "none is scored"
    equal "$1: warnings" 1 "$(grep -c "$d/d.xml:.*email" "$folder/err")"
}
score_it() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" score -t "$template" --format ndjson "$@" 2>"$folder/err"; }
score_it -o "$folder/o" "$d" && fail "exit 0"
told_of_both "a file by -o" "$folder/o"
score_it "$d" >"$folder/o" && fail "exit 0"
told_of_both "a file" "$folder/o"
echo '{"return":"before","status":"there"}' >"$folder/o"
score_it "$d" >>"$folder/o" && fail "exit 0"
sed -n 1p "$folder/o" | grep -q before || fail "what stood in the file is gone"
sed 1d "$folder/o" >"$folder/rest"
told_of_both "a file that grows" "$folder/rest"
{ score_it "$d" || echo $? >"$folder/status"; } | cat >"$folder/o"
equal "a pipe: exit status" 1 "$(cat "$folder/status")"
told_of_both "a pipe" "$folder/o"
score_it "$d" >/dev/null && fail "exit 0"
says "'$d/b.xml' and '$d/d.xml' have the same id 'R-7' and differ"
score_it - "$d" <"$one" >"$folder/o" && fail "exit 0"
says "'$d/b.xml' and '$d/d.xml' have the same id 'R-7' and differ"
# One with a fault of its own is refused for that, and contests nothing.
mkdir "$folder/faulty"
cp "$d/b.xml" "$folder/faulty/good.xml"
sed 's/<responses>/<responses><nothing\/>/' "$d/b.xml" >"$folder/faulty/bad.xml"
for into in file pipe; do
    if [ $into = file ]; then score_it "$folder/faulty" >"$folder/o"; else score_it "$folder/faulty" | cat >"$folder/o"; fi
    equal "beside a faulty one, $into" "rejected scored" "$(grep -oE '"status":"(rejected|scored)"' "$folder/o" | cut -d'"' -f4 | tr '\n' ' ' | sed 's/ $//')"
done
# Where others write into the same file, nothing of theirs is lost.
(score_it "$d" || echo other) >"$folder/o"
grep -q other "$folder/o" || fail "another's line is gone"
run 0 score -t "$template" "$t/R-7.xml" "$t/again.xml" "$t/R-7.xml"
run 1 score -t "$template" --jobs 1 "$t/again.xml" "$t/R-7.xml" "$t/R-7 (1).xml"
says "'$t/again.xml', '$t/R-7.xml' and '$t/R-7 (1).xml' have the same id"

# Grades are named as people name them.
run 0 audit list --grade GOOD
[ "$(wc -l <"$folder/out")" -gt 1 ] || fail "the grade's label found no audit"
run 2 audit list --grade godo
says "no template in the store has a grade 'godo'; did you mean 'good'?"

# From standard input only the second can be told.
run 1 record - "$t/single.xml" <"$t/R-7.xml"
says "came earlier in this run"
[ "$failures" -eq 0 ]
