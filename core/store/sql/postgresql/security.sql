-- Who sees and does what. The server sees to it, and so it holds for psql, ODBC and Power BI as well.
-- Rows are those of one authority, by policies; what a role may do is granted to it (grant_to); and
-- the few rows that change are changed by functions that look whether that is due.

--: DEFINER = SECURITY DEFINER SET search_path FROM CURRENT
--: TABLES = c.relkind = 'r' AND c.relname NOT IN ('schema_version', 'access', 'chain') AND c.relnamespace = CAST(current_schema AS regnamespace)

-- What later versions of the tables say anew.
-- name: pg_rights
-- Does the column tell of people or cases?
CREATE OR REPLACE FUNCTION is_private(name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
SELECT name IN ('case_ref', 'auditor', 'judged_by', 'moderated_by', 'owner', 'text', 'message', 'reason',
    'verified_by', 'answer', 'audited', 'salt', 'subject', 'who', 'why', 'reopened', 'made_by',
    'document_sha256', 'action', 'entries') $$;

CREATE OR REPLACE FUNCTION columns_of(relation text, hidden text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = CAST(format('%I', relation) AS regclass) AND attnum > 0 AND NOT attisdropped
    AND NOT is_private(attname) AND attname <> hidden $$;

-- What a role may do with a table or view; '' for nothing.
CREATE OR REPLACE FUNCTION rights_on(relation text, is_table boolean, whose text, what text) RETURNS text
    LANGUAGE sql STABLE AS $$
SELECT CASE
    WHEN starts_with(relation, 'region_') THEN CASE WHEN whose IS NULL THEN 'SELECT' ELSE '' END
    WHEN relation = 'chain' THEN CASE WHEN whose IS NULL THEN 'SELECT (authority)' ELSE '' END
    WHEN whose IS NULL AND relation = 'draw' THEN 'SELECT (change, template, period, first, last, population, authority)'
    WHEN whose IS NULL AND relation = 'ledger' THEN 'SELECT (sequence, at, kind, hash, authority)'
    WHEN whose IS NULL AND relation IN ('template', 'part', 'tally', 'result_section', 'result_agency',
        'setting', 'retirement', 'history', 'indicator', 'population', 'benchmark', 'erasure', 'result', 'audit',
        'withdrawal', 'result_alert', 'result_action', 'action_update', 'aside')
        THEN format('SELECT (%s)', columns_of(relation, 'return_id'))
    WHEN whose IS NULL THEN ''
    WHEN what = 'lead' THEN CASE WHEN is_table THEN 'SELECT, INSERT' ELSE 'SELECT' END
    WHEN what = 'auditor' AND relation IN ('document', 'plugin', 'part', 'audit', 'result', 'result_hash',
        'result_action')
        THEN 'SELECT, INSERT'
    WHEN what = 'auditor' AND relation = 'ledger' THEN 'SELECT (sequence, at, kind, hash, authority), INSERT'
    WHEN what = 'auditor' AND relation = 'tally' THEN 'SELECT (template, audit_date, result, authority), INSERT'
    WHEN what = 'auditor' AND (relation = 'aside' OR starts_with(relation, 'result_')) THEN 'INSERT'
    WHEN what = 'auditor' AND relation IN ('template', 'retirement', 'setting', 'erased_document',
        'withdrawal', 'action_update', 'history', 'indicator', 'population', 'benchmark') THEN 'SELECT'
    -- By their SHA-256 publications know audits, which public summaries are held to.
    WHEN what = 'reader' AND relation = 'document' THEN 'SELECT (id, sha256, authority)'
    WHEN what = 'reader' AND relation = 'ledger' THEN 'SELECT (sequence, at, kind, hash, authority)'
    WHEN what IN ('reader', 'auditor') AND relation = 'draw'
        THEN 'SELECT (change, template, period, first, last, population, authority)'
    WHEN what = 'reader' AND relation NOT IN ('document', 'result_attribute', 'result_finding',
        'result_action_theme', 'aside', 'import', 'head', 'v_attribute')
        AND NOT starts_with(relation, 'draw') AND NOT starts_with(relation, 'allocation')
        THEN format('SELECT (%s)', columns_of(relation, ''))
    ELSE '' END $$;

CREATE OR REPLACE FUNCTION grant_to(who text, whose text, what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE one record;
BEGIN
    PERFORM revoke_from(who);
    INSERT INTO access VALUES (who, whose, what);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema, who);
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO %I', current_schema, who);
    EXECUTE format('GRANT SELECT ON schema_version TO %I', who);
    FOR one IN SELECT c.relname, rights_on(c.relname, c.relkind = 'r', whose, what) AS rights FROM pg_class c
        WHERE TABLES() OR c.oid = CAST('chain' AS regclass) OR (c.relkind = 'v' AND c.relnamespace = CAST(current_schema AS regnamespace)) LOOP
        IF one.rights <> '' THEN EXECUTE format('GRANT %s ON %I TO %I', one.rights, one.relname, who); END IF;
    END LOOP;
END $$;

-- The owner, and who reads the region, say whose rows they want; nobody else is asked.
CREATE OR REPLACE FUNCTION own_authority() RETURNS text LANGUAGE plpgsql STABLE DEFINER() AS $$
BEGIN
    IF is_owner() THEN RETURN current_setting('caseaudit.authority', true); END IF;
    RETURN (SELECT coalesce(a.authority, current_setting('caseaudit.authority', true))
        FROM access a WHERE a.role = session_user);
END $$;

-- name: pg_security
-- authority: NULL for who reads the whole region.
CREATE TABLE access (
    role text COLLATE "C" NOT NULL PRIMARY KEY,
    authority text COLLATE "C",
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('auditor', 'lead', 'reader')));

-- Is the session one of the owner's, as whom these functions run?
CREATE FUNCTION is_owner() RETURNS boolean LANGUAGE plpgsql STABLE DEFINER() AS $$
BEGIN RETURN pg_has_role(session_user, current_user, 'MEMBER'); END $$;

CREATE FUNCTION own_kind() RETURNS text LANGUAGE plpgsql STABLE DEFINER() AS $$
BEGIN
    IF is_owner() THEN RETURN 'owner'; END IF;
    RETURN coalesce((SELECT CASE WHEN a.authority IS NULL THEN 'region' ELSE a.kind END
        FROM access a WHERE a.role = session_user), 'none');
END $$;

-- Auditors see what they recorded themselves.
ALTER TABLE audit ADD COLUMN made_by text COLLATE "C" NOT NULL DEFAULT session_user;
ALTER TABLE result ADD COLUMN made_by text COLLATE "C" NOT NULL DEFAULT session_user;
ALTER TABLE document ADD COLUMN made_by text COLLATE "C" NOT NULL DEFAULT session_user;

DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT c.relname FROM pg_class c WHERE TABLES() LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY own ON %I USING (authority = (SELECT own_authority()))', name);
    END LOOP;
END $$;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT * FROM (VALUES ('audit', 'ALL', 'made_by = session_user'),
        ('result', 'ALL', 'made_by = session_user'),
        ('document', 'INSERT', 'made_by = session_user'),
        ('document', 'SELECT', 'made_by = session_user OR id IN (SELECT t.document FROM template t)'),
        ('withdrawal', 'ALL', 'audit IN (SELECT a.id FROM audit a)'),
        ('action_update', 'ALL', 'audit IN (SELECT a.id FROM audit a)'),
        ('result_action', 'SELECT', 'result IN (SELECT r.id FROM result r)')) t(name, what, mine) LOOP
        -- Functions, which run as the owner, say themselves what they look at.
        EXECUTE format('CREATE POLICY %I ON %I AS RESTRICTIVE FOR %s %s '
            || '((SELECT own_kind()) <> ''auditor'' OR current_user = %L OR %s)', 'mine_' || lower(one.what),
            one.name, one.what, CASE one.what WHEN 'INSERT' THEN 'WITH CHECK' ELSE 'USING' END,
            current_user, one.mine);
    END LOOP;
END $$;

-- ---- what changes, and when that is due ----

CREATE FUNCTION is_lead() RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT own_kind() IN ('owner', 'lead') $$;
CREATE FUNCTION is_recorder() RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT own_kind() IN ('owner', 'lead', 'auditor') $$;
-- Is the change not in the ledger yet? Then it is being made.
CREATE FUNCTION is_coming(change bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT change > coalesce((SELECT max(sequence) FROM ledger), 0) $$;

CREATE FUNCTION last_rows() RETURNS TABLE (document bigint, audit bigint, result bigint, change bigint,
    head text) LANGUAGE sql STABLE DEFINER() AS $$
SELECT (SELECT max(d.id) FROM document d), (SELECT max(a.id) FROM audit a),
    (SELECT max(r.id) FROM result r), (SELECT max(l.sequence) FROM ledger l),
    (SELECT l.hash FROM ledger l ORDER BY l.sequence DESC LIMIT 1) WHERE is_recorder() $$;

CREATE FUNCTION set_latest(newest bigint, which bigint) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    UPDATE audit a SET latest = newest FROM result r
        WHERE a.id = which AND r.id = newest AND r.audit = which AND is_coming(r.change)
        AND (is_lead() OR (is_recorder() AND a.made_by = session_user));
    PERFORM must_be_due(FOUND);
END $$;

-- Has a result that counted given way to another, which is being recorded?
CREATE FUNCTION is_overtaken(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT is_recorder() AND EXISTS (SELECT 1
    FROM result o JOIN audit a ON a.id = o.audit JOIN result n ON n.id = a.latest
    WHERE o.id = which AND o.id <> n.id AND n.made_by = session_user AND is_coming(n.change)) $$;

CREATE FUNCTION uncount(which bigint, by_template bigint) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead() OR is_overtaken(which));
    DELETE FROM tally t WHERE t.result = which AND t.template = by_template
        AND t.audit_date = (SELECT r.audit_date FROM result r WHERE r.id = which);
END $$;

CREATE FUNCTION take_back(which bigint) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead() OR is_overtaken(which));
    DELETE FROM aside WHERE result = which;
END $$;

CREATE FUNCTION repack_actions(which bigint, packed bytea) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead());
    UPDATE tally t SET actions = packed FROM result r WHERE r.id = which AND t.template = r.template
        AND t.audit_date = r.audit_date AND t.result = r.id;
