/* One part of a workbook: out of the zip file, event by event; or why it cannot be read. */
#include "core/sheet/workbook.h"

#include "core/sheet/sheet.h"

enum { PART_LIMIT = 64 * 1024 * 1024 };

bool ca_workbook_refuse(struct ca_workbook *book, const char *what)
{
    ca_grid_fault(book->grid, 1, 1, "this Excel workbook cannot be read: %s; " CA_SHEET_RIGHT,
                  what);
    return false;
}

bool ca_workbook_part(struct ca_workbook *book, const char *name,
                      const struct ca_xml_events *events)
{
    struct ca_buffer bytes = {0};
    struct ca_error error;
    bool good = ca_zip_read(&book->zip, name, PART_LIMIT, &bytes, &error) == CA_OK &&
                ca_xml_events_read(bytes.data, bytes.length, events, &error) == CA_OK;

    ca_buffer_free(&bytes);
    return good || ca_workbook_refuse(
                       book, ca_arena_printf(book->arena, "%s: %s", name, error.message));
}
