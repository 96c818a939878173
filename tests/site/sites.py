"""What the tests of whole sites share: the program, vaults, folders as mappings."""
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TODAY = "2026-01-15T12:00:00Z"
SANITISED = bool(os.environ.get("SANITISED"))
MANIFEST = ".vaultsite-manifest"
LOCK = ".vaultsite-lock"


def program():
    path = os.path.abspath(os.environ.get("VAULTSITE") or
                           os.path.join(ROOT, os.environ.get("BUILD", "build"), "vaultsite"))
    if not os.access(path, os.X_OK):
        sys.exit(f"{path}: no such program (make, or set VAULTSITE)")
    return path


class Result:
    """One run: `.code`, `.said` (standard error), `.findings` when asked for as JSON."""

    def __init__(self, code, said):
        self.code, self.said = code, said

    @property
    def report(self):
        at = self.said.find('{"findings"')
        return json.JSONDecoder().raw_decode(self.said, at)[0] if at >= 0 else {}

    @property
    def findings(self):
        return self.report.get("findings", [])

    @property
    def last(self):
        return (self.said.strip().splitlines() or ["(nothing was said)"])[-1][:300]


def run(*arguments, timeout=600, env=None, cwd=None, other=None):
    """`vaultsite ARGUMENT…`, or the `other` program; a run that takes too long counts as killed."""
    try:
        p = subprocess.run([other or program(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, timeout=timeout, env=env, cwd=cwd, check=False)
    except subprocess.TimeoutExpired as e:
        return Result(-9, (e.stderr or b"").decode("utf-8", "replace") + f"\nended after {timeout} s")
    return Result(p.returncode, p.stderr.decode("utf-8", "replace"))


def build(vault, out, *options, **more):
    """Without the dates that git has: the fixtures lie in a repository, and it grows."""
    return run("build", vault, out, "--today", TODAY, "--dates", "files", *options, **more)


def files(root):
    """Every file and link below a folder, as bytes paths relative to it, sorted."""
    top = os.fsencode(root)
    found = []
    for folder, folders, names in os.walk(top):
        for name in names + [d for d in folders if os.path.islink(os.path.join(folder, d))]:
            found.append(os.path.relpath(os.path.join(folder, name), top))
    return sorted(found)


def read(root, path):
    with open(os.path.join(os.fsencode(root), os.fsencode(path)), "rb") as f:
        return f.read()


def site_bytes(out):
    """What a build wrote: path -> digest of the bytes."""
    return {p: hashlib.sha256(read(out, p)).digest() for p in files(out) if p != os.fsencode(LOCK)}


def site_stats(out):
    """What shows that a file was touched: path -> inode, size, time."""
    stats = {}
    for p in files(out):
        if p != os.fsencode(LOCK):
            s = os.lstat(os.path.join(os.fsencode(out), p))
            stats[p] = (s.st_ino, s.st_size, s.st_mtime_ns)
    return stats


def vault_state(vault):
    """A vault byte for byte, with what a file system knows beside the bytes."""
    state = {}
    for folder, folders, names in os.walk(os.fsencode(vault)):
        for name in sorted(names + folders):
            full = os.path.join(folder, name)
            s = os.lstat(full)
            what = b""
            if os.path.islink(full):
                what = os.readlink(full)
            elif os.path.isfile(full):
                with open(full, "rb") as f:
                    what = hashlib.sha256(f.read()).digest()
            state[full] = (s.st_mode, s.st_size, s.st_mtime_ns, what)
    return state


def difference(a, b, limit=5):
    """The paths at which two mappings differ, as text; "" when they are equal."""
    if a == b:
        return ""
    paths = sorted(p for p in a.keys() | b.keys() if a.get(p) != b.get(p))
    shown = [os.fsdecode(p) for p in paths[:limit]]
    return ", ".join(repr(p) for p in shown) + (f" and {len(paths) - limit} more" if len(paths) > limit else "")


def conformance_vault(to):
    """The Markdown suite's vault with the text of all its cases in place."""
    suite = os.path.join(ROOT, "tests", "conformance", "markdown")
    shutil.copytree(os.path.join(suite, "vault"), to, symlinks=True)
    with open(os.path.join(suite, "cases.jsonl"), encoding="utf-8") as f:
        for line in f:
            case = json.loads(line)
            if case["input"] is not None:
                path = os.path.join(to, case["note"])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8", newline="") as note:
                    note.write(case["input"])


def fixtures():
    """name -> vault, of content-fixtures/."""
    return {os.path.basename(os.path.dirname(v)): v
            for v in sorted(glob.glob(os.path.join(ROOT, "content-fixtures", "*", "vault")))}


def real_vaults():
    """name -> vault: vaults of other people, where a folder of them lies beside
    the checkout (or REAL_VAULTS names one)."""
    places = [os.environ["REAL_VAULTS"]] if os.environ.get("REAL_VAULTS") else \
        glob.glob(os.path.join(os.path.dirname(ROOT), "*", "vaults"))
    return {os.path.basename(os.path.dirname(v)): v
            for place in places for v in sorted(glob.glob(os.path.join(place, "*", "vault")))}


class Score:
    """Counts and prints verdicts; `finish` prints the line that the runner reads."""

    def __init__(self):
        self.passed = self.failed = 0

    def verdict(self, name, faults, seconds=None):
        if faults:
            self.failed += 1
            print(f"FAIL {name}")
            for fault in faults[:12]:
                print(f"     {fault}")
            if len(faults) > 12:
                print(f"     and {len(faults) - 12} more")
        else:
            self.passed += 1
            if os.environ.get("VERBOSE"):
                print(f"ok   {name}" + (f" ({seconds:.1f} s)" if seconds is not None else ""))
        sys.stdout.flush()

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
