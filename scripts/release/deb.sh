#!/bin/bash
# Makes target/dist/gisa_VERSION_ARCH.deb of a built program, with dpkg-deb alone.
#
#     scripts/release/deb.sh TARGET [RUNS]
. "$(dirname "$0")/common.sh"
target=${1:?a target} runs=${2:-$dist/gisa-x86_64-unknown-linux-gnu}
arch=$(deb_arch "$target")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage"
scripts/release/stage.sh "$dist/gisa-$target" "$stage/usr" "$runs"

# Where Debian has them elsewhere: its zsh completions, and the licences as one file.
mkdir -p "$stage/usr/share/zsh/vendor-completions"
mv "$stage/usr/share/zsh/site-functions/_gisa" "$stage/usr/share/zsh/vendor-completions/"
rmdir "$stage/usr/share/zsh/site-functions"
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: gisa\nSource: %s\n\n' "$homepage"
    printf 'Files: *\nCopyright: 2026 the gisa authors\nLicense: Expat\n'
    sed 's/^$/./; s/^/ /' LICENSE
    for font in "$stage"/usr/share/licenses/gisa/LICENSE-*; do
        printf '\nFiles: assets/fonts/*\nCopyright: see below\nLicense: OFL-1.1-%s\n' "$(basename "$font" .txt | sed s/LICENSE-//)"
        sed 's/^$/./; s/^/ /' "$font"
    done
    printf '\nFiles: assets/words/public_suffixes.txt\nCopyright: the Mozilla Foundation and contributors (https://publicsuffix.org/)\n'
    printf 'License: MPL-2.0\n See /usr/share/common-licenses/MPL-2.0 and the source of gisa, which holds the list.\n'
} >"$stage/usr/share/doc/gisa/copyright"
rm -r "$stage/usr/share/licenses"
gzip -9n "$stage/usr/share/doc/gisa/CHANGELOG.md"
mv "$stage/usr/share/doc/gisa/CHANGELOG.md.gz" "$stage/usr/share/doc/gisa/changelog.gz"

mkdir "$stage/DEBIAN"
sed -e "s|@VERSION@|$version|; s|@DEB_ARCH@|$arch|; s|@HOMEPAGE@|$homepage|" \
    -e "s|@INSTALLED_SIZE@|$(du -sk --exclude=DEBIAN "$stage" | cut -f1)|" packaging/control.in >"$stage/DEBIAN/control"
(cd "$stage" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"
find "$stage" -type d -exec chmod 755 {} +
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
dpkg-deb --root-owner-group -Zxz --build "$stage" "$dist/gisa_${version}_$arch.deb" >/dev/null
echo "$dist/gisa_${version}_$arch.deb: $(stat -c %s "$dist/gisa_${version}_$arch.deb") bytes"
