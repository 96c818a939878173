#include "entity/decisions.h"

#include <endian.h>

#include "base/merge_sort.h"
#include "base/name_key.h"
#include "base/number_sort.h"
#include "base/vec.h"
#include "entity/timeline.h"

/* One list item that says something. */
struct said {
    uint32_t row; /* distinct texts, in order of appearance */
    uint32_t file;
    struct str text;
};

/* Rows in the order of a note. */
struct listed {
    const uint32_t *rows;
    uint32_t n;
};

struct collection {
    struct entity_work *work;
    struct arena own; /* of name keys and what they lead to */
    enum purpose purpose;
    struct map rows; /* name key without final full stops -> row + 1 */
    uint32_t nrows;
    VEC(struct said) said; /* by file, line */
};

/* Marks that a tool puts before a decision. */
static struct str without_mark(struct str s) {
    static const struct str marks[] = {STR_INIT("✅"), STR_INIT("✔"),
                                       STR_INIT("☑"), STR_INIT("\xef\xb8\x8f")};
    bool found = true;

    while (found) {
        found = false;
        s = str_trim(s);
        if (s.len == 0 || (unsigned char)s.p[0] < 0x80) /* most */
            break;
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
            if (str_starts(s, marks[i])) {
                s = str_skip(s, marks[i].len);
                found = true;
            }
    }
    return s;
}

/* A bullet or number at most one blank in, no task, in no other list. */
static bool counts(const struct item *item) {
    return !item->is_task && item->parent == NOTE_NONE &&
           item->symbol.len > 0 && item->list_line > 0 &&
           item->symbol.p - item->first_line.p <= 1 &&
           item->first_line.p[0] != '\t';
}

static void add(struct collection *c, uint32_t file, struct str text) {
    struct str key;
    void **slot;
    struct said said = {.file = file};

    said.text = without_mark(section_line(c->work->arena, text));
    key = name_key_of_spaced(&c->own, said.text);
    while (str_ends(key, STR(".")))
        key.len--;
    key = str_rtrim(key);
    if (key.len == 0)
        return;
    slot = map_slot_borrowed(&c->rows, key);
    if (*slot == NULL)
        *slot = (void *)(uintptr_t)++c->nrows;
    said.row = (uint32_t)((uintptr_t)*slot - 1);
    vec_push(&c->said, said);
}

/* Items come by line, those of footnotes apart; *next is the first one that may
 * stand in the section or behind it. */
static void read_section(struct collection *c, const struct note *n,
                         const struct section *s, uint32_t *next) {
    uint32_t block = s->first_block;

    while (*next < n->nitems && n->items[*next].line < s->first_line)
        ++*next;
    for (; *next < n->nitems && n->items[*next].line < s->end_line; ++*next) {
        const struct item *item = &n->items[*next];

        if (!counts(item))
            continue;
        while (block < s->end_block && n->text_blocks[block].line < item->line)
            block++;
        if (block < s->end_block &&
            n->text_blocks[block].line < item->line + item->nlines)
            add(c, n->index,
                str_slice(n->text, n->text_blocks[block].begin,
                          n->text_blocks[block].end));
    }
}

static void read_note(struct collection *c, const struct note *n) {
    const struct note_sections *sections = &c->work->sections[n->index];
    uint32_t next = 0;

    for (uint32_t i = 0; i < sections->n; i++)
        if (sections->items[i].purpose == c->purpose)
            read_section(c, n, &sections->items[i], &next);
}

/* Whether the text counts from the note `a` before it counts from `b`: events
 * before others, the earliest first, a meeting before its transcript. Files come in
 * the order of paths. */
static bool is_earlier(const struct entity_work *w, uint32_t a, uint32_t b) {
    uint32_t x = w->all->event_of[a], y = w->all->event_of[b];
    const struct event *p, *q;

    if (x == ENTITY_NONE || y == ENTITY_NONE)
        return x != ENTITY_NONE;
    p = &w->events[x];
    q = &w->events[y];
    if (p->date != q->date) /* TASK_DAY_NONE is the least */
        return q->date == TASK_DAY_NONE ||
               (p->date != TASK_DAY_NONE && p->date < q->date);
    return p->merged_into == ENTITY_NONE && q->merged_into != ENTITY_NONE;
}

static int text_order(void *context, const void *a, const void *b) {
    const struct decision *rows = context;

    return str_cmp(rows[*(const uint32_t *)a].text,
                   rows[*(const uint32_t *)b].text);
}

/* The first four, in the order of texts; those a shorter one has not are zero. */
static uint32_t first_bytes(struct str s) {
    uint32_t bytes = 0;

    if (s.len >= sizeof bytes)
        memcpy(&bytes, s.p, sizeof bytes);
    else
        memcpy(&bytes, s.p, s.len);
    return be32toh(bytes);
}

