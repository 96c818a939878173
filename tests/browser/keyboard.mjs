/* What a reader without a mouse meets. */
import { shorten } from "./axe.mjs";
import { soon } from "./browser.mjs";

const ORDER = ["skip link", "header", "rail", "text", "beside the text", "footer"];

/* Runs in the page, once: what the others below share, and have noted. */
function setUp(focused) {
  // Asked as the key comes up: what it led to has the focus by then, and is in view.
  addEventListener("keyup", (e) => { if (e.key === "Tab") window.walk.note(); }, true);
  return {
    note: () => window.walk.log.push(focused()),
    part: (e) => (e.matches(".skip") ? 0 : e.closest("header.top") ? 1 : e.closest("#_nav") ? 2 : e.closest("main") ? 3
      : e.closest("aside") ? 4 : e.closest("footer") ? 5 : -1),
    name: (e) => `${e.localName}.${e.getAttribute("class") ?? ""} "${(e.textContent || e.getAttribute("aria-label") || "").trim().slice(0, 30)}"`,
    // All that can be used, in the order of the document.
    controls: () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((e) => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true })),
    reached: new Set(),
    log: [],
  };
}

/* Runs in the page: what has the focus, and whether that can be seen. */
function focused() {
  const { walk } = window, a = document.activeElement;
  if (!a || a === document.body) return null;
  const style = getComputedStyle(a);
  const box = a.getClientRects()[0];
  const found = { part: walk.part(a), name: walk.name(a), first: !walk.reached.has(a) };
  walk.reached.add(a);
  if (!box) return { ...found, fault: "has no place on the page" };
  // A wide region begins where the reader looks; a link is looked at in its middle.
  const x = box.left + Math.min(box.width / 2, 100);
  const y = box.top + Math.min(box.height / 2, 12);
  const seen = document.elementFromPoint(x, y);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const fault = !outlined ? `no outline (${style.outlineStyle} ${style.outlineWidth})`
    : !seen ? `outside of the screen, at ${Math.round(x)}, ${Math.round(y)}`
      : !a.contains(seen) && !seen.contains(a) && !(a.ownerSVGElement && a.ownerSVGElement === seen.ownerSVGElement) ? `covered by ${seen.localName}.${seen.getAttribute("class")}` : "";
  return { ...found, fault };
}

/* Runs in the page: controls that stand above or before the one which comes before them, in the same part and not in
 * another column. */
function astray() {
  const { walk } = window, faults = [], rtl = document.documentElement.dir === "rtl";
  let before;
  for (const e of walk.controls()) {
    const part = walk.part(e), box = e.getClientRects()[0];
    if (e.tabIndex > 0) faults.push(`${walk.name(e)} has the tabindex ${e.tabIndex}`);
    const aside = before && (rtl ? box.right <= before.box.left + 1 : box.left >= before.box.right - 1);
    if (before?.part === part && box.bottom <= before.box.top + 1 && !aside) faults.push(`${walk.name(e)} stands above ${before.name}, and comes after it`);
    before = { part, box, name: walk.name(e) };
  }
  return faults;
}

/* Runs in the page: controls that the walk did not come to. */
function missed() {
  const { walk } = window;
  return walk.controls().filter((e) => !walk.reached.has(e)).map((e) => `Tab never reaches ${walk.name(e)}`);
}

/* Tab, or Shift and Tab, `n` times: what has the focus after each.  Not one call a key, of which there are thousands; but
 * where scripts are off, no page can note anything itself. */
async function tabs({ page, js }, session, n, modifiers = 0) {
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9, modifiers };
  const send = (i) => session.send("Input.dispatchKeyEvent", { ...key, type: i % 2 ? "keyUp" : "rawKeyDown" });
  const keys = Array.from({ length: 2 * n }, (_, i) => i);
  if (js) await Promise.all(keys.map(send));
  else for (const i of keys) {
    await send(i);
    if (i % 2) await page.evaluate(() => window.walk.note());
  }
  return page.evaluate(() => window.walk.log.splice(0));
}

/* Tab from the top to the end, then back: each stop can be seen, no control is left out, and the parts come in their order.
 * `expected`: the parts that must be reached.  Of lists of one kind the first rows and the last are walked. */
export async function walk(visited, expected) {
  const { page, context } = visited;
  await page.evaluate(shorten, [4, 2]);
  await page.evaluate(`window.walk = (${setUp})(${focused})`);
  const session = await context.newCDPSession(page);
  const faults = await page.evaluate(astray);
  const stops = [];
  for (let ended = false; !ended && stops.length < 300;)
    for (const at of await tabs(visited, session, 20)) {
      ended ||= !at?.first;
      if (!ended) stops.push(at);
    }
  let last = 0;
  for (const at of stops) {
    if (at.fault) faults.push(`Tab to ${at.name}: ${at.fault}`);
    if (at.part < last) faults.push(`${at.name}: ${ORDER[at.part] ?? "no part"} after ${ORDER[last]}`);
    last = Math.max(last, at.part);
  }
  faults.push(...await page.evaluate(missed));
  for (const part of expected)
    if (!stops.some((at) => at.part === ORDER.indexOf(part))) faults.push(`Tab never reaches: ${part}`);
  // Backwards a sticky header can cover what comes into view at its edge.
  await page.evaluate(() => window.walk.controls().at(-1).focus());
  for (const at of await tabs(visited, session, Math.min(stops.length - 1, 40), 8))
    if (at?.fault) faults.push(`Shift+Tab to ${at.name}: ${at.fault}`);
  await session.detach();
  return faults;
}

/* What a key or a button opens, Esc shuts, and the focus is where it was. */
export async function leaves({ page }) {
  const faults = [];
  const open = () => document.querySelector(":popover-open, dialog[open]") !== null;
  const left = async (what, button) => {
    if (!await soon(page, open)) return faults.push(`${what} does not open`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    if (!await soon(page, `!(${open})()`)) faults.push(`Esc does not shut ${what}`);
    if (!await button.evaluate((e) => e === document.activeElement)) faults.push(`after ${what} the focus is on ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 60))}`);
  };
  for (const button of await page.$$("[popovertarget]:not(.close)")) {
    if (!await button.isVisible()) continue;
    await button.focus();
    await page.keyboard.press("Enter");
    await left(await button.evaluate((e) => e.getAttribute("popovertarget")), button);
  }
  const link = await page.$("main a[href], [data-search]");
  await link.focus();
  await page.keyboard.press("/");
  await left("the search", link);
  return faults;
}

/* The first stop leads past the frame. */
export async function skipLink(visited) {
  const { page, context } = visited;
  const faults = [];
  await page.evaluate(`window.walk = (${setUp})(${focused})`);
  const [at] = await tabs(visited, await context.newCDPSession(page), 1);
  if (at?.part !== 0) return [`the first stop is ${at?.name ?? "nothing"}`];
  if (at.fault) faults.push(`skip link: ${at.fault}`);
  await page.keyboard.press("Enter");
  if (!await soon(page, () => document.activeElement?.id === "_main")) faults.push("the skip link does not focus the text");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => {
    const a = document.activeElement;
    return !a || a === document.body || a.closest("main, aside, footer") ? "" : a.outerHTML.slice(0, 80);
  });
  if (next) faults.push(`the stop after it is ${next}`);
  return faults;
}
