-- The views of ../views.sql, with the same columns and, at their end, whose audit it is. What a row
-- refers to is always of its own authority.

--: MARK = CAST($1 AS double precision) / 100
--: ID = (SELECT p.id FROM part p WHERE p.authority = r.authority AND p.template = r.template AND p.kind = $1 AND p.position = $2)
--: LABEL = (SELECT p.label FROM part p WHERE p.authority = r.authority AND p.template = r.template AND p.kind = $1 AND p.position = $2)
--: PARENT = (SELECT q.id FROM part p JOIN part q ON q.authority = p.authority AND q.template = p.template AND q.kind = 1 AND q.position = p.parent WHERE p.authority = r.authority AND p.template = r.template AND p.kind = $1 AND p.position = $2)
--: ENTRIES = FROM action_update u WHERE u.authority = r.authority AND u.audit = r.audit AND u.action = c.id AND (u.$1 IS NOT NULL OR u.reopened IS NOT NULL)
--: WITHDRAWN = ((SELECT w.why FROM withdrawal w WHERE w.authority = a.authority AND w.audit = a.id ORDER BY w.change DESC LIMIT 1) IS NOT NULL)
--: EARLIER = (date_trunc('month', CAST($1 AS timestamp)) - make_interval(months => $2))
--: YEAR = to_char(EARLIER($1, $2), 'YYYY') || '-' || to_char(EARLIER($1, $2) + make_interval(years => 1), 'YY')
--: QUARTER = YEAR($1, $2) || ' Q' || to_char(EARLIER($1, $2), 'Q')
--: TIME = to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
--: OF = AND $1.authority = r.authority

-- name: pg_views
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
    (SELECT p.positive FROM part p WHERE p.authority = r.authority AND p.template = r.template AND p.kind = 0 AND p.position = r.grade) AS positive,
    r.judged_by AS judged_by, DATE(r.judged_on) AS judged_on,
    r.moderated_by AS moderated_by, DATE(r.moderated_on) AS moderated_on,
    r.revision AS revision, TIME(l.at) AS recorded_at,
    g.version AS framework_version, g.sha256 AS plugin_sha256,
    encode(d.sha256, 'hex') AS document_sha256, CAST(a.latest = r.id AS integer) AS latest,
    -- Years and quarters as summaries of this store have them.
    YEAR(r.audit_date, y.months) AS period_year, QUARTER(r.audit_date, y.months) AS period_quarter,
    CAST(WITHDRAWN() AS integer) AS withdrawn, r.authority AS authority
    FROM result r JOIN audit a ON a.id = r.audit OF(a) JOIN template t ON t.id = r.template OF(t)
    JOIN plugin g ON g.id = r.plugin OF(g) JOIN ledger l ON l.sequence = r.change OF(l)
    LEFT JOIN document d ON d.id = r.document OF(d)
    CROSS JOIN LATERAL (SELECT coalesce((SELECT CAST(s.value AS integer) FROM setting s
        WHERE s.authority = r.authority AND s.name = 'year-start' ORDER BY s.change DESC LIMIT 1), 4) - 1
        AS months) y;

CREATE VIEW v_result AS SELECT
    return_id, template, template_version, framework, audit_date, quarter, case_ref, auditor,
    selection, status, out_of, score, computed, recomputed, judged, cap, moderated, grade,
    grade_label, positive, judged_by, judged_on, moderated_by, moderated_on, revision,
    recorded_at, framework_version, plugin_sha256, document_sha256, period_year, period_quarter,
    authority
    FROM v_revision WHERE latest <> 0 AND withdrawn = 0;

--: KEYS = a.return_id AS return_id, t.name AS template, t.version AS template_version, t.framework AS framework, DATE(r.audit_date) AS audit_date
--: WITH = , r.authority AS authority FROM tally k JOIN result r ON r.id = k.result OF(k) JOIN audit a ON a.id = r.audit OF(a) JOIN template t ON t.id = r.template OF(t) JOIN $1 c ON c.result = r.id OF(c)

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
    (SELECT CAST(p.weight AS double precision) FROM part p WHERE p.authority = r.authority AND p.template = r.template AND p.kind = 2 AND p.position = c.standard) / 1000 AS weight,
    DATE(c.due) AS due, c.days AS days
    WITH(result_standard);

-- A mean has thousandths above, and a count below.
--: IS_MEAN = ((SELECT p.detail FROM part p WHERE p.authority = r.authority AND p.template = r.template AND p.kind = 6 AND p.position = c.part) <> 0)
CREATE VIEW v_measure AS SELECT KEYS(),
    ID(6, c.part) AS measure, LABEL(6, c.part) AS label,
    CASE WHEN IS_MEAN() THEN 'mean' ELSE 'proportion' END AS kind,
    CAST(c.numerator AS double precision) / CASE WHEN IS_MEAN() THEN 1000 ELSE 1 END AS numerator,
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
    DATE(NOW(completed)) AS completed,
    NOW(verified_by) AS verified_by, r.case_ref AS case_ref,
    (SELECT ID(5, h.theme) FROM result_action_theme h WHERE h.result = r.id OF(h) AND h.position = c.position) AS theme
    WITH(result_action);

CREATE VIEW v_theme AS SELECT KEYS(),
    ID(5, c.theme) AS theme, LABEL(5, c.theme) AS label,
    CASE WHEN c.strength <> 0 THEN 'strength' ELSE 'improvement' END AS kind, ID(3, c.agency) AS agency, c.text AS text
    WITH(result_finding);

CREATE VIEW v_attribute AS SELECT KEYS(),
    ID(4, c.attribute) AS attribute, LABEL(4, c.attribute) AS label, c.value AS value
    WITH(result_attribute);
