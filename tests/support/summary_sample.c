#include "tests/support/summary_sample.h"

#include <string.h>

#include "core/base/date.h"

const char *const sample_hostile[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE audits; --",
    "</style><script>alert(2)</script>",
    "</title></svg>&lt;&amp;&#x3c;b>",
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\tTab first",
    "\rReturn first",
    "two\nlines",
    "right\xE2\x80\xAEtfel",
    "\xE2\x81\xA6isolated",
    "bell\x07 escape\x1B[31m",
    "\xC2\x85next line",
    "not utf-8: \xFF\xC3",
    "{=1+1}",
    "http://example.org/",
    "mailto:someone",
    "internal:Notes!A1",
    "%s%n%d",
    "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 \xE4\xBD\xA0\xE5\xA5\xBD \xF0\x9F\x91\xA7",
    "\\\"}*{display:none}",
    NULL,
};

struct sample {
    const struct sample_shape *shape;
    struct ca_arena *arena;
    struct ca_summary *s;
    size_t texts;
    unsigned seed;
};

/* The text as meant, or the next hostile one with a number that keeps it apart. */
static const char *text(struct sample *x, const char *meant)
{
    size_t count = sizeof sample_hostile / sizeof *sample_hostile - 1;

    if (!x->shape->hostile)
        return meant;
    x->texts++;
    return ca_arena_printf(x->arena, "%s %zu", sample_hostile[x->texts % count], x->texts);
}

/* Not random, only uneven: 0 to most. */
static int64_t some(struct sample *x, int64_t most)
{
    x->seed = x->seed * 1103515245u + 12345u;
    return most <= 0 ? 0 : (int64_t)(x->seed >> 16) % (most + 1);
}

static struct ca_figure shown(int64_t value)
{
    return (struct ca_figure){CA_SHOWN, value};
}

/* n of N; with an interval if asked for; withheld in public if small. */
static struct ca_share share(struct sample *x, int64_t count, int64_t of, bool interval)
{
    const struct ca_figure none = {CA_NO_OBSERVATIONS, 0}, withheld = {CA_WITHHELD, 0};
    struct ca_interval i = ca_wilson(count, of);
    struct ca_share result = {shown(count), shown(of), none, none, none, none, none, none};
    int64_t value;

    if (x->shape->audience == CA_PUBLIC && count > 0 && count < 6)
        return (struct ca_share){withheld, shown(of), withheld, withheld,
                                 withheld, withheld,  withheld, withheld};
    if (ca_percent_tenths(count, of, &value))
        result.tenths = shown(value);
    if (ca_percent_whole(count, of, &value))
        result.whole = shown(value);
    if (interval && i.defined) {
        result.low = shown(ca_scaled(i.low, 1000));
        result.high = shown(ca_scaled(i.high, 1000));
        result.low_whole = shown(ca_scaled(i.low, 100));
        result.high_whole = shown(ca_scaled(i.high, 100));
    }
    return result;
}

static struct ca_share *shares(struct sample *x, int64_t of, bool interval)
{
    struct ca_share *list = CA_ARRAY(x->arena, x->s->grade_count, struct ca_share);
    int64_t left = of;

    for (size_t g = 0; g < x->s->grade_count; g++) {
        bool last = g + 1 == x->s->grade_count;
        int64_t count = last ? left : some(x, g == 1 ? left : left / 3);
        list[g] = share(x, count, of, interval);
        left -= count;
    }
    return list;
}

static struct ca_summary_grades grades(struct sample *x, int64_t of)
{
    struct ca_summary_grades made = {
        .graded = shown(of), .not_graded = shown(0), .shares = shares(x, of, false)};

    made.positive = share(x, made.shares[0].count.value + made.shares[1].count.value, of, true);
    return made;
}

/* ---- names ---- */

