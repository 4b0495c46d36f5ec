/* What the parts of the reader share: looking up ids, dates, children. */
#include "core/model/return_private.h"

#include <string.h>

#include "core/base/suggest.h"

bool ca_return_is_id(const char *text)
{
    static const char others[] = "._-";
    size_t i;

    for (i = 0; text[i] != '\0'; i++) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (i == 64 || !(letter || (i > 0 && strchr(others, c) != NULL)))
            return false;
    }
    return i > 0;
}

int ca_return_shown(const char *text)
{
    const size_t length = strlen(text);
    size_t n = length < 40 ? length : 40;

    while (n < length && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    return (int)n;
}

const char *ca_return_hint(struct ca_return_reader *reader, const char *word, const void *rows,
                           size_t count, size_t stride, size_t *nearest)
{
    const char **names;
    const char *name;

    if (nearest != NULL)
        *nearest = CA_NONE;
    if (count > reader->hints)
        return "";
    reader->hints -= count;
    names = CA_ARRAY(reader->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        memcpy(&names[i], (const char *)rows + i * stride, sizeof(*names));
    name = ca_suggest(word, names, count);
    if (name == NULL)
        return "";
    for (size_t i = 0; nearest != NULL && i < count; i++) {
        if (names[i] == name)
            *nearest = i;
    }
    return ca_arena_printf(reader->arena, "; did you mean '%s'?", name);
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
    if (ca_return_is_id(id)) {
        const char *hint =
            ca_return_hint(reader, id, table->rows, table->count, table->stride, nearest);

        ca_return_fault(reader, node, "'%s' is not %s of template '%s'%s", id, table->what,
                        reader->t->id, hint);
    }
    return CA_NONE;
}

size_t ca_return_find_grade(struct ca_return_reader *reader, const struct ca_xml_node *node,
                            const char *id)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {t->grade_map, "a grade", t->grades, t->grade_count,
                                          sizeof(*t->grades)};

    return ca_return_find(reader, node, &table, id, NULL);
}

size_t ca_return_find_standard(struct ca_return_reader *reader, const struct ca_xml_node *node,
                               const char *id, size_t *nearest)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {t->standard_map, "a standard", t->standards,
                                          t->standard_count, sizeof(*t->standards)};

    return ca_return_find(reader, node, &table, id, nearest);
}

size_t ca_return_find_answer(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const struct ca_standard *standard, const char *id)
{
    const struct ca_answer_list *list = &reader->t->lists[standard->list];
    const size_t index = ca_find_answer(list, id);

    if (index == CA_NONE && ca_return_is_id(id))
        ca_return_fault(reader, node, "answer '%s' of standard '%s' is not in list '%s'%s", id,
                        standard->id, list->id,
                        ca_return_hint(reader, id, list->answers, list->count,
                                       sizeof(*list->answers), NULL));
    return index;
}

size_t ca_return_find_agency(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const char *id)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {t->agency_map, "an agency", t->agencies,
                                          t->agency_count, sizeof(*t->agencies)};

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
    ca_return_fault(reader, node, "%s %s is after the audit date %s", what,
                    ca_date_format(date, one), ca_date_format(audit, other));
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
