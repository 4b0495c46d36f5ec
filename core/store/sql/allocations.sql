-- Who audits which case of a sample. Rows as they go from one store to another, as in draws.sql.

-- name: allocation_row
SELECT d.content, x.due, x.team, x.months, x.seed, x.file, x.content
    FROM allocation x JOIN draw d ON d.change = x.draw WHERE x.change = ?1

-- name: add_allocation
INSERT INTO allocation(change, draw, due, team, months, seed, file, content)
    SELECT ?1, d.change, ?3, ?4, ?5, ?6, ?7, ?8 FROM draw d WHERE d.content = ?2

-- name: allocation_cases
SELECT place, returned, salt, auditor, commitment FROM allocation_case WHERE allocation = ?1
    ORDER BY place

-- name: add_allocation_case
INSERT INTO allocation_case(allocation, place, returned, salt, auditor, commitment)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM allocation WHERE change = ?1)

-- What the content of an allocation is the SHA-256 of.
-- name: allocation_seals
SELECT place, returned, commitment FROM allocation_case WHERE allocation = ?1 ORDER BY place

-- name: allocation_texts
SELECT salt, auditor, NULL, commitment FROM allocation_case WHERE allocation = ?1

-- name: forget_auditors
UPDATE allocation_case SET salt = NULL, auditor = NULL
    WHERE allocation IN (SELECT change FROM allocation WHERE draw = ?1)
    AND place IN (SELECT value FROM NUMBERS(?2))

-- name: set_allocation_content
UPDATE allocation SET content = ?2 WHERE change = ?1

-- name: draw_content
SELECT content FROM draw WHERE name = ?

-- name: find_allocation
SELECT x.change, x.due, x.team, x.months, x.seed, x.file
    FROM allocation x JOIN draw d ON d.change = x.draw
    WHERE d.name = ? ORDER BY x.change DESC LIMIT 1
