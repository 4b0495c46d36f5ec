/* What the parts of the template's reader share: faults, names, values. */
#include "core/model/template_private.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/suggest.h"

/* ---- faults ---- */

static void report(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                   enum ca_severity severity, enum ca_fault fault, const char *format,
                   va_list args)
{
    int line, column;

    if (!ca_diags_room(r->diags, severity, format))
        return;
    ca_xml_position(&r->t->doc, node->offset, &line, &column);
    ca_diags_vadd(r->diags, severity, fault, line, column, node->name, format, args);
}

void ca_tpl_error(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *format,
                  ...)
{
    va_list args;
    va_start(args, format);
    report(r, node, CA_ERROR, CA_FAULT_RULE, format, args);
    va_end(args);
}

void ca_tpl_warning(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *format,
                    ...)
{
    va_list args;
    va_start(args, format);
    report(r, node, CA_WARNING, CA_FAULT_RULE, format, args);
    va_end(args);
}

static void beyond(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *format,
                   ...)
{
    va_list args;
    va_start(args, format);
    report(r, node, CA_ERROR, CA_FAULT_LIMIT, format, args);
    va_end(args);
}

void ca_tpl_limit(struct ca_tpl_reader *r, const struct ca_xml_node *node, size_t count,
                  size_t max, const char *plural)
{
    if (count == max + 1)
        beyond(r, node, "there are more than %zu %s; a template may have at most %zu %s", max,
               plural, max, plural);
}

/* ---- what is known ---- */

enum { NAMES_SHOWN = 12 };

const char *ca_tpl_known(struct ca_tpl_reader *r, const char *word,
                         const struct ca_tpl_names *names)
{
    const char *nearest = NULL;
    const char *list = "";

    if (names->count == 0)
        return ca_arena_printf(r->arena, "; there are no %s here", names->plural);
    if (names->count <= r->comparisons) {
        size_t meant = ca_called_find(&names->called, word);
        r->comparisons -= names->count;
        nearest = meant != CA_NONE ? names->items[meant]
                                   : ca_suggest(word, names->items, names->count);
    }
    if (nearest && *nearest)
        return ca_arena_printf(r->arena, "; did you mean '%s'?", nearest);
    for (size_t i = 0; i < names->count && i < NAMES_SHOWN; i++)
        list = ca_arena_printf(r->arena, "%s%s'%s'", list, i ? ", " : "", names->items[i]);
    if (names->count > NAMES_SHOWN)
        return ca_arena_printf(r->arena, "; %s are %s and %zu more", names->plural, list,
                               names->count - NAMES_SHOWN);
    return ca_arena_printf(r->arena, "; %s are %s", names->plural, list);
}

void ca_tpl_unknown(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                    const char *attribute, const char *word, const char *format, ...)
{
    const char *message, *schemas;
    int line, column;
    va_list args;

    va_start(args, format);
    message = ca_arena_vprintf(r->arena, format, args);
    va_end(args);
    schemas = ca_arena_printf(r->arena, "attribute '%s' of ", attribute);
    ca_xml_position(&r->t->doc, node->offset, &line, &column);
    if (ca_is_id(word) || !ca_diags_reword(r->diags, line, column, schemas, message))
        ca_tpl_error(r, node, "%s", message);
}

void ca_tpl_names_init(struct ca_tpl_reader *r, struct ca_tpl_names *names, const char *plural,
                       size_t count)
{
    *names = (struct ca_tpl_names){
        .plural = plural, .items = CA_ARRAY(r->arena, count, const char *), .count = count};
    for (size_t i = 0; i < count; i++)
        names->items[i] = "";
}

/* ---- values ---- */

size_t ca_tpl_count(const struct ca_xml_node *node, uint32_t code)
{
    size_t count = 0;
    for (const struct ca_xml_node *n = ca_xml_child(node, code); n; n = ca_xml_next(n, code))
        count++;
    return count;
}

const char *ca_tpl_child_text(const struct ca_xml_node *node, uint32_t code)
{
    const struct ca_xml_node *child = ca_xml_child(node, code);
    return child ? child->text : NULL;
}

static const char *const spaces = " \t\r\n";

/* A word of a list, and the how-many-th it is. */
struct spot {
    const char *word;
    size_t at;
};

static int compare_spots(const void *a, const void *b)
{
    const struct spot *one = a, *other = b;
    int order = strcmp(one->word, other->word);

    return order != 0 ? order : one->at < other->at ? -1 : 1;
}

/* Drops words that come again; how many are left. */
static size_t keep_each_once(const char **words, size_t count)
{
    struct spot *spots = ca_xcalloc(count, sizeof *spots);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        spots[i] = (struct spot){words[i], i};
    qsort(spots, count, sizeof *spots, compare_spots);
    for (size_t i = 1; i < count; i++)
        if (strcmp(spots[i].word, spots[i - 1].word) == 0)
            words[spots[i].at] = NULL;
    free(spots);
    for (size_t i = 0; i < count; i++)
        if (words[i] != NULL)
            words[kept++] = words[i];
    return kept;
}

const char **ca_tpl_words(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          const char *name, size_t *count)
{
    const char *value = ca_xml_get(node, name);
    size_t n = 0;

    *count = 0;
    if (!value)
        return NULL;
    for (const char *p = value + strspn(value, spaces); *p; p += strspn(p, spaces)) {
        p += strcspn(p, spaces);
        n++;
    }
    const char **words = CA_ARRAY(r->arena, n, const char *);
    for (const char *p = value + strspn(value, spaces); *p; p += strspn(p, spaces)) {
        size_t length = strcspn(p, spaces);
        words[(*count)++] = ca_arena_strndup(r->arena, p, length);
        p += length;
    }
    *count = keep_each_once(words, n);
    return words;
}

