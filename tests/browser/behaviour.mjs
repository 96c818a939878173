/* What a page does: by keyboard, by touch, by scrolling, on paper, with a reader's own settings. */
import { open, soon, turn, visit } from "./browser.mjs";
import { leaves, skipLink, walk } from "./keyboard.mjs";
import { A4, print } from "./paper.mjs";
import { each } from "./score.mjs";
import { PAGES, encoded, pagesOf } from "./sites.mjs";

const LONG = { site: "theme", path: "reference/handbook/contents-that-follow.html" };
const RICH = { site: "theme", path: "reference/handbook/every-kind-of-content.html" };
const MIXED = { site: "theme", path: "reference/handbook/how-depots-are-numbered.html" };
const TAG = { site: "theme", path: "tags/rollout/depot.html" };
const PERSON = { site: "entities", path: "people/tomas-okonjo.html" };
const MEETING = { site: "theme", path: "meetings/2026-11-18-night-timetable-pilot.html" };
const PEOPLE = { site: "theme", path: "people/index.html" };
const VIEW = { site: "theme", path: "tasks/index~due.html" };
const ASSIGNEES = { site: "theme", path: "tasks/index.html" };
const NOT_FOUND = { site: "theme", path: "404.html" };
const HOME = { site: "theme", path: "index.html" };
const ARABIC_PEOPLE = { site: "arabic", path: "people/index.html" };
const ARABIC = { site: "arabic", path: "index.html" };
const GRAPH = { site: "theme", path: "index~graph.html" };
const FORMULAS = { site: "extras", path: "formulas.html" };
const BORROWED = { site: "borrowed", path: "borrowed.html" };
const ANSWERS = { site: "answers", path: "tables.html" };
const TASKS = { site: "answers", path: "tasks.html" };
const LONG_ANSWER = { site: "answers", path: "long.html" };
const UNBROKEN = { site: "unbroken", path: "index.html" };
const NARROW = ["skip link", "header", "text"];
/* Kinds whose text is arranged anew on a narrow page; elsewhere it is the drawer that is new. */
const NARROWED = ["note", "entity", "index", "tasks", "graph", "answers", "index from the right"];
const FRAME = [...NARROW, "rail"];

/* ---- drawer and contents --------------------------------------------------- */

const isOpen = (id) => document.getElementById(id).matches(":popover-open");
const hasFocus = (selector) => document.activeElement === document.querySelector(selector);

/* Runs in the page: a point outside of the open part where nothing can be pressed; null without one. */
function idlePoint(id) {
  const box = document.getElementById(id).getBoundingClientRect();
  for (let y = innerHeight - 8; y > 60; y -= 12)
    for (const x of [innerWidth - 6, 6, innerWidth - 20, 20]) {
      const inside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      if (!inside && !document.elementFromPoint(x, y)?.closest("a, button, summary, input, [tabindex='0']")) return { x, y };
    }
  return null;
}

