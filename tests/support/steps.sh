# For run-tests: steps, what they come to, and the closing line. $logs is the folder of logs.
passed=0
failed=0
skipped=0

# count KINDS LOG: tests of these kinds, from the lines that automake closes with
count()
{
    awk -v kinds="^($1):\$" '$1 == "#" && $2 ~ kinds { n += $3 } END { print n + 0 }' "$2"
}

# spent: into $spent, the seconds of processor time of all that this shell has waited for
spent()
{
    times >"$log.times" # asked for in a shell of its own it would be that shell's
    spent=$(awk -F '[ms ]+' 'END { printf "%.0f", $1 * 60 + $2 + $3 * 60 + $4 }' "$log.times")
}

# step NAME COMMAND...: runs it with its output in a log. Counts the tests that it ran, or
# itself where it ran none; exit status 77 is that of a step without what it needs (needs.sh).
step()
{
    local name=$1 start=$SECONDS status good bad left spent before
    local log=$logs/${name// /-}.log
    shift
    spent
    before=$spent
    ("$@") >"$log" 2>&1 </dev/null
    status=$?
    spent
    good=$(count PASS "$log")
    bad=$(count 'FAIL|ERROR|XPASS' "$log")
    left=$(count SKIP "$log")
    if [ $((good + bad + left)) -eq 0 ]; then
        case $status in 0) good=1 ;; 77) left=1 ;; *) bad=1 ;; esac
    elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + left))
    tell >"$log.told"
    cat "$log.told" # at once: others may be telling of theirs
    return "$status"
}

# tell: what came of the step, by its variables
tell()
{
    if [ "$bad" -eq 0 ]; then
        printf 'ok      %-20s %4d passed  %4ds, of processors %4ds\n' "$name" "$good" \
            $((SECONDS - start)) $((spent - before))
    else
        printf 'FAILED  %-20s %4d failed  %4ds  %s\n' "$name" "$bad" $((SECONDS - start)) "$log"
        grep -E '^(FAIL|ERROR):? ' "$log" | sort -u | head -n 20
        tail -n 40 "$log"
    fi
    grep '^skipped: ' "$log" | sort -u
}

# aside COMMAND...: steps beside those that follow; rejoin waits for all that are, and counts them
beside=()
aside()
{
    local counts
    counts=$(mktemp "$logs/aside.XXXXXX")
    (
        passed=0 failed=0 skipped=0 beside=()
        "$@"
        echo "$passed $failed $skipped" >"$counts"
    ) &
    beside+=("$! $counts")
}

rejoin()
{
    local one good bad left
    for one in "${beside[@]}"; do
        wait "${one%% *}"
        read -r good bad left <"${one#* }" || good=0 bad=1 left=0 # it did not come to its end
        passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
        rm -f "${one#* }"
    done
    beside=()
}

finish()
{
    printf '%d passed, %d failed' "$passed" "$failed"
    [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
    echo
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
