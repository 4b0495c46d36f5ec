/* What is wrong with a document that is no well-formed XML: the document as a whole. */
#include "core/model/xml_words.h"

#include <string.h>
#include <strings.h>

#include "core/base/suggest.h"
#include "core/model/xml_words_private.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool begins(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

/* ---- files of other kinds ---- */

const char *ca_xml_other_kind(const char *bytes, size_t length)
{
    static const struct {
        const char *sign, *kind;
    } kinds[] = {
        {"PK\003\004", "a workbook (.xlsx), a Word document (.docx) or another archive"},
        {"PK\005\006", "an empty archive"},
        {"\xD0\xCF\x11\xE0", "an old workbook or Word document (.xls, .doc)"},
        {"%PDF", "a PDF"},
        {"{\\rtf", "a document of a word processor (RTF)"},
        {"SQLite format 3", "a store"},
        {"\x1F\x8B", "a packed file (gzip)"},
        {"\x89PNG", "a picture"},
        {"\xFF\xD8\xFF", "a picture"},
        {"{", "JSON"},
        {"[", "JSON"},
        {"<!doctype html", "a web page, perhaps the form itself and not what its Save gives"},
        {"<html", "a web page, perhaps the form itself and not what its Save gives"},
    };
    size_t skip = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (skip < length && is_blank(bytes[skip]))
        skip++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t size = strlen(kinds[i].sign);
        if (length - skip >= size && strncasecmp(bytes + skip, kinds[i].sign, size) == 0)
            return kinds[i].kind;
    }
    return NULL;
}

/* ---- closing tags ---- */

static bool same_name(const struct ca_xml_tag *tag, const char *name, int length)
{
    return tag->length == length && strncmp(tag->name, name, (size_t)length) == 0;
}

/* A slip of the hand: other capitals, a letter too many or too few. */
static bool nearly_same(struct ca_xml_walk *walk, const struct ca_xml_tag *tag,
                        const char *name, int length)
{
    const char *word = ca_arena_strndup(walk->arena, name, (size_t)length);
    const char *right = ca_arena_strndup(walk->arena, tag->name, (size_t)tag->length);

    return strcasecmp(word, right) == 0 || ca_suggest(word, &right, 1) != NULL;
}

static bool closes_another(struct ca_xml_walk *walk, const char *at, const char *name,
                           int length)
{
    const struct ca_xml_tag *tag = &walk->open[walk->depth - 1];
    int line = ca_xml_line_of(walk, tag->at);

    for (int i = walk->depth - 2; i >= 0; i--)
        if (same_name(&walk->open[i], name, length))
            return ca_xml_slipped(walk, at,
                                  "<%.*s> of line %d is not closed before </%.*s>; write "
                                  "</%.*s> where it ends",
                                  tag->length, tag->name, line, length, name, tag->length,
                                  tag->name);
    if (nearly_same(walk, tag, name, length))
        return ca_xml_slipped(walk, at,
                              "</%.*s> does not close <%.*s> of line %d, letter for letter; "
                              "write </%.*s>",
                              length, name, tag->length, tag->name, line, tag->length,
                              tag->name);
    return ca_xml_slipped(walk, at,
                          "</%.*s> closes nothing: what is open is <%.*s> of line %d; write "
                          "</%.*s>, or delete </%.*s>",
                          length, name, tag->length, tag->name, line, tag->length, tag->name,
                          length, name);
}

