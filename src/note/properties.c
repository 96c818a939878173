#include "html/escape.h"
#include "note/percent.h"
#include "note/property.h"
#include "note/render.h"

/* Property values are walked with a stack of their own; deeper ones are left. */
#define MAX_DEPTH 64

/* The property at hand, and the node of the text at hand. */
struct scanned {
    uint32_t index;
    struct str vault;        /* the vault's name in Obsidian, "" */
    const struct yaml *yaml; /* NULL where the tree of values has more levels */
};

static void add_link(struct object *o, const struct scanned *at,
                     struct str target, struct str display, bool whole,
                     bool decode) {
    const struct property *p = &o->note->front.properties[at->index];
    struct link l = {
        .kind = LINK_PROPERTY,
        .whole = whole,
        .typed = str_trim(target),
        .target = str_trim(str_until(target, '#')),
        .subpath = str_trim(str_after(target, '#')),
        .display = str_trim(display),
        .line = at->yaml != NULL ? at->yaml->line : p->line,
        .column = at->yaml != NULL ? at->yaml->column : p->column,
        .block = NOTE_NONE,
        .property = at->index,
    };

    if (decode) {
        l.target = percent_decode(o->build, l.target);
        l.subpath = percent_decode(o->build, l.subpath);
    }
    if (l.typed.len > 0)
        vec_push(&o->links, l);
}

/* `[text](dest)` as a whole, dest in the vault; an obsidian: address alone. */
static bool add_markdown_link(struct object *o, const struct scanned *where,
                              struct str s) {
    struct property_link link;
    size_t before = o->links.len;

    if (!property_link(o->build, s, where->vault, &link) ||
        (link.decode && url_classify(link.dest, false) != URL_RELATIVE))
        return false;
    add_link(o, where, link.dest, link.text, true, link.decode);
    if (o->links.len > before)
        vec_last(&o->links)->is_markdown = true;
    return true;
}

/* Every `[[…]]` of a text; `whole` when the text is nothing else. */
static void scan_text(struct object *o, const struct scanned *where,
                      struct str s) {
    size_t at = 0;

    s = str_trim(s);
    if ((str_starts(s, STR("[")) || str_starts_nocase(s, STR("obsidian:"))) &&
        add_markdown_link(o, where, s))
        return;
    while ((at = str_find_str(s, STR("[["), at)) != STR_NONE) {
        size_t end = str_find_str(s, STR("]]"), at + 2);
        size_t inner;

        if (end == STR_NONE)
            return;
        /* An inner `[[` begins anew, as in text. */
        while ((inner = str_find_str(str_slice(s, 0, end), STR("[["),
                                     at + 2)) != STR_NONE)
            at = inner;
        struct str body = str_slice(s, at + 2, end);
        add_link(o, where, md_wiki_target(body), md_wiki_display(body),
                 at == 0 && end + 2 == s.len, false);
        at = end + 2;
    }
}

static void scan_value(struct object *o, uint32_t index, struct str vault) {
    const struct property *p = &o->note->front.properties[index];
    struct {
        const struct value *value;
        const struct yaml *yaml; /* of the value; children in the same order */
        const struct yaml *child;
        size_t next;
    } stack[MAX_DEPTH] = {
        {p->value, p->yaml, p->yaml ? p->yaml->first : NULL, 0}};
    size_t depth = 1;

    while (depth > 0) {
        const struct value *v = stack[depth - 1].value, *child = NULL;
        const struct yaml *yaml = stack[depth - 1].child;
        size_t next = stack[depth - 1].next++;

        if (v->kind == VALUE_TEXT) {
            struct scanned at = {index, vault, stack[depth - 1].yaml};
            scan_text(o, &at, v->as.text);
        } else if (v->kind == VALUE_LIST && next < v->as.list.len) {
            child = v->as.list.items[next];
        } else if (v->kind == VALUE_OBJECT && next < v->as.object.len) {
            child = v->as.object.members[next].value;
        }
        if (yaml != NULL)
            stack[depth - 1].child = yaml->next;
        if (child == NULL) {
            depth--;
        } else if (depth < MAX_DEPTH) {
            stack[depth].value = child;
            stack[depth].yaml = yaml;
            stack[depth].child = yaml != NULL ? yaml->first : NULL;
            stack[depth++].next = 0;
        }
    }
}

void render_property_links(struct object *o, struct str vault) {
    const struct frontmatter *f = &o->note->front;

    for (size_t i = 0; i < f->nproperties; i++)
        scan_value(o, (uint32_t)i, vault);
}
