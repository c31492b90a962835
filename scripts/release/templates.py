#!/usr/bin/env python3
"""Fills the templates of packaging/ for this version: the PKGBUILD of the AUR and the formula for Homebrew, which build the packed
crate, so that both hold its checksum.

    scripts/release/templates.py CRATE FOLDER
"""

import hashlib
import pathlib
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    crate, folder = map(pathlib.Path, sys.argv[1:3])
    package = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]
    values = {
        "@VERSION@": package["version"],
        "@HOMEPAGE@": package["homepage"],
        "@RELEASES@": f"{package['homepage']}/releases/v{package['version']}",
        "@CRATE_SHA256@": hashlib.sha256(crate.read_bytes()).hexdigest(),
    }
    for template in ("PKGBUILD.in", "gisa.rb.in"):
        text = (ROOT / "packaging" / template).read_text()
        for name, value in values.items():
            text = text.replace(name, value)
        if "@" in text.replace("gisa@gisa.example", ""):
            sys.exit(f"{template}: a value is missing")
        (folder / template.removesuffix(".in")).write_text(text)
        print(folder / template.removesuffix(".in"))


main()
