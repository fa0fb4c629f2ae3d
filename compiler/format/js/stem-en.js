/*
 * English words without their endings: the Snowball algorithm "english"
 * (Porter 2) as libstemmer 2.2 has it, word for word the same
 * (tests/stem.py). Input is in lower case.
 * Source: snowballstem.org/algorithms/english/stemmer.html
 */
var vadeStem = (function () {
  "use strict";
  var whole = { skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
    ugly: "ugli", early: "earli", only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe",
    atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes" };
  var kept = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;
  var second = { tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize",
    ational: "ate", ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous",
    ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogi: "og", fulli: "ful",
    lessli: "less", li: "" };
  var third = { tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "" };
  var fourth = { al: "", ance: "", ence: "", er: "", ic: "", able: "", ible: "", ant: "", ement: "", ment: "", ent: "",
    ism: "", ate: "", iti: "", ous: "", ive: "", ize: "", ion: "" };
  function vowel(c) { return c !== undefined && c !== "" && "aeiouy".indexOf(c) >= 0; }
  function region(word, at) {
    while (at < word.length && !vowel(word[at])) at++;
    while (at < word.length && vowel(word[at])) at++;
    return at < word.length ? at + 1 : word.length;
  }
  function ending(word, endings) {
    var best = "";
    for (var e in endings) if (e.length > best.length && word.endsWith(e)) best = e;
    return best;
  }
  function isShort(word) {
    var n = word.length;
    return n === 2 ? vowel(word[0]) && !vowel(word[1])
      : n > 2 && !vowel(word[n - 1]) && "wxY".indexOf(word[n - 1]) < 0 && vowel(word[n - 2]) && !vowel(word[n - 3]);
  }
  return function (word) {
    var r1, r2, e, w;
    if (whole.hasOwnProperty(word)) return whole[word];
    if (word.length < 3) return word;
    word = word.replace(/^'/, "").replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    w = /^(?:gener|commun|arsen)/.exec(word);
    r1 = w ? w[0].length : region(word, 0);
    r2 = region(word, r1);
    /* 1a */
    word = word.replace(/'s'$|'s$|'$/, "");
    if (/sses$/.test(word)) word = word.slice(0, -2);
    else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
    else if (/[^us]s$/.test(word) && /[aeiouy].+s$/.test(word)) word = word.slice(0, -1);
    if (kept.test(word)) return word;
    /* 1b */
    e = ending(word, { eed: 1, eedly: 1, ed: 1, edly: 1, ing: 1, ingly: 1 });
    w = e && word.slice(0, -e.length);
    if (e === "eed" || e === "eedly") {
      if (w.length >= r1) word = w + "ee";
    } else if (e && /[aeiouy]/.test(w)) {
      word = w;
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = word.slice(0, -1);
      else if (word.length === r1 && isShort(word)) word += "e";
    }
    /* 1c */
    if (/[^aeiouy][yY]$/.test(word) && word.length > 2) word = word.slice(0, -1) + "i";
    /* 2 */
    e = ending(word, second);
    if (e && word.length - e.length >= r1) {
      w = word.slice(0, -e.length);
      if (e === "ogi" ? w.endsWith("l") : e !== "li" || /[cdeghkmnrt]$/.test(w)) word = w + second[e];
    }
    /* 3 */
    e = ending(word, third);
    if (e && word.length - e.length >= (e === "ative" ? Math.max(r1, r2) : r1)) word = word.slice(0, -e.length) + third[e];
    /* 4 */
    e = ending(word, fourth);
    if (e && word.length - e.length >= r2) {
      w = word.slice(0, -e.length);
      if (e !== "ion" || /[st]$/.test(w)) word = w;
    }
    /* 5 */
    w = word.slice(0, -1);
    if (word.endsWith("e") && (w.length >= r2 || (w.length >= r1 && !isShort(w)))) word = w;
    else if (word.endsWith("ll") && w.length >= r2) word = w;
    return word.replace(/Y/g, "y");
  };
})();
