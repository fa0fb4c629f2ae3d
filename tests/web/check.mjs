/*
 * Opens built pages in a real browser. Usage: node check.mjs FOLDER [--all] [--first N] [--only NAME]
 * FOLDER is a build of all handbooks of manual/ (html, single); beside it stand "alone", one
 * handbook in every format, and "english", the same in one language. Without --all a sample: the shelves, of three handbooks a page of each
 * name in both languages, and further pages until every kind of element is there (kinds.mjs); with
 * it every page. Pages that a browser cannot tell apart are opened once (distinct.mjs). An opened
 * page is loaded once and given to axe light and dark, at 320 and 1280 px, must not scroll sideways,
 * shows all its text (pagetext.js), and says nothing in the console. Links, ids and search places are
 * followed in every page (links.mjs). With --all every single file is opened too. --first N stops
 * after N opened pages and measures, no more; --only NAME tries what is named so in the list below.
 * Prints a line per property that fails, and how far it is; last line: N passed, N failed.
 */
import fs from "node:fs";
import path from "node:path";
import os from "node:os";
import { Opened } from "./distinct.mjs";
import { axe, browser, check, counted, explain, finish, listen, nameOf, out, pagesBelow, pageText, single, site, url, vnu, withPage } from "./harness.mjs";
import { missingKinds, withEveryKind } from "./kinds.mjs";
import { wrongLinks } from "./links.mjs";
import { tryForms, tryPrint } from "./paper.mjs";
import * as scripts from "./scripts.mjs";
import { search, tryAccents, tryAsks, tryForeignWords, tryProcedures, tryWords } from "./search.mjs";
import { wrongMarkup } from "./vnu.mjs";

const all = process.argv.includes("--all");
const valueOf = (option) => process.argv.includes(option) ? process.argv[process.argv.indexOf(option) + 1] : "";
const first = Number(valueOf("--first"));
const only = valueOf("--only");
const started = Date.now();
const seconds = () => Math.round((Date.now() - started) / 1000);

/* --- which pages --- */

const sampled = /\/services\/(?:edu-teacher|complete-edition)\/|\/public\/public-edition\//;

/* One page per name: its first letters say what it is. */
function onePerName(pages) {
  const names = new Map();
  for (const page of pages) {
    const name = path.dirname(page) + "/" + path.basename(page).replace(/[-.].*$/, "");
    if (!names.has(name)) names.set(name, page);
  }
  return [...names.values()];
}

const isShelf = (file) => path.dirname(path.dirname(file)) === out;
const sample = (pages) => withEveryKind(onePerName(pages.filter((file) => isShelf(file) || sampled.test(file))), pages);

/* --- each of them --- */

/* In the dark colours differ, and nothing else. No rule that is asked reads style sheets ahead. */
const asked = { light: { resultTypes: ["violations"], preload: false } };
asked.dark = Object.assign({ runOnly: ["color-contrast", "link-in-text-block"] }, asked.light);

const overhang = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/* Is all text of the opened FILE there to be read, at the width that the page has now? */
async function lookAtText(page, file, when) {
  const written = fs.readFileSync(file, "utf8");
  const { cut, lost } = await page.evaluate((written) => ({ cut: pageText.cut(), lost: pageText.lost(written) }), written);
  check(`cut off: ${nameOf(file)} ${when}`, cut.length === 0, cut.slice(0, 3).join(", "));
  check(`not shown: ${nameOf(file)} ${when}`, lost === "", lost);
}

async function look(page, file, errors) {
  errors.length = 0;
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(url(file));
  for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [320, "dark"], [320, "light"]]) {
    await page.setViewportSize({ width, height: 640 });
    await page.emulateMedia({ colorScheme: scheme });
    const scroll = await overhang(page);
    check(`sideways scroll: ${nameOf(file)} at ${width} ${scheme}`, scroll <= 0, `${scroll} px`);
    if (scheme === "light") await lookAtText(page, file, `at ${width}`);
    const found = await page.evaluate((options) => axe.run(document, options), asked[scheme]);
    check(`axe: ${nameOf(file)} at ${width} ${scheme}`, found.violations.length === 0, explain(found));
  }
  check("console: " + nameOf(file), errors.length === 0, errors.join(" | "));
}

