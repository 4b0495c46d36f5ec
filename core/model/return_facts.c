/* What is known of the case besides the responses: attributes and events; and the
 * search for personal data. */
#include "core/model/return_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/model/privacy.h"

enum { INTEGER_SIZE = 1000000000 };

/* ---- attributes ---- */

static struct ca_called values_of(const struct ca_attribute_def *def)
{
    return (struct ca_called){def->values, def->value_count, sizeof(*def->values), 2};
}

static void read_token(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       const struct ca_attribute_def *def)
{
    const struct ca_called values = values_of(def);

    for (size_t i = 0; i < def->value_count; i++) {
        if (strcmp(def->values[i].id, node->text) == 0)
            return;
    }
    if (def->value_count > 0)
        ca_return_fault(reader, node, "'%.*s' is not a value of attribute '%s'%s",
                        ca_return_shown(node->text), node->text, def->id,
                        ca_return_hint(reader, node->text, &values, NULL));
}

static void read_value(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       size_t index)
{
    const struct ca_attribute_def *def = &reader->t->attributes[index];
    struct ca_attribute_value *value = &reader->r->attributes[index];
    ca_date date;

    value->text = node->text;
    if (def->type == CASEAUDIT_TOKEN) {
        read_token(reader, node, def);
    } else if (def->type == CASEAUDIT_INTEGER) {
        if (!ca_integer_parse(node->text, -INTEGER_SIZE, INTEGER_SIZE, &value->number))
            ca_return_fault(
                reader, node, "attribute '%s' is a whole number from -%d to %d; found '%.*s'",
                def->id, INTEGER_SIZE, INTEGER_SIZE, ca_return_shown(node->text), node->text);
    } else if (def->type == CASEAUDIT_DATE) {
        date = ca_return_date(reader, node, node->text);
        if (date == CA_NO_DATE)
            ca_return_fault(reader, node,
                            "attribute '%s' is a date written as YYYY-MM-DD, from 1900 to "
                            "2199; found '%.*s'",
                            def->id, ca_return_shown(node->text), node->text);
        value->number = date;
    }
}

static const char *list_of_values(struct ca_return_reader *reader,
                                  const struct ca_attribute_def *def)
{
    const struct ca_called values = values_of(def);

    return ca_return_list(reader, &values);
}

/* met[i]: attribute i stands in the return, perhaps blank or misspelt; else 0. */
static void read_attribute(struct ca_return_reader *reader, const struct ca_xml_node *node,
                           uint32_t *met)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {
        t->attribute_map,
        "id",
        "an attribute",
        {t->attributes, t->attribute_count, sizeof(*t->attributes), 2}};
    const char *id = ca_xml_get(node, "id");
    size_t meant;
    const size_t index = ca_return_find(reader, node, &table, id, &meant);

    if (index == CA_NONE) {
        /* It is reported; that the one it stands for is missing follows from it. */
        if (meant != CA_NONE && met[meant] == 0)
            met[meant] = UINT32_MAX;
        return;
    }
    if (met[index] != 0 && met[index] != UINT32_MAX) {
        ca_return_fault(reader, node, "attribute '%s' is given twice, first in line %d", id,
                        ca_return_line(reader, met[index]));
        return;
    }
    met[index] = node->offset;
    if (node->text != NULL)
        read_value(reader, node, index);
    else if (t->attributes[index].required)
        ca_return_fault(reader, node,
                        "attribute '%s' is required, and is blank here: write its value%s", id,
                        list_of_values(reader, &t->attributes[index]));
}

static void report_missing(struct ca_return_reader *reader, const struct ca_xml_node *root,
                           const struct ca_attribute_def *def)
{
    const struct ca_xml_node *parent = ca_xml_child(root, CA_E_ATTRIBUTES);

    ca_return_fault(reader, parent != NULL ? parent : root,
                    "attribute '%s' (%s) is required, and is missing: add <attribute "
                    "id=\"%s\">…</attribute> to <attributes>%s%s",
                    def->id, def->label, def->id,
                    parent == NULL ? ", which stands behind <audit>" : "",
                    list_of_values(reader, def));
}

