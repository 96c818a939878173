#include "link/names.h"

#include "base/map.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "vault/repair.h"

/* All files whose path ends in one run of whole components, the last of them
 * with or without `.md`. */
struct suffix {
    uint32_t exact;  /* the file at that very path from the root; NAMES_NONE */
    uint32_t best;   /* of all, by rules c and d */
    uint32_t nnames; /* files that differ in more than case and form */
    uint32_t first, last; /* candidates; NAMES_NONE while there is one file */
};

struct candidate {
    uint32_t file, next;
};

struct name_index {
    struct map suffixes; /* to struct suffix */
    struct candidate *candidates;
    size_t ncandidates, cap;
};

struct names {
    const struct vault *vault;
    struct arena *arena;
    struct str *folded; /* by file: folded path */
    uint32_t *length;   /* by file: code points of the path, rule c */
    uint32_t *spelling; /* by file: names_first_spelling */
    bool *respelt;      /* by file: other files differ only in case or form */
    struct name_index by_fold;
    struct name_index
        by_spelling; /* paths as they are; only of respelt files */
};

/* Rules c and d: the shorter path, then the smaller. */
static bool nearer(const struct names *n, uint32_t a, uint32_t b) {
    if (n->length[a] != n->length[b])
        return n->length[a] < n->length[b];
    return str_cmp(n->vault->files[a].path, n->vault->files[b].path) < 0;
}

static uint32_t add_candidate(struct name_index *ix, uint32_t file) {
    struct candidate candidate = {file, NAMES_NONE};

    if (ix->ncandidates == ix->cap)
        ix->candidates = vec_grow(ix->candidates, ix->ncandidates, &ix->cap,
                                  sizeof *ix->candidates);
    ix->candidates[ix->ncandidates] = candidate;
    return (uint32_t)ix->ncandidates++;
}

static void join(struct name_index *ix, struct suffix *s, uint32_t file) {
    if (s->first == NAMES_NONE)
        s->first = s->last = add_candidate(ix, s->best);
    uint32_t added = add_candidate(ix, file);
    ix->candidates[s->last].next = added;
    s->last = added;
}

static struct suffix *suffix_of(struct names *n, struct name_index *ix,
                                struct str key) {
    void **slot = map_slot_borrowed(&ix->suffixes, key);

    if (*slot == NULL) {
        struct suffix *s = arena_new(n->arena, struct suffix);

        *s = (struct suffix){NAMES_NONE, NAMES_NONE, 0, NAMES_NONE, NAMES_NONE};
        *slot = s;
    }
    return *slot;
}

static void index_suffix(struct names *n, struct name_index *ix, struct str key,
                         uint32_t file, bool new_name) {
    struct suffix *s = suffix_of(n, ix, key);

    if (s->best != NAMES_NONE)
        join(ix, s, file);
    if (s->best == NAMES_NONE || nearer(n, file, s->best))
        s->best = file;
    if (new_name)
        s->nnames++;
}

/* Rule a.  `[[x.md]]` means `x.md` rather than `x.md.md`. */
static void index_exact(struct names *n, struct name_index *ix, struct str key,
                        uint32_t file, bool with_extension) {
    struct suffix *s = suffix_of(n, ix, key);
    bool better = s->exact == NAMES_NONE;

    if (!better) {
        bool has_extension = n->folded[s->exact].len == n->folded[file].len;
        better =
            with_extension && (!has_extension || nearer(n, file, s->exact));
    }
    if (better)
        s->exact = file;
}

/* A link without extension never selects a file that is no note. */
static bool can_be_named(const struct vault_file *f) {
    return f->kind == FILE_NOTE || str_extension(f->path).len > 0;
}

static void index_path(struct names *n, struct name_index *ix, struct str path,
                       uint32_t file, bool new_name) {
    bool note = n->vault->files[file].kind == FILE_NOTE;
    size_t stem = path.len - (note ? sizeof ".md" - 1 : 0);

    index_exact(n, ix, path, file, true);
    if (note)
        index_exact(n, ix, str_slice(path, 0, stem), file, false);
    for (size_t at = 0;;) {
        size_t slash;

        index_suffix(n, ix, str_skip(path, at), file, new_name);
        if (note)
            index_suffix(n, ix, str_slice(path, at, stem), file, new_name);
        slash = str_find(str_skip(path, at), '/');
        if (slash == STR_NONE)
            break;
        at += slash + 1;
    }
}

