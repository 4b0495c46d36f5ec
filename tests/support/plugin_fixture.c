#include "tests/support/plugin_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/frameworks/contract.h"
#include "core/frameworks/loader.h"

static struct ca_module *module;
const caseaudit_framework *framework;
struct mock m;

void plugin_load(const char *name)
{
    const char *folder = getenv("PLUGIN_DIR");
    struct ca_objection objection;
    caseaudit_framework copy;
    caseaudit_entry entry;
    char *path = NULL, *real;

    ck_assert_int_ge(
        asprintf(&path, "%s/%s.so", folder != NULL ? folder : "plugins/.libs", name), 0);
    real = realpath(path, NULL);
    ck_assert_msg(real != NULL, "%s is not built", path);
    module = ca_module_open(real, &objection);
    ck_assert_msg(module != NULL, "%s", objection.text);
    entry = ca_module_entry(module);
    ck_assert_msg(entry != NULL, "%s has no entry", name);
    framework = entry();
    ck_assert_msg(ca_contract_check(framework, name, &copy, &objection), "%s", objection.text);
    free(path), free(real);

    memset(&m, 0, sizeof m);
    m.framework = framework;
    m.grades[0] = "outstanding", m.grades[1] = "good";
    m.grades[2] = "requires-improvement", m.grades[3] = "inadequate";
    m.rollup = "mean", m.unit = "child";
    m.audit_date = "2023-11-14";
    m.lowest = CASEAUDIT_NO_SCORE;
    m.ruled = CASEAUDIT_NO_GRADE;
}

void plugin_unload(void)
{
    ca_module_close(module);
}

void check_template(void)
{
    m.fault_count = 0;
    framework->check_template(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_DIAGNOSTICS(&m));
}

void check_return(void)
{
    m.fault_count = 0;
    framework->check_return(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_RETURN(&m),
                            MOCK_DIAGNOSTICS(&m));
}

/* As the engine does before it has a return scored. */
static void derive_standards(void)
{
    const struct caseaudit_derived *derived;
    struct caseaudit_deriving d = {.host = &mock_host,
                                   .t = MOCK_TEMPLATE(&m),
                                   .r = MOCK_RETURN(&m),
                                   .s = MOCK_SCORING(&m)};

    for (; m.standards[d.standard].id != NULL; d.standard++)
        for (derived = framework->derived; derived != NULL && derived->name != NULL; derived++)
            if (m.standards[d.standard].derived != NULL &&
                strcmp(m.standards[d.standard].derived, derived->name) == 0)
                derived->derive(&d);
}

void score(void)
{
    derive_standards();
    ck_assert_int_eq(framework->score(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_RETURN(&m),
                                      MOCK_SCORING(&m)),
                     0);
}

/* What was found, in one line for messages of failures. */
static const char *found(void)
{
    return m.fault_count > 0 ? m.faults[0].text : "(no fault)";
}

void expect_no_fault(void)
{
    ck_assert_msg(m.fault_count == 0, "%zu faults, the first: %s", m.fault_count, found());
}

void expect_fault(int severity, int place, size_t index, const char *text)
{
    ck_assert_msg(m.fault_count == 1, "%zu faults, the first: %s", m.fault_count, found());
    ck_assert_msg(strstr(m.faults[0].text, text) != NULL, "the fault is: %s", found());
    ck_assert_int_eq(m.faults[0].severity, severity);
    ck_assert_int_eq(m.faults[0].place, place);
    if (index != CASEAUDIT_NONE)
        ck_assert_uint_eq(m.faults[0].index, index);
}

void expect_rollups(const char *const *expected)
{
    size_t i;

    for (i = 0; expected[i] != NULL; i++)
        ck_assert_str_eq(framework->rollups[i], expected[i]);
    ck_assert_ptr_null(framework->rollups[i]);
}

void expect_edges(const char *opens, const char *closes, const char *const *beforehand)
{
    for (const struct caseaudit_event *e = framework->events; e->name != NULL; e++) {
        bool before = *beforehand != NULL && strcmp(e->name, *beforehand) == 0;

        beforehand += before;
        ck_assert_uint_eq(e->flags, strcmp(e->name, opens) == 0    ? CASEAUDIT_EVENT_OPENS
                                    : strcmp(e->name, closes) == 0 ? CASEAUDIT_EVENT_CLOSES
                                    : before                       ? CASEAUDIT_EVENT_BEFOREHAND
                                                                   : 0);
    }
    ck_assert_ptr_null(*beforehand);
}

void set_events(const struct mock_event *events)
{
    size_t i;

    memset(m.events, 0, sizeof m.events);
    for (i = 0; events[i].type != NULL; i++)
        m.events[i] = events[i];
}

const struct mock_derivation *derive(const char *name)
{
    memset(m.derivations, 0, sizeof m.derivations);
    m.as_template = 0;
    m.measure_count = m.limit_count = 0;
    m.standards[0] = (struct mock_standard){.id = "plain"};
    m.standards[1] = (struct mock_standard){.id = "derived", .derived = name};
    score();
    ck_assert_int_eq(m.derivations[0].kind, MOCK_NOT_DERIVED);
    ck_assert_int_eq(m.as_template, 1);
    return &m.derivations[1];
}

void expect_status(const char *name, int status)
{
    const struct mock_derivation *d = derive(name);

    if (d->kind == MOCK_NOT_DERIVED) {
        ck_assert_int_eq(status, CASEAUDIT_NOT_APPLYING);
        return;
    }
    ck_assert_msg(d->kind == MOCK_STATUS, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->status, status);
}

void expect_timescale(const char *name, const char *start, int n, int unit, const char *end,
                      const char *today)
{
    const struct mock_derivation *d = derive(name);

    ck_assert_msg(d->kind == MOCK_TIMESCALE, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->n, n);
    ck_assert_int_eq(d->unit, unit);
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(today));
}

void expect_due(const char *name, const char *start, const char *due, const char *end)
{
    const struct mock_derivation *d = derive(name);

    ck_assert_msg(d->kind == MOCK_TIMESCALE_DUE, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->due, mock_date(due));
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(m.audit_date));
}

void expect_frequency(const char *name, const char *start, const char *end, const char *today,
                      int n, int unit, const char *type)
{
    const struct mock_derivation *d = derive(name);
    size_t i, k = 0;

    ck_assert_msg(d->kind == MOCK_FREQUENCY, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(today));
    ck_assert_int_eq(d->n, n);
    ck_assert_int_eq(d->unit, unit);
    for (i = 0; m.events[i].type != NULL; i++)
        if (strcmp(m.events[i].type, type) == 0)
            ck_assert_int_eq(d->occurred[k++], mock_date(m.events[i].date));
    ck_assert_uint_eq(d->occurred_count, k);
}

Suite *plugin_suite(const char *name, SFun setup, const TTest *const *tests)
{
    Suite *suite = suite_create(name);
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, plugin_unload);
    for (; *tests != NULL; tests++)
        tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
    return suite;
}
