/*
 * A sound framework, from which each of the others here deviates in one thing.
 * Included by every one of them after it has defined NAME, and SIZE, MAGIC,
 * MAJOR, CHECK_TEMPLATE or CHECK_RETURN where that is what it deviates in.
 */
#include <caseaudit/framework.h>

#ifndef MAGIC
#define MAGIC CASEAUDIT_MAGIC
#endif
#ifndef MAJOR
#define MAJOR CASEAUDIT_ABI_MAJOR
#endif
#ifndef SIZE
#define SIZE sizeof(caseaudit_framework)
#endif
#ifndef CHECK_TEMPLATE
#define CHECK_TEMPLATE check_template
#endif
#ifndef CHECK_RETURN
#define CHECK_RETURN check_return
#endif
#ifndef FALLBACK
#define FALLBACK "3"
#endif

__attribute__((unused)) static void check_template(const caseaudit_host *host, void *state,
                                                   const caseaudit_template *t,
                                                   caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)diagnostics;
}

__attribute__((unused)) static void check_return(const caseaudit_host *host, void *state,
                                                 const caseaudit_template *t,
                                                 const caseaudit_return *r,
                                                 caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)state, (void)t, (void)r;
    host->score_as_template(s);
    return 0;
}

static const char *const rollups[] = {"mean", NULL};
static const struct caseaudit_option options[] = {
    {"months", CASEAUDIT_OPTION_INTEGER, FALLBACK, 1, 12, "some months"},
    {NULL, 0, NULL, 0, 0, NULL}};

#define SOUND                                                                                  \
    .magic = MAGIC, .abi_major = MAJOR, .abi_minor = CASEAUDIT_ABI_MINOR, .size = SIZE,        \
    .name = NAME, .title = "A test", .version = "1.0", .author = "The tests",                  \
    .licence = "MIT", .rollups = rollups, .options = options,                                  \
    .check_template = CHECK_TEMPLATE, .check_return = CHECK_RETURN, .score = score

__attribute__((unused)) static const caseaudit_framework descriptor = {SOUND};
