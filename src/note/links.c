#include "note/embed.h"
#include "note/obsidian_url.h"
#include "note/percent.h"
#include "note/render.h"

#include "base/unicode.h"
#include "html/escape.h"

#define OUT(r) (&(r)->o->html)

uint32_t render_link_record(struct render *r, enum link_kind kind,
                            struct str typed, bool decode,
                            const cmark_node *n) {
    struct arena *a = r->o->build;
    struct link l = {.kind = kind, .property = NOTE_NONE};
    struct place_found at;
    size_t hash;

    l.typed = arena_str(a, typed);
    hash = str_find(l.typed, '#');
    l.target = str_trim(str_slice(l.typed, 0, hash));
    if (hash != STR_NONE)
        l.subpath = str_trim(str_skip(l.typed, hash + 1));
    if (decode) {
        l.target = percent_decode(a, l.target);
        l.subpath = percent_decode(a, l.subpath);
    }
    at = render_place_of(r, n);
    l.line = at.line;
    l.column = at.column;
    l.block = (uint32_t)r->o->text_blocks.len;
    l.text_begin = l.text_end = (uint32_t)r->o->text.len;
    vec_push(&r->o->links, l);
    return (uint32_t)r->o->links.len - 1;
}

static void end_text(struct render *r, uint32_t index) {
    struct link *l = &r->o->links.items[index];

    l->text_end = (uint32_t)r->o->text.len;
    l->display = str_slice(buf_str(&r->o->text), l->text_begin, l->text_end);
    l->display = str_eq(l->display, l->label)
                     ? l->label
                     : arena_str(r->o->build, l->display);
    object_gap(r->o, l->text_begin);
}

/* What waits in user_data between a link's beginning and its end, with the link or,
 * of an external one, where its text begins. */
enum anchor { ANCHOR_NONE, ANCHOR_EXTERNAL, ANCHOR_INTERNAL, ANCHOR_TEXT };

static void set_anchor(cmark_node *n, enum anchor anchor, uint32_t which) {
    n->user_data = (void *)(((uintptr_t)which << 2) | anchor);
}

bool render_no_anchor(const struct render *r) {
    return r->in_anchor > 0 || sanitiser_in_link(&r->sanitiser) ||
           sanitiser_dropping(&r->sanitiser);
}

static void enter_anchor(struct render *r) {
    r->in_anchor++;
    r->in_inline++;
    r->sanitiser.in_link = true;
}

static void leave_anchor(struct render *r) {
    sanitiser_leave(&r->sanitiser, OUT(r));
    buf_add_lit(OUT(r), "</a>");
    r->in_anchor--;
    r->in_inline--;
    r->sanitiser.in_link = false;
}

static enum anchor begin_internal(struct render *r, uint32_t link) {
    /* spec/markdown.md §9: the bug one gets otherwise. */
    if (render_no_anchor(r))
        return ANCHOR_TEXT;
    sanitiser_enter(&r->sanitiser);
    object_fixup(r->o, FIXUP_LINK, link);
    enter_anchor(r);
    return ANCHOR_INTERNAL;
}

void render_external_open(struct buf *out, struct str url, struct str title) {
    buf_add_lit(out, "<a class=\"external-link\" href=\"");
    html_escape_url(out, url);
    buf_add_lit(out, "\" target=\"_blank\" rel=\"noopener nofollow\"");
    if (title.len > 0)
        html_add_attr(out, STR("title"), title);
    buf_add_ch(out, '>');
}

static void begin_external(struct render *r, struct str url, struct str title) {
    sanitiser_enter(&r->sanitiser);
    render_external_open(OUT(r), url, title);
    enter_anchor(r);
}

static void end_anchor(struct render *r, const cmark_node *n) {
    uintptr_t waiting = (uintptr_t)n->user_data;
    enum anchor anchor = waiting & 3;

    if (anchor == ANCHOR_INTERNAL || anchor == ANCHOR_TEXT)
        end_text(r, (uint32_t)(waiting >> 2));
    if (anchor == ANCHOR_EXTERNAL)
        object_gap(r->o, (uint32_t)(waiting >> 2));
    if (anchor == ANCHOR_INTERNAL || anchor == ANCHOR_EXTERNAL)
        leave_anchor(r);
}

