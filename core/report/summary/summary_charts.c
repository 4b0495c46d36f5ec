/* The parts of the page with a chart of grades, and what all charts share. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/page/html.h"
#include "core/report/summary/summary_html_private.h"
#include "core/report/text/words.h"

/* ---- what charts share ---- */

void ca_figure_begin(struct ca_summary_page *p, const char *finding)
{
    p->figure = p->page.body.length;
    ca_buffer_puts(&p->page.body, "<figure>");
    ca_html_element(&p->page.body, "figcaption", finding);
    ca_buffer_putc(&p->page.body, '\n');
}

static bool figure_has(const struct ca_summary_page *p, const char *text)
{
    return strstr(p->page.body.data + p->figure, text) != NULL;
}

/* Whether "c" stands in its words, as in "c of 30", "c strengths" and "withheld (c)". */
static bool figure_withholds(const struct ca_summary_page *p)
{
    bool in_tag = false;
    char before = ' ';

    for (const char *c = p->page.body.data + p->figure; *c != '\0'; before = *c++) {
        if (*c == 'c' && !in_tag && strchr(" >(", before) != NULL &&
            strchr(" <,;.)", c[1]) != NULL)
            return true;
        in_tag = *c == '<' || (in_tag && *c != '>');
    }
    return false;
}

static void withheld_note(struct ca_summary_page *p)
{
    bool two = figure_has(p, ">the rest ");

    if (p->s->threshold == 0 || !(two || figure_withholds(p)))
        return;
    ca_html_printf(
        &p->page.body,
        "<p class=note>c: withheld, because a number is small, or would give a small "
        "one away%s.%s</p>\n",
        p->s->clash != NULL ? ", or what was published before" : "",
        two ? " A bar in two parts shows what may be told where its grades may not." : "");
}

void ca_figure_end(struct ca_summary_page *p)
{
    withheld_note(p);
    ca_buffer_puts(&p->page.body, "</figure>\n");
}

void ca_bar_begin(struct ca_summary_page *p, size_t depth, const char *name,
                  const char *figures)
{
    ca_html_printf(&p->page.body,
                   "<div class=bar><p%s><span>%s</span> <span>%s</span></p><div class=c>",
                   depth == 0   ? ""
                   : depth == 1 ? " class=in1"
                                : " class=in2",
                   name, figures);
}

void ca_bar_end(struct ca_summary_page *p)
{
    ca_buffer_puts(&p->page.body, "</div></div>\n");
}

void ca_bar_axis(struct ca_summary_page *p)
{
    ca_buffer_puts(&p->page.body, "<div class=bar><div class=c>");
    ca_chart_axis(&p->page.body);
    ca_bar_end(p);
}

static void keys(struct ca_summary_page *p)
{
    struct ca_buffer *out = &p->page.body;

    ca_buffer_puts(out, "<p class=keys>");
    for (size_t g = 0; g < p->s->grade_count; g++) {
        const struct ca_summary_name *grade = &p->s->grades[g];
        ca_buffer_puts(out, "<span>");
        ca_chart_key(out, ca_summary_colour(p->s, g));
        ca_html_text(out, grade->label);
        if (grade->abbrev != NULL)
            ca_html_printf(out, " (%s)", grade->abbrev);
        ca_buffer_puts(out, "</span> ");
    }
    ca_buffer_puts(out, "</p>\n");
}

/* In words and colours, once a chart: what the segments of its bars are, in their order. */
static void order_note(struct ca_summary_page *p, bool whiskers)
{
    struct ca_buffer *out = &p->page.body;

    ca_buffer_puts(out, "<p class=note>Each bar: 100% of what was graded, in this order.");
    if (whiskers && p->s->has_positive)
        ca_html_printf(out, " Dot and line below it: %s with its 95%% interval.",
                       p->s->positive_label);
    ca_buffer_puts(out, "</p>\n");
    keys(p);
}

