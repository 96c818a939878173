#include "site/urls.h"

#include "base/hash.h"
#include "base/slug.h"
#include "base/unicode.h"

/* What a path in the table is; only the addresses matter. */
static char file_mark, folder_mark;

static const struct str devices[] = {
    STR_INIT("con"),  STR_INIT("prn"),  STR_INIT("aux"),  STR_INIT("nul"),
    STR_INIT("com1"), STR_INIT("com2"), STR_INIT("com3"), STR_INIT("com4"),
    STR_INIT("com5"), STR_INIT("com6"), STR_INIT("com7"), STR_INIT("com8"),
    STR_INIT("com9"), STR_INIT("lpt1"), STR_INIT("lpt2"), STR_INIT("lpt3"),
    STR_INIT("lpt4"), STR_INIT("lpt5"), STR_INIT("lpt6"), STR_INIT("lpt7"),
    STR_INIT("lpt8"), STR_INIT("lpt9"),
};

static const struct str reserved[] = {
    STR_INIT("index"), STR_INIT("404"),   STR_INIT("sitemap"),
    STR_INIT("feed"),  STR_INIT("pages"), STR_INIT("entities"),
};

static bool listed(const struct str *list, size_t len, struct str s) {
    for (size_t i = 0; i < len; i++)
        if (str_eq(list[i], s))
            return true;
    return false;
}

bool url_reserved(struct str stem) {
    return listed(reserved, ARRAY_LEN(reserved), stem);
}

static struct str join(struct arena *a, struct str x, struct str y,
                       struct str z) {
    char *p = arena_alloc(a, x.len + y.len + z.len + 1, 1);

    if (x.len > 0)
        memcpy(p, x.p, x.len);
    if (y.len > 0)
        memcpy(p + x.len, y.p, y.len);
    if (z.len > 0)
        memcpy(p + x.len + y.len, z.p, z.len);
    return str_make(p, x.len + y.len + z.len);
}

struct str url_suffixed(struct arena *a, struct str stem, struct str identity,
                        unsigned round) {
    char suffix[17] = "-";
    size_t digits = round == 0 ? 6 : 16;
    size_t dot = str_find(stem, '.');
    uint64_t hash = hash_bytes(identity);

    for (unsigned i = 1; i < round; i++)
        hash = hash_join(hash, identity);
    hash_hex(hash, suffix + 1);
    if (stem.len + digits + 1 > URL_MAX_COMPONENT)
        stem.len = utf8_floor(stem, URL_MAX_COMPONENT - digits - 1);
    /* Windows looks at what stands before the first dot: con.txt is a device. */
    if (dot != STR_NONE &&
        listed(devices, ARRAY_LEN(devices), str_slice(stem, 0, dot)))
        return join(a, str_slice(stem, 0, dot), str_make(suffix, digits + 1),
                    str_skip(stem, dot));
    return join(a, stem, str_make(suffix, digits + 1), STR(""));
}

struct str url_component(struct arena *a, struct str name,
                         struct str identity) {
    struct str slug = slug_make(a, name);

    if (slug.len > URL_MAX_COMPONENT ||
        listed(devices, ARRAY_LEN(devices), str_until(slug, '.')))
        return url_suffixed(a, slug, identity, 0);
    return slug;
}

void owned_init(struct owned *o, struct arena *a, struct arena *keys) {
    o->arena = a;
    o->keys = keys;
    map_init(&o->paths, keys);
    o->last_folder = STR("");
}

/* With its '/'; "" at the root. */
static struct str folder_of(struct str path) {
    size_t slash = str_rfind(path, '/');

    return slash == STR_NONE ? STR("") : str_slice(path, 0, slash + 1);
}

static bool free_folded(const struct owned *o, struct str key) {
    if (map_get(&o->paths, key))
        return false;
    if (str_eq(folder_of(key), o->last_folder))
        return true;
    for (size_t i = 0; i < key.len; i++)
        if (key.p[i] == '/' &&
            map_get(&o->paths, str_slice(key, 0, i)) == &file_mark)
            return false;
    return true;
}

bool owned_free(const struct owned *o, struct str path) {
    return free_folded(o, unicode_fold(o->keys, path));
}

static void enter(struct owned *o, struct str key, char *mark) {
    *map_slot_borrowed(&o->paths, key) = mark;
    if (str_eq(folder_of(key), o->last_folder))
        return;
    for (size_t i = 0; i < key.len; i++)
        if (key.p[i] == '/')
            *map_slot_borrowed(&o->paths, str_slice(key, 0, i)) = &folder_mark;
    o->last_folder = folder_of(key);
}

static bool claim(struct owned *o, struct str path, char *mark) {
    struct str key = unicode_fold(o->keys, path);

    if (!free_folded(o, key))
        return false;
    enter(o, key, mark);
    return true;
}

bool owned_claim(struct owned *o, struct str path) {
    return claim(o, path, &file_mark);
}

/* A path that no file system could hold gets a name of its own at the root. */
static struct str fit(struct owned *o, struct str folder, struct str stem,
                      struct str extension, struct str identity) {
    if (folder.len + stem.len + extension.len <= URL_MAX_PATH)
        return join(o->arena, folder, stem, extension);
    return join(o->arena, url_suffixed(o->arena, STR("long"), identity, 1),
                extension, STR(""));
}

static struct str claim_name(struct owned *o, struct str folder,
                             struct str stem, struct str extension,
                             struct str identity, char *mark, bool *collided) {
    struct str path = fit(o, folder, stem, extension, identity);

    *collided = false;
    for (unsigned round = 0; !claim(o, path, mark); round++) {
        *collided = true;
        /* No suffix helps where the folder itself is in the way, or where `fit`
         * gives the same name again. */
        if (round > 2)
            path = join(o->arena,
                        url_suffixed(o->arena, STR("long"), identity, round),
                        extension, STR(""));
        else
            path = fit(o, folder, url_suffixed(o->arena, stem, identity, round),
                       extension, identity);
    }
    return path;
}

struct str owned_claim_name(struct owned *o, struct str folder, struct str stem,
                            struct str extension, struct str identity,
                            bool *collided) {
    return claim_name(o, folder, stem, extension, identity, &file_mark,
                      collided);
}

struct str owned_claim_folder(struct owned *o, struct str parent,
                              struct str stem, struct str identity,
                              bool *collided) {
    struct str path =
        claim_name(o, parent, stem, STR(""), identity, &folder_mark, collided);

    return join(o->arena, path, STR("/"), STR(""));
}

void url_add_relative(struct buf *out, struct str from, struct str to) {
    size_t common = 0; /* just after the last '/' that both have */
    size_t i = 0;

    while (i < from.len && i < to.len && from.p[i] == to.p[i])
        if (from.p[i++] == '/')
            common = i;
    from = str_skip(from, common);
    for (size_t slash; (slash = str_find(from, '/')) != STR_NONE;
         from = str_skip(from, slash + 1))
        buf_add_lit(out, "../");
    buf_add(out, to.p + common, to.len - common);
}
