/*
 * site_vault: a small vault made by hand, for the tests of site/.
 *
 * Files are added in vault order.  A note's fragment is written with marks where
 * its fixups stand: {L target#part} {E target#part} {e target} (inline embed)
 * {A target} {T tag} {Q text} {F 0} {I id}.
 */
#ifndef VAULTSITE_TESTS_SITE_VAULT_H
#define VAULTSITE_TESTS_SITE_VAULT_H

#include "base/unicode.h"
#include "base/vec.h"
#include "link/link.h"
#include "note/embed.h"
#include "site/stitch.h"

#define SITE_FILES 1000

struct site_vault {
    struct arena arena;
    struct diags diags;
    struct settings settings;
    struct vault vault;
    struct vault_file files[SITE_FILES];
    struct note *notes[SITE_FILES];
    struct theme theme;
    struct linked *linked;
    const struct answers *answers;   /* NULL, or set before site_plan */
    const struct entities *entities; /* the same */
    struct plan *plan;
};

static inline void site_open(struct site_vault *v) {
    memset(v, 0, sizeof *v);
    arena_init(&v->arena);
    diags_init(&v->diags);
    v->settings.language = STR("en");
    v->settings.today = (struct civil_date){2026, 1, 15};
    v->settings.limits.attachment_bytes = 1000;
    v->vault.settings = &v->settings;
    v->vault.files = v->files;
}

static inline void site_close(struct site_vault *v) {
    diags_release(&v->diags);
    arena_release(&v->arena);
}

static inline struct vault_file *site_file(struct site_vault *v,
                                           const char *path) {
    struct vault_file *f = &v->files[v->vault.nfiles++];

    assert_true(v->vault.nfiles < SITE_FILES);
    f->path = arena_str(&v->arena, str_from(path));
    f->kind = FILE_ATTACHMENT;
    if (v->vault.nfiles > 1)
        assert_true(unicode_cmp_path(f[-1].path, f->path) < 0);
    return f;
}

/* A published note without text. */
static inline struct note *site_note(struct site_vault *v, const char *path) {
    struct vault_file *f = site_file(v, path);
    struct note *n = arena_new(&v->arena, struct note);

    f->kind = FILE_NOTE;
    n->file = f;
    n->index = (uint32_t)(f - v->files);
    n->title = str_basename(f->path);
    n->title.len -= 3;
    v->notes[n->index] = n;
    v->vault.nnotes++;
    return n;
}

struct site_marks {
    struct buf html;
    VEC(struct fixup) fixups;
    VEC(struct link) links;
    VEC(struct embed) embeds;
    VEC(struct tag_use) tags;
    VEC(struct query) queries;
    VEC(struct str) ids;
};

static inline uint32_t site_mark_link(struct site_marks *m, struct str typed,
                                      uint32_t line) {
    struct link l = {.kind = LINK_WIKI,
                     .typed = typed,
                     .target = str_until(typed, '#'),
                     .subpath = str_after(typed, '#'),
                     .line = line,
                     .column = 1,
                     .block = NOTE_NONE,
                     .property = NOTE_NONE};

    vec_push(&m->links, l);
    return (uint32_t)m->links.len - 1;
}

static inline void site_mark(struct site_marks *m, char kind, struct str text) {
    struct fixup x = {.at = (uint32_t)m->html.len};
    uint32_t line = (uint32_t)m->fixups.len + 1;

    switch (kind) {
    case 'L':
        x.kind = FIXUP_LINK;
        x.ref = site_mark_link(m, text, line);
        break;
    case 'A':
        x.kind = FIXUP_ASSET;
        x.ref = site_mark_link(m, text, line);
        m->links.items[x.ref].kind = LINK_HTML;
        m->links.items[x.ref].is_src = true;
        m->links.items[x.ref].attr = STR("src");
        break;
    case 'E':
    case 'e': {
        struct embed e = {.link = site_mark_link(m, text, line),
                          .in_block = kind == 'E'};
        e.kind = embed_kind_of(m->links.items[e.link].target);
        e.as_link = !e.in_block && embed_is_block(e.kind);
        m->links.items[e.link].is_embed = true;
        x.kind = FIXUP_EMBED;
        x.ref = (uint32_t)m->embeds.len;
        vec_push(&m->embeds, e);
        break;
    }
    case 'T': {
        struct tag_use t = {.name = text, .line = line, .column = 1};
        x.kind = FIXUP_TAG;
        x.ref = (uint32_t)m->tags.len;
        vec_push(&m->tags, t);
        break;
    }
    case 'Q': {
        struct query q = {.language = STR("dataview"), .text = text};
        x.kind = FIXUP_QUERY;
        x.ref = (uint32_t)m->queries.len;
        vec_push(&m->queries, q);
        break;
    }
    case 'I':
        x.kind = FIXUP_ID;
        x.ref = (uint32_t)m->ids.len;
        vec_push(&m->ids, text);
        break;
    default:
        assert_int_equal(kind, 'F');
        x.kind = FIXUP_FOOTNOTE_REF;
        x.ref = (uint32_t)(text.p[0] - '0');
        break;
    }
    vec_push(&m->fixups, x);
}

