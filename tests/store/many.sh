#!/usr/bin/env bash
# Sixteen processes record into one store at once: they wait for each other, each return is
# recorded once, and nothing is lost.
. "$srcdir/tests/store/lib.sh"

new_store
find "$samples/returns" -name '*.xml' | LC_ALL=C sort >"$folder/list"
total=$(wc -l <"$folder/list")

# Each begins at another place of the same list, so that all meet.
for ((i = 0; i < 16; i++)); do
    { tail -n +$((i * total / 16 + 1)) "$folder/list"; head -n $((i * total / 16)) "$folder/list"; } >"$folder/list.$i"
    caseaudit record --quiet --files-from "$folder/list.$i" >"$folder/out.$i" 2>"$folder/err.$i" &
    pids[i]=$!
done
for ((i = 0; i < 16; i++)); do
    wait "${pids[i]}" || { fail "process $i: exit status $?"; tail -n 3 "$folder/err.$i" >&2; }
    equal "answers of process $i" "$total" "$(grep -cE '^(recorded|unchanged) ' "$folder/out.$i")"
done
equal "recorded" "$total" "$(cat "$folder"/out.* | grep -c '^recorded ')"
equal "unchanged" $((15 * total)) "$(cat "$folder"/out.* | grep -c '^unchanged ')"
run 0 store check --rescore
prints "scored again: $total"
finish
