-- The tables of ../schema.sql in PostgreSQL, where their columns are told of. Each belongs to an
-- authority, by which every key begins: so a table can be partitioned or distributed by it. Dates and
-- times are types of their own, and texts are in the order of their bytes, as in SQLite.

--: OWN = current_setting('caseaudit.authority')

-- name: pg_schema
-- version: of these tables.
CREATE TABLE schema_version (version integer NOT NULL);

-- JSON arrays as rows.
CREATE FUNCTION json_numbers(list text) RETURNS TABLE (value bigint) LANGUAGE sql IMMUTABLE STRICT
    AS 'SELECT CAST(n AS bigint) FROM json_array_elements_text(CAST(list AS json)) n';
CREATE FUNCTION json_texts(list text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE STRICT
    AS 'SELECT CAST(n AS text) FROM json_array_elements_text(CAST(list AS json)) n';

-- Where rows go that have no number of their own yet: behind the last of their authority.
CREATE FUNCTION next_template() RETURNS bigint LANGUAGE plpgsql
    AS 'BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM template); END';
CREATE FUNCTION next_plugin() RETURNS bigint LANGUAGE plpgsql
    AS 'BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM plugin); END';

CREATE TABLE ledger (
    sequence bigint NOT NULL,
    at timestamptz NOT NULL,
    who text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    salt bytea,
    subject text COLLATE "C",
    detail text COLLATE "C",
    commitment bytea NOT NULL,
    document bigint,
    previous text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, sequence));

CREATE INDEX ledger_copies ON ledger(authority, sequence) WHERE kind IN ('backup', 'export');

CREATE TABLE document (
    id bigint NOT NULL,
    sha256 bytea NOT NULL,
    bytes bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, id));

CREATE TABLE template (
    id bigint NOT NULL DEFAULT next_template(),
    name text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    framework text COLLATE "C" NOT NULL,
    title text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL,
    out_of integer NOT NULL,
    judged integer NOT NULL,
    effective_from date,
    effective_to date,
    document bigint NOT NULL,
    change bigint NOT NULL,
    content bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, id),
    UNIQUE (authority, name, version));

CREATE TABLE part (
    template bigint NOT NULL,
    kind integer NOT NULL,
    position integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    label text COLLATE "C" NOT NULL,
    parent integer,
    detail integer,
    tag text COLLATE "C",
    score integer,
    start integer,
    weight integer,
    positive integer,
    change bigint,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, template, kind, position));

CREATE TABLE retirement (
    change bigint NOT NULL,
    template bigint NOT NULL,
    retired_on date NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE plugin (
    id bigint NOT NULL DEFAULT next_plugin(),
    framework text COLLATE "C" NOT NULL,
    version text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, id),
    UNIQUE (authority, framework, version, sha256));

CREATE TABLE audit (
    id bigint NOT NULL,
    return_id text COLLATE "C" NOT NULL,
    latest bigint NOT NULL,
    erased bigint,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, id),
    UNIQUE (authority, return_id));

CREATE TABLE result (
    id bigint NOT NULL,
    audit bigint NOT NULL,
    revision integer NOT NULL,
    template bigint NOT NULL,
    document bigint,
    plugin bigint NOT NULL,
    change bigint NOT NULL,
    case_ref text COLLATE "C",
    auditor text COLLATE "C",
    selection text COLLATE "C",
    audit_date date NOT NULL,
    status integer NOT NULL,
    complete integer NOT NULL,
    score integer,
    computed integer,
    recomputed integer,
    judged integer,
    cap integer,
    moderated integer,
    grade integer,
    judged_by text COLLATE "C",
    judged_on date,
    moderated_by text COLLATE "C",
    moderated_on date,
    facts bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, id),
    UNIQUE (authority, audit, revision));

CREATE TABLE result_section (
    result bigint NOT NULL,
    section integer NOT NULL,
    agency integer NOT NULL,
    score integer,
    grade integer,
    cap integer,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, section, agency));

CREATE TABLE result_agency (
    result bigint NOT NULL,
    agency integer NOT NULL,
    score integer,
    grade integer,
    judged integer,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, agency));

CREATE TABLE result_standard (
    result bigint NOT NULL,
    standard integer NOT NULL,
    agency integer NOT NULL,
    status integer NOT NULL,
    answer text COLLATE "C",
    audited text COLLATE "C",
    score integer,
    counts integer NOT NULL,
    due date,
    days integer,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, standard, agency));

