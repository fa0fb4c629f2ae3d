/*
 * Everyday queries (queries.tsv, frozen) asked of built handbooks as a page asks them, without a
 * browser: FOLDER is what `vade build manual -o FOLDER --to html` made. At least 85 of 100 have the
 * wanted procedure among the first three, none is without a procedure. --all prints every query.
 * Last line: N passed, N failed.
 */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { fileURLToPath } from "node:url";

const GOAL = 0.85, SHOWN = 3;
const folder = process.argv[2];
const all = process.argv.includes("--all");
const rows = fs.readFileSync(fileURLToPath(new URL("queries.tsv", import.meta.url)), "utf8")
  .split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));

/* The index of a handbook as its pages read it. */
const indexes = new Map();
function indexOf(handbook, lang) {
  const file = path.join(folder, "services", handbook, lang, "html", "search.js");
  if (!indexes.has(file)) {
    const parts = [];
    const context = vm.createContext({ vadeIndex: (...part) => parts.push([part[0], part[1], context.vadeStem, part[2]]) });
    vm.runInContext(fs.readFileSync(file, "utf8"), context);
    indexes.set(file, context.vadeFind(parts));
  }
  return indexes.get(file);
}

let passed = 0, failed = 0;
function check(name, holds) {
  if (holds) { passed++; return; }
  failed++;
  console.log("FAILED " + name);
}

const first = { en: 0, es: 0 }, asked = { en: 0, es: 0 };
for (const [lang, query, wanted, handbook] of rows) {
  const found = indexOf(handbook, lang).find(query).hits.filter((hit) => hit.entry.isProcedure).map((hit) => hit.entry.id);
  const at = found.indexOf(wanted);
  asked[lang]++;
  if (at >= 0 && at < SHOWN) first[lang]++;
  if (all || at < 0 || at >= SHOWN)
    console.log(`${lang} "${query}" in ${handbook}: ${wanted} is ${at < 0 ? "not found" : "number " + (at + 1)} of ${found.length} (${found.slice(0, SHOWN).join(", ")})`);
  check(`queries: ${lang} "${query}" finds a procedure`, found.length > 0);
}
for (const lang of ["en", "es"]) {
  console.log(`${lang}: the wanted procedure is among the first ${SHOWN} for ${first[lang]} of ${asked[lang]}`);
  check(`queries: ${lang}: ${first[lang]} of ${asked[lang]}, wanted are ${Math.ceil(asked[lang] * GOAL)}`, first[lang] >= asked[lang] * GOAL);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
