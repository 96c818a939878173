#include "query/dataview/records.h"

#include "base/utf16.h"
#include "link/names.h"
#include "query/dataview/store.h"
#include "value/date_make.h"

/* --- parts of pages --- */

struct stripe *page_stripe(struct page *p) {
    return &p->records->stripes[p->file % STORE_STRIPES];
}

typedef const void *part_maker(struct page *p, struct stripe *s);

/* What is made once, by the first who asks; others then read it without a lock.
 * A maker asks for no other part. */
static const void *part(struct page *p, _Atomic(const void *) *slot,
                        part_maker *make) {
    const void *made = atomic_load_explicit(slot, memory_order_acquire);
    struct stripe *s = page_stripe(p);

    if (made != NULL)
        return made;
    pthread_mutex_lock(&s->lock);
    made = atomic_load_explicit(slot, memory_order_relaxed);
    if (made == NULL) {
        made = make(p, s);
        atomic_store_explicit(slot, made, memory_order_release);
        arena_reset(&s->scratch);
    }
    pthread_mutex_unlock(&s->lock);
    return made;
}

const struct page_items *page_items(struct page *p) {
    return part(p, &p->items, items_make);
}

const struct field_values *page_fields(struct page *p) {
    return part(p, &p->fields, fields_make);
}

const struct page_links *page_links(struct page *p) {
    return part(p, &p->links, links_make);
}

const struct page_lines *page_lines(struct page *p) {
    return part(p, &p->lines, lines_make);
}

const struct value *page_outlinks(struct page *p) {
    return part(p, &p->outlinks, outlinks_make);
}

const struct page_tags *page_tags(struct page *p) {
    return part(p, &p->tags, tags_make);
}

const struct value *field_value(const struct field_values *f, struct str name) {
    for (size_t i = 0; i < f->len; i++)
        if (str_eq(f->items[i].name, name))
            return f->items[i].value;
    return NULL;
}

/* --- making the whole --- */

static bool is_page(const struct linked *l, uint32_t file) {
    struct str extension = str_extension(l->vault->files[file].path);

    return l->published[file] && l->notes[file] != NULL &&
           (str_eq_nocase(extension, STR("md")) ||
            str_eq_nocase(extension, STR("markdown")));
}

static const struct value *make_record(struct records *r, struct page *p,
                                       const struct record_class *class) {
    struct value_record record = {.class = class,
                                  .of = p,
                                  .order = (uint64_t)p->file << 32,
                                  .text = page_path(p)};

    return value_of_record(r->arena, record);
}

/* A link shows the name of its path, unless that is damaged text. */
static const struct value *make_link(struct records *r, const struct page *p) {
    struct value_link link = {
        .kind = VALUE_LINK_FILE, .file = p->file + 1, .path = page_path(p)};
    struct str shown = str_basename(vault_shown(p->note->file));

    if (!str_eq(str_basename(link.path), shown)) {
        if (str_ends(shown, STR(".md")))
            shown.len -= sizeof ".md" - 1;
        link.has_display = true;
        link.display = shown;
    }
    return value_of_link(r->arena, link);
}

static void add_page(struct records *r, struct page *p, uint32_t file) {
    p->records = r;
    p->file = file;
    p->note = r->linked->notes[file];
    p->link = make_link(r, p);
    p->record = make_record(r, p, &page_class);
    p->file_record = make_record(r, p, &file_class);
    r->pages[file] = p;
    r->order[r->npages++] = file;
}

static void add_pages(struct records *r) {
    const struct vault *v = r->linked->vault;
    struct page *pages;
    size_t n = 0;

    for (uint32_t i = 0; i < v->nfiles; i++)
        n += is_page(r->linked, i);
    pages = arena_array(r->arena, struct page, n);
    r->pages = arena_array(r->arena, struct page *, v->nfiles);
    r->order = arena_array(r->arena, uint32_t, n);
    for (uint32_t i = 0; i < v->nfiles; i++) {
        if (is_page(r->linked, i))
            add_page(r, &pages[r->npages], i);
        if (r->linked->published[i])
            *map_slot_borrowed(&r->paths, v->files[i].path) =
                (void *)(uintptr_t)(i + 1);
    }
    folders_make(&r->folders, r->arena, v, r->order, r->npages);
}

