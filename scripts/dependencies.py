#!/usr/bin/env python3
"""What Cargo.lock brings, held against what deny.toml and Cargo.toml say of it, without a network and without cargo-deny:
crates of which there are two versions stand in deny.toml with a reason, none of those there is single by now, and no crate
asks for a newer Rust than ours. Exit code 1 where one of these is not so.

    scripts/dependencies.py
"""

import json
import pathlib
import subprocess
import sys
import tomllib
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parent.parent


def version(text):
    """`1.2.3-x+y` as numbers that compare."""
    return tuple(int(part) for part in text.split("-")[0].split("+")[0].split("."))


def shipped(metadata):
    """The ids of the packages that are in the program or build it, on any system: all but what only tests need."""
    edges = {node["id"]: node["deps"] for node in metadata["resolve"]["nodes"]}
    found, left = set(), [metadata["resolve"]["root"]]
    while left:
        package = left.pop()
        if package in found:
            continue
        found.add(package)
        for edge in edges[package]:
            if any(kind["kind"] in (None, "build") for kind in edge["dep_kinds"]):
                left.append(edge["pkg"])
    return found


def main():
    told = subprocess.run(
        ["cargo", "metadata", "--locked", "--format-version", "1"], cwd=ROOT, check=True, capture_output=True
    )
    metadata = json.loads(told.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    deny = tomllib.loads((ROOT / "deny.toml").read_text())
    ours = version(tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["rust-version"])

    versions = defaultdict(set)
    wrong = []
    ids = shipped(metadata)
    for package in (packages[name] for name in ids):
        versions[package["name"]].add(package["version"])
        asks = package["rust_version"]
        if asks and version(asks)[: len(ours)] > ours:
            wrong.append(f"{package['name']} {package['version']} asks for Rust {asks}")

    def is_under(crate, prefix):
        return version(crate)[: len(version(prefix))] == version(prefix)

    left = {name: set(found) for name, found in versions.items() if len(found) > 1}
    for entry in deny["bans"]["skip"]:
        name, prefix = entry["crate"].split("@")
        hit = {found for found in left.get(name, ()) if is_under(found, prefix)}
        if not hit:
            wrong.append(f"deny.toml lets {entry['crate']} be double, and it is not")
        left[name] = left.get(name, set()) - hit
    for name, found in sorted(left.items()):
        if len(found) > 1:
            wrong.append(f"{name} is there as {', '.join(sorted(found))}: raise one, or give deny.toml the reason")

    for line in sorted(wrong):
        print(line, file=sys.stderr)
    doubled = sum(len(found) > 1 for found in versions.values())
    print(f"{len(ids) - 1} crates on all systems, {doubled} of them in two versions; {len(wrong)} wrong")
    return bool(wrong)


sys.exit(main())
