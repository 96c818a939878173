#!/usr/bin/env python3
"""What scripts in Tasks queries may do, see and cost (spec/tasks.md §10).

usage: check.py [WORD…]     only rows whose expression holds one of the words

Every row is asked of the real worker, build/vaultsite-script, over the vault that
lies here.  Where it was not made, or the system has no seccomp, that is said and
nothing is tested.
"""
import json
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
WORKER = os.path.join(BUILD, "vaultsite-script")
ASK = os.path.join(BUILD, "tests", "ask")
VAULT = os.path.join(HERE, "vault")
LANTERN, INES, PRICES = "Projects/Lantern.md", "Ines Example.md", "Prices.md"
UNDEFINED, NULL, BOOLEAN, NUMBER, STRING, DATE, MOMENT, TASKS_DATE, LIST, OBJECT, ERROR = range(11)
# Of one call, so that an endless loop ends soon; on a slow machine nothing else comes near.
CPU_MS, MEMORY_MB, MANY = 1500, 192, 1000


def ask(requests, cpu=CPU_MS, memory=MEMORY_MB, ended=MANY, worker=WORKER):
    """The answers to all requests, after what is off."""
    p = subprocess.run([ASK, worker, VAULT, str(cpu), str(memory), str(ended)],
                       input="".join(json.dumps(r) + "\n" for r in requests), stdout=subprocess.PIPE,
                       encoding="utf-8", errors="surrogatepass", timeout=900, check=False)
    lines = [json.loads(line) for line in p.stdout.split("\n")[:-1]]
    if p.returncode != 0 or len(lines) != len(requests) + 1:
        raise SystemExit(f"FAIL ask ended with {p.returncode} after {len(lines)} lines")
    return lines[0]["off"], lines[1:]


def row(expression, wanted, use="group", origin=LANTERN, **more):
    return {"expression": expression, "use": use, "origin": origin, **more}, wanted


# --- what a row may want -------------------------------------------------------

def text(want, kind=STRING):
    """The first task's value."""
    return lambda a: "values" in a and (a["values"][0]["kind"], a["values"][0]["text"]) == (kind, want)


def texts(*want):
    return lambda a: [v["text"] for v in a.get("values", [])] == list(want)


def error(want):
    """An error that begins so, and leaves the search alive."""
    return lambda a: "values" in a and a["values"][0]["kind"] == ERROR and not a["values"][0]["ended"] and \
        a["values"][0]["text"].startswith(want)


def syntax(a):
    return a.get("error", "").startswith("SyntaxError: ") and not a["ended"]


def ended(why):
    return lambda a: "values" in a and all(v["ended"] and v["text"] == f"Error: {why}" for v in a["values"])


def filter_error(want):
    return lambda a: a["values"][-1]["filter"] == want


def sort_error(want):
    return lambda a: a["values"][0]["sort"] == want


def groups(*want):
    return lambda a: a["values"][0]["groups"] == list(want)


def number(want):
    return lambda a: a["values"][0]["number"] == want


def refused(a):
    """An exception or an end, as the engine's own frames come out large or small."""
    return a["values"][0]["kind"] == ERROR


TOO_LONG = ended("the script took too long")
TOO_LARGE = ended("the script needed too much memory")
OVERFLOW = error("RangeError: Maximum call stack size exceeded")

L1 = {"tasks": [13]}  # Order glass

# --- safety ----------------------------------------------------------------------