/* Sets the note's fragment; the body ends at `|||`, else with the text. */
static inline void site_text(struct site_vault *v, struct note *n,
                             const char *marked) {
    struct site_marks m = {0};
    bool body = true;

    marked = arena_cstr(&v->arena, str_from(marked));
    for (const char *p = marked; *p;) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        if (end) {
            site_mark(&m, p[1], str_make(p + 3, (size_t)(end - p - 3)));
            p = end + 1;
        } else if (strncmp(p, "|||", 3) == 0) {
            n->body_end = (uint32_t)m.html.len;
            n->body_fixups = (uint32_t)m.fixups.len;
            body = false;
            p += 3;
        } else {
            buf_add_ch(&m.html, *p++);
        }
    }
    if (body) {
        n->body_end = (uint32_t)m.html.len;
        n->body_fixups = (uint32_t)m.fixups.len;
    }
    n->html = arena_str(&v->arena, buf_str(&m.html));
    buf_release(&m.html);
#define KEEP(list)                                                             \
    n->list = vec_keep(&v->arena, &m.list);                                    \
    n->n##list = (uint32_t)m.list.len;                                         \
    vec_release(&m.list)
    KEEP(fixups);
    KEEP(links);
    KEEP(embeds);
    KEEP(tags);
    KEEP(queries);
    KEEP(ids);
#undef KEEP
}

/* From `begin` up to `end` (both must occur; "" is the fragment's end). */
static inline struct range site_range(const struct note *n, const char *begin,
                                      const char *end) {
    struct range r = {0};
    size_t at = str_find_str(n->html, str_from(begin), 0);
    size_t to = *end ? str_find_str(n->html, str_from(end), at) : n->html.len;

    assert_true(at != STR_NONE && to != STR_NONE);
    r.begin = (uint32_t)at;
    r.end = (uint32_t)to;
    while (r.fixup_begin < n->nfixups && n->fixups[r.fixup_begin].at < at)
        r.fixup_begin++;
    r.fixup_end = r.fixup_begin;
    while (r.fixup_end < n->nfixups && n->fixups[r.fixup_end].at < to)
        r.fixup_end++;
    return r;
}

static inline struct slice site_slice(struct site_vault *v, struct range r) {
    struct slice s = {.nranges = 1};
    struct range *ranges = arena_new(&v->arena, struct range);

    *ranges = r;
    s.ranges = ranges;
    return s;
}

/* One linkable heading: its element is [begin, after), its section up to `end`. */
static inline void site_heading(struct site_vault *v, struct note *n,
                                const char *text, const char *begin,
                                const char *after, const char *end) {
    struct heading *h =
        arena_array(&v->arena, struct heading, n->nheadings + 1);

    if (n->nheadings > 0)
        memcpy(h, n->headings, n->nheadings * sizeof *h);
    n->headings = h;
    h += n->nheadings++;
    h->level = 2;
    h->raw = h->text = str_from(text);
    h->key = heading_key(&v->arena, h->text);
    h->id = h->key;
    h->own = site_range(n, begin, after);
    h->section = site_slice(v, site_range(n, begin, end));
}

static inline void site_plan(struct site_vault *v) {
    v->linked = link_vault(&v->arena, &v->vault,
                           (const struct note *const *)v->notes, 1, &v->diags);
    assert_true(theme_load(&v->theme, &v->arena, NULL, STR("en"), &v->diags));
    v->plan = plan_site(&v->arena, v->linked, v->answers, v->entities,
                        graph_find(&v->arena, v->linked, v->entities),
                        &v->theme, &v->diags);
}

/* Path below OUT of the page or file of vault file `i`. */
static inline struct str site_url(const struct site_vault *v, size_t i) {
    if (v->plan->page_of[i] != PLAN_NONE)
        return v->plan->pages[v->plan->page_of[i]].path;
    for (size_t k = 0; k < v->plan->nfiles; k++)
        if (v->plan->files[k].file == i)
            return v->plan->files[k].path;
    return STR("");
}

static inline const struct page *site_page(const struct site_vault *v,
                                           const char *path) {
    for (size_t i = 0; i < v->plan->npages; i++)
        if (str_eq(v->plan->pages[i].path, str_from(path)))
            return &v->plan->pages[i];
    return NULL;
}

static inline size_t site_findings(const struct site_vault *v,
                                   enum diag_code code) {
    size_t n = 0;

    for (size_t i = 0; i < v->diags.len; i++)
        n += v->diags.items[i].code == code;
    return n;
}

#define assert_str(got, want)                                                  \
    do {                                                                       \
        struct str got_ = (got), want_ = str_from(want);                       \
        if (!str_eq(got_, want_))                                              \
            fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got_),             \
                     STR_ARG(want_));                                          \
    } while (0)

#endif
