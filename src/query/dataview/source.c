#include "query/dataview/plan.h"
#include "query/dataview/rows.h"

/* spec/dataview.md §7: FROM. A source is an ordered set of files. */

struct files {
    const uint32_t *items;
    size_t len;
};

struct sourcing {
    struct eval *e;
    uint8_t *marks; /* by file index; all 0 between uses; made when needed */
};

static bool source_files(struct sourcing *s, const struct source *x,
                         struct files *out);

static struct files no_files(void) {
    return (struct files){NULL, 0};
}

/* Those of `from` whose mark is `wanted`, in their order. */
static struct files filter(struct sourcing *s, struct files from,
                           uint8_t wanted) {
    uint32_t *items = arena_array(s->e->scratch, uint32_t, from.len);
    size_t len = 0;

    for (size_t i = 0; i < from.len; i++)
        if (s->marks[from.items[i]] == wanted)
            items[len++] = from.items[i];
    return (struct files){items, len};
}

static void mark(struct sourcing *s, struct files f, uint8_t value) {
    if (s->marks == NULL)
        s->marks = arena_array(s->e->scratch, uint8_t,
                               records_linked(s->e->records)->vault->nfiles);
    for (size_t i = 0; i < f.len; i++)
        s->marks[f.items[i]] = value;
}

static struct files all_pages(struct sourcing *s) {
    return (struct files){records_pages(s->e->records),
                          records_npages(s->e->records)};
}

static struct files folder_files(struct sourcing *s, struct str name) {
    struct records *r = s->e->records;
    struct files f = no_files();
    struct buf path = {0};
    uint32_t file;

    if (name.len == 0 || str_eq(name, STR("/")))
        return all_pages(s);
    if (records_folder(r, name, &f.items, &f.len))
        return f;
    file = records_file(r, name);
    if (file == RECORDS_NONE) {
        buf_add_str(&path, name);
        buf_add_lit(&path, ".md");
        file = records_file(r, buf_str(&path));
        buf_release(&path);
    }
    if (file == RECORDS_NONE)
        return f;
    uint32_t *one = arena_new(s->e->scratch, uint32_t);
    *one = file;
    return (struct files){one, 1};
}

/* The file that `[[name]]` means, or the query's note itself. */
static bool find(struct sourcing *s, struct str name, uint32_t *file) {
    struct eval *e = s->e;

    *file = e->origin;
    if (name.len == 0)
        return e->origin != RECORDS_NONE;
    return records_find(e->records, e->origin, name, file, e->scratch);
}

static struct files incoming(struct sourcing *s, struct str name) {
    struct files f;
    uint32_t file;

    if (find(s, name, &file))
        f.items = records_incoming(s->e->records, file, &f.len);
    else
        f.items = records_dangling(s->e->records, name, &f.len);
    return f;
}

static bool outgoing(struct sourcing *s, struct str name, struct files *f) {
    struct records *r = s->e->records;
    uint32_t file;

    if (!find(s, name, &file)) {
        *f = incoming(s, name);
        return true;
    }
    if (records_page(r, file) == NULL) {
        eval_error(s->e,
                   "Could not find file \"%.*s\" during link lookup - does it "
                   "exist?",
                   STR_ARG(name));
        return false;
    }
    f->items = records_outgoing(r, file, &f->len);
    return true;
}

/* Beside the query's note first, then from the vault's root. */
static bool csv(struct sourcing *s, struct str name, struct files *f) {
    struct eval *e = s->e;
    struct buf path = {0};
    uint32_t *one = arena_new(e->scratch, uint32_t);

    if (e->folder.len > 0) {
        buf_add_str(&path, e->folder);
        buf_add_ch(&path, '/');
    }
    buf_add_str(&path, name);
    *one = records_file(e->records, buf_str(&path));
    buf_release(&path);
    if (*one == RECORDS_NONE)
        *one = records_file(e->records, name);
    if (*one == RECORDS_NONE) {
        eval_error(e, "Could not find CSV file \"%.*s\"", STR_ARG(name));
        return false;
    }
    *f = (struct files){one, 1};
    return true;
}

static bool both(struct sourcing *s, const struct source *x,
                 struct files *out) {
    struct files left, right;

    if (!source_files(s, x->left, &left) || !source_files(s, x->right, &right))
        return false;
    mark(s, left, 1);
    if (x->kind == SOURCE_AND) {
        *out = filter(s, right, 1);
    } else {
        struct files more = filter(s, right, 0);
        uint32_t *items =
            arena_array(s->e->scratch, uint32_t, left.len + more.len);
        for (size_t i = 0; i < left.len; i++)
            items[i] = left.items[i];
        for (size_t i = 0; i < more.len; i++)
            items[left.len + i] = more.items[i];
        *out = (struct files){items, left.len + more.len};
    }
    mark(s, left, 0);
    return true;
}

static bool negated(struct sourcing *s, const struct source *x,
                    struct files *out) {
    struct files inner;

    if (!source_files(s, x->left, &inner))
        return false;
    mark(s, inner, 1);
    *out = filter(s, all_pages(s), 0);
    mark(s, inner, 0);
    return true;
}

static bool source_files(struct sourcing *s, const struct source *x,
                         struct files *out) {
    switch (x->kind) {
    case SOURCE_ALL:
        *out = all_pages(s);
        return true;
    case SOURCE_TAG:
        out->items = records_tagged(s->e->records, x->name, &out->len);
        return true;
    case SOURCE_FOLDER:
        *out = folder_files(s, x->name);
        return true;
    case SOURCE_INCOMING:
        *out = incoming(s, x->name);
        return true;
    case SOURCE_OUTGOING:
        return outgoing(s, x->name, out);
    case SOURCE_CSV:
        return csv(s, x->name, out);
    case SOURCE_NOT:
        return negated(s, x, out);
    case SOURCE_AND:
    case SOURCE_OR:
        return both(s, x, out);
    }
    return false;
}

