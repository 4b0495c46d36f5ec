/* One <response>: whether it may stand where it stands, and whether what it holds fits
 * its standard. */
#include "core/model/return_private.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- what each kind of response holds ---- */

enum { STANDARD_CONTENT = CA_TYPE_TEXT + 1, NOT_APPLICABLE = STANDARD_CONTENT, NOT_EVIDENCED };

/* Elements by which a response says something; evidence may follow any. */
static const struct content {
    const char *name;
    uint32_t code;
} contents[] = {{"reason", CA_E_REASON}, {"start", CA_E_START}, {"occurred", CA_E_OCCURRED},
                {"end", CA_E_END},       {"value", CA_E_VALUE}, {"text", CA_E_TEXT}};
enum { CONTENTS = sizeof(contents) / sizeof(*contents) };
enum {
    HAS_REASON = 1,
    HAS_START = 2,
    HAS_OCCURRED = 4,
    HAS_END = 8,
    HAS_VALUE = 16,
    HAS_TEXT = 32
};

static const struct form {
    const char *takes;
    unsigned allowed; /* HAS_... */
    bool answer;      /* the attribute */
} forms[] = {
    [CA_TYPE_ANSWERS] = {"takes an 'answer'", 0, true},
    [CA_TYPE_TIMESCALE] = {"is a timescale and takes 'start' and, if it has happened, 'end'",
                           HAS_START | HAS_END, false},
    [CA_TYPE_FREQUENCY] = {"is a frequency and takes 'start', each 'occurred' and, if it has "
                           "ceased, 'end'",
                           HAS_START | HAS_OCCURRED | HAS_END, false},
    [CA_TYPE_NUMBER] = {"is a number and takes a 'value'", HAS_VALUE, false},
    [CA_TYPE_POINTS] = {"counts points and takes a 'value'", HAS_VALUE, false},
    [CA_TYPE_TEXT] = {"takes a 'text'", HAS_TEXT, false},
    [NOT_APPLICABLE] = {"is not applicable here, and so takes a 'reason' only", HAS_REASON,
                        false},
    [NOT_EVIDENCED] = {"is not evidenced here, and so takes evidence only", 0, false},
};

static unsigned content_of(const struct ca_xml_node *node)
{
    unsigned has = 0;

    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next) {
        if (child->code == CA_E_EVIDENCE)
            continue; /* most are */
        for (size_t i = 0; i < CONTENTS; i++) {
            if (child->code == contents[i].code)
                has |= 1u << i;
        }
    }
    return has;
}

/* Does the response hold what its form asks for? If not, says what it holds instead. */
static bool check_form(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       const struct ca_standard *standard, const struct form *form)
{
    const bool answer = ca_xml_get(node, "answer") != NULL;
    const unsigned has = content_of(node);
    size_t i = 0;

    if (answer && !form->answer) {
        ca_return_fault(reader, node, "standard '%s' %s; found an 'answer'", standard->id,
                        form->takes);
        return false;
    }
    if ((has & ~form->allowed) != 0) {
        while ((has & ~form->allowed & 1u << i) == 0)
            i++;
        /* Two kinds of content side by side are the schema's fault to report. */
        if ((has & form->allowed) == 0)
            ca_return_fault(reader, node, "standard '%s' %s; found '%s'", standard->id,
                            form->takes, contents[i].name);
        return false;
    }
    if (form->answer ? !answer : has == 0 && (form->allowed & ~(unsigned)HAS_REASON) != 0) {
        ca_return_fault(reader, node, "standard '%s' %s; nothing of this is given",
                        standard->id, form->takes);
        return false;
    }
    return true;
}

/* ---- dates ---- */

static void check_order(struct ca_return_reader *reader, const struct ca_xml_node *node,
                        ca_date date, const char *relation, const char *bound_name,
                        ca_date bound)
{
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    ca_return_fault(reader, node, "%s %s is %s %s %s; correct one of them", node->name,
                    ca_date_format(date, one), relation, bound_name,
                    ca_date_format(bound, other));
}

static ca_date read_child_date(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    const ca_date date = node != NULL ? ca_return_date(reader, node, node->text) : CA_NO_DATE;

    if (date != CA_NO_DATE)
        ca_return_not_after_audit(reader, node, node->name, date);
    return date;
}

static void read_occurred(struct ca_return_reader *reader, const struct ca_xml_node *node,
                          struct ca_response *cell)
{
    const struct ca_xml_node *child = ca_xml_child(node, CA_E_OCCURRED);
    ca_date date;

