#include "base/unicode.h"
#include "site/planner.h"
#include "vault/repair.h"

/* Last component of a note's path without `.md`. */
static struct str stem_of(struct str path) {
    struct str name = str_basename(path);

    return str_slice(name, 0, name.len > 3 ? name.len - 3 : 0);
}

struct folder_list {
    struct map index; /* vault path -> index + 1 */
    VEC(struct plan_folder) items;
};

/* Where the component after path[0, end) ends. */
static size_t next_end(struct str path, size_t end) {
    for (end += end > 0; end < path.len && path.p[end] != '/';)
        end++;
    return end;
}

/* The component of `shown` that stands where the last one of `path` does, which
 * is the beginning of what `shown` shows. */
static struct str shown_name(struct str path, struct str shown) {
    for (struct str rest = path; (rest = str_after(rest, '/')).len > 0;)
        shown = str_after(shown, '/');
    return str_until(shown, '/');
}

/* Up to the nearest folder that is known, then down again: parents come first.
 * The root is always known. */
static uint32_t add_folder(struct folder_list *list, struct str path,
                           struct str shown) {
    size_t end = path.len;
    void *known;

    while (!(known = map_get(&list->index, str_slice(path, 0, end))))
        end = str_dirname(str_slice(path, 0, end)).len;
    while (end < path.len) {
        struct plan_folder f = {.parent = (uint32_t)((uintptr_t)known - 1),
                                .page = PLAN_NONE,
                                .list = PLAN_NONE,
                                .index = PLAN_NONE,
                                .note = PLAN_NONE};
        end = next_end(path, end);
        f.path = str_slice(path, 0, end);
        f.name = shown_name(f.path, shown);
        vec_push(&list->items, f);
        known = (void *)(uintptr_t)list->items.len;
        *map_slot_borrowed(&list->index, f.path) = known;
    }
    return (uint32_t)((uintptr_t)known - 1);
}

static void find_folders(struct planner *pl) {
    const struct vault *v = pl->plan->linked->vault;
    struct folder_list list = {0};
    struct plan_folder root = {.parent = PLAN_NONE,
                               .page = PLAN_NONE,
                               .list = PLAN_NONE,
                               .index = PLAN_NONE,
                               .note = PLAN_NONE};
    struct str last = STR("");
    uint32_t folder = 0;

    map_init(&list.index, &pl->scratch);
    vec_push(&list.items, root);
    *map_slot_borrowed(&list.index, STR("")) = (void *)(uintptr_t)1;
    for (size_t i = 0; i < v->nfiles; i++) {
        if (!planner_note(pl, i))
            continue;
        struct str path = str_dirname(v->files[i].path);
        if (!str_eq(path, last)) {
            folder = add_folder(&list, path, vault_shown(&v->files[i]));
            last = path;
        }
        pl->folder_of[i] = folder;
    }
    pl->plan->nfolders = (uint32_t)list.items.len;
    pl->folders = vec_keep(pl->arena, &list.items);
    pl->plan->folders = pl->folders;
    vec_release(&list.items);
}

static void claim_folders(struct planner *pl) {
    pl->folders[0].url = STR("");
    for (uint32_t i = 1; i < pl->plan->nfolders; i++) {
        struct plan_folder *f = &pl->folders[i];
        struct str stem = url_component(pl->arena, f->name, f->path);
        bool collided;
        f->url = owned_claim_folder(&pl->owned, pl->folders[f->parent].url,
                                    stem, f->path, &collided);
        if (collided)
            diag_add(pl->diags, DIAG_URL_COLLISION, f->path, 0, 0,
                     "the address \"%.*s\" is taken", STR_ARG(stem));
    }
}

