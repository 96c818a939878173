#include "site/explorer.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/vec.h"

enum {
    FILE_BRANCHES = 256, /* what a branch's name has room for */
    FILE_ROWS = 250      /* of all branches of a file, each of which has one */
};

/* --- rows of a folder: folders, then notes with a row of their own --- */

/* Two notes that the folder's page does not list (plan.h): the home page, and a note
 * that would be the folder's page were that no index. */
struct unlisted {
    uint32_t files[2];
    uint32_t n;
};

static struct unlisted unlisted_in(const struct plan *p, uint32_t folder) {
    uint32_t home = p->pages[0].note, note = p->folders[folder].note;
    struct unlisted u = {{0}, 0};

    if (home != PLAN_NONE && p->folder_of[home] == folder)
        u.files[u.n++] = home;
    if (note != PLAN_NONE && p->page_of[note] != p->folders[folder].page)
        u.files[u.n++] = note;
    return u;
}

static uint32_t count_rows(const struct plan *p, uint32_t folder) {
    const struct plan_folder *f = &p->folders[folder];

    return f->nfolders + unlisted_in(p, folder).n + f->nnotes;
}

/* The row of `file` in its folder, or PLAN_NONE: it has none of its own. */
static uint32_t row_of_note(const struct plan *p, uint32_t file) {
    uint32_t folder = p->folder_of[file];
    struct unlisted u = unlisted_in(p, folder);
    uint32_t begin = p->folders[folder].nfolders;

    for (uint32_t i = 0; i < u.n; i++)
        if (u.files[i] == file)
            return begin + i;
    return p->place[file] == PLAN_NONE ? PLAN_NONE
                                       : begin + u.n + p->place[file];
}

/* --- branches --- */

struct packer {
    VEC(struct explorer_branch) branches;
    VEC(uint32_t) begins;
    uint32_t nrows; /* of the file that is being filled */
};

/* A file takes branches while it has room for all their rows. */
static void add_branch(struct packer *k, struct explorer_branch branch) {
    uint32_t nrows = branch.end - branch.begin;
    uint32_t n = (uint32_t)k->branches.len;

    if (n == 0 || k->nrows + nrows > FILE_ROWS) {
        vec_push(&k->begins, n);
        k->nrows = 0;
    }
    k->nrows += nrows;
    branch.name = ((uint32_t)k->begins.len - 1) * FILE_BRANCHES + n -
                  k->begins.items[k->begins.len - 1];
    vec_push(&k->branches, branch);
}

static void add_folder(struct packer *k, uint32_t folder, uint32_t nrows) {
    uint32_t at = 0;

    do {
        uint32_t end = nrows - at > EXPLORER_ROWS ? at + EXPLORER_ROWS : nrows;
        add_branch(k, (struct explorer_branch){folder, at, end, 0});
        at = end;
    } while (at < nrows);
}

static void pack(struct arena *a, struct explorer *e) {
    const struct plan *p = e->plan;
    uint32_t *first = arena_array(a, uint32_t, p->nfolders);
    uint32_t *rank = arena_array(a, uint32_t, p->nfolders);
    struct packer k = {0};

    for (uint32_t i = 0; i < p->nfolders; i++) {
        uint32_t nrows = count_rows(p, i);

        first[i] = PLAN_NONE;
        for (uint32_t row = 0; row < p->folders[i].nfolders; row++)
            rank[p->folders[i].folders[row]] = row;
        if (nrows == 0 && i > 0)
            continue;
        first[i] = (uint32_t)k.branches.len;
        add_folder(&k, i, nrows);
    }
    vec_push(&k.begins, (uint32_t)k.branches.len);
    e->first = first;
    e->rank = rank;
    e->nfiles = (uint32_t)k.begins.len - 1;
    e->branches = vec_keep(a, &k.branches);
    e->begins = vec_keep(a, &k.begins);
    vec_release(&k.branches);
    vec_release(&k.begins);
}