/* Runs in the page: how an open part lies. */
function lie(id) {
  const e = document.getElementById(id);
  const box = e.getBoundingClientRect();
  const colour = getComputedStyle(e).backgroundColor;
  const faults = [];
  if (box.width < 150 || box.height < 60) faults.push(`is ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) faults.push("leaves the screen");
  if (/^rgba.*, 0\)$/.test(colour)) faults.push("can be looked through");
  const end = getComputedStyle(document.documentElement).direction === "rtl" ? innerWidth - box.right : box.left;
  if (id === "_nav" && Math.abs(end) > 1) faults.push(`is ${Math.round(end)} px from the edge where lines begin`);
  return faults;
}

/* A part that a button opens: it can be left in each way there is, and the focus comes back. */
async function opens({ page }, button, id) {
  const faults = [];
  const opened = async (why) => {
    if (!await soon(page, isOpen, id)) faults.push(`not opened by ${why}`);
  };
  const shut = async (why) => {
    if (!await soon(page, (i) => !document.getElementById(i).matches(":popover-open"), id)) faults.push(`not shut by ${why}`);
  };
  if (!await page.isVisible(button)) return [`no button ${button}`];
  if (await page.isVisible("#" + id)) faults.push("shows without having been asked for");

  await page.focus(button);
  await page.keyboard.press("Enter");
  await opened("Enter");
  if (!await page.isVisible("#" + id)) faults.push("open, but not to be seen");
  for (const fault of await page.evaluate(lie, id)) faults.push(fault);
  await page.keyboard.press("Tab");
  if (!await page.evaluate((i) => document.getElementById(i).contains(document.activeElement), id))
    faults.push("the next stop is not inside it");
  await page.keyboard.press("Escape");
  await shut("Esc");
  if (!await page.evaluate(hasFocus, button)) faults.push("after Esc the focus is not on its button");

  await page.click(button);
  await opened("a click");
  const point = await page.evaluate(idlePoint, id);
  if (!point) faults.push("covers the whole screen");
  else {
    await page.mouse.click(point.x, point.y);
    await shut("a click beside it");
  }
  return faults;
}

async function drawer(visited) {
  const faults = await opens(visited, "header.top .menu", "_nav");
  const { page } = visited;
  await page.click("header.top .menu");
  if (!await page.isVisible("#_nav .close")) return [...faults, "no button to close it"];
  await page.click("#_nav .close");
  if (await page.evaluate(isOpen, "_nav")) faults.push("its button does not close it");
  if (!await page.evaluate(hasFocus, "header.top .menu")) faults.push("after its button the focus is not on the menu");
  // A finger needs 40 px, or 24 at the least.
  await page.click("header.top .menu");
  const low = await page.evaluate(() => Math.min(...[...document.querySelectorAll("#_nav li a")].map((a) => a.offsetHeight)));
  if (low < 40) faults.push(`lines of ${low} px`);
  await page.click("#_nav li a");
  await page.waitForLoadState("load");
  if (await page.isVisible("#_nav")) faults.push("still open on the next page");
  return faults;
}

async function contentsButton(visited) {
  const { page, js } = visited;
  const faults = await opens(visited, "main [popovertarget=_contents]", "_contents");
  await page.click("main [popovertarget=_contents]");
  await page.click("#_contents li:nth-child(3) a");
  if (!await soon(page, () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.getBoundingClientRect().top;
    return at >= document.querySelector("header.top").getBoundingClientRect().bottom && at < innerHeight / 2;
  })) faults.push("an entry does not bring its heading into view");
  if (js && await page.isVisible("#_contents")) faults.push("an entry does not close it");
  return faults;
}

/* ---- contents beside the text ------------------------------------------------ */

const marked = () => [...document.querySelectorAll("#_contents a[aria-current]")].map((a) => decodeURIComponent(a.hash.slice(1)));

async function spy({ page }) {
  const faults = [];
  const ids = await page.evaluate(() => [...document.querySelectorAll("#_contents a")].map((a) => decodeURIComponent(a.hash.slice(1))));
  for (const i of [0, 2, 4]) {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), ids[i]);
    const wanted = ids[i];
    if (!await soon(page, (id) => {
      const now = [...document.querySelectorAll("#_contents a[aria-current]")];
      return now.length === 1 && decodeURIComponent(now[0].hash.slice(1)) === id;
    }, wanted)) faults.push(`at "${wanted}": ${JSON.stringify(await page.evaluate(marked))} is marked`);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  if (!await soon(page, (id) => document.querySelector(`#_contents a[aria-current][href="#${id}"]`), ids.at(-1)))
    faults.push(`at the end: ${JSON.stringify(await page.evaluate(marked))} is marked`);
  const bold = await page.evaluate(() => {
    const weight = (s) => document.querySelector(s) && getComputedStyle(document.querySelector(s)).fontWeight;
    return [weight("#_contents a[aria-current]"), weight("#_contents a:not([aria-current])")];
  });
  if (bold[0] === bold[1]) faults.push(`the mark is of colour only: weight ${bold[0]}`);
  return faults;
}

/* Without a script too: header, rail and contents stay where they are. */
async function stays({ page }) {
  const faults = [];
  await page.evaluate(() => scrollTo(0, 1500));
  await page.waitForTimeout(50);
  const at = await page.evaluate(() => Object.fromEntries(["header.top", "#_nav", "#_contents"].map((s) =>
    [s, document.querySelector(s).getBoundingClientRect().top])));
  if (Math.abs(at["header.top"]) > 1) faults.push(`header at ${at["header.top"]}`);
  if (at["#_nav"] < 0 || at["#_nav"] > 120) faults.push(`rail at ${at["#_nav"]}`);
  if (at["#_contents"] < 0 || at["#_contents"] > 200) faults.push(`contents at ${at["#_contents"]}`);
  return faults;
}

/* A link into the page: its heading is not below the header. */
async function fragment({ page, base }) {
  await page.goto(base + encoded(LONG.path) + "#part-three");
  const [top, edge] = await page.evaluate(() => [document.getElementById("part-three").getBoundingClientRect().top,
    document.querySelector("header.top").getBoundingClientRect().bottom]);
  return top >= edge && top < edge + 200 ? [] : [`heading at ${top}, header to ${edge}`];
}

/* ---- colours ------------------------------------------------------------------ */

const background = () => getComputedStyle(document.body).backgroundColor;
const TOGGLE = "header.top [data-theme-toggle]";

async function themeChoice(visited) {
  const { page, base } = visited;
  const faults = [];
  if (!await page.isVisible(TOGGLE)) return ["no button for the colours"];
  const light = await page.evaluate(background);
  const names = new Set();
  let dark = "";
  for (let i = 0; i < 3; i++) {
    names.add(await page.getAttribute(TOGGLE, "aria-label"));
    await page.click(TOGGLE);
    if (await page.evaluate(() => document.documentElement.dataset.theme) === "dark") {
      dark = await page.evaluate(background);
      if (!await page.evaluate(() => document.documentElement.classList.contains("theme-dark"))) faults.push("dark, without the class theme-dark");
      break;
    }
  }
  if (dark === "" || dark === light) return [...faults, `three clicks do not make it dark: ${[...names].join(", ")}`];
  if (names.size < 2 || names.has(null)) faults.push(`the button does not say which colours: ${[...names].join(", ")}`);
  for (const path of [TAG.path, MIXED.path]) {
    await visit(visited, base, encoded(path));
    const begin = await page.evaluate(() => window.atBodyStart);
    if (begin?.theme !== "dark" || !begin.classes.split(" ").includes("theme-dark"))
      faults.push(`${path} begins as ${JSON.stringify(begin)}: a flash of light`);
    if (await page.evaluate(background) !== dark) faults.push(`${path} is not dark`);
  }
  await page.emulateMedia({ media: "print" });
  if (await page.evaluate(background) !== light) faults.push(`paper is ${await page.evaluate(background)}`);
  await page.emulateMedia({ media: "screen" });
  await page.click(TOGGLE);
  if (await page.evaluate(background) !== light) faults.push("one more click does not bring back the system's colours");
  await visit(visited, base, encoded(TAG.path));
  if (await page.evaluate(background) !== light) faults.push("the system's colours are forgotten");
  return faults;
}

async function noThemeChoice({ page }) {
  return await page.isVisible(TOGGLE) ? ["a button for the colours that does nothing"] : [];
}

/* Without a choice the system's is followed, also while the page is open. */
async function followsSystem({ page }) {
  const seen = [];
  for (const colorScheme of ["dark", "light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    seen.push(await page.evaluate(background));
  }
  return seen[0] !== seen[1] && seen[0] === seen[2] ? [] : [`dark, light, dark: ${seen.join("; ")}`];
}

/* ---- motion, contrast ---------------------------------------------------- */

async function reducedMotion({ page }) {
  const moving = () => [...document.querySelectorAll("*")].filter((e) => {
    const s = getComputedStyle(e);
    return (s.transitionProperty !== "none" && /[1-9]/.test(s.transitionDuration)) || s.animationName !== "none" || s.scrollBehavior === "smooth";
  }).map((e) => `${e.tagName.toLowerCase()}.${e.className} moves`).slice(0, 5);
  await page.emulateMedia({ reducedMotion: "reduce" });
  return page.evaluate(moving);
}

/* Colours of the reader's own: what was told by colour or by a drawn sign can still be told. */
async function forcedColours({ page }) {
  await page.emulateMedia({ forcedColors: "active" });
  return page.evaluate(() => {
    const faults = [];
    const current = document.querySelector("#_nav [aria-current]");
    if (current && getComputedStyle(current).outlineStyle === "none") faults.push("the current line of the rail looks like the others");
    const ground = getComputedStyle(document.body).backgroundColor;
    const signs = [[".callout-icon", null], [".external-link", "::after"], [".is-checked > .task-list-item-checkbox", "::before"]];
    for (const [selector, part] of signs) {
      const e = document.querySelector(`main ${selector}`);
      const s = e && getComputedStyle(e, part);
      const masked = s && s.maskImage !== "none" && s.maskImage !== "";
      if (masked && (s.backgroundColor === ground || /^rgba.*, 0\)$/.test(s.backgroundColor))) faults.push(`${selector} cannot be seen`);
    }
    return faults;
  });
}

/* ---- from right to left ----------------------------------------------------------- */

async function rightToLeft({ page }) {
  return page.evaluate(() => {
    const faults = [];
    const left = (s) => document.querySelector(s).getBoundingClientRect().left;
    if (left("#_nav") < left("main")) faults.push("the rail is left of the text");
    if (document.querySelector(".brand").getBoundingClientRect().right < innerWidth - 40) faults.push("the name of the site is not at the right");
    const callout = document.querySelector(".callout");
    const style = callout && getComputedStyle(callout);
    if (!style || parseFloat(style.borderRightWidth) < 2 || parseFloat(style.borderLeftWidth) > 1) faults.push("the line of a callout is not at its right");
    return faults;
  });
}

/* ---- code ---------------------------------------------------------------------------- */

async function copy({ page, context }) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const faults = [];
  const pre = page.locator("main pre:has(code)").first();
  await pre.hover();
  const button = pre.locator(".copy");
  if (await button.count() !== 1 || !await button.isVisible()) return ["no button to copy code"];
  const wanted = await pre.locator("code").textContent();
  await button.click();
  if (!await soon(page, (text) => navigator.clipboard.readText().then((got) => got === text), wanted)) faults.push("other text than the code is copied");
  return faults;
}