/* ---- grades by period ---- */

static void break_line(struct ca_summary_page *p, const struct ca_summary_row *row)
{
    for (size_t i = 0; i < p->s->break_count; i++) {
        const struct ca_summary_break *b = &p->s->breaks[i];
        if (b->period == NULL || b->measure != NULL || row->template_id == NULL ||
            strcmp(b->period, row->period.id) != 0 || strcmp(b->to, row->template_id) != 0)
            continue;
        ca_html_printf(&p->page.body, "<p class=break>Break in the series: from ");
        ca_words_date(&p->page.body, b->date);
        ca_html_printf(&p->page.body,
                       " on, audits follow “%s” in place of “%s”. Bars on its two sides are "
                       "not measured alike.</p>\n",
                       b->to_title ? b->to_title : b->to,
                       b->from_title ? b->from_title : b->from);
    }
}

static const char *headline_said(struct ca_summary_page *p, const struct ca_summary_row *row)
{
    struct ca_buffer text = {0};
    const char *said;

    if (!p->s->has_positive)
        return "";
    ca_words_interval(&text, &row->positive);
    said = ca_said(p, "%s %s", ca_share_said(p, &row->positive), p->s->positive_label);
    if (ca_is_shown(row->positive.low_whole))
        said = ca_said(p, "%s; %s", said, text.data);
    ca_buffer_free(&text);
    return said;
}

static void grades_bar(struct ca_summary_page *p, const struct ca_summary_row *row,
                       const char *name)
{
    struct ca_together together = {&row->positive, p->s->positive_label, true};
    char graded[CA_FIGURE_SIZE];

    ca_figure_text(row->graded, 0, graded);
    ca_bar_begin(p, 0, ca_said(p, "%s, %s graded", name, graded), headline_said(p, row));
    ca_chart_stacked(&p->page.body, ca_grade_segments(p, row->grades), p->s->grade_count,
                     row->graded, p->s->has_positive ? &together : NULL,
                     ca_said(p, "%s: %s", name, ca_grades_said(p, row->grades)));
    ca_bar_end(p);
}

void ca_part_grades(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;

    ca_page_section(&p->page, "grades", "Grades by period");
    ca_figure_begin(p, ca_finding_grades(p));
    order_note(p, true);
    for (size_t i = 0; i < s->row_count; i++) {
        if (!s->rows[i].total)
            continue;
        break_line(p, &s->rows[i]);
        grades_bar(p, &s->rows[i], s->rows[i].when);
    }
    ca_bar_axis(p);
    ca_figure_end(p);
    ca_page_table(&p->page, ca_table_find(&p->tables, "grades"));
    ca_page_table(&p->page, ca_table_find(&p->tables, "change"));
    ca_page_table(&p->page, ca_table_find(&p->tables, "trends"));
    ca_page_table(&p->page, ca_table_find(&p->tables, "breaks"));
}

/* Each group's periods below each other, small: how it went is seen at a glance. */
static void multiple(struct ca_summary_page *p, const char *name)
{
    const struct ca_summary *s = p->s;

    ca_buffer_puts(&p->page.body, "<div class=small>");
    ca_html_element(&p->page.body, "h3", name);
    for (size_t i = 0; i < s->row_count; i++) {
        const struct ca_summary_row *row = &s->rows[i];
        if (row->total || strcmp(row->name, name) != 0)
            continue;
        ca_html_printf(&p->page.body, "<p>%s: %s</p>", row->when,
                       s->has_positive ? ca_share_said(p, &row->positive)
                                       : ca_grades_said(p, row->grades));
        ca_chart_spark(&p->page.body, ca_grade_segments(p, row->grades), s->grade_count,
                       row->graded);
    }
    ca_buffer_puts(&p->page.body, "</div>\n");
}

