#!/bin/bash
# Brings what cross-building needs into target/release-tools: zig as the linker and C compiler (PyPI: ziglang and cargo-zigbuild),
# and, where rustup has no standard library for the target, Debian's rustc with that of its arm64 port.
#
#     scripts/release/tools.sh TARGET
. "$(dirname "$0")/common.sh"
target=${1:?a target, as of rustc --print target-list}

if ! [ -x "$tools/venv/bin/cargo-zigbuild" ]; then
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" install --quiet ziglang cargo-zigbuild
fi

has_std() { ls "$("$1" --print sysroot)/lib/rustlib/$target/lib/"libstd-*.rlib >/dev/null 2>&1; }
if has_std rustc || { command -v rustup >/dev/null && rustup target add "$target" >/dev/null 2>&1 && has_std rustc; }; then
    exit 0
fi

# No standard library to be had from rustup: Debian's compiler, unpacked into a folder, with the library of the other
# architecture beside its own. Nothing is installed.
root=$tools/debian
if ! [ -x "$root/rustc" ]; then
    unpack_debian "$root" "$(dpkg --print-architecture)" rustc-web libstd-rust-web-dev libstd-rust-web-1.96 libllvm22
    unpack_debian "$root" "$(deb_arch "$target")" libstd-rust-web-dev
    libs=$(dirname "$(find "$root/usr/lib" -name 'libLLVM.so.*' | head -1)")
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$libs" "$root/usr/bin/rustc" >"$root/rustc"
    chmod +x "$root/rustc"
fi
has_std "$root/rustc" || die "no standard library for $target"