static struct ca_summary_name *named(struct sample *x, const char *const *labels, size_t count,
                                     const char *id)
{
    struct ca_summary_name *names = CA_ARRAY(x->arena, count, struct ca_summary_name);

    for (size_t i = 0; i < count; i++)
        names[i] = (struct ca_summary_name){
            .id = ca_arena_printf(x->arena, "%s%zu", id, i + 1),
            .label = text(x, labels != NULL ? labels[i]
                                            : ca_arena_printf(x->arena, "%s %zu", id, i + 1))};
    return names;
}

static void name_grades(struct sample *x)
{
    static const char *const labels[] = {"Outstanding", "Good",
                                         "Requires improvement to be good", "Inadequate"};
    static const char *const abbrevs[] = {"O", "G", "RI", "In"};

    x->s->grade_count = 4;
    x->s->grades = named(x, labels, 4, "grade-");
    for (size_t g = 0; g < 4; g++) {
        x->s->grades[g].abbrev = text(x, abbrevs[g]);
        x->s->grades[g].positive = g < 2;
    }
    x->s->has_positive = true;
    x->s->positive_label = text(x, "good or better");
}

static void name_sections(struct sample *x)
{
    static const char *const titles[] = {"The permanence plan", "Family and friends",
                                         "The child's voice", "Stability now", "Oversight"};
    struct ca_summary_section_name *names =
        CA_ARRAY(x->arena, x->shape->sections, struct ca_summary_section_name);

    for (size_t i = 0; i < x->shape->sections; i++)
        names[i] = (struct ca_summary_section_name){
            .id = ca_arena_printf(x->arena, "section-%zu", i + 1),
            .title = text(x, i < 5 ? titles[i]
                                   : ca_arena_printf(x->arena, "Part %zu of the audit", i + 1)),
            .depth = i % 5 == 1};
    x->s->sections = names;
    x->s->section_count = x->shape->sections;
}

static void name_measures(struct sample *x)
{
    static const char *const labels[] = {
        "Plan by the second review", "Planning meeting every six weeks", "People considered"};
    struct ca_summary_measure_name *names =
        CA_ARRAY(x->arena, 3, struct ca_summary_measure_name);

    for (size_t i = 0; i < 3; i++)
        names[i] = (struct ca_summary_measure_name){
            .id = ca_arena_printf(x->arena, "measure-%zu", i + 1),
            .label = text(x, labels[i]),
            .mean = i == 2};
    x->s->measures = names;
    x->s->measure_count = 3;
}

static void name_the_rest(struct sample *x)
{
    static const char *const agencies[] = {"Police", "Health", "Education",
                                           "Children's social care", "Voluntary sector"};
    static const char *const themes[] = {"Child's voice", "Planning meetings",
                                         "Brothers and sisters", "Recording"};
    struct ca_summary *s = x->s;

    s->agency_count = x->shape->agencies;
    s->agencies =
        named(x, x->shape->agencies <= 5 ? agencies : NULL, s->agency_count, "agency-");
    s->theme_count = 4;
    s->themes = named(x, themes, 4, "theme-");
    s->limits = CA_ARRAY(x->arena, 2, struct ca_summary_limit_name);
    s->limit_count = 2;
    s->limits[0] = (struct ca_summary_limit_name){
        "critical-weak", text(x, "Two or more of the standards that matter most fall short.")};
    s->limits[1] = (struct ca_summary_limit_name){"not-safe", NULL};
    if (x->shape->audience != CA_PUBLIC) {
        s->alert_count = 2;
        s->alerts = CA_ARRAY(x->arena, 2, struct ca_summary_alert_name);
        s->alerts[0] = (struct ca_summary_alert_name){
            "unsafe", text(x, "A child may be unsafe: act today."), CA_IMMEDIATE};
        s->alerts[1] = (struct ca_summary_alert_name){
            "drift", text(x, "No planning meeting for half a year."), CA_URGENT};
    }
    if (x->shape->groups > 0) {
        static const char *const by[] = {"Team"};
        s->group_by_count = 1;
        s->group_by = named(x, by, 1, "team");
    }
}

