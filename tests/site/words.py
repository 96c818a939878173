#!/usr/bin/env python3
"""The words of every page beside those that md4c finds in the same note.

usage: words.py [--show REASON] [VAULT…]

Over the real vaults, where there are some (sites.py), with Debian's libmd4c-html0
(deps-bench); for a person to run, not part of `make check`. Each stretch of words
that one side has and the other not gets its reason from what stands in the note.
What gets none is `unexplained`, is printed, and fails. --show prints the stretches
of one reason; VAULT is the name of a vault.
"""
import argparse
import collections
import ctypes
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S

LIBRARY = "libmd4c-html.so.0"
# md4c.h: tables, struck text, task lists, math, wikilinks.
FLAGS = 0x0100 | 0x0200 | 0x0800 | 0x1000 | 0x2000
ARTICLE = re.compile(r'<article class="markdown-rendered[^>]*>(.*)</article>', re.S)
WORD = re.compile(r"[^\W_]+")
FRONT = re.compile(r"\A---[ \t]*\n(?:.*?\n)?---[ \t]*(?:\n|\Z)", re.S)
VOID = frozenset("area br col embed hr img input link meta source track wbr".split())
UNEXPLAINED = "unexplained"
AT_END = "a footnote stands at the end"

# What the site shows beside the note's own words: class of an element -> reason.
ADDED = {
    "internal-embed": "an embed shows what it embeds, or that it is missing",
    "query-label": "a query block is labelled",
    "footnote-ref": "a footnote's number",
    "notice": "a drawing without a picture says so",
    "dataview-inline-query": "an inline query shows its answer",
}
# The block of a query: its source, which stands in the note, and the answer, which does not.
BLOCK, SOURCE = "block-language-", "language-"
ANSWER = "a query block shows its answer"
# What stands in the note and is shown otherwise, or not: pattern -> reason.
NOTED = [(re.compile(p, re.M | f), reason) for p, f, reason in (
    (r"%%.*?(?:%%|\Z)", re.S, "a comment is left out"),
    (r"\[!([^\]\n]*)\]", 0, "a callout's type is no text"),
    (r"(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$", 0, "a block id is hidden"),
    (r"!\[\[[^\]\n]*\]\]", 0, "an embed shows what it embeds, or that it is missing"),
    (r"!\[[^\]\n]*\]\([^)\n]*\)", 0, "a picture's text is its alternative, a player a link"),
    (r"<(?:iframe|embed|object|video|audio|source|img)\b[^>]*>", 0, "a frame or player is a link"),
    (r"^[ \t>]*\[\^[^\]\n]*\]:.*(?:\n[ \t]+.*|\n(?=[^\n\[]).*)*", 0, AT_END),
    (r"\[\^[^\]\n]*\]", 0, "a footnote's label is a number"),
    (r"`\$?=[^`]*`", 0, ADDED["dataview-inline-query"]),
    (r"\^\[(?:[^\[\]\n]|\[\[[^\]\n]*\]\]|\[[^\]\n]*\])*\]", 0, AT_END),
    (r"\((?:[^()\n:]|:(?!:))*::", 0, "a field in parentheses does not show its key"),
    (r"<(script|style|title|xmp|noscript)\b.*?</\1>", re.S | re.I, "an element that is not allowed"),
    (r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[(.)\]", 0, "a task's mark is a box"),
    (r"^==⚠  Switch to EXCALIDRAW VIEW.*", re.S, "a drawing's data is left out"),
    (r"^#+ (?:Text Elements|Drawing)\b.*", re.S, "a drawing's data is left out"),
)]
TITLE = "a first heading that is the title is shown as such"
CALLOUT = "a callout without a title has its type's"
CELL = "md4c does not read \\| in a cell's wikilink"


def added(classes):
    """Why a word with these classes around it is no word of the note; None where it is one."""
    reason = next((r for c, r in ADDED.items() if c in classes), None)
    blocks = {c.removeprefix(BLOCK) for c in classes if c.startswith(BLOCK)}
    return reason or (ANSWER if blocks and not any(SOURCE + b in classes for b in blocks) else None)


class Words(html.parser.HTMLParser):
    """The words of HTML in order, each with classes and elements around it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.open, self.text = [], [], ""

    def flush(self):
        classes = frozenset().union(*(c for _, c in self.open)) if self.open else frozenset()
        elements = frozenset(e for e, _ in self.open)
        self.words.extend((word, classes, elements) for word in WORD.findall(self.text))
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.flush()
        if tag not in VOID:
            self.open.append((tag, frozenset((dict(attrs).get("class") or "").split())))

    def handle_startendtag(self, tag, attrs):
        self.flush()

    def handle_endtag(self, tag):
        self.flush()
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i][0] == tag:
                del self.open[i:]
                return

    def handle_data(self, data):
        self.text += data


def words_of(text):
    reader = Words()
    reader.feed(text)
    reader.close()
    reader.flush()
    return reader.words


class Md4c:
    def __init__(self):
        self.library = ctypes.CDLL(LIBRARY)
        self.callback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p)

    def render(self, text):
        got, data = [], text.encode()
        take = self.callback(lambda at, size, _: got.append(ctypes.string_at(at, size)))
        self.library.md_html(data, len(data), take, None, FLAGS, 0)
        return b"".join(got).decode("utf-8", "replace")


def stretches(theirs, ours, place):
    """(begin, end, begin, end) of what differs."""
    paths = [os.path.join(place, name) for name in ("theirs", "ours")]
    for path, words in zip(paths, (theirs, ours)):
        with open(path, "w", encoding="utf-8") as f:
            f.write("".join(w[0] + "\n" for w in words))
    said = subprocess.run(["diff", *paths], stdout=subprocess.PIPE, check=False).stdout.decode()
    for a, b, kind, c, d in re.findall(r"^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$", said, re.M):
        a, c = int(a), int(c)
        b, d = int(b or a), int(d or c)
        yield (a, a, c - 1, d) if kind == "a" else (a - 1, b, c, c) if kind == "d" else (a - 1, b, c - 1, d)


def sequences(source, title):
    """reason -> texts, each " word word ", that the reason explains."""
    found = {TITLE: [" " + " ".join(WORD.findall(title)).casefold() + " "], **{reason: [] for _, reason in NOTED}}
    for pattern, reason in NOTED:
        for m in pattern.finditer(source):
            found[reason].append(" " + " ".join(WORD.findall(m[0])) + " ")
    return found


def explained(words, known):
    """[(reason, number)] that cover the words from first to last, or None."""
    covered, at = [], 0
    while at < len(words):
        best = None
        for end in range(len(words), at, -1):
            piece = " " + " ".join(words[at:end]) + " "
            reason = next((r for r, texts in known.items()
                           if any(piece in t or r == TITLE and piece.casefold() == t for t in texts)), None)
            if reason:
                best = (reason, end)
                break
        if best is None:
            return None
        covered.append((best[0], best[1] - at))
        at = best[1]
    return covered


def slid(side, begin, end):
    """The same difference at each place where it may be said to stand."""
    yield begin, end
    for step in (-1, 1):
        b, e = begin, end
        while 0 < b and e < len(side) and side[(b - 1) if step < 0 else b][0] == side[(e - 1) if step < 0 else e][0]:
            b, e = b + step, e + step
            yield b, e


def reasons_of(side, begin, end, known):
    if begin == end:
        return []
    for b, e in slid(side, begin, end):
        part = side[b:e]
        if all("x-wikilink" in elements and "table" in elements for _, _, elements in part):
            return [(CELL, e - b)]
        for around, reason in (("callout-title-inner", CALLOUT), ("footnotes", AT_END)):
            if all(around in classes for _, classes, _ in part):
                return [(reason, e - b)]
        covered = explained([w for w, _, _ in part], known)
        if covered:
            return covered
    return [(UNEXPLAINED, end - begin)]


class Comparison:
    def __init__(self, show):
        self.show, self.md4c, self.counts = show, Md4c(), collections.Counter()
        self.notes = self.words = self.differing = 0

    def note(self, name, source, title, page, place):
        article = ARTICLE.search(page)
        ours = words_of(article[1] if article else "")
        theirs = words_of(self.md4c.render(source))
        self.notes += 1
        self.words += len(theirs)
        for word in ours:
            reason = added(word[1])
            self.counts[reason] += reason is not None
        ours = [w for w in ours if added(w[1]) is None]
        if [w[0] for w in ours] == [w[0] for w in theirs]:
            return
        self.differing += 1
        known = sequences(source, title)
        found = [(reason, number, whose, " ".join(w[0] for w in side[begin:end]))
                 for a, b, c, d in stretches(theirs, ours, place)
                 for whose, side, begin, end in (("md4c", theirs, a, b), ("page", ours, c, d))
                 for reason, number in reasons_of(side, begin, end, known)]
        # What follows a footnote seems to have moved instead of it.
        lost = {whose: sorted(text for r, _, w, text in found if r == UNEXPLAINED and w == whose) for whose in ("md4c", "page")}
        moved = lost["md4c"] == lost["page"] and known[AT_END]
        for reason, number, whose, text in found:
            reason = AT_END if moved and reason == UNEXPLAINED else reason
            self.counts[reason] += number
            if reason in (self.show, UNEXPLAINED):
                print(f"{name}: {reason}: only {whose}: {text[:300]}")

    def vault(self, name, vault):
        with tempfile.TemporaryDirectory(prefix="vaultsite-words-") as place:
            out = os.path.join(place, "out")
            built = S.build(vault, out)
            if built.code:
                sys.exit(f"{name}: {built.last}")
            for page in json.loads(S.read(out, "pages.json")):
                path = os.path.join(vault, page["path"])
                if page["path"].endswith(".md") and os.path.exists(path):
                    with open(path, encoding="utf-8-sig", errors="replace") as f:
                        source = FRONT.sub("", f.read())
                    self.note(f"{name}/{page['path']}", source, page["title"],
                              S.read(out, page["url"]).decode("utf-8"), place)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--show", help="print the stretches of this reason")
    p.add_argument("vaults", nargs="*", help="names of vaults; else all")
    a = p.parse_args()
    vaults = {n: v for n, v in S.real_vaults().items() if not a.vaults or n in a.vaults}
    if not vaults:
        print("real vaults: not run\n0 passed, 0 failed")
        return 0
    try:
        comparison = Comparison(a.show)
    except OSError:
        sys.exit(f"{LIBRARY}: not there (make deps-bench)")
    for name, vault in vaults.items():
        comparison.vault(name, vault)
    del comparison.counts[None]
    for reason, number in sorted(comparison.counts.items(), key=lambda x: -x[1]):
        print(f"{number:7} {reason}")
    print(f"{comparison.words} words of {comparison.notes} notes in {len(vaults)} vaults; {comparison.differing} notes differ")
    wrong = comparison.counts[UNEXPLAINED]
    print(f"{comparison.words - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