/* By the paths that are shown, where no file has that one on disk. */
static void add_shown_paths(struct records *r) {
    const struct vault *v = r->linked->vault;

    for (uint32_t i = 0; i < v->nfiles; i++) {
        void **slot;

        if (!r->linked->published[i] || v->files[i].shown.len == 0)
            continue;
        slot = map_slot_borrowed(&r->paths, v->files[i].shown);
        if (*slot == NULL)
            *slot = (void *)(uintptr_t)(i + 1);
    }
}

/* Groups within groups of bookmarks are walked with a depth that JSON bounds. */
static void add_starred(struct records *r, const struct json *items) {
    const struct json *first = items != NULL ? items->first : NULL;

    for (const struct json *j = first; j != NULL; j = j->next) {
        const struct json *type = json_member(j, STR("type"));
        const struct json *path = json_member(j, STR("path"));

        add_starred(r, json_member(j, STR("items")));
        if (type != NULL && type->kind == JSON_TEXT && path != NULL &&
            path->kind == JSON_TEXT && str_eq(type->text, STR("file")))
            *map_slot_borrowed(&r->starred, path->text) = r;
    }
}

/* Words that could be the name of such a field: in any spelling whose canonical
 * form it is. */
static bool says_visual(struct str s) {
    for (size_t i = 0; i + 6 <= s.len; i++)
        if ((s.p[i] | 0x20) == 'v' &&
            str_starts_nocase(str_skip(s, i), STR("visual")))
            return true;
    return false;
}

static bool note_says_visual(const struct note *n) {
    for (size_t i = 0; i < n->front.nproperties; i++)
        if (says_visual(n->front.properties[i].key))
            return true;
    for (uint32_t i = 0; i < n->nfield_lines; i++)
        if (says_visual(n->field_lines[i].text))
            return true;
    for (uint32_t i = 0; i < n->nitems && n->items_have_colons; i++)
        if (n->items[i].has_fields && says_visual(n->items[i].source))
            return true;
    return false;
}

static bool any_says_visual(const struct records *r) {
    for (size_t i = 0; i < r->npages; i++)
        if (note_says_visual(r->pages[r->order[i]]->note))
            return true;
    return false;
}

struct records *records_new(struct arena *a, const struct linked *l,
                            struct civil_instant now) {
    struct records *r = arena_new(a, struct records);

    r->arena = a;
    r->linked = l;
    zones_init(&r->zones, l->vault->settings->time_zone);
    r->dates.zones = &r->zones;
    r->dates.now = date_at(&r->zones.local,
                           now.seconds * 1000 + now.nanoseconds / 1000000);
    r->collator = collator_new(STR("en"));
    r->style =
        (struct value_style){l->vault->settings->dataview_values.null_text,
                             l->vault->settings->dataview_values.date_format,
                             l->vault->settings->dataview_values.time_format};
    map_init(&r->paths, a);
    map_init(&r->starred, a);
    arena_init(&r->index_arena);
    map_init(&r->tags, &r->index_arena);
    map_init(&r->dangling, &r->index_arena);
    pthread_mutex_init(&r->lock, NULL);
    for (size_t i = 0; i < STORE_STRIPES; i++) {
        pthread_mutex_init(&r->stripes[i].lock, NULL);
        arena_init(&r->stripes[i].arena);
        arena_init(&r->stripes[i].scratch);
        gather_init(&r->stripes[i].gather, &r->stripes[i].arena,
                    &r->stripes[i].scratch);
    }
    add_pages(r);
    add_shown_paths(r);
    r->has_visual = any_says_visual(r);
    add_starred(r, json_member(l->vault->settings->bookmarks, STR("items")));
    return r;
}

/* What answers lead to stays: it moves to the arena of the whole. */
void records_release(struct records *r) {
    for (size_t i = 0; i < STORE_STRIPES; i++) {
        pthread_mutex_destroy(&r->stripes[i].lock);
        arena_take(r->arena, &r->stripes[i].arena);
        arena_release(&r->stripes[i].scratch);
        gather_release(&r->stripes[i].gather);
        vec_release(&r->stripes[i].found.list);
    }
    pthread_mutex_destroy(&r->lock);
    pthread_mutex_destroy(&r->zones.lock);
    arena_take(r->arena, &r->zones.arena); /* dates lead there */
    arena_take(r->arena, &r->index_arena);
    collator_free(r->collator);
}

