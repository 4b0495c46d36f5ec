/* The result object (docs/results.md) as a line of JSON for each return. */
#include "core/report/result/result_json.h"

#include "core/base/decimal.h"
#include "core/base/json.h"

/* ---- pieces: absent ones are null ---- */

static void key_short(struct ca_buffer *out, const char *key, int64_t thousandths)
{
    char text[CA_DECIMAL_SIZE];

    ca_json_key(out, key);
    ca_json_number(out, ca_decimal_short(thousandths, 3, text));
}

static void key_grade(struct ca_buffer *out, const char *key, const struct ca_template *t,
                      size_t grade)
{
    ca_json_key(out, key);
    ca_json_token(out, grade == CA_NONE ? NULL : t->grades[grade].id);
}

/* ---- arrays ---- */

static void row_score(struct ca_buffer *out, int32_t score)
{
    const char decimals[] = {'.', (char)('0' + score % 100 / 10), (char)('0' + score % 10)};

    if (score < 0) {
        CA_JSON_RAW(out, "null");
        return;
    }
    ca_buffer_int(out, score / 100);
    ca_buffer_add(out, decimals, sizeof decimals);
}

/* A section's or agency's, after what stands before it in the row. */
static void row_grade(struct ca_buffer *out, const struct ca_template *t, size_t grade)
{
    ca_json_token(out, grade == CA_NONE ? NULL : t->grades[grade].id);
}

/* Sections and standards are most of a result: each row is written as it will stand. */
static void section_row(struct ca_buffer *out, const struct ca_template *t, size_t section,
                        size_t agency, const struct ca_section_row *row)
{
    const struct ca_section *s = &t->sections[section];

    ca_json_open(out, '{');
    CA_JSON_RAW(out, "\"id\":");
    ca_json_token(out, s->id);
    CA_JSON_RAW(out, ",\"parent\":");
    ca_json_token(out, s->parent == CA_NONE ? NULL : t->sections[s->parent].id);
    CA_JSON_RAW(out, ",\"agency\":");
    ca_json_token(out, agency == CA_NONE ? NULL : t->agencies[agency].id);
    CA_JSON_RAW(out, ",\"score\":");
    row_score(out, row->score);
    CA_JSON_RAW(out, ",\"grade\":");
    row_grade(out, t, row->grade);
    CA_JSON_RAW(out, ",\"cap\":");
    row_grade(out, t, row->cap);
    CA_JSON_RAW(out, "}");
}

static void sections(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_json_key(out, "sections");
    ca_json_open(out, '[');
    for (size_t i = 0; i < t->section_count; i++) {
        section_row(out, t, i, CA_NONE, &result->joint[i]);
        for (size_t a = 0; a < t->agency_count; a++)
            if (result->audit->returned[a].returned)
                section_row(out, t, i, a, &result->by_agency[i * result->columns + a]);
    }
    ca_json_close(out, ']');
}

