/* What schemas/template-1.xsd says, as tables. */
#include "core/model/grammar_private.h"

/* ---- values ---- */

#define INTEGER(low, high, text)                                                               \
    {                                                                                          \
        .kind = CA_VALUE_DECIMAL, .min = (low), .max = (high), .right = text                   \
    }

static const struct ca_value full_marks = INTEGER(1, 1000, "a whole number from 1 to 1000");
static const struct ca_value span = INTEGER(1, 10000, "a whole number from 1 to 10000");
static const struct ca_value how_many = INTEGER(0, 1000000, "a whole number, 0 or more");

#define SCORE_RIGHT "a number from 0 to 1000 with at most two decimals"
static const struct ca_value score = {
    .kind = CA_VALUE_DECIMAL, .places = 2, .max = 100000, .right = SCORE_RIGHT};
static const char *const none_words[] = {"none"};
static const struct ca_value no_score = {
    .kind = CA_VALUE_WORD, .words = none_words, .word_count = 1, .right = "none"};
static const struct ca_value answer_score = {.kind = CA_VALUE_DECIMAL,
                                             .places = 2,
                                             .max = 100000,
                                             .otherwise = &no_score,
                                             .right = SCORE_RIGHT ", or none"};
static const struct ca_value weight = {
    .kind = CA_VALUE_DECIMAL,
    .places = 3,
    .max = 1000000,
    .right = "a number from 0 to 1000 with at most three decimals"};
static const struct ca_value above_zero = {
    .kind = CA_VALUE_DECIMAL,
    .places = 3,
    .min = 1,
    .max = INT64_C(1000000000000),
    .right = "a number above 0, at most 1000000000, with at most three decimals"};
static const struct ca_value signed_integer = {.kind = CA_VALUE_DECIMAL,
                                               .negative = true,
                                               .min = -1000000000,
                                               .max = 1000000000,
                                               .otherwise = &score};
/* A score, or an end of an attribute's range. */
static const struct ca_value edge = {.kind = CA_VALUE_DATE,
                                     .otherwise = &signed_integer,
                                     .right = "a score (from 0 to 1000, at most two decimals), "
                                              "a whole number or a date (YYYY-MM-DD)"};
static const struct ca_value framework = {.kind = CA_VALUE_TOKEN,
                                          .first = CA_LOWER | CA_DIGIT | CA_DASH,
                                          .rest = CA_LOWER | CA_DIGIT | CA_DASH,
                                          .longest = 64,
                                          .right = "the name of a framework, of lower-case "
                                                   "letters, digits and '-'"};
static const struct ca_value link = {
    .kind = CA_VALUE_LINK,
    .right = "an address that begins with https://, http:// or mailto:, or that of a file "
             "nearby, without spaces, ':', '\\' or '//' at its beginning"};

CA_WORDS(overall_rollup, "mean, flat, lowest, median, rules or none", "mean", "flat", "lowest",
         "median", "rules", "none");
CA_WORDS(section_rollup, "mean, lowest, highest or median", "mean", "lowest", "highest",
         "median");
CA_WORDS(overall, "computed or judged", "computed", "judged");
CA_WORDS(attribute_type, "text, token, date or integer", "text", "token", "date", "integer");
CA_WORDS(override, "allowed or never", "allowed", "never");
CA_WORDS(severity, "immediate, urgent or review", "immediate", "urgent", "review");
CA_WORDS(measure_kind, "proportion or mean", "proportion", "mean");
CA_WORDS(not_applicable, "reason, allowed or forbidden", "reason", "allowed", "forbidden");
CA_WORDS(evidence, "optional or required", "optional", "required");
CA_WORDS(points_count, "credit or faults", "credit", "faults");

static const char *const status_words[] = {"answered",    "not-evidenced", "overdue",
                                           "not-yet-due", "out-of-scope",  "not-applicable",
                                           "missing",     "not-applying"};
static const struct ca_value statuses = {
    .kind = CA_VALUE_WORD,
    .list = true,
    .words = status_words,
    .word_count = 8,
    .right = "one or more of answered, not-evidenced, overdue, not-yet-due, out-of-scope, "
             "not-applicable, missing and not-applying"};

