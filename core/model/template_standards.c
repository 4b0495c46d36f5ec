/* One standard: its type, and what goes with it. */
#include "core/model/template_private.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- answers ---- */

static const char *const timescale_answers[] = {"met", "late"};

bool ca_tpl_has_answers(const struct ca_standard *s)
{
    return s->type == CA_TYPE_ANSWERS || s->type == CA_TYPE_TIMESCALE;
}

bool ca_tpl_has_answer(const struct ca_template *t, const struct ca_standard *s,
                       const char *answer)
{
    if (s->type == CA_TYPE_ANSWERS)
        return ca_find_answer(&t->lists[s->list], answer) != CA_NONE;
    return s->type == CA_TYPE_TIMESCALE && (strcmp(answer, timescale_answers[0]) == 0 ||
                                            strcmp(answer, timescale_answers[1]) == 0);
}

const struct ca_tpl_names *ca_tpl_answers(struct ca_tpl_reader *r, size_t standard)
{
    const struct ca_standard *s = &r->t->standards[standard];
    struct ca_tpl_names *names;

    if (s->type != CA_TYPE_TIMESCALE)
        return &r->list_answers[s->list];
    names = CA_NEW(r->arena, struct ca_tpl_names);
    ca_tpl_names_init(r, names, "its answers", 2);
    memcpy(names->items, timescale_answers, sizeof timescale_answers);
    return names;
}

void ca_tpl_unknown_answer(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const char *attribute, size_t standard, const char *answer)
{
    const struct ca_standard *s = &r->t->standards[standard];
    const char *known = ca_tpl_known(r, answer, ca_tpl_answers(r, standard));

    if (s->type == CA_TYPE_TIMESCALE)
        ca_tpl_unknown(r, node, attribute, answer,
                       "'%s' is not an answer of '%s', a timescale%s", answer, s->id, known);
    else
        ca_tpl_unknown(r, node, attribute, answer, "answer '%s' is not in list '%s'%s", answer,
                       r->t->lists[s->list].id, known);
}

size_t ca_tpl_outcomes(const struct ca_template *t, const struct ca_standard *s)
{
    return t->agency_count ? (size_t)__builtin_popcountll(s->agencies) : 1;
}

/* ---- the types ---- */

static void read_late(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_standard *s)
{
    size_t i = 0;

    s->late_count = ca_tpl_count(node, CA_E_LATE);
    s->late = CA_ARRAY(r->arena, s->late_count, struct ca_late);
    for (const struct ca_xml_node *n = ca_xml_child(node, CA_E_LATE); n;
         n = ca_xml_next(n, CA_E_LATE), i++) {
        s->late[i].up_to = (int32_t)ca_tpl_integer(n, "up-to", 1, 10000, 0);
        s->late[i].score = ca_tpl_score(r, n, "score", r->t->full_marks);
        if (i > 0 && s->late[i].up_to && s->late[i].up_to <= s->late[i - 1].up_to)
            ca_tpl_error(r, n,
                         "late rows are out of order: up-to=\"%d\" does not come after "
                         "up-to=\"%d\"; they must ascend",
                         (int)s->late[i].up_to, (int)s->late[i - 1].up_to);
    }
}

static void read_span(const struct ca_xml_node *node, const char *name, struct ca_standard *s)
{
    const char *unit = ca_xml_get(node, "unit");

    s->span = (int32_t)ca_tpl_integer(node, name, 1, 10000, 1);
    if (unit)
        (void)ca_unit_parse(unit, &s->unit);
}

static void read_timescale(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           struct ca_standard *s)
{
    s->type = CA_TYPE_TIMESCALE;
    read_span(node, "within", s);
    read_late(r, node, s);
}

static void read_frequency(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           struct ca_standard *s)
{
    (void)r;
    s->type = CA_TYPE_FREQUENCY;
    read_span(node, "every", s);
}

