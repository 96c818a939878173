#include "vault/tasks_settings.h"

#include "base/unicode.h"
#include "base/vec.h"
#include "vault/settings.h"

const struct str status_type_names[STATUS_TYPES] = {
#define STATUS_TYPE(id) STR_INIT(#id),
#include "vault/status_types.def"
#undef STATUS_TYPE
};

static const struct tasks_status first_core[] = {
    {STR_INIT(" "), STR_INIT("Todo"), STR_INIT("x"), STATUS_TODO},
    {STR_INIT("x"), STR_INIT("Done"), STR_INIT(" "), STATUS_DONE},
};
static const struct tasks_status first_custom[] = {
    {STR_INIT("/"), STR_INIT("In Progress"), STR_INIT("x"), STATUS_IN_PROGRESS},
    {STR_INIT("-"), STR_INIT("Cancelled"), STR_INIT(" "), STATUS_CANCELLED},
};

/* spec/tasks.md §5.8 */
static const struct tasks_preset first_presets[] = {
    {STR_INIT("this_file"), STR_INIT("path includes {{query.file.path}}")},
    {STR_INIT("this_folder"),
     STR_INIT("folder includes {{query.file.folder}}")},
    {STR_INIT("this_folder_only"),
     STR_INIT("filter by function task.file.folder === query.file.folder")},
    {STR_INIT("this_root"), STR_INIT("root includes {{query.file.root}}")},
    {STR_INIT("hide_date_fields"),
     STR_INIT("hide due date\nhide scheduled date\nhide start date\n"
              "hide created date\nhide done date\nhide cancelled date")},
    {STR_INIT("hide_non_date_fields"),
     STR_INIT("hide id\nhide depends on\nhide recurrence rule\n"
              "hide on completion\nhide priority")},
    {STR_INIT("hide_query_elements"),
     STR_INIT("hide toolbar\nhide postpone button\nhide edit button\n"
              "hide backlinks\nhide task count")},
    {STR_INIT("hide_everything"),
     STR_INIT("preset hide_date_fields\npreset hide_non_date_fields\n"
              "preset hide_query_elements")},
};

void tasks_settings_init(struct tasks_settings *s) {
    s->core = (struct tasks_statuses){first_core, ARRAY_LEN(first_core)};
    s->custom = (struct tasks_statuses){first_custom, ARRAY_LEN(first_custom)};
    s->presets =
        (struct tasks_presets){first_presets, ARRAY_LEN(first_presets)};
}

bool status_type_read(struct str name, enum status_type *type) {
    for (size_t i = 0; i < STATUS_TYPES; i++)
        if (str_eq_nocase(name, status_type_names[i])) {
            *type = (enum status_type)i;
            return true;
        }
    return false;
}

bool status_symbol_valid(struct str symbol) {
    uint32_t code;

    return symbol.len > 0 && utf8_decode(symbol, 0, &code) == symbol.len;
}

struct reader {
    struct arena *arena;
    struct str path;
    struct diags *diags;
};

static void complain(const struct reader *r, struct str key,
                     const char *wanted) {
    diag_add(r->diags, DIAG_SETTINGS_JSON, r->path, 0, 0, "\"%.*s\" wants %s",
             STR_ARG(key), wanted);
}

/* The value when it is of that kind, else NULL, with a finding where it is of
 * another. */
static const struct json *of_kind(const struct reader *r, struct str key,
                                  const struct json *v, enum json_kind kind,
                                  const char *wanted) {
    if (v == NULL || v->kind == JSON_NULL)
        return NULL;
    if (v->kind == kind)
        return v;
    complain(r, key, wanted);
    return NULL;
}

static void read_word(const struct reader *r, struct str key, struct str type,
                      const struct json *v, bool *second) {
    struct str first = str_until(type, '|'), other = str_after(type, '|');
    struct str text;

    v = of_kind(r, key, v, JSON_TEXT, "text");
    text = v != NULL ? v->text : STR("");
    if (str_eq(text, first) || str_eq(text, other))
        *second = str_eq(text, other);
    else if (v != NULL)
        diag_add(r->diags, DIAG_SETTINGS_JSON, r->path, 0, 0,
                 "\"%.*s\" wants %.*s or %.*s, not \"%.*s\"", STR_ARG(key),
                 STR_ARG(first), STR_ARG(other), STR_ARG(text));
}

static void read_list(const struct reader *r, struct str key,
                      const struct json *v, struct str_list *out) {
    VEC(struct str) texts = {0};

    v = of_kind(r, key, v, JSON_LIST, "a list of texts");
    if (v == NULL)
        return;
    for (const struct json *i = v->first; i != NULL; i = i->next)
        if (of_kind(r, key, i, JSON_TEXT, "a list of texts") != NULL)
            vec_push(&texts, i->text);
    *out = (struct str_list){vec_keep(r->arena, &texts), texts.len};
    vec_release(&texts);
}

