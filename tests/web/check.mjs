/*
 * Opens built pages in a real browser. Usage: node check.mjs FOLDER [--all]
 * FOLDER is a build of manual/ (html). Without --all a sample: the shelves, and of every handbook
 * there a page of each kind in both languages; with it every page. Light and dark, 320 and 1280 px.
 * Prints a line per property that fails; last line: N passed, N failed.
 */
import { chromium } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { spawnSync } from "node:child_process";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const out = path.resolve(process.argv[2]);
const all = process.argv.includes("--all");
let passed = 0;
let failed = 0;
const shown = new Map();

function check(name, holds, detail) {
  if (holds) { passed++; return; }
  failed++;
  const key = name.split(":")[0];
  shown.set(key, (shown.get(key) || 0) + 1);
  if (shown.get(key) <= 12) console.log("FAILED " + name + (detail ? ": " + detail : ""));
}

const pagesBelow = (folder) => fs.readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".html")).sort().map((name) => path.join(folder, name));

/* One page per kind: by the first letters of its name, which say what it is. */
function sample(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const kind = page.startsWith(path.join(out, page.split(path.sep).at(-2), "index")) ? page
      : path.dirname(page) + "/" + path.basename(page).replace(/[-.].*$/, "");
    if (!kinds.has(kind)) kinds.set(kind, page);
  }
  return [...kinds.values()];
}

const url = (file) => pathToFileURL(file).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--allow-file-access-from-files"],
});