END $$;

CREATE FUNCTION set_content(hash bytea, which bigint) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    UPDATE template SET content = hash WHERE id = which AND is_coming(change) AND is_lead();
    PERFORM must_be_due(FOUND);
END $$;

CREATE FUNCTION set_draw_content(which bigint, hash bytea) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead() AND is_coming(which));
    UPDATE draw SET content = hash WHERE change = which;
END $$;

CREATE FUNCTION set_allocation_content(which bigint, hash bytea) RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead() AND is_coming(which));
    UPDATE allocation SET content = hash WHERE change = which;
END $$;

CREATE FUNCTION set_figure(which bigint, place integer, over bigint, under bigint, plain bigint)
    RETURNS void LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_be_due(is_lead() AND is_coming(which));
    UPDATE indicator SET numerator = over, denominator = under, value = plain
        WHERE change = which AND position = place;
END $$;

-- ---- what is granted ----

CREATE FUNCTION revoke_from(who text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', current_schema, who);
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM %I', current_schema, who);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', current_schema, who);
    DELETE FROM access WHERE role = who;
END $$;

DO $$ BEGIN EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema); END $$;

-- name: pg_chains
-- Of whom there are audits, or may be: each has a ledger that begins.
CREATE TABLE IF NOT EXISTS chain (authority text COLLATE "C" NOT NULL PRIMARY KEY);
CREATE OR REPLACE FUNCTION note_chain() RETURNS trigger LANGUAGE plpgsql DEFINER() AS $$
BEGIN INSERT INTO chain VALUES (NEW.authority) ON CONFLICT DO NOTHING; RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER beginning AFTER INSERT ON ledger
    FOR EACH ROW WHEN (NEW.sequence = 1) EXECUTE FUNCTION note_chain();

