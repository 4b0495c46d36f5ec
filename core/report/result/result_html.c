/* One audit as a page. */
#include "core/report/result/result_html.h"

#include <string.h>

#include "core/report/explain/explain.h"
#include "core/report/page/page.h"
#include "core/report/result/result_html_private.h"

/* Widths of the working in full, in columns, elsewhere and on a telephone. */
enum { WIDE = 84, NARROW = 38 };

/* Of text that is not broken into lines. */
enum { ENDLESS = 1 << 24 };

void ca_result_html_head(struct ca_buffer *out, const struct ca_theme *theme)
{
    ca_page_head(out, theme, "Case file audit", "");
}

static void date(struct ca_audit_page *p, ca_date d)
{
    ca_words_date(p->out, d);
}

/* ---- alerts and the grade ---- */

static void alerts(struct ca_audit_page *p)
{
    static const char *const severity[] = {
        [CA_IMMEDIATE] = "Act today", [CA_URGENT] = "Urgent", [CA_REVIEW] = "For review"};

    for (size_t i = 0; i < p->result->alert_count; i++)
        ca_html_printf(p->out, "<p class=\"alert%s\"><b>%s:</b> %s</p>\n",
                       p->result->alerts[i].severity == CA_IMMEDIATE ? " now" : "",
                       severity[p->result->alerts[i].severity], p->result->alerts[i].message);
}

static bool anything_scored(const struct ca_result *result)
{
    for (size_t i = 0; i < result->template->standard_count * result->columns; i++)
        if (result->outcomes[i].present && result->outcomes[i].score >= 0)
            return true;
    return false;
}

/* In words, why there is no grade or no score. */
static void without(struct ca_audit_page *p)
{
    if (!anything_scored(p->result))
        ca_buffer_puts(p->out, "<p>Nothing in this audit was applicable to this case, so there "
                               "is no score.</p>\n");
    else if (p->t->rollup == CA_ROLLUP_NONE)
        ca_buffer_puts(p->out, "<p>This template adds nothing up: the auditor judges.</p>\n");
    if (p->result->grade == CA_NONE)
        ca_buffer_puts(p->out,
                       p->t->judged && !p->r->judgement.given
                           ? "<p>There is no grade yet: nobody has judged the whole.</p>\n"
                           : "<p>So this audit has no grade.</p>\n");
    if (!p->result->complete)
        ca_buffer_puts(p->out,
                       "<p class=alert>This return is incomplete: some standards have no "
                       "response. They are shown as missing below.</p>\n");
}

/* computed, recomputed, judged, limit, moderated: side by side, always. */
static void beside(struct ca_audit_page *p)
{
    const struct ca_result *x = p->result;
    const struct {
        const char *name;
        size_t grade;
    } rows[] = {{"Computed from the answers", x->computed},
                {"Computed with the moderator's changes", x->recomputed},
                {"Judged by the auditor", x->judged},
                {"Best that the limits allow", x->cap},
                {"Moderated", x->moderated},
                {"Grade", x->grade}};

    ca_buffer_puts(p->out,
                   "<table class=stay><caption>Where the grade comes from</caption><tbody>");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ca_html_printf(p->out, "<tr><th scope=row>%s<td class=t>%s\n", rows[i].name,
                       rows[i].grade == CA_NONE ? "–" : p->t->grades[rows[i].grade].label);
    ca_buffer_puts(p->out, "</tbody></table>\n");
}

/* One statement of the explanation, and below it what made it so. */
static void statement(struct ca_audit_page *p, const char *line, size_t length)
{
    struct ca_buffer text = {0};
    size_t indent = strspn(line, " ");

    ca_buffer_add(&text, line + indent, length - indent);
    if (indent > 2)
        ca_html_element(p->out, "span class=more", text.data);
    else
        ca_html_printf(p->out, "<li>%s\n", text.data);
    ca_buffer_free(&text);
}

