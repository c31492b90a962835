#!/usr/bin/env python3
"""Writes the bill of materials of the program, CycloneDX 1.5 in JSON, from Cargo.lock: every crate that is in the program or
builds it, with version, licence, checksum and what it needs. Two runs on one tree write the same bytes.

    scripts/sbom.py [TARGET] > gisa.cdx.json      TARGET as of `rustc --print target-list`; without one, all systems
"""

import json
import pathlib
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    if len(sys.argv) > 1:
        command += ["--filter-platform", sys.argv[1]]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    sums = {
        (package["name"], package["version"]): package.get("checksum")
        for package in tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    }
    needs = {}
    left = [metadata["resolve"]["root"]]
    nodes = {node["id"]: node["deps"] for node in metadata["resolve"]["nodes"]}
    while left:
        name = left.pop()
        if name in needs:
            continue
        needs[name] = sorted(
            edge["pkg"] for edge in nodes[name] if any(kind["kind"] in (None, "build") for kind in edge["dep_kinds"])
        )
        left += needs[name]

    def purl(name):
        return f"pkg:cargo/{packages[name]['name']}@{packages[name]['version']}"

    def component(name, kind):
        package = packages[name]
        made = {"type": kind, "bom-ref": purl(name), "name": package["name"], "version": package["version"]}
        made["purl"] = purl(name)
        if package["license"]:
            made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        if package["description"]:
            made["description"] = " ".join(package["description"].split())
        checksum = sums.get((package["name"], package["version"]))
        if checksum:
            made["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        if package["repository"]:
            made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return made

    root = metadata["resolve"]["root"]
    order = sorted(needs, key=purl)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(root, "application")},
        "components": [component(name, "library") for name in order if name != root],
        "dependencies": [{"ref": purl(name), "dependsOn": [purl(other) for other in needs[name]]} for name in order],
    }
    json.dump(bill, sys.stdout, ensure_ascii=False, indent=1)
    print()


main()
