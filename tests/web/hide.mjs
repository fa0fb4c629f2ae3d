/*
 * Nobody's CSS or stylesheet hides what protects people. Usage: node hide.mjs FOLDER [--only NAME]
 * FOLDER is for scratch. Every way of hide.tsv is given to vade as the look of a small project (golden
 * base "hand", with one of each kind of protect.def): either it is refused, or Chromium must show all
 * that it shows without the look. Shown is what a picture tells: the page is drawn with and without
 * the letters of what protects, and every stretch of them must make a difference in both. So that this
 * test can fail, each way in CSS is also put into the page past vade: then something must be missing.
 * Looks that are allowed ("ok-…") must be built, and are looked at in light and dark, on a phone and in
 * print; also in the single file, the facing edition and the EPUB.
 * Last line: N passed, N failed.
 */
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { spawnSync } from "node:child_process";
import { browser, check, finish, out, pagesBelow, url } from "./harness.mjs";

const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : "";
const vade = path.resolve("build/vade");
const ways = fs.readFileSync("tests/web/hide.tsv", "utf8").split("\n").filter((line) => line && line[0] !== "#")
  .map((line) => { const [kind, name, medium, seen, text] = line.split("\t"); return { kind, name, medium, seen, text }; })
  .filter((way) => !only || way.name === only);
/* The classes of protect.def; what is there to be looked at is found out without a look. */
const classes = [...fs.readFileSync("compiler/model/protect.def", "utf8").matchAll(/^PROTECT\("[^"]*", "[^"]*", "([^"]*)"\)/gm)].map((m) => m[1]);
const media = { light: [1280, "light", "screen"], dark: [1280, "dark", "screen"], phone: [320, "light", "screen"], print: [800, "light", "print"] };

/* --- the project --- */

const sheet = (body) => `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:db="http://docbook.org/ns/docbook" xmlns:v="urn:vademecum:1" exclude-result-prefixes="db v">
  <xsl:import href="vade:html.xsl"/>${body}</xsl:stylesheet>`;

const more = `<caution xml:id="c1"><para>Mind the road.</para></caution>
  <important role="safeguard" xml:id="g1"><para>No questions about guilt.</para></important>
  <para xml:id="n1">Call <phrase v:param="emergency-number">112</phrase>.</para>`;

/* A copy of the base with one of each kind, and a look. */
function project(css, xsl) {
  const folder = path.join(out, "project");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync("tests/golden/base/hand", folder, { recursive: true });
  for (const lang of ["en", "es"]) {
    const file = path.join(folder, lang, "book.xml");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("</warning>", "</warning>" + more)
      .replace(/(v:default="yes"><title>.*?<\/title>)/, '$1<para role="because" xml:id="b1">The child comes first.</para>')
      .replace('v:actor="clerk"', 'v:actor="clerk" v:standin="guard"'));
  }
  const names = [css === null ? "" : ' css="look.css"', xsl === null ? "" : ' stylesheet="look.xsl"'].join("");
  const file = path.join(folder, "vade.xml");
  if (names) fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("<axes ", `<look${names}/><axes `));
  if (css !== null) fs.writeFileSync(path.join(folder, "look.css"), css);
  if (xsl !== null) fs.writeFileSync(path.join(folder, "look.xsl"), sheet(xsl));
  return folder;
}

/* Builds it as a draft, so that DRAFT is there. Returns the status and what was said. */
function build(folder, name, ...rest) {
  const target = path.join(out, name);
  fs.rmSync(target, { recursive: true, force: true });
  const ran = spawnSync(vade, ["build", "-q", folder, "-o", target, "--draft", "--handbook", "guard", ...rest], { encoding: "utf8" });
  return { status: ran.status, said: ran.stderr, target };
}

/* --- pictures: 8-bit RGB or RGBA, not interlaced --- */

function readPng(bytes) {
  const width = bytes.readUInt32BE(16), height = bytes.readUInt32BE(20), channels = bytes[25] === 6 ? 4 : 3;
  const parts = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  const raw = zlib.inflateSync(Buffer.concat(parts)), size = width * channels, data = Buffer.alloc(size * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (size + 1)], line = y * (size + 1) + 1, to = y * size;
    for (let x = 0; x < size; x++) {
      const a = x >= channels ? data[to + x - channels] : 0, b = y ? data[to + x - size] : 0, c = x >= channels && y ? data[to + x - size - channels] : 0;
      let add = 0;
      if (filter === 1) add = a;
      else if (filter === 2) add = b;
      else if (filter === 3) add = (a + b) >> 1;
      else if (filter === 4) {
        const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c);
        add = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      }
      data[to + x] = raw[line + x] + add & 255;
    }
  }
  return { width, height, channels, data };
}

