#include "vault/history_log.h"

#define TOKEN_MAX ((size_t)1 << 20)
#define LAST_SECOND 253402300799 /* of the year 9999 */

/* A file that is there now; several where links lead to the same bytes. */
struct tracked {
    uint32_t file;
    struct tracked *next;
};

void history_log_init(struct history_log *l, const struct vault *v) {
    *l = (struct history_log){.nfiles = v->nfiles};
    arena_init(&l->arena);
    map_init(&l->names, &l->arena);
    l->spans = arena_array(&l->arena, struct history_span, v->nfiles + 1);
    for (size_t i = 0; i < v->nfiles; i++) {
        const struct vault_file *f = &v->files[i];
        struct tracked *t;
        void **slot;
        if (f->kind != FILE_NOTE)
            continue;
        slot =
            map_slot_borrowed(&l->names, f->real.len > 0 ? f->real : f->path);
        t = arena_new(&l->arena, struct tracked);
        *t = (struct tracked){(uint32_t)i, *slot};
        *slot = t;
    }
}

void history_log_release(struct history_log *l) {
    buf_release(&l->rest);
    buf_release(&l->from);
    arena_release(&l->arena);
}

static void touch(struct history_log *l, const struct tracked *t) {
    for (; t != NULL && l->dated; t = t->next) {
        struct history_span *s = &l->spans[t->file];
        if (!s->known || l->time < s->first)
            s->first = l->time;
        if (!s->known || l->time > s->last)
            s->last = l->time;
        s->known = true;
    }
}

/* Before the rename the old name meant this file, whatever it means now. */
static void rename_back(struct history_log *l, struct str from, struct str to) {
    struct tracked *t = map_get(&l->names, to);

    touch(l, t);
    if (t != NULL)
        *map_slot(&l->names, to) = NULL;
    if (t != NULL || map_get(&l->names, from) != NULL)
        *map_slot(&l->names, from) = t;
}

static void read_time(struct history_log *l, struct str digits) {
    l->time = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_digit((unsigned char)digits.p[i]))
            l->broken = true;
        else if (l->time <= LAST_SECOND)
            l->time = l->time * 10 + (digits.p[i] - '0');
    }
    l->dated = l->time > 0 && l->time <= LAST_SECOND;
}

/* A commit, or what was done to a file: a letter, with digits after some. */
static void read_change(struct history_log *l, struct str token) {
    if (token.len > 0 && token.p[0] == '\n')
        token = str_skip(token, 1);
    if (token.len > 0 && ascii_digit((unsigned char)token.p[0])) {
        read_time(l, token);
    } else if (token.len > 0 && token.p[0] >= 'A' && token.p[0] <= 'Z') {
        l->change = token.p[0];
        l->expected =
            l->change == 'R' || l->change == 'C' ? TOKEN_FROM : TOKEN_PATH;
    } else {
        l->broken = true;
    }
}

static void read_token(struct history_log *l, struct str token) {
    switch (l->expected) {
    case TOKEN_CHANGE:
        read_change(l, token);
        break;
    case TOKEN_PATH:
        if (l->change != 'D')
            touch(l, map_get(&l->names, token));
        l->expected = TOKEN_CHANGE;
        break;
    case TOKEN_FROM:
        buf_reset(&l->from);
        buf_add_str(&l->from, token);
        l->expected = TOKEN_TO;
        break;
    case TOKEN_TO:
        if (l->change == 'R')
            rename_back(l, buf_str(&l->from), token);
        else
            touch(l, map_get(&l->names, token));
        l->expected = TOKEN_CHANGE;
        break;
    }
}

void history_log_add(struct history_log *l, struct str bytes) {
    size_t end;

    while (!l->broken && (end = str_find(bytes, '\0')) != STR_NONE) {
        struct str token = str_slice(bytes, 0, end);
        if (l->rest.len > 0) {
            buf_add_str(&l->rest, token);
            token = buf_str(&l->rest);
        }
        read_token(l, token);
        buf_reset(&l->rest);
        bytes = str_skip(bytes, end + 1);
    }
    buf_add_str(&l->rest, bytes);
    if (l->rest.len > TOKEN_MAX)
        l->broken = true;
}

bool history_log_end(const struct history_log *l) {
    return !l->broken && l->rest.len == 0 && l->expected == TOKEN_CHANGE;
}