/* ---- rows ---- */

static struct ca_period quarter(size_t i)
{
    struct ca_period first =
        ca_period_quarter_of(ca_date_from_ymd(2022, 4, 1), CA_YEAR_START_APRIL);

    return ca_period_shift(&first, (int)i);
}

static void fill_moderation(struct sample *x, struct ca_summary_moderation *m)
{
    static const int64_t pairs[16] = {1, 1, 0, 0, 0, 3, 1, 0, 0, 0, 2, 0, 0, 0, 0, 1};

    *m = (struct ca_summary_moderation){.moderated = shown(9),
                                        .agreed = shown(7),
                                        .raised = shown(0),
                                        .lowered = shown(2),
                                        .agreement = share(x, 7, 9, true),
                                        .shift = shown(-222),
                                        .kappa = shown(679),
                                        .kappa_linear = shown(756),
                                        .kappa_quadratic = shown(836),
                                        .ac2 = shown(868),
                                        .bowker = shown(2000),
                                        .bowker_p = shown(368),
                                        .bowker_freedom = 2,
                                        .pairs = CA_ARRAY(x->arena, 16, struct ca_figure)};
    for (size_t i = 0; i < 16; i++)
        m->pairs[i] = shown(pairs[i]);
}

static void fill_measures(struct sample *x, struct ca_summary_row *row, int64_t audits)
{
    row->measures = CA_ARRAY(x->arena, 3, struct ca_summary_measure);
    for (size_t i = 0; i < 2; i++)
        row->measures[i].share = share(x, audits - some(x, audits / 2), audits, true);
    row->measures[2] = (struct ca_summary_measure){
        .sum = shown(70500), .count = shown(30), .mean = shown(235)};
}

static void fill_lists(struct sample *x, struct ca_summary_row *row)
{
    const struct ca_summary *s = x->s;

    row->alerts = CA_ARRAY(x->arena, s->alert_count, struct ca_figure);
    for (size_t i = 0; i < s->alert_count; i++)
        row->alerts[i] = shown(1 + some(x, 2));
    row->limits = CA_ARRAY(x->arena, s->limit_count, struct ca_figure);
    for (size_t i = 0; i < s->limit_count; i++)
        row->limits[i] = shown(some(x, 6));
    row->themes = CA_ARRAY(x->arena, s->theme_count, struct ca_summary_theme);
    for (size_t i = 0; i < s->theme_count; i++)
        row->themes[i] = (struct ca_summary_theme){shown(4 + some(x, 9)), shown(some(x, 9))};
    row->actions = (struct ca_summary_actions){shown(40), shown(31), shown(22), shown(4)};
}

static void fill_agencies(struct sample *x, struct ca_summary_row *row, int64_t audits)
{
    row->agencies = CA_ARRAY(x->arena, x->s->agency_count, struct ca_summary_agency);
    for (size_t a = 0; a < x->s->agency_count; a++) {
        struct ca_summary_agency *agency = &row->agencies[a];
        int64_t returns = audits - (a == 2 ? 3 : 0);
        agency->asked = shown(audits);
        agency->returns = shown(returns);
        agency->overall = grades(x, returns);
        agency->declared = grades(x, returns);
        agency->better = shown(returns / 2);
        agency->same = shown(returns - returns / 2);
        agency->worse = shown(0);
        agency->grid = CA_ARRAY(x->arena, x->s->section_count, struct ca_summary_grades);
        for (size_t i = 0; i < x->s->section_count; i++)
            agency->grid[i] = grades(x, returns);
    }
}

