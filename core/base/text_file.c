/* Text files in the encodings that people save them in, made UTF-8. */
#include "core/base/text_file.h"

#include <stdint.h>
#include <string.h>

#include "core/base/utf8.h"

bool ca_text_is_utf16(const char *bytes, size_t length)
{
    return length >= 2 &&
           (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

bool ca_text_lacks_mark(const char *bytes, size_t length)
{
    size_t zeros[2] = {0}, looked = length < 512 ? length & ~(size_t)1 : 512;

    for (size_t i = 0; i < looked; i++)
        zeros[i % 2] += bytes[i] == '\0';
    return looked >= 4 && (zeros[0] * 3 > looked || zeros[1] * 3 > looked) &&
           (zeros[0] == 0 || zeros[1] == 0);
}

/* ---- faults ---- */

static size_t line_of(const char *bytes, size_t at)
{
    size_t line = 1;

    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == at || bytes[i + 1] != '\n'));
    return line;
}

uint32_t ca_windows_character(unsigned char byte)
{
    static const uint16_t special[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

    return byte >= 0xA0 ? byte : special[byte - 0x80];
}

static enum ca_code not_utf8(const char *bytes, size_t at, const char *right,
                             struct ca_error *error)
{
    uint32_t c = ca_windows_character((unsigned char)bytes[at]);
    struct ca_buffer shown = {0};
    enum ca_code code;

    ca_buffer_printf(&shown, "byte 0x%02X", (unsigned char)bytes[at]);
    if (c != 0) {
        ca_buffer_puts(&shown, ", in Windows-1252 ");
        ca_utf8_put(&shown, c);
    }
    code = ca_fail(error, CA_ERROR_DATA, "the file is not UTF-8 (line %zu: %s); %s",
                   line_of(bytes, at), shown.data, right);
    ca_buffer_free(&shown);
    return code;
}

static enum ca_code check(const char *bytes, size_t length, const char *right,
                          struct ca_error *error)
{
    const char *zero = memchr(bytes, '\0', length);
    size_t good;

    if (zero != NULL && ca_text_lacks_mark(bytes, length))
        return ca_fail(error, CA_ERROR_DATA,
                       "the file is UTF-16, without the mark that says so; %s", right);
    if (zero != NULL)
        return ca_fail(error, CA_ERROR_DATA,
                       "this is no text file: there is a zero byte in line %zu; %s",
                       line_of(bytes, (size_t)(zero - bytes)), right);
    good = ca_utf8_good(bytes, length);
    return good == length ? CA_OK : not_utf8(bytes, good, right, error);
}

/* ---- decoding ---- */

static void add_with_line_ends(struct ca_buffer *out, const char *bytes, size_t length)
{
    const char *end = bytes + length, *stop;

    for (; (stop = memchr(bytes, '\r', (size_t)(end - bytes))) != NULL; bytes = stop + 1) {
        ca_buffer_add(out, bytes, (size_t)(stop - bytes));
        if (stop + 1 == end || stop[1] != '\n')
            ca_buffer_putc(out, '\n');
    }
    ca_buffer_add(out, bytes, (size_t)(end - bytes));
}

static uint32_t unit_at(const char *bytes, bool big)
{
    const unsigned char *b = (const unsigned char *)bytes;

    return big ? (uint32_t)b[0] << 8 | b[1] : (uint32_t)b[1] << 8 | b[0];
}

/* Halves of a pair that stand alone become U+FFFD; false for half a unit at the end. */
static bool decode_utf16(const char *bytes, size_t length, struct ca_buffer *out)
{
    bool big = (unsigned char)bytes[0] == 0xFE;

    for (size_t i = 2; i + 1 < length; i += 2) {
        uint32_t c = unit_at(bytes + i, big);
        uint32_t next = i + 3 < length ? unit_at(bytes + i + 2, big) : 0;
        if (c >= 0xD800 && c < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
            i += 2;
        }
        ca_utf8_put(out, c);
    }
    return length % 2 == 0;
}

static enum ca_code from_utf16(const char *bytes, size_t length, const char *right,
                               struct ca_buffer *out, struct ca_error *error)
{
    struct ca_buffer text = {0};
    enum ca_code code;

    if (decode_utf16(bytes, length, &text))
        code = check(text.length > 0 ? text.data : "", text.length, right, error);
    else
        code = ca_fail(error, CA_ERROR_DATA, "the file ends in the middle of a character; %s",
                       right);
    if (code == CA_OK)
        add_with_line_ends(out, text.length > 0 ? text.data : "", text.length);
    ca_buffer_free(&text);
    return code;
}

enum ca_code ca_text_decode(const char *bytes, size_t length, const char *right,
                            struct ca_buffer *out, struct ca_error *error)
{
    size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    enum ca_code code;

    ca_buffer_clear(out);
    if (length >= 4 &&
        (memcmp(bytes, "\xFF\xFE\0\0", 4) == 0 || memcmp(bytes, "\0\0\xFE\xFF", 4) == 0))
        return ca_fail(error, CA_ERROR_DATA, "the file is UTF-32; %s", right);
    if (ca_text_is_utf16(bytes, length))
        return from_utf16(bytes, length, right, out, error);
    code = check(bytes + mark, length - mark, right, error);
    if (code == CA_OK)
        add_with_line_ends(out, bytes + mark, length - mark);
    return code;
}

/* The next byte, any line end as \n; -1 at the end. */
static int next_byte(const char **at, const char *end)
{
    if (*at == end)
        return -1;
    if (**at == '\r') {
        *at += end - *at > 1 && (*at)[1] == '\n' ? 2 : 1;
        return '\n';
    }
    return (unsigned char)*(*at)++;
}

bool ca_same_but_line_ends(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const char *a_end = a + a_length, *b_end = b + b_length;
    int x, y;

    do {
        x = next_byte(&a, a_end);
        y = next_byte(&b, b_end);
    } while (x == y && x != -1);
    return x == y;
}
