#!/usr/bin/env python3
"""Planning a query changes nothing of its answer (decisions.md 38).

usage: plans.py [--count N] [--seed S] [--only VAULT]

For every vault of content-fixtures/, the conformance suite's, a generated one and
one of odd values: all Dataview blocks, the suite's queries, and N made at random
from the fields and values that the vault has. `plans` answers each with a plan and
with none, and, where it is said not to depend on its note, in another one too.
"""
import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
import sites as S

SUITE = os.path.join(S.ROOT, "tests", "conformance", "dataview")
LAW = os.path.join(os.path.dirname(S.program()), "tests", "plans")
BLOCK = re.compile(r"^[ >\t]*(`{3,}|~{3,})dataview[ \t]*\n(.*?)^[ >\t]*\1[ \t]*$", re.M | re.S)
NOTES = 60  # of a vault, whose values the queries look for
NAMES = ["status", "nothing", "due", "tags", "aliases", "key", "rows"]
FILE = ["path", "folder", "name", "link", "ext", "tags", "etags", "day", "aliases", "outlinks", "inlinks", "size", "lists", "tasks",
        "frontmatter", "starred", "nothing"]


# ---- a vault of values that are easily taken for others -----------------------------------

ODD = {
    "Home.md": "---\nvalue: one\nrelated: \"[[Same]]\"\nempty: \"\"\nnone:\nlist: []\n---\n[[Same]] [[Hidden/Same|s]] [[Nowhere]] [[./Near]]\n",
    "A/Same.md": "---\nvalue: caf\u00e9\nkey: [[a, [b, [c]]], {x: 1}, \"[[Home]]\"]\n---\n[[Same]] [[../Home]] [[../../Home]] [[caf\u00e9]]\n",
    "A/Near.md": "---\nvalue: cafe\u0301\nrelated: \"[[./Same]]\"\nmany: [1, one, null, true]\n---\n[[cafe\u0301]] [[#Part]]\n# Part\nself:: [[#Part]]\n",
    "B/Same.md": "---\npublish: false\n---\nwithheld\n",
    "B/Asks.md": "---\nvalue: ONE\nrelated: \"[[Same]]\"\n---\n[[Same]] ![[Same]]\n",
    "B/Near.md": "---\nvalue: \"one\\u0001\"\nnumber: -0.0\nday: 2026-01-05\n---\n[[Same#Part|here]] [[Asks]]\nrelated:: [[Asks]], [[Same]]\n",
    "C/Same.md": "---\nvalue: \"o\\u200bne\"\nnumber: 0\nday: 2026-01-05T00:00:00Z\n---\n[[Same]]\nvalue:: \u202eenil\nnull value:: null\n",
    "C/Numbers.md": "---\nvalue: 1\nnumber: .nan\nmany: [\"1\", 1, 1.0, [1]]\nday: 2026-01-05T01:00:00+01:00\n---\nspan:: 1 day\nspan:: 24 hours\n",
    "C/caf\u00e9.md": "---\ntitle: File\nfile: taken\nthis: that\nrow: line\nText: x\ntext: page\n---\n- [ ] one\n  two\n- [x] a  b \u0001 [text:: other]\n"
                     "  - [ ] *one*\n\n    two\n- [ ] [a](b) one\n- [ ]\n- [ ] caf\u00e9\n- [ ] cafe\u0301\n> - [ ] quoted one\n>   two\n",
    "C/Same/Same.md": "value:: one, two\nvalue:: \"one\"\n#one #One/two\n",
    "D/Tasks.md": "---\ntags: [one, \"two,three\", 4]\naliases: one, \" two \"\n---\n1. [ ] one\\\n   more\n2) [/] two [due:: 2026-01-05]\n\n- [ ] loose one\n\n- [ ] loose two\n",
}


def write_odd(to):
    for path, text in ODD.items():
        full = os.path.join(to, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8", newline="") as f:
            f.write(text)


# ---- what a vault knows --------------------------------------------------------------------

def ask(vault, questions):
    lines = "".join(json.dumps({"id": "", "lang": "expression", **q}) + "\n" for q in questions)
    p = subprocess.run([S.program(), "query", vault, "--batch", "--today", S.TODAY, "--dates", "files"],
                       input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line)["result"] for line in p.stdout.decode("utf-8", "surrogatepass").splitlines()]


def notes_of(vault):
    return sorted(os.path.relpath(p, vault) for p in glob.glob(os.path.join(vault, "**", "*.md"), recursive=True))


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