/* From the computed grade to the grade, step by step. */
static void why(struct ca_audit_page *p)
{
    struct ca_buffer text = {0};
    struct ca_layout layout = {.out = &text, .width = ENDLESS};

    ca_explain_why(&layout, p->result);
    ca_buffer_puts(p->out, "<h3>Why this grade</h3>\n<ol class=why>");
    for (const char *line = text.data; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (strncmp(line, "  ", 2) == 0)
            statement(p, line, length);
        line += length + (line[length] == '\n');
    }
    ca_buffer_puts(p->out, "</ol>\n");
    ca_buffer_free(&text);
}

static void grade(struct ca_audit_page *p)
{
    ca_html_printf(p->out, "<p class=grade>Grade <b>%s</b> ",
                   ca_words_grade(p->t, p->result->grade));
    ca_buffer_puts(p->out, p->result->score >= 0 ? "Score " : "");
    ca_audit_marks(p, p->result->score);
    ca_buffer_puts(p->out, "</p>\n");
    without(p);
    why(p);
    beside(p);
}

/* ---- findings and actions ---- */

static const char *theme(const struct ca_audit_page *p, size_t theme, const char *id)
{
    return theme != CA_NONE ? p->t->themes[theme].label : id;
}

static void findings(struct ca_audit_page *p, bool strengths)
{
    bool any = false;

    ca_html_element(p->out, "h3", strengths ? "Strengths" : "What to improve");
    ca_buffer_puts(p->out, "<ul>");
    for (size_t i = 0; i < p->r->finding_count; i++) {
        const struct ca_finding *f = &p->r->findings[i];
        if (f->strength != strengths)
            continue;
        any = true;
        ca_buffer_puts(p->out, "<li>");
        if (f->theme_id != NULL)
            ca_html_printf(p->out, "<b>%s.</b> ", theme(p, f->theme, f->theme_id));
        if (f->agency != CA_NONE)
            ca_html_printf(p->out, "%s: ", p->t->agencies[f->agency].label);
        ca_html_printf(p->out, "%s</li>\n", f->text != NULL ? f->text : "");
    }
    ca_buffer_puts(p->out, any ? "</ul>\n" : "<li>None were written down.</li></ul>\n");
}

static void action(struct ca_audit_page *p, const struct ca_action *a)
{
    ca_html_printf(p->out, "<tr><th scope=row>%s<td class=t>%s", a->id,
                   a->text ? a->text : "–");
    if (a->standard != CA_NONE)
        ca_html_printf(p->out, " (%s)", ca_standard_label(&p->t->standards[a->standard]));
    if (a->agency != CA_NONE)
        ca_html_printf(p->out, " (%s)", p->t->agencies[a->agency].label);
    if (a->theme_id != NULL)
        ca_html_printf(p->out, " (%s)", theme(p, a->theme, a->theme_id));
    ca_html_printf(p->out, "<td class=t>%s<td class=t>", a->owner ? a->owner : "–");
    ca_buffer_puts(p->out, a->due == CA_NO_DATE ? "–" : "");
    date(p, a->due);
    ca_buffer_puts(p->out, "<td class=t>");
    ca_buffer_puts(p->out, a->completed == CA_NO_DATE ? "not yet" : "");
    date(p, a->completed);
    ca_html_printf(p->out, "<td class=t>%s\n", a->verified_by ? a->verified_by : "not yet");
}

static void actions(struct ca_audit_page *p)
{
    ca_buffer_puts(p->out, "<h3>Actions</h3>\n");
    if (p->r->action_count == 0) {
        ca_buffer_puts(p->out, "<p>None were raised.</p>\n");
        return;
    }
    ca_buffer_puts(
        p->out,
        "<table class=acts><caption>What is to be done, by whom, by when</caption><thead><tr>"
        "<th scope=col class=t>No.<th scope=col class=t>Action<th scope=col class=t>Owner"
        "<th scope=col class=t>Due<th scope=col class=t>Completed"
        "<th scope=col class=t>Verified by</tr></thead><tbody>\n");
    for (size_t i = 0; i < p->r->action_count; i++)
        action(p, &p->r->actions[i]);
    ca_buffer_puts(p->out, "</tbody></table>\n");
}

/* ---- agencies and the working ---- */

