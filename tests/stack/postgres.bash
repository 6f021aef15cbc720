# SPDX-License-Identifier: GPL-3.0-or-later
#
# Part of tests/stack/stack: a private PostgreSQL cluster. When this runs as root, PostgreSQL, which refuses root, runs
# as the user "postgres"; its files then move to a directory under /tmp if that user cannot reach ours.
#
# shellcheck shell=bash disable=SC2154 # state, say and fail are the stack's

postgres_user() {
    ((EUID == 0)) || return 0
    id -u postgres >/dev/null 2>&1 || fail "There is no user \"postgres\"; install the package postgresql."
    printf postgres
}

# as_postgres COMMAND…: through exec, so that the pid stays the same.
as_postgres() {
    if ((EUID == 0)); then
        setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
    else
        "$@"
    fi
}

newest_postgres() {
    local directory
    directory=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    [[ -x $directory/postgres ]] || fail "PostgreSQL's server is missing; install the package postgresql (./dev does)."
    printf '%s' "$directory"
}

postgres_answers() {
    PGPASSWORD=$(<"$state/password") PGCONNECT_TIMEOUT=2 \
        psql -XqAt -h 127.0.0.1 -p "$(<"$state/postgres.port")" -U "${1:-catalog}" -d "${2:-catalog}" -c 'SELECT 1'
}

create_cluster() {
    local bin=$1 user data
    user=$(postgres_user)
    mkdir -p "$state/postgres"
    data=$state/postgres
    if [[ -n $user ]] && ! as_postgres test -x "$state" 2>/dev/null; then
        rmdir "$state/postgres"
        data=$(mktemp -d /tmp/catalog-postgres.XXXXXX)
    fi
    printf '%s' "$data" >"$state/postgres.directory"
    [[ -z $user ]] || chown "$user" "$data"
    chmod 700 "$data"
    as_postgres tee "$data/password" <"$state/password" >/dev/null
    (cd / && as_postgres "$bin/initdb" --pgdata="$data/data" --username=postgres \
        --pwfile="$data/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
        --no-sync --no-instructions) >>"$state/postgres.log" 2>&1 ||
        give_up postgres "initdb failed"
    rm -f "$data/password"
    as_postgres tee -a "$data/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $(<"$state/postgres.port")
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
fsync = ${CATALOG_STACK_FSYNC:-off}
max_wal_size = 2GB
timezone = 'UTC'
lc_messages = 'C'
logging_collector = off
CONF
}

start_postgres() {
    local bin data new=
    bin=$(newest_postgres)
    pid_of postgres >/dev/null && return
    if [[ ! -f $state/postgres.directory ]]; then
        free_port >"$state/postgres.port"
        create_cluster "$bin"
        new=yes
    fi
    data=$(<"$state/postgres.directory")
    # A killed server leaves its lock file, and takes a dead process that nobody has reaped yet for itself.
    if [[ -f $data/data/postmaster.pid ]] && ! start_time "$(head -n 1 "$data/data/postmaster.pid")" >/dev/null; then
        rm -f "$data/data/postmaster.pid"
    fi
    if ((EUID == 0)); then
        launch postgres setpriv --reuid=postgres --regid=postgres --init-groups -- "$bin/postgres" -D "$data/data"
    else
        launch postgres "$bin/postgres" -D "$data/data"
    fi
    if [[ -n $new ]]; then
        await postgres 180 postgres_answers postgres postgres
        # CREATEDB lets a test make a database of its own, and the other right drop it while autovacuum is at work
        # there.
        PGPASSWORD=$(<"$state/password") psql -XqAt -v ON_ERROR_STOP=1 -h 127.0.0.1 \
            -p "$(<"$state/postgres.port")" -U postgres -d postgres >>"$state/postgres.log" 2>&1 <<SQL ||
CREATE ROLE catalog LOGIN CREATEDB PASSWORD '$(<"$state/password")';
GRANT pg_signal_backend TO catalog;
CREATE DATABASE catalog OWNER catalog;
SQL
            give_up postgres "The database could not be created"
    fi
    await postgres 180 postgres_answers
}