SAFETY = [
    # time
    row("while (true); return 1", TOO_LONG),
    row("/(a+)+$/.test('a'.repeat(40) + 'b')", TOO_LONG),
    row("/^(\\w+\\s?)*$/.test('word '.repeat(40) + '!')", TOO_LONG),
    row("const p = Promise.resolve(); (function f() { p.then(f); })(); return 1", TOO_LONG),
    row("[1].map(function f() { for (;;); })", TOO_LONG),
    row("new Proxy([], { get() { for (;;); } })", TOO_LONG),
    row("return { toString() { for (;;); } }", TOO_LONG),
    row("Array.from({ length: 1e9 }, (_, i) => i).sort()", lambda a: TOO_LONG(a) or TOO_LARGE(a) or error("RangeError")(a)),
    # memory
    row("let a = []; for (;;) a.push(new Array(10000).fill(7)); return a", TOO_LARGE),
    row("let a = []; for (;;) a.push(new Uint8Array(1 << 24).fill(1)); return a", TOO_LARGE),
    row("let a = {}; for (let i = 0; ; i++) a['k' + i] = { i }; return a", lambda a: TOO_LARGE(a) or TOO_LONG(a)),
    row("let s = 'x'; for (;;) s += s; return s", error("RangeError: Out of memory")),
    row("'x'.repeat(2 ** 29)", TOO_LARGE),
    row("new ArrayBuffer(2 ** 40)", error("RangeError")),
    row("new Array(2 ** 32)", error("RangeError")),
    # depth
    row("(function f() { return f(); })()", OVERFLOW),
    row("return { toString() { return String(this); } }", OVERFLOW),
    row("let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a", lambda a: a["values"][0]["kind"] in (LIST, ERROR)),
    row("let a = []; a.push(a); return a", text("", LIST)),
    row("JSON.parse('['.repeat(1e6))", refused),
    row("eval('('.repeat(1e5))", error("")),
    row("new RegExp('('.repeat(1e5))", refused),
    # output
    row("'x'.repeat(1000001)", error("RangeError: the result is too long")),
    row("'x'.repeat(1000000).length", text("1000000", NUMBER)),
    row("Array.from({ length: 10001 }, (_, i) => i)", error("RangeError: the list is too long")),
    row("Array.from({ length: 10000 }, () => 1)", lambda a: len(a["values"][0]["items"]) == 10000),
    row("throw new Error('x'.repeat(2e6)); return", lambda a: a["values"][0]["text"] == "an exception with too long a text",
        "filter"),
    # the surroundings
    row("['fetch', 'require', 'process', 'XMLHttpRequest', 'WebSocket', 'Worker', 'importScripts', 'setTimeout',"
        " 'setInterval', 'load', 'read', 'readFile', 'print', 'quit', '$vm', '$262', 'Deno', 'Bun', 'document',"
        " 'localStorage', 'indexedDB', 'WebAssembly', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer',"
        " 'performance', 'crypto', 'app', 'native', 'imports'].filter((n) => n in globalThis).join()", text("")),
    row("import('fs')", text("[object Promise]", OBJECT)),
    row("import('fs')", filter_error("Error: filtering function must return true or false. This returned"
                                     " \"[object Promise]\"."), "filter"),
    row("import fs from 'fs'", syntax),
    row("import.meta", syntax),
    row("await 1", syntax),
    row("require('child_process').exec('id')", error("ReferenceError")),
    row("fetch('http://127.0.0.1/')", error("ReferenceError")),
    row("process.exit(0)", error("ReferenceError")),
    row("return Function('return typeof require + typeof process + typeof native + typeof item')()",
        text("undefined" * 4)),
    row("return [].constructor.constructor('return this')() === globalThis", text("true", BOOLEAN)),
    row("return (async () => {}).constructor('return import(\"fs\")')() instanceof Promise", text("true", BOOLEAN)),
    row("}; while (true); function x() {", syntax),
    row("1 /*", syntax),
    row("1 // comment", text("1", NUMBER)),
    row("1\n// two lines\n", text("1", NUMBER)),
    row("'return'", text("undefined", UNDEFINED)),
    row("window.moment === moment && window === globalThis && self === window", text("true", BOOLEAN)),
    row("console.log('x'), console.error('y'), 1", text("1", NUMBER)),
    row("return (function () { return arguments.callee.caller; })() === arguments.callee", text("true", BOOLEAN)),
    row("arguments.callee.caller", text("null", NULL)),
    row("arguments.length + typeof arguments[0] + typeof this", text("2objectobject")),
    row("new Error().stack.includes('host')", text("false", BOOLEAN)),
    # the clock is the build's, and does not go
    row("Date.now()", text("1768478400000", NUMBER)),
    row("new Date().toISOString()", text("2026-01-15T12:00:00.000Z")),
    row("Date()", text("Thu Jan 15 2026 13:00:00 GMT+0100 (Central European Standard Time)")),
    row("moment().format()", text("2026-01-15T13:00:00+01:00")),
    row("moment.utc().format()", text("2026-01-15T12:00:00Z")),
    row("new Intl.DateTimeFormat('en', { timeStyle: 'long', dateStyle: 'short' }).format()",
        text("1/15/26, 1:00:00 PM GMT+1")),
    row("Intl.DateTimeFormat().resolvedOptions().timeZone", text("Europe/Berlin")),
    row("const t = Date.now(); for (let i = 0; i < 1e6; i++); return Date.now() - t", text("0", NUMBER)),
    row("new Date(2026, 6, 1).getTimezoneOffset()", text("-120", NUMBER)),
    # values that lie
    row("new Proxy({}, { get() { throw new Error('trap'); } })", error("Error: trap")),
    row("new Proxy(function () {}, { getPrototypeOf() { throw new Error('proto'); } })", error("Error: proto")),
    row("return { toString() { throw new TypeError('no'); } }", error("TypeError: no")),
    row("return { toString: null, valueOf: null }", error("TypeError")),
    row("return { [Symbol.toPrimitive]() { return {}; } }", error("TypeError")),
    row("Object.create(null)", error("TypeError")),
    row("Object.defineProperty([1], 0, { get() { throw new Error('item'); } })", error("Error: item")),
    row("const a = [1, 2, 3]; a.toString = () => { a.length = 0; return 'gone'; }; return a",
        lambda a: a["values"][0]["text"] == "gone" and a["values"][0]["items"] == ["undefined"] * 3),
    row("const d = new Date(0); d.valueOf = () => { throw new Error('date'); }; return d", error("Error: date"), "sort"),
    row("const m = moment(); m.valueOf = () => 'x'; return m", number(None), "sort"),
    row("return { _isAMomentObject: true, valueOf() { throw new Error('fake'); } }",
        lambda a: a["values"][0]["kind"] in (ERROR, OBJECT)),
    row("Symbol('x')", text("Symbol(x)", OBJECT)),
    row("10n ** 30n", text("1" + "0" * 30, OBJECT)),
    row("() => 1", text("() => 1", OBJECT)),
    row("'\\ud83d'", text("\ud83d")),
    row("'\\ud83d' + '\\ude00'", text("\U0001f600")),
    row("'a\\0b'", text("a\0b")),
    row("-0", text("0", NUMBER)),
    row("NaN", text("NaN", NUMBER)),
    row("document.all", error("ReferenceError")),
    # exceptions of every kind
    row("throw new Error('boom')", syntax),
    row("throw new Error('boom'); return", error("Error: boom")),
    row("throw 'text'; return", error("text")),
    row("throw null; return", error("null")),
    row("throw undefined; return", error("undefined")),
    row("throw 7; return", error("7")),
    row("throw Symbol('s'); return", error("Symbol(s)")),
    row("throw [1, 2]; return", error("1,2")),
    row("throw { toString() { throw 1; } }; return", error("an exception that has no text")),
    row("throw Object.create(null); return", error("an exception that has no text")),
    row("throw new Proxy({}, { get() { throw 1; } }); return", error("an exception that has no text")),
    row("const e = new Error('x'); e.toString = () => 'mine'; throw e; return", error("mine")),
    row("throw class extends Error {}; return", error("class extends Error")),
    row("undefined.x", error("TypeError")),
    row("nope", error("ReferenceError")),
    row("null.f()", error("TypeError")),
    row("task.due.moment.isBefore(", syntax),
    row(")", syntax),
    row("return", text("undefined", UNDEFINED)),
    row("", text("undefined", UNDEFINED)),
    # tasks cannot be changed
    row("task.description = 'changed', task.description", text("Order glass #build"), **L1),
    row("'use strict'; task.description = 1; return 1", error("TypeError")),
    row("task.tags.push('#more'), task.tags.length", text("1", NUMBER), **L1),
    row("task.due.moment.add(1, 'year'), task.due.formatAsDate()", text("2026-01-20"), **L1),
    row("task.due.moment.add(1, 'year'), task.due.moment.format('YYYY')", text("2026"), **L1),
    row("task.file.frontmatter.status = 'x', task.file.frontmatter.status", text("active"), **L1),
    row("query.file.path = 'x', query.file.path", text(LANTERN)),
    row("delete task.description, task.description", text("Order glass #build"), **L1),
    row("Object.getOwnPropertyDescriptor(Object.getPrototypeOf(task), 'tags').get.call({})", error("TypeError")),
]

