/* What holds for every page, wherever it is opened, at every width, in both schemes, with and without scripts. */
import { SCHEMES, WIDTHS, open, size, visit } from "./browser.mjs";
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

/* From the disk each width is a visit of its own; from servers one visit sees all of them. */
async function one(visited, place, item) {
  const { page } = visited;
  const base = place.bases[item.site];
  const faults = [];
  let there = false;
  for (const width of WIDTHS) {
    await page.setViewportSize(size(width));
    if (!there) {
      try {
        await visit(visited, base, encoded(item.path));
        if (item.redirect) await page.waitForURL(base + encoded(item.redirect));
      } catch (error) {
        faults.push([width, error.message.split("\n")[0]]);
        continue;
      }
    }
    there = place.name !== "file";
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const fault of await page.evaluate(look, { scheme, rtl: item.rtl, contents: item.contents }))
        faults.push([`${width} ${scheme}`, fault]);
    }
    faults.push(...visited.trouble.splice(0).map((what) => [width, what]));
  }
  return gathered(faults, WIDTHS.length * SCHEMES.length);
}

export async function checkPages(browser, places, score, wanted) {
  const jobs = places.flatMap((place) => [true, false].flatMap((js) => PAGES.filter(wanted).map((item) => ({ place, js, item }))));
  await each(jobs, 3, async ({ place, js, item }) => {
    const visited = await open(browser, { js });
    score.verdict(`page: ${item.name}, ${place.name}, ${js ? "scripts" : "no scripts"}`, await one(visited, place, item));
    await visited.context.close();
  });
}
