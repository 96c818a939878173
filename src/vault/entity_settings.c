#include "vault/entity_settings.h"

#include "base/name_key.h"
#include "base/slug.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "vault/setting.h"

#define MAX_WORDS 8

/* spec/entities.md, the table at its beginning. */
struct built_in {
    struct str name, label, url;
    struct str types[MAX_WORDS],
        folders[MAX_WORDS]; /* as long as they have text */
};

static const struct built_in built_in_kinds[] = {
    {STR_INIT("person"),
     STR_INIT("People"),
     STR_INIT("people"),
     {STR_INIT("person"), STR_INIT("people"), STR_INIT("contact")},
     {STR_INIT("people")}},
    {STR_INIT("customer"),
     STR_INIT("Customers"),
     STR_INIT("customers"),
     {STR_INIT("customer"), STR_INIT("customers"), STR_INIT("account"),
      STR_INIT("accounts"), STR_INIT("company"), STR_INIT("client")},
     {STR_INIT("customers"), STR_INIT("accounts")}},
    {STR_INIT("project"),
     STR_INIT("Projects"),
     STR_INIT("projects"),
     {STR_INIT("project"), STR_INIT("projects")},
     {STR_INIT("projects")}},
};

static const struct built_in built_in_events[] = {
    {STR_INIT("meeting"),
     STR_INIT("Meetings"),
     STR_INIT("meetings"),
     {STR_INIT("meeting"), STR_INIT("meetings"), STR_INIT("call"),
      STR_INIT("1-1"), STR_INIT("1:1")},
     {STR_INIT("meetings")}},
    {STR_INIT("transcript"),
     STR_INIT("Transcripts"),
     STR_INIT("transcripts"),
     {STR_INIT("transcript"), STR_INIT("transcripts")},
     {STR_INIT("transcripts")}},
};

typedef VEC(struct entity_kind_setting) kind_vec;

static struct str_list words_of(const struct str words[MAX_WORDS]) {
    size_t n = 0;

    while (n < MAX_WORDS && words[n].len > 0)
        n++;
    return (struct str_list){words, n};
}

static void add_built_in(kind_vec *kinds, const struct built_in *table,
                         size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct entity_kind_setting kind = {
            .name = table[i].name,
            .label = table[i].label,
            .url = table[i].url,
            .types = words_of(table[i].types),
            .folders = words_of(table[i].folders),
        };
        vec_push(kinds, kind);
    }
}

static const struct yaml *member(const struct yaml *map, const char *key) {
    const struct yaml *v = map != NULL ? map->first : NULL;

    while (v != NULL && !str_eq(v->key->text, str_from(key)))
        v = v->next;
    return v == NULL || setting_is_null(v) ? NULL : v;
}

static struct str trimmed_fold(struct arena *a, struct str s) {
    return unicode_fold(a, str_trim(s));
}

static struct str as_folder(struct arena *a, struct str s) {
    return setting_folder(a, s, false);
}

static struct str as_written(struct arena *a, struct str s) {
    (void)a;
    return str_trim(s);
}

/* Each in its `form`; what has no text then is left out. */
static struct str_list formed(struct arena *a, struct str_list list,
                              struct str (*form)(struct arena *, struct str)) {
    VEC(struct str) items = {0};

    for (size_t i = 0; i < list.len; i++) {
        struct str item = form(a, list.items[i]);
        if (item.len > 0)
            vec_push(&items, item);
    }
    list = (struct str_list){vec_keep(a, &items), items.len};
    vec_release(&items);
    return list;
}

static struct str_list texts(struct arena *a, const struct yaml *v) {
    VEC(struct str) items = {0};
    struct str_list list;

    if (v->kind == YAML_SCALAR)
        vec_push(&items, v->text);
    for (const struct yaml *item = v->first; item != NULL; item = item->next)
        if (item->kind == YAML_SCALAR)
            vec_push(&items, item->text);
    list = (struct str_list){vec_keep(a, &items), items.len};
    vec_release(&items);
    return list;
}

struct str entity_settings_label(struct arena *a, struct str name) {
    char *p = arena_alloc(a, name.len + 1, 1);