/* A single file holds what the pages hold, which axe was given. */
async function lookAtSingle(page, file, errors) {
  errors.length = 0;
  await page.goto(url(file));
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 640 });
    const scroll = await overhang(page);
    check(`sideways scroll: ${nameOf(file)} at ${width}`, scroll <= 0, `${scroll} px`);
    await lookAtText(page, file, `at ${width}`);
  }
  check("console: " + nameOf(file), errors.length === 0, errors.join(" | "));
}

/* Gives each of FILES to LOOKER, in a page of its own per processor. */
async function lookAtAll(what, files, looker) {
  const queue = files.slice();
  const workers = Math.max(2, os.availableParallelism());
  let told = Date.now();
  await Promise.all(Array.from({ length: workers }, () => withPage({ viewport: { width: 1280, height: 640 } }, async (page) => {
    const errors = listen(page);
    await page.addInitScript(axe + pageText);
    for (let file = queue.shift(); file; file = queue.shift()) {
      await looker(page, file, errors);
      if (Date.now() - told < 30000) continue;
      told = Date.now();
      console.log(`${what}: ${files.length - queue.length} of ${files.length}, ${counted.failed} failed, ${seconds()} s`);
    }
  })));
}

/* --- what not every page has --- */

/* Two languages side by side: both there, beside each other, one above the other on a phone. */
const tryFacing = (file) => withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
  await page.goto(url(file));
  const sides = () => page.evaluate(() => [...document.querySelectorAll("main .v-pair")]
    .filter((pair) => pair.querySelector(":scope > .v-left") && pair.querySelector(":scope > .v-right"))
    .map((pair) => [...pair.children].map((side) => [side.lang, Math.round(side.getBoundingClientRect().left), Math.round(side.getBoundingClientRect().top), side.textContent.trim().length])));
  const wide = await sides();
  check("facing: there are units", wide.length > 30, String(wide.length));
  check("facing: each side says its language", wide.every(([l, r]) => l[0] === "en" && r[0] === "es"));
  check("facing: no side is empty", wide.every(([l, r]) => l[3] > 0 && r[3] > 0));
  check("facing: beside each other", wide.filter(([l, r]) => l[2] !== r[2] || l[1] >= r[1]).length === 0);
  check("facing: no unit stands alone", (await page.$$("main .v-pair > :only-child")).length === 0);
  await page.setViewportSize({ width: 320, height: 640 });
  check("facing: one above the other on a phone", (await sides()).every(([l, r]) => r[2] > l[2]));
  await page.goto(url(path.join(path.dirname(file), "index.html")));
  check("facing: finds in English", (await search(page, "listening child")).some((hit) => hit.includes("edu-o-01")));
  check("facing: finds in Spanish", (await search(page, "moratones")).some((hit) => hit.includes("edu-o-01")));
});

/* One file, alone in a folder. */
const trySingle = (file) => withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
  const alone = fs.mkdtempSync(path.join(os.tmpdir(), "single-"));
  const copy = path.join(alone, path.basename(file));
  fs.copyFileSync(file, copy);
  const requests = [];
  const errors = listen(page);
  page.on("request", (request) => { if (!request.url().startsWith("data:")) requests.push(request.url()); });
  await page.goto(url(copy));
  check("single: finds", (await search(page, "seguridad")).length > 0);
  check("single: asks for nothing else", requests.length === 1, requests.join());
  check("single: console", errors.length === 0, errors.join(" | "));
  check("single: no sideways scroll", await overhang(page) <= 0);
  check("single: every link leads somewhere", await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .filter((a) => a.hash !== "" && !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash).slice(0, 5).join()) === "");
  await page.evaluate(axe + pageText);
  await lookAtText(page, copy, "alone");
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  check("single: axe", found.violations.length === 0, explain(found));
  fs.rmSync(alone, { recursive: true });
});

/* Without scripts all text and links are there, on a phone and on a desk. */
const tryWithoutScripts = (files) => withPage({ javaScriptEnabled: false }, async (page) => {
  for (const file of files) {
    await page.goto(url(file));
    await page.evaluate(pageText);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 640 });
      await lookAtText(page, file, `without scripts at ${width}`);
    }
    const links = (fs.readFileSync(file, "utf8").match(/<a [^>]*href=/g) || []).length;
    check("no script: links are there: " + nameOf(file), (await page.locator("a[href]").count()) === links);
    check("no script: no empty tools: " + nameOf(file), !(await page.locator("#v-tools").isVisible().catch(() => false)));
  }
});

