#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/template_sample.h"

/* The documented limits: at each of them a template is read, one beyond it is refused. */

/* Parts of which there can be too many. */
struct parts {
    int standards, sections, agencies, rules, limits, inner_limits, alerts, measures,
        conditions;
};

static void write_section(struct ca_buffer *out, const struct parts *parts)
{
    ca_buffer_puts(out, "<section id='s' title='S'>");
    if (parts->inner_limits)
        ca_buffer_puts(out, "<limits>");
    for (int i = 0; i < parts->inner_limits; i++)
        ca_buffer_printf(out,
                         "<limit id='i%d' to='poor'><reason>R</reason><when section='s' "
                         "below='5'/></limit>",
                         i);
    if (parts->inner_limits)
        ca_buffer_puts(out, "</limits>");
    for (int i = 0; i < parts->standards; i++)
        ca_buffer_printf(out, "<standard id='p%d' answers='grades'>" QUESTION "</standard>", i);
    ca_buffer_puts(out, "</section>");
    for (int i = 1; i < parts->sections; i++)
        ca_buffer_printf(out,
                         "<section id='s%d' title='S'><section id='t%d' title='T'>"
                         "<standard id='w%d'>" QUESTION "<text/></standard></section>"
                         "</section>",
                         i, i, i);
}

#define CONDITION "<when standard='p0' below='5'/>"

static void write_many(struct ca_buffer *out, int count, const char *box, const char *format)
{
    if (count == 0)
        return;
    ca_buffer_printf(out, "<%s>", box);
    for (int i = 0; i < count; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        ca_buffer_printf(out, format, i);
#pragma GCC diagnostic pop
    }
    ca_buffer_printf(out, "</%s>\n", box);
}

static void write_tail(struct ca_buffer *out, const struct parts *parts)
{
    if (parts->rules) {
        ca_buffer_puts(out, "<rules>");
        for (int i = 0; i < parts->rules; i++)
            ca_buffer_puts(out, "<rule grade='poor'>" CONDITION "</rule>");
        ca_buffer_puts(out, "<otherwise grade='good'/></rules>");
    }
    write_many(out, parts->limits, "limits",
               "<limit id='l%d' to='poor'><reason>R</reason>" CONDITION "</limit>");
    write_many(out, parts->alerts, "alerts",
               "<alert id='a%d' severity='review'><message>M</message>" CONDITION "</alert>");
    write_many(out, parts->measures, "measures",
               "<measure id='m%d' label='M' standard='p0' kind='proportion'/>");
    if (!parts->conditions)
        return;
    ca_buffer_puts(out, "<alerts><alert id='c' severity='review'><message>M</message><any>");
    for (int i = 0; i < parts->conditions; i++)
        ca_buffer_puts(out, CONDITION);
    ca_buffer_puts(out, "</any></alert></alerts>");
}

/* Reads a template of these parts; NULL if the only fault is the limit named. */
static void check_parts(struct sample_run *run, const struct parts *parts, const char *message)
{
    struct ca_buffer head = {0}, sections = {0}, tail = {0};

    write_many(&head, parts->agencies, "agencies", "<agency id='g%d' label='G'/>");
    write_section(&sections, parts);
    write_tail(&tail, parts);
    sample_run(run,
               &(struct sample){.name = "full",
                                .root = parts->rules ? "unit='household' rollup='rules'" : NULL,
                                .head = head.data,
                                .sections = sections.data,
                                .tail = tail.data});
    ck_assert_uint_eq(run->diags.errors, message ? 1 : 0); /* so much of one kind is odd */
    if (message) {
        ck_assert_ptr_null(run->t);
        ck_assert_int_eq(run->diags.items[0].fault, CA_FAULT_LIMIT);
        ck_assert_msg(strstr(run->diags.items[0].message, message) != NULL, "%s",
                      run->diags.items[0].message);
    } else {
        ck_assert_ptr_nonnull(run->t);
    }
    ca_template_free(run->t);
    ca_buffer_free(&head);
    ca_buffer_free(&sections);
    ca_buffer_free(&tail);
}

