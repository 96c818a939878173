/* Search: a dialog over any page.  Asked for by site.js when a reader searches for the
   first time.  The index is files that are scripts too (it works from file://), loaded as
   they are needed: the manifest, the words that are typed, the texts of what is shown.
   What notes wrote is put into the page as text, never as markup. */
(function () {
  "use strict";
  var doc = document, site = window.vaultsite, base = new URL("search/", doc.currentScript.src).href;
  var top = new URL("../../", base).href;
  var SHOWN = 6, MORE = 10, RANGES = 4, MOST_RANGES = 12, FIRST_RANGES = 4, WORDS = 80, STEP = 6, NEXT_STEP = 16, MOST_VERIFIED = 400, WORD_MAX = 32, CONTEXT = 170, QUERY = 400, PAUSE = 700;
  /* By rank: text once, again, often; heading; text, heading of an entity; title; its title. */
  var WEIGHTS = [1, 2, 3, 8, 10, 14, 40, 48], TITLE = 6;

  /* --- numbers of 92 digits: src/search/postings.h --- */
  function numbers(text) {
    var out = [], at = 0;
    function digit() {
      var c = text.charCodeAt(at++);
      return c > 92 ? c - 35 : c > 34 ? c - 34 : 0;
    }
    while (at < text.length) {
      var d = digit(), n = d, more = 0, from = 0;
      if (d > 90) { n = 0; more = 4; from = 44772; }
      else if (d > 85) { n = d - 86; more = 2; from = 2452; }
      else if (d > 59) { n = d - 60; more = 1; from = 60; }
      while (more-- > 0) n = n * 92 + digit();
      out.push(n + from);
    }
    return out;
  }

  /* --- files --- */
  /* By name: what waits for it, "there" or "lost": it could not be loaded, or is none of ours. */
  var loading = {}, ranges = {}, texts = {}, missing = false;
  function isThere(name) {
    return name === "index" ? !!index : name in texts || name.slice(6) in ranges;
  }
  function load(name, done) {
    if (loading[name]) return void loading[name].push(done);
    loading[name] = [done];
    var script = doc.createElement("script");
    script.src = base + name + ".js" + (index ? "?" + index.version : "");
    script.onload = script.onerror = function () {
      var list = loading[name];
      loading[name] = isThere(name) ? "there" : "lost";
      script.remove();
      list.forEach(function (f) { f(); });
    };
    doc.head.appendChild(script);
  }
  function isOpen(name) {
    if (loading[name] === "lost") missing = true;
    return loading[name] !== "there" && loading[name] !== "lost";
  }
  /* True when all are there, or lost; else they are loaded, and then the search is made again. */
  function have(names) {
    var left = names.filter(isOpen), n = left.length, asked = input.value;
    left.forEach(function (name) {
      load(name, function () { if (--n === 0 && input.value === asked) search(true); });
    });
    return left.length === 0;
  }
  /* With what is typed next, lost files are asked for once more. */
  function forgetLost() {
    missing = false;
    Object.keys(loading).forEach(function (name) { if (loading[name] === "lost") delete loading[name]; });
  }

  /* --- the manifest --- */
  var index, firsts = [], names = [], files = [], fileOf, noteOf, strings;
  var marks, unspaced, spelled, word = /[\p{L}\p{M}\p{N}]+/gu;
  site.search = function (all) {
    var bucket = 0, part = 0, piece = 0;
    all.words.split(" ").forEach(function (w, i) { (i % 2 ? names : firsts).push(w); });
    numbers(all.pieces).forEach(function (n) {
      if (n > 0) files.push({ name: "text-" + bucket + "-" + part, begin: piece, end: piece += n >> 1 });
      if (n % 2) part++;
      else { bucket++; part = 0; }
    });
    fileOf = new Uint32Array(piece);
    noteOf = new Uint32Array(piece);
    files.forEach(function (f, i) { fileOf.fill(i, f.begin, f.end); });
    noteOf.forEach(function (n, i) { noteOf[i] = i; });
    for (var several = numbers(all.long), i = 0, at = 0; i < several.length; i++) {
      var own = 2 + several[i] % 8;
      at += several[i] >> 3;
      if (own === 9) own += several[++i];
      noteOf.fill(at, at, at + own);
      at += own;
    }
    marks = new RegExp("[" + all.marks + "]+", "gu");
    unspaced = new RegExp("[" + all.unspaced + "]+|[^" + all.unspaced + "]+", "gu");
    spelled = new RegExp("[" + Object.keys(all.spellings).join("") + "]", "g");
    strings = all.strings;
    index = all;
  };
  site.words = function (name, text) {
    var range = ranges[name] = { words: [], lists: [], common: [] };
    text.split(" ").forEach(function (part, i) {
      if (i % 2) return void range.lists.push(part);
      range.common.push(part.slice(-1) === "*");
      range.words.push(part.slice(-1) === "*" ? part.slice(0, -1) : part);
    });
  };
  site.text = function (name, records) {
    var pieces = texts["text-" + name] = [];
    records.forEach(function (r) {
      r.slice(7).forEach(function (p) { pieces.push({ note: r, parts: p }); });
    });
  };
  function pieceOf(i) {
    var f = files[fileOf[i]], list = texts[f.name];
    return list && list[i - f.begin];
  }

  /* --- words: src/base/word_fold.h, src/search/words.h --- */
  function fold(text) {
    if (/^[a-z0-9]*$/.test(text)) return text;
    return text.normalize("NFKD").replace(marks, "").toLowerCase()
      .replace(spelled, function (c) { return index.spellings[c]; })
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "").normalize("NFC");
  }
  function isUnspaced(part) {
    return new RegExp("^[" + index.unspaced + "]", "u").test(part);
  }
  /* What a text is taken apart into: words, and runs of what has no blanks. */
  function parts(text) {
    var out = [];
    (text.match(word) || []).forEach(function (w) {
      (fold(w).match(unspaced) || []).forEach(function (part) {
        out.push(isUnspaced(part) ? { run: part } : { word: Array.from(part).slice(0, WORD_MAX).join("") });
      });
    });
    return out;
  }
  function pairs(run) {
    var c = Array.from(run), out = [];
    for (var i = 0; i + 1 < c.length; i++) out.push(c[i] + c[i + 1]);
    return out.length ? out : c;
  }

  /* --- what is typed --- */
  var FILTERS = { kind: ":", type: ":", tag: "#", folder: "/" };
  function path(sign, text) {
    return sign + text.replace(/^[#\/]+|\/+$/g, "").split("/").map(fold).filter(Boolean).join("/");
  }
  function parse(text) {
    var q = { terms: [], phrases: [], filters: [] }, m;
    var pattern = /(kind|type|tag|folder):(?:"([^"]*)"?|(\S*))|#(\S+)|"([^"]*)"?|[^\s"]+/giu;
    function add(list, exact) {
      list.forEach(function (p) {
        (p.run ? pairs(p.run) : [p.word]).forEach(function (w) {
          if (!q.terms.some(function (t) { return t.word === w && t.exact === exact; })) q.terms.push({ word: w, exact: exact });
        });
        if (p.run && p.run.length > 1 && !exact) q.phrases.push([p]);
      });
    }
    text = text.replace(/[“”„‟«»]/g, '"');
    while ((m = pattern.exec(text))) {
      if (m[1] || m[4]) {
        var sign = m[4] ? "#" : FILTERS[m[1].toLowerCase()], key = path(sign, m[4] || m[2] || m[3] || "");
        if (key.length > 1) q.filters.push(key);
      } else if (m[5] !== undefined) {
        var phrase = parts(m[5]);
        add(phrase, true);
        if (phrase.length > 1 || phrase[0] && phrase[0].run) q.phrases.push(phrase);
      } else add(parts(m[0]), false);
    }
    return q;
  }

  /* --- words of the index --- */
  /* The last of a sorted list that is not above `key`, or -1. */
  function floor(list, key) {
    var from = 0, to = list.length;
    while (from < to) {
      var middle = from + to >> 1;
      if (list[middle] <= key) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }
  /* Names of the files with what begins with `key`, the first few. */
  function rangesOf(key, whole, most) {
    var i = Math.max(0, floor(firsts, key)), out = [];
    for (; i < names.length && out.length < (most || RANGES) && (out.length === 0 || !whole && firsts[i].startsWith(key)); i++)
      out.push("words-" + names[i]);
    return out;
  }
  function each(files, key, test, found) {
    files.forEach(function (file) {
      var range = ranges[file.slice(6)];
      if (!range) return;
      for (var i = key === null ? 0 : Math.max(0, floor(range.words, key)); i < range.words.length; i++) {
        if (range.words[i] < key) continue;
        if (key !== null && !range.words[i].startsWith(key)) break;
        if (test(range.words[i])) found(range, i);
      }
    });
  }
  /* One letter too many, too few, another one, or two neighbours swapped. */
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0, j = 0;
    while (i < a.length && a[i] === b[i]) i++;
    while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++;
    var x = a.slice(i, a.length - j), y = b.slice(i, b.length - j);
    return x.length <= 1 && y.length <= 1 || x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0];
  }
  function alike(typed, w) {
    return near(typed, w) || w.length > typed.length && near(typed, w.slice(0, typed.length));
  }

  /* Adds the pieces of one word of the index to a term's. */
  function collect(term, range, i, factor) {
    var piece = 0;
    term.common = term.common || range.common[i];
    numbers(range.lists[i]).forEach(function (n) {
      piece += n >> 3;
      var weight = WEIGHTS[n & 7] * factor, note = noteOf[piece];
      if (titlesOnly && (n & 7) < TITLE) weight /= 4;
      if (!(term.pieces.get(piece) >= weight)) term.pieces.set(piece, weight);
      if (!(term.notes.get(note) >= weight)) term.notes.set(note, weight);
    });
  }
  /* Where a term is looked up: key, all of it or what begins with it, files. */
  function lookup(term) {
    var sign = titlesOnly ? "=" : "", key = sign + term.word, length = Array.from(term.word).length, short = !term.exact && length < 3;
    /* One character of a text without blanks begins a pair, wherever it stands. */
    var pair = isUnspaced(term.word), whole = pair ? length > 1 : term.exact || !titlesOnly && short;
    return { sign: sign, key: key, pair: pair, whole: whole, list: rangesOf(key, whole, pair && MOST_RANGES),
      titles: short && whole && !term.exact ? rangesOf("=" + term.word) : [] };
  }
  /* An answer comes soon: of many words that are not there yet only the longest are sought at first,
     which tell the most; `q.later` says so. */
  function putOff(q) {
    var files = [];
    function add(list) {
      var own = list.filter(function (f) { return isOpen(f) && files.indexOf(f) < 0; });
      if (files.length && files.length + own.length > FIRST_RANGES) return false;
      files = files.concat(own);
      return true;
    }
    q.filters.forEach(function (key) { add(rangesOf(key)); });
    q.terms.slice().sort(function (a, b) { return b.word.length - a.word.length; }).forEach(function (t, i) {
      var at = lookup(t);
      t.later = !add(at.list.concat(at.titles)) && i > 0;
      q.later = q.later || t.later;
    });
  }
  /* False: files have yet to be loaded. */
  function resolve(term) {
    var at = lookup(term), sign = at.sign, key = at.key, pair = at.pair, whole = at.whole, list = at.list, inTitles = at.titles, n = 0;
    if (!have(list.concat(inTitles))) return false;
    term.pieces = new Map();
    term.notes = new Map();
    term.as = null;
    each(list, key, function (w) { return whole ? w === key : pair || n < WORDS; }, function (range, i) {
      n++;
      collect(term, range, i, range.words[i] === key ? 1 : 0.7);
    });
    each(inTitles, "=" + term.word, function () { return n++ < WORDS; }, function (range, i) { collect(term, range, i, 0.7); });
    return n > 0 || term.exact || term.word.length < 4 || mistyped(term, sign);
  }
  /* Files to look for a mistyped word in: an error late in it is the likeliest, and a prefix of fewer files;
     then one further on, in the first two letters, in the second.  No word with another first letter is sought. */
  function stages(w, sign) {
    return [
      function () { return rangesOf(sign + w.slice(0, Math.max(2, w.length >> 1))); },
      function () { return rangesOf(sign + w.slice(0, 2)); },
      function () {
        return [].concat.apply([], [w[1] + w[0] + w.slice(2), w.slice(1), w[0] + w.slice(2)].map(function (t) { return rangesOf(sign + t); }));
      },
      function () { return rangesOf(sign + w[0], false, MOST_RANGES); }
    ];
  }
  function mistyped(term, sign) {
    var w = term.word, n = 0;
    return isUnspaced(w) || stages(w, sign).every(function (stage) {
      var list = n > 0 ? [] : stage();
      if (!have(list)) return false;
      each(list.filter(function (f, i) { return list.indexOf(f) === i; }), null, function (found) {
        return found.startsWith(sign) && (sign || /[\p{L}\p{N}]/u.test(found[0])) && alike(w, found.slice(sign.length)) && n++ < WORDS;
      }, function (range, i) {
        collect(term, range, i, 0.5);
        term.as = term.as || range.words[i].slice(sign.length);
        (term.also = term.also || []).push(range.words[i].slice(sign.length));
      });
      return true;
    });
  }

  /* The notes that pass all filters, or null without any; false: not loaded yet. */
  function filtered(filters) {
    var kept = null, there = have([].concat.apply([], filters.map(function (key) { return rangesOf(key); })));
    if (!there) return false;
    filters.forEach(function (key) {
      var own = new Set();
      each(rangesOf(key), key, function () { return true; }, function (range, i) {
        var piece = 0;
        numbers(range.lists[i]).forEach(function (n) {
          piece += n >> 3;
          if (!kept || kept.has(noteOf[piece])) own.add(noteOf[piece]);
        });
      });
      kept = own;
    });
    return kept;
  }

  /* [note, score, best piece], best first; null: not loaded yet. */
  function find(q) {
    var terms = q.terms.filter(function (t) { return !t.later; });
    var kept = filtered(q.filters), there = kept !== false, scores = new Map(), found = [];
    terms.forEach(function (t) { there = resolve(t) && there; });
    if (!there) return null;
    if (!terms.length) {
      if (kept) kept.forEach(function (note) { found.push([note, 0, note]); });
      return found;
    }
    var must = terms.filter(function (t) { return !t.common; });
    if (!must.length) must = terms.slice();
    must.sort(function (a, b) { return a.notes.size - b.notes.size; });
    must[0].notes.forEach(function (x, note) {
      if (kept && !kept.has(note)) return;
      if (!must.every(function (t) { return t.notes.has(note); })) return;
      scores.set(note, [note, terms.reduce(function (sum, t) { return sum + (t.notes.get(note) || 0); }, 0), note, -1]);
    });
    var sums = new Map();
    terms.forEach(function (t) {
      t.pieces.forEach(function (x, piece) {
        if (scores.has(noteOf[piece])) sums.set(piece, (sums.get(piece) || 0) + Math.min(x, 14));
      });
    });
    sums.forEach(function (sum, piece) {
      var s = scores.get(noteOf[piece]);
      if (sum > s[3] || sum === s[3] && piece < s[2]) { s[3] = sum; s[2] = piece; }
    });
    scores.forEach(function (s) { found.push([s[0], s[1] + s[3] / 16, s[2]]); });
    return found.sort(function (a, b) { return b[1] - a[1] || a[0] - b[0]; });
  }

  /* --- phrases --- */
  function holds(text, phrase) {
    var all = parts(text), n = phrase.length;
    return all.some(function (x, i) {
      return phrase.every(function (p, k) {
        var own = all[i + k];
        return own && (p.run ? own.run && own.run.indexOf(p.run) >= 0 && (n === 1 || k === 0 || own.run.startsWith(p.run)) : own.word === p.word);
      });
    });
  }
  function holdsAll(piece, phrases) {
    return phrases.every(function (phrase) {
      var note = piece.note;
      return holds(note[0], phrase) || note[5].some(function (alias) { return holds(alias, phrase); }) ||
        piece.parts.some(function (part, i) { return i % 3 > 0 && holds(part, phrase); });
    });
  }
  /* Pieces of one note that may have the phrases, best first. */
  function candidates(q, note) {
    var out = [];
    for (var i = note; i < noteOf.length && noteOf[i] === note; i++)
      if (q.terms.every(function (t) { return !t.exact || t.common || t.pieces.has(i); })) out.push(i);
    return out;
  }
  function mostVerified(a) {
    return Math.min(a.found.length, MOST_VERIFIED + 4 * MORE * (wanted - SHOWN));
  }
  /* Goes on through what was found, as far as texts are loaded, until enough is good; names
     of the files to go on with, a few first, so that something can be shown soon. */
  function verify(a) {
    var need = [], most = mostVerified(a);
    function open(f) {
      return [f[2]].concat(candidates(a.q, f[0])).map(function (i) { return files[fileOf[i]].name; }).filter(isOpen);
    }
    for (; a.at < most && a.good.length < wanted; a.at++) {
      var f = a.found[a.at];
      var good = [f[2]].concat(candidates(a.q, f[0])).some(function (i) {
        var piece = pieceOf(i), holds = piece && holdsAll(piece, a.q.phrases);
        if (holds) f[2] = i;
        return holds;
      });
      if (good) a.good.push(f);
      else if (open(f).length) break;
    }
    for (var i = a.at; i < most && a.good.length < wanted && need.length < a.step; i++)
      open(a.found[i]).forEach(function (name) { if (need.indexOf(name) < 0 && need.length < a.step) need.push(name); });
    return need;
  }

  /* --- what is shown --- */
  function element(name, attributes, text) {
    var e = doc.createElement(name);
    Object.keys(attributes || {}).forEach(function (a) { e.setAttribute(a, attributes[a]); });
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function icon(name) {
    var svg = doc.createElementNS("http://www.w3.org/2000/svg", "svg"), use = doc.createElementNS(svg.namespaceURI, "use");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#_i-" + (doc.getElementById("_i-" + name) ? name : "note"));
    svg.appendChild(use);
    return svg;
  }
  /* [begin, end, term] of what was sought, in order. */
  function matches(text, q) {
    var out = [], m;
    word.lastIndex = 0;
    while ((m = word.exec(text))) {
      var folded = fold(m[0]), at = m.index, end = at + m[0].length;
      q.terms.forEach(function (t, k) {
        var inside = isUnspaced(t.word) ? m[0].indexOf(t.word) : -1;
        if (inside >= 0) out.push([at + inside, at + inside + t.word.length, k]);
        else if (t.exact ? folded === t.word : folded.startsWith(t.word) || t.also && t.also.indexOf(folded) >= 0) out.push([at, end, k]);
      });
    }
    word.lastIndex = 0;
    return out.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }
  function marked(e, text, q) {
    var at = 0;
    matches(text, q).forEach(function (m) {
      if (m[1] <= at) return;
      e.appendChild(doc.createTextNode(text.slice(at, Math.max(at, m[0]))));
      e.appendChild(element("mark", {}, text.slice(Math.max(at, m[0]), m[1])));
      at = m[1];
    });
    e.appendChild(doc.createTextNode(text.slice(at)));
    return e;
  }
  /* The part of a piece that has most of what is sought: [id, label, text around it]. */
  function context(piece, q) {
    var best = null, most = -1;
    for (var i = 0; i < piece.parts.length; i += 3) {
      var text = piece.parts[i + 2], label = piece.parts[i + 1], found = matches(text, q), kinds = {};
      found.concat(matches(label, q)).forEach(function (m) { kinds[m[2]] = true; });
      var n = Object.keys(kinds).length;
      if (q.phrases.length && q.phrases.every(function (p) { return holds(text, p) || holds(label, p); })) n += q.terms.length;
      if (n > most) { most = n; best = [piece.parts[i], label, text, found.length ? found[0][0] : 0]; }
    }
    if (!best || most === 0 && !q.terms.length) return best && ["", "", around(best[2], 0)];
    return most === 0 ? ["", "", around(best[2], 0)] : [best[0], best[1], around(best[2], best[3])];
  }
  /* Not within a character. */
  function whole(text, at) { return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at + 1 : at; }
  function around(text, at) {
    var begin = at < CONTEXT / 2 ? 0 : text.indexOf(" ", at - CONTEXT / 3) + 1;
    /* Text without blanks is cut anywhere. */
    if (begin > at || begin === 0 && at >= CONTEXT / 2) begin = whole(text, Math.ceil(at - CONTEXT / 3));
    var end = whole(text, begin + CONTEXT), last = text.lastIndexOf(" ", end);
    if (end < text.length && last > at) end = last;
    return (begin > 0 ? "… " : "") + text.slice(begin, end).replace(/\s+/g, " ") + (end < text.length ? " …" : "");
  }

  var box, input, list, status, filterBar, switcher, titlesOnly = false, live, wanted = SHOWN, current = 0, asked, answer = null, drawn = null, drawnWanted = 0, last = null, entered = null, saying;
  function hit(f, i, q) {
    var piece = pieceOf(f[2]);
    if (!piece) return null;
    var note = piece.note, part = context(piece, q);
    var a = element("a", { "class": "hit", role: "option", id: "_hit-" + i, tabindex: "-1", "aria-selected": "false",
      href: top + note[1] + (part && part[0] ? "#" + encodeURIComponent(part[0]) : "") });
    a.appendChild(icon(note[2]));
    a.appendChild(marked(element("b", { dir: "auto" }), note[0], q));
    var alias = matches(note[0], q).length ? [] : note[5].filter(function (x) { return matches(x, q).length; });
    a.appendChild(element("span", {}, note[4] || note[3]));
    if (alias.length || part && (part[1] || part[2])) {
      var p = element("p", { dir: "auto" });
      if (alias.length) marked(p.appendChild(element("i")), alias[0], q);
      if (part && part[1]) marked(p.appendChild(element("i")), part[1], q);
      if (part && part[2]) marked(p, part[2], q);
      a.appendChild(p);
    }
    return a;
  }
  function count(n, more) {
    return n === 0 ? strings.none : n === 1 && !more ? strings.one : strings.many.replace("{n}", n.toLocaleString(doc.documentElement.lang) + (more ? "+" : ""));
  }
  function say(text) {
    status.textContent = text;
    clearTimeout(saying);
    saying = setTimeout(function () { live.textContent = text; }, PAUSE);
  }
  /* `left`: texts are being loaded that may have the phrase. */
  function tell(a, left) {
    var as = a.q.terms.filter(function (t) { return t.as; }).map(function (t) { return t.as; }), n = a.good.length;
    var more = a.q.phrases.length > 0 && a.at < a.found.length, out = as.length ? [strings.instead.replace("{word}", as.join(" "))] : [];
    function numbered(text) {
      var all = [["{n}", a.at], ["{all}", a.found.length]];
      return all.reduce(function (t, x) { return t.replace(x[0], x[1].toLocaleString(doc.documentElement.lang)); }, text);
    }
    if (n > 0 || !more) out.push(count(n, more));
    else out.push(left ? strings.apart : numbered(strings.unread));
    if (left) out.push(numbered(strings.looking));
    if (missing) out.push(strings.missing);
    say(out.join(" "));
  }
  function search(again) {
    if (!again) {
      wanted = SHOWN;
      answer = null;
      asked = parse(input.value);
      forgetLost();
      putOff(asked);
    }
    if (!answer) {
      var q = asked, none = !q.terms.length && !q.filters.length, found = none ? [] : find(q);
      if (!found) return;
      if (none) {
        draw(q, []);
        return say(strings.hint);
      }
      answer = { q: q, found: found, good: q.phrases.length && !q.later ? [] : found, at: 0, step: STEP };
    }
    var next = answer.q.phrases.length && !answer.q.later ? verify(answer) : [], need = {};
    /* Until a place with the phrase is found: places with its words, and it is said so. */
    var shown = answer.good.length || !next.length ? answer.good.slice(0, wanted) : answer.found.slice(0, Math.min(answer.at, SHOWN));
    shown.forEach(function (f) { need[files[fileOf[f[2]]].name] = true; });
    if (!have(Object.keys(need))) return;
    if (shown.length || !next.length) {
      draw(answer.q, shown);
      if (answer.q.later) return sought();
      tell(answer, next.length > 0);
      answer.step = NEXT_STEP;
    }
    have(next);
  }
  /* An answer of some words is shown: now one of all of them. */
  function sought() {
    asked.terms.forEach(function (t) { t.later = false; });
    asked.later = false;
    answer = null;
    search(true);
  }
  function draw(q, shown) {
    var hits = doc.createDocumentFragment(), place = last === input.value ? current : 0;
    var now = [input.value, titlesOnly, missing, wanted, q.later].concat(shown.map(function (f) { return f[2]; })).join(" ");
    last = input.value;
    drawnWanted = wanted;
    if (now !== drawn) {
      shown.forEach(function (f, i) {
        var e = hit(f, i, q);
        if (e) hits.appendChild(e);
      });
      list.textContent = "";
      list.appendChild(hits);
      list.hidden = !list.firstChild;
      input.setAttribute("aria-expanded", String(!list.hidden));
      drawFilters(q, shown);
      drawn = now;
      select(place);
    }
    if (entered === last && list.firstChild && !q.later) {
      entered = null;
      go(list.firstChild);
    }
  }
  function select(to) {
    var items = list.children;
    current = Math.max(0, Math.min(items.length - 1, to));
    Array.prototype.forEach.call(items, function (e, i) { e.setAttribute("aria-selected", String(i === current)); });
    if (!items[current]) return void input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", items[current].id);
    items[current].scrollIntoView({ block: "nearest" });
    if (current > items.length - 3) grow();
  }
  function grow() {
    if (!answer || drawnWanted !== wanted) return;
    var n = answer.good.length;
    if (n > wanted || n === wanted && answer.q.phrases.length && answer.at < answer.found.length) {
      wanted += MORE;
      search(true);
    }
  }

  /* --- filters --- */
  function quoted(name, value) {
    return name + ":" + (/\s/.test(value) ? '"' + value + '"' : value);
  }
  function has(q, sign, value) {
    return q.filters.indexOf(path(sign, value)) >= 0;
  }
  function addFilter(q, name, sign, value, label) {
    var on = has(q, sign, value), text = quoted(name, value);
    var b = element("button", { type: "button", "class": "chip", "aria-pressed": String(on) }, label);
    b.addEventListener("click", function () {
      var rest = input.value.replace(/\b(kind|type|tag|folder):("[^"]*"?|\S*)|#\S+/gi, function (all) {
        var own = parse(all).filters[0];
        return own && own[0] === sign && (sign !== "#" || own === path(sign, value)) ? "" : all;
      }).replace(/\s+/g, " ").trim();
      input.value = (on ? rest : text + " " + rest).trim() + (rest || !on ? " " : "");
      input.focus();
      search();
    });
    filterBar.appendChild(b);
  }
  function drawFilters(q, shown) {
    var tags = new Map(), folders = new Map();
    filterBar.textContent = "";
    index.kinds.forEach(function (k) { addFilter(q, "kind", ":", k[0], k[1]); });
    shown.forEach(function (f) {
      var piece = pieceOf(f[2]);
      if (!piece) return;
      piece.note[6].forEach(function (t) { tags.set(t, (tags.get(t) || 0) + 1); });
      if (piece.note[3]) folders.set(piece.note[3], (folders.get(piece.note[3]) || 0) + 1);
    });
    function best(map) {
      return Array.from(map.keys()).sort(function (a, b) { return map.get(b) - map.get(a) || (a < b ? -1 : 1); }).slice(0, 4);
    }
    best(folders).forEach(function (f) { addFilter(q, "folder", "/", f, f + "/"); });
    best(tags).forEach(function (t) { addFilter(q, "tag", "#", t, "#" + t); });
  }

  /* --- the dialog --- */
  function key(name, what) {
    var span = element("span");
    name.forEach(function (k) { span.appendChild(element("kbd", {}, k)); span.appendChild(doc.createTextNode(" ")); });
    span.appendChild(doc.createTextNode(what));
    return span;
  }
  function make() {
    box = element("dialog", { "class": "searchbox", "aria-label": strings.search });
    var head = box.appendChild(element("div", { "class": "sq-in" }));
    head.appendChild(icon("search"));
    input = head.appendChild(element("input", { type: "text", inputmode: "search", enterkeyhint: "search", role: "combobox",
      "aria-expanded": "false", "aria-controls": "_hits", "aria-autocomplete": "list", "aria-label": strings.search,
      placeholder: strings.placeholder, autocomplete: "off", spellcheck: "false", maxlength: String(QUERY) }));
    switcher = head.appendChild(element("button", { type: "button", "class": "btn", "aria-pressed": "false" }, strings.titles));
    var shut = head.appendChild(element("button", { type: "button", "class": "btn" }, strings.close));
    filterBar = box.appendChild(element("div", { "class": "sq-filters", role: "group", "aria-label": strings.filters }));
    list = box.appendChild(element("div", { "class": "hits", id: "_hits", role: "listbox", "aria-label": strings.results, tabindex: "-1" }));
    var foot = box.appendChild(element("div", { "class": "sq-foot" }));
    status = foot.appendChild(element("span", { "class": "sq-n" }));
    /* Said aloud once the typing rests. */
    live = foot.appendChild(element("div", { "class": "sr", role: "status" }));
    foot.appendChild(key(["↑", "↓"], strings.move));
    foot.appendChild(key(["Enter"], strings.open));
    foot.appendChild(key(["Esc"], strings.leave));
    doc.body.appendChild(box);

    input.addEventListener("input", function () { entered = null; search(); });
    input.addEventListener("keydown", function (e) {
      if (e.isComposing) return;
      if (e.key === "ArrowDown") select(current + 1);
      else if (e.key === "ArrowUp") select(current - 1);
      /* What is shown may yet be what was found for fewer letters. */
      else if (e.key === "Enter" && (last !== input.value || asked.later || !answer)) entered = input.value;
      else if (e.key === "Enter") go(list.children[current], e.ctrlKey || e.metaKey);
      else return;
      e.preventDefault();
    });
    list.addEventListener("click", function (e) {
      if (e.target.closest(".hit") && !e.ctrlKey && !e.metaKey && !e.shiftKey) box.close();
    });
    list.addEventListener("scroll", function () {
      if (list.scrollTop + list.clientHeight > list.scrollHeight - 100) grow();
    }, { passive: true });
    switcher.addEventListener("click", function () { setTitles(!titlesOnly); input.focus(); search(); });
    shut.addEventListener("click", function () { box.close(); });
    box.addEventListener("click", function (e) { if (e.target === box) box.close(); });
  }
  function go(a, apart) {
    if (!a) return;
    if (apart) return void window.open(a.href, "_blank", "noopener");
    box.close();
    location.href = a.href;
  }
  function setTitles(only) {
    titlesOnly = only;
    switcher.setAttribute("aria-pressed", String(only));
  }
  site.show = function (titles) {
    if (!box) make();
    setTitles(titles);
    if (!box.open) box.showModal();
    input.select();
    search();
  };
  load("index", function () {
    if (index) site.show(site.titles);
    else site.failed();
  });
})();
