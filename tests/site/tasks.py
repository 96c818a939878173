#!/usr/bin/env python3
"""Tasks queries on the pages are as `vaultsite query` prints them (decisions.md 39).

usage: tasks.py [--show CASE…]

Every Tasks block of content-fixtures/*/vault, and every query of the conformance suite,
written into its vault with the settings of the case: headings of groups, tasks and the
note that each leads to, count lines, explanations, what is hidden. What the suite knows of
the plugin's own HTML is compared too: elements, classes, data attributes and texts.
"""
import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

import lxml.html

sys.dont_write_bytecode = True
import answers as A
import sites as S

ROOT = S.ROOT
SUITE = os.path.join(ROOT, "tests", "conformance", "tasks")
LEVELS = {"h4": 0, "h5": 1, "h6": 2}
SHOWN = 100  # tasks of an answer on its note's page
BOX = re.compile(r"^[\s>]*(?:[-*+]|\d+[.)]) +\[.\] *(.*)$", re.S)


# ---- one against the other -------------------------------------------------------------

class Group:
    def __init__(self, headings, items):
        self.headings, self.items = headings, items


def groups_of(block):
    """Headings and lists in the order of the page, columns one after another."""
    groups, headings = [], []

    def walk(element):
        for child in element:
            own = A.classes(child)
            if "tasks-group-heading" in own:
                headings.append(child)
            elif "plugin-tasks-query-result" in own:
                groups.append(Group(list(headings), list(child)))
                headings.clear()
            elif "tasks-columns" in own or "tasks-columns-column" in own:
                walk(child)

    walk(block)
    A.same("headings without a list", [], headings)
    return groups


def check_heading(want, count, last, layout, heading):
    level, name, _ = want
    A.same("level", min(level, 2), LEVELS[heading.tag])
    counts = heading.find_class("tasks-group-count")
    shown = f"({count})" if last and not layout.get("hideGroupCount", True) else None
    A.same("group count", [shown] if shown else [], [c.text_content() for c in counts])
    if not re.search(r"[\n<$`]", name):  # of what else Markdown makes only a page can tell
        A.same("heading", A.letters(A.markdown_text(name)) + A.letters("".join(c.text_content() for c in counts)),
               A.inner_text(heading))


def check_item(want, lines, layout, folder, li):
    """`path:line` and the item that shows it."""
    path, line = want.rsplit(":", 1)
    links = [a for span in li.find_class("tasks-backlink") for a in span.iter("a")
             if next(e for e in span.iterancestors("li")) is li]
    A.same("backlinks", 0 if layout.get("hideBacklinks") else 1, len(links))
    for a in links:
        target = urllib.parse.unquote(urllib.parse.urljoin(folder, a.get("href").partition("#")[0]))
        A.same("note", path, lines.note_at(target, folder))
    text = BOX.match(lines.of(path)[int(line) - 1])
    written = collections.Counter(A.letters(A.html.unescape(text[1])))
    for span in li.find_class("task-description")[:1]:
        # A letter that was damaged is another one in the file.
        more = collections.Counter(filter(str.isascii, A.letters(span.text_content()))) - written
        A.same(f"letters that {want} does not have", "", "".join(more))


class Lines:
    """The notes of a vault, and which of them a page is."""

    def __init__(self, vault, out):
        self.vault, self.read = vault, {}
        self.urls = {url: path for path, url in A.page_urls(out).items()}

    def of(self, path):
        if path not in self.read:
            with open(os.path.join(self.vault, path), encoding="utf-8-sig", newline="") as f:
                self.read[path] = f.read().split("\n")
        return self.read[path]

    def note_at(self, target, here):
        return self.urls.get(target or here)


def count_of(answer):
    return sum(len(g["tasks"]) for g in answer.get("groups", []))


