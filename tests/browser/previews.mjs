/* Previews of links: what they show, when they come and go, that all can use them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { open, soon, visit } from "./browser.mjs";
import { each } from "./score.mjs";
import { encoded } from "./sites.mjs";

const HOME = "index.html";
const shown = () => document.querySelector(".preview:popover-open") !== null;
const title = () => document.querySelector(".preview:popover-open b")?.textContent ?? "";
const link = (page, text) => page.locator("main a:not(nav a, .tag)", { hasText: text }).first();
const appears = (page) => soon(page, shown, undefined, 3);
const goes = (page) => soon(page, () => !document.querySelector(".preview:popover-open"));

export async function point(page, text) {
  await page.mouse.move(2, 2);
  await goes(page);
  await link(page, text).hover();
  return appears(page);
}

/* Text of a link; title and beginning of what is shown. */
const SHOWS = [
  ["Tide gauge", "Tide gauge", "The gauge at pier 3 has measured"],
  ["calibrated", "Tide gauge", "Calibration Every spring"],
  ["the spare float", "Tide gauge", "One float in reserve"],
  ["never written", "Tide gauge", "The gauge at pier 3"],
  ["Current meter", "Current meter", "Depth"],
  ["Storm log", "Storm log", "Gale from the west"],
  ["Wave buoy", "Wave buoy", "Wave buoy belongs to Oda Brekke, moored since May 02, 2024; 1 note"],
  ["潮位計", "潮位計", "港の潮位計は"],
  ["Letter", "Letter", "Answer the letter"],
  ["odd markup", "<img src=x onerror=alert(3)> & odd markup", "Bold that does not end nor this"],
];
const SHOWS_NOTHING = ["Only questions", "Only headings", "Nothing"];

async function shows({ page }) {
  const faults = [];
  for (const [text, name, begins] of SHOWS) {
    if (!await point(page, text)) { faults.push(`${text}: nothing`); continue; }
    const got = await page.evaluate(() => document.querySelector(".preview-text").innerText.replace(/\s+/g, " ").trim());
    if (await page.evaluate(title) !== name || !got.startsWith(begins)) faults.push(`${text}: ${got.slice(0, 60)}`);
  }
  for (const text of SHOWS_NOTHING) {
    await page.mouse.move(2, 2);
    await goes(page);
    await link(page, text).hover();
    await page.waitForTimeout(500);
    if (await page.evaluate(shown)) faults.push(`${text}: there is something`);
  }
  return faults;
}

/* From a page in a folder: pictures are there, links lead to files, nothing is asked of other servers. */
async function arrives({ page, base, folder }) {
  const faults = [];
  await page.goto(base + encoded("index~all.html"));
  if (!await point(page, "Tide gauge")) return ["nothing is shown"];
  if (!await soon(page, () => document.querySelector(".preview img")?.naturalWidth > 0)) faults.push("the picture is not there");
  await page.goto(base + encoded("tags/instrument/tide.html"));
  if (!await point(page, "Tide gauge")) return ["nothing is shown two folders deep"];
  const addresses = await page.$$eval(".preview a[href]", (all) => all.map((a) => a.href).filter((h) => !h.includes(".example/")));
  if (addresses.length < 2) faults.push(`links: ${addresses}`);
  for (const address of addresses) {
    const path = decodeURIComponent(address.split("#")[0].slice(base.length));
    if (!address.startsWith(base) || !existsSync(join(folder, path))) faults.push(`a link to ${address}`);
  }
  await page.locator(".preview a[href*=current]").first().click();
  await page.waitForURL(/current-meter\.html$/).catch(() => faults.push("a link in it cannot be followed"));
  return faults;
}

