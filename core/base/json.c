/* JSON, written piece by piece. */
#include "core/base/json.h"

#include <string.h>

#include "core/base/utf8.h"

static void separate(struct ca_buffer *out)
{
    char last = out->length > 0 ? out->data[out->length - 1] : '\n';

    if (last != '{' && last != '[' && last != ':' && last != '\n')
        ca_buffer_putc(out, ',');
}

void ca_json_open(struct ca_buffer *out, char bracket)
{
    separate(out);
    ca_buffer_putc(out, bracket);
}

void ca_json_close(struct ca_buffer *out, char bracket)
{
    ca_buffer_putc(out, bracket);
}

/* Steering characters are escaped too, as results are looked at in terminals. */
static void escape_code(struct ca_buffer *out, uint32_t c)
{
    if (c >= 0x10000) {
        c -= 0x10000;
        ca_buffer_printf(out, "\\u%04x", 0xD800 + (unsigned)(c >> 10));
        c = 0xDC00 + (c & 0x3FF);
    }
    ca_buffer_printf(out, "\\u%04x", (unsigned)c);
}

/* One character that cannot stand as it is; returns how many bytes it took. */
static size_t escape(struct ca_buffer *out, const unsigned char *text)
{
    static const char named[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
    const char *place = strchr(named, text[0]);
    size_t length;
    uint32_t c;

    if (place != NULL) {
        ca_buffer_putc(out, '\\');
        ca_buffer_putc(out, letters[place - named]);
        return 1;
    }
    c = ca_utf8_next((const char *)text, &length);
    if (c == CA_REPLACEMENT)
        ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
    else if (ca_character_steers(c))
        escape_code(out, c);
    else
        ca_buffer_add(out, (const char *)text, length);
    return length;
}

/* Stands as it is; looked up, because nearly all text does. */
static bool plain(unsigned char c)
{
    /* ranges are an extension, of gcc and clang alike */
    static const bool table[256] = {
        [' '] = true, ['!'] = true, ['#' ... '['] = true, [']' ... '~'] = true};

    return table[c];
}

static void quoted(struct ca_buffer *out, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    ca_buffer_putc(out, '"');
    while (*p != '\0') {
        const unsigned char *start = p;
        while (plain(*p))
            p++;
        ca_buffer_add(out, (const char *)start, (size_t)(p - start));
        if (*p != '\0')
            p += escape(out, p);
    }
    ca_buffer_putc(out, '"');
}

void ca_json_key(struct ca_buffer *out, const char *key)
{
    separate(out);
    quoted(out, key);
    ca_buffer_putc(out, ':');
}

void ca_json_string(struct ca_buffer *out, const char *text)
{
    if (text == NULL) {
        ca_json_null(out);
        return;
    }
    separate(out);
    quoted(out, text);
}

void ca_json_integer(struct ca_buffer *out, int64_t value)
{
    separate(out);
    ca_buffer_int(out, value);
}

void ca_json_bool(struct ca_buffer *out, bool value)
{
    ca_json_number(out, value ? "true" : "false");
}

void ca_json_null(struct ca_buffer *out)
{
    ca_json_number(out, "null");
}

void ca_json_number(struct ca_buffer *out, const char *text)
{
    separate(out);
    ca_buffer_puts(out, text);
}

void ca_json_key_string(struct ca_buffer *out, const char *key, const char *text)
{
    ca_json_key(out, key);
    ca_json_string(out, text);
}

void ca_json_key_integer(struct ca_buffer *out, const char *key, int64_t value)
{
    ca_json_key(out, key);
    ca_json_integer(out, value);
}
