-- name: add_section
INSERT INTO result_section VALUES(?, ?, ?, ?, ?, ?)

-- name: sections
SELECT section, agency, score, grade, cap
    FROM result_section WHERE result = ? ORDER BY section, agency

-- name: add_agency
INSERT INTO result_agency VALUES(?, ?, ?, ?, ?)

-- name: agencies
SELECT agency, score, grade, judged FROM result_agency WHERE result = ? ORDER BY agency

-- name: add_standard
INSERT INTO result_standard VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: standards
SELECT standard, agency, status, answer, audited, score, counts, due, days
    FROM result_standard WHERE result = ? ORDER BY standard, agency

-- name: add_limit
INSERT INTO result_limit VALUES(?, ?, ?, ?, ?, ?)

-- name: limits
SELECT position, part, section, grade, reason
    FROM result_limit WHERE result = ? ORDER BY position

-- name: add_alert
INSERT INTO result_alert VALUES(?, ?, ?, ?, ?)

-- name: alerts
SELECT position, part, severity, message
    FROM result_alert WHERE result = ? ORDER BY position

-- name: add_measure
INSERT INTO result_measure VALUES(?, ?, ?, ?, ?)

-- name: measures
SELECT position, part, numerator, denominator
    FROM result_measure WHERE result = ? ORDER BY position

-- name: add_action
INSERT INTO result_action VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: actions
SELECT position, id, standard, agency, owner, due, completed, verified_by, text
    FROM result_action WHERE result = ? ORDER BY position

-- name: add_action_theme
INSERT INTO result_action_theme VALUES(?, ?, ?)

-- name: action_themes
SELECT position, theme FROM result_action_theme WHERE result = ? ORDER BY position

-- name: add_finding
INSERT INTO result_finding VALUES(?, ?, ?, ?, ?, ?)

-- name: findings
SELECT position, strength, theme, agency, text
    FROM result_finding WHERE result = ? ORDER BY position

-- name: add_attribute
INSERT INTO result_attribute VALUES(?, ?, ?)

-- name: attributes
SELECT attribute, value FROM result_attribute WHERE result = ? ORDER BY attribute

-- name: add_result
INSERT INTO result(id, case_ref, auditor, selection, audit_date, status, complete, score,
        computed, recomputed, judged, cap, moderated, grade, judged_by, judged_on,
        moderated_by, moderated_on, facts, audit, revision, template, document, plugin, change)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: result
SELECT case_ref, auditor, selection, audit_date, status, complete, score, computed,
        recomputed, judged, cap, moderated, grade, judged_by, judged_on, moderated_by,
        moderated_on, facts
    FROM result WHERE id = ?
