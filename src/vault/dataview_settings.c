#include "vault/dataview_settings.h"

struct reader {
    const struct json *plugin;
    struct str path;
    struct diags *diags;
};

/* The member called `key` when it is of that kind, else NULL, with a finding where
 * it is of another. */
static const struct json *member(const struct reader *r, const char *key,
                                 enum json_kind kind, const char *wanted) {
    const struct json *v = json_member(r->plugin, str_from(key));

    if (v == NULL || v->kind == JSON_NULL)
        return NULL;
    if (v->kind == kind)
        return v;
    diag_add(r->diags, DIAG_SETTINGS_JSON, r->path, 0, 0, "\"%s\" wants %s",
             key, wanted);
    return NULL;
}

static void read_text(const struct reader *r, const char *key,
                      bool may_be_empty, struct str *out) {
    const struct json *v = member(r, key, JSON_TEXT, "text");

    if (v != NULL && (may_be_empty || str_trim(v->text).len > 0))
        *out = v->text;
}

static void read_flag(const struct reader *r, const char *key, bool *out) {
    const struct json *v = member(r, key, JSON_BOOL, "true or false");

    if (v != NULL)
        *out = v->boolean;
}

#define MAX_NUMBER 1000000

static void read_number(const struct reader *r, const char *key, size_t *out) {
    const struct json *v = member(r, key, JSON_NUMBER, "a number");

    if (v == NULL)
        return;
    if (v->number >= 1 && v->number <= MAX_NUMBER)
        *out = (size_t)v->number;
    else
        diag_add(r->diags, DIAG_SETTINGS_JSON, r->path, 0, 0,
                 "\"%s\" wants a number from 1 to %d", key, MAX_NUMBER);
}

void dataview_settings_read(struct dataview_settings *s,
                            const struct json *plugin, struct str path,
                            struct diags *d) {
    const struct reader r = {plugin, path, d};

#define DATAVIEW_TEXT(key, field, initial, meaning)                            \
    read_text(&r, #key, true, &s->field);
#define DATAVIEW_WORD(key, field, initial, meaning)                            \
    read_text(&r, #key, false, &s->field);
#define DATAVIEW_FLAG(key, field, initial, meaning)                            \
    read_flag(&r, #key, &s->field);
#define DATAVIEW_NUMBER(key, field, initial, meaning)                          \
    read_number(&r, #key, &s->field);
#include "vault/dataview_settings.def"
#undef DATAVIEW_TEXT
#undef DATAVIEW_WORD
#undef DATAVIEW_FLAG
#undef DATAVIEW_NUMBER
}
