#include "core/cli/figures_csv.h"

#include <string.h>

#include "core/base/csv.h"
#include "core/base/decimal.h"
#include "core/base/map.h"
#include "core/base/suggest.h"
#include "core/insight/period.h"
#include "core/store/query.h"

enum { MAX_COLUMNS = 16 };
#define MAX_COUNT ((int64_t)1000000000)

struct sheet {
    const struct ca_figures_check *check;
    struct ca_arena *arena;
    struct ca_csv csv;
    const char *const *names; /* of the columns, NULL-ended; those needed come first */
    size_t at[MAX_COLUMNS];   /* where each is, or CA_CSV_NONE */
    const struct ca_csv_row *row;
    struct ca_map *seen; /* what each earlier row was about */
};

/* ---- columns ---- */

static void fault(const struct sheet *sheet, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault(const struct sheet *sheet, size_t column, const char *format, ...)
{
    const char *said;
    va_list args;

    va_start(args, format);
    said = ca_arena_vprintf(sheet->arena, format, args);
    va_end(args);
    ca_diags_add(sheet->check->diags, CA_ERROR, CA_FAULT_RULE, sheet->row->line,
                 (int)sheet->at[column] + 1, NULL, "row %d, column '%s': %s", sheet->row->line,
                 sheet->names[column], said);
}

static const char *cell(const struct sheet *sheet, size_t column)
{
    return sheet->at[column] == CA_CSV_NONE ? "" : sheet->row->cells[sheet->at[column]];
}

static size_t count_names(const char *const *names)
{
    size_t n = 0;

    while (names[n] != NULL)
        n++;
    return n;
}

static void check_columns(struct sheet *sheet, size_t needed)
{
    size_t known = count_names(sheet->names);
    struct ca_diags *diags = sheet->check->diags;

    for (size_t i = 0; i < known; i++) {
        sheet->at[i] = ca_csv_column(&sheet->csv, sheet->names[i]);
        if (i < needed && sheet->at[i] == CA_CSV_NONE)
            ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, 1, 1, NULL, "there is no column '%s'",
                         sheet->names[i]);
    }
    for (size_t i = 0; i < sheet->csv.columns; i++) {
        bool good = false;
        for (size_t k = 0; k < known; k++)
            good = good || strcmp(sheet->csv.header[i], sheet->names[k]) == 0;
        if (!good)
            ca_diags_add(
                diags, CA_ERROR, CA_FAULT_RULE, 1, (int)i + 1, NULL,
                "column '%s' means nothing here%s", sheet->csv.header[i],
                ca_did_you_mean(sheet->arena, sheet->csv.header[i], sheet->names, known));
    }
}

static bool open_sheet(struct sheet *sheet, const struct ca_figures_check *check,
                       const char *const *names, size_t needed, const char *bytes,
                       size_t length)
{
    *sheet = (struct sheet){.check = check, .arena = check->diags->arena, .names = names};
    if (!ca_csv_read(sheet->arena, bytes, length, &sheet->csv, check->diags))
        return false;
    check_columns(sheet, needed);
    if (check->diags->errors == 0 && sheet->csv.row_count == 0)
        ca_diags_add(check->diags, CA_ERROR, CA_FAULT_RULE, 1, 1, NULL,
                     "there is no row below the header");
    sheet->seen = ca_map_new(sheet->arena, sheet->csv.row_count);
    return check->diags->errors == 0;
}

/* ---- cells ---- */

static bool read_count(const struct sheet *sheet, size_t column, int64_t least, int64_t *out)
{
    const char *text = cell(sheet, column);

    if (ca_integer_parse(text, least, MAX_COUNT, out))
        return true;
    fault(sheet, column, "'%s' is no count; it is a whole number from %lld", text,
          (long long)least);
    return false;
}

static bool read_period(const struct sheet *sheet, size_t column, struct ca_stored_period *out)
{
    const char *text = cell(sheet, column);
    struct ca_period period;
    struct ca_error error;

    if (ca_period_parse(text, sheet->check->year_start, &period, &error) != CA_OK) {
        fault(sheet, column, "%s", error.message);
        return false;
    }
    *out = (struct ca_stored_period){ca_arena_strdup(sheet->arena, period.id), period.from,
                                     period.to};
    return true;
}

/* The same thing twice in one file: which of the two is meant? */
static void check_seen(struct sheet *sheet, size_t column, const char *key)
{
    size_t earlier = ca_map_put(sheet->seen, key, (size_t)sheet->row->line);

    if (earlier != CA_NOT_FOUND)
        fault(sheet, column, "this is what row %zu is about already", earlier);
}

