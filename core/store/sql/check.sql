-- name: check_documents
SELECT id, sha256, bytes FROM document ORDER BY id

-- name: check_templates
SELECT id, content, name, version FROM template

-- name: check_results
SELECT r.id, h.sha256, a.return_id, r.revision
    FROM result r LEFT JOIN result_hash h ON h.result = r.id LEFT JOIN audit a ON a.id = r.audit
    ORDER BY r.id

-- name: check_revisions
SELECT a.return_id
    FROM audit a
    LEFT JOIN (SELECT audit, count(*) AS n, max(revision) AS newest,
        min(revision) AS first FROM result GROUP BY audit) x ON x.audit = a.id
    LEFT JOIN result r ON r.id = a.latest WHERE DIFFERS(r.audit, a.id)
    OR DIFFERS(r.revision, x.newest) OR DIFFERS(x.n, x.newest) OR DIFFERS(x.first, 1)

-- name: check_tally
SELECT a.return_id, r.id, r.facts, y.facts, y.actions
    FROM audit a JOIN result r ON r.id = a.latest LEFT JOIN tally y ON y.template = r.template
    AND y.audit_date = r.audit_date AND y.result = r.id
    WHERE NOT WITHDRAWN()

-- name: check_counted
SELECT count(*) FROM tally
    HAVING count(*) <> (SELECT count(*) FROM audit a WHERE NOT WITHDRAWN())

-- name: check_aside
SELECT a.return_id, r.facts, x.facts
    FROM audit a JOIN result r ON r.id = a.latest LEFT JOIN aside x ON x.result = r.id
    WHERE WITHDRAWN()

-- name: check_set_aside
SELECT count(*) FROM aside
    HAVING count(*) <> (SELECT count(*) FROM audit a WHERE WITHDRAWN())

-- name: check_imports
SELECT i.change, i.content, l.kind = 'history', i.rows,
        (SELECT count(*) FROM history h WHERE h.change = i.change) + (SELECT count(*) FROM
        indicator n WHERE n.change = i.change)
    FROM import i LEFT JOIN ledger l ON l.sequence = i.change

-- name: check_draws
SELECT change, name FROM draw ORDER BY change

-- name: check_allocations
SELECT x.change, d.name FROM allocation x JOIN draw d ON d.change = x.draw ORDER BY x.change

-- name: check_replacements
SELECT d.name, x.salt, CASE WHEN x.why IS NOT NULL THEN 'why' END, x.why, x.commitment
    FROM draw_replacement x JOIN draw d ON d.change = x.draw ORDER BY x.change

-- Samples of which something is erased that no entry tells of, or is there though one does.
-- name: check_forgotten
SELECT d.name FROM draw d
    WHERE (d.salt IS NULL) <> EXISTS (SELECT 1 FROM draw_forgotten x WHERE x.draw = d.change)
    OR EXISTS (SELECT 1 FROM draw_case c WHERE c.draw = d.change AND (c.salt IS NULL) <>
        (c.place IN (SELECT p.value FROM draw_forgotten x, NUMBERS(x.places) p
            WHERE x.draw = d.change)))
    OR EXISTS (SELECT 1 FROM allocation a JOIN allocation_case c ON c.allocation = a.change
        WHERE a.draw = d.change AND (c.salt IS NULL) <>
        (c.place IN (SELECT p.value FROM draw_forgotten x, NUMBERS(x.places) p
            WHERE x.draw = d.change)))

-- name: check_ledger
SELECT l.sequence, l.at, l.who, l.kind, l.salt, l.subject, l.detail, l.commitment, l.previous,
        l.hash, nullif(HEX(d.sha256), '')
    FROM ledger l LEFT JOIN document d ON d.id = l.document ORDER BY l.sequence

-- Documents that nothing came with.
-- name: check_orphans
SELECT d.id FROM document d
    WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.document = d.id)

-- Entries without content, though no erasure names them.
-- name: check_blanked
SELECT sequence FROM ledger WHERE (salt IS NULL OR subject IS NULL OR detail IS NULL)
    AND sequence NOT IN (SELECT n.value FROM erasure e, NUMBERS(e.entries) n)

-- Figures of erased audits, which their entry vouches for.
-- name: check_erased
SELECT a.return_id FROM audit a LEFT JOIN erasure e ON e.change = a.erased
    LEFT JOIN result_hash h ON h.result = a.latest
    WHERE a.erased IS NOT NULL AND (DIFFERS(e.result, h.sha256) OR a.return_id <> 'erased-' || a.erased)

-- name: check_unfinished
SELECT 1 WHERE EXISTS (SELECT 1 FROM erasure WHERE finished = 0)
    OR EXISTS (SELECT 1 FROM draw_forgotten WHERE finished = 0)

-- name: check_recorded
SELECT r.id, r.change FROM result r JOIN audit a ON a.id = r.audit WHERE a.erased IS NULL
    ORDER BY r.id

-- Rows that no entry of the ledger tells of.
--: STRAY = x.change FROM $1 x LEFT JOIN ledger l ON l.sequence = x.change AND AMONG(l.kind, '$2') AND l.subject IS NOT NULL WHERE x.change IS NOT NULL AND l.sequence IS NULL

-- name: strays
SELECT 'result', STRAY(result, record erase)
UNION ALL SELECT 'template', STRAY(template, template)
UNION ALL SELECT 'part', STRAY(part, part)
UNION ALL SELECT 'retirement', STRAY(retirement, retire)
UNION ALL SELECT 'action_update', STRAY(action_update, complete verify reopen)
UNION ALL SELECT 'setting', STRAY(setting, set)
UNION ALL SELECT 'population', STRAY(population, population)
UNION ALL SELECT 'benchmark', STRAY(benchmark, benchmark)
UNION ALL SELECT 'draw', STRAY(draw, draw)
UNION ALL SELECT 'allocation', STRAY(allocation, allocate)
UNION ALL SELECT 'draw_replacement', STRAY(draw_replacement, replace)
UNION ALL SELECT 'draw_forgotten', STRAY(draw_forgotten, forget)
UNION ALL SELECT 'import', STRAY(import, history indicators)
UNION ALL SELECT 'history', STRAY(history, history)
UNION ALL SELECT 'indicator', STRAY(indicator, indicators)
UNION ALL SELECT 'withdrawal', STRAY(withdrawal, withdraw restore)
UNION ALL SELECT 'erasure', STRAY(erasure, erase)
UNION ALL SELECT 'erased_document', STRAY(erased_document, erase)
