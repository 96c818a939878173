#include "script/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "script/file_text.h"

#define MAX_BYTES ((size_t)INT32_MAX)

/* A text met again and again: where it lies in the heap. */
struct known {
    const void *of;
    uint32_t slot;
};

struct line_link { /* a link of a note's text */
    uint32_t line, link;
};

struct branch { /* other items of a note, of those that are seen; NOTE_NONE */
    uint32_t up, first, last, next;
};

struct maker {
    const struct tasks *t;
    uint32_t *files; /* by file: its row */
    uint32_t nfiles;
    uint32_t *items; /* by file: the row of its first item that is no task */
    uint32_t nitems; /* rows, those of tasks too */
    struct buf item_slots, file_slots, heap;
    struct buf text; /* scratch */
    struct known heading, status;
    uint32_t nothing; /* the slot of "" */
    /* The note that is laid out. */
    const struct note *note;
    struct branch *tree; /* by item */
    uint32_t *rows;      /* by item; WIRE_NO_ROW: queries know nothing of it */
    struct line_link *links; /* by line */
    uint32_t nlinks;
};

/* --- the heap --- */

static uint32_t keep_text(struct maker *m, struct str s) {
    uint32_t at = (uint32_t)m->heap.len;

    if (s.len == 0)
        return m->nothing;
    buf_add_str(&m->heap, s);
    buf_add_ch(&m->heap, '\0');
    return at;
}

static uint32_t keep_real(struct maker *m, double d) {
    uint32_t at = (uint32_t)m->heap.len;

    buf_add(&m->heap, &d, sizeof d);
    return at;
}

/* What is in m->text, which becomes empty. */
static uint32_t keep_scratch(struct maker *m) {
    uint32_t slot = keep_text(m, buf_str(&m->text));

    buf_reset(&m->text);
    return slot;
}

static uint32_t keep_list(struct maker *m, const struct str *items, size_t n) {
    if (n == 0)
        return WIRE_NONE;
    for (size_t i = 0; i < n; i++) {
        buf_add_ch(&m->text, i == 0 ? '[' : ',');
        json_add_text(&m->text, items[i]);
    }
    buf_add_ch(&m->text, ']');
    return keep_scratch(m);
}

/* --- items --- */

static int by_line(const void *a, const void *b) {
    const struct line_link *x = a, *y = b;

    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->link < y->link ? -1 : x->link > y->link;
}

static void sort_links(struct maker *m) {
    m->nlinks = 0;
    if (m->note->nlinks == 0)
        return;
    m->links = mem_resize(m->links, m->note->nlinks, sizeof *m->links);
    for (uint32_t i = 0; i < m->note->nlinks; i++)
        if (file_text_in_body(&m->note->links[i]))
            m->links[m->nlinks++] =
                (struct line_link){m->note->links[i].line, i};
    qsort(m->links, m->nlinks, sizeof *m->links, by_line);
}

/* The links of a line, as a list; none where it has none. */
static uint32_t keep_line_links(struct maker *m, uint32_t line) {
    uint32_t low = 0, high = m->nlinks;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->links[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == m->nlinks || m->links[low].line != line)
        return WIRE_NONE;
    for (uint32_t i = low; i < m->nlinks && m->links[i].line == line; i++) {
        buf_add_ch(&m->text, i == low ? '[' : ',');
        file_text_add_link(&m->text, m->t->linked, m->note, m->links[i].link);
    }
    buf_add_ch(&m->text, ']');
    return keep_scratch(m);
}

/* Whether scripts see it: what queries know of, and an item that begins on the
 * line of another (`- [ ] - x`, spec/tasks.md §1). */
static bool is_seen(const struct note *n, uint32_t item) {
    const struct item *i = &n->items[item];

    if (i->symbol.len > 0)
        return true;
    return i->parent != NOTE_NONE && n->items[i->parent].line == i->line &&
           n->items[i->parent].symbol.len > 0;
}

