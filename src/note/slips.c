#include "note/render.h"

#include "base/unicode.h"

/*
 * Slips: text that is correct as it stands and yet not what its writer meant.
 * What it looks like is never changed, a finding says so.  A kind that many notes
 * may have many times is reported once in a note.  Tags and links that are none
 * are met by the parser (inlines.c), placeholders in the text that it leaves.
 */

#define SHOWN 40 /* code points of the text that a finding quotes */
/* Bytes looked at behind what begins a command, or a link in what may be a
 * table's first row: so looking stays linear. */
#define MAX_LOOK 400

static void report(struct render *r, enum diag_code code, const cmark_node *n,
                   struct str s, size_t at, struct str text) {
    struct place_found place = render_place_of(r, n);

    if (place.column > 0)
        place.column += (uint32_t)utf8_count(str_slice(s, 0, at));
    diag_add(r->o->diags, code, r->o->note->file->path, place.line,
             place.column, "%.*s", STR_ARG(text));
}

/* --- placeholders of templates --- */

static bool has_pair(struct str s, char first, char second) {
    const char *at = s.p, *end = s.p + s.len;

    while (at < end && (at = memchr(at, first, (size_t)(end - at))) != NULL)
        if (++at < end && *at == second)
            return true;
    return false;
}

bool slips_has_placeholder(struct str text) {
    return text.len > 0 &&
           (has_pair(text, '{', '{') || has_pair(text, '<', '%'));
}

static size_t skip_blanks(struct str s, size_t at) {
    while (at < s.len && ascii_space((unsigned char)s.p[at]))
        at++;
    return at;
}

/* `{{title}}`, `{{ date }}`, `{{date:YYYY}}`; but not `{{c1::…}}`, a gap to be
 * learnt by heart, and no path of names as other programs have it. What follows
 * may stand in the next node. */
static bool is_field(struct str s, size_t at) {
    size_t begin = at = skip_blanks(s, at + 2);

    while (at < s.len && (ascii_alnum((unsigned char)s.p[at]) ||
                          s.p[at] == '_' || s.p[at] == '-'))
        at++;
    if (at == begin || !ascii_alpha((unsigned char)s.p[begin]))
        return false;
    at = skip_blanks(s, at);
    return at == s.len || str_starts(str_skip(s, at), STR("}}")) ||
           (s.p[at] == ':' && at + 1 < s.len && s.p[at + 1] != ':');
}

/* `<% tp.date.now() %>`, `<%* … %>`, `<%- … %>` */
static bool is_command(struct str s, size_t at) {
    struct str rest = str_skip(s, at + 2);

    while (rest.len > 0 && rest.p[0] != '\0' && strchr("*-_+~=", rest.p[0]))
        rest = str_skip(rest, 1);
    return rest.len > 0 && ascii_space((unsigned char)rest.p[0]) &&
           str_find_str(str_slice(rest, 0, MAX_LOOK), STR("%>"), 0) != STR_NONE;
}

/* Where a placeholder begins in `s`, or STR_NONE. */
static size_t find_placeholder(struct str s) {
    for (size_t at = 0; at + 2 < s.len; at++)
        if ((s.p[at] == '{' && s.p[at + 1] == '{' && is_field(s, at)) ||
            (s.p[at] == '<' && s.p[at + 1] == '%' && is_command(s, at)))
            return at;
    return STR_NONE;
}

/* Somebody who puts one in quotation marks writes about it. */
static bool is_quoted(struct str s, size_t at) {
    uint32_t code;

    if (at == 0)
        return false;
    utf8_decode_back(s, at, &code);
    return code == '"' || code == '\'' || code == 0xAB || code == 0xBB ||
           (code >= 0x2018 && code <= 0x201F);
}

static struct str quoted(struct arena *a, struct str s) {
    struct buf text = {0};
    struct str cut = unicode_cut(s, SHOWN);

    buf_add_ch(&text, '`');
    buf_add_str(&text, cut);
    if (cut.len < s.len)
        buf_add_lit(&text, "…");
    buf_add_ch(&text, '`');
    cut = arena_str(a, buf_str(&text));
    buf_release(&text);
    return cut;
}

/* The placeholder at the beginning of `s`, to its end. */
static struct str whole_placeholder(struct str s) {
    struct str close = s.p[0] == '{' ? STR("}}") : STR("%>");
    size_t end = str_find_str(s, close, 2);

    return end == STR_NONE ? s : str_slice(s, 0, end + 2);
}