/* Numbers of all rows: newest first, those of one day by text. */
static const uint32_t *order_rows(struct arena *a, const struct decision *rows,
                                  uint32_t n) {
    uint32_t *order = arena_room(a, uint32_t, n),
             *room = arena_room(a, uint32_t, n),
             *age = arena_room(a, uint32_t, n),
             *begins = arena_room(a, uint32_t, n);

    for (uint32_t i = 0; i < n; i++) {
        order[i] = i;
        age[i] = day_age(rows[i].date);
        begins[i] = first_bytes(rows[i].text);
    }
    number_sort_close_up(age, n);
    number_sort_by(begins, order, n, room);
    number_sort_by(age, order, n, room);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && age[order[end]] == age[order[i]] &&
                          begins[order[end]] == begins[order[i]];)
            end++;
        if (end - i > 1)
            merge_sort(order + i, end - i, sizeof *order, room, text_order,
                       (void *)rows);
    }
    return order;
}

/* Of the `n` items `said`; there is room for as many `notes`. */
static void fill_row(const struct collection *c, struct decision *row,
                     const uint32_t *said, uint32_t n, uint32_t *notes) {
    const struct entity_work *w = c->work;
    const struct said *best = &c->said.items[said[0]];
    uint32_t nnotes = 0;

    for (uint32_t i = 0; i < n; i++) {
        const struct said *s = &c->said.items[said[i]];

        if (nnotes == 0 || notes[nnotes - 1] != s->file)
            notes[nnotes++] = s->file;
        if (is_earlier(w, s->file, best->file))
            best = s;
    }
    *row = (struct decision){.text = best->text,
                             .date = TASK_DAY_NONE,
                             .note = best->file,
                             .notes = notes,
                             .nnotes = nnotes};
    if (w->all->event_of[best->file] != ENTITY_NONE)
        row->date = w->events[w->all->event_of[best->file]].date;
}

/* The rows in their order; final[i] is the place of row i. */
static const struct decision *make_rows(struct collection *c, uint32_t *final) {
    struct arena *scratch = &c->own;
    uint32_t n = c->nrows, nsaid = (uint32_t)c->said.len;
    uint32_t *begins = arena_array(scratch, uint32_t, n + 2),
             *by_row = arena_room(scratch, uint32_t, nsaid),
             *notes = arena_room(c->work->arena, uint32_t, nsaid);
    const uint32_t *order;
    struct decision *rows = arena_room(scratch, struct decision, n),
                    *sorted = arena_room(c->work->arena, struct decision, n);

    for (uint32_t i = 0; i < nsaid; i++)
        begins[c->said.items[i].row + 2]++;
    for (uint32_t i = 2; i < n + 2; i++)
        begins[i] += begins[i - 1];
    for (uint32_t i = 0; i < nsaid; i++)
        by_row[begins[c->said.items[i].row + 1]++] = i;
    for (uint32_t i = 0; i < n; i++) {
        fill_row(c, &rows[i], &by_row[begins[i]], begins[i + 1] - begins[i],
                 notes);
        notes += rows[i].nnotes;
    }
    order = order_rows(scratch, rows, n);
    for (uint32_t i = 0; i < n; i++) {
        final[order[i]] = i;
        sorted[i] = rows[order[i]];
    }
    return sorted;
}

/* The rows that each file has, in order. */
static struct listed *list_by_file(const struct collection *c,
                                   const uint32_t *final) {
    struct arena *a = c->work->arena;
    struct listed *of =
        arena_array(a, struct listed, c->work->linked->vault->nfiles);
    uint32_t *rows = arena_room(a, uint32_t, c->said.len);

    for (uint32_t i = 0; i < c->said.len; i++) {
        struct listed *l = &of[c->said.items[i].file];

        rows[i] = final[c->said.items[i].row];
        if (l->n++ == 0)
            l->rows = &rows[i];
    }
    return of;
}

static const struct listed *collect(struct entity_work *w, enum purpose purpose,
                                    const struct decision **rows, uint32_t *n) {
    struct collection c = {.work = w, .purpose = purpose};
    const struct linked *l = w->linked;
    const struct listed *listed;
    uint32_t *final;

    arena_init(&c.own);
    map_init(&c.rows, &c.own);
    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        if (w->sections[i].n > 0)
            read_note(&c, l->notes[i]);
    final = arena_array(&c.own, uint32_t, c.nrows);
    *rows = make_rows(&c, final);
    *n = c.nrows;
    listed = list_by_file(&c, final);
    vec_release(&c.said);
    arena_release(&c.own);
    return listed;
}

void decisions_find(struct entity_work *w) {
    const struct listed *decisions =
                            collect(w, PURPOSE_DECISIONS, &w->all->decisions,
                                    &w->all->ndecisions),
                        *facts = collect(w, PURPOSE_FACTS, &w->all->facts,
                                         &w->all->nfacts);

    for (uint32_t i = 0; i < w->all->nevents; i++) {
        struct event *e = &w->events[i];

        e->decisions = decisions[e->note].rows;
        e->ndecisions = decisions[e->note].n;
        e->facts = facts[e->note].rows;
        e->nfacts = facts[e->note].n;
    }
}
