#!/bin/bash
# Builds the program for a target with zig, so that it starts on an old glibc, and checks that it asks for no newer one.
#
#     scripts/release/build.sh TARGET      leaves target/dist/gisa-TARGET
. "$(dirname "$0")/common.sh"
target=${1:?a target, as of rustc --print target-list}

scripts/release/tools.sh "$target"
export PATH=$tools/venv/bin:$PATH
if ! ls "$(rustc --print sysroot)/lib/rustlib/$target/lib/"libstd-*.rlib >/dev/null 2>&1; then
    export RUSTC=$tools/debian/rustc
fi
export RUSTC_WORKSPACE_WRAPPER=$PWD/scripts/release/rustc.sh
# Messages of panics name files without the folders of this machine, which take 0.04 MB.
flags=()
for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do flags+=("--remap-path-prefix=${folder%/}="); done
export CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}")
# No panic passes through C: its tables for that are 0.03 MB.
export CFLAGS="${CFLAGS:-} -fno-asynchronous-unwind-tables"
cargo zigbuild --locked --release --bin gisa --target "$target.$glibc" --target-dir "$tools/build"
cp "$tools/build/$target/release/gisa" "$dist/gisa-$target"

# What it asks of the C library, from the names of its symbols' versions.
newest=$(strings -a "$dist/gisa-$target" | grep -oE '^GLIBC_[0-9.]+$' | sed 's/GLIBC_//' | sort -V | tail -1)
[ "$(printf '%s\n' "$glibc" "$newest" | sort -V | tail -1)" = "$glibc" ] || die "asks for glibc $newest"
echo "$dist/gisa-$target: $(stat -c %s "$dist/gisa-$target") bytes, glibc $newest or newer"
