/* Has the scripts of others draw what is on the page: code in colours, formulas, diagrams.
   They stand before this one, those that the page has use for.  What they make of a note is
   looked through before it is shown; what does not pass, or fails, stays as its source.
   Its words stand in data-… of its element. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, words = doc.currentScript.dataset;
  /* Longer ones stay as they are: a page must not stand still. */
  var MAX_CODE = 50000, MAX_MATH = 5000, TURN_MS = 40;
  function all(selector, within) {
    return Array.prototype.slice.call((within || doc).querySelectorAll(selector));
  }
  /* A tree that belongs to no page: nothing in it loads or runs. */
  function inert(html) {
    var box = doc.createElement("template");
    box.innerHTML = html;
    return box.content;
  }
  /* One after the other, with breaks in which the page can be scrolled. */
  function each(list, draw, done) {
    var at = 0;
    (function go() {
      var begun = performance.now();
      while (at < list.length && performance.now() - begun < TURN_MS) {
        try { draw(list[at]); } catch (e) { /* it stays as its source */ }
        at++;
      }
      if (at < list.length) setTimeout(go, 0);
      else if (done) done();
    })();
  }

  /* code: nothing but spans with classes may come back, and the same text */
  function drawCode(code) {
    var name = /(?:^|\s)language-(\S+)/.exec(code.className), text = code.textContent, tree;
    if (!name || !window.hljs.getLanguage(name[1]) || text.length > MAX_CODE) return;
    tree = inert(window.hljs.highlight(text, { language: name[1], ignoreIllegals: true }).value);
    if (tree.textContent !== text || !all("*", tree).every(function (e) {
      return e.tagName === "SPAN" && e.attributes.length === 1 && e.hasAttribute("class");
    })) return;
    code.replaceChildren(tree);
  }
  if (window.hljs) each(all("pre > code[class*=language-]"), drawCode);

  /* formulas: MathML that leads nowhere, is called nothing, and is what was meant; a macro
     that one defines for all (\gdef) is there in those that follow */
  var ERROR = "#fe0102", macros = {};
  function passes(e) {
    return (e.namespaceURI === "http://www.w3.org/1998/Math/MathML" || e.tagName === "SPAN") &&
      e.getAttribute("mathcolor") !== ERROR && Array.prototype.every.call(e.attributes, function (a) {
        return !/^on|href|src|action/i.test(a.name);
      });
  }
  function drawMath(span) {
    var text = span.textContent, block = span.classList.contains("math-block");
    var box = doc.createElement("span"), parts;
    if (text.length > MAX_MATH || span.childElementCount) return;
    window.temml.render(text, box, {
      displayMode: block, wrap: block ? "none" : "tex", throwOnError: true, errorColor: ERROR,
      trust: false, maxSize: [20, 240], maxExpand: 1000, macros: macros
    });
    parts = all("*", box);
    if (parts.length > MAX_MATH || !parts.every(passes)) return;
    parts.forEach(function (e) { e.removeAttribute("id"); });
    span.replaceChildren.apply(span, Array.prototype.slice.call(box.childNodes));
    span.classList.add("is-drawn");
  }
  /* A formula that is too wide scrolls, and the keyboard has to get there. */
  function reach() {
    all(".math-block.is-drawn").forEach(function (e) {
      if (e.scrollWidth > e.clientWidth) e.tabIndex = 0;
      else e.removeAttribute("tabindex");
    });
  }
  /* On paper nothing scrolls: there it gets smaller, as far as A4 and print.css leave room. */
  var PAPER = 660, PAPER_TYPE = 14;
  function shrink() {
    all(".math-block.is-drawn").forEach(function (e) {
      var width = e.scrollWidth * PAPER_TYPE / parseFloat(getComputedStyle(e).fontSize);
      if (width > PAPER) e.firstElementChild.style.fontSize = Math.floor(100 * PAPER / width) + "%";
    });
  }
  function widen() {
    all(".math-block.is-drawn > math").forEach(function (e) { e.style.fontSize = ""; });
  }
  if (window.temml) {
    each(all(".math"), drawMath, reach);
    addEventListener("resize", reach);
    addEventListener("beforeprint", shrink);
    addEventListener("afterprint", widen);
  }

  /* diagrams: in the page's colours, again when these change; in a tree of their own, so
     that no name or style of theirs reaches the page */
  var probe = doc.createElement("i");
  function colour(name) {
    probe.style.color = "var(--" + name + ")";
    return getComputedStyle(probe).color;
  }
  function look() {
    doc.body.appendChild(probe);
    var colours = {
      darkMode: root.classList.contains("theme-dark"), fontSize: "14px",
      fontFamily: getComputedStyle(doc.body).fontFamily,
      background: colour("bg"), primaryColor: colour("bg-2"), primaryTextColor: colour("text"),
      primaryBorderColor: colour("line-2"), lineColor: colour("text-2"), textColor: colour("text"),
      secondaryColor: colour("bg-3"), tertiaryColor: colour("tint"), noteBkgColor: colour("mark"),
      noteTextColor: colour("text"), noteBorderColor: colour("line-2"), titleColor: colour("text"),
      edgeLabelBackground: colour("bg"), pieStrokeColor: colour("bg"), pieOuterStrokeColor: colour("line-2"),
      pieOpacity: 1, pieSectionTextColor: colour("text"), taskTextClickableColor: colour("link")
    };
    /* shares and branches, of which there may be twelve */
    for (var i = 0; i < 12; i++) {
      var tint = colour("diagram-" + (i % 6 + 1));
      colours["pie" + (i + 1)] = colours["cScale" + i] = colours["fillType" + i] = colours["git" + i] = tint;
      colours["cScaleLabel" + i] = colours["gitBranchLabel" + i] = colour("text");
    }
    probe.remove();
    return colours;
  }
  function setUp() {
    window.mermaid.initialize({
      startOnLoad: false, suppressErrorRendering: true, securityLevel: "strict", htmlLabels: false,
      flowchart: { htmlLabels: false }, gantt: { axisFormat: "%m-%d", leftPadding: 110 }, theme: "base", themeVariables: look(), deterministicIds: true,
      secure: ["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering",
        "htmlLabels", "flowchart.htmlLabels", "themeCSS", "fontFamily", "altFontFamily", "dompurifyConfig"]
    });
  }
  /* A `<` that would begin an element, but a line break or `<<word>>`, gets an invisible
     character behind it: mermaid measures texts as HTML.  No pictures from elsewhere. */
  function safe(text) {
    if (/\bimg["']?\s*:/i.test(text)) throw new Error("a picture");
    /* menus of links, which open by an inline script: the policy forbids it */
    if (/^\s*sequenceDiagram/m.test(text)) text = text.replace(/^\s*(?:links?|properties|details)\s.*$/gm, "");
    return text.replace(/<br\s*\/?>|<<\w+>>|<(?=[a-z\/!?])|[#&]lt;|#0*60;|#x0*3c;/gi, function (m) {
      return /^<[b<]/i.test(m) ? m : m + "\u2060";
    });
  }
  /* Of links those that a note may have; nothing that loads, runs or is no picture. */
  function clean(svg) {
    all("script, foreignObject, image, iframe, object, embed, audio, video, animate, set", svg)
      .forEach(function (e) { e.remove(); });
    all("*", svg).forEach(function (e) {
      Array.prototype.slice.call(e.attributes).forEach(function (a) {
        if (/^on/i.test(a.name) || /href$/i.test(a.name) && !/^(?:https?:|mailto:|#)/i.test(a.value)) e.removeAttributeNode(a);
      });
      if (e.tagName.toLowerCase() === "a") e.setAttribute("rel", "noopener noreferrer");
    });
  }
  /* Where the nodes of a diagram lead stands below its source, as links of the page. */
  function linked(pre) {
    var list = pre.nextElementSibling, leads = new Map();
    if (!list || list.className !== "diagram-links") return { leads: leads };
    all("a.internal-link[href]", list).forEach(function (a) {
      var href = a.getAttribute("href");
      if (!/^(?:[a-z][a-z0-9+.-]*:|[\/\\])/i.test(href)) leads.set(bare(a.textContent), href);
    });
    return { list: list, leads: leads };
  }
  /* A long label is broken into lines, without the blanks between. */
  function bare(text) { return text.replace(/[\s\u2060]+/g, ""); }
  /* Gives the nodes that are links their links; whether there is one. */
  function lead(svg, leads) {
    return all(".internal-link", svg).filter(function (node) {
      var href = leads.get(bare(node.textContent)), a = doc.createElementNS(svg.namespaceURI, "a");
      if (!href || node.closest("a")) return false;
      a.setAttribute("href", href);
      node.replaceWith(a);
      a.append(node);
      all("text, tspan", a).forEach(function (e) { e.style.cssText += ";fill:var(--link);text-decoration:underline"; });
      return true;
    }).length > 0;
  }
  function frame(pre, list) {
    var figure = doc.createElement("figure"), fold = doc.createElement("details");
    var name = doc.createElement("summary");
    figure.className = "diagram";
    figure.appendChild(doc.createElement("div")).attachShadow({ mode: "open" });
    name.textContent = words.source;
    fold.append(name);
    figure.append(fold);
    pre.replaceWith(figure);
    fold.append(pre);
    if (list) fold.append(list);
    return figure;
  }
  /* In a box as wide as its place, for those that fill it. */
  function make(diagram, id) {
    var box = doc.createElement("div"), place = diagram.figure || diagram.pre;
    box.style.cssText = "position:absolute;visibility:hidden;width:" + place.clientWidth + "px";
    place.parentNode.insertBefore(box, place);
    return Promise.resolve().then(function () {
      return window.mermaid.render(id, safe(diagram.text), box);
    }).finally(function () { box.remove(); });
  }
  function show(diagram, made) {
    var svg = inert(made.svg).querySelector("svg");
    if (!svg) return;
    clean(svg);
    svg.setAttribute("role", lead(svg, diagram.leads) ? "group" : "img");
    if (!svg.hasAttribute("aria-labelledby")) svg.setAttribute("aria-label", words.diagram);
    diagram.figure = diagram.figure || frame(diagram.pre, diagram.list);
    diagram.figure.classList.toggle("is-dark", root.classList.contains("theme-dark"));
    diagram.figure.firstChild.shadowRoot.replaceChildren(svg);
  }
  function drawDiagrams(diagrams) {
    setUp();
    return diagrams.reduce(function (before, diagram, i) {
      return before.then(function () {
        return make(diagram, "_diagram-" + i);
      }).then(function (made) { show(diagram, made); }, function () { /* it stays as its source */ });
    }, Promise.resolve());
  }
  if (window.mermaid) {
    var diagrams = all("pre.mermaid").map(function (pre) {
      var found = linked(pre);
      return { pre: pre, text: pre.querySelector("code").textContent, list: found.list, leads: found.leads };
    });
    var drawn = drawDiagrams(diagrams), dark = root.classList.contains("theme-dark");
    new MutationObserver(function () {
      if (dark === root.classList.contains("theme-dark")) return;
      dark = !dark;
      drawn = drawn.then(function () { return drawDiagrams(diagrams); });
    }).observe(root, { attributeFilter: ["class"] });
  }
})();