/* INT64_MIN stands for an edge that cannot be read. */
static void check_band(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                       const struct ca_standard *s, size_t i)
{
    int64_t from = s->bands[i].from;
    char own[CA_DECIMAL_SIZE], other[CA_DECIMAL_SIZE];

    if (from == INT64_MIN)
        return;
    ca_decimal_short(from, 3, own);
    if (i == 0 && s->min != INT64_MIN && from != s->min)
        ca_tpl_error(r, node,
                     "the first band begins at %s; it must begin at min, %s, so that every "
                     "value has a band",
                     own, ca_decimal_short(s->min, 3, other));
    if (i > 0 && s->bands[i - 1].from != INT64_MIN && from <= s->bands[i - 1].from)
        ca_tpl_error(
            r, node,
            "bands are out of order: from=\"%s\" does not come after from=\"%s\"; they "
            "must ascend",
            own, ca_decimal_short(s->bands[i - 1].from, 3, other));
    if (i > 0 && s->max != INT64_MIN && from > s->max)
        ca_tpl_error(r, node,
                     "this band begins at %s, above max, %s; no value can fall into it", own,
                     ca_decimal_short(s->max, 3, other));
}

static void read_number(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                        struct ca_standard *s)
{
    char min[CA_DECIMAL_SIZE], max[CA_DECIMAL_SIZE];
    size_t i = 0;

    s->type = CA_TYPE_NUMBER;
    s->min = ca_tpl_decimal(node, "min", INT64_MIN);
    s->max = ca_tpl_decimal(node, "max", INT64_MIN);
    if (s->max != INT64_MIN && s->min > s->max)
        ca_tpl_error(r, node, "min=\"%s\" is above max=\"%s\"",
                     ca_decimal_short(s->min, 3, min), ca_decimal_short(s->max, 3, max));
    s->band_count = ca_tpl_count(node, CA_E_BAND);
    s->bands = CA_ARRAY(r->arena, s->band_count, struct ca_band);
    for (const struct ca_xml_node *n = ca_xml_child(node, CA_E_BAND); n;
         n = ca_xml_next(n, CA_E_BAND), i++) {
        s->bands[i].from = ca_tpl_decimal(n, "from", INT64_MIN);
        s->bands[i].score = ca_tpl_score(r, n, "score", r->t->full_marks);
        check_band(r, n, s, i);
    }
}

static void read_points(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                        struct ca_standard *s)
{
    (void)r;
    s->type = CA_TYPE_POINTS;
    s->points = ca_tpl_decimal(node, "out-of", 1000);
    s->step = ca_tpl_decimal(node, "step", 1000);
    s->faults = ca_tpl_is(node, "count", "faults");
}

static void read_text(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_standard *s)
{
    (void)r;
    (void)node;
    s->type = CA_TYPE_TEXT;
}

static const struct type_reader {
    uint32_t code;
    const char *name;
    void (*read)(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                 struct ca_standard *s);
} type_readers[] = {
    {CA_E_TIMESCALE, "timescale", read_timescale},
    {CA_E_FREQUENCY, "frequency", read_frequency},
    {CA_E_NUMBER, "number", read_number},
    {CA_E_POINTS, "points", read_points},
    {CA_E_TEXT, "text", read_text},
};

enum { TYPE_READERS = sizeof type_readers / sizeof *type_readers };

static bool read_list_name(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const char *name, struct ca_standard *s)
{
    size_t found = ca_map_get(r->list_map, name);

    s->type = CA_TYPE_ANSWERS;
    if (found == CA_NOT_FOUND) {
        ca_tpl_error(r, node, "there is no list of answers '%s'%s", name,
                     ca_tpl_known(r, name, &r->lists));
        return false;
    }
    s->list = found;
    r->list_used[found] = true;
    return true;
}

static bool read_derived(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                         const char *name, struct ca_standard *s)
{
    const caseaudit_framework *f = r->t->framework;
    struct ca_tpl_names names;
    size_t count = 0;

    s->type = CA_TYPE_TIMESCALE;
    s->derived = name;
    read_late(r, node, s);
    if (!f)
        return false;
    for (; f->derived && f->derived[count].name; count++) {
        if (strcmp(f->derived[count].name, name) != 0)
            continue;
        if (f->derived[count].kind == CASEAUDIT_DERIVED_FREQUENCY) {
            s->type = CA_TYPE_FREQUENCY;
            if (s->late_count)
                ca_tpl_error(r, ca_xml_child(node, CA_E_LATE),
                             "'%s' is derived as a frequency, and only a timescale takes late "
                             "rows",
                             name);
        }
        return true;
    }
    ca_tpl_names_init(r, &names, "derived standards", count);
    for (size_t i = 0; i < count; i++)
        names.items[i] = f->derived[i].name;
    ca_tpl_error(r, node, "framework '%s' does not derive '%s'%s", f->name, name,
                 ca_tpl_known(r, name, &names));
    return false;
}

