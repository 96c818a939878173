#!/usr/bin/env python3
"""The bars of design.md §4 and decisions.md 29 and 44, measured on generated vaults.

usage: bench.py [--notes N] [--quick] [--work DIR]

CPU is told in units of what `cmark-gfm -e table -e strikethrough` needs for the
same text in one piece, so that the figures mean the same on any machine.  Each
build goes into a new folder: the kernel is slow where much was just deleted.
--quick: one size, no growth.
"""
import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "site"))
import sites as S

# step or steps -> user CPU, at most so many times cmark-gfm's
BARS = [(("compile",), 1.25), (("link",), 0.2), (("emit",), 0.1)]
# Pages without answers; and what instructions.py tells: answering and drawing the queries of
# a plugin, the entity wiki with the repair of damaged text, the search.
PAGES = 0.4
QUERIES = {"dataview": 0.2, "tasks": 0.15}
ENTITIES, SEARCH = 0.3, 0.4
KERNEL_US_A_FILE = 60
MEMORY_MB, MEMORY_TIMES = 64, 6
UNCHANGED_SECONDS = 0.3
ONE_CHANGED = 0.7
TWO_JOBS = 1.5
GROWTH = 1.6  # times linear, from the smallest to the largest
HUGO = 5


class Use:
    """What one child process used."""

    def __init__(self, arguments, said=None):
        started = time.monotonic()
        p = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE if said else subprocess.DEVNULL)
        self.said = p.stderr.read().decode("utf-8", "replace") if said else ""
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.monotonic() - started
        self.code, self.user, self.system = p.returncode, usage.ru_utime, usage.ru_stime
        self.peak = usage.ru_maxrss * 1024 / 1e6
        if self.code != 0:
            sys.exit(f"{' '.join(arguments[:3])}: exit {self.code}\n{self.said[-500:]}")


class Bench:
    def __init__(self, work):
        self.work, self.number, self.missed = work, 0, 0

    def new(self, name):
        self.number += 1
        return os.path.join(self.work, f"{self.number:02}-{name}")

    def vault(self, notes):
        path = os.path.join(self.work, f"vault-{notes}")
        if not os.path.exists(path):
            subprocess.run([sys.executable, os.path.join(HERE, "genvault.py"), str(notes), path], check=True)
        return path

    def build(self, vault, out, jobs=1):
        use = Use([S.program(), "build", vault, out, "--today", S.TODAY, "--jobs", str(jobs), "--format", "json"], True)
        use.report = S.Result(0, use.said).report
        return use

    def row(self, name, value, unit, bar=None, more=False):
        ok = bar is None or (value >= bar if more else value <= bar)
        self.missed += not ok
        said = "" if bar is None else f"   bar {'≥' if more else '≤'} {bar:g}{'' if ok else '   MISSED'}"
        print(f"  {name:<34}{value:10.2f} {unit}{said}", flush=True)


def all_text(vault, to):
    size = 0
    with open(to, "wb") as out:
        for path in S.files(vault):
            data = S.read(vault, path)
            size += len(data)
            if path.endswith(b".md"):
                out.write(data + b"\n\n")
    return size


