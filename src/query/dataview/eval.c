#include "query/dataview/eval.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/unicode.h"
#include "query/dataview/context.h"
#include "query/dataview/functions.h"

/* Expressions and calls within each other; the parser's bound on one tree times
 * what lambdas may add. Each level takes some hundred bytes of stack. */
#define MAX_DEPTH 2000

static const struct str exhausted_text =
    STR_INIT("the query is too much work and was stopped");

/* Bytes of a message; a longer one ends with a whole character. */
#define MESSAGE 600

const struct value *eval_error(struct eval *e, const char *format, ...) {
    char text[MESSAGE + 5]; /* the character that is there is seen whole */
    struct str said;
    va_list args;
    int len;

    if (e->failed)
        return NULL;
    e->failed = true;
    va_start(args, format);
    len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_reset(&e->message);
    said =
        str_make(text, len < (int)sizeof text ? (size_t)len : sizeof text - 1);
    if (said.len > MESSAGE)
        said.len = utf8_floor(said, MESSAGE);
    buf_add_str(&e->message, said);
    return NULL;
}

bool eval_failed(const struct eval *e) {
    return e->failed;
}

bool eval_clear(struct eval *e) {
    e->failed = e->exhausted;
    return !e->exhausted;
}

const struct value *eval_stop(struct eval *e, struct str why) {
    if (e->exhausted)
        return NULL;
    e->fuel = 0;
    e->failed = e->exhausted = true;
    buf_reset(&e->message);
    buf_add_str(&e->message, why);
    return NULL;
}

bool eval_spend(struct eval *e, size_t n) {
    if (n > e->fuel || e->arena->total > e->memory) {
        eval_stop(e, exhausted_text);
        return false;
    }
    e->fuel -= n;
    return true;
}

/* --- names --- */

static const struct value *bound(const struct eval *e, struct str name) {
    for (const struct binding *b = e->bindings; b != NULL; b = b->outer)
        if (str_eq(b->name, name))
            return b->value;
    return NULL;
}

/* Parameters, then the row, then the globals, which are `this` alone. */
static const struct value *lookup(struct eval *e, struct str name) {
    const struct value *v = bound(e, name);

    if (v == NULL && e->row != NULL)
        v = value_member(e->row, name, e->arena);
    if (v == NULL && str_eq(name, STR("this")))
        v = e->this;
    return v != NULL ? v : &value_null;
}

/* --- lists and objects --- */

static const struct value *eval_list(struct eval *e, const struct expr *x) {
    size_t n = x->as.list.len;
    const struct value **items = arena_array(e->arena, const struct value *, n);

    for (size_t i = 0; i < n; i++) {
        items[i] = eval_expr(e, x->as.list.items[i]);
        if (items[i] == NULL)
            return NULL;
    }
    return value_of_list(e->arena, items, n);
}

/* The parser saw to it that the keys differ. */
static const struct value *eval_object(struct eval *e, const struct expr *x) {
    size_t n = x->as.list.len;
    struct value_member *members =
        arena_array(e->arena, struct value_member, n);

    for (size_t i = 0; i < n; i++) {
        members[i].key = x->as.list.keys[i];
        members[i].value = eval_expr(e, x->as.list.items[i]);
        if (members[i].value == NULL)
            return NULL;
    }
    return value_of_object(e->arena, members, n);
}

/* --- calls --- */

const struct value *eval_call(struct eval *e, const struct value *function,
                              const struct value *const *args, size_t nargs) {
    const struct closure *c;
    const struct expr *lambda;
    const struct binding *outer = e->bindings;
    const struct value *row = e->row, *result;

    if (function->kind != VALUE_FUNCTION)
        return eval_error(e, "Cannot call type '%.*s' as a function",
                          STR_ARG(value_type_name(function->kind)));
    c = function->as.function;
    lambda = c->lambda;
    e->bindings = c->bindings;
    e->row = c->row;
    for (size_t i = 0; i < lambda->as.lambda.nparams && i < nargs; i++) {
        struct binding *b = arena_new(e->arena, struct binding);
        *b =
            (struct binding){lambda->as.lambda.params[i], args[i], e->bindings};
        e->bindings = b;
    }
    result = eval_expr(e, lambda->as.lambda.body);
    e->bindings = outer;
    e->row = row;
    return result;
}

