#include "script/file_text.h"

#include "base/json.h"
#include "base/map.h"
#include "value/print.h"

/* --- tags --- */

static void add_tag(struct buf *out, struct str name, bool first) {
    struct buf tag = {0};

    if (!first)
        buf_add_ch(out, ',');
    buf_add_ch(&tag, '#');
    buf_add_str(&tag, name);
    json_add_text(out, buf_str(&tag));
    buf_release(&tag);
}

/* Marks a name; false: it was marked before. */
static bool first_use(struct map *seen, struct str name) {
    void **slot = map_slot(seen, name);

    if (*slot)
        return false;
    *slot = seen;
    return true;
}

void file_text_add_tags(struct buf *out, const struct note *n) {
    struct arena scratch;
    struct map seen;
    bool first = true;

    arena_init(&scratch);
    map_init(&seen, &scratch);
    buf_add_ch(out, '[');
    for (size_t i = 0; i < n->front.ntags; i++) {
        if (!first_use(&seen, n->front.tags[i]))
            continue;
        add_tag(out, n->front.tags[i], first);
        first = false;
    }
    for (uint32_t i = 0; i < n->ntags; i++) {
        const struct tag_use *t = &n->tags[i];
        if (t->in_comment || t->in_html || !first_use(&seen, t->name))
            continue;
        add_tag(out, t->name, first);
        first = false;
    }
    buf_add_ch(out, ']');
    arena_release(&scratch);
}

/* --- properties --- */

static void add_tag_list(struct buf *out, const struct note *n) {
    buf_add_lit(out, "\"tags\":[");
    for (size_t i = 0; i < n->front.ntags; i++)
        add_tag(out, n->front.tags[i], i == 0);
    buf_add_ch(out, ']');
}

void file_text_add_properties(struct buf *out, const struct note *n) {
    bool tags = false;

    buf_add_ch(out, '{');
    for (size_t i = 0; i < n->front.nproperties; i++) {
        const struct property *p = &n->front.properties[i];
        if (i > 0)
            buf_add_ch(out, ',');
        if (str_eq(p->key, STR("tags"))) {
            add_tag_list(out, n);
            tags = true;
            continue;
        }
        json_add_key(out, p->key);
        value_add_json(out, p->value);
    }
    if (!tags) {
        if (n->front.nproperties > 0)
            buf_add_ch(out, ',');
        add_tag_list(out, n);
    }
    buf_add_ch(out, '}');
}

/* --- links --- */

bool file_text_in_body(const struct link *k) {
    return (k->kind == LINK_WIKI || k->kind == LINK_MARKDOWN) && !k->is_embed;
}

bool file_text_in_properties(const struct link *k) {
    return k->kind == LINK_PROPERTY;
}

/* As it is written: what is between the brackets is kept, not the whole. */
static void add_written(struct buf *out, const struct link *k) {
    struct buf text = {0};

    if (k->kind == LINK_MARKDOWN || k->is_markdown) {
        buf_printf(&text, "[%.*s](%.*s)", STR_ARG(k->display),
                   STR_ARG(k->typed));
    } else {
        buf_add_lit(&text, "[[");
        buf_add_str(&text, k->typed);
        if (k->label.len > 0) {
            buf_add_ch(&text, '|');
            buf_add_str(&text, k->label);
        }
        buf_add_lit(&text, "]]");
    }
    json_add_text(out, buf_str(&text));
    buf_release(&text);
}

void file_text_add_link(struct buf *out, const struct linked *l,
                        const struct note *n, uint32_t link) {
    const struct link *k = &n->links[link];
    const struct target *t = &l->targets[n->index][link];

    buf_add_ch(out, '[');
    add_written(out, k);
    buf_add_ch(out, ',');
    json_add_text(out, k->typed);
    buf_add_ch(out, ',');
    if (t->outcome == LINK_MISSING)
        buf_add_lit(out, "null");
    else
        json_add_text(out, vault_shown(&l->vault->files[t->file]));
    buf_add_ch(out, ',');
    json_add_text(out, k->display);
    buf_add_ch(out, ']');
}
