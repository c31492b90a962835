#!/usr/bin/env python3
"""Writes assets/words/public_suffixes.txt: the public suffix list as src/news/public_suffix.rs reads it. Without a file, from the
list in the crate psl that Cargo.lock names: `cargo update -p psl`, then this, brings it up to date.

    scripts/public_suffixes.py [LIST]      LIST: one rule a line, `//` begins a comment (as https://publicsuffix.org/list/ has it)
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEAD = """\
# The public suffix list (Mozilla Foundation and contributors, https://publicsuffix.org/, MPL 2.0), written by
# scripts/public_suffixes.py: a line for each name, with the labels that stand before it; `.` is above all. Lines and labels are
# sorted by byte. `label*` has a suffix for every name below it, `label!` is none although its parent has, and `label-` only stands
# above one.
"""


def list_of_crate():
    told = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked"], cwd=ROOT, capture_output=True, check=True
    )
    packages = json.loads(told.stdout)["packages"]
    manifest = next(package["manifest_path"] for package in packages if package["name"] == "psl")
    return pathlib.Path(manifest).with_name("data") / "rules.txt"


def main():
    file = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else list_of_crate()
    marks = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        rule = line.split("//")[0].strip()
        if not rule:
            continue
        mark = {"!": "!", "*": "*"}.get(rule[0], "")
        # As addresses have it: other letters than ASCII in their xn-- form.
        name = rule.lstrip("!*.").encode("idna").decode()
        marks[name] = marks.get(name, "") + mark if mark else marks.get(name, "").replace("-", "")
        if mark == "*":
            # Only what is below it is a suffix; no list has both.
            assert marks[name] == "*", name
    for name in list(marks):
        while "." in name:
            name = name.split(".", 1)[1]
            marks.setdefault(name, "-")
    below = {}
    for name, mark in marks.items():
        label, _, parent = name.partition(".")
        below.setdefault(parent or ".", []).append((label, mark))
    lines = [" ".join([parent] + [label + mark for label, mark in sorted(below[parent])]) for parent in sorted(below)]
    target = ROOT / "assets/words/public_suffixes.txt"
    target.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {len(marks)} names")


if __name__ == "__main__":
    main()