class Words:
    """Names of fields with values that they have, as a query writes them."""

    def __init__(self, vault, rng):
        self.fields, self.tasks, self.rng = {}, [], rng
        self.notes = notes_of(vault)
        some = self.notes if len(self.notes) <= NOTES else rng.sample(self.notes, NOTES)
        for result in ask(vault, [{"query": "this", "origin": n} for n in some]):
            page = result.get("value", result) if isinstance(result, dict) else {}
            self.add_page(page)
        for result in ask(vault, [{"query": "this.file.tasks.text", "origin": n} for n in some]):
            self.tasks += [t for t in self.texts(result) if t]
        self.folders = sorted({os.path.dirname(n) for n in self.notes} - {""}) or ["none"]
        self.tags = sorted({t for t in self.texts(self.fields.get("file.tags", []))}) or ["#none"]

    def texts(self, value):
        if isinstance(value, str):
            yield value
        for v in value if isinstance(value, list) else value.values() if isinstance(value, dict) else []:
            yield from self.texts(v)

    def add_page(self, page, prefix=""):
        for name, value in page.items() if isinstance(page, dict) else []:
            if name == "file" and isinstance(value, dict) and not prefix:
                self.add_page(value, "file.")
            elif re.fullmatch(r"[^\W\d_][\w-]*", name):
                self.fields.setdefault(prefix + name, []).append(value)

    def literal(self, value):
        r = self.rng
        if isinstance(value, list):
            return self.literal(r.choice(value)) if value else "null"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)):
            return "%.15g" % value if abs(value) < 1e15 else "1"
        if isinstance(value, str):
            return quoted(self.part(value))
        if isinstance(value, dict):
            if "$link" in value:
                path = value["$link"]["path"]
                return "[[%s]]" % re.sub(r"[\[\]|]", "", r.choice([path, os.path.basename(path), path.removesuffix(".md"), "./" + path]))
            if "$date" in value:
                return "date(%s)" % re.match(r"[-\d]*", str(value["$date"])).group()
            return quoted(r.choice(list(value) or [""]))
        return "null"

    def part(self, text):
        """The text, or some of it, or one that looks the same."""
        r = self.rng
        begin = r.randrange(len(text) + 1)
        return r.choice([text, text, text[begin:begin + r.choice([1, 2, 5, 20])], text[:begin], text.upper(), text.lower(),
                         unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text), text + "\u0001",
                         text.replace("\n", " "), text + " ", ""])


# ---- queries at random ---------------------------------------------------------------------

class Maker:
    def __init__(self, words, rng):
        self.words, self.rng = words, rng
        self.names = sorted(words.fields) + NAMES + ["file." + f for f in FILE]

    def name(self):
        return self.rng.choice(self.names)

    def value(self, name):
        """One that the field may have, or that is in place of it."""
        r, w = self.rng, self.words
        known = w.fields.get(name) or w.fields.get(self.name()) or [None]
        return r.choice([
            lambda: w.literal(r.choice(known)), lambda: w.literal(r.choice(known)), lambda: w.literal(r.choice(known)),
            lambda: w.literal(r.choice(known)), lambda: "this." + name, lambda: "this.file.link", lambda: "this." + self.name(),
            lambda: "[[%s]]" % r.choice(["Same", "Nowhere", "", "#", "../Home", "caf\u00e9", "cafe\u0301", "Home|x", "Same#Part"]),
            lambda: r.choice(["null", "true", "0", "-0", '""', '"one"', '"ONE"', "1", "date(2026-01-05)", "dur(1 day)", "[1, 2]", "{ a: 1 }"]),
            lambda: self.name()])()

    def test(self):
        r, name = self.rng, self.name()
        return r.choice([
            lambda: "%s = %s" % (name, self.value(name)), lambda: "%s = %s" % (name, self.value(name)),
            lambda: "%s = %s" % (self.value(name), name),
            lambda: "contains(%s, %s)" % (name, self.value(name)), lambda: "contains(%s, %s)" % (name, self.value(name)),
            lambda: "contains(text, %s)" % quoted(self.words.part(r.choice(self.words.tasks or ["one"]))),
            lambda: "contains(text, %s)" % quoted(self.words.part(r.choice(self.words.tasks or ["one"]))),
            lambda: "%s(%s, %s)" % (r.choice(["icontains", "econtains", "contains"]), name, self.value(name)),
            lambda: "%s %s %s" % (name, r.choice(["<", "<=", ">", ">=", "!="]), self.value(name)),
            lambda: r.choice(["completed", "!completed", name, "!" + name, "row." + name, 'row["%s"]' % name, "row.this.file.name", "this"]),
            lambda: "length(%s) > 0" % name, lambda: "contains(lower(file.name), %s)" % self.value("file.name"),
            lambda: "any(file.outlinks, (x) => x = %s)" % self.value("file.link")])()

    def condition(self, depth=0):
        r = self.rng
        tests = [self.test() for _ in range(r.choice([1, 1, 2, 2, 3]))]
        if depth < 2 and r.random() < .2:
            tests.append("%s(%s)" % (r.choice(["", "!"]), self.condition(depth + 1)))
        r.shuffle(tests)
        text = tests[0]
        for test in tests[1:]:
            text += r.choice([" and ", " AND ", " & ", " and ", " or "]) + test
        return text

    def source(self, depth=0):
        r, w = self.rng, self.words
        if depth < 2 and r.random() < .3:
            return "(%s %s %s)" % (self.source(depth + 1), r.choice(["and", "or"]), self.source(depth + 1))
        note = r.choice(w.notes or ["none"]).replace("[", "").replace("]", "")
        return r.choice([
            lambda: r.choice(w.tags), lambda: quoted(r.choice(w.folders)), lambda: quoted(r.choice(w.folders).lower()), lambda: '""',
            lambda: quoted(note), lambda: quoted(note.removesuffix(".md")), lambda: "[[%s]]" % note, lambda: "[[]]", lambda: "[[Same]]",
            lambda: "[[Nowhere]]", lambda: "outgoing([[%s]])" % note, lambda: "-" + self.source(depth + 1)])()

    def query(self):
        r = self.rng
        parts = [r.choice(["LIST", "LIST " + self.name(), "LIST WITHOUT ID file.path", "TASK", "TASK", "TABLE " + self.name(),
                           "TABLE WITHOUT ID file.link, %s" % self.name(), "CALENDAR file.day"])]
        if r.random() < .5 or parts[0] == "LIST":
            parts.append("FROM " + (self.source() if r.random() < .7 else '""'))
        parts.append("WHERE " + self.condition())
        while r.random() < .35:
            parts.append(r.choice([
                lambda: "SORT %s %s" % (self.name(), r.choice(["", "DESC"])), lambda: "LIMIT %d" % r.choice([0, 1, 3, -1]),
                lambda: "GROUP BY " + self.name(), lambda: "FLATTEN " + self.name(), lambda: "WHERE " + self.condition()])())
        return r.choice(["\n", " "]).join(parts)