CREATE TABLE result_limit (
    result bigint NOT NULL,
    position integer NOT NULL,
    part integer NOT NULL,
    section integer,
    grade integer,
    reason text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_alert (
    result bigint NOT NULL,
    position integer NOT NULL,
    part integer NOT NULL,
    severity integer NOT NULL,
    message text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_measure (
    result bigint NOT NULL,
    position integer NOT NULL,
    part integer NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_action (
    result bigint NOT NULL,
    position integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    standard integer,
    agency integer,
    owner text COLLATE "C",
    due date,
    completed date,
    verified_by text COLLATE "C",
    text text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_action_theme (
    result bigint NOT NULL,
    position integer NOT NULL,
    theme integer NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_finding (
    result bigint NOT NULL,
    position integer NOT NULL,
    strength integer NOT NULL,
    theme integer,
    agency integer,
    text text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, position));

CREATE TABLE result_attribute (
    result bigint NOT NULL,
    attribute integer NOT NULL,
    value text COLLATE "C" NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result, attribute));

CREATE TABLE result_hash (
    result bigint NOT NULL,
    sha256 bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result));

CREATE TABLE tally (
    template bigint NOT NULL,
    audit_date date NOT NULL,
    result bigint NOT NULL,
    facts bytea NOT NULL,
    actions bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, template, audit_date, result));

CREATE TABLE action_update (
    change bigint NOT NULL,
    audit bigint NOT NULL,
    action text COLLATE "C" NOT NULL,
    completed date,
    verified_by text COLLATE "C",
    reopened text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE INDEX action_update_of ON action_update(authority, audit, action);

CREATE TABLE setting (
    change bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE population (
    change bigint NOT NULL,
    of_framework integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    count bigint NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE benchmark (
    change bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    template text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE import (
    change bigint NOT NULL,
    document bigint NOT NULL,
    rows bigint NOT NULL,
    content bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE history (
    change bigint NOT NULL,
    position integer NOT NULL,
    template text COLLATE "C" NOT NULL,
    grade text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    count bigint NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change, position));

CREATE TABLE indicator (
    change bigint NOT NULL,
    position integer NOT NULL,
    id text COLLATE "C" NOT NULL,
    label text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    first date NOT NULL,
    last date NOT NULL,
    numerator bigint,
    denominator bigint,
    value bigint,
    polarity integer NOT NULL,
    footnote text COLLATE "C",
    template text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change, position));

CREATE TABLE withdrawal (
    change bigint NOT NULL,
    audit bigint NOT NULL,
    why text COLLATE "C",
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE INDEX withdrawal_of ON withdrawal(authority, audit);

CREATE TABLE aside (
    result bigint NOT NULL,
    facts bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, result));

CREATE TABLE erasure (
    change bigint NOT NULL,
    template bigint NOT NULL,
    why text COLLATE "C" NOT NULL,
    entries text COLLATE "C" NOT NULL,
    result bytea,
    finished integer NOT NULL,
    first_document bytea,
    counted_document bytea,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE erased_document (
    sha256 bytea NOT NULL,
    change bigint NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, sha256));

CREATE TABLE head (
    sequence bigint NOT NULL,
    key bytea NOT NULL,
    at timestamptz NOT NULL,
    hash text COLLATE "C" NOT NULL,
    signature bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, sequence, key));

CREATE TABLE draw (
    change bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    template text COLLATE "C" NOT NULL,
    drawn_on date NOT NULL,
    period text COLLATE "C",
    first date,
    last date,
    seed text COLLATE "C" NOT NULL,
    id_column text COLLATE "C" NOT NULL,
    stratify text COLLATE "C" NOT NULL,
    keep text COLLATE "C" NOT NULL,
    size bigint,
    percent integer,
    each_stratum integer NOT NULL,
    recent integer,
    reserve integer NOT NULL,
    population bigint NOT NULL,
    salt bytea,
    file text COLLATE "C",
    frame text COLLATE "C",
    commitment bytea NOT NULL,
    content bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change),
    UNIQUE (authority, name));

CREATE TABLE draw_stratum (
    draw bigint NOT NULL,
    position integer NOT NULL,
    value text COLLATE "C" NOT NULL,
    cases bigint NOT NULL,
    seats integer NOT NULL,
    reserve integer NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, draw, position));

CREATE TABLE draw_case (
    draw bigint NOT NULL,
    place integer NOT NULL,
    role integer NOT NULL,
    stratum integer,
    salt bytea,
    id text COLLATE "C",
    kept text COLLATE "C",
    commitment bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, draw, place));

CREATE INDEX draw_case_of ON draw_case(authority, lower(id));

CREATE TABLE draw_replacement (
    change bigint NOT NULL,
    draw bigint NOT NULL,
    place integer NOT NULL,
    by integer NOT NULL,
    salt bytea,
    why text COLLATE "C",
    commitment bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE draw_forgotten (
    change bigint NOT NULL,
    draw bigint NOT NULL,
    places text COLLATE "C" NOT NULL,
    finished integer NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE TABLE allocation (
    change bigint NOT NULL,
    draw bigint NOT NULL,
    due date,
    team text COLLATE "C",
    months integer NOT NULL,
    seed text COLLATE "C" NOT NULL,
    file text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, change));

CREATE INDEX allocation_of ON allocation(authority, draw);

CREATE TABLE allocation_case (
    allocation bigint NOT NULL,
    place integer NOT NULL,
    returned integer NOT NULL,
    salt bytea,
    auditor text COLLATE "C",
    commitment bytea NOT NULL,
    authority text COLLATE "C" NOT NULL DEFAULT OWN(),
    PRIMARY KEY (authority, allocation, place));
