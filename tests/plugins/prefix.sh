#!/usr/bin/env bash
# "make install prefix=…" into a folder of one's own, of what was built for another place: the
# program runs from there, finds its library and frameworks, and is gone after uninstalling.
# A copy of the build is installed: other tests use this one meanwhile. In a package, nothing says
# where libraries are looked for: whoever can write there could put others in their place.
set -euo pipefail
umask 022

source=$(cd "${srcdir:?}" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
prefix=$folder/own

fail()
{
    echo "not ok: $*"
    exit 1
}

# Where configure was told of the source by its place beside the build, it still lies there.
mkdir "$folder/tree"
for entry in "$source"/* "$source"/.[a-z]*; do
    [ "$entry" -ef . ] || ln -s "$entry" "$folder/tree/"
done
cp -a . "$folder/tree/copy"
cd "$folder/tree/copy"
run_make() { env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s "$@" >"$folder/log" 2>&1 || { cat "$folder/log"; fail "make $*"; }; }

run_make install prefix="$prefix"
unset LD_LIBRARY_PATH CASEAUDIT_PLUGIN_PATH
caseaudit=$prefix/bin/caseaudit
"$caseaudit" framework list >"$folder/list" || fail "the installed program does not run"
for name in graded-standards permanency foster-home-review maap; do
    grep -qF "$prefix/lib/caseaudit/$name.so" "$folder/list" || { cat "$folder/list"; fail "$name is not found"; }
done
"$caseaudit" score --template "$source/samples/templates/child-in-need-file.xml" \
    "$source/samples/returns/child-in-need/CIN-2023-002.xml" >"$folder/out" || fail "it does not score"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
[ "$(pkg-config --variable=plugindir caseaudit)" = "$prefix/lib/caseaudit" ] ||
    fail "pkg-config names another place: $(pkg-config --variable=plugindir caseaudit)"
run_make uninstall prefix="$prefix"
left=$(find "$prefix" -type f)
[ -z "$left" ] || fail "left behind: $left"

run_make install prefix=/usr DESTDIR="$folder/package"
command -v readelf >/dev/null || { echo "ok, but for the package: no readelf"; exit 0; }
for file in $(find "$folder/package" -type f \( -name '*.so*' -o -path '*/bin/*' \)); do
    ! readelf -dW "$file" | grep -E 'RPATH|RUNPATH' || fail "$file has a run path"
done
[ -e "$folder/package/usr/bin/caseaudit" ] || fail "there is no program in the package"
echo "ok: installed into a folder of one's own"
