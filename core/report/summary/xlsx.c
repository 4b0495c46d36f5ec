/* Loads what writes spreadsheets when one is asked for. */
#include <dlfcn.h>
#include <string.h>

#include "core/base/part.h"
#include "core/report/summary/summary_xlsx.h"

typedef enum ca_code writer(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, struct ca_error *error);

enum ca_code ca_summary_xlsx(struct ca_buffer *out, const struct ca_summary *s,
                             const struct ca_theme *theme, struct ca_error *error)
{
    void *symbol = ca_part_find("libcaseaudit-xlsx.so.0", "ca_xlsx_write");
    writer *write_xlsx;

    if (symbol == NULL)
        return ca_fail(error, CA_ERROR_IO, "the part that writes spreadsheets is missing: %s",
                       dlerror());
    memcpy(&write_xlsx, &symbol, sizeof write_xlsx);
    return write_xlsx(out, s, theme, error);
}
