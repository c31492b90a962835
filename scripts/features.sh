#!/bin/bash
# Builds and checks the program with all its features, with none, and with each one left out: lints without a warning, and the
# tests. Prints the size of the smallest program where --sizes is given.
#
#     scripts/features.sh [--lint-only] [--sizes]
set -euo pipefail
cd "$(dirname "$0")/.."

features=(llm pictures print speech sync)
tests=1 sizes=0
for argument in "$@"; do
    case $argument in
        --lint-only) tests=0 ;;
        --sizes) sizes=1 ;;
        *) echo "usage: scripts/features.sh [--lint-only] [--sizes]" >&2; exit 2 ;;
    esac
done

# Every feature but the one named; "none" leaves all out, "" none.
without() {
    local kept=()
    for feature in "${features[@]}"; do
        [ "$1" = none ] || [ "$1" = "$feature" ] || kept+=("$feature")
    done
    (IFS=,; echo "${kept[*]-}")
}

for off in "" none "${features[@]}"; do
    flags=(--locked --no-default-features --features "$(without "$off")")
    echo "== without ${off:-anything}"
    # Not the tests: what they share is not all used where the tests of a feature are left out.
    cargo clippy --quiet --lib --bins "${flags[@]}" -- -D warnings
    if [ $tests = 1 ]; then
        cargo test --quiet "${flags[@]}"
    fi
done

if [ $sizes = 1 ]; then
    for off in "" none; do
        cargo build --quiet --release --no-default-features --features "$(without "$off")" --locked
        echo "without ${off:-anything}: $(stat -c %s "${CARGO_TARGET_DIR:-target}/release/gisa") bytes"
    done
fi
