#ifndef CA_REPORT_SUMMARY_TABLES_PRIVATE_H
#define CA_REPORT_SUMMARY_TABLES_PRIVATE_H

#include "core/report/text/words.h"
#include "core/report/page/tables.h"

/* What the tables of a summary are made with (summary_tables*.c). */
struct ca_table_maker {
    struct ca_tables tables;
    const struct ca_summary *s;
    const struct ca_theme *theme;
    enum ca_table_rows rows;
    struct ca_table *table; /* that is being made */
};

static inline void ca_maker_start(struct ca_table_maker *m, const char *id, const char *caption)
{
    if (m->rows == CA_ROWS_GROUPS) {
        id = ca_arena_printf(m->tables.arena, "by-%s", id);
        caption = ca_arena_printf(m->tables.arena, "%s: by group", caption);
    }
    m->table = ca_table_add(&m->tables, id, caption);
}

static inline struct ca_column *ca_maker_column(struct ca_table_maker *m,
                                                enum ca_column_kind kind, const char *heading)
{
    return ca_table_column(&m->tables, m->table, kind, heading);
}

static inline void ca_maker_number_column(struct ca_table_maker *m, const char *heading,
                                          int places, const char *unit)
{
    struct ca_column *c = ca_maker_column(m, CA_COLUMN_FIGURE, heading);

    c->places = places;
    c->unit = unit;
}

static inline void ca_maker_text(struct ca_table_maker *m, const char *text)
{
    ca_table_text(&m->tables, m->table, text);
}

static inline void ca_maker_figure(struct ca_table_maker *m, struct ca_figure figure)
{
    ca_table_figure(&m->tables, m->table, figure);
}

static inline void ca_maker_share(struct ca_table_maker *m, const struct ca_share *share)
{
    ca_table_share(&m->tables, m->table, share);
}

static inline const char *ca_maker_date(struct ca_table_maker *m, ca_date date)
{
    struct ca_buffer text = {0};
    const char *words;

    ca_words_date(&text, date);
    words = date == CA_NO_DATE ? "–" : ca_arena_strdup(m->tables.arena, text.data);
    ca_buffer_free(&text);
    return words;
}

/* ---- what begins each row: the period, and the group where groups are shown ---- */

static inline bool ca_maker_has_groups(const struct ca_table_maker *m)
{
    return m->rows != CA_ROWS_TOTALS && m->s->group_by_count > 0;
}

static inline void ca_maker_period_columns(struct ca_table_maker *m)
{
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    if (ca_maker_has_groups(m)) {
        ca_maker_column(m, CA_COLUMN_TEXT, "Group");
        m->table->heads++;
    }
}

/* A table with rows of what the heading names, by period (and group). */
static inline void ca_maker_start_by_period(struct ca_table_maker *m, const char *id,
                                            const char *caption, const char *heading)
{
    ca_maker_start(m, id, caption);
    ca_maker_column(m, CA_COLUMN_TEXT, heading);
    ca_maker_period_columns(m);
    m->table->heads++;
}

static inline void ca_maker_period(struct ca_table_maker *m, const struct ca_summary_row *row)
{
    ca_maker_text(m, row->when);
    if (ca_maker_has_groups(m))
        ca_maker_text(m, row->total ? "All" : row->name);
}

static inline bool ca_maker_wants(const struct ca_table_maker *m,
                                  const struct ca_summary_row *row)
{
    return row->total ? m->rows != CA_ROWS_GROUPS : m->rows != CA_ROWS_TOTALS;
}

#define CA_EACH_ROW(m, row)                                                                    \
    for (const struct ca_summary_row *row = (m)->s->rows;                                      \
         row < (m)->s->rows + (m)->s->row_count; row++)                                        \
        if (ca_maker_wants(m, row))

/* ---- the makers, in the order of sheets: summary_tables_practice.c, then _series.c ---- */

void ca_make_themes_table(struct ca_table_maker *m);
void ca_make_actions_table(struct ca_table_maker *m);
void ca_make_standing_table(struct ca_table_maker *m);
void ca_make_alerts_table(struct ca_table_maker *m);
void ca_make_limits_table(struct ca_table_maker *m);
void ca_make_moderation_table(struct ca_table_maker *m);
void ca_make_agreement_table(struct ca_table_maker *m);
void ca_make_pairs_table(struct ca_table_maker *m);
void ca_make_months_table(struct ca_table_maker *m);
void ca_make_xmr_table(struct ca_table_maker *m);
void ca_make_breaks_table(struct ca_table_maker *m);
void ca_make_coverage_table(struct ca_table_maker *m);
void ca_make_indicators_table(struct ca_table_maker *m);
void ca_make_indicator_tables(struct ca_table_maker *m);
void ca_make_cases_table(struct ca_table_maker *m);

#endif
