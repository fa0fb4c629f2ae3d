/*
 * Which of many built pages a browser need not be shown, because it was shown the like. Used by
 * check.mjs. The rule, for each page, as bytes:
 *   1. Struck out: the handbook's name in data-handbook (a key of the session's storage) and the ten
 *      digits of the edition's code. Neither is text that wraps, and both are always there.
 *   2. Cut out: what tells whose handbook this is and what stands beside the page in it: <title>, the
 *      second line of the running head, the name of the site, and the navs trail, turn and readers.
 *      Each is a box of its own, laid out from nothing but its own content; its tags stay in the page.
 *   3. The targets of links in what was cut out count for nothing here; links.mjs follows every one.
 *   4. The bytes of the style sheets and scripts that the page loads belong to the page.
 * A page is opened unless the rest of it and everything cut out of it were each opened before. So of
 * two pages that differ in any other byte both are opened, and so is the first with a longer title,
 * another pair of neighbours, or another reader.
 */
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const digest = (text) => crypto.createHash("sha256").update(text).digest("base64");
const struck = /(?<=data-handbook=")[^"]*|(?<=class="v-code">)[0-9a-f]{10}(?=<)|(?<=(?:Edition code|Código de la edición) )[0-9a-f]{10}(?=<)/g;
const cut = /<title>[^<]+<\/title>|<div class="v-running".*?<\/div>|<p class="v-site">.*?<\/p>|<nav class="v-(?:trail|turn|readers)".*?<\/nav>/gs;
const loaded = /<(?:link rel="stylesheet" href|script src)="([^"]+)"/g;
const target = /(?:href|data-page)="[^"]*"/g;
const text = />[^<>]+</g;

/* What was cut out, as the boxes it is laid out in. */
function boxesOf(piece) {
  if (piece.startsWith("<title")) return [];
  if (piece.startsWith('<div class="v-running"')) return [piece.match(/<p>.*?<\/p>/gs)[1]];
  const bare = piece.replace(target, "");
  if (bare.startsWith('<nav class="v-readers"')) return bare.match(/<li.*?<\/li>/gs) || [bare];
  return [bare];
}

/* What stays of it in the page. */
function frameOf(piece) {
  if (piece.startsWith('<div class="v-running"')) return piece.replace(/(<\/p>)<p>.*?<\/p>/s, "$1<p></p>");
  return piece.replace(target, "").replace(text, "><");
}

/* Remembers what was opened. isNew(FILE) tells if FILE is to be opened too, and counts it as opened. */
export class Opened {
  #seen = new Set();
  #files = new Map();

  #digestOf(file) {
    if (!this.#files.has(file)) this.#files.set(file, digest(fs.readFileSync(file)));
    return this.#files.get(file);
  }

  isNew(file) {
    const boxes = [];
    const page = fs.readFileSync(file, "utf8").replace(struck, "");
    const rest = page.replace(cut, (piece) => { boxes.push(...boxesOf(piece)); return frameOf(piece); });
    const parts = [...page.matchAll(loaded)].map((match) => this.#digestOf(path.join(path.dirname(file), match[1])));
    const lang = page.match(/<html[^>]*>/)[0];
    const keys = [digest([rest, ...parts].join("\n")), ...boxes.map((box) => digest(lang + box))];
    const unseen = keys.filter((key) => !this.#seen.has(key));
    unseen.forEach((key) => this.#seen.add(key));
    return unseen.length > 0;
  }
}
