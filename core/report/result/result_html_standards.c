/* Standards of one audit, with what was found. */
#include "core/base/decimal.h"
#include "core/report/explain/explain.h"
#include "core/report/result/result_html_private.h"

void ca_audit_marks(struct ca_audit_page *p, int32_t score)
{
    char text[CA_DECIMAL_SIZE];

    if (score < 0)
        ca_buffer_puts(p->out, "no score");
    else
        ca_buffer_printf(p->out, "%s of %d", ca_decimal_fixed(score, 2, text),
                         (int)p->t->out_of);
}

/* What the auditor saw, in the auditor's words. */
static void evidence(struct ca_audit_page *p, const struct ca_response *response)
{
    for (size_t i = 0; i < response->evidence_count; i++) {
        const struct ca_evidence *e = &response->evidence[i];
        ca_buffer_puts(p->out, "<p class=quote>");
        if (e->ref != NULL)
            ca_html_printf(p->out, "<b>%s</b> ", e->ref);
        if (e->text != NULL)
            ca_html_text(p->out, e->text);
        ca_buffer_puts(p->out, "</p>\n");
    }
}

/* A response of words shows them; not applicable gives its reason. */
static void said(struct ca_audit_page *p, size_t standard, size_t agency)
{
    const struct ca_response *response = ca_return_response(p->r, standard, agency);

    if (response->reason != NULL && response->given == CA_GIVEN_NOT_APPLICABLE)
        ca_html_printf(p->out, "<p>Reason: %s</p>\n", response->reason);
    if (p->t->standards[standard].type == CA_TYPE_TEXT && response->text != NULL)
        ca_html_element(p->out, "p class=quote", response->text);
    evidence(p, response);
}

static void changed(struct ca_audit_page *p, size_t standard, size_t agency)
{
    if (p->result->outcomes[standard * p->result->columns + agency].audited == NULL)
        return;
    for (size_t i = 0; i < p->r->change_count; i++) {
        const struct ca_change *c = &p->r->changes[i];
        if (c->standard == standard && c->agency == agency && c->rationale != NULL)
            ca_html_printf(p->out, "<p>Changed by the moderator: %s</p>\n", c->rationale);
    }
}

/* A paragraph that says how the score came about, as a sentence. */
static void sentence(struct ca_audit_page *p, size_t standard, size_t agency)
{
    struct ca_buffer words = {0};

    ca_explain_outcome(&words, p->result, standard, agency);
    if (words.length == 0)
        ca_buffer_puts(&words, "–");
    if (words.data[0] >= 'a' && words.data[0] <= 'z')
        words.data[0] = (char)(words.data[0] - 'a' + 'A');
    if (words.data[words.length - 1] != '.')
        ca_buffer_putc(&words, '.');
    ca_html_text(p->out, words.data);
    ca_buffer_free(&words);
}

static void outcome(struct ca_audit_page *p, size_t standard, size_t agency)
{
    const struct ca_outcome *o = &p->result->outcomes[standard * p->result->columns + agency];

    ca_buffer_puts(p->out, "<p class=row><span>");
    if (p->t->agency_count > 0)
        ca_html_printf(p->out, "<b>%s.</b> ", p->t->agencies[agency].label);
    sentence(p, standard, agency);
    ca_buffer_puts(p->out, "</span> <b>");
    ca_audit_marks(p, o->score);
    ca_buffer_puts(p->out, o->score >= 0 && !o->counts ? "</b> (shown, not counted)</p>\n"
                                                       : "</b></p>\n");
    changed(p, standard, agency);
    said(p, standard, agency);
}

static bool any_score(const struct ca_audit_page *p, size_t standard)
{
    for (size_t a = 0; a < p->result->columns; a++) {
        const struct ca_outcome *o = &p->result->outcomes[standard * p->result->columns + a];
        if (o->present && o->score >= 0)
            return true;
    }
    return false;
}