async function look(context, page, file, width, scheme) {
  const errors = [];
  const listen = (message) => { if (message.type() === "error") errors.push(message.text()); };
  const fail = (error) => errors.push(String(error));
  page.on("console", listen);
  page.on("pageerror", fail);
  await page.goto(url(file));
  const name = `${path.relative(out, file)} at ${width} ${scheme}`;
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check("sideways scroll: " + name, scroll <= 0, `${scroll} px`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  check("axe: " + name, found.violations.length === 0,
    found.violations.map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any.map((a) => a.message).join("; ").slice(0, 160)}`).join(" | "));
  check("console: " + name, errors.length === 0, errors.join(" | "));
  page.off("console", listen);
  page.off("pageerror", fail);
}

async function lookAtAll(files) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [320, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: 640 }, colorScheme: scheme });
      /* Two pages at once, one per processor. */
      const queue = files.slice();
      await Promise.all([0, 1].map(async () => {
        const page = await context.newPage();
        for (let file = queue.shift(); file; file = queue.shift()) await look(context, page, file, width, scheme);
      }));
      await context.close();
    }
  }
}

/* Types a query and returns what is found. */
async function search(page, words) {
  await page.fill("#v-query", words);
  await page.press("#v-query", "Enter");
  await page.waitForFunction(() => document.querySelector(".search .count").textContent !== "");
  return page.$$eval(".results a", (links) => links.map((a) => a.textContent + " " + a.getAttribute("href")));
}

async function tryScripts(handbook) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const site = (lang, name) => path.join(out, "services", handbook, lang, "html", name);

  await page.goto(url(site("es", "index.html")));
  const with_ = await search(page, "protección");
  const without = await search(page, "proteccion");
  check("search: protección and proteccion find the same", with_.length > 0 && with_.join() === without.join(), `${with_.length}, ${without.length}`);
  const one = await search(page, "menor");
  const many = await search(page, "menores");
  check("search: menor and menores find the same", one.length > 0 && one.join() === many.join(), `${one.length}, ${many.length}`);
  check("search: ñ is a letter of its own", (await search(page, "nino")).join() !== (await search(page, "niño")).join());
  check("search: nothing is said to be nothing", (await search(page, "xyzzyx")).length === 0);
  await page.press("body", "Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  check("keys: / goes to the search", await page.evaluate(() => document.activeElement.id) === "v-query");
  await page.fill("#v-query", "seguridad");
  await page.waitForSelector(".results a");
  await page.keyboard.press("ArrowDown");
  check("keys: arrow goes to the first result", await page.evaluate(() => document.activeElement.matches(".results a")));

  /* Words that only other handbooks of the shelf show are not found. */
  const words = (name, lang) => new Set(fs.readFileSync(path.join(out, "services", name, lang, "html", "search.js"), "utf8")
    .toLowerCase().match(/\p{L}{3,}/gu));
  const own = [...words(handbook, "en")];
  const foreign = [...words("complete-edition", "en")]
    .filter((word) => word.length > 5 && !own.some((o) => o.startsWith(word.slice(0, 4))));
  check("search: the complete edition has words of its own", foreign.length > 5);
  await page.goto(url(site("en", "index.html")));
  for (const word of foreign.slice(0, 20))
    check("search: a word of others is not found: " + word, (await search(page, word)).length === 0);

  /* The same procedure in the other language. */
  await page.goto(url(site("en", "edu-o-02.html")) + "#EDU-O-02");
  await page.click("nav.languages a");
  check("language switch: lands on the same procedure", page.url().endsWith("/es/html/edu-o-02.html#EDU-O-02"), page.url());

  /* Ticks last for the session, and go with a new case. */
  const ticks = await page.$$(".tick");
  check("ticks: steps of EDU-O-02 have boxes", ticks.length > 1, String(ticks.length));
  if (ticks.length > 1) {
    await ticks[0].check();
    await page.reload();
    check("ticks: kept within the session", await page.isChecked(".tick >> nth=0"));
    await page.click(".new-case");
    check("ticks: gone with a new case", !(await page.isChecked(".tick >> nth=0")));
  }
  await page.goto(url(site("es", "edu-o-01.html")));
  check("ticks: none on a page of class cas", (await page.$$(".tick")).length === 0);

  /* A term is explained where it stands. */
  const term = await page.$("main a.term");
  await term.focus();
  await page.waitForFunction(() => !document.getElementById("v-tip").hidden);
  check("terms: focus tells the meaning", (await page.textContent("#v-tip")).length > 10);
  await page.keyboard.press("Escape");
  check("terms: Esc hides it", await page.isHidden("#v-tip"));

  await context.close();
}

/* Without scripts all text and links are there. */
async function tryWithoutScripts(files) {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  for (const file of files) {
    await page.goto(url(file));
    const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
    const written = fs.readFileSync(file, "utf8");
    check("no script: text is there: " + path.relative(out, file), text.length > 20);
    const links = (written.match(/<a [^>]*href=/g) || []).length;
    check("no script: links are there: " + path.relative(out, file), (await page.locator("a[href]").count()) === links);
    check("no script: no empty tools: " + path.relative(out, file), !(await page.locator("#v-tools").isVisible().catch(() => false)));
  }
  await plain.close();
}

/* Step 1 is on the first screen of a phone. */
async function tryFirstScreen(files) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  for (const file of files) {
    await page.goto(url(file));
    const step = await page.$("li.step");
    const box = step && (await step.boundingBox());
    check("first screen: step 1: " + path.relative(out, file), box !== null && box.y < 640, JSON.stringify(box));
  }
  await context.close();
}

function validate(files) {
  const jar = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const result = spawnSync("java", ["-Xmx700m", "-jar", jar, "--errors-only", "--format", "gnu", ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
  const lines = (result.stderr || "").split("\n").filter((line) => line.trim());
  check(`vnu: ${files.length} pages without errors`, result.status === 0 && lines.length === 0, lines.slice(0, 10).join("\n    ") || String(result.error || ""));
}

const pages = pagesBelow(out).filter((file) => file.includes(path.sep + "html" + path.sep) || path.basename(file) === "index.html");
const files = all ? pages : sample(pages);
await lookAtAll(files);
await tryScripts("edu-teacher");
await tryWithoutScripts(sample(pages));
await tryFirstScreen(pages.filter((file) => /-o-\d+\.html$/.test(file)).slice(0, all ? undefined : 12));
validate(sample(pages));
await browser.close();
console.log(`${files.length} pages, light and dark, 320 and 1280 px`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
