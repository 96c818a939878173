/* Makes pages that are complete without it more handy.  Classic and deferred: it works
   from file:// and asks no server for anything.  Its words stand in data-… of its element. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, words = doc.currentScript.dataset;
  var site = window.vaultsite = {}; /* what scripts that come later share */
  function all(selector, within) {
    return Array.prototype.slice.call((within || doc).querySelectorAll(selector));
  }

  /* colours: as the system, light, dark */
  var modes = ["auto", "light", "dark"], system = matchMedia("(prefers-color-scheme: dark)");
  function mode() { return root.dataset.theme || "auto"; }
  function paint() {
    var dark = mode() === "auto" ? system.matches : mode() === "dark";
    root.classList.toggle("theme-dark", dark);
    root.classList.toggle("theme-light", !dark);
  }
  function keep(choice) {
    try {
      if (choice === "auto") localStorage.removeItem("vaultsite-theme");
      else localStorage.setItem("vaultsite-theme", choice);
    } catch (e) { /* it holds for this page */ }
  }
  all("[data-theme-toggle]").forEach(function (button) {
    function name() {
      button.title = words[mode()];
      button.setAttribute("aria-label", words[mode()]);
      button.querySelector("use").setAttribute("href", "#_i-" + mode());
    }
    button.addEventListener("click", function () {
      var choice = modes[(modes.indexOf(mode()) + 1) % modes.length];
      if (choice === "auto") delete root.dataset.theme;
      else root.dataset.theme = choice;
      keep(choice);
      paint();
      name();
    });
    button.hidden = false;
    name();
  });
  system.addEventListener("change", paint);

  /* search: its style, then its script come when a reader first asks for it; where they
     do not, the link leads to the list of all notes.  Ctrl K: titles alone */
  var find = doc.querySelector("[data-search]");
  function typing(e) { return e.closest && e.closest("input, textarea, select, [contenteditable]"); }
  function ask(titles) {
    if (site.show) return site.show(titles);
    site.titles = titles;
    if (site.failed) return;
    site.failed = function () { location.href = find.href; };
    var style = doc.createElement("link"), script = doc.createElement("script");
    script.src = find.dataset.search;
    script.onerror = site.failed;
    style.rel = "stylesheet";
    style.onload = style.onerror = function () { doc.head.appendChild(script); };
    if (!find.dataset.style) return void doc.head.appendChild(script);
    style.href = find.dataset.style;
    doc.head.appendChild(style);
  }
  if (find && window.HTMLDialogElement) {
    find.setAttribute("role", "button");
    find.setAttribute("aria-haspopup", "dialog");
    find.querySelector("kbd").hidden = false;
    all("[data-ask]").concat(find).forEach(function (way) {
      way.addEventListener("click", function (e) {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return;
        e.preventDefault();
        ask(false);
      });
    });
    addEventListener("keydown", function (e) {
      var slash = e.key === "/" && !typing(e.target) && !e.ctrlKey && !e.metaKey && !e.altKey;
      var k = (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k";
      if (!slash && !k) return;
      e.preventDefault();
      ask(k);
    });
  }

  /* previews of links: their script comes when a reader first points at one, or comes to
     one by keyboard; not where fingers point */
  function preview(e) {
    if (e.pointerType === "touch" || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    if (!e.target.closest || !e.target.closest("main a[href]")) return;
    var script = doc.createElement("script");
    removeEventListener("pointerover", preview);
    removeEventListener("focusin", preview);
    site.pointed = e;
    script.src = words.previews;
    doc.head.appendChild(script);
  }
  if (words.previews && "popover" in root) {
    addEventListener("pointerover", preview);
    addEventListener("focusin", preview);
  }

  /* the tree of the folders: its script comes when a reader first opens it, or had it open
     on the page before; it takes the place of the neighbours, which it shows as well */
  var browse = doc.querySelector("[data-explorer]");
  function grow() {
    var script = doc.createElement("script");
    site.tree.button.removeEventListener("click", grow);
    site.tree.show(true);
    script.src = browse.dataset.explorer;
    script.onerror = function () { site.tree.failed(); };
    doc.head.appendChild(script);
  }
  if (browse) {
    var folders = browse.lastElementChild, twist = doc.createElement("button"), near = all(".rail .here");
    near = near.concat(near.map(function (list) { return list.previousElementSibling; }));
    site.tree = {
      button: twist, item: folders, branch: browse.dataset.branch,
      key: "vaultsite-tree " + new URL(".", doc.currentScript.src),
      show: function (open) {
        twist.setAttribute("aria-expanded", open);
        near.forEach(function (e) { e.hidden = open; });
      },
      failed: function () { if (this.asked) location.href = folders.querySelector("a").href; else this.show(false); }
    };
    twist.type = "button";
    twist.className = "btn twist";
    twist.setAttribute("aria-label", folders.querySelector("span").textContent);
    twist.innerHTML = '<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 6 8 10.5 12.5 6"/></svg>';
    folders.insertBefore(twist, folders.firstChild);
    site.tree.show(false);
    twist.addEventListener("click", grow);
    twist.addEventListener("click", function () { site.tree.asked = true; });
    try { if (sessionStorage.getItem(site.tree.key)) grow(); } catch (e) { /* storage is closed */ }
  }

  /* contents: the heading that is being read */
  var entries = all("#_contents a").map(function (a) {
    return { link: a, heading: doc.getElementById(decodeURIComponent(a.hash.slice(1))) };
  }).filter(function (e) { return e.heading; });
  function follow() {
    var current = 0, edge = 120;
    entries.forEach(function (e, i) {
      if (e.heading.getBoundingClientRect().top <= edge) current = i;
    });
    if (innerHeight + scrollY >= root.scrollHeight - 4 && scrollY > 0) current = entries.length - 1;
    entries.forEach(function (e, i) {
      if (i === current) e.link.setAttribute("aria-current", "true");
      else e.link.removeAttribute("aria-current");
    });
  }
  if (entries.length) {
    var waiting = false;
    addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; follow(); });
    }, { passive: true });
    follow();
    entries.forEach(function (e) {
      e.link.addEventListener("click", function () {
        var box = e.link.closest("[popover]");
        if (box && box.matches(":popover-open")) box.hidePopover();
      });
    });
  }

  /* what a button opens over a narrow page belongs to a wide one, which has no such button */
  if ("popover" in root) addEventListener("resize", function () {
    all("[popovertarget]:not(.close)").forEach(function (button) {
      var part = doc.getElementById(button.getAttribute("popovertarget"));
      if (!button.offsetWidth && part.matches(":popover-open")) part.hidePopover();
    });
  });

  /* code: a button that copies it; there is no clipboard without https */
  if (navigator.clipboard) all(".markdown-rendered pre > code").forEach(function (code) {
    var button = doc.createElement("button");
    button.type = "button";
    button.className = "btn copy";
    button.textContent = words.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(code.textContent).then(function () {
        button.textContent = words.copied;
        setTimeout(function () { button.textContent = words.copy; }, 1500);
      }, function () { /* not allowed: the text can be selected */ });
    });
    code.parentNode.appendChild(button);
  });

  /* tables of queries: rows by a column, up, down; what it cannot tell apart stays in the
     order of the query.  Not where further rows are on other pages. */
  var texts;
  function compareTexts(a, b) {
    if (!texts) {
      try { texts = new Intl.Collator(root.lang, { numeric: true }); }
      catch (e) { texts = new Intl.Collator(undefined, { numeric: true }); }
    }
    return texts.compare(a, b);
  }
  function sortKey(row, column) {
    var cell = row.cells[column] || row, key = cell.dataset.sort;
    var text = key !== undefined ? key : cell.textContent.trim();
    return { row: row, text: text, number: text === "" ? NaN : Number(text) };
  }
  function compare(a, b) {
    if (!a.text || !b.text) return !b.text - !a.text;
    if (!isNaN(a.number) && !isNaN(b.number)) return a.number - b.number;
    if (isNaN(a.number) !== isNaN(b.number)) return isNaN(a.number) ? 1 : -1;
    return compareTexts(a.text, b.text);
  }
  all(".block-language-dataview .table-view-table, .index[data-sortable]").forEach(function (table) {
    var bodies = all("tbody", table).map(function (body) {
      return { body: body, rows: all("tr:not(.group)", body) };
    }), heads = all("thead th", table), query = table.closest(".block-language-dataview");
    if (all("tbody tr", table).length < 2 || query && query.querySelector(".query-more")) return;
    heads.forEach(function (head, column) {
      var label = head.firstElementChild, button = doc.createElement("button");
      if (!label || label.querySelector("a, button, input")) return;
      button.type = "button";
      head.insertBefore(button, label);
      button.appendChild(label);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        bodies.forEach(function (part) {
          part.rows.map(function (row) { return sortKey(row, column); }).sort(function (a, b) {
            return down ? compare(b, a) : compare(a, b);
          }).forEach(function (k) { part.body.appendChild(k.row); });
        });
      });
    });
  });

  /* lists: only what has all the words that are typed, in its row or in the heading of
     its group; a group of which nothing is left goes with its heading */
  all("[data-filter]").forEach(function (field) {
    var rows = all(field.dataset.filter).filter(function (row) { return !row.matches(".group"); });
    var bar = field.closest("[hidden]"), told = bar && bar.querySelector("[role=status]");
    if (!bar || rows.length < 2) return;
    var all_rows = told.textContent;
    var groups = rows.map(function (row) { return row.closest("main section, tbody"); });
    var texts = rows.map(function (row, i) {
      var heading = groups[i].querySelector(".group > :first-child");
      return ((heading ? heading.textContent + " " : "") + row.textContent).toLocaleLowerCase();
    });
    bar.hidden = false;
    field.addEventListener("input", function () {
      var typed = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      groups.forEach(function (group) { group.hidden = true; });
      rows.forEach(function (row, i) {
        row.hidden = !typed.every(function (word) { return texts[i].indexOf(word) >= 0; });
        if (row.hidden) return;
        groups[i].hidden = false;
        shown++;
      });
      told.textContent = typed.length ? words.shown.replace("{n}", shown).replace("{m}", rows.length) : all_rows;
    });
  });

  /* headings: their address, for whoever points at one */
  all(".markdown-rendered :is(h1, h2, h3, h4, h5, h6)[id]").forEach(function (heading) {
    var a = doc.createElement("a");
    a.className = "anchor";
    a.href = "#" + heading.id;
    a.textContent = "#";
    a.tabIndex = -1;
    a.setAttribute("aria-hidden", "true");
    heading.appendChild(a);
  });

  /* back and forward: unfolded, sorted, filtered as it was left; then the browser finds
     the place again.  Kept when it changes: while a page is left it is too late. */
  var folds = all("main details"), fields = all("[data-filter]"), heads = all("main thead th");
  function states() {
    return {
      folds: folds.map(function (d) { return d.open; }),
      typed: fields.map(function (f) { return f.value; }),
      sorted: heads.map(function (h) { return h.getAttribute("aria-sort"); })
    };
  }
  function again(left) {
    if (!left || !left.folds || left.folds.length !== folds.length || left.sorted.length !== heads.length) return;
    folds.forEach(function (d, i) { d.open = left.folds[i]; });
    heads.forEach(function (h, i) {
      var button = h.querySelector("button"), clicks = 2;
      while (button && left.sorted[i] && h.getAttribute("aria-sort") !== left.sorted[i] && clicks--) button.click();
    });
    fields.forEach(function (f, i) {
      f.value = left.typed[i] || "";
      if (f.value) f.dispatchEvent(new Event("input"));
    });
  }
  again(history.state);
  var keeping;
  function keepStates() {
    clearTimeout(keeping);
    keeping = setTimeout(function () { history.replaceState(states(), ""); }, 100);
  }
  folds.forEach(function (d) { d.addEventListener("toggle", keepStates); });
  fields.forEach(function (f) { f.addEventListener("input", keepStates); });
  heads.forEach(function (h) { h.addEventListener("click", keepStates); });

  /* what is folded is printed too */
  addEventListener("beforeprint", function () {
    all("details:not([open])").forEach(function (d) { d.dataset.folded = ""; d.open = true; });
  });
  addEventListener("afterprint", function () {
    all("details[data-folded]").forEach(function (d) { delete d.dataset.folded; d.open = false; });
  });
})();
