#!/usr/bin/env python3
"""No note can run a script in the reader's browser (decisions.md 42).

usage: xss.py [--keep DIR] [--raw]

Writes a vault with every vector of xss-vectors.json in every channel there is,
builds it, loads each page in Chromium, moves and clicks over what is there, and
asks whether anything ran.  The frame of each page must still be there, too.
--raw loads the vectors as they are: it shows that the test can see them fire.
"""
import argparse
import concurrent.futures
import fcntl
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
from urllib.parse import quote

sys.dont_write_bytecode = True
import sites as S

HERE = os.path.dirname(os.path.abspath(__file__))
CHROMIUM = os.environ.get("CHROMIUM") or "chromium-headless-shell"
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-extensions --mute-audio --remote-debugging-pipe
    --allow-file-access-from-files --disable-dev-shm-usage""".split()

# Before any script of the page: whatever a payload calls leaves a mark, in the page and,
# since a redirect takes its page with it, here.
WATCH = r"""
(() => {
    const fired = [];
    Object.defineProperty(window, "fired", { value: fired });
    for (const name of ["alert", "confirm", "prompt", "print", "open"])
        window[name] = what => { fired.push(name + "(" + what + ")"); window.tell(name + "(" + what + ")"); return null; };
})();
"""
# All that a reader could do to a page, in one go; and what must be left of it.
PROVOKE = r"""
(async () => {
    const pause = ms => new Promise(r => setTimeout(r, ms));
    document.addEventListener("click", e => {
        const a = e.target.closest && e.target.closest("a, area");
        if (a && !/^\s*(javascript|data|vbscript)/i.test(a.href || "")) e.preventDefault();
    }, true);
    document.addEventListener("submit", e => e.preventDefault(), true);
    const all = [...document.querySelectorAll("main *")].slice(0, 4000);
    for (const e of all) {
        for (const type of ["mouseover", "mouseenter", "mousemove", "pointerover", "mousedown", "mouseup", "focus",
                            "focusin", "blur", "toggle", "wheel", "copy", "paste", "animationstart", "keydown"])
            e.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
        if (e.matches("details")) e.open = true;
        const href = e.getAttribute && (e.getAttribute("href") || e.getAttribute("xlink:href") || "");
        const scheme = (e.href && e.href.baseVal || e.href || href).replace(/[\x00-\x20]/g, "");
        if (/^(javascript|vbscript|data):/i.test(scheme))
            window.fired.push("href " + href);
        if (e.id === "k" || e.matches("button, summary, label, input, [onclick]")) e.click();
    }
    await pause(10);
    const frame = ["header", "main", "footer", "h1"].filter(s => !document.querySelector(s));
    const outside = [...document.querySelectorAll("body > *")].map(e => e.tagName.toLowerCase());
    return JSON.stringify({
        fired: window.fired, missing: frame, children: outside,
        scripts: document.querySelectorAll("script:not([src])").length,
        frames: [...document.querySelectorAll("iframe, object, embed")]
            .map(e => e.getAttribute("src") || e.getAttribute("data") || e.getAttribute("srcdoc") || "")
            .filter(u => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(u)),
        handlers: all.filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length,
    });
})()
"""


class Browser:
    """Chromium over its pipe: requests and events are JSON, a NUL after each."""

    def __init__(self, place):
        to_read, self.to = os.pipe()
        self.back, from_write = os.pipe()
        self.number, self.rest, self.events = 0, b"", []

        def pipes():
            # Its ends have to be 3 and 4, and may be these already, the other way round.
            a, b = (fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (to_read, from_write))
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={place}", "about:blank"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=pipes,
            env={**os.environ, "HOME": place})
        os.close(to_read)
        os.close(from_write)
        self.session, self.target = None, None
        self.new_tab()

    def new_tab(self):
        """What the old one still meant to do is no longer seen."""
        self.session = None
        old, self.target = self.target, self.ask("Target.createTarget", url="about:blank")["targetId"]
        if old:
            self.ask("Target.closeTarget", targetId=old)
        self.session = self.ask("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.ask(domain + ".enable")
        self.ask("Runtime.addBinding", name="tell")
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        # Only files; a request for anything else fails, and is seen.
        self.ask("Network.setBlockedURLs", urls=["http://*", "https://*", "ws://*", "wss://*"])

    def message(self, deadline):
        while b"\0" not in self.rest:
            ready, _, _ = select.select([self.back], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser does not answer")
            data = os.read(self.back, 1 << 20)
            if not data:
                raise ConnectionError("the browser went away")
            self.rest += data
        one, _, self.rest = self.rest.partition(b"\0")
        return json.loads(one)

    def ask(self, method, seconds=60, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        deadline = time.monotonic() + seconds
        while True:
            answer = self.message(deadline)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
            if "method" in answer and answer.get("sessionId") == self.session:
                self.events.append(answer)

    def loaded(self, loader):
        """Whether the document of that navigation is there, with all its parts."""
        there = False
        for e in self.events:
            there = there or e["method"] == "Page.frameNavigated" and e["params"]["frame"].get("loaderId") == loader
            if there and e["method"] == "Page.loadEventFired":
                return True
        return False

    def load(self, url):
        """What PROVOKE found on a page, and what the browser reported meanwhile."""
        self.events.clear()
        loader = self.ask("Page.navigate", url=url).get("loaderId")
        deadline = time.monotonic() + 30
        while not self.loaded(loader):
            answer = self.message(deadline)
            if "method" in answer and answer.get("sessionId") == self.session:
                self.events.append(answer)
            if answer.get("method") == "Page.javascriptDialogOpening":
                self.ask("Page.handleJavaScriptDialog", accept=False)
        r = self.ask("Runtime.evaluate", expression=PROVOKE, awaitPromise=True, returnByValue=True)
        value = r["result"].get("value")
        found = json.loads(value) if value else {"fired": ["the page could not be examined: " + json.dumps(r)[:300]]}
        found["fired"] += [what for what in self.reported(url) if what not in found["fired"]]
        return found

    def reported(self, url):
        """What happened since `url` was asked for, as far as the browser says it by itself."""
        fired = []
        for e in self.events:
            p = e.get("params", {})
            if e["method"] == "Page.javascriptDialogOpening":
                fired.append("dialog " + p.get("message", ""))
            elif e["method"] == "Runtime.bindingCalled":
                fired.append(p.get("payload", ""))
            elif e["method"] == "Page.frameNavigated" and not p["frame"].get("parentId") and \
                    not p["frame"]["url"].startswith(url.split("#")[0]):
                fired.append("went to " + p["frame"]["url"][:100])
            elif e["method"] == "Page.windowOpen":
                fired.append("opened " + p.get("url", ""))
        return fired

    def close(self):
        try:
            self.session = None
            self.ask("Browser.close", seconds=5)
        except (OSError, RuntimeError, TimeoutError):
            pass
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# ---- the vault

def quoted(v):
    return '"' + v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") \
        .replace("\0", "\\0").replace("\x01", "\\x01").replace("\x0b", "\\v").replace("\x0c", "\\f") + '"'


def one_line(v):
    return re.sub(r"[\r\n]+", " ", v)


def file_name(v):
    """The vector as far as a file system takes it."""
    name = one_line(v).replace("/", "\u2044").replace("\0", "").strip() or "empty"
    while len(name.encode()) > 200:
        name = name[:-1]
    return name.lstrip(".") or "dot"


def dql(v):
    """The vector as a text in a query."""
    return '"' + one_line(v).replace("\\", "\\\\").replace('"', '\\"') + '"'


def dataview(query):
    return f"```dataview\n{query}\n```\n\n"


# channel -> text of a note that carries the vector there.
CHANNELS = {
    "block": lambda v: f"Before.\n\n{v}\n\nAfter.\n",
    "inline": lambda v: f"Before {one_line(v)} after.\n",
    "in a list": lambda v: f"- one {one_line(v)}\n  - two {one_line(v)}\n",
    "in a quote": lambda v: "> " + v.replace("\n", "\n> ") + "\n",
    "in a cell": lambda v: f"| a | b |\n| --- | --- |\n| {one_line(v)} | x |\n",
    "head of a table": lambda v: f"| {one_line(v)} | b |\n| --- | --- |\n| {one_line(v)} | x |\n",
    "in a comment": lambda v: f"%% {one_line(v)} %% after\n",
    "property value": lambda v: f"---\nnote: {quoted(v)}\nlist: [{quoted(v)}, b]\nnested: {{a: {quoted(v)}}}\n---\nText.\n",
    "property key": lambda v: f"---\n{quoted(v)}: value\n---\nText.\n",
    "title": lambda v: f"---\ntitle: {quoted(v)}\n---\nText.\n",
    "alias": lambda v: f"---\naliases: [{quoted(v)}, {quoted('a/' + v)}]\n---\nText.\n",
    "cssclasses": lambda v: f"---\ncssclasses: [{quoted(v)}]\n---\nText.\n",
    "permalink": lambda v: f"---\npermalink: {quoted(v)}\n---\nText.\n",
    "tag property": lambda v: f"---\ntags: [{quoted(v)}]\n---\nText.\n",
    "tag": lambda v: f"#{one_line(v)} #a/{one_line(v)}\n",
    "callout title": lambda v: f"> [!note] {one_line(v)}\n> Text.\n",
    "callout type": lambda v: f"> [!{one_line(v)}] Title\n> Text.\n\n> [!note|{one_line(v)}]- Title\n> Text.\n",
    "link label": lambda v: f"[{one_line(v)}](target.md) [[target|{one_line(v)}]]\n",
    "wikilink": lambda v: f"[[{one_line(v)}]] [[target#{one_line(v)}]] ![[{one_line(v)}]] ![[target#^{one_line(v)}]]\n",
    "address": lambda v: f"[a]({one_line(v)}) [b](<{one_line(v)}>) ![c](<{one_line(v)}>) <{one_line(v)}>\n",
    "scheme": lambda v: f"[a](javascript:alert(1)//{one_line(v)}) [b](<java\tscript:alert(1)>) [c](data:text/html,{one_line(v)})"
                        f" [d](JaVaScRiPt&colon;alert(1)) [e](&#x6a;avascript:alert(1)) [f](vbscript:alert(1))\n",
    "link title": lambda v: f'[a](target.md "{one_line(v)}") [b][r]\n\n[r]: target.md "{one_line(v)}"\n',
    "heading": lambda v: f"# {one_line(v)}\n\n## {one_line(v)}\n\nText. [[#{one_line(v)}]]\n",
    "fence info": lambda v: f"```{one_line(v).replace('`', '')}\n{v}\n```\n\n~~~{one_line(v)}\ncode\n~~~\n",
    "query": lambda v: f"```dataview\nTABLE {one_line(v)} AS \"{one_line(v)}\"\n```\n\n```tasks\n{one_line(v)}\n```\n\n`= {one_line(v)}`\n",
    "query cell": lambda v: f"---\nnote: {quoted(v)}\nlist: [{quoted(v)}, {{{quoted(v)}: {quoted(v)}}}]\n---\n- [ ] {one_line(v)}\n\n"
                            + dataview("TABLE note, list, file.lists, elink(note, note), embed(link(note)), link(note, note), link(\"a\", note)"
                                       " WHERE file.path = this.file.path")
                            + dataview("LIST list WHERE file.path = this.file.path")
                            + dataview("CALENDAR date(\"2026-01-05\") WHERE file.path = this.file.path")
                            + "So `= this.note` `= this.list` `= elink(this.note, this.note)` `= embed(link(this.note))`.\n",
    "query header": lambda v: dataview(f"TABLE 1 AS {dql(v)}, 2 AS {dql('*' + v + '*')} WHERE file.path = this.file.path"),
    "group name": lambda v: f"---\nnote: {quoted(v)}\n---\n- [ ] task\n\n"
                            + dataview("TABLE rows.file.link WHERE file.path = this.file.path GROUP BY note AS " + dql(v))
                            + dataview("TASK WHERE file.path = this.file.path GROUP BY note")
                            + dataview("TASK WHERE file.path = this.file.path FLATTEN note AS visual"),
    "query error": lambda v: dataview(f"LIST {dql(v)} x") + dataview(f"TABLE nosuch({dql(v)})") + dataview(one_line(v))
                             + f"`= nosuch({dql(v).replace('`', '')})` `= 1 + + {one_line(v).replace('`', '')}`\n",
    "code": lambda v: f"`{one_line(v).replace('`', '')}`\n\n    {one_line(v)}\n",
    "math": lambda v: f"${one_line(v)}$\n\n$$\n{v}\n$$\n",
    "mermaid": lambda v: f"```mermaid\n{v}\n```\n",
    "image size and alt": lambda v: f"![[picture.png|{one_line(v)}]] ![{one_line(v)}|100x{one_line(v)}](picture.png)"
                                    f" ![[picture.png|{one_line(v)}|40]]\n",
    "footnote": lambda v: f"A[^{one_line(v)}] b[^1] c^[{one_line(v)}].\n\n[^{one_line(v)}]: {one_line(v)}\n[^1]: {one_line(v)}\n",
    "block id": lambda v: f"Text ^{one_line(v)}\n\n[[#^{one_line(v)}]]\n",
    "task": lambda v: f"- [{(v + ' ')[0]}] {one_line(v)} 📅 2026-01-01 [due:: {one_line(v)}]\n",
    "raw attribute": lambda v: f"<span title='{one_line(v)}' class='{one_line(v)}' style='{one_line(v)}'>a</span>"
                               f" <img alt='{one_line(v)}' src='{one_line(v)}'> <a href='{one_line(v)}'>b</a>"
                               f" <div id='{one_line(v)}'>c</div>\n",
    "raw attribute, double quotes": lambda v: f"<p title=\"{one_line(v)}\" lang=\"{one_line(v)}\">a</p>\n",
    "definition": lambda v: f"[a] and [b]\n\n[a]: {one_line(v)}\n[b]: <{one_line(v)}>\n",
    "backlink": lambda v: f"See {one_line(v)} [[target]] {one_line(v)}.\n",
    "embedded": lambda v: "",
}
ALONE = ("block", "inline", "in a quote")
# Channels that do not meet on a page can share it: each page costs a tenth of a second.
TOGETHER = {
    "properties": ("property value", "property key", "title", "alias", "cssclasses", "tag property"),
    "answers": ("query cell", "group name"),
}
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc00000030101"
                        "00c9fe92ef0000000049454e44ae426082")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def joined(texts):
    """Notes with properties as one note; what two of them say alike stands in it once."""
    notes = [re.fullmatch(r"---\n(.*?\n)---\n(.*)", text, re.S).groups() for text in texts]
    lines = dict.fromkeys(line for properties, _ in notes for line in properties.splitlines(True))
    return "---\n" + "".join(lines) + "---\n" + "\n".join(body for _, body in notes)


def channels():
    """name -> text of a note that carries a vector there, of one channel or of those together."""
    apart = {c: make for c, make in CHANNELS.items() if not any(c in group for group in TOGETHER.values())}
    return apart | {name: lambda v, group=group: joined([CHANNELS[c](v) for c in group]) for name, group in TOGETHER.items()}


def write_vault(vault, vectors):
    """A note for each channel and vector, or four of them; and names that are vectors."""
    for channel, make in channels().items():
        texts = [make(v) if channel != "embedded" else f"![[{i:03} block]]\n\n![[{i:03} inline]]\n"
                 for i, v in enumerate(vectors)]
        # Properties are one to a note, and what opens in a block may hide the rest.
        step = 1 if texts[0].startswith("---") or channel in ALONE else 4
        for i in range(0, len(texts), step):
            write(os.path.join(vault, channel, f"{i:03} {channel}.md"), "\n\n".join(texts[i:i + step]))
    for i, v in enumerate(vectors):
        write(os.path.join(vault, "names", file_name(v) + ".md"), f"Its name is number {i}. [[target]]\n")
        write(os.path.join(vault, "folders", file_name(v), f"{i:03} inside.md"), "In a folder.\n")
        write(os.path.join(vault, "pictures", file_name(v) + ".png"), PICTURE)
    write(os.path.join(vault, "pictures.md"), "".join(f"![[{file_name(v)}.png]]\n" for v in vectors))
    for i, v in enumerate(vectors):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{i}</title>{v}<rect width="9" height="9"/></svg>'
        write(os.path.join(vault, "drawings", f"{i:03}.svg"), svg)
    write(os.path.join(vault, "drawings.md"), "".join(f"![[{i:03}.svg]]\n" for i in range(len(vectors))))
    write(os.path.join(vault, "queried names.md"),
          dataview('TABLE file.name, file.folder, file.path FROM "names" or "folders"')
          + dataview('TASK FROM "task" GROUP BY file.link') + dataview('CALENDAR date("2026-01-05") FROM "names"'))
    write(os.path.join(vault, "target.md"), "# target\n\nText ^a\n")
    write(os.path.join(vault, "picture.png"), PICTURE)
    write(os.path.join(vault, "vaultsite.yaml"), f"title: {quoted(vectors[0] + vectors[7])}\n")


def pages_to_load(out):
    for path in S.files(out):
        name = os.fsdecode(path)
        if name.endswith((".html", ".svg")):
            yield name


def preview_pages(out):
    """All previews as pages that nothing else protects: what previews.js puts into a page is their HTML."""
    folder = os.path.join(out, "_", "previews")
    for name in sorted(os.listdir(folder)):
        call = re.fullmatch(r"vaultsite\.preview\(\d+,(.*)\);\n", S.read(folder, name).decode("utf-8"), re.S)
        if not call:
            continue
        texts = [text for note in json.loads(call.group(1)).values() for text in [*note[2:4], *note[5::2]]]
        path = f"~preview-{name}.html"
        write(os.path.join(out, path), "<!doctype html><meta charset=utf-8><header></header><main><h1>a</h1>" +
              "".join(f"<div>{text}</div>" for text in texts) + "</main><footer></footer>")
        yield path


def url_of(path):
    return "file://" + quote(path)


def judge_redirect(browser, out, name):
    """It goes on at once, inside the site, and nothing else happens."""
    url = url_of(os.path.join(out, name))
    try:
        fired = browser.load(url)["fired"]
    except RuntimeError as e:
        fired = browser.reported(url) + ([] if "navigated or closed" in str(e) else [str(e)])
    except TimeoutError as e:
        fired = [str(e)]
        browser.new_tab()
    inside = "went to " + url_of(out) + "/"
    return [f"{name}: {what}" for what in fired if not what.startswith(inside)]


def judge(browser, out, name):
    try:
        found = browser.load(url_of(os.path.join(out, name)))
    except (TimeoutError, RuntimeError) as e:
        found = {"fired": [str(e)]}
        browser.new_tab()
    faults = [f"{name}: {what}" for what in found.get("fired", [])]
    if name.endswith(".html"):
        if found.get("missing"):
            faults.append(f"{name}: no {', '.join(found['missing'])}")
        if found.get("scripts") or found.get("handlers") or found.get("frames"):
            faults.append(f"{name}: {found['scripts']} inline scripts, {found['handlers']} handlers, frames {found['frames']}")
    return faults


def judge_all(profile, out, names):
    """Redirects last: what one of them still means to do would otherwise be taken for the next page's."""
    browser = Browser(profile)
    away = [name for name in names if is_redirect(out, name)]
    try:
        faults = [fault for name in names if name not in away for fault in judge(browser, out, name)]
        return faults + [fault for name in away for fault in judge_redirect(browser, out, name)]
    finally:
        browser.close()


