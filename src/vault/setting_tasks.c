#include "base/map.h"
#include "base/vec.h"
#include "base/word.h"
#include "vault/setting.h"

void setting_store_presets(struct settings_reader *r, struct str key,
                           const struct yaml *v, struct tasks_presets *out) {
    VEC(struct tasks_preset) presets = {0};
    struct map seen;

    if (setting_is_null(v))
        return;
    if (v->kind != YAML_MAP) {
        setting_fail(r, v, "\"%.*s\" wants names with their lines, not %s",
                     STR_ARG(key), setting_kind_name(v));
        return;
    }
    map_init(&seen, r->arena);
    for (const struct yaml *i = v->first; i != NULL; i = i->next) {
        struct tasks_preset preset = {i->key->text, i->text};
        void **slot;
        if (i->key->kind != YAML_SCALAR || i->key->text.len == 0) {
            setting_fail(r, i->key, "a key must be a word");
            continue;
        }
        slot = map_slot_borrowed(&seen, i->key->text);
        if (*slot != NULL)
            setting_fail(r, i->key, "\"%.*s\" stands there twice",
                         STR_ARG(i->key->text));
        else if (setting_want_scalar(r, i->key->text, "lines of a query", i))
            vec_push(&presets, preset);
        *slot = (void *)i;
    }
    *out = (struct tasks_presets){vec_keep(r->arena, &presets), presets.len};
    vec_release(&presets);
}

static void store_type(struct settings_reader *r, const struct yaml *v,
                       enum status_type *type) {
    struct str near;

    if (status_type_read(v->text, type))
        return;
    near = word_nearest(v->text, status_type_names, STATUS_TYPES);
    if (near.len > 0)
        setting_fail(r, v,
                     "\"%.*s\" is no type of a status; did you mean \"%.*s\"?",
                     STR_ARG(v->text), STR_ARG(near));
    else
        setting_fail(r, v, "\"%.*s\" is no type of a status", STR_ARG(v->text));
}

static void store_member(struct settings_reader *r, const struct yaml *v,
                         struct tasks_status *status) {
    const struct {
        struct str key;
        struct str *text;
    } members[] = {
        {STR("symbol"), &status->symbol},
        {STR("name"), &status->name},
        {STR("nextStatusSymbol"), &status->next},
    };
    struct str key = v->key->kind == YAML_SCALAR ? v->key->text : STR("");

    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (str_eq(key, members[i].key)) {
            if (setting_want_scalar(r, key, "text", v))
                *members[i].text = v->text;
            return;
        }
    if (str_eq(key, STR("type"))) {
        if (setting_want_scalar(r, key, "a type of a status", v))
            store_type(r, v, &status->type);
    } else if (!str_eq(key, STR("availableAsCommand"))) {
        setting_fail(r, v->key,
                     "unknown key \"%.*s\"; a status has symbol, name, "
                     "nextStatusSymbol and type",
                     STR_ARG(key));
    }
}

void setting_store_statuses(struct settings_reader *r, struct str key,
                            const struct yaml *v, struct tasks_statuses *out) {
    VEC(struct tasks_status) statuses = {0};

    if (setting_is_null(v))
        return;
    if (v->kind != YAML_LIST)
        setting_fail(r, v, "\"%.*s\" wants a list of statuses, not %s",
                     STR_ARG(key), setting_kind_name(v));
    for (const struct yaml *i = v->first; v->kind == YAML_LIST && i != NULL;
         i = i->next) {
        struct tasks_status status = {.type = STATUS_TODO};
        if (i->kind != YAML_MAP) {
            setting_fail(r, i,
                         "\"%.*s\" wants statuses such as {symbol: \"!\", "
                         "name: Important, type: TODO}, not %s",
                         STR_ARG(key), setting_kind_name(i));
            continue;
        }
        for (const struct yaml *m = i->first; m != NULL; m = m->next)
            store_member(r, m, &status);
        if (status_symbol_valid(status.symbol))
            vec_push(&statuses, status);
        else
            setting_fail(r, i, "\"symbol\" wants one character");
    }
    if (v->kind == YAML_LIST)
        *out = (struct tasks_statuses){vec_keep(r->arena, &statuses),
                                       statuses.len};
    vec_release(&statuses);
}