/* ---- conditions ---- */

static const struct ca_attr_rule when_attrs[] = {CA_OPTIONAL("attribute", &ca_value_id),
                                                 CA_OPTIONAL("is", &ca_value_filled),
                                                 CA_OPTIONAL("is-not", &ca_value_filled),
                                                 CA_OPTIONAL("from", &edge),
                                                 CA_OPTIONAL("to", &edge),
                                                 CA_OPTIONAL("standard", &ca_value_id),
                                                 CA_OPTIONAL("answer", &ca_value_ids),
                                                 CA_OPTIONAL("status", &statuses),
                                                 CA_OPTIONAL("below", &score),
                                                 CA_OPTIONAL("standards", &ca_value_ids),
                                                 CA_OPTIONAL("at-least", &how_many),
                                                 CA_OPTIONAL("at-most", &how_many),
                                                 CA_OPTIONAL("section", &ca_value_id),
                                                 CA_OPTIONAL("graded", &ca_value_ids),
                                                 CA_OPTIONAL("sections-graded", &ca_value_ids),
                                                 CA_OPTIONAL("agencies-graded", &ca_value_ids),
                                                 CA_OPTIONAL("critical-below", &score)};
static const struct ca_shape when = {"when", CA_E_WHEN, CA_ATTRS(when_attrs),
                                     .text = &ca_value_none};

static const struct ca_shape any;
#define CONDITIONS(n)                                                                          \
    {&when, .part = (n), .mixed = true},                                                       \
    {                                                                                          \
        &any, .part = (n), .mixed = true                                                       \
    }

static const struct ca_slot conditions_slots[] = {CONDITIONS(0)};
static const struct ca_shape any = {"any", CA_E_ANY, CA_SLOTS(conditions_slots)};
static const struct ca_shape applies = {"applies", CA_E_APPLIES, CA_SLOTS(conditions_slots)};

static const struct ca_shape reason = {"reason", CA_E_REASON, .text = &ca_value_filled};
static const struct ca_attr_rule limit_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                  CA_REQUIRED("to", &ca_value_id),
                                                  CA_OPTIONAL("override", &override)};
static const struct ca_slot limit_slots[] = {{&reason, .part = 0, .min = 1, .max = 1},
                                             CONDITIONS(1)};
static const struct ca_shape limit = {"limit", CA_E_LIMIT, CA_ATTRS(limit_attrs),
                                      CA_SLOTS(limit_slots)};
static const struct ca_slot limits_slots[] = {{&limit, .part = 0, .min = 1}};
static const struct ca_shape limits = {"limits", CA_E_LIMITS, CA_SLOTS(limits_slots)};

/* ---- lists at the head ---- */

static const struct ca_attr_rule named_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                  CA_REQUIRED("label", &ca_value_filled)};

static const struct ca_attr_rule grade_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                  CA_REQUIRED("label", &ca_value_filled),
                                                  CA_OPTIONAL("abbrev", &ca_value_filled),
                                                  CA_REQUIRED("score", &score),
                                                  CA_REQUIRED("from", &score),
                                                  CA_OPTIONAL("positive", &ca_value_yes_no)};
static const struct ca_shape grade = {"grade", CA_E_GRADE, CA_ATTRS(grade_attrs),
                                      .text = &ca_value_none};
static const struct ca_slot scale_slots[] = {{&grade, .part = 0, .min = 2, .max = 10}};
static const struct ca_shape scale = {"scale", CA_E_SCALE, CA_SLOTS(scale_slots)};

static const struct ca_attr_rule answer_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                   CA_REQUIRED("label", &ca_value_filled),
                                                   CA_REQUIRED("score", &answer_score)};
static const struct ca_shape answer = {"answer", CA_E_ANSWER, CA_ATTRS(answer_attrs),
                                       .text = &ca_value_none};
static const struct ca_attr_rule answers_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                    CA_OPTIONAL("out-of", &full_marks)};
static const struct ca_slot answers_slots[] = {{&answer, .part = 0, .min = 1}};
static const struct ca_shape answers = {"answers", CA_E_ANSWERS, CA_ATTRS(answers_attrs),
                                        CA_SLOTS(answers_slots)};