def is_redirect(out, name):
    return b'http-equiv="refresh"' in S.read(out, name)[:4000]


def raw(browser, place, vectors):
    """How many vectors fire when nothing protects the page."""
    fired = 0
    for i, v in enumerate(vectors):
        write(os.path.join(place, "raw", f"{i}.html"), f"<!doctype html><meta charset=utf-8><header></header><main><h1>a</h1>{v}</main>"
                                                      "<footer></footer>")
        try:
            found = browser.load(url_of(os.path.join(place, "raw", f"{i}.html")))
            fired += bool(found.get("fired"))
        except (TimeoutError, RuntimeError):
            fired += 1
    return fired


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--keep", metavar="DIR")
    options.add_argument("--raw", action="store_true")
    a = options.parse_args()
    with open(os.path.join(HERE, "xss-vectors.json"), encoding="utf-8") as f:
        vectors = json.load(f)
    if not shutil.which(CHROMIUM):
        print(f"FAIL xss: no {CHROMIUM} (make deps-browser)\n0 passed, 1 failed")
        return 1
    place = a.keep or tempfile.mkdtemp(prefix="vaultsite-xss-")
    os.makedirs(place, exist_ok=True)
    vault, out = os.path.join(place, "vault"), os.path.join(place, "out")
    score, started = S.Score(), time.monotonic()
    try:
        browser = Browser(os.path.join(place, "profile"))
        # The test itself has to see what fires: most of the raw ones do.
        try:
            fired = raw(browser, place, vectors)
        finally:
            browser.close()
        score.verdict("xss: the browser runs what nobody stopped",
                      [] if fired > len(vectors) // 3 else [f"only {fired} of {len(vectors)} fired"])
        if a.raw:
            print(f"{fired} of {len(vectors)} vectors fire as they are")
            return score.finish()
        write_vault(vault, vectors)
        r = S.build(vault, out, "--quiet")
        score.verdict("xss: the vault builds", [] if r.code == 0 else [f"exit {r.code}: {r.last}"])
        names = [*pages_to_load(out), *preview_pages(out)] if r.code == 0 else []
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            halves = list(pool.map(lambda k: judge_all(os.path.join(place, f"profile{k}"), out, names[k::2]), (0, 1)))
        faults, n = halves[0] + halves[1], len(names)
        score.verdict("xss: nothing fires", faults)
        score.verdict("xss: there are pages", [] if n > len(vectors) * len(CHANNELS) // 4 else [f"{n} pages"])
        print(f"{len(vectors)} vectors through {len(CHANNELS) + 5} channels, {n} pages and drawings, "
              f"{time.monotonic() - started:.0f} s")
    finally:
        if not a.keep:
            shutil.rmtree(place, ignore_errors=True)
    return score.finish()


if __name__ == "__main__":
    sys.exit(main())
