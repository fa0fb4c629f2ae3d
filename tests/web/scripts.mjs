/*
 * What the script of a page can do, one function a thing: the same place in another language or
 * handbook, copied links, keys, ticks, terms, the word when the edition is out of date. Used by
 * check.mjs. Where it matters also what there is without scripts.
 */
import fs from "node:fs";
import path from "node:path";
import { axe, check, explain, lookAtOpen, nameOf, out, pageText, single, site, url, withPage } from "./harness.mjs";

const procedure = "EDU-O-02";
const file = (handbook, lang) => site(handbook, lang, "edu-o-02.html");
const step = (number) => `[id="${procedure}.s${number}"]`;
const focused = (page) => page.evaluate(() => document.activeElement.id);

/* Waits until what FUNCTION says of the page is true. Tells if it came to be. */
const comes = (page, what, given) => page.waitForFunction(what, given, { timeout: 30000 }).then(() => true, () => false);

const isInSight = (page, id) => comes(page, (id) => {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box && box.top < innerHeight && box.bottom > 0;
}, id);

export const tryLanguages = () => withPage({}, async (page) => {
  await page.goto(url(file("edu-teacher", "en")) + `#${procedure}.s6`);
  await page.click("nav.v-languages a");
  check("language switch: lands on the same step", page.url() === url(file("edu-teacher", "es")) + `#${procedure}.s6`, page.url());
  check("language switch: the step is in sight", await isInSight(page, procedure + ".s6"));
  await page.goto(url(path.join(out, "..", "english", "services", "edu-teacher", "en", "html", path.basename(file("edu-teacher", "en")))));
  check("language switch: none where there is one language", await comes(page, () => document.querySelector("nav.v-languages") === null));
});

/* --- the same procedure in the handbook of another role --- */

export async function tryReaders() {
  for (const lang of ["en", "es"]) {
    await withPage({}, (page) => switchWithScripts(page, lang));
    await withPage({}, (page) => switchFromPart(page, lang));
    await withPage({ javaScriptEnabled: false }, (page) => switchWithout(page, lang));
    await withPage({}, (page) => switchToNothing(page, lang));
  }
}

async function switchWithScripts(page, lang) {
  await page.goto(url(file("edu-teacher", lang)) + `#${procedure}.s6`);
  await page.click('nav.v-readers a[href*="edu-wellbeing"]');
  check(`role switch: lands on the same step: ${lang}`, page.url() === url(file("edu-wellbeing", lang)) + `#${procedure}.s6`, page.url());
  check(`role switch: it is the same procedure: ${lang}`, await page.locator(`h1[id="${procedure}"]`).count() === 1);
  check(`role switch: the step is in sight: ${lang}`, await isInSight(page, procedure + ".s6"));
}

/* Of a step that another role takes its handbook may hold no parts. */
async function switchFromPart(page, lang) {
  await page.goto(url(file("edu-teacher", lang)) + `#${procedure}.s5.1`);
  await page.click('nav.v-readers a[href*="edu-wellbeing"]');
  check(`role switch: a part that is not there leads to its step: ${lang}`,
    await comes(page, (hash) => location.hash === hash, `#${procedure}.s5`) && await isInSight(page, procedure + ".s5"), page.url());
}

/* The entry of the handbook on the shelf, from there its first page, and there the procedure. */
async function switchWithout(page, lang) {
  await page.goto(url(file("edu-teacher", lang)));
  await page.click("nav.v-readers a");
  const shelf = url(path.join(out, "services", "index.html")) + "#h-edu-wellbeing";
  check(`role switch: leads to the shelf without scripts: ${lang}`, page.url() === shelf, page.url());
  await page.click(`[id="h-edu-wellbeing"] a[href="edu-wellbeing/${lang}/html/index.html"]`);
  check(`role switch: and from there on: ${lang}`, await page.locator('main a[href^="edu-o-02.html"]').count() > 0, page.url());
}

/* Where the other handbook was not built the shelf says so. */
async function switchToNothing(page, lang) {
  const alone = path.join(out, "..", "alone", "services");
  await page.goto(url(path.join(alone, "edu-teacher", lang, "html", "edu-o-02.html")) + `#${procedure}.s6`);
  await page.click("nav.v-readers a");
  check(`role switch: stays on the shelf if there is no such handbook: ${lang}`,
    page.url() === url(path.join(alone, "index.html")) + "#h-edu-wellbeing", page.url());
  check(`role switch: which has an entry for it: ${lang}`, await page.locator("#h-edu-wellbeing").isVisible());
}

/* --- a link to a place, copied --- */

export async function tryCopy() {
  await withPage({ permissions: ["clipboard-read", "clipboard-write"] }, copyByKey);
  for (const [name, script] of Object.entries(withoutClipboard))
    await withPage({}, async (page) => { await page.addInitScript(script); await copyInVain(page, name); });
}

