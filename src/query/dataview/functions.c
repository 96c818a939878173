#include "query/dataview/functions.h"

#include "base/buf.h"
#include "query/dataview/fn.h"

/* What making the arguments of one element costs, besides the call. */
#define EACH_WORK 3

const struct function functions[] = {
#define FUNCTION(name, code, one, two, three, form, meaning)                   \
    {STR_INIT(name),                                                           \
     STR_INIT(form),                                                           \
     STR_INIT(meaning),                                                        \
     code,                                                                     \
     {one, two, three}},
#include "query/dataview/functions.def"
#undef FUNCTION
};
const size_t nfunctions = ARRAY_LEN(functions);

const struct function *function_named(struct str name) {
    size_t low = 0, high = nfunctions;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(name, functions[middle].name);

        if (c == 0)
            return &functions[middle];
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const struct value *apply(struct eval *e, const struct function *f,
                                 const struct value *const *args, size_t nargs,
                                 int depth);

/* The marked arguments that are arrays: one bit for each. */
static unsigned arrays_of(const struct function *f,
                          const struct value *const *args, size_t nargs) {
    unsigned marked = 0;

    if (nargs == 0 || nargs > FUNCTION_MAX_VECTOR)
        return 0;
    for (size_t i = 0; i < nargs; i++)
        if ((f->vector[nargs - 1] >> i & 1) != 0 && args[i]->kind == VALUE_LIST)
            marked |= 1U << i;
    return marked;
}

static size_t shortest(const struct value *const *args, unsigned arrays) {
    size_t len = SIZE_MAX;

    for (size_t i = 0; i < FUNCTION_MAX_VECTOR; i++)
        if ((arrays >> i & 1) != 0 && args[i]->as.list.len < len)
            len = args[i]->as.list.len;
    return len;
}

/* The arrays go on together, the other arguments stay. */
static const struct value *apply_to_each(struct eval *e,
                                         const struct function *f,
                                         const struct value *const *args,
                                         size_t nargs, unsigned arrays,
                                         int depth) {
    size_t len = shortest(args, arrays);
    const struct value **results;

    if (!fn_spend_times(e, len + 1, EACH_WORK))
        return NULL;
    results = arena_array(eval_arena(e), const struct value *, len);
    for (size_t at = 0; at < len; at++) {
        const struct value *one[FUNCTION_MAX_VECTOR];

        for (size_t i = 0; i < nargs; i++)
            one[i] =
                (arrays >> i & 1) != 0 ? args[i]->as.list.items[at] : args[i];
        results[at] = apply(e, f, one, nargs, depth + 1);
        if (results[at] == NULL)
            return NULL;
    }
    return value_of_list(eval_arena(e), results, len);
}

/* typeof() calls itself `type` in the plugin's message. */
static const struct value *not_served(struct eval *e, const struct function *f,
                                      const struct value *const *args,
                                      size_t nargs) {
    struct str name = f->code == fn_typeof ? STR("type") : f->name;
    struct buf types = {0};

    for (size_t i = 0; i < nargs; i++) {
        if (i > 0)
            buf_add_lit(&types, ", ");
        buf_add_str(&types, value_type_name(args[i]->kind));
    }
    eval_error(e, "No implementation of '%.*s' found for arguments: %.*s",
               STR_ARG(name), STR_ARG(buf_str(&types)));
    buf_release(&types);
    return NULL;
}

static const struct value *apply(struct eval *e, const struct function *f,
                                 const struct value *const *args, size_t nargs,
                                 int depth) {
    unsigned arrays = arrays_of(f, args, nargs);
    const struct value *result;

    if (depth > VALUE_MAX_DEPTH)
        return eval_error(e, "%.*s(): lists are nested too deep",
                          STR_ARG(f->name));
    if (arrays != 0)
        return apply_to_each(e, f, args, nargs, arrays, depth);
    result = f->code(e, args, nargs);
    return result == NULL && !eval_failed(e) ? not_served(e, f, args, nargs)
                                             : result;
}

const struct value *function_call(struct eval *e, const struct function *f,
                                  const struct value *const *args,
                                  size_t nargs) {
    return apply(e, f, args, nargs, 0);
}
