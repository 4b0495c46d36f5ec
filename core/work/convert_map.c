/* A mapping, read and held to the template and the spreadsheet. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
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
    const char *attributes[8]; /* NULL-ended */
    int required;              /* how many of them, from the first */
} shapes[] = {
    {"mapping", "", {"dates", "template"}, 0},
    {"column", "mapping", {"name", "to", "as", "if-empty", "empty", "occurrence"}, 2},
    {"set", "mapping", {"to", "value", "as"}, 2},
    {"others", "mapping", {"to"}, 1},
    {"value", "mapping", {"from", "to"}, 2},
    {"value", "column", {"from", "to"}, 2},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

struct maker {
    struct ca_arena *arena;
    const struct ca_template *t;
    const struct ca_sheet *sheet;
    struct ca_xml_doc doc;
    struct ca_diags *map_diags, *sheet_diags;
    struct ca_mapping *out;
    struct ca_map *headings; /* folded, to the first column below such a one */
    size_t *next;            /* column of the same heading, or CA_NO_COLUMN */
    bool *mapped;            /* [column] */
    bool ignore_others;
};

static void fault(struct maker *maker, const struct ca_xml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault(struct maker *maker, const struct ca_xml_node *node, const char *format, ...)
{
    const char *message;
    va_list args;

    if (!ca_diags_room(maker->map_diags, CA_ERROR, format))
        return;
    va_start(args, format);
    message = ca_arena_vprintf(maker->arena, format, args);
    va_end(args);
    ca_xml_report(&maker->doc, node, maker->map_diags, CA_ERROR, CA_FAULT_SCHEMA, "%s",
                  message);
}

/* ---- headings ---- */

static void index_headings(struct maker *maker)
{
    const struct ca_sheet *sheet = maker->sheet;
    size_t *last = CA_ARRAY(maker->arena, sheet->columns, size_t);

    maker->headings = ca_map_new(maker->arena, sheet->columns);
    maker->next = CA_ARRAY(maker->arena, sheet->columns, size_t);
    for (size_t i = 0; i < sheet->columns; i++) {
        size_t first;
        maker->next[i] = CA_NO_COLUMN;
        if (sheet->header[i][0] == '\0')
            continue;
        first = ca_map_put(maker->headings, ca_folded(maker->arena, sheet->header[i]), i);
        if (first != CA_NOT_FOUND)
            maker->next[last[first]] = i;
        last[first != CA_NOT_FOUND ? first : i] = i;
    }
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
              "a mapping file has no <%s> here; it holds <column>, <set>, <others> and <value>",
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
    if (source->target.about == CA_ABOUT_ACTION && source->target.index >= out->actions)
        out->actions = source->target.index + 1;
}

static const struct ca_synonyms *read_synonyms(struct maker *maker,
                                               const struct ca_xml_node *node)
{
    struct ca_synonyms *synonyms;
    size_t n = 0;

    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        n += strcmp(child->name, "value") == 0;
    if (n == 0)
        return NULL;
    synonyms = CA_NEW(maker->arena, struct ca_synonyms);
    synonyms->from = ca_choices_new(maker->arena, n);
    synonyms->to = CA_ARRAY(maker->arena, n, const char *);
    n = 0;
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next) {
        size_t earlier;
        const char *from = ca_xml_get(child, "from");
        if (strcmp(child->name, "value") != 0)
            continue;
        if (ca_choices_find(synonyms->from, maker->arena, from, &earlier) == CA_CHOICE_ONE) {
            if (strcmp(synonyms->to[earlier], ca_xml_get(child, "to")) != 0)
                fault(maker, child, "'%s' means '%s' already", from, synonyms->to[earlier]);
            continue;
        }
        synonyms->to[n] = ca_xml_get(child, "to");
        ca_choices_add(synonyms->from, from, n++);
    }
    return synonyms;
}

/* The first column of that heading. */
static size_t find_column(struct maker *maker, const struct ca_xml_node *node, const char *name)
{
    const struct ca_sheet *sheet = maker->sheet;
    size_t found = ca_map_get(maker->headings, ca_folded(maker->arena, name));

    if (found != CA_NOT_FOUND)
        return found;
    if (ca_diags_room(maker->map_diags, CA_ERROR, "no column"))
        fault(maker, node, "there is no column '%s'%s", name,
              ca_did_you_mean(maker->arena, name, sheet->header, sheet->columns));
    return CA_NO_COLUMN;
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

/* The column of several with one heading that is meant; CA_NO_COLUMN with a fault. */
static size_t choose_occurrence(struct maker *maker, const struct ca_xml_node *node,
                                size_t column)
{
    const char *wanted = ca_xml_get(node, "occurrence");
    long n = wanted != NULL ? strtol(wanted, NULL, 10) : 0, count = 1;

    for (size_t i = column; i != CA_NO_COLUMN; i = maker->next[i], count++)
        if (count == n)
            return i;
    if (wanted != NULL)
        fault(maker, node, "occurrence=\"%s\": there %s %ld column%s '%s'", wanted,
              count == 2 ? "is" : "are", count - 1, count == 2 ? "" : "s",
              ca_xml_get(node, "name"));
    else
        fault(maker, node,
              "the heading '%s' stands above columns %zu and %zu; say which is meant with "
              "occurrence=\"1\" or \"2\", or give one another name in the spreadsheet",
              ca_xml_get(node, "name"), column + 1, maker->next[column] + 1);
    return CA_NO_COLUMN;
}

static void ignore_all(struct maker *maker, size_t column)
{
    for (; column != CA_NO_COLUMN; column = maker->next[column])
        maker->mapped[column] = true;
}

static void read_column(struct maker *maker, const struct ca_xml_node *node)
{
    static const char *const slugs[] = {"text", "reference"}, *const empties[] = {"error",
                                                                                  "skip-row"};
    struct ca_source source = {.name = ca_xml_get(node, "name"),
                               .if_empty = ca_xml_get(node, "if-empty"),
                               .slug = choice(maker, node, "as", slugs, 2) == 1,
                               .skip_row = choice(maker, node, "empty", empties, 2) == 1};
    bool one = ca_xml_get(node, "occurrence") != NULL;

    source.column = find_column(maker, node, source.name);
    source.synonyms = read_synonyms(maker, node);
    if (!read_target(maker, node, &source.target) || source.column == CA_NO_COLUMN)
        return;
    if (source.target.about == CA_ABOUT_NOTHING && !source.skip_row && !one) {
        ignore_all(maker, source.column);
        return;
    }
    if (one || maker->next[source.column] != CA_NO_COLUMN)
        source.column = choose_occurrence(maker, node, source.column);
    if (source.column == CA_NO_COLUMN)
        return;
    maker->mapped[source.column] = true;
    add_source(maker, &source);
}

static void add_piece(struct maker *maker, struct ca_source *out, struct ca_piece **pieces,
                      const char *text, size_t length, size_t column)
{
    const char *copy = text != NULL ? ca_arena_strndup(maker->arena, text, length) : NULL;

    if (text == NULL || length > 0)
        *CA_ARENA_APPEND(maker->arena, *pieces, out->piece_count) =
            (struct ca_piece){copy, column};
    out->pieces = *pieces;
}

/* "2023-{row}-{Team}": texts, the row's number and the cells of columns. */
static void read_pieces(struct maker *maker, const char *value, struct ca_source *out)
{
    struct ca_piece *pieces = NULL;

    while (*value != '\0') {
        size_t plain = strcspn(value, "{"), name_length;
        const char *name = value + plain + 1;
        size_t column;

        add_piece(maker, out, &pieces, value, plain, CA_NO_COLUMN);
        value += plain;
        if (*value == '\0')
            break;
        name_length = strcspn(name, "{}");
        const char *copy = ca_arena_strndup(maker->arena, name, name_length);
        column = ca_map_get(maker->headings, ca_folded(maker->arena, copy));
        if (name[name_length] == '}' && column != CA_NOT_FOUND)
            add_piece(maker, out, &pieces, NULL, 0, column);
        else if (name[name_length] == '}' && strcmp(copy, "row") == 0)
            add_piece(maker, out, &pieces, NULL, 0, CA_NO_COLUMN);
        else
            add_piece(maker, out, &pieces, value, name_length + 1 + (name[name_length] == '}'),
                      CA_NO_COLUMN);
        value = name + name_length + (name[name_length] == '}');
    }
}

static void read_set(struct maker *maker, const struct ca_xml_node *node)
{
    static const char *const slugs[] = {"text", "reference"};
    struct ca_source source = {.column = CA_NO_COLUMN,
                               .name = ca_xml_get(node, "to"),
                               .slug = choice(maker, node, "as", slugs, 2) == 1};

    read_pieces(maker, ca_xml_get(node, "value"), &source);
    if (read_target(maker, node, &source.target))
        add_source(maker, &source);
}

static void read_others(struct maker *maker, const struct ca_xml_node *node)
{
    const char *to = ca_xml_get(node, "to");

    if (strcmp(to, "ignore") == 0)
        maker->ignore_others = true;
    else
        fault(maker, node,
              "<others to=\"%s\"/>: other columns can only be ignored: to=\"ignore\"", to);
}

static void read_rows(struct maker *maker)
{
    static const char *const orders[] = {"day-first", "month-first"};
    static const struct {
        const char *name;
        void (*read)(struct maker *maker, const struct ca_xml_node *node);
    } readers[] = {{"column", read_column}, {"set", read_set}, {"others", read_others}};
    const struct ca_xml_node *root = maker->doc.root;
    const char *template = ca_xml_get(root, "template");

    if (template != NULL && strcmp(template, maker->t->id) != 0)
        fault(maker, root, "this mapping is for template '%s', and the template is '%s'",
              template, maker->t->id);
    maker->out->dates_said = ca_xml_get(root, "dates") != NULL;
    maker->out->dates.month_first = choice(maker, root, "dates", orders, 2) == 1;
    maker->out->synonyms = read_synonyms(maker, root);
    for (const struct ca_xml_node *node = root->first; node != NULL; node = node->next)
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            if (strcmp(node->name, readers[i].name) == 0)
                readers[i].read(maker, node);
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
    const struct ca_sheet *sheet = maker->sheet;
    struct ca_target_names *names = ca_target_names_new(maker->arena, maker->t);

    for (size_t i = 0; i < sheet->columns; i++) {
        struct ca_source source = {.column = i, .name = sheet->header[i]};
        if (maker->mapped[i] || sheet->header[i][0] == '\0')
            continue;
        if (ca_target_guess(maker->arena, names, sheet->header[i], &source.target))
            add_source(maker, &source);
        else if (!maker->ignore_others &&
                 ca_diags_room(maker->sheet_diags, CA_ERROR, "unknown"))
            ca_sheet_fault(sheet, 0, i, maker->sheet_diags, CA_ERROR,
                           "nothing in template '%s' is called so%s; map the column to what "
                           "it is, or to=\"ignore\", in a mapping file (convert --starter "
                           "writes one)",
                           maker->t->id, ca_target_hint(maker->arena, names, sheet->header[i]));
    }
}

/* What is said of one thing by two columns, where it can be said only once. */
static void check_repeats(struct maker *maker)
{
    const struct ca_mapping *m = maker->out;
    struct ca_map *seen = ca_map_new(maker->arena, m->source_count);

    for (size_t i = 0; i < m->source_count; i++) {
        const struct ca_target *target = &m->sources[i].target;
        const char *key = ca_arena_printf(maker->arena, "%d %d %zu %zu", (int)target->about,
                                          (int)target->part, target->index, target->agency);
        size_t earlier = ca_target_repeats(target) ? CA_NOT_FOUND : ca_map_put(seen, key, i);
        if (earlier != CA_NOT_FOUND)
            ca_sheet_fault(maker->sheet, 0, m->sources[i].column, maker->sheet_diags, CA_ERROR,
                           "'%s' and '%s' are about the same; map one of them to=\"ignore\" in "
                           "a mapping file",
                           m->sources[i].name, m->sources[earlier].name);
    }
}

static bool is_given(const struct ca_mapping *mapping, enum ca_about about)
{
    for (size_t i = 0; i < mapping->source_count; i++)
        if (mapping->sources[i].target.about == about)
            return true;
    return false;
}

static void check_required(struct maker *maker)
{
    static const struct {
        enum ca_about about;
        const char *words;
    } required[] = {{CA_ABOUT_CASE, "case"},
                    {CA_ABOUT_AUDIT_DATE, "audit-date"},
                    {CA_ABOUT_AUDITOR, "auditor"}};

    maker->out->makes_ids = !is_given(maker->out, CA_ABOUT_ID);
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        if (!is_given(maker->out, required[i].about))
            ca_sheet_fault(maker->sheet, 0, CA_NO_COLUMN, maker->sheet_diags, CA_ERROR,
                           "no column gives '%s'; name one so, map one to it, or set it "
                           "for all rows in a mapping file",
                           required[i].words);
}

/* ---- what cells may say ---- */

static void index_choices(struct maker *maker)
{
    const struct ca_template *t = maker->t;
    struct ca_mapping *out = maker->out;

    out->lists = CA_ARRAY(maker->arena, t->list_count, struct ca_choices *);
    for (size_t i = 0; i < t->list_count; i++) {
        const struct ca_answer_list *list = &t->lists[i];
        out->lists[i] = ca_choices_new(maker->arena, list->count);
        for (size_t k = 0; k < list->count; k++) {
            ca_choices_add(out->lists[i], list->answers[k].id, k);
            ca_choices_add(out->lists[i], list->answers[k].label, k);
        }
    }
    for (size_t i = 0; i < t->grade_count; i++)
        ca_choices_add(out->lists[0], t->grades[i].abbrev, i);
    out->values = CA_ARRAY(maker->arena, t->attribute_count, struct ca_choices *);
    for (size_t i = 0; i < t->attribute_count; i++) {
        const struct ca_attribute_def *def = &t->attributes[i];
        if (def->value_count == 0)
            continue;
        out->values[i] = ca_choices_new(maker->arena, def->value_count);
        for (size_t k = 0; k < def->value_count; k++) {
            ca_choices_add(out->values[i], def->values[k].id, k);
            ca_choices_add(out->values[i], def->values[k].label, k);
        }
    }
}

bool ca_mapping_make(struct ca_arena *arena, struct ca_xml_parser *parser,
                     const struct ca_template *t, const struct ca_sheet *sheet,
                     const char *bytes, size_t length, struct ca_diags *map_diags,
                     struct ca_diags *sheet_diags, struct ca_mapping *out)
{
    struct ca_mapping mapping = {.dates = {.from_1904 = sheet->from_1904}};
    struct maker maker = {.arena = arena,
                          .t = t,
                          .sheet = sheet,
                          .map_diags = map_diags,
                          .sheet_diags = sheet_diags,
                          .out = &mapping,
                          .mapped = CA_ARRAY(arena, sheet->columns, bool)};

    index_headings(&maker);
    if (bytes != NULL)
        read_file(&maker, parser, bytes, length);
    if (map_diags->errors > 0)
        return false;
    guess_columns(&maker);
    check_repeats(&maker);
    check_required(&maker);
    if (sheet_diags->errors > 0)
        return false;
    index_choices(&maker);
    *out = mapping;
    return true;
}
