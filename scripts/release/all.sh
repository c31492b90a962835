#!/bin/bash
# Makes a release, on this machine, into target/dist: the packed crate, programs, tarballs and Debian packages for two machines, the
# PKGBUILD, the formula, the bill of materials, and the checksums. Publishes nothing.
. "$(dirname "$0")/common.sh"
rm -f "$dist"/*

cargo package --locked --no-verify --target-dir "$tools/package"
cp "$tools/package/package/gisa-$version.crate" "$dist/"
for target in "${targets[@]}"; do
    scripts/release/build.sh "$target"
    scripts/release/tarball.sh "$target"
    scripts/release/check_run.sh "$target"
    scripts/release/deb.sh "$target"
done
scripts/release/check_deb.sh
scripts/release/templates.py "$dist/gisa-$version.crate" "$dist"
scripts/sbom.py >"$dist/gisa-$version.cdx.json"
scripts/release/sums.sh
