/* What differs between two versions of a template, part by part. */
#include "core/report/template/template_diff.h"

#include <string.h>

#include "core/base/decimal.h"
#include "core/report/text/words.h"
#include "core/report/text/words_conditions.h"

struct diff {
    struct ca_buffer *out;
    const struct ca_template *a, *b;
    struct ca_buffer one, other; /* two texts being compared */
    const struct ca_answer_list *list_was,
        *list_now; /* compared last, and found alike or not */
    bool lists_alike;
    size_t lines;
};

/* ---- saying ---- */

static void say(struct diff *diff, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void say(struct diff *diff, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(diff->out, format, args);
    va_end(args);
    ca_buffer_putc(diff->out, '\n');
    diff->lines++;
}

static const char *or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

static bool same(const char *a, const char *b)
{
    return strcmp(or_nothing(a), or_nothing(b)) == 0;
}

/* "standard 'x': its question was '…' and is '…'" */
static void text(struct diff *diff, const char *what, const char *id, const char *name,
                 const char *a, const char *b)
{
    if (same(a, b))
        return;
    if (a == NULL)
        say(diff, "%s '%s': %s is new: \"%s\"", what, id, name, b);
    else if (b == NULL)
        say(diff, "%s '%s': %s is gone; it was \"%s\"", what, id, name, a);
    else
        say(diff, "%s '%s': %s was \"%s\" and is \"%s\"", what, id, name, a, b);
}

static void decimal(struct diff *diff, const char *what, const char *id, const char *name,
                    int64_t a, int64_t b, int places)
{
    char was[CA_DECIMAL_SIZE], is[CA_DECIMAL_SIZE];

    if (a != b)
        say(diff, "%s '%s': %s was %s and is %s", what, id, name,
            a < 0 ? "none" : ca_decimal_short(a, places, was),
            b < 0 ? "none" : ca_decimal_short(b, places, is));
}

static void yes_no(struct diff *diff, const char *what, const char *id, const char *name,
                   bool a, bool b)
{
    if (a != b)
        say(diff, "%s '%s': %s was %s and is %s", what, id, name, a ? "yes" : "no",
            b ? "yes" : "no");
}

/* The two texts in one and other, which are then empty again. */
static void written(struct diff *diff, const char *what, const char *id, const char *name)
{
    ca_buffer_puts(&diff->one, "");
    ca_buffer_puts(&diff->other, "");
    text(diff, what, id, name, diff->one.length > 0 ? diff->one.data : NULL,
         diff->other.length > 0 ? diff->other.data : NULL);
    ca_buffer_clear(&diff->one);
    ca_buffer_clear(&diff->other);
}

static void conditions(struct ca_buffer *out, const struct ca_template *t,
                       const struct ca_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        ca_buffer_puts(out, i > 0 ? ", and " : "");
        ca_words_row(out, t, &conditions->rows[i]);
    }
}

/* ---- the template itself ---- */

static void dates(struct diff *diff, const char *id, const char *name, ca_date a, ca_date b)
{
    char was[CA_DATE_SIZE], is[CA_DATE_SIZE];

    if (a != b)
        say(diff, "template '%s': %s was %s and is %s", id, name,
            a == CA_NO_DATE ? "open" : ca_date_format(a, was),
            b == CA_NO_DATE ? "open" : ca_date_format(b, is));
}

static void whole(struct diff *diff)
{
    const struct ca_template *a = diff->a, *b = diff->b;
    const char *id = b->id;

    text(diff, "template", id, "the title", a->title, b->title);
    text(diff, "template", id, "the description", a->description, b->description);
    text(diff, "template", id, "the terms of reference", a->terms_of_reference,
         b->terms_of_reference);
    text(diff, "template", id, "the framework", a->framework_name, b->framework_name);
    text(diff, "template", id, "the unit", a->unit, b->unit);
    text(diff, "template", id, "the roll-up", ca_rollup_name(a->rollup),
         ca_rollup_name(b->rollup));
    text(diff, "template", id, "the overall grade", a->judged ? "judged" : "computed",
         b->judged ? "judged" : "computed");
    decimal(diff, "template", id, "out-of (full marks)", a->out_of, b->out_of, 0);
    decimal(diff, "template", id, "the look-back in months", a->look_back_months,
            b->look_back_months, 0);
    dates(diff, id, "the first day", a->effective_from, b->effective_from);
    dates(diff, id, "the last day", a->effective_to, b->effective_to);
    for (size_t i = 0; i < b->option_count; i++)
        text(diff, "option", b->options[i].name, "its value",
             ca_template_option(a, b->options[i].name), b->options[i].value);
    for (size_t i = 0; i < a->option_count; i++) {
        const char *now = ca_template_option(b, a->options[i].name);
        bool told = false;
        for (size_t k = 0; k < b->option_count; k++)
            told = told || same(a->options[i].name, b->options[k].name);
        if (!told)
            text(diff, "option", a->options[i].name, "its value", a->options[i].value, now);
    }
}

