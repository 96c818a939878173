#!/usr/bin/env python3
"""Builds whose scripts do their worst, and builds whose worker does.

Each is done, in time, with every page; what is wrong stands at the block that asked. The
first with one thread, four and eight: the same site.

Under a sanitiser (SANITISED) vaultsite is the one that is watched; its worker is the plain
one, since the library of a sanitiser asks for more than the lock allows. The form is short.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import lxml.html

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "site"))
import sites as S

SANITISED = os.environ.get("SANITISED")
BUILD = os.path.dirname(S.program())
WORKER = os.path.join(os.path.dirname(BUILD) if SANITISED else BUILD, "vaultsite-script")
TIME = 240

# Name, the query, what its block says: the count line, or a part of the error; the code
# that it has a finding of, or none. One that was ended has failed, too.
TOO_LONG, TOO_LARGE = "the script took too long", "the script needed too much memory"
HOSTILE = [
    ("Endless loop", "filter by function while (true) {} return true", TOO_LONG, "script-ended"),
    ("Slow pattern", "filter by function for (;;) if (/^(a+)+$/.test('a'.repeat(60) + 'b')) return true", TOO_LONG, "script-ended"),
    ("Memory bomb", "filter by function const a = []; for (;;) a.push(new Array(10000).fill(7)); return true", TOO_LARGE, "script-ended"),
    ("Deep recursion", "filter by function (function f() { return f(); })()", "Maximum call stack size exceeded", "query-failed"),
    ("Files", "filter by function require('fs').readFileSync('/etc/passwd')", "ReferenceError", "query-failed"),
    ("Network", "filter by function fetch('http://127.0.0.1/')", "ReferenceError", "query-failed"),
    ("Processes", "filter by function process.kill(1)", "ReferenceError", "query-failed"),
    ("Import", "filter by function import('fs')", 'This returned "[object Promise]"', "query-failed"),
    ("Import later", "filter by function import('fs').then((fs) => fs.x); return true", "2 tasks", None),
    ("Tampering", "filter by function Array.prototype.map = Object.keys = JSON.stringify = () => 'stolen'; "
     "String.prototype.includes = () => false; Object.prototype.path = 'stolen'; globalThis.moment = null; "
     "Object.defineProperty(Object.getPrototypeOf(task), 'description', { get: () => 'stolen', configurable: true }); "
     "query.searchCache.left = 1; globalThis.left = 1; return true", "2 tasks", None),
    ("Untouched", "filter by function task.description.includes('winch') && [1].map((x) => x + 1)[0] === 2 && "
     "typeof left === 'undefined' && query.searchCache.left === undefined && moment().year() === 2026 && "
     "Object.keys({}).length === 0 && task.file.path === 'Yard.md'", "1 task", None),
    ("Markup", "group by function '<script>alert(1)</script><img src=x onerror=alert(2)>[x](javascript:alert(3))'", "2 tasks", None),
    ("Plain", "description includes winch", "1 task", None),
]


def slug(name):
    return name.lower().replace(" ", "-")


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def make_vault(vault, rows):
    os.mkdir(vault)
    write(os.path.join(vault, "Yard.md"), "- [ ] Grease the winch\n- [x] Paint the rail\n")
    for name, line, _, _ in rows:
        write(os.path.join(vault, name + ".md"), f"# {name}\n\n```tasks\n{line}\n```\n")


def said_of(out, name):
    """What the block of a note says: its error or count, and the names of its groups."""
    with open(os.path.join(out, slug(name) + ".html"), "rb") as f:
        page = lxml.html.fromstring(f.read())
    block = page.cssselect(".block-language-tasks")[0]
    return " ".join(e.text_content() for e in block.cssselect(".tasks-error, .task-count, .tasks-group-heading"))


def same_with_any_jobs(score, place, name, rows, jobs):
    """Builds a vault with each number of threads: the sites, equal byte for byte, and the findings by note."""
    make_vault(os.path.join(place, "vault"), rows)
    outs = [f"out-{n}" for n in jobs]
    runs = [S.Result(*finish(build_with(place, WORKER, "--jobs", n, "--format", "json", out=out))) for n, out in zip(jobs, outs)]
    score.verdict(f"{name}: exit", [run.said[-500:] for run in runs if run.code != 0])
    outs = [os.path.join(place, out) for out in outs]
    for out, run in zip(outs[1:], runs[1:]):
        same = subprocess.run(["diff", "-r", outs[0], out], stdout=subprocess.PIPE, check=False)
        score.verdict(f"{name}: {out[-5:]} gives the site of {outs[0][-5:]}",
                      ([] if same.returncode == 0 else [same.stdout.decode()[:500]]) +
                      [str(f) for f in run.findings + runs[0].findings if (f in run.findings) != (f in runs[0].findings)])
    found = {}
    for f in runs[0].findings:
        if f["code"] in ("script-ended", "query-failed", "query-syntax", "javascript-missing"):
            found.setdefault(f["path"], []).append((f["line"], f["code"]))
    return outs, found


def hostile(score, place):
    outs, found = same_with_any_jobs(score, place, "hostile scripts", HOSTILE, ("4",) if SANITISED else ("1", "4"))
    for out in outs:
        for name, _, want, code in HOSTILE:
            said = said_of(out, name)
            faults = [] if want in said else [f"wanted {want!r}", f"the page says {said!r}"]
            wanted = {"script-ended": [(3, code), (4, "query-failed")], "query-failed": [(4, code)], None: []}[code]
            if found.get(name + ".md", []) != wanted:
                faults.append(f"findings {found.get(name + '.md')} instead of {wanted}")
            score.verdict(f"{name}, {out[-5:]}", faults)
    with open(os.path.join(outs[0], "markup.html"), encoding="utf-8") as f:
        text = f.read().partition("<details")[0]
    score.verdict("no markup of a script", [m for m in re.findall(r"<script>|onerror=|href=\"javascript:", text)])


# ---- scripts that end in some notes only -------------------------------------------------

def bomb(name, rest=""):
    """Endless in one note: by memory, since that takes a tenth of the time."""
    return (f"filter by function if (query.file.path === '{name}.md') {{ const a = []; "
            f"for (;;) a.push(new Array(10000).fill(7)); }} return true{rest}")


def some_notes(score, place):
    """An expression that was ended is not tried after that, in vault order, whoever met it first."""
    rows = []
    for i in range(12):
        rows.append((f"One {i:02}", bomb("One 04"), "2 tasks" if i < 4 else TOO_LARGE, None))
    # What is refused in its first function does not come to its second: that is endless nowhere.
    rows += [("Two 0", bomb("Two 0", "; // two"), TOO_LARGE, None),
             ("Two 1", f"{bomb('Two 0', '; // two')}\n{bomb('Two 1', '; // three')}", TOO_LARGE, None)]
    rows += [(f"Two {i}", bomb("Two 1", "; // three"), "2 tasks", None) for i in range(2, 8)]
    outs, found = same_with_any_jobs(score, place, "endless in one note", rows, ("8",) if SANITISED else ("1", "4", "8"))
    score.verdict("endless in one note: what it says", [
        f"{name}: wanted {want!r}, the page says {said_of(outs[0], name)!r}" for name, _, want, _ in rows
        if want not in said_of(outs[0], name)])
    ended = [name for name, _, want, _ in rows if want == TOO_LARGE]
    score.verdict("endless in one note: findings", [
        f"{name}: {found.get(name + '.md')}" for name, *_ in rows
        if (name in ended) != ((3, "script-ended") in found.get(name + ".md", []))])


def many(score, place):
    """More than may be ended, among others that do no harm: the first twenty, in vault order."""
    rows = []
    for i in range(32):
        name = f"Note {i:02}"
        harmless = i % 4 == 1
        ends_before = i - (i + 2) // 4
        want = "too many scripts had to be ended" if ends_before >= 20 else "2 tasks" if harmless else TOO_LARGE
        rows.append((name, bomb("none" if harmless else name, f"; // {i}"), want, None))
    outs, _ = same_with_any_jobs(score, place, "many ends", rows, ("1", "4", "8"))
    score.verdict("many ends: what it says", [
        f"{name}: wanted {want!r}, the page says {said_of(outs[0], name)!r}" for name, _, want, _ in rows
        if want not in said_of(outs[0], name)])


# ---- workers ---------------------------------------------------------------------------

# Programs instead of the worker: 0 is the stream, both ways.
HELLO = "say(b'vaultsite-script 1')\n"
FAKES = {
    "says nothing and ends": "",
    "greets and ends": HELLO,
    "greets with another version": "say(b'vaultsite-script 99')\n",
    "says noise": "os.write(0, os.urandom(4096))\ntime.sleep(1)\n",
    "says noise for ever": "while True: os.write(0, b'\\1\\0\\0\\0x')\n",
    "greets, then noise": HELLO + "hear(); os.write(0, os.urandom(4096)); time.sleep(1)\n",
    "greets, then a frame without end": HELLO + "hear(); os.write(0, b'\\xff\\xff\\xff\\xff'); time.sleep(1)\n",
    "greets, then half a frame": HELLO + "hear(); os.write(0, b'\\x10\\0\\0\\0abc')\n",
    "answers with nothing": HELLO + "while True: hear(); say(b'')\n",
    "answers with ones": HELLO + "while True: hear(); say(b'\\1' * 40)\n",
    "answers with too many values": HELLO + "while True: hear(); say(b'\\1' + b'\\xff' * 400)\n",
    "answers with noise": HELLO + "while True: hear(); say(b'\\1' + os.urandom(400))\n",
}
# Each is waited for once.
SLEEPING = {
    "sleeps": "time.sleep(600)\n",
    "greets and sleeps": HELLO + "time.sleep(600)\n",
    "hears and sleeps": HELLO + "hear(); hear(); time.sleep(600)\n",
}
SILENCE = 15  # seconds of such a build, on a machine with other work to do
FAKE = """#!/usr/bin/python3 -SE
import os, struct, sys, time
def say(b): os.write(0, struct.pack('=I', len(b)) + b)
def take(n):
    got = b''
    while len(got) < n:
        more = os.read(0, n - len(got))
        if not more: sys.exit(0)
        got += more
    return got
