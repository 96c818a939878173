#!/usr/bin/env python3
"""Runs one fuzzer for some seconds, from a corpus of what the fixtures hold.

usage: run.py NAME SECONDS      NAME of tests/fuzz/fuzz_NAME.c

The corpus grows in build/fuzz/corpus/NAME; what ends the fuzzer is left in
build/fuzz/NAME-* and becomes a test.
"""
import ast
import glob
import hashlib
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MAX_SEED = 20000


# As git prints it; the first byte says how long the pieces are.
LOG = (b"\x08" + b"1700000000\0\nM\0a.md\0A\0b.md\0" + b"1600000000\0\nR100\0old.md\0a.md\0C075\0a.md\0b.md\0"
       + b"1500000000\0\nA\0old.md\0D\0c.md\0")


QUERIES = [
    b'TABLE status, due AS "Due day", (spent + 1) / budget AS share\n// open ones\nFROM #weir and -"Archive" or [[Sluice|s]]\n'
    b'WHERE !done and due >= date(today) - dur(2 weeks, 3 days)\nSORT due DESC, file.name\nLIMIT 20',
    b'LIST WITHOUT ID join(map(rows.file.link, (l) => l.status or "none"), ", ") FROM "Field notes" GROUP BY owner AS who FLATTEN rows',
    b'TASK WHERE contains(text, "Ines \\"Pike\\" Moor") AND !completed SORT due',
    b'CALENDAR file.day FROM outgoing([[Gauges#^north]]) | csv("data/levels.csv")',
    b'{ a: [1, [2], [[Lock|L]]], "b c": ![[map.png]], "2": { } }["b c"].path',
    b'choice(date(2026-02-03T04:05:06.007+02:00).year = 2026, this["Key Two"][0], "no" * 3 % 2) != null',
]


def front(data):
    """What stands between the lines `---` of a note."""
    begin, end = data.find(b"---\n"), data.find(b"\n---", 3)
    return data[4:end + 1] if begin == 0 and end > 0 else b""


def regex_rows(_):
    """The patterns and texts of a unit test's rows."""
    literal = r'"(?:[^"\\]|\\.)*"'
    with open(os.path.join(ROOT, "tests", "unit", "regex_rows.h"), encoding="utf-8") as f:
        rows = re.findall(r"STR_INIT\(((?:\s*%s)+)\)" % literal, f.read())
    texts = [b"".join(ast.literal_eval("b" + s) for s in re.findall(literal, row)) for row in rows]
    for pattern, text in zip(texts[::2], texts[1::2]):
        for flags in b"\x00\x03\x13":
            yield bytes([flags]) + pattern + b"\0" + text


def task_lines(_):
    """What the tasks of the reference vault say, each alone; names with their formats."""
    for path in glob.glob(os.path.join(ROOT, "tests/conformance/tasks/vault/**/*.md"), recursive=True):
        with open(path, "rb") as f:
            yield from re.findall(rb"^[\s>]*(?:[-*+]|[0-9]+[.)]) +\[[^\n]{1,4}\] *(.*\S)", f.read(), re.M)
    yield from (b"every 2 months on the 1st Monday and 3rd last Friday for 3 times when done", b"every April, May until 24 Dec 2026",
                b"Daily/Mon 5th January 2026.md\nddd Do MMMM YYYY", b"2026-W03-4.md\nGGGG-[W]WW-E", b"26.032 23.59.md\nYY.DDDD HH.mm")

# A keyword and a date.
DATES = [b"in\x003 days", b"\x00this week", b"on\x0025 dec to 3 jan 2026", b"\x002 weeks before next friday at 5pm",
         b"\x001 month, 2.5 days ago", b"before\x001/16/2026 2026-W03", b"\x00twenty-first of may 10:00 - 12:30"]

def tasks_queries(_):
    """The queries of the reference suite, each in one of the vault's notes."""
    with open(os.path.join(ROOT, "tests", "conformance", "tasks", "cases.jsonl"), encoding="utf-8") as f:
        for number, line in enumerate(f):
            yield bytes([number % 40]) + json.loads(line)["query"].encode()



def damaged(files):
    """Whole files, and those with more than ASCII as two wrong readings have them."""
    for data in files:
        yield data
        if not data.isascii():
            yield data.decode("mac_roman").encode()
            yield data.decode("latin-1").encode()


def asked_queries(_):
    """The queries and expressions of tests/query, in one of that vault's notes, and those above."""
    sys.path.insert(0, os.path.join(ROOT, "tests", "query"))
    from check import family_of, read_tests
    for path in glob.glob(os.path.join(ROOT, "tests", "query", "*.test")):
        if family_of(path) == "dataview":
            for number, _, query, _ in read_tests(path):
                yield bytes([number % 20]) + query.encode()
    yield from (b"\x01" + query for query in QUERIES)


def small_vaults(_):
    """Notes of vaults of people and meetings, eight at a time: what fuzz_entities.c cuts at `===`."""
    for place in ("entities", "entities-private", "tasks-assigned"):
        paths = sorted(glob.glob(os.path.join(ROOT, "content-fixtures", place, "vault", "**", "*.md"), recursive=True))
        for first in range(0, len(paths), 8):
            notes = []
            for path in paths[first:first + 8]:
                with open(path, "rb") as f:
                    notes.append(f.read(MAX_SEED // 8).decode("utf-8", "ignore").encode())
            yield b"\n===\n".join(notes)


# What a fuzzer's seeds are instead of whole files.
SEEDS = {
    "date_phrase": lambda files: DATES,
    "dql": lambda files: QUERIES,
    "dql_run": asked_queries,
    "entities": small_vaults,
    "history_log": lambda files: [LOG],
    "regex": regex_rows,
    "repair": damaged,
    "task_line": task_lines,
    "tasks_query": tasks_queries,
    "words": lambda files: (b"\x05\x21" + data for data in files),
    "yaml": lambda files: [*filter(None, map(front, files)), *(f for f in files if b"---" not in f)],
}


def files():
    for pattern in ("content-fixtures/**/*.md", "tests/conformance/markdown/vault/**/*.md",
                    "content-fixtures/**/*.svg", "content-fixtures/**/*.yaml"):
        for path in glob.glob(os.path.join(ROOT, pattern), recursive=True):
            with open(path, "rb") as f:
                yield f.read(MAX_SEED)


def main():
    name, seconds = sys.argv[1], sys.argv[2]
    work = os.path.join(ROOT, "build", "fuzz")
    corpus = os.path.join(work, "corpus", name)
    os.makedirs(corpus, exist_ok=True)
    for data in SEEDS.get(name, list)(files()):
        with open(os.path.join(corpus, "seed-" + hashlib.sha256(data).hexdigest()[:16]), "wb") as f:
            f.write(data)
    words = os.path.join(ROOT, "tests", "fuzz", name.removesuffix("_run") + ".dict")
    arguments = [os.path.join(work, "fuzz_" + name), corpus, f"-max_total_time={seconds}", "-timeout=20",
                 "-rss_limit_mb=3000", f"-artifact_prefix={work}/{name}-", "-print_final_stats=1", "-verbosity=0"]
    if os.path.exists(words):
        arguments.append("-dict=" + words)
    p = subprocess.run(arguments, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = p.stdout.decode("utf-8", "replace")
    units = [line for line in said.splitlines() if "number_of_executed_units" in line]
    print(f"fuzz {name}: " + (f"{units[0].split()[-1]} inputs, nothing found" if p.returncode == 0 and units else
                              f"exit {p.returncode}\n{said}"))
    return 1 if p.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
