/* Agreement of auditors and moderators as text. */
#include "core/report/summary/moderation_text.h"

#include "core/report/text/grid.h"

static void cross_table(struct ca_buffer *out, const struct ca_summary *s,
                        const struct ca_summary_moderation *m, size_t width)
{
    struct ca_grid *grid = ca_grid_new(width);

    ca_grid_column(grid, "Auditor's grade ↓ moderator's →", CA_LEFT);
    for (size_t g = 0; g < s->grade_count; g++)
        ca_grid_column(grid, s->grades[g].abbrev ? s->grades[g].abbrev : s->grades[g].label,
                       CA_RIGHT);
    for (size_t a = 0; a < s->grade_count; a++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, s->grades[a].label);
        for (size_t b = 0; b < s->grade_count; b++)
            ca_grid_count(grid, m->pairs[a * s->grade_count + b]);
    }
    ca_grid_write(grid, out);
}

static void statistics(struct ca_buffer *out, const struct ca_summary_moderation *m,
                       size_t width)
{
    const struct {
        const char *name;
        struct ca_figure figure;
        int places;
    } lines[] = {
        {"Moderated", m->moderated, 0},
        {"Raised", m->raised, 0},
        {"Lowered", m->lowered, 0},
        {"Mean shift in grades (better is positive)", m->shift, 3},
        {"Kappa", m->kappa, 3},
        {"Kappa, linear weights", m->kappa_linear, 3},
        {"Kappa, quadratic weights", m->kappa_quadratic, 3},
        {"Gwet's AC2, quadratic weights", m->ac2, 3},
        {"Bowker's test of symmetry", m->bowker, 3},
        {"  its p", m->bowker_p, 3},
    };
    struct ca_grid *grid = ca_grid_new(width);
    char text[CA_FIGURE_SIZE];

    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "", CA_RIGHT);
    ca_grid_row(grid);
    ca_grid_cell(grid, "Exact agreement");
    ca_grid_share(grid, &m->agreement);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, lines[i].name);
        ca_grid_cell(grid, ca_figure_text(lines[i].figure, lines[i].places, text));
    }
    ca_grid_write(grid, out);
}

void ca_moderation_text(struct ca_buffer *out, const struct ca_summary *summary,
                        const struct ca_summary_row *row, size_t width)
{
    ca_buffer_printf(out, "\nModeration, %s\n\n", row->name);
    cross_table(out, summary, &row->moderation, width);
    statistics(out, &row->moderation, width);
}
