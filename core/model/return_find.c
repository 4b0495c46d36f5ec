/* What the parts of the reader share: looking up ids, dates, children. */
#include "core/model/return_private.h"

#include <string.h>

#include "core/base/blank.h"
#include "core/base/suggest.h"

int ca_return_shown(const char *text)
{
    const size_t length = strlen(text);
    size_t n = length < 40 ? length : 40;

    while (n < length && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

/* The row that a slip of the hand explains, in its id or else in its label. */
static size_t nearly_so(struct ca_return_reader *reader, const struct ca_called *names,
                        const char *word)
{
    const char **candidates = CA_ARRAY(reader->arena, names->count, const char *), *near;

    for (size_t k = 0; k < names->each && k < 2; k++) {
        for (size_t i = 0; i < names->count; i++)
            candidates[i] =
                ca_called_name(names, i, k) != NULL ? ca_called_name(names, i, k) : "";
        near = ca_suggest(word, candidates, names->count);
        for (size_t i = 0; near != NULL && i < names->count; i++)
            if (candidates[i] == near)
                return i;
    }
    return CA_NONE;
}

enum { NAMES_LISTED = 12 };

const char *ca_return_list(struct ca_return_reader *reader, const struct ca_called *names)
{
    const char *list = "";

    if (names->count == 0 || names->count > NAMES_LISTED)
        return "";
    for (size_t i = 0; i < names->count; i++)
        list = ca_arena_printf(reader->arena, "%s%s'%s'", list,
                               i == 0                  ? ""
                               : i + 1 == names->count ? " or "
                                                       : ", ",
                               ca_called_name(names, i, 0));
    return ca_arena_printf(reader->arena, "; it must be %s", list);
}

const char *ca_return_hint(struct ca_return_reader *reader, const char *word,
                           const struct ca_called *names, size_t *nearest)
{
    size_t meant;

    if (nearest != NULL)
        *nearest = CA_NONE;
    if (names->count > reader->hints)
        return "";
    reader->hints -= names->count;
    meant = ca_called_find(names, word);
    if (meant == CA_NONE)
        meant = nearly_so(reader, names, word);
    if (meant == CA_NONE)
        return ca_return_list(reader, names);
    if (nearest != NULL)
        *nearest = meant;
    return ca_arena_printf(reader->arena, "; did you mean '%s'?",
                           ca_called_name(names, meant, 0));
}

/* A fault of what an attribute names. Of what cannot be an id at all, as a label, the schema
 * has complained already; what is said here is more to the point, and stands in its place. */
static void refuse(struct ca_return_reader *reader, const struct ca_xml_node *node,
                   const char *attribute, const char *id, const char *message)
{
    int line, column;

    if (ca_is_id(id)) {
        ca_return_fault(reader, node, "%s", message);
        return;
    }
    ca_xml_position(&reader->r->doc, node->offset, &line, &column);
    (void)ca_diags_reword(reader->diags, line, column,
                          ca_arena_printf(reader->arena, "attribute '%s' of ", attribute),
                          message);
}

size_t ca_return_find(struct ca_return_reader *reader, const struct ca_xml_node *node,
                      const struct ca_return_table *table, const char *id, size_t *nearest)
{
    size_t index;

    if (nearest != NULL)
        *nearest = CA_NONE;
    if (id == NULL)
        return CA_NONE;
    index = ca_map_get(table->map, id);
    if (index != CA_NOT_FOUND)
        return index;
    if (*id != '\0')
        refuse(reader, node, table->attribute, id,
               ca_arena_printf(reader->arena, "'%.*s' is not %s of template '%s'%s",
                               ca_return_shown(id), id, table->what, reader->t->id,
                               ca_return_hint(reader, id, &table->names, nearest)));
    return CA_NONE;
}

size_t ca_return_find_grade(struct ca_return_reader *reader, const struct ca_xml_node *node,
                            const char *id)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {
        t->grade_map, "grade", "a grade", {t->grades, t->grade_count, sizeof(*t->grades), 3}};

    return ca_return_find(reader, node, &table, id, NULL);
}

size_t ca_return_find_standard(struct ca_return_reader *reader, const struct ca_xml_node *node,
                               const char *id, size_t *nearest)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {
        t->standard_map,
        "standard",
        "a standard",
        {t->standards, t->standard_count, sizeof(*t->standards), 2}};

    return ca_return_find(reader, node, &table, id, nearest);
}

