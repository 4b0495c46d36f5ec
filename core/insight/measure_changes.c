/* Measures that two versions of a template ask for in different ways. */
#include "core/insight/measure_changes.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/model/xml.h"

/* ---- how a measure is asked for, as text to compare ---- */

static const struct ca_xml_node *find(const struct ca_xml_node *node, const char *name,
                                      const char *id)
{
    const struct ca_xml_node *found = NULL;

    if (strcmp(node->name, name) == 0 && ca_xml_get(node, "id") != NULL &&
        strcmp(ca_xml_get(node, "id"), id) == 0)
        return node;
    for (const struct ca_xml_node *n = node->first; n != NULL && found == NULL; n = n->next)
        found = find(n, name, id);
    return found;
}

/* The element whole: lengths keep what is beside each other apart. */
static void write_element(struct ca_buffer *out, const struct ca_xml_node *node)
{
    ca_buffer_printf(out, "<%s", node->name);
    for (uint32_t i = 0; i < node->attr_count; i++)
        ca_buffer_printf(out, " %s=%zu:%s", node->attrs[i].name, strlen(node->attrs[i].value),
                         node->attrs[i].value);
    ca_buffer_printf(out, ">%s", node->text != NULL ? node->text : "");
    for (const struct ca_xml_node *n = node->first; n != NULL; n = n->next)
        write_element(out, n);
    ca_buffer_puts(out, "/");
}

static void write_attribute(struct ca_buffer *out, const struct ca_xml_node *node,
                            const char *name)
{
    const char *value = ca_xml_get(node, name);

    ca_buffer_printf(out, " %s=%zu:%s", name, value ? strlen(value) : 0, value ? value : "");
}

/* Advice to auditors, and when it applies, are not how it is asked. */
static bool is_advice(const struct ca_xml_node *node)
{
    static const char *const names[] = {"guidance", "looks-like", "reference", "references",
                                        "applies"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(node->name, names[i]) == 0)
            return true;
    return false;
}

static void write_standard(struct ca_buffer *out, const struct ca_xml_node *root,
                           const char *id)
{
    const struct ca_xml_node *standard = find(root, "standard", id), *answers;
    const char *list = standard != NULL ? ca_xml_get(standard, "answers") : NULL;

    if (standard == NULL)
        return;
    write_attribute(out, standard, "answers");
    write_attribute(out, standard, "derived");
    for (const struct ca_xml_node *n = standard->first; n != NULL; n = n->next)
        if (!is_advice(n))
            write_element(out, n);
    answers = list != NULL ? find(root, "answers", list) : NULL;
    if (answers != NULL)
        write_element(out, answers);
}

/* Empty for a measure that is the framework's own. */
static void write_measure(struct ca_buffer *out, const struct ca_xml_node *root, const char *id)
{
    const struct ca_xml_node *measure = find(root, "measure", id);
    const char *standard = measure != NULL ? ca_xml_get(measure, "standard") : NULL;

    ca_buffer_clear(out);
    if (standard == NULL)
        return;
    write_attribute(out, measure, "kind");
    write_attribute(out, measure, "counts");
    ca_buffer_printf(out, " %s", standard);
    write_standard(out, root, standard);
}

/* ---- versions ---- */

struct finding {
    ca_document_of document;
    void *context;
    struct ca_arena *arena;
    struct ca_xml_parser *parser;
    struct ca_stored_template *templates;
    struct ca_measure_change *changes;
    size_t change_count;
};

static enum ca_code read_document(struct finding *f, const struct ca_stored_template *t,
                                  struct ca_xml_doc *doc, struct ca_error *error)
{
    struct ca_diags diags = {.arena = f->arena};
    struct ca_buffer bytes = {0};
    enum ca_code code = f->document(f->context, t, &bytes, error);

    if (code == CA_OK && !ca_xml_parse(f->parser, f->arena, bytes.data, bytes.length,
                                       &ca_xml_template_limits, &diags, doc))
        code = ca_fail(error, CA_ERROR_DATA, "the stored template '%s@%s' cannot be read",
                       t->id, t->version);
    ca_buffer_free(&bytes);
    return code;
}

/* In this version and those before it the measure is another one from now on. */
static void set_apart(struct finding *f, size_t version, size_t first, const char *measure)
{
    const char *last = f->templates[version].version;

    for (size_t i = version + 1; i-- > first;) {
        struct ca_stored_template *t = &f->templates[i];
        struct ca_stored_part *parts =
            CA_ARRAY(f->arena, t->measures.count, struct ca_stored_part);
        for (size_t m = 0; m < t->measures.count; m++) {
            parts[m] = t->measures.items[m];
            if (strcmp(parts[m].id, measure) != 0)
                continue;
            parts[m].label = ca_arena_printf(f->arena, "%s (to version %s)",
                                             parts[m].label ? parts[m].label : measure, last);
            parts[m].id = ca_arena_printf(f->arena, "%s%c%s", measure, CA_MEASURE_BEFORE, last);
        }
        t->measures.items = parts;
    }
}

static void compare_versions(struct finding *f, size_t earlier, size_t later, size_t first,
                             const struct ca_xml_node *from, const struct ca_xml_node *to)
{
    const struct ca_stored_template *t = &f->templates[later];
    struct ca_buffer before = {0}, after = {0};

    for (size_t m = 0; m < t->measures.count; m++) {
        const char *id = t->measures.items[m].id;
        write_measure(&before, from, id);
        write_measure(&after, to, id);
        if (before.length == 0 || after.length == 0 || strcmp(before.data, after.data) == 0)
            continue;
        *CA_ARENA_APPEND(f->arena, f->changes, f->change_count) =
            (struct ca_measure_change){t->id, id, f->templates[earlier].version, t->version};
        set_apart(f, earlier, first, id);
    }
    ca_buffer_free(&before);
    ca_buffer_free(&after);
}

/* The versions of one template from `first` on, those that were used. Ids are looked up before
 * they change: the newest version keeps its ids, and is never set apart. */
static enum ca_code compare_template(struct finding *f, size_t first, size_t count,
                                     struct ca_error *error)
{
    struct ca_xml_doc earlier = {0}, later = {0};
    size_t last = count;
    enum ca_code code = CA_OK;

    for (size_t i = first; i < count && code == CA_OK; i++) {
        if (f->templates[i].audits == 0)
            continue;
        if (last == count) {
            last = i;
            continue;
        }
        code = read_document(f, &f->templates[last], &earlier, error);
        if (code == CA_OK)
            code = read_document(f, &f->templates[i], &later, error);
        if (code == CA_OK)
            compare_versions(f, last, i, first, earlier.root, later.root);
        last = i;
    }
    return code;
}

enum ca_code ca_measure_changes(ca_document_of document, void *context, struct ca_arena *arena,
                                struct ca_stored_template *templates, size_t count,
                                struct ca_measure_change **changes, size_t *change_count,
                                struct ca_error *error)
{
    struct finding f = {document, context, arena, ca_xml_parser_new(), templates, NULL, 0};
    enum ca_code code = CA_OK;

    for (size_t first = 0, end; first < count && code == CA_OK; first = end) {
        for (end = first + 1; end < count; end++)
            if (strcmp(templates[end].id, templates[first].id) != 0)
                break;
        code = compare_template(&f, first, end, error);
    }
    ca_xml_parser_free(f.parser);
    *changes = f.changes;
    *change_count = f.change_count;
    return code;
}
