#include <string.h>

#include "core/base/array.h"
#include "core/base/suggest.h"
#include "core/model/xml.h"
#include "core/work/convert.h"

/* The mapping file: which column is what. Its grammar is small enough to be told by its
 * own tables. */

#define MAPPING_NS "urn:caseaudit:mapping:1"

static const struct ca_xml_limits limits = {.kind = "mapping file",
                                            .bytes = 1024 * 1024,
                                            .levels = 4,
                                            .attributes = 16,
                                            .text_bytes = 1024};

static const struct shape {
    const char *element, *parent;
    const char *attributes[7]; /* NULL-ended */
    int required;              /* how many of them, from the first */
} shapes[] = {
    {"mapping", "", {"dates", "template"}, 0},
    {"column", "mapping", {"name", "to", "as", "if-empty", "empty"}, 2},
    {"set", "mapping", {"to", "value", "as"}, 2},
    {"value", "mapping", {"from", "to"}, 2},
    {"value", "column", {"from", "to"}, 2},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

struct maker {
    struct ca_arena *arena;
    const struct ca_template *t;
    const struct ca_csv *csv;
    struct ca_xml_doc doc;
    struct ca_diags *map_diags, *csv_diags;
    struct ca_mapping *out;
    bool *mapped; /* [column] */
};

static void fault(struct maker *maker, const struct ca_xml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault(struct maker *maker, const struct ca_xml_node *node, const char *format, ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = ca_arena_vprintf(maker->arena, format, args);
    va_end(args);
    ca_xml_report(&maker->doc, node, maker->map_diags, CA_ERROR, CA_FAULT_SCHEMA, "%s",
                  message);
}

/* ---- the file's shape ---- */

static const struct shape *shape_of(const struct ca_xml_node *node)
{
    const char *parent = node->parent != NULL ? node->parent->name : "";

    for (size_t i = 0; i < SHAPES; i++)
        if (!node->foreign && strcmp(shapes[i].element, node->name) == 0 &&
            strcmp(shapes[i].parent, parent) == 0)
            return &shapes[i];
    return NULL;
}

static void check_attributes(struct maker *maker, const struct ca_xml_node *node,
                             const struct shape *shape)
{
    size_t known = 0;

    while (shape->attributes[known] != NULL)
        known++;
    for (int i = 0; i < shape->required; i++)
        if (ca_xml_get(node, shape->attributes[i]) == NULL)
            fault(maker, node, "<%s> needs the attribute '%s'", node->name,
                  shape->attributes[i]);
    for (uint32_t a = 0; a < node->attr_count; a++) {
        size_t i = 0;
        while (i < known && strcmp(shape->attributes[i], node->attrs[a].name) != 0)
            i++;
        if (i == known)
            fault(maker, node, "<%s> has no attribute '%s'%s", node->name, node->attrs[a].name,
                  ca_did_you_mean(maker->arena, node->attrs[a].name, shape->attributes, known));
    }
}

static void check_shape(struct maker *maker, const struct ca_xml_node *node)
{
    const struct shape *shape = shape_of(node);

    if (shape == NULL) {
        fault(maker, node,
              "a mapping file has no <%s> here; it holds <column>, <set> and <value>",
              node->name);
        return;
    }
    check_attributes(maker, node, shape);
    if (node->text != NULL)
        fault(maker, node, "text has no place in <%s>", node->name);
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        check_shape(maker, child);
}

/* An attribute with a few possible values; the index, 0 where absent. */
static size_t choice(struct maker *maker, const struct ca_xml_node *node, const char *name,
                     const char *const *words, size_t count)
{
    const char *value = ca_xml_get(node, name);

    for (size_t i = 0; value != NULL && i < count; i++)
        if (strcmp(words[i], value) == 0)
            return i;
    if (value != NULL)
        fault(maker, node, "%s=\"%s\" should be %s or %s", name, value, words[0], words[1]);
    return 0;
}

/* ---- sources ---- */

static void add_source(struct maker *maker, const struct ca_source *source)
{
    struct ca_mapping *out = maker->out;

    *CA_ARENA_APPEND(maker->arena, out->sources, out->source_count) = *source;
}

static const struct ca_synonym *read_synonyms(struct maker *maker,
                                              const struct ca_xml_node *node, size_t *count)
{
    struct ca_synonym *synonyms;
    size_t n = 0;

    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        n += strcmp(child->name, "value") == 0;
    synonyms = CA_ARRAY(maker->arena, n, struct ca_synonym);
    *count = 0;
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        if (strcmp(child->name, "value") == 0)
            synonyms[(*count)++] =
                (struct ca_synonym){ca_xml_get(child, "from"), ca_xml_get(child, "to")};
    return synonyms;
}

static size_t find_column(struct maker *maker, const struct ca_xml_node *node, const char *name)
{
    const struct ca_csv *csv = maker->csv;

    for (size_t i = 0; i < csv->columns; i++)
        if (ca_cell_same(csv->header[i], name))
            return i;
    fault(maker, node, "there is no column '%s'%s", name,
          ca_did_you_mean(maker->arena, name, csv->header, csv->columns));
    return CA_CSV_NONE;
}

static bool read_target(struct maker *maker, const struct ca_xml_node *node,
                        struct ca_target *out)
{
    const char *to = ca_xml_get(node, "to"), *why;

    if (ca_target_parse(maker->arena, maker->t, to, out, &why))
        return true;
    fault(maker, node, "to=\"%s\": %s", to, why);
    return false;
}

static void read_column(struct maker *maker, const struct ca_xml_node *node)
{
    static const char *const slugs[] = {"text", "reference"}, *const empties[] = {"error",
                                                                                  "skip-row"};
    struct ca_source source = {.offset = node->offset,
                               .name = ca_xml_get(node, "name"),
                               .if_empty = ca_xml_get(node, "if-empty"),
                               .slug = choice(maker, node, "as", slugs, 2) == 1,
                               .skip_row = choice(maker, node, "empty", empties, 2) == 1};

    source.column = find_column(maker, node, source.name);
    source.synonyms = read_synonyms(maker, node, &source.synonym_count);
    if (!read_target(maker, node, &source.target) || source.column == CA_CSV_NONE)
        return;
    maker->mapped[source.column] = true;
    add_source(maker, &source);
}

static void read_set(struct maker *maker, const struct ca_xml_node *node)
{
    static const char *const slugs[] = {"text", "reference"};
    struct ca_source source = {.column = CA_CSV_NONE,
                               .offset = node->offset,
                               .name = ca_xml_get(node, "to"),
                               .value = ca_xml_get(node, "value"),
                               .slug = choice(maker, node, "as", slugs, 2) == 1};

    if (read_target(maker, node, &source.target))
        add_source(maker, &source);
}

static void read_rows(struct maker *maker)
{
    static const char *const orders[] = {"day-first", "month-first"};
    const struct ca_xml_node *root = maker->doc.root;
    const char *template = ca_xml_get(root, "template");

    if (template != NULL && strcmp(template, maker->t->id) != 0)
        fault(maker, root, "this mapping is for template '%s', and the template is '%s'",
              template, maker->t->id);
    maker->out->month_first = choice(maker, root, "dates", orders, 2) == 1;
    maker->out->synonyms = read_synonyms(maker, root, &maker->out->synonym_count);
    for (const struct ca_xml_node *node = root->first; node != NULL; node = node->next) {
        if (strcmp(node->name, "column") == 0)
            read_column(maker, node);
        else if (strcmp(node->name, "set") == 0)
            read_set(maker, node);
    }
}

static void read_file(struct maker *maker, struct ca_xml_parser *parser, const char *bytes,
                      size_t length)
{
    if (!ca_xml_parse(parser, maker->arena, bytes, length, &limits, maker->map_diags,
                      &maker->doc))
        return;
    if (strcmp(maker->doc.ns, MAPPING_NS) != 0 ||
        strcmp(maker->doc.root->name, "mapping") != 0) {
        fault(maker, maker->doc.root,
              "this is no mapping file, which begins with "
              "<mapping xmlns=\"" MAPPING_NS "\">");
        return;
    }
    for (const struct ca_xml_node *node = maker->doc.root->first; node != NULL;
         node = node->next)
        check_shape(maker, node);
    check_attributes(maker, maker->doc.root, &shapes[0]);
    if (maker->map_diags->errors == 0)
        read_rows(maker);
}

/* ---- columns that nobody mapped, and what is missing ---- */

static void guess_columns(struct maker *maker)
{
    const struct ca_csv *csv = maker->csv;

    for (size_t i = 0; i < csv->columns; i++) {
        struct ca_source source = {.column = i, .name = csv->header[i]};
        if (maker->mapped[i])
            continue;
        if (ca_target_guess(maker->arena, maker->t, csv->header[i], &source.target))
            add_source(maker, &source);
        else
            ca_convert_report(csv, CA_CSV_NONE, i, maker->csv_diags, CA_ERROR,
                              "nothing in template '%s' is called so; map the column to what "
                              "it is, or to=\"ignore\", in a mapping file",
                              maker->t->id);
    }
}

static bool same_target(const struct ca_target *a, const struct ca_target *b)
{
    return a->about == b->about && a->part == b->part && a->index == b->index &&
           a->agency == b->agency;
}

static void check_repeats(struct maker *maker)
{
    const struct ca_mapping *m = maker->out;

    for (size_t i = 0; i < m->source_count; i++)
        for (size_t k = 0; k < i; k++)
            if (!ca_target_repeats(&m->sources[i].target) &&
                same_target(&m->sources[i].target, &m->sources[k].target))
                ca_convert_report(
                    maker->csv, CA_CSV_NONE, m->sources[i].column, maker->csv_diags, CA_ERROR,
                    "'%s' and '%s' are about the same", m->sources[i].name, m->sources[k].name);
}

static void check_required(struct maker *maker)
{
    static const struct {
        enum ca_about about;
        const char *words;
    } required[] = {{CA_ABOUT_ID, "return-id"},
                    {CA_ABOUT_CASE, "case"},
                    {CA_ABOUT_AUDIT_DATE, "audit-date"},
                    {CA_ABOUT_AUDITOR, "auditor"}};

    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        size_t k = 0;
        while (k < maker->out->source_count &&
               maker->out->sources[k].target.about != required[i].about)
            k++;
        if (k == maker->out->source_count)
            ca_convert_report(maker->csv, CA_CSV_NONE, CA_CSV_NONE, maker->csv_diags, CA_ERROR,
                              "no column gives '%s'; name one so, map one to it, or set it "
                              "for all rows in a mapping file",
                              required[i].words);
    }
}

bool ca_mapping_make(struct ca_arena *arena, struct ca_xml_parser *parser,
                     const struct ca_template *t, const struct ca_csv *csv, const char *bytes,
                     size_t length, struct ca_diags *map_diags, struct ca_diags *csv_diags,
                     struct ca_mapping *out)
{
    struct ca_mapping mapping = {0};
    struct maker maker = {.arena = arena,
                          .t = t,
                          .csv = csv,
                          .map_diags = map_diags,
                          .csv_diags = csv_diags,
                          .out = &mapping,
                          .mapped = CA_ARRAY(arena, csv->columns, bool)};

    if (bytes != NULL)
        read_file(&maker, parser, bytes, length);
    if (map_diags->errors > 0)
        return false;
    guess_columns(&maker);
    check_repeats(&maker);
    check_required(&maker);
    if (csv_diags->errors > 0)
        return false;
    *out = mapping;
    return true;
}