/* Finds out whether a file with the same folded path came before. */
static bool is_new_name(struct names *n, uint32_t file) {
    const struct suffix *s = map_get(&n->by_fold.suffixes, n->folded[file]);
    uint32_t other = s != NULL ? s->exact : NAMES_NONE;

    n->spelling[file] = file;
    if (other == NAMES_NONE || !str_eq(n->folded[other], n->folded[file]))
        return true;
    n->spelling[file] = n->spelling[other];
    n->respelt[file] = n->respelt[other] = true;
    return false;
}

static void index_keep(struct names *n, struct name_index *ix) {
    struct candidate *list = ix->candidates;

    ix->candidates = vec_copy(n->arena, list, ix->ncandidates, sizeof *list);
    mem_free(list);
}

struct names *names_new(struct arena *a, const struct vault *v) {
    struct names *n = arena_new(a, struct names);

    *n = (struct names){.vault = v, .arena = a};
    n->folded = arena_array(a, struct str, v->nfiles);
    n->length = arena_array(a, uint32_t, v->nfiles);
    n->spelling = arena_array(a, uint32_t, v->nfiles);
    n->respelt = arena_array(a, bool, v->nfiles);
    map_init(&n->by_fold.suffixes, a);
    map_init(&n->by_spelling.suffixes, a);
    for (uint32_t i = 0; i < v->nfiles; i++) {
        n->folded[i] = unicode_fold(a, vault_shown(&v->files[i]));
        n->length[i] = (uint32_t)utf8_count(vault_shown(&v->files[i]));
        n->spelling[i] = i;
        if (can_be_named(&v->files[i]))
            index_path(n, &n->by_fold, n->folded[i], i, is_new_name(n, i));
    }
    for (uint32_t i = 0; i < v->nfiles; i++)
        if (n->respelt[i])
            index_path(n, &n->by_spelling, v->files[i].path, i, true);
    index_keep(n, &n->by_fold);
    index_keep(n, &n->by_spelling);
    return n;
}

/* Step 2: `//` is one separator, a final `/` says nothing. */
static struct str path_tidy(struct arena *scratch, struct str path) {
    size_t len = 0;
    char *p;

    while (path.len > 0 && path.p[path.len - 1] == '/')
        path.len--;
    if (str_find_str(path, STR("//"), 0) == STR_NONE)
        return path;
    p = arena_alloc(scratch, path.len, 1);
    for (size_t i = 0; i < path.len; i++)
        if (path.p[i] != '/' || len == 0 || p[len - 1] != '/')
            p[len++] = path.p[i];
    return str_make(p, len);
}

static bool is_relative(struct str path) {
    return str_starts(path, STR("./")) || str_starts(path, STR("../"));
}

static struct str without_dots(struct str path) {
    while (is_relative(path))
        path = str_after(path, '/');
    return path;
}

static struct str path_join(struct arena *scratch, struct str folder,
                            struct str path) {
    char *p;

    if (folder.len == 0)
        return path;
    p = arena_alloc(scratch, folder.len + 1 + path.len, 1);
    memcpy(p, folder.p, folder.len);
    p[folder.len] = '/';
    memcpy(p + folder.len + 1, path.p, path.len);
    return str_make(p, folder.len + 1 + path.len);
}

/* `path` as seen from `folder`, `.` and `..` carried out; false where it leaves
 * the vault. */
static bool path_walk(struct arena *scratch, struct str folder, struct str path,
                      struct str *out) {
    char *p = arena_alloc(scratch, folder.len + path.len + 2, 1);
    struct str at = {p, folder.len};

    if (folder.len > 0)
        memcpy(p, folder.p, folder.len);
    while (path.len > 0) {
        struct str name = str_until(path, '/');

        path = str_after(path, '/');
        if (str_eq(name, STR("..")) && at.len == 0)
            return false;
        if (str_eq(name, STR(".."))) {
            at = str_dirname(at);
        } else if (!str_eq(name, STR("."))) {
            if (at.len > 0)
                p[at.len++] = '/';
            memcpy(p + at.len, name.p, name.len);
            at.len += name.len;
        }
    }
    *out = at;
    return true;
}