def hear(): take(struct.unpack('=I', take(4))[0])
"""
ASKING = [(f"Note {i}", f"{line} + ({i} - {i})" if "function" in line else line, want, None)
          for i, (line, want) in enumerate([
              ("filter by function task.lineNumber >= 0", None), ("sort by function task.lineNumber", None),
              ("group by function task.lineNumber", None), ("description includes winch", "1 task"),
              ("filter by function task.isDone === (1 > 2)", None), ("not done", "1 task")])]


def build_with(place, worker, *options, out="out"):
    """By a copy of the program, which looks for its worker beside itself."""
    program = os.path.join(place, "vaultsite")
    if not os.path.exists(program):
        shutil.copy(S.program(), program)
    beside = os.path.join(place, "vaultsite-script")
    if os.path.exists(beside):
        os.unlink(beside)
    shutil.copy(worker, beside)
    os.chmod(beside, 0o755)
    command = [program, "build", os.path.join(place, "vault"), os.path.join(place, out), "--today", S.TODAY, "--force", *options]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process):
    """(exit status, what it said) of a build; one that does not end in time has a status of its own."""
    try:
        said = process.communicate(timeout=TIME)[1].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        process.kill()
        return None, f"it took more than {TIME} s"
    return process.returncode, said


def faults_of(process, out):
    """Of a build that had to come to its end."""
    code, said = finish(process)
    if code != 0:
        return [f"exit {code}", said[-500:]]
    return [f"{name}: wanted {want!r}, the page says {said_of(out, name)!r}"
            for name, _, want, _ in ASKING if want and want not in said_of(out, name)]


def fakes(score, place):
    make_vault(os.path.join(place, "vault"), ASKING)
    out = os.path.join(place, "out")
    for name, body in FAKES.items():
        fake = os.path.join(place, "fake")
        write(fake, FAKE + body)
        for jobs in ("1", "4") if os.environ.get("FULL") and not SANITISED else ("4",):
            faults = faults_of(build_with(place, fake, "--jobs", jobs), out)
            if not faults and "Error" not in said_of(out, "Note 0") and "JavaScript" not in said_of(out, "Note 0"):
                faults = [f"nothing is said of it: {said_of(out, 'Note 0')!r}"]
            score.verdict(f"a worker that {name}, {jobs}", faults)


def sleeping(score, place):
    """Workers that do nothing at all: one is waited for, then no script runs any more, and it is said."""
    make_vault(os.path.join(place, "vault"), ASKING)
    out = os.path.join(place, "out")
    fake = os.path.join(place, "fake")
    for name, body in SLEEPING.items():
        write(fake, FAKE + body)
        for jobs in ("1", "4"):
            started = time.monotonic()
            process = build_with(place, fake, "--jobs", jobs)
            faults = faults_of(process, out)
            spent = time.monotonic() - started
            if spent > SILENCE:
                faults.append(f"it took {spent:.1f} s")
            faults += [f"{n}: nothing is said of it: {said_of(out, n)!r}" for n, line, *_ in ASKING
                       if "function" in line and "does not answer" not in said_of(out, n)]
            score.verdict(f"a worker that {name}, {jobs}", faults)


def kill_workers(process, pause):
    """All that the build starts, again and again, while it runs."""
    while process.poll() is None:
        try:
            for thread in os.listdir(f"/proc/{process.pid}/task"):
                with open(f"/proc/{process.pid}/task/{thread}/children", encoding="ascii") as f:
                    for child in map(int, f.read().split()):
                        os.kill(child, signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            pass
        time.sleep(pause)


def killed(score, place):
    rows = [(f"Note {i}", f"filter by function /{i}/.test('{i}') && task.lineNumber >= 0", None, None) for i in range(40)]
    make_vault(os.path.join(place, "vault"), rows + [("Plain", "not done", "1 task", None)])
    out = os.path.join(place, "out")
    for jobs, pause in (("1", 0.02), ("4", 0.05), ("4", 0.2)):
        process = build_with(place, WORKER, "--jobs", jobs)
        killer = threading.Thread(target=kill_workers, args=(process, pause))
        killer.start()
        said = process.communicate(timeout=TIME)[1].decode("utf-8", "replace")
        killer.join()
        faults = [] if process.returncode == 0 else [f"exit {process.returncode}", said[-500:]]
        for name, _, _, _ in rows:
            shown = said_of(out, name)
            if shown != "2 tasks" and not re.search("ended its program|cannot be started|ended at once|had to be ended", shown):
                faults.append(f"{name}: {shown!r}")
        if said_of(out, "Plain") != "1 task":
            faults.append(f"Plain: {said_of(out, 'Plain')!r}")
        score.verdict(f"workers killed every {pause} s, {jobs}", faults)
    process = build_with(place, WORKER)
    process.communicate(timeout=TIME)
    answered = [said_of(out, name) for name, _, _, _ in rows]
    score.verdict("and left alone", [a for a in answered if a != "2 tasks"])


def main():
    score = S.Score()
    if not os.path.exists(WORKER):
        print("scripts: not run, vaultsite-script was not made")
        return score.finish()
    with tempfile.TemporaryDirectory() as place:
        make_vault(os.path.join(place, "vault"), [("One", "filter by function true", None, None)])
        tried = S.Result(*finish(build_with(place, WORKER, "--format", "json")))
        if any(f["code"] == "javascript-missing" for f in tried.findings):
            print("scripts: not run, the system cannot lock them in")
            return score.finish()
    for part in (hostile, some_notes, fakes) if SANITISED else (hostile, some_notes, many, fakes, sleeping, killed):
        with tempfile.TemporaryDirectory(prefix="vaultsite-script-") as place:
            part(score, place)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
