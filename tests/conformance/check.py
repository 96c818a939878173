#!/usr/bin/env python3
"""The reference suites against their floors: passed counts by group that may not fall.

That of entities is not part of this tree: it is run where a folder of suites lies beside the
checkout, or SUITES names one, else that is said.

Where no script can run (vaultsite-script was not made, or the system has no seccomp), that
is said, and the floors of Tasks are lower by the cases that hold one.

usage: check.py [--raise]      --raise writes what passes now into floor-SUITE.txt
"""
import glob
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUITES = ("markdown", "dataview", "tasks", "entities")
APART = frozenset(["entities"])
# What the site cannot do without: all cases of these groups pass.
WHOLE = {"markdown": frozenset(
    "wikilink mdlink heading block resolve unresolved names unicode embed publish html comment".split())}
ROW = re.compile(r"^(\S+) +(\d+) +(\d+)$", re.M)
HEAD = """# %s conformance: cases that pass, by group. A number here may rise, never
# fall (tests/conformance/check.py --raise).
"""


def floor_file(suite):
    return os.path.join(HERE, f"floor-{suite}.txt")


def floors(suite):
    rows = {}
    with open(floor_file(suite), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                group, number = line.split()
                rows[group] = int(number)
    return rows


def runner(suite):
    """The program that runs the suite; None where it lies apart and is not there."""
    if suite not in APART:
        return os.path.join(HERE, f"run-{suite}.py")
    root = os.path.dirname(os.path.dirname(HERE))
    places = [os.environ["SUITES"]] if os.environ.get("SUITES") else \
        sorted(glob.glob(os.path.join(os.path.dirname(root), "*", "conformance")))
    found = [p for p in (os.path.join(place, f"run-{suite}.py") for place in places) if os.path.isfile(p)]
    return found[0] if found else None


def run(suite):
    """What the runner said, and group -> (passed, failed)."""
    verbose = [] if suite in APART or not sys.stdout.isatty() else ["--verbose"]
    p = subprocess.run([sys.executable, runner(suite), *verbose], stdout=subprocess.PIPE, check=False,
                       env={**os.environ, "VAULTSITE": os.environ.get("VAULTSITE") or "./build/vaultsite"})
    said = p.stdout.decode("utf-8", "replace")
    table = re.split(r"^group +passed +failed$", said, flags=re.M)[-1]
    return said, {group: (int(passed), int(failed)) for group, passed, failed in ROW.findall(table)}


def write_floor(suite, now):
    wanted = floors(suite) if os.path.exists(floor_file(suite)) else {}
    with open(floor_file(suite), "w", encoding="utf-8") as f:
        f.write(HEAD % suite.capitalize())
        for group in sorted(now.keys() | wanted.keys()):
            f.write("%s %d\n" % (group, max(now.get(group, (0, 0))[0], wanted.get(group, 0))))


def scripts_off():
    """Why no script of a query runs; "" where they do."""
    program = os.environ.get("VAULTSITE") or "./build/vaultsite"
    p = subprocess.run([program, "query", os.path.join(HERE, "tasks", "vault"), "--lang", "tasks", "filter by function true"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    off = re.search(r"^Here it does not run: (.*)\.$", p.stderr.decode("utf-8", "replace"), re.M)
    return off.group(1) if off else ""


def scripted():
    """group -> cases of Tasks that a script may have a part in."""
    found = {}
    with open(os.path.join(HERE, "tasks", "cases.jsonl"), encoding="utf-8") as f:
        for case in map(json.loads, filter(str.strip, f)):
            if "function" in case["query"].lower() or "{{" in case["query"]:
                found[case["group"]] = found.get(case["group"], 0) + 1
    return found


def compare(suite, said, now):
    """(passed, failed) groups of the suite, after saying which failed."""
    wanted, passed, failed = floors(suite), 0, []
    off = scripts_off() if suite == "tasks" else ""
    if off:
        print(f"scripts: not run, {off}")
        wanted = {group: max(0, n - scripted().get(group, 0)) for group, n in wanted.items()}
    for group in sorted(wanted.keys() | now.keys()):
        right, wrong = now.get(group, (0, 0))
        if right < wanted.get(group, 0):
            failed.append("%s: %d cases pass, the floor is %d" % (group, right, wanted[group]))
        elif group in WHOLE.get(suite, ()) and wrong:
            failed.append("%s: %d of %d cases fail, and all have to pass" % (group, wrong, right + wrong))
        else:
            passed += 1
    if failed or not now:
        print(said)
    for line in failed:
        print(f"FAIL {suite} conformance: {line}")
    print("%s conformance: %d of %d cases pass" % (suite, sum(r for r, _ in now.values()), sum(map(sum, now.values()))))
    return passed, len(failed) + (not now)


def main():
    passed = failed = 0
    for suite in SUITES:
        if runner(suite) is None:
            print(f"{suite} conformance: not run")
            continue
        said, now = run(suite)
        if "--raise" in sys.argv[1:] and now:
            write_floor(suite, now)
            continue
        right, wrong = compare(suite, said, now)
        passed, failed = passed + right, failed + wrong
    if "--raise" in sys.argv[1:]:
        return 0
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
