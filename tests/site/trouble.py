#!/usr/bin/env python3
"""What goes wrong around a build: streams, signals, limits, other builds, files that go.

Whatever it is, OUT holds the old site or the new one, the exit status tells
which, and nothing that was left out goes unsaid.
"""
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import kill
import sites as S
import two_versions as tv

HERE = os.path.dirname(os.path.abspath(__file__))


class Case:
    """Two versions of a vault and their sites; OUT holds the first."""

    def __init__(self, place):
        self.place, self.out = place, os.path.join(place, "out")
        self.vaults = [os.path.join(place, str(v), "vault") for v in (1, 2)]
        for version, vault in zip((1, 2), self.vaults):
            tv.make_vault(vault, version)
        self.sites = [tv.fresh(place, vault, f"fresh{i}") for i, vault in enumerate(self.vaults)]
        tv.build_well(self.vaults[0], self.out)
        self.faults = []

    def expect(self, good, what):
        if not good:
            self.faults.append(what)

    def holds(self, version, what):
        self.faults += [f"{what}: {d}" for d in tv.differences(tv.tree(self.out), self.sites[version])[:5]]

    def start(self, version, *options, out=None, **more):
        return subprocess.Popen(tv.command(self.vaults[version], out or self.out) + list(options),
                                **{"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE,
                                   **more})

    def build(self, version, *options, **more):
        with self.start(version, *options, **more) as p:
            said = p.communicate(timeout=120)[1]
        return p.returncode, (said or b"").decode("utf-8", "replace")


def streams_are_closed(c):
    """A file of the site must never become standard error."""
    for version, streams in ((1, "<&- >&- 2>&-"), (0, "2>&-"), (1, "<&- 2>&-"), (0, ">&- 2>&-")):
        words = [S.program(), "build", c.vaults[version], c.out, "--today", "2026-01-15", "--force"]
        code = subprocess.run(["sh", "-c", f'exec "$@" {streams}', "sh", *words], check=False).returncode
        c.expect(code == 0, f"{streams}: exit {code}")
        c.holds(version, streams)
        with open(os.path.join(c.out, S.LOCK), "rb") as f:
            c.expect(f.read() == b"", f"{streams}: the lock file took the summary")
    code = subprocess.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", S.program(), "build", c.place + "/none", c.out],
                          check=False).returncode
    c.expect(code == 2, f"no vault and no streams: exit {code}")


def streams_are_full(c):
    with open("/dev/full", "wb") as full:
        code = subprocess.run([S.program(), "--help"], stdout=full, stderr=subprocess.DEVNULL, check=False).returncode
        c.expect(code == 2, f"--help: exit {code}")
        with open(os.path.join(c.vaults[1], "Flaw.md"), "w", encoding="utf-8") as f:
            f.write("[[Nowhere at all]]\n")
        code = subprocess.run([S.program(), "check", c.vaults[1]], stderr=full, check=False).returncode
        c.expect(code == 2, f"check whose findings nobody can read: exit {code}")
        os.remove(os.path.join(c.vaults[1], "Flaw.md"))
        code, _ = c.build(1, "--format", "json", stderr=full)
        c.expect(code == 0, f"build: exit {code}")
        c.holds(1, "build")


def nobody_listens(c):
    reading, writing = os.pipe()
    os.close(reading)
    c.build(1, "--format", "json", stderr=writing)
    os.close(writing)
    c.holds(1, "a closed pipe")


def interrupted(c):
    """Ended by other signals than kill.py's, at ten moments each."""
    began = time.monotonic()
    c.build(1)
    c.build(0)
    seconds = (time.monotonic() - began) / 2
    ended = 0
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for i in range(10):
            with c.start(1) as p:
                time.sleep(seconds * (i + 0.5) / 10)
                p.send_signal(number)
                p.communicate(timeout=120)
            ended += p.returncode == -number
            c.expect(p.returncode in (0, -number), f"{number.name}: exit {p.returncode}")
            between = kill.check_between(tv.tree(c.out), c.sites[0], c.sites[1])
            c.faults += [f"{number.name}: {fault}" for fault in between[:3]]
            tv.build_well(c.vaults[0], c.out)
            c.holds(0, f"after {number.name}")
    c.expect(ended > 0, "no build was ended by a signal")