static void fill_months(struct sample *x, struct ca_summary_row *row)
{
    row->months = CA_ARRAY(x->arena, 3, struct ca_summary_month);
    row->month_count = 3;
    for (size_t i = 0; i < 3; i++) {
        struct ca_period month = ca_period_month_of(row->period.from + (ca_date)i * 31);
        int64_t audits = 8 + some(x, 6), positive = some(x, audits);
        memcpy(row->months[i].month, month.id, sizeof row->months[i].month);
        row->months[i].audits = shown(audits);
        row->months[i].positive = shown(positive);
        row->months[i].share = share(x, positive, audits, false);
    }
}

static void fill_row(struct sample *x, struct ca_summary_row *row, int64_t audits)
{
    const struct ca_figure none = {CA_NO_OBSERVATIONS, 0},
                           inapplicable = {CA_NOT_APPLICABLE, 0};
    int64_t positive;

    row->audits = shown(audits + 1);
    row->graded = shown(audits);
    row->not_graded = shown(1);
    row->history = shown(0);
    row->population = row->total ? shown(210) : inapplicable;
    row->coverage = row->total ? shown((audits + 1) * 1000 / 210) : inapplicable;
    row->coverage_whole = row->total ? shown((audits + 1) * 100 / 210) : none;
    row->finite = row->total;
    row->grades = shares(x, audits, true);
    positive = row->grades[0].count.value + row->grades[1].count.value;
    row->positive = share(x, positive, audits, true);
    row->sections = CA_ARRAY(x->arena, x->s->section_count, struct ca_summary_grades);
    for (size_t i = 0; i < x->s->section_count; i++)
        row->sections[i] = grades(x, audits - (int64_t)i % 3);
    fill_agencies(x, row, audits);
    fill_measures(x, row, audits);
    fill_lists(x, row);
    fill_months(x, row);
    fill_moderation(x, &row->moderation);
}

static void fill_rows(struct sample *x)
{
    static const char *const teams[] = {"North", "South", "not recorded"};
    size_t each = 1 + x->shape->groups;
    struct ca_summary *s = x->s;

    s->rows = CA_ARRAY(x->arena, x->shape->periods * each, struct ca_summary_row);
    s->row_count = x->shape->empty ? 0 : x->shape->periods * each;
    for (size_t i = 0; i < s->row_count; i++) {
        struct ca_summary_row *row = &s->rows[i];
        row->period = quarter(i / each);
        row->total = i % each == 0;
        row->name = row->when = row->period.id;
        row->template_id = "maap-1";
        if (!row->total) {
            const char *team = i % each <= 3 ? teams[i % each - 1] : "Another team";
            row->group = CA_ARRAY(x->arena, 1, const char *);
            row->group_label = CA_ARRAY(x->arena, 1, const char *);
            row->group_label[0] = row->name = text(x, team);
        }
        fill_row(x, row, row->total ? 32 + (int64_t)i % 5 : 11);
    }
}

/* ---- what stands beside the rows ---- */

static struct ca_summary_change change(const struct ca_share *from, const struct ca_share *to)
{
    struct ca_summary_change c = {.from = *from, .to = *to};
    struct ca_difference made;

    if (!ca_is_shown(from->count) || !ca_is_shown(to->count)) {
        c.difference = c.low = c.high = c.p = (struct ca_figure){CA_WITHHELD, 0};
        return c;
    }
    made = ca_compare(from->count.value, from->of.value, to->count.value, to->of.value,
                      CA_MORE_IS_BETTER);
    c.difference = shown(ca_scaled(made.difference.value, 1000));
    c.low = shown(ca_scaled(made.interval.low, 1000));
    c.high = shown(ca_scaled(made.interval.high, 1000));
    c.p = shown(ca_scaled(made.p.value, 1000));
    c.judged = true;
    c.verdict = made.verdict;
    return c;
}