static const struct value *call_named(struct eval *e, const struct function *f,
                                      struct str name,
                                      const struct value *const *args,
                                      size_t nargs) {
    if (f == NULL)
        return eval_error(e, "Unrecognized function name '%.*s'",
                          STR_ARG(name));
    return function_call(e, f, args, nargs);
}

static const struct value *call(struct eval *e, const struct expr *x) {
    size_t n = x->as.call.nargs;
    const struct value **args = arena_array(e->arena, const struct value *, n);
    const struct value *callee = NULL;

    if (x->as.call.callee != NULL) {
        callee = eval_expr(e, x->as.call.callee);
        if (callee == NULL)
            return NULL;
    } else if (x->as.call.function == NULL) {
        return call_named(e, NULL, x->as.call.name, NULL, 0);
    }
    for (size_t i = 0; i < n; i++) {
        args[i] = eval_expr(e, x->as.call.args[i]);
        if (args[i] == NULL)
            return NULL;
    }
    if (callee == NULL)
        return call_named(e, x->as.call.function, x->as.call.name, args, n);
    if (callee->kind == VALUE_TEXT)
        return call_named(e, function_named(callee->as.text), callee->as.text,
                          args, n);
    return eval_call(e, callee, args, n);
}

static const struct value *lambda(struct eval *e, const struct expr *x) {
    struct closure *c = arena_new(e->arena, struct closure);

    *c = (struct closure){x, e->bindings, e->row};
    return value_of_function(e->arena, c);
}

/* --- expressions --- */

static bool is_row(const struct expr *x) {
    return x->kind == EXPR_NAME && str_eq(x->as.name, STR("row"));
}

static const struct value *eval_indexed(struct eval *e, const struct expr *x) {
    const struct expr *base = x->as.index.base;
    const struct value *index, *of;

    if (is_row(base)) {
        index = eval_expr(e, x->as.index.index);
        if (index == NULL)
            return NULL;
        if (index->kind == VALUE_TEXT)
            return lookup(e, index->as.text);
        of = value_of_object(e->arena, NULL, 0);
        return eval_index(e, of, index);
    }
    of = eval_expr(e, base);
    index = of != NULL ? eval_expr(e, x->as.index.index) : NULL;
    return index != NULL ? eval_index(e, of, index) : NULL;
}

static const struct value *eval_two(struct eval *e, const struct expr *x) {
    const struct value *left = eval_expr(e, x->as.binary.left);
    const struct value *right =
        left != NULL ? eval_expr(e, x->as.binary.right) : NULL;

    return right != NULL ? eval_binary(e, x->as.binary.op, left, right) : NULL;
}

static const struct value *eval_kind(struct eval *e, const struct expr *x) {
    const struct value *v;

    switch (x->kind) {
    case EXPR_VALUE:
        return x->as.value;
    case EXPR_NAME:
        return lookup(e, x->as.name);
    case EXPR_INDEX:
        return eval_indexed(e, x);
    case EXPR_CALL:
        return call(e, x);
    case EXPR_LAMBDA:
        return lambda(e, x);
    case EXPR_NOT:
        v = eval_expr(e, x->as.operand);
        return v != NULL ? value_of_bool(!value_truthy(v)) : NULL;
    case EXPR_BINARY:
        return eval_two(e, x);
    case EXPR_LIST:
        return eval_list(e, x);
    case EXPR_OBJECT:
        return eval_object(e, x);
    }
    return NULL;
}

const struct value *eval_expr(struct eval *e, const struct expr *x) {
    const struct value *v = NULL;

    if (!eval_spend(e, 1))
        return NULL;
    if (e->depth >= MAX_DEPTH)
        return eval_error(e, "the expression calls itself too deeply");
    e->depth++;
    v = eval_kind(e, x);
    e->depth--;
    return v;
}

const struct value *eval_row(struct eval *e, const struct expr *x,
                             const struct value *row) {
    e->row = row;
    e->bindings = NULL;
    return eval_expr(e, x);
}