def another_build_holds_the_lock(c):
    lock = os.open(os.path.join(c.out, S.LOCK), os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    before = S.site_stats(c.out)
    for version, options in ((1, []), (0, []), (1, ["--force"])):
        code, said = c.build(version, *options)
        c.expect(code == 2 and "another build is writing to" in said, f"exit {code}: {said}")
    c.expect(before == S.site_stats(c.out), "OUT was touched")
    os.close(lock)
    code, said = c.build(1)
    c.expect(code == 0, f"without the lock: exit {code}: {said}")
    c.holds(1, "without the lock")


def many_at_once(c):
    """Into one folder, new or not: some finish, the others exit 2, the site is whole."""
    for out in (c.out, os.path.join(c.place, "new")):
        for _ in range(5):
            started = [c.start(i % 2, out=out) for i in range(6)]
            codes = []
            for p in started:
                said = p.communicate(timeout=120)[1].decode()
                codes.append(p.returncode)
                c.expect(p.returncode == 0 or p.returncode == 2 and "another build is writing" in said,
                         f"exit {p.returncode}: {said}")
            c.expect(0 in codes, f"nobody finished: {codes}")
            site = tv.tree(out)
            c.expect(site in c.sites, "a mixture: " + "; ".join(tv.differences(site, c.sites[0])[:3]))


def limited(kind, value):
    return lambda: resource.setrlimit(kind, (value, value))


def files_may_not_be_large(c):
    before = S.site_stats(c.out)
    for limit in (0, 100, 3000):
        code, said = c.build(1, preexec_fn=limited(resource.RLIMIT_FSIZE, limit))
        c.expect(code == 2 and "File too large" in said, f"{limit} bytes: exit {code}: {said}")
        same = {p: s[:2] for p, s in before.items() if p != S.MANIFEST.encode()} == \
            {p: s[:2] for p, s in S.site_stats(c.out).items() if p != S.MANIFEST.encode()}
        c.expect(same, f"{limit} bytes: OUT was touched")
    code, said = c.build(0)
    c.expect(code == 0, f"then the old vault: exit {code}: {said}")
    c.holds(0, "then the old vault")


def few_files_may_be_open(c):
    """All or nothing: a file that cannot be opened for that is no flaw of the vault."""
    least = 160
    deep = os.path.join(c.vaults[1], *"abcdefghi" * 11)
    os.makedirs(deep)
    tv.write(deep, "Bottom.md", b"[[Note 2]]\n")
    c.sites[1] = tv.fresh(c.place, c.vaults[1], "deep")
    for limit in (3, 4, 5, 8, 16, 32, 64, 100, least - 1, least, 200):
        code, said = c.build(1, "--jobs", "200", preexec_fn=limited(resource.RLIMIT_NOFILE, limit))
        # 127: not even the libraries could be opened.
        c.expect(code == 0 and limit >= least or code in (2, 127) and limit < least, f"{limit}: exit {code}: {said[-200:]}")
        c.expect(code != 2 or "ulimit -n" in said, f"{limit}: {said[-200:]}")
        c.holds(1 if code == 0 else 0, f"{limit} descriptors, exit {code}")
        code, said = c.build(0)
        c.expect(code == 0, f"after {limit}: exit {code}: {said}")


def little_memory(c):
    if S.SANITISED:
        return
    ended = 0
    for megabytes in (8, 12, 16, 24, 32, 48, 64):
        code, said = c.build(1, "--jobs", "1", preexec_fn=limited(resource.RLIMIT_AS, megabytes << 20))
        ended += code == 2
        # 127: not even the libraries had room.
        c.expect(code in (0, 127) or code == 2 and "memory" in said, f"{megabytes} MB: exit {code}: {said[-200:]}")
        # In the midst of writing it ends as a killed build does.
        between = kill.check_between(tv.tree(c.out), c.sites[0], c.sites[1])
        c.faults += [f"{megabytes} MB, exit {code}: {fault}" for fault in between[:3]]
        if code == 0:
            c.holds(1, f"{megabytes} MB")
        tv.build_well(c.vaults[0], c.out)
        c.holds(0, f"after {megabytes} MB")


def no_threads(c):
    """Where the system gives none, the one there is does the work."""
    def alone():
        os.setgid(65534)
        os.setuid(65534)
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))

    if os.getuid() != 0:
        return
    program = os.path.join(c.place, "program")
    with open(S.program(), "rb") as f, open(program, "wb") as to:
        to.write(f.read())
    os.chmod(program, 0o755)
    extras = os.path.join(os.path.dirname(S.program()), "vaultsite-extras")
    if os.path.isdir(extras):
        shutil.copytree(extras, os.path.join(c.place, "vaultsite-extras"))
    os.chmod(c.place, 0o777)
    out = os.path.join(c.place, "alone")
    p = subprocess.run([program, "build", c.vaults[1], out, "--today", "2026-01-15", "--jobs", "4"], preexec_fn=alone,
                       stderr=subprocess.PIPE, check=False)
    c.expect(p.returncode == 0, f"exit {p.returncode}: {p.stderr[-200:]!r}")
    c.faults += tv.differences(tv.tree(out), c.sites[1])[:5]


def files_vanish(c):
    """Between the walk, which lists them, and the moment they are read."""
    library = os.path.join(c.place, "vanish.so")
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "vanish.c"), "-ldl"], check=True)
    os.makedirs(os.path.join(c.vaults[1], "a folder"))
    tv.write(c.vaults[1], "pictures/drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    tv.write(c.vaults[1], "Drawn.md", b"![[drawing.svg]]\n")
    for name, path in (("Note 7.md", "notes/note-7.html"), ("picture 2.png", "files/pictures/picture-2.png"),
                       ("drawing.svg", "files/pictures/drawing.svg"), ("a folder", "a-folder/index.html")):
        r = S.run("build", c.vaults[1], c.out, "--format", "json",
                  env=dict(os.environ, LD_PRELOAD=library, VANISH=name, ASAN_OPTIONS="verify_asan_link_order=0"))
        c.expect(r.code == 0, f"{name}: exit {r.code}: {r.last}")
        codes = {f["code"] for f in r.findings if os.path.basename(f["path"]) == name}
        c.expect(codes == {"file-vanished"} or name == "a folder" and codes <= {"file-vanished", "file-unreadable"} and codes,
                 f"{name}: findings {sorted(codes)}")
        site = tv.tree(c.out)
        c.expect(path not in site, f"{name}: {path} is on the site")
        if name.endswith(".md"):
            files = {p: b for p, b in site.items() if b is not None}
            c.faults += [f"{name}: {d}" for p, b in files.items() if p.endswith(".html") for d in kill.dead_links(p, b, files)][:3]


CASES = [streams_are_closed, streams_are_full, nobody_listens, interrupted, another_build_holds_the_lock, many_at_once,
         files_may_not_be_large, few_files_may_be_open, little_memory, no_threads, files_vanish]


def main():
    score = S.Score()
    for case in CASES:
        if sys.argv[1:] and case.__name__ not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory(prefix="vaultsite-trouble-") as place:
            c = Case(place)
            began = time.monotonic()
            case(c)
            score.verdict(case.__name__.replace("_", " "), c.faults, time.monotonic() - began)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
