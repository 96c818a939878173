#include "vault/keys.h"

#include <assert.h>

#include "base/map.h"
#include "base/vec.h"
#include "base/word.h"

void keys_defaults(struct settings_reader *r) {
    for (size_t i = 0; i < settings_nrows; i++) {
        const struct settings_row *row = &settings_rows[i];
        struct yaml_error error;
        if (row->initial.len == 0)
            continue;
        const struct yaml *value = yaml_parse(r->arena, row->initial, &error);
        assert(value != NULL);
        setting_store(r, row, row->key, value);
    }
}

/* The last component of `key` when what stands before it is `parent`, else "". */
static struct str name_below(struct str parent, struct str key) {
    size_t dot = str_rfind(key, '.');

    if (dot == STR_NONE)
        return parent.len == 0 ? key : STR("");
    return str_eq(str_slice(key, 0, dot), parent) ? str_skip(key, dot + 1)
                                                  : STR("");
}

static const struct settings_row *find_row(struct str parent, struct str name) {
    for (size_t i = 0; i < settings_nrows; i++)
        if (name.len > 0 &&
            str_eq(name_below(parent, settings_rows[i].key), name))
            return &settings_rows[i];
    return NULL;
}

static struct str joined(struct arena *a, struct str parent, struct str name) {
    struct buf b = {0};

    buf_add_str(&b, parent);
    if (parent.len > 0)
        buf_add_ch(&b, '.');
    buf_add_str(&b, name);
    name = arena_str(a, buf_str(&b));
    buf_release(&b);
    return name;
}

/* A key of that very name elsewhere in the table, or "". */
static struct str key_elsewhere(struct str name) {
    for (size_t i = 0; i < settings_nrows; i++) {
        struct str key = settings_rows[i].key;
        size_t dot = str_rfind(key, '.');
        struct str last = dot == STR_NONE ? key : str_skip(key, dot + 1);
        if (str_eq_nocase(last, name) && str_find(key, '*') == STR_NONE)
            return key;
    }
    return STR("");
}

/* The known key below `parent` that `name` may have been meant for, or "". */
static struct str near_key(struct arena *a, struct str parent,
                           struct str name) {
    VEC(struct str) names = {0};

    for (size_t i = 0; i < settings_nrows; i++) {
        struct str known = name_below(parent, settings_rows[i].key);
        if (known.len > 0 && !str_eq(known, STR("*")))
            vec_push(&names, known);
    }
    struct str near = word_nearest(name, names.items, names.len);
    vec_release(&names);
    return near.len > 0 ? joined(a, parent, near) : near;
}

/* The row for `name` below `parent`, or NULL with a finding at `key`. A key
 * that is nearly a known one is a mistake even where any is allowed. */
static const struct settings_row *row_for(struct settings_reader *r,
                                          struct str parent,
                                          const struct yaml *key) {
    const struct settings_row *row = find_row(parent, key->text);
    const struct settings_row *any = find_row(parent, STR("*"));

    if (row && !str_eq(key->text, STR("*")))
        return row;
    struct str near = near_key(r->arena, parent, key->text);
    if (near.len == 0 && any != NULL)
        return any;
    if (near.len == 0)
        near = key_elsewhere(key->text);
    if (near.len > 0)
        setting_fail(r, key, "unknown key \"%.*s\"; did you mean \"%.*s\"?",
                     STR_ARG(key->text), STR_ARG(near));
    else
        setting_fail(r, key, "unknown key \"%.*s\"", STR_ARG(key->text));
    return NULL;
}

/* Some row stands below `parent`. */
static bool has_rows(struct str parent) {
    for (size_t i = 0; i < settings_nrows; i++)
        if (name_below(parent, settings_rows[i].key).len > 0)
            return true;
    return false;
}

/* `parent` is the row's key, `shown` the same with the names of the file. Calls
 * itself as deep as the table goes, however deep the file is. */
static void read_mapping(struct settings_reader *r, struct str parent,
                         struct str shown, const struct yaml *mapping) {
    struct map seen;

    map_init(&seen, r->arena);
    for (const struct yaml *v = mapping->first; v; v = v->next) {
        const struct yaml *key = v->key;
        if (key->kind != YAML_SCALAR || key->text.len == 0) {
            setting_fail(r, key, "a key must be a word");
            continue;
        }
        void **slot = map_slot_borrowed(&seen, key->text);
        if (*slot != NULL) {
            setting_fail(r, key, "\"%.*s\" stands there twice",
                         STR_ARG(key->text));
            continue;
        }
        *slot = (void *)v;
        const struct settings_row *row = row_for(r, parent, key);
        if (row == NULL)
            continue;
        struct str name = joined(r->arena, shown, key->text);
        setting_store(r, row, name, v);
        if (row->kind == SETTINGS_MAPPING && v->kind == YAML_MAP &&
            has_rows(row->key))
            read_mapping(r, row->key, name, v);
    }
}

void keys_read(struct settings_reader *r, const struct yaml *top) {
    if (top->kind != YAML_MAP) {
        setting_fail(r, top, "the file must be a list of `key: value` lines");
        return;
    }
    read_mapping(r, STR(""), STR(""), top);
}
