#!/usr/bin/env python3
"""The answers on the pages are those that `vaultsite query` prints (decisions.md 39).

usage: answers.py [--show CASE…]

Every Dataview block of content-fixtures/*/vault, and every query of the conformance
suite, written into its vault. Cells, rows of tasks, headings of groups and counts are
compared in order. What the suite knows of the plugin's own HTML is compared too:
elements and classes, and what is not Markdown.
"""
import datetime
import glob
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import lxml.html
import yaml

sys.dont_write_bytecode = True
import sites as S

ROOT = S.ROOT
SUITE = os.path.join(ROOT, "tests", "conformance", "dataview")
# Settings of the plugin that the vault at hand may change.
PLUGIN = {"showResultCount": True, "warnOnEmptyResult": True, "maxRecursiveRenderDepth": 4, "renderNullAs": "\\-"}
LOOK = dict(PLUGIN)
SHOWN = 500  # rows of an answer on its note's page


# ---- what is printed, as the text that a reader sees -----------------------------------

def letters(text):
    """What is left where Markdown, spaces and signs do not count."""
    return "".join(c for c in text if c.isalnum()).lower()


def link_text(link):
    name = re.sub(r"\.md$", "", link["path"].rsplit("/", 1)[-1])
    return link.get("display") or name + (" > " + link["subpath"] if "subpath" in link else "")


MARKDOWN = [
    (re.compile(r"^ *```\w*$", re.M), ""),
    (re.compile(r"%%.*?%%", re.S), ""),
    (re.compile(r"<!--.*?-->", re.S), ""),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"!\[\[[^\]]*\.(?:png|jpg|svg)[^\]]*\]\]"), ""),
    (re.compile(r"\[\[([^\]|]*)\|([^\]]*)\]\]"), r"\2"),
    (re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"\s\^[A-Za-z0-9-]+\s*$", re.M), ""),
    (re.compile(r"\[\^[^\]]*\]"), ""),
    (re.compile(r"\(([^():]*[^():\s])::\s*([^()]*)\)"), r"\2"),
]


def markdown_text(text):
    for pattern, by in MARKDOWN:
        text = pattern.sub(by, text)
    return html.unescape(text)


def printed(value, depth=0):
    """A value in the normal form of the suites as letters; None where only a page can tell."""
    if depth >= LOOK["maxRecursiveRenderDepth"]:
        return ""
    if value is None:
        return letters(markdown_text(LOOK["renderNullAs"]))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return None if isinstance(value, float) or abs(value) > 1e15 else letters(str(value))
    if isinstance(value, str):
        return letters(markdown_text(value))
    if isinstance(value, list):
        return joined(printed(v, depth + 1) for v in value)
    if set(value) == {"$link"}:
        link = value["$link"]
        return None if link.get("embed") else letters(link_text(link))
    if set(value) == {"$item"}:
        return letters(markdown_text(value["$item"]["text"]))
    if set(value) == {"$pair"}:
        return joined(printed(v, depth) for v in value["$pair"])
    if set(value) == {"$elink"}:
        return letters(value["$elink"].get("display") or value["$elink"]["url"])
    if len(value) == 1 and next(iter(value)).startswith("$"):
        return None  # dates, durations: their forms are the unit tests' business
    if isinstance(value.get("file"), dict) and "link" in value["file"]:
        return printed(value["file"]["link"], depth)
    return joined([part for k, v in value.items() for part in (letters(k), printed(v, depth + 1))])


def joined(parts):
    parts = list(parts)
    return None if None in parts else "".join(parts)


# ---- what is on the page ---------------------------------------------------------------

def classes(element):
    return (element.get("class") or "").split()


def inner_text(element):
    """Letters of an element; places of tasks are ours, not the answer's."""
    parts = []

    def walk(e):
        if not isinstance(e.tag, str) or "task-src" in classes(e) or "task-list-item-checkbox" in classes(e):
            parts.append(e.tail or "")
            return
        parts.append(e.text or "")
        for child in e:
            walk(child)
        parts.append(e.tail or "")

    parts.append(element.text or "")
    for child in element:
        walk(child)
    return letters("".join(parts))


