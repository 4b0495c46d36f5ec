#!/usr/bin/env bash
# Completion in bash, zsh and fish offers what the tables of options hold.
set -u
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/work" "$scratch/work/audits"
ln -s "$CASEAUDIT" "$scratch/bin/caseaudit"
PATH=$scratch/bin:$PATH
source=$(cd "$srcdir" && pwd)
cd "$scratch/work" || exit 99
touch return.xml 'my return.xml'
failures=0

# bash WANTED WORD...: the last word is the one being typed
in_bash() {
    local wanted=$1
    shift
    local found
    found=$(bash -c '
        . "$1"; shift
        COMP_WORDS=(caseaudit "$@"); COMP_CWORD=$#
        _caseaudit
        printf "%s\n" "${COMPREPLY[@]}" | sort | paste -sd " "' \
        bash "$source/completions/caseaudit.bash" "$@")
    [ "$found" = "$wanted" ] || {
        printf "complete: 'caseaudit %s': found '%s', wanted '%s'\n" "$*" "$found" "$wanted" >&2
        failures=$((failures + 1))
    }
}

in_bash 'score' sco
in_bash 'framework' fr
in_bash 'list show' framework ''
in_bash 'show' -q framework sh
in_bash 'check' template che
in_bash '--template' score --templ
in_bash '--format' score return.xml --form
in_bash 'ndjson' score -f n
in_bash 'xml' score --template return.xml --format x
in_bash 'audits my return.xml return.xml' score ''
in_bash 'my return.xml' score my
in_bash 'audits' score --plugin-dir ''
in_bash 'always auto never' --color ''
in_bash 'score' --store x sco
in_bash '' nonsense ''

# Every verb is offered, and every option of its help.
while read -r verb; do
    read -r -a words <<< "$verb"
    last=${words[${#words[@]} - 1]}
    in_bash "$last" "${words[@]}"
    "$CASEAUDIT" "${words[@]}" --help | sed '/^Example:/,$d' | grep -o '^ *\(-., \)\? *--[a-z-]*' | grep -o -- '--.*' |
        sort > "$scratch/options"
    "$CASEAUDIT" --complete "${words[@]}" -- | cut -f 1 | sort > "$scratch/offered"
    diff "$scratch/options" "$scratch/offered" >&2 || {
        echo "complete: options of '$verb' differ" >&2
        failures=$((failures + 1))
    }
done < <("$CASEAUDIT" --help | sed -n '/^Commands:/,/^$/ s/^  \([a-z-]\+\( [a-z-]\+\)\?\)  .*/\1/p')

# The others are at least good programs of their language, where they are installed.
. "$source/tests/support/needs.sh"
wants zsh fish
if command -v zsh > /dev/null; then
    zsh -n "$source/completions/_caseaudit" || failures=$((failures + 1))
fi
if command -v fish > /dev/null; then
    fish --no-execute "$source/completions/caseaudit.fish" || failures=$((failures + 1))
fi
[ "$failures" -eq 0 ]
