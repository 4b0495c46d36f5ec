/* The tree of a document: where its nodes stand, and what is in them. */
#include <string.h>

#include "core/model/xml.h"
#include "core/model/xml_private.h"

/* ---- positions ---- */

#define MARK_STEP ((size_t)1024)

/* Line and column at every MARK_STEP bytes. */
struct mark {
    int line, column;
};

struct ca_xml_marks {
    struct ca_arena *arena;
    struct mark *at; /* made when the first position is asked for */
};

struct ca_xml_marks *ca_xml_marks_new(struct ca_arena *arena)
{
    struct ca_xml_marks *marks = CA_NEW(arena, struct ca_xml_marks);

    marks->arena = arena;
    return marks;
}

static void advance(const char *bytes, size_t from, size_t to, struct mark *mark)
{
    const char *at = bytes + from, *end = bytes + to, *feed;

    while (at < end && (feed = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        mark->line++;
        mark->column = 1;
        at = feed + 1;
    }
    for (; at < end; at++)
        mark->column += ((unsigned char)*at & 0xc0) != 0x80;
}

static void build_marks(const struct ca_xml_doc *doc)
{
    size_t count = doc->length / MARK_STEP + 1;
    struct mark *at = CA_ARRAY(doc->marks->arena, count, struct mark);
    struct mark now = {1, 1};

    for (size_t i = 0; i < count; i++) {
        at[i] = now;
        if (i + 1 < count)
            advance(doc->bytes, i * MARK_STEP, (i + 1) * MARK_STEP, &now);
    }
    doc->marks->at = at;
}

void ca_xml_position(const struct ca_xml_doc *doc, uint32_t offset, int *line, int *column)
{
    struct mark now = {1, 1};
    size_t from = 0, to = offset < doc->length ? offset : doc->length;

    if (doc->marks != NULL && to >= MARK_STEP) {
        if (doc->marks->at == NULL)
            build_marks(doc);
        now = doc->marks->at[to / MARK_STEP];
        from = to / MARK_STEP * MARK_STEP;
    }
    advance(doc->bytes, from, to, &now);
    *line = now.line;
    *column = now.column;
}

void ca_xml_report(const struct ca_xml_doc *doc, const struct ca_xml_node *node,
                   struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                   const char *format, ...)
{
    int line = 1, column = 1;
    va_list args;

    if (!ca_diags_room(diags, severity, format))
        return;
    if (node != NULL)
        ca_xml_position(doc, node->offset, &line, &column);
    va_start(args, format);
    ca_diags_vadd(diags, severity, fault, line, column, node != NULL ? node->name : NULL,
                  format, args);
    va_end(args);
}

/* ---- looking at a tree ---- */

const char *ca_xml_get(const struct ca_xml_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->attr_count; i++)
        if (ca_same_name(node->attrs[i].name, name))
            return node->attrs[i].value;
    return NULL;
}

static const struct ca_xml_node *find_code(const struct ca_xml_node *node, uint32_t code)
{
    while (node != NULL && node->code != code)
        node = node->next;
    return node;
}

const struct ca_xml_node *ca_xml_child(const struct ca_xml_node *node, uint32_t code)
{
    return find_code(node->first, code);
}

const struct ca_xml_node *ca_xml_next(const struct ca_xml_node *node, uint32_t code)
{
    return find_code(node->next, code);
}
