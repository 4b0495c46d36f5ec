#!/usr/bin/env bash
# The installed headers stand on their own, in C90, in C11 and in C++, without a warning.
set -uo pipefail

include=${srcdir:?}/core/include
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

cat >"$folder/plugin.c" <<'END'
#include <caseaudit/caseaudit.h>
#include <caseaudit/framework.h>
#include <caseaudit/framework.h> /* twice does no harm */

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0, "%s",
                         state != NULL ? "a" : host->template_unit(t));
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    struct caseaudit_outcome outcome;

    (void)state;
    host->outcome(s, 0, CASEAUDIT_JOINT, &outcome);
    host->log(host, "%s", host->section_title(t, 0));
    return outcome.score == CASEAUDIT_NO_SCORE && host->audit_date(r) == CASEAUDIT_NO_DATE;
}

static const char *const rollups[] = {"mean", NULL};
static const caseaudit_framework descriptor = {
    CASEAUDIT_MAGIC, CASEAUDIT_ABI_MAJOR, CASEAUDIT_ABI_MINOR, sizeof(caseaudit_framework),
    "n", "t", "v", "a", "l", CASEAUDIT_HAS_AGENCIES, rollups, NULL, 0, NULL, NULL, NULL, NULL,
    NULL, NULL, check_template, check_return, score};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
END
cp "$folder/plugin.c" "$folder/plugin.cc"

compile() # NAME COMMAND...
{
    local name=$1
    shift
    if "$@" -Wall -Wextra -Werror -pedantic -I"$include" -fsyntax-only; then
        echo "ok: $name"
    else
        echo "not ok: $name"
        failed=1
    fi
}

read -ra cc <<<"${CC:-cc}"
compile C90 "${cc[@]}" -std=c90 "$folder/plugin.c"
compile C11 "${cc[@]}" -std=c11 "$folder/plugin.c"
if command -v "${CXX:-c++}" >/dev/null; then
    compile C++98 "${CXX:-c++}" -std=c++98 -Wno-long-long "$folder/plugin.cc"
    compile C++17 "${CXX:-c++}" -std=c++17 "$folder/plugin.cc"
else
    echo "skipped: C++, for there is no compiler for it"
fi
exit "$failed"
