/*
 * Do distinct.mjs and links.mjs see what they must? Usage: node selftest.mjs FOLDER, a build of
 * manual/ (html). Changes copies of one page by a row of a table each. Last line: N passed, N failed.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Opened } from "./distinct.mjs";
import { wrongLinks } from "./links.mjs";

const built = path.resolve(process.argv[2]);
const site = path.join(built, "services", "edu-teacher", "en", "html");
const original = fs.readFileSync(path.join(site, "edu-o-01.html"), "utf8");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "selftest-"));
let passed = 0;
let failed = 0;

function check(name, holds) {
  holds ? passed++ : failed++;
  if (!holds) console.log("FAILED " + name);
}

/* A change that finds nothing to change proves nothing. */
function changed(from, to) {
  const page = original.replace(from, to);
  if (page === original) throw new Error("nothing to change: " + from);
  return page;
}

/* What is changed in the page, and whether a browser has to be shown the page again. */
const pages = [
  ["nothing", original, false],
  ["the name of the handbook in storage", changed(/data-handbook="[^"]*"/, 'data-handbook="other"'), false],
  ["the code of the edition", changed(/(class="code">)[0-9a-f]{10}/, "$10123456789"), false],
  ["the title", changed(/<title>[^<]*/, "<title>Other"), false],
  ["a target in the trail", changed(/(<nav class="trail".*?href=")[^"]*/s, "$1other.html"), false],
  ["a code that is none", changed(/(class="code">)[0-9a-f]{10}/, "$10123456789a"), true],
  ["the words of the trail", changed(/(<nav class="trail".*?href="[^"]*">)/s, "$1A much longer name of what is above "), true],
  ["the name of the site", changed(/(<p class="site">.*?>)([^<]+)</s, "$1Another handbook<"), true],
  ["a word of a step", changed(/(<li class="step.*?<p>)/s, "$1Other "), true],
  ["a target in the text", changed(/(<main.*?<a [^>]*href=")[^"#]*/s, "$1other.html"), true],
  ["what a picture says", changed(/aria-label="/, 'aria-label="Other '), true],
  ["a class", changed(/<li class="step/, '<li class="other step'), true],
  ["the language", changed(/<html lang="en"/, '<html lang="es"'), true],
];

function tryPages() {
  const folder = path.join(scratch, "pages");
  fs.cpSync(site, folder, { recursive: true });
  const other = path.join(folder, "other.html");
  for (const [name, page, want] of pages) {
    const opened = new Opened();
    fs.writeFileSync(other, page);
    check("distinct: the first is opened", opened.isNew(path.join(folder, "edu-o-01.html")));
    check("distinct: " + name, opened.isNew(other) === want);
    check("distinct: the like is not opened again: " + name, !opened.isNew(other));
  }
  const styled = path.join(scratch, "styled");
  fs.cpSync(site, styled, { recursive: true });
  fs.appendFileSync(path.join(styled, "vade.css"), "main{width:900px}");
  const opened = new Opened();
  opened.isNew(path.join(folder, "edu-o-01.html"));
  check("distinct: another style sheet", opened.isNew(path.join(styled, "edu-o-01.html")));
}

/* What is changed in the page that makes it wrong. */
const wrong = [
  ["a page that is not there", changed(/(<main.*?<a [^>]*href=")[^"#]*/s, "$1nowhere.html")],
  ["a place that is not there", changed(/href="#v-main"/, 'href="#nowhere"')],
  ["an id twice", changed(/<main /, '<p id="v-main">x</p><main ')],
  ["a label of nothing", changed(/<main /, '<main aria-labelledby="nowhere" ')],
  ["no title", changed(/<title>[^<]*/, "<title>")],
];

function tryLinks() {
  /* Without the rest of its shelf: what leads there is wrong before anything is changed. */
  const folder = path.join(scratch, "built");
  const file = path.join(folder, path.relative(built, site), "edu-o-01.html");
  fs.cpSync(site, path.dirname(file), { recursive: true });
  const files = fs.readdirSync(path.dirname(file)).filter((name) => name.endsWith(".html"))
    .map((name) => path.join(path.dirname(file), name));
  const before = wrongLinks(folder, files).wrong.length;
  for (const [name, page] of wrong) {
    fs.writeFileSync(file, page);
    check("links: " + name, wrongLinks(folder, files).wrong.length > before);
  }
}

tryPages();
tryLinks();
fs.rmSync(scratch, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
