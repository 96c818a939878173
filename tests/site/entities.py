#!/usr/bin/env python3
"""What no note may say about people is not said (spec/entities.md; decisions.md 1 to 6).

    private     a vault with notes that are not published, and names in all of them, gives the
                site that it gives without those notes, byte for byte
    templates   what a template says of people is nowhere but on its own page
    moved       people are the same whatever the order of settings and the number of jobs

usage: entities.py
"""
import json
import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S

VAULT = os.path.join(S.ROOT, "content-fixtures", "entities-private", "vault")
UNPUBLISHED = re.compile(r"^publish: *(false|no)$", re.M)


def text(vault, path):
    return S.read(vault, path).decode("utf-8", "replace")


def is_private(vault, path):
    return path.startswith(b"Locked/") or path.endswith(b".md") and bool(UNPUBLISHED.search(text(vault, path)))


def without(vault, to, goes):
    """A copy without the files for which `goes` holds, and how many those are."""
    shutil.copytree(vault, to)
    gone = [p for p in S.files(to) if goes(to, p)]
    for path in gone:
        os.remove(os.path.join(os.fsencode(to), path))
    return len(gone)


def pages(out):
    """Without what tells of the vault's own bytes."""
    return {p: d for p, d in S.site_bytes(out).items() if p != os.fsencode(S.MANIFEST)}


def known(out):
    """entities.json, but for its list of notes."""
    with open(os.path.join(out, "entities.json"), encoding="utf-8") as f:
        return {k: v for k, v in json.load(f).items() if k != "notes"}


def private(place):
    vault, out, bare = (os.path.join(place, n) for n in ("vault", "out", "bare"))
    gone = without(VAULT, vault, is_private)
    faults = [] if gone > 5 else [f"only {gone} notes of the fixture are private"]
    for v, o in ((VAULT, out), (vault, bare)):
        r = S.build(v, o)
        if r.code != 0:
            faults.append(r.last)
    differ = S.difference(pages(out), pages(bare))
    if differ:
        faults.append("not the same without private notes: " + differ)
    return faults


def templates(place):
    vault, out, bare = (os.path.join(place, n) for n in ("no-templates", "with", "without"))
    gone = without(VAULT, vault, lambda _, p: p.startswith(b"Templates/"))
    faults = [] if gone > 0 else ["the fixture has no templates"]
    for v, o in ((VAULT, out), (vault, bare)):
        S.build(v, o)
    if known(out) != known(bare):
        faults.append("templates change entities.json")
    for path in S.files(out):
        if b"template" not in path and b"Templated" in S.read(out, path):
            faults.append(f"a name in a template is in {os.fsdecode(path)}")
    return faults


def moved(place):
    outs = []
    for jobs in ("1", "3"):
        outs.append(os.path.join(place, "jobs" + jobs))
        S.build(os.path.join(S.ROOT, "content-fixtures", "entities", "vault"), outs[-1], "--jobs", jobs)
    differ = S.difference(S.site_bytes(outs[0]), S.site_bytes(outs[1]))
    return ["jobs change the site: " + differ] if differ else []


def main():
    score = S.Score()
    for check in (private, templates, moved):
        with tempfile.TemporaryDirectory() as place:
            score.verdict("entities: " + check.__name__, check(place))
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