-- A template's document is everybody's, and the only one that readers are given.
CREATE OR REPLACE FUNCTION template_bytes(which bigint) RETURNS bytea LANGUAGE sql STABLE DEFINER() AS $$
SELECT d.bytes FROM document d WHERE d.id = which AND own_kind() <> 'none'
    AND EXISTS (SELECT 1 FROM template t WHERE t.document = which) $$;

DO $$ BEGIN EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema); END $$;

-- What a transaction adds, of anybody but the owner. Who writes says so first (begin_writing), and then is
-- alone until the end with the rows of the authority. All rows go behind those that were there, those of
-- a result behind its own, and at the end each must be told of by an entry that the ledger has got with
-- it. So nobody leaves anything that stands in the way of those who come after him. A role can keep
-- a lock on this row of chain only if it may write, which it could not be kept from with advisory locks.
-- name: pg_growing
--: BEFORE = (SELECT f.$1 FROM finished() f)

-- The last that was there when the transaction began to write, all NULL outside of it; and has it changed
-- any of what was there?
ALTER TABLE chain ADD COLUMN IF NOT EXISTS document bigint, ADD COLUMN IF NOT EXISTS audit bigint,
    ADD COLUMN IF NOT EXISTS result bigint, ADD COLUMN IF NOT EXISTS change bigint,
    ADD COLUMN IF NOT EXISTS moved boolean NOT NULL DEFAULT false;