/* decisions.md 12; `home:` may leave out `.md`. */
static void find_home(struct planner *pl) {
    static const struct str names[] = {STR_INIT("index"), STR_INIT("home"),
                                       STR_INIT("readme")};
    const struct vault *v = pl->plan->linked->vault;
    struct str wish = unicode_fold(
        &pl->scratch, repair_path(&pl->scratch, v->settings->home));
    size_t best = ARRAY_LEN(names);

    pl->home = PLAN_NONE;
    for (size_t i = 0; i < v->nfiles; i++) {
        struct str path = vault_shown(&v->files[i]);
        if (!planner_note(pl, i) || v->files[i].is_template)
            continue;
        if (wish.len > 0) {
            struct str folded = unicode_fold(&pl->scratch, path);
            if (str_eq(folded, wish) ||
                (folded.len == wish.len + 3 && str_starts(folded, wish))) {
                pl->home = (uint32_t)i;
                return;
            }
        }
        for (size_t k = 0; pl->folder_of[i] == 0 && k < best; k++)
            if (str_eq_nocase(stem_of(path), names[k])) {
                best = k;
                pl->home = (uint32_t)i;
            }
    }
    if (wish.len > 0)
        diag_add(pl->diags, DIAG_HOME_MISSING, STR("vaultsite.yaml"), 0, 0,
                 "no note \"%.*s\" for home:", STR_ARG(v->settings->home));
}

/* design.md §6: `index.md`, else the note that is named as its folder. */
static void find_index_notes(struct planner *pl) {
    const struct vault *v = pl->plan->linked->vault;

    for (size_t i = 0; i < v->nfiles; i++) {
        struct plan_folder *f;
        if (!planner_note(pl, i) || v->files[i].is_template ||
            pl->folder_of[i] == 0 || i == pl->home)
            continue;
        f = &pl->folders[pl->folder_of[i]];
        struct str stem = stem_of(vault_shown(&v->files[i]));
        bool is_index = str_eq_nocase(stem, STR("index"));
        if (f->note != PLAN_NONE &&
            (!is_index ||
             str_eq_nocase(stem_of(vault_shown(&v->files[f->note])),
                           STR("index"))))
            continue;
        /* That address is the one of the list of tags (decisions.md 9). */
        if (str_eq(f->url, STR("tags/")) && pl->plan->linked->ntags > 0)
            continue;
        if (is_index || str_eq(unicode_fold(&pl->scratch, stem),
                               unicode_fold(&pl->scratch, f->name)))
            f->note = (uint32_t)i;
    }
}

static bool is_listed(const struct planner *pl, size_t i) {
    return planner_note(pl, i) &&
           !pl->plan->linked->vault->files[i].is_template;
}

static void count_rows(struct planner *pl) {
    const struct vault *v = pl->plan->linked->vault;

    for (size_t i = 0; i < v->nfiles; i++)
        if (is_listed(pl, i)) {
            struct plan_folder *f = &pl->folders[pl->folder_of[i]];
            f->ntotal++;
            pl->plan->nlisted++;
            f->nnotes += f->note != i && pl->home != i;
        }
    for (uint32_t i = pl->plan->nfolders; i-- > 1;) {
        struct plan_folder *parent = &pl->folders[pl->folders[i].parent];
        parent->ntotal += pl->folders[i].ntotal;
        parent->nfolders += pl->folders[i].ntotal > 0;
        pl->plan->nlisted_folders += pl->folders[i].ntotal > 0;
    }
}

static void fill_rows(struct planner *pl) {
    const struct vault *v = pl->plan->linked->vault;
    uint32_t nfolders = pl->plan->nfolders;
    uint32_t **notes = arena_array(&pl->scratch, uint32_t *, nfolders);
    uint32_t **inside = arena_array(&pl->scratch, uint32_t *, nfolders);

    for (uint32_t i = 0; i < nfolders; i++) {
        struct plan_folder *f = &pl->folders[i];
        f->notes = notes[i] = arena_array(pl->arena, uint32_t, f->nnotes);
        f->folders = inside[i] = arena_array(pl->arena, uint32_t, f->nfolders);
        if (i > 0 && f->ntotal > 0)
            *inside[f->parent]++ = i;
    }
    for (size_t i = 0; i < v->nfiles; i++) {
        if (!is_listed(pl, i))
            continue;
        struct plan_folder *f = &pl->folders[pl->folder_of[i]];
        if (f->note == i || pl->home == i)
            continue;
        pl->place[i] = (uint32_t)(notes[pl->folder_of[i]] - f->notes);
        *notes[pl->folder_of[i]]++ = (uint32_t)i;
    }
}

void planner_folders(struct planner *pl) {
    find_folders(pl);
    claim_folders(pl);
    find_home(pl);
    find_index_notes(pl);
    count_rows(pl);
    fill_rows(pl);
}