void link_add_default_display(struct buf *out, struct str typed) {
    bool first = true;

    do {
        struct str part = str_trim(str_until(typed, '#'));
        if (part.len > 0) {
            if (!first)
                buf_add_lit(out, " > ");
            buf_add_str(out, part);
            first = false;
        }
        typed = str_after(typed, '#');
    } while (typed.len > 0);
}

static void default_display(struct render *r, struct str typed) {
    struct buf text = {0};

    link_add_default_display(&text, typed);
    render_text(r, buf_str(&text));
    buf_release(&text);
}

static bool block_place(const struct render *r, const cmark_node *n) {
    return !r->inline_only && r->in_heading == 0 && !r->in_title &&
           r->in_inline == 0 &&
           (r->in_cell || n->parent->type == CMARK_NODE_PARAGRAPH);
}

/* An embed of something in the vault; `text` is what stands for alt or label. */
static void add_embed(struct render *r, uint32_t link, struct str text,
                      const cmark_node *n) {
    struct link *l = &r->o->links.items[link];
    struct embed e = {.link = link, .kind = embed_kind_of(l->target)};
    bool is_block = embed_is_block(e.kind);

    l->is_embed = true;
    embed_split_size(arena_str(r->o->build, text), &e);
    l->display = e.alt;
    /* A paragraph was split for what stands as a block in it. */
    e.in_block = block_place(r, n) &&
                 (!is_block || r->in_cell || r->split == SPLIT_CLOSED);
    e.as_link = is_block && !e.in_block;
    if (sanitiser_dropping(&r->sanitiser))
        return;
    if (render_no_anchor(r) && e.kind != EMBED_IMAGE) {
        if (e.alt.len > 0)
            render_text(r, e.alt);
        else
            default_display(r, l->typed);
        return;
    }
    if (is_block && e.in_block)
        sanitiser_end(&r->sanitiser, OUT(r));
    object_fixup(r->o, FIXUP_EMBED, (uint32_t)r->o->embeds.len);
    vec_push(&r->o->embeds, e);
}

static void wiki_enter(struct render *r, cmark_iter *iter, cmark_node *n) {
    const struct md_wiki *w = n->as.opaque;
    uint32_t link = render_link_record(
        r, LINK_WIKI, mask_plain(r->o->scratch, w->target), false, n);

    if (w->has_display) {
        r->o->links.items[link].label =
            arena_str(r->o->build, mask_plain(r->o->scratch, w->display));
        slips_in_header(r, n);
    }
    if (w->embed) {
        add_embed(r, link, mask_plain(r->o->scratch, w->display), n);
        cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
        return;
    }
    set_anchor(n, begin_internal(r, link), link);
    if (n->first_child == NULL) {
        if (w->has_display)
            render_text(r, w->display);
        else
            default_display(r, w->target);
    }
}

void render_wiki(struct render *r, cmark_iter *iter, cmark_node *n,
                 bool enter) {
    if (enter) {
        wiki_enter(r, iter, n); /* steps over an embed, its end too */
        if (((struct md_wiki *)n->as.opaque)->embed)
            return;
        r->place.outside = r->place.skipped;
        r->place.outside_shift = r->place.shift;
        r->place.skipped = 0; /* cmark began anew in the label */
        r->place.shift = 0;
    } else {
        r->place.skipped = r->place.outside;
        r->place.shift = r->place.outside_shift;
        end_anchor(r, n);
    }
}

/* `[text](url "title")` or an image, to something in the vault. */
static uint32_t markdown_link(struct render *r, struct str url,
                              struct str title, bool decode,
                              const cmark_node *n) {
    uint32_t link = render_link_record(r, LINK_MARKDOWN, url, decode, n);

    r->o->links.items[link].title = arena_str(r->o->build, title);
    return link;
}

static void enter_internal(struct render *r, cmark_node *n, struct str typed,
                           struct str title, bool decode) {
    uint32_t link = markdown_link(r, typed, title, decode, n);

    set_anchor(n, begin_internal(r, link), link);
}

