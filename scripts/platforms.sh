#!/bin/bash
# Checks the program for macOS and Windows from Linux: all of it compiles without a warning, tests and benches too. With mingw-w64 the Windows
# program is also linked, and with wine (apt install wine wine64) it is run. Says at the end what it skipped, and why.
#
#     scripts/platforms.sh [--program-only]      without the tests' sources
#
# Needs the targets (rustup target add x86_64-pc-windows-gnu aarch64-apple-darwin) and a C compiler for SQLite and BLAKE3: zig
# (pip install ziglang, in $GISA_ZIG_PYTHON or python3) for macOS, and zig or mingw-w64 for Windows.
set -euo pipefail
cd "$(dirname "$0")/.."

what=(--lib --bins)
[ "${1-}" = --program-only ] || what=(--all-targets)
python=${GISA_ZIG_PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skipped=()
skip() { skipped+=("$1"); }

# A C compiler for a target of zig's, which spells targets otherwise than the cc crate that calls it.
zig_compiler() {
    cat >"$work/cc-$1" <<COMPILER
#!/bin/bash
kept=()
for argument in "\$@"; do
    case \$argument in --target=* | -m64 | -arch | arm64 | -mmacosx-version-min=*) ;; *) kept+=("\$argument") ;; esac
done
exec $python -m ziglang cc -target $1 "\${kept[@]}"
COMPILER
    printf '#!/bin/sh\nexec %s -m ziglang ar "$@"\n' "$python" >"$work/ar"
    chmod +x "$work/cc-$1" "$work/ar"
}
has_zig() { "$python" -m ziglang version >/dev/null 2>&1; }
has_target() { ls "$(rustc --print sysroot)/lib/rustlib/$1/lib/"libstd-*.rlib >/dev/null 2>&1; }
check() { RUSTFLAGS="-D warnings" cargo check --quiet --locked "${what[@]}" --target "$1"; }

mac=aarch64-apple-darwin
if ! has_target $mac; then
    skip "macOS: rustup target add $mac"
elif ! has_zig; then
    skip "macOS: no C compiler for it (pip install ziglang)"
else
    echo "== macOS: ${what[*]}"
    zig_compiler aarch64-macos
    CC_aarch64_apple_darwin="$work/cc-aarch64-macos" AR_aarch64_apple_darwin="$work/ar" check $mac
    skip "macOS: linking and running, which need its SDK and a Mac"
fi

windows=x86_64-pc-windows-gnu
mingw=$(command -v x86_64-w64-mingw32-gcc || true)
if ! has_target $windows; then
    skip "Windows: rustup target add $windows"
elif [ -z "$mingw" ] && ! has_zig; then
    skip "Windows: no C compiler for it (apt install gcc-mingw-w64-x86-64, or pip install ziglang)"
else
    echo "== Windows: ${what[*]}"
    if [ -z "$mingw" ]; then
        zig_compiler x86_64-windows-gnu
        export CC_x86_64_pc_windows_gnu="$work/cc-x86_64-windows-gnu" AR_x86_64_pc_windows_gnu="$work/ar"
    fi
    check $windows
    if [ -z "$mingw" ]; then
        skip "Windows: linking (apt install gcc-mingw-w64-x86-64)"
    else
        echo "== Windows: linking"
        cargo build --quiet --locked --bin gisa --target $windows
        if ! command -v wine >/dev/null; then
            skip "Windows: running (apt install wine wine64)"
        else
            echo "== Windows: running under wine"
            scripts/under_wine.sh "${CARGO_TARGET_DIR:-target}/$windows/debug/gisa.exe"
        fi
    fi
fi

echo "skipped:"
for reason in "${skipped[@]-nothing}"; do
    echo "  $reason"
done
