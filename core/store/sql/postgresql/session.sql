-- What is asked of PostgreSQL alone.

-- Who connects, whether the policies do not hold for that role, whether it may make roles; and whose
-- the schema is, and are our tables in it.
-- name: pg_look_around
SELECT session_user,
    (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user),
    (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user),
    (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = $1),
    to_regclass($1 || '.schema_version') IS NOT NULL

-- name: pg_kind
SELECT own_kind() AS kind, own_authority() AS authority

-- name: pg_grant
SELECT grant_to($1, $2, $3)

-- name: pg_revoke
SELECT revoke_from($1)

-- name: pg_roles
SELECT role, authority, kind FROM access ORDER BY authority NULLS LAST, kind, role

-- name: pg_choose
SELECT set_config('caseaudit.authority', $1, true)

-- name: pg_version
SELECT version FROM schema_version

-- name: pg_size
SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bigint) FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace)

-- name: count_object
SELECT count(*) FROM pg_class
    WHERE relname = ? AND relnamespace = CAST(current_schema() AS regnamespace)

-- name: pg_authorities
SELECT authority FROM chain ORDER BY authority
