/* A result in a few lines, for people. */
#include "core/report/result/result_text.h"

#include "core/base/decimal.h"
#include "core/report/text/words.h"

/* A writer with a line in the making. */
struct writer {
    const struct ca_layout *layout;
    struct ca_buffer line;
    const struct ca_result *result;
    const struct ca_template *t;
};

static void end(struct writer *w, int indent, int hang)
{
    ca_layout_text(w->layout, indent, hang, w->line.data);
    ca_buffer_clear(&w->line);
}

static void marks(struct ca_buffer *out, int32_t score, int32_t out_of)
{
    char text[CA_DECIMAL_SIZE];

    if (score < 0)
        ca_buffer_puts(out, "no score");
    else
        ca_buffer_printf(out, "%s of %d", ca_decimal_fixed(score, 2, text), (int)out_of);
}

static const char *grade_or_dash(const struct writer *w, size_t grade)
{
    return grade == CA_NONE ? "–" : w->t->grades[grade].label;
}

static void title(struct writer *w, const struct ca_scored *scored)
{
    ca_buffer_printf(&w->line, "%s: %s (", scored->return_id,
                     ca_words_grade(w->t, w->result->grade));
    marks(&w->line, w->result->score, w->t->out_of);
    ca_buffer_printf(&w->line, "%s)", w->result->complete ? "" : "; INCOMPLETE");
    end(w, 0, 2);
}

static void alerts(struct writer *w)
{
    for (size_t i = 0; i < w->result->alert_count; i++) {
        ca_buffer_printf(&w->line, "%s: %s", ca_words_severity(w->result->alerts[i].severity),
                         w->result->alerts[i].message);
        end(w, 2, 4);
    }
}

static void about(struct writer *w)
{
    const struct ca_return *r = w->result->audit;

    ca_buffer_printf(&w->line, "%s (%s %s)", w->t->title, w->t->id, w->t->version);
    end(w, 2, 4);
    ca_buffer_printf(&w->line, "Case %s, audited on ", r->case_ref);
    ca_words_date(&w->line, r->audit_date);
    ca_buffer_printf(&w->line, " by %s", r->auditor);
    end(w, 2, 4);
}

/* computed, recomputed, judged, cap, moderated: side by side, always. */
static void grades(struct writer *w)
{
    const struct ca_result *result = w->result;
    const struct {
        const char *name;
        size_t grade;
    } beside[] = {{"computed", result->computed},   {"recomputed", result->recomputed},
                  {"judged", result->judged},       {"cap", result->cap},
                  {"moderated", result->moderated}, {"grade", result->grade}};

    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        ca_buffer_printf(&w->line, "%s%s: %s", i ? "; " : "", beside[i].name,
                         grade_or_dash(w, beside[i].grade));
    end(w, 2, 4);
}

static int longest_grade(const struct ca_template *t)
{
    int longest = 0;

    for (size_t g = 0; g < t->grade_count; g++) {
        int columns = ca_text_columns(t->grades[g].label);
        longest = columns > longest ? columns : longest;
    }
    return longest < 40 ? longest : 40;
}

/* "1.08  Good", to stand in a column of its own. */
static void section(struct writer *w, size_t i, int score_columns, int grade_columns)
{
    const struct ca_section_row *row = &w->result->joint[i];
    struct ca_buffer right = {0};
    char score[CA_DECIMAL_SIZE];
    int indent = 2;

    for (size_t up = w->t->sections[i].parent; up != CA_NONE; up = w->t->sections[up].parent)
        indent += indent < 20 ? 2 : 0;
    ca_buffer_puts(&w->line, w->t->sections[i].title);
    if (row->cap != CA_NONE)
        ca_buffer_puts(&w->line, " (lowered by a limit)");
    ca_pad_left(&right, row->score < 0 ? "–" : ca_decimal_fixed(row->score, 2, score),
                score_columns);
    ca_buffer_puts(&right, "  ");
    ca_pad_right(&right, grade_or_dash(w, row->grade), grade_columns);
    while (right.length > 0 && right.data[right.length - 1] == ' ')
        right.data[--right.length] = '\0';
    ca_layout_row(w->layout, indent, indent + 2, w->line.data, right.data,
                  score_columns + 2 + grade_columns);
    ca_buffer_clear(&w->line);
    ca_buffer_free(&right);
}

static void sections(struct writer *w)
{
    char full[CA_DECIMAL_SIZE];
    int score_columns = ca_text_columns(ca_decimal_fixed(w->t->full_marks, 2, full));
    int grade_columns = longest_grade(w->t);

    for (size_t i = 0; i < w->t->section_count; i++)
        section(w, i, score_columns, grade_columns);
}

static void agencies(struct writer *w)
{
    for (size_t a = 0; a < w->t->agency_count; a++) {
        const struct ca_returned *returned = &w->result->audit->returned[a];
        ca_buffer_printf(&w->line, "%s: ", w->t->agencies[a].label);
        if (!returned->returned) {
            ca_buffer_puts(&w->line, "has not returned");
        } else {
            marks(&w->line, w->result->agencies[a].score, w->t->out_of);
            ca_buffer_printf(&w->line, ", %s",
                             ca_words_grade(w->t, w->result->agencies[a].grade));
        }
        if (returned->grade != CA_NONE && returned->returned)
            ca_buffer_printf(&w->line, " (its own grade: %s)",
                             w->t->grades[returned->grade].label);
        end(w, 2, 4);
    }
}

static void limits(struct writer *w)
{
    for (size_t i = 0; i < w->result->limit_count; i++) {
        const struct ca_fired *limit = &w->result->limits[i];
        ca_buffer_printf(&w->line, "Limit%s%s, at best %s: %s",
                         limit->section != CA_NONE ? " in " : "",
                         limit->section != CA_NONE ? w->t->sections[limit->section].title : "",
                         w->t->grades[limit->to].label, limit->reason);
        end(w, 2, 4);
    }
}

static void rejected(struct writer *w, const struct ca_scored *scored)
{
    ca_buffer_printf(&w->line, "%s: rejected, ", scored->file);
    ca_words_count(&w->line, (int64_t)scored->diags.errors, "error", "errors");
    end(w, 0, 2);
}

void ca_result_text(const struct ca_layout *layout, const struct ca_scored *scored)
{
    struct writer w = {.layout = layout, .result = scored->result};

    if (scored->result == NULL) {
        rejected(&w, scored);
    } else {
        w.t = scored->result->template;
        title(&w, scored);
        alerts(&w);
        about(&w);
        grades(&w);
        sections(&w);
        agencies(&w);
        limits(&w);
    }
    ca_buffer_free(&w.line);
}
