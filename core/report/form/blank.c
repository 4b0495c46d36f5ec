/* An empty return, to be filled in with any editor: what is to be written stands
 * between quotes or tags that are empty, what is to be known in comments. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/utf8.h"
#include "core/report/form/blank.h"
#include "core/report/page/html_text.h"
#include "core/report/text/words.h"
#include "core/report/text/words_conditions.h"

static void start_line(struct ca_buffer *out, int level)
{
    ca_buffer_printf(out, "\n%*s", 2 * level, "");
}

/* Two hyphens would end a comment, and so would one before its end. Nor can a character be
 * written by its number here, so those that steer an editor or terminal are left out. */
static void add_comment(struct ca_buffer *out, int level, const char *text)
{
    struct ca_buffer plain = {0};

    start_line(out, level);
    ca_buffer_puts(out, "<!-- ");
    ca_utf8_add_harmless(&plain, text, false);
    for (const char *p = plain.data; p != NULL && *p != '\0'; p++) {
        ca_buffer_putc(out, *p);
        if (*p == '-' && p[1] == '-')
            ca_buffer_putc(out, ' ');
    }
    ca_buffer_puts(out, " -->");
    ca_buffer_free(&plain);
}

static void add_id_comment(struct ca_buffer *out, int level, struct ca_buffer *text)
{
    add_comment(out, level, text->data);
    ca_buffer_free(text);
}

/* ---- what a standard takes ---- */

static void words_choices(struct ca_buffer *out, const struct ca_answer_list *list)
{
    ca_buffer_puts(out, " Answer: ");
    for (size_t i = 0; i < list->count; i++)
        ca_buffer_printf(out, "%s%s (%s)", i > 0 ? ", " : "", list->answers[i].id,
                         list->answers[i].label);
    ca_buffer_putc(out, '.');
}

static void words_span(struct ca_buffer *out, const struct ca_standard *s, const char *what)
{
    ca_buffer_printf(out, " %s ", what);
    ca_words_span(out, s->span, s->unit);
    ca_buffer_putc(out, ';');
}

static void words_value(struct ca_buffer *out, const struct ca_standard *s)
{
    char from[CA_DECIMAL_SIZE], to[CA_DECIMAL_SIZE], step[CA_DECIMAL_SIZE];
    bool points = s->type == CA_TYPE_POINTS;

    ca_buffer_printf(out, " Value: from %s to %s",
                     ca_decimal_short(points ? 0 : s->min, 3, from),
                     ca_decimal_short(points ? s->points : s->max, 3, to));
    if (points)
        ca_buffer_printf(out, " in steps of %s%s", ca_decimal_short(s->step, 3, step),
                         s->faults ? ", each a fault" : "");
    ca_buffer_putc(out, '.');
}

static void words_type(struct ca_buffer *out, const struct ca_template *t,
                       const struct ca_standard *s)
{
    switch (s->type) {
    case CA_TYPE_ANSWERS: words_choices(out, &t->lists[s->list]); break;
    case CA_TYPE_TIMESCALE:
        words_span(out, s, "Within");
        ca_buffer_puts(out, " end only if it has happened.");
        break;
    case CA_TYPE_FREQUENCY:
        words_span(out, s, "Every");
        ca_buffer_puts(out, " one occurred for each date; end only if the duty has ceased.");
        break;
    case CA_TYPE_NUMBER:
    case CA_TYPE_POINTS: words_value(out, s); break;
    case CA_TYPE_TEXT: break;
    }
}

static void words_conditions(struct ca_buffer *out, const struct ca_template *t,
                             const struct ca_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        ca_buffer_puts(out, i > 0 ? ", and " : "");
        ca_words_row(out, t, &conditions->rows[i]);
    }
}

/* What has to stand beside an answer, always or below a score. */
static void words_duties(struct ca_buffer *out, const struct ca_standard *s)
{
    char edge[CA_DECIMAL_SIZE];

    if (s->evidence_required)
        ca_buffer_puts(out, " Evidence is required.");
    else if (s->evidence_below >= 0)
        ca_buffer_printf(out, " Evidence is required below a score of %s.",
                         ca_decimal_short(s->evidence_below, 2, edge));
    if (s->action_below >= 0)
        ca_buffer_printf(out, " An action is required below a score of %s.",
                         ca_decimal_short(s->action_below, 2, edge));
}