static const struct ca_attr_rule option_attrs[] = {CA_REQUIRED("name", &ca_value_id),
                                                   CA_REQUIRED("value", &ca_value_filled)};
static const struct ca_shape option = {"option", CA_E_OPTION, CA_ATTRS(option_attrs),
                                       .text = &ca_value_none};

static const struct ca_shape agency = {"agency", CA_E_AGENCY, CA_ATTRS(named_attrs),
                                       .text = &ca_value_none};
static const struct ca_slot agencies_slots[] = {{&agency, .part = 0, .min = 1}};
static const struct ca_shape agencies = {"agencies", CA_E_AGENCIES, CA_SLOTS(agencies_slots)};

static const struct ca_shape value = {"value", CA_E_VALUE, CA_ATTRS(named_attrs),
                                      .text = &ca_value_none};
static const struct ca_attr_rule attribute_attrs[] = {
    CA_REQUIRED("id", &ca_value_id), CA_REQUIRED("label", &ca_value_filled),
    CA_REQUIRED("type", &attribute_type), CA_OPTIONAL("required", &ca_value_yes_no)};
static const struct ca_slot attribute_slots[] = {{&value, .part = 0}};
static const struct ca_shape attribute = {"attribute", CA_E_ATTRIBUTE,
                                          CA_ATTRS(attribute_attrs), CA_SLOTS(attribute_slots)};
static const struct ca_slot attributes_slots[] = {{&attribute, .part = 0}};
static const struct ca_shape attributes = {"attributes", CA_E_ATTRIBUTES,
                                           CA_SLOTS(attributes_slots)};

static const struct ca_shape theme = {"theme", CA_E_THEME, CA_ATTRS(named_attrs),
                                      .text = &ca_value_none};
static const struct ca_slot themes_slots[] = {{&theme, .part = 0, .min = 1}};
static const struct ca_shape themes = {"themes", CA_E_THEMES, CA_SLOTS(themes_slots)};

/* ---- a standard ---- */

static const struct ca_shape question = {"question", CA_E_QUESTION, .text = &ca_value_filled};
static const struct ca_shape guidance = {"guidance", CA_E_GUIDANCE, .text = &ca_value_any};

static const struct ca_attr_rule looks_like_attrs[] = {CA_REQUIRED("answer", &ca_value_id)};
static const struct ca_shape looks_like = {"looks-like", CA_E_LOOKS_LIKE,
                                           CA_ATTRS(looks_like_attrs), .text = &ca_value_any};
static const struct ca_attr_rule reference_attrs[] = {CA_REQUIRED("href", &link)};
static const struct ca_shape reference = {"reference", CA_E_REFERENCE,
                                          CA_ATTRS(reference_attrs), .text = &ca_value_any};

static const struct ca_attr_rule late_attrs[] = {CA_REQUIRED("up-to", &span),
                                                 CA_REQUIRED("score", &score)};
static const struct ca_shape late = {"late", CA_E_LATE, CA_ATTRS(late_attrs),
                                     .text = &ca_value_none};
static const struct ca_attr_rule timescale_attrs[] = {CA_REQUIRED("within", &span),
                                                      CA_REQUIRED("unit", &ca_value_unit)};
static const struct ca_slot timescale_slots[] = {{&late, .part = 0}};
static const struct ca_shape timescale = {"timescale", CA_E_TIMESCALE,
                                          CA_ATTRS(timescale_attrs), CA_SLOTS(timescale_slots)};
static const struct ca_attr_rule frequency_attrs[] = {CA_REQUIRED("every", &span),
                                                      CA_REQUIRED("unit", &ca_value_unit)};
static const struct ca_shape frequency = {"frequency", CA_E_FREQUENCY,
                                          CA_ATTRS(frequency_attrs), .text = &ca_value_none};

static const struct ca_attr_rule band_attrs[] = {CA_REQUIRED("from", &ca_value_number),
                                                 CA_REQUIRED("score", &score)};
