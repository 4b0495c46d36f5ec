-- Views for other programs (Power BI, Excel, R): a stable interface. Names and meanings of
-- columns stay; new ones are added at the end. They show the latest revisions of what is not
-- withdrawn, with dates as YYYY-MM-DD and marks as numbers.

--: MARK = $1 / 100.0
--: PARENT = (SELECT q.id FROM part p JOIN part q ON q.template = p.template AND q.kind = 1 AND q.position = p.parent WHERE p.template = r.template AND p.kind = $1 AND p.position = $2)
-- A date earlier by as many months as its year begins after January: its quarters are then
-- those of the calendar year.
--: EARLIER = date($1 * 86400, 'unixepoch', 'start of month', '-' || $2 || ' months')
--: YEAR_START = (coalesce((SELECT s.value FROM setting s WHERE s.name = 'year-start' ORDER BY s.change DESC LIMIT 1), 4) - 1)
--: YEAR = strftime('%Y', EARLIER($1, $2)) || '-' || substr(strftime('%Y', EARLIER($1, $2)) + 1, 3, 2)
-- Whose audits a store in a file holds is said once for all of it.
--: AUTHORITY = coalesce((SELECT s.value FROM setting s WHERE s.name = 'authority' ORDER BY s.change DESC LIMIT 1), '-') AS authority
--: QUARTER = YEAR($1, $2) || ' Q' || ((strftime('%m', EARLIER($1, $2)) + 2) / 3)

-- name: drop_views
DROP VIEW v_result;
DROP VIEW v_revision;
DROP VIEW v_section;
DROP VIEW v_agency;
DROP VIEW v_standard;
DROP VIEW v_measure;
DROP VIEW v_limit;
DROP VIEW v_alert;
DROP VIEW v_action;
DROP VIEW v_theme;
DROP VIEW v_attribute;

-- name: views
CREATE VIEW v_revision AS SELECT
    a.return_id AS return_id, t.name AS template, t.version AS template_version,
    t.framework AS framework, DATE(r.audit_date) AS audit_date,
    QUARTER(r.audit_date, 3) AS quarter,
    r.case_ref AS case_ref, r.auditor AS auditor, r.selection AS selection,
    CASE r.status WHEN 0 THEN 'scored' ELSE 'not-graded' END AS status,
    t.out_of AS out_of, MARK(r.score) AS score,
    ID(0, r.computed) AS computed, ID(0, r.recomputed) AS recomputed, ID(0, r.judged) AS judged,
    ID(0, r.cap) AS cap, ID(0, r.moderated) AS moderated, ID(0, r.grade) AS grade,
    LABEL(0, r.grade) AS grade_label,
    (SELECT p.positive FROM part p WHERE p.template = r.template AND p.kind = 0 AND p.position = r.grade) AS positive,
    r.judged_by AS judged_by, DATE(r.judged_on) AS judged_on,
    r.moderated_by AS moderated_by, DATE(r.moderated_on) AS moderated_on,
    r.revision AS revision, l.at AS recorded_at,
    g.version AS framework_version, g.sha256 AS plugin_sha256,
    nullif(lower(hex(d.sha256)), '') AS document_sha256, a.latest = r.id AS latest,
    -- Years and quarters as summaries of this store have them.
    YEAR(r.audit_date, y.months) AS period_year, QUARTER(r.audit_date, y.months) AS period_quarter,
    WITHDRAWN() AS withdrawn, AUTHORITY()
    FROM result r JOIN audit a ON a.id = r.audit JOIN template t ON t.id = r.template
    JOIN plugin g ON g.id = r.plugin JOIN ledger l ON l.sequence = r.change
    LEFT JOIN document d ON d.id = r.document, (SELECT YEAR_START() AS months) y;

CREATE VIEW v_result AS SELECT
    return_id, template, template_version, framework, audit_date, quarter, case_ref, auditor,
    selection, status, out_of, score, computed, recomputed, judged, cap, moderated, grade,
    grade_label, positive, judged_by, judged_on, moderated_by, moderated_on, revision,
    recorded_at, framework_version, plugin_sha256, document_sha256, period_year, period_quarter,
    authority
    FROM v_revision WHERE latest AND NOT withdrawn;

