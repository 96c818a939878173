#!/usr/bin/env python3
"""How heavy the site is: bytes that every reader loads, and what grows with the vault.

usage: budget.py

The budgets are design.md's and decisions.md's (44: around a page's text = its bytes
minus <main>; KB = 1,000 bytes; 20: no generated part above 150 KB at 10,000 notes).
Prints what was measured.
"""
import gzip
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S

CSS, CSS_GZIP, PRINT, SCRIPTS, AROUND, PART = 32_000, 9_000, 4_000, 20_000, 12_000, 150_000
NOTES = 10_000
# What a frame may grow by from 1,000 to 10,000 notes: digits of its counts.
GROWTH = 100
MAIN = re.compile(rb"<main\b.*</main>", re.S)
ARTICLE = re.compile(rb"<article\b.*</article>", re.S)
SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')
PRINT_SHEET = re.compile(rb'<link rel="stylesheet" media="print" href="([^"]+)"')
SCRIPT = re.compile(rb'<script src="([^"]+)"')


def pages(out):
    """path -> bytes of each page that is drawn from a template."""
    found = {}
    for path in S.files(out):
        name = os.fsdecode(path)
        if name.endswith(".html") and not name.startswith("files/"):
            data = S.read(out, path)
            if b'http-equiv="refresh"' not in data[:4000]:
                found[name] = data
    return found


def around(data):
    return len(data) - len(MAIN.search(data).group())


def over(measured, limit):
    """Sentences about what is above a limit; `measured` maps names to bytes."""
    return [f"{name}: {n:,} bytes, {limit:,} are allowed" for name, n in sorted(measured.items(), key=lambda x: -x[1]) if n > limit]


def heaviest(measured):
    name = max(measured, key=measured.get)
    return f"{measured[name]:,} ({name})"


def load(score, out):
    """What the page of a note makes every browser load."""
    data = S.read(out, "index.html")
    loaded = {kind: [S.read(out, os.fsdecode(href)) for href in pattern.findall(data)]
              for kind, pattern in (("style sheet", SHEET), ("sheet for paper", PRINT_SHEET), ("scripts", SCRIPT))}
    raw = {kind: sum(map(len, files)) for kind, files in loaded.items()}
    packed = sum(len(gzip.compress(f, 9)) for f in loaded["style sheet"])
    print(f"   style sheet: {raw['style sheet']:,} of {CSS:,} bytes, {packed:,} of {CSS_GZIP:,} packed")
    print(f"   sheet for paper: {raw['sheet for paper']:,} of {PRINT:,} bytes")
    print(f"   scripts: {raw['scripts']:,} of {SCRIPTS:,} bytes")
    score.verdict("style sheet", ([] if loaded["style sheet"] else ["none"]) + over({"raw": raw["style sheet"]}, CSS) +
                  over({"packed": packed}, CSS_GZIP))
    score.verdict("sheet for paper", ([] if loaded["sheet for paper"] else ["none"]) + over({"raw": raw["sheet for paper"]}, PRINT))
    score.verdict("scripts", over({"raw": raw["scripts"]}, SCRIPTS))


def frames(score, place):
    measured = {}
    for name, vault in S.fixtures().items():
        out = os.path.join(place, "out-" + name)
        S.build(vault, out)
        if os.path.isdir(out):
            measured.update({f"{name}/{path}": around(data) for path, data in pages(out).items()})
    print(f"   around <main>, on {len(measured):,} pages: at most {heaviest(measured)} of {AROUND:,} bytes")
    score.verdict("around the text", over(measured, AROUND))


def write(vault, path, text):
    full = os.path.join(vault, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


def wide_vault(vault, notes):
    """Most notes in one folder, some in one of their own; all name one note and share a tag, some have their own,
    and each has a task."""
    write(vault, "Hub.md", "---\ntags: [centre]\n---\nWhat all of them name.\n")
    write(vault, "Asked.md", "```tasks\nnot done\nsort by due\n```\n")
    for n in range(notes):
        name = f"{n:05d} A note whose name is as long as those of meetings often are.md"
        folder = f"Folders/Folder {n:05d} with a name of its own" if n % 10 == 0 else "Many"
        own = f" #own/tag-{n:05d}" if n % 5 == 0 else ""
        write(vault, f"{folder}/{name}", f"---\ndate: 2025-{1 + n % 12:02d}-{1 + n % 28:02d}\n---\n"
              f"Number {n} names the [[Hub]] in a sentence that is long enough to be cut. #all{own}\n\n"
              f"- [ ] Write to number {n} about the boards @Ines Moor #task ⏫ 📅 2026-01-{1 + n % 28:02d}\n")


def growth(score, place):
    """The same pages of a small and of a large vault."""
    sizes = {}
    for notes in (NOTES // 10, NOTES):
        vault, out = os.path.join(place, f"vault-{notes}"), os.path.join(place, f"out-{notes}")
        wide_vault(vault, notes)
        r = S.build(vault, out)
        score.verdict(f"{notes:,} notes are built", [r.last] if r.code else [])
        sizes[notes] = pages(out)
    few, many = sizes.values()
    parts = {path: len(ARTICLE.sub(b"", data)) for path, data in many.items()}
    print(f"   generated, at {NOTES:,} notes on {len(parts):,} pages: at most {heaviest(parts)} of {PART:,} bytes")
    score.verdict(f"generated parts at {NOTES:,} notes", over(parts, PART))

    answers = {path: len(data) - around(data) for path, data in many.items() if path.startswith("asked")}
    print(f"   tasks that a query finds there, on {len(answers):,} pages: at most {heaviest(answers)} bytes")
    score.verdict("answers of Tasks", over(answers, PART) + ([] if len(answers) > NOTES // 100 - 2 else ["too few pages"]))

    grown = {}
    for what, under in (("home", "index.html"), ("named by all", "hub"), ("in a large folder", "many/"), ("tag", "tags/")):
        small, large = (max(around(data) for path, data in site.items() if path.startswith(under)) for site in (few, many))
        grown[what] = large - small
    print(f"   around <main>, from {NOTES // 10:,} to {NOTES:,} notes: at most {heaviest(grown)} bytes more, {GROWTH} are allowed")
    score.verdict("no frame grows with the vault", over(grown, GROWTH))


def main():
    score = S.Score()
    with tempfile.TemporaryDirectory() as place:
        frames(score, place)
        load(score, os.path.join(place, "out-theme"))
        growth(score, place)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