/* What would be right in the place of a word that is no answer. */
static const char *answer_hint(struct ca_return_reader *reader, const struct ca_called *answers,
                               const char *word)
{
    const char *status =
        ca_called_find(answers, word) == CA_NONE ? ca_status_called(reader->arena, word) : NULL;

    if (status != NULL)
        return ca_arena_printf(reader->arena, "; write status=\"%s\" in place of an answer",
                               status);
    return *word == '\0' ? ca_return_list(reader, answers)
                         : ca_return_hint(reader, word, answers, NULL);
}

size_t ca_return_find_answer(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const struct ca_standard *standard, const char *id)
{
    const struct ca_template *t = reader->t;
    const struct ca_answer_list *list = &t->lists[standard->list];
    const struct ca_called grades = {t->grades, t->grade_count, sizeof(*t->grades), 3};
    const struct ca_called answers = {list->answers, list->count, sizeof(*list->answers), 2};
    const size_t index = ca_find_answer(list, id);

    if (index == CA_NONE)
        refuse(reader, node, "answer", id,
               ca_arena_printf(
                   reader->arena, "answer '%.*s' of standard '%s' is not in list '%s'%s",
                   ca_return_shown(id), id, standard->id, list->id,
                   answer_hint(reader, standard->list == 0 ? &grades : &answers, id)));
    return index;
}

size_t ca_return_find_agency(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const char *id)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {
        t->agency_map,
        "agency",
        "an agency",
        {t->agencies, t->agency_count, sizeof(*t->agencies), 2}};

    if (id != NULL && t->agency_count == 0) {
        ca_return_fault(reader, node,
                        "template '%s' has no agencies; leave the attribute 'agency' out",
                        t->id);
        return CA_NONE;
    }
    return ca_return_find(reader, node, &table, id, NULL);
}

size_t ca_return_owner(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    const char *id = ca_xml_get(node, "agency");

    if (id == NULL && reader->t->agency_count == 0)
        return 0;
    if (id == NULL)
        ca_return_fault(reader, node,
                        "template '%s' has agencies; say with 'agency' whose %s this is",
                        reader->t->id, node->code == CA_E_CHANGE ? "answer" : "return");
    return ca_return_find_agency(reader, node, id);
}

static void count_date(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    reader->dates++;
    if (reader->dates == CA_MAX_DATES + 1)
        ca_xml_report(&reader->r->doc, node, reader->diags, CA_ERROR, CA_FAULT_LIMIT,
                      "a return may hold %d dates, and here is one more", CA_MAX_DATES);
}

ca_date ca_return_date(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       const char *text)
{
    ca_date date;

    if (text == NULL || !ca_date_parse(text, &date))
        return CA_NO_DATE;
    count_date(reader, node);
    return date;
}

void ca_return_not_after_audit(struct ca_return_reader *reader, const struct ca_xml_node *node,
                               const char *what, ca_date date)
{
    const ca_date audit = reader->r->audit_date;
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    if (date == CA_NO_DATE || audit == CA_NO_DATE || date <= audit)
        return;
    ca_return_fault(reader, node,
                    "%s %s is after the audit date %s; correct one of them, or leave out what "
                    "happened later",
                    what, ca_date_format(date, one), ca_date_format(audit, other));
}

struct ca_response *ca_return_cell(struct ca_return_reader *reader, size_t standard,
                                   size_t agency)
{
    return &reader->r->responses[standard * reader->r->columns + agency];
}

const char *ca_return_child_text(const struct ca_xml_node *node, uint32_t code)
{
    const struct ca_xml_node *child = ca_xml_child(node, code);

    return child != NULL ? child->text : NULL;
}

size_t ca_return_count(const struct ca_xml_node *node, uint32_t code)
{
    const struct ca_xml_node *child = node != NULL ? ca_xml_child(node, code) : NULL;
    size_t count = 0;

    for (; child != NULL; child = ca_xml_next(child, code))
        count++;
    return count;
}

int ca_return_line(const struct ca_return_reader *reader, uint32_t offset)
{
    int line, column;

    ca_xml_position(&reader->r->doc, offset, &line, &column);
    return line;
}
