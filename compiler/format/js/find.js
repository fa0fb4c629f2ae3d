/*
 * What a query finds in a handbook. The end of search.js; knows no page, so that
 * tests/web/queries.mjs runs it as it is. vadeFind(PARTS) reads the index: a part is
 * [language, rows, stemmer, more], a row [page, id, title, text, keywords, when], as format/search.c
 * writes them; empty ends of a row are left out, and a page that is that of the row before is "".
 * Rows with "when" are procedures. Any word may match: how much it counts is told by how few places
 * of this very handbook have it and where it stands. Nothing here is learnt from elsewhere.
 */
var vadeFind = (function () {
  "use strict";
  /* Words that say nothing of what is looked for. Folded, without accents. */
  var stops = {
    en: "a about all am an and any are as at be been but by can cannot could did do does doing don for from had has have he her hers him his " +
      "how i if in into is isn it its just ll let like may me might must my no not of on one or our out please re s shall she should so some " +
      "somebody someone something such t than that the their them then there they this those to up us ve very was we were what when where " +
      "which who whom whose why will with won would yes yet you your",
    es: "a al algo alguien algun alguna ahi aqui ante asi aun con como cual cuando cuanto de debe debo del desde donde e el ella ellas ellos en " +
      "entre era eres es esa ese eso esta estan estar este esto estoy fue ha han hacer hace hacia hago hasta hay he hemos ir la las le les lo " +
      "los mas me mi mis mucho muy nada nadie ni no nos nuestra nuestro o os para pero poder por porque pone puede puedo pues que quien " +
      "quiere quiero sabe se sea ser si sin sobre son soy su sus te ti tiene tengo todo todos todas tu tus un una uno unos va vez viene voy y ya yo",
  };
  /* How much a place counts: of a procedure the title, its keywords and when it is used. */
  var TITLE = 6, KEYWORD = 6, WHEN = 4, HEADING = 2.5, TEXT = 1;
  /* How much a match counts that is not the word itself. */
  var BEGUN = 0.6, RELATED = 0.5, ALIKE = 0.4, MISTYPED = [1, 0.7, 0.5];
  /* What is worth less than this part of the best is not told. */
  var WEAK = 0.2;
  var letters = /[\p{L}\p{N}]+/gu;

  function lower(text) { return text.toLowerCase().normalize("NFC"); }
  /* Without accents; ñ is a letter of its own. */
  function fold(text) {
    return text.replace(/ñ/g, "\u0001").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0001/g, "ñ");
  }
  function wordsOf(text) { return lower(text).match(letters) || []; }
  /* An id, however it is typed: POL-O-02, polo02, "pol o 2". */
  function plainId(text) { return fold(lower(text)).replace(/[^\p{L}\p{N}]+/gu, " ").replace(/(^|\D)0+(?=\d)/g, "$1").replace(/ /g, ""); }

  /* Letters that are wrong, missing, too many or exchanged between two words; more than MOST is MOST + 1. */
  var rows = [0, 1, 2].map(function () { return new Uint8Array(42); });
  function distance(a, b, most) {
    var before = rows[0], last = rows[1], row = rows[2], i, j, least, swap;
    for (j = 0; j <= b.length; j++) last[j] = j;
    for (i = 1; i <= a.length; i++) {
      row[0] = least = i;
      for (j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
      swap = before;
      before = last;
      last = row;
      row = swap;
    }
    return last[b.length];
  }
  /* What a word begins with, as it sounds: people get the first letter right, or write one that sounds the same. */
  function sound(word) {
    var letter = word.replace(/^h/, "").replace(/^ph/, "f")[0];
    return { v: "b", k: "c", q: "c", s: "c", z: "c", j: "g", y: "i" }[letter] || letter;
  }
  /* A bit per letter that is in a word: words whose bits differ much need no closer look. */
  function bitsOf(word) {
    var bits = 0, i;
    for (i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
    return bits;
  }
  function countOf(bits) {
    var count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
  }

  return function (parts) {
    var stems = [], silent = Object.create(null), known = new Map(), postings = new Map();
    var entries = [], procedures = [], others = [], places = new Map(), vocabulary;

    /* What a word is filed by: its stem as it is written and as it is typed without accents. The
       stemmer of a language comes with its rows; side by side there are two. */
    function keysOf(word) {
      var keys = known.get(word), folded;
      if (keys) return keys;
      folded = fold(word);
      keys = [];
      (word === folded ? [word] : [word, folded]).forEach(function (form) {
        stems.forEach(function (stem) {
          var key = stem(form);
          if (keys.indexOf(key) < 0) keys.push(key);
        });
      });
      keys.folded = folded;
      known.set(word, keys);
      return keys;
    }

    /* What a word that is typed is looked up by: the stems of all words that are the same without
       accents, so that it finds the same whether these are typed or not. A word has one at most. */
    function keysOfTyped(folded) {
      var keys = new Set(), i;
      function add(word) {
        stems.forEach(function (stem) { keys.add(stem(word)); });
      }
      add(folded);
      for (i = 0; i < folded.length; i++)
        if (/[aeiou]/.test(folded[i])) add((folded.slice(0, i + 1) + "\u0301" + folded.slice(i + 1)).normalize("NFC"));
      return keys;
    }

    /* --- reading --- */
    function file(entry, text, weight) {
      wordsOf(text).forEach(function (word) {
        var keys = keysOf(word);
        entry.size += 1;
        keys.forEach(function (key) {
          var of = postings.get(key);
          if (!of) postings.set(key, of = new Map());
          of.set(entry, (of.get(entry) || 0) + weight);
        });
      });
    }
    function read(lang, row, top) {
      var entry = { lang: lang, page: row[0] || top.page, id: row[1], title: row[2] || "", size: 0, is: plainId(row[1]) };
      /* U+001E parts blocks. */
      entry.text = (row[3] || "").replace(/\u001e/g, " ").trim();
      entry.top = top && top.page === entry.page && top.lang === lang ? top : entry;
      entry.when = row[5] || "";
      var isTop = entry.top === entry;
      if (isTop) entry.isProcedure = row.length > 5;
      if (entry.top.isProcedure) {
        if (isTop) { entry.rows = []; procedures.push(entry); }
        entry.top.rows.push(entry);
      } else others.push(entry);
      file(entry, entry.title, isTop ? TITLE : HEADING);
      file(entry, row[4] || "", KEYWORD);
      file(entry, entry.when, WHEN);
      file(entry, entry.text, TEXT);
      entries.push(entry);
      if (/\d/.test(entry.is) && !places.has(entry.is)) places.set(entry.is, entry);
      return entry;
    }
    parts.forEach(function (part) {
      if (stems.indexOf(part[2] || String) < 0) stems.push(part[2] || String);
      (stops[part[0].slice(0, 2)] || "").split(" ").forEach(function (word) { silent[word] = true; });
    });
    parts.forEach(function (part) {
      var last = null;
      part[1].forEach(function (row) { last = read(part[0], row, last && last.top); });
    });
    vocabulary = Array.from(known.values());
    vocabulary.forEach(function (word) {
      word.start = sound(word.folded);
      word.bits = bitsOf(word.folded);
    });

    /* --- asking --- */
    /* Words that begin as this one does: violado, violación. */
    function alike(folded) {
      return { factor: ALIKE, words: folded.length < 6 ? [] : vocabulary.filter(function (other) {
        return other.folded.startsWith(folded.slice(0, 5)) && other.folded.length <= 10;
      }) };
    }
    /* Words that are nearly this one, of those that are nearest. */
    function mistyped(folded) {
      var at = folded.length >= 7 ? 2 : folded.length >= 4 ? 1 : 0, near = [], bits = bitsOf(folded), start = sound(folded);
      if (/\d/.test(folded) || folded.length > 40) return { words: near, factor: 0 };
      vocabulary.forEach(function (other) {
        var word = other.folded, far;
        if (word.length < 4 || word.length > 40 || Math.abs(word.length - folded.length) > at || other.start !== start ||
          countOf(bits ^ other.bits) > 2 * at) return;
        far = distance(folded, word, at);
        if (far > at) return;
        if (far < at) near = [];
        at = far;
        near.push(other);
      });
      return { words: near, factor: MISTYPED[at] };
    }

    /* Other words of its family: complain and complaint, cachear and cacheo. */
    function addFamily(folded, least, add) {
      stems.forEach(function (stem) {
        var own = stem(folded), most = Math.min(3, own.length - 3);
        if (own.length >= least) postings.forEach(function (of, key) {
          if (key.length >= least && Math.abs(key.length - own.length) <= most && (key.startsWith(own) || own.startsWith(key))) add(key, RELATED);
        });
      });
    }

    /* A word of the query: {keys: what it is looked up by, with how much each counts; instead: the word taken for it}. */
    function understand(word, isLast) {
      var folded = fold(word), keys = new Map(), read = { keys: keys, instead: "" }, near;
      function add(key, factor) { if (postings.has(key) && (keys.get(key) || 0) < factor) keys.set(key, factor); }
      function addAll(other, factor) { other.forEach(function (key) { add(key, factor); }); }
      keysOfTyped(folded).forEach(function (key) { add(key, 1); });
      if (isLast && folded.length >= 3)
        vocabulary.forEach(function (other) { if (other.folded.startsWith(folded)) addAll(other, BEGUN); });
      if (!keys.size) {
        near = mistyped(folded);
        if (!near.words.length) near = alike(folded);
        near.words.forEach(function (other) { addAll(other, near.factor); });
        if (near.words.length) read.instead = near.words[0].folded;
      }
      addFamily(folded, keys.size ? 5 : 4, add);
      return read;
    }

    /* What a word is worth in each entry, and how rare it is: counted are the entries that have it most nearly as it was typed. */
    function weigh(keys) {
      var best = new Map(), nearest = Math.max.apply(null, Array.from(keys.values())), having = new Set(), df;
      keys.forEach(function (factor, key) {
        postings.get(key).forEach(function (weight, entry) {
          best.set(entry, Math.max(best.get(entry) || 0, factor * weight));
          if (factor === nearest) having.add(entry);
        });
      });
      df = having.size;
      return { best: best, rarity: Math.log(1 + (entries.length - df + 0.5) / (df + 0.5)) };
    }

    function byScore(a, b) { return b.score - a.score; }
    function saturated(points) { return points / (points + 5); }

    function rankProcedures(scores) {
      return procedures.map(function (top) {
        var found = { entry: top, row: top, score: 0 }, most = 0;
        scores.forEach(function (word) {
          var points = 0;
          top.rows.forEach(function (row) { points += word.best.get(row) || 0; });
          found.score += word.rarity * saturated(points);
        });
        top.rows.forEach(function (row) {
          var points = 0;
          scores.forEach(function (word) { points += word.rarity * saturated(word.best.get(row) || 0); });
          if (points > most) { most = points; found.row = row; }
        });
        return found;
      }).filter(function (found) { return found.score > 0; }).sort(byScore);
    }
    function rankOthers(scores) {
      return others.map(function (entry) {
        var found = { entry: entry, row: entry, score: 0 };
        scores.forEach(function (word) { found.score += word.rarity * saturated(word.best.get(entry) || 0); });
        return found;
      }).filter(function (found) { return found.score > 0; }).sort(byScore);
    }

    /* Places whose id is typed. Takes it out of the words: "pol o 2", "POL-O-02 step 4". */
    function byId(words) {
      var i, count, place, step;
      for (count = Math.min(5, words.length); count > 0; count--)
        for (i = 0; i + count <= words.length; i++) {
          place = places.get(plainId(words.slice(i, i + count).join(" ")));
          if (!place) continue;
          if (place.top.isProcedure) words.splice(i, count);
          step = place.isProcedure && words.map(function (word) { return places.get(place.is + "s" + plainId(word)); }).find(Boolean);
          return [{ entry: place.top, row: step || place, score: 0 }];
        }
      return [];
    }
    /* Procedures of whose id a part is typed: "pol o", "o2". */
    function byPart(words) {
      var typed = plainId(words.join(" "));
      if (typed.length < 2 || !/\d/.test(typed) && (typed.length < 4 || words.length < 2)) return [];
      return procedures.filter(function (top) {
        return /\d/.test(top.is) && (top.is.startsWith(typed) || /\d/.test(typed) && top.is.endsWith(typed));
      }).map(function (top) { return { entry: top, row: top, score: 0 }; });
    }

    /* {hits: [{entry: the page or place, row: its best part}], keys, instead: words taken for others,
       isGuess: no word stands here as it was typed}. */
    function find(query) {
      var typed = wordsOf(query), scores = [], taken = new Set(), found = { hits: byId(typed), keys: new Set(), instead: [] };
      if (!found.hits.length) found.hits = byPart(typed);
      found.isGuess = !found.hits.length;
      typed.forEach(function (word, i) {
        if (silent[fold(word)]) return;
        var one = understand(word, i === typed.length - 1);
        if (one.keys.size) scores.push(weigh(one.keys));
        one.keys.forEach(function (factor, key) { found.keys.add(key); });
        found.isGuess = found.isGuess && (!one.keys.size || one.instead !== "");
        if (one.instead) found.instead.push(one.instead);
      });
      [rankProcedures(scores), rankOthers(scores)].forEach(function (list) {
        found.hits = found.hits.concat(list.filter(function (hit) { return hit.score >= list[0].score * WEAK; }));
      });
      found.hits = found.hits.filter(function (hit) {
        var key = hit.entry.isProcedure ? hit.entry : hit.row;
        return !taken.has(key) && taken.add(key);
      });
      return found;
    }

    return { entries: entries, find: find, keysOf: keysOf, wordsOf: wordsOf };
  };
})();
