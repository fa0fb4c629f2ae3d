/*
 * Runs in an opened page, also in one without scripts of its own: what of its text a reader cannot
 * read. harness.mjs gives it to the pages.
 *   pageText.cut()          what ends outside the screen or is clipped by a box, a line each.
 *                           What a reader can scroll sideways, by keys too, is not cut.
 *   pageText.lost(written)  where what is shown of WRITTEN, the page's file, first differs from it;
 *                           "" if all of it is shown. Blanks do not count.
 */
window.pageText = (function () {
  "use strict";
  /* Parts whose text is no text of the page, or is for the ear by design. */
  const silent = "script, style, svg title, svg desc, textarea, option, .v-vh, .v-skip:not(:focus), button.v-copy";
  /* Parts whose text has to be shown whole. */
  const whole = "main, footer";

  function* textsOf(root) {
    const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (/\S/.test(node.data) && !node.parentElement.closest(silent)) yield node;
  }

  function rectsOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
  }

  /* On a phone the head of a table is for the ear, if each cell shows the name of its column; the
     first is the title of its row. */
  function isInCells(node) {
    const head = node.parentElement.closest("table.v-stack > thead th");
    const table = head && head.closest("table");
    if (!head || getComputedStyle(table.tHead).clipPath === "none") return false;
    return head.cellIndex === 0 || [...table.querySelectorAll("tbody > tr")].map((row) => row.cells[head.cellIndex])
      .every((cell) => !cell.textContent.trim() || getComputedStyle(cell, "::before").content.includes(head.textContent.trim()));
  }

  const isShown = (node) => isInCells(node)
    || (node.parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && rectsOf(node).length > 0);

  /* --- what is cut: a frame is where the text inside of an element may stand --- */
  const free = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
  let frames;

  function frameOf(element) {
    if (!element) return { ...free, left: 0, right: document.documentElement.clientWidth };
    if (!frames.has(element)) frames.set(element, narrowed(frameOf(element.parentElement), element));
    return frames.get(element);
  }

  function narrowed(frame, element) {
    const style = getComputedStyle(element);
    const overflow = style.overflowX + style.overflowY;
    if (style.display === "inline" || !/auto|scroll|hidden|clip/.test(overflow)) return frame;
    if (/auto|scroll/.test(style.overflowX) && element.tabIndex >= 0) return free;
    const box = element.getBoundingClientRect();
    return {
      left: Math.max(frame.left, box.left), right: Math.min(frame.right, box.right),
      top: Math.max(frame.top, box.top), bottom: Math.min(frame.bottom, box.bottom),
    };
  }

  /* A pixel more is a rounded one. */
  const isOutside = (rect, frame) => rect.left < frame.left - 1 || rect.right > frame.right + 1
    || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1;

  function cut() {
    const found = [];
    frames = new Map();
    for (const node of textsOf(document.body)) {
      const frame = frameOf(node.parentElement);
      const rect = rectsOf(node).find((rect) => isOutside(rect, frame));
      if (rect && isShown(node) && !isInCells(node)) found.push(`"${node.data.trim().slice(0, 40)}" ${Math.round(rect.left)}-${Math.round(rect.right)} px`);
    }
    return found;
  }

  /* --- what is lost --- */
  function wordsOf(page, isWanted) {
    return [...page.querySelectorAll(whole)].map((part) => [...textsOf(part)].filter(isWanted)
      .map((node) => node.data.replace(/[\s\u00ad\u200b]+/g, "")).join("")).join("\n");
  }

  function lost(written) {
    const wanted = wordsOf(new DOMParser().parseFromString(written, "text/html"), () => true);
    const got = wordsOf(document, isShown);
    if (wanted === got) return "";
    let at = 0;
    while (wanted[at] === got[at]) at++;
    return `"${wanted.slice(at, at + 40)}", shown is "${got.slice(at, at + 40)}"`;
  }

  return { cut, lost };
})();
