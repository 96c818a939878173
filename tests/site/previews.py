"""The previews of a site, read as a browser reads them (src/site/previews.h)."""
import html
import json
import os
import re
from urllib.parse import unquote

import sites as S
from page import Page

CALL = re.compile(r"vaultsite\.(\w+)\((.*)\);\n\Z", re.S)
INDEX = re.compile(r"\{shards:(\d+),version:\"[0-9a-f]{10}\",style:(\"[^\"]*\"),label:\"[^\"]*\"\}\Z")
TAG = re.compile(r"<[^>]*>")
# Of text, and of HTML in all: a word more, the tags that are open, a fixup that was begun before it.
CHARACTERS, BYTES = 300, 4000
# decisions.md 8, 17, 18; and what only the page of the note may load.
NEVER = re.compile(r'<[^>]* id="|footnote-ref|block-language-|dataview-container|markdown-embed|<(?:audio|video|iframe)|<img[^>]* src="(?:[a-z]+:|//)')


def shard_of(href, shards):
    h = 2166136261
    for byte in href.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return (h ^ h >> 16) & shards - 1


def read(out, path, name):
    """What the one call in a file is given, or None."""
    m = CALL.match(S.read(out, path).decode("utf-8"))
    return m.group(2) if m and m.group(1) == name else None


def opening_faults(site, text):
    page = Page(text.encode(), fragment=True)
    shown = html.unescape(TAG.sub("", text))
    faults = list(page.faults)
    faults += [f"{url}: {why}" for element, _, url in page.links if (why := site.follow("index.html", "", url, element))]
    faults += [f"in a preview: {m.group()}" for m in NEVER.finditer(text)]
    if len(shown) > CHARACTERS or len(text.encode()) > BYTES:
        faults.append(f"{len(shown)} characters, {len(text.encode())} bytes")
    if text and not shown.strip() and "<img" not in text and "<svg" not in text:
        faults.append(f"nothing to be seen of {text!r}")
    return faults


def faults(site):
    """What is wrong with the previews of a laws.Site; [] where there are none."""
    files = {p for p in site.paths if p.startswith("_/previews/")}
    if not files:
        return []
    m = INDEX.match(read(site.out, "_/previews/index.js", "previews") or "")
    if not m:
        return ["_/previews/index.js is not what it should be"]
    shards, found = int(m.group(1)), []
    if json.loads(m.group(2)) not in site.set:
        found.append(f"no style sheet {m.group(2)}")
    if files != {"_/previews/index.js"} | {f"_/previews/{i}.js" for i in range(shards)}:
        found.append(f"{len(files)} files of {shards} shards")
    wanted = {row["url"] for row in json.loads(S.read(site.out, "pages.json")) if row["kind"] != "template"}
    seen = set()
    for i in range(shards):
        number, notes = json.loads("[" + (read(site.out, f"_/previews/{i}.js", "preview") or "null,{}") + "]")
        if number != i:
            found.append(f"{i}.js calls itself {number}")
        for href, (title, kind, line, opening, *parts) in notes.items():
            seen.add(unquote(href))
            if shard_of(href, shards) != i:
                found.append(f"{href} is in {i}.js, where nobody looks for it")
            if not title or not kind or len(parts) % 2:
                found.append(f"{href}: {title!r} {kind!r} {len(parts)} texts of parts")
            for id, text in zip(["", "", *parts[::2]], [line, opening, *parts[1::2]]):
                if id and (why := site.follow("index.html", "", f"{href}#{id}", "a")):
                    found.append(f"{href}#{id}: {why}")
                found += [f"{href}#{id}: {fault}" for fault in opening_faults(site, text)]
    return found + [f"{href}: no preview" for href in sorted(wanted - seen)] + [f"{href}: a preview" for href in sorted(seen - wanted)]
