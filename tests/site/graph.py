"""The graph of a site, read as a browser reads it (src/site/graph_files.h)."""
import json
import os
import posixpath
import re
from urllib.parse import unquote

import sites as S

CALL = re.compile(r"vaultsiteGraph\.(\w+)\((.*)\);\n\Z", re.S)
NODES, NEAR, PAGE = 1500, 24, "index~graph.html"


def call(out, path, name):
    m = CALL.match(S.read(out, path).decode("utf-8"))
    return json.loads("[" + m.group(2) + "]") if m and m.group(1) == name else None


def bucket(path, n):
    h = 2166136261
    for byte in path.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return h & n - 1


class Graph:
    def __init__(self, site, files):
        self.site, self.faults, self.near = site, [], {}
        rows = json.loads(S.read(site.out, "pages.json"))
        self.titles = {r["url"]: r["title"] for r in rows if r["kind"] != "template"}
        self.index = call(site.out, "_/graph/index.js", "index")[0]
        self.nodes = [unquote(n[1]) for n in self.index["nodes"]]
        wanted = {"_/graph/index.js"} | {f"_/graph/near-{i}.js" for i in range(self.index["buckets"])}
        if set(files) != wanted:
            self.faults.append(f"files: {sorted(wanted ^ set(files))}")
            return
        for i in range(self.index["buckets"]):
            number, notes = call(site.out, f"_/graph/near-{i}.js", "near")
            self.near.update(notes)
            self.faults += [f"{p}: in file {i}" for p in notes if number != i or bucket(p, self.index["buckets"]) != i]

    def leads(self, a, b):
        """Whether a page links to another."""
        here = posixpath.dirname(a)
        return any(posixpath.normpath(posixpath.join(here, unquote(url.split("#")[0].split("?")[0]))) == b
                   for _, _, url in self.site.pages[a].links if url)

    def note(self, title, href, kind):
        path = unquote(href)
        if self.titles.get(path) != title:
            self.faults.append(f"{path}: no published note of the name {title!r}")
        if not 0 <= kind < len(self.index["kinds"]):
            self.faults.append(f"{path}: kind {kind}")
        return path

    def link(self, a, b):
        if a == b or a not in self.site.pages or b not in self.site.pages or not (self.leads(a, b) or self.leads(b, a)):
            self.faults.append(f"{a} and {b}: no link")

    def check_nodes(self):
        if not 0 < len(self.nodes) <= NODES or len(set(self.nodes)) < len(self.nodes):
            self.faults.append(f"{len(self.nodes)} nodes, {len(set(self.nodes))} of them different")
        for title, href, kind, x, y, count, tags in self.index["nodes"]:
            self.note(title, href, kind)
            if type(x) is not int or type(y) is not int or max(abs(x), abs(y)) > 1 << 20 or count < 1:
                self.faults.append(f"{href}: {x}, {y}, {count} links")
            if len(set(tags)) < len(tags) or any(not 0 <= t < len(self.index["tags"]) for t in tags):
                self.faults.append(f"{href}: tags {tags}")

    def check_links(self):
        joined = set()
        for i, others in enumerate(self.index["links"]):
            for k in others:
                self.link(self.nodes[i], self.nodes[k])
                if (i, k) in joined:
                    self.faults.append(f"{self.nodes[i]} and {self.nodes[k]}: told twice")
                joined |= {(i, k), (k, i)}
        return {self.nodes[i]: sum(a == i for a, _ in joined) for i in range(len(self.nodes))}

    def check_near(self, told):
        for path, (title, href, kind, count, others) in self.near.items():
            if self.note(title, href, kind) != path or len(others) != min(count, NEAR):
                self.faults.append(f"{path}: {len(others)} of {count} notes, {href}")
            for other in others:
                self.link(path, self.nodes[other] if type(other) is int else self.note(*other[:3]))
        for node in self.index["nodes"]:
            path = unquote(node[1])
            if path not in self.near and told[path] != node[5]:
                self.faults.append(f"{path}: {told[path]} of {node[5]} links, and in no other file")


def faults(site):
    """What the graph draws that is not so."""
    files = [p for p in map(os.fsdecode, S.files(site.out)) if p.startswith("_/graph/")]
    if not files:
        return [f"{PAGE} without a graph"] if PAGE in site.set else []
    graph = Graph(site, files)
    if not graph.faults:
        graph.check_nodes()
        graph.check_near(graph.check_links())
    return graph.faults[:20]
