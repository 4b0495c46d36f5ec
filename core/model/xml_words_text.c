/* What is wrong with a document that is no well-formed XML: signs within its text. */
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/model/xml_words_private.h"

/* ---- characters ---- */

bool ca_xml_is_control(struct ca_xml_walk *walk, const char *at)
{
    size_t length;
    uint32_t c = ca_utf8_next(at, &length);

    if (((unsigned char)*at & 0xC0) == 0x80) /* within a character that was looked at */
        return false;
    if (c == CA_REPLACEMENT && strncmp(at, CA_REPLACEMENT_UTF8, 3) != 0) {
        (void)ca_xml_slipped(
            walk, at,
            "half a character stands here, left by a program that cut the text "
            "in two; delete it");
        return true;
    }
    if (c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r')
        return false;
    (void)ca_xml_slipped(walk, at,
                         "a control character that cannot be seen (U+%04X%s) stands here, and "
                         "XML does not allow it; delete it, and type a space or a new line in "
                         "its place",
                         c,
                         c == 0x0B   ? ", a line break of a word processor"
                         : c == 0x0C ? ", a page break"
                                     : "");
    return true;
}

/* ---- references ---- */

/* Names that web pages know and XML does not. */
static const struct {
    const char *name;
    unsigned code;
} web_names[] = {
    {"nbsp", 0xA0},    {"pound", 0xA3},   {"copy", 0xA9},     {"laquo", 0xAB},
    {"shy", 0xAD},     {"reg", 0xAE},     {"deg", 0xB0},      {"plusmn", 0xB1},
    {"middot", 0xB7},  {"raquo", 0xBB},   {"frac14", 0xBC},   {"frac12", 0xBD},
    {"frac34", 0xBE},  {"agrave", 0xE0},  {"aacute", 0xE1},   {"acirc", 0xE2},
    {"auml", 0xE4},    {"ccedil", 0xE7},  {"egrave", 0xE8},   {"eacute", 0xE9},
    {"ecirc", 0xEA},   {"euml", 0xEB},    {"iacute", 0xED},   {"icirc", 0xEE},
    {"iuml", 0xEF},    {"ntilde", 0xF1},  {"oacute", 0xF3},   {"ocirc", 0xF4},
    {"ouml", 0xF6},    {"times", 0xD7},   {"divide", 0xF7},   {"uacute", 0xFA},
    {"ucirc", 0xFB},   {"uuml", 0xFC},    {"wcirc", 0x175},   {"ycirc", 0x177},
    {"ensp", 0x2002},  {"emsp", 0x2003},  {"thinsp", 0x2009}, {"zwnj", 0x200C},
    {"zwj", 0x200D},   {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"ldquo", 0x201C},  {"rdquo", 0x201D},
    {"bdquo", 0x201E}, {"bull", 0x2022},  {"hellip", 0x2026}, {"euro", 0x20AC},
    {"trade", 0x2122}, {"larr", 0x2190},  {"rarr", 0x2192},   {"le", 0x2264},
    {"ge", 0x2265},
};

static bool is_space(unsigned code)
{
    return code == 0xA0 || code == 0xAD || (code >= 0x2002 && code <= 0x200D);
}

static bool name_is(const char *name, int length, const char *word)
{
    return (size_t)length == strlen(word) && strncmp(name, word, (size_t)length) == 0;
}

static bool is_of_web(struct ca_xml_walk *walk, const char *name, int length, unsigned code)
{
    struct ca_buffer sign = {0};
    const char *shown;

    ca_utf8_put(&sign, code);
    shown = ca_arena_strdup(walk->arena, sign.data);
    ca_buffer_free(&sign);
    return is_space(code)
               ? ca_xml_slipped(walk, walk->at,
                                "'&%.*s;' is known in web pages and not in XML; write '&#%u;', "
                                "or a plain space",
                                length, name, code)
               : ca_xml_slipped(walk, walk->at,
                                "'&%.*s;' is known in web pages and not in XML; write '%s' "
                                "itself, or '&#%u;'",
                                length, name, shown, code);
}

static bool walk_named(struct ca_xml_walk *walk, const char *name, int length)
{
    static const char *const known[] = {"amp", "lt", "gt", "quot", "apos"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (name_is(name, length, known[i])) {
            walk->at = name + length + 1;
            return true;
        }
    for (size_t i = 0; i < sizeof web_names / sizeof *web_names; i++)
        if (name_is(name, length, web_names[i].name))
            return is_of_web(walk, name, length, web_names[i].code);
    return ca_xml_slipped(walk, walk->at,
                          "'&%.*s;' is not known: XML has &amp; &lt; &gt; &quot; and &apos; "
                          "only; for the sign '&' itself write '&amp;'",
                          length, name);
}

static bool walk_numbered(struct ca_xml_walk *walk)
{
    bool hexadecimal = walk->at[2] == 'x';
    const char *digits = walk->at + (hexadecimal ? 3 : 2);
    size_t length = strspn(digits, hexadecimal ? "0123456789abcdefABCDEF" : "0123456789");
    unsigned long code = length > 0 ? strtoul(digits, NULL, hexadecimal ? 16 : 10) : 0;

    if (length == 0 || digits[length] != ';')
        return ca_xml_slipped(walk, walk->at,
                              "'&#' is followed by a number and ';', as in '&#163;'; for the "
                              "sign '&' itself write '&amp;'");
    if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
        (code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF ||
        code > 0x10FFFF)
        return ca_xml_slipped(walk, walk->at,
                              "'%.*s' is the number of no character that XML allows; delete it",
                              (int)(digits + length + 1 - walk->at), walk->at);
    walk->at = digits + length + 1;
    return true;
}

bool ca_xml_walk_reference(struct ca_xml_walk *walk)
{
    const char *name = walk->at + 1;
    int length = ca_xml_name_length(name);

    if (*name == '#')
        return walk_numbered(walk);
    if (length > 0 && name[length] == ';')
        return walk_named(walk, name, length);
    return ca_xml_slipped(walk, walk->at,
                          "the sign '&' is written '&amp;' in XML; write '&amp;' here");
}
