/* The sites that the browser looks at, and in them one page of each kind. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = dirname(dirname(HERE));
export const BUILD = join(ROOT, process.env.BUILD ?? "build");

/* The day of the mock-ups, so that "this year" means the same there and here. */
const TODAY = "2026-11-20";

/* name -> vault: a fixture's, or one that is made here. */
const SITES = {
  theme: fixture("theme"),
  manual: fixture("manual"),
  german: fixture("language-german"),
  arabic: fixture("language-arabic"),
  moved: fixture("permalinks"),
  empty: fixture("empty-vault"),
  answers: fixture("dataview"),
  entities: fixture("entities"),
  search: fixture("search"),
  extras: fixture("extras"),
  previews: fixture("previews"),
  explorer: fixture("explorer"),
  graph: fixture("graph"),
  paged: makePaged,
  linked: makeLinked,
  borrowed: makeBorrowed,
  unbroken: makeUnbroken,
};

/* What a word of 240 letters is shortened to in addresses, before the hash. */
const SHORTENED = "unbreakable".repeat(9).slice(0, 93);

/* One page of each kind: what it is, its site, its path.
 *   contents  it has a list of its headings
 *   redirect  it only leads to another page, which has this path
 *   rtl       its site is written from right to left
 *   walk      by keyboard it is walked through, as a page of this kind: a template's, or one beside those
 *   drawn     how much of it scripts draw: { code, formulas, diagrams }
 *   opens     what a reader opens over it, a key of opened.mjs, and the words for it at each width in turn
 * A page that is not there fails. */
