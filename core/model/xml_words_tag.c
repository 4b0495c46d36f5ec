/* What is wrong with a document that is no well-formed XML: the tags that open elements. */
#include <string.h>

#include "core/base/utf8.h"
#include "core/model/xml_words_private.h"

/* One attribute of a tag. */
struct attribute {
    const char *name;
    int length;
    const char *value, *end; /* between its quotation marks */
};

enum { ATTRIBUTES = 130 }; /* wider tags are refused before */

struct tag {
    struct ca_xml_tag *tag;
    struct attribute attributes[ATTRIBUTES];
    int count;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *skip_blank(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

static size_t bent_mark(const char *at)
{
    static const uint32_t marks[] = {0xAB,   0xBB,   0x2018, 0x2019, 0x201A, 0x201B,
                                     0x201C, 0x201D, 0x201E, 0x201F, 0x2032, 0x2033,
                                     0x2039, 0x203A, 0x300C, 0x300D, 0xFF02, 0xB4};
    size_t length;
    uint32_t c;

    if (*at == '`')
        return 1;
    if ((unsigned char)*at < 0x80)
        return 0;
    c = ca_utf8_next(at, &length);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (c == marks[i])
            return length;
    return 0;
}

/* ---- values ---- */

static bool is_bent(struct ca_xml_walk *walk, const struct attribute *a, const char *mark,
                    const char *where)
{
    return ca_xml_slipped(walk, mark,
                          "the quotation mark %s the value of '%.*s' is '%.*s', bent as word "
                          "processors make it; type straight ones: %.*s=\"...\"",
                          where, a->length, a->name, (int)bent_mark(mark), mark, a->length,
                          a->name);
}

/* A bent mark where the value was meant to end: another attribute or the tag's end follows. */
static const char *bent_end(const char *value, const char *end)
{
    for (const char *c = value; c < end; c++) {
        size_t length = bent_mark(c);
        const char *after = c + length;
        if (length == 0)
            continue;
        if (*after == '>' || (*after == '/' && after[1] == '>') || *after == '\0')
            return c;
        if (is_blank(*after)) {
            after = skip_blank(after);
            int name = ca_xml_name_length(after);
            if (*after == '>' || *after == '/' ||
                (name > 0 && *skip_blank(after + name) == '='))
                return c;
        }
        c = after - 1;
    }
    return NULL;
}

/* The value was never closed: it runs into the next tag, the next attribute or the end. */
static bool is_unclosed(struct ca_xml_walk *walk, const struct attribute *a, const char *stop)
{
    const char *bent = bent_end(a->value, stop);

    if (bent != NULL)
        return is_bent(walk, a, bent, "behind");
    if (*stop == '<')
        return ca_xml_slipped(walk, a->value - 1,
                              "the value of '%.*s' has no quotation mark at its end, or a '<' "
                              "in it; write %.*s=\"...\", and '&lt;' for the sign itself",
                              a->length, a->name, a->length, a->name);
    return ca_xml_slipped(walk, a->value - 1,
                          "the value of '%.*s' has no quotation mark at its end; write "
                          "%.*s=\"...\"",
                          a->length, a->name, a->length, a->name);
}

static bool walk_value(struct ca_xml_walk *walk, struct attribute *a)
{
    char quote = *walk->at;

    a->value = ++walk->at;
    while (*walk->at != quote) {
        unsigned char c = (unsigned char)*walk->at;
        if (c == '\0' || c == '<')
            return is_unclosed(walk, a, walk->at);
        if (c == '&') {
            if (!ca_xml_walk_reference(walk))
                return false;
            continue;
        }
        if ((c < 0x20 || c >= 0x7F) && ca_xml_is_control(walk, walk->at))
            return false;
        walk->at++;
    }
    a->end = walk->at++;
    return true;
}

/* ---- attributes ---- */

/* Behind a value follows a name at once: a mark is missing, bent, or stands in the value. */
static bool is_joined(struct ca_xml_walk *walk, const struct attribute *before)
{
    const char *bent = bent_end(before->value, before->end);
    const char *last = before->end;

    if (bent != NULL)
        return is_bent(walk, before, bent, "behind");
    while (last > before->value && is_blank(last[-1]))
        last--;
    if (last > before->value && last[-1] == '=')
        return is_unclosed(walk, before, before->end);
    return ca_xml_slipped(walk, walk->at,
                          "behind the value of '%.*s' a space is missing; or, if its quotation "
                          "mark belongs to the value, write '&quot;' there",
                          before->length, before->name);
}

static bool is_cut_off(struct ca_xml_walk *walk, const struct tag *tag)
{
    return ca_xml_slipped(walk, walk->end, "the file ends within the tag <%.*s>; it is cut off",
                          tag->tag->length, tag->tag->name);
}

/* Something that no attribute begins with. */
static bool is_misplaced(struct ca_xml_walk *walk, const struct tag *tag)
{
    size_t length;
    uint32_t c = ca_utf8_next(walk->at, &length);
    int line = ca_xml_line_of(walk, tag->tag->at);

    if (ca_xml_is_control(walk, walk->at))
        return false;
    if (c == '/' && walk->at[1] == '\0')
        return is_cut_off(walk, tag);
    if (c == '<')
        return ca_xml_slipped(
            walk, walk->at,
            "the tag <%.*s of line %d is not ended before this one; write '>' "
            "or '/>' at its end",
            tag->tag->length, tag->tag->name, line);
    if (c > 0x7F && bent_mark(walk->at) == 0)
        return ca_xml_slipped(
            walk, walk->at,
            "'%.*s' (U+%04X) cannot stand in the tag <%.*s>; if it looks like "
            "a space or a hyphen, type a plain one",
            (int)length, walk->at, c, tag->tag->length, tag->tag->name);
    return ca_xml_slipped(
        walk, walk->at,
        "'%.*s' cannot stand here in the tag <%.*s>: between its name and its "
        "end are attributes, written name=\"value\"",
        (int)length, walk->at, tag->tag->length, tag->tag->name);
}

static bool has_no_value(struct ca_xml_walk *walk, const struct tag *tag,
                         const struct attribute *a)
{
    if (bent_mark(walk->at) > 0)
        return is_bent(walk, a, walk->at, "before");
    if (*walk->at == '\0')
        return is_cut_off(walk, tag);
    return ca_xml_slipped(walk, a->name,
                          "the value of '%.*s' has to stand in quotation marks: %.*s=\"...\"",
                          a->length, a->name, a->length, a->name);
}

static bool is_new(struct ca_xml_walk *walk, const struct tag *tag, const struct attribute *a)
{
    for (int i = 0; i < tag->count; i++)
        if (tag->attributes[i].length == a->length &&
            strncmp(tag->attributes[i].name, a->name, (size_t)a->length) == 0)
            return ca_xml_slipped(walk, a->name, "'%.*s' stands twice in <%.*s>; delete one",
                                  a->length, a->name, tag->tag->length, tag->tag->name);
    return true;
}

static bool walk_attribute(struct ca_xml_walk *walk, struct tag *tag)
{
    struct attribute a = {.name = walk->at, .length = ca_xml_name_length(walk->at)};

    if (a.length == 0 || strchr("0123456789-.", *a.name) != NULL)
        return is_misplaced(walk, tag);
    walk->at = skip_blank(walk->at + a.length);
    if (*walk->at != '=' && *walk->at != '\0')
        return ca_xml_slipped(walk, a.name,
                              "'%.*s' in the tag <%.*s> has no value; write %.*s=\"...\", or "
                              "delete it",
                              a.length, a.name, tag->tag->length, tag->tag->name, a.length,
                              a.name);
    walk->at = skip_blank(walk->at + (*walk->at == '='));
    if (*walk->at != '"' && *walk->at != '\'')
        return has_no_value(walk, tag, &a);
    if (!walk_value(walk, &a) || !is_new(walk, tag, &a))
        return false;
    if (tag->count < ATTRIBUTES)
        tag->attributes[tag->count++] = a;
    return true;
}

/* ---- the tag ---- */

/* Where the next attribute or the end is; false if it follows a value at once. */
static bool walk_gap(struct ca_xml_walk *walk, const struct tag *tag)
{
    const char *before = walk->at;

    walk->at = skip_blank(walk->at);
    if (walk->at == before && tag->count > 0 && ca_xml_name_length(walk->at) > 0)
        return is_joined(walk, &tag->attributes[tag->count - 1]);
    return true;
}

static bool walk_inside(struct ca_xml_walk *walk, struct tag *tag)
{
    while (*walk->at != '>' && !(*walk->at == '/' && walk->at[1] == '>')) {
        if (*walk->at == '\0')
            return is_cut_off(walk, tag);
        if (!walk_attribute(walk, tag) || !walk_gap(walk, tag))
            return false;
    }
    return true;
}

static bool is_sign(struct ca_xml_walk *walk)
{
    return ca_xml_slipped(
        walk, walk->at,
        "'<' begins a tag in XML, and no name follows it; for the sign itself "
        "write '&lt;'");
}

static bool is_second_root(struct ca_xml_walk *walk, const char *name, int length)
{
    return ca_xml_slipped(walk, walk->at,
                          "<%.*s> stands behind </%.*s>, which ends the document; move it "
                          "before that, or give each document a file of its own",
                          length, name, walk->root.length, walk->root.name);
}

bool ca_xml_walk_tag(struct ca_xml_walk *walk)
{
    const char *name = walk->at + 1;
    int length = ca_xml_name_length(name);
    struct tag tag = {.count = 0};

    if (length == 0 || strchr("0123456789-.", *name) != NULL)
        return walk->at[1] == '\0'
                   ? ca_xml_slipped(walk, walk->at, "the file ends with '<'; it is cut off")
                   : is_sign(walk);
    if (walk->root.name != NULL)
        return is_second_root(walk, name, length);
    if (walk->depth == CA_XML_OPEN_TAGS)
        return false; /* deeper than is allowed, which has been said */
    tag.tag = &walk->open[walk->depth];
    *tag.tag = (struct ca_xml_tag){walk->at, name, length};
    walk->at = skip_blank(name + length);
    if (!walk_inside(walk, &tag))
        return false;
    if (*walk->at == '>') {
        walk->depth++;
        walk->at++;
        return true;
    }
    if (walk->depth == 0)
        walk->root = *tag.tag;
    walk->at += 2;
    return true;
}