static struct name_match match_of(uint32_t file) {
    return (struct name_match){.file = file};
}

static uint32_t exact(const struct name_index *ix, struct str path) {
    const struct suffix *s = map_get(&ix->suffixes, path);

    return s != NULL ? s->exact : NAMES_NONE;
}

/* Rule b: `path` seen from the folder of the link; then a file of that very
 * folder, whose own components the link repeats. */
static uint32_t beside(const struct name_index *ix, struct str folder,
                       struct str path, struct arena *scratch) {
    struct str above = str_dirname(path);
    uint32_t file;

    if (folder.len == 0) /* then it would be the exact path */
        return NAMES_NONE;
    file = exact(ix, path_join(scratch, folder, path));
    if (file != NAMES_NONE || above.len == 0)
        return file;
    if (!str_ends(folder, above) ||
        (folder.len > above.len && folder.p[folder.len - above.len - 1] != '/'))
        return NAMES_NONE;
    return exact(ix, path_join(scratch, folder, str_basename(path)));
}

/* Steps 3 to 7 for a link that stands in `folder`. */
static struct name_match find(const struct name_index *ix, struct str folder,
                              struct str path, struct arena *scratch) {
    const struct suffix *s;
    struct name_match match;

    if (path.len > 0 && path.p[0] == '/')
        return match_of(exact(ix, str_skip(path, 1)));
    if (is_relative(path)) {
        struct str walked;

        if (!path_walk(scratch, folder, path, &walked))
            return match_of(NAMES_NONE);
        match = match_of(exact(ix, walked));
        if (match.file != NAMES_NONE)
            return match;
        path = without_dots(path);
    }
    s = map_get(&ix->suffixes, path);
    if (s == NULL)
        return match_of(NAMES_NONE);
    if (s->exact != NAMES_NONE)
        return match_of(s->exact);
    if (s->nnames == 1 && s->first == NAMES_NONE)
        return match_of(s->best);
    match = match_of(beside(ix, folder, path, scratch));
    if (match.file != NAMES_NONE)
        return match;
    return (struct name_match){.file = s->best, .ambiguous = s->nnames > 1};
}

/* A target in the form that the files' names have: repaired as they are. */
static struct str fold_target(const struct names *n, struct str target,
                              struct arena *scratch) {
    const struct settings *s = n->vault->settings;

    if (s != NULL && s->mojibake == MOJIBAKE_REPAIR)
        target = repair_path(scratch, target);
    return path_tidy(scratch, unicode_fold(scratch, target));
}

struct name_match names_resolve(const struct names *n, uint32_t from,
                                struct str target, struct arena *scratch) {
    struct name_match match, spelt;
    struct str folded;

    if (target.len == 0)
        return match_of(from);
    folded = fold_target(n, target, scratch);
    match = find(&n->by_fold, str_dirname(n->folded[from]), folded, scratch);
    if (match.file == NAMES_NONE || !n->respelt[match.file])
        return match;
    match.case_only = true;
    spelt = find(&n->by_spelling, str_dirname(n->vault->files[from].path),
                 path_tidy(scratch, target), scratch);
    if (spelt.file != NAMES_NONE)
        match.file = spelt.file;
    return match;
}

size_t names_candidates(const struct names *n, const bool *published,
                        struct str target, size_t max, struct buf *out,
                        struct arena *scratch) {
    struct str path = without_dots(fold_target(n, target, scratch));
    const struct suffix *s = map_get(&n->by_fold.suffixes, path);
    size_t count = 0;

    if (s == NULL)
        return 0;
    for (uint32_t at = s->first; at != NAMES_NONE && count <= max;
         at = n->by_fold.candidates[at].next) {
        uint32_t file = n->by_fold.candidates[at].file;

        if (!published[file] || count++ == max)
            continue;
        if (count > 1)
            buf_add_lit(out, ", ");
        buf_add_str(out, n->vault->files[file].path);
    }
    return count;
}

uint32_t names_first_spelling(const struct names *n, uint32_t file) {
    return n->spelling[file];
}