async function copyByKey(page) {
  const address = url(file("edu-teacher", "es")) + `#${procedure}.s6`;
  await page.goto(url(file("edu-teacher", "es")) + "#v-before");
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  check("copy: every step and section has a button", await page.evaluate(() =>
    [...document.querySelectorAll("main li.step[id] > .step-title, main section > h2[id]")].every((head) => head.querySelector("button.v-copy"))));
  const button = page.locator(step(6) + " > .step-title button.v-copy");
  check("copy: the button says what it copies", /Copiar un enlace a este lugar: .*reparación/.test(await button.getAttribute("aria-label")));
  await button.focus();
  await page.keyboard.press("Enter");
  check("copy: it is said", await comes(page, () =>
    [...document.querySelectorAll("[role=status]")].some((e) => e.textContent === document.getElementById("v-tools").dataset.copied)));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check("copy: the address with the place", copied === address, copied);
  await page.goto(copied);
  check("copy: leads to the place", await isInSight(page, procedure + ".s6"));
}

const withoutClipboard = {
  "no clipboard": () => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }),
  "a clipboard that refuses": () => { navigator.clipboard.writeText = () => Promise.reject(new Error("refused")); },
};

async function copyInVain(page, name) {
  await page.goto(url(file("edu-teacher", "en")));
  await page.click(step(6) + " > .step-title button.v-copy");
  check(`copy: goes to the place, ${name}`, await comes(page, (id) => location.hash === id, `#${procedure}.s6`));
  check(`copy: nothing is said, ${name}`, await page.evaluate(() => ![...document.querySelectorAll("[role=status]")].some((e) => e.textContent !== "")));
}

/* --- out of date --- */

const words = { en: "may be out of date", es: "puede estar desfasada" };

export async function tryOutdated() {
  for (const lang of ["en", "es"]) {
    for (const page of [file("edu-teacher", lang), site("edu-teacher", lang, "index.html"), single("edu-teacher", lang)])
      await tryDates(page, lang);
  }
}

async function tryDates(file, lang) {
  const name = nameOf(file);
  const review = fs.readFileSync(file, "utf8").match(/data-review="([^"]*)"/)[1];
  const daysAfter = (days) => new Date(Date.parse(review + "T12:00:00Z") + days * 86400000);
  for (const [days, late] of [[-1, false], [0, false], [1, true]])
    await withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
      await page.clock.setFixedTime(daysAfter(days));
      await page.goto(url(file));
      const notice = page.locator("#v-outdated");
      check(`out of date: ${name}, day ${days}`, await notice.isVisible() === late);
      if (late) await lookAtNotice(page, notice, name, lang, review);
    });
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url(file));
    check(`out of date: no false alarm without scripts: ${name}`, await page.locator("#v-outdated").isHidden());
    check(`out of date: the date is told without scripts: ${name}`, (await page.innerText("footer .v-colophon")).includes(review));
  });
}

async function lookAtNotice(page, notice, name, lang, review) {
  const text = await notice.innerText();
  check(`out of date: it says so and since when: ${name}`, text.includes(words[lang]) && text.includes(review), text);
  check(`out of date: it is on the first screen: ${name}`, (await notice.boundingBox()).y < 320);
  await page.evaluate(pageText);
  check(`out of date: nothing is cut off: ${name}`, (await page.evaluate(() => pageText.cut())).length === 0);
  if (!name.includes("edu-o-02")) return;
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => axe.run("#v-outdated", { resultTypes: ["violations"] }));
    check(`out of date: axe: ${name}, ${colorScheme}`, found.violations.length === 0, explain(found));
  }
}

/* --- keys --- */

export const tryKeys = () => withPage({}, async (page) => {
  const here = url(site("edu-teacher", "en", "edu-o-02.html"));
  const press = async (key) => { await page.keyboard.press(key); await page.waitForTimeout(150); await page.waitForLoadState(); };
  const expect = async (name, key, want) => {
    await press(key);
    check("keys: " + name, page.url() === want, page.url());
  };
  await page.goto(here);
  const [before, after] = await Promise.all(["prev", "next"].map((rel) => page.locator(`a[rel=${rel}]`).first().evaluate((link) => link.href)));
  check("keys: there are pages to turn to", before !== after && before !== here && after !== here);
  await expect("right turns to the next page", "ArrowRight", after);
  await expect("left turns back", "ArrowLeft", here);
  await expect("left turns to the previous page", "ArrowLeft", before);
  await expect("right turns to the next page again", "ArrowRight", here);
  await expect("Alt and an arrow are the browser's", "Alt+ArrowRight", here);
  await page.focus("#v-query");
  await expect("no page is turned while typing", "ArrowRight", here);
  await page.keyboard.type("a?/b");
  check("keys: what is typed stays text", await page.inputValue("#v-query") === "a?/b" && !(await page.locator("dialog").isVisible()));
  await press("Escape");
  check("keys: Esc empties the search", await page.inputValue("#v-query") === "");
  await page.focus("main .v-scroll");
  await expect("an arrow scrolls what scrolls", "ArrowRight", here);
  await page.evaluate(() => document.activeElement.blur());
  await tryHelp(page, press, here);
});

