#!/usr/bin/env bash
# GNU parallel over four hosts, each a network namespace of its own that nothing else reaches: seven
# shares are recorded there, one is lost with its host and done again by another, and the merged
# partials are what one store says.
. "$srcdir/tests/scale/lib.sh"
for program in parallel ip; do
    command -v $program >"$folder/which" || skipped "$program is missing"
done
hosts=()
for number in 1 2 3 4; do hosts+=("ca-$$-$number"); done
away() { for host in "${hosts[@]}"; do ip netns del "$host" 2>/dev/null; done; }
trap 'away; rm -rf "$folder"' EXIT
for host in "${hosts[@]}"; do
    ip netns add "$host" 2>"$folder/err" && ip netns exec "$host" true 2>"$folder/err" ||
        skipped "no network namespaces here: $(cat "$folder/err")"
    ip netns exec "$host" ip link set lo up
done

make_shares 7
# What ssh would do: options, the host, and the words of a command.
cat >"$folder/ssh" <<'END'
#!/bin/sh
while :; do
    case $1 in
    -[lpioSF]) shift 2 ;;
    -*) shift ;;
    *) break ;;
    esac
done
host=$1
shift
[ "$1" != -- ] || shift
exec ip netns exec "$host" sh -c "$*"
END
# The first host to take share 3 loses it, once.
cat >"$folder/job" <<END
#!/bin/sh
[ "\$1" != 3 ] || ! mkdir '$folder/lost' 2>/dev/null || exit 255
ip netns identify \$\$ >'$folder/host-'\$1
exec '$folder/do-share' "\$1"
END
chmod +x "$folder/ssh" "$folder/job"
mkdir "$folder/home"
HOME=$folder/home PARALLEL_SSH=$folder/ssh parallel --will-cite --retries 3 --joblog "$folder/log" \
    --sshlogin "$(printf '1/%s,' "${hosts[@]}" | sed 's/,$//')" "$folder/job" ::: 0 1 2 3 4 5 6 \
    2>"$folder/err" || { fail "parallel"; cat "$folder/err" >&2; }
[ -d "$folder/lost" ] || fail "no share was lost"
[ "$(sort -u "$folder"/host-* | grep -c "^ca-$$-")" -ge 2 ] || fail "one host did it all"
"$folder/do-merge" || fail "merging"
merged_is_one_run
# The same again does nothing that is done.
rm "$folder/part-5"
"$folder/ssh" "${hosts[0]}" "'$folder/do-share' 5"
"$folder/do-merge"
merged_is_one_run
finish
