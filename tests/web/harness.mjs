/*
 * What the tests in a browser share: the browser, the folder of built pages, the count of what
 * holds. Used by check.mjs, selftest.mjs and the modules they call. FOLDER is the first argument.
 */
import { chromium } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
export const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const pageText = fs.readFileSync(fileURLToPath(new URL("pagetext.js", import.meta.url)), "utf8");
export const vnu = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

export const out = path.resolve(process.argv[2]);
export const url = (file) => pathToFileURL(file).href;
export const nameOf = (file) => path.relative(out, file);
export const site = (handbook, lang, name) => path.join(out, "services", handbook, lang, "html", name);
export const single = (handbook, lang) => path.join(out, "services", handbook, lang, `${handbook}.${lang}.html`);
export const pagesBelow = (folder) => fs.readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".html")).sort().map((name) => path.join(folder, name));

export const counted = { passed: 0, failed: 0 };
const shown = new Map();

/* Of one kind of fault, named by what stands before the colon, the first twelve are printed. */
export function check(name, holds, detail) {
  if (holds) { counted.passed++; return; }
  counted.failed++;
  const key = name.split(":")[0];
  shown.set(key, (shown.get(key) || 0) + 1);
  if (shown.get(key) <= 12) console.log("FAILED " + name + (detail ? ": " + detail : ""));
}

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--allow-file-access-from-files"],
});

/* Calls USE with a page of its own, in a session of its own. */
export async function withPage(options, use) {
  const context = await browser.newContext(options);
  try {
    await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/* What the console says, and errors that no script catches, from now on. */
export function listen(page) {
  const errors = [];
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("pageerror", (error) => errors.push(String(error)));
  return errors;
}

export const explain = (found) => found.violations
  .map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any.map((a) => a.message).join("; ").slice(0, 160)}`).join(" | ");

/* What a script has opened on PAGE is held to what the page is held to: WHAT is its name. */
export async function lookAtOpen(page, what) {
  const { width } = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(axe + pageText);
  const cut = await page.evaluate(() => pageText.cut());
  check(`opened by a script: ${what}: nothing is cut off`, cut.length === 0, cut.slice(0, 3).join(", "));
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    check(`opened by a script: ${what}: axe, ${colorScheme}`, found.violations.length === 0, explain(found));
  }
  await page.setViewportSize({ width, height: 640 });
}

export function finish() {
  console.log(`${counted.passed} passed, ${counted.failed} failed`);
  process.exit(counted.failed ? 1 : 0);
}
