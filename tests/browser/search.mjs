/* The search dialog: what is found, how it is handled, that it is safe and can be used by all. */
import { open, size, soon, visit } from "./browser.mjs";
import { each } from "./score.mjs";

const HOME = "index.html";
const hits = (page) => page.$$eval(".hit", (all) => all.map((e) => ({
  title: e.querySelector("b").textContent, href: decodeURIComponent(e.href), text: e.textContent,
  marked: [...e.querySelectorAll("mark")].map((m) => m.textContent).join("|"),
})));

export async function show(page, key = "/") {
  await page.keyboard.press(key);
  await page.waitForSelector("dialog.searchbox[open] input");
}

/* Types it and waits until the answer stands still. */
export async function ask(page, text) {
  await page.fill("dialog.searchbox input", text);
  await page.waitForTimeout(150);
  await page.waitForFunction(() => {
    const list = document.querySelector("#_hits").innerHTML + document.querySelector(".sq-n").textContent;
    const same = window.lastList === list;
    window.lastList = list;
    return same;
  }, null, { polling: 150 });
  return hits(page);
}

/* What is typed; titles in order; what is marked in the first, end of its address (undefined: whatever). */
const FOUND = [
  ["gangway", ["Night ferry transcript"], "gangway", "transcript.html#t-00-01-10"],
  ["GANGWAY insp", ["Night ferry transcript"], "gangway|inspection"],
  ["timeta", ["Night ferry"], "timetable|timetable"],
  ["rosetr", ["Ines Moor", "Night ferry"], "roster"],
  ["gangwya", ["Night ferry transcript"], "gangway"],
  ["ganway", ["Night ferry transcript"], "gangway"],
  ["agngway", ["Night ferry transcript"], "gangway"],
  ["zurich", ["Café Zürich", "Home"], "Zürich", "places/café-zürich.html"],
  ["smorgasbord", ["Café Zürich"], "smörgåsbord"],
  ["SMÖRGÅS", ["Café Zürich"], "smörgåsbord"],
  ["lodka", ["Café Zürich"], "łódka", "#opening-hours"],
  ["strasse", ["Café Zürich"], "Straße", "#straße"],
  ["printed", ["Ines Moor", "Night ferry"], "printed", "#what-she-asked-for"],
  ["\"spring tides\"", ["Tide tables"], undefined, "tide-tables.html#springs-and-neaps"],
  ["\"tides spring\"", []],
  ["spring moon", ["Tide tables"]],
  ["moon calendar", ["Tide tables"]],
  ["図書館", ["東京の港"], "図書|館"],
  ["東京都", ["東京の港"]],
  ["都京", []],
  ["ออกทุก", ["東京の港"], undefined, "#ท่าเรือ"],
  ["港", ["東京の港"], "港|港"],
  ["\"港\"", ["東京の港"]],
  ["館", ["東京の港"]],
  ["渡轮", ["東京の港"], undefined, "#渡轮码头"],
  ["第2号", ["東京の港"]],
  ["渡轮 check", ["東京の港"]],
  ["望远镜", ["東京の港"], "望远|镜", "#旧仓库"],
  ["码轮", []],
  ["ข้าม", ["東京の港"], undefined, "#ท่าเรือ"],
  ["សាឡាង", ["東京の港"], undefined, "#កំពង់ផែ"],
  ["faroese", ["Ines Moor"], "Faroese"],
  ["\"Quayside seven\"", ["Ines Moor"]],
  ["pilotage", ["Ines Moor"]],
  ["keys", []],
  ["farry", ["Night ferry", "Night ferry transcript", "Ines Moor"]],
  ["“spring tides”", ["Tide tables"]],
  ["\"tides spring", []],
  ["\"", []],
  ["the", ["Ines Moor", "Night ferry", "Café Zürich", "Night ferry transcript", "Home", "Tide tables"]],
  ["ferry kind:person", ["Ines Moor"]],
  ["kind:person", ["Ines Moor"]],
  ["ferry type:meeting", ["Night ferry"]],
  ["tag:crew", ["Ines Moor"]],
  ["#crew/pilot", ["Ines Moor"]],
  ["folder:places crepes", ["Café Zürich"], "Crêpes"],
  ["folder:People crepes", []],
  ["ferry", ["Night ferry", "Night ferry transcript", "Ines Moor"], "ferry"],
  ["canary", []],
  ["nothing-of-the-sort", []],
];

