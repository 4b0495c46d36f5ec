/* Characters in UTF-8, and text that steers no terminal. */
#include "core/base/utf8.h"

#include <string.h>

/* Bytes of the character that begins with this one; 0 if none does. */
static size_t bytes_of(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xC2) /* inside a character, or an overlong form */
        return 0;
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

uint32_t ca_utf8_next(const char *text, size_t *length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)text;
    size_t n = bytes_of(p[0]);
    uint32_t c = n <= 1 ? p[0] : p[0] & (0x7Fu >> n);

    *length = 1;
    if (n == 0)
        return CA_REPLACEMENT;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return CA_REPLACEMENT;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return CA_REPLACEMENT;
    *length = n;
    return c;
}

/* Length of the well-formed UTF-8 character at s, or 0. */
static size_t utf8_length(const unsigned char *s, size_t left)
{
    size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

    if (n == 0 || n > left || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    /* overlong forms, surrogates, beyond U+10FFFF */
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
        (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return n;
}

size_t ca_utf8_good(const char *bytes, size_t length)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i = 0;

    while (i < length) {
        uint64_t words[4];

        /* nearly everything is ASCII, 32 bytes of it at a time */
        if (i + sizeof words <= length) {
            memcpy(words, s + i, sizeof words);
            if (((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080)) ==
                0) {
                i += sizeof words;
                continue;
            }
        }
        size_t n = utf8_length(s + i, length - i);
        if (n == 0)
            return i;
        i += n;
    }
    return length;
}

void ca_utf8_put(struct ca_buffer *out, uint32_t c)
{
    char bytes[4];
    size_t length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        return;
    }
    for (size_t i = length; i-- > 1; c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    bytes[0] = (char)(length == 1 ? c : (0xF00u >> length & 0xF0) | c);
    ca_buffer_add(out, bytes, length);
}

bool ca_character_steers(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } steering[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
                    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

    for (size_t i = 0; i < sizeof steering / sizeof *steering; i++)
        if (c >= steering[i].from && c <= steering[i].to)
            return true;
    return false;
}

void ca_utf8_add_harmless(struct ca_buffer *out, const char *text, bool lines)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        /* Nearly all of it is plain, and stands as it is. */
        for (length = 0; text[length] >= ' ' && text[length] < 0x7F; length++)
            continue;
        ca_buffer_add(out, text, length);
        text += length;
        if (*text == '\0')
            return;
        uint32_t c = ca_utf8_next(text, &length);
        if (c == '\n' || c == '\t')
            ca_buffer_putc(out, lines && c == '\n' ? '\n' : ' ');
        else if (c == CA_REPLACEMENT || ca_character_steers(c))
            ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(out, text, length);
    }
}
