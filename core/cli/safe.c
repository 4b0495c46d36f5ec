#include "core/cli/safe.h"

#include "core/base/utf8.h"

static void make_safe(struct ca_buffer *out, const char *text, bool lines)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        uint32_t c = ca_utf8_next(text, &length);
        if (c == '\n' || c == '\t')
            ca_buffer_putc(out, lines ? (char)c : ' ');
        else if (c == CA_REPLACEMENT || ca_character_steers(c))
            ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(out, text, length);
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