static void scale(struct diff *diff)
{
    const struct ca_template *a = diff->a, *b = diff->b;

    for (size_t i = 0; i < a->grade_count; i++)
        if (ca_map_get(b->grade_map, a->grades[i].id) == CA_NOT_FOUND)
            say(diff, "grade '%s' (%s) is gone", a->grades[i].id, a->grades[i].label);
    for (size_t i = 0; i < b->grade_count; i++) {
        const struct ca_grade *now = &b->grades[i], *was;
        size_t at = ca_map_get(a->grade_map, now->id);
        if (at == CA_NOT_FOUND) {
            say(diff, "grade '%s' (%s) is new", now->id, now->label);
            continue;
        }
        was = &a->grades[at];
        text(diff, "grade", now->id, "its label", was->label, now->label);
        text(diff, "grade", now->id, "its abbreviation", was->abbrev, now->abbrev);
        decimal(diff, "grade", now->id, "its score", was->score, now->score, 2);
        decimal(diff, "grade", now->id, "the score it begins from", was->from, now->from, 2);
        yes_no(diff, "grade", now->id, "whether it counts as positive", was->positive,
               now->positive);
    }
}

/* What an answer is worth is told of each standard that is answered so. */
static void answers(struct diff *diff, const struct ca_answer_list *was,
                    const struct ca_answer_list *now)
{
    const char *what = ca_arena_printf(diff->b->arena, "its label in list '%s'", now->id);

    for (size_t i = 0; i < now->count; i++) {
        size_t at = ca_find_answer(was, now->answers[i].id);
        if (at != CA_NONE)
            text(diff, "answer", now->answers[i].id, what, was->answers[at].label,
                 now->answers[i].label);
    }
}

/* The list of the grades has their labels, which the scale tells of. */
static void lists(struct diff *diff)
{
    const struct ca_template *a = diff->a, *b = diff->b;

    for (size_t i = 0; i < b->list_count; i++)
        for (size_t k = 0; k < a->list_count; k++)
            if (strcmp(a->lists[k].id, b->lists[i].id) == 0 &&
                strcmp(a->lists[k].id, "grades") != 0)
                answers(diff, &a->lists[k], &b->lists[i]);
}

/* ---- sections ---- */

static const char *parent_of(const struct ca_template *t, size_t section)
{
    return section == CA_NONE ? NULL : t->sections[section].id;
}

static void section(struct diff *diff, const struct ca_section *was,
                    const struct ca_section *now)
{
    text(diff, "section", now->id, "the title", was->title, now->title);
    text(diff, "section", now->id, "the section it stands in", parent_of(diff->a, was->parent),
         parent_of(diff->b, now->parent));
    text(diff, "section", now->id, "the focus", was->focus, now->focus);
    decimal(diff, "section", now->id, "its weight", was->weight, now->weight, 3);
    text(diff, "section", now->id, "its roll-up", ca_rollup_name(was->rollup),
         ca_rollup_name(now->rollup));
    conditions(&diff->one, diff->a, &was->applies);
    conditions(&diff->other, diff->b, &now->applies);
    written(diff, "section", now->id, "when it applies");
}

static void sections(struct diff *diff)
{
    const struct ca_template *a = diff->a, *b = diff->b;

    for (size_t i = 0; i < a->section_count; i++)
        if (ca_map_get(b->section_map, a->sections[i].id) == CA_NOT_FOUND)
            say(diff, "section '%s' (%s) was removed", a->sections[i].id, a->sections[i].title);
    for (size_t i = 0; i < b->section_count; i++) {
        size_t at = ca_map_get(a->section_map, b->sections[i].id);
        if (at == CA_NOT_FOUND)
            say(diff, "section '%s' (%s) was added", b->sections[i].id, b->sections[i].title);
        else
            section(diff, &a->sections[at], &b->sections[i]);
    }
}

/* ---- standards ---- */