static void comment_standard(struct ca_buffer *out, const struct ca_template *t,
                             const struct ca_standard *s)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, s->question);
    if (s->derived != NULL)
        ca_buffer_puts(&text,
                       " Worked out from the events: takes no response, unless it is not "
                       "applicable.");
    else
        words_type(&text, t, s);
    if (s->has_applies) {
        ca_buffer_puts(&text, " Only if ");
        words_conditions(&text, t, &s->applies);
        ca_buffer_puts(&text, ": otherwise remove it.");
    }
    if (!s->required && s->derived == NULL)
        ca_buffer_puts(&text, " Optional: remove it if unanswered.");
    if (s->not_applicable == CA_NA_FORBIDDEN)
        ca_buffer_puts(&text, " Cannot be not applicable.");
    words_duties(&text, s);
    add_id_comment(out, 2, &text);
}

static void add_content(struct ca_buffer *out, const struct ca_standard *s)
{
    static const char *const contents[] = {[CA_TYPE_ANSWERS] = NULL,
                                           [CA_TYPE_TIMESCALE] = "<start></start> <end></end>",
                                           [CA_TYPE_FREQUENCY] =
                                               "<start></start> <occurred></occurred>",
                                           [CA_TYPE_NUMBER] = "<value></value>",
                                           [CA_TYPE_POINTS] = "<value></value>",
                                           [CA_TYPE_TEXT] = "<text></text>"};

    if (contents[s->type] != NULL) {
        start_line(out, 3);
        ca_buffer_puts(out, contents[s->type]);
    }
    if (s->evidence_required) {
        start_line(out, 3);
        ca_buffer_puts(out, "<evidence></evidence>");
    }
}

/* With a look-back, a response that scores says when the practice was. */
static bool is_dated(const struct ca_template *t, const struct ca_standard *s)
{
    return t->look_back_months > 0 && s->type != CA_TYPE_TEXT;
}

static void add_response(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_standard *s)
{
    bool bare = s->type == CA_TYPE_ANSWERS && !s->evidence_required;

    comment_standard(out, t, s);
    if (s->derived != NULL)
        return;
    start_line(out, 2);
    ca_buffer_printf(out, "<response standard=\"%s\"%s%s%s", s->id,
                     s->type == CA_TYPE_ANSWERS ? " answer=\"\"" : "",
                     is_dated(t, s) ? " date=\"\"" : "", bare ? "/>" : ">");
    if (bare)
        return;
    add_content(out, s);
    start_line(out, 2);
    ca_buffer_puts(out, "</response>");
}

/* ---- sections ---- */

static void comment_section(struct ca_buffer *out, const struct ca_template *t,
                            const struct ca_section *section)
{
    struct ca_buffer text = {0};

    ca_buffer_printf(&text, "==== %s (section '%s')", section->title, section->id);
    if (section->has_applies) {
        ca_buffer_puts(&text, ": only if ");
        words_conditions(&text, t, &section->applies);
        ca_buffer_puts(&text, ", otherwise remove its responses");
    }
    ca_buffer_puts(&text, " ====");
    add_id_comment(out, 2, &text);
}

static bool answers(const struct ca_template *t, const struct ca_standard *s, size_t agency)
{
    return t->agency_count == 0 || ((s->agencies >> agency) & 1u);
}

static void add_children(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_child *children, size_t count, size_t agency)
{
    for (size_t i = 0; i < count; i++) {
        const struct ca_section *section = &t->sections[children[i].index];
        const struct ca_standard *s = &t->standards[children[i].index];
        if (children[i].is_section) {
            comment_section(out, t, section);
            add_children(out, t, section->children, section->child_count, agency);
        } else if (answers(t, s, agency)) {
            add_response(out, t, s);
        }
    }
}

