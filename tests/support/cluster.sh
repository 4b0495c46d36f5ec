# For scripts that want a PostgreSQL server of their own: one in a temporary folder, that only this
# test reaches, by a socket in that folder, and that is stopped whatever happens.

# start_cluster FOLDER [SETTING...]: makes and starts one; $cluster is then what URIs of stores
# there end with. The server refuses to be root's, and is another user's then.
start_cluster() {
    cluster_folder=$1
    cluster_settings=${*:2}
    cluster_bin=$(for folder in $(pg_config --bindir 2> /dev/null) /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && echo "$folder"
    done | tail -1)
    [ -n "$cluster_bin" ] || lacks "PostgreSQL's server (initdb) is missing"
    mkdir -p "$cluster_folder"
    as_owner=()
    if [ "$(id -u)" -eq 0 ]; then
        id postgres > /dev/null 2>&1 || lacks "there is no user 'postgres' to run the server as"
        chown postgres "$cluster_folder"
        as_owner=(runuser -u postgres --)
    fi
    trap stop_cluster EXIT
    trap 'exit 1' HUP INT TERM
    (cd "$cluster_folder" &&
        "${as_owner[@]}" "$cluster_bin/initdb" -D "$cluster_folder/data" -U keeper -A trust -E UTF8 \
            --locale=C --no-sync > "$cluster_folder/log" 2>&1) &&
        run_cluster ||
        { cat "$cluster_folder/log" "$cluster_folder/data/log" >&2; lacks "the server did not start"; }
    cluster="host=$cluster_folder"
}

# run_cluster: starts the server, once more after it was stopped or killed. What it has written
# need not outlast the machine.
run_cluster() {
    (cd "$cluster_folder" &&
        "${as_owner[@]}" "$cluster_bin/pg_ctl" -D "$cluster_folder/data" -w -t 600 -s -l "$cluster_folder/data/log" \
            -o "-c listen_addresses= -k '$cluster_folder' -c fsync=off -c shared_buffers=32MB $cluster_settings" start)
}

# A folder of a test may lie where another user may not go, so the server has one of its own.
cluster_in_temporary() {
    cluster_folder=$(mktemp -d "${TMPDIR:-/tmp}/caseaudit-pg.XXXXXX")
    chmod 755 "$cluster_folder"
    start_cluster "$cluster_folder" "$@"
}

stop_cluster() {
    [ ! -e "$cluster_folder/data/postmaster.pid" ] ||
        (cd / && "${as_owner[@]}" "$cluster_bin/pg_ctl" -D "$cluster_folder/data" -m immediate -s stop)
    rm -rf "$cluster_folder"
}

# sql DATABASE STATEMENT: as the keeper, who may do anything
sql() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$cluster_folder" -U keeper -d "$1" -c "$2"
}
