#!/bin/bash
# Installs the package of this machine's architecture in a clean Debian, runs it there as a user, and removes it: nothing may be
# missing before, and nothing may be left after. Needs root and debootstrap.
#
#     scripts/release/check_deb.sh [SUITE]
. "$(dirname "$0")/common.sh"
suite=${1:-bookworm}
deb=$dist/gisa_${version}_$(dpkg --print-architecture).deb
[ -f "$deb" ] || die "no $deb: run scripts/release/deb.sh first"
command -v debootstrap >/dev/null || as_root apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
root=$(mktemp -d)
chmod 755 "$root" # it becomes the root of a user who may not enter a folder of root's
trap 'as_root rm -rf --one-file-system "$root"' EXIT
# The mirror that this machine uses; debootstrap's own where apt names none.
mirror=$(apt-cache policy | grep -oE 'https?://[^ ]*/debian(/| )' | head -1 | tr -d ' ')
as_root debootstrap --variant=minbase "$suite" "$root" ${mirror:+"$mirror"} >"$root.log" 2>&1 ||
    { tail -5 "$root.log"; die "no clean Debian could be made"; }
files() { as_root chroot "$root" find /usr /etc /opt /var/lib -xdev -not -path '*/dpkg/*' | sort; }
in_root() { as_root chroot --userspec=65534:65534 "$root" env -i HOME=/tmp PATH=/usr/bin:/bin LANG=C.UTF-8 "$@"; }

files >"$root.before"
as_root cp "$deb" "$root/gisa.deb"
as_root chroot "$root" dpkg -i /gisa.deb >/dev/null || die "it does not install"
test "$(in_root gisa --version)" = "gisa $version" || die "it does not run"
printf 'A first headline\n\nA paragraph of a text that is long enough to be one. It has two sentences.\n' | as_root tee "$root/a.txt" >/dev/null
in_root gisa --offline --lang en extract /a.txt | grep -q 'two sentences' || die "it does not read"
in_root gisa --offline --lang en short /a.txt >/dev/null || die "it does not summarise"
in_root gisa --offline --lang en doctor | grep -q 'features:' || die "doctor does not run"
in_root gisa --offline --lang en list >/dev/null || die "it makes no library"
for file in bin/gisa share/man/man1/gisa.1.gz share/man/man1/gisa-extract.1.gz share/bash-completion/completions/gisa \
    share/zsh/vendor-completions/_gisa share/fish/vendor_completions.d/gisa.fish share/applications/gisa.desktop \
    share/doc/gisa/copyright share/doc/gisa/README.md; do
    # minbase leaves documents out by a rule of dpkg's only in slim images; here all must be there.
    as_root test -s "$root/usr/$file" || die "/usr/$file is missing"
done
as_root chroot "$root" dpkg -r gisa >/dev/null
as_root rm "$root/gisa.deb" "$root/a.txt"
files >"$root.after"
diff "$root.before" "$root.after" || die "it leaves something behind"
rm -f "$root".{before,after,log}
echo "$deb: installed, run and removed in a clean $suite"
