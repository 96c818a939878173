#include "link/resolve.h"

#include "base/map.h"
#include "base/pool.h"
#include "base/unicode.h"

/* Paths that a finding of link-ambiguous names. */
enum { CANDIDATES_SHOWN = 5 };

struct position {
    uint32_t line, column;
};

/* What one thread works with. */
struct resolver {
    struct arena scratch; /* of one note */
    struct arena lasting; /* of `ambiguous` */
    struct map ambiguous; /* target as typed to struct str: its candidates */
    struct diags diags;
    const struct note *note;
    struct position last[DIAG_CODES]; /* of the note's findings, by code */
};

struct resolving {
    struct linked *linked;
    struct target **targets;
    const uint32_t *nspellings; /* by names_first_spelling: published files */
    struct map aliases; /* folded: the first published note that has it */
    struct resolver *resolvers;
};

/* Empty segments are passed over (spec/markdown.md §4.2). */
static struct str trim_subpath(struct str s) {
    while (s.len > 0 && (s.p[0] == '#' || ascii_space((unsigned char)s.p[0])))
        s = str_skip(s, 1);
    while (s.len > 0 && (s.p[s.len - 1] == '#' ||
                         ascii_space((unsigned char)s.p[s.len - 1])))
        s.len--;
    return s;
}

/* `^id` is a block, also behind headings. */
static bool is_block(struct str subpath, struct str *id) {
    size_t hash = str_rfind(subpath, '#');
    struct str last =
        hash == STR_NONE ? subpath : str_trim(str_skip(subpath, hash + 1));

    *id = str_skip(last, 1);
    return str_starts(last, STR("^"));
}

static void find_part(const struct note *note, struct str subpath,
                      struct arena *scratch, struct target *t) {
    struct str id;

    subpath = trim_subpath(subpath);
    if (subpath.len == 0)
        return;
    if (is_block(subpath, &id)) {
        t->kind = PART_BLOCK;
        t->part = note_find_block(note, id);
    } else {
        t->kind = PART_HEADING;
        t->part = note_find_heading(note, subpath, scratch);
    }
    if (t->part == NOTE_NONE)
        t->kind = PART_MISSING;
}

struct target linked_part(const struct linked *l, uint32_t file,
                          struct str subpath, struct arena *scratch) {
    struct target t = {.outcome = LINK_MISSING};

    if (file == NAMES_NONE || !l->published[file])
        return t;
    t.file = file;
    t.outcome = LINK_FILE;
    if (l->vault->files[file].kind == FILE_NOTE) {
        t.outcome = LINK_NOTE;
        find_part(l->notes[file], subpath, scratch, &t);
    }
    return t;
}

struct target resolve_target(const struct linked *l, uint32_t from,
                             struct str target, struct str subpath,
                             struct arena *scratch, struct name_match *match) {
    *match = names_resolve(l->names, from, target, scratch);
    return linked_part(l, match->file, subpath, scratch);
}

/* One finding per place and code. Links of one place follow one another. */
static bool first_here(struct resolver *r, enum diag_code code,
                       const struct link *link) {
    struct position *last = &r->last[code];

    if (last->line == link->line && last->column == link->column)
        return false;
    *last = (struct position){link->line, link->column};
    return true;
}

static bool names_note(struct str target) {
    struct str extension = str_extension(target);

    return extension.len == 0 || str_eq_nocase(extension, STR("md"));
}

static bool is_embedded(const struct link *link) {
    return link->is_embed || (link->kind == LINK_HTML && link->is_src);
}

/* Aliases do not resolve, but a writer may think so (spec/markdown.md §3.5). */
static void report_missing(struct resolver *r, const struct resolving *all,
                           const struct link *link) {
    enum diag_code code =
        is_embedded(link) ? DIAG_EMBED_MISSING : DIAG_LINK_MISSING;
    const struct note *alias;

    if (!first_here(r, code, link))
        return;
    alias = map_get(&all->aliases, unicode_fold(&r->scratch, link->target));
    diag_add(&r->diags, code, r->note->file->path, link->line, link->column,
             "no %s called \"%.*s\"%s%.*s%s",
             names_note(link->target) ? "note" : "file", STR_ARG(link->target),
             alias != NULL ? " (it is an alias of \"" : "",
             STR_ARG(alias != NULL ? alias->file->path : STR("")),
             alias != NULL ? "\")" : "");
}