def own_text(item):
    """Of a list item without the lists in it."""
    return joined(inner_text(c) for c in item if c.tag in ("span", "div"))


def children(item):
    return [li for ul in item if ul.tag == "ul" for li in ul]


def task_lists(container):
    """[(path of headings with their counts, items at the top)] of an answer's tasks."""
    found = []

    def walk(element, path):
        heading = ()
        for child in element:
            if child.tag == "h4":
                count = child.find_class("small-text")
                for c in count:
                    c.getparent().remove(c)
                heading = (inner_text(child), int(count[0].text) if count else None)
            elif child.tag == "ul":
                found.append((path, list(child)))
            elif "result-group" in classes(child):
                walk(child, path + (heading,))

    walk(container, ())
    return found


# ---- one against the other -------------------------------------------------------------

class Difference(Exception):
    pass


def same(what, want, got):
    if want is not None and want != got:
        raise Difference(f"{what}: printed {want!r}, on the page {got!r}")


def check_table(block, answer):
    table = block.cssselect("table.table-view-table")[0]
    heads = table.cssselect("thead th")
    same("number of columns", len(answer["headers"]), len(heads))
    if heads:
        counts = heads[0].find_class("small-text")
        same("count", [str(len(answer["values"]))] if LOOK["showResultCount"] else [], [c.text for c in counts])
        for count in counts:
            count.getparent().remove(count)
    for want, head in zip(answer["headers"], heads):
        same("header", letters(markdown_text(want)), inner_text(head))
    rows = table.cssselect("tbody > tr")
    same("number of rows", min(len(answer["values"]), SHOWN), len(rows))
    for i, (row, tr) in enumerate(zip(answer["values"], rows)):
        same(f"cells of row {i}", len(row), len(tr))
        for j, (value, td) in enumerate(zip(row, tr)):
            same(f"row {i}, cell {j}", printed(value), inner_text(td))


def check_list(block, answer):
    items = block.cssselect("ul.list-view-ul > li")
    same("number of items", min(len(answer["values"]), SHOWN), len(items))
    for i, (value, li) in enumerate(zip(answer["values"], items)):
        same(f"item {i}", printed(value), inner_text(li))


def place(item):
    return item["path"], item["line"]


def flat_groups(values, path=()):
    """[(path of keys with counts, items)] in the order of the page."""
    if values and "$item" not in values[0]:
        for group in values:
            yield from flat_groups(group["rows"], path + ((printed(group["key"]), count_items(group["rows"])),))
    else:
        yield path, [v["$item"] for v in values]


def count_items(rows):
    return len(rows) if not rows or "$item" in rows[0] else sum(count_items(g["rows"]) for g in rows)


def check_tasks(block, answer):
    container = block.cssselect("div.dataview-container")[0]
    want = list(flat_groups(answer["values"]))
    got = task_lists(container)
    if not answer["values"]:
        same("lists", [], got)
        return
    same("groups", len(want), len(got))
    for (a, _), (b, _) in zip(want, got):
        same("counts", [n if LOOK["showResultCount"] else None for _, n in a], [n for _, n in b])
        for (key, _), (shown, _) in zip(a, b):
            same("heading", key, shown)
    for (_, items), (_, lis) in zip(want, got):
        rows = {place(i): i for i in items}
        below = {}

        def reach(item):
            for child in item["children"]:
                child = child["$item"]
                if place(child) not in below:
                    below[place(child)] = True
                    reach(child)

        for item in items:
            reach(item)
        roots = list({place(i): i for i in items if place(i) not in below}.values())
        same("tasks at the top", len(roots), len(lis))
        for item, li in zip(roots, lis):
            check_task(item, li, rows)


