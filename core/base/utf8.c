#include "core/base/utf8.h"

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
        uint32_t c = ca_utf8_next(text, &length);
        if (c == '\n' || c == '\t')
            ca_buffer_putc(out, lines && c == '\n' ? '\n' : ' ');
        else if (c == CA_REPLACEMENT || ca_character_steers(c))
            ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(out, text, length);
    }
}
