#!/usr/bin/env python3
"""A build that is killed leaves the old site whole, and the next one is complete.

Kills `vaultsite build` (the program named by VAULTSITE) while it puts one
version of a small vault in the place of another, at calls spread over all its
changes to the file system (killer.c) and at moments spread over its time; and
while it builds into a folder that is not there yet.

usage: kill.py [--points N]      default 200, half as many by time
"""
import argparse
import functools
import os
import posixpath
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import two_versions as tv

HERE = os.path.dirname(os.path.abspath(__file__))


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src") and value:
                parts = urlsplit(value)
                if not parts.scheme and not parts.netloc and parts.path:
                    self.found.add(unquote(parts.path))


def links_of(data, known={}):
    if data not in known:
        parser = Links()
        parser.feed(data.decode())
        known[data] = parser.found
    return known[data]


def dead_links(page, data, files):
    for path in links_of(data):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if path.endswith("/") or target == ".":
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in files:
            yield f"{page} links to {path}, which is not there"


def is_ours(path):
    """Bookkeeping, which no page links to."""
    return posixpath.basename(path).startswith(".vaultsite-")


def check_between(got, old, new):
    """What is wrong with a site that was to become `new` when the kill came."""
    wrong = []
    files = {p: data for p, data in got.items() if data is not None and not is_ours(p)}
    old = {p: data for p, data in old.items() if not is_ours(p)}
    new = {p: data for p, data in new.items() if not is_ours(p)}
    for path, data in files.items():
        if data not in (old.get(path), new.get(path)):
            wrong.append(f"neither old nor new: {path}")
    missing = old.keys() - files.keys()
    if missing:
        # Removals come last: by then everything is new.
        wrong += [f"missing: {p}" for p in missing & new.keys()]
        wrong += [f"not yet new when others were removed: {p}"
                  for p in new if files.get(p) != new[p]]
    changed = any(files.get(p) == new[p] != old[p] for p in old.keys() & new.keys()
                  if p.endswith(".html"))
    visible = new if missing else old.keys() | new.keys() if changed else old
    for page in visible:
        if page.endswith(".html") and page in files:
            wrong += dead_links(page, files[page], files)
    return wrong


def check_first(got, new):
    """The same for a first build: files are whole, or beginnings."""
    return [f"not a beginning of the new file: {p}" for p, data in got.items()
            if data is not None and not is_ours(p) and
            not new.get(p, b"").startswith(data)]


class Killer:
    def __init__(self, work):
        self.library = os.path.join(work, "killer.so")
        self.count = os.path.join(work, "count")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", self.library,
                        os.path.join(HERE, "killer.c"), "-ldl"], check=True)

    def environment(self, **more):
        return dict(os.environ, LD_PRELOAD=self.library,
                    KILLER_PROGRAM=os.path.basename(tv.program()),
                    ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0", **more)

    def calls(self, vault, out):
        """How many changes to the file system this build makes, and its time."""
        began = time.monotonic()
        code, said = tv.build(vault, out, env=self.environment(KILLER_COUNT=self.count))
        if code != 0:
            sys.exit(f"build of {vault}: exit {code}\n{said}")
        with open(self.count, encoding="ascii") as f:
            return int(f.read()), time.monotonic() - began

    def at_call(self, vault, out, k):
        code, _ = tv.build(vault, out, env=self.environment(KILLER_AT=str(k)))
        return code == -signal.SIGKILL

    @staticmethod
    def at_time(vault, out, seconds):
        with subprocess.Popen(tv.command(vault, out), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as build:
            time.sleep(seconds)
            build.kill()
            return build.wait() == -signal.SIGKILL


def spread(points, total):
    return sorted({1 + i * (total - 1) // max(points - 1, 1) for i in range(points)})


class Test:
    def __init__(self, work):
        self.out = os.path.join(work, "out")
        self.killer = Killer(work)
        self.vaults = [os.path.join(work, str(v), "vault") for v in (1, 2)]
        for version, vault in zip((1, 2), self.vaults):
            tv.make_vault(vault, version)
        self.sites = [tv.fresh(work, vault, f"fresh{i}")
                      for i, vault in enumerate(self.vaults)]
        self.kills = self.ends = self.failed = 0

    def verdict(self, when, found):
        """One kill and the build after it count as one test."""
        self.failed += bool(found)
        if found:
            print(f"FAIL kill: {when}")
            for what in found[:5]:
                print(f"     {what}")

    def complete(self, to):
        tv.build_well(self.vaults[to], self.out)
        return [f"after a whole build of version {to + 1}: {what}"
                for what in tv.differences(tv.tree(self.out), self.sites[to])]

    def one(self, to, kill, check):
        killed = kill(self.vaults[to], self.out)
        self.kills += killed
        self.ends += not killed
        return check(tv.tree(self.out)) if os.path.isdir(self.out) else []

    def rebuilds(self, kills):
        """OUT holds the first version.  After each kill the build is either done
        again or given up for the version that was there; both must end well."""
        at = 0
        for i, (when, kill) in enumerate(kills):
            to = 1 - at
            found = self.one(to, kill, functools.partial(
                check_between, old=self.sites[at], new=self.sites[to]))
            at = to if i % 2 else at
            self.verdict(when, found + self.complete(at))

    def firsts(self, kills):
        for i, (when, kill) in enumerate(kills):
            shutil.rmtree(self.out)
            found = self.one(0, kill, functools.partial(
                check_first, new=self.sites[0]))
            self.verdict("first build, " + when, found + self.complete(i % 2))

    def at_calls(self, points, total):
        return [(f"call {k}", functools.partial(self.killer.at_call, k=k))
                for k in spread(points, total)]

    def at_times(self, points, seconds):
        times = [seconds * (i + 1) / (points + 1) for i in range(points)]
        return [(f"{t:.4f} s", functools.partial(self.killer.at_time, seconds=t))
                for t in times]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=200)
    points = parser.parse_args().points
    with tempfile.TemporaryDirectory(prefix="vaultsite-kill-") as work:
        test = Test(work)
        first, _ = test.killer.calls(test.vaults[0], test.out)
        test.killer.calls(test.vaults[1], test.out)
        again, seconds = test.killer.calls(test.vaults[0], test.out)
        if min(first, again) < 50:
            sys.exit(f"only {first} and {again} calls were seen: is the program static?")
        test.rebuilds(test.at_calls(points, again) + test.at_times(points // 2, seconds))
        test.firsts(test.at_calls(max(points // 5, 1), first))
    print(f"kill: {test.kills} builds killed, {test.ends} came to their end before, "
          f"{first} and {again} changes to the file system a build")
    if test.kills < points // 2:
        test.verdict("all", ["too few builds were killed to tell anything"])
    print(f"{test.kills + test.ends - test.failed} passed, {test.failed} failed")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
