/* The tree of the folders, level by level, in the rail.  Asked for by site.js when a reader
   opens it, or had it open on the page before.  Its rows stand in files that are scripts
   too (it works from file://): src/site/explorer.h.  Where the page is in it stands open
   and marked; what a reader opens stays open from page to page, as long as the browser's
   tab does.  Lists of links, with a button before each folder (the "disclosure navigation"
   of the ARIA practices); arrow keys do what they do in a tree. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, site = window.vaultsite, tree = site.tree;
  var top = new URL("../", doc.currentScript.src).href, base = top + "_/explorer/";
  var rail = doc.getElementById("_nav"), FILE = 256, KEPT = 200, DEEP = 6, DEEPEST = 16;
  var kept = { open: [], scroll: null };

  /* --- files --- */
  var texts, branches = {}, lengths = {}, loading = {};
  site.explorer = function (all) { texts = all; };
  site.branches = function (file, list) {
    lengths[file] = list.length;
    list.forEach(function (branch, i) { branches[file * FILE + i] = branch; });
  };
  function load(name, done) {
    if (loading[name] === "there") return done();
    if (loading[name]) return void loading[name].push(done);
    loading[name] = [done];
    var script = doc.createElement("script");
    script.src = base + name + ".js" + (texts ? "?" + texts.version : "");
    script.onload = script.onerror = function () {
      var list = loading[name];
      loading[name] = "there";
      script.remove();
      list.forEach(function (f) { f(); });
    };
    doc.head.appendChild(script);
  }
  /* Undefined where its file cannot be read. */
  function find(name, done) {
    load(Math.floor(name / FILE), function () { done(branches[name]); });
  }
  function following(name, done) {
    done(branches[name + 1] ? name + 1 : (Math.floor(name / FILE) + 1) * FILE);
  }
  function preceding(name, done) {
    var file = Math.floor(name / FILE) - 1;
    if (name % FILE) return done(name - 1);
    load(file, function () { done(file * FILE + lengths[file] - 1); });
  }

  /* --- where the page is --- */
  var places = {}; /* base of a folder that is open because of it -> branch */
  function climb(name, done) {
    if (name < 0) return done();
    find(name, function (branch) {
      if (!branch) return done();
      places[branch[0]] = name;
      climb(branch[1], done);
    });
  }
  function plain(path) {
    try { path = decodeURIComponent(path); } catch (e) { /* it is as it is */ }
    return path.replace(/\/$/, "/index.html");
  }
  var here = plain(location.pathname);
  /* "page", "true" for a further page of it, or nothing */
  function current(link) {
    var path = plain(link.pathname);
    if (path === here) return "page";
    return here.indexOf("~") > 0 && path === here.replace(/(~notes)?[~-][^\/~]*$/, "$1.html") ? "true" : "";
  }

  /* --- what is kept --- */
  try {
    var left = JSON.parse(sessionStorage.getItem(tree.key));
    if (left && Array.isArray(left.open)) kept = left;
  } catch (e) { /* storage is closed, or not ours */ }
  function keep() {
    try {
      if (tree.button.getAttribute("aria-expanded") === "true") sessionStorage.setItem(tree.key, JSON.stringify(kept));
      else sessionStorage.removeItem(tree.key);
    } catch (e) { /* it holds for this page */ }
  }
  function note(folder, open) {
    kept.open = kept.open.filter(function (f) { return f !== folder; });
    if (open) kept.open.push(folder);
    kept.open = kept.open.slice(-KEPT);
    keep();
  }

  /* --- rows --- */
  function make(name, className, text) {
    var e = doc.createElement(name);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function number(n) {
    try { return n.toLocaleString(root.lang); } catch (e) { return String(n); }
  }
  function icon(name) {
    var svg = doc.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    svg.appendChild(doc.createElementNS(svg.namespaceURI, "use")).setAttribute("href", "#_i-" + name);
    return svg;
  }
  function chevron() {
    var svg = tree.button.firstElementChild.cloneNode(true);
    svg.firstElementChild.setAttribute("d", "M6 3.5 10.5 8 6 12.5");
    return svg;
  }
  function addressOf(row, of) { return row[1].charAt(0) === "/" ? row[1].slice(1) : of[0] + row[1]; }
  function folderRow(item, link, row, address, level) {
    var folder = address.replace(/[^\/]*$/, "");
    link.appendChild(icon("folder"));
    if (row.length < 4) return;
    var button = make("button", "fold"), from = folder in places ? places[folder] : row[3];
    button.type = "button";
    button.setAttribute("aria-label", texts.inside.replace("{name}", function () { return row[0]; }));
    button.setAttribute("aria-expanded", "false");
    button.appendChild(chevron());
    item.insertBefore(button, link);
    item.turn = function (open) {
      button.setAttribute("aria-expanded", open);
      if (item.list) item.list.hidden = !open;
      else if (open) item.appendChild(item.list = listOf(from, level + 1));
    };
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-expanded") !== "true";
      item.turn(open);
      note(folder, open);
    });
    if (folder in places) link.setAttribute("aria-current", "true");
    if (folder in places || kept.open.indexOf(folder) >= 0) item.turn(true);
  }
  function rowOf(row, of, name, level) {
    var item = make("li"), link = make("a"), text = make("span", "", row[0]), address = addressOf(row, of), mark;
    link.href = top + address;
    text.dir = "auto";
    item.appendChild(link);
    if (row.length > 2) folderRow(item, link, row, address, level);
    link.appendChild(text);
    if (row.length > 2) link.appendChild(make("small", "n", row[2]));
    mark = String(name) === tree.branch ? current(link) : "";
    if (mark) {
      link.setAttribute("aria-current", mark);
      if (item.turn) item.turn(true);
    }
    return item;
  }
  /* Rows before or after those of a list, which a button adds. */
  function moreOf(list, count, text, next, after, level) {
    var item = make("li"), button = make("button", "more", text.replace("{n}", number(count)));
    button.type = "button";
    button.addEventListener("click", function () {
      next(function (name) {
        var beside = after ? item.previousElementSibling : item.nextElementSibling, from = rail.scrollHeight;
        add(list, name, item, after, level, function () {
          var rows = after ? beside.nextElementSibling : beside.previousElementSibling;
          if (!after) rail.scrollTop += rail.scrollHeight - from;
          if (rows) rows.querySelector("a, button").focus({ preventScroll: !after });
        });
      });
    });
    item.appendChild(button);
    return item;
  }
  /* Puts the rows of a branch where `mark` stands, which goes. */
  function add(list, name, mark, after, level, done) {
    find(name, function (branch) {
      var rows = doc.createDocumentFragment();
      if (!branch) rows.appendChild(make("li", "none", texts.failed));
      else {
        if (branch[2] && after !== true) rows.appendChild(moreOf(list, branch[2], texts.before, preceding.bind(null, name), false, level));
        branch[4].forEach(function (row) { rows.appendChild(rowOf(row, branch, name, level)); });
        if (branch[3] && after !== false) rows.appendChild(moreOf(list, branch[3], texts.after, following.bind(null, name), true, level));
      }
      list.replaceChild(rows, mark);
      done();
    });
  }
  var waited = 0; /* lists that are still to come */
  function listOf(name, level) {
    var list = make("ul", level > DEEPEST ? "plain deepest" : level > DEEP ? "plain deep" : "plain"), mark = list.appendChild(make("li"));
    waited++;
    add(list, name, mark, undefined, level, function () { if (!--waited) arrived(); });
    return list;
  }

  /* --- the place in sight --- */
  var seen = false;
  function arrived() {
    var link = whole.querySelector('[aria-current="page"]') || whole.querySelector('[aria-current="true"]');
    if (seen || whole.hidden || !rail.offsetHeight) return;
    seen = true;
    if (kept.scroll !== null) rail.scrollTop = kept.scroll;
    if (!link) return;
    var box = link.getBoundingClientRect(), frame = rail.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) rail.scrollTop += box.top - frame.top - frame.height / 3;
  }
  rail.addEventListener("toggle", function () { setTimeout(arrived); });
  addEventListener("pagehide", function () {
    if (whole && rail.offsetHeight) kept.scroll = rail.scrollTop;
    keep();
  });

  /* --- names that are cut off --- */
  function tell(e) {
    var link = e.target.closest("a"), text = link && link.querySelector("span");
    if (text) link.title = text.scrollWidth > text.clientWidth ? text.textContent : "";
  }

  /* --- by keyboard --- */
  function move(e) {
    var item = e.target.closest("li"), rtl = getComputedStyle(rail).direction === "rtl", key = e.key, to;
    if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
    var rows = Array.prototype.filter.call(whole.querySelectorAll("a, .more"), function (r) { return r.offsetHeight > 0; });
    var at = rows.indexOf(item.querySelector("a, .more"));
    var fold = item.turn && item.querySelector(".fold"), open = fold && fold.getAttribute("aria-expanded") === "true";
    if (key === "ArrowDown") to = rows[at + 1];
    else if (key === "ArrowUp") to = rows[at - 1];
    else if (key === "Home") to = rows[0];
    else if (key === "End") to = rows[rows.length - 1];
    else if (key === (rtl ? "ArrowLeft" : "ArrowRight")) {
      if (fold && !open) fold.click();
      else if (open) to = rows[at + 1];
    } else if (key === (rtl ? "ArrowRight" : "ArrowLeft")) {
      if (open) { fold.click(); to = rows[at]; }
      else to = item.parentNode !== whole && item.parentNode.parentNode.querySelector("a");
    } else return;
    e.preventDefault();
    if (to) to.focus();
  }

  /* --- begin --- */
  var whole;
  function begin() {
    if (!texts) return tree.failed();
    climb(tree.branch === undefined ? -1 : Number(tree.branch), function () {
      whole = make("ul");
      whole.className = "plain tree";
      waited++;
      tree.item.appendChild(whole);
      add(whole, "" in places ? places[""] : 0, whole.appendChild(make("li")), undefined, 1, function () { if (!--waited) arrived(); });
      whole.addEventListener("keydown", move);
      whole.addEventListener("pointerover", tell);
      tree.button.addEventListener("click", function () {
        whole.hidden = !whole.hidden;
        tree.show(!whole.hidden);
        keep();
      });
      keep();
    });
  }
  load("index", function () {
    if (!texts || !texts.style) return begin();
    var style = doc.createElement("link");
    style.rel = "stylesheet";
    style.href = top + texts.style;
    style.onload = style.onerror = begin;
    doc.head.appendChild(style);
  });
})();
