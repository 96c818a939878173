/* What holds for every page, wherever it is opened, at every width, in both schemes, with and without scripts. */
import { axeFaults } from "./axe.mjs";
import { STATES, WIDTHS, open, turn, visit } from "./browser.mjs";
import { prepare } from "./opened.mjs";
import { PAGES, encoded } from "./sites.mjs";
import { each, gathered } from "./score.mjs";

/* Runs in the page: faults, as sentences. */
function look({ scheme, rtl, contents, opens }) {
  const faults = [];
  const root = document.documentElement;
  const own = [...document.querySelectorAll("h1")].filter((h) => !h.closest(".markdown-rendered"));
  const shown = (e) => e && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;

  if (own.length !== 1) faults.push(`${own.length} titles`);
  else if (!shown(own[0]) || own[0].textContent.trim() === "") faults.push("the title does not show");
  if (!shown(document.querySelector("main"))) faults.push("the text does not show");
  if (document.title.trim() === "") faults.push("no <title>");
  if (!root.lang || root.dir !== (rtl ? "rtl" : "ltr")) faults.push(`lang "${root.lang}", dir "${root.dir}"`);
  if (!opens && document.querySelector(":popover-open, dialog[open]")) faults.push("something is open from the start");
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
  for (const box of document.querySelectorAll(":popover-open, dialog[open], #_nav, #_contents"))
    if (shown(box) && box.scrollWidth > box.clientWidth + 1) faults.push(`wider than its box: ${box.id || box.className}`);
  return faults;
}

/* Runs in the page: words that stand on other words, as sentences, and short ones that a narrow column breaks.  Not those of
 * a part that lies over the page, such as a dialog or the header, on those below it. */
function misplaced() {
  const layers = new Map([[document.documentElement, { layer: 0, clip: [-Infinity, -Infinity, Infinity, Infinity], seen: true }]]);
  const cut = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  const edges = (r) => [r.left, r.top, r.right, r.bottom];
  const place = (e) => {
    if (layers.has(e)) return layers.get(e);
    const up = place(e.parentElement), s = getComputedStyle(e);
    const own = /fixed|sticky/.test(s.position) || e.matches(":popover-open, dialog[open]");
    let clip = own ? [-Infinity, -Infinity, Infinity, Infinity] : up.clip;
    if (/auto|scroll|hidden|clip/.test(s.overflowX + s.overflowY)) clip = cut(clip, edges(e.getBoundingClientRect()));
    const seen = up.seen && s.clipPath === "none" && s.visibility === "visible" && s.opacity !== "0" && !e.matches("math, svg");
    layers.set(e, { layer: own ? layers.size : up.layer, clip, seen });
    return layers.get(e);
  };
  const lines = [], broken = [], words = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    if (text.data.trim() === "" || !text.parentElement.checkVisibility() || text.parentElement.matches("details:not([open])")) continue;
    const { layer, clip, seen } = place(text.parentElement);
    if (!seen) continue;
    words.selectNodeContents(text);
    const rects = words.getClientRects();
    if (rects.length > 1 && /^\w{1,9}$/.test(text.data.trim()) && text.parentElement.closest("td, th, time, .n")) broken.push(`"${text.data}" is broken`);
    for (const r of rects) {
      const [left, top, right, bottom] = cut(clip, edges(r));
      // The line above and the one below may share what their letters do not reach.
      const rest = (bottom - top) * 0.2;
      if (right - left > 3 && bottom - top > 4) lines.push({ text, layer, left, right, top: top + rest, bottom: bottom - rest });
    }
  }
  const told = ({ text }) => `"${text.data.trim().slice(0, 20)}" of ${text.parentElement.localName}.${text.parentElement.className}`;
  lines.sort((a, b) => a.top - b.top);
  for (const [i, a] of lines.entries())
    for (let j = i + 1; j < lines.length && lines[j].top < a.bottom - 1; j++) {
      const b = lines[j];
      if (a.layer === b.layer && a.text !== b.text && a.left < b.right - 2 && b.left < a.right - 2)
        return [...broken.slice(0, 3), `${told(a)} stands on ${told(b)}`];
    }
  return broken.slice(0, 3);
}

/* What is looked at where: [[states before whose first the page is opened], ...].
 *
 * With a script it can matter at which width a page is opened: each kind of page is opened wide and narrow, and turned
 * to the width beside that one, the next kind the other way round.  Without a script the same rules of CSS hold however
 * a width came to be.  From a server come the same bytes: there it matters what is asked for and whether it
 * arrives, and a look at one width, another for each kind of page, tells. */
function visits(place, js, nth, opens) {
  if (place.name !== "file") return [[STATES[nth % STATES.length]]];
  if (!js) return [STATES];
  if (opens) return [nth % 2 ? STATES : STATES.slice().reverse()];
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
    const found = await prepare(visited, item, WIDTHS.indexOf(width), scheme);
    found.push(...await visited.page.evaluate(look, { scheme, rtl: item.rtl, contents: item.contents, opens: item.opens !== undefined }));
    // A scheme moves nothing.
    if (scheme === "light") found.push(...await visited.page.evaluate(misplaced));
    faults.push(...found.map((what) => [`${width} ${scheme}`, what]));
    faults.push(...visited.trouble.splice(0).map((what) => [`${width} ${scheme}`, what]));
  }
  return faults;
}

/* A context for each worker: what one place keeps for its pages, such as a choice of colours, no check changes; what is
 * opened may stay so on the next page, so those have one of their own.
 * `looks`, `axe`: what is asked for.  Axe looks at what is opened from a server with scripts anyway. */
export async function checkPages(browser, places, score, wanted, { looks, axe }) {
  const hasAxe = (place, js) => axe && js && place.name === "server";
  // At the root of a server a page without scripts asks for a part of what it asks for with them, and looks as in a subfolder.
  const isTold = (place, js, item) => js ? !item.opens || place.name !== "subfolder" : !item.opens && place.name !== "server";
  const jobs = [true, false].flatMap((js) => places.filter((place) => looks || hasAxe(place, js)).flatMap((place) =>
    PAGES.map((item, nth) => ({ place, js, item, nth })).filter(({ item }) => wanted(item) && isTold(place, js, item))));
  const opened = new Map();
  await each(jobs, 3, async ({ place, js, item, nth }, worker) => {
    const key = `${item.opens ? item.name : worker} ${js} ${hasAxe(place, js)}`;
    if (!opened.has(key)) opened.set(key, await open(browser, { js, axe: hasAxe(place, js) }));
    const visited = opened.get(key);
    const faults = [];
    const all = visits(place, js, nth, item.opens);
    for (const states of all) faults.push(...await one(visited, place, item, states));
    if (looks) score.verdict(`page: ${item.name}, ${place.name}, ${js ? "scripts" : "no scripts"}`, gathered(faults, all.flat().length));
    if (hasAxe(place, js) && !item.redirect) score.verdict(`axe: ${item.name}`, await axeFaults(visited, (nth, scheme) => prepare(visited, item, nth, scheme)));
  });
  for (const visited of opened.values()) await visited.context.close();
}
