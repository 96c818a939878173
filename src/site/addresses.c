#include "base/unicode.h"
#include "site/planner.h"

static const struct vault_file *file_of(const struct planner *pl, size_t i) {
    return &pl->plan->linked->vault->files[i];
}

static void report(struct planner *pl, size_t i, enum diag_code code,
                   const char *key, const char *what, struct str address) {
    const struct property *p =
        frontmatter_property(&planner_note(pl, i)->front, str_from(key));

    if (!file_of(pl, i)->is_template)
        diag_add(pl->diags, code, file_of(pl, i)->path, p ? p->line : 0,
                 p ? p->column : 0, "the address \"%.*s\" %s", STR_ARG(address),
                 what);
}

/* The note's path where nothing else has it: folder and name as slugs. */
static struct str natural_stem(struct planner *pl, size_t i) {
    struct str name = str_basename(vault_shown(file_of(pl, i)));

    name.len -= name.len > 3 ? 3 : 0; /* .md */
    return url_component(pl->arena, name, file_of(pl, i)->path);
}

static struct str claim_natural(struct planner *pl, size_t i) {
    struct str folder = pl->folders[pl->folder_of[i]].url;
    struct str stem = natural_stem(pl, i);
    bool reserved = folder.len == 0 && url_reserved(stem);
    struct str wish = stem;
    bool collided;

    if (reserved)
        stem = url_suffixed(pl->arena, stem, file_of(pl, i)->path, 0);
    struct str path = owned_claim_name(&pl->owned, folder, stem, STR(".html"),
                                       file_of(pl, i)->path, &collided);
    if (reserved || collided)
        report(pl, i, DIAG_URL_COLLISION, "",
               reserved ? "is kept for generated files" : "is taken", wish);
    return path;
}

/*
 * An address that a user wrote (permalink, former path), component by component
 * through the slug. False when it is none: empty, or with `.`, `..` or an empty
 * component inside.
 */
static bool written_address(struct planner *pl, struct str text,
                            struct str *path) {
    struct buf *b = &pl->text;

    text = str_trim(text);
    while (text.len > 0 && text.p[0] == '/')
        text = str_skip(text, 1);
    while (text.len > 0 && text.p[text.len - 1] == '/')
        text.len--;
    if (text.len > 5 && str_ends(text, STR(".html")))
        text.len -= 5;
    buf_reset(b);
    for (bool more = text.len > 0; more;) {
        struct str part = str_until(text, '/');
        more = part.len < text.len;
        text = str_skip(text, part.len + 1);
        if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
        if (b->len > 0)
            buf_add_ch(b, '/');
        buf_add_str(b, url_component(pl->arena, part, part));
        if (b->len > URL_MAX_PATH)
            return false;
    }
    if (b->len == 0)
        return false;
    buf_add_lit(b, ".html");
    *path = arena_str(pl->arena, buf_str(b));
    return true;
}

/* Root files and the folder `_` are ours alone. */
static bool generated(struct str path) {
    return str_starts(path, STR("_/")) ||
           (str_find(path, '/') == STR_NONE &&
            url_reserved(str_slice(path, 0, path.len - 5)));
}

static bool claim_permalink(struct planner *pl, size_t i, struct str *path) {
    struct str wish = planner_note(pl, i)->front.permalink;

    if (!written_address(pl, wish, path)) {
        report(pl, i, DIAG_PERMALINK_INVALID, "permalink", "is none", wish);
        return false;
    }
    if (generated(*path)) {
        report(pl, i, DIAG_PERMALINK_TAKEN, "permalink",
               "is kept for generated files", wish);
        return false;
    }
    if (!owned_claim(&pl->owned, *path)) {
        report(pl, i, DIAG_PERMALINK_TAKEN, "permalink", "is taken", wish);
        return false;
    }
    return true;
}

/* The home page and a folder's page keep their address whatever the note says;
 * a permalink leads there. */
static bool has_fixed_address(const struct planner *pl, size_t i) {
    return pl->home == i || pl->folders[pl->folder_of[i]].note == i;
}

static void add_note(struct planner *pl, size_t i, struct str path) {
    struct page page = {.kind = planner_kind(pl, (uint32_t)i, PAGE_NOTE),
                        .number = 1,
                        .note = (uint32_t)i,
                        .of = PLAN_NONE,
                        .path = path,
                        .href = planner_href(pl, path)};

    planner_note_page(pl, (uint32_t)i, planner_page(pl, page));
}

void planner_notes(struct planner *pl) {
    size_t nfiles = pl->plan->linked->vault->nfiles;
    struct str *paths = arena_array(&pl->scratch, struct str, nfiles);
    struct str wish;

    /* A permalink never takes the address that another note has by its name. */
    for (size_t i = 0; i < nfiles; i++)
        if (planner_note(pl, i) && !has_fixed_address(pl, i) &&
            planner_note(pl, i)->front.permalink.len == 0)
            paths[i] = claim_natural(pl, i);
    for (size_t i = 0; i < nfiles; i++)
        if (planner_note(pl, i) && !has_fixed_address(pl, i) &&
            paths[i].len == 0) {
            pl->moved[i] = claim_permalink(pl, i, &wish);
            paths[i] = pl->moved[i] ? wish : claim_natural(pl, i);
        }
    for (size_t i = 0; i < nfiles; i++)
        if (paths[i].len > 0)
            add_note(pl, i, paths[i]);
}

static void add_redirect(struct planner *pl, size_t i, struct str path,
                         const char *key) {
    struct page page = {.kind = PAGE_MISSING,
                        .part = PAGE_REDIRECT,
                        .number = 1,
                        .note = (uint32_t)i,
                        .of = PLAN_NONE,
                        .path = path};

    if (str_eq(path, pl->pages.items[pl->page_of[i]].path))
        return;
    if (generated(path) || !owned_claim(&pl->owned, path)) {
        report(pl, i, DIAG_REDIRECT_TAKEN, key, "is taken", path);
        return;
    }
    page.href = planner_href(pl, path);
    planner_page(pl, page);
}

static void redirects_of(struct planner *pl, size_t i) {
    const struct frontmatter *front = &planner_note(pl, i)->front;
    struct str path;

    if (front->permalink.len > 0 && has_fixed_address(pl, i)) {
        if (written_address(pl, front->permalink, &path))
            add_redirect(pl, i, path, "permalink");
        else
            report(pl, i, DIAG_PERMALINK_INVALID, "permalink", "is none",
                   front->permalink);
    } else if (pl->moved[i]) {
        struct buf *b = &pl->text;
        struct str stem = natural_stem(pl, i);
        buf_reset(b);
        buf_add_str(b, pl->folders[pl->folder_of[i]].url);
        buf_add_str(b, stem);
        buf_add_lit(b, ".html");
        add_redirect(pl, i, arena_str(pl->arena, buf_str(b)), "permalink");
    }
    for (size_t k = 0; k < front->naliases; k++) {
        struct str alias = front->aliases[k];
        if (str_find(alias, '/') == STR_NONE)
            continue;
        if (alias.len > 3 &&
            str_eq_nocase(str_skip(alias, alias.len - 3), STR(".md")))
            alias.len -= 3;
        if (written_address(pl, alias, &path))
            add_redirect(pl, i, path, "aliases");
    }
}

void planner_redirects(struct planner *pl) {
    for (size_t i = 0; i < pl->plan->linked->vault->nfiles; i++)
        if (planner_note(pl, i))
            redirects_of(pl, i);
}
