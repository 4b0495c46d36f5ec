-- Samples that were drawn. Of each kind of change: its rows as they go from one store to
-- another, the statement that reads them (?1 is the change) and the one that adds them.

--: DRAW = name, template, drawn_on, period, first, last, seed, id_column, stratify, keep, size, percent, each_stratum, recent, reserve, population, salt, file, frame, commitment

-- name: draw_row
SELECT DRAW(), content FROM draw WHERE change = ?1

-- name: add_draw
INSERT INTO draw(change, DRAW(), content)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING

-- name: draw_strata
SELECT position, value, cases, seats, reserve FROM draw_stratum WHERE draw = ?1 ORDER BY position

-- name: add_draw_stratum
INSERT INTO draw_stratum(draw, position, value, cases, seats, reserve) VALUES(?, ?, ?, ?, ?, ?)

-- name: draw_cases
SELECT place, role, stratum, salt, id, kept, commitment FROM draw_case WHERE draw = ?1 ORDER BY place

-- name: add_draw_case
INSERT INTO draw_case(draw, place, role, stratum, salt, id, kept, commitment)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?)

-- name: replacement_row
SELECT d.content, x.place, x.by, x.salt, x.why, x.commitment
    FROM draw_replacement x JOIN draw d ON d.change = x.draw WHERE x.change = ?1

-- name: add_replacement
INSERT INTO draw_replacement(change, draw, place, by, salt, why, commitment)
    SELECT ?1, d.change, ?3, ?4, ?5, ?6, ?7 FROM draw d WHERE d.content = ?2

-- Places of cases that go with audits (?1, ids of returns) or by themselves (?2, an id), unless
-- another audit of the case stays; and of all cases of samples that were drawn until ?3, where
-- that is what is asked for. By draw.
-- name: sampled
WITH gone AS (SELECT value AS return_id FROM TEXTS(?1)),
    refs AS (SELECT r.case_ref AS ref FROM gone g JOIN audit a ON a.return_id = g.return_id
        JOIN result r ON r.audit = a.id WHERE ?3 IS NULL AND r.case_ref IS NOT NULL
        UNION SELECT ?2 WHERE ?2 IS NOT NULL)
SELECT draw, ARRAY(place), count(*) FROM (
    SELECT c.draw AS draw, c.place AS place
        FROM refs JOIN draw_case c ON SAME(c.id, refs.ref)
        WHERE NOT EXISTS (SELECT 1 FROM result r JOIN audit a ON a.id = r.audit
            WHERE SAME(r.case_ref, c.id)
            AND a.return_id NOT IN (SELECT return_id FROM gone))
    UNION SELECT c.draw, c.place FROM draw d JOIN draw_case c ON c.draw = d.change
        WHERE d.drawn_on <= ?3 AND c.salt IS NOT NULL
    ORDER BY 1, 2) x GROUP BY draw

-- name: forget_cases
UPDATE draw_case SET salt = NULL, id = NULL, kept = NULL
    WHERE draw = ?1 AND place IN (SELECT value FROM NUMBERS(?2))

-- name: forget_reasons
UPDATE draw_replacement SET salt = NULL, why = NULL WHERE draw = ?1
    AND (place IN (SELECT value FROM NUMBERS(?2)) OR by IN (SELECT value FROM NUMBERS(?2)))

-- name: forget_list
UPDATE draw SET salt = NULL, file = NULL, frame = NULL WHERE change = ?1

-- name: tell_forgotten
INSERT INTO draw_forgotten(change, draw, places, finished) VALUES(?, ?, ?, 0)

-- name: forgotten_row
SELECT d.content, x.places FROM draw_forgotten x JOIN draw d ON d.change = x.draw
    WHERE x.change = ?1

-- Only of places that are blank already, and not for another reason.
-- name: add_forgotten
INSERT INTO draw_forgotten(change, draw, places, finished)
    SELECT ?1, d.change, ?3, 1 FROM draw d WHERE d.content = ?2 AND d.salt IS NULL
    AND NOT EXISTS (SELECT 1 FROM NUMBERS(?3) p LEFT JOIN draw_case c
        ON c.draw = d.change AND c.place = p.value WHERE c.place IS NULL OR c.id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM draw_forgotten x, NUMBERS(x.places) q, NUMBERS(?3) p
        WHERE x.draw = d.change AND q.value = p.value)

-- ---- reading ----

-- name: find_draw
SELECT change, DRAW() FROM draw WHERE name = ?

-- name: draw_names
SELECT name FROM draw ORDER BY drawn_on, change

-- name: replacements
SELECT place, by, why FROM draw_replacement WHERE draw = ? ORDER BY change

-- What the content of a draw is the SHA-256 of, after the two above.
-- name: draw_seals
SELECT place, role, stratum, commitment FROM draw_case WHERE draw = ?1
    UNION ALL SELECT 0, -1, NULL, commitment FROM draw WHERE change = ?1
    ORDER BY 1

-- name: set_draw_content
UPDATE draw SET content = ?2 WHERE change = ?1

-- Audits of the case in a place of a sample since the day it was drawn.
-- name: count_returned
SELECT count(*) COUNTED()
    JOIN draw d ON d.name = ?1 JOIN draw_case c ON c.draw = d.change AND c.place = ?2
    WHERE t.name = d.template AND SAME(r.case_ref, c.id) AND r.audit_date >= d.drawn_on

-- name: replace_case
INSERT INTO draw_replacement(change, draw, place, by, salt, why, commitment)
    VALUES(?, ?, ?, ?, ?, ?, ?)