void slips_in_properties(struct object *o, struct str block) {
    struct str rest = block, line;

    if (!slips_has_placeholder(block))
        return;
    for (uint32_t number = 1; str_next_line(&rest, &line); number++) {
        size_t at = find_placeholder(line);

        if (at == STR_NONE || str_starts(str_trim(line), STR("#")))
            continue;
        struct str found =
            quoted(o->scratch, whole_placeholder(str_skip(line, at)));
        diag_add(o->diags, DIAG_TEMPLATE_PLACEHOLDER, o->note->file->path,
                 number, (uint32_t)utf8_count(str_slice(line, 0, at)) + 1,
                 "%.*s", STR_ARG(found));
        return;
    }
}

static void placeholder(struct render *r, const cmark_node *n, struct str s) {
    size_t at = find_placeholder(s);

    if (at == STR_NONE || is_quoted(s, at))
        return;
    struct str found = whole_placeholder(str_skip(s, at));
    report(r, DIAG_TEMPLATE_PLACEHOLDER, n, s, at,
           quoted(r->o->scratch, mask_plain(r->o->scratch, found)));
    r->placeholders = false;
}

void slips_in_text(struct render *r, const cmark_node *n, struct str s) {
    placeholder(r, n, s);
}

/* --- what the parser met --- */

/* In a link's text a tag would be none either. A number is mostly meant as one: of
 * these a note's first is told. */
static bool may_say_tag(struct render *r, struct str shown) {
    size_t digits = 1;
    bool number, may = !r->inline_only && r->in_anchor == 0;

    while (digits < shown.len && ascii_digit((unsigned char)shown.p[digits]))
        digits++;
    number = digits == shown.len;
    may = may && !(number && r->number_said);
    r->number_said |= may && number;
    return may;
}

void slips_render(struct render *r, const cmark_node *n) {
    const struct md_slip *slip = n->as.opaque;
    struct arena *a = r->o->scratch;
    struct str shown;

    if (slip->why != NULL ? may_say_tag(r, slip->shown) : !r->inline_only) {
        struct place_found at = render_place_of(r, n);
        shown = quoted(a, mask_plain(a, slip->shown));
        diag_add(r->o->diags,
                 slip->why != NULL ? DIAG_TAG_NONE : DIAG_LINK_IN_TABLE,
                 r->o->note->file->path, at.line, at.column, "%.*s %s",
                 STR_ARG(shown),
                 slip->why != NULL ? slip->why : "ends with its cell");
    }
    render_text(r, slip->text);
}

/* `|---|:-:|` */
static bool is_delimiter_row(struct str line) {
    bool dash = false;

    for (size_t i = 0; i < line.len; i++) {
        dash |= line.p[i] == '-' || line.p[i] == MASK_DASH;
        if (!ascii_space((unsigned char)line.p[i]) && line.p[i] != MASK_DASH &&
            !memchr("|:-", line.p[i], 3))
            return false;
    }
    return dash && str_find(line, '|') != STR_NONE;
}

void slips_in_header(struct render *r, const cmark_node *n) {
    const struct md_wiki *w = n->as.opaque;
    const cmark_strbuf *content = &n->parent->content;
    struct str rest, line;
    size_t pipe = str_find(w->body, '|');

    if (n->parent->type != CMARK_NODE_PARAGRAPH || content->size == 0 ||
        r->inline_only || pipe == STR_NONE || pipe == 0 ||
        w->body.p[pipe - 1] == '\\' ||
        (const unsigned char *)w->body.p < content->ptr ||
        (const unsigned char *)w->body.p >= content->ptr + content->size)
        return;
    rest = str_make((const char *)content->ptr, (size_t)content->size);
    rest = str_skip(rest, (size_t)(w->body.p - rest.p) + w->body.len);
    rest = str_slice(rest, 0, MAX_LOOK);
    str_next_line(&rest, &line);
    if (str_find(line, '|') == STR_NONE || !str_next_line(&rest, &line) ||
        !is_delimiter_row(line))
        return;
    struct place_found at = render_place_of(r, n);
    struct str shown =
        quoted(r->o->scratch, mask_plain(r->o->scratch, w->body));
    diag_add(r->o->diags, DIAG_LINK_IN_TABLE, r->o->note->file->path, at.line,
             at.column, "the `|` in %.*s is one cell too many for the table",
             STR_ARG(shown));
}

void slips_empty_level(struct render *r, struct str tag, const cmark_node *n) {
    struct place_found at;

    if (!may_say_tag(r, STR("#/")))
        return;
    at = render_place_of(r, n);
    diag_add(r->o->diags, DIAG_TAG_NONE, r->o->note->file->path, at.line,
             at.column, "the last level of `#%.*s/` is empty",
             STR_ARG(unicode_cut(tag, SHOWN)));
}