static bool walk_closing(struct ca_xml_walk *walk)
{
    const char *at = walk->at, *name = at + 2, *after;
    int length = ca_xml_name_length(name);

    for (after = name + length; is_blank(*after); after++)
        continue;
    if (*after == '\0')
        return ca_xml_slipped(walk, at, "the file ends within a closing tag; it is cut off");
    if (length == 0 || *after != '>')
        return ca_xml_slipped(walk, at, "a closing tag is '</', a name and '>', as in </%.*s>",
                              walk->depth > 0 ? walk->open[walk->depth - 1].length : 6,
                              walk->depth > 0 ? walk->open[walk->depth - 1].name : "return");
    if (walk->depth == 0 && walk->root.name != NULL)
        return ca_xml_slipped(walk, at,
                              "</%.*s> closes nothing: </%.*s> before it has ended the "
                              "document; delete it, or the one before it",
                              length, name, walk->root.length, walk->root.name);
    if (walk->depth == 0)
        return ca_xml_slipped(walk, at, "</%.*s> closes nothing: there is no <%.*s> before it",
                              length, name, length, name);
    if (!same_name(&walk->open[walk->depth - 1], name, length))
        return closes_another(walk, at, name, length);
    if (--walk->depth == 0)
        walk->root = walk->open[0];
    walk->at = after + 1;
    return true;
}

/* ---- comments and the like ---- */

/* Over what may hold anything but characters that are none. */
static bool walk_to(struct ca_xml_walk *walk, const char *from, const char *closing,
                    const char *what)
{
    const char *stop = strstr(from, closing);

    for (const char *c = from; stop != NULL && c < stop; c++)
        if (((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7F) &&
            ca_xml_is_control(walk, c))
            return false;
    if (stop == NULL)
        return ca_xml_slipped(walk, walk->at,
                              "the %s that begins here never ends; write '%s' behind it", what,
                              closing);
    walk->at = stop + strlen(closing);
    return true;
}

static bool walk_comment(struct ca_xml_walk *walk)
{
    const char *inside = walk->at + strlen("<!--"), *dashes = strstr(inside, "--");

    if (dashes != NULL && dashes[2] != '>' && dashes[2] != '\0')
        return ca_xml_slipped(walk, dashes,
                              "two hyphens together cannot stand within a comment, which ends "
                              "with '-->'; write one");
    return walk_to(walk, inside, "-->", "comment");
}

/* "<!" and what is neither comment nor CDATA; a DOCTYPE has been refused before. */
static bool walk_exclamation(struct ca_xml_walk *walk)
{
    if (begins(walk->at, "<!--"))
        return walk_comment(walk);
    if (begins(walk->at, "<![CDATA["))
        return walk_to(walk, walk->at, "]]>", "CDATA section");
    return ca_xml_slipped(walk, walk->at,
                          "a comment begins with '<!--', with two plain hyphens, and ends with "
                          "'-->'; word processors join them to a dash");
}

/* Over name="value" in a declaration, if it is there and its value is of such characters. */
static const char *skip_part(const char *at, const char *name, const char *characters)
{
    const char *value = at + strspn(at, " \t\r\n");
    size_t length;

    if (value == at || !begins(value, name))
        return at;
    value += strlen(name);
    value += strspn(value, " \t\r\n");
    if (*value != '=')
        return at;
    value += 1 + strspn(value + 1, " \t\r\n");
    length = *value == '"' || *value == '\'' ? strspn(value + 1, characters) : 0;
    return length > 0 && value[length + 1] == *value ? value + length + 2 : at;
}

/* Over the declaration in the file's first line; NULL if it is none. */
static const char *skip_declaration(const char *at)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    const char *start = at + strlen("<?xml");

    at = skip_part(start, "version", "0123456789.");
    if (at == start || !begins(strpbrk(start, "\"'") + 1, "1."))
        return NULL;
    at = skip_part(at, "encoding", letters);
    at = skip_part(at, "standalone", "yesno");
    at += strspn(at, " \t\r\n");
    return begins(at, "?>") ? at + 2 : NULL;
}

static bool walk_declaration(struct ca_xml_walk *walk)
{
    const char *at = walk->at, *after;

    if (at == walk->bytes) {
        after = begins(at, "<?xml") ? skip_declaration(at) : NULL;
        if (after == NULL)
            return ca_xml_slipped(walk, at,
                                  "the first line cannot be read; write <?xml version=\"1.0\" "
                                  "encoding=\"UTF-8\"?>, or leave it out");
        walk->at = after;
        return true;
    }
    if (walk->depth == 0 && walk->root.name == NULL)
        return ca_xml_slipped(
            walk, at,
            "'<?xml' has to begin the first line of a file; delete what stands "
            "before it, empty lines too");
    return ca_xml_slipped(walk, at,
                          "a second document begins within the file; give each a file of its "
                          "own");
}