    memcpy(p, name.p, name.len);
    if (name.len > 0 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return str_make(p, name.len);
}

static struct entity_kind_setting *find(kind_vec *kinds, struct str name) {
    for (size_t i = 0; i < kinds->len; i++)
        if (str_eq(kinds->items[i].name, name))
            return &kinds->items[i];
    return NULL;
}

static void merge_kind(kind_vec *kinds, struct arena *a, struct str name,
                       const struct yaml *said) {
    struct entity_kind_setting *kind = find(kinds, name);
    const struct yaml *types = member(said, "types"),
                      *folders = member(said, "folders"),
                      *label = member(said, "label"),
                      *url = member(said, "url");

    if (kind == NULL) {
        struct entity_kind_setting made = {
            .name = name,
            .label = entity_settings_label(a, name),
            .url = slug_make(a, name),
        };
        vec_push(kinds, made);
        kind = vec_last(kinds);
    }
    if (types != NULL)
        kind->types = formed(a, texts(a, types), trimmed_fold);
    if (folders != NULL)
        kind->folders = formed(a, texts(a, folders), as_folder);
    if (label != NULL && str_trim(label->text).len > 0) {
        kind->label = str_trim(label->text);
        kind->labelled = true;
    }
    if (url != NULL && str_trim(url->text).len > 0)
        kind->url = slug_make(a, url->text);
}

static const struct entity_kind_setting *merge(struct arena *a,
                                               const struct built_in *table,
                                               size_t n,
                                               const struct yaml *said,
                                               size_t *len) {
    kind_vec kinds = {0};
    const struct entity_kind_setting *kept;

    add_built_in(&kinds, table, n);
    for (const struct yaml *v = said != NULL ? said->first : NULL; v != NULL;
         v = v->next) {
        struct str name = trimmed_fold(a, v->key->text);
        if (name.len > 0)
            merge_kind(&kinds, a, name, v);
    }
    *len = kinds.len;
    kept = vec_keep(a, &kinds);
    vec_release(&kinds);
    return kept;
}

void entity_settings_read(struct entity_settings *s, struct arena *a,
                          const struct yaml *owner,
                          const struct yaml *entities) {
    s->kinds = merge(a, built_in_kinds, ARRAY_LEN(built_in_kinds),
                     member(entities, "kinds"), &s->nkinds);
    s->events = merge(a, built_in_events, ARRAY_LEN(built_in_events),
                      member(entities, "events"), &s->nevents);
    s->not_entities = formed(a, s->not_entities, trimmed_fold);
    s->owner_words = formed(a, s->owner_words, name_key);
    s->placeholders = formed(a, s->placeholders, name_key);
    s->skip_mentions = formed(a, s->skip_mentions, name_key);
    if (owner != NULL)
        s->owner = formed(a, texts(a, owner), as_written);
}

bool entity_settings_has(struct str_list list, struct str word) {
    for (size_t i = 0; i < list.len; i++)
        if (str_eq(list.items[i], word))
            return true;
    return false;
}

static bool has_folder(struct str_list list, struct str folder) {
    struct str name = str_basename(folder);

    for (size_t i = 0; i < list.len; i++) {
        struct str item = list.items[i];
        if (item.p[0] == '/' ? str_eq(str_skip(item, 1), folder)
                             : str_eq(item, name))
            return true;
    }
    return false;
}

static const struct entity_kind_setting *of_type(
    const struct entity_kind_setting *kinds, size_t n, struct str type) {
    while (n-- > 0)
        if (entity_settings_has(kinds[n].types, type))
            return &kinds[n];
    return NULL;
}

static const struct entity_kind_setting *of_folder(
    const struct entity_kind_setting *kinds, size_t n, struct str folder) {
    while (n-- > 0)
        if (has_folder(kinds[n].folders, folder))
            return &kinds[n];
    return NULL;
}

const struct entity_kind_setting *entity_settings_kind(
    const struct entity_settings *s, struct str type) {
    return of_type(s->kinds, s->nkinds, type);
}

const struct entity_kind_setting *entity_settings_event(
    const struct entity_settings *s, struct str type) {
    return of_type(s->events, s->nevents, type);
}

const struct entity_kind_setting *entity_settings_kind_folder(
    const struct entity_settings *s, struct str folder) {
    return of_folder(s->kinds, s->nkinds, folder);
}

const struct entity_kind_setting *entity_settings_event_folder(
    const struct entity_settings *s, struct str folder) {
    return of_folder(s->events, s->nevents, folder);
}

struct str entity_settings_kind_word(const struct entity_settings *s,
                                     struct str word) {
    const struct entity_kind_setting *kind = entity_settings_kind(s, word);

    for (size_t i = 0; i < s->nkinds && kind == NULL; i++)
        if (str_eq(s->kinds[i].name, word))
            kind = &s->kinds[i];
    return kind != NULL ? kind->name : STR("");
}
