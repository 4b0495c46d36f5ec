/* Any encoding a document may come in, made UTF-8 before it is parsed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "core/model/xml_encoding.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/text_file.h"
#include "core/base/utf8.h"

/*
 * libxml2 could convert while it parses, but then its positions count bytes of a buffer that
 * nobody else sees, and what it can read depends on how it was built. So everything is UTF-8
 * before it starts, and one document has one verdict wherever it is read.
 */

#define NAME_MAX_LENGTH 40

/* What the first bytes of a file give away. */
struct signature {
    const char *bytes;
    size_t length;
    size_t skip; /* length of the byte order mark */
    const char *encoding;
};

static const struct signature signatures[] = {
    {"\xef\xbb\xbf", 3, 3, "UTF-8"},    {"\xff\xfe\0\0", 4, 4, "UTF-32LE"},
    {"\0\0\xfe\xff", 4, 4, "UTF-32BE"}, {"\xff\xfe", 2, 2, "UTF-16LE"},
    {"\xfe\xff", 2, 2, "UTF-16BE"},     {"<\0\0\0", 4, 0, "UTF-32LE"},
    {"\0\0\0<", 4, 0, "UTF-32BE"},      {"<\0", 2, 0, "UTF-16LE"},
    {"\0<", 2, 0, "UTF-16BE"},
};

static const struct signature *find_signature(const char *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const struct signature *s = &signatures[i];

        if (length >= s->length && memcmp(bytes, s->bytes, s->length) == 0)
            return s;
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '.' || c == '_' || c == '-';
}

/* Copies the encoding named in the XML declaration; false if none is. */
static bool declared_encoding(const char *bytes, size_t length, char name[NAME_MAX_LENGTH + 1])
{
    if (length < 6 || memcmp(bytes, "<?xml", 5) != 0 || !is_blank(bytes[5]))
        return false;
    const char *end = memchr(bytes, '>', length);
    if (end == NULL)
        return false;
    const char *at = memmem(bytes, (size_t)(end - bytes), "encoding", 8);
    if (at == NULL)
        return false;
    for (at += 8; at < end && is_blank(*at); at++)
        continue;
    if (at == end || *at != '=')
        return false;
    for (at++; at < end && is_blank(*at); at++)
        continue;
    if (at == end || (*at != '"' && *at != '\''))
        return false;
    char quote = *at++;
    size_t n = 0;
    while (at + n < end && is_name_char(at[n]) && n < NAME_MAX_LENGTH)
        n++;
    if (n == 0 || at + n == end || at[n] != quote)
        return false;
    memcpy(name, at, n);
    name[n] = '\0';
    return true;
}

static const char *not_utf8(struct ca_arena *arena, unsigned char byte)
{
    const uint32_t c = byte >= 0x80 ? ca_windows_character(byte) : 0;
    struct ca_buffer shown = {0};
    const char *fault;

    ca_buffer_printf(&shown, "byte 0x%02X", byte);
    if (c != 0) {
        ca_buffer_puts(&shown, ", in Windows-1252 ");
        ca_utf8_put(&shown, c);
        ca_buffer_putc(&shown, ',');
    }
    fault = ca_arena_printf(arena,
                            "the file is not UTF-8: %s cannot stand here; save it as UTF-8 (in "
                            "Notepad: Save as, Encoding), or say what it is in its first line: "
                            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>",
                            shown.data);
    ca_buffer_free(&shown);
    return fault;
}

static void take_utf8(struct ca_arena *arena, const char *bytes, size_t length,
                      struct ca_xml_decoded *out)
{
    size_t good = ca_utf8_good(bytes, length);

    out->bytes = ca_arena_strndup(arena, bytes, length);
    out->length = length;
    if (good < length) {
        out->fault = not_utf8(arena, (unsigned char)bytes[good]);
        out->fault_at = good;
    }
}

static size_t put_utf8(char *to, uint32_t c)
{
    const size_t more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};

    to[0] = (char)(first[more] | c >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

/* The bytes that are left over: none, if all of them are in the encoding. */
static size_t convert_charset(const struct ca_xml_charset *charset, const char *bytes,
                              size_t length, struct ca_xml_decoded *out)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        const uint32_t c = byte < 0x80 ? byte : charset->above[byte - 0x80];
        if (c == 0)
            return length - i;
        out->length += put_utf8(out->bytes + out->length, c);
    }
    return 0;
}

/* A number of width bytes, as they stand in the file. */
static uint32_t number_at(const char *bytes, size_t width, bool big)
{
    const unsigned char *b = (const unsigned char *)bytes;
    uint32_t number = 0;

    for (size_t i = 0; i < width; i++)
        number = number << 8 | b[big ? i : width - 1 - i];
    return number;
}

static size_t convert_utf32(bool big, const char *bytes, size_t length,
                            struct ca_xml_decoded *out)
{
    size_t i = 0;

    for (; i + 4 <= length; i += 4) {
        const uint32_t c = number_at(bytes + i, 4, big);
        if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            break;
        out->length += put_utf8(out->bytes + out->length, c);
    }
    return length - i;
}

