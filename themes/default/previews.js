/* Previews: how a note begins, beside a link to it.  Asked for by site.js when a reader
   first points at a link, or comes to one by keyboard.  What is shown stands in files that
   are scripts too (it works from file://), as HTML that the build has made; addresses in
   it lead from the root.  Which file a page is in follows from its address:
   src/site/previews.h.  Shown beside what has the pointer or the focus, as long as that
   or the preview has it, and until Esc (WCAG 1.4.13). */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, site = window.vaultsite;
  var top = new URL("../", doc.currentScript.src).href, base = top + "_/previews/";
  var LINKS = "main a[href]", NOT = "nav, .pager, .letters, .seg, .anchor, .preview";
  var POINTED = 350, REACHED = 700, LEFT = 250, EDGE = 8, GAP = 6;
  var fine = matchMedia("(hover: hover) and (pointer: fine)");

  /* --- files --- */
  var index, shards = {}, loading = {};
  site.previews = function (all) { index = all; };
  site.preview = function (shard, notes) { shards[shard] = notes; };
  function load(name, done) {
    if (loading[name] === "there") return done();
    if (loading[name]) return void loading[name].push(done);
    loading[name] = [done];
    var script = doc.createElement("script");
    script.src = base + name + ".js" + (index ? "?" + index.version : "");
    script.onload = script.onerror = function () {
      var list = loading[name];
      loading[name] = "there";
      script.remove();
      list.forEach(function (f) { f(); });
    };
    doc.head.appendChild(script);
  }
  function style(done) {
    if (!index.style || loading.style) return done();
    loading.style = true;
    var link = doc.createElement("link");
    link.rel = "stylesheet";
    link.href = top + index.style;
    link.onload = link.onerror = done;
    doc.head.appendChild(link);
  }

  /* The address of a page from the root; "" of what has no preview. */
  function addressOf(href) {
    var address = href.split(/[?#]/)[0];
    if (address.indexOf(top) !== 0) return "";
    address = address.slice(top.length);
    return address === "" || address.slice(-1) === "/" ? address + "index.html" : address;
  }
  function shardOf(address) {
    var h = 2166136261, i;
    for (i = 0; i < address.length; i++) h = Math.imul(h ^ address.charCodeAt(i), 16777619);
    return (h ^ h >>> 16) & index.shards - 1;
  }
  /* Calls `done` with what there is to show, if there is something. */
  function find(link, done) {
    var address = addressOf(link.href), id = "";
    try { id = decodeURIComponent(link.hash.slice(1)); } catch (e) { /* as typed by hand */ }
    load("index", function () {
      var shard = index && shardOf(address);
      if (index) load(shard, function () {
        var note = (shards[shard] || {})[address], html = note && note[3], i;
        for (i = 4; note && i < note.length; i += 2) if (note[i] === id) html = note[i + 1];
        if (note && (html || note[2])) style(function () { done(note, html); });
      });
    });
  }

  /* --- what is shown --- */
  var box, shown = null;
  function element(name, className, text) {
    var e = doc.createElement(name);
    e.className = className;
    if (text !== undefined) { e.textContent = text; e.dir = "auto"; }
    return e;
  }
  function icon(kind) {
    var svg = doc.createElementNS("http://www.w3.org/2000/svg", "svg"), use = doc.createElementNS(svg.namespaceURI, "use");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#_i-" + (doc.getElementById("_i-" + kind) ? kind : "note"));
    svg.appendChild(use);
    return svg;
  }
  /* In a template nothing is loaded before its address is right.  Tab goes on behind the
     link: what can be followed here is reached by opening the note. */
  function filled(e, html) {
    var template = doc.createElement("template");
    template.innerHTML = html;
    template.content.querySelectorAll("[href], [src]").forEach(function (part) {
      ["href", "src"].forEach(function (name) {
        var address = part.getAttribute(name);
        if (address !== null && part.namespaceURI === root.namespaceURI) part.setAttribute(name, new URL(address, top).href);
      });
    });
    template.content.querySelectorAll("a, summary, [tabindex]").forEach(function (part) { part.tabIndex = -1; });
    e.appendChild(template.content);
    return e;
  }
  function place(link, y) {
    var lines = Array.prototype.slice.call(link.getClientRects()), line = lines.filter(function (r) {
      return y >= r.top && y <= r.bottom;
    })[0] || lines[0];
    if (!line) return hide();
    var below = innerHeight - line.bottom - GAP - EDGE, above = line.top - GAP - EDGE, up, left;
    box.style.maxHeight = "";
    up = box.offsetHeight > below && above > below;
    box.style.maxHeight = Math.min(box.offsetHeight, up ? above : below) + "px";
    box.classList.toggle("cut", box.scrollHeight > box.clientHeight);
    left = root.dir === "rtl" ? line.right - box.offsetWidth : line.left;
    box.style.left = Math.max(EDGE, Math.min(left, innerWidth - box.offsetWidth - EDGE)) + "px";
    box.style.top = (up ? line.top - GAP - box.offsetHeight : line.bottom + GAP) + "px";
  }
  function show(link, y, note, html) {
    hide();
    box = box || doc.querySelector("main").appendChild(element("div", "preview"));
    box.popover = "manual";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", index.label + ": " + note[0]);
    box.textContent = "";
    var title = element("p", "preview-title");
    title.appendChild(icon(note[1]));
    title.appendChild(element("b", "", note[0]));
    box.appendChild(title);
    if (note[2]) box.appendChild(filled(element("p", "preview-line"), note[2]));
    if (html) box.appendChild(filled(element("div", "preview-text markdown-rendered"), html));
    box.showPopover();
    shown = link;
    place(link, y);
  }
  function hide() {
    clearTimeout(leaving);
    if (shown) box.hidePopover();
    shown = null;
  }

  /* --- when --- */
  var wanted = null, waiting, leaving;
  function linkOf(target) {
    var link = target.closest && target.closest(LINKS), address = link && !link.closest(NOT) ? addressOf(link.href) : "";
    return /\.html$/.test(address) && address !== addressOf(location.href) ? link : null;
  }
  function ask(link, y, after) {
    if (link === wanted) return;
    wanted = link;
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      find(link, function (note, html) { if (link === wanted && link.isConnected) show(link, y, note, html); });
    }, after);
  }
  function leave(after) {
    wanted = null;
    clearTimeout(waiting);
    clearTimeout(leaving);
    if (shown) leaving = setTimeout(hide, after);
  }
  function over(e) {
    var link = linkOf(e.target);
    if (e.pointerType === "touch" || !fine.matches) return;
    if (link && link !== shown) {
      /* It may have nothing to show: what is shown goes anyhow. */
      if (shown && link !== wanted) { clearTimeout(leaving); leaving = setTimeout(hide, POINTED + LEFT); }
      return ask(link, e.clientY, POINTED);
    }
    if (link || shown && box.contains(e.target)) clearTimeout(leaving);
    else if (shown !== doc.activeElement || wanted !== shown) leave(LEFT);
  }
  function reach(e) {
    var link = linkOf(e.target);
    if (link && fine.matches && link.matches(":focus-visible")) ask(link, -1, REACHED);
  }
  addEventListener("pointerover", over);
  root.addEventListener("pointerleave", function () { leave(LEFT); });
  addEventListener("focusin", reach);
  addEventListener("focusout", function () { leave(LEFT); });
  addEventListener("pointerdown", function (e) { if (!shown || !box.contains(e.target)) { leave(0); hide(); } });
  addEventListener("keydown", function (e) {
    if (e.key !== "Escape" || !shown) return;
    if (!doc.querySelector("dialog[open], :popover-open:not(.preview)")) e.preventDefault();
    hide(); /* and not again before another link was wanted */
  });
  addEventListener("scroll", function () { if (shown) place(shown, -1); }, { passive: true });
  addEventListener("resize", hide);
  if (site.pointed) (site.pointed.type === "focusin" ? reach : over)(site.pointed);
})();
