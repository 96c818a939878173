/* axe-core finds nothing, on each kind of page, at every width, in both schemes. */
import { STATES, turn } from "./browser.mjs";
import { gathered } from "./score.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/* A scheme changes colours only, so in the dark only what is about them is asked again. */
const OF_COLOUR = ["color-contrast", "link-in-text-block"];
const ASKED = { light: { type: "tag", values: RULES }, dark: { type: "rule", values: OF_COLOUR } };

/* Runs in the page: of many rows of one kind the first thirty and the last ten tell all; axe takes its time for each. */
function shorten() {
  for (const parent of document.querySelectorAll("main tbody, main ul, main ol, main dl"))
    if (parent.children.length > 40) for (const row of [...parent.children].slice(30, -10)) row.remove();
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
  for (const e of document.querySelectorAll("[data-measured]")) e.removeAttribute("data-measured");
  let marked = 0;
  for (const e of document.body.querySelectorAll("*")) {
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

/* Faults of an opened page, whose context has axe; rows that repeat others are taken out of it. */
export async function axeFaults(visited) {
  const faults = [];
  await visited.page.emulateMedia({ reducedMotion: "reduce" });
  await visited.page.evaluate(shorten);
  for (const [width, scheme] of STATES) {
    await turn(visited, width, scheme);
    const anew = await visited.page.evaluate(choose, scheme);
    if (scheme === "dark" && anew === 0) continue;
    for (const fault of await visited.page.evaluate(examine, ASKED[scheme])) faults.push([`${width} ${scheme}`, fault]);
  }
  await visited.page.emulateMedia({ reducedMotion: null });
  return gathered(faults, STATES.length);
}