static const struct ca_shape band = {"band", CA_E_BAND, CA_ATTRS(band_attrs),
                                     .text = &ca_value_none};
static const struct ca_attr_rule number_attrs[] = {CA_REQUIRED("min", &ca_value_number),
                                                   CA_REQUIRED("max", &ca_value_number)};
static const struct ca_slot number_slots[] = {{&band, .part = 0, .min = 1}};
static const struct ca_shape number = {"number", CA_E_NUMBER, CA_ATTRS(number_attrs),
                                       CA_SLOTS(number_slots)};
static const struct ca_attr_rule points_attrs[] = {CA_REQUIRED("out-of", &above_zero),
                                                   CA_OPTIONAL("step", &above_zero),
                                                   CA_OPTIONAL("count", &points_count)};
static const struct ca_shape points = {"points", CA_E_POINTS, CA_ATTRS(points_attrs),
                                       .text = &ca_value_none};
static const struct ca_shape text = {"text", CA_E_TEXT, .text = &ca_value_none};

static const struct ca_attr_rule standard_attrs[] = {
    CA_REQUIRED("id", &ca_value_id),
    CA_OPTIONAL("label", &ca_value_filled),
    CA_OPTIONAL("answers", &ca_value_id),
    CA_OPTIONAL("weight", &weight),
    CA_OPTIONAL("required", &ca_value_yes_no),
    CA_OPTIONAL("not-applicable", &not_applicable),
    CA_OPTIONAL("not-applicable-score", &score),
    CA_OPTIONAL("critical", &ca_value_yes_no),
    CA_OPTIONAL("agencies", &ca_value_ids),
    CA_OPTIONAL("derived", &ca_value_id),
    CA_OPTIONAL("evidence", &evidence),
    CA_OPTIONAL("evidence-below", &score),
    CA_OPTIONAL("action-below", &score)};
static const struct ca_slot standard_slots[] = {
    {&question, .part = 0, .min = 1, .max = 1},
    {&guidance, .part = 1, .max = 1},
    {&looks_like, .part = 2},
    {&reference, .part = 3},
    {&applies, .part = 4, .max = 1},
    {&timescale, .part = 5, .branch = 1, .min = 1, .max = 1},
    {&frequency, .part = 5, .branch = 2, .min = 1, .max = 1},
    {&number, .part = 5, .branch = 3, .min = 1, .max = 1},
    {&points, .part = 5, .branch = 4, .min = 1, .max = 1},
    {&text, .part = 5, .branch = 5, .min = 1, .max = 1},
    {&late, .part = 5, .branch = 6, .min = 1}};
static const struct ca_shape standard = {"standard", CA_E_STANDARD, CA_ATTRS(standard_attrs),
                                         CA_SLOTS(standard_slots)};

/* ---- sections: only the top ones have a focus ---- */

static const struct ca_shape inner_section;
static const struct ca_slot section_slots[] = {{&applies, .part = 0, .max = 1},
                                               {&limits, .part = 1, .max = 1},
                                               {&inner_section, .part = 2, .mixed = true},
                                               {&standard, .part = 2, .mixed = true}};

#define SECTION_ATTRS                                                                          \
    CA_REQUIRED("id", &ca_value_id), CA_REQUIRED("title", &ca_value_filled),                   \
        CA_OPTIONAL("weight", &weight), CA_OPTIONAL("rollup", &section_rollup)

static const struct ca_attr_rule section_attrs[] = {SECTION_ATTRS,
                                                    CA_OPTIONAL("focus", &ca_value_id)};
static const struct ca_attr_rule inner_section_attrs[] = {
    SECTION_ATTRS, CA_REFUSED("focus", "it belongs on the top-level section around this one")};
static const struct ca_shape section = {"section", CA_E_SECTION, CA_ATTRS(section_attrs),
                                        CA_SLOTS(section_slots)};
static const struct ca_shape inner_section = {
    "section", CA_E_SECTION, CA_ATTRS(inner_section_attrs), CA_SLOTS(section_slots)};

/* ---- rules, alerts, measures ---- */

