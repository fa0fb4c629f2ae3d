/*
 * What comes out on paper: forms that are filled in, and procedures. Used by check.mjs.
 */
import { check, nameOf, url, withPage } from "./harness.mjs";

/* A form is filled in, printed on one sheet (and one to be kept apart), cleared, and forgotten. */
export const tryForms = (files) => withPage({ viewport: { width: 390, height: 800 } }, async (page) => {
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const sheets = async () => ((await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) || []).length;
  for (const file of files) {
    const name = nameOf(file);
    await page.goto(url(file));
    const wanted = (await page.locator(".v-sheet").count());
    const got = await sheets();
    check("form: a sheet of paper each: " + name, got === wanted, `${got}, not ${wanted}`);
    const fields = page.locator("textarea, input");
    check("form: has fields: " + name, (await fields.count()) > 1);
    check("form: every field has a name: " + name,
      await page.evaluate(() => [...document.querySelectorAll("textarea, input")].every((e) => e.labels.length === 1 && e.labels[0].textContent.trim() !== "")));
    for (const field of await fields.all())
      if (await field.evaluate((e) => e.tagName) === "TEXTAREA") await field.fill("Secreto 4711");
      else await field.check();
    requests.length = 0;
    const field = await page.$("textarea, input");
    await field.press("Enter");
    check("form: nothing is sent: " + name, requests.length === 0 && page.url() === url(file), requests.join());
    check("form: nothing is stored: " + name, await page.evaluate(() => {
      try { return localStorage.length + sessionStorage.length + document.cookie.length; } catch (e) { return 0; }
    }) === 0);
    await page.click("button[type=reset]");
    check("form: cleared: " + name, await page.evaluate(() => [...document.querySelectorAll("textarea, input")].every((e) => e.type === "textarea" ? e.value === "" : !e.checked)));
  }
  /* What is written is printed whole, however long. */
  const long = files.find((file) => file.endsWith("0-f-19.html"));
  await page.goto(url(long));
  await page.locator("textarea").nth(1).fill(Array.from({ length: 60 }, (_, i) => `línea ${i}`).join("\n"));
  await page.emulateMedia({ media: "print" });
  check("form: long text is printed whole", await page.locator("textarea").nth(1).evaluate((e) => e.scrollHeight <= e.clientHeight + 1));
});

/* On paper a drawing stands on one sheet, or not at all; a step has one square, ticked as it was. */
export const tryPrint = (files) => withPage({ viewport: { width: 700, height: 1000 } }, async (page) => {
  const sheet = 215 * 96 / 25.4;
  let shown = 0;
  for (const file of files) {
    await page.goto(url(file));
    const box = await page.$(".v-tick");
    if (box) await box.check();
    await page.emulateMedia({ media: "print" });
    const { heights, boxes, marks } = await page.evaluate(() => ({
      heights: [...document.querySelectorAll(".v-drawn svg")].map((svg) => svg.getBoundingClientRect().height).filter((height) => height > 0),
      boxes: [...document.querySelectorAll(".v-tick")].filter((tick) => tick.getClientRects().length > 0).length,
      marks: [...document.querySelectorAll(".v-ticked > .step-title")].map((title) => getComputedStyle(title, "::before").content),
    }));
    shown += heights.length;
    const name = nameOf(file);
    check("print: a drawing stands on a sheet: " + name, heights.every((height) => height <= sheet), heights.join());
    check("print: a step has one square: " + name, boxes === 0);
    check("print: the first is ticked, no other: " + name, marks.every((mark, i) => (mark === '"✓"') === (i === 0)), marks.join());
    await page.emulateMedia({ media: "screen" });
  }
  check("print: there are drawings", shown > 0);
});
