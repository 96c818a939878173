#include "note/outlinks.h"

/* Obsidian's text for a link without one: the target with ` > ` for `#`. */
static struct str default_display(struct arena *a, struct str typed) {
    struct buf text = {0};
    struct str kept;
    bool first = true;

    if (str_find(typed, '#') == STR_NONE)
        return typed;
    do {
        struct str part = str_trim(str_until(typed, '#'));

        if (part.len > 0 && !first)
            buf_add_lit(&text, " > ");
        buf_add_str(&text, part);
        first &= part.len == 0;
        typed = str_after(typed, '#');
    } while (typed.len > 0);
    kept = arena_str(a, buf_str(&text));
    buf_release(&text);
    return kept;
}

static struct outlink outlink_of(struct arena *a, const struct link *l,
                                 bool in_comment) {
    struct outlink o = {
        .link = l,
        .path = l->target,
        .subpath = l->subpath,
        .display = l->display,
        .line = l->kind == LINK_PROPERTY ? 0 : l->line,
        .embed = l->is_embed,
        .in_comment = in_comment,
    };

    if (l->kind == LINK_WIKI)
        o.display = l->label;
    if (o.display.len == 0)
        o.display = default_display(a, l->typed);
    return o;
}

static bool counts(const struct link *l, bool properties) {
    if (l->kind == LINK_PROPERTY)
        return properties && l->whole && !l->is_markdown;
    return !properties && (l->kind == LINK_WIKI || l->kind == LINK_MARKDOWN);
}

enum pass { PASS_PROPERTIES, PASS_LINKS, PASS_EMBEDS, PASSES };

uint32_t note_outlinks(const struct note *n, struct arena *a,
                       struct outlink **out) {
    size_t most = (size_t)n->nlinks + n->ncomment_links;
    uint32_t len = 0;

    *out = arena_alloc(a, most * sizeof **out, _Alignof(struct outlink));
    for (int pass = 0; pass < PASSES; pass++) {
        uint32_t hidden = 0;

        for (uint32_t i = 0; i <= n->nlinks; i++) {
            for (;
                 hidden < n->ncomment_links && n->comment_links[hidden].at <= i;
                 hidden++) {
                const struct link *l = &n->comment_links[hidden].link;
                if (pass != PASS_PROPERTIES &&
                    l->is_embed == (pass == PASS_EMBEDS))
                    (*out)[len++] = outlink_of(a, l, true);
            }
            if (i < n->nlinks &&
                counts(&n->links[i], pass == PASS_PROPERTIES) &&
                (pass == PASS_PROPERTIES ||
                 n->links[i].is_embed == (pass == PASS_EMBEDS)))
                (*out)[len++] = outlink_of(a, &n->links[i], false);
        }
    }
    return len;
}
