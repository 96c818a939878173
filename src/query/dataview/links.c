#include "base/merge_sort.h"
#include "query/dataview/store.h"
#include "value/read.h"

/* Links of pages and of items: spec/dataview.md §4.6, §5.2, §6. */

/* Those that Obsidian's metadata has. */
static bool counts(const struct link *l) {
    return l->kind == LINK_WIKI || l->kind == LINK_MARKDOWN ||
           (l->kind == LINK_PROPERTY && l->whole);
}

/* What is shown where nothing else is said: `Note > Heading`. */
static struct str display_of(const struct link *l, struct arena *a) {
    struct buf out = {0};
    struct str text;

    if (l->kind == LINK_MARKDOWN)
        return l->display;
    if (l->kind == LINK_WIKI && l->label.len > 0)
        return l->label;
    if (l->kind == LINK_PROPERTY && l->display.len > 0)
        return l->display;
    link_add_default_display(&out, l->typed);
    text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

/* `path`: what it leads to, which is `file` (value_link), else as it is written. */
static const struct value *link_value(const struct link *l, struct str path,
                                      uint32_t file, struct arena *a) {
    struct value_link v = {.kind = VALUE_LINK_FILE,
                           .embed = l->is_embed,
                           .file = file,
                           .path = path,
                           .has_display = true};

    if (str_starts(l->subpath, STR("^"))) {
        v.kind = VALUE_LINK_BLOCK;
        v.subpath = str_trim(str_skip(l->subpath, 1));
    } else if (l->subpath.len > 0) {
        v.kind = VALUE_LINK_HEADER;
        v.subpath = value_heading_subpath(a, str_until(l->subpath, '#'));
    }
    v.has_subpath = v.kind != VALUE_LINK_FILE;
    v.display = display_of(l, a);
    return value_of_link(a, v);
}

/* --- of pages --- */

/* Called for each link of a page with where it leads. */
typedef void each_link(void *context, const struct link *l,
                       const struct target *t, bool hidden);

/* Those of the properties first, embeds last, each in the order of the text, with
 * those in comments. */
static void each(struct page *p, struct stripe *s, bool embeds, each_link *call,
                 void *context) {
    const struct linked *linked = p->records->linked;
    const struct note *n = p->note;
    const struct target *targets = linked->targets[p->file];
    uint32_t hidden = 0;

    for (uint32_t i = 0; i <= n->nlinks; i++) {
        for (; hidden < n->ncomment_links &&
               (n->comment_links[hidden].at <= i || i == n->nlinks);
             hidden++) {
            const struct link *l = &n->comment_links[hidden].link;
            if (l->is_embed == embeds) {
                struct target t = linked_resolve(linked, p->file, l->target,
                                                 l->subpath, &s->scratch);
                call(context, l, &t, true);
            }
        }
        if (i < n->nlinks && counts(&n->links[i]) &&
            n->links[i].is_embed == embeds)
            call(context, &n->links[i], &targets[i], false);
    }
}

struct linking {
    struct page *page;
    struct stripe *stripe;
    VEC(const struct value *) list;
    VEC(uint32_t) files;
    VEC(struct str) dangling;
    struct map seen; /* files, as bytes of their number; after the first few */
    bool properties;
};

#define FEW_FILES 16 /* are looked through one by one */

static void add_file(struct linking *m, uint32_t file) {
    for (size_t i = 0; i < m->files.len && i < FEW_FILES; i++)
        if (m->files.items[i] == file)
            return;
    if (m->files.len >= FEW_FILES) {
        void **slot =
            map_slot(&m->seen, str_make((const char *)&file, sizeof file));
        if (*slot != NULL)
            return;
        *slot = m;
    }
    vec_push(&m->files, file);
}

static void add_target(void *context, const struct link *l,
                       const struct target *t, bool hidden) {
    struct linking *m = context;

    (void)hidden;
    if ((l->kind == LINK_PROPERTY) != m->properties)
        return;
    if (t->outcome == LINK_MISSING)
        vec_push(&m->dangling, l->target);
    else
        add_file(m, t->file);
}

/* As Obsidian counts resolved links: those of the text before those of the
 * properties. */
const void *links_make(struct page *p, struct stripe *s) {
    struct page_links *made = arena_new(&s->arena, struct page_links);
    struct linking m = {.page = p, .stripe = s};

    if (p->note->nlinks + p->note->ncomment_links == 0)
        return made;
    map_init(&m.seen, &s->scratch);
    each(p, s, false, add_target, &m);
    each(p, s, true, add_target, &m);
    m.properties = true;
    each(p, s, false, add_target, &m);
    made->files = vec_keep(&s->arena, &m.files);
    made->nfiles = m.files.len;
    made->dangling = vec_keep(&s->arena, &m.dangling);
    made->ndangling = m.dangling.len;
    vec_release(&m.files);
    vec_release(&m.dangling);
    return made;
}

static void add_outlink(void *context, const struct link *l,
                        const struct target *t, bool hidden) {
    struct linking *m = context;
    const struct value *link;
    const struct vault *v = m->page->records->linked->vault;

    if (t->outcome != LINK_MISSING)
        link = link_value(l, v->files[t->file].path, t->file + 1,
                          &m->stripe->arena);
    else
        link = link_value(l, l->target, 0, &m->stripe->arena);
    if (hidden)
        link = value_hidden(&m->stripe->arena, link);
    vec_push(&m->list, link);
}

const void *outlinks_make(struct page *p, struct stripe *s) {
    struct linking m = {.page = p, .stripe = s};
    const struct value *made;

    each(p, s, false, add_outlink, &m);
    each(p, s, true, add_outlink, &m);
    made = value_of_list(&s->arena, vec_keep(&s->arena, &m.list), m.list.len);
    vec_release(&m.list);
    return made;
}

/* --- of items --- */

static bool is_of_item(const struct link *l) {
    return l->kind != LINK_PROPERTY && counts(l);
}

/* Its links by line; those of one line in their order. */
static int by_line(void *context, const void *a, const void *b) {
    const struct note *n = context;
    uint32_t x = n->links[*(const uint32_t *)a].line;
    uint32_t y = n->links[*(const uint32_t *)b].line;

    return (x > y) - (x < y);
}

const void *lines_make(struct page *p, struct stripe *s) {
    const struct note *n = p->note;
    struct page_lines *made = arena_new(&s->arena, struct page_lines);
    uint32_t *links = arena_array(&s->arena, uint32_t, n->nlinks);

    for (uint32_t i = 0; i < n->nlinks; i++)
        if (is_of_item(&n->links[i]))
            links[made->n++] = i;
    merge_sort(links, made->n, sizeof *links,
               arena_array(&s->scratch, uint32_t, made->n), by_line,
               (struct note *)(uintptr_t)n);
    made->links = links;
    return made;
}

/* The first that does not stand before the line. */
static size_t first_at(const struct page_lines *lines, const struct note *n,
                       uint32_t line) {
    size_t low = 0, high = lines->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->links[lines->links[middle]].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct value *links_of_lines(struct page *p, uint32_t first,
                                   uint32_t nlines, struct arena *a) {
    const struct note *n = p->note;
    const struct page_lines *lines;
    VEC(const struct value *) list = {0};
    const struct value *made;

    if (n->nlinks == 0)
        return value_of_list(a, NULL, 0);
    lines = page_lines(p);
    for (int embeds = 0; embeds < 2; embeds++)
        for (size_t i = first_at(lines, n, first); i < lines->n; i++) {
            const struct link *l = &n->links[lines->links[i]];
            if (l->line >= first + nlines)
                break;
            if (l->is_embed == (embeds > 0))
                vec_push(&list, link_value(l, l->target, 0, a));
        }
    made = value_of_list(a, vec_keep(a, &list), list.len);
    vec_release(&list);
    return made;
}