export const PAGES = [
  page("home, generated", "theme", "index.html", { walk: "generated home" }),
  page("home with a note", "manual", "index.html", { contents: true, walk: "home" }),
  page("tables of settings", "manual", "reference/settings.html", { contents: true }),
  page("codes and remedies", "manual", "findings/text-of-notes.html", { contents: true }),
  page("home of an empty vault", "empty", "index.html"),
  page("note with everything", "theme", "reference/handbook/every-kind-of-content.html", { contents: true }),
  page("note as in the mock-up", "theme", "reference/handbook/how-depots-are-numbered.html", { contents: true, walk: "note" }),
  page("long note", "theme", "reference/handbook/contents-that-follow.html", { contents: true }),
  page("note without properties", "theme", "reference/handbook/depot-codes-in-short.html"),
  page("note without text", "theme", "reference/handbook/empty.html"),
  page("long title", "theme", "reference/handbook/a-note-with-a-title-so-long-that-it-fills-more-than-two-lines-on-a-" +
    "telephone-and-that-names-a-81d2de.html"),
  page("title without a space", "theme", "reference/handbook/an_unbreakable_name_without_any_space_in_it_which_is_" +
    "wider_than_a_telephone_screen.html"),
  page("person", "theme", "people/mira-castellan.html", { contents: true }),
  page("Arabic title on an English site", "theme", "people/سلمى-الراوي.html"),
  page("meeting", "theme", "meetings/2026-11-18-night-timetable-pilot.html", { contents: true, walk: "event" }),
  page("folder with folders", "theme", "reference/index.html", { walk: "folder" }),
  page("people", "theme", "people/index.html", { walk: "index" }),
  page("customer", "theme", "customers/brightwater-rail.html", { contents: true }),
  page("meetings", "theme", "meetings/index.html"),
  page("transcripts", "theme", "transcripts/index.html"),
  page("tasks by assignee", "theme", "tasks/index.html"),
  page("tasks by due date", "theme", "tasks/index~due.html", { walk: "tasks" }),
  page("decisions", "entities", "decisions/index.html"),
  page("person with panels", "entities", "people/tomas-okonjo.html", { contents: true, walk: "entity" }),
  page("project with panels", "entities", "projects/seed-vault-move.html", { contents: true }),
  page("names without a space", "unbroken", "people/index.html"),
  page("tasks without a space", "unbroken", "tasks/index.html"),
  page("decision without a space", "unbroken", "decisions/index.html"),
  page("meeting without a space", "unbroken", "meetings/index.html"),
  page("title of one long word", "unbroken", `${SHORTENED}-d8abd4/${SHORTENED}-cf9740/word.html`),
  page("title of many words", "unbroken", `${SHORTENED}-d8abd4/what-the-harbour-office-the-pilots-and-both-ferry-companies-agreed-about-` +
    "berths/words.html"),
  page("long title in Chinese", "unbroken", `${SHORTENED}-d8abd4/港務局與兩家渡輪公司關於泊位潮汐及外防波堤燈號之協議與春季以來-c8cbb6/han.html`),
  page("folder of long titles", "unbroken", `${SHORTENED}-d8abd4/index.html`),
  page("tag of long titles", "unbroken", `tags/${SHORTENED}-efe973.html`),
  page("all folders", "theme", "index~notes.html", { walk: "all folders" }),
  page("tag", "theme", "tags/rollout/depot.html", { contents: true, walk: "tag" }),
  page("tag with tags below only", "theme", "tags/rollout.html", { contents: true }),
  page("tags", "theme", "tags/index.html", { walk: "tags" }),
  page("all notes", "theme", "index~all.html", { walk: "all" }),
  page("graph", "theme", "index~graph.html", { walk: "graph" }),
  page("graph of many", "linked", "index~graph.html"),
  page("not found", "theme", "404.html", { walk: "404" }),
  page("paged folder, first", "paged", "log/index.html"),
  page("paged folder, second", "paged", "log/index~2.html", { walk: "further rows" }),
  page("paged tag, first", "paged", "tags/log.html"),
  page("paged tag, second", "paged", "tags/log~2.html"),
  page("note mentioned often", "paged", "ledger.html"),
  page("further mentions", "paged", "ledger~mentions-2.html", { walk: "further mentions" }),
  page("tables of queries", "answers", "tables.html", { contents: true, walk: "answers" }),
  page("lists of queries", "answers", "lists.html"),
  page("tasks of queries", "answers", "tasks.html", { contents: true }),
  page("calendars of queries", "answers", "calendar.html", { contents: true }),
  page("values of queries", "answers", "values.html", { contents: true }),
  page("mistakes in queries", "answers", "mistakes.html"),
  page("answers shown elsewhere", "answers", "elsewhere.html"),
  page("long answer, first", "answers", "long.html"),
  page("long answer, second", "answers", "long~query-1-2.html", { walk: "further answers" }),
  page("redirect", "moved", "old/deep/one.html", { redirect: "about-us.html" }),
  page("German home", "german", "index.html"),
  page("Arabic home", "arabic", "index.html", { rtl: true }),
  page("Arabic people", "arabic", "people/index.html", { rtl: true, walk: "index from the right" }),
  page("Arabic customer", "arabic", "الزبائن/مرفأ-الشمال.html", { rtl: true, contents: true }),
  page("Arabic meeting", "arabic", "اللقاءات/2026-01-12-زيارة-الرصيف.html", { rtl: true, contents: true }),
  page("Arabic transcript", "arabic", "النصوص/2026-01-12-زيارة-الرصيف.html", { rtl: true }),
  page("Arabic tasks", "arabic", "tasks/index.html", { rtl: true }),
  page("Arabic decisions", "arabic", "decisions/index.html", { rtl: true }),
  page("Arabic graph", "arabic", "index~graph.html", { rtl: true }),
  page("Arabic tag", "arabic", "tags/ميناء.html", { rtl: true, contents: true }),
  page("Arabic note", "arabic", "ملاحظة.html", { rtl: true }),
  page("code", "extras", "code.html", { drawn: { code: 11, formulas: 0, diagrams: 0 }, walk: "code" }),
  page("formulas", "extras", "formulas.html", { drawn: { code: 0, formulas: 13, diagrams: 0 } }),
  page("diagrams", "extras", "diagrams.html", { drawn: { code: 0, formulas: 0, diagrams: 6 } }),
  page("formulas of other notes", "extras", "embeds.html", { drawn: { code: 0, formulas: 9, diagrams: 0 } }),
  page("search, its answers", "search", "index.html", { opens: ["search", "ferry", "", "rosetr", "nothing-of-the-sort"] }),
  page("search, long titles", "unbroken", "short.html", { opens: ["search", "unbreak harbour", "港務局", "unbreakable", "mole"] }),
  page("search, Arabic", "arabic", "index.html", { rtl: true, opens: ["search", "الرصيف"] }),
  page("preview", "previews", "index.html", { opens: ["preview", "Tide gauge", "Current meter", "Storm log", "Letter"] }),
  page("preview of long titles", "unbroken", `${SHORTENED}-d8abd4/港務局與兩家渡輪公司關於泊位潮汐及外防波堤燈號之協議與春季以來-c8cbb6/han.html`,
    { opens: ["preview", "Unbreakable", "What the harbour"] }),
  page("preview, Arabic", "arabic", "index.html", { rtl: true, opens: ["preview", "ملاحظة"] }),
  page("explorer", "explorer", "odd/مرفأ-الشمال/سجل-السفن.html", { opens: ["explorer"] }),
  page("explorer, long names", "unbroken", `${SHORTENED}-d8abd4/${SHORTENED}-cf9740/word.html`, { opens: ["explorer"] }),
  page("explorer, Arabic", "arabic", "ملاحظة.html", { rtl: true, opens: ["explorer"] }),
];

