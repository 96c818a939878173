#!/usr/bin/env python3
"""Answers whose tasks have thousands of others below them: cut into pages all the same.

A page shows so many items at most, those that it begins in the middle of among them; each
item stands on one page; no generated part is larger than 150 KB (decisions.md 20).
"""
import glob
import os
import re
import sys
import tempfile

import lxml.html

sys.dont_write_bytecode = True
import sites as S

HOLES, STEPS, LANDINGS = 3000, 40, 300
REMARKS = HOLES // 3  # plain items below holes
WORK = 1 + HOLES + REMARKS
BYTES = 150_000
QUERIES = {  # name: (language, query, items in all, on the first page, on each further one)
    "rows": ("dataview", 'TASK FROM "Boathouse" WHERE contains(text, "boathouse") OR contains(text, "Lock up")', WORK + 1, 500, 200),
    "groups": ("dataview", "TASK GROUP BY file.link", WORK + 1 + STEPS + LANDINGS, 500, 200),
    "tree": ("tasks", "show tree\ndescription includes boathouse", WORK, 100, 100),
    "tree-in-groups": ("tasks", "show tree\ngroup by filename\nsort by description", WORK + 1 + STEPS + LANDINGS, 100, 100),
    "flat": ("tasks", "not done", 1 + HOLES + 1 + STEPS + LANDINGS, 100, 100),
}


def make_vault(vault):
    os.mkdir(vault)
    below = "".join(f"    - [ ] Drill hole {i} for the north wall 📅 2026-02-{i % 28 + 1:02}\n" +
                    (f"        - hole {i} wants oak\n" if i % 3 == 0 else "") for i in range(HOLES))
    notes = {"Boathouse": f"# Work\n\n- [ ] Fit out the boathouse\n{below}- [ ] Lock up\n",
             "Stairs": "".join(f"{'  ' * i}- [ ] Step {i}\n" for i in range(STEPS)) +
                       "".join(f"{'  ' * 3}- [ ] Landing {i}\n" for i in range(LANDINGS))}
    notes |= {name: f"```{language}\n{query}\n```\n" for name, (language, query, *_) in QUERIES.items()}
    for name, text in notes.items():
        with open(os.path.join(vault, name + ".md"), "w", encoding="utf-8") as f:
            f.write(text)


def pages_of(out, name):
    """The answer on the note's page and on those that follow it."""
    number = lambda path: int(re.search(r"-(\d+)\.html$", path).group(1))
    further = sorted(glob.glob(os.path.join(out, f"{name}~query-1-*.html")), key=number)
    for path in [os.path.join(out, name + ".html"), *further]:
        block = lxml.html.parse(path).getroot().cssselect("[class^=block-language-]")[0]
        yield block, len(lxml.html.tostring(block, encoding="utf-8"))


def own_text(item):
    """Of a list item without those below it."""
    return "".join(item.xpath(".//text()[count(ancestor::li) = $n]", n=len(item.xpath("ancestor-or-self::li"))))


def try_query(score, out, name):
    _, _, items, first, further = QUERIES[name]
    faults, holes = [], []
    pages = list(pages_of(out, name))
    for i, (block, size) in enumerate(pages):
        drawn = block.cssselect("li")
        # What a page begins in the middle of stands on it once more.
        if len(drawn) > (first if i == 0 else further + STEPS) or size > BYTES:
            faults.append(f"page {i + 1}: {len(drawn)} items, {size} bytes")
        found = map(re.compile(r"Drill hole (\d+) ").search, map(own_text, drawn))
        holes += [int(m.group(1)) for m in found if m]
    if sorted(set(holes)) != list(range(HOLES)):
        faults.append(f"{HOLES - len(set(holes))} of {HOLES} are missing")
    # Only one with something below it can be begun twice.
    if [h for h in holes if h % 3 != 0 and holes.count(h) > 1]:
        faults.append("some are drawn twice")
    more = pages[0][0].cssselect(".query-more")
    said = int(re.sub(r"\D", "", more[0].text_content())) if more else 0
    if first + said != items or len(pages) != 1 + -(-said // further):
        faults.append(f"{said} more are told on {len(pages)} pages, but there are {items}")
    score.verdict(f"trees: {name}", faults)


def main():
    score = S.Score()
    with tempfile.TemporaryDirectory() as place:
        vault, out = os.path.join(place, "vault"), os.path.join(place, "out")
        make_vault(vault)
        run = S.build(vault, out)
        score.verdict("trees: exit", [] if run.code == 0 else [run.said[-500:]])
        for name in QUERIES:
            try_query(score, out, name)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
