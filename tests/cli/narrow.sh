#!/usr/bin/env bash
# On a narrow terminal nothing is wider than it: tables stand below each other where they have
# no room side by side.
set -u
. "${srcdir:?}/tests/support/needs.sh"
needs_python
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CASEAUDIT_STORE=sqlite:$folder/store.db
samples=$srcdir/samples
caseaudit() { "$CASEAUDIT" --plugin-dir "$PLUGIN_DIR" "$@"; }
caseaudit store init >"$folder/out" || exit 99
caseaudit template load "$samples"/templates/permanency-file.xml >"$folder/out" || exit 99
caseaudit record -q "$samples"/returns/permanency-2023-24-q[13] >"$folder/out" || exit 99

# narrow COLUMNS ARGUMENT...: prints the lines that are wider than a terminal of these columns
narrow() {
    "$python" -B - "$CASEAUDIT" "$PLUGIN_DIR" "$@" <<'PY'
import fcntl, os, pty, re, struct, sys, termios, unicodedata

program, plugins, columns, *arguments = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, int(columns), 0, 0))
    os.environ["TERM"] = "dumb"
    os.execv(program, [program, "--plugin-dir", plugins, *arguments])
output = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    output += piece
_, status = os.waitpid(child, 0)
text = output.decode().replace("\r", "")
if status != 0 or len(text.split("\n")) < 20:
    print("it failed:", text)
for line in text.split("\n"):
    if sum(not unicodedata.combining(c) for c in line) > int(columns):
        print(f"wider than {columns}: {line}")
PY
}

{
    for columns in 24 39 60; do
        narrow "$columns" summary --template permanency-file --period 2023-24Q3 \
            --compare 2023-24Q1
        narrow "$columns" score -q --explain "$samples/returns/permanency-2023-24-q3/PF-2023-24-Q3-072.xml"
    done
} >"$folder/wide"
[ -s "$folder/wide" ] || exit 0
head -n 20 "$folder/wide"
exit 1