void ca_return_read_attributes(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_template *t = reader->t;
    const struct ca_xml_node *parent = ca_xml_child(root, CA_E_ATTRIBUTES);
    const struct ca_xml_node *node;
    uint32_t *met = CA_ARRAY(reader->arena, t->attribute_count, uint32_t);

    reader->r->attributes =
        CA_ARRAY(reader->arena, t->attribute_count, struct ca_attribute_value);
    node = parent != NULL ? ca_xml_child(parent, CA_E_ATTRIBUTE) : NULL;
    for (; node != NULL; node = ca_xml_next(node, CA_E_ATTRIBUTE))
        read_attribute(reader, node, met);
    for (size_t i = 0; i < t->attribute_count; i++) {
        if (t->attributes[i].required && met[i] == 0)
            report_missing(reader, root, &t->attributes[i]);
    }
}

/* ---- events ---- */

static const struct caseaudit_event *known_events(const struct ca_template *t, size_t *count)
{
    const struct caseaudit_event *events = t->framework != NULL ? t->framework->events : NULL;

    for (*count = 0; events != NULL && events[*count].name != NULL;)
        ++*count;
    return events;
}

/* The index among the framework's events, or CA_NONE after a fault; *meant as with
 * ca_return_hint. Tables of events are a handful of rows long. */
static size_t find_event(struct ca_return_reader *reader, const struct ca_xml_node *node,
                         const char *type, size_t *meant)
{
    size_t count;
    const struct caseaudit_event *events = known_events(reader->t, &count);

    *meant = CA_NONE;
    for (size_t i = 0; type != NULL && i < count; i++) {
        if (ca_same_name(events[i].name, type))
            return i;
    }
    if (type == NULL || !ca_is_id(type))
        return CA_NONE;
    if (count == 0)
        ca_return_fault(reader, node, "framework '%s' knows no events; found '%s'",
                        reader->t->framework_name, type);
    else
        ca_return_fault(reader, node, "'%s' is not an event of framework '%s'%s", type,
                        reader->t->framework_name,
                        ca_return_hint(reader, type,
                                       &(struct ca_called){events, count, sizeof(*events), 1},
                                       meant));
    return CA_NONE;
}

static void check_event_date(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const char *name, ca_date date)
{
    char what[96];

    if (date <= reader->r->audit_date)
        return;
    snprintf(what, sizeof(what), "event '%s' of", name);
    ca_return_not_after_audit(reader, node, what, date);
}

/* met[kind]: where the first of the kind stands; UINT32_MAX for a misspelt one. */
static void read_event(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       uint32_t *met)
{
    const struct caseaudit_event *events = reader->t->framework->events;
    const char *type = ca_xml_get(node, "type");
    struct ca_event *event = &reader->r->events[reader->r->event_count];
    const ca_date date = ca_return_date(reader, node, ca_xml_get(node, "date"));
    size_t meant;
    const size_t kind = find_event(reader, node, type, &meant);

    if (kind == CA_NONE) {
        if (meant != CA_NONE && met[meant] == 0)
            met[meant] = UINT32_MAX;
        return;
    }
    check_event_date(reader, node, events[kind].name, date);
    if (events[kind].occurs != CASEAUDIT_ANY_NUMBER && met[kind] != 0 &&
        met[kind] != UINT32_MAX)
        ca_return_fault(reader, node,
                        "event '%s' can happen once only; the first is in line %d",
                        events[kind].name, ca_return_line(reader, met[kind]));
    else
        met[kind] = node->offset;
    if (date == CA_NO_DATE)
        return; /* malformed, which the schema has said */
    event->type = events[kind].name;
    event->kind = kind;
    event->date = date;
    event->note = node->text;
    event->offset = node->offset;
    reader->r->event_count++;
}

