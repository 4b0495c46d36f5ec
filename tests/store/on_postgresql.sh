#!/usr/bin/env bash
# The tests of the store in SQLite, run upon PostgreSQL: each file of theirs is a schema of one
# server there (tests/support/on_postgresql). What is a file's own (bytes, modes, the head beside it)
# has no meaning there, and is left out.
. "$srcdir/tests/support/needs.sh"
. "$srcdir/tests/support/cluster.sh"
needs psql
[ -e .libs/libcaseaudit-postgresql.so ] || lacks "this build has no PostgreSQL (libpq)"
cluster_in_temporary -c max_locks_per_transaction=1024
export CA_CLUSTER=$cluster_folder CA_PROGRAM=$CASEAUDIT CASEAUDIT=$srcdir/tests/support/on_postgresql CA_STORE_KIND=postgresql
tests=store/identity
[ "${CA_DEEP:-}" != yes ] || tests+=' store/record store/counted-twice store/erase store/figures store/following store/many store/tamper store/time cli/summary cli/sample cli/allocate cli/inspections'
tests=${CA_TESTS:-$tests}
failures=0
for test in $tests; do
    bash "$srcdir/tests/$test.sh" >"$cluster_folder/told" 2>&1
    case $? in
    0) echo "passed: $test" ;;
    77) echo "skipped: $test: $(tail -n 1 "$cluster_folder/told")" ;;
    *)
        echo "FAILED on PostgreSQL: $test" >&2
        cat "$cluster_folder/told" >&2
        failures=$((failures + 1))
        ;;
    esac
done
[ "$failures" -eq 0 ]
