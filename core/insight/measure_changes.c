/* Measures that two versions of a template ask for in different ways. */
#include "core/insight/measure_changes.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/base/pack.h"
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

/* ---- two versions, read where bytes of others may be ---- */

/* Of one template a version that was used, the one before it that was, and their documents. */
struct pair {
    size_t earlier, later, first; /* first: the oldest version */
    const struct ca_buffer *from, *to;
};

struct finding {
    struct ca_arena *arena;
    struct ca_stored_template *templates;
    struct pair *pairs;
    size_t pair_count;
    struct ca_measure_change *changes;
    size_t change_count;
};

static bool read_document(struct ca_xml_parser *parser, struct ca_arena *arena,
                          const struct ca_buffer *bytes, struct ca_xml_doc *doc)
{
    struct ca_diags diags = {.arena = arena};

    return ca_xml_parse(parser, arena, bytes->data, bytes->length, &ca_xml_template_limits,
                        &diags, doc);
}

/* Which measures of the later one are another, by their positions; -1 ends them. */
static void compare(const struct ca_stored_template *t, const struct ca_xml_node *from,
                    const struct ca_xml_node *to, struct ca_buffer *out)
{
    struct ca_buffer before = {0}, after = {0};

    for (size_t m = 0; m < t->measures.count; m++) {
        write_measure(&before, from, t->measures.items[m].id);
        write_measure(&after, to, t->measures.items[m].id);
        if (before.length > 0 && after.length > 0 && strcmp(before.data, after.data) != 0)
            ca_pack_int(out, (int64_t)m);
    }
    ca_pack_int(out, -1);
    ca_buffer_free(&before);
    ca_buffer_free(&after);
}

/* Of each pair whether both can be read, and what changed; the first that cannot ends it. */
static void compare_there(void *context, struct ca_buffer *out)
{
    const struct finding *f = context;
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_arena *arena = ca_arena_new();
    struct ca_xml_doc from = {0}, to = {0};
    bool good = true;

    for (size_t i = 0; i < f->pair_count && good; i++) {
        const struct pair *p = &f->pairs[i];
        ca_arena_reset(arena);
        good = read_document(parser, arena, p->from, &from) &&
               read_document(parser, arena, p->to, &to);
        ca_pack_int(out, good);
        if (good)
            compare(&f->templates[p->later], from.root, to.root, out);
    }
    ca_arena_free(arena);
    ca_xml_parser_free(parser);
}

/* ---- what follows ---- */

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

static enum ca_code unread(const struct ca_stored_template *t, struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_DATA, "the stored template '%s@%s' cannot be read", t->id,
                   t->version);
}

/* The newest version keeps the ids of its measures, and is never set apart. */
static enum ca_code take_pair(struct finding *f, const struct pair *p, struct ca_unpack *in,
                              struct ca_error *error)
{
    const struct ca_stored_template *t = &f->templates[p->later];
    const int64_t count = (int64_t)t->measures.count;
    bool good = ca_unpack_range(in, 0, 1) != 0;
    int64_t m = -1;

    while (good && (m = ca_unpack_range(in, -1, count - 1)) >= 0 && in->good) {
        const char *id = t->measures.items[m].id;
        *CA_ARENA_APPEND(f->arena, f->changes, f->change_count) =
            (struct ca_measure_change){t->id, id, f->templates[p->earlier].version, t->version};
        set_apart(f, p->earlier, p->first, id);
    }
    return good && in->good ? CA_OK : unread(t, error);
}

static enum ca_code find_changes(struct finding *f, ca_read_apart apart, struct ca_error *error)
{
    struct ca_buffer answer = {0};
    enum ca_code code = CA_OK;
    struct ca_unpack in;

    if (apart != NULL)
        code = apart(compare_there, f, &answer, error);
    else
        compare_there(f, &answer);
    in = (struct ca_unpack){answer.data, answer.data + answer.length, true};
    for (size_t i = 0; i < f->pair_count && code == CA_OK; i++)
        code = take_pair(f, &f->pairs[i], &in, error);
    ca_buffer_free(&answer);
    return code;
}

/* ---- which versions ---- */

/* Those of one template that were used, each with the one before it. */
static void pair_versions(struct finding *f, size_t first, size_t end,
                          const struct ca_buffer *documents)
{
    size_t last = end;

    for (size_t i = first; i < end; i++) {
        if (f->templates[i].audits == 0)
            continue;
        if (last < end)
            *CA_ARENA_APPEND(f->arena, f->pairs, f->pair_count) =
                (struct pair){last, i, first, &documents[last], &documents[i]};
        last = i;
    }
}

static void pair_all(struct finding *f, size_t count, const struct ca_buffer *documents)
{
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count; end++)
            if (strcmp(f->templates[end].id, f->templates[first].id) != 0)
                break;
        pair_versions(f, first, end, documents);
    }
}

static enum ca_code read_one(struct finding *f, const struct ca_documents *from, size_t which,
                             struct ca_buffer *documents, struct ca_error *error)
{
    if (documents[which].length > 0)
        return CA_OK;
    return from->document(from->context, &f->templates[which], &documents[which], error);
}

enum ca_code ca_measure_changes(const struct ca_documents *from, struct ca_arena *arena,
                                struct ca_stored_template *templates, size_t count,
                                struct ca_measure_change **changes, size_t *change_count,
                                struct ca_error *error)
{
    struct finding f = {.arena = arena, .templates = templates};
    struct ca_buffer *documents = CA_ARRAY(arena, count, struct ca_buffer);
    enum ca_code code = CA_OK;

    pair_all(&f, count, documents);
    for (size_t i = 0; i < f.pair_count && code == CA_OK; i++) {
        code = read_one(&f, from, f.pairs[i].earlier, documents, error);
        if (code == CA_OK)
            code = read_one(&f, from, f.pairs[i].later, documents, error);
    }
    if (code == CA_OK && f.pair_count > 0)
        code = find_changes(&f, from->apart, error);
    for (size_t i = 0; i < count; i++)
        ca_buffer_free(&documents[i]);
    *changes = f.changes;
    *change_count = f.change_count;
    return code;
}