/* ---- notes that use the names of the page ---------------------------------------------- */

/* Runs in the page. */
function misplaced() {
  const text = document.querySelector(".markdown-rendered").getBoundingClientRect();
  return [...document.querySelectorAll(".borrowed")].flatMap((e) => {
    const box = e.getBoundingClientRect();
    if (!e.checkVisibility() || box.height === 0) return [`${e.className} is not shown`];
    if (getComputedStyle(e).position !== "static") return [`${e.className} is taken out of the text`];
    return box.left < text.left - 1 || box.right > text.right + 1 || box.height > 100 ? [`${e.className} leaves the text`] : [];
  });
}

async function borrowedNames({ page, js, trouble }) {
  const faults = await page.evaluate(misplaced);
  await page.emulateMedia({ media: "print" });
  for (const fault of await page.evaluate(misplaced)) faults.push(`${fault} on paper`);
  if (js && await page.locator(".copy:not(.borrowed)").count() !== 1) faults.push("no button to copy the code");
  return [...faults, ...trouble];
}

/* ---- tables of queries ---------------------------------------------------------------- */

/* A click on each head sorts, a second one turns the order; numbers, days and what is missing have their own. */
async function sorts({ page }) {
  const faults = [];
  const table = page.locator(".table-view-table").first();
  const column = (n) => table.locator(`tbody td:nth-child(${n})`).allTextContents();
  const state = () => table.locator("thead th").evaluateAll((heads) => heads.map((h) => h.getAttribute("aria-sort")));
  const expect = async (what, n, want) => {
    const got = (await column(n)).join(" | ");
    if (got !== want.join(" | ")) faults.push(`${what}: ${got}`);
  };
  const head = (name) => table.getByRole("button", { name });
  await expect("as the query has it", 3, ["210", "180", "95.5"]);
  await head("Area").click();
  await expect("numbers", 3, ["95.5", "180", "210"]);
  await head("Lease until").focus();
  await page.keyboard.press("Enter");
  await expect("days", 4, ["November 30, 2025", "March 31, 2026", "12:30 PM - March 31, 2026"]);
  if ((await state()).join() !== ",,,ascending,") faults.push(`aria-sort is ${await state()}`);
  await page.keyboard.press("Enter");
  await expect("days, turned", 4, ["12:30 PM - March 31, 2026", "March 31, 2026", "November 30, 2025"]);
  if ((await state()).join() !== ",,,descending,") faults.push(`aria-sort, turned, is ${await state()}`);
  await head("Tenant").click();
  await expect("what is missing first", 2, ["-", "Irma Vance", "Otto"]);
  return faults;
}

