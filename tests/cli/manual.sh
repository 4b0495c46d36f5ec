#!/usr/bin/env bash
# The manual page says what --help says, names no option that is none, and its examples work;
# the examples of --help name no option that is none either.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
page=$srcdir/man/caseaudit.1.scd
source=$(cd "$srcdir" && pwd)
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/work"
cat > "$scratch/bin/caseaudit" << END
#!/bin/sh
exec '$CASEAUDIT' --plugin-dir '$PLUGIN_DIR' "\$@"
END
chmod +x "$scratch/bin/caseaudit"
export PATH="$scratch/bin:$PATH" XDG_DATA_HOME="$scratch/data"
unset CASEAUDIT_STORE CASEAUDIT_PLUGIN_PATH
failures=0
fail() {
    printf 'manual: %s\n' "$*" >&2
    failures=$((failures + 1))
}

python3 -B "$srcdir/scripts/update-manual" "$CASEAUDIT" --check || failures=$((failures + 1))

# Every option that the page names is one of some command.
verbs=$("$CASEAUDIT" --help | sed -n '/^Commands:/,/^$/ s/^  \([a-z-]\+\( [a-z-]\+\)\?\)  .*/\1/p')
while read -r verb; do
    read -r -a words <<< "$verb"
    "$CASEAUDIT" "${words[@]}" --help | sed '/^Example:/,$d' | grep -o -- ' --[a-z-]*'
    grep -q "^; of $verb\$" "$page" || fail "no section for '$verb'"
done <<< "$verbs" | sort -u | tr -d ' ' > "$scratch/options"
grep -o -- '\*--[a-z][a-z-]*' "$page" | tr -d '*' | sort -u > "$scratch/named"
comm -13 "$scratch/options" "$scratch/named" > "$scratch/unknown"
[ ! -s "$scratch/unknown" ] || fail "no option of any command: $(paste -sd ' ' "$scratch/unknown")"

# The examples of --help have sound options and enough operands.
while read -r verb; do
    read -r -a words <<< "$verb"
    example=$("$CASEAUDIT" "${words[@]}" --help | sed -n '/^Example:/,/^$/p' | sed '1d; s/^  //')
    (eval "${example%$'\n'} --help" > /dev/null) || fail "the example of '$verb': $example"
done <<< "$verbs"

# What a build lacks for a command, its --help says; of a build that lacks nothing it is silent.
for verb in workbench 'template form' allocate; do
    read -r -a words <<< "$verb"
    "$CASEAUDIT" "${words[@]}" --help | sed -n '/^In this build:$/,/^$/p' > "$scratch/lacking"
    if [ -e core/embed/caseaudit.wasm ]; then
        [ ! -s "$scratch/lacking" ] || fail "$verb: $(cat "$scratch/lacking")"
    else
        grep -q 'without the engine for web pages' "$scratch/lacking" ||
            fail "'$verb --help' does not say that the engine for web pages is missing"
    fi
done

# The other pages name no verb that is none.
grep -ohE '(^ {4,}(\$ )?|^\$ |`|\| |\()caseaudit( --(store|as|today|plugin-dir) [^ ]+| --?[a-z-]+)* [a-z]+( [a-z]+)?' \
    "$srcdir"/docs/*.md "$srcdir/samples/README.md" |
    sed -E 's/.*caseaudit( --(store|as|today|plugin-dir) [^ ]+| --?[a-z-]+)* //' | sort -u > "$scratch/spoken"
[ "$(wc -l < "$scratch/spoken")" -gt 40 ] || fail "the pages speak of few verbs"
while read -r first second; do
    grep -qx "$first" <<< "$verbs" || grep -qx "$first $second" <<< "$verbs" ||
        fail "the pages speak of 'caseaudit $first $second', which there is not"
done < "$scratch/spoken"

# The page's own examples, each with the exit status it says, or 0.
cd "$scratch/work" || exit 99
ln -s "$source/samples" samples
sed 's/\\\\/\\/g' "$source/man/caseaudit.1.scd" | awk '
    /^# / { on = $0 == "# EXAMPLES" }
    on && /^\$ / { inside = 1; sub(/^\$ /, "") }
    inside && /^```/ { inside = 0; printf "%c", 0 }
    inside' > "$scratch/examples"
count=0
while IFS= read -r -d '' example; do
    count=$((count + 1))
    wanted=0
    case $example in
    *'# exit status '*) wanted=${example##*'# exit status '} ;;
    esac
    bash -o pipefail -c "$example" > "$scratch/out" 2>&1
    found=$?
    [ "$found" -eq "${wanted%%[!0-9]*}" ] || {
        fail "exit status $found of: $example"
        head -n 5 "$scratch/out" >&2
    }
done < "$scratch/examples"
[ "$count" -ge 5 ] || fail "only $count examples found"
[ "$failures" -eq 0 ]