/* WCAG 1.4.13: the pointer may go onto it, it stays, and Esc puts it away. */
async function pointer({ page }) {
  const faults = [];
  if (!await point(page, "Tide gauge")) return ["nothing is shown"];
  const box = await page.locator(".preview").boundingBox();
  const size = page.viewportSize();
  if (box.x < 0 || box.y < 0 || box.x + box.width > size.width || box.y + box.height > size.height) faults.push("it leaves the screen");
  const over = await link(page, "Tide gauge").boundingBox();
  if (box.y < over.y + over.height && over.y < box.y + box.height) faults.push("it covers its link");
  await page.mouse.move(box.x + 20, box.y + 20, { steps: 4 });
  await page.waitForTimeout(600);
  if (!await page.evaluate(shown)) faults.push("it goes when the pointer comes onto it");
  await page.mouse.move(2, 2);
  if (!await goes(page)) faults.push("it stays when the pointer has left");
  await point(page, "Tide gauge");
  await link(page, "Nothing").hover();
  if (!await goes(page)) faults.push("it stays when the pointer is on a link that shows nothing");
  await point(page, "Tide gauge");
  await page.keyboard.press("Escape");
  if (!await goes(page)) faults.push("Esc does not put it away");
  await page.waitForTimeout(700);
  if (await page.evaluate(shown)) faults.push("it comes back by itself");
  await link(page, "Storm log").hover();
  if (!await appears(page)) faults.push("after Esc there are none any more");
  await page.mouse.down({ button: "right" });
  if (!await goes(page)) faults.push("a click does not put it away");
  await page.mouse.up({ button: "right" });
  return faults;
}

async function keyboard({ page }) {
  const faults = [];
  const at = () => document.activeElement.textContent;
  for (let i = 0; i < 40 && await page.evaluate(at) !== "Tide gauge"; i++) await page.keyboard.press("Tab");
  if (!await appears(page)) return ["nothing is shown where the focus is"];
  const stops = await page.$$eval(".preview :is(a, button, summary, [tabindex])", (all) => all.filter((e) => e.tabIndex >= 0).length);
  if (stops) faults.push(`Tab stops ${stops} times in it`);
  await page.mouse.move(4, 300);
  await page.waitForTimeout(500);
  if (!await page.evaluate(shown)) faults.push("a pointer that moves elsewhere puts it away");
  await page.keyboard.press("Tab");
  if (await page.evaluate(at) !== "calibrated") faults.push(`Tab goes to ${await page.evaluate(at)}`);
  if (!await soon(page, () => /^\s*Calibration/.test(document.querySelector(".preview:popover-open .preview-text")?.textContent), undefined, 3)) faults.push("the next link shows nothing");
  await page.keyboard.press("Escape");
  if (!await goes(page)) faults.push("Esc does not put it away");
  if (await page.evaluate(at) !== "calibrated") faults.push("Esc takes the focus away");
  return faults;
}

/* By touch there is none, nor is anything loaded for it. */
async function touch({ page }) {
  await page.evaluate(() => addEventListener("click", (e) => e.preventDefault()));
  await link(page, "Tide gauge").tap();
  await page.waitForTimeout(900);
  return page.evaluate(() => [...document.querySelectorAll(".preview, script[src*=previews]")].map((e) => `there is ${e.outerHTML.slice(0, 80)}`));
}

async function calm({ page }) {
  await point(page, "Tide gauge");
  const moves = await page.$eval(".preview", (e) => getComputedStyle(e).transitionDuration);
  return parseFloat(moves) === 0 ? [] : [`it takes ${moves}`];
}

/* name, settings of the page, what to do there, only there (else everywhere). */
const CHECKS = [
  ["what is shown", {}, shows, "file"],
  ["from other folders", {}, arrives],
  ["pointer", {}, pointer, "file"],
  ["pointer, narrow", { width: 390 }, pointer, "file"],
  ["keyboard", {}, keyboard, "file"],
  ["touch", { hasTouch: true, isMobile: true, width: 390 }, touch, "file"],
  ["reduced motion", { reducedMotion: "reduce" }, calm, "file"],
];

export async function checkPreviews(browser, places, score, built, there) {
  const jobs = places.flatMap((where) => CHECKS.filter(([name, , , only]) => there({ name }) && (only ?? where.name) === where.name).map((check) => [where, ...check]));
  await each(jobs, 2, async ([where, name, settings, run]) => {
    const visited = Object.assign(await open(browser, settings), { folder: built.previews });
    let faults;
    try {
      await visit(visited, where.bases.previews, HOME);
      faults = [...await run(visited), ...visited.trouble];
    } catch (error) {
      faults = [String(error.message).split("\n").slice(0, 3).join(" "), ...visited.trouble];
    }
    await visited.context.close();
    score.verdict(`previews: ${name}, ${where.name}`, faults);
  });
}
