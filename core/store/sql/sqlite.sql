-- What is asked of SQLite alone.

-- name: user_version
SELECT user_version FROM pragma_user_version()

-- name: page_count
SELECT page_count FROM pragma_page_count()

-- name: page_size
SELECT page_size FROM pragma_page_size()

-- name: application_id
SELECT application_id FROM pragma_application_id()

-- name: objects
SELECT type, name, sql FROM main.sqlite_schema

-- name: count_object
SELECT count(*) FROM main.sqlite_schema WHERE name = ?
