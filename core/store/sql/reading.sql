-- name: last_change
SELECT max(sequence) FROM ledger

-- name: changes
SELECT l.sequence, l.at, l.who, l.kind, l.salt, l.subject, l.detail, l.commitment, l.previous,
        l.hash, d.bytes
    FROM ledger l LEFT JOIN document d ON d.id = l.document WHERE l.sequence >= ?
    ORDER BY l.sequence

-- name: tallies
SELECT audit_date, result, facts, actions
    FROM tally WHERE template = ?1 AND audit_date BETWEEN ?2 AND ?3 ORDER BY audit_date, result

-- name: scores
SELECT -1, -1, score FROM result WHERE id = ?1 AND score IS NOT NULL
    UNION ALL SELECT section, agency, score FROM result_section
        WHERE result = ?1 AND score IS NOT NULL
    UNION ALL SELECT -1, agency, score FROM result_agency
        WHERE result = ?1 AND score IS NOT NULL

-- What counts, by the documents of the audit's first revision and of the one that counts: numbers
-- of rows are others in another store. Of an audit that was erased both are still known; by a version
-- before 8 only if it had one document.
-- name: counted_documents
SELECT r.id, f.sha256, d.sha256, 0
    FROM audit a JOIN result r ON r.id = a.latest JOIN document d ON d.id = r.document
    JOIN result o ON o.audit = a.id AND o.revision = 1 JOIN document f ON f.id = o.document
UNION ALL SELECT r.id, e.first_document, e.counted_document, 1
    FROM audit a JOIN result r ON r.id = a.latest JOIN erasure e ON e.change = a.erased
    WHERE e.counted_document IS NOT NULL
UNION ALL SELECT r.id, d.sha256, d.sha256, 1
    FROM audit a JOIN result r ON r.id = a.latest JOIN erasure e ON e.change = a.erased
    JOIN erased_document d ON d.change = e.change
    WHERE e.first_document IS NULL
    AND (SELECT count(*) FROM erased_document o WHERE o.change = e.change) = 1
ORDER BY 1

-- name: first_date
SELECT min(audit_date) FROM tally WHERE template = ?

-- name: last_date
SELECT max(audit_date) FROM tally WHERE template = ?

-- name: list_alerts
SELECT a.return_id, r.case_ref, t.name, t.version, r.audit_date, ID(7, c.part),
        coalesce(c.message, LABEL(7, c.part)), c.severity
    COUNTED()
    JOIN result_alert c ON c.result = r.id
    WHERE a.erased IS NULL AND RESULT_FITS()
    ORDER BY c.severity, r.audit_date, a.return_id, c.position

-- Alerts (of severity 0 and 1) and actions overdue on ?6 that are counted and, as their audits were
-- erased, not listed; and audits of which nothing was kept though they counted, whose dates are not
-- known any more.
-- name: erased_counts
SELECT (SELECT count(*) ERASED() JOIN result_alert c ON c.result = r.id
            WHERE c.severity < 2 AND RESULT_FITS()) +
        (SELECT count(*) FROM (SELECT c.due AS due, NOW(completed) AS completed
            ERASED() JOIN result_action c ON c.result = r.id WHERE RESULT_FITS()) x
            WHERE due < ?6 AND (completed IS NULL OR completed > ?6)),
        (SELECT count(*) FROM erasure e JOIN template t ON t.id = e.template
            WHERE e.result IS NULL AND TEMPLATE_FITS()
            AND (e.counted_document IS NOT NULL OR e.first_document IS NULL))

-- name: list_returns
SELECT r.id, a.return_id, t.name, t.version, r.revision, a.latest = r.id, r.audit_date, r.grade,
        d.bytes
    FROM result r JOIN audit a ON a.id = r.audit JOIN template t ON t.id = r.template
    JOIN document d ON d.id = r.document
    WHERE RESULT_FITS() ORDER BY r.id
