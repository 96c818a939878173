#include "note/render.h"

#include "base/unicode.h"
#include "html/escape.h"
#include "note/obsidian_url.h"

#define MAX_ID 200 /* bytes */

/* Raw HTML of a note: the sanitiser's questions answered with fixups. */

static void on_url(void *context, struct buf *out, enum html_url_use use,
                   struct str attr, struct str value) {
    struct render *r = context;
    struct str target;
    bool mapped = use == HTML_URL_LINK &&
                  obsidian_url_read(r->o->scratch, value,
                                    r->settings->vault_name, &target);
    uint32_t link = render_link_record(r, LINK_HTML, mapped ? target : value,
                                       !mapped, r->html_node);

    (void)out; /* the fragment: the place is its length */
    r->o->links.items[link].attr = arena_str(r->o->build, attr);
    r->o->links.items[link].is_src = use == HTML_URL_MEDIA;
    object_fixup(r->o, FIXUP_ASSET, link);
}

static bool on_internal(void *context, struct str value) {
    struct render *r = context;
    struct str target;

    return obsidian_url_read(r->o->scratch, value, r->settings->vault_name,
                             &target);
}

static void on_id(void *context, struct buf *out, struct str value) {
    struct render *r = context;
    struct buf name = {0};

    (void)out;
    if (r->inline_only || value.len == 0)
        return;
    bool taken;

    value = str_slice(value, 0, utf8_floor(value, MAX_ID));
    buf_add_lit(&name, "u-");
    buf_add_str(&name, value);
    for (size_t i = 0; i < name.len; i++)
        if (ascii_space((unsigned char)name.p[i]))
            name.p[i] = '-';
    struct note_anchor anchor = {.id = (uint32_t)r->o->ids.len};
    object_add_id(r->o, object_id(r->o, buf_str(&name), &taken));
    anchor.name = arena_str(r->o->build, value);
    if (!taken)
        vec_push(&r->o->anchors, anchor);
    buf_release(&name);
}

static bool on_external(void *context, struct str value) {
    struct render *r = context;

    if (r->settings->external_media_link)
        return false;
    if (str_starts_nocase(value, STR("data:")))
        return true;
    r->o->note->external_images = true;
    render_finding(r, DIAG_EXTERNAL_IMAGE, r->html_node, value);
    return true;
}

void render_sanitiser_init(struct render *r) {
    r->sanitiser.context = r;
    r->sanitiser.url = on_url;
    r->sanitiser.id = on_id;
    r->sanitiser.internal = on_internal;
    r->sanitiser.external = on_external;
    sanitiser_init(&r->sanitiser);
}

/* Words of elements that are apart, as they open and close. */
struct apart {
    unsigned depth;
    uint32_t begin;
};

/* `tag` is what follows a `<`. */
static void meet_tag(struct object *o, struct apart *apart, struct str tag) {
    bool closes = str_starts(tag, STR("/"));
    size_t len = closes, begin = closes;

    while (len < tag.len && ascii_alnum((unsigned char)tag.p[len]))
        len++;
    if (!html_is_apart(str_slice(tag, begin, len)))
        return;
    if (!closes && apart->depth++ == 0)
        apart->begin = object_text_begin(o);
    else if (closes && apart->depth > 0 && --apart->depth == 0)
        object_gap(o, apart->begin);
}

/* What a reader sees of our own, well-formed HTML. */
static void add_visible_text(struct object *o, struct str html) {
    struct buf *text = &o->text;
    struct apart apart = {0};
    size_t at = 0;

    while (at < html.len) {
        size_t tag = str_find(str_skip(html, at), '<');
        size_t end = tag == STR_NONE ? html.len : at + tag;

        html_unescape(text, str_slice(html, at, end));
        if (end == html.len)
            break;
        meet_tag(o, &apart, str_skip(html, end + 1));
        buf_add_ch(text, ' ');
        at = str_find_str(html, STR(">"), end);
        if (at == STR_NONE)
            break;
        at++;
    }
    if (apart.depth > 0)
        object_gap(o, apart.begin);
}

/* A piece of raw HTML unmasked. References to controls are text in it too. */
static struct str html_piece(struct arena *a, struct str masked) {
    struct buf piece = {0};
    struct str rest = masked, kept;
    size_t at;

    if (masked.len == 0 || memchr(masked.p, MASK_REFERENCE, masked.len) == NULL)
        return mask_plain(a, masked);
    while ((at = str_find(rest, MASK_REFERENCE)) != STR_NONE) {
        mask_undo(&piece, str_slice(rest, 0, at));
        buf_add_lit(&piece, "&amp;");
        rest = str_skip(rest, at + 1);
    }
    mask_undo(&piece, rest);
    kept = arena_str(a, buf_str(&piece));
    buf_release(&piece);
    return kept;
}

void render_html(struct render *r, struct str masked, const cmark_node *n) {
    struct str piece = html_piece(r->o->scratch, masked);
    size_t begin = r->o->html.len;
    bool block = n->type == CMARK_NODE_HTML_BLOCK;

    r->html_node = n;
    r->sanitiser.removed = HTML_NOTHING_REMOVED;
    sanitiser_feed(&r->sanitiser, &r->o->html, piece);
    if (r->sanitiser.removed & HTML_REMOVED)
        render_finding(r, DIAG_HTML_REMOVED, n,
                       STR("HTML that is not allowed"));
    if (r->sanitiser.removed & HTML_LINKED)
        render_finding(r, DIAG_HTML_LINKED, n, STR("embedded HTML content"));
    if (str_find_str(piece, STR("<!--"), 0) != STR_NONE)
        render_hidden_tags(r, piece, n);
    if (!block) {
        if (str_starts_nocase(piece, STR("<br"))) /* words stay apart */
            buf_add_ch(&r->o->text, ' ');
        return;
    }
    add_visible_text(r->o, str_skip(buf_str(&r->o->html), begin));
    object_text_end(r->o, r->text_begin, r->leaf_line, TEXT_PARAGRAPH);
}