/* Exactly one of answers="…", derived="…" and a child that says the type. True if the
 * type is known. */
static bool read_type(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_standard *s)
{
    const char *list = ca_xml_get(node, "answers"), *derived = ca_xml_get(node, "derived");
    const char *found[3];
    size_t count = 0;
    bool known = false;

    if (list)
        found[count++] = "answers", known = read_list_name(r, node, list, s);
    if (derived)
        found[count++] = "derived", known = read_derived(r, node, derived, s);
    for (size_t i = 0; i < TYPE_READERS; i++) {
        const struct ca_xml_node *child = ca_xml_child(node, type_readers[i].code);
        if (!child)
            continue;
        found[count++] = type_readers[i].name;
        type_readers[i].read(r, child, s);
        known = true;
        break; /* the grammar has refused a second one */
    }
    if (!derived && count == (list != NULL) && ca_xml_child(node, CA_E_LATE))
        ca_tpl_error(r, ca_xml_child(node, CA_E_LATE),
                     "late rows stand within a timescale, or directly in a derived standard");
    if (count == 0)
        ca_tpl_error(
            r, node,
            "standard '%s' has no type; give it answers=\"LIST\", derived=\"NAME\", or "
            "one of timescale, frequency, number, points and text",
            s->id);
    if (count > 1)
        ca_tpl_error(r, node,
                     "standard '%s' has two types, '%s' and '%s'; keep exactly one of answers, "
                     "derived, timescale, frequency, number, points and text",
                     s->id, found[0], found[1]);
    return known && count == 1;
}

/* ---- what goes with it ---- */

static uint64_t read_agencies(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                              const struct ca_standard *s)
{
    size_t all = r->t->agency_count < CA_MAX_AGENCIES ? r->t->agency_count : CA_MAX_AGENCIES;
    const char **words;
    uint64_t agencies = 0;
    size_t count;

    words = ca_tpl_meant(r, node, "agencies", &r->agencies, &count);
    if (!words) {
        for (size_t a = 0; a < r->t->agency_count; a++)
            r->agency_used[a] = true;
        return all == 64 ? UINT64_MAX : ((uint64_t)1 << all) - 1;
    }
    for (size_t i = 0; i < count; i++) {
        size_t a = ca_map_get(r->t->agency_map, words[i]);
        if (a == CA_NOT_FOUND) {
            ca_tpl_unknown(r, node, "agencies", words[i],
                           "standard '%s': there is no agency '%s'%s", s->id, words[i],
                           ca_tpl_known(r, words[i], &r->agencies));
        } else if (a < CA_MAX_AGENCIES) {
            agencies |= (uint64_t)1 << a;
            r->agency_used[a] = true;
        }
    }
    return agencies;
}

/* Does an earlier one describe the same answer? */
static bool is_told_before(const struct ca_standard *s, size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (s->looks_like[before].answer != NULL &&
            strcmp(s->looks_like[before].answer, s->looks_like[i].answer) == 0)
            return true;
    return false;
}

static void read_looks_like(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                            struct ca_standard *s, bool known)
{
    size_t i = 0;

    s->looks_like_count = ca_tpl_count(node, CA_E_LOOKS_LIKE);
    s->looks_like = CA_ARRAY(r->arena, s->looks_like_count, struct ca_looks_like);
    for (const struct ca_xml_node *n = ca_xml_child(node, CA_E_LOOKS_LIKE); n;
         n = ca_xml_next(n, CA_E_LOOKS_LIKE), i++) {
        const char *answer = ca_xml_get(n, "answer");
        s->looks_like[i] = (struct ca_looks_like){answer, n->text};
        if (!answer || !known)
            continue;
        if (!ca_tpl_has_answers(s))
            ca_tpl_error(r, n,
                         "standard '%s' is of a type without answers, so nothing can look "
                         "like '%s'",
                         s->id, answer);
        else if (!ca_tpl_has_answer(r->t, s, answer))
            ca_tpl_unknown_answer(r, n, "answer", (size_t)(s - r->t->standards), answer);
        else if (is_told_before(s, i))
            ca_tpl_error(r, n,
                         "what answer '%s' of standard '%s' looks like is said already; say it "
                         "once, in one text",
                         answer, s->id);
    }
}

