/*
 * What the search of a handbook finds, and what it must not. Used by check.mjs.
 */
import fs from "node:fs";
import vm from "node:vm";
import { check, lookAtOpen, site, url, withPage } from "./harness.mjs";

const phone = { viewport: { width: 390, height: 800 } };

/* The words of a handbook's index, in lower case. */
function wordsOf(handbook, lang) {
  const texts = [];
  const context = vm.createContext({ vadeIndex: (lang, rows) => rows.forEach((row) => texts.push(...row.slice(2))) });
  vm.runInContext(fs.readFileSync(site(handbook, lang, "search.js"), "utf8"), context);
  return new Set(texts.join(" ").toLowerCase().match(/\p{L}{3,}/gu));
}

/* Types a query and returns what is found. */
export async function search(page, words) {
  await page.fill("#v-query", words);
  await page.press("#v-query", "Enter");
  await page.waitForFunction(() => document.querySelector(".v-search .v-count").textContent !== "");
  return page.$$eval(".v-results a", (links) => links.map((a) => a.textContent + " " + a.getAttribute("href")));
}

export const tryWords = (handbook) => withPage(phone, async (page) => {
  await page.goto(url(site(handbook, "es", "index.html")));
  for (const [one, other] of [["protección", "proteccion"], ["menor", "menores"], ["atención", "atencion"], ["derivación", "derivaciones"]]) {
    const first = await search(page, one);
    const second = await search(page, other);
    check(`search: ${one} and ${other} find the same`, first.length > 0 && first.join() === second.join(), `${first.length}, ${second.length}`);
  }
  check("search: ñ is a letter of its own", (await search(page, "niño")).length > 0 && !(await page.textContent(".v-search .v-count")).includes("Se ha buscado"));
  check("search: nino is niño mistyped", (await search(page, "nino")).length > 0 && (await page.textContent(".v-search .v-count")).endsWith("Se ha buscado: niño"));
  check("search: a beginning finds", (await search(page, "protecc")).length > 0);
  check("search: nothing is said to be nothing", (await search(page, "xyzzyx")).length === 0);
  await tryWayOn(page);
  await page.press("body", "Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  check("search: / goes there", await page.evaluate(() => document.activeElement.id) === "v-query");
  await page.fill("#v-query", "seguridad");
  await page.waitForSelector(".v-results a");
  await lookAtOpen(page, "what is found");
  await page.keyboard.press("ArrowDown");
  check("search: an arrow goes to the first result", await page.evaluate(() => document.activeElement.matches(".v-results a")));
});

/* Where nothing fits there are the situations and the emergency number, and keys reach them. */
async function tryWayOn(page) {
  const links = () => page.$$eval(".v-way-on a", (all) => all.map((a) => a.getAttribute("href")));
  const way = await links();
  const situations = await page.$$eval(".v-situations li > a", (all) => all.map((a) => a.getAttribute("href")));
  check("search: nothing found: whom to call", way[0] === "tel:112", way.join());
  check("search: nothing found: the situations of the first page", situations.length > 1 && situations.every((href) =>
    way.some((to) => to.startsWith(href))), way.join());
  await lookAtOpen(page, "nothing found");
  await page.press("#v-query", "Enter");
  check("search: nothing found: Enter goes to whom to call", await page.evaluate(() => document.activeElement.getAttribute("href")) === "tel:112");
  await search(page, "el de la");
  check("search: nothing but stop words: the situations", (await links()).length === way.length);
  const found = await search(page, "protección");
  const home = await links();
  check("search: found: the way on is there too", found.length > 0 && home.join() === "tel:112,index.html#v-situations", home.join());
}

/* A procedure is one result, whose best part is named; an id is found however it is typed. */
export const tryProcedures = (handbook) => withPage(phone, async (page) => {
  await page.goto(url(site(handbook, "en", "index.html")));
  await search(page, "child");
  const heads = await page.$$eval(".v-results li > a", (all) => all.map((a) => a.textContent));
  check("search: a procedure is one result", heads.length > 1 && new Set(heads).size === heads.length, heads.join(" | "));
  const kinds = await page.$$eval(".v-results li > a", (all) => all.map((a) => /^[A-Z]{3}-[A-Z]-\d\d /.test(a.textContent)));
  check("search: procedures are before other pages", kinds.lastIndexOf(true) < (kinds.indexOf(false) + 1 || Infinity), kinds.join());
  for (const id of ["EDU-O-02", "eduo02", "edu o 2", "edu-o-2", "EDUO02"])
    check(`search: ${id} is found`, (await search(page, id))[0]?.startsWith("EDU-O-02 "));
  check("search: and its step", (await search(page, "EDU-O-02 step 6")).some((hit) => hit.endsWith("#EDU-O-02.s6")));
  await search(page, "nieghbour");
  check("search: what was taken for a mistyped word is said", (await page.textContent(".v-search .v-count")).includes("Searched for: neighbour"),
    await page.textContent(".v-search .v-count"));
});

/* Words that only other handbooks of the shelf show are not shown, whatever is found instead. */
export const tryForeignWords = (handbook) => withPage(phone, async (page) => {
  const own = [...wordsOf(handbook, "en")];
  const foreign = [...wordsOf("complete-edition", "en")]
    .filter((word) => word.length > 5 && !own.some((o) => o.startsWith(word.slice(0, 4))));
  check("search: the complete edition has words of its own", foreign.length > 5);
  await page.goto(url(site(handbook, "en", "index.html")));
  for (const word of foreign.slice(0, 20)) {
    await search(page, word);
    check("search: a word of others is not shown: " + word, !(await page.textContent(".v-search")).toLowerCase().includes(word));
  }
});

/* Whether its accents are typed or not, a word finds the same places in the same order. */
export const tryAccents = (handbook) => withPage({}, async (page) => {
  const accented = [...wordsOf(handbook, "es")].filter((word) => word.length > 3 && /[áéíóúü]/.test(word)).sort();
  const asked = ["policía", "policías", "víctima", "término", ...accented.filter((word, i) => i % Math.ceil(accented.length / 60) === 0)];
  await page.goto(url(site(handbook, "es", "index.html")));
  check("search: there are accented words", accented.length > 300, String(accented.length));
  let silent = 0;
  for (const word of asked) {
    const typed = await search(page, word);
    const without = await search(page, word.replace(/[áéíóúü]/g, (letter) => "aeiouu"["áéíóúü".indexOf(letter)]));
    check(`search: ${word} finds the same without accents`, typed.join() === without.join(), `${typed.length}, ${without.length}`);
    silent += typed.length === 0;
  }
  check("search: only stop words find nothing", silent < 5, String(silent));
});

/* What people say, and the procedure that helps: accents or not. */
const asks = [
  ["es", "respiracion", "pol-o-04.html"], ["es", "respiración", "pol-o-04.html"], ["es", "respiraciones", "pol-o-04.html"],
  ["es", "cachear", "pol-o-02.html"], ["es", "maltrato", "pol-o-05.html"], ["en", "rape", "pol-o-04.html"], ["en", "domestik violense", "pol-o-05.html"],
  ["en", "knife", "pol-o-02.html"], ["es", "viogen", "pol-o-05.html"], ["es", "agresión sexual", "pol-o-04.html"],
  ["en", "breathing", "pol-o-04.html"], ["en", "breathe", "pol-o-04.html"],
  ["es", "cacheo", "pol-o-02.html"], ["en", "pat-down", "pol-o-02.html"], ["en", "frisk", "pol-o-02.html"],
  ["es", "el marido pega", "pol-o-05.html"], ["en", "husband hits", "pol-o-05.html"], ["es", "moratones", "edu-o-01.html"],
  ["es", "botellon", "env-o-01.html"], ["es", "musica alta", "env-o-01.html"], ["en", "loud music", "env-o-01.html"],
  ["es", "ventanilla", "mgt-o-01.html"], ["en", "wheelchair", "urb-p-01.html"], ["es", "ordenes de alejamiento", "jus-o-03.html"],
];

export const tryAsks = () => withPage({}, async (page) => {
  for (const [lang, words, target] of asks) {
    await page.goto(url(site("complete-edition", lang, "index.html")));
    const found = await search(page, words);
    check(`search: "${words}" finds ${target}`, found.some((hit) => hit.includes(target)), found.slice(0, 5).join(" | "));
  }
});