def median(values):
    return sorted(values)[len(values) // 2]


def cmark(bench, vault):
    """(user seconds of cmark-gfm on the whole text, bytes of the vault)"""
    text = os.path.join(bench.work, "all.md")
    size = all_text(vault, text)
    return median([Use(["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", text]).user for _ in range(5)]), size


def steps(bench, notes):
    vault = bench.vault(notes)
    unit, size = cmark(bench, vault)
    out = bench.new("out")
    first = bench.build(vault, out)
    again = [bench.build(vault, bench.new("out")) for _ in range(2)]
    runs = [first] + again
    took = {name: median([r.report["steps"][name] for r in runs]) / 1000 for name in first.report["steps"]}
    files = first.report["summary"]["written"]
    print(f"{notes} notes, {size / 1e6:.1f} MB, one thread; one unit is cmark-gfm's {unit:.2f} s of user CPU")
    for names, bar in BARS:
        bench.row(" + ".join(names), sum(took[n] for n in names) / unit, "units", bar)
    bench.row("scan", took["scan"] / unit, "units")
    queries(bench, vault, unit)
    bench.row("layout of the graph", took["graph"] / unit, "units")
    bench.row("all but that, user CPU", median([r.user - r.report["steps"]["graph"] / 1000 for r in runs]) / unit, "units", 3)
    bench.row("kernel time a written file", median([r.system for r in runs]) / files * 1e6, "µs", KERNEL_US_A_FILE)
    bench.row("peak memory", first.peak, "MB", round(MEMORY_MB + MEMORY_TIMES * size / 1e6))
    bench.row("wall", median([r.wall for r in runs]), "s")
    two = median([bench.build(vault, bench.new("out"), 2).wall for _ in range(3)])
    bench.row("two jobs, times faster", median([r.wall for r in runs]) / two, "", TWO_JOBS, more=True)
    unchanged = median([bench.build(vault, out).wall for _ in range(3)])
    bench.row("nothing changed, wall", unchanged, "s", UNCHANGED_SECONDS if notes <= 10000 else None)
    changed(bench, vault, out, median([r.wall for r in runs]))
    return first, size, unit, vault


def as_code(vault, languages, to):
    """A copy of the vault in `to` with blocks of these languages as code."""
    shutil.copytree(vault, to)
    for path in S.files(to):
        data = old = S.read(to, path)
        for language in languages:
            data = data.replace(b"```%s\n" % language.encode(), b"```text\n")
        if data != old:
            with open(os.path.join(os.fsencode(to), path), "wb") as f:
                f.write(data)
    return to


def queries(bench, vault, unit):
    """What the pages cost without answers.  What the answers cost is instructions.py's: pages of people
    without their queries are drawn otherwise, so the difference of two builds does not tell it."""
    plain = as_code(vault, QUERIES, bench.new("vault"))
    runs = [bench.build(plain, bench.new("out")).report["steps"] for _ in range(3)]
    took = [median([r[name] for r in runs]) / 1000 for name in ("plan", "stitch")]
    bench.row("plan + stitch, without answers", sum(took) / unit, "units", PAGES)


def changed(bench, vault, out, full):
    copy = bench.new("vault")
    shutil.copytree(vault, copy)
    bench.build(copy, out)
    walls, cpu, written = [], [], 0
    note = next(p for p in S.files(copy) if b"Projects/" in p)
    for i in range(3):
        with open(os.path.join(os.fsencode(copy), note), "ab") as f:
            f.write(b"\nOne more line, number %d.\n" % i)
        use = bench.build(copy, out)
        walls.append(use.wall)
        cpu.append(use.user + use.system)
        written = use.report["summary"]["written"]
    bench.row("one note changed, of a full build", median(walls) / full, "", ONE_CHANGED)
    bench.row("  its CPU", median(cpu), "s")
    bench.row("  files written", written, "")


def others(bench, vault, ours):
    out = bench.new("copy")
    copy = Use(["cp", "-r", vault, out])
    print(f"  beside it: cp -r of the vault {copy.user + copy.system:.2f} s of CPU, {copy.wall:.2f} s wall")
    if shutil.which("hugo") is None:
        print("  hugo: not installed")
        return
    site = bench.new("hugo")
    os.makedirs(os.path.join(site, "layouts", "_default"))
    shutil.copytree(vault, os.path.join(site, "content"))
    fit_for_hugo(os.path.join(site, "content"))
    with open(os.path.join(site, "hugo.toml"), "w", encoding="utf-8") as f:
        f.write('baseURL = "http://localhost/"\ndisableKinds = ["taxonomy", "term", "RSS"]\nignoreErrors = ["error-missing"]\n')
    shutil.copy(os.path.join(site, "hugo.toml"), os.path.join(site, "config.toml"))
    for name, text in (("single", "{{ .Content }}"), ("list", "{{ range .Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}")):
        with open(os.path.join(site, "layouts", "_default", name + ".html"), "w", encoding="utf-8") as f:
            f.write("<!doctype html><html><head><title>{{ .Title }}</title></head><body><main>" + text + "</main></body></html>\n")
    p = subprocess.run(["hugo", "--quiet", "-s", site, "-d", bench.new("hugo-out")], stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, check=False)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode != 0:
        print(f"  hugo: exit {p.returncode}: {p.stderr.decode('utf-8', 'replace').strip().splitlines()[-1:]}")
        return
    before = usage.ru_utime + usage.ru_stime
    started = time.monotonic()
    subprocess.run(["hugo", "--quiet", "-s", site, "-d", bench.new("hugo-out")], check=True)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime - before
    print(f"  hugo, bare templates, no links resolved: {cpu:.2f} s of CPU, {time.monotonic() - started:.2f} s wall")
    bench.row("times less CPU than hugo", cpu / (ours.user + ours.system), "", HUGO, more=True)


def fit_for_hugo(content):
    """Hugo stops at a note whose properties or file name it cannot read: those lose their properties."""
    for path in S.files(content):
        full = os.path.join(os.fsencode(content), path)
        with open(full, "rb") as f:
            data = f.read()
        if data.startswith(b"---\n"):
            end = data.find(b"\n---\n", 4)
            with open(full, "wb") as f:
                f.write(b"---\ntitle: note\n---\n" + data[end + 5:].replace(b"{{", b"{ {"))


def growth(bench, sizes):
    print("growth, one thread")
    rows = []
    for notes in sizes:
        vault = bench.vault(notes)
        size = sum(len(S.read(vault, p)) for p in S.files(vault))
        use = bench.build(vault, bench.new("out"))
        rows.append((size, use.user, use.peak))
        print(f"  {notes:>6} notes {size / 1e6:7.1f} MB: {use.user:6.2f} s user, {use.system:6.2f} s kernel, {use.peak:6.0f} MB"
              f" = {use.peak / (MEMORY_MB + MEMORY_TIMES * size / 1e6):.2f} of what is allowed", flush=True)
        if use.peak > MEMORY_MB + MEMORY_TIMES * size / 1e6:
            bench.missed += 1
    (small, least, _), (large, most, _) = rows[0], rows[-1]
    bench.row(f"{large / small:.0f} times the text, CPU of linear", (most / least) / (large / small), "", GROWTH)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--notes", type=int, default=10000)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--work", metavar="DIR")
    a = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="vaultsite-bench-", dir=a.work) as work:
        bench = Bench(work)
        first, _, _, vault = steps(bench, a.notes)
        others(bench, vault, first)
        if not a.quick:
            growth(bench, [1000, 5000, 10000, 40000])
    print("all bars are met" if not bench.missed else f"{bench.missed} bars are missed")
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