enum { WORDS_OF_LABEL = 12 };

/* Is each of the words a name? */
static bool are_all(const char **words, size_t count, const struct ca_tpl_names *names)
{
    for (size_t i = 0, k = 0; i < count; i++) {
        for (k = 0; k < names->count && strcmp(words[i], names->items[k]) != 0;)
            k++;
        if (k == names->count)
            return false;
    }
    return true;
}

/* The words with a blank between each two. */
static const char *joined(struct ca_tpl_reader *r, const char **words, size_t count)
{
    const char *text = words[0];

    for (size_t i = 1; i < count; i++)
        text = ca_arena_printf(r->arena, "%s %s", text, words[i]);
    return text;
}

/* How many words from the first on are what people call one thing: the most there are. */
static size_t label_length(struct ca_tpl_reader *r, const char **words, size_t count,
                           const struct ca_tpl_names *names)
{
    for (size_t length = count; length > 1 && names->count <= r->comparisons; length--) {
        r->comparisons -= names->count;
        if (ca_called_find(&names->called, joined(r, words, length)) != CA_NONE)
            return length;
    }
    return 1;
}

const char **ca_tpl_meant(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          const char *name, const struct ca_tpl_names *names, size_t *count)
{
    const char **words = ca_tpl_words(r, node, name, count);
    size_t kept = 0;

    if (*count < 2 || *count > WORDS_OF_LABEL || names->count > r->comparisons)
        return words;
    r->comparisons -= names->count;
    if (are_all(words, *count, names))
        return words;
    for (size_t i = 0, length; i < *count; i += length) {
        length = label_length(r, words + i, *count - i, names);
        words[kept++] = joined(r, words + i, length);
    }
    *count = kept;
    return words;
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void ca_tpl_sort_words(struct ca_tpl_reader *r, struct ca_row *row)
{
    enum { FEW = 8 };

    if (row->word_count <= FEW)
        return;
    row->sorted = CA_ARRAY(r->arena, row->word_count, const char *);
    memcpy(row->sorted, row->words, row->word_count * sizeof *row->sorted);
    qsort(row->sorted, row->word_count, sizeof *row->sorted, compare_words);
}

#define MOST_MARKS  100000  /* hundredths that any template could have */
#define MOST_WEIGHT 1000000 /* thousandths */

int32_t ca_tpl_score(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *name,
                     int32_t full)
{
    const char *text = ca_xml_get(node, name);
    char marks[CA_DECIMAL_SIZE];
    int64_t score;

    if (!text || !ca_decimal_parse(text, 2, false, &score) || score > MOST_MARKS)
        return -1; /* absent, or malformed */
    if (score > full) {
        ca_tpl_error(r, node, "%s=\"%s\" is above full marks; it must be from 0 to %s", name,
                     text, ca_decimal_short(full, 2, marks));
        return -1;
    }
    return (int32_t)score;
}

int64_t ca_tpl_decimal(const struct ca_xml_node *node, const char *name, int64_t fallback)
{
    const char *text = ca_xml_get(node, name);
    if (text)
        (void)ca_decimal_parse(text, 3, true, &fallback);
    return fallback;
}

int32_t ca_tpl_weight(const struct ca_xml_node *node)
{
    int64_t weight = ca_tpl_decimal(node, "weight", 1000);
    return weight >= 0 && weight <= MOST_WEIGHT ? (int32_t)weight : 1000;
}

int64_t ca_tpl_integer(const struct ca_xml_node *node, const char *name, int64_t min,
                       int64_t max, int64_t fallback)
{
    const char *text = ca_xml_get(node, name);
    if (text)
        (void)ca_integer_parse(text, min, max, &fallback);
    return fallback;
}

bool ca_tpl_is(const struct ca_xml_node *node, const char *name, const char *value)
{
    const char *text = ca_xml_get(node, name);
    return text && strcmp(text, value) == 0;
}

bool ca_tpl_flag(const struct ca_xml_node *node, const char *name)
{
    return ca_tpl_is(node, name, "yes");
}

const char *ca_tpl_text(const struct ca_xml_node *node, const char *name)
{
    const char *text = ca_xml_get(node, name);
    return text ? text : "";
}

/* ---- ids ---- */

const char *ca_tpl_id(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_map *map, size_t index, const char *noun)
{
    const char *id = ca_xml_get(node, "id");

    if (!id || !*id)
        return "";
    if (ca_map_put(map, id, index) != CA_NOT_FOUND)
        ca_tpl_error(r, node, "there is another %s with the id '%s'; give this one its own",
                     noun, id);
    return id;
}

void ca_tpl_reserved(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *noun,
                     const char *id, const char *const *reserved)
{
    for (; *reserved; reserved++)
        if (strcmp(id, *reserved) == 0)
            ca_tpl_error(r, node, "'%s' is a built-in %s; give this one another id", id, noun);
}

size_t ca_tpl_grade(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *name)
{
    const char *id = ca_xml_get(node, name);
    if (!id)
        return CA_NONE;
    size_t found = ca_map_get(r->t->grade_map, id);
    if (found != CA_NOT_FOUND)
        return found;
    ca_tpl_unknown(r, node, name, id, "'%s' is not a grade of the scale%s", id,
                   ca_tpl_known(r, id, &r->grades));
    return CA_NONE;
}
