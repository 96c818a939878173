"""What a page of the site must be, whatever the note it was made of.

`Page(bytes)` reads one as strictly as no browser does: what the program writes
is well-formed, and a browser builds from it the very tree that is written.
`.faults` says where that fails; `.links`, `.ids` are what other pages see.
"""
import html
import re

import lxml.etree

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ATTRIBUTE = r"""[ \n]+[a-zA-Z_:][-a-zA-Z0-9_:.]*(?:="[^"<>]*")?"""
TOKEN = re.compile(r"<(?:(/)([a-zA-Z][a-zA-Z0-9]*)[ ]*|([a-zA-Z][a-zA-Z0-9]*)((?:" + ATTRIBUTE + r")*)[ \n]*(/?))>"
                   r"|<!(?:doctype|DOCTYPE) html>|<")
NAMED = re.compile(r"""([^\s=]+)(?:="([^"]*)")?""")
AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);)")
CLOSES_P = frozenset("""address article aside blockquote center details dialog dir div dl fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul li dd dt
    """.split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Where an element may stand without a parser moving it or making others.
PARENTS = {
    "tr": ("tbody", "thead", "tfoot"), "td": ("tr",), "th": ("tr",), "tbody": ("table",), "thead": ("table",),
    "tfoot": ("table",), "caption": ("table",), "colgroup": ("table",), "col": ("colgroup",),
    "html": (None,), "head": ("html",), "body": ("html",),
}
ONLY = {
    "table": frozenset(("caption", "colgroup", "thead", "tbody", "tfoot")),
    "thead": frozenset(("tr",)), "tbody": frozenset(("tr",)), "tfoot": frozenset(("tr",)),
    "tr": frozenset(("td", "th")), "colgroup": frozenset(("col",)),
}
# A start tag in a scope ended by one of these does not see what is open outside.
BUTTON_SCOPE = frozenset("html table td th caption button object template".split())
LINKS = {"href": True, "src": True, "poster": True, "data": True, "cite": False}
UNKNOWN_TAG = 801  # libxml2 knows HTML 4 only


class Page:
    def __init__(self, data, fragment=False):
        self.faults, self.links, self.ids, self.elements = [], [], {}, {}
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as e:
            self.faults.append(f"not UTF-8: {e}")
            text = data.decode("utf-8", "replace")
        self.text = text
        self.is_redirect = 'http-equiv="refresh"' in text[:4000]
        self.stack = []
        self.scan(fragment)
        if not fragment:
            self.whole(data)

    def fault(self, at, what):
        if len(self.faults) < 20:
            line = self.text.count("\n", 0, at) + 1
            self.faults.append(f"line {line}: {what} at {self.text[at:at + 60]!r}")

    def scan(self, fragment):
        text, stack, end = self.text, self.stack, 0
        for m in TOKEN.finditer(text):
            at = m.start()
            self.characters(end, at)
            end = m.end()
            closing, opening = m.group(2), m.group(3)
            if opening:
                self.open(at, opening, m.group(4), m.group(5))
            elif closing:
                if closing in VOID:
                    self.fault(at, "end tag of a void element")
                elif stack and stack[-1] == closing:
                    stack.pop()
                else:
                    self.fault(at, f"</{closing}> where {stack[-1] if stack else 'nothing'} is open")
                    if closing in stack:
                        while stack.pop() != closing:
                            pass
            elif m.group() == "<":
                self.fault(at, "'<' that is no tag as we write them")
            elif at != 0:
                self.fault(at, "a second doctype")
        self.characters(end, len(text))
        for name in stack:
            self.fault(len(text), f"<{name}> is never closed")

    def characters(self, begin, end):
        if begin == end:
            return
        m = AMPERSAND.search(self.text, begin, end)
        if m:
            self.fault(m.start(), "'&' that begins no reference")
        if self.stack and self.stack[-1] in ONLY and self.text[begin:end].strip():
            self.fault(begin, f"text right in <{self.stack[-1]}>")

    def open(self, at, name, attributes, slash):
        stack = self.stack
        parent = stack[-1] if stack else None
        counted = "svg " + name if "svg" in stack else name  # a drawing has titles of its own
        self.elements[counted] = self.elements.get(counted, 0) + 1
        if name != name.lower():
            self.fault(at, "an element in capitals")
        if name in PARENTS and parent not in PARENTS[name] and (parent or name in ("html",)):
            self.fault(at, f"<{name}> in <{parent}>")
        if parent in ONLY and name not in ONLY[parent]:
            self.fault(at, f"<{name}> right in <{parent}>")
        if name in CLOSES_P and self.is_open("p", BUTTON_SCOPE):
            self.fault(at, f"<{name}> in an open <p>")
        if name == "a" and self.is_open("a", BUTTON_SCOPE):
            self.fault(at, "<a> in an open <a>")
        if name in HEADINGS and parent in HEADINGS:
            self.fault(at, f"<{name}> right in <{parent}>")
        if name == "li" and self.is_open("li", BUTTON_SCOPE | {"ul", "ol"}):
            self.fault(at, "<li> in an open <li>")
        if name in ("dd", "dt") and (self.is_open("dd", BUTTON_SCOPE | {"dl"}) or self.is_open("dt", BUTTON_SCOPE | {"dl"})):
            self.fault(at, f"<{name}> in an open <dd> or <dt>")
        drawn = "svg" in stack  # foreign content: there a slash ends any element
        if slash and name not in VOID and not drawn:
            self.fault(at, "a slash ends no element but a void one")
        if attributes:
            self.read_attributes(at, name, attributes)
        if name not in VOID and not (drawn and slash):
            stack.append(name)

    def is_open(self, name, ends):
        for open_name in reversed(self.stack):
            if open_name == name:
                return True
            if open_name in ends:
                return False
        return False

    def read_attributes(self, at, name, attributes):
        seen = set()
        for m in NAMED.finditer(attributes):
            key, value = m.group(1), m.group(2)
            if key in seen:
                self.fault(at, f"attribute {key} twice")
            seen.add(key)
            if value is None:
                continue
            if "&" in value:
                if AMPERSAND.search(value):
                    self.fault(at, f"'&' in {key} begins no reference")
                value = html.unescape(value)
            if key == "id":
                if value in self.ids:
                    self.fault(at, f"id {value!r} twice")
                if not value or re.search(r"\s", value):
                    self.fault(at, f"id {value!r}")
                self.ids[value] = name
            elif LINKS.get(key):
                self.links.append((name, key, value))
            elif key.startswith("on"):
                self.fault(at, f"attribute {key}")
            elif key == "http-equiv" and value == "refresh":
                m = re.search(r'content="[^"]*?url=([^"]*)"', attributes)
                if m:
                    self.links.append((name, "refresh", html.unescape(m.group(1))))

    def whole(self, data):
        if not re.match("<!doctype html>", self.text, re.I):
            self.fault(0, "no doctype")
        for name in ("html", "head", "body", "title"):
            if self.elements.get(name, 0) != 1:
                self.faults.append(f"{self.elements.get(name, 0)} elements <{name}>")
        parser = lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True)
        lxml.etree.fromstring(data, parser)
        for e in parser.error_log:
            if e.type != UNKNOWN_TAG and len(self.faults) < 20:
                self.faults.append(f"libxml2: line {e.line}: {e.message}")


