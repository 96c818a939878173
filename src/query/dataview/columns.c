#include "query/dataview/columns.h"

#include "base/needles.h"
#include "query/dataview/context.h"
#include "query/dataview/store.h"

/* A column keeps one list of candidates for each value that is asked for. */
struct column_needle {
    struct field_column *column;
    struct str text; /* looked for as a part of texts; "" : it is not */
    VEC(struct candidate) list;
    struct column_needle *next; /* in the column */
};

struct field_column {
    struct columns *all;
    enum column_test test;
    struct str member; /* of the page, or of its `file` */
    bool of_file;
    const struct source *source; /* NULL: all pages are looked through */
    struct map by_key;           /* to the needle */
    struct column_needle *needles;
    size_t nneedles, nbytes; /* of their texts */
    _Atomic bool made;
    pthread_mutex_t lock;
    struct arena arena;
    VEC(struct candidate) odd; /* those with values that have no key */
};

struct columns {
    struct records *records;
    struct arena *arena;
    struct arena kept;
    struct map by_name; /* to the column */
    VEC(struct field_column *) list;
    pthread_mutex_t lock;
    struct arena shadow_arena;
    bool *shadows; /* by file, under the lock: page_shadows(); NULL: not yet */
};

struct columns *columns_new(struct arena *a, struct records *r) {
    struct columns *c = arena_new(a, struct columns);

    c->records = r;
    c->arena = a;
    arena_init(&c->kept);
    map_init(&c->by_name, &c->kept);
    pthread_mutex_init(&c->lock, NULL);
    arena_init(&c->shadow_arena);
    return c;
}

void columns_release(struct columns *c) {
    for (size_t i = 0; i < c->list.len; i++) {
        struct field_column *column = c->list.items[i];
        for (struct column_needle *n = column->needles; n; n = n->next)
            vec_release(&n->list);
        vec_release(&column->odd);
        pthread_mutex_destroy(&column->lock);
        arena_release(&column->arena);
    }
    vec_release(&c->list);
    pthread_mutex_destroy(&c->lock);
    arena_release(&c->shadow_arena);
    arena_release(&c->kept);
}

/* --- what has a key --- */

/* Equal values have the same one; "" for a kind that has none. */
static void add_key(struct buf *out, const struct records *r,
                    const struct value *v) {
    struct arena scratch;
    double n;

    buf_add_ch(out, (char)('a' + v->kind));
    switch (v->kind) {
    case VALUE_NULL:
        break;
    case VALUE_BOOL:
        buf_add_ch(out, v->as.boolean ? '1' : '0');
        break;
    case VALUE_NUMBER:
        n = v->as.number == 0 ? 0 : v->as.number; /* -0 */
        buf_add(out, &n, sizeof n);
        break;
    case VALUE_TEXT:
        arena_init(&scratch);
        buf_add_str(out, collator_key(r->collator, &scratch, v->as.text));
        arena_release(&scratch);
        break;
    case VALUE_DATE:
        buf_add(out, &v->as.date.ms, sizeof v->as.date.ms);
        break;
    case VALUE_LINK:
        arena_init(&scratch);
        buf_add_str(out, collator_key(r->collator, &scratch, v->as.link->path));
        arena_release(&scratch);
        break;
    default:
        buf_reset(out);
        break;
    }
}

/* A path that does not mean the same from every note has none. */
static bool has_key(const struct records *r, const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_NUMBER:
    case VALUE_TEXT:
    case VALUE_DATE:
        return true;
    case VALUE_LINK:
        return records_means_one(r, v->as.link->path);
    default:
        return false;
    }
}

bool column_value(const struct columns *c, enum column_test test,
                  const struct value *v) {
    if (v->kind == VALUE_TEXT && test != COLUMN_EQUAL)
        return v->as.text.len > 0;
    if (test == COLUMN_TASK_TEXT)
        return false;
    if (v->kind == VALUE_NULL)
        return test == COLUMN_EQUAL;
    return has_key(c->records, v);
}

/* --- what can be asked --- */