/* An open task's box is empty; one that is done has its sign. Runs in the page. */
function boxes() {
  const sign = (box) => getComputedStyle(box, "::before").getPropertyValue("--g").trim();
  return [...document.querySelectorAll(".dataview.task-list-item")].flatMap((item) => {
    const box = item.querySelector(":scope > input"), state = item.dataset.task, got = sign(box);
    const faults = (state === " ") === (got === "-1") || state === "/" ? [] : [`the box of [${state}] has the sign ${got}`];
    return box.disabled ? faults : [...faults, `the box of [${state}] can be ticked`];
  });
}

/* The rows on other pages could not take part. */
async function sortsNothing({ page }) {
  return await page.locator(".table-view-table button").count() > 0 ? ["there are buttons to sort by"] : [];
}

/* ---- indexes of names --------------------------------------------------------------------- */

/* A letter leads to the first name with it, which the head of the table does not cover; rows are sorted by name. */
async function letters({ page }) {
  const faults = [];
  const link = page.locator(".letters a").nth(-2);
  await link.focus();
  await page.keyboard.press("Enter");
  const row = await page.evaluate(() => {
    const target = document.querySelector(":target"), name = target?.querySelector("th a");
    if (!name) return "nothing";
    const line = name.getClientRects()[0];
    const seen = document.elementFromPoint(line.left + 4, line.top + line.height / 2);
    return [name.textContent.trim(), seen === name || name.contains(seen)];
  });
  const letter = await link.textContent();
  if (!row[0].toLocaleLowerCase().startsWith(letter.toLocaleLowerCase())) faults.push(`${letter} leads to ${row}`);
  if (row[1] !== true) faults.push(`${row[0]} is covered`);
  const sorted = await page.evaluate(() => [...document.querySelectorAll("main thead th")].map((th) => th.getAttribute("aria-sort") ?? "").join());
  if (!/^ascending,+$/.test(sorted)) faults.push(`aria-sort is ${sorted}`);
  return faults;
}

