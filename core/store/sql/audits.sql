-- Audits found and shown, withdrawn and erased.

--: AUDIT = a.return_id, t.name, t.version, r.audit_date, r.revision, r.template, r.case_ref, r.auditor, a.erased, r.grade, r.moderated IS NOT NULL
-- Values ?1 to ?5 of the query, then case, auditor, grade and return.
--: AUDIT_FITS = RESULT_FITS() AND (?6 IS NULL OR SAME(r.case_ref, ?6)) AND (?7 IS NULL OR SAME(r.auditor, ?7)) AND (?8 IS NULL OR ID(0, r.grade) = ?8) AND (?9 IS NULL OR a.return_id = ?9)

-- Those that count, from audit to result, which stand in the same order, and not by way of tally,
-- which is in the order of days: to sort at the end is quicker.
-- name: list_audits
SELECT AUDIT(), NULL
    FROM audit a THEN() result r ON r.id = a.latest JOIN template t ON t.id = r.template
    WHERE NOT EXISTS (SELECT 1 FROM aside x WHERE x.result = r.id) AND AUDIT_FITS()
    ORDER BY r.template, r.audit_date, r.id

-- name: return_ids
SELECT return_id FROM audit WHERE erased IS NULL ORDER BY return_id

-- name: list_withdrawn
SELECT AUDIT(),
        (SELECT w.why FROM withdrawal w WHERE w.audit = a.id ORDER BY w.change DESC LIMIT 1)
    FROM aside x JOIN result r ON r.id = x.result JOIN audit a ON a.id = r.audit
    JOIN template t ON t.id = r.template
    WHERE AUDIT_FITS()
    ORDER BY r.template, r.audit_date, r.id

-- name: grade_id
SELECT id FROM part WHERE template = ? AND kind = 0 AND position = ?

-- The same of one return, by its index.
-- name: list_counted_one
SELECT AUDIT(), NULL
    COUNTED()
    WHERE a.return_id = ?9 AND AUDIT_FITS()

-- name: list_withdrawn_one
SELECT AUDIT(),
        (SELECT w.why FROM withdrawal w WHERE w.audit = a.id ORDER BY w.change DESC LIMIT 1)
    FROM aside x JOIN result r ON r.id = x.result JOIN audit a ON a.id = r.audit
    JOIN template t ON t.id = r.template
    WHERE a.return_id = ?9 AND AUDIT_FITS()

-- name: find_audit
SELECT a.id, a.latest, a.erased, r.template, r.audit_date, WITHDRAWN(), x.facts, k.facts
    FROM audit a JOIN result r ON r.id = a.latest
    LEFT JOIN aside x ON x.result = r.id
    LEFT JOIN tally k ON k.template = r.template AND k.audit_date = r.audit_date AND k.result = r.id
    WHERE a.return_id = ?

-- name: find_return
SELECT r.id, a.return_id, t.name, t.version, r.revision, a.latest = r.id, r.audit_date, r.grade,
        d.bytes, l.at, l.who
    FROM audit a JOIN result r ON r.audit = a.id JOIN template t ON t.id = r.template
    LEFT JOIN document d ON d.id = r.document JOIN ledger l ON l.sequence = r.change
    WHERE a.return_id = ?1 AND (r.revision = ?2 OR (?2 = 0 AND r.id = a.latest))

-- name: add_withdrawal
INSERT INTO withdrawal(change, audit, why) VALUES(?, ?, ?)

-- name: changes_of
SELECT l.sequence, l.at, l.who, l.kind, l.salt, l.subject, l.detail, l.commitment, l.previous,
        l.hash, NULL
    FROM ledger l WHERE l.sequence IN (
        SELECT change FROM result WHERE audit = ?1
        UNION SELECT change FROM action_update WHERE audit = ?1
        UNION SELECT change FROM withdrawal WHERE audit = ?1)
    ORDER BY l.sequence

-- What differs between two revisions, in words: what, before, after.
-- name: differences
WITH two AS (SELECT o.id AS old, n.id AS new, n.template AS template
    FROM audit a JOIN result n ON n.audit = a.id AND n.revision = ?2
    JOIN result o ON o.audit = a.id AND o.revision = ?2 - 1 WHERE a.return_id = ?1),
    one AS (SELECT r.*, ID(0, r.grade) AS grade_id, ID(0, r.judged) AS judged_id,
    ID(0, r.moderated) AS moderated_id, t.name || '@' || t.version AS version
    FROM result r JOIN template t ON t.id = r.template, two WHERE r.id IN (two.old, two.new))
