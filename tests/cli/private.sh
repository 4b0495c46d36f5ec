#!/usr/bin/env bash
# What tells of cases is for its owner's eyes from the first byte on, whatever the umask; what
# is there already keeps what its owner allowed, but for others.
. "$srcdir/tests/store/lib.sh"
template=$srcdir/tests/golden/files/small.xml
return=$srcdir/tests/golden/files/good.xml

# mode WANTED PATH...
mode() {
    local wanted=$1 path
    shift
    for path; do
        [ "$(stat -c %a "$path")" = "$wanted" ] ||
            fail "${path#"$folder/"} has mode $(stat -c %a "$path") and not $wanted (umask $(umask))"
    done
}

for mask in 0000 0022 0077 0277; do
    mkdir "$folder/$mask"
    export CASEAUDIT_STORE=sqlite:$folder/$mask/below/store.db
    umask "$mask"
    run 0 store init
    run 0 template load "$template"
    run 0 record "$return" -o "$folder/$mask/recorded"
    run 0 score -t "$template" "$return" -o "$folder/$mask/scored"
    for format in text json csv html xlsx; do
        run 0 summary --format "$format" -o "$folder/$mask/summary.${format/text/txt}"
    done
    run 0 template blank "$template" -o "$folder/$mask/blank.xml"
    run 0 merge "$return" "$return" -o "$folder/$mask/merged.xml"
    run 0 store backup "$folder/$mask/backup.db"
    run 0 store export "$folder/$mask/export"
    umask 0022
    mode 600 "$folder/$mask/below"/store.db* "$folder/$mask"/{recorded,scored,summary.*,blank.xml,merged.xml,backup.db} \
        "$folder/$mask/export/changes.ndjson" "$folder/$mask/export/documents"/*
    mode 700 "$folder/$mask/below" "$folder/$mask/export" "$folder/$mask/export/documents"
done
export CASEAUDIT_STORE=sqlite:$folder/0022/below/store.db

# What is published is as public as the umask lets it be.
run 0 summary --audience public --format html -o "$folder/public.html"
run 0 template form "$template" -o "$folder/form.html"
mode 644 "$folder/public.html" "$folder/form.html"

# A file that was there: what its owner allowed the group stays, others are shut out.
: >"$folder/group"; chmod 660 "$folder/group"
: >"$folder/all"; chmod 644 "$folder/all"
run 0 score -t "$template" "$return" -o "$folder/group"
run 0 score -t "$template" "$return" -o "$folder/all"
mode 660 "$folder/group"
mode 640 "$folder/all"

# A store that others can look into is told of, once for each file, with what to do.
run 0 store info
[ -s "$folder/err" ] && { fail "a private store is warned of"; cat "$folder/err" >&2; }
chmod 644 "$folder/0022/below/store.db"
run 0 store info
says "warning: others can read '$folder/0022/below/store.db' (mode 644)"
says "chmod go="
chmod 600 "$folder/0022/below/store.db"

# One that may not be read is told as that, and not as one that cannot be written.
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$folder" "$folder/0022" "$folder/0022/below"
    as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
else
    chmod 200 "$folder/0022/below/store.db"
    as_other() { "$@"; }
fi
if as_other "$CASEAUDIT" --version >"$folder/out" 2>&1; then
    as_other "$CASEAUDIT" --store "sqlite:$folder/0022/below/store.db" summary >"$folder/out" 2>"$folder/err" &&
        fail "a store that may not be read is read"
    says "may not be read by you: its mode is"
fi
chmod 600 "$folder/0022/below/store.db"

# However a spreadsheet's making ends, nothing is left of its pages.
mkdir "$folder/tmp"
for delay in 0.01 0.03 0.05 0.07 0.09 0.12 0.15 0.2; do
    TMPDIR=$folder/tmp timeout -s INT "$delay" "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" summary --format xlsx \
        -o "$folder/cut.xlsx" >"$folder/out" 2>"$folder/err"
    [ -z "$(ls -A "$folder/tmp")" ] || fail "pages of a spreadsheet are left: $(ls "$folder/tmp")"
done
[ -z "$(find "$folder" -maxdepth 1 -name '*.part')" ] || fail "half a spreadsheet is left"
[ "$failures" -eq 0 ]