CREATE OR REPLACE FUNCTION must_hold(holds boolean, otherwise text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF holds IS NOT TRUE THEN RAISE insufficient_privilege USING MESSAGE = otherwise; END IF;
END $$;

CREATE OR REPLACE FUNCTION begin_writing() RETURNS void LANGUAGE plpgsql DEFINER() AS $$
DECLARE own text := own_authority(); begun bigint;
BEGIN
    PERFORM must_hold(is_recorder(), 'this role adds nothing');
    PERFORM must_hold(is_owner() OR current_setting('transaction_isolation') = 'read committed',
        'rows are added in transactions that are READ COMMITTED');
    IF is_owner() THEN INSERT INTO chain VALUES (own) ON CONFLICT DO NOTHING; END IF;
    SELECT c.change INTO begun FROM chain c WHERE c.authority = own FOR UPDATE;
    IF is_owner() OR begun IS NOT NULL THEN RETURN; END IF;
    UPDATE chain c SET document = coalesce(l.document, 0), audit = coalesce(l.audit, 0),
        result = coalesce(l.result, 0), change = coalesce(l.change, 0) FROM last_rows() l
        WHERE c.authority = own;
END $$;

CREATE OR REPLACE FUNCTION finished() RETURNS chain LANGUAGE sql STABLE DEFINER() AS $$
SELECT c FROM chain c WHERE c.authority = own_authority() $$;
CREATE OR REPLACE FUNCTION last_result() RETURNS bigint LANGUAGE sql STABLE DEFINER() AS $$
SELECT max(r.id) FROM result r $$;
-- Whatever else goes by the names of tables for who asks.
ALTER FUNCTION next_template() SET search_path FROM CURRENT;
ALTER FUNCTION next_plugin() SET search_path FROM CURRENT;

-- The column by which rows belong to a change or a result.
CREATE OR REPLACE FUNCTION belonging(relation text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT a.attname FROM pg_attribute a WHERE a.attrelid = CAST(format('%I', relation) AS regclass)
    AND a.attname IN ('change', 'result', 'draw', 'allocation') AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attname <> 'change' LIMIT 1 $$;

-- A table's rows that may be added; each table has a rule, by its name or that column.
CREATE OR REPLACE FUNCTION may_be_added(relation text) RETURNS text LANGUAGE sql STABLE AS $$
SELECT coalesce((SELECT v.rule FROM (VALUES
    ('document', 'id > BEFORE(document)'),
    ('audit', 'id > BEFORE(audit) AND latest > BEFORE(result) AND latest <= (SELECT last_result()) '
        || 'AND (erased IS NULL OR (SELECT own_kind()) = ''lead'')'),
    ('result', 'id > BEFORE(result)'),
    ('plugin', 'BEFORE(change) IS NOT NULL AND id <= (SELECT next_plugin())'),
    ('template', 'change > BEFORE(change) AND id <= (SELECT next_template())'),
    ('part', 'CASE WHEN change IS NULL THEN template IN (SELECT t.id FROM template t '
        || 'WHERE t.change > BEFORE(change)) ELSE change > BEFORE(change) END'),
    ('ledger', 'sequence > BEFORE(change) AND (who = session_user OR starts_with(who, session_user || '' as ''))'),
    ('head', 'BEFORE(change) IS NOT NULL AND EXISTS (SELECT 1 FROM ledger l WHERE l.authority = head.authority '
        || 'AND l.sequence = head.sequence AND l.hash = head.hash)'),
    -- Who leads withdraws and restores what is there. A result counts once, where it belongs.
    ('tally', 'result > CASE (SELECT own_kind()) WHEN ''lead'' THEN 0 * BEFORE(change) ELSE BEFORE(result) END '
        || 'AND EXISTS (SELECT 1 FROM result r WHERE r.authority = tally.authority AND r.id = tally.result '
        || 'AND r.template = tally.template AND r.audit_date = tally.audit_date)'),
    ('aside', 'result > CASE (SELECT own_kind()) WHEN ''lead'' THEN 0 * BEFORE(change) ELSE BEFORE(result) END '
        || 'AND result <= (SELECT last_result())')) v(name, rule) WHERE v.name = relation),
    CASE belonging(relation) WHEN 'result' THEN 'result > BEFORE(result) AND result <= (SELECT last_result())'
        ELSE format('%I > BEFORE(change)', belonging(relation)) END) $$;

DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT c.relname FROM pg_class c WHERE TABLES() LOOP
        EXECUTE format('DROP POLICY IF EXISTS growing ON %I', name);
        EXECUTE format('CREATE POLICY growing ON %I AS RESTRICTIVE FOR INSERT '
            || 'WITH CHECK ((SELECT own_kind()) = ''owner'' OR (%s))', name, may_be_added(name));
    END LOOP;
    -- The last change that any table of changes tells of; results and parts are looked over by themselves.
    EXECUTE (SELECT 'CREATE OR REPLACE FUNCTION last_told() RETURNS bigint LANGUAGE sql STABLE DEFINER() AS '
        || quote_literal('SELECT greatest(' || string_agg(format('(SELECT max(%I) FROM %I)', belonging(c.relname),
        c.relname), ', ') || ')')
        FROM pg_class c WHERE TABLES() AND c.relname NOT IN ('result', 'part') AND belonging(c.relname) <> 'result');
END $$;

-- Does the transaction change what is there? Then it says so, and must say it in the ledger, too.
CREATE OR REPLACE FUNCTION note_move() RETURNS boolean LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    IF is_owner() THEN RETURN true; END IF;
    UPDATE chain SET moved = true WHERE authority = own_authority() AND change IS NOT NULL AND NOT moved;
    RETURN FOUND OR (SELECT f.moved FROM finished() f);
END $$;
CREATE OR REPLACE FUNCTION must_be_due(due boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM must_hold(due AND note_move(), 'what is stored is not changed by this role');
END $$;
CREATE OR REPLACE FUNCTION note_counted() RETURNS trigger LANGUAGE plpgsql DEFINER() AS $$
BEGIN PERFORM note_move(); RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER moving AFTER INSERT ON tally FOR EACH STATEMENT EXECUTE FUNCTION note_counted();
CREATE OR REPLACE TRIGGER moving AFTER INSERT ON aside FOR EACH STATEMENT EXECUTE FUNCTION note_counted();

CREATE OR REPLACE FUNCTION guard_ledger() RETURNS trigger LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_hold(is_owner(), 'the ledger is only added to');
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER guard BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION guard_ledger();

-- ---- the end of it ----

-- A text or bytes in the ledger's hashes: its length goes before it, lowest byte first.
CREATE OR REPLACE FUNCTION sized(bytes bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
SELECT set_byte(set_byte(set_byte(set_byte(CAST('\x00000000' AS bytea), 0, length(bytes) & 255),
    1, length(bytes) >> 8 & 255), 2, length(bytes) >> 16 & 255), 3, length(bytes) >> 24) || bytes $$;
CREATE OR REPLACE FUNCTION sized(words text) RETURNS bytea LANGUAGE sql STABLE AS $$
SELECT sized(convert_to(words, 'UTF8')) $$;

-- Do the entries since follow each other, with hashes that are theirs?
CREATE OR REPLACE FUNCTION is_chained(since bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT coalesce(bool_and(e.sequence = since + e.place AND e.previous = e.before AND length(e.salt) = 16
    AND e.at <= now() + interval '1 day'
    AND e.commitment = sha256(sized(e.salt) || sized(e.subject) || sized(e.detail))
    AND e.hash = encode(sha256(sized(e.previous) || sized(CAST(e.sequence AS text))
        || sized(to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) || sized(e.who)
        || sized(e.kind) || sized(e.commitment)), 'hex')) , true)
    AND count(*) = count(e.salt) AND count(*) = count(e.subject) AND count(*) = count(e.detail)
    FROM (SELECT l.*, row_number() OVER (ORDER BY l.sequence) AS place, lag(l.hash, 1,
        coalesce((SELECT p.hash FROM ledger p WHERE p.sequence = since), '')) OVER (ORDER BY l.sequence) AS before
        FROM ledger l WHERE l.sequence > since) e $$;

-- Has each result that was added an entry of its own, and an audit that is of who added it?
CREATE OR REPLACE FUNCTION are_recorded(since chain) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT coalesce(max(r.id), since.result) = since.result + count(*) AND count(DISTINCT l.sequence) = count(*)
    AND count(a.id) = count(*)
    FROM result r LEFT JOIN ledger l ON l.sequence = r.change AND l.sequence > since.change
        AND l.kind IN ('record', 'erase')
    LEFT JOIN audit a ON a.id = r.audit AND ((SELECT is_lead()) OR a.made_by = session_user)
    WHERE r.id > since.result $$;
CREATE OR REPLACE FUNCTION are_audited(since chain) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT coalesce(max(a.id), since.audit) = since.audit + count(*) AND count(r.id) = count(*)
    FROM audit a LEFT JOIN result r ON r.id = a.latest AND r.audit = a.id WHERE a.id > since.audit $$;
CREATE OR REPLACE FUNCTION are_entered(since chain) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT coalesce(max(d.id), since.document) = since.document + count(*)
    AND count(*) = (SELECT count(DISTINCT l.document) FROM ledger l
        WHERE l.sequence > since.change AND l.document > since.document)
    FROM document d WHERE d.id > since.document $$;
-- And has each change its entry?
CREATE OR REPLACE FUNCTION are_told(since chain) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT NOT EXISTS (SELECT 1 FROM part p WHERE p.change > since.change AND NOT EXISTS (SELECT 1 FROM ledger l
        WHERE l.sequence = p.change AND l.kind = 'part'))
    AND (NOT is_lead() OR coalesce(last_told() < coming, true))
    AND (coming > since.change + 1 OR NOT (SELECT f.moved FROM finished() f))
    FROM (SELECT coalesce(max(l.sequence), 0) + 1 AS coming FROM ledger l) n $$;

-- Then the next that is written begins anew, even in the same transaction.
CREATE OR REPLACE FUNCTION end_writing() RETURNS trigger LANGUAGE plpgsql DEFINER() AS $$
BEGIN
    PERFORM must_hold(is_chained(NEW.change), 'an entry of the ledger does not follow from those before it');
    PERFORM must_hold(are_recorded(NEW) AND are_audited(NEW) AND are_entered(NEW) AND are_told(NEW),
        'what was added is not told of by the ledger');
    UPDATE chain SET document = NULL, audit = NULL, result = NULL, change = NULL, moved = false
        WHERE authority = NEW.authority;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ending ON chain;
CREATE CONSTRAINT TRIGGER ending AFTER UPDATE ON chain DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.change IS NULL AND NEW.change IS NOT NULL) EXECUTE FUNCTION end_writing();
DO $$ BEGIN EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', current_schema); END $$;

-- The region's views show all authorities, and no return ids. They belong to a role of its own, whom
-- a policy lets see every row, for a region's reader alone; the transaction says which role that is.
-- name: pg_region
--: REGION = current_setting('caseaudit.region')
DO $do$ DECLARE name text; source text; self text := current_user; BEGIN
    FOR name IN SELECT c.relname FROM pg_class c WHERE TABLES() LOOP
        EXECUTE format('CREATE POLICY region ON %I FOR SELECT TO %I USING ((SELECT own_kind()) = ''region'')',
            name, REGION());
        EXECUTE format('GRANT SELECT ON %I TO %I', name, REGION());
    END LOOP;
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', current_schema, REGION());
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO %I', current_schema, REGION());
    FOR name IN SELECT c.relname FROM pg_class c WHERE c.relkind = 'v'
        AND c.relname NOT IN ('v_revision', 'v_attribute')
        AND c.relnamespace = CAST(current_schema AS regnamespace) LOOP
        source := rtrim(pg_get_viewdef(CAST(format('%I',
            CASE name WHEN 'v_result' THEN 'v_revision' ELSE name END) AS regclass)), ';');
        EXECUTE format('CREATE VIEW %I WITH (security_barrier) AS SELECT %s FROM (%s) v %s',
            replace(name, 'v_', 'region_'), columns_of(name, 'return_id'), source,
            CASE name WHEN 'v_result' THEN 'WHERE latest <> 0 AND withdrawn = 0' ELSE '' END);
        EXECUTE format('ALTER VIEW %I OWNER TO %I', replace(name, 'v_', 'region_'), REGION());
        EXECUTE format('SET LOCAL ROLE %I', REGION());
        EXECUTE format('GRANT SELECT ON %I TO %I WITH GRANT OPTION', replace(name, 'v_', 'region_'), self);
        EXECUTE format('SET LOCAL ROLE %I', self);
    END LOOP;
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM %I', current_schema, REGION());
END $do$;

-- What of all this is not there any more, or is not ours: a fault a row.
-- name: pg_unguarded
--: HERE = c.relnamespace = CAST(current_schema() AS regnamespace)
--: GUARDS = (VALUES ('ledger', 'guard'), ('ledger', 'beginning'), ('chain', 'ending'), ('tally', 'moving'), ('aside', 'moving'))
SELECT format('the rows of ''%s'' are not held to the policies that caseaudit makes', c.relname)
    FROM pg_class c WHERE TABLES() AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND 2 =
        (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname IN ('own', 'growing')))
UNION ALL SELECT format('the policy ''%s'' of ''%s'' is not one that caseaudit makes', p.polname, c.relname)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE HERE()
    AND p.polname NOT IN ('own', 'growing', 'region', 'mine_all', 'mine_insert', 'mine_select')
UNION ALL SELECT format('the trigger ''%s'' of ''%s'' is missing, or does not work', g.name, g.relation)
    FROM GUARDS() g(relation, name) WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE HERE() AND c.relname = g.relation AND t.tgname = g.name AND t.tgenabled IN ('O', 'A'))
UNION ALL SELECT format('the trigger ''%s'' of ''%s'' is not one that caseaudit makes', t.tgname, c.relname)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE HERE() AND NOT t.tgisinternal
    AND NOT EXISTS (SELECT 1 FROM GUARDS() g(relation, name) WHERE g.relation = c.relname AND g.name = t.tgname)