/* How it is answered and what each answer is worth. */
static void type(struct ca_buffer *out, const struct ca_template *t,
                 const struct ca_standard *s)
{
    char one[CA_DECIMAL_SIZE], other[CA_DECIMAL_SIZE];
    const struct ca_answer_list *list = &t->lists[s->type == CA_TYPE_ANSWERS ? s->list : 0];

    if (s->derived != NULL)
        ca_buffer_printf(out, "worked out as %s", s->derived);
    else if (s->type == CA_TYPE_TEXT)
        ca_buffer_puts(out, "a text");
    else if (s->type == CA_TYPE_TIMESCALE || s->type == CA_TYPE_FREQUENCY) {
        ca_buffer_puts(out, s->type == CA_TYPE_TIMESCALE ? "within " : "every ");
        ca_words_span(out, s->span, s->unit);
    } else if (s->type == CA_TYPE_POINTS)
        ca_buffer_printf(out, "%s of %s in steps of %s", s->faults ? "faults" : "points",
                         ca_decimal_short(s->points, 3, one),
                         ca_decimal_short(s->step, 3, other));
    else if (s->type == CA_TYPE_NUMBER)
        ca_buffer_printf(out, "a number from %s to %s", ca_decimal_short(s->min, 3, one),
                         ca_decimal_short(s->max, 3, other));
    else
        ca_buffer_printf(out, "one of");
    for (size_t i = 0; s->type == CA_TYPE_ANSWERS && i < list->count; i++)
        ca_buffer_printf(out, "%s %s (%s)", i > 0 ? "," : "", list->answers[i].id,
                         list->answers[i].score < 0
                             ? "not scored"
                             : ca_decimal_short(list->answers[i].score, 2, one));
    for (size_t i = 0; i < s->late_count; i++)
        ca_buffer_printf(out, ", up to %d days late %s", (int)s->late[i].up_to,
                         ca_decimal_short(s->late[i].score, 2, one));
    for (size_t i = 0; i < s->band_count; i++)
        ca_buffer_printf(out, ", from %s %s", ca_decimal_short(s->bands[i].from, 3, one),
                         ca_decimal_short(s->bands[i].score, 2, other));
}

static bool alike(const struct ca_answer_list *was, const struct ca_answer_list *now)
{
    if (was->count != now->count)
        return false;
    for (size_t i = 0; i < now->count; i++)
        if (was->answers[i].score != now->answers[i].score ||
            strcmp(was->answers[i].id, now->answers[i].id) != 0)
            return false;
    return true;
}

/* Both by lists that are alike. A long list may be that of every standard: it is compared
 * once, and not written out for each of them. */
static bool answered_alike(struct diff *diff, const struct ca_standard *was,
                           const struct ca_standard *now)
{
    const struct ca_answer_list *list_was, *list_now;

    if (was->type != CA_TYPE_ANSWERS || now->type != CA_TYPE_ANSWERS || was->derived != NULL ||
        now->derived != NULL)
        return false;
    list_was = &diff->a->lists[was->list];
    list_now = &diff->b->lists[now->list];
    if (list_was != diff->list_was || list_now != diff->list_now)
        diff->lists_alike = alike(list_was, list_now);
    diff->list_was = list_was;
    diff->list_now = list_now;
    return diff->lists_alike;
}

static void answering(struct diff *diff, const struct ca_standard *was,
                      const struct ca_standard *now)
{
    if (answered_alike(diff, was, now))
        return;
    type(&diff->one, diff->a, was);
    type(&diff->other, diff->b, now);
    written(diff, "standard", now->id, "how it is answered");
}

static void looks_like(struct ca_buffer *out, const struct ca_standard *s)
{
    for (size_t i = 0; i < s->looks_like_count; i++)
        ca_buffer_printf(out, "%s%s: %s", i > 0 ? "; " : "", s->looks_like[i].answer,
                         s->looks_like[i].text);
}

static void references(struct ca_buffer *out, const struct ca_standard *s)
{
    for (size_t i = 0; i < s->reference_count; i++)
        ca_buffer_printf(out, "%s%s %s", i > 0 ? "; " : "", or_nothing(s->references[i].text),
                         or_nothing(s->references[i].href));
}

static void agencies(struct ca_buffer *out, const struct ca_template *t,
                     const struct ca_standard *s)
{
    for (size_t i = 0; i < t->agency_count; i++)
        if (s->agencies >> i & 1)
            ca_buffer_printf(out, "%s%s", out->length > 0 ? " " : "", t->agencies[i].id);
}

static void wording(struct diff *diff, const struct ca_standard *was,
                    const struct ca_standard *now)
{
    text(diff, "standard", now->id, "the question", was->question, now->question);
    text(diff, "standard", now->id, "the label", was->label, now->label);
    text(diff, "standard", now->id, "the guidance", was->guidance, now->guidance);
    looks_like(&diff->one, was);
    looks_like(&diff->other, now);
    written(diff, "standard", now->id, "what answers look like");
    references(&diff->one, was);
    references(&diff->other, now);
    written(diff, "standard", now->id, "the references");
}