/* --- asking --- */

const struct linked *records_linked(const struct records *r) {
    return r->linked;
}

const struct query_dates *records_dates(const struct records *r) {
    return &r->dates;
}

const struct collator *records_collator(const struct records *r) {
    return r->collator;
}

const struct value_style *records_style(const struct records *r) {
    return &r->style;
}

bool records_has_visual(const struct records *r) {
    return r->has_visual;
}

bool records_asked_times(const struct records *r) {
    return atomic_load_explicit(&r->asked_times, memory_order_relaxed);
}

size_t records_npages(const struct records *r) {
    return r->npages;
}

const uint32_t *records_pages(const struct records *r) {
    return r->order;
}

const struct value *records_page(struct records *r, uint32_t file) {
    return r->pages[file] != NULL ? r->pages[file]->record : NULL;
}

const struct value *records_link(struct records *r, uint32_t file) {
    return r->pages[file] != NULL ? r->pages[file]->link : &value_null;
}

uint32_t records_file(const struct records *r, struct str path) {
    return (uint32_t)(uintptr_t)map_get(&r->paths, path) - 1;
}

/* A note of the vault's root stands for a query that is in none. */
bool records_find(const struct records *r, uint32_t from, struct str path,
                  uint32_t *file, struct arena *scratch) {
    struct name_match match;
    uint32_t exact = records_file(r, path);

    if (exact != RECORDS_NONE) { /* most paths are resolved ones */
        *file = exact;
        return true;
    }
    if (path.len == 0 && from == RECORDS_NONE)
        return false;
    match = names_resolve(r->linked->names, from == RECORDS_NONE ? 0 : from,
                          str_trim(str_until(path, '#')), scratch);
    *file = match.file;
    return match.file != NAMES_NONE && r->linked->published[match.file];
}

bool records_means_one(const struct records *r, struct str path) {
    struct name_match match;
    struct arena scratch;

    if (records_file(r, path) != RECORDS_NONE)
        return true;
    if (path.len == 0 || path.p[0] == '.' || path.p[0] == '#')
        return false;
    arena_init(&scratch);
    match = names_resolve(r->linked->names, 0, str_trim(str_until(path, '#')),
                          &scratch);
    arena_release(&scratch);
    return match.file == NAMES_NONE;
}

const struct value *const *records_items(struct records *r, uint32_t file,
                                         size_t *n) {
    const struct value *lists = page_items(r->pages[file])->lists;

    *n = lists->as.list.len;
    return lists->as.list.items;
}

const struct value *records_item(struct records *r, uint32_t file,
                                 uint32_t item) {
    const struct page_items *items = page_items(r->pages[file]);
    size_t low = 0, high = items->len;

    /* Mostly none was left out before it. */
    if (item < items->len && items->items[item].index == item)
        return &items->items[item].value;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items->items[middle].index < item)
            low = middle + 1;
        else
            high = middle;
    }
    return low < items->len && items->items[low].index == item
               ? &items->items[low].value
               : NULL;
}

const uint32_t *records_outgoing(struct records *r, uint32_t file, size_t *n) {
    const struct page_links *links = page_links(r->pages[file]);

    *n = links->nfiles;
    return links->files;
}

bool records_folder(const struct records *r, struct str folder,
                    const uint32_t **pages, size_t *n) {
    const struct folder_pages *found = folders_find(&r->folders, folder);

    if (found == NULL)
        return false;
    *pages = found->pages;
    *n = found->n;
    return true;
}

/* --- indices over all pages --- */

static struct file_list *list_of(struct records *r, struct map *m,
                                 struct str key) {
    void **slot = map_slot(m, key);

    if (*slot == NULL)
        *slot = arena_new(&r->index_arena, struct file_list);
    return *slot;
}