def check_task(item, li, rows):
    shown = rows.get(place(item), item).get("visual", item["text"])
    if item["task"]:
        same("status", item["status"], li.get("data-task"))
    same("mark", item["task"] and item["status"] != " ", "is-checked" in classes(li))
    same("a box", item["task"], bool(li.find_class("task-list-item-checkbox")) and li[0].tag == "input")
    same("text", printed(shown), own_text(li))
    below = children(li)
    same(f"items below {item['text']!r}", len(item["children"]), len(below))
    for child, inner in zip(item["children"], below):
        check_task(child["$item"], inner, rows)


def check_calendar(block, answer):
    days = {}
    for td in block.cssselect("table.calendar td.has-entries"):
        days[td.find("time").get("datetime")] = [inner_text(li) for li in td.iter("li")]
    want = {}
    for entry in answer["values"]:
        date = entry["date"]
        if isinstance(date, dict) and date.get("$date", "invalid") != "invalid":
            want.setdefault(date["$date"][:10], []).append(printed(entry["link"]))
    same("days", want, days)


CHECKS = {"table": check_table, "list": check_list, "task": check_tasks, "calendar": check_calendar}


def check(block, answer):
    errors = block.cssselect("pre.dataview-error")
    if answer.get("error"):
        same("an error", 1, len(errors))
        return
    if answer["type"] == "calendar" and not answer["values"]:
        return
    same("errors", 0, len(errors))
    boxes = block.cssselect(".dataview-error-box")
    same("that there is nothing", LOOK["warnOnEmptyResult"] and not answer["values"], bool(boxes))
    if answer["type"] == "list" and not answer["values"]:
        return
    CHECKS[answer["type"]](block, answer)


# ---- the plugin's own HTML -------------------------------------------------------------

def skeleton(element, ours):
    """Elements, classes and plain text; of Markdown only that it is there."""
    out = []

    def add_text(text):
        text = " ".join((text or "").split())
        if text:
            out.append(text)

    def walk(e):
        own = classes(e)
        if not isinstance(e.tag, str) or "query-foot" in own or "query-more" in own or "task-src" in own:
            return
        if ours and ("table-wrapper" in own or "block-language-dataview" in own):
            for child in e:
                walk(child)
            return
        if "dataview-error" in own:
            out.append("ERROR")
            return
        markdown = e.tag == "span" and not own or "task-body" in own
        if markdown:
            out.append("MARKDOWN")
            return
        status = [e.get("data-task")] if e.get("data-task") is not None else []
        out.append((e.tag, *sorted(c for c in own if c not in ("is-long",)), *status))
        add_text(e.text)
        for child in e:
            walk(child)
            add_text(child.tail)
        out.append("/" + e.tag)

    walk(element)
    return out


# Where ours is another on purpose: what is an item or a note is its text or its link.
COMPACT = re.compile(r"file\.(tasks|lists)\b(?!\.)|\brows\b(?!\.)|\bT\b(?!\.)|children|subtasks")


def first_difference(want, got):
    for i in range(max(len(want), len(got))):
        a, b = (x[i] if i < len(x) else None for x in (want, got))
        if a != b:
            return f"at {i}: the plugin has {a!r}, the page {b!r}, after {got[max(0, i - 3):i]}"
    return None


# ---- vaults ----------------------------------------------------------------------------

def blocks_of(out, href):
    with open(os.path.join(out, href), "rb") as f:
        page = lxml.html.fromstring(f.read())
    return [b for b in page.cssselect("article .block-language-dataview")
            if not any("markdown-embed" in classes(a) for a in b.iterancestors())]


def built(vault, out):
    return S.build(vault, out, "--quiet").code == 0


