#!/usr/bin/env bash
# Case lists as case systems and spreadsheet programs really save them: what convert reads is read here,
# too. Each says the same five cases, and so has the same fingerprint and draws the same; or it is
# refused with row and column, and nothing is drawn.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE="$folder/store.db"
failures=0

fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }

# draw STATUS FILE OPTION...: into $folder/out and $folder/err
draw() {
    local expected=$1 file=$2 status
    shift 2
    caseaudit sample draw list --template foster-home-review --id case --stratify 'Local team' \
        --size 3 --reserve 2 --seed s --on 2024-04-02 --dry-run --format json \
        --population "$file" "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    [ "$status" -eq "$expected" ] || {
        fail "exit status $status instead of $expected: $list"
        cat "$folder/err" >&2
    }
}

# What is drawn, but for the file's own fingerprint.
drawn() { sed 's/"file_sha256":"[0-9a-f]*"//; s/"stratify":\["[^]]*\]//; s/{"[^"]*":"\([^"]*\)"}/{\1}/g' "$folder/out"; }

# same WHAT OPTION...: the list that standard input holds is the plain one
same() {
    list=$1
    shift
    cat >"$folder/list.csv"
    draw 0 "$folder/list.csv" "$@"
    drawn | cmp -s - "$folder/plain" || { fail "drawn otherwise: $list"; drawn >&2; }
}

# refused WHAT SAID OPTION...: it is refused with these words
refused() {
    local said=$2
    list=$1
    shift 2
    cat >"$folder/list.csv"
    draw 1 "$folder/list.csv" "$@"
    [ ! -s "$folder/out" ] || fail "drawn all the same: $list"
    grep -qF -- "$said" "$folder/err" || { fail "$list: did not say: $said"; cat "$folder/err" >&2; }
}

caseaudit store init >/dev/null || exit 99
caseaudit template load "$srcdir/samples/templates/foster-home-review.xml" >/dev/null || exit 99
plain='case,Local team,note\nK1,North,a\nK2,North,\nK3,"South, east",b\nK4,,\nK5,Élan’s,c\n'
# shellcheck disable=SC2059 # texts are formats here, as they have line ends and bytes in them
text() { printf "$1"; }
changed() { text "$plain" | sed "$@"; }

list=plain
text "$plain" >"$folder/list.csv"
draw 0 "$folder/list.csv"
drawn >"$folder/plain"
grep -q '"size":3' "$folder/plain" || fail "nothing is drawn of the plain list"

# ---- encodings, separators, line ends ----
changed '1s/^/\xef\xbb\xbf/' | same "a mark of UTF-8"
changed 's/$/\r/' | same "lines of Windows"
changed '$!s/$/\n,,/' | same "empty rows, with separators"
changed 's/$/\n/' | same "empty lines"
text "$plain" | iconv -t UTF-16 | same "UTF-16 with its mark"
(printf '\xfe\xff' && text "$plain" | iconv -t UTF-16BE) | same "UTF-16, the other way round"
text "$plain" | iconv -t UTF-16LE | refused "UTF-16 without its mark" "UTF-16, without the mark"
text "$plain" | iconv -t WINDOWS-1252 | refused Windows-1252 "the file is not UTF-8 (line 6: byte 0xC9"
plain_as() { changed "s/South, east/South@ east/; s/,/$1/g; s/@/,/"; }
plain_as ';' | same semicolons
plain_as '\t' | same tabs
plain_as '|' | same "upright lines"
(echo 'sep=;' && plain_as ';') | same "a line that says the separator"
plain_as : | same "a separator of one's own" --separator :
changed '1s/note/note (a; b; c; d; e; f; g)/' | same "signs of separators in a heading"
text "$plain" | head -c -1 | same "no end of the last line"

# ---- headings ----
changed '1s/.*/CASE,LOCAL TEAM,Note/' | same "headings in capitals"
changed '1s/.*/ case ,Local\xc2\xa0team\xe2\x80\x8b,note/' | same "blanks that nobody sees in headings"
changed '1s/.*/note,case,"Local\nteam"/; 2,$s/\(.*\),\([^,]*\)$/\2,\1/' | same "a heading of two lines"
changed 's/$/,,/' | same "columns without a heading, all empty"
changed '1s/$/,note,Name,Name/; 2,$s/$/,x,Ficta,Ficta/' | same "the same heading twice, and nobody asks for it"
(printf 'Open cases\nmade on 01/12/2023\n\n' && text "$plain") | same "a title above" --header-row 4
(printf 'Open cases\nmade on 01/12/2023\n\n' && text "$plain") |
    refused "a title above, and nobody says so" "say --header-row 4"
changed '1s/note/case/' | refused "two columns of ids" "column 3 'case': the heading stands in column 1 already"
changed '1s/case/cases/' | refused "a heading with a slip" "there is no column 'case'; did you mean 'cases'?"
text '' | refused "nothing at all" list.csv
text 'case,Local team\n' | refused "headings alone" "there is no case below the headings"

# ---- cells ----
changed 's/^K\(.\),/\xc2\xa0K\1\xe2\x80\x83,/' | same "blanks that nobody sees in cells"
changed 's/K4,,/K4/' | same "short rows"
changed 's/K4,,/"K4","",""/; s/^K1/"K1"/' | same "quotation marks around cells"
changed '2s/a$/"a, ""b""\n\nc"/' | same "cells of several lines"
changed '3s/$/,lost/' | refused "a cell below no heading" "list.csv:3:4: error: row 3, column 4: 'lost' stands below no heading"
changed '2s/a$/"a\nb"/; 4s/K3/K 3/; 5s/K4,,/,,x/' |
    refused "rows as a spreadsheet counts them" "row 4, column 1 'case': 'K 3' is no id of a case"
grep -qF "row 5, column 1 'case': the case's id is missing" "$folder/err" || fail "not all faults are told at once"
changed 's/K[12]/1.23457E+11/' | refused "numbers that were cut" "row 2, column 1 'case': '1.23457E+11' is no id of a case"
changed 's/K1/"K1/' | refused "a quotation mark that is not closed" "list.csv:"
(text "$plain" && printf 'K6,a\0b,\n') | refused "a zero byte" "list.csv:"

# ---- workbooks ----
"$python" -B "$srcdir/tests/cli/sheets.py" "$folder/book.xlsx" || fail "cannot write a workbook"
text 'id,case,Local team\n1,C1,North East\n2,0042,\n' >"$folder/book.csv"
for file in csv xlsx; do
    list=book.$file
    column='Local team'
    [ $file = csv ] || column=team
    caseaudit sample draw book --template foster-home-review --id case --stratify "$column" --size 2 \
        --seed s --on 2024-04-02 --dry-run --format json --population "$folder/book.$file" >"$folder/out" ||
        fail "a workbook is not read"
    drawn >"$folder/book.$file.json"
done
cmp -s "$folder/book.csv.json" "$folder/book.xlsx.json" || fail "a workbook draws otherwise"
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' | refused "an old workbook" "this is an old Excel workbook (.xls); save it as"

exit $((failures > 0))
