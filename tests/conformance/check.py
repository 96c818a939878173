#!/usr/bin/env python3
"""The reference suites against their floors: passed counts by group that may not fall.

usage: check.py [--raise]      --raise writes what passes now into floor-SUITE.txt
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SUITES = ("markdown", "dataview", "tasks")
# What the site cannot do without: all cases of these groups pass.
WHOLE = {"markdown": frozenset(
    "wikilink mdlink heading block resolve unresolved names unicode embed publish html comment".split())}
# Groups with cases that need JavaScript: no floor for a program that was built without.
SCRIPTED = {"tasks": frozenset("bool cont explain fn minutes place".split())}
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


def run(suite):
    """What the runner said, and group -> (passed, failed)."""
    p = subprocess.run([sys.executable, os.path.join(HERE, f"run-{suite}.py"), *(["--verbose"] if sys.stdout.isatty() else [])],
                       stdout=subprocess.PIPE, check=False)
    said = p.stdout.decode("utf-8", "replace")
    table = re.split(r"^group +passed +failed$", said, flags=re.M)[-1]
    return said, {group: (int(passed), int(failed)) for group, passed, failed in ROW.findall(table)}


def no_floor(suite):
    worker = os.path.join(os.path.dirname(os.environ.get("VAULTSITE", "build/vaultsite")), "vaultsite-script")
    return frozenset() if os.path.exists(worker) else SCRIPTED.get(suite, frozenset())


def write_floor(suite, now):
    wanted = floors(suite) if os.path.exists(floor_file(suite)) else {}
    with open(floor_file(suite), "w", encoding="utf-8") as f:
        f.write(HEAD % suite.capitalize())
        for group in sorted(now.keys() | wanted.keys()):
            f.write("%s %d\n" % (group, max(now.get(group, (0, 0))[0], wanted.get(group, 0))))


def compare(suite, said, now):
    """(passed, failed) groups of the suite, after saying which failed."""
    wanted, passed, failed = floors(suite), 0, []
    for group in sorted((wanted.keys() | now.keys()) - no_floor(suite)):
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