static void read_references(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                            struct ca_standard *s)
{
    size_t i = 0;

    s->reference_count = ca_tpl_count(node, CA_E_REFERENCE);
    s->references = CA_ARRAY(r->arena, s->reference_count, struct ca_reference);
    for (const struct ca_xml_node *n = ca_xml_child(node, CA_E_REFERENCE); n;
         n = ca_xml_next(n, CA_E_REFERENCE), i++)
        s->references[i] = (struct ca_reference){ca_xml_get(n, "href"), n->text};
}

/* What is computed from events carries no evidence, and a duty kept or not has no score
 * for cases to which it does not apply. */
static void check_taken(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                        const struct ca_standard *s, bool known)
{
    static const char *const never_derived[] = {"evidence-below", "action-below",
                                                "not-applicable-score"};

    if (s->derived) {
        if (s->evidence_required)
            ca_tpl_error(r, node,
                         "standard '%s' is derived from events and takes no "
                         "evidence=\"required\"; leave it out",
                         s->id);
        for (size_t i = 0; i < sizeof never_derived / sizeof *never_derived; i++)
            if (ca_xml_get(node, never_derived[i]))
                ca_tpl_error(
                    r, node,
                    "standard '%s' is derived from events and takes no %s; leave it out", s->id,
                    never_derived[i]);
    } else if (known && s->type == CA_TYPE_FREQUENCY &&
               ca_xml_get(node, "not-applicable-score")) {
        ca_tpl_error(r, node,
                     "standard '%s' is a frequency and takes no not-applicable-score; leave it "
                     "out",
                     s->id);
    }
}

static enum ca_na_policy na_policy(const struct ca_xml_node *node)
{
    if (ca_tpl_is(node, "not-applicable", "allowed"))
        return CA_NA_ALLOWED;
    if (ca_tpl_is(node, "not-applicable", "forbidden"))
        return CA_NA_FORBIDDEN;
    return CA_NA_REASON;
}

void ca_tpl_read_standard(struct ca_tpl_reader *r, const struct ca_xml_node *node, size_t index)
{
    struct ca_standard *s = &r->t->standards[index];
    int32_t full = r->t->full_marks;
    bool known;

    s->offset = node->offset;
    s->label = ca_xml_get(node, "label");
    s->question = ca_tpl_child_text(node, CA_E_QUESTION);
    s->guidance = ca_tpl_child_text(node, CA_E_GUIDANCE);
    s->weight = ca_tpl_weight(node);
    s->required = !ca_tpl_is(node, "required", "no");
    s->critical = ca_tpl_flag(node, "critical");
    s->not_applicable = na_policy(node);
    s->not_applicable_score = ca_tpl_score(r, node, "not-applicable-score", full);
    s->evidence_required = ca_tpl_is(node, "evidence", "required");
    s->evidence_below = ca_tpl_score(r, node, "evidence-below", full);
    s->action_below = ca_tpl_score(r, node, "action-below", full);
    s->list = CA_NONE;
    known = r->standard_infos[index].known = read_type(r, node, s);
    s->agencies = read_agencies(r, node, s);
    read_looks_like(r, node, s, known);
    read_references(r, node, s);
    check_taken(r, node, s, known);
    if (s->critical && (s->not_applicable != CA_NA_FORBIDDEN || !s->required))
        ca_tpl_warning(r, node,
                       "standard '%s' is critical and may be not applicable, which would let a "
                       "case pass it by; give it not-applicable=\"forbidden\" and "
                       "required=\"yes\"",
                       s->id);
}
