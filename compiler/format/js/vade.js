/*
 * What a page can do when scripts run: search, tick boxes, copied links,
 * terms explained where they stand, keys, a word when the edition is out of
 * date. Everything else works without. Asks no server, stores ticks for the
 * browser's session only, and sends nothing.
 */
(function () {
  "use strict";
  /* A page that moved leads to where it is; with a script, to the same place in it. */
  var moved = document.getElementById("v-moved");
  if (moved) location.replace(moved.href + location.hash);
  var tools = document.getElementById("v-tools");
  if (!tools) return;
  var say = tools.dataset;
  var single = document.body.classList.contains("v-single");

  function make(name, attributes, text) {
    var node = document.createElement(name);
    for (var key in attributes || {}) node.setAttribute(key, attributes[key]);
    if (text) node.textContent = text;
    return node;
  }
  function store(key, value) {
    try {
      if (value === undefined) return sessionStorage.getItem(key);
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
    } catch (e) { /* storage is refused: ticks last as long as the page */ }
    return null;
  }
  var status = make("p", { role: "status", "class": "v-vh" });
  document.body.appendChild(status);

  /* --- the index: read when it is first wanted, with what finds in it (find.js) --- */
  var index = null, waiting = [], parts = window.vadeParts || [];
  window.vadeIndex = function (lang, rows, more) { parts.push([lang, rows, window.vadeStem, more]); };
  function prepare() {
    index = window.vadeFind(parts);
    waiting.splice(0).forEach(function (then) { then(); });
  }
  function withIndex(then) {
    if (index) return then();
    waiting.push(then);
    if (waiting.length > 1) return undefined;
    if (parts.length) return prepare();
    var script = make("script", { src: "search.js" });
    script.addEventListener("load", prepare);
    return document.head.appendChild(script);
  }
  function addressOf(entry) {
    return single ? "#" + (document.getElementById(entry.id) ? entry.id : "v-main") : entry.page + (entry.id ? "#" + entry.id : "");
  }

  /* A stretch of the text around the first hit, hits marked. */
  function snippet(text, keys) {
    var node = make("span", { "class": "v-snippet" });
    var hits = [], match, start, letters = /[\p{L}\p{N}]+/gu;
    while ((match = letters.exec(text)) && hits.length < 40) {
      if (index.keysOf(match[0].toLowerCase().normalize("NFC")).some(function (key) { return keys.has(key); }))
        hits.push([match.index, match.index + match[0].length]);
    }
    start = hits.length ? Math.max(0, text.lastIndexOf(" ", Math.max(0, hits[0][0] - 50))) : 0;
    var end = text.indexOf(" ", start + 170);
    if (end < 0) end = text.length;
    var at = start;
    if (start > 0) node.append("…");
    hits.forEach(function (hit) {
      if (hit[0] < at || hit[1] > end) return;
      node.append(text.slice(at, hit[0]), make("mark", {}, text.slice(hit[0], hit[1])));
      at = hit[1];
    });
    node.append(text.slice(at, end), end < text.length ? "…" : "");
    return node;
  }

  /* --- search --- */
  var form = make("form", { role: "search", "class": "v-search" });
  var label = make("label", { "for": "v-query" }, say.search);
  var input = make("input", { id: "v-query", type: "search", autocomplete: "off", spellcheck: "false" });
  var results = make("ol", { "class": "v-results" });
  var count = make("p", { role: "status", "class": "v-count" });
  var wayOn = make("div", { "class": "v-way-on" });
  form.append(label, input, count, results, wayOn);
  tools.append(form);
  tools.hidden = false;
  /* A reference of the list has no title: its first words name it. */
  function nameOf(entry) { return entry.title || entry.text.split(" ").slice(0, 8).join(" ") || entry.top.title; }
  /* A procedure once, by its best part; any other place by itself, with the page it is on. */
  function resultOf(hit, keys) {
    var item = make("li", { lang: hit.entry.lang }), page = hit.entry, row = hit.row, where;
    var target = page.isProcedure ? page : row;
    var label = page.isProcedure && page.id ? page.id + " " : "";
    item.append(make("a", { href: addressOf(target) }, label + nameOf(target)));
    if (target !== row) {
      where = make("span", { "class": "v-where" });
      where.append("→ ", make("a", { href: addressOf(row) }, nameOf(row)));
      item.append(where);
    } else if (row.top !== row) item.append(make("span", { "class": "v-where" }, row.top.title));
    item.append(snippet(row === page && page.when ? page.when.replace(/\u001e/g, " ").trim() : row.text, keys));
    return item;
  }
  /* The way on that there always is: what is happening, and whom to call. */
  function addWayOn(isEmpty) {
    parts.forEach(function (part) {
      var more = part[3] || { pages: [] }, list = make("ul", { role: "list" });
      if (isEmpty) more.pages.forEach(function (page) {
        var of = index.entries.find(function (e) { return e.page === page && e.lang === part[0]; });
        if (!of) return;
        var item = make("li");
        if (of.when) item.append(make("span", { "class": "v-snippet" }, of.when.replace(/\u001e/g, " ").trim()));
        item.append(make("a", { href: addressOf(of) }, (of.id ? of.id + " " : "") + of.title));
        list.append(item);
      });
      else if (more.pages.length) {
        var home = make("li");
        home.append(make("a", { href: (single ? "" : "index.html") + "#v-situations" }, more.ask));
        list.append(home);
      }
      if (more.call) {
        var call = make("li");
        call.append(make("a", { href: "tel:" + more.call[0] }, more.call[1]), " " + more.call[2]);
        list.prepend(call);
      }
      if (!list.firstChild) return;
      list.lang = part[0];
      if (isEmpty && more.pages.length) wayOn.append(make("p", { lang: part[0] }, more.ask));
      wayOn.append(list);
    });
  }
  function show() {
    var query = input.value.trim();
    results.textContent = wayOn.textContent = count.textContent = "";
    if (query.length < 2) return;
    withIndex(function () {
      var found = index.find(query), all = found.hits;
      results.textContent = wayOn.textContent = "";
      count.textContent = (all.length ? say.found.replace("%", all.length) : say.none) +
        (found.instead.length ? ". " + parts[0][3].instead + ": " + found.instead.join(", ") : "");
      all.slice(0, 30).forEach(function (hit) { results.append(resultOf(hit, found.keys)); });
      addWayOn(found.isGuess || !all.some(function (hit) { return hit.entry.isProcedure; }));
    });
  }
  var timer;
  /* Read while the first word is being typed. */
  input.addEventListener("focus", function () { withIndex(function () {}); }, { once: true });
  input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(show, 80); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    var first = form.querySelector(".v-results a, .v-way-on a");
    if (first) first.focus();
  });
  form.addEventListener("keydown", function (event) {
    var links = [].slice.call(form.querySelectorAll(".v-results a, .v-way-on a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
    else if (event.key === "Escape") { input.value = ""; show(); input.focus(); }
    else return;
    event.preventDefault();
  });

  /* --- steps: a box to tick, for this session of the browser only --- */
  var main = document.getElementById("v-main") || document.body;
  /* A page says if its steps are ticked; in a single file each of its pages does. */
  var steps = single ? main.querySelectorAll(".v-one[data-ticks] li.step[id]")
    : tools.hasAttribute("data-ticks") ? main.querySelectorAll("li.step[id]") : [];
  var prefix = "vade:" + (say.handbook || "") + ":";
  [].forEach.call(steps, function (step) {
    var head = step.querySelector(".step-title");
    if (!head || /\bm-brief\b/.test(step.className)) return;
    /* "Step 1 Listen": the words of its heading. */
    var box = make("input", { type: "checkbox", "class": "v-tick", "aria-label": say.done + ": " + head.textContent.replace(/\s+/g, " ").trim() });
    box.checked = store(prefix + step.id) === "1";
    box.addEventListener("change", function () { store(prefix + step.id, box.checked ? "1" : null); });
    head.parentNode.insertBefore(box, head);
    step.classList.add("v-ticked");
  });
  if (main.querySelector(".v-tick")) {
    var again = make("button", { type: "button", "class": "v-new-case" }, say.newCase);
    again.addEventListener("click", function () {
      try {
        Object.keys(sessionStorage).forEach(function (key) {
          if (key.indexOf(prefix) === 0) sessionStorage.removeItem(key);
        });
      } catch (e) { /* nothing was kept */ }
      [].forEach.call(main.querySelectorAll(".v-tick"), function (box) { box.checked = false; });
      status.textContent = say.newCase;
    });
    tools.append(again);
  }

  /* --- a link to a place, copied --- */
  [].forEach.call(main.querySelectorAll("section[id] > h2, section[id] > h3, li.step[id] > .step-title, section > h2[id]"), function (head) {
    var id = head.id || head.parentNode.id;
    var button = make("button", { type: "button", "class": "v-copy", "aria-label": say.copy + ": " + head.textContent.trim() }, "#");
    button.addEventListener("click", function () {
      var address = location.href.split("#")[0] + "#" + id;
      function done() { status.textContent = say.copied; button.textContent = "✓"; }
      if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, function () { location.hash = id; });
      else location.hash = id;
    });
    head.append(" ", button);
  });

  /* --- tables on a phone: a row below another, each cell with the name of its column. Only where a
     column has one name and no cell spans; the others scroll in their box. --- */
  var roles = { THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  [].forEach.call(main.querySelectorAll(".v-scroll > table"), function (table) {
    var heads = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0].cells : [];
    if (heads.length < 3 || table.querySelector("[colspan], [rowspan], table, caption")) return;
    table.classList.add("v-stack");
    table.setAttribute("role", "table");
    [].forEach.call(table.querySelectorAll("thead, tbody, tfoot, tr, td, th"), function (part) {
      part.setAttribute("role", roles[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
    });
    [].forEach.call(table.querySelectorAll("tbody > tr, tfoot > tr"), function (row) {
      [].forEach.call(row.cells, function (cell, i) { if (i && heads[i]) cell.dataset.head = heads[i].textContent.trim(); });
    });
  });

  /* --- terms: their meaning on focus and hover --- */
  var tip = make("div", { role: "tooltip", id: "v-tip", "class": "v-tip", hidden: "" });
  main.append(tip);
  function hide() { tip.hidden = true; }
  function explain(link) {
    var id = decodeURIComponent(link.hash.slice(1));
    withIndex(function () {
      var lang = link.closest("[lang]").lang;
      function is(e) { return e.id === id; }
      var entry = index.entries.find(function (e) { return is(e) && e.lang === lang; }) || index.entries.find(is);
      if (!entry || !entry.text) return;
      var box = link.getBoundingClientRect();
      tip.textContent = entry.text;
      if (entry.title && entry.text.indexOf(entry.title) === 0)
        tip.replaceChildren(make("strong", {}, entry.title), ": " + entry.text.slice(entry.title.length).trim());
      tip.hidden = false;
      tip.style.left = Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8)) + scrollX + "px";
      tip.style.top = box.bottom + scrollY + 4 + "px";
      link.setAttribute("aria-describedby", "v-tip");
    });
  }
  [].forEach.call(main.querySelectorAll("a.glossterm, .glossterm a, a.v-term"), function (link) {
    if (!link.hash) return;
    ["mouseenter", "focus"].forEach(function (on) { link.addEventListener(on, function () { explain(link); }); });
    link.addEventListener("blur", hide);
    link.addEventListener("mouseleave", function () { setTimeout(function () { if (!tip.matches(":hover")) hide(); }, 200); });
  });
  tip.addEventListener("mouseleave", hide);

  /* --- the same place in another language, unless this copy lacks it --- */
  function keepPlace(link) {
    link.addEventListener("click", function () { if (location.hash) link.hash = location.hash; });
  }
  var languages = [].slice.call(document.querySelectorAll("nav.v-languages a"));
  languages.forEach(keepPlace);

  /* --- and in another handbook: straight there, where the shelf says that it has it --- */
  var readers = [].slice.call(document.querySelectorAll("nav.v-readers a"));
  window.vadeShelf = function (sites) {
    function has(handbook, lang) { return (sites[handbook] || []).includes(lang); }
    languages.forEach(function (link) {
      if (!has(say.handbook, link.hreflang)) link.parentNode.remove();
    });
    if (languages.length && !document.querySelector("nav.v-languages a")) document.querySelector("nav.v-languages").remove();
    readers.forEach(function (link) {
      var page = link.dataset.page, at = page.split("/");
      if (!has(at[0], at[1])) return;
      link.href = "../../../" + page;
      keepPlace(link);
    });
  };
  if (readers.length || languages.length) document.body.append(make("script", { src: "../../../shelf.js" }));

  /* A place that this handbook does not have is looked for in the step that it is part of. */
  var place = location.hash.slice(1);
  while (place && !document.getElementById(place)) place = place.slice(0, Math.max(0, place.lastIndexOf(".")));
  if (place && place !== location.hash.slice(1)) location.replace("#" + place);

  /* --- out of date --- */
  var late = document.getElementById("v-outdated");
  if (late && new Date().toISOString().slice(0, 10) > late.getAttribute("data-review")) late.hidden = false;

  /* --- keys: "/" searches, arrows turn pages, "?" tells; off while typing --- */
  var keysOff = store("vade:keys") === "off";
  document.addEventListener("keydown", function (event) {
    var at = document.activeElement;
    if (event.key === "Escape") hide();
    if (event.ctrlKey || event.metaKey || event.altKey || keysOff || help.open) return;
    if (at && (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable || form.contains(at))) return;
    var turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var link = turn && document.querySelector("a[rel=" + turn + "]");
    if (at && at.closest && at.closest(".v-scroll")) return;
    if (event.key === "/") input.focus();
    else if (event.key === "?") showHelp();
    else if (link) link.click();
    else return;
    event.preventDefault();
  });
  var help = make("dialog", { "class": "v-help", "aria-label": say.keys });
  var list = make("p", {}, say.keysText);
  var off = make("button", { type: "button" });
  var close = make("button", { type: "button" }, say.close);
  var keys = make("button", { type: "button", "class": "v-keys" }, say.keys);
  function showHelp() {
    off.textContent = keysOff ? say.keysOn : say.keysOff;
    help.showModal();
  }
  off.addEventListener("click", function () {
    keysOff = !keysOff;
    store("vade:keys", keysOff ? "off" : null);
    help.close();
  });
  keys.addEventListener("click", showHelp);
  tools.append(keys);
  close.addEventListener("click", function () { help.close(); });
  help.append(list, off, close);
  document.body.append(help);
})();
