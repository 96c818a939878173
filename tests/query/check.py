#!/usr/bin/env python3
"""tests/query/*.test: queries over tests/query/vault and what they answer.

    # a comment
    LIST FROM "Boats" WHERE length > 5      the query; a line that ends in \\ goes on
    [[Boats/Avocet.md]]                     the rows, up to a blank line
                                            (a table's headers first)

A query that begins with `= ` is an expression.  A line `from NOTE` says in which note
those below it stand.  Values are written as in JSON, links as [[path#part|text]], dates
and durations as in queries, items as in notes, their children below them; cells have a
`|` between them.  Of a query that fails the message is wanted, and where it has a place,
the line with a caret below.

tasks.test has queries of the plugin Tasks, over tests/query/tasks-vault: below them the
headings of groups with a # for each level, tasks as NOTE:LINE, what is hidden or shown
otherwise than usual, and the line with their number.  Those in tasks-*functions.test have
JavaScript; where none can run, that is said and they are not asked.  habits.test and
tasks-habits*.test ask tests/query/habits-vault.

usage: check.py [FILE.test…]
       check.py --show QUERY…       what has to be written (--show-tasks: of Tasks)
"""
import glob
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "site"))
import sites as S

VAULTS = {"dataview": "vault", "tasks": "tasks-vault", "habits": "habits-vault"}
MARKS = {"header": "#", "block": "#^"}


def link_text(link):
    part = MARKS.get(link["type"], "") + link.get("subpath", "")
    shown = "|" + link["display"] if "display" in link else ""
    return ("!" if link.get("embed") else "") + f"[[{link['path']}{part}{shown}]]"


def date_text(date):
    """Local midnights as days; what is zero is left out, but not a zone of its own."""
    short = date.removesuffix("+00:00").removesuffix(".000") if date.endswith("+00:00") else date.replace(".000", "")
    return f"date({short.removesuffix('T00:00:00')})"


def value_text(v):
    if isinstance(v, list):
        return "[" + ", ".join(map(value_text, v)) + "]"
    if not isinstance(v, dict):
        return json.dumps(v, ensure_ascii=False)
    special = {
        "$link": link_text, "$date": date_text, "$num": str, "$fn": lambda x: "function",
        "$dur": lambda x: "dur(" + ", ".join(f"{n} {unit}" for unit, n in x.items()) + ")",
        "$pair": lambda x: value_text(x[0]) + ": " + value_text(x[1]),
        "$elink": lambda x: f"[{x['display']}]({x['url']})", "$item": lambda x: "\n".join(item_lines(x)),
    }
    for mark, text in special.items():
        if mark in v:
            return text(v[mark])
    return "{" + ", ".join(f"{k}: {value_text(x)}" for k, x in v.items()) + "}"


def item_lines(item, below=""):
    box = f"[{item['status']}] " if item["task"] else ""
    text = item["text"].replace("\n", "\\n")
    return [f"{below}- {box}{text}"] + [line for child in item["children"] for line in item_lines(child["$item"], below + "    ")]


def task_lines(rows, below=""):
    for row in rows:
        if "key" in row:
            yield below + value_text(row["key"]) + ":"
            yield from task_lines(row["rows"], below + "  ")
        else:
            yield from item_lines(row["$item"], below)


def tasks_lines(answer):
    yield from (line.rstrip() for line in answer.get("explanation", "").split("\n") if line.strip())
    for group in answer["groups"]:
        for level, name, _ in group["headings"]:
            yield "#" * (level + 1) + " " + name
        yield from group["tasks"]
    if "layout" in answer:
        yield json.dumps(answer["layout"])
    yield answer["countText"]


def answer_lines(query, answer):
    """What a test has below its query."""
    if answer.get("error"):
        lines = [line.rstrip() for line in answer["message"].split("\n")]
        if "column" in answer:
            lines += [query.split("\n")[answer["line"] - 1], " " * (answer["column"] - 1) + "^"]
        return [line for line in lines if line]
    kind = answer["type"]
    if kind == "tasks":
        return list(tasks_lines(answer))
    if kind == "value":
        text = value_text(answer["value"])
        return text.split("\n")
    if kind == "task":
        return list(task_lines(answer["values"]))
    if kind == "calendar":
        return [value_text(r["date"]) + " | " + value_text(r["link"]) for r in answer["values"]]
    if kind == "list":
        return [line for v in answer["values"] for line in value_text(v).split("\n")]
    return [" | ".join(answer["headers"])] + [" | ".join(map(value_text, row)) for row in answer["values"]]


def read_tests(path):
    """(line, origin, query, lines wanted) of each test."""
    origin, query, wanted, at = "Home.md", [], [], 0
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate([*f.read().split("\n"), ""], 1):
            if query and not query[-1].endswith("\\"):
                if line:
                    wanted.append(line)
                    continue
                yield at, origin, "\n".join(q.rstrip("\\") for q in query), wanted
                query, wanted = [], []
            elif line.startswith("from ") and not query:
                origin = line[5:]
            elif query or line and not line.startswith("#"):
                at = at if query else number
                query.append(line)


def ask(tests, family, vault):
    """The answers to (origin, query) pairs."""
    lines = []
    for origin, query in tests:
        language = "expression" if query.startswith("= ") else family
        lines.append(json.dumps({"id": "", "lang": language, "origin": origin, "query": query.removeprefix("= ")}))
    p = subprocess.run([S.program(), "query", os.path.join(HERE, VAULTS[vault]), "--batch", "--today", S.TODAY, "--dates", "files"],
                       input="\n".join(lines).encode(), stdout=subprocess.PIPE, timeout=300, check=True)
    return [json.loads(line)["result"] for line in p.stdout.decode().splitlines()]


def answers(tests, family, vault):
    return [answer_lines(query.removeprefix("= "), answer) for (_, query), answer in zip(tests, ask(tests, family, vault), strict=True)]


def family_of(path):
    return "tasks" if os.path.basename(path).startswith("tasks") else "dataview"


def vault_of(path):
    return "habits" if "habits" in os.path.basename(path) else family_of(path)


def scripts_off():
    """Why no function of a Tasks query runs; "" where they do."""
    message = ask([("Home.md", "filter by function true")], "tasks", "tasks")[0].get("message", "")
    return message.partition("Here it does not run: ")[2].split("\n")[0]


def main():
    if sys.argv[1:2] in (["--show"], ["--show-tasks"]):
        tests = [("Home.md", query) for query in sys.argv[2:]]
        family = "tasks" if "tasks" in sys.argv[1] else "dataview"
        for (_, query), lines in zip(tests, answers(tests, family, family)):
            print("\n".join([query, *lines, ""]))
        return 0
    score = S.Score()
    paths = sys.argv[1:] or sorted(glob.glob(os.path.join(HERE, "*.test")))
    for path in paths:
        tests = list(read_tests(path))
        if path.endswith("functions.test") and scripts_off():
            print(f"scripts: not run, {scripts_off()}")
            continue
        for (number, _, query, wanted), got in zip(tests, answers([t[1:3] for t in tests], family_of(path), vault_of(path))):
            faults = [] if wanted == got else ["wanted:", *wanted, "got:", *got]
            score.verdict(f"{os.path.relpath(path, S.ROOT)}:{number}: {query}", faults)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