static void add_page(struct eval *e, struct rows *rows, uint32_t file) {
    struct row row = {records_link(e->records, file),
                      records_page(e->records, file)};

    vec_push(&rows->list, row);
}

static void add_tasks(struct eval *e, struct rows *rows, uint32_t file) {
    const struct value *link = records_link(e->records, file);
    size_t n;
    const struct value *const *items = records_items(e->records, file, &n);

    for (size_t i = 0; i < n; i++)
        if (records_is_task(items[i])) {
            struct row row = {link, record_task_row(e->answer, items[i])};
            vec_push(&rows->list, row);
        }
}

static bool is_csv(struct eval *e, uint32_t file) {
    struct str path = records_linked(e->records)->vault->files[file].path;

    return str_eq_nocase(str_extension(path), STR("csv"));
}

static void add_records(struct eval *e, struct rows *rows, uint32_t file) {
    struct str path = records_linked(e->records)->vault->files[file].path;
    size_t n;
    const struct value *const *items =
        records_csv(e->records, file, e->answer, &n);
    struct buf id = {0};

    for (size_t i = 0; i < n; i++) {
        buf_reset(&id);
        buf_add_str(&id, path);
        buf_add_ch(&id, '#');
        buf_add_u64(&id, i);
        struct row row = {
            value_of_text(e->answer, arena_str(e->answer, buf_str(&id))),
            items[i]};
        vec_push(&rows->list, row);
    }
    buf_release(&id);
}

/* Whether the pages of a source stand in the vault's order. */
static bool is_sorted(const struct source *x) {
    return x->kind == SOURCE_ALL || x->kind == SOURCE_TAG ||
           x->kind == SOURCE_FOLDER || x->kind == SOURCE_INCOMING;
}

static bool has_file(struct files f, uint32_t file) {
    size_t low = 0, high = f.len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f.items[middle] < file)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f.len && f.items[low] == file;
}

/* The first candidate that is not of a file before `file`. */
static size_t first_of(const struct candidates *c, uint32_t file) {
    size_t low = 0, high = c->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->items[middle].file < file)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a task that was found meets a condition that is whole (plan.h). */
static bool meets(const struct query_plan *plan, const struct value *task) {
    return plan->completed !=
           (records_completed(task) ? COMPLETED_NO : COMPLETED_YES);
}

static void add_candidate(struct eval *e, const struct query_plan *plan,
                          struct rows *rows, const struct candidate *c) {
    const struct value *item;

    if (c->item == CANDIDATE_PAGE) {
        add_page(e, rows, c->file);
        return;
    }
    item = records_item(e->records, c->file, c->item);
    if (item != NULL && (!plan->whole || meets(plan, item))) {
        struct row row = {records_link(e->records, c->file),
                          record_task_row(e->answer, item)};
        vec_push(&rows->list, row);
    }
}

/* The candidates that the source has, in the source's order. */
static bool add_candidates(struct eval *e, const struct dql *q,
                           const struct query_plan *plan, struct files files,
                           const struct candidates *c, struct rows *rows) {
    bool sorted = is_sorted(q->source);
    bool all = q->source->kind == SOURCE_ALL;

    for (size_t i = 0; sorted && i < c->len; i++) {
        if (!eval_spend(e, 1))
            return false;
        if (all || has_file(files, c->items[i].file))
            add_candidate(e, plan, rows, &c->items[i]);
    }
    for (size_t i = 0; !sorted && i < files.len; i++) {
        size_t k = first_of(c, files.items[i]);
        if (!eval_spend(e, 1))
            return false;
        for (; k < c->len && c->items[k].file == files.items[i]; k++)
            add_candidate(e, plan, rows, &c->items[k]);
    }
    return true;
}

/* CSV rows have no columns: a source with them is asked row by row. */
static bool has_csv(const struct source *x) {
    if (x->kind == SOURCE_CSV || x->kind == SOURCE_OUTGOING)
        return true;
    return (x->left != NULL && has_csv(x->left)) ||
           (x->right != NULL && has_csv(x->right));
}

static bool add_rows(struct eval *e, const struct dql *q, struct files files,
                     struct rows *rows) {
    for (size_t i = 0; i < files.len; i++) {
        uint32_t file = files.items[i];

        if (!eval_spend(e, 1))
            return false;
        if (records_page(e->records, file) == NULL) {
            if (is_csv(e, file) && q->kind != ANSWER_TASK)
                add_records(e, rows, file);
        } else if (q->kind == ANSWER_TASK) {
            add_tasks(e, rows, file);
        } else {
            add_page(e, rows, file);
        }
    }
    return true;
}

bool rows_of_source(struct eval *e, const struct dql *q,
                    const struct query_plan *plan, struct rows *rows) {
    struct sourcing s = {e, NULL};
    struct candidates candidates;
    struct files files;

    if (!source_files(&s, q->source, &files))
        return false;
    if (plan->needle == NULL || has_csv(q->source))
        return add_rows(e, q, files, rows);
    candidates = plan->whole ? column_found(plan->needle)
                             : column_candidates(plan->needle);
    rows->met = plan->whole;
    return add_candidates(e, q, plan, files, &candidates, rows);
}