static bool walk_instruction(struct ca_xml_walk *walk)
{
    const char *name = walk->at + 2;
    int length = ca_xml_name_length(name);

    if ((length == 3 && strncasecmp(name, "xml", 3) == 0) ||
        (walk->at == walk->bytes && *name == 'x' && !begins(name, "xml-")))
        return walk_declaration(walk);
    if (length == 0 || strchr("0123456789-.", *name) != NULL)
        return ca_xml_slipped(walk, walk->at,
                              "'<?' is followed by a name at once; the first line of a file is "
                              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    if (name[length] != '\0' && !is_blank(name[length]) && !begins(name + length, "?>"))
        return ca_xml_slipped(
            walk, walk->at,
            "'<?' and '?>' enclose instructions to programs, and this is none "
            "that can be read; delete it");
    return walk_to(walk, name, "?>", "instruction");
}

/* ---- text ---- */

static bool is_outside(struct ca_xml_walk *walk)
{
    if (walk->root.name != NULL)
        return ca_xml_slipped(walk, walk->at,
                              "text stands behind </%.*s>, which ends the document; delete it, "
                              "or move it to where it belongs",
                              walk->root.length, walk->root.name);
    return ca_xml_slipped(walk, walk->at,
                          "this is no XML: it begins with text, and not with a tag in '<' and "
                          "'>'");
}

static bool walk_text(struct ca_xml_walk *walk)
{
    while (*walk->at != '\0' && *walk->at != '<') {
        unsigned char c = (unsigned char)*walk->at;
        if (walk->depth == 0 && !is_blank(*walk->at))
            return is_outside(walk);
        if (c == '&') {
            if (!ca_xml_walk_reference(walk))
                return false;
            continue;
        }
        if ((c < 0x20 || c >= 0x7F) && ca_xml_is_control(walk, walk->at))
            return false;
        if (c == ']' && begins(walk->at, "]]>"))
            return ca_xml_slipped(walk, walk->at, "']]>' cannot stand in text; write ']]&gt;'");
        walk->at++;
    }
    return true;
}

/* ---- the whole ---- */

static bool ends_early(struct ca_xml_walk *walk)
{
    const struct ca_xml_tag *tag = &walk->open[walk->depth - 1];

    return ca_xml_slipped(
        walk, walk->end,
        "the file ends before <%.*s> of line %d is closed: it is cut off, and "
        "should be copied or saved again, or </%.*s> is missing",
        tag->length, tag->name, ca_xml_line_of(walk, tag->at), tag->length, tag->name);
}

static bool walk_markup(struct ca_xml_walk *walk)
{
    if (walk->at[1] == '/')
        return walk_closing(walk);
    if (walk->at[1] == '!')
        return walk_exclamation(walk);
    if (walk->at[1] == '?')
        return walk_instruction(walk);
    return ca_xml_walk_tag(walk);
}

static bool walk_all(struct ca_xml_walk *walk)
{
    do {
        if (!walk_text(walk))
            return false;
        if (*walk->at == '<' && !walk_markup(walk))
            return false;
    } while (walk->at < walk->end);
    if (walk->depth > 0)
        return ends_early(walk);
    if (walk->root.name == NULL)
        return ca_xml_slipped(walk, walk->bytes, "there is nothing in the file but %s",
                              strchr(walk->bytes, '<') != NULL ? "comments" : "blanks");
    return true;
}

bool ca_xml_find_slip(struct ca_arena *arena, const char *bytes, size_t length,
                      struct ca_xml_slip *out)
{
    struct ca_xml_walk walk = {
        .arena = arena, .bytes = bytes, .at = bytes, .end = bytes + length};

    if (walk_all(&walk) || walk.slip.words == NULL)
        return false;
    *out = walk.slip;
    return true;
}