    cell->occurred = CA_ARRAY(reader->arena, ca_return_count(node, CA_E_OCCURRED), ca_date);
    for (; child != NULL; child = ca_xml_next(child, CA_E_OCCURRED)) {
        date = read_child_date(reader, child);
        if (date == CA_NO_DATE)
            continue;
        if (cell->start != CA_NO_DATE && date < cell->start)
            check_order(reader, child, date, "before", "start", cell->start);
        if (cell->end != CA_NO_DATE && date > cell->end)
            check_order(reader, child, date, "after", "end", cell->end);
        cell->occurred[cell->occurred_count++] = date;
    }
}

static void read_dates(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       struct ca_response *cell)
{
    const struct ca_xml_node *end = ca_xml_child(node, CA_E_END);

    cell->start = read_child_date(reader, ca_xml_child(node, CA_E_START));
    cell->end = read_child_date(reader, end);
    read_occurred(reader, node, cell);
    if (cell->start != CA_NO_DATE && cell->end != CA_NO_DATE && cell->end < cell->start)
        check_order(reader, end, cell->end, "before", "start", cell->start);
}

/* ---- values ---- */

static void check_range(struct ca_return_reader *reader, const struct ca_xml_node *node,
                        const struct ca_standard *standard, int64_t value)
{
    const bool points = standard->type == CA_TYPE_POINTS;
    const int64_t low = points ? 0 : standard->min;
    const int64_t high = points ? standard->points : standard->max;
    char v[CA_DECIMAL_SIZE], a[CA_DECIMAL_SIZE], b[CA_DECIMAL_SIZE];

    ca_decimal_short(value, 3, v);
    if (value < low || value > high)
        ca_return_fault(reader, node, "value %s of standard '%s' is outside %s to %s", v,
                        standard->id, ca_decimal_short(low, 3, a),
                        ca_decimal_short(high, 3, b));
    else if (points && standard->step > 0 && value % standard->step != 0)
        ca_return_fault(reader, node,
                        "value %s of standard '%s' is not a multiple of its step %s", v,
                        standard->id, ca_decimal_short(standard->step, 3, a));
}

static void read_value(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       const struct ca_standard *standard, struct ca_response *cell)
{
    const struct ca_xml_node *child = ca_xml_child(node, CA_E_VALUE);

    if (child->text != NULL && ca_decimal_parse(child->text, 3, true, &cell->value))
        check_range(reader, child, standard, cell->value);
}

static void read_text(struct ca_return_reader *reader, const struct ca_xml_node *node,
                      const struct ca_standard *standard, struct ca_response *cell)
{
    cell->text = ca_return_child_text(node, CA_E_TEXT);
    if (cell->text == NULL)
        ca_return_fault(reader, ca_xml_child(node, CA_E_TEXT),
                        "the text of standard '%s' is blank, which counts as no response: "
                        "write it, or %s",
                        standard->id,
                        standard->required ? "say status=\"not-evidenced\""
                                           : "take the <response> out");
}

/* ---- the response ---- */

static void read_evidence(struct ca_return_reader *reader, const struct ca_xml_node *node,
                          struct ca_response *cell)
{
    const size_t count = ca_return_count(node, CA_E_EVIDENCE);
    const struct ca_xml_node *child = ca_xml_child(node, CA_E_EVIDENCE);

    if (count == 0)
        return;
    cell->evidence = CA_ARRAY(reader->arena, count, struct ca_evidence);
    for (; child != NULL; child = ca_xml_next(child, CA_E_EVIDENCE)) {
        if (child->text == NULL)
            continue;
        cell->evidence[cell->evidence_count].ref = ca_xml_get(child, "ref");
        cell->evidence[cell->evidence_count++].text = child->text;
    }
}

static void read_not_applicable(struct ca_return_reader *reader, const struct ca_xml_node *node,
                                const struct ca_standard *standard, struct ca_response *cell)
{
    cell->given = CA_GIVEN_NOT_APPLICABLE;
    if (!check_form(reader, node, standard, &forms[NOT_APPLICABLE]))
        return;
    cell->reason = ca_return_child_text(node, CA_E_REASON);
    if (standard->not_applicable == CA_NA_FORBIDDEN)
        ca_return_fault(reader, node,
                        "standard '%s' cannot be not applicable: the template has it answered "
                        "for every case",
                        standard->id);
    else if (cell->reason == NULL &&
             (standard->not_applicable == CA_NA_REASON || standard->derived != NULL))
        ca_return_fault(reader, node,
                        "standard '%s' can be not applicable only with a 'reason', which is "
                        "missing: say in %s why it does not apply",
                        standard->id,
                        reader->diags->of_cells
                            ? ca_arena_printf(reader->arena, "column '%s reason'", standard->id)
                            : "<reason>");
}

