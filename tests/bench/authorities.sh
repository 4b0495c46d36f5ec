#!/usr/bin/env bash
# A store of fourteen authorities and ten years: authorities.sh SIZE... (authorities.py says what is
# measured). Sizes are audits in all, ascending: 14000 and 28000 unless others are named.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
needs psql
needs_python
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
cluster_in_temporary -c autovacuum=off
trap stop_cluster EXIT
[ $# -gt 0 ] || set -- 14000 28000
"$python" -B "$srcdir/tests/bench/authorities.py" "$cluster_folder" "postgresql://keeper@/postgres?$cluster" \
    "$srcdir/samples/templates/permanency-file.xml" "$srcdir/samples/returns/permanency-2023-24-q2" \
    "$(head -n 1 "$cluster_folder/data/postmaster.pid")" "$@"
