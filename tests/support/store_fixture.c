#include "tests/support/store_fixture.h"

#include <string.h>

#include "core/store/record.h"

const char store_template_bytes[] = "<template/>";

static struct ca_grade grades[] = {{"good", "Good", NULL, 100, 50, true},
                                   {"poor", "Poor", NULL, 0, 0, false}};
static struct ca_section sections[] = {
    {.id = "s", .title = "S", .parent = CA_NONE, .weight = 1000}};
static struct ca_standard standards[] = {{.id = "s.1", .question = "Q", .weight = 1000}};
static struct ca_attribute_def attributes[] = {{.id = "team", .label = "Team"}};

struct ca_template store_template(const char *version)
{
    return (struct ca_template){.id = "t",
                                .version = version,
                                .framework_name = "plain",
                                .title = "T",
                                .unit = "child",
                                .out_of = 1,
                                .effective_from = ca_date_from_ymd(2023, 4, 1),
                                .effective_to = CA_NO_DATE,
                                .grades = grades,
                                .grade_count = 2,
                                .sections = sections,
                                .section_count = 1,
                                .standards = standards,
                                .standard_count = 1,
                                .attributes = attributes,
                                .attribute_count = 1};
}

static struct ca_record_section one_section[] = {{0, -1, 100, 0, -1}};
static struct ca_record_standard one_standard[] = {
    {0, -1, CASEAUDIT_ANSWERED, true, 100, -1, CA_NO_DATE, "good", NULL}};
static struct ca_record_measure one_measure[] = {{"own", "The framework's own", false, 3, 4}};
static struct ca_record_alert one_alert[] = {{"odd", "Odd", CA_URGENT}};
static struct ca_record_action one_action[] = {
    {"1", "TM1", NULL, "Do it", "voice", 0, -1, 19700, CA_NO_DATE}};
static struct ca_record_finding two_findings[] = {{true, "voice", -1, "Heard"},
                                                  {false, NULL, -1, "Late"}};
static struct ca_record_attribute one_attribute[] = {{0, "north"}};

struct ca_record store_record(const char *id, const char *document, ca_date date)
{
    struct ca_record record = {.return_id = id,
                               .template_id = "t",
                               .template_version = "1",
                               .framework = "plain",
                               .framework_version = "1.0",
                               .plugin = "00",
                               .case_ref = "C1",
                               .auditor = "A1",
                               .selection = "random",
                               .audit_date = date,
                               .complete = true,
                               .score = 100,
                               .recomputed = -1,
                               .judged = 1,
                               .cap = -1,
                               .moderated = -1,
                               .judgement = {"A1", date},
                               .moderation = {NULL, CA_NO_DATE},
                               .sections = one_section,
                               .section_count = 1,
                               .standards = one_standard,
                               .standard_count = 1,
                               .measures = one_measure,
                               .measure_count = 1,
                               .alerts = one_alert,
                               .alert_count = 1,
                               .actions = one_action,
                               .action_count = 1,
                               .findings = two_findings,
                               .finding_count = 2,
                               .attributes = one_attribute,
                               .attribute_count = 1,
                               .document = document,
                               .document_length = strlen(document)};

    ca_sha256(document, record.document_length, record.sha256);
    return record;
}
