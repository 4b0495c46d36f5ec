-- Statements that PostgreSQL says otherwise: with times that are no texts, and keys that begin
-- with the authority.

-- name: add_entry
INSERT INTO ledger(sequence, at, who, kind, salt, subject, detail, commitment, document,
        previous, hash)
    VALUES(?, CAST(? AS timestamptz), ?, ?, ?, ?, ?, ?, nullif(KEY(?), 0), ?, ?)

-- name: add_head
INSERT INTO head(sequence, key, at, hash, signature)
    VALUES(?, ?, CAST(? AS timestamptz), ?, ?)
    ON CONFLICT (authority, sequence, key)
    DO UPDATE SET at = excluded.at, hash = excluded.hash, signature = excluded.signature
