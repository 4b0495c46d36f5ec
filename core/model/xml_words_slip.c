/* A slip, once it is found: noted with its place, told with its line. */
#include <stdarg.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/model/xml_words_private.h"

bool ca_xml_slipped(struct ca_xml_walk *walk, const char *at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    walk->slip.words = ca_arena_vprintf(walk->arena, format, args);
    va_end(args);
    walk->slip.at = (size_t)(at - walk->bytes);
    return false;
}

int ca_xml_line_of(const struct ca_xml_walk *walk, const char *at)
{
    int line = 1;

    for (const char *c = walk->bytes; (c = memchr(c, '\n', (size_t)(at - c))) != NULL; c++)
        line++;
    return line;
}

/* Marks, dashes and spaces that word processors put into tags belong to no name. */
static bool is_of_name(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.' || c == ':';
    return c != 0xA0 && c != 0xAB && c != 0xBB && c != 0xD7 && c != 0xF7 && c != 0xFEFF &&
           c != 0xFFFE && c != 0xFFFF && c != CA_REPLACEMENT && (c < 0x2000 || c > 0x206F) &&
           (c < 0x3000 || c > 0x301F);
}

int ca_xml_name_length(const char *at)
{
    int length = 0;
    size_t bytes;

    while (at[length] != '\0' && is_of_name(ca_utf8_next(at + length, &bytes)))
        length += (int)bytes;
    return length;
}