function page(name, site, path, traits = {}) {
  return { name, site, path, ...traits };
}

function fixture(name) {
  return () => join(ROOT, "content-fixtures", name, "vault");
}

/* 230 notes in one folder, all with one tag, all naming one note. */
function makePaged(vault) {
  rmSync(vault, { recursive: true, force: true });
  mkdirSync(join(vault, "Log"), { recursive: true });
  writeFileSync(join(vault, "Ledger.md"), "---\ntags: [book]\n---\nWhat the log refers to.\n");
  for (let n = 1; n <= 230; n++)
    writeFileSync(join(vault, "Log", `Entry ${String(n).padStart(3, "0")}.md`),
      `---\ndate: 2026-${String(1 + n % 10).padStart(2, "0")}-${String(1 + n % 28).padStart(2, "0")}\n---\n` +
      `Entry ${n} is written into the [[Ledger]] the same evening. #log\n`);
  return vault;
}

/* More notes than the graph begins with: 1,600 in a ring, all of them linked with one more. */
function makeLinked(vault) {
  rmSync(vault, { recursive: true, force: true });
  mkdirSync(join(vault, "Ring"), { recursive: true });
  writeFileSync(join(vault, "Hub.md"), "---\ntype: person\n---\nIn the middle.\n");
  const name = (n) => `Link ${String(n % 1600).padStart(4, "0")}`;
  for (let n = 0; n < 1600; n++)
    writeFileSync(join(vault, "Ring", `${name(n)}.md`), `Joined to [[${name(n + 1)}]] and to the [[Hub]].\n`);
  return vault;
}

/* A note whose own HTML has the classes of the page around it, and an address that cannot be decoded. */
function makeBorrowed(vault) {
  rmSync(vault, { recursive: true, force: true });
  mkdirSync(vault, { recursive: true });
  const classes = ["skip", "top", "rail", "side", "toc", "toc-btn", "copy", "anchor", "pager"];
  writeFileSync(join(vault, "Borrowed.md"), "# Borrowed\n\n```sh\nmake it\n```\n\n## Classes\n\n" +
    classes.map((c) => `<div class="${c} borrowed">${c} <a href="https://example.com/#%E0%A4%A">there</a></div>\n\n`).join("") +
    "## End\n\nThe last line.\n");
  return vault;
}

/* 240 letters: without a blank, with blanks, of a script that has none. */
const WORD = "Unbreakable".repeat(22).slice(0, 240);
const WORDS = ("What the harbour office, the pilots and both ferry companies agreed about berths, tides and the lights of the " +
  "outer mole, with all that had been put off since spring and what the insurers wanted to see in writing before ").padEnd(240, "anything moved");
