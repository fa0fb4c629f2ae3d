/*
 * What kinds of element pages hold, and a sample of pages that holds them all. Used by check.mjs.
 * A kind is a language, a name, the classes, and the attributes that pick a style: role and type
 * with their values, data-... by name. Pages are written by one serialiser: attributes stand in
 * double quotes, and no "<" or ">" in them.
 */
import fs from "node:fs";

const tag = /<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi;
const attribute = /\s(class|role|type|data-[a-z-]+)="([^"]*)"/g;

function kindOf(name, attributes) {
  const parts = [...attributes.matchAll(attribute)].map(([, key, value]) => key === "class"
    ? value.split(/\s+/).map((one) => "." + one).sort().join("")
    : key.startsWith("data-") ? `[${key}]` : `[${key}=${value}]`);
  return name + parts.sort().join("");
}

const known = new Map();

/* The kinds of elements in FILE, a set. */
export function kindsOf(file) {
  if (!known.has(file)) {
    const page = fs.readFileSync(file, "utf8");
    const lang = page.match(/<html[^>]* lang="([^"]*)"/)[1];
    known.set(file, new Set([...page.matchAll(tag)].map(([, name, attributes]) => lang + " " + kindOf(name, attributes))));
  }
  return known.get(file);
}

/* SOME and, of PAGES, each that holds a kind that none before it held. */
export function withEveryKind(some, pages) {
  const seen = new Set(some.flatMap((file) => [...kindsOf(file)]));
  const more = pages.filter((file) => {
    const unseen = [...kindsOf(file)].filter((kind) => !seen.has(kind));
    unseen.forEach((kind) => seen.add(kind));
    return unseen.length > 0;
  });
  return [...new Set([...some, ...more])];
}

/* The kinds that PAGES hold and OPENED do not, and where: a line each. */
export function missingKinds(opened, pages) {
  const seen = new Set(opened.flatMap((file) => [...kindsOf(file)]));
  const missing = new Map();
  for (const file of pages)
    for (const kind of kindsOf(file)) if (!seen.has(kind) && !missing.has(kind)) missing.set(kind, file);
  return [...missing].map(([kind, file]) => `${kind} of ${file}`);
}
