#include "query/dataview/fn.h"

/* --- objects and lists --- */

static struct value_member *member_named(struct value_member *members,
                                         size_t len, struct str key) {
    for (size_t i = 0; i < len; i++)
        if (str_eq(members[i].key, key))
            return &members[i];
    return NULL;
}

/* A key that comes again keeps its place and gets the later value. */
static size_t set_member(struct value_member *members, size_t len,
                         struct str key, const struct value *value) {
    struct value_member *m = member_named(members, len, key);

    if (m != NULL) {
        m->value = value;
        return len;
    }
    members[len] = (struct value_member){key, value};
    return len + 1;
}

const struct value *fn_object(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    struct value_member *members;
    size_t len = 0;

    if (nargs % 2 != 0)
        return eval_error(e, "object() requires an even number of arguments");
    if (!fn_spend_times(e, nargs, nargs / 16 + 1))
        return NULL;
    members = arena_array(eval_arena(e), struct value_member, nargs / 2);
    for (size_t i = 0; i < nargs; i += 2) {
        if (args[i]->kind != VALUE_TEXT)
            return eval_error(e, "keys should be of type string for "
                                 "object(key1, value1, ...)");
        len = set_member(members, len, args[i]->as.text, args[i + 1]);
    }
    return value_of_object(eval_arena(e), members, len);
}

const struct value *fn_list(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    struct arena *a = eval_arena(e);
    const struct value **items;

    if (!eval_spend(e, nargs))
        return NULL;
    items = arena_array(a, const struct value *, nargs);
    for (size_t i = 0; i < nargs; i++)
        items[i] = args[i];
    return value_of_list(a, items, nargs);
}

static const struct value *extract_one(struct eval *e, const struct value *from,
                                       const struct value *const *keys,
                                       size_t nkeys) {
    struct value_member *members =
        arena_array(eval_arena(e), struct value_member, nkeys);
    size_t len = 0;

    for (size_t i = 0; i < nkeys; i++) {
        const struct value *value;

        if (keys[i]->kind != VALUE_TEXT)
            return eval_error(e, "extract(object, key1, ...) must be called "
                                 "with string keys");
        value = eval_index(e, from, keys[i]);
        if (value == NULL)
            return NULL;
        len = set_member(members, len, keys[i]->as.text, value);
    }
    return value_of_object(eval_arena(e), members, len);
}

static const struct value *extract_at(struct eval *e, const struct value *from,
                                      const struct value *const *keys,
                                      size_t nkeys, int depth) {
    const struct value **items;

    if (depth > VALUE_MAX_DEPTH)
        return eval_error(e, "extract(): lists are nested too deep");
    if (from->kind != VALUE_LIST)
        return fn_spend_times(e, nkeys + 1, nkeys / 16 + 1)
                   ? extract_one(e, from, keys, nkeys)
                   : NULL;
    if (!eval_spend(e, from->as.list.len))
        return NULL;
    items = arena_array(eval_arena(e), const struct value *, from->as.list.len);
    for (size_t i = 0; i < from->as.list.len; i++) {
        items[i] =
            extract_at(e, from->as.list.items[i], keys, nkeys, depth + 1);
        if (items[i] == NULL)
            return NULL;
    }
    return value_of_list(eval_arena(e), items, from->as.list.len);
}

const struct value *fn_extract(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    if (nargs == 0) /* a text, not an error, as in the plugin */
        return fn_text(e, STR("extract(object, key1, ...) requires at least 1 "
                              "argument"));
    return extract_at(e, args[0], args + 1, nargs - 1, 0);
}

/* --- links --- */

static struct value_link link_to(struct eval *e, struct str path) {
    return (struct value_link){.kind = VALUE_LINK_FILE,
                               .path = eval_resolve(e, path)};
}

static struct value_link with_display(struct value_link l, struct str display) {
    l.display = display;
    l.has_display = true;
    return l;
}

static const struct value *link_of(struct eval *e, const struct value *target) {
    if (target->kind == VALUE_TEXT)
        return value_of_link(eval_arena(e), link_to(e, target->as.text));
    return target->kind == VALUE_LINK || target->kind == VALUE_NULL ? target
                                                                    : NULL;
}

