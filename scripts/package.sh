#!/bin/bash
# Proves the packed crate: it is packed without a warning, no file is in it that is not of the repository, and it builds, passes its
# tests and installs from there, with nothing of the repository beside it. Says how large it is.
#
#     scripts/package.sh [--no-tests]
. "$(dirname "$0")/release/common.sh"
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
told=$(cargo package --locked --no-verify --target-dir "$tools/package" 2>&1) || die "$told"
if grep -q '^warning' <<<"$told"; then die "$told"; fi
crate=$tools/package/package/gisa-$version.crate
echo "$crate: $(stat -c %s "$crate") bytes packed, $(tar tzf "$crate" | wc -l) files"
[ "$(stat -c %s "$crate")" -le $((10 << 20)) ] || die "crates of more than 10 MB are not taken"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Cargo packs every file with one fixed time, by which it would take an earlier build for this one's: -m gives them today's.
tar xzmf "$crate" -C "$folder"
cd "$folder/gisa-$version"
# Built where the repository's own builds are, so that dependencies are not built again.
export CARGO_TARGET_DIR=$target
if [ "${1-}" != --no-tests ]; then
    INSTA_UPDATE=no cargo test --locked
fi
cargo install --locked --debug --path . --root "$folder/root"
test "$("$folder/root/bin/gisa" --version)" = "gisa $version"
echo "packed, unpacked, tested, installed: gisa $version"