SELECT what, before, after FROM (
    SELECT 'template' AS what, o.version AS before, n.version AS after, 1 AS place, 0 AS part
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'case', o.case_ref, n.case_ref, 2, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'auditor', o.auditor, n.auditor, 3, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'date', DATE(o.audit_date), DATE(n.audit_date), 4, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'grade', o.grade_id, n.grade_id, 5, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'judgement', o.judged_id, n.judged_id, 6, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'moderation', o.moderated_id || ' by ' || o.moderated_by, n.moderated_id || ' by ' || n.moderated_by, 7, 0
        FROM two JOIN one o ON o.id = two.old JOIN one n ON n.id = two.new
    UNION ALL SELECT 'answer to ' || p.id || CASE WHEN n.agency < 0 THEN '' ELSE ' of ' || (SELECT q.id FROM part q WHERE q.template = two.template AND q.kind = 3 AND q.position = n.agency) END,
        coalesce(o.answer, o.audited), coalesce(n.answer, n.audited), 8, n.standard
        FROM two JOIN result_standard n ON n.result = two.new
        JOIN part p ON p.template = two.template AND p.kind = 2 AND p.position = n.standard
        LEFT JOIN result_standard o ON o.result = two.old AND o.standard = n.standard AND o.agency = n.agency) x
    WHERE DIFFERS(before, after) ORDER BY place, part

-- name: each_copy
SELECT sequence, at, kind, subject FROM ledger
    WHERE kind IN ('backup', 'export') AND sequence > ? ORDER BY sequence

-- ---- erasing: ?1 is the audit ----

-- What is left of the name of an audit that the entry erased.
--: ERASED_NAME = 'erased-' || KEY($1)

-- name: erased_entries
SELECT ARRAY(change) FROM (
    SELECT change FROM result WHERE audit = ?1
    UNION SELECT change FROM action_update WHERE audit = ?1
    UNION SELECT change FROM withdrawal WHERE audit = ?1) x

-- The documents of its first revision and of the one that counts.
-- name: first_and_counted
SELECT f.sha256, CASE WHEN NOT WITHDRAWN() THEN d.sha256 END
    FROM audit a JOIN result r ON r.id = a.latest JOIN document d ON d.id = r.document
    JOIN result o ON o.audit = a.id AND o.revision = 1 JOIN document f ON f.id = o.document
    WHERE a.id = ?1

-- name: remember_documents
INSERT INTO erased_document(sha256, change)
    SELECT d.sha256, ?2 FROM result r JOIN document d ON d.id = r.document WHERE r.audit = ?1
    ON CONFLICT DO NOTHING

-- name: blank_entries
UPDATE ledger SET salt = NULL, subject = NULL, detail = NULL, document = NULL
    WHERE sequence IN (SELECT value FROM NUMBERS(?1))

-- name: erase_documents
DELETE FROM document WHERE id IN (SELECT document FROM result WHERE audit = ?1)

-- What stays of attributes is counted and tells nothing else: integers (3), and tokens (1) of a
-- closed list.
-- name: stripped_attributes
SELECT position, detail = 3 OR (detail = 1 AND EXISTS (SELECT 1 FROM part AS v
        WHERE v.template = p.template AND v.kind = 9 AND v.parent = p.position))
    FROM part AS p WHERE template = ? AND kind = 4 ORDER BY position

-- Completions and verifications that were entered later stay as dates and as a fact.
-- name: erase_actions
UPDATE result_action AS c SET completed = NOW(completed),
        verified_by = CASE WHEN NOW(verified_by) IS NOT NULL THEN 'erased' END,
        id = CAST(c.position AS TEXT), owner = NULL, text = NULL
    FROM result r WHERE r.id = c.result AND c.result = ?1

-- name: erase_action_themes
DELETE FROM result_action_theme WHERE result = ?1

-- name: erase_reasons
UPDATE result_limit SET reason = NULL WHERE result = ?1

-- name: erase_messages
UPDATE result_alert SET message = NULL WHERE result = ?1

-- name: erase_findings
UPDATE result_finding SET text = NULL WHERE result = ?1

-- name: erase_answers
DELETE FROM result_standard WHERE result = ?1