/* Agencies that left it out, where they are many, are counted and not told one by one. */
static void outcomes(struct ca_audit_page *p, size_t standard)
{
    enum { LEFT_OUT_MOST = 3 };
    size_t left_out = 0;

    for (size_t a = 0; a < p->result->columns; a++)
        if (p->result->outcomes[standard * p->result->columns + a].present &&
            (!ca_explain_left_out(p->result, standard, a) || ++left_out <= LEFT_OUT_MOST))
            outcome(p, standard, a);
    if (left_out > LEFT_OUT_MOST)
        ca_html_printf(p->out,
                       "<p class=row><span><b>%s more.</b> Not applicable: it is optional, and "
                       "was left out.</span> <b>no score</b></p>\n",
                       ca_decimal_fixed((int64_t)(left_out - LEFT_OUT_MOST), 0,
                                        (char[CA_DECIMAL_SIZE]){0}));
}

static void standard(struct ca_audit_page *p, size_t i)
{
    const struct ca_standard *s = &p->t->standards[i];

    ca_buffer_puts(p->out, any_score(p, i) ? "<div class=card>" : "<div class=\"card none\">");
    ca_html_printf(p->out, "<h5>%s%s</h5>\n", ca_standard_label(s),
                   s->critical ? " (critical)" : "");
    if (s->question != NULL)
        ca_html_element(p->out, "p class=note", s->question);
    outcomes(p, i);
    ca_buffer_puts(p->out, "</div>\n");
}

/* Limits of a section that hold. */
static void section_limits(struct ca_audit_page *p, size_t section)
{
    for (size_t i = 0; i < p->result->limit_count; i++) {
        const struct ca_fired *limit = &p->result->limits[i];
        if (limit->section == section)
            ca_html_printf(p->out, " Limit, at best %s: %s", p->t->grades[limit->to].label,
                           limit->reason);
    }
}

static void section_notes(struct ca_audit_page *p, size_t section)
{
    for (size_t i = 0; i < p->result->note_count; i++) {
        const struct ca_note *note = &p->result->notes[i];
        if (note->place == CASEAUDIT_AT_SECTION && note->index == section)
            ca_html_element(p->out, "p", note->text);
    }
}

static void section_line(struct ca_audit_page *p, size_t section)
{
    const struct ca_section_row *row = &p->result->joint[section];

    ca_html_printf(p->out, "<h4>%s</h4>\n<p>", p->t->sections[section].title);
    if (row->score < 0)
        ca_buffer_puts(p->out, "Nothing here has a score: it was not applicable, or is not "
                               "scored.");
    else {
        ca_buffer_puts(p->out, "Score ");
        ca_audit_marks(p, row->score);
        if (row->grade != CA_NONE)
            ca_html_printf(p->out, ": <b>%s</b>", p->t->grades[row->grade].label);
        ca_buffer_puts(p->out, row->cap != CA_NONE ? ", lowered by a limit." : ".");
    }
    section_limits(p, section);
    ca_buffer_puts(p->out, "</p>\n");
    section_notes(p, section);
}

static void part(struct ca_audit_page *p, size_t section)
{
    const struct ca_section *s = &p->t->sections[section];
    const struct ca_section_row *row = &p->result->joint[section];
    char text[CA_DECIMAL_SIZE];

    ca_html_printf(p->out, "<tr><th scope=row>%s%s<td class=num>%s<td class=t>%s\n",
                   s->parent != CA_NONE ? "– " : "", s->title,
                   row->score < 0 ? "no score" : ca_decimal_fixed(row->score, 2, text),
                   row->grade != CA_NONE ? p->t->grades[row->grade].label
                   : row->score < 0      ? "nothing applicable, or not scored"
                                         : "stands apart: not graded");
}

void ca_audit_parts(struct ca_audit_page *p)
{
    ca_html_printf(
        p->out,
        "<h3>Parts of the audit</h3>\n<table class=\"stay parted\"><caption>Score "
        "and grade of each part; full marks are %d</caption><thead><tr><th scope=col "
        "class=t>Part<th scope=col class=num>Score<th scope=col class=t>Grade</tr>"
        "</thead><tbody>\n",
        (int)p->t->out_of);
    for (size_t i = 0; i < p->t->section_count; i++)
        part(p, i);
    ca_buffer_puts(p->out, "</tbody></table>\n");
}

void ca_audit_standards(struct ca_audit_page *p)
{
    for (size_t i = 0; i < p->t->section_count; i++) {
        const struct ca_section *s = &p->t->sections[i];
        section_line(p, i);
        for (size_t c = 0; c < s->child_count; c++)
            if (!s->children[c].is_section)
                standard(p, s->children[c].index);
    }
}
