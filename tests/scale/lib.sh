# What the scripts of this folder share: returns in shares, one store with all of them to be held to,
# and a script that does one share, wherever it runs.
. "$srcdir/tests/store/lib.sh"

# skipped REASON: what a machine has to have for these scripts is more than one is asked to have for
# the project, so none is made to fail for it.
skipped() {
    echo "skipped: $*"
    exit 77
}

question=(--template permanency-file --period 2023-24 --by team)

# make_shares COUNT: the samples' returns in as many lists, and what one store says of them all
make_shares() {
    local number=0 file
    for file in "$samples"/returns/permanency-2023-24-*/*.xml; do
        echo "$file" >>"$folder/share-$((number++ % $1))"
    done
    run 0 store init
    run 0 template load "$samples/templates/permanency-file.xml"
    cat "$folder"/share-* >"$folder/all"
    run 0 record --files-from "$folder/all"
    run 0 summary "${question[@]}" --format json
    mv "$folder/out" "$folder/expected"
    cat >"$folder/do-share" <<END
#!/bin/sh
# A share is recorded in a store of the host's own, and its partial put where all hosts see it.
set -eu
export LD_LIBRARY_PATH='${LD_LIBRARY_PATH:-}'
own=\$(mktemp -d)
trap 'rm -rf "\$own"' EXIT
caseaudit() { '$CASEAUDIT' --plugin-dir '$PLUGIN_DIR' --store "sqlite:\$own/store.db" "\$@"; }
caseaudit store init >/dev/null
caseaudit template load '$samples/templates/permanency-file.xml' >/dev/null
caseaudit --quiet record --files-from '$folder/share-'\$1 >/dev/null
caseaudit summary$(printf " '%s'" "${question[@]}") --partial -o '$folder/part-'\$1
END
    cat >"$folder/do-merge" <<END
#!/bin/sh
export LD_LIBRARY_PATH='${LD_LIBRARY_PATH:-}'
exec '$CASEAUDIT' --plugin-dir '$PLUGIN_DIR' summary --merge '$folder'/part-* --format json -o '$folder/merged'
END
    chmod +x "$folder/do-share" "$folder/do-merge"
    chmod 755 "$folder"
}

merged_is_one_run() {
    cmp "$folder/expected" "$folder/merged" || fail "what was merged is not what one store says"
}