# Rows of several requests: (requests, wants).
LATER = {"use": "group", "origin": LANTERN, "search": "later"}
FIRST = {"use": "group", "origin": INES, "search": "first"}
TAMPER = """moment.fn.format = () => 'stolen'; Array.prototype.map = Array.prototype.filter = Array.prototype.includes = () => { throw 'stolen'; };
String.prototype.includes = () => true; Object.keys = null; JSON.stringify = () => 'stolen'; JSON.parse = null;
Object.prototype.stolen = 1; Object.prototype.path = 'stolen'; Object.prototype.toString = () => 'stolen';
Reflect.apply = null; globalThis.Function = null; globalThis.Date = null; globalThis.left = 1; Map.prototype.get = null;
Math.random = () => 4; globalThis.moment = null;
Object.getPrototypeOf(task).constructor.prototype.__proto__.leak = 1;
Object.defineProperty(Object.getPrototypeOf(task), 'description', { get() { return 'stolen'; } });
query.searchCache.left = 1; query.left = 1; task.left = 1; return 'done'"""
LOOK = """[task.description, [1, 2].map((x) => x * 2).join(), 'ab'.includes('z'), JSON.stringify({ a: 1 }),
typeof left, typeof task.left, typeof query.left, typeof query.searchCache.left, typeof task.leak, ({}).stolen === undefined,
moment().format('YYYY'), Object.keys({ a: 1 }).join(), String({}), Date.now(), query.file.path, Math.random() < 1].join('|')"""
LOOKED = ("Order glass #build|2,4|false|{\"a\":1}|undefined|undefined|undefined|undefined|undefined|true|2026|a|"
          "[object Object]|1768478400000|Projects/Lantern.md|true")