static void multiples(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t groups = 1;

    if (s->row_count < 2 || strcmp(s->rows[0].when, p->last->when) == 0)
        return;
    while (groups < s->row_count && !s->rows[groups].total)
        groups++;
    ca_buffer_puts(&p->page.body, "<div class=multiples>\n");
    for (size_t g = 1; g < groups; g++)
        multiple(p, s->rows[g].name);
    ca_buffer_puts(&p->page.body, "</div>\n");
}

static void funnel(struct ca_summary_page *p)
{
    const struct ca_summary_funnel *f = &p->s->funnel;
    const char *said = "Groups by audits graded:";
    char percent[CA_FIGURE_SIZE];

    if (f->point_count == 0)
        return;
    for (size_t i = 0; i < f->point_count; i++)
        said = ca_said(p, "%s %s, %lld graded, %s%%%s%s", said, f->points[i].name,
                       (long long)f->points[i].graded.value,
                       ca_figure_text(f->points[i].percent, 1, percent),
                       f->points[i].outside > 0 ? ", outside" : "",
                       i + 1 < f->point_count ? ";" : ".");
    ca_figure_begin(p, ca_finding_funnel(p));
    ca_html_printf(
        &p->page.body,
        "<p class=note>%s, by how many were graded. Of 20 groups that are all alike, "
        "19 would lie between the dashed lines, and of 500 all but one between the "
        "others: small groups scatter widely by chance.</p>\n",
        ca_capital(p, p->s->positive_label));
    ca_chart_funnel(&p->page.body, f, said);
    ca_figure_end(p);
}

void ca_part_groups(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    const struct ca_table *table = ca_table_find(&p->tables, "groups");

    if (table == NULL)
        return;
    ca_page_section(&p->page, "groups", ca_said(p, "By %s", s->group_by[0].label));
    funnel(p);
    ca_figure_begin(p, ca_said(p, "Groups in %s, beside all of it", p->last->when));
    order_note(p, true);
    grades_bar(p, p->last, "All");
    for (size_t i = 0; i < s->row_count; i++)
        if (!s->rows[i].total && strcmp(s->rows[i].when, p->last->when) == 0)
            grades_bar(p, &s->rows[i], s->rows[i].name);
    ca_bar_axis(p);
    ca_figure_end(p);
    multiples(p);
    ca_page_table(&p->page, ca_table_find(&p->tables, "group-change"));
    ca_page_see(&p->page, table);
}

/* ---- months ---- */

static const char *months_alt(struct ca_summary_page *p)
{
    const struct ca_summary_xmr *x = &p->s->xmr;
    char text[CA_FIGURE_SIZE];
    const char *said = x->quarters ? "Per cent by quarter:" : "Per cent by month:";

    for (size_t i = 0; i < x->point_count; i++)
        said = ca_said(
            p, "%s %s %s%s%s%s", said, x->points[i].month,
            ca_figure_text(x->points[i].percent, 1, text), x->points[i].signal ? ", " : "",
            x->points[i].signal ? x->points[i].signal : "", i + 1 < x->point_count ? ";" : ".");
    return said;
}

static void run_sentence(struct ca_summary_page *p)
{
    const struct ca_summary_xmr *x = &p->s->xmr;
    char longest[CA_FIGURE_SIZE], allowed[CA_FIGURE_SIZE], crossings[CA_FIGURE_SIZE],
        fewest[CA_FIGURE_SIZE];

    if (!ca_is_shown(x->longest))
        return;
    ca_html_printf(
        &p->page.body,
        "<p>Longest run on one side of the median: %s points (up to %s is ordinary). "
        "The line crosses it %s times (%s or more is ordinary).%s</p>\n",
        ca_figure_text(x->longest, 0, longest), ca_figure_text(x->longest_allowed, 0, allowed),
        ca_figure_text(x->crossings, 0, crossings),
        ca_figure_text(x->fewest_crossings, 0, fewest),
        x->run_signal ? " That is a sign of change." : "");
}