async function finds({ page }) {
  const faults = [];
  await show(page);
  for (const [typed, titles, marked, address] of FOUND) {
    const found = await ask(page, typed);
    const got = found.map((h) => h.title);
    if (got.join("|") !== titles.join("|")) faults.push(`${typed}: ${got.join(", ") || "nothing"}`);
    else if (marked !== undefined && found[0].marked !== marked) faults.push(`${typed}: marked is ${found[0].marked}`);
    else if (address !== undefined && !found[0].href.endsWith(address)) faults.push(`${typed}: leads to ${found[0].href}`);
  }
  return faults;
}

/* Nothing of a title or text is markup. */
async function isSafe({ page }) {
  const faults = [];
  await page.exposeFunction("alerted", (what) => faults.push(`script ran: ${what}`));
  await page.evaluate(() => { window.alert = window.alerted; });
  await show(page);
  for (const typed of ["vexatious", "onerror", "svg", "script", "tag:odd", "<img src=x onerror=alert(9)>", "\"<script>alert(9)</script>\"", "kind:\"><b>"]) {
    await ask(page, typed);
    const built = await page.$$eval("dialog.searchbox *", (all) => all.map((e) => e.localName)
      .filter((n) => !["div", "svg", "use", "input", "button", "a", "b", "i", "p", "span", "mark", "kbd"].includes(n)));
    if (built.length) faults.push(`${typed}: ${built}`);
  }
  const [first] = await ask(page, "vexatious");
  if (!first?.title.startsWith("<img src=x onerror=alert(3)>")) faults.push(`the title is ${first?.title}`);
  return faults;
}

async function keys({ page, base, context }) {
  const faults = [];
  const chosen = () => page.$eval(".hit[aria-selected=true]", (e) => e.id).catch(() => "none");
  const active = () => page.$eval("dialog input", (e) => e.getAttribute("aria-activedescendant"));
  const expect = (good, what) => good || faults.push(what);

  await page.focus("[data-search]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.searchbox[open] input");
  await page.keyboard.press("Escape");
  expect(await soon(page, () => !document.querySelector("dialog.searchbox").open), "Esc does not shut it");
  expect(await page.evaluate(() => document.activeElement.matches("[data-search]")), "after Esc the focus is not on the link");
  await show(page);
  await page.keyboard.type("a/b");
  expect(await page.inputValue("dialog input") === "a/b", "the slash is not typed");
  await ask(page, "ferry");
  expect(await chosen() === "_hit-0" && await active() === "_hit-0", "the first is not chosen");
  await page.keyboard.press("ArrowDown");
  expect(await chosen() === "_hit-1" && await active() === "_hit-1", "down does not choose the next");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  expect(await chosen() === "_hit-0", "up leaves the first");
  const [tab] = await Promise.all([context.waitForEvent("page", { timeout: 5000 }).catch(() => null), page.keyboard.press("Control+Enter")]);
  await tab?.waitForURL(/night-ferry\.html$/, { timeout: 5000 }).catch(() => {});
  expect(tab?.url().endsWith("night-ferry.html"), `Ctrl Enter opens ${tab?.url()}`);
  await tab?.close();
  await page.keyboard.press("ArrowDown");
  await Promise.all([page.waitForURL(/night-ferry-transcript/), page.keyboard.press("Enter")]);
  await page.goto(base + HOME);
  await show(page, "Control+k");
  expect(await page.getAttribute(".sq-in .btn", "aria-pressed") === "true", "Ctrl K does not seek titles");
  expect((await ask(page, "ferry")).every((h) => /ferry/i.test(h.title)), "a text is found among titles");
  expect((await ask(page, "opening")).length === 1, "a heading is not found among titles");
  expect((await ask(page, "gangway")).length === 0, "a word of the text is found among titles");
  await page.click(".sq-in .btn");
  expect(await soon(page, () => document.querySelectorAll(".hit").length === 1), "all is not sought again");
  await ask(page, "ferry");
  await page.click(".sq-filters .chip:has-text('People')");
  expect(await soon(page, () => document.querySelectorAll(".hit").length === 1), "a button does not narrow the search");
  await page.click(".sq-filters .chip[aria-pressed=true]");
  expect(await soon(page, () => document.querySelectorAll(".hit").length === 3), "nor does it widen it again");
  return faults;
}