def check(block, answer, lines, url):
    errors = block.find_class("tasks-error")
    explanations = [e.text_content() for e in block.find_class("plugin-tasks-query-explanation")]
    same_text = [re.sub(r"[ \t]+$", "", t, flags=re.M).strip("\n") for t in explanations]
    wanted = answer.get("explanation")
    A.same("explanation", [] if wanted is None else [re.sub(r"[ \t]+$", "", wanted, flags=re.M).strip("\n")], same_text)
    if answer.get("error"):
        A.same("an error", 1, len(errors))
        shown = errors[0].text_content()
        message = "Tasks query: " + answer["message"].rstrip("\n")
        A.same("message", message, shown[:len(message)])
        return
    A.same("errors", 0, len(errors))
    layout = answer.get("layout", {})
    counts = [c.text_content() for c in block.find_class("task-count")]
    A.same("count", [] if layout.get("hideTaskCount") else [answer["countText"]], counts)
    shown = groups_of(block)
    if count_of(answer) > SHOWN:
        return
    A.same("groups", len(answer["groups"]), len(shown))
    A.same("in columns", layout.get("view") == "columns", bool(block.find_class("tasks-columns")))
    for want, group in zip(answer["groups"], shown):
        A.same("headings", len(want["headings"]), len(group.headings))
        for i, (name, heading) in enumerate(zip(want["headings"], group.headings)):
            check_heading(name, want["count"], i + 1 == len(want["headings"]), layout, heading)
        if not layout.get("hideTree", True):
            continue  # what stands where is the plugin's HTML to say
        A.same("tasks", len(want["tasks"]), len(group.items))
        for task, li in zip(want["tasks"], group.items):
            check_item(task, lines, layout, url, li)


# ---- the plugin's own HTML -------------------------------------------------------------

# A site has no buttons and no cards to drag.
NOT_OURS = {"tasks-edit", "tasks-postpone", "tasks-columns-column-can-drop"}
NOT_THEIRS = {"is-overdue", "task-src", "internal-link"}


def skeleton(element):
    """Elements, classes, data attributes and texts; of Markdown the letters alone."""
    out = []

    def letters(said):
        return A.letters(A.markdown_text(re.sub(r"<script>.*?</script>", "", said)))

    def text(said):
        said = " ".join((said or "").split())
        if said:
            out.append(said)

    def walk(e):
        own = A.classes(e)
        if not isinstance(e.tag, str) or "query-foot" in own or e.tag == "a" and NOT_OURS & set(own):
            return
        if "task-extras" in own and not e.text_content():
            return
        if "tasks-group-heading" in own or e.tag == "span" and not own and "task-description" in A.classes(e.getparent()):
            out.append((e.tag, *own, letters(e.text_content())))
            return
        if "tasks-backlink" in own:
            # Headings are shown as they look, and none where one is empty.
            out.append(" > ".join(letters(part) for part in e.text_content().split(" > ")).removesuffix(" > "))
            return
        data = sorted(f"{k}={v}" for k, v in e.attrib.items() if k.startswith("data-task"))
        out.append((e.tag, *sorted(set(own) - NOT_OURS - NOT_THEIRS), *data, *(["checked"] if "checked" in e.attrib else [])))
        text(e.text)
        for child in e:
            walk(child)
            text(child.tail)
        out.append("/" + e.tag)

    for child in element:
        walk(child)
    return out


# Where ours is another on purpose: an item on the line of its task is not shown below that.
OTHERWISE = {"tree-007"}


def compare_with_plugin(score, case, wanted, block):
    want = skeleton(lxml.html.fromstring("<div>" + wanted["html"] + "</div>"))
    fault = A.first_difference(want, skeleton(block))
    score.add(f"the plugin's HTML of {case['id']}", fault and f"{fault}\n     {case['query']}")


# ---- vaults ----------------------------------------------------------------------------

def blocks_of(out, url):
    """Of the note's own, with what they ask."""
    with open(os.path.join(out, url), "rb") as f:
        page = lxml.html.fromstring(f.read())
    blocks = [b for b in page.cssselect("article .block-language-tasks")
              if not any("markdown-embed" in A.classes(a) for a in b.iterancestors())]
    return [(b, A.source_of(b)) for b in blocks if b.cssselect(".query-src")]


