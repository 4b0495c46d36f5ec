/* The result object (docs/results.md) as XML. */
#include "core/report/result/result_xml.h"

#include "core/base/decimal.h"
#include "core/base/utf8.h"

const char ca_result_xml_head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                  "<results xmlns=\"urn:caseaudit:result:1\">\n";
const char ca_result_xml_tail[] = "</results>\n";

/* ---- attributes; absent values are left out ---- */

/* Other control characters than these three, and U+FFFE and U+FFFF, are not in XML. */
static void escape_code(struct ca_buffer *out, uint32_t c)
{
    if ((c >= 0x20 && c < 0xFFFE) || c > 0xFFFF || c == '\n' || c == '\t' || c == '\r')
        ca_buffer_printf(out, "&#%u;", (unsigned)c);
    else
        ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
}

static void escaped(struct ca_buffer *out, const char *text)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        uint32_t c = ca_utf8_next(text, &length);
        if (c == '&' || c == '<' || c == '>' || c == '"' || c == 0xFFFE || c == 0xFFFF ||
            ca_character_steers(c))
            escape_code(out, c);
        else if (c == CA_REPLACEMENT)
            ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(out, text, length);
    }
}

static void text(struct ca_buffer *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    ca_buffer_printf(out, " %s=\"", name);
    escaped(out, value);
    ca_buffer_putc(out, '"');
}

static void integer(struct ca_buffer *out, const char *name, int64_t value)
{
    ca_buffer_printf(out, " %s=\"%lld\"", name, (long long)value);
}

static void score(struct ca_buffer *out, const char *name, int32_t value)
{
    char digits[CA_DECIMAL_SIZE];

    if (value >= 0)
        text(out, name, ca_decimal_fixed(value, 2, digits));
}

static void grade(struct ca_buffer *out, const char *name, const struct ca_template *t,
                  size_t value)
{
    if (value != CA_NONE)
        text(out, name, t->grades[value].id);
}

static void date(struct ca_buffer *out, const char *name, ca_date value)
{
    char digits[CA_DATE_SIZE];

    if (value != CA_NO_DATE)
        text(out, name, ca_date_format(value, digits));
}

static void agency(struct ca_buffer *out, const struct ca_template *t, size_t value)
{
    if (value != CA_NONE)
        text(out, "agency", t->agencies[value].id);
}

/* ---- elements ---- */

static void section(struct ca_buffer *out, const struct ca_template *t, size_t i, size_t whose,
                    const struct ca_section_row *row)
{
    const struct ca_section *s = &t->sections[i];

    ca_buffer_puts(out, "    <section");
    text(out, "id", s->id);
    text(out, "parent", s->parent == CA_NONE ? NULL : t->sections[s->parent].id);
    agency(out, t, whose);
    score(out, "score", row->score);
    grade(out, "grade", t, row->grade);
    grade(out, "cap", t, row->cap);
    ca_buffer_puts(out, "/>\n");
}

static void sections(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    for (size_t i = 0; i < t->section_count; i++) {
        section(out, t, i, CA_NONE, &result->joint[i]);
        for (size_t a = 0; a < t->agency_count; a++)
            if (result->audit->returned[a].returned)
                section(out, t, i, a, &result->by_agency[i * result->columns + a]);
    }
}

static void agencies(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    for (size_t a = 0; a < t->agency_count; a++) {
        if (!result->audit->returned[a].returned)
            continue;
        ca_buffer_puts(out, "    <agency");
        text(out, "id", t->agencies[a].id);
        score(out, "score", result->agencies[a].score);
        grade(out, "grade", t, result->agencies[a].grade);
        grade(out, "judged", t, result->audit->returned[a].grade);
        ca_buffer_puts(out, "/>\n");
    }
}

static void standard(struct ca_buffer *out, const struct ca_template *t, size_t i, size_t whose,
                     const struct ca_outcome *o)
{
    const struct ca_standard *s = &t->standards[i];
    char weight[CA_DECIMAL_SIZE];

    ca_buffer_puts(out, "    <standard");
    text(out, "id", s->id);
    text(out, "section", t->sections[s->section].id);
    agency(out, t, whose);
    text(out, "status", ca_status_name(o->status));
    text(out, "answer", o->answer);
    text(out, "audited", o->audited);
    score(out, "score", o->score);
    text(out, "counts", o->counts ? "yes" : "no");
    text(out, "weight", ca_decimal_short(s->weight, 3, weight));
    date(out, "due", o->due);
    if (o->days >= 0)
        integer(out, "days", o->days);
    ca_buffer_puts(out, "/>\n");
}