/* What a narrow page has no room for is not shown (theme/design.md §2). */
async function givesWay({ page }, names) {
  return page.evaluate((names) => [...document.querySelectorAll(names)].filter((e) => e.checkVisibility())
    .map((e) => `shown: ${e.tagName} ${e.textContent.slice(0, 30)}`).slice(0, 3), names);
}

/* The first cell says instead what the columns held; the last one that shows ends at the edge. */
async function saysInstead({ page }, narrow) {
  return page.evaluate((narrow) => {
    const faults = [], instead = [...document.querySelectorAll("main th .m")];
    if (!instead.length || instead.some((e) => e.checkVisibility() !== narrow)) faults.push(`what a telephone shows instead: ${instead.length}, of them the wrong way ${instead.filter((e) => e.checkVisibility() !== narrow).length}`);
    for (const row of document.querySelectorAll("main .index tr")) {
      const gap = getComputedStyle([...row.cells].findLast((cell) => cell.checkVisibility())).paddingInlineEnd;
      if (gap !== "0px") faults.push(`${gap} behind the last column of ${row.textContent.slice(0, 20)}`);
    }
    return faults.slice(0, 3);
  }, narrow);
}

/* Whoever is typed is found by the heading of the group; a group of which nothing is left goes. */
async function filtersGroups({ page }) {
  const look = () => page.evaluate(() => [...document.querySelectorAll("main section:has(> .group)")].map((section) => ({
    title: section.querySelector(".group > :first-child").textContent,
    shown: section.checkVisibility(),
    rows: [...section.querySelectorAll("li")].map((row) => row.checkVisibility()),
  })));
  const before = await look();
  const name = before.find((group) => / /.test(group.title) && group.rows.length > 1).title;
  await page.fill("main [data-filter]", name);
  const left = await look(), faults = [];
  for (const { title, shown, rows } of left) {
    if (title === name && !rows.every(Boolean)) faults.push(`of ${title} not all are found: ${rows}`);
    if (shown !== rows.some(Boolean)) faults.push(`${title} ${shown ? "shows" : "is gone"}, its rows: ${rows}`);
  }
  if (left.every((group) => group.shown)) faults.push("no group is gone");
  await page.fill("main [data-filter]", "");
  if (JSON.stringify(await look()) !== JSON.stringify(before)) faults.push("not all is shown again");
  return faults;
}