const HAN = "港務局與兩家渡輪公司關於泊位潮汐及外防波堤燈號之協議與春季以來延後各項事宜".repeat(7).slice(0, 240);

/* One word of 240 letters wherever a word can stand, and titles as long of other kinds wherever there are titles. */
function makeUnbroken(vault) {
  const w = WORD;
  rmSync(vault, { recursive: true, force: true });
  mkdirSync(join(vault, w, w), { recursive: true });
  writeFileSync(join(vault, "vaultsite.yaml"), `title: ${w}\nedit_url: "https://example.com/{path}"\n`);
  writeFileSync(join(vault, "Short.md"), `[[${w}]]\n`);
  writeFileSync(join(vault, w, "Quoted.md"), `${w} [[${w}]] #${w}\n`);
  for (const [name, title] of [["Words", WORDS], ["Han", HAN]]) {
    mkdirSync(join(vault, w, title.slice(0, 80).trim()));
    writeFileSync(join(vault, w, title.slice(0, 80).trim(), `${name}.md`), `---
title: ${title}
tags: [${w}, ${HAN}]
date: 2026-01-02
${title.slice(0, 60).trim()}: ${title}
---
## ${title}

[[${w}]], [[Words|${title}]] and [[Han]], from [[${title.slice(0, 40)}|elsewhere]].

- [ ] ${title} @${name} 📅 2026-01-03

> [!note] ${title}
`);
  }
  writeFileSync(join(vault, w, w, "Word.md"), `---
title: ${w}
aliases: [${w}]
tags: [${w}, ${w}/${w}]
date: 2026-01-01
${w}: ${w}
address: https://example.com/${w}
---
## ${w}

\`${w}\` **${w}** [[${w}]] [[Short|${w}]] https://example.com/${w}

- [ ] ${w}

> [!note] ${w}
> ${w}

| ${w} | b |
| - | - |
| ${w} | c |

![[Quoted|${w}]]

![[${w}]]

![[${w}.png]]

A note[^1], ${w}:: ${w}

[^1]: ${w}

<details><summary>${w}</summary>${w}</details>

$$${w}$$
`);
  mkdirSync(join(vault, "People"));
  writeFileSync(join(vault, "People", `${w}.md`), `---\nrole: ${w}\ncompany: ${w}\n---\n`);
  writeFileSync(join(vault, "People", "Ada Short.md"), "Short.\n");
  for (const [name, title] of [["Wanda Words", WORDS], ["Hana Han", HAN]])
    writeFileSync(join(vault, "People", `${name}.md`), `---\ntitle: ${title}\nrole: ${title}\ncompany: ${title}\n---\n- [ ] ${title} @[[${name}]]\n`);
  mkdirSync(join(vault, "Meetings"));
  for (const [name, title] of [["Word", w], ["Words", WORDS], ["Han", HAN]])
    writeFileSync(join(vault, "Meetings", `2026-01-02 ${name}.md`), `---
type: meeting
title: ${title}
summary: ${title}
participants: [${w}, ${w} ${w}, Wanda Words, Hana Han]
project: ${w}
---
## Decisions

- ${title}

## Tasks

- [ ] ${title} @${w} 📅 2026-01-03
`);
  return vault;
}

/* Builds all sites below `place`: name -> folder of the site. */
export function buildSites(place) {
  const program = process.env.VAULTSITE ?? join(BUILD, "vaultsite");
  const built = {};
  for (const [name, vault] of Object.entries(SITES)) {
    built[name] = join(place, name);
    rmSync(built[name], { recursive: true, force: true });
    execFileSync(program, ["build", vault(join(place, "vault-" + name)), built[name], "--today", TODAY, "--quiet"],
      { stdio: ["ignore", "ignore", "pipe"] });
  }
  return built;
}

/* Paths of all pages of a site, with `/`. */
export function pagesOf(site) {
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .filter((path) => !path.startsWith("files/"))
    .sort();
}

export function encoded(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

export function isThere(built, page) {
  return existsSync(join(built[page.site], page.path));
}