static void standards(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    for (size_t i = 0; i < t->standard_count; i++)
        for (size_t a = 0; a < result->columns; a++) {
            const struct ca_outcome *o = &result->outcomes[i * result->columns + a];
            if (o->present)
                standard(out, t, i, t->agency_count > 0 ? a : CA_NONE, o);
        }
}

static void limits_and_alerts(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    for (size_t i = 0; i < result->limit_count; i++) {
        const struct ca_fired *limit = &result->limits[i];
        ca_buffer_puts(out, "    <limit");
        text(out, "id", limit->id);
        text(out, "section", limit->section == CA_NONE ? NULL : t->sections[limit->section].id);
        grade(out, "to", t, limit->to);
        text(out, "reason", limit->reason);
        ca_buffer_puts(out, "/>\n");
    }
    for (size_t i = 0; i < result->alert_count; i++) {
        ca_buffer_puts(out, "    <alert");
        text(out, "id", result->alerts[i].id);
        text(out, "severity", ca_alert_severity_name(result->alerts[i].severity));
        text(out, "message", result->alerts[i].message);
        ca_buffer_puts(out, "/>\n");
    }
}

static void measures(struct ca_buffer *out, const struct ca_result *result)
{
    char sum[CA_DECIMAL_SIZE];

    for (size_t i = 0; i < result->measure_count; i++) {
        const struct ca_measured *measure = &result->measures[i];
        ca_buffer_puts(out, "    <measure");
        text(out, "id", measure->id);
        text(out, "kind", measure->mean ? "mean" : "proportion");
        if (measure->mean)
            text(out, "sum", ca_decimal_short(measure->numerator, 3, sum));
        else
            integer(out, "numerator", measure->numerator);
        integer(out, measure->mean ? "count" : "denominator", measure->denominator);
        ca_buffer_puts(out, "/>\n");
    }
}

static void attributes(struct ca_buffer *out, const struct ca_result *result)
{
    for (size_t i = 0; i < result->template->attribute_count; i++) {
        if (result->audit->attributes[i].text == NULL)
            continue;
        ca_buffer_puts(out, "    <attribute");
        text(out, "id", result->template->attributes[i].id);
        text(out, "value", result->audit->attributes[i].text);
        ca_buffer_puts(out, "/>\n");
    }
}

static void diagnostics(struct ca_buffer *out, const struct ca_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        ca_buffer_puts(out, diag->severity == CA_ERROR ? "    <error" : "    <warning");
        integer(out, "line", diag->line);
        integer(out, "column", diag->column);
        text(out, "element", diag->element);
        text(out, "message", diag->message);
        ca_buffer_puts(out, "/>\n");
    }
}

static void scalars(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    char quarter[CA_QUARTER_SIZE];

    text(out, "template", t->id);
    text(out, "template-version", t->version);
    text(out, "framework", t->framework_name);
    text(out, "framework-version", t->framework->version);
    text(out, "case", result->audit->case_ref);
    date(out, "date", result->audit->audit_date);
    text(out, "quarter", ca_quarter_format(result->audit->audit_date, quarter));
    text(out, "complete", result->complete ? "yes" : "no");
    integer(out, "out-of", t->out_of);
    score(out, "score", result->score);
    grade(out, "computed", t, result->computed);
    grade(out, "recomputed", t, result->recomputed);
    grade(out, "judged", t, result->judged);
    grade(out, "cap", t, result->cap);
    grade(out, "moderated", t, result->moderated);
    grade(out, "grade", t, result->grade);
}

void ca_result_xml(struct ca_buffer *out, const struct ca_scored *scored)
{
    const struct ca_result *result = scored->result;

    ca_buffer_puts(out, "  <result");
    text(out, "file", scored->file);
    text(out, "status", ca_result_status_name(result ? result->status : CA_REJECTED));
    text(out, "return", scored->return_id);
    if (result != NULL)
        scalars(out, result);
    ca_buffer_puts(out, ">\n");
    if (result != NULL) {
        sections(out, result);
        agencies(out, result);
        standards(out, result);
        limits_and_alerts(out, result);
        measures(out, result);
        attributes(out, result);
    }
    diagnostics(out, &scored->diags);
    ca_buffer_puts(out, "  </result>\n");
}
