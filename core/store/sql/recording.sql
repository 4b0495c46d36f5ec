-- name: revisions_of
SELECT r.revision, d.sha256 = ?2
    FROM result r JOIN document d ON d.id = r.document WHERE r.audit = ?1 ORDER BY r.revision

-- name: standing
SELECT a.id, a.latest, t.name, t.id, r.case_ref, r.audit_date, WITHDRAWN(), a.erased
    FROM audit a JOIN result r ON r.id = a.latest JOIN template t ON t.id = r.template
    WHERE a.return_id = ?

-- name: standing_document
SELECT d.bytes FROM audit a JOIN result r ON r.id = a.latest JOIN document d ON d.id = r.document
    WHERE a.id = ?

-- name: known_ids
SELECT return_id FROM audit WHERE return_id IN (SELECT value FROM TEXTS(?))

-- Of ?2 digests, one behind the other in ?1, how many are those of erased documents?
-- name: known_erased
WITH RECURSIVE digest(number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM digest WHERE number + 1 < KEY(?2))
SELECT count(*) FROM erased_document WHERE sha256 IN (SELECT substr(?1, 32 * number + 1, 32) FROM digest)

-- name: plugin_key
SELECT id FROM plugin WHERE framework = ? AND version = ? AND sha256 = ?

-- name: add_plugin
INSERT INTO plugin(framework, version, sha256) VALUES(?, ?, ?) RETURNING id

-- name: add_audit
INSERT INTO audit(id, return_id, latest) VALUES(?, ?, ?)

-- name: set_latest
UPDATE audit SET latest = ? WHERE id = ?

-- name: uncount
DELETE
    FROM tally WHERE result = ?1 AND template = ?2
    AND audit_date = (SELECT audit_date FROM result WHERE id = ?1)

-- name: count
INSERT INTO tally(template, audit_date, result, facts, actions) VALUES(?, ?, ?, ?, ?)

-- name: set_aside
INSERT INTO aside(result, facts) VALUES(?, ?)

-- name: take_back
DELETE FROM aside WHERE result = ?

-- name: was_erased
SELECT count(*) FROM erased_document WHERE sha256 = ?

-- name: add_result_hash
INSERT INTO result_hash(result, sha256) VALUES(?, ?)

-- name: template_of_result
SELECT template FROM result WHERE id = ?

-- name: same_result
SELECT h.sha256 = ?2 AND t.name = ?3 AND t.version = ?4 AND a.return_id = ?5
    FROM result_hash h JOIN result r ON r.id = h.result JOIN audit a ON a.id = r.audit
    JOIN template t ON t.id = r.template WHERE h.result = ?1
