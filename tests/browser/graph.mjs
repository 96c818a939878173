/* The graph: what is drawn, how it is handled, that it is safe and can be used by all. */
import { open, soon, visit } from "./browser.mjs";
import { each } from "./score.mjs";

const PAGE = "index~graph.html";
const NIGHT = "projects/night-berths.html";
const VEXED = "</script><img src=x onerror=alert(1)>\" onmouseover=\"alert(2)";

async function drawn({ page }) {
  await page.waitForSelector(".graph-page:not([hidden]) canvas");
  await page.waitForTimeout(100);
}
/* Scrolls to the canvas and tells where a note is. */
async function where(page, path) {
  await page.locator("canvas").scrollIntoViewIfNeeded();
  return page.evaluate((p) => window.vaultsiteGraph.where(p), path);
}
const picture = (page) => page.evaluate(() => document.querySelector("canvas").toDataURL());
const title = (page) => page.evaluate(() => document.querySelector(".g-card:not([hidden]) h2")?.textContent ?? "");
const names = (page) => page.$$eval(".g-card:not([hidden]) li", (all) => all.map((e) => e.textContent));
const settle = (page) => page.waitForTimeout(120);

async function find(page, text) {
  await page.fill(".graph-page input", text);
  await page.press(".graph-page input", "Enter");
  await settle(page);
}

async function pointer(visited) {
  const { page, base } = visited, faults = [];
  const expect = (good, what) => good || faults.push(what);
  await drawn(visited);
  const before = await picture(page);
  let at = await where(page, NIGHT);
  await page.mouse.move(at.x, at.y);
  await settle(page);
  expect(await page.$("canvas.on"), "the pointer does not tell that it is over a note");
  const over = await picture(page);
  expect(over !== before, "nothing stands out below the pointer");
  await page.mouse.move(at.x + 400, 5);
  await settle(page);
  expect(await picture(page) === before, "what stood out still does");
  await page.mouse.click(at.x, at.y);
  await settle(page);
  expect(await title(page) === "Night Berths", `a click chooses ${await title(page)}`);
  const linked = ["Kiel Ferries", "Oda Brekke", "Jonas Falk", "2026-01-12 - Berths at night", VEXED];
  expect((await names(page)).sort().join("|") === linked.sort().join("|"), `it is linked with ${await names(page)}`);
  expect(/Night Berths, Project, 5 links/.test(await page.textContent(".graph-page [role=status]")), "what is chosen is not said");
  at = await where(page, NIGHT);
  await page.mouse.move(at.x - 40, at.y - 90);
  await page.mouse.down();
  await page.mouse.move(at.x + 20, at.y - 60, { steps: 3 });
  await page.mouse.up();
  const moved = await where(page, NIGHT);
  expect(Math.abs(moved.x - at.x - 60) < 2 && Math.abs(moved.y - at.y - 30) < 2, `dragging moved it by ${moved.x - at.x}, ${moved.y - at.y}`);
  await page.click(".g-zoom button:first-child");
  const apart = async () => Math.abs((await where(page, NIGHT)).x - (await where(page, "people/oda-brekke.html")).x);
  const wide = await apart();
  await page.click(".g-zoom button:nth-child(2)");
  expect(await apart() < wide, "zooming out does not bring notes together");
  at = await where(page, NIGHT);
  await Promise.all([page.waitForURL(/night-berths/), page.mouse.click(at.x, at.y)]);
  await page.goBack();
  await drawn(visited);
  expect(await title(page) === "Night Berths", `on the way back ${await title(page) || "nothing"} is chosen`);
  expect(page.url().startsWith(base), "another site");
  return faults;
}

async function keys(visited) {
  const { page } = visited, faults = [];
  const expect = (good, what) => good || faults.push(what);
  await drawn(visited);
  await page.focus("canvas");
  await page.keyboard.press("ArrowRight");
  await settle(page);
  expect(await title(page) === "Night Berths", `the first is ${await title(page)}`);
  await page.keyboard.press("ArrowRight");
  await settle(page);
  const second = await title(page);
  expect(second && second !== "Night Berths", "the arrow leads nowhere");
  const small = await where(page, NIGHT);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await settle(page);
  expect(JSON.stringify(await where(page, NIGHT)) !== JSON.stringify(small), "plus does not zoom");
  await page.keyboard.press("Escape");
  await settle(page);
  expect(await title(page) === "", "Escape does not let go");
  await find(page, "oda");
  expect(await title(page) === "Oda Brekke", `found: ${await title(page)}`);
  await page.focus("canvas");
  await Promise.all([page.waitForURL(/oda-brekke/), page.keyboard.press("Enter")]);
  return faults;
}