static void agencies(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_json_key(out, "agencies");
    ca_json_open(out, '[');
    for (size_t a = 0; a < t->agency_count; a++) {
        if (!result->audit->returned[a].returned)
            continue;
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", t->agencies[a].id);
        ca_json_key(out, "score");
        row_score(out, result->agencies[a].score);
        key_grade(out, "grade", t, result->agencies[a].grade);
        key_grade(out, "judged", t, result->audit->returned[a].grade);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void standard_row(struct ca_buffer *out, const struct ca_template *t, size_t standard,
                         size_t agency, const struct ca_outcome *o)
{
    const struct ca_standard *s = &t->standards[standard];
    char weight[CA_DECIMAL_SIZE], due[CA_DATE_SIZE];

    ca_json_open(out, '{');
    CA_JSON_RAW(out, "\"id\":");
    ca_json_token(out, s->id);
    CA_JSON_RAW(out, ",\"section\":");
    ca_json_token(out, t->sections[s->section].id);
    CA_JSON_RAW(out, ",\"agency\":");
    ca_json_token(out, agency == CA_NONE ? NULL : t->agencies[agency].id);
    CA_JSON_RAW(out, ",\"status\":");
    ca_json_token(out, ca_status_name(o->status));
    CA_JSON_RAW(out, ",\"answer\":");
    ca_json_token(out, o->answer);
    CA_JSON_RAW(out, ",\"audited\":");
    ca_json_token(out, o->audited);
    CA_JSON_RAW(out, ",\"score\":");
    row_score(out, o->score);
    CA_JSON_RAW(out, ",\"counts\":");
    ca_buffer_puts(out, o->counts ? "true" : "false");
    CA_JSON_RAW(out, ",\"weight\":");
    ca_buffer_puts(out, ca_decimal_short(s->weight, 3, weight));
    CA_JSON_RAW(out, ",\"due\":");
    ca_json_token(out, o->due == CA_NO_DATE ? NULL : ca_date_format(o->due, due));
    CA_JSON_RAW(out, ",\"days\":");
    if (o->days < 0)
        CA_JSON_RAW(out, "null");
    else
        ca_buffer_int(out, o->days);
    CA_JSON_RAW(out, "}");
}

static void standards(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_json_key(out, "standards");
    ca_json_open(out, '[');
    for (size_t i = 0; i < t->standard_count; i++)
        for (size_t a = 0; a < result->columns; a++) {
            const struct ca_outcome *o = &result->outcomes[i * result->columns + a];
            if (o->present)
                standard_row(out, t, i, t->agency_count > 0 ? a : CA_NONE, o);
        }
    ca_json_close(out, ']');
}

static void limits(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_json_key(out, "limits");
    ca_json_open(out, '[');
    for (size_t i = 0; i < result->limit_count; i++) {
        const struct ca_fired *limit = &result->limits[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", limit->id);
        ca_json_key_string(out, "section",
                           limit->section == CA_NONE ? NULL : t->sections[limit->section].id);
        key_grade(out, "to", t, limit->to);
        ca_json_key_string(out, "reason", limit->reason);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void alerts(struct ca_buffer *out, const struct ca_result *result)
{
    ca_json_key(out, "alerts");
    ca_json_open(out, '[');
    for (size_t i = 0; i < result->alert_count; i++) {
        const struct ca_fired_alert *alert = &result->alerts[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", alert->id);
        ca_json_key_string(out, "severity", ca_alert_severity_name(alert->severity));
        ca_json_key_string(out, "message", alert->message);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void measures(struct ca_buffer *out, const struct ca_result *result)
{
    ca_json_key(out, "measures");
    ca_json_open(out, '[');
    for (size_t i = 0; i < result->measure_count; i++) {
        const struct ca_measured *measure = &result->measures[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", measure->id);
        ca_json_key_string(out, "kind", measure->mean ? "mean" : "proportion");
        if (measure->mean) {
            key_short(out, "sum", measure->numerator);
            ca_json_key_integer(out, "count", measure->denominator);
        } else {
            ca_json_key_integer(out, "numerator", measure->numerator);
            ca_json_key_integer(out, "denominator", measure->denominator);
        }
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void attributes(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_json_key(out, "attributes");
    ca_json_open(out, '{');
    for (size_t i = 0; i < t->attribute_count; i++)
        if (result->audit->attributes[i].text != NULL)
            ca_json_key_string(out, t->attributes[i].id, result->audit->attributes[i].text);
    ca_json_close(out, '}');
}

static void warnings(struct ca_buffer *out, const struct ca_diags *diags)
{
    ca_json_key(out, "warnings");
    ca_json_open(out, '[');
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->items[i].severity != CA_WARNING)
            continue;
        ca_json_open(out, '{');
        ca_json_key_integer(out, "line", diags->items[i].line);
        ca_json_key_string(out, "message", diags->items[i].message);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void errors(struct ca_buffer *out, const struct ca_diags *diags)
{
    ca_json_key(out, "errors");
    ca_json_open(out, '[');
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        if (diag->severity != CA_ERROR)
            continue;
        ca_json_open(out, '{');
        ca_json_key_integer(out, "line", diag->line);
        ca_json_key_integer(out, "column", diag->column);
        ca_json_key_string(out, "element", diag->element);
        ca_json_key_string(out, "message", diag->message);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

/* ---- the object ---- */

static void head(struct ca_buffer *out, const struct ca_scored *scored,
                 enum ca_result_status status)
{
    ca_json_key_string(out, "schema", "caseaudit-result/1");
    ca_json_key_string(out, "file", scored->file);
    ca_json_key_string(out, "status", ca_result_status_name(status));
    ca_json_key_string(out, "return", scored->return_id);
    ca_json_key_string(out, "revision_of", NULL);
}

static void rejected(struct ca_buffer *out, const struct ca_scored *scored)
{
    static const char *const scalars[] = {"template",  "template_version",
                                          "framework", "framework_version",
                                          "case",      "date",
                                          "quarter",   "complete",
                                          "out_of",    "score",
                                          "computed",  "recomputed",
                                          "judged",    "cap",
                                          "moderated", "grade"};
    static const char *const arrays[] = {"sections", "agencies", "standards",
                                         "limits",   "alerts",   "measures"};

    head(out, scored, CA_REJECTED);
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        ca_json_key_string(out, scalars[i], NULL);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        ca_json_key(out, arrays[i]);
        ca_json_number(out, "[]");
    }
    errors(out, &scored->diags);
    ca_json_key(out, "attributes");
    ca_json_number(out, "{}");
}

static void scalars(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    const struct ca_return *r = result->audit;
    char date[CA_DATE_SIZE], quarter[CA_QUARTER_SIZE];

    ca_json_key_string(out, "template", t->id);
    ca_json_key_string(out, "template_version", t->version);
    ca_json_key_string(out, "framework", t->framework_name);
    ca_json_key_string(out, "framework_version", t->framework->version);
    ca_json_key_string(out, "case", r->case_ref);
    ca_json_key(out, "date");
    ca_json_token(out, ca_date_format(r->audit_date, date));
    ca_json_key_string(out, "quarter", ca_quarter_format(r->audit_date, quarter));
    ca_json_key(out, "complete");
    ca_json_bool(out, result->complete);
    ca_json_key_integer(out, "out_of", t->out_of);
    ca_json_key(out, "score");
    row_score(out, result->score);
    key_grade(out, "computed", t, result->computed);
    key_grade(out, "recomputed", t, result->recomputed);
    key_grade(out, "judged", t, result->judged);
    key_grade(out, "cap", t, result->cap);
    key_grade(out, "moderated", t, result->moderated);
    key_grade(out, "grade", t, result->grade);
}

void ca_result_json(struct ca_buffer *out, const struct ca_scored *scored)
{
    const struct ca_result *result = scored->result;

    ca_json_open(out, '{');
    if (result == NULL) {
        rejected(out, scored);
    } else {
        head(out, scored, result->status);
        scalars(out, result);
        sections(out, result);
        agencies(out, result);
        standards(out, result);
        limits(out, result);
        alerts(out, result);
        measures(out, result);
        warnings(out, &scored->diags);
        attributes(out, result);
    }
    ca_json_close(out, '}');
}