/* Needs m->rows. An item comes after the one that it lies in. */
static void grow_tree(struct maker *m) {
    m->tree = mem_resize(m->tree, m->note->nitems, sizeof *m->tree);
    for (uint32_t i = 0; i < m->note->nitems; i++) {
        uint32_t up = m->note->items[i].parent;

        if (up != NOTE_NONE && m->rows[up] == WIRE_NO_ROW)
            up = m->tree[up].up;
        m->tree[i] = (struct branch){up, NOTE_NONE, NOTE_NONE, NOTE_NONE};
        if (up == NOTE_NONE || m->rows[i] == WIRE_NO_ROW)
            continue;
        if (m->tree[up].first == NOTE_NONE)
            m->tree[up].first = i;
        else
            m->tree[m->tree[up].last].next = i;
        m->tree[up].last = i;
    }
}

static uint32_t keep_children(struct maker *m, uint32_t item) {
    uint32_t child = m->tree[item].first;

    if (child == NOTE_NONE)
        return WIRE_NONE;
    for (bool first = true; child != NOTE_NONE; child = m->tree[child].next) {
        buf_add_ch(&m->text, first ? '[' : ',');
        buf_add_u64(&m->text, m->rows[child]);
        first = false;
    }
    buf_add_ch(&m->text, ']');
    return keep_scratch(m);
}

static uint32_t keep_status(struct maker *m, const struct status *s) {
    const struct str texts[] = {s->symbol, s->name, s->next,
                                status_type_names[s->type]};

    if (m->status.of != s)
        m->status = (struct known){s, keep_list(m, texts, ARRAY_LEN(texts))};
    return m->status.slot;
}

static uint32_t keep_heading(struct maker *m, const struct task *k) {
    if (k->heading == NOTE_NONE)
        return WIRE_NONE;
    const struct heading *h = &m->note->headings[k->heading];
    if (m->heading.of != h)
        m->heading = (struct known){h, keep_text(m, task_heading(m->t, k))};
    return m->heading.slot;
}

/* A day, none and an invalid one are the numbers that the table has for them. */
_Static_assert((uint32_t)TASK_DAY_NONE == WIRE_NONE &&
                   (uint32_t)TASK_DAY_INVALID == WIRE_DAY_INVALID,
               "days are what slots are");

static void fill_dates(uint32_t *slots, const struct task *k) {
    static const enum wire_item_column columns[TASK_DATES] = {
        [TASK_DATE_CREATED] = WIRE_ITEM_CREATED,
        [TASK_DATE_START] = WIRE_ITEM_START,
        [TASK_DATE_SCHEDULED] = WIRE_ITEM_SCHEDULED,
        [TASK_DATE_DUE] = WIRE_ITEM_DUE,
        [TASK_DATE_CANCELLED] = WIRE_ITEM_CANCELLED,
        [TASK_DATE_DONE] = WIRE_ITEM_DONE,
    };

    for (size_t i = 0; i < TASK_DATES; i++)
        slots[columns[i]] = (uint32_t)k->dates[i];
}

static void fill_task(struct maker *m, uint32_t *slots, const struct task *k) {
    static const struct str completions[] = {
        [TASK_COMPLETION_NONE] = {NULL, 0},
        [TASK_KEEP] = STR_INIT("keep"),
        [TASK_DELETE] = STR_INIT("delete"),
    };

    slots[WIRE_ITEM_ORIGINAL] = keep_text(m, k->original);
    slots[WIRE_ITEM_DESCRIPTION] = keep_text(m, k->description);
    slots[WIRE_ITEM_STATUS] = keep_status(m, k->status);
    slots[WIRE_ITEM_LINE] = k->line - 1;
    slots[WIRE_ITEM_INDENTATION] = keep_text(m, k->indentation);
    slots[WIRE_ITEM_MARKER] = keep_text(m, k->marker);
    slots[WIRE_ITEM_OUTLINKS] = keep_line_links(m, k->line);
    slots[WIRE_ITEM_TAGS] = keep_list(m, k->tags, k->ntags);
    slots[WIRE_ITEM_PRIORITY] = k->priority;
    fill_dates(slots, k);
    if (k->recurrence.len > 0)
        slots[WIRE_ITEM_RECURRENCE] = keep_text(m, k->recurrence);
    slots[WIRE_ITEM_ON_COMPLETION] =
        keep_text(m, completions[k->on_completion]);
    slots[WIRE_ITEM_ID] = keep_text(m, k->id);
    slots[WIRE_ITEM_DEPENDS_ON] = keep_list(m, k->depends_on, k->ndepends_on);
    slots[WIRE_ITEM_BLOCK_LINK] = keep_text(m, k->block_link);
    slots[WIRE_ITEM_URGENCY] = keep_real(m, k->urgency);
    slots[WIRE_ITEM_FLAGS] = (k->is_blocked ? WIRE_BLOCKED : 0) |
                             (k->is_blocking ? WIRE_BLOCKING : 0) |
                             (k->scheduled_inferred ? WIRE_INFERRED : 0);
    slots[WIRE_ITEM_HEADING] = keep_heading(m, k);
    slots[WIRE_ITEM_SECTION] = k->section - 1;
    slots[WIRE_ITEM_SECTION_INDEX] = k->section_index;
}