/* ---- history: template, period, grade, count ---- */

enum { H_TEMPLATE, H_PERIOD, H_GRADE, H_COUNT };

/* Grades and ids of the templates in the store, for a good answer to a wrong word. */
static void check_grade(const struct sheet *sheet, const struct ca_stored_template *templates,
                        size_t count)
{
    const char *template = cell(sheet, H_TEMPLATE), *grade = cell(sheet, H_GRADE);
    const char **ids = CA_ARRAY(sheet->arena, count, const char *), **grades = NULL;
    size_t grade_count = 0;

    for (size_t i = 0; i < count; i++) {
        ids[i] = templates[i].id;
        if (strcmp(templates[i].id, template) != 0)
            continue;
        grades = CA_ARRAY(sheet->arena, templates[i].grade_count, const char *);
        grade_count = templates[i].grade_count;
        for (size_t k = 0; k < grade_count; k++) {
            grades[k] = templates[i].grades[k].id;
            if (strcmp(grades[k], grade) == 0)
                return;
        }
    }
    if (grades == NULL)
        fault(sheet, H_TEMPLATE, "there is no template '%s' in the store%s", template,
              ca_did_you_mean(sheet->arena, template, ids, count));
    else
        fault(sheet, H_GRADE, "'%s' is no grade of template '%s'%s", grade, template,
              ca_did_you_mean(sheet->arena, grade, grades, grade_count));
}

static bool stored_templates(const struct sheet *sheet, struct ca_stored_template **templates,
                             size_t *count)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_error error;

    if (ca_store_templates(sheet->check->store, &all, sheet->arena, templates, count, &error) ==
        CA_OK)
        return true;
    ca_diags_add(sheet->check->diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    return false;
}

bool ca_history_read(const struct ca_figures_check *check, const char *bytes, size_t length,
                     struct ca_history **rows, size_t *count)
{
    static const char *const names[] = {"template", "period", "grade", "count", NULL};
    struct ca_stored_template *templates;
    struct ca_history *out;
    struct sheet sheet;
    size_t template_count;

    if (!open_sheet(&sheet, check, names, 4, bytes, length) ||
        !stored_templates(&sheet, &templates, &template_count))
        return false;
    out = CA_ARRAY(sheet.arena, sheet.csv.row_count, struct ca_history);
    for (size_t i = 0; i < sheet.csv.row_count; i++) {
        sheet.row = &sheet.csv.rows[i];
        check_grade(&sheet, templates, template_count);
        out[i].template_id = cell(&sheet, H_TEMPLATE);
        out[i].grade = cell(&sheet, H_GRADE);
        read_count(&sheet, H_COUNT, 0, &out[i].count);
        if (read_period(&sheet, H_PERIOD, &out[i].period))
            check_seen(&sheet, H_GRADE,
                       ca_arena_printf(sheet.arena, "%s\n%d\n%d\n%s", out[i].template_id,
                                       (int)out[i].period.from, (int)out[i].period.to,
                                       out[i].grade));
    }
    *rows = out;
    *count = sheet.csv.row_count;
    return check->diags->errors == 0;
}

/* ---- indicators ---- */

enum {
    I_ID,
    I_LABEL,
    I_PERIOD,
    I_POLARITY,
    I_NUMERATOR,
    I_DENOMINATOR,
    I_VALUE,
    I_FOOTNOTE,
    I_FOR
};

static void read_id(const struct sheet *sheet)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    const char *id = cell(sheet, I_ID);
    size_t length = strlen(id);

    if (length == 0 || length > 64 || strspn(id, letters) != length ||
        strchr("._-", id[0]) != NULL)
        fault(sheet, I_ID,
              "'%s' is no id; it is up to 64 of a-z, 0-9, '.', '_' and '-', beginning with a "
              "letter or digit",
              id);
    if (cell(sheet, I_LABEL)[0] == '\0')
        fault(sheet, I_LABEL, "the label is missing");
}

static void read_polarity(const struct sheet *sheet, enum ca_polarity *out)
{
    const char *text = cell(sheet, I_POLARITY);

    for (int p = CA_POLARITY_NONE; p <= (int)CA_POLARITY_DOWN; p++)
        if (strcmp(text, ca_polarity_name((enum ca_polarity)p)) == 0) {
            *out = (enum ca_polarity)p;
            return;
        }
    fault(sheet, I_POLARITY,
          "'%s' is no polarity; it is up (more is good), down (less is good) or none", text);
}

