-- name: describe
SELECT (SELECT count(*) FROM template), (SELECT count(*) FROM audit),
        (SELECT count(*) FROM result), (SELECT count(*) FROM document),
        (SELECT count(*) FROM ledger), (SELECT min(audit_date) FROM tally),
        (SELECT max(audit_date) FROM tally),
        (SELECT hash FROM ledger ORDER BY sequence DESC LIMIT 1)

-- name: last_rows
SELECT (SELECT max(id) FROM document), (SELECT max(id) FROM audit),
        (SELECT max(id) FROM result), (SELECT max(sequence) FROM ledger),
        (SELECT hash FROM ledger ORDER BY sequence DESC LIMIT 1)

-- name: add_entry
INSERT INTO ledger(sequence, at, who, kind, salt, subject, detail, commitment, document,
        previous, hash)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?)

-- name: add_document
INSERT INTO document(id, sha256, bytes) VALUES(?, ?, ?)

-- name: last_entry
SELECT sequence, hash FROM ledger ORDER BY sequence DESC LIMIT 1

-- name: count_entry
SELECT count(*) FROM ledger WHERE sequence = ? AND hash = ?

-- name: last_head
SELECT sequence, at, hash FROM ledger ORDER BY sequence DESC LIMIT 1

-- name: add_head
INSERT OR REPLACE INTO head(sequence, key, at, hash, signature) VALUES(?, ?, ?, ?, ?)

-- name: heads
SELECT sequence, key, at, hash, signature FROM head ORDER BY sequence, key
