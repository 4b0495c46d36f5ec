-- The way from earlier versions of the tables. What a version had otherwise than now is told in
-- a text of its own, because nothing else may stand in a store that is opened.

-- name: was_action_update_3
CREATE TABLE action_update (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    audit INTEGER NOT NULL REFERENCES audit(id),
    action TEXT NOT NULL,
    completed INTEGER,
    verified_by TEXT);

-- name: upgrade_3
ALTER TABLE action_update ADD COLUMN reopened TEXT;

-- name: was_indicator_4
CREATE TABLE indicator (
    change INTEGER NOT NULL REFERENCES ledger(sequence),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    period TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    numerator INTEGER,
    denominator INTEGER,
    value INTEGER,
    polarity INTEGER NOT NULL,
    footnote TEXT,
    PRIMARY KEY (change, position)) WITHOUT ROWID;

-- name: upgrade_4
ALTER TABLE indicator ADD COLUMN template TEXT;

-- name: was_5
CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    document INTEGER REFERENCES document(id),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    return_id TEXT NOT NULL UNIQUE,
    latest INTEGER NOT NULL REFERENCES result(id));

CREATE TABLE result (
    id INTEGER PRIMARY KEY,
    audit INTEGER NOT NULL REFERENCES audit(id),
    revision INTEGER NOT NULL,
    template INTEGER NOT NULL REFERENCES template(id),
    document INTEGER NOT NULL REFERENCES document(id),
    plugin INTEGER NOT NULL REFERENCES plugin(id),
    change INTEGER NOT NULL REFERENCES ledger(sequence),
    case_ref TEXT,
    auditor TEXT,
    selection TEXT,
    audit_date INTEGER NOT NULL,
    status INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    score INTEGER,
    computed INTEGER,
    recomputed INTEGER,
    judged INTEGER,
    cap INTEGER,
    moderated INTEGER,
    grade INTEGER,
    judged_by TEXT,
    judged_on INTEGER,
    moderated_by TEXT,
    moderated_on INTEGER,
    facts BLOB NOT NULL,
    UNIQUE (audit, revision));

-- Tables that cannot be changed where they stand are made anew from a copy.
-- name: upgrade_5_before
CREATE TEMP TABLE old_ledger AS SELECT * FROM main.ledger;
CREATE TEMP TABLE old_result AS SELECT * FROM main.result;
DROP TABLE main.ledger;
DROP TABLE main.result;
ALTER TABLE audit ADD COLUMN erased INTEGER REFERENCES erasure(change);

-- name: upgrade_5_after
INSERT INTO main.result SELECT * FROM temp.old_result;
DROP TABLE temp.old_result;

-- name: old_entries
SELECT sequence, at, kind, subject, detail, document, previous, hash
    FROM temp.old_ledger ORDER BY sequence

-- name: upgrade_5_done
DROP TABLE temp.old_ledger;

-- name: was_erasure_7
CREATE TABLE erasure (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    template INTEGER NOT NULL REFERENCES template(id),
    why TEXT NOT NULL,
    entries TEXT NOT NULL,
    result BLOB,
    finished INTEGER NOT NULL);

-- name: upgrade_7
ALTER TABLE erasure ADD COLUMN first_document BLOB;
ALTER TABLE erasure ADD COLUMN counted_document BLOB;