# ---- the law -------------------------------------------------------------------------------

def blocks(vault):
    for note in notes_of(vault):
        with open(os.path.join(vault, note), encoding="utf-8", errors="replace") as f:
            for match in BLOCK.finditer(f.read()):
                yield note, match.group(2)


def suite_queries():
    with open(os.path.join(SUITE, "cases.jsonl"), encoding="utf-8") as f:
        for case in map(json.loads, f):
            if case["lang"] == "dataview":
                yield case["origin"], case["query"]


def check(score, name, vault, count, seed, more=()):
    rng = random.Random("%s %s" % (seed, name))
    words = Words(vault, rng)
    maker = Maker(words, rng)
    queries = [*more, *blocks(vault)]
    queries += [(rng.choice(words.notes or [""]), maker.query()) for _ in range(count)]
    lines = "".join(json.dumps({"query": q, "origin": note, "other": rng.choice(words.notes or [""])}) + "\n" for note, q in queries if q)
    p = subprocess.run([LAW, vault], input=lines.encode("utf-8", "replace"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=900, check=False)
    *faults, total = p.stdout.decode("utf-8", "replace").splitlines() or [p.stderr.decode("utf-8", "replace")]
    if p.returncode > 1 or "queries" not in total:
        faults += ["exit %d: %s" % (p.returncode, total), p.stderr.decode("utf-8", "replace")[-2000:]]
    elif count >= 400 and " 0 planned" in total:
        faults.append("no query was planned")
    score.verdict("plans: %s: %s" % (name, total), [f[:1500] for f in faults])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--seed", default="1")
    options.add_argument("--only", default="")
    a = options.parse_args()
    score = S.Score()
    with tempfile.TemporaryDirectory(prefix="vaultsite-plans-") as place:
        odd, made = os.path.join(place, "odd"), os.path.join(place, "made")
        write_odd(odd)
        subprocess.run([sys.executable, os.path.join(S.ROOT, "tests", "bench", "genvault.py"), "300", made], check=True,
                       stdout=subprocess.DEVNULL)
        vaults = {"odd values": (odd, a.count * 10, ()), "suite": (os.path.join(SUITE, "vault"), a.count * 5, list(suite_queries())),
                  "300 notes": (made, a.count, ())}
        for name, vault in S.fixtures().items():
            written = list(blocks(vault))
            vaults[name] = (vault, a.count if name in ("dataview", "links", "tasks") else 40 if written else 20, ())
        for name, (vault, count, more) in vaults.items():
            if a.only in name and notes_of(vault) and "settings-invalid" not in name:
                check(score, name, vault, count, a.seed, more)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