static void agencies(struct ca_audit_page *p)
{
    if (p->t->agency_count == 0)
        return;
    ca_buffer_puts(p->out, "<h3>Agencies</h3>\n<ul>");
    for (size_t a = 0; a < p->t->agency_count; a++) {
        const struct ca_returned *returned = &p->r->returned[a];
        ca_html_printf(p->out, "<li><b>%s</b>: ", p->t->agencies[a].label);
        if (!returned->returned) {
            ca_buffer_puts(p->out, "has not returned</li>\n");
            continue;
        }
        ca_audit_marks(p, p->result->agencies[a].score);
        ca_html_printf(p->out, ", %s", ca_words_grade(p->t, p->result->agencies[a].grade));
        if (returned->grade != CA_NONE)
            ca_html_printf(p->out, "; its own grade: %s", p->t->grades[returned->grade].label);
        ca_buffer_puts(p->out, "</li>\n");
    }
    ca_buffer_puts(p->out, "</ul>\n");
}

static void working_of(struct ca_audit_page *p, int width, const char *class)
{
    struct ca_buffer text = {0};
    struct ca_layout layout = {.out = &text, .width = width};

    ca_explain(&layout, p->result);
    ca_buffer_printf(p->out, "<pre class=\"pre sums %s\">", class);
    ca_html_text(p->out, text.data != NULL ? text.data : "");
    ca_buffer_puts(p->out, "</pre>\n");
    ca_buffer_free(&text);
}

static void working(struct ca_audit_page *p)
{
    ca_buffer_puts(p->out, "<h3>The working in full</h3>\n"
                           "<p>Every sum, so that anyone can do it again.</p>\n");
    working_of(p, WIDE, "w");
    working_of(p, NARROW, "n");
}

/* ---- the whole ---- */

/* What a value of a closed list is called. */
static const char *value_label(const struct ca_attribute_def *attribute, const char *value)
{
    for (size_t i = 0; i < attribute->value_count; i++)
        if (strcmp(attribute->values[i].id, value) == 0)
            return attribute->values[i].label;
    return value;
}

static void about(struct ca_audit_page *p)
{
    ca_html_printf(p->out, "<p>%s (%s %s). Case %s, audited on ", p->t->title, p->t->id,
                   p->t->version, p->r->case_ref);
    date(p, p->r->audit_date);
    ca_html_printf(p->out, " by %s.", p->r->auditor);
    for (size_t i = 0; i < p->t->attribute_count; i++)
        if (p->r->attributes[i].text != NULL)
            ca_html_printf(p->out, " %s: %s.", p->t->attributes[i].label,
                           value_label(&p->t->attributes[i], p->r->attributes[i].text));
    ca_buffer_puts(p->out, "</p>\n");
}

static void rejected(struct ca_buffer *out, const struct ca_scored *scored)
{
    ca_html_printf(out,
                   "<article>\n<h2>%s was not scored</h2>\n<p>What is wrong with it:</p>\n<ul>",
                   scored->return_id ? scored->return_id : scored->file);
    for (size_t i = 0; i < scored->diags.count; i++)
        if (scored->diags.items[i].severity == CA_ERROR)
            ca_html_printf(out, "<li>Line %d, column %d: %s</li>\n",
                           scored->diags.items[i].line, scored->diags.items[i].column,
                           scored->diags.items[i].message);
    ca_buffer_puts(out, "</ul>\n</article>\n");
}

void ca_result_html(struct ca_buffer *out, const struct ca_scored *scored)
{
    struct ca_audit_page p = {.out = out, .result = scored->result};

    if (scored->result == NULL) {
        rejected(out, scored);
        return;
    }
    p.t = scored->result->template;
    p.r = scored->result->audit;
    ca_html_printf(out, "<article>\n<h2>%s: %s</h2>\n", scored->return_id,
                   ca_words_grade(p.t, p.result->grade));
    about(&p);
    alerts(&p);
    grade(&p);
    findings(&p, true);
    findings(&p, false);
    actions(&p);
    agencies(&p);
    ca_audit_parts(&p);
    ca_html_element(out, "h3", "Standards and what was found");
    ca_audit_standards(&p);
    working(&p);
    ca_buffer_puts(out, "</article>\n");
}
