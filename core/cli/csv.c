/* Lists in CSV, cell by cell. */
#include "core/cli/csv.h"

#include <string.h>

void ca_csv_cell(struct ca_buffer *out, const char *text, char end)
{
    ca_buffer_putc(out, '"');
    if (text != NULL && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL)
        ca_buffer_putc(out, '\'');
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '"')
            ca_buffer_putc(out, '"');
        ca_buffer_putc(out, *text);
    }
    ca_buffer_putc(out, '"');
    ca_buffer_putc(out, end);
}
