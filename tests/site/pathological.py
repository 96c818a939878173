#!/usr/bin/env python3
"""Inputs that make Markdown programs slow, deep or large.

usage: pathological.py [--bytes N] [--only TEXT] [--vault OUT]

Each is a note of about N bytes (1 MiB) in a vault of its own: the build ends with
exit 0, within 2 s of CPU and 512 MB, and shows at least 90 % of them rendered
(decisions.md 41).  --vault writes them all into one vault and builds nothing.
"""
import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import sites as S
from page import Page

CPU_SECONDS = 2.0
MEGABYTES = 512
# Instrumented code is slower and larger by about this much.
GENEROUS = 15 if S.SANITISED else 1
REFUSED = {"note-too-large", "note-too-complex"}
RENDERED = 0.9


def backtick_runs(n):
    return "".join("e" + "`" * i for i in range(int((2 * n) ** .5)))


def nested_list(n):
    return "".join("  " * i + "- a\n" for i in range(int(n ** .5)))


def footnotes(n):
    k = n // 14
    return "\n\n".join("[^%d]: a" % i for i in range(k)) + "\n\n" + "".join("[^%d]" % i for i in range(k))


def alias_bomb(n):
    """Each level names the one before nine times; the text is small whatever n is."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += ["a%d: &a%d [%s]" % (i, i, ", ".join(["*a%d" % (i - 1)] * 9)) for i in range(1, 12)]
    return "---\n" + "\n".join(levels) + "\n---\n# Alias bomb\n"


# name -> text of about n bytes. CommonMark and GFM:
MARKDOWN = {
    "open brackets": lambda n: "[" * n,
    "nested links": lambda n: "[" * (n // 2) + "](a)" * (n // 8),
    "link openers": lambda n: "[a](" * (n // 4),
    "image openers": lambda n: "![[]()" * (n // 6),
    "star runs with blanks": lambda n: "*a " * (n // 3),
    "strong inside words": lambda n: "a**b" * (n // 4) + "c* " * (n // 12),
    "underscores": lambda n: "_" * n,
    "stars": lambda n: "*" * n,
    "closing underscores": lambda n: "a_ " * (n // 3),
    "tildes": lambda n: "~~a " * (n // 4),
    "nested strong": lambda n: "**x " * (n // 8) + " **" * (n // 12),
    "underscores around a letter": lambda n: "_" * (n // 2) + "a" + "_" * (n // 2),
    "references to one footnote": lambda n: "[^1]" * (n // 5) + "\n\n[^1]: x\n",
    "many footnotes": footnotes,
    "one footnote defined often": lambda n: "[^a]: x\n\n" * (n // 9) + "[^a]",
    "open footnotes": lambda n: "[^" * (n // 2),
    "wide table": lambda n: "|" * (n // 3) + "\n" + "|-" * (n // 6) + "|\n" + "|" * (n // 3),
    "wide table with short rows": lambda n: "|" + "a|" * (n // 8) + "\n|" + "-|" * (n // 8) + "\n" + "a\n" * (n // 4),
    "table at the end of a paragraph": lambda n: "|a|\n|b|\n" * (n // 8) + "|-|\n",
    "table after many lines": lambda n: "aaa\n" * (n // 5) + "|x|\n|-|\n",
    "www": lambda n: "www." * (n // 4),
    "bare schemes": lambda n: "http://" * (n // 7),
    "address with open parentheses": lambda n: "http://a" + "(" * n,
    "address with closing parentheses": lambda n: "http://a.b/" + ")" * n,
    "address with entities": lambda n: "http://a.b/" + "&a;" * (n // 3),
    "at signs": lambda n: "a@" * (n // 2),
    "long mail address": lambda n: "a@" + "a." * (n // 2),
    "mailto": lambda n: "mailto:" * (n // 7),
    "colon and at": lambda n: ":@" * (n // 2),
    "backtick runs": backtick_runs,
    "open tags": lambda n: "<a " * (n // 3),
    "open comments": lambda n: "<!--" * (n // 4),
    "processing instructions": lambda n: "<?" * (n // 2),
    "CDATA": lambda n: "<![CDATA[" * (n // 9),
    "declarations": lambda n: "<!A " * (n // 4),
    "nested quotes": lambda n: ">" * n,
    "nested list": nested_list,
    "nested list on one line": lambda n: "- " * (n // 2) + "a",
    "nested list of stars": lambda n: "* " * (n // 2),
    "link definitions": lambda n: "".join("[%d]: u\n" % i for i in range(n // 9)),
    "long definition used often": lambda n: "[a]: " + "u" * (n // 2) + "\n\n" + "[a] " * (n // 8),
    "ampersands": lambda n: "&" * n,
    "closing brackets": lambda n: "](" * (n // 2),
    "setext headings": lambda n: "a\n-\n" * (n // 4),
    "blanks": lambda n: "a" + " " * n + "b",
    "tabs": lambda n: "\t" * n,
    "open title": lambda n: '[a](b "' + "(" * n,
    "open title on each line": lambda n: '[a]: b "\n' * (n // 9),
    "NUL": lambda n: "\0" * n,
}

def turns(said):
    return "## Transcript\n[0:01] a\n[0:02] b\n[0:03] " + said + "\n"


# What a vault adds:
VAULT = {
    "open wikilinks": lambda n: "[[" * (n // 2),
    "wikilinks in a wikilink": lambda n: "[[a" * (n // 6) + "]]" * (n // 6),
    "open embeds": lambda n: "![[" * (n // 3),
    "pipes in a wikilink": lambda n: "[[a" + "|" * n + "]]",
    "hashes in a wikilink": lambda n: "[[a" + "#" * n + "]]",
    "highlights": lambda n: "==a " * (n // 4),
    "comments": lambda n: "%%a " * (n // 4),
    "dollars": lambda n: "$a " * (n // 3),
    "double dollars": lambda n: "$$a\n" * (n // 4),
    "tags": lambda n: "#a" * (n // 2),
    "tag levels": lambda n: "#a" + "/a" * (n // 2),
    "block ids": lambda n: "a ^b\n" * (n // 5),
    "nested callouts": lambda n: "".join("> " * i + "[!note]\n" for i in range(1, int(n ** .5))),
    "inline footnotes": lambda n: "^[a" * (n // 3),
    "inline fields": lambda n: "[a:: " * (n // 5),
    "full-line field": lambda n: "a" * (n // 2) + ":: " + "1, " * (n // 6),
    "task fields": lambda n: "- [ ] a " + "📅 2026-01-15 " * (n // 16),
    "tasks": lambda n: "- [?] a @B #task #proposed\n" * (n // 27),
    "task tree": lambda n: "".join("\t" * i + "- [ ] a\n" for i in range(int((2 * n) ** .5))),
    "one long line": lambda n: "word " * (n // 5),
    "turn of one line": lambda n: turns("*word* _x_ " * (n // 11)),
    "turns": lambda n: "## Transcript\n" + "[0:01] Ada- b\n" * (n // 14),
    "labels of turns": lambda n: "## Transcript\n" + "".join("[0:01] Name %d- b\n" % (i // 3) for i in range(n // 20)),
    "wikilinks of a turn": lambda n: turns("[[a]] " * (n // 6)),
    "open wikilinks of a turn": lambda n: turns("[[a" * (n // 6) + "]]" * (n // 6)),
    "comments of a turn": lambda n: turns("%% <!-- " * (n // 8)),
    "comments among turns": lambda n: turns("a\n%% b %% c\n" * (n // 13)),
    "headings among turns": lambda n: "## Transcript\n" + "[0:01] a\n### b\n" * (n // 15),
    "headings of one text": lambda n: "# a\n" * (n // 4),
    "open frontmatter": lambda n: "---\n" + "a: b\n" * (n // 5),
    "frontmatter of brackets": lambda n: "---\na: " + "[" * n + "\n---\n",
    "frontmatter of braces": lambda n: "---\na: " + "{a: " * (n // 4) + "\n---\n",
    "frontmatter of one key": lambda n: "---\n" + "a: 1\n" * (n // 5) + "---\n",
    "frontmatter aliases": alias_bomb,
    "inline query of parentheses": lambda n: "`= " + "(" * n + "`",
    "dataview of parentheses": lambda n: "```dataview\nLIST WHERE " + "(" * (n // 2) + "1" + ")" * (n // 2) + "\n```\n",
    "dataview of negations": lambda n: "```dataview\nLIST WHERE " + "!" * n + "a\n```\n",
    "tasks block of parentheses": lambda n: "```tasks\n" + "(" * (n // 2) + "done" + ")" * (n // 2) + "\n```\n",
}


def block(query):
    return "```dataview\n%s\n```\n" % query


def levels(n):
    """Items in each other: each has its children under two names."""
    return "".join("\t" * i + "- [ ] a\n" for i in range(n))


SOME = "- [ ] aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa [x:: 1]\n" * 500
DOUBLED = "reduce(map(file.lists, (x) => \"y\"), (a, b) => %s)"
# What queries add. A bomb is small, and ends in a finding:
QUERIES = {
    "flattened lists": lambda n: SOME + block("LIST " + "FLATTEN file.lists AS a " * 6),
    "many FLATTEN": lambda n: block("LIST " + "FLATTEN 1 AS a\n" * (n // 15)),
    "lists within lists": lambda n: SOME + block("LIST WHERE length(string(%s))" % (DOUBLED % "[a, a]")),
    "objects within objects": lambda n: SOME + block("LIST %s" % (DOUBLED % "{ a: a, b: a }")),
    "texts within texts": lambda n: SOME + block("LIST %s" % (DOUBLED % "a + a")),
    "text of items in each other": lambda n: levels(60) + "`= string(this)` `= this.file.lists`\n\n# `= this.file.tasks`\n"
                                             + block("LIST length(string(file.tasks))") + block("TABLE file.lists, { a: file.lists }") + block("TASK"),
    "queries that take much memory": lambda n: SOME + "".join(
        block("LIST map(this.file.lists, (x) => map(this.file.lists, (y) => map(this.file.lists, (z) => [x, y, z, %d])))" % i) for i in range(3)),
    "functions that call themselves": lambda n: block("LIST [(f, n) => f[0](f, n + 1) + f[0](f, n + 1)][0]([(f, n) => f[0](f, n + 1) + f[0](f, n + 1)], 0)"),
    "repeated text": lambda n: block('LIST "x" * 1000000000') + block('LIST padleft("x", 1000000000)')
                               + block('LIST replace("x" * 100000, "", "y" * 100000)'),
    "pattern for each row": lambda n: SOME + block('TASK WHERE regextest("(a+)+$", text)') + block('TASK WHERE regextest("(.*)(.*)(.*)(.*)(.*)x$", text)'),
    "object of many keys": lambda n: block("LIST {%s}" % ", ".join("k%d: 1" % i for i in range(n // 10))),
    "many columns": lambda n: block("TABLE " + ", ".join("a%d" % i for i in range(n // 8))),
    "many sort keys": lambda n: SOME + block("TASK WHERE true SORT " + ", ".join(["text"] * (n // 6))),
    "long sort key": lambda n: "- [ ] " + " [x:: 1]" * (n // 8) + "\n\n" + block("TASK SORT text"),
    "many fields": lambda n: "".join("- a [x%d:: 1]\n" % i for i in range(n // 16)) + block("LIST x1 + length(this)"),
    "links in items": lambda n: "".join("- [ ] [[l%d]]\n" % i for i in range(n // 14)) + block("LIST WHERE length(file.tasks.outlinks) = 5"),
    "tag of many levels": lambda n: "#a" + "/a" * (n // 2) + "\n\n" + block("LIST length(file.tags) FROM #a/a"),
}


def asked(query):
    return "```tasks\n%s\n```\n" % query


def doubling(times):
    """A property that is itself, so many times: placeholders in it are read again and again."""
    return "---\np: \"%s\"\n---\n" % ("{{query.file.property('p')}} " * times)


TAGS = " ".join("#t%d" % i for i in range(60))
# Made to explode, small or large: (the text, the finding that it ends in).
BOMBS = {
    "parentheses in each other": (lambda n: block("LIST WHERE " + "(" * 10000 + "1" + ")" * 10000), "query-syntax"),
    "lists in each other": (lambda n: block("LIST " + "[ " * 10000 + "]" * 10000), "query-syntax"),
    "calls in each other": (lambda n: block("LIST " + "length(" * 10000 + ")" * 10000), "query-syntax"),
    "sources in each other": (lambda n: block("LIST FROM " + "(" * 10000 + "#a" + ")" * 10000), "query-syntax"),
    "denials in each other": (lambda n: block("LIST FROM " + "-" * (n - 20) + "#a"), "query-syntax"),
    "lists of items of items": (lambda n: SOME + block("LIST FLATTEN file.lists AS a FLATTEN file.lists AS b FLATTEN file.lists AS c"), "query-failed"),
    "pattern of patterns": (lambda n: block('LIST regextest("(a+)+$", "a" * 60 + "b")'), "query-failed"),
    "pattern that replaces": (lambda n: block('LIST regexreplace("a" * 60 + "b", "(a|a)*$", "")'), "query-failed"),
    "text of texts": (lambda n: block('LIST "x" * 1000000000'), "query-failed"),
    "filled text": (lambda n: block('LIST padright("x", 1000000000, "ab")'), "query-failed"),
    "pattern on tasks": (lambda n: SOME + asked("description regex matches /(a+)+$/"), "query-failed"),
    "pattern of many parts on tasks": (lambda n: SOME + asked("description regex matches /(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$/"), "query-failed"),
    "patterns just within their limit": (lambda n: "".join("- [ ] %s %d\n" % ("ab" * 18, i) for i in range(max(n, 1 << 18) // 48))
                                         + asked("description regex matches /(\\w*)(\\w*)(\\w*)(\\w*)(\\w*)[!?]/"), "query-failed"),
    "booleans in each other": (lambda n: asked("(" * 10000 + "done" + ")" * 10000), None),
    "denied booleans in each other": (lambda n: asked("NOT (" * 10000 + "done" + ")" * 10000), None),
    "booleans of booleans": (lambda n: asked("(done)" + " AND ((done) OR (not done)" * 5000 + ")" * 5000), None),
    "long boolean": (lambda n: SOME + asked(" OR ".join(["(description includes aaab)"] * 6000)), "query-failed"),
    "many filters": (lambda n: SOME + asked("description includes a\n" * (n // 23)), None),
    "placeholders of placeholders": (lambda n: doubling(30) + asked("description includes {{query.file.property('p')}}"), "query-syntax"),
    "many placeholders": (lambda n: asked("description includes " + "{{query.file.path}}" * (n // 19)), None),
    "open placeholders": (lambda n: asked("description includes " + "{{" * (n // 2)), None),
    "sections in each other": (lambda n: asked("path includes " + "{{#query}}" * (n // 20) + "{{/query}}" * (n // 20)), None),
    "groups of many tags": (lambda n: "- [ ] a %s\n" % TAGS + asked("group by tags\n" * 6), "query-failed"),
    "many groups": (lambda n: SOME + asked("group by tags\n" * 100), "query-failed"),
    "many groups without tasks": (lambda n: asked("group by tags\n" * 100), "query-failed"),
    "many sorts": (lambda n: SOME + asked("sort by description\n" * (n // 20)), None),
    "continued lines": (lambda n: asked("done \\\n" * (n // 7) + "x"), "query-syntax"),
    "dates of many words": (lambda n: asked("due " + "in 3 days and " * (n // 14)), None),
    "recurrence of many words": (lambda n: "- [ ] a 🔁 every " + "monday, " * (n // 8) + "tuesday\n" + asked("is recurring")
                                 , None),
}


def person(alias, text):
    return "---\ntype: person\naliases: [\"%s\"]\n---\n\n%s\n" % (alias, text)


# As many as properties have room for, each the beginning of others.
CROWD = ["%s %s" % (a * i, b) for i in range(1, 40) for a in "ABCDEFGHIJ" for b in ("Aa", "Ab Ab", "Ac", "B-c")]
MEETING = "---\ntype: meeting\ndate: 2026-01-08\nparticipants: [%s]\n---\n\n" % ", ".join(CROWD)
# What names of people add: looking for them, and for whose a task is.
ENTITIES = {
    "nearly a long name": lambda n: person("Aa " * 80 + "Bb", "Aa " * (n // 3)),
    "nearly a long name in one word": lambda n: person("Aa-" * 80 + "Bb Cc", "Aa-" * (n // 3)),
    "nearly a name of signs": lambda n: person("( " * 120 + "x", "( " * (n // 2)),
    "nearly a name without blanks": lambda n: person("山" * 80 + "田", "山" * (n // 3)),
    "nearly a name of marks": lambda n: person("e\u0301 " * 60 + "x", "e\u0301 " * (n // 4)),
    "marks on one letter": lambda n: person("Aa Bb", "A" + "\u0301" * (n // 2)),
    "a crowd named often": lambda n: MEETING + ". ".join((CROWD * (n // 20000 + 1))[:n // 25]),
    "capitals": lambda n: MEETING + "AaBbCc" * (n // 6),
    "tasks of a crowd": lambda n: MEETING + "".join("- [ ] a @%s\n" % CROWD[i % len(CROWD)] for i in range(n // 32)),
    "tasks of new people": lambda n: "".join("- [ ] a @N%d van N%d\n" % (i, i) for i in range(n // 26)),
    "tasks of nobody": lambda n: "- [ ] a @b\n" * (n // 11),
    "one task of a crowd": lambda n: MEETING + "- [ ] a " + " ".join("@" + c for c in (CROWD * (n // 20000 + 1))[:n // 25]),
    "one task of many signs": lambda n: "- [ ] a " + "@" * n,
    "one task of many openers": lambda n: "- [ ] a " + "_@" * (n // 2),
    "one task of open links": lambda n: "- [ ] a " + "@[[ " * (n // 4),
    "one task of placeholders": lambda n: "- [ ] a " + "@TBD " * (n // 5),
    "one task of long words": lambda n: "- [ ] a " + "(@" + "x" * 300 * (n // 302),
}
INPUTS = {**MARKDOWN, **VAULT, **QUERIES, **{name: text for name, (text, _) in BOMBS.items()}, **ENTITIES}
ENDS_IN = {name: code for name, (_, code) in BOMBS.items() if code}


def write_vault(out, size):
    """All of them in one vault, but those that work as long as a query may: each of these has a vault of its own."""
    os.makedirs(out, exist_ok=True)
    for number, (name, text) in enumerate(INPUTS.items(), 1):
        if name not in BOMBS:
            write_note(os.path.join(out, "%02d %s.md" % (number, name)), text(size))


def write_note(path, text):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write(text)


def measured(vault, out):
    """(run, CPU seconds, peak MB) of one build."""
    limit = CPU_SECONDS * GENEROUS * 5

    def bound():
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))

    p = subprocess.Popen([S.program(), "build", vault, out, "--today", S.TODAY, "--jobs", "1", "--format", "json"],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=bound)
    said = p.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode == -signal.SIGXCPU:
        said += "\nstill running after %d s of CPU" % limit
    return S.Result(p.returncode, said), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def judge(number, name, text):
    """(faults, refused?, seconds, peak) of one input."""
    with tempfile.TemporaryDirectory(prefix="vaultsite-pathological-") as place:
        vault, out = os.path.join(place, "vault"), os.path.join(place, "out")
        os.makedirs(vault)
        write_note(os.path.join(vault, "Note.md"), text)
        r, seconds, peak = measured(vault, out)
        faults = []
        if r.code != 0:
            faults.append("exit %d: %s" % (r.code, r.last))
        if seconds > CPU_SECONDS * GENEROUS:
            faults.append("%.1f s of CPU" % seconds)
        if peak > MEGABYTES * GENEROUS:
            faults.append("%.0f MB" % peak)
        if r.code == 0:
            page = os.path.join(out, "note.html")
            faults += Page(S.read(out, "note.html")).faults[:3] if os.path.exists(page) else ["no page"]
        found = {f["code"] for f in r.findings}
        refused = found & REFUSED
        if r.code == 0 and not refused and ENDS_IN.get(name, "") not in found | {""}:
            faults.append("%s wanted, %s found" % (ENDS_IN[name], sorted(found)))
        return faults, bool(refused), seconds, peak


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bytes", type=int, default=1 << 20)
    options.add_argument("--only", default="")
    options.add_argument("--vault", metavar="OUT")
    a = options.parse_args()
    if a.vault:
        write_vault(a.vault, a.bytes)
        return 0
    score, slowest, largest, refused = S.Score(), (0, ""), (0, ""), []
    chosen = [(i, name, text) for i, (name, text) in enumerate(INPUTS.items()) if a.only in name]
    for i, name, text in chosen:
        faults, was_refused, seconds, peak = judge(i, name, text(a.bytes))
        score.verdict("pathological: " + name, faults, seconds)
        slowest, largest = max(slowest, (seconds, name)), max(largest, (peak, name))
        refused += [name] if was_refused else []
    print("%d inputs of %d bytes: slowest %.2f s (%s), largest %.0f MB (%s)"
          % (len(chosen), a.bytes, *slowest, *largest))
    shown = 1 - len(refused) / max(1, len(chosen))
    score.verdict("pathological: %.0f %% rendered" % (100 * shown),
                  [] if shown >= RENDERED or a.only else ["refused: " + ", ".join(refused)])
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