const luma = (picture, at) => 0.3 * picture.data[at] + 0.59 * picture.data[at + 1] + 0.11 * picture.data[at + 2];

/* How many pixels of a box differ well between the two. */
function difference(a, b, box) {
  let count = 0;
  const right = Math.min(Math.ceil(box.x + box.width), a.width, b.width), bottom = Math.min(Math.ceil(box.y + box.height), a.height, b.height);
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++)
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++)
      if (Math.abs(luma(a, (y * a.width + x) * a.channels) - luma(b, (y * b.width + x) * b.channels)) >= 60) count++;
  return count;
}

/* --- what is shown --- */

/* In the page: the stretches of text of what protects, in order, with their boxes. */
function findTexts(classes) {
  const found = [], seen = new Set(), times = new Map();
  for (const name of classes)
    for (const element of document.getElementsByClassName(name)) {
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const text = node.data.trim();
        if (!/[\p{L}\p{N}]/u.test(text) || seen.has(node)) continue;
        seen.add(node);
        const range = document.createRange();
        range.selectNodeContents(node);
        const key = name + ": " + text.replace(/\b[0-9a-f]{10}\b/, "CODE"), time = (times.get(key) || 0) + 1;
        times.set(key, time);
        found.push({ key: `${key} #${time}`, letters: text.replace(/\s/g, "").length,
          size: parseFloat(getComputedStyle(node.parentElement).fontSize),
          boxes: [...range.getClientRects()].map((r) => ({ x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height })) });
      }
    }
  return found;
}

/* The keys of what the page shows in a medium: letters that leave pixels where they stand. */
async function look(page, medium, most = 1280) {
  const [width, colorScheme, type] = media[medium];
  await page.setViewportSize({ width: Math.min(width, most), height: 800 });
  await page.emulateMedia({ colorScheme, media: type });
  const texts = await page.evaluate(findTexts, classes);
  const shot = async () => readPng(await page.screenshot({ fullPage: true, animations: "allow", caret: "hide", scale: "css" }));
  const whole = await shot();
  await page.evaluate((names) => {
    const style = document.createElement("style");
    style.id = "without-letters";
    style.textContent = names.map((n) => `.${n}.${n}.${n}.${n}, .${n}.${n}.${n}.${n} *`).join(",") +
      "{ color: transparent !important; -webkit-text-fill-color: transparent !important; text-shadow: none !important }";
    document.head.append(style);
  }, classes);
  const without = await shot();
  await page.evaluate(() => document.getElementById("without-letters").remove());
  return new Set(texts.filter((text) => text.size >= 7 &&
    text.boxes.reduce((sum, box) => sum + difference(whole, without, box), 0) >= Math.max(4, 3 * text.letters)).map((text) => text.key));
}

const missing = (wanted, shown) => [...wanted].filter((key) => !shown.has(key));

/* --- all --- */

const plain = build(project(null, null), "plain", "--to", "html,single,epub");
check("hide: the project builds without a look", plain.status === 0, plain.said);
const facing = build(path.join(out, "project"), "plain-facing", "--to", "html", "--lang", "en+es");
check("hide: it builds side by side", facing.status === 0, facing.said);
const taskOf = (target) => path.join(target, "all/guard/en/html/lost-01.html");

const context = await browser.newContext({ deviceScaleFactor: 1 });
const page = await context.newPage();
/* What is shown without a look, by page and medium. */
const wanted = new Map();
async function shownPlainly(file, medium) {
  const key = medium + " " + file;
  if (!wanted.has(key)) {
    await page.goto(url(file));
    wanted.set(key, await look(page, medium));
  }
  return wanted.get(key);
}

/* Each kind is there to be looked at on some page. */
const all = new Set();
for (const name of ["lost-01.html", "index.html"])
  for (const medium of ["light", "print"])
    for (const key of await shownPlainly(path.join(plain.target, "all/guard/en/html", name), medium)) all.add(key.split(":")[0]);