SEVERAL = [
    ("one note's tampering is not there for another",
     [{**FIRST, "expression": TAMPER}, {**LATER, "expression": LOOK, **L1}], [text("done"), text(LOOKED)]),
    ("what a note breaks is broken for its own search only, and is a value or an error there",
     [{**FIRST, "expression": TAMPER}, {**FIRST, "expression": "'still here'"}],
     [text("done"), lambda a: a["values"][0]["kind"] in (UNDEFINED, STRING, ERROR) and not a["values"][0]["ended"]]),
    ("the search's cache is there for its next function, for all tasks",
     [{**LATER, "expression": "query.searchCache.n = (query.searchCache.n ?? 0) + 1"},
      {**LATER, "expression": "query.searchCache.n"}, {**LATER, "search": "b", "expression": "query.searchCache.n"}],
     [texts("1", "2", "3", "4", "5", "6"), texts(*["6"] * 6), texts(*["undefined"] * 6)]),
    ("after an end the rest of the search gets the same error, the next search its answer",
     [{**FIRST, "expression": "for (;;); return 1"}, {**FIRST, "expression": "1"}, {**LATER, "expression": "1"}],
     [TOO_LONG, lambda a: a["ended"] and a["error"] == "Error: the script took too long", text("1", NUMBER)]),
    ("what ended once is not tried again",
     [{**FIRST, "expression": "for (;;); return 2"}, {**LATER, "expression": "for (;;); return 2"}],
     [TOO_LONG, lambda a: a["ended"] and a["error"] == "Error: the script took too long"]),
    ("chance is the note's and the query's",
     [{**FIRST, "search": s, "origin": o, "text": t, "expression": "Math.random()"} for s, o, t in
      [("1", INES, "a"), ("2", INES, "a"), ("3", INES, "b"), ("4", LANTERN, "a")]],
     "random"),
]

# --- what there is to see ---------------------------------------------------------

