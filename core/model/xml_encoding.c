/* Any encoding a document may come in, made UTF-8 before it is parsed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "core/model/xml_encoding.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <iconv.h>
#include <libxml/encoding.h>

#include "core/base/utf8.h"

/*
 * libxml2 could convert while it parses, but then its positions count bytes
 * of a buffer that nobody else sees. So everything is UTF-8 before it starts.
 * Its own converters are called directly, because its wrapper functions print
 * to standard error when the input is wrong.
 */

#define NAME_MAX_LENGTH 40

static const char *const common_encodings[] = {"windows-1252", "ISO-8859-15", "windows-1250",
                                               "UTF-32LE", "UTF-32BE"};
#define COMMON_COUNT (sizeof common_encodings / sizeof common_encodings[0])

struct ca_xml_encodings {
    xmlCharEncodingHandlerPtr handlers[COMMON_COUNT];
};

struct ca_xml_encodings *ca_xml_encodings_open(void)
{
    struct ca_xml_encodings *encodings = ca_xcalloc(1, sizeof *encodings);

    for (size_t i = 0; i < COMMON_COUNT; i++)
        encodings->handlers[i] = xmlFindCharEncodingHandler(common_encodings[i]);
    return encodings;
}

void ca_xml_encodings_close(struct ca_xml_encodings *encodings)
{
    if (encodings == NULL)
        return;
    for (size_t i = 0; i < COMMON_COUNT; i++)
        if (encodings->handlers[i] != NULL)
            xmlCharEncCloseFunc(encodings->handlers[i]);
    free(encodings);
}

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
    {"\0<", 2, 0, "UTF-16BE"},          {"\x4c\x6f\xa7\x94", 4, 0, "IBM037"},
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

static void take_utf8(struct ca_arena *arena, const char *bytes, size_t length,
                      struct ca_xml_decoded *out)
{
    size_t good = ca_utf8_good(bytes, length);

    out->bytes = ca_arena_strndup(arena, bytes, length);
    out->length = length;
    if (good < length) {
        out->fault = ca_arena_printf(
            arena,
            "the file is not UTF-8: byte 0x%02X cannot stand here; save it as UTF-8, or name "
            "its encoding in the XML declaration",
            (unsigned char)bytes[good]);
        out->fault_at = good;
    }
}

/* Converts until nothing is left or nothing moves; the number of bytes left. */
static size_t run_converter(xmlCharEncodingHandlerPtr handler, const char *in, size_t in_left,
                            char *to, size_t room, size_t *made)
{
    *made = 0;
    if (handler->input != NULL) {
        int in_length = (int)in_left, out_length = (int)room;

        (void)handler->input((unsigned char *)to, &out_length, (const unsigned char *)in,
                             &in_length);
        *made = out_length > 0 ? (size_t)out_length : 0;
        return in_left - (in_length > 0 ? (size_t)in_length : 0);
    }
    if (handler->iconv_in == NULL)
        return in_left;
    char *from = (char *)(uintptr_t)in; /* iconv's prototype lacks a const */
    char *end = to;
    (void)iconv(handler->iconv_in, NULL, NULL, NULL, NULL);
    (void)iconv(handler->iconv_in, &from, &in_left, &end, &room);
    *made = (size_t)(end - to);
    return in_left;
}

static void convert(const struct ca_xml_encodings *encodings, struct ca_arena *arena,
                    const char *encoding, const char *bytes, size_t length,
                    struct ca_xml_decoded *out)
{
    xmlCharEncodingHandlerPtr handler = NULL;
    bool kept = false;
    size_t room = length * 4 + 16, left;

    out->bytes = ca_arena_strdup(arena, "");
    out->length = out->fault_at = 0;
    for (size_t i = 0; encodings != NULL && i < COMMON_COUNT && !kept; i++) {
        handler = encodings->handlers[i];
        kept = handler != NULL && strcasecmp(encoding, common_encodings[i]) == 0;
    }
    if (!kept)
        handler = xmlFindCharEncodingHandler(encoding);
    if (handler == NULL) {
        out->fault = ca_arena_printf(
            arena, "encoding '%s' is not known; save the file as UTF-8", encoding);
        return;
    }
    out->bytes = ca_arena_alloc(arena, room + 1);
    left = run_converter(handler, bytes, length, out->bytes, room, &out->length);
    out->bytes[out->length] = '\0';
    if (!kept)
        xmlCharEncCloseFunc(handler);
    if (left > 0) {
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

bool ca_xml_decode(const struct ca_xml_encodings *encodings, struct ca_arena *arena,
                   const char *bytes, size_t length, struct ca_xml_decoded *out)
{
    const struct signature *mark = find_signature(bytes, length);
    char name[NAME_MAX_LENGTH + 1];

    memset(out, 0, sizeof *out);
    if (mark != NULL && !is_utf8_name(mark->encoding)) {
        convert(encodings, arena, mark->encoding, bytes + mark->skip, length - mark->skip, out);
        /* IBM037 was enough to read which member of its family it really is. */
        if (mark->bytes[0] == '\x4c' && declared_encoding(out->bytes, out->length, name))
            convert(encodings, arena, name, bytes, length, out);
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
        convert(encodings, arena, name, bytes, length, out);
    }
    return out->fault == NULL;
}
