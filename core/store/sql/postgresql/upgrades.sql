-- The way from earlier versions of the tables: what they have besides now. Each stands there once,
-- however often it is asked for, and roles are granted again what theirs may do.

-- name: pg_upgrade
ALTER TABLE erasure ADD COLUMN IF NOT EXISTS first_document bytea,
    ADD COLUMN IF NOT EXISTS counted_document bytea;

-- name: pg_upgraded
-- Whose ledgers there are, the owner sees for once.
ALTER TABLE ledger NO FORCE ROW LEVEL SECURITY;
INSERT INTO chain SELECT DISTINCT authority FROM ledger ON CONFLICT DO NOTHING;
ALTER TABLE ledger FORCE ROW LEVEL SECURITY;
DROP FUNCTION IF EXISTS is_new_result(bigint), last_finished();
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT a.* FROM access a JOIN pg_roles r ON r.rolname = a.role LOOP
        PERFORM grant_to(one.role, one.authority, one.kind);
    END LOOP;
END $$;
