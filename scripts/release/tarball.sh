#!/bin/bash
# Packs a built program with its pages into target/dist/gisa-VERSION-TARGET.tar.gz. Two runs on one commit make the same file.
#
#     scripts/release/tarball.sh TARGET [RUNS]
. "$(dirname "$0")/common.sh"
target=${1:?a target} runs=${2:-$dist/gisa-x86_64-unknown-linux-gnu}
name=gisa-$version-$target
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
scripts/release/stage.sh "$dist/gisa-$target" "$stage/$name" "$runs"
date=$(git log -1 --format=%cI 2>/dev/null || date -Iseconds)
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -cf - "$name" | gzip -9n >"$dist/$name.tar.gz"
echo "$dist/$name.tar.gz: $(stat -c %s "$dist/$name.tar.gz") bytes"
