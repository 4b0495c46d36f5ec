#include "core/base/json.h"

#include <string.h>

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

/* Length of the UTF-8 sequence at text, or 0 if it is none. */
static size_t utf8_length(const unsigned char *text)
{
    size_t length = text[0] < 0xC2   ? 0
                    : text[0] < 0xE0 ? 2
                    : text[0] < 0xF0 ? 3
                    : text[0] < 0xF5 ? 4
                                     : 0;

    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    if ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F) ||
        (text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F))
        return 0;
    return length;
}

/* One character that cannot stand as it is; returns how many bytes it took. */
static size_t escape(struct ca_buffer *out, const unsigned char *text)
{
    static const char named[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
    const char *place = strchr(named, text[0]);
    size_t length;

    if (place != NULL) {
        ca_buffer_putc(out, '\\');
        ca_buffer_putc(out, letters[place - named]);
        return 1;
    }
    if (text[0] < 0x80) {
        ca_buffer_printf(out, "\\u%04x", text[0]);
        return 1;
    }
    length = utf8_length(text);
    if (length == 0) {
        ca_buffer_puts(out, "\xEF\xBF\xBD");
        return 1;
    }
    ca_buffer_add(out, (const char *)text, length);
    return length;
}

static bool plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
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
