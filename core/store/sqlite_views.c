/*
 * Views for other programs (Power BI, Excel, R): a stable interface, documented in
 * caseaudit-store(5). Names and meanings of columns stay; new ones are added at the end.
 * They show the latest revisions, with dates as YYYY-MM-DD and marks as numbers.
 */
#include "core/store/sqlite.h"

/* Laid out as SQL reads best. */
/* clang-format off */

#define DATE(days)  "date((" days ") * 86400, 'unixepoch')"
#define MARK(score) "(" score ") / 100.0"

/* A date earlier by as many months as its year begins after January: its quarters are then
 * those of the calendar year. */
#define EARLIER(days, months) \
    "date((" days ") * 86400, 'unixepoch', 'start of month', '-' || " months " || ' months')"
#define APRIL "3"
#define YEAR_START \
    "(coalesce((SELECT s.value FROM setting s WHERE s.name = 'year-start'" \
    " ORDER BY s.change DESC LIMIT 1), 4) - 1)"
#define YEAR(days, months) \
    "strftime('%Y', " EARLIER(days, months) ") || '-' ||" \
    " substr(strftime('%Y', " EARLIER(days, months) ") + 1, 3, 2)"
#define QUARTER(days, months) \
    YEAR(days, months) " || ' Q' || ((strftime('%m', " EARLIER(days, months) ") + 2) / 3)"

/* Id or label of a part; no row gives NULL. */
#define PART(column, kind, position) \
    "(SELECT p." column " FROM part p WHERE p.template = r.template AND p.kind = " kind \
    " AND p.position = " position ")"
#define GRADE(position)   PART("id", "0", position)
#define SECTION(position) PART("id", "1", position)
#define AGENCY(position)  PART("id", "3", position)
/* The section that a section or standard stands in. */
#define PARENT(kind, position) \
    "(SELECT q.id FROM part p JOIN part q ON q.template = p.template AND q.kind = 1" \
    " AND q.position = p.parent WHERE p.template = r.template AND p.kind = " kind \
    " AND p.position = " position ")"

/* Which result a row belongs to. */
#define KEYS \
    "a.return_id AS return_id, t.name AS template, t.version AS template_version," \
    " t.framework AS framework, " DATE("r.audit_date") " AS audit_date, "
#define FROM_RESULT \
    " FROM audit a JOIN result r ON r.id = a.latest JOIN template t ON t.id = r.template"
#define CHILD(table) FROM_RESULT " JOIN " table " c ON c.result = r.id"

#define RESULT_COLUMNS \
    KEYS QUARTER("r.audit_date", APRIL) " AS quarter," \
    " r.case_ref AS case_ref, r.auditor AS auditor, r.selection AS selection," \
    " CASE r.status WHEN 0 THEN 'scored' ELSE 'not-graded' END AS status," \
    " t.out_of AS out_of, " MARK("r.score") " AS score," \
    GRADE("r.computed") " AS computed, " GRADE("r.recomputed") " AS recomputed," \
    GRADE("r.judged") " AS judged, " GRADE("r.cap") " AS cap," \
    GRADE("r.moderated") " AS moderated, " GRADE("r.grade") " AS grade," \
    PART("label", "0", "r.grade") " AS grade_label," \
    PART("positive", "0", "r.grade") " AS positive," \
    " r.judged_by AS judged_by, " DATE("r.judged_on") " AS judged_on," \
    " r.moderated_by AS moderated_by, " DATE("r.moderated_on") " AS moderated_on," \
    " r.revision AS revision, l.at AS recorded_at," \
    " g.version AS framework_version, g.sha256 AS plugin_sha256," \
    " lower(hex(d.sha256)) AS document_sha256"
/* Years and quarters as summaries of this store have them. */
#define PERIODS \
    YEAR("r.audit_date", YEAR_START) " AS period_year," \
    QUARTER("r.audit_date", YEAR_START) " AS period_quarter"
#define RESULT_JOINS \
    " JOIN plugin g ON g.id = r.plugin JOIN ledger l ON l.sequence = r.change" \
    " JOIN document d ON d.id = r.document"