const struct explorer *explorer_plan(struct arena *a, const struct plan *p) {
    struct explorer *e;

    if (p->asset_hrefs[ASSET_EXPLORER_SCRIPT].len == 0)
        return NULL;
    e = arena_new(a, struct explorer);
    e->plan = p;
    pack(a, e);
    return e;
}

/* --- where a page stands --- */

static uint32_t branch_of_row(const struct explorer *e, uint32_t folder,
                              uint32_t row) {
    return e->branches[e->first[folder] + row / EXPLORER_ROWS].name;
}

static uint32_t branch_of_folder(const struct explorer *e, uint32_t folder) {
    const struct plan_folder *f = &e->plan->folders[folder];

    return folder == 0 || f->ntotal == 0
               ? PLAN_NONE
               : branch_of_row(e, f->parent, e->rank[folder]);
}

static uint32_t branch_of_note(const struct explorer *e, uint32_t file) {
    const struct plan *p = e->plan;
    uint32_t row = row_of_note(p, file);

    if (row != PLAN_NONE)
        return branch_of_row(e, p->folder_of[file], row);
    return p->linked->vault->files[file].is_template
               ? PLAN_NONE
               : branch_of_folder(e, p->folder_of[file]);
}

uint32_t explorer_branch_of(const struct explorer *e, const struct page *page) {
    if (e == NULL)
        return PLAN_NONE;
    if (page->note != PLAN_NONE)
        return branch_of_note(e, page->note);
    if (page->kind == PAGE_FOLDER)
        return branch_of_folder(e, page->of);
    if ((page->kind == PAGE_INDEX || page->kind == PAGE_TASKS) &&
        e->plan->indexes[page->of].folder != PLAN_NONE)
        return branch_of_folder(e, e->plan->indexes[page->of].folder);
    return PLAN_NONE;
}

/* --- files --- */

struct writing {
    const struct explorer *e;
    struct buf *out;
    struct buf *text; /* reused */
    struct str base;  /* of the branch */
};

/* What comes before the last component of an address, with its `/`. */
static struct str base_of(const struct plan *p, uint32_t folder) {
    struct str href = p->pages[p->folders[folder].page].href;

    return str_slice(href, 0, href.len - str_basename(href).len);
}

static void add_row(struct writing *w, struct str title, struct str href) {
    bool below = str_starts(href, w->base);

    buf_add_ch(w->out, '[');
    json_add_text(w->out, title);
    buf_add_ch(w->out, ',');
    buf_reset(w->text);
    if (!below)
        buf_add_ch(w->text, '/');
    buf_add_str(w->text, below ? str_skip(href, w->base.len) : href);
    json_add_text(w->out, buf_str(w->text));
}

static void add_folder_row(struct writing *w, uint32_t folder) {
    const struct plan *p = w->e->plan;
    const struct plan_folder *f = &p->folders[folder];
    uint32_t first = w->e->first[folder];

    add_row(w, f->name, p->pages[f->page].href);
    buf_add_ch(w->out, ',');
    buf_reset(w->text);
    strings_add_number(w->text, &p->theme->strings, f->ntotal);
    json_add_text(w->out, buf_str(w->text));
    if (first != PLAN_NONE) {
        buf_add_ch(w->out, ',');
        buf_add_u64(w->out, w->e->branches[first].name);
    }
    buf_add_ch(w->out, ']');
}

static void add_note_row(struct writing *w, uint32_t file) {
    const struct plan *p = w->e->plan;

    add_row(w, p->linked->notes[file]->title, p->hrefs[file]);
    buf_add_ch(w->out, ']');
}

static void add_rows(struct writing *w, const struct explorer_branch *b) {
    const struct plan_folder *f = &w->e->plan->folders[b->folder];
    struct unlisted u = unlisted_in(w->e->plan, b->folder);

    for (uint32_t row = b->begin; row < b->end; row++) {
        uint32_t at = row;

        if (row > b->begin)
            buf_add_lit(w->out, ",\n");
        if (at < f->nfolders) {
            add_folder_row(w, f->folders[at]);
            continue;
        }
        at -= f->nfolders;
        add_note_row(w, at < u.n ? u.files[at] : f->notes[at - u.n]);
    }
}