static void months_note(struct ca_summary_page *p)
{
    const struct ca_summary_xmr *x = &p->s->xmr;
    const char *unit = x->quarters ? "quarter" : "month";
    char lower[CA_FIGURE_SIZE], upper[CA_FIGURE_SIZE];

    ca_html_printf(&p->page.body, "<p class=note>%s, per cent of the audits graded in each %s",
                   ca_capital(p, p->s->positive_label), unit);
    if (p->last->template_id != NULL)
        ca_html_printf(&p->page.body, ", since the audits follow %s", p->last->template_id);
    ca_html_printf(&p->page.body, ". %s",
                   x->quarters ? "There are fewer than five a month, too few for months. "
                               : "");
    if (x->left_out) {
        ca_html_printf(&p->page.body,
                       "Each %s that is withheld is left out, and so are the limits, which "
                       "would help to find it.</p>\n",
                       unit);
        return;
    }
    if (x->p_chart)
        ca_html_printf(&p->page.body,
                       "The dashed steps are how far each %s may vary by chance, by how many "
                       "were graded in it.",
                       unit);
    else
        ca_html_printf(&p->page.body, "Ordinary variation reaches from %s%% to %s%%.",
                       ca_figure_text(x->lower, 1, lower), ca_figure_text(x->upper, 1, upper));
    ca_html_printf(&p->page.body,
                   " Those that stand out are larger and of the other colour.%s</p>\n",
                   x->trial ? " With so few points these are trial limits." : "");
}

static void months_chart(struct ca_summary_page *p)
{
    ca_figure_begin(p, ca_finding_months(p));
    months_note(p);
    ca_chart_xmr(&p->page.body, p->s, months_alt(p));
    ca_figure_end(p);
    run_sentence(p);
}

void ca_part_months(struct ca_summary_page *p)
{
    const struct ca_table *months = ca_table_find(&p->tables, "months");

    if (!p->s->xmr.present && months == NULL)
        return;
    ca_page_section(&p->page, "months", "Month by month");
    if (p->s->xmr.present)
        months_chart(p);
    else
        ca_html_printf(&p->page.body,
                       "<p>There is a chart of the months, with the limits of their ordinary "
                       "variation, once there are twelve months of audits%s.</p>\n",
                       p->s->threshold > 0 ? " that may be shown" : "");
    ca_page_see(&p->page, ca_table_find(&p->tables, "xmr"));
    ca_page_see(&p->page, months);
}

/* ---- sections and agencies ---- */

/* What stands apart has no grade to draw. */
static void section_apart(struct ca_summary_page *p, const struct ca_summary_grades *grades)
{
    char text[CA_FIGURE_SIZE];

    ca_html_printf(
        &p->page.body,
        "<p class=note>Stands apart: has a score in each of %s audits, and no grade. "
        "Its standards count among the measures.</p>",
        ca_figure_text(grades->not_graded, 0, text));
}

static void section_bar(struct ca_summary_page *p, size_t i)
{
    const struct ca_summary_section_name *name = &p->s->sections[i];
    const struct ca_summary_grades *grades = &p->last->sections[i];
    struct ca_together together = {&grades->positive, p->s->positive_label, false};
    char graded[CA_FIGURE_SIZE];

    ca_bar_begin(p, name->depth, name->title,
                 name->apart
                     ? "not graded"
                     : ca_said(p, "%s graded", ca_figure_text(grades->graded, 0, graded)));
    if (name->apart)
        section_apart(p, grades);
    else
        ca_chart_stacked(&p->page.body, ca_grade_segments(p, grades->shares), p->s->grade_count,
                         grades->graded, &together,
                         ca_said(p, "%s: %s", name->title, ca_grades_said(p, grades->shares)));
    ca_bar_end(p);
}

/* A score as a per cent of full marks, in tenths: where it stands on a line. */
static struct ca_figure of_full_marks(const struct ca_summary_page *p, struct ca_figure score)
{
    score.value = (score.value * 10 + p->s->out_of / 2) / p->s->out_of;
    return score;
}