static void read_figure(const struct sheet *sheet, struct ca_indicator *out)
{
    bool numerator = cell(sheet, I_NUMERATOR)[0] != '\0';
    bool denominator = cell(sheet, I_DENOMINATOR)[0] != '\0';
    const char *value = cell(sheet, I_VALUE);

    if (numerator != denominator) {
        fault(sheet, numerator ? I_DENOMINATOR : I_NUMERATOR,
              "numerator and denominator go together");
    } else if (numerator && value[0] != '\0') {
        fault(sheet, I_VALUE,
              "there is a numerator and denominator already; give one or the "
              "other");
    } else if (numerator) {
        out->is_ratio = true;
        if (read_count(sheet, I_NUMERATOR, 0, &out->numerator) &&
            read_count(sheet, I_DENOMINATOR, 0, &out->denominator) &&
            out->numerator > out->denominator)
            fault(sheet, I_NUMERATOR, "%lld is more than its denominator, %lld",
                  (long long)out->numerator, (long long)out->denominator);
    } else if (!ca_decimal_parse(value, 3, true, &out->value) ||
               out->value > MAX_COUNT * 1000 || out->value < -MAX_COUNT * 1000) {
        fault(sheet, I_VALUE,
              value[0] == '\0'
                  ? "there is no figure: give numerator and denominator, or a "
                    "value%s"
                  : "'%s' is no figure; it is a number such as 46 or 25.4, with at "
                    "most three decimals",
              value);
    }
}

static const char *read_for(const struct sheet *sheet,
                            const struct ca_stored_template *templates, size_t count)
{
    const char *id = cell(sheet, I_FOR);
    const char **ids = CA_ARRAY(sheet->arena, count, const char *);

    if (id[0] == '\0')
        return NULL;
    for (size_t i = 0; i < count; i++) {
        ids[i] = templates[i].id;
        if (strcmp(ids[i], id) == 0)
            return id;
    }
    fault(sheet, I_FOR, "there is no template '%s' in the store%s (empty: it belongs to all)",
          id, ca_did_you_mean(sheet->arena, id, ids, count));
    return NULL;
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* One indicator has one label, one polarity and one template, or nobody could say which way is
 * good. */
static void check_same(const struct sheet *sheet, const struct ca_indicator *rows, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (strcmp(rows[k].id, rows[i].id) != 0)
            continue;
        if (strcmp(rows[k].label, rows[i].label) != 0)
            fault(sheet, I_LABEL, "'%s' is labelled '%s' in row %d", rows[i].id, rows[k].label,
                  sheet->csv.rows[k].line);
        if (rows[k].polarity != rows[i].polarity)
            fault(sheet, I_POLARITY, "the polarity of '%s' is %s in row %d", rows[i].id,
                  ca_polarity_name(rows[k].polarity), sheet->csv.rows[k].line);
        if (!same_text(rows[k].template_id, rows[i].template_id))
            fault(sheet, I_FOR, "'%s' is for %s in row %d", rows[i].id,
                  rows[k].template_id != NULL ? rows[k].template_id : "all templates",
                  sheet->csv.rows[k].line);
        return;
    }
}

bool ca_indicators_read(const struct ca_figures_check *check, const char *bytes, size_t length,
                        struct ca_indicator **rows, size_t *count)
{
    static const char *const names[] = {"indicator", "label",       "period", "polarity",
                                        "numerator", "denominator", "value",  "footnote",
                                        "for",       NULL};
    struct ca_stored_template *templates;
    struct ca_indicator *out;
    struct sheet sheet;
    size_t template_count;

    if (!open_sheet(&sheet, check, names, 4, bytes, length) ||
        !stored_templates(&sheet, &templates, &template_count))
        return false;
    out = CA_ARRAY(sheet.arena, sheet.csv.row_count, struct ca_indicator);
    for (size_t i = 0; i < sheet.csv.row_count; i++) {
        const char *footnote;
        sheet.row = &sheet.csv.rows[i];
        footnote = cell(&sheet, I_FOOTNOTE);
        out[i].id = cell(&sheet, I_ID);
        out[i].label = cell(&sheet, I_LABEL);
        out[i].footnote = footnote[0] != '\0' ? footnote : NULL;
        read_id(&sheet);
        read_polarity(&sheet, &out[i].polarity);
        read_figure(&sheet, &out[i]);
        out[i].template_id = read_for(&sheet, templates, template_count);
        check_same(&sheet, out, i);
        if (read_period(&sheet, I_PERIOD, &out[i].period))
            check_seen(&sheet, I_PERIOD,
                       ca_arena_printf(sheet.arena, "%s\n%d\n%d", out[i].id,
                                       (int)out[i].period.from, (int)out[i].period.to));
    }
    *rows = out;
    *count = sheet.csv.row_count;
    return check->diags->errors == 0;
}
