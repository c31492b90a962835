#!/bin/bash
# Starts a Miniflux of its own for the sync tests, with PostgreSQL and a folder of feeds beside it, all on this machine, and
# prints what the tests read from the environment. `stop` ends what it started.
#
#   eval "$(tests/servers/miniflux.sh start DIR)"; cargo test --test it sync; tests/servers/miniflux.sh stop DIR
#
# It needs PostgreSQL 15 or later, python3 (serves the feeds), and Miniflux: in PATH or MINIFLUX_BIN, else Debian 13's package
# is fetched with apt into DIR, where that can be had. It exits with 1 and a word on standard error where something is missing.
set -euo pipefail

say() { echo "$1" >&2; exit 1; }
action=${1:-}; dir=${2:-}
[ -n "$dir" ] || say "usage: $0 start|stop DIR"

stop() {
    for name in miniflux feeds; do
        [ -f "$dir/$name.pid" ] && kill "$(cat "$dir/$name.pid")" 2>/dev/null
        rm -f "$dir/$name.pid"
    done
    [ -d "$dir/pg/data" ] && as_postgres "$pg_bin/pg_ctl -D $dir/pg/data -m immediate stop" >/dev/null 2>&1
    return 0
}

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$1"; else bash -c "$1"; fi; }

pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1) || true
[ -n "$pg_bin" ] || say "no PostgreSQL"

if [ "$action" = stop ]; then stop; exit 0; fi
[ "$action" = start ] || say "usage: $0 start|stop DIR"

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
command -v python3 >/dev/null || say "no python3"
mkdir -p "$dir"; dir=$(cd "$dir" && pwd); chmod 755 "$dir"

miniflux=${MINIFLUX_BIN:-$(command -v miniflux || true)}
if [ -z "$miniflux" ]; then
    # A list of packages of its own: the machine's stays as it is.
    apt="$dir/apt"; mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    printf 'Types: deb\nURIs: http://deb.debian.org/debian\nSuites: trixie\nComponents: main\nSigned-By: %s\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg > "$apt/trixie.sources"
    options=(-o "Dir::Etc::SourceList=$apt/trixie.sources" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$apt/lists"
        -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
    command -v apt-get >/dev/null || say "no Miniflux, and no apt to fetch it with"
    (cd "$apt" && apt-get "${options[@]}" update -qq && apt-get "${options[@]}" download -qq miniflux) >/dev/null 2>&1 \
        || say "no Miniflux, and Debian's package can't be fetched"
    dpkg -x "$apt"/miniflux_*.deb "$dir/miniflux"
    miniflux="$dir/miniflux/usr/bin/miniflux"
fi

feeds=$(port); database=$(port); server=$(port)
mkdir -p "$dir/feeds"
python3 -m http.server "$feeds" --bind 127.0.0.1 --directory "$dir/feeds" >/dev/null 2>&1 & echo $! > "$dir/feeds.pid"

mkdir -p "$dir/pg"
[ "$(id -u)" = 0 ] && chown postgres "$dir/pg"
as_postgres "$pg_bin/initdb -D $dir/pg/data -A trust -U postgres -E UTF8 --locale=C.UTF-8" >/dev/null
as_postgres "$pg_bin/pg_ctl -D $dir/pg/data -w -l $dir/pg/log -o '-c listen_addresses=127.0.0.1 -p $database \
    -c unix_socket_directories=$dir/pg -c fsync=off' start" >/dev/null
"$pg_bin/createdb" -h 127.0.0.1 -p "$database" -U postgres miniflux

DATABASE_URL="postgres://postgres@127.0.0.1:$database/miniflux?sslmode=disable" RUN_MIGRATIONS=1 CREATE_ADMIN=1 \
    ADMIN_USERNAME=gisa ADMIN_PASSWORD=adminpass1 LISTEN_ADDR="127.0.0.1:$server" BASE_URL="http://127.0.0.1:$server" \
    POLLING_FREQUENCY=1440 "$miniflux" > "$dir/miniflux.log" 2>&1 & echo $! > "$dir/miniflux.pid"

for _ in $(seq 100); do
    if python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$server/healthcheck')" 2>/dev/null; then
        echo "export GISA_TEST_MINIFLUX=http://gisa:adminpass1@127.0.0.1:$server GISA_TEST_FEEDS=$dir/feeds=http://127.0.0.1:$feeds"
        exit 0
    fi
    sleep 0.2
done
stop
say "Miniflux did not answer; see $dir/miniflux.log"
