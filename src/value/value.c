#include "value/value.h"

#include "value/duration.h"

const struct value value_null = {.kind = VALUE_NULL, .as = {.number = 0}};
const struct value value_true = {.kind = VALUE_BOOL, .as = {.boolean = true}};
static const struct value empty_list = {.kind = VALUE_LIST,
                                        .as = {.list = {NULL, 0}}};
const struct value value_false = {.kind = VALUE_BOOL, .as = {.boolean = false}};

static struct value *new_value(struct arena *a, enum value_kind kind) {
    struct value *v = arena_new(a, struct value);

    v->kind = kind;
    return v;
}

const struct value *value_of_bool(bool b) {
    return b ? &value_true : &value_false;
}

const struct value *value_of_number(struct arena *a, double n) {
    struct value *v = new_value(a, VALUE_NUMBER);

    v->as.number = n;
    return v;
}

const struct value *value_of_text(struct arena *a, struct str s) {
    struct value *v = new_value(a, VALUE_TEXT);

    v->as.text = s;
    return v;
}

const struct value *value_of_date(struct arena *a, struct date d) {
    struct value *v = new_value(a, VALUE_DATE);

    v->as.date = d;
    return v;
}

const struct value *value_of_duration(struct arena *a, struct duration d) {
    struct value *v = new_value(a, VALUE_DURATION);
    struct duration *copy = arena_new(a, struct duration);

    *copy = d;
    v->as.duration = copy;
    return v;
}

const struct value *value_of_link(struct arena *a, struct value_link l) {
    struct value *v = new_value(a, VALUE_LINK);
    struct value_link *copy = arena_new(a, struct value_link);

    *copy = l;
    v->as.link = copy;
    return v;
}

const struct value *value_of_list(struct arena *a,
                                  const struct value *const *items,
                                  size_t len) {
    struct value *v;

    if (len == 0)
        return &empty_list;
    v = new_value(a, VALUE_LIST);
    v->as.list.items = items;
    v->as.list.len = len;
    return v;
}

const struct value *value_of_object(struct arena *a,
                                    const struct value_member *members,
                                    size_t len) {
    struct value *v = new_value(a, VALUE_OBJECT);

    v->as.object.members = members;
    v->as.object.len = len;
    return v;
}

const struct value *value_of_record(struct arena *a,
                                    struct value_record record) {
    struct value *v = new_value(a, VALUE_RECORD);
    struct value_record *copy = arena_new(a, struct value_record);

    *copy = record;
    v->as.record = copy;
    return v;
}

const struct value *value_of_function(struct arena *a, const void *function) {
    struct value *v = new_value(a, VALUE_FUNCTION);

    v->as.function = function;
    return v;
}

const struct value *value_of_pair(struct arena *a, const struct value *key,
                                  const struct value *value) {
    struct value *v = new_value(a, VALUE_PAIR);

    v->as.pair.key = key;
    v->as.pair.value = value;
    return v;
}

const struct value *value_of_external(struct arena *a, struct str url,
                                      struct str display) {
    struct value *v = new_value(a, VALUE_EXTERNAL);
    struct value_external *copy = arena_new(a, struct value_external);

    copy->url = url;
    copy->display = display;
    v->as.external = copy;
    return v;
}

const struct value *value_hidden(struct arena *a, const struct value *v) {
    struct value *copy = arena_new(a, struct value);

    *copy = *v;
    copy->hidden = true;
    return copy;
}

struct str value_type_name(enum value_kind kind) {
    static const struct str names[] = {
        [VALUE_NULL] = STR_INIT("null"),
        [VALUE_BOOL] = STR_INIT("boolean"),
        [VALUE_NUMBER] = STR_INIT("number"),
        [VALUE_TEXT] = STR_INIT("string"),
        [VALUE_DATE] = STR_INIT("date"),
        [VALUE_DURATION] = STR_INIT("duration"),
        [VALUE_LINK] = STR_INIT("link"),
        [VALUE_LIST] = STR_INIT("array"),
        [VALUE_OBJECT] = STR_INIT("object"),
        [VALUE_RECORD] = STR_INIT("object"),
        [VALUE_FUNCTION] = STR_INIT("function"),
        [VALUE_PAIR] = STR_INIT("widget"),
        [VALUE_EXTERNAL] = STR_INIT("widget"),
    };
    return names[kind];
}

bool value_truthy(const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return v->as.boolean;
    case VALUE_NUMBER:
        return v->as.number != 0; /* NaN holds */
    case VALUE_TEXT:
        return v->as.text.len > 0;
    case VALUE_DATE:
        return v->as.date.invalid || v->as.date.ms != 0;
    case VALUE_DURATION:
        return duration_ms(v->as.duration) != 0;
    case VALUE_LINK:
        return v->as.link->path.len > 0;
    case VALUE_LIST:
        return v->as.list.len > 0;
    case VALUE_OBJECT:
        return v->as.object.len > 0;
    case VALUE_RECORD:
    case VALUE_FUNCTION:
    case VALUE_PAIR:
    case VALUE_EXTERNAL:
        return true;
    }
    return false;
}

const struct value *value_member(const struct value *v, struct str key,
                                 struct arena *a) {
    if (v->kind == VALUE_RECORD)
        return v->as.record->class->member(v->as.record, key, a);
    if (v->kind != VALUE_OBJECT)
        return NULL;
    for (size_t i = 0; i < v->as.object.len; i++)
        if (str_eq(v->as.object.members[i].key, key))
            return v->as.object.members[i].value;
    return NULL;
}

const struct value *value_object(const struct value *v, struct arena *a) {
    return v->kind == VALUE_RECORD
               ? v->as.record->class->object(v->as.record, a)
               : v;
}