/* The page that is not there offers the search, which opens over it. */
async function offersSearch({ page }) {
  await page.click("main [data-ask]");
  return await soon(page, () => document.querySelector("dialog[open] input") !== null) ? [] : ["no search opens"];
}

/* ---- back and forward ----------------------------------------------------------------------- */

/* What was unfolded, sorted, typed into the filter, and the place. `change`: what a reader does to the page. */
async function keepsPlace(visited, change, look) {
  const { page, base } = visited;
  await change(page);
  await page.waitForTimeout(300);
  const left = await page.evaluate(look);
  const address = page.url();
  await page.goto(base + "404.html");
  await page.goBack();
  if (page.url() !== address) return [`back leads to ${page.url()}`];
  const same = await soon(page, ([look, left]) => JSON.stringify(eval(`(${look})`)()) === left, [String(look), JSON.stringify(left)]);
  return same ? [] : [`left as ${JSON.stringify(left)}, found as ${JSON.stringify(await page.evaluate(look))}`];
}

const foldsAndPlace = () => [[...document.querySelectorAll("main details")].map((d) => d.open), Math.round(scrollY)];

async function unfold(page) {
  await page.evaluate(() => [...document.querySelectorAll("main details")].forEach((d) => { d.open = !d.open; }));
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
}

const firstRows = () => [[...document.querySelectorAll("main tbody tr:not([hidden]) th")].slice(0, 3).map((th) => th.textContent),
  document.querySelector("[data-filter]").value, document.querySelector("main [aria-sort]").getAttribute("aria-sort")];

async function sortAndFilter(page) {
  await page.fill("main [data-filter]", "ri");
  await page.click("main thead th:first-child button");
}

/* ---- words without an end ---------------------------------------------------------------- */