static const struct str file_members[] = {
    STR_INIT("path"),     STR_INIT("folder"),  STR_INIT("name"),
    STR_INIT("link"),     STR_INIT("ext"),     STR_INIT("tags"),
    STR_INIT("etags"),    STR_INIT("day"),     STR_INIT("aliases"),
    STR_INIT("outlinks"), STR_INIT("inlinks"),
};

/* `name`, or `file.member`. */
static bool field_of(const struct expr *x, struct str *member, bool *of_file) {
    const struct expr *index;

    *of_file = x->kind == EXPR_INDEX;
    if (x->kind == EXPR_NAME) {
        *member = x->as.name;
        return !str_eq(x->as.name, STR("this")) &&
               !str_eq(x->as.name, STR("row")) &&
               !str_eq(x->as.name, STR("file"));
    }
    if (x->kind != EXPR_INDEX || x->as.index.base->kind != EXPR_NAME ||
        !str_eq(x->as.index.base->as.name, STR("file")))
        return false;
    index = x->as.index.index;
    if (index->kind != EXPR_VALUE || index->as.value->kind != VALUE_TEXT)
        return false;
    *member = index->as.value->as.text;
    for (size_t i = 0; i < ARRAY_LEN(file_members); i++)
        if (str_eq(file_members[i], *member))
            return true;
    return false;
}

bool column_field(const struct expr *field) {
    struct str member;
    bool of_file;

    return field_of(field, &member, &of_file);
}

/* --- expecting --- */

static struct field_column *column_named(struct columns *c,
                                         const struct source *source,
                                         enum column_test test,
                                         struct str member, bool of_file) {
    struct buf name = {0};
    struct field_column *column;
    void **slot;

    buf_add_ch(&name, (char)('0' + test));
    buf_add_ch(&name, of_file ? 'f' : 'p');
    buf_add_str(&name, member);
    if (source != NULL) {
        buf_add_ch(&name, source->kind == SOURCE_TAG ? '#' : '/');
        buf_add_str(&name, source->name);
    }
    slot = map_slot(&c->by_name, buf_str(&name));
    buf_release(&name);
    if (*slot != NULL)
        return *slot;
    column = arena_new(&c->kept, struct field_column);
    column->all = c;
    column->test = test;
    column->member = member;
    column->of_file = of_file;
    column->source = source;
    arena_init(&column->arena);
    map_init(&column->by_key, &c->kept);
    pthread_mutex_init(&column->lock, NULL);
    vec_push(&c->list, column);
    *slot = column;
    return column;
}

static struct column_needle *needle_of(struct field_column *column,
                                       const struct value *value) {
    struct columns *c = column->all;
    bool is_part = value->kind == VALUE_TEXT && column->test != COLUMN_EQUAL;
    struct buf key = {0};
    struct column_needle *n;
    void **slot;

    if (is_part) { /* byte for byte: texts that compare as equal are not one */
        buf_add_ch(&key, '=');
        buf_add_str(&key, value->as.text);
    } else {
        add_key(&key, c->records, value);
    }
    slot = map_slot(&column->by_key, buf_str(&key));
    if (*slot == NULL && (!is_part || column->nbytes + value->as.text.len <=
                                          NEEDLES_MAX_BYTES)) {
        n = arena_new(&c->kept, struct column_needle);
        n->column = column;
        if (is_part)
            n->text = arena_str(&c->kept, value->as.text);
        column->nbytes += n->text.len;
        n->next = column->needles;
        column->needles = n;
        column->nneedles++;
        *slot = n;
    }
    buf_release(&key);
    return *slot;
}

/* Sources with lists of their own: only their pages have to be looked through. The
 * tasks of all pages are read once for all queries. */
static const struct source *source_of_column(const struct source *source,
                                             enum column_test test) {
    bool own = source->kind == SOURCE_TAG || source->kind == SOURCE_FOLDER;

    return own && test != COLUMN_TASK_TEXT ? source : NULL;
}

const struct column_needle *column_expect(struct columns *c,
                                          const struct source *source,
                                          enum column_test test,
                                          const struct expr *field,
                                          const struct value *value) {
    struct str member = STR("");
    bool of_file = false;

    if (test != COLUMN_TASK_TEXT)
        field_of(field, &member, &of_file);
    source = source_of_column(source, test);
    return needle_of(column_named(c, source, test, member, of_file), value);
}