def answers(vault, queries):
    """Of (origin, query) pairs."""
    lines = "".join(json.dumps({"id": str(i), "lang": "dataview", "origin": o, "query": q}) + "\n"
                    for i, (o, q) in enumerate(queries))
    p = subprocess.run([S.program(), "query", "--batch", "--today", S.TODAY, "--dates", "files", vault], input=lines.encode(),
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return {int(r["id"]): r["result"] for r in map(json.loads, p.stdout.splitlines())}


def source_of(block):
    return "".join(block.cssselect(".query-src code")[0].itertext())


def page_urls(out):
    with open(os.path.join(out, "pages.json"), encoding="utf-8") as f:
        return {row["path"]: row["url"] for row in json.load(f)}


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def add(self, name, fault):
        if fault is None:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {fault}")


def compare(score, name, vault, out, only=None):
    """Each block of each page of a built site with what is printed."""
    found = []
    for path, url in page_urls(out).items():
        for k, block in enumerate(blocks_of(out, url)):
            if block.cssselect(".query-src"):
                found.append((path, k, block, source_of(block)))
    printed_answers = answers(vault, [(path, query) for path, _, _, query in found])
    for i, (path, k, block, query) in enumerate(found):
        try:
            fault = None
            if i not in printed_answers:
                fault = "nothing is printed"
            elif only is None or i in only:
                check(block, printed_answers[i])
        except Difference as d:
            fault = f"{d}\n     {query.strip()}"
        score.add(f"{name}: {path}, block {k + 1}", fault)
    return found


def read_look(vault):
    path = os.path.join(vault, "vaultsite.yaml")
    said = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            try:
                said = (yaml.safe_load(f) or {}).get("dataview", {})
            except yaml.YAMLError:
                pass  # such a fixture is about that
    for key, initial in PLUGIN.items():
        LOOK[key] = said.get(key, initial)


def fixtures(score, place_):
    for vault in sorted(glob.glob(os.path.join(ROOT, "content-fixtures", "*", "vault"))):
        if subprocess.run(["grep", "-rqs", "```dataview", vault], check=False).returncode == 0:
            name = os.path.basename(os.path.dirname(vault))
            read_look(vault)
            out = os.path.join(place_, name)
            if built(vault, out):
                compare(score, name, vault, out)


def set_times(vault):
    with open(os.path.join(SUITE, "mtimes.json"), encoding="utf-8") as f:
        for path, iso in json.load(f).items():
            seconds = datetime.datetime.fromisoformat(iso.replace("Z", "+00:00")).timestamp()
            os.utime(os.path.join(vault, path), (seconds, seconds))


def suite(score, place_, show):
    def rows(name):
        with open(os.path.join(SUITE, name), encoding="utf-8") as f:
            return [json.loads(line) for line in f]

    plugin = {c["id"]: c["html"] for c in rows("cases-html.jsonl")}
    cases = [c for c in rows("cases.jsonl") if c["lang"] == "dataview" and c["origin"] == "Home.md"]
    clean, vault, out = (os.path.join(place_, name) for name in ("clean", "vault", "out"))
    shutil.copytree(os.path.join(SUITE, "vault"), clean)
    set_times(clean)
    shutil.copytree(clean, vault)
    with open(os.path.join(vault, "Home.md"), "a", encoding="utf-8") as f:
        for case in cases:
            f.write(f"\n\n````dataview\n{case['query']}\n````\n")
    if not built(vault, out):
        score.add("suite", "the vault is not built")
        return
    compare(score, "suite", vault, out)
    # Fields in code are fields: some queries are now answered otherwise than in the suite.
    queries = [("Home.md", case["query"]) for case in cases]
    as_in_suite, here = answers(clean, queries), answers(vault, queries)
    blocks = blocks_of(out, page_urls(out)["Home.md"])[-len(cases):]
    for i, (case, block) in enumerate(zip(cases, blocks)):
        if not plugin.get(case["id"]) or COMPACT.search(case["query"]) or as_in_suite[i] != here[i]:
            continue
        want = skeleton(lxml.html.fromstring("<div>" + plugin[case["id"]] + "</div>"), False)[1:-1]
        got = skeleton(block, True)
        fault = first_difference(want, got)
        score.add(f"the plugin's HTML of {case['id']}", fault and f"{fault}\n     {case['query']}")
        if case["id"] in show:
            print(lxml.html.tostring(block, encoding="unicode"))


def main():
    score = Score()
    show = sys.argv[2:] if sys.argv[1:2] == ["--show"] else []
    with tempfile.TemporaryDirectory() as place_:
        suite(score, place_, show)
        fixtures(score, place_)
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main())
