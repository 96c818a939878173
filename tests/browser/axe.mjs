/* axe-core finds nothing, on each kind of page, at every width, in both schemes. */
import { SCHEMES, WIDTHS, turn } from "./browser.mjs";
import { gathered } from "./score.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/* A scheme changes colours only, so in the dark only what is about them is asked again. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
/* A width moves, shows and hides: where all that shows was asked about before, only what follows from its place and from
 * what stands around it is asked again. */
const OF_PLACE = [...OF_COLOUR, "target-size", "scrollable-region-focusable", "heading-order", "region", "page-has-heading-one",
  "landmark-one-main", "landmark-unique", "empty-table-header", "label", "bypass", "skip-link"];
/* The widest and the narrowest page first: between them they show all there is. */
const STATES = [WIDTHS.at(0), WIDTHS.at(-1), ...WIDTHS.slice(1, -1)].flatMap((width) => SCHEMES.map((scheme) => [width, scheme]));

/* Runs in the page: of many rows of one kind the first and the last tell all; each of them takes its time. */
export function shorten([first, last]) {
  for (const parent of document.querySelectorAll("main tbody, main ul, main ol, main dl"))
    for (const row of [...parent.children].slice(first, -last)) row.remove();
}

/* Runs in the page: whether something shows that was not asked about; then it counts as asked. */
function isNew() {
  const asked = (window.asked ??= new WeakSet());
  const all = [...document.body.querySelectorAll("*")].filter((e) => !asked.has(e) && e.checkVisibility({ visibilityProperty: true }));
  for (const e of all) asked.add(e);
  return all.length > 0;
}

/* Runs in the page: marks the elements whose contrast is to be measured; how many.  It comes of their colours, their
 * type and what lies behind them, so two of each sort tell of all, whatever the width. */
function choose(scheme) {
  const behind = new Map([[null, ""]]);
  const ground = (e) => {
    if (!behind.has(e)) {
      const s = getComputedStyle(e);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.position].join(" ");
      behind.set(e, ground(e.parentElement) + (own === "rgba(0, 0, 0, 0) none 1 none normal static" ? "" : `${own}/`));
    }
    return behind.get(e);
  };
  const sorts = ((window.measured ??= {})[scheme] ??= new Map());
  // Diagrams have a tree of their own.
  const trees = [document.body, ...[...document.querySelectorAll(".diagram > div")].flatMap((e) => e.shadowRoot ?? [])];
  const all = (selector) => trees.flatMap((tree) => [...tree.querySelectorAll(selector)]);
  for (const e of all("[data-measured]")) e.removeAttribute("data-measured");
  let marked = 0;
  for (const e of all("*")) {
    const speaks = e.matches("input, select") || [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== "");
    if (!speaks || !e.checkVisibility({ visibilityProperty: true })) continue;
    const s = getComputedStyle(e);
    const sort = [ground(e), s.color, s.fontSize, s.fontWeight, s.textShadow, e.matches("a, a *"), e.matches("[disabled], [aria-disabled]")].join("|");
    if (!sorts.has(sort)) sorts.set(sort, new Set());
    const others = sorts.get(sort);
    if (others.size === 2 || others.has(e)) continue;
    others.add(e);
    e.setAttribute("data-measured", "");
    marked++;
  }
  return marked;
}

/* Runs in the page: "rule: element". */
async function examine(runOnly) {
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-measured]" }] });
  const found = await window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false, iframes: false });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} (${v.help})`));
}

/* Faults of an opened page, whose context has axe; rows that repeat others are taken out of it.  `ready(nth of the widths,
 * scheme)` waits until the page is what it is to be, and gives faults too. */
export async function axeFaults(visited, ready) {
  const faults = [];
  await visited.page.emulateMedia({ reducedMotion: "reduce" });
  await visited.page.evaluate(shorten, [30, 10]);
  for (const [width, scheme] of STATES) {
    await turn(visited, width, scheme);
    faults.push(...(await ready(WIDTHS.indexOf(width), scheme)).map((what) => [`${width} ${scheme}`, what]));
    const anew = await visited.page.evaluate(choose, scheme);
    if (scheme === "dark" && anew === 0) continue;
    const asked = scheme === "dark" ? { type: "rule", values: OF_COLOUR }
      : await visited.page.evaluate(isNew) ? { type: "tag", values: RULES } : { type: "rule", values: OF_PLACE };
    for (const fault of await visited.page.evaluate(examine, asked)) faults.push([`${width} ${scheme}`, fault]);
  }
  await visited.page.emulateMedia({ reducedMotion: null });
  return gathered(faults, STATES.length);
}
