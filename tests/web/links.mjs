/*
 * Where the links of built pages lead, without a browser. Used by check.mjs, for every page of every
 * site, also those that are not opened. A link leads to a file of its own shelf and, with a fragment,
 * to an id on it; so do the places the search leads to; what names another element by its id
 * (labels, descriptions) finds it; a page has a title and no id twice.
 */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const entities = { amp: "&", lt: "<", gt: ">", quot: '"' };
const plain = (value) => value.replace(/&(amp|lt|gt|quot);/g, (all, name) => entities[name]);
/* Pages are written by one serialiser: attributes in double quotes, no "<" or ">" in them. */
const attribute = /\s(id|href|src|data-page|for|aria-labelledby|aria-describedby|aria-controls|headers)="([^"]*)"/g;
const elsewhere = /^(?:https?|mailto|tel|data):/;

function read(file) {
  const page = { ids: new Set(), twice: [], links: [], readers: [], named: [], title: false };
  const text = fs.readFileSync(file, "utf8");
  page.title = /<title>[^<]*\S[^<]*<\/title>/.test(text);
  for (const [tag] of text.matchAll(/<[a-z][^>]*>/gi))
    for (const [, name, value] of tag.matchAll(attribute))
      if (name === "id") (page.ids.has(value) ? page.twice.push(value) : page.ids.add(plain(value)));
      else if (name === "href" || name === "src") page.links.push(plain(value));
      else if (name === "data-page") page.readers.push(value);
      else page.named.push(...value.split(/\s+/).filter(Boolean));
  return page;
}

/* The places a search index leads to. The file is a classic script that calls vadeIndex; a row
   without a page is on that of the row before. */
function placesOf(file) {
  const places = [];
  let page = "";
  const window = { vadeIndex: (lang, rows) => places.push(...rows.map((row) => (page = row[0] || page) + (row[1] ? "#" + row[1] : ""))) };
  vm.runInNewContext(fs.readFileSync(file, "utf8"), Object.assign(window, { window }));
  return places;
}

/* What is wrong with FILES, pages below the folder OUT whose folders are shelves: a line each. */
export function wrongLinks(out, files) {
  const pages = new Map(files.map((file) => [file, read(file)]));
  const exists = new Map();
  const wrong = [];
  let followed = 0;
  let readers = 0;
  const isThere = (file) => {
    if (!exists.has(file)) exists.set(file, fs.existsSync(file));
    return exists.get(file);
  };
  const shelfOf = (file) => path.relative(out, file).split(path.sep)[0];
  const follow = (from, link) => {
    const [name, id] = link.split("#");
    const target = name ? path.resolve(path.dirname(from), decodeURIComponent(name)) : from;
    const page = pages.get(target);
    followed++;
    const isDoor = path.dirname(from) === out; /* above the shelves: leads to those that anybody may read */
    if (!isDoor && shelfOf(target) !== shelfOf(from)) wrong.push(`${from}: leaves its shelf: ${link}`);
    else if (!page && !isThere(target)) wrong.push(`${from}: no such file: ${link}`);
    else if (id && !(page && page.ids.has(decodeURIComponent(id)))) wrong.push(`${from}: no such id: ${link}`);
  };
  for (const [file, page] of pages) {
    page.links.filter((link) => !elsewhere.test(link)).forEach((link) => follow(file, link));
    /* Where a reader's handbook was built, the script leads straight to its page. */
    const straight = page.readers.filter((reader) => isThere(path.join(out, shelfOf(file), ...reader.split("/").slice(0, 2))));
    straight.forEach((reader) => follow(path.join(out, shelfOf(file), "index.html"), reader));
    readers += straight.length;
    wrong.push(...page.named.filter((id) => !page.ids.has(id)).map((id) => `${file}: names no element: ${id}`));
    wrong.push(...page.twice.map((id) => `${file}: id twice: ${id}`));
    if (!page.title) wrong.push(`${file}: no title`);
  }
  for (const folder of new Set(files.map((file) => path.dirname(file)))) {
    const index = path.join(folder, "search.js");
    if (isThere(index)) placesOf(index).forEach((place) => follow(index, place));
  }
  return { wrong: wrong.map((line) => line.replace(out + path.sep, "")), followed, readers };
}
