#include "html/allow.h"

_Static_assert(HTML_ATTRS <= 64, "a set of attributes is one word");

#define A(name) (UINT64_C(1) << HTML_ATTR_##name)

#define GLOBAL (A(CLASS) | A(ID) | A(TITLE) | A(LANG) | A(DIR) | A(STYLE))
#define ALIGNED (GLOBAL | A(ALIGN))
#define SIZED (A(WIDTH) | A(HEIGHT))
#define CELL (ALIGNED | SIZED | A(VALIGN) | A(BGCOLOR))
#define METER                                                                  \
    (GLOBAL | A(VALUE) | A(MIN) | A(MAX) | A(LOW) | A(HIGH) | A(OPTIMUM))

#define ROW(name, kind, flags, attrs)                                          \
    { STR_INIT(name), STR_INIT(name), ELEMENT_##kind, flags, attrs, NULL }
#define PHRASING(name) ROW(name, PLAIN, 0, GLOBAL)
#define BLOCK(name, attrs) ROW(name, PLAIN, ELEMENT_BLOCK, attrs)
#define GONE(name, kind) ROW(name, kind, 0, 0)
/* A block that is a span where only text may stand. */
#define WRAPPER(name, kind, attrs, phrase)                                     \
    {                                                                          \
        STR_INIT(name), STR_INIT(name), ELEMENT_##kind, ELEMENT_BLOCK, attrs,  \
            phrase                                                             \
    }
#define AS_SPAN(name)                                                          \
    { STR_INIT(name), STR_INIT("span"), ELEMENT_PLAIN, 0, GLOBAL, NULL }

static const struct html_element center_span = AS_SPAN("center");
static const struct html_element div_span = AS_SPAN("div");
static const struct html_element p_span = AS_SPAN("p");

static const struct html_element elements[] = {
    /* in byte order */
    ROW("a", LINK, 0, GLOBAL | A(NAME) | A(HREF) | A(REL) | A(TARGET)),
    PHRASING("abbr"),
    PHRASING("acronym"),
    BLOCK("address", GLOBAL),
    BLOCK("article", GLOBAL),
    BLOCK("aside", GLOBAL),
    ROW("audio", PLAYER, 0, GLOBAL | A(SRC) | A(LOOP) | A(MUTED) | A(CONTROLS)),
    PHRASING("b"),
    PHRASING("bdi"),
    PHRASING("bdo"),
    PHRASING("big"),
    BLOCK("blockquote", GLOBAL),
    ROW("br", BREAK, ELEMENT_VOID, A(CLASS)),
    ROW("caption", CAPTION, ELEMENT_BLOCK, ALIGNED),
    WRAPPER("center", PLAIN, GLOBAL, &center_span),
    PHRASING("cite"),
    PHRASING("code"),
    ROW("col", COL, ELEMENT_VOID | ELEMENT_BLOCK, CELL | A(SPAN)),
    ROW("colgroup", COLGROUP, ELEMENT_BLOCK, CELL | A(SPAN)),
    ROW("dd", TERM, ELEMENT_BLOCK, GLOBAL),
    ROW("del", PLAIN, 0, GLOBAL | A(DATETIME)),
    ROW("details", PLAIN, ELEMENT_BLOCK, GLOBAL | A(OPEN)),
    PHRASING("dfn"),
    WRAPPER("div", PLAIN, ALIGNED, &div_span),
    ROW("dl", TERMS, ELEMENT_BLOCK, GLOBAL),
    ROW("dt", TERM, ELEMENT_BLOCK, GLOBAL),
    PHRASING("em"),
    ROW("embed", EMBED, ELEMENT_VOID, A(SRC) | A(TITLE)),
    BLOCK("figcaption", GLOBAL),
    BLOCK("figure", GLOBAL),
    ROW("font", PLAIN, 0, GLOBAL | A(COLOR) | A(FACE) | A(SIZE)),
    BLOCK("footer", GLOBAL),
    ROW("h1", HEADING, ELEMENT_BLOCK, ALIGNED),
    ROW("h2", HEADING, ELEMENT_BLOCK, ALIGNED),
    ROW("h3", HEADING, ELEMENT_BLOCK, ALIGNED),
    ROW("h4", HEADING, ELEMENT_BLOCK, ALIGNED),
    ROW("h5", HEADING, ELEMENT_BLOCK, ALIGNED),
    ROW("h6", HEADING, ELEMENT_BLOCK, ALIGNED),
    BLOCK("header", GLOBAL),
    BLOCK("hgroup", GLOBAL),
    ROW("hr", PLAIN, ELEMENT_VOID | ELEMENT_BLOCK,
        ALIGNED | A(WIDTH) | A(SIZE) | A(COLOR)),
    PHRASING("i"),
    ROW("iframe", FRAME, 0, A(SRC) | A(TITLE)),
    ROW("img", IMAGE, ELEMENT_VOID,
        ALIGNED | SIZED | A(SRC) | A(ALT) | A(BORDER) | A(LOADING) |
            A(DECODING) | A(REFERRERPOLICY)),
    ROW("input", CHECKBOX, ELEMENT_VOID,
        A(CLASS) | A(TYPE) | A(CHECKED) | A(DISABLED)),
    ROW("ins", PLAIN, 0, GLOBAL | A(DATETIME)),
    PHRASING("kbd"),
    PHRASING("label"),
    ROW("li", ITEM, ELEMENT_BLOCK, GLOBAL | A(VALUE) | A(TYPE)),
    PHRASING("mark"),
    GONE("math", SUBTREE),
    ROW("meter", PLAIN, 0, METER),
    BLOCK("nav", GLOBAL),
    GONE("noembed", RAWTEXT),
    GONE("noframes", RAWTEXT),
    GONE("noscript", RAWTEXT),
    ROW("object", OBJECT, 0, A(OBJECT) | A(TITLE)),
    ROW("ol", LIST, ELEMENT_BLOCK, GLOBAL | A(START) | A(REVERSED) | A(TYPE)),
    WRAPPER("p", P, ALIGNED, &p_span),
    GONE("plaintext", PLAINTEXT),
    ROW("pre", PLAIN, ELEMENT_BLOCK, GLOBAL | A(WIDTH)),
    ROW("progress", PLAIN, 0, GLOBAL | A(VALUE) | A(MAX)),
    PHRASING("q"),
    ROW("rp", RUBY_PART, 0, GLOBAL),
    ROW("rt", RUBY_PART, 0, GLOBAL),
    ROW("ruby", RUBY, 0, GLOBAL),
    PHRASING("s"),
    PHRASING("samp"),
    GONE("script", RAWTEXT),
    BLOCK("section", GLOBAL),
    PHRASING("small"),
    ROW("source", SOURCE, ELEMENT_VOID, A(SRC) | A(TYPE)),
    PHRASING("span"),
    PHRASING("strike"),
    PHRASING("strong"),
    GONE("style", RAWTEXT),
    PHRASING("sub"),
    BLOCK("summary", GLOBAL),
    PHRASING("sup"),
    GONE("svg", SUBTREE),
    ROW("table", TABLE, ELEMENT_BLOCK,
        ALIGNED | SIZED | A(BGCOLOR) | A(BORDER) | A(CELLPADDING) |
            A(CELLSPACING)),
    ROW("tbody", SECTION, ELEMENT_BLOCK, CELL),
    ROW("td", CELL, ELEMENT_BLOCK, CELL | A(COLSPAN) | A(ROWSPAN)),
    GONE("template", SUBTREE),
    GONE("textarea", RAWTEXT),
    ROW("tfoot", SECTION, ELEMENT_BLOCK, CELL),
    ROW("th", CELL, ELEMENT_BLOCK, CELL | A(COLSPAN) | A(ROWSPAN) | A(SCOPE)),
    ROW("thead", SECTION, ELEMENT_BLOCK, CELL),
    ROW("time", PLAIN, 0, GLOBAL | A(DATETIME)),
    GONE("title", RAWTEXT),
    ROW("tr", ROW, ELEMENT_BLOCK, CELL),
    ROW("track", SOURCE, ELEMENT_VOID,
        A(SRC) | A(KIND) | A(SRCLANG) | A(LABEL) | A(DEFAULT)),
    PHRASING("tt"),
    PHRASING("u"),
    ROW("ul", LIST, ELEMENT_BLOCK, GLOBAL | A(TYPE)),
    PHRASING("var"),
    ROW("video", PLAYER, 0,
        GLOBAL | SIZED | A(SRC) | A(POSTER) | A(LOOP) | A(MUTED) | A(CONTROLS)),
    ROW("wbr", PLAIN, ELEMENT_VOID, A(CLASS)),
    GONE("xmp", RAWTEXT),
};

#define T(id, name) [HTML_ATTR_##id] = {STR_INIT(name), HTML_ATTR_TEXT}
#define F(id, name) [HTML_ATTR_##id] = {STR_INIT(name), HTML_ATTR_FLAG}
#define S(id, name) [HTML_ATTR_##id] = {STR_INIT(name), HTML_ATTR_SPECIAL}

const struct html_attr_row html_attr_rows[HTML_ATTRS] = {
    S(CLASS, "class"),
    S(ID, "id"),
    S(NAME, "name"),
    S(HREF, "href"),
    S(SRC, "src"),
    S(OBJECT, "data"),
    S(POSTER, "poster"),
    T(ALT, "alt"),
    T(TITLE, "title"),
    T(LANG, "lang"),
    T(DIR, "dir"),
    S(STYLE, "style"),
    T(WIDTH, "width"),
    T(HEIGHT, "height"),
    T(ALIGN, "align"),
    T(VALIGN, "valign"),
    T(COLSPAN, "colspan"),
    T(ROWSPAN, "rowspan"),
    T(SPAN, "span"),
    T(SCOPE, "scope"),
    T(START, "start"),
    F(REVERSED, "reversed"),
    T(TYPE, "type"),
    T(VALUE, "value"),
    T(MIN, "min"),
    T(MAX, "max"),
    T(LOW, "low"),
    T(HIGH, "high"),
    T(OPTIMUM, "optimum"),
    T(DATETIME, "datetime"),
    F(OPEN, "open"),
    F(LOOP, "loop"),
    F(MUTED, "muted"),
    T(COLOR, "color"),
    T(FACE, "face"),
    T(SIZE, "size"),
    T(BGCOLOR, "bgcolor"),
    T(BORDER, "border"),
    T(CELLPADDING, "cellpadding"),
    T(CELLSPACING, "cellspacing"),
    T(KIND, "kind"),
    T(SRCLANG, "srclang"),
    T(LABEL, "label"),
    F(DEFAULT, "default"),
    F(CHECKED, "checked"),
    S(CONTROLS, "controls"),
    S(DISABLED, "disabled"),
    S(REL, "rel"),
    S(TARGET, "target"),
    S(LOADING, "loading"),
    S(DECODING, "decoding"),
    S(REFERRERPOLICY, "referrerpolicy"),
};

/* `lower` is in lower case, `s` in any. */
static int compare(struct str s, struct str lower) {
    size_t shorter = s.len < lower.len ? s.len : lower.len;

    for (size_t i = 0; i < shorter; i++) {
        int d = (unsigned char)ascii_lower(s.p[i]) - (unsigned char)lower.p[i];

        if (d != 0)
            return d;
    }
    return (s.len > lower.len) - (s.len < lower.len);
}

const struct html_element *html_element_find(struct str name) {
    size_t low = 0, high = ARRAY_LEN(elements);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, elements[middle].name);

        if (order == 0)
            return &elements[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool html_element_allowed(const struct html_element *e) {
    return e->kind < ELEMENT_RAWTEXT;
}

enum html_attr html_attr_find(struct str name) {
    size_t i = 0;

    while (i < HTML_ATTRS && compare(name, html_attr_rows[i].name) != 0)
        i++;
    return (enum html_attr)i;
}