static void score_bar(struct ca_summary_page *p, size_t depth, const char *name,
                      const struct ca_summary_spread *spread)
{
    const struct ca_share place = {.tenths = of_full_marks(p, spread->median),
                                   .low = of_full_marks(p, spread->first),
                                   .high = of_full_marks(p, spread->third)};
    char count[CA_FIGURE_SIZE], median[CA_FIGURE_SIZE], low[CA_FIGURE_SIZE],
        high[CA_FIGURE_SIZE];
    const char *said = "no scores";

    if (ca_is_shown(spread->median))
        said = ca_said(
            p, "%s; middle half %s to %s; %s audits", ca_figure_text(spread->median, 2, median),
            ca_figure_text(spread->first, 2, low), ca_figure_text(spread->third, 2, high),
            ca_figure_text(spread->count, 0, count));
    ca_bar_begin(p, depth, name, said);
    ca_chart_interval(&p->page.body, &place, -1, ca_said(p, "%s: median %s", name, said));
    ca_bar_end(p);
}

/* Where scores say more than grades do. */
static void scores(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;

    if (s->out_of == 0)
        return;
    ca_figure_begin(
        p, ca_said(p, "Scores in %s, out of %lld", p->last->when, (long long)s->out_of));
    ca_html_printf(&p->page.body,
                   "<p class=note>The dot is the median, the line the middle half "
                   "of the audits. 100%% is full marks.</p>\n");
    score_bar(p, 0, "All of it", p->last->scores);
    for (size_t i = 0; i < s->section_count; i++)
        score_bar(p, s->sections[i].depth, s->sections[i].title, &p->last->section_scores[i]);
    for (size_t a = 0; a < s->agency_count; a++)
        score_bar(p, 0, s->agencies[a].label, &p->last->agency_scores[a]);
    ca_bar_axis(p);
    ca_figure_end(p);
    ca_page_see(&p->page, ca_table_find(&p->tables, "scores"));
}

void ca_part_sections(struct ca_summary_page *p)
{
    const struct ca_table *table = ca_table_find(&p->tables, "sections");

    if (table == NULL)
        return;
    ca_page_section(&p->page, "sections", "Parts of the audit");
    ca_figure_begin(p, ca_finding_sections(p));
    order_note(p, false);
    for (size_t i = 0; i < p->s->section_count; i++)
        section_bar(p, i);
    ca_bar_axis(p);
    ca_figure_end(p);
    ca_page_see(&p->page, table);
    scores(p);
}

/* One cell of the grid: a bar, and the counts by short name. */
static void grid_cell(struct ca_summary_page *p, const struct ca_summary_grades *grades)
{
    struct ca_buffer *out = &p->page.body;
    const struct ca_summary *s = p->s;
    char text[CA_FIGURE_SIZE];
    bool any = false;

    ca_buffer_puts(out, "<td class=t><div class=cell>");
    ca_chart_spark(out, ca_grade_segments(p, grades->shares), s->grade_count, grades->graded);
    for (size_t g = 0; g < s->grade_count; g++) {
        struct ca_figure count = grades->shares[g].count;
        if (ca_is_shown(count) ? count.value == 0 : count.shown != CA_WITHHELD)
            continue;
        ca_html_printf(out, "%s%s %s", any ? ", " : "",
                       s->grades[g].abbrev ? s->grades[g].abbrev : s->grades[g].label,
                       ca_figure_text(count, 0, text));
        any = true;
    }
    ca_buffer_puts(out, any ? "</div></td>" : "–</div></td>");
}

