/* Sites on a web server of this machine: below a folder, and at its root. */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".pdf": "application/pdf", ".wav": "audio/wav", ".csv": "text/csv",
  ".xml": "application/xml", ".txt": "text/plain",
};

async function answer(folder, prefix, request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const inside = normalize(path.slice(prefix.length) || "index.html");
  try {
    if (!path.startsWith(prefix) || inside.startsWith("..")) throw new Error("outside");
    const name = inside.endsWith("/") ? inside + "index.html" : inside;
    const bytes = await readFile(join(folder, name));
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404, { "Content-Type": TYPES[".html"] });
    response.end(await readFile(join(folder, "404.html")).catch(() => "not found"));
  }
}

async function serve(folder, prefix) {
  const server = createServer((request, response) => answer(folder, prefix, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${server.address().port}${prefix}`, server };
}

/* Where each site is: [{ name, bases: { site: address that ends with "/" } }], and how to end it. */
export async function places(built) {
  const servers = [];
  const all = [{ name: "file", bases: {} }, { name: "subfolder", bases: {} }, { name: "server", bases: {} }];
  for (const [site, folder] of Object.entries(built)) {
    all[0].bases[site] = pathToFileURL(folder).href + "/";
    for (const [place, prefix] of [[all[1], "/some/sub/"], [all[2], "/"]]) {
      const { base, server } = await serve(folder, prefix);
      place.bases[site] = base;
      servers.push(server);
    }
  }
  return { places: all, close: () => servers.forEach((server) => server.close()) };
}