static void report_part(struct resolver *r, const struct link *link,
                        struct str path) {
    struct str subpath = trim_subpath(link->subpath), id;
    bool block = is_block(subpath, &id);
    enum diag_code code = is_embedded(link) ? DIAG_EMBED_PART_MISSING
                          : block           ? DIAG_BLOCK_MISSING
                                            : DIAG_HEADING_MISSING;

    if (first_here(r, code, link))
        diag_add(&r->diags, code, r->note->file->path, link->line, link->column,
                 "no %s \"%.*s\" in \"%.*s\"", block ? "block" : "heading",
                 STR_ARG(subpath), STR_ARG(path));
}

/* The published files that an ambiguous target may mean, for its finding; ""
 * where there are not two. Private ones are never named (decisions.md 4). */
static struct str candidates(struct resolver *r, const struct linked *l,
                             struct str target) {
    void **slot = map_slot(&r->ambiguous, target);
    struct str *list = *slot;

    if (list == NULL) {
        struct buf text = {0};
        size_t n = names_candidates(l->names, l->published, target,
                                    CANDIDATES_SHOWN, &text, &r->scratch);

        if (n > CANDIDATES_SHOWN)
            buf_add_lit(&text, " and others");
        list = arena_new(&r->lasting, struct str);
        if (n > 1)
            *list = arena_str(&r->lasting, buf_str(&text));
        *slot = list;
        buf_release(&text);
    }
    return *list;
}

static void report_choice(struct resolver *r, const struct resolving *all,
                          const struct link *link, struct name_match match) {
    const struct linked *l = all->linked;
    struct str from = r->note->file->path;

    if (match.ambiguous) {
        struct str list = candidates(r, l, link->target);

        if (list.len > 0 && first_here(r, DIAG_LINK_AMBIGUOUS, link))
            diag_add(&r->diags, DIAG_LINK_AMBIGUOUS, from, link->line,
                     link->column, "\"%.*s\" may be %.*s",
                     STR_ARG(link->target), STR_ARG(list));
    }
    if (match.case_only &&
        all->nspellings[names_first_spelling(l->names, match.file)] > 1 &&
        first_here(r, DIAG_LINK_CASE, link))
        diag_add(&r->diags, DIAG_LINK_CASE, from, link->line, link->column,
                 "other files differ from \"%.*s\" only in the case or form of "
                 "letters",
                 STR_ARG(l->vault->files[match.file].path));
}

/* The pictures of a drawing lie at these very paths; the first there is counts,
 * so that no more are copied. */
static void resolve_pictures(struct resolver *r, const struct resolving *all,
                             struct target *t) {
    const struct note *n = r->note;
    bool found = false;

    for (uint32_t i = 0; i < n->nlinks; i++) {
        const struct link *link = &n->links[i];
        struct name_match match;

        if (link->kind != LINK_PICTURE)
            continue;
        t[i] = resolve_target(all->linked, n->index, link->target, STR(""),
                              &r->scratch, &match);
        if (!found && t[i].outcome == LINK_FILE)
            found =
                str_eq(all->linked->vault->files[t[i].file].path, link->target);
        else
            t[i] = (struct target){.outcome = LINK_MISSING};
        if (!found)
            t[i].outcome = LINK_MISSING;
    }
    if (!found && !n->file->is_template)
        diag_add(&r->diags, DIAG_DRAWING_PICTURE, n->file->path, 0, 0,
                 "no picture of the drawing lies beside it");
}

/* `#name` of HTML and of Markdown may mean an element of raw HTML. Headings come
 * first, which is what Obsidian knows; wikilinks know nothing else. */
static void find_anchor(const struct note *note, const struct link *link,
                        struct target *t) {
    uint32_t id;

    if (t->kind != PART_MISSING || link->is_embed ||
        (link->kind != LINK_MARKDOWN && link->kind != LINK_HTML))
        return;
    id = note_find_anchor(note, link->subpath);
    if (id == NOTE_NONE)
        return;
    t->kind = PART_ANCHOR;
    t->part = id;
}

