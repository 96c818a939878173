#include "diag/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "base/vec.h"

enum { TEXT_MAX = 400 };

const struct diag_row diag_rows[DIAG_CODES] = {
#define DIAG(id, severity, name, instead)                                      \
    [id] = {severity, STR_INIT(name), STR_INIT(instead)},
#include "diag/codes.def"
#undef DIAG
};

void diags_init(struct diags *d) {
    *d = (struct diags){0};
    arena_init(&d->arena);
}

void diags_release(struct diags *d) {
    vec_release(d);
    arena_release(&d->arena);
}

void diag_add(struct diags *d, enum diag_code code, struct str path,
              uint32_t line, uint32_t column, const char *format, ...) {
    char text[TEXT_MAX + 4]; /* a sequence that begins before the border */
    struct diag finding = {
        .code = code, .line = line, .column = column, .path = path};
    struct str whole;
    va_list args;
    int n;

    if (d->muted)
        return;
    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    whole = str_make(text, n < 0 ? 0 : (size_t)n);
    if (whole.len > sizeof text - 1)
        whole.len = sizeof text - 1;
    if (whole.len > TEXT_MAX)
        whole.len = utf8_floor(whole, TEXT_MAX);
    finding.text = arena_str(&d->arena, whole);
    vec_push(d, finding);
}

void diags_merge(struct diags *d, struct diags *from) {
    for (size_t i = 0; i < from->len; i++)
        vec_push(d, from->items[i]);
    vec_release(from);
    arena_take(&d->arena, &from->arena);
}

/* Codes by name, so that a new row in the table moves no finding. */
static int by_place(const void *left, const void *right) {
    const struct diag *a = left, *b = right;
    int order = a->path.p == b->path.p && a->path.len == b->path.len
                    ? 0
                    : unicode_cmp_path(a->path, b->path);

    if (order != 0)
        return order;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    if (a->code != b->code)
        return str_cmp(diag_rows[a->code].name, diag_rows[b->code].name);
    return str_cmp(a->text, b->text);
}

void diags_sort(struct diags *d) {
    /* What compares equal prints equal: it need not be stable. */
    if (d->len > 0)
        qsort(d->items, d->len, sizeof *d->items, by_place);
}

size_t diags_count(const struct diags *d, enum diag_severity at_least) {
    size_t n = 0;

    for (size_t i = 0; i < d->len; i++)
        n += diag_rows[d->items[i].code].severity >= at_least;
    return n;
}

const char *diag_severity_name(enum diag_severity s) {
    switch (s) {
    case DIAG_NOTE:
        return "note";
    case DIAG_WARNING:
        return "warning";
    case DIAG_ERROR:
        return "error";
    }
    return "";
}

enum diag_code diag_code_by_name(struct str name) {
    for (unsigned i = 0; i < DIAG_CODES; i++)
        if (str_eq(diag_rows[i].name, name))
            return (enum diag_code)i;
    return DIAG_CODES;
}
