#!/usr/bin/env bash
# Partials of the samples in 1, 2, 7 and 40 stores, merged in any order and grouping, give the
# bytes of one run over one store with all of them; what does not go together is refused.
. "$srcdir/tests/store/lib.sh"

RANDOM=17
store_with() { # store_with NAME RETURN...
    local name=$1
    shift
    cp "$folder/empty.db" "$folder/$name.db"
    CASEAUDIT_STORE=sqlite:$folder/$name.db caseaudit record "$@" >/dev/null 2>"$folder/err" ||
        { fail "record into $name"; cat "$folder/err" >&2; }
}

# shuffle WORD...: one a line, in another order
shuffle() { for word; do echo "$RANDOM $word"; done | sort -n | cut -d' ' -f2-; }

new_store
run 0 history import "$samples/history.csv"
run 0 indicator import "$samples/indicators.csv"
run 0 population set --template permanency-file --period 2023-24Q3 120
run 0 benchmark set baseline --template permanency-file --period 2023-24Q1
mv "$folder/store.db" "$folder/empty.db"
mapfile -t returns < <(find "$samples"/returns/{permanency-2023-24-*,maap-transitions,foster-home-*} \
    -name '*.xml' | sort)
store_with all "${returns[@]}"

for count in 1 2 7 40; do
    mapfile -t mixed < <(shuffle "${returns[@]}")
    for ((part = 0; part < count; part++)); do
        own=()
        for ((i = part; i < ${#mixed[@]}; i += count)); do own+=("${mixed[i]}"); done
        store_with "$count-$part" "${own[@]}"
    done
done

# partials COUNT OPTION...: of each of the stores
partials() {
    local count=$1 part
    shift
    for ((part = 0; part < count; part++)); do
        CASEAUDIT_STORE=sqlite:$folder/$count-$part.db run 0 summary "$@" --partial \
            -o "$folder/$count-$part.partial"
    done
}

# same COUNT ORDER MERGED OPTION...: what was merged is what one store says
same() {
    local what=$1
    shift
    cmp -s "$folder/expected" "$folder/out" ||
        { fail "$what differs: $*"; diff "$folder/expected" "$folder/out" | cut -c 1-300 | head -n 4 >&2; }
}

# grouped FILE...: some of them, drawn by chance, as one partial in their place, and so on, groups
# of groups with them, until all is in $folder/two
grouped() {
    local files=("$@") some number=0
    while
        mapfile -t files < <(shuffle "${files[@]}")
        some=$((1 + RANDOM % ${#files[@]}))
        number=$((number + 1))
        run 0 summary --merge "${files[@]:0:some}" --partial -o "$folder/group-$number"
        files=("${files[@]:some}" "$folder/group-$number")
        [ "${#files[@]}" -gt 1 ]
    do :; done
    mv "${files[0]}" "$folder/two"
    rm -f "$folder"/group-*
}

# holds "COUNT..." "OUTPUT OPTIONS" QUESTION...
holds() {
    local counts=$1 output=$2 count files
    shift 2
    for format in $output; do
        CASEAUDIT_STORE=sqlite:$folder/all.db run 0 summary "$@" ${format//,/ }
        mv "$folder/out" "$folder/expected.${format//[^a-z0-9]/}"
    done
    for count in $counts; do
        partials "$count" "$@"
        mapfile -t files < <(shuffle "$folder/$count"-*.partial)
        grouped "${files[@]}"
        for format in $output; do
            cp "$folder/expected.${format//[^a-z0-9]/}" "$folder/expected"
            run 0 summary --merge "${files[@]}" ${format//,/ }
            same "$count partials with $format" "$@"
            run 0 summary --merge "$folder/two" ${format//,/ }
            same "$count partials in groups with $format" "$@"
        done
    done
}

# Whoever adds an option says here that it has been thought of: what asks goes with partials, what
# writes with merging, and the others with neither.
known=" period periods compare template framework series by as-of authority from
    audience threshold format theme brief output partial merge publish "
for option in $(caseaudit summary --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | sed 's/.*--//'); do
    case $known in
    *[[:space:]]$option[[:space:]]*) ;;
    *) caseaudit --help | grep -qE -- "--$option\\b" || fail "does summary --$option go with partials?" ;;
    esac
done

every="--format,json --audience,executive,--format,json --audience,public,--format,json
    --audience,public,--threshold,3,--format,text --format,text --brief --format,csv --format,html
    --theme,$samples/theme/theme.txt,--format,html --format,xlsx --format,pdf"
all="$every --brief,--format,html --brief,--format,pdf --audience,executive,--format,xlsx --audience,public,--format,xlsx
    --audience,public,--format,html --audience,public,--format,pdf --audience,public,--format,csv --audience,executive,--brief
    --theme,$samples/theme/theme.txt,--format,xlsx --theme,$samples/theme/theme.txt,--format,pdf"

question=(--template permanency-file --period "2023-24 Q3" --compare "2023-24 Q1" --by team)
if [ "${CA_DEEP:-}" = yes ]; then
    holds "1 2 7 40" "$all" "${question[@]}"
    for asked in "--template permanency-file --periods 2023-24Q1..2023-24Q3 --by route --by team" \
        "--template permanency-file --periods 2023-24Q1..2023-24Q3 --by authority --by team --by route" \
        "--template permanency-file --period 2023-24 --as-of 2024-12-31" \
        "--template permanency-file --period 2023-24Q3 --compare benchmark:baseline" \
        "--template permanency-file --period 2023-10-01..2023-12-31 --compare 2023-07-01..2023-09-30" \
        "--template foster-home-review --period 2023-24" "--template maap-transitions --period 2023-24" \
        "--framework graded-standards --period 2023-24" "--series permanency-file,maap-transitions --period 2023-24" \
        "--period 2023-24" ""; do
        # shellcheck disable=SC2086 # words of a command
        holds "1 2 7 40" "$all" $asked
    done
    flips=300
else
    holds "1 2 40" "--format,json" "${question[@]}"
    holds "7" "$every" "${question[@]}"
    flips=40
fi
holds "2" "--format,json" --template permanency-file
holds "2" "--format,json --format,text" --template permanency-file --periods 2023-24Q1..2023-24Q3 --by route
holds "2" "--format,json --format,text" --template maap-transitions --period 2023-24
holds "2" "--format,json" --framework graded-standards --period 2023-24
holds "2" "--format,json" --series permanency-file,maap-transitions --period 2023-24

# ---- versions that ask otherwise, in other stores; audits that were erased ----
changed=$folder/changed
mkdir "$changed"
sed -e 's/version="2024.1"/version="2024.2"/; s/effective-from="2023-04-01"/effective-from="2023-09-01"/' \
    -e 's/standard="timeliness.plan" kind="proportion"/standard="timeliness.later-reviews" kind="proportion"/' \
    "$samples/templates/permanency-file.xml" >"$changed/permanency-file.xml"
for file in "$samples"/returns/permanency-2023-24-q3/*.xml; do
    sed 's/template-version="2024.1"/template-version="2024.2"/' "$file" >"$changed/later-${file##*/}"
done
for name in both earlier later; do
    export CASEAUDIT_STORE=sqlite:$folder/$name.db
    run 0 store init
    [ "$name" = later ] || run 0 template load "$samples/templates/permanency-file.xml"
    [ "$name" = earlier ] || run 0 template load "$changed/permanency-file.xml"
    [ "$name" = later ] || run 0 record "$samples/returns/permanency-2023-24-q1"
    [ "$name" = earlier ] || run 0 record "$changed"/later-*.xml
    [ "$name" = earlier ] || for file in "$changed"/later-*.xml; do
        grep -q '<action ' "$file" && run 0 audit erase --why request \
            "$(sed -n 's/^<return.* id="\([^"]*\)".*/\1/p' "$file")"
    done
    run 0 summary --period 2023-24 --partial -o "$folder/$name.partial"
done
export CASEAUDIT_STORE=sqlite:$folder/both.db
run 0 summary --merge "$folder/later.partial" "$folder/earlier.partial" --partial -o "$folder/two"
for format in json html; do
    run 0 summary --period 2023-24 --format "$format"
    mv "$folder/out" "$folder/expected"
    run 0 summary --merge "$folder/later.partial" "$folder/earlier.partial" --format "$format"
    same "another version"
    run 0 summary --merge "$folder/two" --format "$format"
    same "another version in groups"
done
prints "of erased audits, counted and not listed"
prints "(to version 2024.1)"

# ---- what does not go together ----
partials 2 --template permanency-file --period 2023-24
one=$folder/2-0.partial two=$folder/2-1.partial
equal "who may read a partial" 600 "$(stat -c %a "$one")"
equal "what a partial says of itself" "caseaudit partial 2, operational: figures of single audits" \
    "$(head -n 1 "$one" | tr -d '\0')"
run 1 summary --merge "$one" "$two" "$one"
says "'$one' and '$one' have a return in common, which would be counted twice"
run 1 summary --merge "$one" "$folder/40-0.partial"
says "'$one' and '$folder/40-0.partial' are of different questions: --period is not the same"
export CASEAUDIT_STORE=sqlite:$folder/2-1.db
run 0 summary --template permanency-file --period 2023-24 --by team --partial -o "$folder/by"
run 1 summary --merge "$one" "$folder/by"
says "--by is not the same"
run 0 population set --template permanency-file --period 2023-24Q3 --replace 80
run 0 summary --template permanency-file --period 2023-24 --partial -o "$two"
run 1 summary --merge "$one" "$two"
says "'$two' has another population of 'permanency-file' in 2023-24 Q3 than a partial before it"
run 0 population set --template permanency-file --period 2023-24Q3 --replace 120
run 0 summary --template permanency-file --period 2023-24 --audience public --publish Report -o "$folder/public"
run 0 summary --template permanency-file --period 2023-24 --partial -o "$two"
run 0 summary --merge "$one" "$two"
run 2 summary --merge "$one" "$two" --audience public
says "has a register of publications"

# ---- used wrongly ----
run 2 summary --partial
says "name its file with -o"
run 2 summary --partial -o "$folder/by" --audience public
says "--audience does not go with --partial"
run 2 summary --merge
says "--merge needs the partials"
run 2 summary --merge "$one" --period 2023-24
says "--period does not go with --merge"
run 2 summary "$one"
says "partials go with --merge"
run 2 summary --merge "$one" --partial -o "$one"
says "this command reads it"

# ---- bytes from outside: damaged in any place they are refused, or are a partial still ----
size=$(stat -c %s "$one")
for cut in 0 1 58 59 60 1000 $((size / 2)) $((size - 1)); do
    head -c "$cut" "$one" >"$folder/cut"
    run 1 summary --merge "$folder/cut"
    says "'$folder/cut' is no partial"
done
RANDOM=20240331 # the same flips in every run
for ((i = 0; i < flips; i++)); do
    cp "$one" "$folder/flipped"
    printf '%b' "\\x$(printf %02x $((RANDOM % 256)))" | dd of="$folder/flipped" bs=1 \
        seek=$(((RANDOM * 32768 + RANDOM) % size)) conv=notrunc status=none
    caseaudit summary --merge "$folder/flipped" >"$folder/out" 2>"$folder/err"
    [ $? -le 2 ] || { fail "a flipped partial, flip $i"; cat "$folder/err" >&2; }
done

finish
