#ifndef CA_TESTS_PLUGIN_FIXTURE_H
#define CA_TESTS_PLUGIN_FIXTURE_H

/* A framework loaded from where it was built, alone against the mock host. */
#include "tests/support/mock_host.h"
#include "tests/unit/unit.h"

extern const caseaudit_framework *framework;
extern struct mock m;

/* Loads the built plugin of that name, holds it to the contract, and clears the mock. */
void plugin_load(const char *name);
void plugin_unload(void);

/* The three callbacks; score() derives standards before, and expects success. */
void check_template(void);
void check_return(void);
void score(void);

void expect_no_fault(void);
/* Exactly one fault, of this severity and place, that says this; index may be
 * CASEAUDIT_NONE for any. */
void expect_fault(int severity, int place, size_t index, const char *text);
/* The roll-ups it knows, NULL-ended. */
void expect_rollups(const char *const *expected);

/* Which events open and close a case, and which (NULL-ended, in the table's order) may come
 * beforehand. */
void expect_edges(const char *opens, const char *closes, const char *const *beforehand);

/* Events as the engine would show them: ascending. */
#define EVENTS(...) set_events((const struct mock_event[]){__VA_ARGS__, {NULL, NULL}})
void set_events(const struct mock_event *events);

/* Each scores a return with one standard that is derived by this name, and looks at what
 * was derived; one that was left alone does not apply. */
const struct mock_derivation *derive(const char *name);
void expect_status(const char *name, int status);
void expect_timescale(const char *name, const char *start, int n, int unit, const char *end,
                      const char *today);
void expect_due(const char *name, const char *start, const char *due, const char *end);
/* Every event of this type must have been offered: the engine leaves out what is outside. */
void expect_frequency(const char *name, const char *start, const char *end, const char *today,
                      int n, int unit, const char *type);

/* A suite of one test case, between a setup and plugin_unload. */
#define PLUGIN_SUITE(name, setup, ...)                                                         \
    plugin_suite((name), (setup), (const TTest *const[]){__VA_ARGS__, NULL})
Suite *plugin_suite(const char *name, SFun setup, const TTest *const *tests);

#endif
