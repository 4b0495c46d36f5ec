# For scripts that use what is not the project's: a test without it is skipped and says why.
# In CI (CI=true) everything must run, and such a test fails.

# lacks WHAT: ends the script
lacks() {
    echo "skipped: $*"
    [ "${CI:-}" = true ] || exit 77
    echo 'In CI everything must run.' >&2
    exit 1
}

# needs PROGRAM...
needs() {
    local program
    for program in "$@"; do
        command -v "$program" > /dev/null || lacks "$program is missing"
    done
}

# wants PROGRAM...: what a part of the test uses, which leaves it out where one is missing
wants() {
    (needs "$@") || [ $? -eq 77 ] || exit 1
}

# Python as the tests are written for, and modules; $python is the one that has them. The
# system's own has Debian's modules, whichever comes first on the path.
needs_python() {
    for python in python3 /usr/bin/python3; do
        "$python" -B - "$@" 2> /dev/null << 'END' && return
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
sys.exit(sys.version_info < (3, 11))
END
    done
    lacks "Python 3.11 or later is missing${1:+, or its modules: $*}"
}
