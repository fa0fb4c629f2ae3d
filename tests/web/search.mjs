/*
 * What the search of a handbook finds, and what it must not. Used by check.mjs.
 */
import fs from "node:fs";
import { check, lookAtOpen, site, url, withPage } from "./harness.mjs";

const phone = { viewport: { width: 390, height: 800 } };

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
  check("search: ñ is a letter of its own", (await search(page, "nino")).join() !== (await search(page, "niño")).join());
  check("search: a beginning finds", (await search(page, "protecc")).length > 0);
  check("search: nothing is said to be nothing", (await search(page, "xyzzyx")).length === 0);
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

/* Words that only other handbooks of the shelf show are not found. */
export const tryForeignWords = (handbook) => withPage(phone, async (page) => {
  const words = (name) => new Set(fs.readFileSync(site(name, "en", "search.js"), "utf8").toLowerCase().match(/\p{L}{3,}/gu));
  const own = [...words(handbook)];
  const foreign = [...words("complete-edition")]
    .filter((word) => word.length > 5 && !own.some((o) => o.startsWith(word.slice(0, 4))));
  check("search: the complete edition has words of its own", foreign.length > 5);
  await page.goto(url(site(handbook, "en", "index.html")));
  for (const word of foreign.slice(0, 20))
    check("search: a word of others is not found: " + word, (await search(page, word)).length === 0);
});

/* Whether its accents are typed or not, a word finds the same places in the same order. */
export const tryAccents = (handbook) => withPage({}, async (page) => {
  const accented = [...new Set(fs.readFileSync(site(handbook, "es", "search.js"), "utf8").split("vadeIndex(")[1].replaceAll("\\u001e", " ").toLowerCase()
    .match(/\p{L}{4,}/gu))].filter((word) => /[áéíóúü]/.test(word)).sort();
  const asked = ["policía", "policías", "víctima", "término", ...accented.filter((word, i) => i % Math.ceil(accented.length / 60) === 0)];
  await page.goto(url(site(handbook, "es", "index.html")));
  check("search: there are accented words", accented.length > 300, String(accented.length));
  for (const word of asked) {
    const typed = await search(page, word);
    const without = await search(page, word.replace(/[áéíóúü]/g, (letter) => "aeiouu"["áéíóúü".indexOf(letter)]));
    check(`search: ${word} finds the same without accents`, typed.length > 0 && typed.join() === without.join(), `${typed.length}, ${without.length}`);
  }
});

/* What people say, and the procedure that helps: accents or not. */
const asks = [
  ["es", "respiracion", "pol-o-04.html"], ["es", "respiración", "pol-o-04.html"], ["es", "respiraciones", "pol-o-04.html"],
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