static void standard(struct diff *diff, const struct ca_standard *was,
                     const struct ca_standard *now)
{
    static const char *const policies[] = {"with a reason", "allowed", "forbidden"};

    wording(diff, was, now);
    text(diff, "standard", now->id, "its section", diff->a->sections[was->section].id,
         diff->b->sections[now->section].id);
    decimal(diff, "standard", now->id, "its weight", was->weight, now->weight, 3);
    answering(diff, was, now);
    yes_no(diff, "standard", now->id, "whether it is required", was->required, now->required);
    yes_no(diff, "standard", now->id, "whether it is critical", was->critical, now->critical);
    yes_no(diff, "standard", now->id, "whether evidence is required", was->evidence_required,
           now->evidence_required);
    text(diff, "standard", now->id, "\"not applicable\"", policies[was->not_applicable],
         policies[now->not_applicable]);
    decimal(diff, "standard", now->id, "the score of \"not applicable\"",
            was->not_applicable_score, now->not_applicable_score, 2);
    decimal(diff, "standard", now->id, "the score below which evidence is asked for",
            was->evidence_below, now->evidence_below, 2);
    decimal(diff, "standard", now->id, "the score below which an action is asked for",
            was->action_below, now->action_below, 2);
    conditions(&diff->one, diff->a, &was->applies);
    conditions(&diff->other, diff->b, &now->applies);
    written(diff, "standard", now->id, "when it applies");
    agencies(&diff->one, diff->a, was);
    agencies(&diff->other, diff->b, now);
    written(diff, "standard", now->id, "who answers it");
}

static void standards(struct diff *diff)
{
    const struct ca_template *a = diff->a, *b = diff->b;

    for (size_t i = 0; i < a->standard_count; i++)
        if (ca_map_get(b->standard_map, a->standards[i].id) == CA_NOT_FOUND)
            say(diff, "standard '%s' was removed: \"%s\"", a->standards[i].id,
                a->standards[i].question);
    for (size_t i = 0; i < b->standard_count; i++) {
        size_t at = ca_map_get(a->standard_map, b->standards[i].id);
        if (at == CA_NOT_FOUND)
            say(diff, "standard '%s' was added: \"%s\"", b->standards[i].id,
                b->standards[i].question);
        else
            standard(diff, &a->standards[at], &b->standards[i]);
    }
}

/* ---- everything else: an id, and the rest of it in one text ---- */

struct thing {
    const char *id;
    void (*write)(struct ca_buffer *out, const struct ca_template *t, const void *thing);
    const void *thing;
};

static void write_limit(struct ca_buffer *out, const struct ca_template *t, const void *thing)
{
    const struct ca_limit *limit = thing;

    ca_buffer_printf(out, "%s%s%sto %s%s: %s; when ",
                     limit->section != CA_NONE ? "section " : "",
                     limit->section != CA_NONE ? t->sections[limit->section].id : "",
                     limit->section != CA_NONE ? ", " : "", t->grades[limit->to].id,
                     limit->never ? " (never lifted)" : "", limit->reason);
    conditions(out, t, &limit->conditions);
}

static void write_alert(struct ca_buffer *out, const struct ca_template *t, const void *thing)
{
    const struct ca_alert *alert = thing;

    ca_buffer_printf(out, "%s: %s; when ", ca_alert_severity_name(alert->severity),
                     alert->message);
    conditions(out, t, &alert->conditions);
}

static void write_measure(struct ca_buffer *out, const struct ca_template *t, const void *thing)
{
    const struct ca_measure *measure = thing;

    ca_buffer_printf(out, "%s: the %s of %s", measure->label,
                     measure->mean ? "mean" : "proportion", t->standards[measure->standard].id);
    for (size_t i = 0; i < measure->counts_count; i++)
        ca_buffer_printf(out, "%s %s", i > 0 ? "," : ", counting", measure->counts[i]);
}

static void write_named(struct ca_buffer *out, const struct ca_template *t, const void *thing)
{
    (void)t;
    ca_buffer_puts(out, ((const struct ca_named *)thing)->label);
}

static void write_attribute(struct ca_buffer *out, const struct ca_template *t,
                            const void *thing)
{
    static const char *const types[] = {"text", "token", "date", "integer"};
    const struct ca_attribute_def *attribute = thing;

    (void)t;
    ca_buffer_printf(out, "%s, %s%s", attribute->label, types[attribute->type],
                     attribute->required ? ", required" : "");
    for (size_t i = 0; i < attribute->value_count; i++)
        ca_buffer_printf(out, "%s %s (%s)", i > 0 ? "," : ":", attribute->values[i].id,
                         attribute->values[i].label);
}