const struct value *fn_link(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    struct value_link l;

    if (nargs == 1 || fn_are(args, nargs, "*0"))
        return link_of(e, args[0]);
    if (fn_are(args, nargs, "0*"))
        return &value_null;
    if (fn_are(args, nargs, "ls"))
        l = *args[0]->as.link;
    else if (fn_are(args, nargs, "ss") || fn_are(args, nargs, "ssb"))
        l = link_to(e, args[0]->as.text);
    else
        return NULL;
    l = with_display(l, args[1]->as.text);
    if (nargs == 3)
        l.embed = args[2]->as.boolean;
    return value_of_link(eval_arena(e), l);
}

const struct value *fn_embed(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    struct value_link l;

    if ((nargs == 1 || nargs == 2) && fn_any_null(args, nargs))
        return &value_null;
    if (!fn_are(args, nargs, "l") && !fn_are(args, nargs, "lb"))
        return NULL;
    l = *args[0]->as.link;
    l.embed = nargs == 1 || args[1]->as.boolean;
    return value_of_link(eval_arena(e), l);
}

const struct value *fn_elink(struct eval *e, const struct value *const *args,
                             size_t nargs) {
    if (fn_are(args, nargs, "0") || fn_are(args, nargs, "0*"))
        return &value_null;
    if (fn_are(args, nargs, "s") || fn_are(args, nargs, "s0"))
        return value_of_external(eval_arena(e), args[0]->as.text,
                                 args[0]->as.text);
    if (fn_are(args, nargs, "ss"))
        return value_of_external(eval_arena(e), args[0]->as.text,
                                 args[1]->as.text);
    return NULL;
}

static const struct value *text_or_null(struct eval *e, bool there,
                                        struct str s) {
    return there ? fn_text(e, s) : &value_null;
}

static struct str link_kind_name(enum value_link_kind kind) {
    static const struct str names[] = {
        [VALUE_LINK_FILE] = STR_INIT("file"),
        [VALUE_LINK_HEADER] = STR_INIT("header"),
        [VALUE_LINK_BLOCK] = STR_INIT("block"),
    };

    return names[kind];
}

const struct value *fn_meta(struct eval *e, const struct value *const *args,
                            size_t nargs) {
    const struct value_link *l;
    struct value_member *m;

    if (!fn_are(args, nargs, "l"))
        return NULL;
    l = args[0]->as.link;
    m = arena_array(eval_arena(e), struct value_member, 5);
    m[0] = (struct value_member){STR("display"),
                                 text_or_null(e, l->has_display, l->display)};
    m[1] = (struct value_member){STR("embed"), value_of_bool(l->embed)};
    m[2] = (struct value_member){STR("path"), fn_text(e, l->path)};
    m[3] = (struct value_member){STR("subpath"),
                                 text_or_null(e, l->has_subpath, l->subpath)};
    m[4] =
        (struct value_member){STR("type"), fn_text(e, link_kind_name(l->kind))};
    return value_of_object(eval_arena(e), m, 5);
}

/* --- any value --- */

const struct value *fn_string(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    struct str s;

    if (nargs != 1)
        return NULL;
    s = eval_text(e, args[0]);
    return eval_failed(e) ? NULL : fn_text(e, s);
}

const struct value *fn_typeof(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    return nargs == 1 ? fn_text(e, value_type_name(args[0]->kind)) : NULL;
}

/* ldefault() too: they differ in what the table says of lists. */
const struct value *fn_default(struct eval *e, const struct value *const *args,
                               size_t nargs) {
    (void)e;
    if (nargs != 2)
        return NULL;
    return args[0]->kind == VALUE_NULL ? args[1] : args[0];
}

const struct value *fn_choice(struct eval *e, const struct value *const *args,
                              size_t nargs) {
    (void)e;
    if (nargs != 3)
        return NULL;
    return value_truthy(args[0]) ? args[1] : args[2];
}
