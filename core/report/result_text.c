#include "core/report/result_text.h"

#include "core/base/decimal.h"
#include "core/report/words.h"

static void marks(struct ca_buffer *out, int32_t score, int32_t out_of)
{
    char text[CA_DECIMAL_SIZE];

    if (score < 0)
        ca_buffer_puts(out, "no score");
    else
        ca_buffer_printf(out, "%s of %d", ca_decimal_fixed(score, 2, text), (int)out_of);
}

static void alerts(struct ca_buffer *out, const struct ca_result *result)
{
    for (size_t i = 0; i < result->alert_count; i++)
        ca_buffer_printf(out, "  %s alert: %s\n",
                         ca_alert_severity_name(result->alerts[i].severity),
                         result->alerts[i].message);
}

/* computed, recomputed, judged, cap, moderated: side by side, always. */
static void grades(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    const struct {
        const char *name;
        size_t grade;
    } beside[] = {{"computed", result->computed},
                  {"recomputed", result->recomputed},
                  {"judged", result->judged},
                  {"cap", result->cap},
                  {"moderated", result->moderated}};

    ca_buffer_puts(out, "  ");
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        ca_buffer_printf(out, "%s%s: %s", i ? "; " : "", beside[i].name,
                         beside[i].grade == CA_NONE ? "–" : t->grades[beside[i].grade].label);
    ca_buffer_putc(out, '\n');
}

static void section(struct ca_buffer *out, const struct ca_result *result, size_t i)
{
    const struct ca_template *t = result->template;
    const struct ca_section_row *row = &result->joint[i];

    ca_buffer_puts(out, "  ");
    for (size_t up = t->sections[i].parent; up != CA_NONE; up = t->sections[up].parent)
        ca_buffer_puts(out, "  ");
    ca_buffer_printf(out, "%s: ", t->sections[i].title);
    marks(out, row->score, t->out_of);
    if (row->grade != CA_NONE)
        ca_buffer_printf(out, ", %s%s", t->grades[row->grade].label,
                         row->cap != CA_NONE ? " (by a limit)" : "");
    ca_buffer_putc(out, '\n');
}

static void limits(struct ca_buffer *out, const struct ca_result *result)
{
    for (size_t i = 0; i < result->limit_count; i++)
        ca_buffer_printf(out, "  Limit to %s: %s\n",
                         result->template->grades[result->limits[i].to].label,
                         result->limits[i].reason);
}

void ca_result_text(struct ca_buffer *out, const struct ca_scored *scored)
{
    const struct ca_result *result = scored->result;
    const struct ca_template *t;

    if (result == NULL) {
        ca_buffer_printf(out, "%s: rejected, %zu error%s\n", scored->file, scored->diags.errors,
                         scored->diags.errors == 1 ? "" : "s");
        return;
    }
    t = result->template;
    ca_buffer_printf(out, "%s: %s", scored->return_id, ca_words_grade(t, result->grade));
    ca_buffer_puts(out, " (");
    marks(out, result->score, t->out_of);
    ca_buffer_printf(out, "%s)\n", result->complete ? "" : ", incomplete");
    alerts(out, result);
    ca_buffer_printf(out, "  %s, case %s, audited on ", t->title, result->audit->case_ref);
    ca_words_date(out, result->audit->audit_date);
    ca_buffer_printf(out, " by %s\n", result->audit->auditor);
    grades(out, result);
    for (size_t i = 0; i < t->section_count; i++)
        section(out, result, i);
    limits(out, result);
}