async function filters(visited) {
  const { page } = visited, faults = [];
  const expect = (good, what) => good || faults.push(what);
  await drawn(visited);
  const all = await picture(page);
  await page.click(".legend .btn:has-text('People')");
  await settle(page);
  expect(await page.getAttribute(".legend .btn:has-text('People')", "aria-pressed") === "false", "the button is still pressed");
  expect(await picture(page) !== all, "people are still drawn");
  await find(page, "oda");
  expect(await title(page) === "", "who is hidden is found");
  await page.click(".legend .btn:has-text('People')");
  await page.selectOption(".graph-page select", { label: "#crew" });
  await settle(page);
  await find(page, "kiel");
  expect(await title(page) === "", "a note without the tag is found");
  await find(page, "jonas");
  expect(await title(page) === "Jonas Falk", "a note with the tag is not found");
  await page.selectOption(".graph-page select", { label: "All tags" });
  await settle(page);
  await page.click(".g-card .btn");
  await find(page, "kiel");
  expect(await title(page) === "Kiel Ferries", "not all is back");
  const options = await page.$$eval(".graph-page option", (o) => o.map((e) => e.textContent || e.value));
  expect(!/canary|Lonely|form/i.test(options.join("|")), `what is not to be there: ${options}`);
  return faults;
}

async function isSafe(visited) {
  const { page } = visited, faults = [];
  await page.exposeFunction("alerted", (what) => faults.push(`script ran: ${what}`));
  await page.evaluate(() => { window.alert = window.alerted; });
  await drawn(visited);
  await find(page, "script");
  if (await title(page) !== VEXED) faults.push(`the title is ${await title(page)}`);
  for (const [chosen, linked] of [["script", "Night Berths"], ["night", VEXED]]) {
    await find(page, chosen);
    await page.hover(".g-card li a");
    if (!(await names(page)).includes(linked)) faults.push(`linked with "${chosen}": ${await names(page)}`);
    const built = await page.$$eval(".graph-page *", (all) => all.map((e) => e.localName)
      .filter((n) => !/^(div|section|header|canvas|button|svg|path|span|select|option|datalist|input|p|h2|a|ul|li)$/.test(n)));
    if (built.length) faults.push(`elements: ${built}`);
  }
  return faults;
}

/* What was not among the first 1,500 comes when it is asked for, by a choice or by an address. */
async function more(visited) {
  const { page, base } = visited, faults = [];
  const expect = (good, what) => good || faults.push(what);
  await visit(visited, base, PAGE);
  await drawn(visited);
  expect(/1,500/.test(await page.textContent(".sub")), "it is not said how many there are");
  const missing = await page.evaluate(() => Array.from({ length: 1600 }, (_, n) => `ring/link-${String(n).padStart(4, "0")}.html`)
    .find((p) => !window.vaultsiteGraph.where(p)));
  expect(missing, "all notes are there from the first");
  const [, n] = missing.match(/(\d+)\.html/), before = String(+n - 1).padStart(4, "0");
  await find(page, `Link ${before}`);
  await soon(page, () => document.querySelectorAll(".g-card li").length > 2);
  expect((await names(page)).includes(`Link ${n}`), `Link ${before} is linked with ${await names(page)}`);
  expect(await where(page, missing), "its neighbour is not drawn");
  await visit(visited, base, `${PAGE}?ring/link-${n}.html`);
  await drawn(visited);
  await soon(page, () => document.querySelector(".g-card:not([hidden]) h2"));
  expect(await title(page) === `Link ${n}`, `the address shows ${await title(page) || "nothing"}`);
  await find(page, "hub");
  await soon(page, () => document.querySelector(".g-card > p"));
  expect(await page.textContent(".g-card > p") === "1,500 more on the page", `more: ${await page.textContent(".g-card > p")}`);
  return faults;
}

