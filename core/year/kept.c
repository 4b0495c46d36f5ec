/* Columns of a case list that are kept, as attributes of the template where they are some. */
#include "core/year/kept.h"

#include "caseaudit/framework.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/suggest.h"
#include "core/sheet/cell.h"

const struct ca_stored_template *ca_version_in_force(const struct ca_stored_template *versions,
                                                     size_t count, ca_date on)
{
    const struct ca_stored_template *found = &versions[count - 1];

    for (size_t i = 0; i < count; i++)
        if ((versions[i].effective_from == CA_NO_DATE || versions[i].effective_from <= on) &&
            (versions[i].effective_to == CA_NO_DATE || versions[i].effective_to >= on))
            found = &versions[i];
    return found;
}

static size_t kept_attribute(const struct ca_stored_template *template, const char *name)
{
    const struct ca_stored_parts *attributes = &template->attributes;

    for (size_t i = 0; i < attributes->count; i++)
        if (ca_same_text(attributes->items[i].id, name))
            return i;
    for (size_t i = 0; i < attributes->count; i++)
        if (ca_same_text(attributes->items[i].label, name))
            return i;
    return CA_NO_COLUMN;
}

/* A cell that is read. */
struct cell {
    const struct ca_kept *kept;
    const char *text;
    const char *why; /* it is no value; NULL: it is one */
};

static const char *date_text(struct cell *cell)
{
    const struct ca_date_rule rule = {.from_1904 = cell->kept->sheet->from_1904};
    char text[CA_DATE_SIZE];
    unsigned notes = 0;
    ca_date date;

    if (ca_cell_date(cell->kept->arena, cell->text, &rule, &date, &notes))
        return ca_arena_strdup(cell->kept->arena, ca_date_format(date, text));
    cell->why = "it is a date such as 2023-11-14 or 14/11/2023";
    return "";
}

static const char *integer_text(struct cell *cell)
{
    const char *digits = ca_cell_number(cell->kept->arena, cell->text);
    int64_t number;

    if (digits != NULL && ca_integer_parse(digits, -1000000000, 1000000000, &number))
        return ca_arena_printf(cell->kept->arena, "%lld", (long long)number);
    cell->why = "it is a whole number";
    return "";
}

/* The ids of a closed list. */
static const char **choices(const struct ca_kept *kept, size_t attribute, size_t *count)
{
    const struct ca_stored_parts *values = &kept->template->values;
    const char **ids = CA_ARRAY(kept->arena, values->count, const char *);

    *count = 0;
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].parent == (int)attribute)
            ids[(*count)++] = values->items[i].id;
    return ids;
}

static const char *choice_text(struct cell *cell, size_t attribute)
{
    const struct ca_kept *kept = cell->kept;
    const struct ca_stored_parts *values = &kept->template->values;
    const char **ids, *list = "";
    size_t count;

    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].parent == (int)attribute &&
            (ca_same_text(values->items[i].id, cell->text) ||
             ca_same_text(values->items[i].label, cell->text)))
            return values->items[i].id;
    ids = choices(kept, attribute, &count);
    if (count == 0)
        return cell->text; /* a token of one's own */
    for (size_t i = 0; i < count && i < 12; i++)
        list = ca_arena_printf(kept->arena, "%s%s%s", list, i > 0 ? ", " : "", ids[i]);
    cell->why =
        ca_arena_printf(kept->arena, "it is one of %s%s%s", list, count > 12 ? " …" : "",
                        ca_did_you_mean(kept->arena, cell->text, ids, count));
    return "";
}

static const char *attribute_text(struct cell *cell, size_t attribute)
{
    switch (cell->kept->template->attributes.items[attribute].detail) {
    case CASEAUDIT_DATE: return date_text(cell);
    case CASEAUDIT_INTEGER: return integer_text(cell);
    case CASEAUDIT_TOKEN: return choice_text(cell, attribute);
    default: return cell->text;
    }
}

const char *const *ca_kept_read(const struct ca_kept *kept, const struct ca_sheet_row *row,
                                struct ca_diags *diags)
{
    const char **values = CA_ARRAY(kept->arena, kept->count + 1, const char *);

    for (size_t i = 0; i < kept->count; i++) {
        struct cell cell = {.kept = kept, .text = row->cells[kept->columns[i]]};
        const size_t attribute = kept_attribute(kept->template, kept->names[i]);
        values[i] = cell.text[0] == '\0' || attribute == CA_NO_COLUMN
                        ? cell.text
                        : attribute_text(&cell, attribute);
        if (cell.why != NULL)
            ca_sheet_fault(kept->sheet, row->number, kept->columns[i], diags, CA_ERROR,
                           "'%s' is no value of the attribute '%s': %s", cell.text,
                           kept->template->attributes.items[attribute].id, cell.why);
    }
    return values;
}
