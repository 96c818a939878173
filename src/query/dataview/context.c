#include "query/dataview/context.h"

#include "value/date.h"

/* Finding what a link leads to costs about so many steps. */
#define RESOLVE_WORK 12

static struct str resolve_for_order(const void *context, struct str path) {
    /* The order is const for its users, what it resolves with is not. */
    return eval_resolve((struct eval *)(uintptr_t)context, path);
}

static const struct value *no_page(struct arena *a) {
    return value_of_object(a, NULL, 0);
}

size_t eval_allowance(const struct eval *e) {
    return EVAL_FUEL + EVAL_FUEL_PER_PAGE * records_npages(e->records);
}

void eval_begin(struct eval *e, struct records *r, uint32_t origin,
                struct str path, struct arena *answer, struct arena *scratch) {
    const struct value *page =
        origin != RECORDS_NONE ? records_page(r, origin) : NULL;

    *e = (struct eval){.records = r,
                       .arena = answer,
                       .answer = answer,
                       .scratch = scratch,
                       .origin = origin,
                       .folder = str_dirname(path)};
    e->this = page != NULL ? page : no_page(answer);
    e->order = (struct value_order){.collator = records_collator(r),
                                    .resolve = resolve_for_order,
                                    .context = e,
                                    .steps = &e->fuel};
    e->fuel = eval_allowance(e);
    e->memory = EVAL_MEMORY + EVAL_MEMORY_PER_PAGE * records_npages(r);
    map_init(&e->regexes, answer);
    arena_release(scratch); /* what it holds must not hang on who ran before */
}

void eval_end(struct eval *e) {
    for (size_t i = 0; i < e->compiled.len; i++)
        regex_free(e->compiled.items[i]);
    vec_release(&e->compiled);
    currency_release(&e->currency);
    buf_release(&e->message);
}

struct arena *eval_arena(struct eval *e) {
    return e->arena;
}

/* Comparing takes its steps off the fuel itself. */
static int compared(struct eval *e, int order) {
    if (e->fuel == 0)
        eval_spend(e, 1);
    return order;
}

int eval_compare(struct eval *e, const struct value *a, const struct value *b) {
    return compared(e, value_compare(&e->order, a, b));
}

bool eval_equal(struct eval *e, const struct value *a, const struct value *b) {
    return eval_compare(e, a, b) == 0;
}

struct str eval_text(struct eval *e, const struct value *v) {
    struct buf out = {0};
    struct str text = STR("");

    if (v->kind == VALUE_TEXT)
        return v->as.text;
    value_print_within(&out, v, eval_style(e), e->fuel);
    if (eval_spend(e, out.len))
        text = arena_str(e->arena, buf_str(&out));
    buf_release(&out);
    return text;
}

bool eval_find(struct eval *e, struct str path, struct str *resolved) {
    const struct vault *v = records_linked(e->records)->vault;
    uint32_t file;

    *resolved = path;
    if (!eval_spend(e, RESOLVE_WORK))
        return false;
    if (!records_find(e->records, e->origin, path, &file, e->scratch))
        return false;
    *resolved = v->files[file].path;
    return true;
}

struct str eval_resolve(struct eval *e, struct str path) {
    struct str resolved;

    eval_find(e, path, &resolved);
    return resolved;
}

const struct value *eval_page(struct eval *e, struct str path) {
    uint32_t file = records_file(e->records, path);

    return file != RECORDS_NONE ? records_page(e->records, file) : NULL;
}

const struct value_style *eval_style(const struct eval *e) {
    return records_style(e->records);
}

const struct query_dates *eval_dates(const struct eval *e) {
    return records_dates(e->records);
}

const struct query_dates *eval_clock(struct eval *e) {
    e->uses_clock = true;
    return records_dates(e->records);
}

struct currency *eval_currency(struct eval *e) {
    return &e->currency;
}

/* What could not be compiled is remembered too. */
const struct regex *eval_regex(struct eval *e, struct str pattern,
                               struct str flags, const char *what) {
    struct buf key = {0};
    struct regex_error error = {0};
    struct regex *re;
    void **slot;

    buf_add_str(&key, flags);
    buf_add_ch(&key, '/');
    buf_add_str(&key, pattern);
    slot = map_slot(&e->regexes, buf_str(&key));
    buf_release(&key);
    if (*slot != NULL)
        return *slot;
    re = eval_spend(e, 1000) ? regex_new(pattern, flags, &error) : NULL;
    if (re == NULL) {
        eval_error(e, "Invalid regexp '%.*s' in %s", STR_ARG(pattern), what);
        return NULL;
    }
    *slot = re;
    vec_push(&e->compiled, re);
    return re;
}