/* --- making --- */

/* One pass over the pages. */
struct making {
    struct field_column *column;
    struct needles *needles; /* NULL: no parts of texts are looked for */
    struct column_needle **by_index;
    struct candidate at;
    struct arena scratch;
    struct buf key;
};

static bool is_of(const struct candidate *c, struct candidate at) {
    return c->file == at.file && c->item == at.item;
}

static void add(struct column_needle *n, struct candidate at) {
    if (n->list.len == 0 || !is_of(vec_last(&n->list), at))
        vec_push(&n->list, at);
}

static void part_found(void *context, size_t needle) {
    struct making *m = context;

    add(m->by_index[needle], m->at);
}

static void add_odd(struct making *m) {
    struct field_column *c = m->column;

    if (c->odd.len == 0 || !is_of(vec_last(&c->odd), m->at))
        vec_push(&c->odd, m->at);
}

static void add_value(struct making *m, const struct value *v, int depth) {
    struct field_column *c = m->column;
    struct column_needle *n;

    if (c->test == COLUMN_CONTAINS && v->kind == VALUE_LIST &&
        depth < VALUE_MAX_DEPTH) {
        for (size_t i = 0; i < v->as.list.len; i++)
            add_value(m, v->as.list.items[i], depth + 1);
        return;
    }
    if (c->test == COLUMN_CONTAINS && v->kind == VALUE_TEXT) {
        if (m->needles != NULL)
            needles_search(m->needles, v->as.text, part_found, m);
        return;
    }
    if (!has_key(c->all->records, v)) {
        add_odd(m);
        return;
    }
    buf_reset(&m->key);
    add_key(&m->key, c->all->records, v);
    n = map_get(&c->by_key, buf_str(&m->key));
    if (n != NULL)
        add(n, m->at);
}

static const struct value *column_member(struct making *m,
                                         const struct page *p) {
    struct field_column *c = m->column;
    const struct value *of = c->of_file ? p->file_record : p->record;
    const struct value *v = value_member(of, c->member, &m->scratch);

    return v != NULL ? v : &value_null;
}

/* Whether a task may have a field of its own that is called `this` or `file`:
 * for such a one a condition means something else, and may fail. */
static bool task_shadows(struct str source) {
    return str_find_str(source, STR("::"), 0) != STR_NONE &&
           (str_find_str(source, STR("this"), 0) != STR_NONE ||
            str_find_str(source, STR("file"), 0) != STR_NONE);
}

static void add_tasks(struct making *m, const struct note *n, bool shadowed) {
    for (uint32_t i = 0; i < n->nitems && n->has_tasks; i++) {
        struct str source = n->items[i].source;

        if (!n->items[i].is_task || !item_is_known(n, i))
            continue;
        m->at.item = i;
        needles_search(m->needles, field_item_text(source), part_found, m);
        if (shadowed || (n->items_have_colons && task_shadows(source)))
            add_odd(m);
    }
}

static void add_needles(struct making *m) {
    struct field_column *c = m->column;
    struct str *texts = arena_array(&c->arena, struct str, c->nneedles);
    size_t n = 0;

    m->by_index = arena_array(&c->arena, struct column_needle *, c->nneedles);
    for (struct column_needle *k = c->needles; k != NULL; k = k->next)
        if (k->text.len > 0) {
            m->by_index[n] = k;
            texts[n++] = k->text;
        }
    if (n > 0)
        m->needles = needles_new(&c->arena, texts, n);
}

/* A quick look for names that may be `this` in their canonical form. */
static bool may_be_this(struct str s) {
    unsigned seen = 0;

    for (size_t i = 0; i < s.len; i++)
        switch (s.p[i] | 0x20) {
        case 't':
            seen |= 1;
            break;
        case 'h':
            seen |= 2;
            break;
        case 's':
            seen |= 4;
            break;
        default:
            break;
        }
    return seen == 7;
}

/* Whether a page has a field `this`: in its rows that is what `this` means, as in
 * the plugin. */