/* The number of step 1 and its whole title are on the first screen of a phone. */
const tryFirstScreen = (files) => withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
  for (const file of files) {
    await page.goto(url(file));
    const bottom = await page.evaluate(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("li.step > .step-title > .v-text"));
      return range.getBoundingClientRect().bottom;
    });
    check("first screen: step 1: " + nameOf(file), bottom <= 640, `ends at ${bottom}`);
  }
});

/* --- all of it --- */

const built = pagesBelow(out);
const isPage = (file) => file.includes(path.sep + "html" + path.sep) || isShelf(file);
const pages = built.filter(isPage);
const singles = built.filter((file) => !isPage(file));
const files = all ? pages : sample(pages);
const opened = new Opened();
const distinct = files.filter((file) => opened.isNew(file)).slice(0, first || undefined);
const forms = pages.filter((file) => /complete-edition.*\/0-[cf]-\d+\.html$/.test(file))
  .filter((file, i) => all || i % 4 === 0 || file.endsWith("0-f-19.html"));
const procedures = distinct.filter((file) => /\/[a-z]+-[op]-\d+\.html$/.test(file) && !file.includes("en+es"));
/* The shelf of one handbook in every format, which has more to show. */
const shelfOfAll = path.join(out, "..", "alone", "services", "index.html");

function tryLinks() {
  const links = wrongLinks(out, built);
  check(`links: ${links.followed} lead somewhere`, links.followed > 10000 && links.wrong.length === 0, links.wrong.slice(0, 12).join("\n    "));
  check("links: some lead to other readers' handbooks", links.readers > 100, String(links.readers));
}

function tryKinds() {
  const missing = missingKinds(distinct, pages);
  check("kinds: a page of every kind of element is opened", missing.length === 0, missing.slice(0, 12).join("\n    "));
}

function tryMarkup() {
  const wrong = wrongMarkup(vnu, distinct);
  check(`vnu: ${distinct.length} pages without errors`, wrong.length === 0, wrong.slice(0, 10).join("\n    "));
}

/* What is tried, in this order. */
const tests = [
  ["links", tryLinks],
  ["kinds", tryKinds],
  ["pages", () => lookAtAll("pages", distinct.concat(shelfOfAll), look)],
  ["single files", () => all && lookAtAll("single files", singles, lookAtSingle)],
  ["search: words", () => tryWords("edu-teacher")],
  ["search: procedures", () => tryProcedures("edu-teacher")],
  ["search: words of others", () => tryForeignWords("edu-teacher")],
  ["search: what is asked", tryAsks],
  ["search: accents", () => tryAccents("complete-edition")],
  ["languages", scripts.tryLanguages],
  ["role switch", scripts.tryReaders],
  ["copied links", scripts.tryCopy],
  ["out of date", scripts.tryOutdated],
  ["keys", scripts.tryKeys],
  ["ticks", scripts.tryTicks],
  ["ticks by class", () => scripts.tryTicksByClass(pages)],
  ["terms", scripts.tryTerms],
  ["forms", () => tryForms(forms)],
  ["single: en", () => trySingle(single("edu-teacher", "en"))],
  ["single: es", () => trySingle(single("edu-teacher", "es"))],
  ["single: side by side", () => trySingle(single("edu-teacher", "en+es"))],
  ["side by side", () => tryFacing(site("edu-teacher", "en+es", "edu-o-01.html"))],
  ["no scripts", () => tryWithoutScripts(onePerName(distinct).concat(["en", "es", "en+es"].map((lang) => single("edu-teacher", lang))))],
  ["first screen", () => tryFirstScreen(procedures)],
  ["print", () => tryPrint(procedures.slice(0, all ? undefined : 12))],
  ["vnu", tryMarkup],
];

/* One that breaks off is a failure; the others are tried all the same. */
for (const [name, run] of (first ? tests.slice(0, 3) : tests).filter(([name]) => name.startsWith(only))) {
  const from = seconds();
  try {
    await run();
  } catch (error) {
    check(name + ": broke off", false, String(error.stack || error));
  }
  if (seconds() - from > 5) console.log(`${name}: ${seconds() - from} s`);
}
await browser.close();
console.log(`${files.length} pages, ${distinct.length} opened, light and dark, 320 and 1280 px: ${seconds()} s`);
finish();