# What the reader above must not overlook: the text of <main>, and a word of the fault.
FAULTY = [
    ("<p>a", "open"), ("<p>a</b></p>", "open"), ("<b><i>a</b></i>", "open"), ("</p>", "open"), ("<br></br>", "void"),
    ("<p>a<p>b</p></p>", "open <p>"), ("<p>a<div>b</div></p>", "open <p>"), ("<p><span><ul></ul></span></p>", "open <p>"),
    ("<a href=\"x\">a<b><a href=\"y\">b</a></b></a>", "open <a>"), ("<h2>a<h3>b</h3></h2>", "<h3>"),
    ("<ul><li>a<li>b</li></li></ul>", "open <li>"), ("<table><p>a</p></table>", "right in <table>"),
    ("<table><tr><td>a</td></tr></table>", "<tr>"), ("<table><tbody>a</tbody></table>", "text right"), ("<td>a</td>", "<td>"),
    ("a & b", "reference"), ("a < b", "no tag"), ("<p title='a'>b</p>", "no tag"), ("<p title=a>b</p>", "no tag"),
    ("<p title=\"a\"x=\"b\">b</p>", "no tag"), ("<p title=\"a & b\">b</p>", "reference"), ("<P>a</P>", "capitals"),
    ("<p id=\"a\">a</p><p id=\"a\">b</p>", "twice"), ("<p class=\"a\" class=\"b\">b</p>", "twice"), ("<p id=\"\">a</p>", "id"),
    ("<p onclick=\"a()\">a</p>", "onclick"), ("<!-- a -->", "no tag"), ("<![CDATA[a]]>", "no tag"), ("<div/>", "slash"),
    ("<svg onload=\"a()\"></svg>", "onload"), ("\xff", "UTF-8"), ("<!doctype html>", "doctype"),
    ("<dl><dd>a<dt>b</dt></dd></dl>", "<dt>"), ("<p a-very-odd=\"&#;\">a</p>", "reference"),
]
SOUND = [
    "<p>a &amp; b &lt; c</p>", "<ul><li>a<ul><li>b</li></ul></li></ul>", "<details open><summary>a</summary><p>b</p></details>",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>",
    "<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<p id=\"^a\" title=\"a &quot;b&quot; > c\">a<br>b</p>".replace(" > ", " &gt; "),
    "<blockquote><p>a</p></blockquote>", "<p><img src=\"a.png\" alt=\"\" width=\"3\"></p>",
]


def whole_page(main):
    page = f"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>a</title></head><body><main>{main}</main></body></html>"
    return page.encode("latin-1")


def self_test():
    wrong = [f"{main!r} has the faults {Page(whole_page(main)).faults}" for main, word in FAULTY
             if not any(word in f for f in Page(whole_page(main)).faults)]
    wrong += [f"{main!r} is sound, not {Page(whole_page(main)).faults}" for main in SOUND if Page(whole_page(main)).faults]
    for line in wrong:
        print("FAIL page: " + line)
    total = len(FAULTY) + len(SOUND)
    print(f"{total - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    import sys
    sys.exit(self_test())