async function tryHelp(page, press, here) {
  const help = page.locator("dialog.v-help");
  await press("?");
  check("keys: ? opens the help", await help.isVisible());
  await lookAtOpen(page, "the help");
  check("keys: the help names the keys", /Left and right arrows.*Esc/is.test(await help.innerText()), await help.innerText());
  await press("?");
  await press("ArrowRight");
  check("keys: no page is turned below the help", page.url() === here && await help.isVisible());
  await press("Escape");
  check("keys: Esc closes it", await help.isHidden());
  await press("?");
  await help.locator("button").nth(1).click();
  check("keys: so does its button", await help.isHidden());
  await press("?");
  await help.locator("button").first().click();
  check("keys: off closes it", await help.isHidden());
  for (const [when, reload] of [["off", false], ["off on the next page too", true]]) {
    if (reload) await page.reload();
    for (const key of ["?", "/", "ArrowRight"]) await press(key);
    check("keys: " + when, page.url() === here && await help.isHidden() && await focused(page) !== "v-query");
  }
  await page.locator("button.v-keys").click();
  check("keys: the button opens the help", await help.isVisible());
  await help.locator("button").first().click();
  await press("?");
  check("keys: on again", await help.isVisible());
}

/* --- ticks --- */

/* They last for the session, belong to one handbook in all its languages, and go with a new case. */
export const tryTicks = () => withPage({ viewport: { width: 390, height: 800 } }, async (page) => {
  const isTicked = async (handbook, lang) => {
    await page.goto(url(file(handbook, lang)));
    return page.isChecked(step(2) + " > .v-tick");
  };
  const steps = page.locator("main li.step");
  await page.goto(url(site("edu-teacher", "en", "iac-o-01.html")));
  check("ticks: there are own steps and others'", await steps.and(page.locator(".m-brief")).count() > 0 && await page.locator(".v-tick").count() > 0);
  check("ticks: own steps have a box each, others' have none", await steps.evaluateAll((all) =>
    all.every((one) => one.classList.contains("m-brief") !== Boolean(one.querySelector(":scope > .v-tick")))));
  await page.goto(url(site("police-officer", "en", "env-o-01.html")));
  check("ticks: none on others' decisions", await page.locator("li.v-branch.m-brief").count() > 0 && await page.locator(".m-brief > .v-tick").count() === 0);
  await page.goto(url(file("edu-teacher", "en")));
  check("ticks: a box says which step it is", /2/.test(await page.getAttribute(step(2) + " > .v-tick", "aria-label")));
  await page.focus(step(2) + " > .v-tick");
  await page.keyboard.press("Space");
  await page.reload();
  check("ticks: kept within the session", await page.isChecked(step(2) + " > .v-tick"));
  check("ticks: no other step is ticked", await page.locator(".v-tick:checked").count() === 1);
  check("ticks: the same in the other language", await isTicked("edu-teacher", "es"));
  check("ticks: not in another handbook", !(await isTicked("edu-wellbeing", "es")));
  await page.check(step(2) + " > .v-tick");
  await page.click(".v-new-case");
  check("ticks: gone with a new case", !(await isTicked("edu-wellbeing", "es")));
  check("ticks: but not those of the other handbook", await isTicked("edu-teacher", "es"));
  check("ticks: nothing outlasts the session", await page.evaluate(() => localStorage.length + document.cookie.length) === 0);
});

/* Where there is case data nothing is ticked: PAGES are looked at, as written, and one is opened. */
export async function tryTicksByClass(pages) {
  const count = { cas: 0, other: 0 };
  for (const page of pages) {
    const text = fs.readFileSync(page, "utf8");
    if (!text.includes('id="v-tools"')) continue;
    const isCas = /<dd class="v-class">(?:Case-confidential|Confidencial de caso)</.test(text);
    const ticks = text.match(/id="v-tools"[^>]*>/)[0].includes("data-ticks");
    count[isCas ? "cas" : "other"]++;
    check("ticks: by the class of the page: " + nameOf(page), ticks !== isCas);
  }
  check("ticks: there are pages of both classes", count.cas > 10 && count.other > 10, JSON.stringify(count));
  for (const lang of ["en", "es", "en+es"]) await withPage({}, async (page) => {
    await page.goto(url(site("edu-teacher", lang, "edu-o-01.html")));
    check(`ticks: none on a page of class cas: ${lang}`, await page.locator("li.step").count() > 0
      && await page.locator(".v-tick, .v-new-case").count() === 0);
    await page.goto(url(single("edu-teacher", lang)));
    const ticked = await page.evaluate(() => ["EDU-O-01.s1", "EDU-O-02.s2"]
      .map((id) => document.querySelectorAll(`[id="${id}"] .v-tick`).length > 0).join());
    check(`ticks: nor in a single file: ${lang}`, ticked === "false,true", ticked);
  });
}

/* --- a term is explained where it stands --- */

export const tryTerms = () => withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
  await page.goto(url(site("edu-teacher", "es", "edu-o-01.html")));
  await page.focus("main a.v-term");
  check("terms: focus tells the meaning", await comes(page, () => document.getElementById("v-tip").textContent.length > 10)
    && await page.locator("#v-tip").isVisible());
  await lookAtOpen(page, "a term explained");
  await page.keyboard.press("Escape");
  check("terms: Esc hides it", await page.isHidden("#v-tip"));
});
