/* Figures from a spreadsheet: history, populations, indicators. */
#include "core/cli/figures_csv.h"

#include <string.h>

#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/map.h"
#include "core/base/suggest.h"
#include "core/cli/figures_known.h"
#include "core/insight/period.h"
#include "core/sheet/cell.h"
#include "core/store/query.h"

enum { MAX_COLUMNS = 16, MAX_ROWS = 20000 };
#define MAX_COUNT ((int64_t)1000000000)

struct sheet {
    const struct ca_figures_check *check;
    struct ca_arena *arena;
    const struct ca_sheet *all;
    const char *const *names; /* of the columns, NULL-ended; those needed come first */
    size_t at[MAX_COLUMNS];   /* where each is, or CA_NO_COLUMN */
    const struct ca_sheet_row *row;
    struct ca_map *seen;   /* what each earlier row was about */
    struct ca_map *firsts; /* ids of indicators, to the first row of each */
    struct ca_map *kinds;  /* what rows are about, to the kinds of its periods */
    unsigned *kinds_of;
    struct ca_known_figures *known; /* what the store has of figures already */
};

/* ---- columns ---- */

static void say(const struct sheet *sheet, size_t column, enum ca_severity severity,
                const char *format, va_list args)
{
    struct ca_diags *diags = sheet->check->diags;

    if (ca_diags_room(diags, severity, format))
        ca_diags_add(diags, severity, CA_FAULT_RULE, sheet->row->number,
                     sheet->at[column] == CA_NO_COLUMN ? 1 : (int)sheet->at[column] + 1, NULL,
                     "row %d, column '%s': %s", sheet->row->number, sheet->names[column],
                     ca_arena_vprintf(sheet->arena, format, args));
}

static void fault(const struct sheet *sheet, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault(const struct sheet *sheet, size_t column, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(sheet, column, CA_ERROR, format, args);
    va_end(args);
}

static void warn(const struct sheet *sheet, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void warn(const struct sheet *sheet, size_t column, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(sheet, column, CA_WARNING, format, args);
    va_end(args);
}

/* What the store holds against a row, if anything. */
static void fault_if(const struct sheet *sheet, size_t column, const char *message)
{
    if (message != NULL)
        fault(sheet, column, "%s", message);
}

static void warn_if(const struct sheet *sheet, size_t column, const char *message)
{
    if (message != NULL)
        warn(sheet, column, "%s", message);
}

static const char *cell(const struct sheet *sheet, size_t column)
{
    return sheet->at[column] == CA_NO_COLUMN ? "" : sheet->row->cells[sheet->at[column]];
}

static size_t count_names(const char *const *names)
{
    size_t n = 0;

    while (names[n] != NULL)
        n++;
    return n;
}

/* Which of the names the heading is, or how many there are. */
static size_t name_of(const struct sheet *sheet, const char *heading, size_t known)
{
    size_t i = 0;

    while (i < known && !ca_same_text(heading, sheet->names[i]))
        i++;
    return i;
}

static void check_heading(struct sheet *sheet, size_t column, size_t known)
{
    const char *heading = sheet->all->header[column];
    struct ca_diags *diags = sheet->check->diags;
    size_t name = name_of(sheet, heading, known);

    if (name < known && sheet->at[name] != CA_NO_COLUMN)
        ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, sheet->all->header_row, (int)column + 1,
                     NULL, "column '%s' stands twice; the first is column %zu", heading,
                     sheet->at[name] + 1);
    else if (name < known)
        sheet->at[name] = column;
    else if (ca_diags_room(diags, CA_ERROR, "column"))
        ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, sheet->all->header_row, (int)column + 1,
                     NULL, "column '%s' means nothing here%s", heading,
                     ca_did_you_mean(sheet->arena, heading, sheet->names, known));
}

static void check_columns(struct sheet *sheet, size_t needed)
{
    size_t known = count_names(sheet->names);

    for (size_t i = 0; i < known; i++)
        sheet->at[i] = CA_NO_COLUMN;
    for (size_t i = 0; i < sheet->all->columns; i++)
        if (sheet->all->header[i][0] != '\0')
            check_heading(sheet, i, known);
    for (size_t i = 0; i < needed; i++)
        if (sheet->at[i] == CA_NO_COLUMN)
            ca_diags_add(sheet->check->diags, CA_ERROR, CA_FAULT_RULE, sheet->all->header_row,
                         1, NULL, "there is no column '%s'", sheet->names[i]);
}

