#!/usr/bin/env python3
"""Every word that a site adds to its notes is one of its interface texts (decisions.md 27).

    strange     a site in Arabic, whose notes hold no word in Latin letters, with made up
                Arabic for every interface text: no page shows a word in Latin letters
    german      no text of a site in German is one of the English ones; of that vault in
                German neither, which has every kind of page

usage: language.py
"""
import html.parser
import json
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S

FIXTURES = os.path.join(S.ROOT, "content-fixtures")
STRINGS = os.path.join(S.ROOT, "themes", "default", "strings")
TOLD = {"aria-label", "title", "placeholder", "alt", "data-auto", "data-light", "data-dark", "data-copy", "data-copied", "data-shown"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What stands there as it was written, or as the plugins say it: sources, their mistakes, the
# headings, counts and group names of queries (they stay English, as in Obsidian), tasks.
AS_WRITTEN = {"code", "pre", "script", "style"}
OF_PLUGINS = {"dataview-error-box", "dataview-error", "tasks-error", "table-wrapper", "table-view-table", "tasks-group-heading", "task-count", "task-list-item"}
# Names of formats, and what the notes of the fixture are made of: a file's name, keys of
# properties that are known by them.
NAMES = {"Atom", "png", "canvas", "English", "Home", "Customer", "Participants", "Summary", "Decisions", "Key", "Facts"}
LATIN = re.compile(r"[A-Za-z]{2,}")


class Words(html.parser.HTMLParser):
    """All that a reader of a page is shown or told."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)

    def skips(self):
        return any(s for _, s in self.open)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        skip = tag in AS_WRITTEN or bool(OF_PLUGINS & set((attrs.get("class") or "").split()))
        if "data-property-key" in attrs:  # `_…` are facts, and ours
            skip = not attrs["data-property-key"].startswith("_")
        if not skip and not self.skips() or tag == "script":
            self.found += [v for k, v in attrs.items() if k in TOLD and v]
        if tag not in VOID:
            self.open.append((tag, skip))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.skips() and data.strip():
            self.found.append(data.strip())


def english():
    with open(os.path.join(STRINGS, "en.json"), encoding="utf-8") as f:
        return json.load(f)


def pages(out):
    for path in S.files(out):
        if path.endswith(b".html"):
            yield os.fsdecode(path), Words(S.read(out, path).decode("utf-8")).found


def strange_text(text):
    """The same with Arabic letters for Latin ones; `{n}` and its kin stay."""
    return re.sub(r"(\{\w+\})|[A-Za-z]", lambda m: m.group(1) or chr(0x0628 + ord(m.group().lower()) % 17), text)


def strange(place):
    theme, out = (os.path.join(place, n) for n in ("theme", "out"))
    os.makedirs(os.path.join(theme, "strings"))
    with open(os.path.join(theme, "strings", "ar.json"), "w", encoding="utf-8") as f:
        json.dump({name: strange_text(text) for name, text in english().items()}, f, ensure_ascii=False)
    r = S.build(os.path.join(FIXTURES, "language-arabic", "vault"), out, "--theme", theme)
    faults = [] if r.code == 0 else [r.last]
    kinds = {path.split("/")[0] for path, _ in pages(out)}
    faults += [f"no page below {k}/" for k in ("people", "customers", "meetings", "transcripts", "tasks", "decisions", "tags") if k not in kinds]
    for path, found in pages(out):
        for text in found:
            words = [w for w in LATIN.findall(text) if w not in NAMES]
            if words:
                faults.append(f"{path}: {' '.join(words)} in {text[:80]!r}")
    return faults


def german(place):
    config = os.path.join(place, "vaultsite.yaml")
    with open(config, "w", encoding="utf-8") as f:
        f.write("language: de\n")
    with open(os.path.join(STRINGS, "de.json"), encoding="utf-8") as f:
        own = set(json.load(f).values())
    foreign = {text for text in english().values() if text not in own | NAMES and LATIN.search(text)}
    faults = []
    patterns = re.compile("|".join(re.sub(r"\\\{\w\\\}", r"[\\d.,]+", re.escape(t)) for t in sorted(foreign, key=len, reverse=True)))
    for name in ("language-german", "language-arabic"):
        out = os.path.join(place, name)
        r = S.build(os.path.join(FIXTURES, name, "vault"), out, *(() if name == "language-german" else ("--config", config)))
        faults += [] if r.code == 0 else [r.last]
        for path, found in pages(out):
            faults += [f"{name}: {path}: {text[:80]!r}" for text in found if patterns.fullmatch(text)]
    return faults


def main():
    score = S.Score()
    for check in (strange, german):
        with tempfile.TemporaryDirectory() as place:
            score.verdict("language: " + check.__name__, check(place))
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
