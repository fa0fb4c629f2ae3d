/*
 * Opens built pages in a real browser. Usage: node check.mjs FOLDER [--all] [--first N]
 * FOLDER is a build of manual/ (html, single). Without --all a sample: the shelves, and of every
 * handbook there a page of each kind in both languages; with it every page. Pages that a browser
 * cannot tell apart are opened once: the rule is in distinct.mjs. An opened page is loaded once and
 * given to axe light and dark, at 320 and 1280 px, must not scroll sideways, and says nothing in the
 * console. Links, ids and search places are followed in every page (links.mjs). With --all every
 * single file is opened too. --first N stops after N opened pages and measures, no more.
 * Prints a line per property that fails, and how far it is; last line: N passed, N failed.
 */
import { chromium } from "playwright-core";
import fs from "node:fs";
import path from "node:path";
import os from "node:os";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { spawnSync } from "node:child_process";
import { Opened } from "./distinct.mjs";
import { wrongLinks } from "./links.mjs";

const require = createRequire(import.meta.url);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const out = path.resolve(process.argv[2]);
const all = process.argv.includes("--all");
const first = process.argv.includes("--first") ? Number(process.argv[process.argv.indexOf("--first") + 1]) : 0;
const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);
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

const explain = (found) => found.violations
  .map((v) => `${v.id} ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any.map((a) => a.message).join("; ").slice(0, 160)}`).join(" | ");

/* In the dark colours differ, and nothing else. No rule that is asked reads style sheets ahead. */
const asked = { light: { resultTypes: ["violations"], preload: false } };
asked.dark = Object.assign({ runOnly: ["color-contrast", "link-in-text-block"] }, asked.light);

async function look(page, file, errors) {
  const name = path.relative(out, file);
  errors.length = 0;
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url(file));
  for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [320, "dark"], [320, "light"]]) {
    await page.setViewportSize({ width, height: 640 });
    await page.emulateMedia({ colorScheme: scheme });
    const { scroll, found } = await page.evaluate(async (options) => ({
      scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      found: await axe.run(document, options),
    }), asked[scheme]);
    check(`sideways scroll: ${name} at ${width} ${scheme}`, scroll <= 0, `${scroll} px`);
    check(`axe: ${name} at ${width} ${scheme}`, found.violations.length === 0, explain(found));
  }
  check("console: " + name, errors.length === 0, errors.join(" | "));
}

/* A single file holds what the pages hold, which axe was given. */
async function lookAtSingle(page, file, errors) {
  const name = path.relative(out, file);
  errors.length = 0;
  await page.goto(url(file));
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 640 });
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`sideways scroll: ${name} at ${width}`, scroll <= 0, `${scroll} px`);
  }
  check("console: " + name, errors.length === 0, errors.join(" | "));
}

/* Gives each of FILES to LOOKER, in a page of its own per processor; axe is there if it WITHAXE. */
async function lookAtAll(what, files, looker, withAxe) {
  const queue = files.slice();
  const workers = Math.max(2, os.availableParallelism());
  let told = Date.now();
  await Promise.all(Array.from({ length: workers }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 640 } });
    const page = await context.newPage();
    const errors = [];
    if (withAxe) await page.addInitScript(axe);
    page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
    page.on("pageerror", (error) => errors.push(String(error)));
    for (let file = queue.shift(); file; file = queue.shift()) {
      await looker(page, file, errors);
      if (Date.now() - told < 30000) continue;
      told = Date.now();
      console.log(`${what}: ${files.length - queue.length} of ${files.length}, ${failed} failed, ${seconds()} s`);
    }
    await context.close();
  }));
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
  for (const [one, other] of [["protección", "proteccion"], ["menor", "menores"], ["atención", "atencion"], ["derivación", "derivaciones"]]) {
    const first = await search(page, one);
    const second = await search(page, other);
    check(`search: ${one} and ${other} find the same`, first.length > 0 && first.join() === second.join(), `${first.length}, ${second.length}`);
  }
  check("search: ñ is a letter of its own", (await search(page, "nino")).join() !== (await search(page, "niño")).join());
  check("search: a beginning finds", (await search(page, "protecc")).length > 0);
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

/* Whether its accents are typed or not, a word finds the same places in the same order. */
async function tryAccents(handbook) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const folder = path.join(out, "services", handbook, "es", "html");
  const accented = [...new Set(fs.readFileSync(path.join(folder, "search.js"), "utf8").split("vadeIndex(")[1].replaceAll("\\u001e", " ").toLowerCase()
    .match(/\p{L}{4,}/gu))].filter((word) => /[áéíóúü]/.test(word)).sort();
  const asked = ["policía", "policías", "víctima", "término", ...accented.filter((word, i) => i % Math.ceil(accented.length / 60) === 0)];
  await page.goto(url(path.join(folder, "index.html")));
  check("search: there are accented words", accented.length > 300, String(accented.length));
  for (const word of asked) {
    const typed = await search(page, word);
    const without = await search(page, word.replace(/[áéíóúü]/g, (letter) => "aeiouu"["áéíóúü".indexOf(letter)]));
    check(`search: ${word} finds the same without accents`, typed.length > 0 && typed.join() === without.join(), `${typed.length}, ${without.length}`);
  }
  await context.close();
}