/* A list item that is no task, or one that the global filter leaves out. */
static void fill_plain(struct maker *m, uint32_t *slots, const struct item *i) {
    /* One that begins on another's line has no text of its own. */
    const struct item *text =
        i->symbol.len > 0 ? i : &m->note->items[i->parent];
    struct str rest = text->source, line = {0};

    str_next_line(&rest, &line);
    if (text != i && text->status.len > 0)
        line = str_trim(str_after(line, ']'));
    buf_printf(&m->text, "%.*s %.*s", STR_ARG(i->symbol), STR_ARG(line));
    slots[WIRE_ITEM_ORIGINAL] = keep_scratch(m);
    if (i->status.len > 0) {
        slots[WIRE_ITEM_STATUS] = keep_list(m, &i->status, 1);
        line = str_trim(str_after(line, ']'));
    }
    slots[WIRE_ITEM_DESCRIPTION] = keep_text(m, line);
    slots[WIRE_ITEM_LINE] = i->line - 1;
    slots[WIRE_ITEM_INDENTATION] = m->nothing;
    slots[WIRE_ITEM_MARKER] = keep_text(m, i->symbol);
    slots[WIRE_ITEM_OUTLINKS] = keep_line_links(m, i->line);
}

static void lay_out_item(struct maker *m, const struct task_file *f,
                         uint32_t item) {
    uint32_t row = m->rows[item];
    uint32_t slots[WIRE_ITEM_COLUMNS];

    if (row == WIRE_NO_ROW)
        return;
    for (size_t c = 0; c < WIRE_ITEM_COLUMNS; c++)
        slots[c] = WIRE_NONE;
    slots[WIRE_ITEM_FILE] = m->files[m->note->index];
    uint32_t up = m->tree[item].up;
    slots[WIRE_ITEM_PARENT] = up == NOTE_NONE ? WIRE_NONE : m->rows[up];
    slots[WIRE_ITEM_CHILDREN] = keep_children(m, item);
    if (f->task[item] != TASK_NONE)
        fill_task(m, slots, &m->t->items[f->task[item]]);
    else
        fill_plain(m, slots, &m->note->items[item]);
    memcpy(m->item_slots.p + (size_t)row * sizeof slots, slots, sizeof slots);
}

/* --- files --- */

typedef bool link_choice(const struct link *k);

static uint32_t keep_file_links(struct maker *m, link_choice *in) {
    bool first = true;

    for (uint32_t i = 0; i < m->note->nlinks; i++) {
        if (!in(&m->note->links[i]))
            continue;
        buf_add_ch(&m->text, first ? '[' : ',');
        file_text_add_link(&m->text, m->t->linked, m->note, i);
        first = false;
    }
    if (first)
        return WIRE_NONE;
    buf_add_ch(&m->text, ']');
    return keep_scratch(m);
}

static void lay_out_file(struct maker *m) {
    uint32_t slots[WIRE_FILE_COLUMNS];

    slots[WIRE_FILE_PATH] = keep_text(m, vault_shown(m->note->file));
    file_text_add_tags(&m->text, m->note);
    slots[WIRE_FILE_TAGS] = keep_scratch(m);
    file_text_add_properties(&m->text, m->note);
    slots[WIRE_FILE_FRONTMATTER] = keep_scratch(m);
    slots[WIRE_FILE_BODY_LINKS] = keep_file_links(m, file_text_in_body);
    slots[WIRE_FILE_FRONT_LINKS] = keep_file_links(m, file_text_in_properties);
    buf_add(&m->file_slots, slots, sizeof slots);
}

