#!/bin/bash
# What takes too long for every change: run it at night, or before a release. Each line names what it proves; all are run, and the
# exit code is 1 where one failed.
#
#     scripts/nightly.sh [NUMBER…]      only these lines
cd "$(dirname "$0")/.." || exit 2

lines=(
    "scripts/features.sh --sizes"                                      # 1 each feature left out passes all tests; sizes
    "scripts/package.sh"                                               # 2 all tests pass from the packed crate
    "scripts/release/all.sh"                                           # 3 a release is made, installed and removed
    "env GISA_SYNC_RUNS=1000 cargo test --locked --test it sync::model" # 4 two readers and a server at random
    "env GISA_KILLS=40 cargo test --locked --test it kills"            # 5 killed at more moments
    "cargo bench --locked --bench wrap"                                # 6 the ratios of the README
    "scripts/platforms.sh"                                             # 7 compiles for macOS and Windows, runs under wine
)
failed=0
for index in "${!lines[@]}"; do
    number=$((index + 1))
    [ $# = 0 ] || [[ " $* " == *" $number "* ]] || continue
    echo "== $number: ${lines[$index]}"
    ${lines[$index]} || { echo "== $number failed"; failed=1; }
done
exit $failed