/* What a reader meets where the network is bad, the hand quick, the window narrow. */
async function haste({ page, base }) {
  const faults = [];
  const expect = (good, what) => good || faults.push(what);
  const focused = () => page.evaluate(() => document.activeElement.matches("[data-search]"));

  /* A file that is not what it should be, as a proxy's page of its own is. */
  await page.route("**/_/search/words-*", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await show(page);
  expect((await ask(page, "gangway")).length === 0, "found in a file that is lost");
  expect(/could not be loaded/.test(await page.textContent(".sq-n")), `of a lost file: ${await page.textContent(".sq-n")}`);
  await page.unroute("**/_/search/words-*");
  expect((await ask(page, "gangway insp")).length === 1, "a lost file is not asked for again");
  expect(!/could not be loaded/.test(await page.textContent(".sq-n")), "it is still lost");

  await visit({ page, trouble: [] }, base, HOME);
  await page.route("**/_/search/text-*", (route) => setTimeout(() => route.continue(), 300));
  await show(page);
  await page.fill("dialog.searchbox input", "faroese");
  await Promise.all([page.waitForURL(/ines-moor\.html/, { timeout: 5000 }).catch(() => {}), page.keyboard.press("Enter")]);
  expect(/ines-moor\.html/.test(page.url()), `Enter before the answer leads to ${page.url()}`);
  await page.unroute("**/_/search/text-*");

  await visit({ page, trouble: [] }, base, HOME);
  await page.setViewportSize(size(390));
  await page.click("[data-search]");
  await page.waitForSelector("dialog.searchbox[open] input");
  expect(await page.evaluate(() => document.activeElement.matches("dialog input")), "the field has no focus");
  const box = await page.locator("dialog.searchbox").boundingBox();
  expect(box.x >= 0 && box.x + box.width <= 390, `the dialog is ${box.width} wide at ${box.x}`);
  await page.click(".sq-in .btn:last-child");
  expect(await soon(page, () => !document.querySelector("dialog.searchbox").open), "the button does not shut it");
  await page.waitForTimeout(50);
  expect(await focused(), "the focus is not where the search was opened");
  return faults;
}

/* Without a script the link leads to all notes. */
async function without({ page }) {
  await page.click(".find");
  await page.waitForURL(/index~all\.html$/);
  const titles = await page.$$eval("main .log a", (all) => all.map((a) => a.textContent));
  return titles.length === 8 ? [] : [`${titles.length} notes are listed: ${titles}`];
}

/* name, settings of the page, what to do there, only there (else everywhere). */
const CHECKS = [
  ["what is found", {}, finds],
  ["nothing is markup", {}, isSafe, "file"],
  ["keyboard and buttons", {}, keys],
  ["lost files, haste, a narrow window", {}, haste, "server"],
  ["without a script", { js: false }, without],
];

export async function checkSearch(browser, places, score, there) {
  const jobs = places.flatMap((where) => CHECKS.filter(([name, , , only]) => there({ name }) && (only ?? where.name) === where.name).map((check) => [where, ...check]));
  await each(jobs, 2, async ([where, name, settings, run]) => {
    const visited = await open(browser, settings);
    let faults;
    try {
      await visit(visited, where.bases.search, HOME);
      faults = [...await run(visited), ...visited.trouble];
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" "), ...visited.trouble];
    }
    await visited.context.close();
    score.verdict(`search: ${name}, ${where.name}`, faults);
  });
}
