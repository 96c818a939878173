/* The graph of the whole vault, on its own page: drawn on a canvas from files that are
   classic scripts, so that it works from a file share.  Where each node stands was
   computed when the site was built; the table below it tells the same without a script. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, box = doc.querySelector("[data-graph]");
  if (!box || !doc.createElement("canvas").getContext) return;
  var LISTED = 100, UNIT = 24, SVG = "http://www.w3.org/2000/svg", folder = box.dataset.graph.replace(/[^/]*$/, "");
  var up = folder.replace(/_\/graph\/$/, ""), GREY = { meeting: 1, transcript: 1, note: 1 };
  var data, texts, nodes = [], byPath = new Map(), asked = {}, colours = {}, widths = new Map();
  var view = { x: 0, y: 0, k: 1 }, size = { w: 0, h: 0 }, fitted = 1;
  var hovered = null, selected = null, tag = -1, hidden = {};
  var canvas, pen, card, said, parts = {};

  function element(name, into, settings) {
    var e = doc.createElement(name);
    Object.keys(settings || {}).forEach(function (key) {
      if (key === "text") e.textContent = settings[key];
      else e.setAttribute(key, settings[key]);
    });
    if (into) into.appendChild(e);
    return e;
  }
  function button(into, text, press) {
    var b = element("button", into, { type: "button", "class": "btn", text: text });
    b.addEventListener("click", press);
    return b;
  }
  function load(name) {
    var script = element("script", null, { src: folder + name });
    script.onerror = function () { if (said) said.textContent = texts.failed; };
    doc.head.appendChild(script);
  }
  function count(one, n) {
    return n === 1 ? texts[one + "_one"] : texts[one + "_many"].replace("{n}", n.toLocaleString(root.lang || undefined));
  }

  /* shapes: 16 by 16 with the middle at 0, 0; `r` is half the width of a circle */
  var outlines = {
    customer: function (c, r) { c.rect(-r, -r, 2 * r, 2 * r); },
    project: function (c, r) { r *= 1.35; c.moveTo(0, -r); c.lineTo(r, 0); c.lineTo(0, r); c.lineTo(-r, 0); c.closePath(); },
    other: function (c, r) { r *= 1.25; c.moveTo(0, -r); c.lineTo(r, .8 * r); c.lineTo(-r, .8 * r); c.closePath(); },
    note: function (c, r) { r *= .8; c.rect(-r, -r, 2 * r, 2 * r); }
  };
  function circle(c, r) { c.arc(0, 0, r, 0, 7); }
  var paths = {
    customer: "M3 3h10v10H3z", project: "M8 1l7 7-7 7-7-7z", other: "M8 2l6 11H2z", note: "M4 4h8v8H4z"
  };
  function swatch(shape) {
    var svg = doc.createElementNS(SVG, "svg"), path = doc.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("class", "g-" + shape);
    path.setAttribute("d", paths[shape] || "M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0z");
    svg.appendChild(path);
    return svg;
  }

  /* colours: those of the style sheet as they are now */
  function resolve(value) {
    parts.probe.style.color = value;
    return getComputedStyle(parts.probe).color;
  }
  function readColours() {
    ["bg-2", "line-2", "text", "text-2", "accent"].forEach(function (name) {
      colours[name] = resolve("var(--" + name + ")");
    });
    Object.keys(parts.swatches).forEach(function (shape) {
      var style = getComputedStyle(parts.swatches[shape].firstChild);
      colours[shape] = shape === "transcript" ? style.stroke : style.fill;
    });
    colours.font = getComputedStyle(canvas).fontFamily;
    widths.clear();
    redraw();
  }

  /* nodes */
  function pathOf(href) {
    try { return decodeURIComponent(href); } catch (e) { return href; }
  }
  function addNode(title, href, kind, links) {
    var node = { title: title, href: href, path: pathOf(href), kind: kind, shape: data.kinds[kind][0], count: links,
      x: 0, y: 0, tags: null, near: [], at: nodes.length };
    node.r = GREY[node.shape] ? 3 : 4.5 + Math.min(4, Math.sqrt(links) / 3);
    byPath.set(node.path, node);
    nodes.push(node);
    return node;
  }
  function join(a, b) {
    if (a === b || a.near.indexOf(b) >= 0) return;
    a.near.push(b);
    b.near.push(a);
  }
  function isShown(node) {
    return !hidden[node.kind] && (tag < 0 || (node.tags ? node.tags.indexOf(tag) >= 0 : node === selected ||
      selected !== null && selected.near.indexOf(node) >= 0));
  }

  /* view: a node is drawn at (its place - view) * k from the middle of the canvas */
  function screenX(node) { return (node.x - view.x) * view.k + size.w / 2; }
  function screenY(node) { return (node.y - view.y) * view.k + size.h / 2; }
  /* The frame is wider than high, or on a telephone the other way round. */
  function stretch() {
    var b = bounds(), factor = b && b.h > 0 && b.w > 0 ? (size.w - 80) / (size.h - 60) * b.h / b.w : 1;
    factor = Math.max(.6, Math.min(1.8, factor));
    nodes.forEach(function (n) { n.x *= factor; });
  }
  function fit() {
    var b = bounds();
    if (!b) return;
    view.x = b.x;
    view.y = b.y;
    view.k = Math.min(3, (size.w - 80) / Math.max(1, b.w), (size.h - 60) / Math.max(1, b.h));
    fitted = view.k;
    redraw();
  }
  function bounds() {
    var left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    nodes.forEach(function (n) {
      if (!isShown(n)) return;
      left = Math.min(left, n.x); right = Math.max(right, n.x);
      top = Math.min(top, n.y); bottom = Math.max(bottom, n.y);
    });
    return left > right ? null : { x: (left + right) / 2, y: (top + bottom) / 2, w: right - left, h: bottom - top };
  }
  function zoom(factor, x, y) {
    var k = Math.max(fitted / 3, Math.min(8, view.k * factor)), dx = x - size.w / 2, dy = y - size.h / 2;
    view.x += dx / view.k - dx / k;
    view.y += dy / view.k - dy / k;
    view.k = k;
    redraw();
  }
  function bringIn(node) {
    var x = screenX(node), y = screenY(node);
    if (view.k < .6) view.k = .6;
    else if (x > 60 && x < size.w - 60 && y > 40 && y < size.h - 40) return;
    view.x = node.x;
    view.y = node.y;
  }

  /* drawing */
  var waiting = false;
  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; draw(); });
  }
  function scale() { return Math.max(.5, Math.min(1.5, Math.sqrt(view.k * 1.6))); }
  function drawLines(active) {
    function lines(wanted) {
      pen.beginPath();
      nodes.forEach(function (a) {
        if (!isShown(a)) return;
        a.near.forEach(function (b) {
          if (b.at < a.at || !isShown(b) || (active !== null && (a === active || b === active)) !== wanted) return;
          pen.moveTo(screenX(a), screenY(a));
          pen.lineTo(screenX(b), screenY(b));
        });
      });
      pen.stroke();
    }
    pen.lineWidth = 1;
    pen.strokeStyle = colours["line-2"];
    pen.globalAlpha = active ? .1 : Math.max(.12, Math.min(.4, 200 / nodes.length));
    lines(false);
    if (!active) return;
    pen.globalAlpha = .9;
    pen.strokeStyle = colours.accent;
    lines(true);
  }
  function drawNode(node, faded) {
    var r = node.r * scale();
    pen.save();
    pen.translate(screenX(node), screenY(node));
    pen.globalAlpha = faded ? .18 : 1;
    pen.beginPath();
    (outlines[node.shape] || circle)(pen, r);
    pen.fillStyle = node.shape === "transcript" ? colours["bg-2"] : colours[node.shape];
    pen.fill();
    if (node.shape === "transcript" || node === selected) {
      pen.lineWidth = node === selected ? 2 : 1.5;
      pen.strokeStyle = node === selected ? colours.text : colours[node.shape];
      pen.stroke();
    }
    pen.restore();
  }
  /* Names: of those that matter most as far as there is room. */
  function drawNames(list, strong) {
    var taken = drawNames.taken;
    list.forEach(function (node) {
      var x = screenX(node), y = screenY(node), r = node.r * scale();
      if (x < -80 || x > size.w + 80 || y < -20 || y > size.h + 20) return;
      var text = node.title.length > 32 ? node.title.slice(0, 31).trim() + "…" : node.title;
      var sort = (strong ? "!" : "") + text;
      if (!widths.has(sort)) widths.set(sort, pen.measureText(text).width);
      var half = widths.get(sort) / 2 + 3, line = y + r + 11, cells = [], free = true;
      /* At the edge of the frame the name moves in, as long as its note is to be seen. */
      if (x > 0 && x < size.w && half * 2 < size.w) x = Math.max(half, Math.min(size.w - half, x));
      if (y > 0 && y < size.h) line = Math.min(line, size.h - 5);
      for (var i = Math.floor((x - half) / 12); i <= (x + half) / 12; i++)
        for (var j = Math.floor((line - 10) / 7); j <= (line + 3) / 7; j++) cells.push(i * 4096 + j);
      free = !cells.some(function (c) { return taken.has(c); });
      if (!free && node !== selected && node !== hovered) return;
      cells.forEach(function (c) { taken.add(c); });
      pen.globalAlpha = 1;
      pen.lineWidth = 3;
      pen.strokeStyle = colours["bg-2"];
      pen.strokeText(text, x, line);
      pen.fillStyle = strong ? colours.text : colours["text-2"];
      pen.fillText(text, x, line);
    });
  }
  /* Entities; where there are none, the notes with the most links. */
  function named(node) {
    return GREY[nodes[0].shape] ? node.at < 30 : !GREY[node.shape];
  }
  function draw() {
    var active = hovered || selected, ratio = canvas.width / size.w, shown = nodes.filter(isShown);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size.w, size.h);
    if (active && !isShown(active)) active = null;
    drawLines(active);
    /* What matters most is drawn last. */
    for (var i = shown.length; i-- > 0;)
      drawNode(shown[i], active && shown[i] !== active && active.near.indexOf(shown[i]) < 0);
    if (active) active.near.filter(isShown).forEach(function (n) { drawNode(n, false); });
    if (active) drawNode(active, false);
    pen.textAlign = "center";
    pen.lineJoin = "round";
    drawNames.taken = new Set();
    if (active) {
      pen.font = "600 12px " + colours.font;
      drawNames([active], true);
      pen.font = "11px " + colours.font;
      drawNames(active.near.filter(isShown), true);
    } else {
      pen.font = "11px " + colours.font;
      drawNames(shown.filter(function (n) { return named(n); }), false);
    }
  }

  /* more of a neighbourhood: the files near-N.js */
  function bucketOf(path) {
    var hash = 2166136261;
    new TextEncoder().encode(path).forEach(function (byte) { hash = Math.imul(hash ^ byte, 16777619); });
    return (hash >>> 0) & (data.buckets - 1);
  }
  function askFor(path) {
    if (!data.buckets) return;
    var bucket = bucketOf(path);
    if (asked[bucket] === undefined) {
      asked[bucket] = null;
      load("near-" + bucket + ".js");
    } else if (asked[bucket]) {
      unfold(path, asked[bucket][path]);
    }
  }
  function arrive(bucket, notes) {
    asked[bucket] = notes;
    if (parts.wanted && notes[parts.wanted]) unfold(parts.wanted, notes[parts.wanted]);
    else if (selected && notes[selected.path]) unfold(selected.path, notes[selected.path]);
  }
  /* What is not there yet stands around the note, turn by turn further out. */
  function unfold(path, row) {
    if (!row) return;
    var node = byPath.get(path) || addNode(row[0], row[1], row[2], row[3]), turn = 0;
    row[4].forEach(function (other) {
      var near = typeof other === "number" ? nodes[other] : byPath.get(pathOf(other[1]));
      if (!near) {
        near = addNode(other[0], other[1], other[2], other[3]);
        near.x = node.x + UNIT * (2.4 + .7 * Math.sqrt(turn)) * Math.cos(turn * 2.4);
        near.y = node.y + UNIT * (2.4 + .7 * Math.sqrt(turn)) * Math.sin(turn * 2.4);
        turn++;
      }
      join(node, near);
    });
    if (parts.wanted === path) {
      parts.wanted = null;
      if (!node.tags) place(node);
      select(node);
    } else if (selected === node) {
      showCard(node);
      redraw();
    }
  }
  /* A note that is no node of the graph: amid those that are. */
  function place(node) {
    var known = node.near.filter(function (n) { return n.tags; }), x = 0, y = 0;
    known.forEach(function (n) { x += n.x / known.length; y += n.y / known.length; });
    node.near.concat([node]).forEach(function (n) {
      if (n.tags) return;
      n.x += x + UNIT;
      n.y += y;
    });
  }

  /* what is chosen */
  function remember() {
    try {
      history.replaceState({ graph: selected ? selected.path : "", view: [view.x, view.y, view.k] }, "");
    } catch (e) { /* going back begins anew */ }
  }
  function select(node) {
    selected = node;
    hovered = null;
    if (node) {
      bringIn(node);
      said.textContent = node.title + ", " + data.kinds[node.kind][1] + ", " + count("links", node.count);
      askFor(node.path);
    }
    showCard(node);
    remember();
    redraw();
  }
  function open(node, aside) {
    remember();
    if (aside) window.open(up + node.href, "_blank", "noopener");
    else location.href = up + node.href;
  }
  function showCard(node) {
    card.hidden = !node;
    card.textContent = "";
    if (!node) return;
    var head = element("header", card), names = element("div", head), title = element("h2", names, { id: "_chosen", dir: "auto" });
    element("a", title, { href: up + node.href, text: node.title });
    element("p", names, { text: data.kinds[node.kind][1] + ", " + count("links", node.count) });
    button(head, texts.close, function () { select(null); canvas.focus(); });
    var list = element("ul", card, { tabindex: "0", role: "list", "aria-labelledby": "_chosen" });
    var listed = node.near.slice().sort(function (a, b) {
      return !!GREY[a.shape] - !!GREY[b.shape] || a.at - b.at;
    }).slice(0, LISTED);
    listed.forEach(function (n) {
      var link = element("a", element("li", list), { href: up + n.href });
      link.appendChild(swatch(n.shape));
      element("span", link, { dir: "auto", text: n.title });
      link.addEventListener("mouseenter", function () { hovered = n; redraw(); });
      link.addEventListener("mouseleave", function () { hovered = null; redraw(); });
    });
    if (node.count > listed.length) element("p", card, { text: count("more", node.count - listed.length) });
  }

  /* pointer: drag moves, wheel and two fingers zoom, a click chooses and opens */
  var touches = new Map(), moved = false, spread = 0;
  function nodeAt(e) {
    var b = canvas.getBoundingClientRect(), x = e.clientX - b.left, y = e.clientY - b.top, best = null, least = Infinity;
    nodes.forEach(function (n) {
      if (!isShown(n)) return;
      var dx = screenX(n) - x, dy = screenY(n) - y, d = dx * dx + dy * dy, r = n.r * scale() + (e.pointerType === "touch" ? 14 : 5);
      if (d < r * r && d < least) { best = n; least = d; }
    });
    return best;
  }
  function hover(node) {
    if (node === hovered) return;
    hovered = node;
    canvas.classList.toggle("on", !!node);
    redraw();
  }
  function pointers() {
    canvas.addEventListener("pointerdown", function (e) {
      canvas.setPointerCapture(e.pointerId);
      touches.set(e.pointerId, e);
      if (touches.size === 1) moved = false;
      spread = 0;
    });
    canvas.addEventListener("pointermove", function (e) {
      var from = touches.get(e.pointerId);
      if (!from) return hover(nodeAt(e));
      if (!moved && Math.abs(e.clientX - from.clientX) + Math.abs(e.clientY - from.clientY) < 5) return;
      moved = true;
      view.x -= (e.clientX - from.clientX) / view.k / touches.size;
      view.y -= (e.clientY - from.clientY) / view.k / touches.size;
      touches.set(e.pointerId, e);
      if (touches.size === 2) {
        var both = Array.from(touches.values()), b = canvas.getBoundingClientRect();
        var now = Math.hypot(both[0].clientX - both[1].clientX, both[0].clientY - both[1].clientY);
        if (spread) zoom(now / spread, (both[0].clientX + both[1].clientX) / 2 - b.left, (both[0].clientY + both[1].clientY) / 2 - b.top);
        spread = now;
      }
      redraw();
    });
    canvas.addEventListener("pointerup", function (e) {
      var clicked = touches.delete(e.pointerId) && !moved && e.button === 0 ? nodeAt(e) : undefined;
      if (moved) remember();
      if (clicked === undefined) return;
      if (clicked && (e.ctrlKey || e.metaKey)) open(clicked, true);
      else if (clicked && clicked === selected) open(clicked);
      else select(clicked);
    });
    canvas.addEventListener("pointercancel", function (e) { touches.delete(e.pointerId); });
    canvas.addEventListener("pointerleave", function () { hover(null); });
    canvas.addEventListener("wheel", function (e) {
      if (!e.ctrlKey && !e.metaKey && doc.activeElement !== canvas) return;
      e.preventDefault();
      zoom(Math.exp(-e.deltaY * (e.deltaMode ? .05 : .002)), e.offsetX, e.offsetY);
    }, { passive: false });
  }

  /* keys: to the nearest note in a direction */
  function step(dx, dy) {
    var best = null, least = Infinity;
    if (!selected) return select(nodes.filter(isShown)[0] || null);
    nodes.forEach(function (n) {
      var along = (n.x - selected.x) * dx + (n.y - selected.y) * dy, across = Math.abs((n.x - selected.x) * dy) + Math.abs((n.y - selected.y) * dx);
      if (n === selected || !isShown(n) || along <= 0 || across > along * 1.2) return;
      if (along + 2 * across < least) { best = n; least = along + 2 * across; }
    });
    if (best) select(best);
  }
  var keys = {
    ArrowLeft: function () { step(-1, 0); }, ArrowRight: function () { step(1, 0); },
    ArrowUp: function () { step(0, -1); }, ArrowDown: function () { step(0, 1); },
    Enter: function () { if (selected) open(selected); },
    Escape: function () { select(null); },
    "+": function () { zoom(1.3, size.w / 2, size.h / 2); }, "=": function () { keys["+"](); },
    "-": function () { zoom(1 / 1.3, size.w / 2, size.h / 2); }, "0": function () { fit(); }
  };

  /* the page */
  function buildBar() {
    var present = {}, bar;
    var legend = element("div", box, { "class": "legend", role: "group", "aria-label": texts.kinds });
    nodes.forEach(function (n) { present[n.kind] = (present[n.kind] || 0) + 1; });
    parts.swatches = {};
    data.kinds.forEach(function (kind, i) {
      var shape = swatch(kind[0]);
      parts.swatches[kind[0]] = shape;
      var b = button(legend, kind[2], function () {
        hidden[i] = !hidden[i];
        b.setAttribute("aria-pressed", String(!hidden[i]));
        if (selected && !isShown(selected)) select(null);
        redraw();
      });
      b.setAttribute("aria-pressed", "true");
      b.insertBefore(shape, b.firstChild);
      element("span", b, { "class": "n", text: (present[i] || 0).toLocaleString(root.lang || undefined) });
      if (!present[i]) b.hidden = true;
    });
    bar = element("div", box, { "class": "bar" });
    if (data.tags.length) {
      var tags = element("select", bar, { "class": "field", "aria-label": texts.tag });
      element("option", tags, { value: "-1", text: texts.any });
      data.tags.forEach(function (name, i) { element("option", tags, { value: i, text: "#" + name }); });
      tags.addEventListener("change", function () {
        tag = +tags.value;
        if (selected && !isShown(selected)) select(null);
        fit();
      });
    }
    buildFind(bar);
    var zooms = element("span", bar, { "class": "g-zoom" });
    button(zooms, texts["in"], keys["+"]);
    button(zooms, texts.out, keys["-"]);
    button(zooms, texts.whole, keys["0"]);
  }
  function buildFind(bar) {
    var input = element("input", bar, { "class": "field", type: "search", list: "_nodes", "aria-label": texts.find, placeholder: texts.find,
      autocomplete: "off" });
    var list = element("datalist", bar, { id: "_nodes" });
    function find() {
      var text = input.value.trim().toLocaleLowerCase(), shown = nodes.filter(isShown);
      function first(test) { return shown.filter(function (n) { return test(n.title.toLocaleLowerCase()); })[0]; }
      return text && (first(function (t) { return t === text; }) || first(function (t) { return t.indexOf(text) === 0; }) ||
        first(function (t) { return t.indexOf(text) >= 0; }));
    }
    input.addEventListener("focus", function () {
      if (list.firstChild) return;
      nodes.forEach(function (n) { element("option", list, { value: n.title }); });
    });
    function go() {
      var node = find();
      if (node && node !== selected) select(node);
    }
    input.addEventListener("change", go);
    input.addEventListener("keydown", function (e) { if (e.key === "Enter") go(); });
  }
  function measure() {
    var w = canvas.clientWidth, h = canvas.clientHeight, ratio = Math.min(3, window.devicePixelRatio || 1);
    if (!w || w === size.w && h === size.h && canvas.width === Math.round(w * ratio)) return;
    var first = !size.w;
    size = { w: w, h: h };
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
    if (first) { stretch(); fit(); }
    redraw();
  }
  function buildFrame() {
    var frame = element("div", box, { "class": "g-frame" });
    canvas = element("canvas", frame, { tabindex: "0", role: "application", "aria-label": texts.label, "aria-describedby": "_keys" });
    pen = canvas.getContext("2d");
    card = element("section", frame, { "class": "g-card", "aria-labelledby": "_chosen", hidden: "" });
    element("p", box, { "class": "g-hint", id: "_keys", text: texts.hint + " " + texts.keys });
    said = element("p", box, { "class": "sr", role: "status" });
    parts.probe = element("span", box, { hidden: "" });
    canvas.addEventListener("keydown", function (e) {
      if (!keys[e.key] || e.ctrlKey || e.metaKey || e.altKey) return;
      e.preventDefault();
      keys[e.key]();
    });
    pointers();
  }
  function begin(index) {
    data = index;
    texts = index.texts;
    index.nodes.forEach(function (row) {
      var node = addNode(row[0], row[1], row[2], row[5]);
      node.x = row[3];
      node.y = row[4];
      node.tags = row[6];
    });
    index.links.forEach(function (list, i) {
      list.forEach(function (other) { join(nodes[i], nodes[other]); });
    });
    box.hidden = false;
    buildBar();
    buildFrame();
    measure();
    readColours();
    new ResizeObserver(measure).observe(canvas);
    new MutationObserver(readColours).observe(root, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readColours);
    start();
  }
  /* As it was left, or the note that the address names. */
  function start() {
    var state = history.state, asks = pathOf(location.search.slice(1));
    var path = state && state.graph !== undefined ? state.graph : asks;
    if (state && state.view) view = { x: state.view[0], y: state.view[1], k: state.view[2] };
    if (!path) return;
    if (byPath.has(path)) return select(byPath.get(path));
    parts.wanted = path;
    askFor(path);
  }

  /* Where in the window a note is drawn, for whatever points at one; or nothing. */
  function where(path) {
    var node = byPath.get(path), b = canvas && canvas.getBoundingClientRect();
    return node && b ? { x: b.left + screenX(node), y: b.top + screenY(node) } : null;
  }
  window.vaultsiteGraph = { index: begin, near: arrive, where: where };
  load(box.dataset.graph.replace(/.*\//, ""));
})();