static bool page_shadows(struct page *p) {
    const struct note *n = p->note;
    bool may = false;

    for (size_t i = 0; i < n->front.nproperties && !may; i++)
        may = may_be_this(n->front.properties[i].key);
    for (uint32_t i = 0; i < n->nfield_lines && !may; i++)
        may = may_be_this(n->field_lines[i].text);
    for (uint32_t i = 0; i < n->nitems && n->items_have_colons && !may; i++)
        may = !n->items[i].is_task &&
              str_find_str(n->items[i].source, STR("::"), 0) != STR_NONE;
    return may && field_value(page_fields(p), STR("this")) != NULL;
}

static const bool *find_shadows(struct columns *c) {
    struct records *r = c->records;

    pthread_mutex_lock(&c->lock);
    if (c->shadows == NULL) {
        c->shadows =
            arena_array(&c->shadow_arena, bool, r->linked->vault->nfiles);
        for (size_t i = 0; i < r->npages; i++)
            c->shadows[r->order[i]] = page_shadows(r->pages[r->order[i]]);
    }
    pthread_mutex_unlock(&c->lock);
    return c->shadows;
}

static const uint32_t *pages_of(struct field_column *c, size_t *n) {
    struct records *r = c->all->records;
    const uint32_t *pages;

    if (c->source != NULL && c->source->kind == SOURCE_TAG)
        return records_tagged(r, c->source->name, n);
    if (c->source != NULL && records_folder(r, c->source->name, &pages, n))
        return pages;
    *n = r->npages;
    return r->order;
}

static void make(struct field_column *c) {
    const bool *shadows = find_shadows(c->all);
    struct making m = {.column = c};
    size_t n;
    const uint32_t *pages = pages_of(c, &n);

    arena_init(&m.scratch);
    add_needles(&m);
    for (size_t i = 0; i < n; i++) {
        const struct page *p = c->all->records->pages[pages[i]];

        m.at = (struct candidate){pages[i], CANDIDATE_PAGE};
        if (c->test != COLUMN_TASK_TEXT) {
            add_value(&m, column_member(&m, p), 0);
            arena_reset(&m.scratch);
            if (shadows[m.at.file])
                add_odd(&m);
        } else if (m.needles != NULL) {
            add_tasks(&m, p->note, shadows[m.at.file]);
        }
    }
    arena_release(&m.scratch);
    buf_release(&m.key);
}

/* --- asking --- */

static bool is_before(struct candidate a, struct candidate b) {
    return a.file != b.file ? a.file < b.file : a.item < b.item;
}

/* Those of both lists, in order. */
static struct candidates with_odd(struct field_column *c,
                                  const struct column_needle *n) {
    size_t total = n->list.len + c->odd.len, len = 0, i = 0, k = 0;
    struct candidate *items;

    if (c->odd.len == 0)
        return (struct candidates){n->list.items, n->list.len};
    items = arena_array(&c->arena, struct candidate, total);
    while (i < n->list.len || k < c->odd.len) {
        bool first =
            k == c->odd.len ||
            (i < n->list.len && is_before(n->list.items[i], c->odd.items[k]));
        struct candidate at = first ? n->list.items[i] : c->odd.items[k];

        i += first;
        k += !first;
        if (len == 0 || is_before(items[len - 1], at))
            items[len++] = at;
    }
    return (struct candidates){items, len};
}

static void make_once(struct field_column *c) {
    if (!atomic_load_explicit(&c->made, memory_order_acquire)) {
        pthread_mutex_lock(&c->lock);
        if (!atomic_load_explicit(&c->made, memory_order_relaxed)) {
            make(c);
            atomic_store_explicit(&c->made, true, memory_order_release);
        }
        pthread_mutex_unlock(&c->lock);
    }
}

struct candidates column_found(const struct column_needle *needle) {
    make_once(needle->column);
    return (struct candidates){needle->list.items, needle->list.len};
}

struct candidates column_candidates(const struct column_needle *needle) {
    struct field_column *c = needle->column;
    struct candidates found;

    make_once(c);
    if (c->odd.len == 0)
        return with_odd(c, needle);
    pthread_mutex_lock(&c->lock);
    found = with_odd(c, needle);
    pthread_mutex_unlock(&c->lock);
    return found;
}