/* Each page at these widths, the first of which it is opened at. */
async function unbroken(visited, widths) {
  const { page, base, folder } = visited;
  const faults = [];
  for (const path of pagesOf(folder)) {
    await turn(visited, widths[0], "light");
    await page.goto(base + encoded(path));
    for (const width of widths) {
      await turn(visited, width, "light");
      const [wanted, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (wanted > given) faults.push(`${path.slice(0, 12)}…${path.slice(-20)} is ${wanted} px wide in ${width}`);
    }
  }
  return faults;
}

/* name, page, { js: [...], width: [...], place: [...] } and what to do there. */
const CHECKS = [
  ["skip link", MIXED, { width: [1440, 390] }, skipLink],
  ["keyboard", MIXED, { width: [1440], js: [false] }, (v) => walk(v, [...FRAME, "beside the text"])],
  ["keyboard", MIXED, { width: [390], js: [false] }, (v) => walk(v, NARROW)],
  ...PAGES.filter((page) => page.walk).flatMap((page) => [
    [`keyboard, ${page.walk}`, page, { width: [1440], js: [true] }, async (v) => [...await walk(v, page.contents ? [...FRAME, "beside the text"] : FRAME), ...await leaves(v)]],
    [`keyboard, ${page.walk}`, page, { width: [390], js: [true] }, async (v) => [...NARROWED.includes(page.walk) ? await walk(v, NARROW) : [], ...await leaves(v)]],
  ]),
  ["what gives way", PEOPLE, { width: [1024], js: [false] }, (v) => givesWay(v, "main .mid")],
  ["what gives way", PEOPLE, { width: [390], js: [false] }, (v) => givesWay(v, "main :is(.mid, .lo)")],
  ["what is said instead", PEOPLE, { width: [1440, 1024], js: [false] }, (v) => saysInstead(v, false)],
  ["what is said instead", PEOPLE, { width: [390], js: [false] }, (v) => saysInstead(v, true)],
  ["filter by the heading of a group", ASSIGNEES, { width: [1440], js: [true] }, filtersGroups],
  ["the search from a page that is not there", NOT_FOUND, { width: [1440, 390], js: [true], place: ["file", "server"] }, offersSearch],
  ["letters of an index", PEOPLE, { width: [1440, 390] }, letters],
  ["letters of an index", ARABIC_PEOPLE, { width: [1440], js: [true] }, letters],
  ["drawer", LONG, { width: [768, 390], place: ["file", "server"] }, drawer],
  ["drawer from the right", ARABIC, { width: [390], js: [false] }, drawer],
  ["contents behind a button", LONG, { width: [1024, 390], place: ["file", "server"] }, contentsButton],
  ["contents mark the part being read", LONG, { width: [1440], js: [true], place: ["file", "server"] }, spy],
  ["what stays while scrolling", LONG, { width: [1440] }, stays],
  ["link into a page", LONG, { width: [1440, 390] }, fragment],
  ["choice of colours", MIXED, { width: [1440, 390], js: [true], place: ["file", "subfolder"] }, themeChoice],
  ["no choice without a script", MIXED, { width: [1440], js: [false] }, noThemeChoice],
  ["the system's colours", MIXED, { width: [1440] }, followsSystem],
  ["print", RICH, { width: [1440, A4] }, (v) => print(v, true)],
  ...[PERSON, MEETING, PEOPLE, VIEW, HOME, GRAPH, FORMULAS, ARABIC_PEOPLE].map((page) => ["print", page, { width: [A4], js: [true] }, (v) => print(v)]),
  ["reduced motion", RICH, { width: [1440, 390], js: [true] }, reducedMotion],
  ["forced colours", MIXED, { width: [1440], js: [true] }, forcedColours],
  ["right to left", ARABIC, { width: [1440] }, rightToLeft],
  ["names of the page in a note", BORROWED, { width: [1440, 768, 390], place: ["server"] }, borrowedNames],
  ["back keeps what was unfolded", PERSON, { width: [1440], js: [true], place: ["file", "server"] }, (v) => keepsPlace(v, unfold, foldsAndPlace)],
  ["back keeps what was sorted and filtered", PEOPLE, { width: [1440], js: [true], place: ["file", "server"] }, (v) => keepsPlace(v, sortAndFilter, firstRows)],
  ["words without an end", UNBROKEN, { js: [false], width: [1440] }, (v) => unbroken(v, [1440, 1024])],
  ["words without an end", UNBROKEN, { js: [false], width: [768] }, (v) => unbroken(v, [768, 390])],
  ["tables of queries are sorted", ANSWERS, { width: [1440, 390], js: [true], place: ["file", "server"] }, sorts],
  ["boxes of tasks in answers", TASKS, { width: [1440] }, ({ page }) => page.evaluate(boxes)],
  ["nothing to sort by without a script", ANSWERS, { width: [1440], js: [false] }, sortsNothing],
  ["a part of an answer is not sorted", LONG_ANSWER, { width: [1440], js: [true] }, sortsNothing],
  ["copy of code", MIXED, { width: [1440], js: [true], place: ["server"] }, copy],
];

export async function checkBehaviour(browser, places, score, built, there) {
  const jobs = CHECKS.filter(([name]) => there({ name })).flatMap(([name, page, { js = [true, false], width: widths, place = ["file"] }, run]) =>
    places.filter((p) => place.includes(p.name)).flatMap((where) =>
      js.flatMap((scripts) => widths.map((width) => ({ name, page, where, scripts, width, run })))));
  await each(jobs, 3, async ({ name, page, where, scripts, width, run }) => {
    const visited = Object.assign(await open(browser, { js: scripts, width }), { folder: built[page.site] });
    let faults;
    try {
      await visit(visited, where.bases[page.site], encoded(page.path));
      faults = await run(visited);
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" ")];
    }
    await visited.context.close();
    score.verdict(`behaviour: ${name}, ${where.name}, ${width} px, ${scripts ? "scripts" : "no scripts"}`, faults);
  });
}
