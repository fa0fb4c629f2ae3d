/*
 * Do the parts of check.mjs see what they must? Usage: node selftest.mjs FOLDER, a build of
 * manual/ (html). Changes copies of one page by a row of a table each. Last line: N passed, N failed.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Opened } from "./distinct.mjs";
import { browser, check, finish, out as built, pageText, url, vnu, withPage } from "./harness.mjs";
import { missingKinds, withEveryKind } from "./kinds.mjs";
import { wrongLinks } from "./links.mjs";
import { wrongMarkup } from "./vnu.mjs";

const site = path.join(built, "services", "edu-teacher", "en", "html");
const original = fs.readFileSync(path.join(site, "edu-o-01.html"), "utf8");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "selftest-"));

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
  ["the code of the edition", changed(/(class="v-code">)[0-9a-f]{10}/, "$10123456789"), false],
  ["the title", changed(/<title>[^<]*/, "<title>Other"), false],
  ["a target in the trail", changed(/(<nav class="v-trail".*?href=")[^"]*/s, "$1other.html"), false],
  ["a code that is none", changed(/(class="v-code">)[0-9a-f]{10}/, "$10123456789a"), true],
  ["the words of the trail", changed(/(<nav class="v-trail".*?href="[^"]*">)/s, "$1A much longer name of what is above "), true],
  ["the name of the site", changed(/(<p class="v-site">.*?>)([^<]+)</s, "$1Another handbook<"), true],
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
  ["a reader who has no such procedure", changed(/(<main.*<\/main>)/s, '$1<a href="index.html" data-page="edu-teacher/en/html/nowhere.html">x</a>')],
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

/* A kind of element that is only on a page which is not opened. */
const kinds = [
  ["nothing", original, false],
  ["a word", changed(/<main /, "<!-- other --><main "), false],
  ["an element", changed(/<main /, "<aside></aside><main "), true],
  ["a class", changed(/<li class="step/, '<li class="other step'), true],
  ["a role", changed(/ role="note"/, ' role="alert"'), true],
  ["an attribute for scripts", changed(/<main /, '<main data-other="x" '), true],
  ["the language", changed(/<html lang="en"/, '<html lang="es"'), true],
];

function tryKinds() {
  const first = path.join(site, "edu-o-01.html");
  kinds.forEach(([name, page, want], i) => {
    const other = path.join(scratch, `kind-${i}.html`);
    fs.writeFileSync(other, page);
    check("kinds: missing: " + name, (missingKinds([first], [first, other]).length > 0) === want);
    check("kinds: in the sample: " + name, withEveryKind([first], [first, other]).includes(other) === want);
  });
}

/* What is planted before the text, and what of its words is then cut, and not shown. */
const word = "Unbreakable".repeat(8);
const table = (classes = "") => `<table${classes}><thead><tr><th>One</th><th>Two</th><th>Three</th></tr></thead>`
  + "<tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>";
const planted = [
  ["nothing", "<p>Word</p>", false, false],
  ["a long word beside the screen", `<p style="white-space:nowrap">${word}</p>`, true, false],
  ["a word left of the screen", '<p style="margin-left:-90px">Word</p>', true, false],
  ["a row that does not wrap", `<p style="display:flex"><span style="flex:none">${word}</span><span>Word</span></p>`, true, false],
  ["clipped by its box", `<p style="overflow:hidden;white-space:nowrap">${word}</p>`, true, false],
  ["too high for its box", '<p style="overflow:hidden;height:9px">Word</p>', true, false],
  ["scrolls, also by keys", `<p style="overflow-x:auto;white-space:nowrap" tabindex="0">${word}</p>`, false, false],
  ["scrolls, not by keys", `<p style="overflow-x:auto;white-space:nowrap">${word}</p>`, true, false],
  ["for the ear", '<p class="v-vh">Word</p>', false, false],
  ["a table that is stacked", `<div class="v-scroll" tabindex="0">${table()}</div>`, false, false],
  ["a table that is stacked, its cells without names", table(' class="v-stack"'), true, false],
  ["not displayed", "<p hidden>Word</p>", false, true],
  ["invisible", '<p style="visibility:hidden">Word</p>', false, true],
  ["transparent", '<p style="opacity:0">Word</p>', false, true],
  ["of no size", '<p style="font-size:0">Word</p>', false, true],
  ["folded away", "<details><summary>Word</summary><p>Word</p></details>", false, true],
  ["not folded away", "<details open><summary>Word</summary><p>Word</p></details>", false, false],
  ["taken away by a script", "<p id='gone'>Word</p><script>document.getElementById('gone').remove()</script>", false, true],
];

async function tryText(page) {
  const file = path.join(site, "planted.html");
  for (const [name, html, cut, lost] of planted) {
    fs.writeFileSync(file, original.replace(/<main [^>]*>/, "$&" + html));
    await page.goto(url(file));
    await page.evaluate(pageText);
    const found = await page.evaluate((written) => [pageText.cut().length > 0, pageText.lost(written) !== ""], fs.readFileSync(file, "utf8"));
    check("text: cut off: " + name, found[0] === cut);
    check("text: not shown: " + name, found[1] === lost);
  }
  fs.rmSync(file);
}

function tryMarkup() {
  const good = path.join(site, "edu-o-01.html");
  const bad = path.join(scratch, "bad.html");
  fs.writeFileSync(bad, changed(/<main /, "<center>Word</center><main "));
  check("vnu: a good page", wrongMarkup(vnu, [good]).length === 0);
  check("vnu: a bad page, in the last portion", wrongMarkup(vnu, [good, good, bad], { portion: 2 }).length > 0);
  check("vnu: a page that is not there", wrongMarkup(vnu, [path.join(scratch, "nowhere.html")]).length > 0);
  check("vnu: no validator", wrongMarkup(bad, [good]).length > 0);
  check("vnu: no java", wrongMarkup(vnu, [good], { java: path.join(scratch, "java") }).length > 0);
  check("vnu: it ends early", wrongMarkup(vnu, [good], { java: "false" }).length > 0);
}

tryPages();
tryLinks();
tryKinds();
await withPage({ viewport: { width: 320, height: 640 } }, tryText);
tryMarkup();
fs.rmSync(scratch, { recursive: true });
await browser.close();
finish();
