#!/usr/bin/env python3
"""Holds Cargo.lock against RustSec's advisories: known holes, crates that nobody keeps any more, yanked for cause.

    scripts/advisories.py FOLDER    a checkout or a bare clone of github.com/rustsec/advisory-db

No crate and no Debian package carries that database, so the folder has to be brought; `cargo deny check advisories` fetches it
itself where there is a network. Without a folder the script says that nothing was checked, and fails.
"""

import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def advisories(folder):
    """The text of every advisory on a crate, and the day of the database."""
    git = ["git", "-C", folder]
    day = subprocess.run([*git, "log", "-1", "--format=%cs"], check=True, capture_output=True, text=True).stdout.strip()
    names = subprocess.run(
        [*git, "ls-tree", "-r", "--name-only", "HEAD", "crates/"], check=True, capture_output=True, text=True
    ).stdout.split()
    asked = "".join(f"HEAD:{name}\n" for name in names if name.endswith(".md")).encode()
    told = subprocess.run([*git, "cat-file", "--batch"], input=asked, check=True, capture_output=True).stdout
    texts, at = [], 0
    while at < len(told):
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        texts.append(told[end + 1 : end + 1 + size].decode())
        at = end + size + 2
    return texts, day


def key(version):
    """A version as semver orders it: a pre-release is before its release."""
    release, _, pre = version.partition("+")[0].partition("-")
    numbers = [int(part) for part in release.split(".")]
    return numbers + [0] * (3 - len(numbers)), not pre, [(not p.isdigit(), p.zfill(20)) for p in pre.split(".")]


def above(numbers):
    """The first version that a caret or a shortened one no longer means, from the parts that were written."""
    for place, part in enumerate(numbers):
        if part or place == len(numbers) - 1:
            return ".".join(map(str, numbers[:place] + [part + 1]))
    return "1"


def meets(version, wanted):
    """Whether a version is in a range as Cargo writes it: `>= 1.2, < 2`, `^1.4`, `~0.3.1`, `= 1.0.2`."""
    for part in wanted.split(","):
        sign, bound = re.fullmatch(r"\s*(>=|<=|>|<|=|\^|~)?\s*(\S+)\s*", part).groups()
        if bound == "*":
            continue
        mine, theirs = key(version), key(bound)
        numbers = [int(number) for number in bound.split("-")[0].split(".")]
        holds = {
            ">=": mine >= theirs,
            "<=": mine <= theirs,
            ">": mine > theirs,
            "<": mine < theirs,
            "=": mine == theirs,
            "~": mine >= theirs and mine < key(above(numbers[:1]) if len(numbers) == 1 else f"{numbers[0]}.{numbers[1] + 1}"),
            "^": mine >= theirs and mine < key(above(numbers)),
        }[sign or "^"]
        if not holds:
            return False
    return True


def main():
    if len(sys.argv) != 2:
        print("advisories: not checked: no database was given (see the head of this script)", file=sys.stderr)
        return 1
    texts, day = advisories(sys.argv[1])
    locked = {}
    for package in tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]:
        locked.setdefault(package["name"], []).append(package["version"])
    ignored = set(tomllib.loads((ROOT / "deny.toml").read_text())["advisories"]["ignore"])

    found = looked = 0
    for text in texts:
        head = re.search(r"```toml\n(.*?)```", text, re.S)
        advisory = tomllib.loads(head.group(1))
        about = advisory["advisory"]
        if "withdrawn" in about or about["id"] in ignored:
            continue
        looked += 1
        good = advisory["versions"].get("patched", []) + advisory["versions"].get("unaffected", [])
        for version in locked.get(about["package"], []):
            if not any(meets(version, wanted) for wanted in good):
                found += 1
                title = re.search(r"^# (.*)", text, re.M)
                print(f"{about['id']} {about['package']} {version}: {title.group(1) if title else ''}")
    crates = sum(map(len, locked.values()))
    print(f"{crates} crates of Cargo.lock against {looked} advisories, as of {day}: {found} hit")
    return bool(found)


sys.exit(main())