/* What of a list of things was added, removed or changed. */
static void things(struct diff *diff, const char *what, const struct thing *a, size_t a_count,
                   const struct thing *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++) {
        bool there = false;
        for (size_t k = 0; k < b_count; k++)
            there = there || strcmp(a[i].id, b[k].id) == 0;
        if (!there)
            say(diff, "%s '%s' was removed", what, a[i].id);
    }
    for (size_t i = 0; i < b_count; i++) {
        const struct thing *was = NULL;
        for (size_t k = 0; k < a_count; k++)
            was = strcmp(a[k].id, b[i].id) == 0 ? &a[k] : was;
        b[i].write(&diff->other, diff->b, b[i].thing);
        if (was != NULL) {
            was->write(&diff->one, diff->a, was->thing);
            written(diff, what, b[i].id, "it");
        } else {
            say(diff, "%s '%s' was added: \"%s\"", what, b[i].id, diff->other.data);
            ca_buffer_clear(&diff->other);
        }
    }
}

/* An array of the model as things. */
#define LIST(arena, t, array, count, write, list, n)                                           \
    struct thing *list = CA_ARRAY((arena), (t)->count, struct thing);                          \
    size_t n = (t)->count;                                                                     \
    for (size_t i_ = 0; i_ < n; i_++)                                                          \
        list[i_] = (struct thing)                                                              \
        {                                                                                      \
            (t)->array[i_].id, (write), &(t)->array[i_]                                        \
        }
#define COMPARE(what, array, count, write)                                                     \
    do {                                                                                       \
        LIST(arena, diff->a, array, count, write, was, was_count);                             \
        LIST(arena, diff->b, array, count, write, now, now_count);                             \
        things(diff, what, was, was_count, now, now_count);                                    \
    } while (0)

/* Sections' limits and the template's are one kind. */
static struct thing *limits_of(struct ca_arena *arena, const struct ca_template *t,
                               size_t *count)
{
    size_t n = t->limit_count, k = 0;
    struct thing *list;

    for (size_t i = 0; i < t->section_count; i++)
        n += t->sections[i].limit_count;
    list = CA_ARRAY(arena, n, struct thing);
    for (size_t i = 0; i < t->section_count; i++)
        for (size_t j = 0; j < t->sections[i].limit_count; j++)
            list[k++] = (struct thing){t->sections[i].limits[j].id, write_limit,
                                       &t->sections[i].limits[j]};
    for (size_t i = 0; i < t->limit_count; i++)
        list[k++] = (struct thing){t->limits[i].id, write_limit, &t->limits[i]};
    *count = n;
    return list;
}

static void write_rules(struct ca_buffer *out, const struct ca_template *t)
{
    if (t->rollup != CA_ROLLUP_RULES)
        return;
    for (size_t i = 0; i < t->rule_count; i++) {
        ca_buffer_printf(out, "%s when ", t->grades[t->rules[i].grade].id);
        conditions(out, t, &t->rules[i].conditions);
        ca_buffer_puts(out, "; ");
    }
    ca_buffer_printf(out, "otherwise %s", t->grades[t->otherwise].id);
}

static void limits(struct diff *diff, struct ca_arena *arena)
{
    size_t was_count, now_count;
    struct thing *was = limits_of(arena, diff->a, &was_count);
    struct thing *now = limits_of(arena, diff->b, &now_count);

    things(diff, "limit", was, was_count, now, now_count);
}

static void others(struct diff *diff, struct ca_arena *arena)
{
    COMPARE("agency", agencies, agency_count, write_named);
    COMPARE("attribute", attributes, attribute_count, write_attribute);
    COMPARE("theme", themes, theme_count, write_named);
    write_rules(&diff->one, diff->a);
    write_rules(&diff->other, diff->b);
    written(diff, "template", diff->b->id, "the rules");
    limits(diff, arena);
    COMPARE("alert", alerts, alert_count, write_alert);
    COMPARE("measure", measures, measure_count, write_measure);
}

size_t ca_template_diff(struct ca_buffer *out, const struct ca_template *a,
                        const struct ca_template *b)
{
    struct diff diff = {.out = out, .a = a, .b = b};
    struct ca_arena *arena = ca_arena_new();

    ca_buffer_clear(&diff.one);
    ca_buffer_clear(&diff.other);
    whole(&diff);
    scale(&diff);
    lists(&diff);
    sections(&diff);
    standards(&diff);
    others(&diff, arena);
    ca_buffer_free(&diff.one);
    ca_buffer_free(&diff.other);
    ca_arena_free(arena);
    return diff.lines;
}
