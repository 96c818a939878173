#!/usr/bin/env python3
"""Instructions of a build, in units of cmark-gfm's for the same text.

usage: instructions.py [--notes N | --vault DIR] [--steps] [--shares]

Counted by callgrind, so the same on each machine and each day: the figure that CI
holds against ceiling.txt.  --vault counts for a vault of your own, real text, for
which the bar is 2 units.  Laying out the graph stands apart (design.md §4).  --steps
shows where they went.  --shares shows what the entity wiki, the search and the
queries of each plugin cost: all that the functions below took, and what they called;
the bars of these (bench.py) are checked, too.
A vault without the queries is no measure: pages of people are drawn otherwise then.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "site"))
import bench
import sites as S

CEILING = os.path.join(HERE, "ceiling.txt")
REAL_TEXT = 2.0

# Where queries are answered and drawn; none of them calls another.
ANSWERING = {
    "dataview": ("records_new", "dql_parse", "expr_parse", "run_plan", "run_query", "run_expr", "run_unparsed"),
    "tasks": ("tasks_shared_new", "tasks_run", "tasks_uses_note", "script_stands"),
}
DRAWING = {
    "dataview": ("answer_pieces", "fill_answer", "fill_inline_answer", "fill_answer_page"),
    "tasks": ("tasks_pieces", "fill_tasks_answer", "fill_tasks_answer_page"),
}
# fill_answer_page draws pages of both: what is the other's goes.
WITHIN = {"fill_answer_page": "fill_tasks_answer_page"}
# Whole parts of a build that have a bar of their own.
PARTS = {
    "entities and repair": (("entities_find", "damage_undo"), bench.ENTITIES),
    "search": (("search_index", "search_write"), bench.SEARCH),
}


def instructions(place, name, arguments):
    counts = os.path.join(place, name + ".callgrind")
    p = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", *arguments],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if p.returncode != 0:
        sys.exit(f"{' '.join(arguments[:2])}: exit {p.returncode}\n" + p.stderr.decode("utf-8", "replace")[-800:])
    with open(counts, encoding="utf-8", errors="replace") as f:
        return int(re.search(r"^(?:summary|totals): (\d+)", f.read(), re.M).group(1)), counts


def build(place, vault):
    name = "build-" + os.path.basename(vault)
    return instructions(place, name, [S.program(), "build", vault, os.path.join(place, "out-" + name), "--today", S.TODAY,
                                      "--jobs", "1", "--quiet"])


def inclusive(counts):
    """What each function took, with all that it called."""
    said = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", counts], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace", check=True).stdout
    took = {}
    for cost, name in re.findall(r"^ *([\d,]+) \([^)]*\) .*?:([A-Za-z_0-9]+)(?:'\d+)? ", said, re.M):
        took.setdefault(name, int(cost.replace(",", "")))
    return took


def graph_layout(took, generated):
    """As much for 1,500 notes as for any number above, so no part of what a note costs."""
    if generated and "graph_layout" not in took:
        sys.exit("callgrind does not name graph_layout: was the program stripped?")
    return took.get("graph_layout", 0)


def report_shares(took, unit):
    unnamed = [n for n in ("run_query", "tasks_run", *(n for names, _ in PARTS.values() for n in names)) if n not in took]
    if unnamed:
        sys.exit(f"callgrind does not name {', '.join(unnamed)}: was the program stripped?")

    def units(names):
        return sum(took.get(n, 0) - took.get(WITHIN.get(n), 0) for n in names) / unit

    over = []
    for part, (names, bar) in PARTS.items():
        print(f"{part}: {units(names):.3f} units; the bar is {bar:.2f}")
        if units(names) > bar:
            over.append(part)
    for language, bar in bench.QUERIES.items():
        answering, drawing = units(ANSWERING[language]), units(DRAWING[language])
        print(f"{language}: answering {answering:.3f} units, drawing {drawing:.3f}, together {answering + drawing:.2f}; "
              f"the bar is {bar:.2f}")
        if answering + drawing > bar:
            over.append(language)
    return over


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notes", type=int, default=1000)
    options.add_argument("--vault")
    options.add_argument("--steps", action="store_true")
    options.add_argument("--shares", action="store_true")
    a = options.parse_args()
    with open(CEILING, encoding="utf-8") as f:
        ceiling = REAL_TEXT if a.vault else float(re.search(r"^[0-9.]+$", f.read(), re.M).group())
    with tempfile.TemporaryDirectory(prefix="vaultsite-instructions-") as place:
        vault, text = a.vault or os.path.join(place, "vault"), os.path.join(place, "all.md")
        if not a.vault:
            subprocess.run([sys.executable, os.path.join(HERE, "genvault.py"), str(a.notes), vault], check=True)
        notes = [path for path in S.files(vault) if path.endswith(b".md")]
        with open(text, "wb") as f:
            for path in notes:
                f.write(S.read(vault, path) + b"\n\n")
        unit, _ = instructions(place, "cmark", ["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", text])
        ours, counts = build(place, vault)
        if a.steps:
            subprocess.run(["callgrind_annotate", "--threshold=90", counts], check=False)
        took = inclusive(counts)
        over = report_shares(took, unit) if a.shares else []
    graph = graph_layout(took, not a.vault)
    ratio = (ours - graph) / unit
    print(f"{len(notes)} notes: {(ours - graph) / 1e6:.0f} M instructions, cmark-gfm {unit / 1e6:.0f} M: {ratio:.2f} times, "
          f"the ceiling is {ceiling:.2f}; the layout of the graph {graph / 1e6:.0f} M besides")
    if ratio > ceiling:
        over.insert(0, "all but the layout of the graph")
    checks = 1 + (len(PARTS) + len(bench.QUERIES) if a.shares else 0)
    for part in over:
        print(f"FAIL instructions: {part}: above what is allowed")
    print(f"{checks - len(over)} passed, {len(over)} failed")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
