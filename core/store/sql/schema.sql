-- The tables. Everything in them is added and nothing is changed, but for audit.latest, which
-- follows the newest revision, and tally, which is worked out from the rest for summaries;
-- and what is erased.
--
-- Dates are days since 1970-01-01, scores hundredths, weights thousandths. Sections,
-- standards, agencies … of a result are positions in part, by the result's template; an
-- agency of -1 is the joint row. NULL is "none".

-- name: schema
-- Every change, in its order, and who made it when (UTC). detail is JSON: what was changed, with
-- hashes of what it rests on. commitment and hash: core/store/chain.h. Of an entry about what was
-- erased there is neither salt, subject, detail nor document.
CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    salt BLOB,
    subject TEXT,
    detail TEXT,
    commitment BLOB NOT NULL,
    document INTEGER REFERENCES document(id),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL);

CREATE INDEX ledger_copies ON ledger(sequence) WHERE kind IN ('backup', 'export');

-- Templates, returns and spreadsheets, byte for byte.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL,
    bytes BLOB NOT NULL);

-- content: the SHA-256 of what was read from the document.
CREATE TABLE template (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    framework TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    out_of INTEGER NOT NULL,
    judged INTEGER NOT NULL,
    effective_from INTEGER,
    effective_to INTEGER,
    document INTEGER NOT NULL REFERENCES document(id),
    change INTEGER NOT NULL REFERENCES ledger(sequence),
    content BLOB NOT NULL,
    UNIQUE (name, version));

-- kind: 0 grade, 1 section, 2 standard, 3 agency, 4 attribute, 5 theme, 6 measure, 7 alert,
-- 8 limit, 9 value of an attribute. A change: not in the template's document, but seen in a result.
CREATE TABLE part (
    template INTEGER NOT NULL REFERENCES template(id),
    kind INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    parent INTEGER,
    detail INTEGER,
    tag TEXT,
    score INTEGER,
    start INTEGER,
    weight INTEGER,
    positive INTEGER,
    change INTEGER REFERENCES ledger(sequence),
    PRIMARY KEY (template, kind, position)) WITHOUT ROWID;

CREATE TABLE retirement (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    template INTEGER NOT NULL REFERENCES template(id),
    retired_on INTEGER NOT NULL);

CREATE TABLE plugin (
    id INTEGER PRIMARY KEY,
    framework TEXT NOT NULL,
    version TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    UNIQUE (framework, version, sha256));

-- erased: only its figures are left, and return_id is its place in the ledger.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    return_id TEXT NOT NULL UNIQUE,
    latest INTEGER NOT NULL REFERENCES result(id),
    erased INTEGER REFERENCES erasure(change));