async function axe(visited) {
  const { page } = visited, faults = [];
  await drawn(visited);
  for (const text of ["", "night"]) {
    if (text) await find(page, text);
    const found = await page.evaluate(() => axe.run(document, { preload: false }));
    for (const v of found.violations) faults.push(`"${text}": ${v.id}: ${v.nodes[0].html.slice(0, 120)}`);
    if (/"undefined"|>undefined</.test(await page.innerHTML(".graph-page"))) faults.push(`"${text}": a text that there is not`);
  }
  return faults;
}

/* Runs in the page: of each name that is drawn from now on, how far it reaches out of the frame. */
function watchNames() {
  const fill = CanvasRenderingContext2D.prototype.fillText;
  window.cut = new Map();
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const half = this.measureText(text).width / 2, { clientWidth, clientHeight } = this.canvas;
    window.cut.set(text, Math.round(Math.max(half - x, x + half - clientWidth, y + 3 - clientHeight)));
    fill.call(this, text, x, y);
  };
}

/* The frame cuts no name off while its note is in it. */
async function inside(visited) {
  const { page } = visited, faults = [];
  await drawn(visited);
  await page.evaluate(watchNames);
  for (const edge of ["left", "right", "bottom"]) {
    const at = await where(page, NIGHT), box = await page.locator("canvas").boundingBox();
    const to = { left: [box.x + 8, at.y], right: [box.x + box.width - 8, at.y], bottom: [at.x, box.y + box.height - 8] }[edge];
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 3 });
    await page.mouse.up();
    await settle(page);
    const cut = await page.evaluate(() => window.cut.get("Night Berths"));
    if (!(cut <= 0)) faults.push(`at the ${edge} ${cut} px of a name are cut off`);
  }
  return faults;
}

/* Colours change with the scheme, without a new page. */
async function schemes(visited) {
  const { page } = visited;
  await drawn(visited);
  const light = await picture(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await settle(page);
  return await picture(page) === light ? ["the colours stay light"] : [];
}

async function without({ page }) {
  const titles = await page.$$eval("main table a", (all) => all.filter((a) => a.checkVisibility()).map((a) => a.textContent));
  const faults = titles.length === 7 && titles[0] === "Night Berths" ? [] : [`listed: ${titles}`];
  return await page.$eval(".graph-page", (e) => e.checkVisibility()) ? [...faults, "an empty frame"] : faults;
}

/* Beside a note: links with the names of those it is linked with. */
async function beside(visited) {
  const { page, base } = visited, faults = [];
  await visit(visited, base, "people/oda-brekke.html");
  const links = await page.$$eval(".side svg.graph a", (all) => all.map((a) => a.textContent));
  if (links.join("|") !== "Night Berths|Kiel Ferries|Jonas Falk|Berths at night") faults.push(`linked with ${links}`);
  await page.click(".side svg.graph + p a");
  await page.waitForURL(/index~graph/);
  await drawn(visited);
  if (await title(page) !== "Oda Brekke") faults.push(`the graph shows ${await title(page)}`);
  return faults;
}

/* name, settings of the page, what to do there, site, only there (else everywhere). */
const CHECKS = [
  ["pointer", {}, pointer, "graph"],
  ["keyboard and finding", {}, keys, "graph", "file"],
  ["kinds and tags", {}, filters, "graph", "file"],
  ["nothing is markup", {}, isSafe, "graph", "file"],
  ["more when it is asked for", {}, more, "linked"],
  ["axe", { axe: true }, axe, "graph", "server"],
  ["axe, dark and narrow", { axe: true, scheme: "dark", width: 390 }, axe, "graph", "server"],
  ["light and dark", {}, schemes, "graph", "file"],
  ["names at the edge", {}, inside, "graph", "file"],
  ["names at the edge, narrow", { width: 390 }, inside, "graph", "file"],
  ["without a script", { js: false }, without, "graph", "file"],
  ["beside a note", {}, beside, "graph"],
];

export async function checkGraph(browser, places, score, there) {
  const jobs = places.flatMap((where) => CHECKS.filter(([name, , , , only]) => there({ name }) && (only ?? where.name) === where.name)
    .map((check) => [where, ...check]));
  await each(jobs, 2, async ([place, name, settings, run, site]) => {
    const visited = await open(browser, settings);
    let faults;
    try {
      await visit(visited, place.bases[site], PAGE);
      faults = [...await run(visited), ...visited.trouble];
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" "), ...visited.trouble];
    }
    await visited.context.close();
    score.verdict(`graph: ${name}, ${place.name}`, faults);
  });
}