static int by_date(const void *a, const void *b)
{
    const struct ca_event *one = a, *other = b;

    if (one->date != other->date)
        return one->date < other->date ? -1 : 1;
    return one->offset < other->offset ? -1 : one->offset > other->offset;
}

static void sort_events(struct ca_return *r)
{
    for (size_t i = 1; i < r->event_count; i++) {
        if (by_date(&r->events[i - 1], &r->events[i]) > 0) {
            qsort(r->events, r->event_count, sizeof(*r->events), by_date);
            return;
        }
    }
}

void ca_return_read_events(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_xml_node *parent = ca_xml_child(root, CA_E_EVENTS);
    const struct ca_xml_node *node;
    size_t count;
    const struct caseaudit_event *events = known_events(reader->t, &count);
    uint32_t *met;

    if (reader->t->framework == NULL)
        return; /* nothing is known of its events, and nothing can be scored */
    met = CA_ARRAY(reader->arena, count, uint32_t);
    reader->r->events =
        CA_ARRAY(reader->arena, ca_return_count(parent, CA_E_EVENT), struct ca_event);
    node = parent != NULL ? ca_xml_child(parent, CA_E_EVENT) : NULL;
    for (; node != NULL; node = ca_xml_next(node, CA_E_EVENT))
        read_event(reader, node, met);
    for (size_t i = 0; i < count; i++) {
        if (events[i].occurs == CASEAUDIT_EXACTLY_ONE && met[i] == 0)
            ca_return_fault(reader, parent != NULL ? parent : root,
                            "event '%s' is required, and is missing: add <event type=\"%s\" "
                            "date=\"…\"/> to <events>%s",
                            events[i].name, events[i].name,
                            parent == NULL ? ", which stands before <responses>" : "");
    }
    sort_events(reader->r);
    ca_return_check_order(reader);
}

/* ---- personal data ---- */

static void warn(struct ca_return_reader *reader, const struct ca_xml_node *node,
                 const char *place, const char *text)
{
    const unsigned found = ca_personal_find(text);

    for (int kind = 0; found >> kind != 0; kind++) {
        if ((found >> kind & 1) != 0)
            ca_xml_report(&reader->r->doc, node, reader->diags, CA_WARNING, CA_FAULT_PRIVACY,
                          "%s holds what looks like %s; a return should hold no personal data",
                          place, ca_personal_name((enum ca_personal)kind));
    }
}

/* Dates, values and words of a list are no text, whatever a number of that length
 * could be. */
static bool holds_text(const struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    const struct ca_template *t = reader->t;
    const char *id;
    size_t index;

    switch (node->code) {
    case CA_E_START:
    case CA_E_END:
    case CA_E_OCCURRED:
    case CA_E_VALUE: return false;
    case CA_E_ATTRIBUTE:
        id = ca_xml_get(node, "id");
        index = id != NULL ? ca_map_get(t->attribute_map, id) : CA_NOT_FOUND;
        return index == CA_NOT_FOUND || t->attributes[index].type == CASEAUDIT_TEXT ||
               (t->attributes[index].type == CASEAUDIT_TOKEN &&
                t->attributes[index].value_count == 0);
    default: return true;
    }
}

/* Every text of the document; the depth is bounded by the parser. */
static void scan(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    if (node->text != NULL && holds_text(reader, node))
        warn(reader, node, "this text", node->text);
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        scan(reader, child);
}

void ca_return_scan_privacy(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_xml_node *node = ca_xml_child(root, CA_E_CASE);

    if (reader->r->id != NULL)
        warn(reader, root, "the return's id", reader->r->id);
    if (node != NULL && reader->r->case_ref != NULL)
        warn(reader, node, "the case's reference", reader->r->case_ref);
    scan(reader, root);
}