static const struct ca_attr_rule rule_attrs[] = {CA_REQUIRED("grade", &ca_value_id)};
static const struct ca_shape rule = {"rule", CA_E_RULE, CA_ATTRS(rule_attrs),
                                     CA_SLOTS(conditions_slots)};
static const struct ca_shape otherwise = {"otherwise", CA_E_OTHERWISE, CA_ATTRS(rule_attrs),
                                          .text = &ca_value_none};
static const struct ca_slot rules_slots[] = {{&rule, .part = 0},
                                             {&otherwise, .part = 1, .min = 1, .max = 1}};
static const struct ca_shape rules = {"rules", CA_E_RULES, CA_SLOTS(rules_slots)};

static const struct ca_shape message = {"message", CA_E_MESSAGE, .text = &ca_value_filled};
static const struct ca_attr_rule alert_attrs[] = {CA_REQUIRED("id", &ca_value_id),
                                                  CA_REQUIRED("severity", &severity)};
static const struct ca_slot alert_slots[] = {{&message, .part = 0, .min = 1, .max = 1},
                                             CONDITIONS(1)};
static const struct ca_shape alert = {"alert", CA_E_ALERT, CA_ATTRS(alert_attrs),
                                      CA_SLOTS(alert_slots)};
static const struct ca_slot alerts_slots[] = {{&alert, .part = 0, .min = 1}};
static const struct ca_shape alerts = {"alerts", CA_E_ALERTS, CA_SLOTS(alerts_slots)};

static const struct ca_attr_rule measure_attrs[] = {
    CA_REQUIRED("id", &ca_value_id), CA_REQUIRED("label", &ca_value_filled),
    CA_REQUIRED("standard", &ca_value_id), CA_REQUIRED("kind", &measure_kind),
    CA_OPTIONAL("counts", &ca_value_ids)};
static const struct ca_shape measure = {"measure", CA_E_MEASURE, CA_ATTRS(measure_attrs),
                                        .text = &ca_value_none};
static const struct ca_slot measures_slots[] = {{&measure, .part = 0, .min = 1}};
static const struct ca_shape measures = {"measures", CA_E_MEASURES, CA_SLOTS(measures_slots)};

/* ---- the template ---- */

static const struct ca_shape title = {"title", CA_E_TITLE, .text = &ca_value_filled};
static const struct ca_shape description = {"description", CA_E_DESCRIPTION,
                                            .text = &ca_value_any};
static const struct ca_shape terms = {"terms-of-reference", CA_E_TERMS_OF_REFERENCE,
                                      .text = &ca_value_any};

static const struct ca_attr_rule template_attrs[] = {
    CA_REQUIRED("id", &ca_value_id),
    CA_REQUIRED("version", &ca_value_version),
    CA_REQUIRED("framework", &framework),
    CA_OPTIONAL("unit", &ca_value_id),
    CA_REQUIRED("effective-from", &ca_value_date),
    CA_OPTIONAL("effective-to", &ca_value_date),
    CA_OPTIONAL("out-of", &full_marks),
    CA_OPTIONAL("rollup", &overall_rollup),
    CA_OPTIONAL("overall", &overall),
    CA_OPTIONAL("look-back-months", &span)};
static const struct ca_slot template_slots[] = {{&title, .part = 0, .min = 1, .max = 1},
                                                {&description, .part = 1, .max = 1},
                                                {&terms, .part = 2, .max = 1},
                                                {&scale, .part = 3, .min = 1, .max = 1},
                                                {&answers, .part = 4},
                                                {&option, .part = 5},
                                                {&agencies, .part = 6, .max = 1},
                                                {&attributes, .part = 7, .max = 1},
                                                {&themes, .part = 8, .max = 1},
                                                {&section, .part = 9, .min = 1},
                                                {&rules, .part = 10, .max = 1},
                                                {&limits, .part = 11, .max = 1},
                                                {&alerts, .part = 12, .max = 1},
                                                {&measures, .part = 13, .max = 1}};
static const struct ca_shape template_shape = {
    "template", CA_E_TEMPLATE, CA_ATTRS(template_attrs), CA_SLOTS(template_slots)};

const struct ca_grammar ca_template_grammar = {"urn:caseaudit:template:1", &template_shape};
