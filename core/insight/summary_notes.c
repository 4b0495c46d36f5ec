/* How each figure is made, in plain words: only of what stands in this summary. */
#include <stdarg.h>

#include "core/insight/summary_private.h"

enum { MOST_NOTES = 40 };

static void note(struct ca_plan *plan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note(struct ca_plan *plan, const char *format, ...)
{
    struct ca_summary *s = plan->summary;
    va_list args;

    if (s->note_count == MOST_NOTES)
        return;
    va_start(args, format);
    s->notes[s->note_count++] = ca_arena_vprintf(plan->arena, format, args);
    va_end(args);
}

static bool any_apart(const struct ca_summary *s)
{
    for (size_t i = 0; i < s->section_count; i++)
        if (s->sections[i].apart)
            return true;
    return false;
}

static void note_counting(struct ca_plan *plan)
{
    note(plan, "An audit belongs to a period by its date. A corrected return counts in place "
               "of the one it corrects.");
    note(plan, "Percentages of grades are of graded audits; those not graded are shown beside "
               "them. Percentages are rounded half up from the counts, so they may not add "
               "up to 100.");
    if (plan->summary->section_count > 0)
        note(plan, "Sections: how many audits have each grade in that section, of those graded "
                   "there.");
    if (any_apart(plan->summary))
        note(plan, "A section that stands apart has a score in each audit and no grade, so its "
                   "audits are not graded there; its standards count among the measures.");
    if (plan->summary->out_of > 0)
        note(plan,
             "Scores are marks out of %lld. The median is the second quartile, and the "
             "middle half lies between the first and the third: with n scores in ascending "
             "order, quartile q is the one at place qn/4, rounded up; where qn/4 is whole, "
             "the mean of that score and the next, half up.",
             (long long)plan->summary->out_of);
    if (plan->summary->agency_count > 0)
        note(plan, "Agencies are never averaged. The grade of a section is that of the lowest "
                   "agency's score. What an agency's answers come to, and the grade it gave "
                   "itself, are of the audits it returned, of those that asked it.");
    for (size_t i = 0; i < plan->summary->row_count; i++)
        if (ca_is_shown(plan->summary->rows[i].history) &&
            plan->summary->rows[i].history.value > 0) {
            note(plan, "Counts from before this store have grades alone: they are in no "
                       "section, measure, month or group but 'not recorded'.");
            break;
        }
}

static void note_intervals(struct ca_plan *plan)
{
    bool finite = false, drawn = true;

    for (size_t i = 0; i < plan->summary->row_count; i++)
        finite |= plan->summary->rows[i].finite;
    for (size_t i = 0; i <= plan->latest; i++)
        drawn &= plan->periods[i].drawn;
    note(plan, "Intervals are 95%% Wilson score intervals: with n audits, the proportion p and "
               "z = 1.96, (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n). The true figure "
               "lies within in about 19 of 20 such samples.");
    if (finite)
        note(plan, "Where the number N of all cases is known and every audit was drawn at "
                   "random, n is replaced by n(N−1)/(N−n): the more of them are audited, the "
                   "narrower the interval.");
    if (!drawn)
        note(plan, "Not every audit is recorded as drawn at random, so they may not stand for "
                   "all cases.");
}

static void note_changes(struct ca_plan *plan)
{
    const struct ca_summary_comparison *c = plan->summary->comparison;

    if (c == NULL)
        return;
    note(plan,
         "Differences are later minus earlier, in percentage points, with Newcombe's "
         "95%% hybrid score interval. p is Fisher's test with mid-p, two-sided: how often "
         "chance alone would give a difference more unlikely, or half of as unlikely.");
    note(plan,
         "A change has a verdict if p is below .05: improved or worsened for %s, the "
         "best grade and the worst; higher or lower for the others. Otherwise there is "
         "no clear change. Where p and the interval disagree about 0, it is borderline.",
         plan->summary->has_positive ? plan->summary->positive_label : "the headline");
    if (c->group_count > 1)
        note(plan, "The change of each group is judged by p adjusted for all groups together "
                   "(Holm): of many, one will seem to change by chance.");
    if (c->trend.periods >= 3)
        note(plan, "The trend is the linear-by-linear association of periods and grades, both "
                   "numbered in order: M² = (n−1)r², chi-square with one degree of freedom. It "
                   "leads where four periods or more have audits; periods without are none of "
                   "it.");
}

static void note_months(struct ca_plan *plan)
{
    const struct ca_summary_xmr *xmr = &plan->summary->xmr;
    const char *unit = xmr->quarters ? "quarters" : "months";

    if (!xmr->present)
        return;
    note(
        plan,
        xmr->p_chart
            ? "The chart of %s is a p-chart of all audits in the store; %s without graded "
              "audits are left out. Limits are exact, from the binomial distribution at each "
              "one's own number, 0.135%% at each side. Signals: outside the limits; 7 on one "
              "side of the mean; 7 rising or falling.%s"
            : "The chart of %s (XmR) is of all audits in the store; %s without graded audits "
              "are left out. Its limits are the mean ± 2.66 times the mean moving range, "
              "ranges of 3.267 times their mean or more dropped once, and between 0 and 100%%. "
              "Signals: outside the limits; 7 on one side of the mean; 7 rising or falling; 2 "
              "of 3 beyond two thirds of the way to a limit.%s",
        unit, unit, xmr->trial ? " With fewer than 12 points these are trial limits." : "");
}

/* How the brief chooses, and what targets are. */
static void note_brief(struct ca_plan *plan)
{
    const struct ca_summary *s = plan->summary;
    bool targets = false;

    if (s->brief.worry_count + s->brief.strength_count > 0)
        note(plan, "In brief: of the parts of the audit and the measures, a worry is one whose "
                   "95%% interval lies below three in four, or that misses its target for "
                   "sure; a strength one above, or with its target met. Those said to be "
                   "unsure are so in these audits only.");
    for (size_t i = 0; i < s->measure_count; i++)
        targets |= s->measures[i].target != NULL;
    if (targets)
        note(plan, "A target is met, or missed, where the whole interval is on one side of it; "
                   "otherwise it cannot be told from so few. A mean is told from ten values "
                   "on.");
}

static void note_practice(struct ca_plan *plan)
{
    const struct ca_summary *s = plan->summary;
    char day[CA_DATE_SIZE];

    if (s->measure_count > 0)
        note(plan, "Measures count every case to which they apply, not all audits.");
    if (s->limit_count > 0)
        note(plan, "A limit is a rule that caps a grade; it is counted where it held, whether "
                   "or not the grade was above it.");
    note(plan, "Moderation compares the auditor's grade with the moderator's. The shift is the "
               "mean number of grades moved, better is positive. Kappa is 1 − (weighted "
               "disagreement) / (that expected by chance), with weights by distance (linear) "
               "or its square (quadratic); AC2 is Gwet's, steadier when one grade prevails. "
               "Bowker's test asks whether moves up and down balance.");
    note(plan,
         "Actions of a period are those its audits raised; those of all periods are told "
         "beside them. Overdue on %s: due before that day and not completed by it.",
         ca_date_format(plan->as_of, day));
    if (s->indicator_count > 0)
        note(plan, "Figures from elsewhere are as published there. Direction is where a figure "
                   "goes from its first point to its last. It is better or worse only where "
                   "the trend of its own over three points or more is clear.");
}

/* What is of one authority alone is not told as that of all. */
static void note_authorities(struct ca_plan *plan)
{
    if (plan->material->figures_differ)
        note(plan, "Populations that not every authority has told, and figures from elsewhere "
                   "that are not the same in all of them, are left out.");
}

/* Who compares with figures that were made before is to know why they differ. */
static void note_erased(struct ca_plan *plan)
{
    const int64_t dropped = plan->material->dropped;

    if (dropped > plan->threshold)
        note(
            plan,
            "%lld audit%s erased from the store with nothing kept. Figures have as many audits "
            "fewer than those made before, but for audits that had been withdrawn.",
            (long long)dropped, dropped == 1 ? " was" : "s were");
    else if (dropped > 0)
        note(plan, "Audits were erased from the store with nothing kept; how many is withheld. "
                   "Figures have as many audits fewer than those made before.");
}

static void note_disclosure(struct ca_plan *plan)
{
    if (plan->threshold == 0)
        return;
    note(plan,
         "c: withheld, so that nobody can be recognised. Counts from 1 to %lld are, with "
         "their percentages and all that is made of them; so are the smallest other "
         "counts where one could be worked out by subtraction. A row of %lld audits or "
         "fewer is withheld whole. z: not applicable. –: no observations.",
         (long long)plan->threshold, (long long)plan->threshold);
    if (ca_has_register(plan) && !plan->request->publish)
        note(plan, "This is a draft: it is not entered in the register of publications.");
    if (plan->summary->clash != NULL)
        note(plan, "%s", plan->summary->clash);
    if (plan->scores_left_out)
        note(plan, "Scores are left out: a median or a quartile is the score of some audit.");
}

void ca_plan_notes(struct ca_plan *plan)
{
    plan->summary->notes = CA_ARRAY(plan->arena, MOST_NOTES, const char *);
    note_counting(plan);
    note_intervals(plan);
    note_changes(plan);
    note_months(plan);
    note_brief(plan);
    note_practice(plan);
    note_authorities(plan);
    note_erased(plan);
    note_disclosure(plan);
}