/* The character that begins at bytes, of two or four. Half of a pair that stands alone is
 * itself, for the parser has the words for it. */
static uint32_t utf16_at(bool big, const char *bytes, size_t length, size_t *used)
{
    const uint32_t first = number_at(bytes, 2, big);
    const uint32_t second = length >= 4 ? number_at(bytes + 2, 2, big) : 0;
    const bool pair = first >= 0xD800 && first < 0xDC00 && second >= 0xDC00 && second < 0xE000;

    *used = pair ? 4 : 2;
    return pair ? 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00) : first;
}

static size_t convert_utf16(bool big, const char *bytes, size_t length,
                            struct ca_xml_decoded *out)
{
    size_t i = 0, used;

    for (; i + 2 <= length; i += used)
        out->length +=
            put_utf8(out->bytes + out->length, utf16_at(big, bytes + i, length - i, &used));
    return length - i;
}

/* The characters of the first encodings are numbered as Unicode's. */
static size_t convert_plain(uint32_t last, const char *bytes, size_t length,
                            struct ca_xml_decoded *out)
{
    size_t i = 0;

    for (; i < length; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        if (byte == 0 || byte > last)
            break;
        out->length += put_utf8(out->bytes + out->length, byte);
    }
    return length - i;
}

/* The bytes that are left over; length + 1 if there is no such encoding. */
static size_t convert_from(const char *encoding, const char *bytes, size_t length,
                           struct ca_xml_decoded *out)
{
    const size_t named = strlen(encoding);
    const bool big = named >= 2 && strcasecmp(encoding + named - 2, "BE") == 0;

    if (strcasecmp(encoding, "UTF-16LE") == 0 || strcasecmp(encoding, "UTF-16BE") == 0)
        return convert_utf16(big, bytes, length, out);
    if (strcasecmp(encoding, "UTF-32LE") == 0 || strcasecmp(encoding, "UTF-32BE") == 0)
        return convert_utf32(big, bytes, length, out);
    if (strcasecmp(encoding, "ISO-8859-1") == 0)
        return convert_plain(0xFF, bytes, length, out);
    if (strcasecmp(encoding, "US-ASCII") == 0 || strcasecmp(encoding, "ASCII") == 0)
        return convert_plain(0x7F, bytes, length, out);
    for (const struct ca_xml_charset *c = ca_xml_charsets; c->name != NULL; c++)
        if (strcasecmp(encoding, c->name) == 0)
            return convert_charset(c, bytes, length, out);
    return length + 1;
}

static void convert(struct ca_arena *arena, const char *encoding, const char *bytes,
                    size_t length, struct ca_xml_decoded *out)
{
    size_t left;

    out->bytes = ca_arena_alloc(arena, length * 4 + 17);
    out->length = out->fault_at = 0;
    left = convert_from(encoding, bytes, length, out);
    out->bytes[out->length] = '\0';
    if (left > length) {
        out->fault = ca_arena_printf(
            arena, "encoding '%s' is not known; save the file as UTF-8", encoding);
    } else if (left > 0) {
        out->fault = ca_arena_printf(arena,
                                     "the file is not in the encoding %s it says it is "
                                     "in; save it as UTF-8",
                                     encoding);
        out->fault_at = out->length;
    }
}

static bool is_utf8_name(const char *name)
{
    return strcasecmp(name, "UTF-8") == 0 || strcasecmp(name, "UTF8") == 0;
}

/* Names whose files cannot be read as ASCII, so that the declaration that
 * was just read contradicts itself. */
static bool is_wide_name(const char *name)
{
    static const char *const wide[] = {"UTF-16", "UTF16", "UTF-32",   "UTF32",
                                       "UCS-2",  "UCS-4", "ISO-10646"};

    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (strncasecmp(name, wide[i], strlen(wide[i])) == 0)
            return true;
    return false;
}

bool ca_xml_decode(struct ca_arena *arena, const char *bytes, size_t length,
                   struct ca_xml_decoded *out)
{
    const struct signature *mark = find_signature(bytes, length);
    char name[NAME_MAX_LENGTH + 1];

    memset(out, 0, sizeof *out);
    if (mark != NULL && !is_utf8_name(mark->encoding)) {
        convert(arena, mark->encoding, bytes + mark->skip, length - mark->skip, out);
    } else if (mark != NULL) {
        take_utf8(arena, bytes + mark->skip, length - mark->skip, out);
    } else if (!declared_encoding(bytes, length, name) || is_utf8_name(name)) {
        take_utf8(arena, bytes, length, out);
    } else if (is_wide_name(name)) {
        out->bytes = ca_arena_strdup(arena, "");
        out->fault = ca_arena_printf(arena,
                                     "the file says it is in %s, but it is not; save it "
                                     "as UTF-8",
                                     name);
    } else {
        convert(arena, name, bytes, length, out);
    }
    return out->fault == NULL;
}