static void add_responses(struct ca_buffer *out, const struct ca_template *t)
{
    size_t columns = t->agency_count > 0 ? t->agency_count : 1;
    struct ca_buffer text = {0};

    if (t->look_back_months > 0) {
        ca_buffer_puts(&text, "Each date is that of the practice: what is older at the audit "
                              "than ");
        ca_words_span(&text, t->look_back_months, CA_MONTHS);
        ca_buffer_puts(&text, " is out of scope. Remove it where it is not known.");
    } else {
        ca_buffer_puts(&text, "A response may have a date, that of the practice: "
                              "date=\"2023-11-14\".");
    }
    ca_buffer_puts(
        &text,
        " In place of an answer: status=\"not-evidenced\"; or status=\"not-applicable\" with "
        "<reason>…</reason> inside. <evidence ref=\"E1\">…</evidence> may end any response. "
        "A whole section that does not apply, before the responses: <not-applicable "
        "section=\"…\"><reason>…</reason></not-applicable>.");
    add_id_comment(out, 1, &text);
    for (size_t a = 0; a < columns; a++) {
        start_line(out, 1);
        ca_buffer_puts(out, "<responses");
        if (t->agency_count > 0)
            ca_buffer_printf(out, " agency=\"%s\"", t->agencies[a].id);
        ca_buffer_putc(out, '>');
        add_children(out, t, t->tops, t->top_count, a);
        start_line(out, 1);
        ca_buffer_puts(out, "</responses>");
    }
}

/* ---- case, attributes, events ---- */

static void comment_attribute(struct ca_buffer *out, const struct ca_attribute_def *a)
{
    static const char *const types[] = {[CASEAUDIT_TEXT] = "text",
                                        [CASEAUDIT_TOKEN] = "one word",
                                        [CASEAUDIT_DATE] = "a date such as 2023-11-14",
                                        [CASEAUDIT_INTEGER] = "a whole number"};
    struct ca_buffer text = {0};

    ca_buffer_printf(&text, "%s, %s: ", a->label, a->required ? "required" : "optional");
    for (size_t i = 0; i < a->value_count; i++)
        ca_buffer_printf(&text, "%s%s (%s)", i > 0 ? ", " : "", a->values[i].id,
                         a->values[i].label);
    if (a->value_count == 0)
        ca_buffer_puts(&text, types[a->type]);
    add_id_comment(out, 2, &text);
}

static void add_attributes(struct ca_buffer *out, const struct ca_template *t,
                           const struct ca_prefill *given)
{
    if (t->attribute_count == 0)
        return;
    start_line(out, 1);
    ca_buffer_puts(out, "<attributes>");
    for (size_t i = 0; i < t->attribute_count; i++) {
        const char *value = ca_prefill_attribute(given, t, &t->attributes[i]);
        comment_attribute(out, &t->attributes[i]);
        start_line(out, 2);
        ca_buffer_printf(out, "<attribute id=\"%s\">", t->attributes[i].id);
        if (value != NULL)
            ca_html_text(out, value);
        ca_buffer_puts(out, "</attribute>");
    }
    start_line(out, 1);
    ca_buffer_puts(out, "</attributes>");
}

static void add_events(struct ca_buffer *out, const struct ca_template *t)
{
    const struct caseaudit_event *event = t->framework != NULL ? t->framework->events : NULL;

    if (event == NULL || event->name == NULL)
        return;
    start_line(out, 1);
    ca_buffer_puts(out, "<events>");
    add_comment(out, 2, "In any order, each with its date; remove what did not happen.");
    for (; event->name != NULL; event++) {
        struct ca_buffer text = {0};
        ca_buffer_printf(&text, "%s%s", event->help != NULL ? event->help : event->name,
                         event->occurs == CASEAUDIT_EXACTLY_ONE   ? "; required, once"
                         : event->occurs == CASEAUDIT_AT_MOST_ONE ? "; at most once"
                                                                  : "");
        add_id_comment(out, 2, &text);
        start_line(out, 2);
        ca_buffer_printf(out, "<event type=\"%s\" date=\"\"/>", event->name);
    }
    start_line(out, 1);
    ca_buffer_puts(out, "</events>");
}

/* ---- judgement, findings, actions ---- */