void render_link(struct render *r, cmark_node *n, bool enter) {
    struct str url, title, target;

    if (!enter) {
        end_anchor(r, n);
        return;
    }
    url = mask_plain(r->o->scratch, md_chunk(n->as.link.url));
    title = mask_plain(r->o->scratch, md_chunk(n->as.link.title));
    n->user_data = NULL;
    if (str_trim(url).len == 0)
        return; /* leads nowhere: the text alone (spec/markdown.md §3.3) */
    switch (url_classify(url, false)) {
    case URL_RELATIVE:
        enter_internal(r, n, url, title, true);
        break;
    case URL_EXTERNAL:
        if (obsidian_url_read(r->o->scratch, url, r->settings->vault_name,
                              &target)) {
            enter_internal(r, n, target, title, false);
            break;
        }
        if (render_no_anchor(r))
            return;
        begin_external(r, url, title);
        set_anchor(n, ANCHOR_EXTERNAL, object_text_begin(r->o));
        break;
    case URL_FORBIDDEN:
        render_finding(r, DIAG_LINK_SCHEME, n,
                       STR("a link to an address that could run script"));
        break;
    }
}

void render_url(struct render *r, cmark_node *n) {
    struct str url = ((struct md_text *)n->as.opaque)->text;
    uint32_t begin = object_text_begin(r->o);

    if (render_no_anchor(r)) {
        render_text(r, url);
        object_gap(r->o, begin);
        return;
    }
    begin_external(r, mask_plain(r->o->scratch, url), STR(""));
    render_text(r, url);
    set_anchor(n, ANCHOR_EXTERNAL, begin);
    end_anchor(r, n);
}

/* What a wikilink shows; a label with markup is its children. */
static void plain_wiki(struct buf *out, const cmark_node *n) {
    const struct md_wiki *w = n->as.opaque;

    if (n->first_child == NULL && !w->embed)
        mask_undo(out, w->has_display ? w->display : w->target);
}

struct str render_plain(struct render *r, cmark_node *parent) {
    cmark_iter *iter = cmark_iter_new(parent);
    struct buf alt = {0};
    struct str kept;
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (n->type == CMARK_NODE_TEXT || n->type == CMARK_NODE_CODE)
            mask_undo(&alt, md_chunk(n->as.literal));
        else if (n->type == CMARK_NODE_SOFTBREAK ||
                 n->type == CMARK_NODE_LINEBREAK)
            buf_add_ch(&alt, ' ');
        else if (n->type == md_types.wiki)
            plain_wiki(&alt, n);
        else if (n->type == md_types.footnote_inline)
            cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
        else if (n->type == md_types.field) {
            mask_undo(&alt, ((struct md_field *)n->as.opaque)->key);
            buf_add_lit(&alt, ": ");
        } else if (n->type == md_types.slip)
            mask_undo(&alt, ((struct md_slip *)n->as.opaque)->text);
        else if (n->type == md_types.math)
            mask_undo(&alt, ((struct md_math *)n->as.opaque)->text);
        else if (n->type == md_types.tag || n->type == md_types.url ||
                 n->type == md_types.time) {
            if (n->type == md_types.tag)
                buf_add_ch(&alt, '#');
            mask_undo(&alt, ((struct md_text *)n->as.opaque)->text);
        }
    }
    cmark_iter_free(iter);
    kept = arena_str(r->o->scratch, buf_str(&alt));
    buf_release(&alt);
    return kept;
}

/* Pages of players: as an image there is nothing to see (spec/markdown.md §6.3).
 * Whose page it is; "" for any other. */
static struct str player_of(struct str url) {
    static const struct {
        struct str host, name;
    } players[] = {
        {STR_INIT("youtube.com"), STR_INIT("YouTube")},
        {STR_INIT("m.youtube.com"), STR_INIT("YouTube")},
        {STR_INIT("youtube-nocookie.com"), STR_INIT("YouTube")},
        {STR_INIT("youtu.be"), STR_INIT("YouTube")},
        {STR_INIT("vimeo.com"), STR_INIT("Vimeo")},
        {STR_INIT("player.vimeo.com"), STR_INIT("Vimeo")},
        {STR_INIT("twitter.com"), STR_INIT("X")},
        {STR_INIT("x.com"), STR_INIT("X")},
    };
    size_t at = str_find_str(url, STR("//"), 0), len = 0;

    if (at == STR_NONE)
        return STR("");
    struct str host = str_skip(url, at + 2);
    while (len < host.len && !memchr("/?#:", host.p[len], 4))
        len++;
    host.len = len;
    if (str_starts_nocase(host, STR("www.")))
        host = str_skip(host, 4);
    for (size_t i = 0; i < ARRAY_LEN(players); i++)
        if (str_eq_nocase(host, players[i].host))
            return players[i].name;
    return STR("");
}