--: KEYS = a.return_id AS return_id, t.name AS template, t.version AS template_version, t.framework AS framework, DATE(r.audit_date) AS audit_date
--: WITH = , AUTHORITY() COUNTED() JOIN $1 c ON c.result = r.id

CREATE VIEW v_section AS SELECT KEYS(),
    ID(1, c.section) AS section, LABEL(1, c.section) AS title, PARENT(1, c.section) AS parent,
    ID(3, c.agency) AS agency, MARK(c.score) AS score, ID(0, c.grade) AS grade, ID(0, c.cap) AS cap
    WITH(result_section);

CREATE VIEW v_agency AS SELECT KEYS(),
    ID(3, c.agency) AS agency, LABEL(3, c.agency) AS label, MARK(c.score) AS score,
    ID(0, c.grade) AS grade, ID(0, c.judged) AS judged
    WITH(result_agency);

CREATE VIEW v_standard AS SELECT KEYS(),
    ID(2, c.standard) AS standard, LABEL(2, c.standard) AS label, PARENT(2, c.standard) AS section,
    ID(3, c.agency) AS agency,
    CASE c.status WHEN 0 THEN 'answered' WHEN 1 THEN 'not-evidenced' WHEN 2 THEN 'overdue'
        WHEN 3 THEN 'not-yet-due' WHEN 4 THEN 'out-of-scope' WHEN 5 THEN 'not-applicable'
        WHEN 6 THEN 'missing' ELSE 'not-applying' END AS status,
    c.answer AS answer, c.audited AS audited, MARK(c.score) AS score, c.counts AS counts,
    (SELECT p.weight FROM part p WHERE p.template = r.template AND p.kind = 2 AND p.position = c.standard) / 1000.0 AS weight,
    DATE(c.due) AS due, c.days AS days
    WITH(result_standard);

-- A mean has thousandths above, and a count below.
--: IS_MEAN = (SELECT p.detail FROM part p WHERE p.template = r.template AND p.kind = 6 AND p.position = c.part)
CREATE VIEW v_measure AS SELECT KEYS(),
    ID(6, c.part) AS measure, LABEL(6, c.part) AS label,
    iif(IS_MEAN(), 'mean', 'proportion') AS kind,
    iif(IS_MEAN(), c.numerator / 1000.0, c.numerator) AS numerator,
    c.denominator AS denominator
    WITH(result_measure);

CREATE VIEW v_limit AS SELECT KEYS(),
    ID(8, c.part) AS "limit", ID(1, c.section) AS section, ID(0, c.grade) AS grade,
    coalesce(c.reason, LABEL(8, c.part)) AS reason
    WITH(result_limit);

CREATE VIEW v_alert AS SELECT KEYS(),
    ID(7, c.part) AS alert,
    CASE c.severity WHEN 0 THEN 'immediate' WHEN 1 THEN 'urgent' ELSE 'review' END AS severity,
    coalesce(c.message, LABEL(7, c.part)) AS message
    WITH(result_alert);

CREATE VIEW v_action AS SELECT KEYS(),
    c.id AS action, ID(2, c.standard) AS standard, ID(3, c.agency) AS agency,
    c.owner AS owner, c.text AS text, DATE(c.due) AS due,
    date(NOW(completed) * 86400, 'unixepoch') AS completed,
    NOW(verified_by) AS verified_by, r.case_ref AS case_ref,
    (SELECT ID(5, h.theme) FROM result_action_theme h WHERE h.result = r.id AND h.position = c.position) AS theme
    WITH(result_action);

CREATE VIEW v_theme AS SELECT KEYS(),
    ID(5, c.theme) AS theme, LABEL(5, c.theme) AS label,
    iif(c.strength, 'strength', 'improvement') AS kind, ID(3, c.agency) AS agency, c.text AS text
    WITH(result_finding);

CREATE VIEW v_attribute AS SELECT KEYS(),
    ID(4, c.attribute) AS attribute, LABEL(4, c.attribute) AS label, c.value AS value
    WITH(result_attribute);