-- name: erase_attributes
DELETE FROM result_attribute WHERE result = ?1 AND attribute NOT IN (
    SELECT p.position FROM part p JOIN result r ON r.id = ?1 AND r.template = p.template
    WHERE p.kind = 4 AND (p.detail = 3 OR (p.detail = 1 AND EXISTS (SELECT 1 FROM part AS v
        WHERE v.template = p.template AND v.kind = 9 AND v.parent = p.position))))

-- name: erase_result
UPDATE result SET revision = 1, document = NULL, change = ?2, case_ref = NULL, auditor = NULL,
        judged_by = NULL, judged_on = NULL, moderated_by = NULL, moderated_on = NULL, facts = ?3
    WHERE id = ?1

-- name: set_facts
UPDATE tally SET facts = ?2 WHERE (template, audit_date, result) =
    (SELECT template, audit_date, id FROM result WHERE id = ?1)

-- name: set_result_hash
UPDATE result_hash SET sha256 = ?2 WHERE result = ?1

-- name: name_erased
UPDATE audit SET return_id = ERASED_NAME(?2), erased = ?2 WHERE id = ?1

-- name: add_erasure
INSERT INTO erasure(change, template, why, entries, result, finished, first_document,
        counted_document)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?)

-- name: finish_erasures
UPDATE erasure SET finished = 1 WHERE finished = 0

-- name: finish_forgetting
UPDATE draw_forgotten SET finished = 1 WHERE finished = 0

-- name: unfinished_erasures
SELECT (SELECT count(*) FROM erasure WHERE finished = 0)
    + (SELECT count(*) FROM draw_forgotten WHERE finished = 0)

-- name: erase_updates
DELETE FROM action_update WHERE audit = ?1

-- name: erase_withdrawals
DELETE FROM withdrawal WHERE audit = ?1

-- name: erase_tally
DELETE FROM tally WHERE (template, audit_date, result) IN
    (SELECT r.template, r.audit_date, r.id FROM result r WHERE r.audit = ?1 AND r.id <> ?2)

-- name: erase_aside
DELETE FROM aside WHERE result IN (SELECT id FROM result WHERE audit = ?1)

-- name: erase_audit
DELETE FROM audit WHERE id = ?1

-- Rows of the audit's results but for the one that stays (?2; 0: none).
--: REVISIONS = WHERE $1 IN (SELECT id FROM result WHERE audit = ?1 AND id <> ?2)
-- name: erase_sections
DELETE FROM result_section REVISIONS(result)
-- name: erase_agencies
DELETE FROM result_agency REVISIONS(result)
-- name: erase_standards
DELETE FROM result_standard REVISIONS(result)
-- name: erase_limits
DELETE FROM result_limit REVISIONS(result)
-- name: erase_alerts
DELETE FROM result_alert REVISIONS(result)
-- name: erase_measures
DELETE FROM result_measure REVISIONS(result)
-- name: erase_all_actions
DELETE FROM result_action REVISIONS(result)
-- name: erase_all_action_themes
DELETE FROM result_action_theme REVISIONS(result)
-- name: erase_all_findings
DELETE FROM result_finding REVISIONS(result)
-- name: erase_all_attributes
DELETE FROM result_attribute REVISIONS(result)
-- name: erase_hashes
DELETE FROM result_hash REVISIONS(result)
-- name: erase_results
DELETE FROM result WHERE audit = ?1 AND id <> ?2

-- ---- what an erased audit left, from one store to another ----

-- name: erased_figures
SELECT r.id, g.framework, g.version, g.sha256, k.facts
    FROM audit a JOIN result r ON r.id = a.latest JOIN plugin g ON g.id = r.plugin
    JOIN tally k ON k.template = r.template AND k.audit_date = r.audit_date AND k.result = r.id
    WHERE a.return_id = ERASED_NAME(?1) AND a.erased = ?1

-- name: add_erased_audit
INSERT INTO audit(id, return_id, latest, erased) VALUES(?1, ERASED_NAME(?2), ?3, ?2)

-- name: date_of_result
SELECT audit_date FROM result WHERE id = ?

-- name: remember_document
INSERT INTO erased_document(sha256, change) VALUES(?, ?) ON CONFLICT DO NOTHING

-- name: forget_init
DELETE FROM ledger WHERE kind = 'init' AND (SELECT count(*) FROM ledger) = 1