START_TEST(each_limit_is_kept_to_the_last_one)
{
    static const struct {
        struct parts parts;
        const char *message; /* NULL at the limit */
    } rows[] = {
        {{.standards = 2000}, NULL},
        {{.standards = 2001}, "more than 2000 standards"},
        {{.standards = 2010}, "more than 2000 standards"},
        {{.standards = 1, .sections = 250}, NULL}, /* 249 with one within, and one */
        {{.standards = 1, .sections = 251}, "more than 500 sections"},
        {{.standards = 1, .agencies = 64}, NULL},
        {{.standards = 1, .agencies = 65}, "more than 64 agencies"},
        {{.standards = 1, .rules = 500}, NULL},
        {{.standards = 1, .rules = 501}, "more than 500 rules"},
        {{.standards = 1, .limits = 500}, NULL},
        {{.standards = 1, .limits = 501}, "more than 500 limits"},
        {{.standards = 1, .limits = 300, .inner_limits = 200}, NULL},
        {{.standards = 1, .limits = 300, .inner_limits = 201}, "more than 500 limits"},
        {{.standards = 1, .alerts = 500}, NULL},
        {{.standards = 1, .alerts = 501}, "more than 500 alerts"},
        {{.standards = 1, .measures = 500}, NULL},
        {{.standards = 1, .measures = 501}, "more than 500 measures"},
        {{.standards = 1, .conditions = 10000}, NULL},
        {{.standards = 1, .conditions = 10001}, "more than 10000 conditions"},
    };
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_parts(&run, &rows[i].parts, rows[i].message);
    sample_run_end(&run);
}
END_TEST

START_TEST(agencies_up_to_the_last_have_their_bit)
{
    struct sample_run run;
    struct ca_buffer head = {0};

    sample_run_start(&run);
    write_many(&head, 64, "agencies", "<agency id='g%d' label='G'/>");
    sample_run(&run,
               &(struct sample){
                   .name = "full",
                   .head = head.data,
                   .sections = IN_SECTION(STANDARD("id='a' answers='grades'", "") STANDARD(
                       "id='b' answers='grades' agencies='g63 g0'", "")),
                   .tail = "<limits><limit id='l' to='poor'><reason>R</reason><when "
                           "standards='a b' answer='poor' at-least='66'/></limit>"
                           "</limits>"});
    ck_assert_ptr_nonnull(run.t);
    ck_assert(run.t->standards[0].agencies == UINT64_MAX);
    ck_assert(run.t->standards[1].agencies == (UINT64_C(1) << 63 | 1));
    ca_template_free(run.t);
    ca_buffer_free(&head);
    sample_run_end(&run);
}
END_TEST

/* 64 levels: template, limits, limit, 60 times any, when. */
START_TEST(conditions_nest_as_deep_as_a_document_may)
{
    struct ca_buffer tail = {0};
    struct sample_run run;

    sample_run_start(&run);
    for (int levels = 60; levels <= 61; levels++) {
        ca_buffer_clear(&tail);
        ca_buffer_puts(&tail, "<limits><limit id='l' to='poor'><reason>R</reason>");
        for (int i = 0; i < levels; i++)
            ca_buffer_puts(&tail, "<any>");
        ca_buffer_puts(&tail, "<when standard='s.1' below='5'/>");
        for (int i = 0; i < levels; i++)
            ca_buffer_puts(&tail, "</any>");
        ca_buffer_puts(&tail, "</limit></limits>");
        sample_run(&run, &(struct sample){.tail = tail.data});
        ck_assert((run.t != NULL) == (levels == 60));
        ca_template_free(run.t);
    }
    ca_buffer_free(&tail);
    sample_run_end(&run);
}
END_TEST

/* The largest templates, good and bad, are read in a moment: nothing is looked up by
 * going through all there is. */
START_TEST(large_templates_are_quick)
{
    struct ca_buffer sections = {0}, tail = {0};
    struct sample_run run;
    clock_t start = clock();

    sample_run_start(&run);
    write_section(&sections, &(struct parts){.standards = 2000});
    for (int bad = 0; bad <= 1; bad++) {
        ca_buffer_clear(&tail);
        ca_buffer_puts(&tail, "<limits><limit id='l' to='poor'><reason>R</reason>");
        for (int i = 0; i < 10000; i++)
            ca_buffer_printf(&tail, "<when standard='%s%d' answer='%s'/>\n", bad ? "q" : "p",
                             1999 - i % 2000, i % 3 ? "good fair" : "poor");
        ca_buffer_puts(&tail, "</limit></limits>");
        sample_run(&run, &(struct sample){.sections = sections.data, .tail = tail.data});
        ck_assert_uint_eq(run.diags.errors, bad ? 10000 : 0);
        ca_template_free(run.t);
    }
    unit_assert_quick(start, 10);
    ca_buffer_free(&sections);
    ca_buffer_free(&tail);
    sample_run_end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("template limits");

    UNIT_CASE(suite, "limits", each_limit_is_kept_to_the_last_one,
              agencies_up_to_the_last_have_their_bit, conditions_nest_as_deep_as_a_document_may,
              large_templates_are_quick);
    return suite;
}