static void add_branch_text(struct writing *w,
                            const struct explorer_branch *b) {
    uint32_t above = branch_of_folder(w->e, b->folder);

    w->base = base_of(w->e->plan, b->folder);
    buf_add_ch(w->out, '[');
    json_add_text(w->out, w->base);
    if (above == PLAN_NONE)
        buf_add_lit(w->out, ",-1,");
    else
        buf_printf(w->out, ",%u,", (unsigned)above);
    buf_printf(w->out, "%u,%u,[", (unsigned)b->begin,
               (unsigned)(count_rows(w->e->plan, b->folder) - b->end));
    add_rows(w, b);
    buf_add_lit(w->out, "]]");
}

static void add_file(const struct explorer *e, uint32_t file, struct buf *out) {
    struct buf text = {0};
    struct writing w = {.e = e, .out = out, .text = &text};

    buf_printf(out, "vaultsite.branches(%u,[", (unsigned)file);
    for (uint32_t i = e->begins[file]; i < e->begins[file + 1]; i++) {
        buf_add_str(out, i > e->begins[file] ? STR(",\n") : STR("\n"));
        add_branch_text(&w, &e->branches[i]);
    }
    buf_add_lit(out, "\n]);\n");
    buf_release(&text);
}

/* Browsers keep a file whose address has not changed: of all that rows tell. */
static void add_version(const struct explorer *e, struct buf *out) {
    const struct plan *p = e->plan;
    uint64_t hash = 0;
    char hex[16];

    for (uint32_t i = 0; i < p->nfolders; i++)
        if (p->folders[i].ntotal > 0) {
            hash = hash_join(hash, p->folders[i].path);
            hash = hash_join(hash, p->pages[p->folders[i].page].href);
        }
    for (uint32_t i = 0; i < p->linked->vault->nfiles; i++)
        if (p->linked->notes[i] != NULL &&
            !p->linked->vault->files[i].is_template) {
            hash = hash_join(hash, p->linked->notes[i]->title);
            hash = hash_join(hash, p->hrefs[i]);
        }
    hash_hex(hash, hex);
    buf_add(out, hex, 10);
}

static void add_text(const struct explorer *e, const char *key,
                     enum string_name name, struct buf *out) {
    buf_printf(out, ",%s:", key);
    json_add_text(out, e->plan->theme->strings.texts[name]);
}

static void add_index(const struct explorer *e, struct buf *out) {
    buf_add_lit(out, "vaultsite.explorer({version:\"");
    add_version(e, out);
    buf_add_lit(out, "\",style:");
    json_add_text(out, e->plan->asset_hrefs[ASSET_EXPLORER_STYLE]);
    add_text(e, "inside", STRING_EXPLORER_INSIDE, out);
    add_text(e, "before", STRING_EXPLORER_BEFORE, out);
    add_text(e, "after", STRING_EXPLORER_AFTER, out);
    add_text(e, "failed", STRING_EXPLORER_FAILED, out);
    buf_add_lit(out, "});\n");
}

size_t explorer_nfiles(const struct explorer *e) {
    return e != NULL ? 1 + (size_t)e->nfiles : 0;
}

struct str explorer_path(const struct explorer *e, size_t i, struct arena *a) {
    struct buf path = {0};
    struct str kept;

    (void)e;
    if (i == 0)
        return STR("_/explorer/index.js");
    buf_printf(&path, "_/explorer/%zu.js", i - 1);
    kept = arena_str(a, buf_str(&path));
    buf_release(&path);
    return kept;
}

void explorer_write(const struct explorer *e, size_t i, struct buf *out) {
    if (i == 0)
        add_index(e, out);
    else
        add_file(e, (uint32_t)i - 1, out);
}
