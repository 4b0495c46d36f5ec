-- What is followed up: how audits were graded, what moderators changed, what is to be improved.

-- Is there an alert c of result r of which this holds?
--: ALERTED = EXISTS (SELECT 1 FROM result_alert c JOIN part p ON p.template = r.template AND p.kind = 7 AND p.position = c.part WHERE c.result = r.id AND $1)

-- name: list_gradings
SELECT a.return_id, r.case_ref, r.auditor, t.name, t.version, r.audit_date, ID(0, r.grade),
        (SELECT x.value FROM result_attribute x JOIN part p ON p.template = r.template
            AND p.kind = 4 AND p.position = x.attribute WHERE x.result = r.id AND p.id = ?6),
        r.grade, r.moderated, CASE WHEN t.judged <> 0 THEN r.judged ELSE r.computed END, r.cap,
        (SELECT max(p.position) FROM part p WHERE p.template = r.template AND p.kind = 0),
        r.recomputed IS NOT NULL, ALERTED(p.id = 'judgement-diverges'),
        ALERTED(p.id = 'judgement-capped'), ALERTED(c.severity = 0), ALERTED(c.severity = 1),
        (SELECT e.grade FROM result e WHERE e.audit = r.audit AND e.template = r.template
            AND e.revision < r.revision AND e.moderated IS NULL ORDER BY e.revision DESC LIMIT 1),
        (SELECT max(e.revision) FROM result e WHERE e.audit = r.audit AND e.template = r.template
            AND e.revision < r.revision AND e.moderated IS NULL)
    COUNTED()
    WHERE a.erased IS NULL AND RESULT_FITS()
    ORDER BY k.template, k.audit_date, k.result

-- name: list_changed_answers
SELECT t.name, t.version, ID(2, c.standard), LABEL(2, c.standard), c.audited, c.answer, c.status,
        c.score
    COUNTED()
    JOIN result_standard c ON c.result = r.id
    WHERE a.erased IS NULL AND c.audited IS NOT NULL AND RESULT_FITS()

-- name: list_improvements
SELECT a.return_id, ID(5, c.theme), LABEL(5, c.theme)
    COUNTED()
    JOIN result_finding c ON c.result = r.id
    WHERE a.erased IS NULL AND c.strength = 0 AND RESULT_FITS()