static void read_presets(const struct reader *r, struct str key,
                         const struct json *v, struct tasks_presets *out) {
    VEC(struct tasks_preset) presets = {0};

    v = of_kind(r, key, v, JSON_OBJECT, "an object of texts");
    if (v == NULL)
        return;
    for (const struct json *i = v->first; i != NULL; i = i->next)
        if (of_kind(r, key, i, JSON_TEXT, "an object of texts") != NULL) {
            struct tasks_preset preset = {i->key, i->text};
            vec_push(&presets, preset);
        }
    *out = (struct tasks_presets){vec_keep(r->arena, &presets), presets.len};
    vec_release(&presets);
}

static struct str text_member(const struct reader *r, const struct json *of,
                              struct str key) {
    const struct json *v =
        of_kind(r, key, json_member(of, key), JSON_TEXT, "text");

    return v != NULL ? v->text : STR("");
}

static struct tasks_status read_status(const struct reader *r,
                                       const struct json *v) {
    struct str type = text_member(r, v, STR("type"));
    struct tasks_status status = {
        .symbol = text_member(r, v, STR("symbol")),
        .name = text_member(r, v, STR("name")),
        .next = text_member(r, v, STR("nextStatusSymbol")),
        .type = STATUS_TODO,
    };

    if (type.len > 0 && !status_type_read(type, &status.type))
        diag_add(r->diags, DIAG_SETTINGS_JSON, r->path, 0, 0,
                 "\"%.*s\" is no type of a status", STR_ARG(type));
    return status;
}

static void read_statuses(const struct reader *r, struct str key,
                          const struct json *v, struct tasks_statuses *out) {
    VEC(struct tasks_status) statuses = {0};

    v = of_kind(r, key, v, JSON_LIST, "a list of statuses");
    if (v == NULL)
        return;
    for (const struct json *i = v->first; i != NULL; i = i->next) {
        struct tasks_status status;
        if (of_kind(r, key, i, JSON_OBJECT, "a list of statuses") == NULL)
            continue;
        status = read_status(r, i);
        if (status_symbol_valid(status.symbol))
            vec_push(&statuses, status);
        else
            complain(r, STR("symbol"), "one character");
    }
    *out = (struct tasks_statuses){vec_keep(r->arena, &statuses), statuses.len};
    vec_release(&statuses);
}

/* The value under `a.b`, or NULL. */
static const struct json *member(const struct json *of, struct str key) {
    for (size_t dot; (dot = str_find(key, '.')) != STR_NONE;
         key = str_skip(key, dot + 1))
        of = json_member(of, str_slice(key, 0, dot));
    return json_member(of, key);
}

static const struct tasks_key {
    struct str key, type;
    enum settings_kind kind;
    size_t offset; /* in struct tasks_settings */
} keys[] = {
#define TASKS_KEY(kind, key, member, type, initial, meaning)                   \
    {STR_INIT(key), STR_INIT(type), SETTINGS_##kind,                           \
     offsetof(struct tasks_settings, member)},
#include "vault/tasks_settings.def"
#undef TASKS_KEY
};

static void read_key(const struct reader *r, const struct tasks_key *k,
                     const struct json *v, void *out) {
    bool second = false;

    switch (k->kind) {
    case SETTINGS_FLAG:
        v = of_kind(r, k->key, v, JSON_BOOL, "true or false");
        if (v != NULL)
            *(bool *)out = v->boolean;
        break;
    case SETTINGS_WORD:
        read_word(r, k->key, k->type, v, &second);
        *(enum tasks_format *)out = second ? TASKS_DATAVIEW : TASKS_EMOJI;
        break;
    case SETTINGS_WORD_FLAG:
        read_word(r, k->key, k->type, v, out);
        break;
    case SETTINGS_LIST:
        read_list(r, k->key, v, out);
        break;
    case SETTINGS_PRESETS:
        read_presets(r, k->key, v, out);
        break;
    case SETTINGS_STATUSES:
        read_statuses(r, k->key, v, out);
        break;
    default:
        v = of_kind(r, k->key, v, JSON_TEXT, "text");
        if (v != NULL)
            *(struct str *)out = v->text;
    }
}

void tasks_settings_read(struct tasks_settings *s, struct arena *a,
                         const struct json *plugin, struct str path,
                         struct diags *d) {
    const struct reader r = {a, path, d};

    /* What presets were called once. */
    read_presets(&r, STR("includes"), json_member(plugin, STR("includes")),
                 &s->presets);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        read_key(&r, &keys[i], member(plugin, keys[i].key),
                 (char *)s + keys[i].offset);
}
