#include <stdlib.h>

#include "note/field.h"
#include "query/dataview/store.h"
#include "value/read.h"

/* CSV files as rows (spec/dataview.md §7): RFC 4180, lines that begin with `#` are
 * comments, empty lines are passed over, the first record names the columns. */

#define CSV_MAX_BYTES (16u << 20)

struct csv {
    struct str rest;
    struct buf cell;
    struct arena *arena;
    VEC(struct str) record;
};

static void quoted_cell(struct csv *c) {
    struct str s = str_skip(c->rest, 1);
    size_t i = 0;

    for (; i < s.len; i++) {
        if (s.p[i] == '"') {
            if (i + 1 >= s.len || s.p[i + 1] != '"')
                break;
            i++;
        }
        buf_add_ch(&c->cell, s.p[i]);
    }
    c->rest = str_skip(s, i + 1);
}

static bool line_ends(struct str s) {
    return s.len == 0 || s.p[0] == '\n' || s.p[0] == '\r';
}

static void next_cell(struct csv *c) {
    size_t n = 0;

    buf_reset(&c->cell);
    if (str_starts(c->rest, STR("\"")))
        quoted_cell(c);
    while (n < c->rest.len && c->rest.p[n] != ',' &&
           !line_ends(str_skip(c->rest, n)))
        n++;
    buf_add(&c->cell, c->rest.p, n);
    c->rest = str_skip(c->rest, n);
    vec_push(&c->record, arena_str(c->arena, buf_str(&c->cell)));
}

/* Fills c->record; false at the end. */
static bool next_record(struct csv *c) {
    struct str line;

    while (str_starts(c->rest, STR("#")) ||
           (c->rest.len > 0 && line_ends(c->rest)))
        str_next_line(&c->rest, &line);
    c->record.len = 0;
    if (c->rest.len == 0)
        return false;
    next_cell(c);
    while (str_starts(c->rest, STR(","))) {
        c->rest = str_skip(c->rest, 1);
        next_cell(c);
    }
    str_next_line(&c->rest, &line);
    return true;
}

/* `-?digits[.digits][e…]`, as a whole. */
static bool is_number(struct str s, double *out) {
    char text[64], *end;

    if (s.len == 0 || s.len >= sizeof text)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_digit((unsigned char)s.p[i]) &&
            strchr("+-.eE", s.p[i]) == NULL)
            return false;
    memcpy(text, s.p, s.len);
    text[s.len] = '\0';
    *out = strtod(text, &end);
    return *end == '\0';
}

static const struct value *cell_value(const struct value_reader *r,
                                      struct str s) {
    double n;

    if (s.len == 0)
        return &value_null;
    if (str_eq(s, STR("true")) || str_eq(s, STR("TRUE")))
        return &value_true;
    if (str_eq(s, STR("false")) || str_eq(s, STR("FALSE")))
        return &value_false;
    if (is_number(s, &n))
        return value_of_number(r->arena, n);
    return value_of_property_text(r, s);
}

static void set_member(struct value_member *m, size_t *n, struct str key,
                       const struct value *v) {
    size_t at = 0;

    while (at < *n && !str_eq(m[at].key, key))
        at++;
    m[at] = (struct value_member){key, v};
    *n += at == *n;
}

/* Each cell under its column's name and that name's canonical form. */
static const struct value *row_of(const struct value_reader *r,
                                  const struct str *names, size_t nnames,
                                  const struct str *cells, size_t ncells) {
    struct value_member *m =
        arena_array(r->arena, struct value_member, 2 * nnames);
    size_t n = 0;

    for (size_t i = 0; i < nnames && i < ncells; i++) {
        const struct value *v = cell_value(r, cells[i]);
        set_member(m, &n, names[i], v);
        set_member(m, &n, field_canonical(r->arena, names[i]), v);
    }
    return value_of_object(r->arena, m, n);
}

const struct value *const *records_csv(struct records *r, uint32_t file,
                                       struct arena *a, size_t *n) {
    struct value_reader reader = {.arena = a, .zones = &r->zones};
    struct csv c = {.arena = a};
    struct buf bytes = {0};
    VEC(const struct value *) rows = {0};
    const struct value *const *made;
    struct str *names;
    size_t nnames;

    *n = 0;
    if (!r->linked->published[file] ||
        !vault_read(r->linked->vault, &r->linked->vault->files[file],
                    CSV_MAX_BYTES, &bytes)) {
        buf_release(&bytes);
        return NULL;
    }
    c.rest = arena_str(a, buf_str(&bytes));
    if (str_starts(c.rest, STR("\xef\xbb\xbf")))
        c.rest = str_skip(c.rest, 3);
    next_record(&c);
    nnames = c.record.len;
    names = vec_keep(a, &c.record);
    while (next_record(&c))
        vec_push(&rows,
                 row_of(&reader, names, nnames, c.record.items, c.record.len));
    made = vec_keep(a, &rows);
    *n = rows.len;
    vec_release(&rows);
    vec_release(&c.record);
    buf_release(&c.cell);
    buf_release(&bytes);
    return made;
}