static void add_judgement(struct ca_buffer *out, const struct ca_template *t)
{
    struct ca_buffer text = {0};

    ca_buffer_printf(&text, "The judgement, %s. Grades: ", t->judged ? "required" : "optional");
    for (size_t i = 0; i < t->grade_count; i++)
        ca_buffer_printf(&text, "%s%s (%s)", i > 0 ? ", " : "", t->grades[i].id,
                         t->grades[i].label);
    if (!t->judged)
        ca_buffer_puts(&text,
                       ". <judgement grade=\"\" by=\"\" date=\"\"><rationale></rationale>"
                       "</judgement>");
    add_id_comment(out, 1, &text);
    if (!t->judged)
        return;
    start_line(out, 1);
    ca_buffer_puts(out, "<judgement grade=\"\" by=\"\" date=\"\">");
    start_line(out, 2);
    ca_buffer_puts(out, "<rationale></rationale>");
    start_line(out, 1);
    ca_buffer_puts(out, "</judgement>");
}

static void add_findings(struct ca_buffer *out, const struct ca_template *t)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "Any number: <strength theme=\"\">…</strength>, then <improvement "
                          "theme=\"\">…</improvement>.");
    for (size_t i = 0; i < t->theme_count; i++)
        ca_buffer_printf(&text, "%s%s (%s)", i > 0 ? ", " : " Themes: ", t->themes[i].id,
                         t->themes[i].label);
    start_line(out, 1);
    ca_buffer_puts(out, "<findings>");
    add_id_comment(out, 2, &text);
    start_line(out, 1);
    ca_buffer_puts(out, "</findings>");
    start_line(out, 1);
    ca_buffer_puts(out, "<actions>");
    add_comment(out, 2,
                "Any number: <action id=\"1\" standard=\"\" owner=\"\" due=\"\">…</action>, "
                "perhaps with the theme=\"\" it answers; completed=\"\" and verified-by=\"\" "
                "once they are known.");
    start_line(out, 1);
    ca_buffer_puts(out, "</actions>");
}

/* ---- the head ---- */

static void add_empty_head(struct ca_buffer *out)
{
    add_comment(out, 1, "The case's reference in your own records");
    start_line(out, 1);
    ca_buffer_puts(out, "<case ref=\"\"/>");
    add_comment(out, 1,
                "The day of the audit, the auditor's role code, and how the case was chosen: "
                "random, targeted or stratified; remove selection if it is not known");
    start_line(out, 1);
    ca_buffer_puts(out, "<audit date=\"\" auditor=\"\" selection=\"\"/>");
}

/* Columns that were kept and are no attributes are told of. */
static void add_given_head(struct ca_buffer *out, const struct ca_template *t,
                           const struct ca_prefill *given)
{
    for (size_t i = 0; i < given->value_count; i++) {
        struct ca_buffer text = {0};
        if (given->values[i].value[0] == '\0' ||
            ca_prefill_defined(t, &given->values[i]) != NULL)
            continue;
        ca_buffer_printf(&text, "%s: %s", given->values[i].name, given->values[i].value);
        add_id_comment(out, 1, &text);
    }
    start_line(out, 1);
    ca_buffer_printf(out, "<case ref=\"%s\"/>", given->case_ref);
    add_comment(out, 1, "The day of the audit, in the line below: date=\"2023-11-14\"");
    start_line(out, 1);
    ca_buffer_printf(out, "<audit auditor=\"%s\" selection=\"%s\"/>", given->auditor,
                     given->selection);
}

void ca_blank_return(struct ca_buffer *out, const struct ca_template *t,
                     const struct ca_prefill *given)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    ca_buffer_printf(
        &text,
        "%s. Fill in what is empty, remove what does not apply; comments may stay. "
        "References and role codes only: no names, no dates of birth.",
        t->title);
    add_id_comment(out, 0, &text);
    ca_buffer_printf(out,
                     "\n<return xmlns=\"urn:caseaudit:return:1\" id=\"%s\" template=\"%s\" "
                     "template-version=\"%s\">",
                     given != NULL ? given->id : "", t->id, t->version);
    if (given != NULL)
        add_given_head(out, t, given);
    else
        add_empty_head(out);
    add_attributes(out, t, given);
    add_events(out, t);
    add_responses(out, t);
    add_judgement(out, t);
    add_findings(out, t);
    ca_buffer_puts(out, "\n</return>\n");
}
