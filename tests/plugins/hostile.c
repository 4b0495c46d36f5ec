/*
 * A framework that does what no framework may do, one deed a return: the attribute "deed"
 * names it. Where the deed was refused and the process lives on, the return is scored;
 * where it was allowed, that is a fault of the return. In the environment, HOSTILE_AT_START
 * names a deed for its constructor, HOSTILE_AT_TEMPLATE one for when a template is checked,
 * HOSTILE_AT_WORK one for its constructor where it is loaded
 * to score, and HOSTILE_AT_END one for its destructor.
 */
#define NAME           "hostile"
#define CHECK_TEMPLATE look_at_template
#define CHECK_RETURN   do_deed
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/plugins/hostile.h"

static void do_deed(const caseaudit_host *host, void *state, const caseaudit_template *t,
                    const caseaudit_return *r, caseaudit_diagnostics *diagnostics);

static void look_at_template(const caseaudit_host *host, void *state,
                             const caseaudit_template *t, caseaudit_diagnostics *diagnostics);

#include "sound.h"

/* REFUSED, ALLOWED, or -1: there is no such deed. */
static int try_deed(const char *name, const struct scene *scene)
{
    static const struct deed *const tables[] = {hostile_ends, hostile_answers, hostile_reaches};

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct deed *d = tables[i]; d->name != NULL; d++)
            if (strcmp(d->name, name) == 0)
                return d->deed(scene);
    return hostile_call(name);
}

static void do_deed(const caseaudit_host *host, void *state, const caseaudit_template *t,
                    const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    const struct scene scene = {host, t, r, diagnostics};
    const char *name = host->attribute(r, "deed");
    int how = name != NULL ? try_deed(name, &scene) : REFUSED;

    (void)state;
    if (how != REFUSED)
        host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_AUDIT, 0,
                           "the deed '%s' %s", name, how < 0 ? "is unknown" : "was allowed");
}

/* Nobody can be told that it was allowed but by how the process ends. */
static void do_deed_named(const char *variable)
{
    const struct scene nothing = {NULL, NULL, NULL, NULL};
    const char *name = getenv(variable);

    if (name != NULL && try_deed(name, &nothing) != REFUSED)
        _exit(99);
}

static void look_at_template(const caseaudit_host *host, void *state,
                             const caseaudit_template *t, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)diagnostics;
    do_deed_named("HOSTILE_AT_TEMPLATE");
}

/* The process that asks it what it is has no bell. */
static int is_to_score(void)
{
    struct stat status;

    return fstat(BELL, &status) == 0 && !S_ISCHR(status.st_mode);
}

__attribute__((constructor)) static void start(void)
{
    do_deed_named("HOSTILE_AT_START");
    if (is_to_score())
        do_deed_named("HOSTILE_AT_WORK");
}

__attribute__((destructor)) static void end(void)
{
    do_deed_named("HOSTILE_AT_END");
}

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
