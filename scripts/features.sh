#!/bin/bash
# Builds and checks the program with all its features, with none, and with each one left out: lints without a warning, and the
# tests. Prints the size of the largest and the smallest program where --sizes is given.
#
#     scripts/features.sh [--lint-only] [--sizes] [LEFT_OUT…]      LEFT_OUT: nothing, all, or a feature; without one, each of these
set -euo pipefail
cd "$(dirname "$0")/.."

features=(llm pictures print speech sync)
tests=1 sizes=0 chosen=()
for argument in "$@"; do
    case $argument in
        --lint-only) tests=0 ;;
        --sizes) sizes=1 ;;
        *)
            [[ " nothing all ${features[*]} " == *" $argument "* ]] ||
                { echo "usage: scripts/features.sh [--lint-only] [--sizes] [nothing|all|FEATURE]…" >&2; exit 2; }
            chosen+=("$argument")
            ;;
    esac
done
[ ${#chosen[@]} -gt 0 ] || chosen=(nothing all "${features[@]}")

# What stays where this is left out: a feature, "all" or "nothing".
without() {
    local kept=()
    for feature in "${features[@]}"; do
        [ "$1" = all ] || [ "$1" = "$feature" ] || kept+=("$feature")
    done
    (IFS=,; echo "${kept[*]-}")
}

for off in "${chosen[@]}"; do
    flags=(--locked --no-default-features --features "$(without "$off")")
    echo "== without $off"
    # Not the tests: what they share is not all used where the tests of a feature are left out.
    cargo clippy --quiet --lib --bins "${flags[@]}" -- -D warnings
    if [ $tests = 1 ]; then
        cargo test --quiet "${flags[@]}"
    fi
done

if [ $sizes = 1 ]; then
    for off in nothing all; do
        cargo build --quiet --release --no-default-features --features "$(without "$off")" --locked
        echo "without $off: $(stat -c %s "${CARGO_TARGET_DIR:-target}/release/gisa") bytes"
    done
fi