def answers(vault, queries):
    lines = "".join(json.dumps({"id": str(i), "lang": "tasks", "origin": o, "query": q}) + "\n"
                    for i, (o, q) in enumerate(queries))
    p = subprocess.run([S.program(), "query", "--batch", "--today", S.TODAY, "--dates", "files", vault], input=lines.encode(),
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return [json.loads(line)["result"] for line in p.stdout.splitlines()]


def compare(score, name, vault, out):
    """[(path, block, its answer)] of a built site; each is compared."""
    found = [(path, url, k, block, query) for path, url in A.page_urls(out).items()
             for k, (block, query) in enumerate(blocks_of(out, url))]
    lines = Lines(vault, out)
    printed = answers(vault, [(path, query) for path, _, _, _, query in found])
    if len(printed) != len(found):
        score.add(name, f"{len(printed)} answers to {len(found)} queries")
        return []
    for (path, url, k, block, query), answer in zip(found, printed):
        fault = None
        try:
            check(block, answer, lines, url)
        except A.Difference as d:
            fault = f"{d}\n     {query.strip()}"
        score.add(f"{name}: {path}, block {k + 1}", fault)
    return [(path, block, answer) for (path, _, _, block, _), answer in zip(found, printed)]


def fixtures(score, place):
    for vault in sorted(glob.glob(os.path.join(ROOT, "content-fixtures", "*", "vault"))):
        if subprocess.run(["grep", "-rqs", "```tasks", vault], check=False).returncode == 0:
            name = os.path.basename(os.path.dirname(vault))
            out = os.path.join(place, name)
            if A.built(vault, out):
                compare(score, name, vault, out)


def write_vault(vault, files, cases):
    """The suite's vault with a case's settings, the queries at the end of their notes."""
    shutil.copytree(os.path.join(SUITE, "vault"), vault)
    for path, content in files.items():
        os.makedirs(os.path.dirname(os.path.join(vault, path)), exist_ok=True)
        with open(os.path.join(vault, path), "w", encoding="utf-8") as f:
            f.write(content if isinstance(content, str) else json.dumps(content))
    for case in cases:
        with open(os.path.join(vault, case["origin"]), "a", encoding="utf-8") as f:
            f.write(f"\n\n````tasks\n{case['query']}\n````\n")


def suite(score, place, show):
    def rows(name):
        with open(os.path.join(SUITE, name), encoding="utf-8") as f:
            return [json.loads(line) for line in f]

    plugin = {c["id"]: c for c in rows("cases-html.jsonl") if "html" in c}
    by_files = {}
    for case in rows("cases.jsonl"):
        if os.path.exists(os.path.join(SUITE, "vault", case["origin"])):
            by_files.setdefault(json.dumps(case.get("files", {}), sort_keys=True), []).append(case)
    compared = set()
    for number, (files, cases) in enumerate(by_files.items()):
        vault, out = (os.path.join(place, f"{what}-{number}") for what in ("vault", "out"))
        write_vault(vault, json.loads(files), cases)
        if not A.built(vault, out):
            score.add("suite", f"the vault is not built with {files[:200]}")
            continue
        of_note = {}
        for path, block, answer in compare(score, "suite", vault, out):
            of_note.setdefault(path, []).append((block, answer))
        for case in cases:
            later = sum(c["origin"] == case["origin"] for c in cases[cases.index(case):])
            block, answer = of_note[case["origin"]][-later]
            if case["id"] in show:
                print(lxml.html.tostring(block, encoding="unicode"))
            # With the queries in it the vault may have another answer.
            if case["id"] in plugin and case["id"] not in OTHERWISE and \
                    answer.get("groups") == case["result"].get("groups"):
                compared.add(case["id"])
                if count_of(answer) <= SHOWN:
                    compare_with_plugin(score, case, plugin[case["id"]], block)
    missed = plugin.keys() - compared - OTHERWISE
    score.add("the plugin's HTML is compared", f"not of {sorted(missed)}" if missed else None)


def main():
    score = A.Score()
    show = sys.argv[2:] if sys.argv[1:2] == ["--show"] else []
    with tempfile.TemporaryDirectory() as place:
        suite(score, place, show)
        fixtures(score, place)
    print(f"{score.passed} passed, {score.failed} failed")
    return 1 if score.failed else 0


if __name__ == "__main__":
    sys.exit(main())
