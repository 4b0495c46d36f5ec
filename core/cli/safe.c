/* Text that cannot steer a terminal. */
#include "core/cli/safe.h"

#include "core/base/utf8.h"

void ca_safe_line(struct ca_buffer *out, const char *text)
{
    ca_utf8_add_harmless(out, text, false);
}

void ca_safe_text(struct ca_buffer *out, const char *text)
{
    ca_utf8_add_harmless(out, text, true);
}

void ca_print_safe(FILE *out, const char *text)
{
    struct ca_buffer safe = {0};

    ca_buffer_clear(&safe); /* no text has bytes, too */
    ca_safe_line(&safe, text);
    fwrite(safe.data, 1, safe.length, out);
    ca_buffer_free(&safe);
}