static void fill_comparison(struct sample *x)
{
    struct ca_summary *s = x->s;
    struct ca_summary_comparison *c = CA_NEW(x->arena, struct ca_summary_comparison);

    if (s->row_count < 2)
        return;
    c->from = &s->rows[0];
    c->to = &s->rows[s->row_count - 1 - x->shape->groups];
    c->benchmark = x->shape->hostile ? text(x, "") : NULL;
    c->grades = CA_ARRAY(x->arena, s->grade_count, struct ca_summary_change);
    for (size_t g = 0; g < s->grade_count; g++)
        c->grades[g] = change(&c->from->grades[g], &c->to->grades[g]);
    c->positive = change(&c->from->positive, &c->to->positive);
    c->trend = (struct ca_summary_trend){true,
                                         shown(1864),
                                         shown(172),
                                         x->shape->periods,
                                         c->from->period.id,
                                         c->to->period.id,
                                         CA_NO_CLEAR_CHANGE};
    s->comparison = c;
    s->headline = (struct ca_summary_headline){
        c->positive.judged ? CA_HEADLINE_CHANGE : CA_HEADLINE_NONE, c->positive.verdict, NULL};
}

static void fill_xmr(struct sample *x)
{
    static const int64_t tenths[] = {520, 550, 480, 600, 580, 540,
                                     500, 570, 530, 610, 490, 910};
    struct ca_summary_xmr *xmr = &x->s->xmr;

    if (x->shape->months == 0)
        return;
    *xmr = (struct ca_summary_xmr){.present = true,
                                   .mean = shown(544),
                                   .lower = shown(375),
                                   .upper = shown(713),
                                   .point_count = x->shape->months,
                                   .longest = shown(2),
                                   .longest_allowed = shown(7),
                                   .crossings = shown(8),
                                   .fewest_crossings = shown(3)};
    xmr->points = CA_ARRAY(x->arena, xmr->point_count, struct ca_summary_point);
    for (size_t i = 0; i < xmr->point_count; i++) {
        struct ca_period month = ca_period_month_of(
            ca_date_from_ymd(2022 + (int)((i + 3) / 12), 1 + (int)((i + 3) % 12), 1));
        memcpy(xmr->points[i].month, month.id, sizeof xmr->points[i].month);
        xmr->points[i].percent = shown(tenths[i % 12]);
        xmr->points[i].graded = shown(11);
        xmr->points[i].lower = xmr->lower;
        xmr->points[i].upper = xmr->upper;
        if (tenths[i % 12] > 713)
            xmr->points[i].signal = text(x, "outside the limits");
    }
    x->s->breaks = CA_ARRAY(x->arena, 1, struct ca_summary_break);
    x->s->break_count = 1;
    x->s->breaks[0] = (struct ca_summary_break){
        .from = "macfa-1",
        .to = "maap-1",
        .from_title = text(x, "Multi-agency case file audit"),
        .to_title = text(x, "Multi-agency audit of practice"),
        .date = ca_date_from_ymd(2022, 11, 14),
        .period = x->s->row_count > 0
                      ? x->s->rows[x->s->row_count - 1 - x->shape->groups].period.id
                      : NULL};
}

static void fill_indicators(struct sample *x)
{
    static const int64_t counts[] = {178, 152, 126, 98}, of[] = {1123, 1053, 836, 742};
    static const char *const periods[] = {"2022-23 Q1", "2022-23 Q2", "2022-23 Q3",
                                          "2022-23 Q4"};
    struct ca_summary_indicator *list = CA_ARRAY(x->arena, 2, struct ca_summary_indicator);

    for (size_t i = 0; i < 2; i++) {
        list[i] = (struct ca_summary_indicator){
            .id = i ? "plans" : "neglect",
            .label =
                text(x, i ? "Child protection plans" : "Neglect as a factor of assessments"),
            .footnote = i ? NULL : text(x, "Of completed assessments."),
            .polarity = i ? CA_NEITHER_IS_BETTER : CA_FEWER_IS_BETTER,
            .point_count = 4,
            .moved = true,
            .direction = CA_DOWN,
            .merit = i ? "neither" : "better",
            .trend = {i == 0, shown(1864), shown(172), 4, periods[0], periods[3],
                      CA_NO_CLEAR_CHANGE}};
        list[i].points = CA_ARRAY(x->arena, 4, struct ca_summary_indicator_point);
        for (size_t k = 0; k < 4; k++) {
            list[i].points[k].period = periods[k];
            list[i].points[k].proportion = i == 0;
            list[i].points[k].share = share(x, counts[k], of[k], true);
            list[i].points[k].value = shown(317000 - (int64_t)k * 21500);
        }
    }
    x->s->indicators = list;
    x->s->indicator_count = 2;
}

