#!/usr/bin/env python3
"""What is said of people, and what no note may say (spec/entities.md; decisions.md 1 to 6).

    private     a vault with notes that are not published, and names in all of them, gives the
                site that it gives without those notes, byte for byte
    templates   what a template says of people is nowhere but on its own page
    moved       people are the same whatever the order of settings and the number of jobs
    tagged      a long list of a tag has every note once, kind by kind and newest first, and
                some of every kind on its first page

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
# One list of a page: its heading, how many it has in all, its rows.
LIST = re.compile(r'<section class="sec" aria-labelledby="([^"]+)">\n<h2[^>]*>[^<]*<span class="n">(\d+)</span>(.*?)</section>', re.S)
ROW = re.compile(r'<li>(?:<time datetime="([^"]+)">[^<]*</time>|<span></span>)?<div><a class="t clamp" href="([^"]+)"')
ROWS = 200  # of a page
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


def write(vault, path, text):
    full = os.path.join(vault, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


def tagged(place):
    vault, out = (os.path.join(place, n) for n in ("vault", "out"))
    numbers = {"_meetings": 190, "_people": 150, "_notes": 17}
    for n in range(numbers["_meetings"]):
        write(vault, f"Meetings/2025-{1 + n % 12:02d}-{1 + n % 27:02d} Count {n}.md", "---\nattendees: [Ines Moor]\n---\n#all\n")
    for n in range(numbers["_people"]):
        write(vault, f"People/Ines Moor {n}.md", f"---\ntype: person\ndate: 2024-{1 + n % 12:02d}-01\n---\n#all\n")
    for n in range(numbers["_notes"]):
        write(vault, f"Log/Entry {n}.md", "#all\n")
    faults = [] if S.build(vault, out).code == 0 else ["it is not built"]
    found, firsts = {name: [] for name in numbers}, {}
    for number in (1, 2):
        name = "tags/all.html" if number == 1 else f"tags/all~{number}.html"
        lists = LIST.findall(S.read(out, name).decode())
        shown = {title: ROW.findall(rows) for title, _, rows in lists}
        firsts = firsts or {title: len(rows) for title, rows in shown.items()}
        faults += [f"{name}: {title} is said to have {count}" for title, count, _ in lists if int(count) != numbers.get(title)]
        if sum(map(len, shown.values())) > ROWS:
            faults.append(f"{name} has {sum(map(len, shown.values()))} rows")
        for title, rows in shown.items():
            found.setdefault(title, []).extend(rows)
    if firsts != {"_meetings": 117, "_people": 66, "_notes": 17}:
        faults.append(f"the first page has {firsts}")
    for title, rows in found.items():
        if len({href for _, href in rows}) != len(rows) or len(rows) != numbers.get(title):
            faults.append(f"{title}: {len(rows)} rows, {len(set(rows))} of them different")
        if [day for day, _ in rows] != sorted((day for day, _ in rows), reverse=True):
            faults.append(f"{title}: not the newest first")
    return faults


def main():
    score = S.Score()
    for check in (private, templates, moved, tagged):
        with tempfile.TemporaryDirectory() as place:
            score.verdict("entities: " + check.__name__, check(place))
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