HOST = [
    row("task.description", texts("Überprüfe das Öl", "Order glass #build", "Ask [[Ines Example|Ines]] for [prices](Prices.md)",
                                  "Compare offers", "Polish the frame",
                                  "@Ines Example proposes a second lamp #proposed #auto")),
    row("task.descriptionWithoutTags", texts("Überprüfe das Öl", "Order glass",
                                             "Ask [[Ines Example|Ines]] for [prices](Prices.md)", "Compare offers",
                                             "Polish the frame", "@Ines Example proposes a second lamp")),
    row("task.tags.join()", texts("", "#build", "", "", "", "#proposed,#auto")),
    row("[task.priority, task.priorityNumber, task.priorityName, task.priorityNameGroupText].join('|')",
        text("4|4|Low|%%4%%Low priority")),
    row("typeof task.priority + typeof task.priorityNumber", text("stringnumber")),
    row("[task.status.symbol, task.status.name, task.status.type, task.status.nextSymbol, task.status.nextStatusSymbol,"
        " task.status.typeGroupText, task.statusCharacter].join('|')",
        texts(" |Todo|TODO|x|x|%%2%%TODO| ", " |Todo|TODO|x|x|%%2%%TODO| ", "x|Done|DONE| | |%%4%%DONE|x",
              "/|In Progress|IN_PROGRESS|x|x|%%1%%IN_PROGRESS|/", " |Todo|TODO|x|x|%%2%%TODO| ",
              "?|Unknown|TODO|x|x|%%2%%TODO|?")),
    row("task.isDone", texts("false", "false", "true", "false", "false", "false")),
    row("task.due.formatAsDate('none')", texts("none", "2026-01-20", "2026-01-14", "none", "2026-01-15", "Invalid date")),
    row("task.due.category.groupText", texts("%%4%% Undated", "%%3%% Future", "%%1%% Overdue", "%%4%% Undated", "%%2%% Today",
                                             "%%0%% Invalid date")),
    row("task.due.fromNow.name", texts("", "in 4 days", "2 days ago", "", "13 hours ago", "Invalid date")),
    row("task.due.fromNow.groupText", lambda a: a["values"][0]["text"] == "" and
        a["values"][1]["text"] == "%%320260119%% in 4 days" and a["values"][2]["text"] == "%%120260113%% 2 days ago"),
    row("task.due.formatAsDateAndTime('x') + task.due.format('[d]D', '-') + task.due.toISOString(true)",
        text("2026-01-20 00:00d202026-01-20T00:00:00.000+01:00"), **L1),
    row("task.scheduled.toISOString() + task.created.format('YY')", text("2026-01-17T23:00:00.000Z25")),
    row("task.happens.formatAsDate()", texts("2026-01-18", "2026-01-20", "2026-01-14", "2026-01-10", "2026-01-15",
                                             "Invalid date")),
    row("task.dueDate ? task.dueDate.year() : task.dueDate", texts("null", "2026", "2026", "null", "2026", "NaN")),
    row("moment.isMoment(task.doneDate) + ' ' + task.startDate", texts(
        "false null", "false null", "true null", "false 1767999600000", "false null", "false null")),
    row("[task.isRecurring, task.recurrenceRule, task.recurrence?.toText() ?? null].join('|')",
        texts("false||", "false||", "false||", "false||", "true|every week|every week", "false||")),
    row("[task.id, task.dependsOn.join(), task.blockLink, task.onCompletion].join('|')",
        texts("|||", "glass|||", "|||", "|glass||", "|| ^frame|", "|||delete")),
    row("[task.isBlocked(query.allTasks), task.isBlocking(query.allTasks)].join()",
        texts("false,false", "false,true", "false,false", "true,false", "false,false", "false,false")),
    row("[task.isBlocked([...query.allTasks]), task.isBlocking([...query.allTasks])].join()",
        texts("false,false", "false,true", "false,false", "true,false", "false,false", "false,false")),
    row("task.isBlocked([])", texts(*["false"] * 6)),
    row("task.urgency.toFixed(3)", lambda a: [v["text"] for v in a["values"]][:1] == ["0.000"]),
    row("[task.path, task.filename, task.file.filename, task.file.folder, task.file.root].join('|')",
        lambda a: [a["values"][i]["text"] for i in (0, 1)] == [
            "Ines Example.md|Ines Example|Ines Example.md|/|/", "Projects/Lantern.md|Lantern|Lantern.md|Projects/|Projects/"]),
    row("[task.file.pathWithoutExtension, task.file.filenameWithoutExtension, query.file.path].join('|')",
        lambda a: a["values"][1]["text"] == "Projects/Lantern|Lantern|Ines Example.md", origin=INES),
    row("[task.heading, task.precedingHeader, task.hasHeading].join('|')", texts(
        "||false", *["Phase 1|Phase 1|true"] * 5)),
    row("[task.lineNumber, task.sectionStart, task.sectionIndex].join()", lambda a: [v["text"] for v in a["values"]] == [
        "2,2,0", "12,12,0", "13,12,1", "15,12,2", "16,12,3", "17,12,4"]),
    row("JSON.stringify([task.indentation, task.listMarker, task.originalMarkdown])", lambda a: a["values"][0]["text"] ==
        '["","*","* [ ] Überprüfe das Öl 🔽 ➕ 2025-12-01 ⏳ 2026-01-18"]' and
        json.loads(a["values"][2]["text"])[0] == "    "),
    row("task.parent ? task.parent.description : null", texts("null", "null", "Order glass #build", "plain note #aside",
                                                              "null", "null")),
    row("[task.parent?.isTask, task.isRoot, task.root.isTask, task.root.description].join('|')", lambda a:
        a["values"][3]["text"] == "false|false|true|Order glass #build"),
    row("task.findClosestParentTask()?.description", texts("undefined", "undefined", "Order glass #build",
                                                           "Order glass #build", "undefined", "undefined")),
    row("task.children.map((c) => c.originalMarkdown.trim().slice(0, 8)).join()", lambda a: a["values"][1]["text"] ==
        "- [x] As,- plain "),
    row("task.children[1]?.children[0] === query.allTasks[3]", lambda a: a["values"][1]["text"] == "true"),
    row("query.allTasks.length + ' ' + query.allTasks.indexOf(task)", texts(*[f"6 {i}" for i in range(6)])),
    row("task.outlinks.map((l) => [l.originalMarkdown, l.destination, l.destinationPath, l.displayText, l.markdown].join()).join('|')",
        lambda a: a["values"][2]["text"] == "[[Ines Example|Ines]],Ines Example,Ines Example.md,Ines,[[Ines Example|Ines]]|"
        "[prices](Prices.md),Prices.md,Prices.md,prices,[prices](Prices.md)" and a["values"][0]["text"] == ""),
    row("task.outlinks.some((l) => l.linksTo('Ines Example')) + ',' + task.outlinks.some((l) => l.linksTo('Prices.md')) + ',' +"
        " task.outlinks.some((l) => l.linksTo(query.file))", lambda a: a["values"][2]["text"] == "true,true,true", origin=PRICES),
    row("task.file.outlinks.map((l) => l.markdown).join()", lambda a: a["values"][0]["text"] ==
        "[[Projects/Lantern]],[[Ines Example.md#Later|Later]]"),
    row("task.file.outlinksInProperties.map((l) => l.destinationPath).join()", lambda a: a["values"][1]["text"] == INES),
    row("task.file.tags.join()", lambda a: a["values"][1]["text"] == "#project,#project/lantern,#build,#aside,#proposed,#auto"),
    row("JSON.stringify(task.file.frontmatter)", lambda a: a["values"][0]["text"] == '{"tags":[]}' and
        json.loads(a["values"][1]["text"]) == {"status": "active", "Tier": "gold", "weight": 7,
                                               "aliases": ["Lamp", None, "Light"], "tags": ["#project", "#project/lantern"],
                                               "lead": "[[Ines Example]]"}),
    row("[task.file.property('TIER'), task.file.property('aliases')?.length, task.file.hasProperty('tier'),"
        " task.file.hasProperty('x'), task.file.property('x'), task.file.property('weight') + 1].join('|')",
        lambda a: a["values"][1]["text"] == "gold|2|true|false||8" and a["values"][0]["text"] == "||false|false||1"),
    row("[query.file.path, query.file.tags.join(), JSON.stringify(query.file.frontmatter), query.file.root].join('|')",
        text("Prices.md|#money|{\"tags\":[]}|/"), origin=PRICES),
    row("[query.file.path, query.file.tags.length, query.file.folder].join('|')", text("New/Note.md|0|New/"),
        origin="New/Note.md"),
    row("query.file.path + preset.mine", text("Projects/Lantern.mdone"), "placeholder", presets='{"mine":"one"}'),
    row("query.file.outlinks", lambda a: a["values"][0]["text"] == "[{},{},{}]", "placeholder"),
    row("query.file.tags", text('["#project","#project/lantern","#build","#aside","#proposed","#auto"]', LIST), "placeholder"),
    row("({ a: [1, null] })", text('{"a":[1,null]}', OBJECT), "placeholder"),
    row("null", text("null", NULL), "placeholder"),
    row("undefined", text("undefined", UNDEFINED), "placeholder"),
    row("typeof task", text("undefined"), "placeholder"),
    row("query.allTasks.length", text("0", NUMBER), "placeholder"),
    row("task.taskLocation.lineNumber + task.taskLocation.path", text("2Ines Example.md")),
    row("JSON.stringify([task.markdownHardBreak, task.scheduledDateIsInferred])", text('["",false]')),
    row("moment.version", text("2.29.4")),
    row("[moment('2026-02-30', 'YYYY-MM-DD', true).isValid(), moment.duration(3, 'days').humanize(), moment().isoWeek(),"
        " moment('2026-01-15').diff(moment('2026-01-01'), 'days')].join()", text("false,3 days,3,14")),
    row("moment.updateLocale('en', { week: { dow: 1 } }), moment().startOf('week').format('dddd')", text("Monday")),
    row("'b'.localeCompare('a') + ' ' + ['ä', 'z', 'a', 'B'].sort((x, y) => x.localeCompare(y)).join('')", text("1 aäBz")),
    row("[1, 2, [3]].flat().at(-1) + 'aXbX'.replaceAll('X', '-') + Object.fromEntries([['k', 1]]).k + (null ?? 5)",
        text("3a-b-15")),
    row("'2026-01-15'.match(/(?<y>\\p{N}{4})-/u).groups.y", text("2026")),
    # filters
    row("true", lambda a: len(a["values"]) == 6 and all(v["filter"] == "" and v["boolean"] for v in a["values"]), "filter"),
    row("1", filter_error('Error: filtering function must return true or false. This returned "1".'), "filter"),
    row("1", lambda a: len(a["values"]) == 1, "filter"),
    row("null", filter_error('Error: filtering function must return true or false. This returned "null".'), "filter"),
    row("undefined", filter_error('Error: filtering function must return true or false. This returned "undefined".'), "filter"),
    row("'true'", filter_error('Error: filtering function must return true or false. This returned "true".'), "filter"),
    row("throw new Error('boom'); return", filter_error("Error: boom"), "filter"),
    row("task.lineNumber < 10 ? true : 0", lambda a: len(a["values"]) == 2 and a["values"][1]["text"] == "0", "filter"),
    # sorts
    row("undefined", sort_error('Error: "undefined" is not a valid sort key'), "sort"),
    row("NaN", sort_error('Error: "NaN" is not a valid sort key'), "sort"),
    row("[1, 2]", sort_error('Error: "1,2" is not a valid sort key'), "sort"),
    row("nope", sort_error("ReferenceError: Can't find variable: nope"), "sort"),
    row("null", sort_error(""), "sort"),
    row("task.due.moment", lambda a: [v["number"] for v in a["values"]] == [0, 1768863600000, 1768345200000, 0, 1768431600000, None]
        and [v["kind"] for v in a["values"]] == [NULL, MOMENT, MOMENT, NULL, MOMENT, MOMENT], "sort"),
    row("task.due", lambda a: [v["boolean"] for v in a["values"]] == [False, True, True, False, True, True] and
        a["values"][1]["kind"] == TASKS_DATE and a["values"][1]["number"] == 1768863600000, "sort"),
    row("new Date(5)", lambda a: a["values"][0]["kind"] == DATE and a["values"][0]["number"] == 5, "sort"),
    row("1.5", lambda a: a["values"][0]["number"] == 1.5 and a["values"][0]["sort"] == "", "sort"),
    # groups
    row("['a', 1, true]", groups("a", "1", "true")),
    row("[]", groups("")),
    row("null", groups("")),
    row("''", groups("")),
    row("1 / 3", groups("0.33333")),
    row("0.015625", groups("0.01563")),
    row("-0.015625", groups("-0.01563")),
    row("3.0", groups("3")),
    row("[1 / 3]", groups("0.3333333333333333")),
    row("1e21", groups("1e+21")),
    row("Infinity", groups("Infinity")),
    row("({ a: 1 })", groups("[object Object]")),
    row("throw new Error('one\\ntwo'); return", groups('Error: Failed calculating expression "throw new Error(\'one\\ntwo\'); return".\n'
                                              'The error message was:\n    "Error: one\ntwo"')),
    row("throw 'text'; return", groups('Error: Failed calculating expression "throw \'text\'; return".\n'
                                       'The error message was:\n    Unknown error')),
    row("['a', undefined]", lambda a: a["values"][0]["groups"][0].startswith(
        "Error: Failed calculating expression \"['a', undefined]\".\nThe error message was:\n    \"TypeError: undefined")
        and len(a["values"][0]["groups"]) == 1),
]