/* What people say finds the procedure that helps, accents or not. */
async function trySearch() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asks = [
    ["es", "respiracion", "pol-o-04.html"], ["es", "respiración", "pol-o-04.html"], ["es", "respiraciones", "pol-o-04.html"],
    ["en", "breathing", "pol-o-04.html"], ["en", "breathe", "pol-o-04.html"],
    ["es", "cacheo", "pol-o-02.html"], ["en", "pat-down", "pol-o-02.html"], ["en", "frisk", "pol-o-02.html"],
    ["es", "el marido pega", "pol-o-05.html"], ["en", "husband hits", "pol-o-05.html"], ["es", "moratones", "edu-o-01.html"],
    ["es", "botellon", "env-o-01.html"], ["es", "musica alta", "env-o-01.html"], ["en", "loud music", "env-o-01.html"],
    ["es", "ventanilla", "mgt-o-01.html"], ["en", "wheelchair", "urb-p-01.html"], ["es", "ordenes de alejamiento", "jus-o-03.html"],
  ];
  for (const [lang, words, target] of asks) {
    await page.goto(url(path.join(out, "services", "complete-edition", lang, "html", "index.html")));
    const found = await search(page, words);
    check(`search: "${words}" finds ${target}`, found.some((hit) => hit.includes(target)), found.slice(0, 5).join(" | "));
  }
  await context.close();
}

/* A form is filled in, printed on one sheet (and one to be kept apart), cleared, and forgotten. */
async function tryForms(files) {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const sheets = async () => ((await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) || []).length;
  for (const file of files) {
    const name = path.relative(out, file);
    await page.goto(url(file));
    const wanted = (await page.locator(".sheet").count());
    const got = await sheets();
    check("form: a sheet of paper each: " + name, got === wanted, `${got}, not ${wanted}`);
    const fields = page.locator("textarea, input");
    check("form: has fields: " + name, (await fields.count()) > 1);
    check("form: every field has a name: " + name,
      await page.evaluate(() => [...document.querySelectorAll("textarea, input")].every((e) => e.labels.length === 1 && e.labels[0].textContent.trim() !== "")));
    for (const field of await fields.all())
      if (await field.evaluate((e) => e.tagName) === "TEXTAREA") await field.fill("Secreto 4711");
      else await field.check();
    requests.length = 0;
    const field = await page.$("textarea, input");
    await field.press("Enter");
    check("form: nothing is sent: " + name, requests.length === 0 && page.url() === url(file), requests.join());
    check("form: nothing is stored: " + name, await page.evaluate(() => {
      try { return localStorage.length + sessionStorage.length + document.cookie.length; } catch (e) { return 0; }
    }) === 0);
    await page.click("button[type=reset]");
    check("form: cleared: " + name, await page.evaluate(() => [...document.querySelectorAll("textarea, input")].every((e) => e.type === "textarea" ? e.value === "" : !e.checked)));
  }
  /* What is written is printed whole, however long. */
  const long = files.find((file) => file.endsWith("0-f-19.html"));
  await page.goto(url(long));
  await page.locator("textarea").nth(1).fill(Array.from({ length: 60 }, (_, i) => `línea ${i}`).join("\n"));
  await page.emulateMedia({ media: "print" });
  check("form: long text is printed whole", await page.locator("textarea").nth(1).evaluate((e) => e.scrollHeight <= e.clientHeight + 1));
  await context.close();
}

/* Two languages side by side: both there, beside each other, one above the other on a phone. */
async function tryFacing(file) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url(file));
  const sides = () => page.evaluate(() => [...document.querySelectorAll("main .pair")]
    .filter((pair) => pair.querySelector(":scope > .left") && pair.querySelector(":scope > .right"))
    .map((pair) => [...pair.children].map((side) => [side.lang, Math.round(side.getBoundingClientRect().left), Math.round(side.getBoundingClientRect().top), side.textContent.trim().length])));
  const wide = await sides();
  check("facing: there are units", wide.length > 30, String(wide.length));
  check("facing: each side says its language", wide.every(([l, r]) => l[0] === "en" && r[0] === "es"));
  check("facing: no side is empty", wide.every(([l, r]) => l[3] > 0 && r[3] > 0));
  check("facing: beside each other", wide.filter(([l, r]) => l[2] !== r[2] || l[1] >= r[1]).length === 0);
  check("facing: no unit stands alone", (await page.$$("main .pair > :only-child")).length === 0);
  await page.setViewportSize({ width: 320, height: 640 });
  check("facing: one above the other on a phone", (await sides()).every(([l, r]) => r[2] > l[2]));
  await page.goto(url(path.join(path.dirname(file), "index.html")));
  check("facing: finds in English", (await search(page, "listening child")).some((hit) => hit.includes("edu-o-01")));
  check("facing: finds in Spanish", (await search(page, "moratones")).some((hit) => hit.includes("edu-o-01")));
  await context.close();
}

