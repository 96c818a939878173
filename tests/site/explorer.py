"""The tree of a site's folders, read as a browser reads it (src/site/explorer.h)."""
import json
import re
import sys
from urllib.parse import unquote

import sites as S

CALL = re.compile(r"vaultsite\.(\w+)\((.*)\);\n\Z", re.S)
INDEX = re.compile(r'\{version:"[0-9a-f]{10}",style:("[^"]*")((?:,\w+:"(?:[^"\\]|\\.)*"){4})\}\Z')
BRANCH = re.compile(rb'<ul class="plain" data-explorer="[^"]*"(?: data-branch="(\d+)")?>')
ROWS, FILE_ROWS, FILE = 200, 250, 256
# A path may have hundreds of folders.
sys.setrecursionlimit(20_000)


def read(out, path, name):
    """What the one call in a file is given, or None."""
    m = CALL.match(S.read(out, path).decode("utf-8"))
    return m.group(2) if m and m.group(1) == name else None


class Tree:
    """All branches, each reached from the root as a reader reaches it."""

    def __init__(self, site, files):
        self.site, self.faults = site, []
        self.branches = {}  # name -> branch
        self.where = {}  # path of a page -> branch that its row is in
        self.titles = {}  # path of a page -> what its row says
        self.visited = set()
        for i in range(len(files)):
            number, branches = json.loads("[" + (read(site.out, f"_/explorer/{i}.js", "branches") or "null,[]") + "]")
            rows = sum(len(branch[4]) for branch in branches)
            if number != i or not branches or len(branches) > FILE or rows > FILE_ROWS:
                self.faults.append(f"{i}.js calls itself {number} and has {len(branches)} branches of {rows} rows")
            self.branches.update({i * FILE + k: branch for k, branch in enumerate(branches)})
        self.notes = self.walk(0, -1)
        for name in self.branches.keys() - self.visited:
            self.faults.append(f"nothing leads to branch {name}")

    def following(self, name):
        return name + 1 if name + 1 in self.branches else (name // FILE + 1) * FILE

    def walk(self, name, above):
        """Visits a folder with all below it. Returns how many notes it has but the one that is its page."""
        before, notes = 0, 0
        while True:
            if name not in self.branches or name in self.visited:
                self.faults.append(f"branch {name} is {'there twice' if name in self.visited else 'not there'}")
                return notes
            self.visited.add(name)
            base, up, had, after, rows = self.branches[name]
            if up != above or had != before or len(rows) > ROWS or (after and len(rows) < ROWS):
                self.faults.append(f"branch {name} of {base}: {up}, {had} rows before {len(rows)}")
            notes += sum(self.row(name, base, row) for row in rows)
            before += len(rows)
            if not after:
                return notes
            name = self.following(name)

    def row(self, name, base, row):
        """Returns how many notes are behind a row."""
        title, address, *folder = row
        href = address[1:] if address.startswith("/") else base + address
        path = unquote(href)
        if not title or (fault := self.site.follow("index.html", "", href, "a")):
            self.faults.append(f"{href}: {'no title' if not title else fault}")
        if path in self.where:
            self.faults.append(f"{path} is there twice")
        self.where[path], self.titles[path] = name, title
        if not folder:
            return 1
        inside = self.walk(folder[1], name) if len(folder) > 1 else 0
        inside += path in self.site_notes()
        if re.sub(r"\D", "", folder[0]) != str(inside):
            self.faults.append(f"{path}: {folder[0]} notes, of which {inside} are found")
        return inside

    def site_notes(self):
        if not hasattr(self, "listed"):
            rows = json.loads(S.read(self.site.out, "pages.json"))
            self.listed = {row["url"]: row for row in rows if row["kind"] != "template"}
        return self.listed


def folders_of(notes):
    """Vault paths of all folders that hold one of the notes."""
    found = set()
    for row in notes.values():
        parts = row["path"].split("/")[:-1]
        found |= {"/".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return found


def page_faults(site, tree):
    """A page says in which branch its row is, where it has one, and nothing that grows with the vault."""
    faults = []
    for path, page in site.pages.items():
        m = BRANCH.search(S.read(site.out, path)) if not page.is_redirect else None
        if m is None:
            continue
        said = int(m.group(1)) if m.group(1) else None
        own = tree.where.get(re.sub(r"~[^/~]*$", ".html", path)) if "~mentions-" in path else tree.where.get(path)
        if own is not None and said != own or said is not None and said not in tree.branches:
            faults.append(f"{path} is said to be in branch {said}, and is in {own}")
    return faults


def faults(site):
    """What is wrong with the tree of a laws.Site; [] where there is none."""
    files = {p for p in site.paths if p.startswith("_/explorer/")}
    if not files:
        return []
    m = INDEX.match(read(site.out, "_/explorer/index.js", "explorer") or "")
    if not m:
        return ["_/explorer/index.js is not what it should be"]
    found = [] if json.loads(m.group(1)) in site.set else [f"no style sheet {m.group(1)}"]
    files.remove("_/explorer/index.js")
    if files != {f"_/explorer/{i}.js" for i in range(len(files))}:
        return found + [f"files: {sorted(files)}"]
    tree = Tree(site, files)
    notes = tree.site_notes()
    rows, missing = set(tree.where), notes.keys() - tree.where.keys()
    found += tree.faults + [f"{path}: no row" for path in sorted(missing)]
    nfolders = sum(len(row) > 2 for branch in tree.branches.values() for row in branch[4])
    if nfolders != len(folders_of(notes)):
        found.append(f"{nfolders} folders of {len(folders_of(notes))}")
    if len(rows - notes.keys()) > nfolders:
        found.append("rows that are neither a note nor a folder")
    found += [f"{path}: called {tree.titles[path]!r}" for path in sorted(rows & notes.keys())
              if tree.titles[path] != notes[path]["title"] and path.rsplit("/", 1)[-1] != "index.html"]
    return found + page_faults(site, tree)