static bool open_sheet(struct sheet *sheet, const struct ca_figures_check *check,
                       const char *const *names, size_t needed, const struct ca_sheet *all)
{
    struct ca_error error;

    *sheet = (struct sheet){
        .check = check, .arena = check->diags->arena, .names = names, .all = all};
    check_columns(sheet, needed);
    if (check->diags->errors == 0 && all->row_count == 0)
        ca_diags_add(check->diags, CA_ERROR, CA_FAULT_RULE, all->header_row, 1, NULL,
                     "there is no row below the headings");
    if (!check->again && all->row_count > MAX_ROWS)
        ca_diags_add(check->diags, CA_ERROR, CA_FAULT_LIMIT, all->rows[MAX_ROWS].number, 1,
                     NULL, "the file has more than %d rows; import it in parts", MAX_ROWS);
    sheet->seen = ca_map_new(sheet->arena, all->row_count);
    sheet->firsts = ca_map_new(sheet->arena, all->row_count);
    if (ca_known_read(check->store, sheet->arena, &sheet->known, &error) != CA_OK)
        ca_diags_add(check->diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    return check->diags->errors == 0;
}

/* ---- cells ---- */

static bool read_count(const struct sheet *sheet, size_t column, int64_t least, int64_t *out)
{
    const char *text = cell(sheet, column), *number = ca_cell_number(sheet->arena, text);

    if (number != NULL && ca_integer_parse(number, least, MAX_COUNT, out))
        return true;
    fault(sheet, column, "'%s' is no count; it is a whole number from %lld", text,
          (long long)least);
    return false;
}

enum { MONTHS = 1, YEARS = 2 };

/* Of each thing that rows are about (in column subject): are its periods months, or years? */
static void find_kinds(struct sheet *sheet, size_t column, size_t subject)
{
    size_t count = 0;
    struct ca_period period, month;

    sheet->kinds = ca_map_new(sheet->arena, sheet->all->row_count);
    sheet->kinds_of = CA_ARRAY(sheet->arena, sheet->all->row_count, unsigned);
    for (size_t i = 0; i < sheet->all->row_count; i++) {
        size_t place;
        sheet->row = &sheet->all->rows[i];
        place = ca_map_put(sheet->kinds, cell(sheet, subject), count);
        if (place == CA_NOT_FOUND)
            place = count++;
        if (ca_period_parse(cell(sheet, column), sheet->check->year_start, &period, NULL) !=
                CA_OK ||
            ca_period_as_month(&period, &month))
            continue;
        sheet->kinds_of[place] |= period.kind == CA_PERIOD_MONTH  ? MONTHS
                                  : period.kind == CA_PERIOD_YEAR ? YEARS
                                                                  : 0;
    }
}

/* 2010-11 by itself is a year; beside 2010-10 and 2010-12 of the same thing it is November. */
static bool is_month_here(const struct sheet *sheet, size_t column, size_t subject,
                          const struct ca_period *year)
{
    unsigned kinds = sheet->kinds_of[ca_map_get(sheet->kinds, cell(sheet, subject))];

    if (kinds == 0 || kinds == (MONTHS | YEARS))
        warn(sheet, column,
             "'%s' is taken as the year; if it is a month, write its first and last day, "
             "as 2010-11-01..2010-11-30",
             year->id);
    return kinds == MONTHS;
}

static bool read_period(const struct sheet *sheet, size_t column, size_t subject,
                        struct ca_stored_period *out)
{
    const char *text = ca_without_blanks(sheet->arena, cell(sheet, column));
    const ca_date today = sheet->check->today;
    struct ca_period period, month;
    struct ca_error error;
    char date[CA_DATE_SIZE];

    if (ca_period_parse(text, sheet->check->year_start, &period, &error) != CA_OK) {
        fault(sheet, column, "%s", error.message);
        return false;
    }
    if (ca_period_as_month(&period, &month) && is_month_here(sheet, column, subject, &period))
        period = month;
    if (today != CA_NO_DATE && period.from > today) {
        fault(sheet, column,
              "%s has not begun yet: today is %s; correct it, or say --allow-future", period.id,
              ca_date_format(today, date));
        return false;
    }
    *out = (struct ca_stored_period){ca_arena_strdup(sheet->arena, period.id), period.from,
                                     period.to};
    return true;
}

/* The same thing twice in one file: which of the two is meant? */
static void check_seen(struct sheet *sheet, size_t column, const char *key)
{
    size_t earlier = ca_map_put(sheet->seen, key, (size_t)sheet->row->number);

    if (earlier != CA_NOT_FOUND)
        fault(sheet, column, "this is what row %zu is about already", earlier);
}

/* ---- history: template, period, grade, count ---- */

enum { H_TEMPLATE, H_PERIOD, H_GRADE, H_COUNT };

/* The id of the grade that a cell names: by its id, label or short form. NULL: none, or the
 * word could be two of them. */
static const char *grade_named(const struct ca_stored_template *t, const char *word)
{
    const char *found = NULL;

    for (size_t i = 0; i < t->grade_count; i++)
        if (strcmp(t->grades[i].id, word) == 0)
            return t->grades[i].id;
    for (size_t i = 0; i < t->grade_count; i++) {
        const struct ca_stored_grade *grade = &t->grades[i];

        if (!ca_same_text(grade->label, word) && !ca_same_text(grade->id, word) &&
            (grade->abbrev == NULL || !ca_same_text(grade->abbrev, word)))
            continue;
        if (found != NULL)
            return NULL;
        found = grade->id;
    }
    return found;
}

/* "; did you mean 'good'? Its grades are outstanding (Outstanding), good (Good)" */
static const char *grades_there_are(const struct sheet *sheet,
                                    const struct ca_stored_template *t, const char *word)
{
    const char **ids = CA_ARRAY(sheet->arena, t->grade_count, const char *);
    const char *list = "", *hint;

    for (size_t i = 0; i < t->grade_count; i++) {
        ids[i] = t->grades[i].id;
        list = ca_arena_printf(sheet->arena, "%s%s%s (%s)", list, i > 0 ? ", " : "",
                               t->grades[i].id, t->grades[i].label);
    }
    hint = ca_did_you_mean(sheet->arena, word, ids, t->grade_count);
    return ca_arena_printf(sheet->arena, "%s%s grades are %s", hint,
                           *hint != '\0' ? " Its" : "; its", list);
}

static void refuse_template(const struct sheet *sheet, size_t column,
                            const struct ca_stored_template *templates, size_t count,
                            const char *hint)
{
    const char *id = cell(sheet, column), **ids;

    if (!ca_diags_room(sheet->check->diags, CA_ERROR, "template"))
        return;
    ids = CA_ARRAY(sheet->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        ids[i] = templates[i].id;
    fault(sheet, column, "there is no template '%s' in the store%s%s", id,
          ca_did_you_mean(sheet->arena, id, ids, count), hint);
}

/* The grade's id, among the versions of the template in the store; "" after a fault. */
static const char *read_grade(const struct sheet *sheet,
                              const struct ca_stored_template *templates, size_t count)
{
    const char *template = cell(sheet, H_TEMPLATE), *word = cell(sheet, H_GRADE), *grade;
    const struct ca_stored_template *newest = NULL;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(templates[i].id, template) != 0)
            continue;
        newest = &templates[i];
        grade = grade_named(newest, word);
        if (grade != NULL)
            return grade;
    }
    if (newest == NULL)
        refuse_template(sheet, H_TEMPLATE, templates, count, "");
    else
        fault(sheet, H_GRADE, "'%s' is no grade of template '%s'%s", word, template,
              grades_there_are(sheet, newest, word));
    return "";
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

bool ca_history_read(const struct ca_figures_check *check, const struct ca_sheet *all,
                     struct ca_history **rows, size_t *count)
{
    static const char *const names[] = {"template", "period", "grade", "count", NULL};
    struct ca_stored_template *templates;
    struct ca_history *out;
    struct sheet sheet;
    size_t template_count;
    bool good;

    if (!open_sheet(&sheet, check, names, 4, all) ||
        !stored_templates(&sheet, &templates, &template_count))
        return false;
    out = CA_ARRAY(sheet.arena, all->row_count, struct ca_history);
    find_kinds(&sheet, H_PERIOD, H_TEMPLATE);
    for (size_t i = 0; i < all->row_count; i++) {
        sheet.row = &all->rows[i];
        out[i].template_id = cell(&sheet, H_TEMPLATE);
        out[i].grade = read_grade(&sheet, templates, template_count);
        good = read_count(&sheet, H_COUNT, 0, &out[i].count) && out[i].grade[0] != '\0';
        if (!read_period(&sheet, H_PERIOD, H_TEMPLATE, &out[i].period))
            continue;
        check_seen(&sheet, H_GRADE,
                   ca_arena_printf(sheet.arena, "%s\n%d\n%d\n%s", out[i].template_id,
                                   (int)out[i].period.from, (int)out[i].period.to,
                                   out[i].grade));
        if (!good || check->again)
            continue;
        warn_if(&sheet, H_COUNT, ca_known_count(sheet.known, &out[i]));
        fault_if(&sheet, H_PERIOD,
                 ca_known_overlap(sheet.known, templates, template_count, &out[i],
                                  sheet.row->number));
    }
    *rows = out;
    *count = all->row_count;
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
        if (ca_same_text(text, ca_polarity_name((enum ca_polarity)p))) {
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
    const char *value = cell(sheet, I_VALUE), *figure = ca_cell_number(sheet->arena, value);

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
    } else if (figure == NULL || !ca_decimal_parse(figure, 3, true, &out->value) ||
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

/* Without a column for it, an indicator belongs where it did. */
static const char *read_for(const struct sheet *sheet,
                            const struct ca_stored_template *templates, size_t count)
{
    const char *id = cell(sheet, I_FOR);

    if (sheet->at[I_FOR] == CA_NO_COLUMN)
        return ca_known_template(sheet->known, cell(sheet, I_ID));
    if (id[0] == '\0')
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (strcmp(templates[i].id, id) == 0)
            return id;
    refuse_template(sheet, I_FOR, templates, count, " (empty: it belongs to all)");
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
    size_t k = ca_map_put(sheet->firsts, rows[i].id, i);
    int first;

    if (k == CA_NOT_FOUND)
        return;
    first = sheet->all->rows[k].number;
    if (!ca_same_text(rows[k].label, rows[i].label))
        fault(sheet, I_LABEL, "'%s' is labelled '%s' in row %d", rows[i].id, rows[k].label,
              first);
    if (rows[k].polarity != rows[i].polarity)
        fault(sheet, I_POLARITY, "the polarity of '%s' is %s in row %d", rows[i].id,
              ca_polarity_name(rows[k].polarity), first);
    if (!same_text(rows[k].template_id, rows[i].template_id))
        fault(sheet, I_FOR, "'%s' is for %s in row %d", rows[i].id,
              rows[k].template_id != NULL ? rows[k].template_id : "all templates", first);
}

/* An indicator keeps its label and polarity, or nobody could say which way it went. */
static void check_known(const struct sheet *sheet, const struct ca_indicator *row)
{
    if (sheet->check->again)
        return;
    if (!sheet->check->replace) {
        fault_if(sheet, I_LABEL, ca_known_label(sheet->known, row));
        fault_if(sheet, I_POLARITY, ca_known_polarity(sheet->known, row));
        fault_if(sheet, I_FOR, ca_known_for(sheet->known, row));
    }
    warn_if(sheet, row->is_ratio ? I_NUMERATOR : I_VALUE, ca_known_figure(sheet->known, row));
}

bool ca_indicators_read(const struct ca_figures_check *check, const struct ca_sheet *all,
                        struct ca_indicator **rows, size_t *count)
{
    static const char *const names[] = {"indicator", "label",       "period", "polarity",
                                        "numerator", "denominator", "value",  "footnote",
                                        "for",       NULL};
    struct ca_stored_template *templates;
    struct ca_indicator *out;
    struct sheet sheet;
    size_t template_count;

    if (!open_sheet(&sheet, check, names, 4, all) ||
        !stored_templates(&sheet, &templates, &template_count))
        return false;
    out = CA_ARRAY(sheet.arena, all->row_count, struct ca_indicator);
    find_kinds(&sheet, I_PERIOD, I_ID);
    for (size_t i = 0; i < all->row_count; i++) {
        const char *footnote;
        sheet.row = &all->rows[i];
        footnote = cell(&sheet, I_FOOTNOTE);
        out[i].id = cell(&sheet, I_ID);
        out[i].label = cell(&sheet, I_LABEL);
        out[i].footnote = footnote[0] != '\0' ? footnote : NULL;
        read_id(&sheet);
        read_polarity(&sheet, &out[i].polarity);
        read_figure(&sheet, &out[i]);
        out[i].template_id = read_for(&sheet, templates, template_count);
        check_same(&sheet, out, i);
        if (!read_period(&sheet, I_PERIOD, I_ID, &out[i].period))
            continue;
        check_seen(&sheet, I_PERIOD,
                   ca_arena_printf(sheet.arena, "%s\n%d\n%d", out[i].id,
                                   (int)out[i].period.from, (int)out[i].period.to));
        check_known(&sheet, &out[i]);
    }
    *rows = out;
    *count = all->row_count;
    return check->diags->errors == 0;
}