static void fill_cases(struct sample *x)
{
    struct ca_summary_case *list = CA_ARRAY(x->arena, 2, struct ca_summary_case);

    if (x->shape->audience != CA_OPERATIONAL)
        return;
    list[0] = (struct ca_summary_case){"PF-1",
                                       "FICTION-1",
                                       ca_date_from_ymd(2023, 11, 14),
                                       text(x, "A child may be unsafe: act today."),
                                       "alert",
                                       CA_IMMEDIATE};
    list[1] = (struct ca_summary_case){"PF-2",
                                       "FICTION-2",
                                       ca_date_from_ymd(2023, 12, 1),
                                       text(x, "action 2, owner TM4, due 15 December 2023"),
                                       "action",
                                       CA_IMMEDIATE};
    x->s->cases = list;
    x->s->case_count = 2;
}

static void fill_words(struct sample *x)
{
    struct ca_summary *s = x->s;

    s->answer = CA_ARRAY(x->arena, 3, const char *);
    s->answer_count = x->shape->empty ? 1 : 3;
    s->answer[0] =
        text(x, x->shape->empty ? "No files were audited."
                                : "33 files audited. 22 of 33 (67%) good or better.");
    s->answer[1] = text(x, "No clear change since 2023-24 Q1.");
    s->answer[2] = text(x, "22 of 40 actions are completed and verified; 4 are overdue.");
    s->brief = (struct ca_summary_brief){
        .verdict = s->answer[0],
        .alerts = {text(x, "1 immediate: A child may be unsafe: act today.")},
        .alert_count = x->shape->audience != CA_PUBLIC,
        .worries = {{.what = text(x, "Matching"), .evidence = "7 of 15 (47%)", .sure = true}},
        .worry_count = 1,
        .strengths = {{.what = text(x, "Oversight"), .evidence = "28 of 33 (85%), unsure"}},
        .strength_count = 1,
        .overdue = text(x, "54 actions overdue on 31 December 2023."),
        .decisions = {text(x, "Who finishes the overdue actions, and by when.")},
        .decision_count = 1};
    s->standing =
        (struct ca_summary_standing){shown(67), shown(54), ca_date_from_ymd(2023, 4, 19)};
    s->notes = CA_ARRAY(x->arena, 2, const char *);
    s->note_count = 2;
    s->notes[0] = text(x, "Percentages of grades are of graded audits, rounded half up.");
    s->notes[1] = text(x, "Intervals are Wilson score intervals at 95%.");
}

struct ca_summary *sample_summary(const struct sample_shape *shape)
{
    struct ca_arena *arena = ca_arena_new();
    struct sample x = {.shape = shape, .arena = arena, .seed = 7};
    struct ca_summary *s = CA_NEW(arena, struct ca_summary);

    x.s = s;
    s->arena = arena;
    s->audience = shape->audience;
    s->threshold = shape->audience == CA_PUBLIC ? 5 : 0;
    s->template_id = "permanency-file";
    s->framework = "permanency";
    s->title = text(&x, "Permanency: practice learning audit");
    s->unit = "child";
    s->as_of = ca_date_from_ymd(2023, 12, 31);
    name_grades(&x);
    name_sections(&x);
    name_measures(&x);
    name_the_rest(&x);
    fill_rows(&x);
    fill_comparison(&x);
    fill_xmr(&x);
    fill_indicators(&x);
    fill_cases(&x);
    fill_words(&x);
    return s;
}
