/* Loads what prints pages when a PDF is asked for. */
#include <dlfcn.h>
#include <string.h>

#include "core/base/part.h"
#include "core/report/print/print.h"

typedef enum ca_code printer(struct ca_buffer *out, const struct ca_buffer *page,
                             const struct ca_theme *theme, ca_date date,
                             struct ca_error *error);

enum ca_code ca_print_pdf(struct ca_buffer *out, const struct ca_buffer *page,
                          const struct ca_theme *theme, ca_date date, struct ca_error *error)
{
    void *symbol = ca_part_find("libcaseaudit-pdf.so.0", "ca_pdf_write");
    printer *print_page;

    if (symbol == NULL)
        return ca_fail(error, CA_ERROR_IO, "the part that prints pages is missing: %s",
                       dlerror());
    memcpy(&print_page, &symbol, sizeof print_page);
    return print_page(out, page, theme, date, error);
}
