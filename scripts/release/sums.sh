#!/bin/bash
# Writes target/dist/SHA256SUMS over all that is handed out.
. "$(dirname "$0")/common.sh"
cd "$dist"
find . -maxdepth 1 -type f ! -name SHA256SUMS ! -name 'gisa-*-linux-gnu' -printf '%P\n' | sort | xargs -d '\n' sha256sum >SHA256SUMS
sha256sum --quiet -c SHA256SUMS
cat SHA256SUMS