static void resolve_link(struct resolver *r, const struct resolving *all,
                         const struct link *link, struct target *t) {
    const struct linked *l = all->linked;
    struct name_match match;

    *t = resolve_target(l, r->note->index, link->target, link->subpath,
                        &r->scratch, &match);
    if (t->outcome == LINK_NOTE)
        find_anchor(l->notes[t->file], link, t);
    if (r->note->file->is_template)
        return;
    if (t->outcome == LINK_MISSING) {
        report_missing(r, all, link);
        return;
    }
    if (match.ambiguous || match.case_only)
        report_choice(r, all, link, match);
    if (t->kind == PART_MISSING)
        report_part(r, link, l->vault->files[t->file].path);
}

static void resolve_note(void *context, size_t index, unsigned worker) {
    const struct resolving *all = context;
    struct resolver *r = &all->resolvers[worker];

    r->note = all->linked->notes[index];
    if (r->note == NULL)
        return;
    memset(r->last, 0xFF, sizeof r->last); /* a place that no link has */
    for (uint32_t i = 0; i < r->note->nlinks; i++)
        if (r->note->links[i].kind != LINK_PICTURE)
            resolve_link(r, all, &r->note->links[i], &all->targets[index][i]);
    for (uint32_t i = 0; i < r->note->ndiagram_links; i++) {
        struct target unused; /* only what is wrong with it counts here */
        resolve_link(r, all, &r->note->diagram_links[i], &unused);
    }
    if (r->note->is_drawing)
        resolve_pictures(r, all, all->targets[index]);
    arena_reset(&r->scratch);
}

static struct target **room_for_targets(const struct linked *l,
                                        struct arena *a) {
    size_t nfiles = l->vault->nfiles, nlinks = 0;
    struct target **by_file = arena_array(a, struct target *, nfiles);
    struct target *at;

    for (size_t i = 0; i < nfiles; i++)
        nlinks += l->notes[i] != NULL ? l->notes[i]->nlinks : 0;
    at = arena_array(a, struct target, nlinks);
    for (size_t i = 0; i < nfiles; i++) {
        by_file[i] = at;
        at += l->notes[i] != NULL ? l->notes[i]->nlinks : 0;
    }
    return by_file;
}

static const uint32_t *count_spellings(const struct linked *l,
                                       struct arena *a) {
    uint32_t *n = arena_array(a, uint32_t, l->vault->nfiles);

    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        n[names_first_spelling(l->names, i)] += l->published[i];
    return n;
}

static void read_aliases(struct map *aliases, const struct linked *l,
                         struct arena *a) {
    map_init(aliases, a);
    for (size_t i = 0; i < l->vault->nfiles; i++) {
        const struct note *n = l->notes[i];

        if (n == NULL || n->file->is_template)
            continue;
        for (size_t k = 0; k < n->front.naliases; k++) {
            struct str key = unicode_fold(a, n->front.aliases[k]);
            void **slot = map_slot_borrowed(aliases, key);

            if (*slot == NULL)
                *slot = (void *)n;
        }
    }
}

void resolve_all(struct linked *l, struct arena *a, unsigned jobs,
                 struct diags *d) {
    unsigned n = jobs > 0 ? jobs : 1;
    struct arena own;
    struct resolving all = {.linked = l};

    arena_init(&own);
    all.targets = room_for_targets(l, a);
    all.nspellings = count_spellings(l, &own);
    read_aliases(&all.aliases, l, &own);
    all.resolvers = arena_array(&own, struct resolver, n);
    for (unsigned i = 0; i < n; i++) {
        struct resolver *r = &all.resolvers[i];

        arena_init(&r->scratch);
        arena_init(&r->lasting);
        map_init(&r->ambiguous, &r->lasting);
        diags_init(&r->diags);
    }
    pool_run(jobs, l->vault->nfiles, resolve_note, &all);
    for (unsigned i = 0; i < n; i++) {
        struct resolver *r = &all.resolvers[i];

        diags_merge(d, &r->diags);
        diags_release(&r->diags);
        arena_release(&r->lasting);
        arena_release(&r->scratch);
    }
    arena_release(&own);
    l->targets = (const struct target *const *)all.targets;
}
