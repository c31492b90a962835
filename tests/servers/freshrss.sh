#!/bin/bash
# Starts a FreshRSS of its own for the sync tests, with SQLite and a folder of feeds beside it, all on this machine, and prints
# what the tests read from the environment. `stop` ends what it started.
#
#   eval "$(tests/servers/freshrss.sh start DIR SOURCE)"; cargo test --test it sync; tests/servers/freshrss.sh stop DIR
#
# SOURCE is a folder with FreshRSS, as its project hands it out; it is copied. It needs PHP 8.1 or later with the modules
# curl, gmp, intl, mbstring, sqlite3, xml and zip (Debian: php-cli php-curl php-gmp php-intl php-mbstring php-sqlite3 php-xml
# php-zip), and python3 (serves the feeds). It exits with 1 and a word on standard error where something is missing.
set -euo pipefail

say() { echo "$1" >&2; exit 1; }
action=${1:-}; dir=${2:-}; source=${3:-${FRESHRSS_SOURCE:-}}
[ -n "$dir" ] || say "usage: $0 start|stop DIR [SOURCE]"

stop() {
    for name in freshrss feeds; do
        # The server under PHP has workers of its own.
        [ -f "$dir/$name.pid" ] && kill -- "-$(cat "$dir/$name.pid")" 2>/dev/null
        rm -f "$dir/$name.pid"
    done
    return 0
}

if [ "$action" = stop ]; then stop; exit 0; fi
[ "$action" = start ] || say "usage: $0 start|stop DIR [SOURCE]"
[ -d "$source/p/api" ] || say "no FreshRSS; name the folder of its source"
command -v php >/dev/null || say "no php"
command -v python3 >/dev/null || say "no python3"
modules=$(php -m)
for module in curl gmp intl mbstring sqlite3 xml zip; do
    grep -qix "$module" <<< "$modules" || say "php has no $module"
done

port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
mkdir -p "$dir/feeds" "$dir/freshrss"; dir=$(cd "$dir" && pwd)
cp -r "$source/." "$dir/freshrss"
feeds=$(port); server=$(port)

# Each in a process group of its own, which `stop` ends.
set -m
python3 -m http.server "$feeds" --bind 127.0.0.1 --directory "$dir/feeds" >/dev/null 2>&1 & echo $! > "$dir/feeds.pid"
cd "$dir/freshrss"
{
    php cli/prepare.php
    php cli/do-install.php --default-user gisa --auth-type form --environment production --base-url "http://127.0.0.1:$server" \
        --language en --title FreshRSS --api-enabled --db-type sqlite
    php cli/create-user.php --user gisa --password weblogin1 --api-password apipass1 --language en
} > "$dir/install.log" 2>&1 || { stop; say "FreshRSS could not be installed; see $dir/install.log"; }
PHP_CLI_SERVER_WORKERS=3 php -S "127.0.0.1:$server" -t p > "$dir/freshrss.log" 2>&1 & echo $! > "$dir/freshrss.pid"

for _ in $(seq 50); do
    if python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$server/api/greader.php')" 2>/dev/null; then
        echo "export GISA_TEST_FRESHRSS=http://gisa:apipass1@127.0.0.1:$server GISA_TEST_FEEDS=$dir/feeds=http://127.0.0.1:$feeds"
        exit 0
    fi
    sleep 0.2
done
stop
say "FreshRSS did not answer; see $dir/freshrss.log"
