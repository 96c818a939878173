/* Chromium, and pages of it that remember what went wrong. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const WIDTHS = [1440, 1024, 768, 390];
export const SCHEMES = ["light", "dark"];
const HEIGHT = { 1440: 900, 1024: 768, 768: 1024, 390: 844 };

/* No name is looked up: what is not on this machine fails, and is seen. */
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];

/* The shell has no windows of its own and costs less than half of what Chromium does without a screen. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: FLAGS });
}

export function size(width) {
  return { width, height: HEIGHT[width] ?? 900 };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/* A page in a context of its own.  `base` may be changed before each visit: whatever is asked for
 * outside of it, fails, or is said on the console goes into `trouble`. */
export async function open(browser, { js = true, width = 1440, scheme = "light", axe = false, ...more } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: js, viewport: size(width), colorScheme: scheme, serviceWorkers: "block", ...more,
  });
  if (js) await context.addInitScript(WATCH);
  if (axe) await context.addInitScript(AXE);
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  const visited = { context, page, js, base: "", trouble: [] };
  const note = (text) => visited.trouble.push(text);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      note(`console ${message.type()}: ${message.text().slice(0, 200)} (${message.location().url})`);
  });
  page.on("pageerror", (error) => note(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(visited.base) && /^(https?|wss?|ftp|file):/.test(url)) note(`asked for ${url}`);
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") note(`failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) note(`${response.status()}: ${response.url()}`);
  });
  return visited;
}

/* Runs before any script of the page: violations of the policy, and how the page was when its body began. */
const WATCH = `
  document.addEventListener("securitypolicyviolation", (e) =>
    console.error("policy " + e.effectiveDirective + ": " + (e.blockedURI || "inline")));
  new MutationObserver((_, o) => {
    if (!document.body) return;
    o.disconnect();
    window.atBodyStart = { theme: document.documentElement.dataset.theme ?? "", classes: document.documentElement.className };
  }).observe(document, { childList: true, subtree: true });
`;

/* Opens a page; without scripts there are no timers in it, so all waiting is done out here. */
export async function visit(visited, base, path) {
  visited.base = base;
  visited.trouble.length = 0;
  await visited.page.goto(base + path, { waitUntil: "load" });
}

/* Every width in both schemes, each a step from the one before, so that a page is laid out once for each:
 * [[width, scheme], ...]. */
export const STATES = WIDTHS.flatMap((width, i) => (i % 2 ? [...SCHEMES].reverse() : SCHEMES).map((scheme) => [width, scheme]));

export async function turn({ page }, width, scheme) {
  if (page.viewportSize().width !== width) await page.setViewportSize(size(width));
  await page.emulateMedia({ colorScheme: scheme });
}

/* Asks until the answer is true; whether it became so. */
export async function soon(page, what, argument, seconds = 2) {
  for (const end = Date.now() + seconds * 1000; ;) {
    if (await page.evaluate(what, argument)) return true;
    if (Date.now() > end) return false;
    await page.waitForTimeout(30);
  }
}
