-- name: repack_actions
UPDATE tally SET actions = ?2
    WHERE (template, audit_date, result) = (SELECT template, audit_date,
        id FROM result WHERE id = ?1)

-- name: add_action_update
INSERT INTO action_update(change, audit, action, completed, verified_by, reopened)
    VALUES(?, ?, ?, ?, ?, ?)

-- name: find_action
SELECT a.id, r.id, r.audit_date, c.owner, NOW(completed), NOW(verified_by)
    FROM audit a JOIN result r ON r.id = a.latest JOIN result_action c ON c.result = r.id
    WHERE a.return_id = ? AND c.id = ?

-- name: action_dates
SELECT c.due, NOW(completed), NOW(verified_by) IS NOT NULL
    FROM result r JOIN result_action c ON c.result = r.id WHERE r.id = ?
    ORDER BY c.position

-- name: list_actions
SELECT * FROM (
    SELECT a.return_id, r.case_ref, c.id, t.name, t.version, r.audit_date,
        ID(2, c.standard), LABEL(2, c.standard), ID(3, c.agency), LABEL(3, c.agency),
        ID(5, h.theme), LABEL(5, h.theme), c.owner AS owner, c.text, c.due AS due,
        NOW(completed) AS completed, NOW(verified_by),
        (SELECT l.at FROM ledger l WHERE l.sequence = coalesce((SELECT max(u.change) FROM action_update u
            WHERE u.audit = r.audit AND u.action = c.id AND u.change > r.change), r.change)),
        c.position
    COUNTED()
    JOIN result_action c ON c.result = r.id
    LEFT JOIN result_action_theme h ON h.result = r.id AND h.position = c.position
    WHERE a.erased IS NULL AND RESULT_FITS()) x
    WHERE (NOT ?6 OR completed IS NULL) AND (?7 IS NULL OR SAME(owner, ?7))
    AND (?8 IS NULL OR (due < ?8 AND (completed IS NULL OR completed > ?8)))
    ORDER BY due IS NULL, due, 1, 19