-- status: 0 scored, 1 not graded. facts: the SHA-256 of tally.facts.
CREATE TABLE result (
    id INTEGER PRIMARY KEY,
    audit INTEGER NOT NULL REFERENCES audit(id),
    revision INTEGER NOT NULL,
    template INTEGER NOT NULL REFERENCES template(id),
    document INTEGER REFERENCES document(id),
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

CREATE TABLE result_section (
    result INTEGER NOT NULL REFERENCES result(id),
    section INTEGER NOT NULL,
    agency INTEGER NOT NULL,
    score INTEGER,
    grade INTEGER,
    cap INTEGER,
    PRIMARY KEY (result, section, agency)) WITHOUT ROWID;

CREATE TABLE result_agency (
    result INTEGER NOT NULL REFERENCES result(id),
    agency INTEGER NOT NULL,
    score INTEGER,
    grade INTEGER,
    judged INTEGER,
    PRIMARY KEY (result, agency)) WITHOUT ROWID;

-- status: 0 answered, 1 not evidenced, 2 overdue, 3 not yet due, 4 out of scope,
-- 5 not applicable, 6 missing, 7 not applying.
CREATE TABLE result_standard (
    result INTEGER NOT NULL REFERENCES result(id),
    standard INTEGER NOT NULL,
    agency INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT,
    audited TEXT,
    score INTEGER,
    counts INTEGER NOT NULL,
    due INTEGER,
    days INTEGER,
    PRIMARY KEY (result, standard, agency)) WITHOUT ROWID;

CREATE TABLE result_limit (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,
    section INTEGER,
    grade INTEGER,
    reason TEXT,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

CREATE TABLE result_alert (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    message TEXT,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

-- numerator and denominator: or sum and count.
CREATE TABLE result_measure (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,
    numerator INTEGER NOT NULL,
    denominator INTEGER NOT NULL,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

CREATE TABLE result_action (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    standard INTEGER,
    agency INTEGER,
    owner TEXT,
    due INTEGER,
    completed INTEGER,
    verified_by TEXT,
    text TEXT,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

-- A table of its own, so that results without one are hashed as they were before there were any.
CREATE TABLE result_action_theme (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    theme INTEGER NOT NULL,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

CREATE TABLE result_finding (
    result INTEGER NOT NULL REFERENCES result(id),
    position INTEGER NOT NULL,
    strength INTEGER NOT NULL,
    theme INTEGER,
    agency INTEGER,
    text TEXT,
    PRIMARY KEY (result, position)) WITHOUT ROWID;

CREATE TABLE result_attribute (
    result INTEGER NOT NULL REFERENCES result(id),
    attribute INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (result, attribute)) WITHOUT ROWID;

-- Of all the rows of a result.
CREATE TABLE result_hash (
    result INTEGER PRIMARY KEY REFERENCES result(id),
    sha256 BLOB NOT NULL);

-- What counts, in the order summaries read it: latest revisions of what is not withdrawn.
CREATE TABLE tally (
    template INTEGER NOT NULL REFERENCES template(id),
    audit_date INTEGER NOT NULL,
    result INTEGER NOT NULL REFERENCES result(id),
    facts BLOB NOT NULL,
    actions BLOB NOT NULL,
    PRIMARY KEY (template, audit_date, result)) WITHOUT ROWID;

-- Entered after the audit, one of the three; reopened is why it was.
CREATE TABLE action_update (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    audit INTEGER NOT NULL REFERENCES audit(id),
    action TEXT NOT NULL,
    completed INTEGER,
    verified_by TEXT,
    reopened TEXT);

CREATE INDEX action_update_of ON action_update(audit, action);

CREATE TABLE setting (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    name TEXT NOT NULL,
    value TEXT NOT NULL);

CREATE TABLE population (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    of_framework INTEGER NOT NULL,
    name TEXT NOT NULL,
    period TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    count INTEGER NOT NULL);

CREATE TABLE benchmark (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    name TEXT NOT NULL,
    template TEXT NOT NULL,
    period TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL);

-- The rows of a file, of history or of indicators, by their change. content: the SHA-256 of the rows.
CREATE TABLE import (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    document INTEGER NOT NULL REFERENCES document(id),
    rows INTEGER NOT NULL,
    content BLOB NOT NULL);

CREATE TABLE history (
    change INTEGER NOT NULL REFERENCES ledger(sequence),
    position INTEGER NOT NULL,
    template TEXT NOT NULL,
    grade TEXT NOT NULL,
    period TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (change, position)) WITHOUT ROWID;

-- value in thousandths; template: the one it belongs to, NULL for all.
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
    template TEXT,
    PRIMARY KEY (change, position)) WITHOUT ROWID;

-- Kept and counted nowhere, until the next row about the audit restores it: then why is NULL.
CREATE TABLE withdrawal (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    audit INTEGER NOT NULL REFERENCES audit(id),
    why TEXT);

CREATE INDEX withdrawal_of ON withdrawal(audit);

-- What tally has of an audit, while it is withdrawn.
CREATE TABLE aside (
    result INTEGER PRIMARY KEY REFERENCES result(id),
    facts BLOB NOT NULL);

-- What is left of an erased audit: its template, the entries about it (a JSON array), and the
-- SHA-256 of the figures that stay (NULL: none do). finished once nothing of it is in the
-- write-ahead log. By the SHA-256 of its first document and of the one that counted publications
-- know it; NULL: no document did, as it was withdrawn, and of both: by a version before 8.
CREATE TABLE erasure (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    template INTEGER NOT NULL REFERENCES template(id),
    why TEXT NOT NULL,
    entries TEXT NOT NULL,
    result BLOB,
    finished INTEGER NOT NULL,
    first_document BLOB,
    counted_document BLOB);

-- So that an old export does not bring it back.
CREATE TABLE erased_document (
    sha256 BLOB PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES erasure(change)) WITHOUT ROWID;

-- Heads of the ledger that were printed; key and signature are empty for those not signed.
CREATE TABLE head (
    sequence INTEGER NOT NULL REFERENCES ledger(sequence),
    key BLOB NOT NULL,
    at TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (sequence, key)) WITHOUT ROWID;

-- A sample that was drawn: how, and from what. stratify and keep are JSON arrays of headings;
-- first and last: of the period, NULL without one. population: cases in the list. file and
-- frame: the fingerprints, with a salt and a commitment, as of each case below; content: the
-- SHA-256 of all commitments and of the strata. So cases can be erased while the entry holds.
CREATE TABLE draw (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    name TEXT NOT NULL UNIQUE,
    template TEXT NOT NULL,
    drawn_on INTEGER NOT NULL,
    period TEXT,
    first INTEGER,
    last INTEGER,
    seed TEXT NOT NULL,
    id_column TEXT NOT NULL,
    stratify TEXT NOT NULL,
    keep TEXT NOT NULL,
    size INTEGER,
    percent INTEGER,
    each_stratum INTEGER NOT NULL,
    recent INTEGER,
    reserve INTEGER NOT NULL,
    population INTEGER NOT NULL,
    salt BLOB,
    file TEXT,
    frame TEXT,
    commitment BLOB NOT NULL,
    content BLOB NOT NULL);

-- value: a JSON array, in the columns of stratify.
CREATE TABLE draw_stratum (
    draw INTEGER NOT NULL REFERENCES draw(change),
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    cases INTEGER NOT NULL,
    seats INTEGER NOT NULL,
    reserve INTEGER NOT NULL,
    PRIMARY KEY (draw, position)) WITHOUT ROWID;

-- All cases of the list. place: from 1, by role, then by key. role: 0 drawn, 1 in reserve, 2 left
-- out, since it was audited lately, 3 not drawn. kept: a JSON array, in the columns of keep, of
-- those drawn or in reserve. salt, id and kept are NULL once they are erased.
CREATE TABLE draw_case (
    draw INTEGER NOT NULL REFERENCES draw(change),
    place INTEGER NOT NULL,
    role INTEGER NOT NULL,
    stratum INTEGER,
    salt BLOB,
    id TEXT,
    kept TEXT,
    commitment BLOB NOT NULL,
    PRIMARY KEY (draw, place)) WITHOUT ROWID;

CREATE INDEX draw_case_of ON draw_case(id COLLATE NOCASE);

-- The case in by, which was in reserve, took the place of the one in place; salt and why are
-- NULL once they are erased.
CREATE TABLE draw_replacement (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    draw INTEGER NOT NULL REFERENCES draw(change),
    place INTEGER NOT NULL,
    by INTEGER NOT NULL,
    salt BLOB,
    why TEXT,
    commitment BLOB NOT NULL);

-- places: of cases that were erased, a JSON array. finished: as in erasure.
CREATE TABLE draw_forgotten (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    draw INTEGER NOT NULL REFERENCES draw(change),
    places TEXT NOT NULL,
    finished INTEGER NOT NULL);

-- Who audits which case of a sample; the last of a sample counts. team: the column with the
-- cases' teams. file: the fingerprint of the file with the auditors. content: the SHA-256 of all
-- commitments, as of a draw.
CREATE TABLE allocation (
    change INTEGER PRIMARY KEY REFERENCES ledger(sequence),
    draw INTEGER NOT NULL REFERENCES draw(change),
    due INTEGER,
    team TEXT,
    months INTEGER NOT NULL,
    seed TEXT NOT NULL,
    file TEXT NOT NULL,
    content BLOB NOT NULL);

CREATE INDEX allocation_of ON allocation(draw);

-- place: of the case in the draw. salt and auditor are NULL once the case is erased.
CREATE TABLE allocation_case (
    allocation INTEGER NOT NULL REFERENCES allocation(change),
    place INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    salt BLOB,
    auditor TEXT,
    commitment BLOB NOT NULL,
    PRIMARY KEY (allocation, place)) WITHOUT ROWID;
