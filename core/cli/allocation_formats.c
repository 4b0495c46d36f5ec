/* Who audits which case, in the formats of the command line. */
#include "core/cli/allocation_formats.h"

#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/cli/csv.h"
#include "core/cli/table.h"

/* ---- JSON ---- */

/* NULL and "" are null. */
static void add_text(struct ca_buffer *out, const char *key, const char *text)
{
    ca_json_key_string(out, key, text != NULL && text[0] != '\0' ? text : NULL);
}

static void add_json(struct ca_buffer *out, const struct ca_allocation *allocation,
                     const char *sample, ca_date due)
{
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-allocation/1");
    ca_json_key_string(out, "sample", sample);
    add_text(out, "due", ca_date_format(due, date));
    ca_json_key(out, "auditors");
    ca_json_open(out, '[');
    for (size_t i = 0; i < allocation->auditors->count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "auditor", allocation->auditors->items[i].code);
        add_text(out, "team", allocation->auditors->items[i].team);
        ca_json_key_integer(out, "cases", allocation->loads[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_key(out, "cases");
    ca_json_open(out, '[');
    for (size_t i = 0; i < allocation->case_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "case", allocation->cases[i].id);
        add_text(out, "auditor", allocation->cases[i].auditor);
        ca_json_key(out, "returned");
        ca_json_bool(out, allocation->cases[i].returned);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

/* ---- CSV ---- */

static void add_csv(struct ca_buffer *out, const struct ca_allocation *allocation)
{
    ca_buffer_puts(out, "case,auditor,returned\n");
    for (size_t i = 0; i < allocation->case_count; i++) {
        ca_csv_cell(out, allocation->cases[i].id, ',');
        ca_csv_cell(out, allocation->cases[i].auditor, ',');
        ca_csv_cell(out, allocation->cases[i].returned ? "yes" : "no", '\n');
    }
}

/* ---- text ---- */

static const char *s(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_head(const struct ca_allocation *allocation, const char *sample, ca_date due)
{
    const size_t cases = allocation->case_count, auditors = allocation->auditors->count;
    size_t returned = 0;
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < cases; i++)
        returned += allocation->cases[i].returned;
    printf("Sample %s: %zu case%s among %zu auditor%s%s%s\n", sample, cases, s(cases), auditors,
           s(auditors), due != CA_NO_DATE ? ", due on " : "", ca_date_format(due, date));
    if (returned > 0)
        printf("%zu returned already, and with who returned %s\n", returned,
               returned == 1 ? "it" : "them");
    putchar('\n');
}

static void print_auditors(const struct ca_allocation *allocation)
{
    static const char *const headings[] = {"AUDITOR", "TEAM", ">CASES"};
    struct ca_table *table = ca_table_new(headings, 3);

    for (size_t i = 0; i < allocation->auditors->count; i++) {
        ca_table_row(table);
        ca_table_cell(table, allocation->auditors->items[i].code);
        ca_table_cell(table, allocation->auditors->items[i].team);
        ca_table_number(table, allocation->loads[i]);
    }
    ca_table_print(table);
}

static void print_cases(const struct ca_allocation *allocation)
{
    static const char *const headings[] = {"CASE", "AUDITOR", "RETURNED"};
    struct ca_table *table = ca_table_new(headings, 3);

    for (size_t i = 0; i < allocation->case_count; i++) {
        ca_table_row(table);
        ca_table_cell(table, allocation->cases[i].id);
        ca_table_cell(table, allocation->cases[i].auditor);
        ca_table_cell(table, allocation->cases[i].returned ? "yes" : "");
    }
    ca_table_print(table);
}

void ca_allocation_print(const struct ca_allocation *allocation, const char *sample,
                         ca_date due, const char *format)
{
    struct ca_buffer out = {0};

    if (strcmp(format, "json") == 0) {
        add_json(&out, allocation, sample, due);
    } else if (strcmp(format, "csv") == 0) {
        add_csv(&out, allocation);
    } else {
        print_head(allocation, sample, due);
        print_auditors(allocation);
        putchar('\n');
        print_cases(allocation);
        return;
    }
    fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
}