/* `file` once, although it may be met several times in a row. */
static void list_add(struct records *r, struct file_list *list, uint32_t file) {
    if (list->files.len > 0 && *vec_last(&list->files) == file)
        return;
    if (list->files.len == list->files.cap) {
        size_t cap = list->files.cap > 0 ? list->files.cap * 2 : 4;
        uint32_t *grown = arena_array(&r->index_arena, uint32_t, cap);

        if (list->files.len > 0)
            memcpy(grown, list->files.items, list->files.len * sizeof *grown);
        list->files.items = grown;
        list->files.cap = cap;
    }
    list->files.items[list->files.len++] = file;
}

/* The lists of a tag and of all above it. */
struct tag_lists {
    struct file_list *list;
    struct tag_lists *above; /* NULL: none */
};

struct tag_index {
    struct records *records;
    uint32_t file;
    struct map spellings; /* tags as written, to their struct tag_lists */
    struct arena scratch;
};

static struct tag_lists *lists_of(struct tag_index *x, struct str tag) {
    struct records *r = x->records;
    struct tag_lists *first = NULL, **last = &first;
    size_t end = tag.len;

    tag = utf16_lower(&x->scratch, tag);
    for (int n = 0; end != STR_NONE && n <= TAG_PARENTS; n++) {
        tag = n == 0 ? tag : str_slice(tag, 0, end);
        *last = arena_new(&x->scratch, struct tag_lists);
        (*last)->list = list_of(r, &r->tags, tag);
        last = &(*last)->above;
        end = str_rfind(tag, '/');
    }
    return first;
}

static void index_tag(void *context, struct str tag, bool hidden) {
    struct tag_index *x = context;
    void **slot = map_slot(&x->spellings, tag);

    (void)hidden;
    if (*slot == NULL)
        *slot = lists_of(x, tag);
    for (const struct tag_lists *l = *slot; l != NULL; l = l->above)
        list_add(x->records, l->list, x->file);
}

static void index_tags(struct records *r) {
    struct tag_index x = {.records = r};

    arena_init(&x.scratch);
    map_init(&x.spellings, &x.scratch);
    for (size_t i = 0; i < r->npages; i++) {
        x.file = r->order[i];
        each_tag(r->pages[x.file]->note, index_tag, &x);
    }
    arena_release(&x.scratch);
}

static void index_links(struct records *r) {
    r->incoming = arena_array(&r->index_arena, struct file_list,
                              r->linked->vault->nfiles);
    for (size_t i = 0; i < r->npages; i++) {
        const struct page_links *links = page_links(r->pages[r->order[i]]);

        for (size_t k = 0; k < links->nfiles; k++)
            list_add(r, &r->incoming[links->files[k]], r->order[i]);
        for (size_t k = 0; k < links->ndangling; k++)
            list_add(r, list_of(r, &r->dangling, links->dangling[k]),
                     r->order[i]);
    }
}

static void index_once(struct records *r, _Atomic bool *done,
                       void index(struct records *)) {
    if (atomic_load_explicit(done, memory_order_acquire))
        return;
    pthread_mutex_lock(&r->lock);
    if (!atomic_load_explicit(done, memory_order_relaxed)) {
        index(r);
        atomic_store_explicit(done, true, memory_order_release);
    }
    pthread_mutex_unlock(&r->lock);
}

static const uint32_t *files_of(const struct file_list *list, size_t *n) {
    *n = list != NULL ? list->files.len : 0;
    return list != NULL ? list->files.items : NULL;
}

const uint32_t *records_tagged(struct records *r, struct str tag, size_t *n) {
    struct arena scratch;
    const uint32_t *files;

    index_once(r, &r->has_tags, index_tags);
    arena_init(&scratch);
    files = files_of(map_get(&r->tags, utf16_lower(&scratch, tag)), n);
    arena_release(&scratch);
    return files;
}

const uint32_t *records_incoming(struct records *r, uint32_t file, size_t *n) {
    index_once(r, &r->has_links, index_links);
    return files_of(&r->incoming[file], n);
}

const uint32_t *records_dangling(struct records *r, struct str path,
                                 size_t *n) {
    index_once(r, &r->has_links, index_links);
    return files_of(map_get(&r->dangling, path), n);
}
