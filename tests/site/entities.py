#!/usr/bin/env python3
"""What is said of people, and what no note may say (spec/entities.md; decisions.md 1 to 6).

    private     a vault with notes that are not published, and names in all of them, gives the
                site that it gives without those notes, byte for byte
    templates   what a template says of people is nowhere but on its own page
    moved       people are the same whatever the order of settings and the number of jobs
    tagged      a long list of a tag has every note once, kind by kind and newest first, and
                some of every kind on its first page
    further     a person's page leads to where each of its lists goes on, and on the pages
                together each has every row once; of the related only the first hundred
    ahead       the links from page to page of an index say what these hold

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


MEETINGS = 230
PANEL = re.compile(r'<(?:section|details) class="(?:fold )?panel"(.*?)</(?:section|details)>', re.S)
HEADING = re.compile(r'<h2 id="([^"]+)">[^<]*<span class="n">(\d+)</span></h2>')
MORE = re.compile(r'<p class="all">(?:<a href="([^"]+)">)?and (\d+) more')


def lists_of(html):
    """Heading -> number it tells, its rows, the way to further ones and how many these are."""
    found = {}
    for part in PANEL.findall(html) + re.findall(r'<section class="sec[^"]* backlinks"(.*?)</section>', html, re.S):
        heading, count = HEADING.search(part).groups()
        rows = re.findall(r'<li>(.*?)</li>', part, re.S)
        found[heading] = (int(count), rows, MORE.search(part))
    return found


def further(place):
    vault, out = (os.path.join(place, n) for n in ("vault", "out"))
    write(vault, "People/Ines Moor.md", "---\ntype: person\n---\n")
    for n in range(MEETINGS):
        write(vault, f"Meetings/2025-{1 + n % 12:02d}-{1 + n % 27:02d} Count {n}.md",
              f"---\nattendees: [Ines Moor, Guest {n}]\n---\n# Decisions\n- Count {n} again\n\n# Key facts\n- Fact {n}\n")
        write(vault, f"Log/Entry {n}.md", "Ines Moor was there.\n")
    faults = [] if S.build(vault, out).code == 0 else ["it is not built"]
    names = sorted((os.fsdecode(p) for p in S.files(out) if p.startswith(b"people/ines-moor")), key=lambda n: (len(n), n))
    pages = {name: lists_of(S.read(out, name).decode()) for name in names}
    own, rows, ways = pages["people/ines-moor.html"], {}, {}
    for name, lists in pages.items():
        if sum(len(r) for _, r, _ in lists.values()) > ROWS:
            faults.append(f"{name} is too long")
        for heading, (count, shown, more) in lists.items():
            rows.setdefault(heading, []).extend(shown)
            ways[heading] = more
            if count != MEETINGS:
                faults.append(f"{name}: {heading} is said to have {count}")
    for heading, (_, shown, more) in own.items():
        page, anchor = os.path.basename(more.group(1)).split("#") if more else ("", "")
        if anchor != heading or heading not in pages.get("people/" + page, {}) or int(more.group(2)) != MEETINGS - len(shown):
            faults.append(f"{heading}: no way to the further rows")
    if set(own) != {"_timeline", "_decisions", "_facts", "_related", "_mentions", "_unlinked"} or len(names) != 7:
        faults.append(f"lists {sorted(own)} on {len(names)} pages")
    for heading, found in rows.items():
        if len(set(found)) != len(found) or len(found) != (100 if heading == "_related" else MEETINGS):
            faults.append(f"{heading}: {len(found)} rows, {len(set(found))} of them different")
    if ways.get("_related") is None or ways["_related"].groups() != (None, str(MEETINGS - 100)):
        faults.append("it is not said how many related there are besides")
    return faults


PAGER = re.compile(r'<nav class="pager".*?</nav>', re.S)
WAY = re.compile(r'<a href="([^"]+)" rel="(prev|next)">([^<]+)</a>')


def ahead(place):
    vault, out = (os.path.join(place, n) for n in ("vault", "out"))
    for letter in "ADKZ":
        for n in range(70):
            write(vault, f"People/{letter}nne Moor {n}.md", "---\ntype: person\n---\n")
    for n in range(20):
        write(vault, f"Meetings/2025-01-{1 + n:02d} Count {n}.md", "---\nattendees: [Guest %d]\n---\n" % n)
    for n in range(100):
        write(vault, f"Meetings/2024-{12 - n // 9 % 3:02d}-{1 + n % 9:02d} Count {n}.md", "---\ntype: meeting\n---\n")
    faults = [] if S.build(vault, out).code == 0 else ["it is not built"]
    for page, ways in {
        "people/index.html": [("index~2.html", "next", "Next: K to Z")],
        "people/index~2.html": [("index.html", "prev", "Previous: A to K")],
        "meetings/index.html": [("index~2.html", "next", "Next: October 2024")],
        "meetings/index~2.html": [("index.html", "prev", "Previous: January 2025 to October 2024")],
    }.items():
        pager = PAGER.search(S.read(out, page).decode())
        found = [(os.path.basename(href), rel, text) for href, rel, text in WAY.findall(pager.group())] if pager else None
        if found != ways:
            faults.append(f"{page}: {found}")
    return faults


def main():
    score = S.Score()
    for check in (private, templates, moved, tagged, further, ahead):
        with tempfile.TemporaryDirectory() as place:
            score.verdict("entities: " + check.__name__, check(place))
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