const markup = fs.readFileSync(taskOf(plain.target), "utf8") + fs.readFileSync(path.join(plain.target, "all/guard/en/html/index.html"), "utf8");
for (const name of classes)
  check(`hide: ${name} is on a page`, name === "v-phones" || new RegExp(`class="[^"]*(?<![\\w-])${name}(?![\\w-])`).test(markup));
check("hide: enough is looked at", all.size >= 10, [...all].join(" "));

/* Past vade: the picture must tell. What does not protect is taken off the page, for small pictures. */
const bare = new Map();
async function lookAtBare(css, medium, file) {
  await page.goto(url(file));
  await page.evaluate(() => document.querySelectorAll(".v-raci, .v-drawn, .v-facts, .v-readers, .v-turn, .v-trail, .v-footnotes, #v-before")
    .forEach((node) => node.remove()));
  if (css) await page.addStyleTag({ content: css });
  return look(page, medium, 600);
}
async function tryPast(way) {
  const file = way.seen === "index" ? taskOf(plain.target).replace("lost-01", "index") : taskOf(plain.target);
  const key = way.medium + file;
  if (!bare.has(key)) bare.set(key, await lookAtBare("", way.medium, file));
  const lost = missing(bare.get(key), await lookAtBare(way.text, way.medium, file));
  check(`hide: the test sees ${way.name}`, lost.length > 0, way.text);
}

function unpack(file, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  spawnSync("python3", ["-m", "zipfile", "-e", file, folder]);
  return pagesOf(folder, ".xhtml");
}
const pagesOf = (folder, suffix) => fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(suffix)).sort()
  .map((name) => path.join(folder, name));

/* Nothing is missing that was there without the look. */
async function lookAtFile(way, file, target, from, sizes) {
  for (const medium of sizes) {
    const before = await shownPlainly(path.join(from, path.relative(target, file)), medium);
    await page.goto(url(file));
    const lost = missing(before, await look(page, medium));
    check(`hide: ${way.name}: ${path.relative(target, file)} in ${medium}`, before.size > 2 && lost.length === 0, lost.slice(0, 3).join(" | "));
  }
}

/* The page of a procedure in every medium; of the rest what is narrowest. */
async function tryAllowed(way, folder, made) {
  const site = path.join(made.target, "all/guard/en");
  const book = path.join(out, "book"), plainBook = path.join(out, "plain-book");
  const chapter = (files) => files.find((name) => name.includes("lost-01"));
  await lookAtFile(way, taskOf(made.target), made.target, plain.target, Object.keys(media));
  await lookAtFile(way, path.join(site, "html/index.html"), made.target, plain.target, ["phone"]);
  await lookAtFile(way, path.join(site, "guard.en.html"), made.target, plain.target, ["phone"]);
  if (!fs.existsSync(plainBook)) unpack(path.join(plain.target, "all/guard/en/guard.en.epub"), plainBook);
  await lookAtFile(way, chapter(unpack(path.join(site, "guard.en.epub"), book)), book, plainBook, ["phone"]);
  const both = build(folder, "facing", "--to", "html", "--lang", "en+es");
  check(`hide: ${way.name}: side by side`, both.status === 0, both.said);
  if (both.status === 0)
    await lookAtFile(way, chapter(pagesBelow(both.target)), both.target, facing.target, ["dark"]);
}

let refused = 0, shown = 0;
for (const way of ways) {
  const isCss = way.kind.endsWith("css"), allowed = way.kind.startsWith("ok");
  const folder = project(isCss ? way.text : null, isCss ? null : way.text);
  const made = build(folder, "site", "--to", "html,single,epub");
  if (made.status !== 0) {
    refused++;
    check(`hide: ${way.kind} ${way.name} is allowed`, !allowed, made.said);
    check(`hide: ${way.kind} ${way.name} is refused for what it is`, [1, 4].includes(made.status) && /look\.(css|xsl):\d+:\d+: error: .*\[V06(2[5-9]|3[0-9])\]/.test(made.said), made.said);
  } else {
    shown++;
    await tryAllowed(way, folder, made);
  }
  if (way.kind === "css" && way.seen !== "no") await tryPast(way);
}
console.log(`ways to hide: ${ways.length}, ${refused} refused, ${shown} shown whole`);
await browser.close();
fs.rmSync(out, { recursive: true, force: true });
finish();
