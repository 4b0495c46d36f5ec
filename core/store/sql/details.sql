-- What the ledger says of each kind of change: the first column is the subject, the others are
-- members of the detail by their names.

-- name: detail_record
SELECT a.return_id, r.revision AS revision, t.name AS template, t.version AS version,
        g.framework AS framework, g.version AS framework_version, g.sha256 AS plugin,
        d.sha256 AS document, h.sha256 AS result
    FROM result r JOIN audit a ON a.id = r.audit JOIN template t ON t.id = r.template
    JOIN plugin g ON g.id = r.plugin JOIN document d ON d.id = r.document
    JOIN result_hash h ON h.result = r.id WHERE r.id = ?2 AND r.change = ?1

-- name: detail_template
SELECT t.name || '@' || t.version, t.name AS template, t.version AS version,
        t.framework AS framework, d.sha256 AS document, t.content AS content
    FROM template t JOIN document d ON d.id = t.document WHERE t.change = ?1

-- name: detail_part
SELECT t.name || '@' || t.version, t.name AS template, t.version AS version, p.kind AS kind,
        p.position AS position, p.id AS id, p.label AS label, p.detail AS detail
    FROM part p JOIN template t ON t.id = p.template WHERE p.change = ?1

-- name: detail_retire
SELECT t.name || '@' || t.version, t.name AS template, t.version AS version,
        DATE(x.retired_on) AS "on"
    FROM retirement x JOIN template t ON t.id = x.template WHERE x.change = ?1

-- name: detail_complete
SELECT a.return_id || ':' || u.action, a.return_id AS "return", u.action AS action,
        DATE(u.completed) AS "on"
    FROM action_update u JOIN audit a ON a.id = u.audit
    WHERE u.change = ?1 AND u.completed IS NOT NULL

-- name: detail_verify
SELECT a.return_id || ':' || u.action, a.return_id AS "return", u.action AS action,
        u.verified_by AS by
    FROM action_update u JOIN audit a ON a.id = u.audit
    WHERE u.change = ?1 AND u.verified_by IS NOT NULL

-- name: detail_reopen
SELECT a.return_id || ':' || u.action, a.return_id AS "return", u.action AS action,
        u.reopened AS why
    FROM action_update u JOIN audit a ON a.id = u.audit
    WHERE u.change = ?1 AND u.reopened IS NOT NULL

-- name: detail_set
SELECT name, name AS name, value AS value FROM setting WHERE change = ?1

-- name: detail_population
SELECT name || ' ' || period, CASE WHEN of_framework <> 0 THEN 'framework' ELSE 'template' END AS "of", name AS name,
        period AS period, DATE(first) AS "from", DATE(last) AS "to", count AS count
    FROM population WHERE change = ?1

-- name: detail_draw
SELECT name, name AS sample, template AS template, DATE(drawn_on) AS "on", period AS period,
        DATE(first) AS "from", DATE(last) AS "to", seed AS seed, id_column AS id,
        stratify AS stratify, keep AS keep, size AS size, percent AS percent,
        each_stratum AS each_stratum, recent AS exclude_recent, reserve AS reserve,
        population AS population, (SELECT count(*) FROM draw_case c
            WHERE c.draw = ?1 AND c.role = 0) AS drawn, content AS content
    FROM draw WHERE change = ?1

-- name: detail_allocate
SELECT d.name, d.name AS sample, DATE(x.due) AS due, x.team AS team,
        x.months AS months_apart, x.seed AS seed, x.file AS auditors,
        (SELECT count(*) FROM allocation_case c WHERE c.allocation = ?1) AS cases,
        x.content AS content
    FROM allocation x JOIN draw d ON d.change = x.draw WHERE x.change = ?1

-- name: detail_replace
SELECT d.name, d.name AS sample, x.place AS place, x.by AS by, x.commitment AS why
    FROM draw_replacement x JOIN draw d ON d.change = x.draw WHERE x.change = ?1

-- name: detail_forget
SELECT d.name, d.name AS sample, x.places AS places
    FROM draw_forgotten x JOIN draw d ON d.change = x.draw WHERE x.change = ?1

-- name: detail_benchmark
SELECT name, name AS name, template AS template, period AS period, DATE(first) AS "from",
        DATE(last) AS "to"
    FROM benchmark WHERE change = ?1

-- name: detail_history
SELECT 'history', i.rows AS rows, d.sha256 AS document, i.content AS content
    FROM import i JOIN document d ON d.id = i.document WHERE i.change = ?1

-- name: detail_indicators
SELECT 'indicators', i.rows AS rows, d.sha256 AS document, i.content AS content
    FROM import i JOIN document d ON d.id = i.document WHERE i.change = ?1

-- name: detail_withdraw
SELECT a.return_id, a.return_id AS "return", w.why AS why
    FROM withdrawal w JOIN audit a ON a.id = w.audit WHERE w.change = ?1 AND w.why IS NOT NULL

-- name: detail_restore
SELECT a.return_id, a.return_id AS "return"
    FROM withdrawal w JOIN audit a ON a.id = w.audit WHERE w.change = ?1 AND w.why IS NULL

-- name: detail_erase
SELECT 'erased-' || e.change, e.why AS why, CASE WHEN e.result IS NULL THEN 'drop' ELSE 'keep' END AS figures,
        t.name AS template, t.version AS version, e.entries AS entries,
        (SELECT UNSPACED(sha256) FROM (SELECT HEX(d.sha256) AS sha256
        FROM erased_document d WHERE d.change = ?1 ORDER BY d.sha256) x) AS documents,
        e.result AS result, e.first_document AS first, e.counted_document AS counted
    FROM erasure e JOIN template t ON t.id = e.template WHERE e.change = ?1
