#!/bin/bash
# Runs the Windows program under wine: reads a page, keeps it, subscribes to a file's feed, lists, searches, puts the library into
# one file and back. Ends with 1 where one of these fails.
#
#     scripts/under_wine.sh gisa.exe
set -euo pipefail
program=$(realpath "${1:?the program}")
work=$(mktemp -d)
export WINEPREFIX=$work/prefix WINEDEBUG=-all
# Its own server, which ends with it.
trap 'wineserver -k >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
cd "$work"
wineboot --init >/dev/null 2>&1 || true
# Wine before 9 lacks the library from which Rust's standard library takes random numbers: one function, made here.
system=$WINEPREFIX/drive_c/windows/system32
if [ ! -e "$system/bcryptprimitives.dll" ]; then
    cat >prng.c <<'SOURCE'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE out, SIZE_T length) { return SystemFunction036(out, (ULONG)length); }
SOURCE
    x86_64-w64-mingw32-gcc -shared -o "$system/bcryptprimitives.dll" prng.c -ladvapi32
    export WINEDLLOVERRIDES=bcryptprimitives=n
fi

cat >page.html <<'PAGE'
<html lang="ko"><head><meta charset="utf-8"><title>부두에 새 등대가 섰다</title></head><body><article>
<h1>부두에 새 등대가 섰다</h1>
<p>강나루항 부두에 높이 십 미터의 등대가 섰다고 항만 사무소가 월요일에 밝혔다.</p>
<p>등대는 전기를 햇빛으로 얻으며, 안개가 끼면 소리로도 자리를 알린다고 사무소는 덧붙였다.</p>
</article></body></html>
PAGE
cat >feed.xml <<'FEED'
<rss version="2.0"><channel><title>견본일보</title><link>https://paper.example/</link>
<item><title>다리를 다시 놓는다</title><link>https://paper.example/1</link><description>마을 앞 다리를 다시 놓는다.</description></item>
</channel></rss>
FEED
cat >config.toml <<'SETTINGS'
[sources."견본"]
file = "feed.xml"
SETTINGS

gisa() { wine "$program" --config config.toml --data-dir data --lang en "$@" 2>>errors | tr -d '\r'; }
expect() {
    local wanted=$1
    shift
    local said
    said=$(gisa "$@") || { echo "gisa $*: failed"; cat errors; exit 1; }
    grep -qF -- "$wanted" <<<"$said" || { echo "gisa $*: no \"$wanted\" in: $said"; cat errors; exit 1; }
    echo "gisa $*"
}
expect "gisa " --version
expect "등대가 섰다" read page.html
expect "항만 사무소" extract page.html --format json
expect "등대" short page.html
gisa scrap page.html >/dev/null
expect "등대가 섰다" scraps
gisa refresh >/dev/null
expect "다리를 다시 놓는다" list
expect "다리를 다시 놓는다" search 다리
expect 1 list --count
gisa backup whole.db >/dev/null
[ -s whole.db ]
rm -r data
gisa restore whole.db >/dev/null
expect "등대가 섰다" scraps
expect "다리를 다시 놓는다" list unread
expect "integrity: good" doctor
echo "under wine: all well"
