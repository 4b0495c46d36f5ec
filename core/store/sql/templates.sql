-- name: template_key
SELECT id FROM template WHERE name = ? AND version = ?

-- name: part_position
SELECT position
    FROM part WHERE template = ? AND kind = ? AND id = ? ORDER BY position LIMIT 1

-- name: part_next
SELECT max(position) + 1 FROM part WHERE template = ? AND kind = ?

-- name: add_own_part
INSERT INTO part(template, kind, position, id, label, detail, change)
    VALUES(?, ?, ?, ?, ?, ?, ?)

-- name: count_parts
SELECT kind, max(position) + 1 FROM part WHERE template = ? GROUP BY kind

-- name: parts
SELECT kind, position, id, label, parent, detail, tag, score, start, positive,
        coalesce(change, 0)
    FROM part WHERE template = ? ORDER BY kind, position

-- name: count_templates
SELECT count(*) FROM template

-- name: add_part
INSERT INTO part(template, kind, position, id, label, parent, detail, tag, score, start,
        weight, positive)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: hash_template
SELECT title, unit, out_of, judged, effective_from, effective_to FROM template WHERE id = ?

-- name: hash_parts
SELECT kind, position, id, label, parent, detail, tag, score, start, weight, positive
    FROM part WHERE template = ? AND change IS NULL ORDER BY kind, position

-- name: add_template
INSERT INTO template(name, version, framework, title, unit, out_of, judged, effective_from,
        effective_to, document, change, content)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id

-- name: set_content
UPDATE template SET content = ? WHERE id = ?

-- name: find_same_template
SELECT d.sha256 = ?3
    FROM template t JOIN document d ON d.id = t.document WHERE t.name = ?1 AND t.version = ?2

-- name: find_template
SELECT t.version,
        (SELECT x.retired_on FROM retirement x WHERE x.template = t.id ORDER BY x.change DESC
        LIMIT 1), d.bytes
    FROM template t JOIN document d ON d.id = t.document WHERE t.name = ?1
    AND (?2 IS NULL OR t.version = ?2)
    ORDER BY t.effective_from DESC NULLS LAST, t.change DESC LIMIT 1

-- name: add_retirement
INSERT INTO retirement(change, template, retired_on) VALUES(?, ?, ?)

-- name: list_templates
SELECT t.id, t.name, t.version, t.framework, t.title, t.unit, t.out_of, t.judged,
        t.effective_from, t.effective_to,
        (SELECT x.retired_on FROM retirement x WHERE x.template = t.id ORDER BY x.change DESC
        LIMIT 1),
        (SELECT l.at FROM ledger l WHERE l.sequence = t.change),
        (SELECT count(*) FROM tally y WHERE y.template = t.id)
    FROM template t WHERE TEMPLATE_FITS()
    ORDER BY t.name, t.effective_from NULLS FIRST, t.change

-- name: templates_there_are
-- By id; with one given, its versions. NULL: none.
SELECT LIST(word)
    FROM (SELECT DISTINCT CASE WHEN ?1 IS NULL THEN name ELSE version END AS word
        FROM template WHERE ?1 IS NULL OR name = ?1 ORDER BY word) x
