/*
 * Spanish words without their endings: the Snowball algorithm "spanish" as
 * libstemmer 2.2 has it, word for word the same (tests/stem.py). Input is in
 * lower case and composed (NFC).
 * Source: snowballstem.org/algorithms/spanish/stemmer.html
 */
var vadeStem = (function () {
  "use strict";
  function list(words) { return words.split(" "); }
  var pronouns = list("selas selos sela selo les las los nos me se la le lo");
  var gerunds = { "iéndo": "iendo", "ándo": "ando", "ár": "ar", "ér": "er", "ír": "ir", ando: "", iendo: "", ar: "", er: "", ir: "" };
  var plain = list("amientos imientos amiento imiento anzas ismos ables ibles istas anza icos icas ismo able ible ista osos osas ico ica oso osa");
  var doers = list("adoras adores aciones ancias adora ancia antes ación ador ante");
  var verbs = list("ieseis isteis asteis asemos iésemos iéramos ábamos áramos ásemos aríamos eríamos iríamos aríais eríais iríais ierais iríamos " +
    "aseis arais abais aréis eréis iréis aremos eremos iremos íamos arían arías erían erías irían irías arán arás erán erás irán irás aría ería iría " +
    "iendo ieron ieses iesen ieras ieran iese iera aban abas aron aran aras asen ases aste iste ando amos imos ados idos adas idas íais " +
    "aba ada ida ara ase ado ido ían ías ará aré erá eré irá iré áis ía ad ed id an as ió ar er ir ís");
  var weak = list("yeron yendo yamos yais yas yes yan yen ya ye yo yó");
  function vowel(c) { return c !== undefined && c !== "" && "aeiouáéíóúü".indexOf(c) >= 0; }
  /* The position after the next letter that is, or is not, a vowel; -1. */
  function past(word, at, wanted) {
    for (; at < word.length; at++) if (vowel(word[at]) === wanted) return at + 1;
    return -1;
  }
  function region(word, at) {
    at = past(word, at, true);
    return at < 0 ? -1 : past(word, at, false);
  }
  /* The longest of the endings, none being "" */
  function ending(word, endings, from) {
    var best = "", i, e;
    for (i = 0; i < endings.length; i++) {
      e = endings[i];
      if (e.length > best.length && word.length - e.length >= from && word.endsWith(e)) best = e;
    }
    return best;
  }
  var cut = function (word, count) { return word.slice(0, word.length - count); };
  var groups = [];
  function add(endings, then) { endings.forEach(function (e) { groups.push([e, then]); }); }
  /* Each: the word without the ending, the ending's start, R1, R2; null: no. */
  add(plain, function (w, at, r1, r2) { return at >= r2 ? w : null; });
  add(doers, function (w, at, r1, r2) { return at < r2 ? null : w.endsWith("ic") && at - 2 >= r2 ? cut(w, 2) : w; });
  add(["logía", "logías"], function (w, at, r1, r2) { return at >= r2 ? w + "log" : null; });
  add(["ución", "uciones"], function (w, at, r1, r2) { return at >= r2 ? w + "u" : null; });
  add(["encia", "encias"], function (w, at, r1, r2) { return at >= r2 ? w + "ente" : null; });
  add(["amente"], function (w, at, r1, r2) {
    if (at < r1) return null;
    var e = ending(w, ["iv", "os", "ic", "ad"], 0);
    if (!e || at - 2 < r2) return w;
    w = cut(w, 2);
    return e === "iv" && w.endsWith("at") && at - 4 >= r2 ? cut(w, 2) : w;
  });
  add(["mente"], function (w, at, r1, r2) {
    if (at < r2) return null;
    var e = ending(w, ["ante", "able", "ible"], 0);
    return e && at - 4 >= r2 ? cut(w, 4) : w;
  });
  add(["idad", "idades"], function (w, at, r1, r2) {
    if (at < r2) return null;
    var e = ending(w, ["abil", "ic", "iv"], 0);
    return e && at - e.length >= r2 ? cut(w, e.length) : w;
  });
  add(["iva", "ivo", "ivas", "ivos"], function (w, at, r1, r2) {
    return at < r2 ? null : w.endsWith("at") && at - 2 >= r2 ? cut(w, 2) : w;
  });
  var standard = groups.map(function (g) { return g[0]; });
  var all = verbs.concat(list("emos éis en es"));
  return function (word) {
    var rv, r1, r2, e, v, w, at, none = word.length, changed = false;
    if (vowel(word[0])) rv = !vowel(word[1]) && word.length > 1 ? past(word, 2, true) : past(word, 2, false);
    else if (word.length > 1 && !vowel(word[1])) rv = past(word, 2, true);
    else rv = word.length > 2 ? 3 : -1;
    if (rv < 0) rv = none;
    r1 = region(word, 0);
    r2 = r1 < 0 ? none : region(word, r1);
    if (r1 < 0) r1 = none;
    if (r2 < 0) r2 = none;
    /* Pronouns at the end of a verb. */
    e = ending(word, pronouns, 0);
    if (e) {
      w = cut(word, e.length);
      v = ending(w, Object.keys(gerunds).concat("yendo"), 0);
      at = w.length - v.length;
      if (v && at >= rv) {
        if (v !== "yendo") word = gerunds[v] ? cut(w, v.length) + gerunds[v] : w;
        else if (w[at - 1] === "u") word = w;
      }
    }
    /* Standard endings, else those of verbs. */
    e = ending(word, standard, 0);
    if (e) {
      w = groups[standard.indexOf(e)][1](cut(word, e.length), word.length - e.length, r1, r2);
      if (w !== null) { word = w; changed = true; }
    }
    if (!changed) {
      e = ending(word, weak, rv);
      if (e && word[word.length - e.length - 1] === "u") { word = cut(word, e.length); changed = true; }
    }
    if (!changed) {
      e = ending(word, all, rv);
      if (e) {
        word = cut(word, e.length);
        if (/^(en|es|éis|emos)$/.test(e) && word.endsWith("gu")) word = cut(word, 1);
      }
    }
    /* What is left. */
    e = ending(word, ["os", "a", "o", "á", "í", "ó", "e", "é"], 0);
    if (e && word.length - e.length >= rv) {
      word = cut(word, e.length);
      if ((e === "e" || e === "é") && word.endsWith("gu") && word.length - 1 >= rv) word = cut(word, 1);
    }
    return word.replace(/[áéíóú]/g, function (c) { return "aeiou"["áéíóú".indexOf(c)]; });
  };
})();
