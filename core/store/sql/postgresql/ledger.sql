-- Statements that PostgreSQL says otherwise: with times that are no texts, and changes that go by way
-- of a function (security.sql), since nobody but the owner may make them himself.

-- name: add_entry
INSERT INTO ledger(sequence, at, who, kind, salt, subject, detail, commitment, document,
        previous, hash)
    VALUES(?, CAST(? AS timestamptz), ?, ?, ?, ?, ?, ?, nullif(KEY(?), 0), ?, ?)

-- name: add_head
INSERT INTO head(sequence, key, at, hash, signature)
    VALUES(?, ?, CAST(? AS timestamptz), ?, ?) ON CONFLICT DO NOTHING

-- name: find_template
SELECT t.version,
        (SELECT x.retired_on FROM retirement x WHERE x.template = t.id ORDER BY x.change DESC
        LIMIT 1), template_bytes(t.document)
    FROM template t WHERE t.name = ?1 AND (?2 IS NULL OR t.version = ?2)
    ORDER BY t.effective_from DESC NULLS LAST, t.change DESC LIMIT 1

-- name: last_rows
SELECT document, audit, result, change, head FROM last_rows()

-- name: set_latest
SELECT set_latest(?, ?)

-- name: uncount
SELECT uncount(?1, ?2)

-- name: take_back
SELECT take_back(?)

-- name: repack_actions
SELECT repack_actions(?1, ?2)

-- name: set_content
SELECT set_content(?, ?)

-- name: set_draw_content
SELECT set_draw_content(?1, ?2)

-- name: set_allocation_content
SELECT set_allocation_content(?1, ?2)

-- name: set_value
SELECT set_figure(?2, ?3, NULL, NULL, ?1)

-- name: set_ratio
SELECT set_figure(?3, ?4, ?1, ?2, NULL)