class Sum:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, right, got):
        try:
            good = right(got) if callable(right) else right
        except (KeyError, IndexError, TypeError, ValueError):
            good = False
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        if not good:
            print(f"FAIL {name}\n     got {json.dumps(got, ensure_ascii=True)[:1500]}")


def without_clock(answers):
    return [a for a in answers if "ended" not in json.dumps(a) or '"ended": true' not in json.dumps(a)]


def main():
    words = sys.argv[1:]
    if not os.path.exists(WORKER):
        print("scripts: not run, vaultsite-script was not made (libjavascriptcoregtk, libseccomp, moment)\n0 passed, 0 failed")
        return
    s = Sum()
    rows = [r for r in SAFETY + HOST if not words or any(w in r[0]["expression"] for w in words)]
    off, answers = ask([r for r, _ in rows])
    if "seccomp" in off:
        print(f"scripts: not run, {off}\n0 passed, 0 failed")
        return
    s.check("they run", off == "", off)
    for (request, wanted), got in zip(rows, answers):
        s.check(f"{request['use']} {request['expression'][:100]}", wanted, got)
    if not words:
        several(s)
        locked(s)
        programs(s)
    print(f"{s.passed} passed, {s.failed} failed")
    sys.exit(s.failed > 0)


def several(s):
    requests = [r for _, rs, _ in SEVERAL for r in rs]
    _, answers = ask(requests)
    for name, rs, wants in SEVERAL:
        got, answers = answers[:len(rs)], answers[len(rs):]
        if wants == "random":
            chance = [[v["number"] for v in a["values"]] for a in got]
            s.check(name, chance[0] == chance[1] and len({json.dumps(c) for c in chance}) == 3 and
                    len(set(chance[0])) == 6, got)
            continue
        for r, want, answer in zip(rs, wants, got):
            s.check(f"{name}: {r['expression'][:60]}", want, answer)
    # Another worker, the rows in another order: the same answers.
    rows = [r for r, _ in HOST]
    s.check("answers do not depend on what was asked before", ask(rows[::-1])[1][::-1] == ask(rows)[1], "")


