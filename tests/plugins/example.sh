#!/usr/bin/env bash
# A framework written outside the tree: installs caseaudit into a folder of its own, builds
# plugins/example against the installed header as its pkg-config file says, and loads it.
set -euo pipefail
umask 022

: "${srcdir:?}"
source=$(cd "$srcdir" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
root=$folder/root

fail()
{
    echo "not ok: $*"
    exit 1
}

# As a distribution's packager would; nothing of the make that runs the tests is inherited.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s install DESTDIR="$root" >"$folder/install.log" 2>&1 ||
    { cat "$folder/install.log"; fail "make install"; }

pc=$(find "$root" -name caseaudit.pc)
[ -n "$pc" ] || fail "caseaudit.pc is not installed"
export PKG_CONFIG_PATH=${pc%/*} PKG_CONFIG_SYSROOT_DIR=$root

caseaudit=$(find "$root" -type f -name caseaudit -perm -u+x)
library=$(find "$root" -name libcaseaudit.so)
plugindir=$(PKG_CONFIG_SYSROOT_DIR='' pkg-config --variable=plugindir caseaudit)
export LD_LIBRARY_PATH=${library%/*}
[ -e "$root$plugindir/maap.so" ] || fail "plugindir=$plugindir does not hold the frameworks"
if find "$root$plugindir" -name '*.la' | grep .; then
    fail "libtool's own files were installed among the frameworks"
fi
case $(pkg-config --variable=abi caseaudit) in
[0-9]*.[0-9]*) ;;
*) fail "caseaudit.pc does not tell the version of the plugin interface" ;;
esac

# The source may not be writable, as a package's own examples are not.
cp -r "$source/plugins/example" "$folder/example"
chmod -R u+w "$folder/example"
cd "$folder/example"
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u CFLAGS make -s CC="${CC:-cc}" ||
    fail "the example does not build"

"$caseaudit" --plugin-dir . framework show dip-sample >"$folder/shown" ||
    fail "caseaudit does not load the example"
for word in dip-sample "Dip sample" most-standards; do
    grep -q -- "$word" "$folder/shown" || { cat "$folder/shown"; fail "'$word' is not shown"; }
done

# Two of three standards have full marks, the third none: 75, capped.
"$caseaudit" --plugin-dir . score --format ndjson --template template.xml return.xml \
    >"$folder/result" || fail "caseaudit does not score with the example"
for figure in '"score":75.00' '"computed":"good"' '"cap":"requires-improvement"' \
    '"grade":"requires-improvement"' '"id":"no-marks"' '"numerator":2,"denominator":3' \
    '"framework":"dip-sample"'; do
    grep -qF -- "$figure" "$folder/result" ||
        { cat "$folder/result"; fail "the result lacks $figure"; }
done

# Installed, it is found without being told where, once the program runs from its prefix.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s install DESTDIR="$root" plugindir="$plugindir"
CASEAUDIT_PLUGIN_PATH=$root$plugindir "$caseaudit" framework list >"$folder/list" ||
    fail "caseaudit does not list the installed frameworks"
for name in dip-sample graded-standards permanency foster-home-review maap; do
    grep -q -- "$name" "$folder/list" || { cat "$folder/list"; fail "$name is not listed"; }
done
echo "ok: an example framework, built against the installed header"