static bool external_image(struct render *r, struct str url,
                           const cmark_node *n) {
    if (str_starts_nocase(url, STR("data:")))
        return true;
    if (r->settings->external_media_link || player_of(url).len > 0)
        return false;
    r->o->note->external_images = true;
    render_finding(r, DIAG_EXTERNAL_IMAGE, n, url);
    return true;
}

/* What is shown elsewhere: a link to it, for a player as a card that says whose. */
static void add_link_instead(struct render *r, struct str url, struct str title,
                             const struct embed *e) {
    bool nested = render_no_anchor(r);
    struct str player = nested ? STR("") : player_of(url);
    uint32_t begin = object_text_begin(r->o);

    if (player.len > 0)
        buf_add_lit(OUT(r), "<span class=\"internal-embed external-embed "
                            "file-embed\">");
    if (!nested)
        begin_external(r, url, title);
    render_text(r, e->alt.len > 0 ? e->alt : url);
    object_gap(r->o, begin);
    if (!nested)
        leave_anchor(r);
    if (player.len > 0) {
        buf_add_lit(OUT(r), " <span class=\"file-size\">");
        buf_add_str(OUT(r), player);
        buf_add_lit(OUT(r), "</span></span>");
    }
}

static void add_external_image(struct render *r, struct str url,
                               struct str title, const struct embed *e,
                               const cmark_node *n) {
    if (!external_image(r, url, n)) {
        add_link_instead(r, url, title, e);
        return;
    }
    buf_add_lit(OUT(r), "<img src=\"");
    html_escape_url(OUT(r), url);
    buf_add_ch(OUT(r), '"');
    html_add_attr(OUT(r), STR("alt"), e->alt);
    if (title.len > 0)
        html_add_attr(OUT(r), STR("title"), title);
    if (e->width > 0)
        buf_printf(OUT(r), " width=\"%u\"", e->width);
    if (e->height > 0)
        buf_printf(OUT(r), " height=\"%u\"", e->height);
    buf_add_lit(OUT(r), " loading=\"lazy\" referrerpolicy=\"no-referrer\">");
}

void render_image(struct render *r, cmark_iter *iter, cmark_node *n) {
    struct str url = mask_plain(r->o->scratch, md_chunk(n->as.link.url));
    struct str title = mask_plain(r->o->scratch, md_chunk(n->as.link.title));
    struct str alt = render_plain(r, n);
    struct embed e = {0};

    cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
    embed_split_size(alt, &e);
    if (str_trim(url).len == 0) {
        render_text(r, alt);
        return;
    }
    if (url_has_scheme(url, STR("file"))) {
        render_finding(r, DIAG_LINK_SCHEME, n,
                       STR("an image on the computer of who wrote it"));
        render_text(r, e.alt);
        return;
    }
    switch (url_classify(url, true)) {
    case URL_RELATIVE:
        add_embed(r, markdown_link(r, url, title, true, n), alt, n);
        break;
    case URL_EXTERNAL:
        if (!sanitiser_dropping(&r->sanitiser))
            add_external_image(r, url, title, &e, n);
        break;
    case URL_FORBIDDEN:
        render_finding(r, DIAG_LINK_SCHEME, n,
                       STR("an image at an address that could run script"));
        render_text(r, e.alt);
        break;
    }
}

bool render_is_block_embed(const cmark_node *n) {
    struct str target;

    if (n->type == md_types.wiki) {
        const struct md_wiki *w = n->as.opaque;
        target = w->target;
        if (!w->embed)
            return false;
    } else if (n->type == CMARK_NODE_IMAGE) {
        target = md_chunk(n->as.link.url);
        if (str_trim(target).len == 0 ||
            url_classify(target, true) != URL_RELATIVE ||
            mask_found(str_slice(target, 0, 1)))
            return false;
    } else {
        return false;
    }
    return embed_is_block(embed_kind_of(str_trim(str_until(target, '#'))));
}

void render_comment(struct render *r, struct str masked, const cmark_node *n) {
    struct str text = mask_plain(r->o->scratch, masked);

    object_hidden_tags(r->o, text, render_line(r, n), false);
    object_hidden_links(r->o, text, render_line(r, n));
}

void render_hidden_tags(struct render *r, struct str masked,
                        const cmark_node *n) {
    object_hidden_tags(r->o, mask_plain(r->o->scratch, masked),
                       render_line(r, n), true);
}