static void lay_out_note(struct maker *m, uint32_t file) {
    const struct task_file *f = &m->t->files[file];
    uint32_t row = m->items[file];

    m->note = m->t->linked->notes[file];
    lay_out_file(m);
    if (m->note->nitems == 0)
        return;
    sort_links(m);
    m->rows = mem_resize(m->rows, m->note->nitems, sizeof *m->rows);
    for (uint32_t i = 0; i < m->note->nitems; i++)
        m->rows[i] = f->task[i] != TASK_NONE ? f->task[i]
                     : is_seen(m->note, i)   ? row++
                                             : WIRE_NO_ROW;
    grow_tree(m);
    for (uint32_t i = 0; i < m->note->nitems; i++)
        lay_out_item(m, f, i);
}

/* Which files and items have rows. */
static void count_rows(struct maker *m) {
    const struct linked *l = m->t->linked;

    m->nitems = m->t->len;
    for (size_t i = 0; i < l->vault->nfiles; i++) {
        const struct task_file *f = &m->t->files[i];
        m->files[i] = WIRE_NO_ROW;
        if (f->begin == f->end)
            continue;
        m->files[i] = m->nfiles++;
        m->items[i] = m->nitems;
        for (uint32_t k = 0; k < l->notes[i]->nitems; k++)
            m->nitems += f->task[k] == TASK_NONE && is_seen(l->notes[i], k);
    }
}

static void lay_out(struct maker *m) {
    size_t slots = (size_t)m->nitems * WIRE_ITEM_COLUMNS * sizeof(uint32_t);

    buf_reserve(&m->item_slots, slots);
    m->item_slots.len = slots;
    buf_add_ch(&m->heap, '\0'); /* the text of m->nothing */
    for (size_t i = 0; i < m->t->linked->vault->nfiles; i++)
        if (m->files[i] != WIRE_NO_ROW)
            lay_out_note(m, (uint32_t)i);
}

/* --- the file --- */

static bool put(int fd, const void *p, size_t n) {
    const char *at = p;

    while (n > 0) {
        ssize_t wrote = write(fd, at, n);
        if (wrote < 0 && errno != EINTR)
            return false;
        if (wrote > 0) {
            at += wrote;
            n -= (size_t)wrote;
        }
    }
    return true;
}

static bool put_buf(int fd, const struct buf *b) {
    return put(fd, b->p, b->len);
}

static int write_table(const struct maker *m) {
    const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    struct wire_table head = {
        .magic = WIRE_MAGIC,
        .ntasks = m->t->len,
        .nitems = m->nitems,
        .nfiles = m->nfiles,
        .heap = sizeof head + m->item_slots.len + m->file_slots.len,
    };
    int fd;

    head.size = head.heap + m->heap.len;
    if (m->heap.len > MAX_BYTES)
        return -1;
    fd = memfd_create("vaultsite-tasks", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        return -1;
    if (put(fd, &head, sizeof head) && put_buf(fd, &m->item_slots) &&
        put_buf(fd, &m->file_slots) && put_buf(fd, &m->heap) &&
        fcntl(fd, F_ADD_SEALS, seals) == 0)
        return fd;
    close(fd);
    return -1;
}

int table_make(const struct tasks *t, uint32_t *rows) {
    struct maker m = {.t = t, .files = rows};
    int fd;

    m.items = mem_resize(NULL, t->linked->vault->nfiles + 1, sizeof *m.items);
    count_rows(&m);
    lay_out(&m);
    fd = write_table(&m);
    buf_release(&m.item_slots);
    buf_release(&m.file_slots);
    buf_release(&m.heap);
    buf_release(&m.text);
    mem_free(m.items);
    mem_free(m.rows);
    mem_free(m.tree);
    mem_free(m.links);
    return fd;
}