/* One file, alone in a folder. */
async function trySingle(file) {
  const alone = fs.mkdtempSync(path.join(os.tmpdir(), "single-"));
  const copy = path.join(alone, path.basename(file));
  fs.copyFileSync(file, copy);
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on("request", (request) => { if (!request.url().startsWith("data:")) requests.push(request.url()); });
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(url(copy));
  check("single: finds", (await search(page, "seguridad")).length > 0);
  check("single: asks for nothing else", requests.length === 1, requests.join());
  check("single: console", errors.length === 0, errors.join(" | "));
  check("single: no sideways scroll", await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  check("single: every link leads somewhere", await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .filter((a) => a.hash !== "" && !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash).slice(0, 5).join()) === "");
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  check("single: axe", found.violations.length === 0, explain(found));
  await context.close();
  fs.rmSync(alone, { recursive: true });
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

/* On paper a drawing stands on one sheet, or not at all; a step has one square, ticked as it was. */
async function tryPrint(files) {
  const context = await browser.newContext({ viewport: { width: 700, height: 1000 } });
  const page = await context.newPage();
  const sheet = 215 * 96 / 25.4;
  let shown = 0;
  for (const file of files) {
    await page.goto(url(file));
    const box = await page.$(".tick");
    if (box) await box.check();
    await page.emulateMedia({ media: "print" });
    const { heights, boxes, marks } = await page.evaluate(() => ({
      heights: [...document.querySelectorAll(".drawn svg")].map((svg) => svg.getBoundingClientRect().height).filter((height) => height > 0),
      boxes: [...document.querySelectorAll(".tick")].filter((tick) => tick.getClientRects().length > 0).length,
      marks: [...document.querySelectorAll(".ticked > .step-title")].map((title) => getComputedStyle(title, "::before").content),
    }));
    shown += heights.length;
    const name = path.relative(out, file);
    check("print: a drawing stands on a sheet: " + name, heights.every((height) => height <= sheet), heights.join());
    check("print: a step has one square: " + name, boxes === 0);
    check("print: the first is ticked, no other: " + name, marks.every((mark, i) => (mark === '"✓"') === (i === 0)), marks.join());
    await page.emulateMedia({ media: "screen" });
  }
  check("print: there are drawings", shown > 0);
  await context.close();
}

function validate(files) {
  const jar = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const result = spawnSync("java", ["-Xmx700m", "-jar", jar, "--errors-only", "--format", "gnu", ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
  const lines = (result.stderr || "").split("\n").filter((line) => line.trim());
  check(`vnu: ${files.length} pages without errors`, result.status === 0 && lines.length === 0, lines.slice(0, 10).join("\n    ") || String(result.error || ""));
}

const built = pagesBelow(out);
const isPage = (file) => file.includes(path.sep + "html" + path.sep) || path.basename(file) === "index.html";
const pages = built.filter(isPage);
const singles = built.filter((file) => !isPage(file));
const files = all ? pages : sample(pages);
const opened = new Opened();
const distinct = files.filter((file) => opened.isNew(file)).slice(0, first || undefined);

const links = wrongLinks(out, built);
check(`links: ${links.followed} lead somewhere`, links.followed > 10000 && links.wrong.length === 0, links.wrong.slice(0, 12).join("\n    "));
console.log(`links: ${links.followed} followed in ${built.length} files, ${seconds()} s`);
await lookAtAll("pages", distinct, look, true);
const looked = seconds();
if (all && !first) await lookAtAll("single files", singles, lookAtSingle, false);
if (!first) {
  const forms = pages.filter((file) => /complete-edition.*\/0-[cf]-\d+\.html$/.test(file));
  await tryScripts("edu-teacher");
  await trySearch();
  await tryAccents("complete-edition");
  await tryForms(forms.filter((file, i) => all || i % 4 === 0 || file.endsWith("0-f-19.html")));
  for (const lang of ["en", "es"]) await trySingle(path.join(out, "services", "edu-teacher", lang, `edu-teacher.${lang}.html`));
  await tryFacing(path.join(out, "services", "edu-teacher", "en+es", "html", "edu-o-01.html"));
  await trySingle(path.join(out, "services", "edu-teacher", "en+es", "edu-teacher.en+es.html"));
  await tryWithoutScripts(sample(distinct));
  const procedures = distinct.filter((file) => /-o-\d+\.html$/.test(file) && !file.includes("en+es"));
  await tryFirstScreen(procedures.slice(0, all ? undefined : 12));
  await tryPrint(procedures.slice(0, all ? undefined : 12));
}
validate(distinct);
await browser.close();
console.log(`${files.length} pages, ${distinct.length} opened, light and dark, 320 and 1280 px: ${looked} s of ${seconds()} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
