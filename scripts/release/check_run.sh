#!/bin/bash
# Unpacks a tarball and runs the program that is in it: a text is read and summarised, a library is made.
# A program for another machine runs under qemu-user (Debian's qemu-user-static), with that machine's C library from Debian.
#
#     scripts/release/check_run.sh TARGET
. "$(dirname "$0")/common.sh"
target=${1:?a target}
arch=$(deb_arch "$target")
name=gisa-$version-$target
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -C "$folder" -xzf "$dist/$name.tar.gz"
run=("$folder/$name/bin/gisa") how=$(uname -m)
if [ "$arch" != "$(dpkg --print-architecture)" ]; then
    emulator=qemu-${target%%-*}-static
    command -v "$emulator" >/dev/null || as_root apt-get install -y -qq --no-install-recommends qemu-user-static >/dev/null
    [ -d "$tools/root-$arch/usr" ] || unpack_debian "$tools/root-$arch" "$arch" libc6 libgcc-s1
    run=("$emulator" -L "$tools/root-$arch" "${run[@]}") how=$emulator
fi
gisa() { HOME=$folder XDG_CONFIG_HOME= XDG_DATA_HOME= XDG_CACHE_HOME= LANG=C.UTF-8 "${run[@]}" --offline --lang en "$@"; }

[ "$(gisa --version)" = "gisa $version" ] || die "it does not run"
printf 'A first headline\n\nA paragraph of a text that is long enough to be one. It has two sentences.\n' >"$folder/a.txt"
gisa extract "$folder/a.txt" | grep 'two sentences' >/dev/null || die "it does not read"
gisa short "$folder/a.txt" >/dev/null || die "it does not summarise"
gisa doctor | grep 'features:' >/dev/null || die "doctor does not run"
gisa list >/dev/null || die "it makes no library"
echo "$dist/$name.tar.gz: unpacked and run by $how"
