/* What holds for every page, wherever it is opened, at every width, in both schemes, with and without scripts. */
import { axeFaults } from "./axe.mjs";
import { STATES, open, turn, visit } from "./browser.mjs";
import { PAGES, encoded } from "./sites.mjs";
import { each, gathered } from "./score.mjs";

/* Runs in the page: faults, as sentences. */
function look({ scheme, rtl, contents }) {
  const faults = [];
  const root = document.documentElement;
  const own = [...document.querySelectorAll("h1")].filter((h) => !h.closest(".markdown-rendered"));
  const shown = (e) => e && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;

  if (own.length !== 1) faults.push(`${own.length} titles`);
  else if (!shown(own[0]) || own[0].textContent.trim() === "") faults.push("the title does not show");
  if (!shown(document.querySelector("main"))) faults.push("the text does not show");
  if (document.title.trim() === "") faults.push("no <title>");
  if (!root.lang || root.dir !== (rtl ? "rtl" : "ltr")) faults.push(`lang "${root.lang}", dir "${root.dir}"`);
  if (document.querySelector(":popover-open, dialog[open]")) faults.push("something is open from the start");
  if (Boolean(document.querySelector("#_contents")) !== Boolean(contents))
    faults.push(contents ? "no contents" : "contents that were not expected");

  for (const name of ["header.top", "#_nav", "footer.foot"])
    if (document.querySelectorAll(name).length !== 1) faults.push(`${document.querySelectorAll(name).length} × ${name}`);
  for (const image of document.images)
    if (image.loading !== "lazy" && !(image.complete && image.naturalWidth > 0)) faults.push(`no picture: ${image.src}`);

  // Days stand in a column of their own, at the edge where a line begins.
  const edge = (box) => rtl ? box.right : box.left;
  const astray = [...document.querySelectorAll(".log > li > time")].find((time) => {
    const words = document.createRange();
    words.selectNodeContents(time);
    return Math.abs(edge(words.getBoundingClientRect()) - edge(time.parentElement.getBoundingClientRect())) > 1;
  });
  if (astray) faults.push(`"${astray.textContent}" does not stand at the edge of its list`);

  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
  const light = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  if (scheme === "light" ? light < 0.9 : light > 0.2) faults.push(`background rgb(${r}, ${g}, ${b})`);

  if (root.scrollWidth > root.clientWidth)
    faults.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth}`);
  // What is cut off is no scrolling, and no better.
  const kept = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true;
    return false;
  };
  const wide = [...document.querySelectorAll("body *")].find((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && (box.right > root.clientWidth + 1 || box.left < -1) && shown(e) && !kept(e) &&
      getComputedStyle(e).clipPath === "none";
  });
  if (wide) faults.push(`wider than the page: ${wide.tagName.toLowerCase()}.${wide.className}`);
  return faults;
}

/* What is looked at where: [[states before whose first the page is opened], ...].
 *
 * With a script it can matter at which width a page is opened: each kind of page is opened wide and narrow, and turned
 * to the width beside that one, the next kind the other way round.  Without a script the same rules of CSS hold however
 * a width came to be.  From a server come the same bytes: there it matters what is asked for and whether it
 * arrives, and a look at one width, another for each kind of page, tells. */
function visits(place, js, nth) {
  if (place.name !== "file") return [[STATES[nth % STATES.length]]];
  if (!js) return [STATES];
  const sides = [STATES.slice(0, 4), STATES.slice(4)];
  return nth % 2 ? sides.map((side) => side.slice().reverse()) : sides;
}

async function one(visited, place, item, states) {
  const base = place.bases[item.site];
  const faults = [];
  try {
    await turn(visited, ...states[0]);
    await visit(visited, base, encoded(item.path));
    if (item.redirect) await visited.page.waitForURL(base + encoded(item.redirect));
  } catch (error) {
    return [[states[0].join(" "), error.message.split("\n")[0]]];
  }
  for (const [width, scheme] of states) {
    await turn(visited, width, scheme);
    for (const fault of await visited.page.evaluate(look, { scheme, rtl: item.rtl, contents: item.contents }))
      faults.push([`${width} ${scheme}`, fault]);
    faults.push(...visited.trouble.splice(0).map((what) => [`${width} ${scheme}`, what]));
  }
  return faults;
}

/* A context for each worker: what one place keeps for its pages, such as a choice of colours, no check changes.
 * `looks`, `axe`: what is asked for.  Axe looks at what is opened from a server with scripts anyway. */
export async function checkPages(browser, places, score, wanted, { looks, axe }) {
  const hasAxe = (place, js) => axe && js && place.name === "server";
  const jobs = [true, false].flatMap((js) => places.filter((place) => looks || hasAxe(place, js)).flatMap((place) =>
    PAGES.map((item, nth) => ({ place, js, item, nth })).filter(({ item }) => wanted(item))));
  const opened = new Map();
  await each(jobs, 3, async ({ place, js, item, nth }, worker) => {
    const key = `${worker} ${js} ${hasAxe(place, js)}`;
    if (!opened.has(key)) opened.set(key, await open(browser, { js, axe: hasAxe(place, js) }));
    const visited = opened.get(key);
    const faults = [];
    const all = visits(place, js, nth);
    for (const states of all) faults.push(...await one(visited, place, item, states));
    if (looks) score.verdict(`page: ${item.name}, ${place.name}, ${js ? "scripts" : "no scripts"}`, gathered(faults, all.flat().length));
    if (hasAxe(place, js) && !item.redirect) score.verdict(`axe: ${item.name}`, await axeFaults(visited));
  });
  for (const visited of opened.values()) await visited.context.close();
}