def locked(s):
    """What the sandbox leaves to a worker that does not run JavaScript any more, but whatever it was made to."""
    program = os.path.join(BUILD, "tests", "locked")
    names = subprocess.run([program], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.splitlines()
    # A kernel without the calls of 32 bits ends by SIGSEGV whoever makes one, and there is nothing to lock.
    other = "call as another system"
    unknown = subprocess.run([program, other, "free"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             check=False, timeout=60).returncode == -signal.SIGSEGV
    for name in names:
        if name.startswith("+") and os.environ.get("SANITISED"):
            continue  # a sanitiser's own library asks for more than is allowed
        p = subprocess.run([program, name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           check=False, timeout=60)
        want = 0 if name.startswith("+") else -signal.SIGSEGV if unknown and name == other else -signal.SIGSYS
        s.check(f"locked in: {name}", p.returncode == want, p.returncode)
    s.check("there is something to try", len(names) > 25 and other in names, names)


def programs(s):
    """Workers that are missing, strange or all used up."""
    loops = [{"use": "group", "origin": INES, "expression": f"for (;;); return {i}"} for i in range(3)]
    _, answers = ask([*loops, {"use": "group", "origin": INES, "expression": "1"}], cpu=1000, ended=2)
    s.check("after so many ends no script runs", answers[3].get("error") == "Error: too many scripts had to be ended"
            and TOO_LONG(answers[1]) and answers[2].get("ended"), answers)
    one = [{"use": "group", "origin": INES, "expression": "1"}]
    for name, program, want in [("missing", "/nowhere/vaultsite-script", "its program cannot be started"),
                                ("one that ends", "/bin/true", "its program ended at once"),
                                ("one that says something else", "/bin/echo", "its program ended at once"),
                                ("one that waits", "/bin/cat", "its program ended at once")]:
        off, answers = ask(one, worker=program)
        s.check(f"a program that is {name}", off == want and answers[0].get("error") == f"Error: {want}", [off, answers])
    by_hand = [subprocess.run([WORKER, *a], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False, timeout=60)
               for a in ([], ["UTC", "0"], ["UTC", "x", "y"])]
    s.check("by hand it does nothing", all(p.returncode == 2 and not p.stdout for p in by_hand), str(by_hand))


if __name__ == "__main__":
    main()
