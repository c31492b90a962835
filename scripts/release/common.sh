# Sourced by the scripts beside it: where things are, and what Cargo.toml says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

field() { sed -n "s/^$1 = \"\(.*\)\".*/\1/p" Cargo.toml | head -1; }
version=$(field version)
homepage=$(field homepage)
dist=$(realpath -m "${GISA_DIST:-target/dist}")
tools=$(realpath -m "${GISA_TOOLS:-target/release-tools}")
mkdir -p "$dist"

# The targets of the binaries, and what Debian calls their machines.
targets=(x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu)
deb_arch() { case $1 in x86_64*) echo amd64 ;; aarch64*) echo arm64 ;; *) return 1 ;; esac; }
# The oldest glibc that the binaries start on (Debian 10, RHEL 8, Ubuntu 18.10).
glibc=2.28

die() { echo "$(basename "$0"): $*" >&2; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Unpacks packages of Debian into a folder, of this machine's architecture or another; installs nothing.
unpack_debian() { # FOLDER ARCHITECTURE PACKAGE…
    local folder=$1 arch=$2; shift 2
    local apt=$folder/apt-$arch
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    touch "$apt/status"
    printf '%s\n' "APT::Architecture \"$arch\";" "APT::Architectures { \"$arch\"; };" "Dir::State::lists \"$apt/lists\";" \
        "Dir::State::status \"$apt/status\";" "Dir::Cache \"$apt/cache\";" "APT::Sandbox::User \"root\";" >"$apt/conf"
    APT_CONFIG=$apt/conf apt-get update -qq
    (cd "$folder" && APT_CONFIG=$apt/conf apt-get download -qq "$@")
    for deb in "$folder"/*.deb; do dpkg -x "$deb" "$folder"; done
    rm "$folder"/*.deb
}