const char ca_sqlite_views[] =
    "CREATE VIEW v_result AS SELECT " RESULT_COLUMNS ", " PERIODS
    FROM_RESULT RESULT_JOINS ";"

    "CREATE VIEW v_revision AS SELECT " RESULT_COLUMNS ", a.latest = r.id AS latest, " PERIODS
    " FROM result r JOIN audit a ON a.id = r.audit JOIN template t ON t.id = r.template"
    RESULT_JOINS ";"

    "CREATE VIEW v_section AS SELECT " KEYS
    SECTION("c.section") " AS section, " PART("label", "1", "c.section") " AS title,"
    PARENT("1", "c.section") " AS parent, " AGENCY("c.agency") " AS agency,"
    MARK("c.score") " AS score, " GRADE("c.grade") " AS grade, " GRADE("c.cap") " AS cap"
    CHILD("result_section") ";"

    "CREATE VIEW v_agency AS SELECT " KEYS
    AGENCY("c.agency") " AS agency, " PART("label", "3", "c.agency") " AS label,"
    MARK("c.score") " AS score, " GRADE("c.grade") " AS grade,"
    GRADE("c.judged") " AS judged" CHILD("result_agency") ";"

    "CREATE VIEW v_standard AS SELECT " KEYS
    PART("id", "2", "c.standard") " AS standard, " PART("label", "2", "c.standard") " AS label,"
    PARENT("2", "c.standard") " AS section, " AGENCY("c.agency") " AS agency,"
    " CASE c.status WHEN 0 THEN 'answered' WHEN 1 THEN 'not-evidenced' WHEN 2 THEN 'overdue'"
    " WHEN 3 THEN 'not-yet-due' WHEN 4 THEN 'out-of-scope' WHEN 5 THEN 'not-applicable'"
    " WHEN 6 THEN 'missing' ELSE 'not-applying' END AS status,"
    " c.answer AS answer, c.audited AS audited, " MARK("c.score") " AS score,"
    " c.counts AS counts, " PART("weight", "2", "c.standard") " / 1000.0 AS weight,"
    DATE("c.due") " AS due, c.days AS days" CHILD("result_standard") ";"

    "CREATE VIEW v_measure AS SELECT " KEYS
    PART("id", "6", "c.part") " AS measure, " PART("label", "6", "c.part") " AS label,"
    " iif(" PART("detail", "6", "c.part") ", 'mean', 'proportion') AS kind,"
    " iif(" PART("detail", "6", "c.part") ", c.numerator / 1000.0, c.numerator) AS numerator,"
    " c.denominator AS denominator" CHILD("result_measure") ";"

    "CREATE VIEW v_limit AS SELECT " KEYS
    PART("id", "8", "c.part") " AS \"limit\", " SECTION("c.section") " AS section,"
    GRADE("c.grade") " AS grade,"
    " coalesce(c.reason, " PART("label", "8", "c.part") ") AS reason"
    CHILD("result_limit") ";"

    "CREATE VIEW v_alert AS SELECT " KEYS
    PART("id", "7", "c.part") " AS alert,"
    " CASE c.severity WHEN 0 THEN 'immediate' WHEN 1 THEN 'urgent' ELSE 'review' END"
    " AS severity,"
    " coalesce(c.message, " PART("label", "7", "c.part") ") AS message"
    CHILD("result_alert") ";"

    "CREATE VIEW v_action AS SELECT " KEYS
    "c.id AS action, " PART("id", "2", "c.standard") " AS standard,"
    AGENCY("c.agency") " AS agency, c.owner AS owner, c.text AS text,"
    DATE("c.due") " AS due, " DATE(CA_SQLITE_ACTION_NOW("completed")) " AS completed,"
    CA_SQLITE_ACTION_NOW("verified_by") " AS verified_by, r.case_ref AS case_ref"
    CHILD("result_action") ";"

    "CREATE VIEW v_theme AS SELECT " KEYS
    PART("id", "5", "c.theme") " AS theme, " PART("label", "5", "c.theme") " AS label,"
    " iif(c.strength, 'strength', 'improvement') AS kind, " AGENCY("c.agency") " AS agency,"
    " c.text AS text" CHILD("result_finding") ";"

    "CREATE VIEW v_attribute AS SELECT " KEYS
    PART("id", "4", "c.attribute") " AS attribute, " PART("label", "4", "c.attribute") " AS label,"
    " c.value AS value" CHILD("result_attribute") ";";
