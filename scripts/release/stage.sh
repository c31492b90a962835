#!/bin/bash
# Lays out what is installed: the program, manual pages, completions, desktop file, licence, documents.
#
#     scripts/release/stage.sh BINARY PREFIX [RUNS]    RUNS: the same program for this machine, which writes the pages
. "$(dirname "$0")/common.sh"
binary=${1:?the program} prefix=${2:?the folder that becomes /usr} runs=${3:-$1}
runs=$(realpath "$runs")

install -Dm755 "$binary" "$prefix/bin/gisa"
mkdir -p "$prefix/share/man/man1"
"$runs" man --to "$prefix/share/man/man1"
gzip -9nf "$prefix"/share/man/man1/*.1
completions() { # SHELL FILE
    mkdir -p "$(dirname "$prefix/share/$2")"
    "$runs" completions "$1" >"$prefix/share/$2"
}
completions bash bash-completion/completions/gisa
completions zsh zsh/site-functions/_gisa
completions fish fish/vendor_completions.d/gisa.fish
install -Dm644 packaging/gisa.desktop "$prefix/share/applications/gisa.desktop"
install -Dm644 LICENSE "$prefix/share/licenses/gisa/LICENSE"
install -Dm644 assets/fonts/LICENSE-Galmuri.txt assets/fonts/LICENSE-NeoDunggeunmo.txt -t "$prefix/share/licenses/gisa"
install -Dm644 README.md CHANGELOG.md SECURITY.md -t "$prefix/share/doc/gisa"
install -Dm644 docs/*.md -t "$prefix/share/doc/gisa/docs"