static void grid(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    struct ca_buffer *out = &p->page.body;

    ca_html_printf(out,
                   "<table id=t-cells><caption>Each agency's grades of each part, %s</caption>"
                   "<thead><tr><th scope=col class=t>Part</th>",
                   p->last->when);
    for (size_t a = 0; a < s->agency_count; a++) {
        ca_html_element(out, "th scope=col class=t", s->agencies[a].label);
        ca_buffer_printf(&p->page.rules, "#t-cells td:nth-child(%zu)::before{content:\"",
                         a + 2);
        ca_html_css_string(&p->page.rules, s->agencies[a].label);
        ca_buffer_puts(&p->page.rules, "\"}\n");
    }
    ca_buffer_puts(out, "</tr></thead>\n<tbody>");
    for (size_t i = 0; i < s->section_count; i++) {
        ca_buffer_puts(out, "<tr>");
        ca_html_element(out, "th scope=row", s->sections[i].title);
        for (size_t a = 0; a < s->agency_count; a++)
            grid_cell(p, &p->last->agencies[a].grid[i]);
        ca_buffer_puts(out, "</tr>\n");
    }
    ca_buffer_puts(out, "</tbody></table>\n");
}

/* One kind of an agency's grades: what it said, or what its answers come to. */
static void agency_bar(struct ca_summary_page *p, const char *name, const char *figures,
                       const struct ca_summary_grades *grades)
{
    struct ca_together together = {&grades->positive, p->s->positive_label, false};

    ca_bar_begin(p, 0, name, figures);
    ca_chart_stacked(&p->page.body, ca_grade_segments(p, grades->shares), p->s->grade_count,
                     grades->graded, &together,
                     ca_said(p, "%s: %s", name, ca_grades_said(p, grades->shares)));
    ca_bar_end(p);
}

/* "declared better than its answers in 3, the same in 4, worse in 1" */
static const char *difference_said(struct ca_summary_page *p,
                                   const struct ca_summary_agency *agency)
{
    char better[CA_FIGURE_SIZE], same[CA_FIGURE_SIZE], worse[CA_FIGURE_SIZE];

    return ca_said(p, "own grade better in %s, the same in %s, worse in %s",
                   ca_figure_text(agency->better, 0, better),
                   ca_figure_text(agency->same, 0, same),
                   ca_figure_text(agency->worse, 0, worse));
}

static bool any_declared(const struct ca_summary_agency *agency)
{
    return !ca_is_shown(agency->declared.graded) || agency->declared.graded.value > 0;
}

static void agency_bars(struct ca_summary_page *p, size_t a)
{
    const struct ca_summary_agency *agency = &p->last->agencies[a];
    char returns[CA_FIGURE_SIZE], asked[CA_FIGURE_SIZE];

    ca_html_printf(&p->page.body, "<h3>%s</h3>\n", p->s->agencies[a].label);
    if (any_declared(agency))
        agency_bar(p, "Its own grades", difference_said(p, agency), &agency->declared);
    agency_bar(p, "What its answers come to",
               ca_said(p, "%s of %s returned", ca_figure_text(agency->returns, 0, returns),
                       ca_figure_text(agency->asked, 0, asked)),
               &agency->overall);
}

void ca_part_agencies(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;

    if (s->agency_count == 0)
        return;
    ca_page_section(&p->page, "agencies", "Agencies");
    ca_figure_begin(p, ca_finding_agencies(p));
    ca_buffer_puts(&p->page.body,
                   "<p class=note>Each agency audited its own practice from its own records. "
                   "The grade it gave itself is one thing, what its answers come to another; "
                   "agencies are never averaged.</p>\n");
    order_note(p, false);
    for (size_t a = 0; a < s->agency_count; a++)
        agency_bars(p, a);
    ca_bar_axis(p);
    ca_figure_end(p);
    ca_page_table(&p->page, ca_table_find(&p->tables, "difference"));
    grid(p);
    ca_page_see(&p->page, ca_table_find(&p->tables, "agencies"));
    ca_page_see(&p->page, ca_table_find(&p->tables, "declared"));
    ca_page_see(&p->page, ca_table_find(&p->tables, "grid"));
}
