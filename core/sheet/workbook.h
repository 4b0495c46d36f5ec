#ifndef CA_SHEET_WORKBOOK_H
#define CA_SHEET_WORKBOOK_H

#include "core/base/buffer.h"
#include "core/model/xml_events.h"
#include "core/sheet/grid.h"
#include "core/sheet/number.h"
#include "core/sheet/zip.h"

/* What the source files that read a workbook share. */
struct ca_workbook {
    struct ca_grid *grid;
    struct ca_arena *arena;
    struct ca_zip zip;
    struct ca_buffer value; /* of the attribute that was asked for last */
    bool from_1904;
    const char **strings; /* that cells share */
    size_t string_count;
    struct ca_number_format *formats; /* by the style of a cell */
    size_t format_count;
};

/* Hands what happens in a part to events; false, with a fault. */
bool ca_workbook_part(struct ca_workbook *book, const char *name,
                      const struct ca_xml_events *events);
/* A fault of the whole workbook; false. */
bool ca_workbook_refuse(struct ca_workbook *book, const char *what);

bool ca_workbook_strings(struct ca_workbook *book, const char *part);
bool ca_workbook_styles(struct ca_workbook *book, const char *part);
bool ca_workbook_cells(struct ca_workbook *book, const char *part);

/* "_x000D_" in a text of a workbook is the character that XML has no place for. */
const char *ca_workbook_text(struct ca_workbook *book, const struct ca_buffer *text);

#endif