static void read_answered(struct ca_return_reader *reader, const struct ca_xml_node *node,
                          const struct ca_standard *standard, struct ca_response *cell)
{
    cell->given = CA_GIVEN_ANSWER;
    if (!check_form(reader, node, standard, &forms[standard->type]))
        return;
    switch (standard->type) {
    case CA_TYPE_ANSWERS:
        cell->answer_as_written = ca_xml_get(node, "answer");
        cell->answer = ca_return_find_answer(reader, node, standard, cell->answer_as_written);
        break;
    case CA_TYPE_TIMESCALE:
    case CA_TYPE_FREQUENCY: read_dates(reader, node, cell); break;
    case CA_TYPE_NUMBER:
    case CA_TYPE_POINTS: read_value(reader, node, standard, cell); break;
    case CA_TYPE_TEXT: read_text(reader, node, standard, cell); break;
    }
}

static void fill(struct ca_return_reader *reader, const struct ca_xml_node *node,
                 const struct ca_standard *standard, struct ca_response *cell)
{
    const char *status = ca_xml_get(node, "status");

    cell->offset = node->offset;
    cell->date = ca_return_date(reader, node, ca_xml_get(node, "date"));
    ca_return_not_after_audit(reader, node, "date", cell->date);
    read_evidence(reader, node, cell);
    if (status != NULL && strcmp(status, "not-applicable") == 0) {
        read_not_applicable(reader, node, standard, cell);
    } else if (standard->derived != NULL) {
        cell->given = CA_GIVEN_NOT_EVIDENCED;
        ca_return_fault(reader, node,
                        "standard '%s' is worked out from the events; it takes no response "
                        "but status=\"not-applicable\" with its reason",
                        standard->id);
    } else if (status == NULL) {
        read_answered(reader, node, standard, cell);
    } else {
        cell->given = CA_GIVEN_NOT_EVIDENCED;
        if (strcmp(status, "not-evidenced") == 0)
            check_form(reader, node, standard, &forms[NOT_EVIDENCED]);
    }
}

/* The cell that the response fills, or NULL after a fault: it cannot stand here. */
static struct ca_response *place(struct ca_return_reader *reader,
                                 const struct ca_xml_node *node, size_t index, size_t agency)
{
    const struct ca_template *t = reader->t;
    const char *id = t->standards[index].id;
    struct ca_response *cell = ca_return_cell(reader, index, agency);

    if (!ca_return_answers(t, index, agency)) {
        ca_return_fault(reader, node, "standard '%s' is not for agency '%s' to answer", id,
                        t->agencies[agency].id);
        return NULL;
    }
    if (cell->by_section) {
        ca_return_fault(reader, node,
                        "standard '%s' has a response, and its section is declared not "
                        "applicable in line %d",
                        id, ca_return_line(reader, cell->offset));
        return NULL;
    }
    if (cell->offset != 0) {
        ca_return_fault(reader, node,
                        "standard '%s' has a response already, in line %d; delete one", id,
                        ca_return_line(reader, cell->offset));
        return NULL;
    }
    return cell;
}

/* A response to a standard that there is not, but perhaps to the one that was meant. */
static void note_unplaced(struct ca_return_reader *reader, const char *id, size_t meant,
                          size_t agency)
{
    struct ca_return *r = reader->r;

    reader->unsure = true;
    if (id == NULL || !ca_is_id(id)) {
        r->astray = true;
    } else if (meant != CA_NONE && agency != CA_NONE) {
        if (r->meant == NULL)
            r->meant = CA_ARRAY(reader->arena, reader->t->standard_count * r->columns, bool);
        r->meant[meant * r->columns + agency] = true;
    }
}

void ca_return_read_response(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             size_t agency)
{
    struct ca_response elsewhere = {.date = CA_NO_DATE, .start = CA_NO_DATE, .end = CA_NO_DATE};
    struct ca_response *cell = NULL;
    const char *id = ca_xml_get(node, "standard");
    size_t index, meant;

    reader->responses++;
    if (reader->responses == CA_MAX_RESPONSES + 1)
        ca_xml_report(&reader->r->doc, node, reader->diags, CA_ERROR, CA_FAULT_LIMIT,
                      "a return may hold %d responses, and here is one more", CA_MAX_RESPONSES);
    index = ca_return_find_standard(reader, node, id, &meant);
    if (index == CA_NONE) {
        note_unplaced(reader, id, meant, agency);
        return;
    }
    if (agency != CA_NONE)
        cell = place(reader, node, index, agency);
    /* Where it cannot stand, its own faults are still worth telling. */
    fill(reader, node, &reader->t->standards[index], cell != NULL ? cell : &elsewhere);
}
