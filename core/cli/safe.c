#include "core/cli/safe.h"

/* Characters that steer a terminal, or the direction of writing, never reach it. */
static bool harmless(unsigned c)
{
    return c >= 0x20 && c != 0x7F && !(c >= 0x80 && c <= 0x9F) && c != 0x061C &&
           !(c >= 0x200E && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) &&
           !(c >= 0x2066 && c <= 0x2069) && c != 0xFEFF && !(c >= 0xFFF9 && c <= 0xFFFD) &&
           !(c >= 0xE0000 && c <= 0xE007F);
}

/* One character of UTF-8; *length bytes. Bytes that are none stand for U+FFFD. */
static unsigned decode(const unsigned char *text, size_t *length)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = text[0] < 0x80   ? 1
               : text[0] < 0xC0 ? 0
               : text[0] < 0xE0 ? 2
               : text[0] < 0xF0 ? 3
               : text[0] < 0xF8 ? 4
                                : 0;
    unsigned c = n == 1 ? text[0] : n == 0 ? 0 : text[0] & (0x7Fu >> n);

    *length = 1;
    for (size_t i = 1; i < n; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0xFFFD;
        c = c << 6 | (text[i] & 0x3Fu);
    }
    if (n == 0 || c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0xFFFD;
    *length = n;
    return c;
}

static void make_safe(struct ca_buffer *out, const char *text, bool lines)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t length;

    for (; *p != '\0'; p += length) {
        unsigned c = decode(p, &length);
        if (c == '\n' || c == '\t')
            ca_buffer_putc(out, lines ? (char)c : ' ');
        else if (harmless(c))
            ca_buffer_add(out, (const char *)p, length);
        else
            ca_buffer_puts(out, "\xEF\xBF\xBD");
    }
}

void ca_safe_line(struct ca_buffer *out, const char *text)
{
    make_safe(out, text, false);
}

void ca_safe_text(struct ca_buffer *out, const char *text)
{
    make_safe(out, text, true);
}

void ca_print_safe(FILE *out, const char *text)
{
    struct ca_buffer safe = {0};

    ca_safe_line(&safe, text);
    fwrite(safe.data, 1, safe.length, out);
    ca_buffer_free(&safe);
}
