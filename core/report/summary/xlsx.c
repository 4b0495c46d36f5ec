/* Loads what writes spreadsheets when one is asked for. */
#include <dlfcn.h>
#include <string.h>

#include "core/report/summary/summary_xlsx.h"

typedef enum ca_code writer(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, struct ca_error *error);

/*
 * It lies in a library of its own, because the libraries it needs take longer to load than
 * everything else that happens before the first return is scored. It stays loaded.
 */
static writer *find_writer(void)
{
    void *library = dlopen("libcaseaudit-xlsx.so.0", RTLD_NOW | RTLD_LOCAL);
    void *symbol = library != NULL ? dlsym(library, "ca_xlsx_write") : NULL;
    writer *found;

    memcpy(&found, &symbol, sizeof found);
    return found;
}

enum ca_code ca_summary_xlsx(struct ca_buffer *out, const struct ca_summary *s,
                             const struct ca_theme *theme, struct ca_error *error)
{
    writer *write_xlsx = find_writer();

    if (write_xlsx == NULL)
        return ca_fail(error, CA_ERROR_IO, "the part that writes spreadsheets is missing: %s",
                       dlerror());
    return write_xlsx(out, s, theme, error);
}
