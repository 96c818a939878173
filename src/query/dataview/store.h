/*
 * store: what is kept of pages and list items.  Private to records.
 *
 * Parts of a page are made under the lock of its stripe, in that stripe's
 * arena, and then read by all threads without one.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_STORE_H
#define VAULTSITE_QUERY_DATAVIEW_STORE_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/map.h"
#include "base/vec.h"
#include "note/field.h"
#include "query/dataview/folders.h"
#include "query/dataview/gather.h"
#include "query/dataview/records.h"
#include "query/dataview/tree.h"
#include "value/zones.h"

#define STORE_STRIPES 16

struct page;

/* What an item's text says of itself, made when it is first asked for. */
struct item_fields {
    struct field_values all; /* its own, names of §5.2 among them */
    /* created, due, completion, start, scheduled of a task; NULL: none */
    const struct value *dates[5];
};

struct list_item {
    struct page *page;
    const struct item *of;
    uint32_t index;  /* in the note's items */
    struct str text; /* §5.2 */
    struct value_record record;
    struct value value; /* that record */
    const struct list_item *parent;
    const struct value *children; /* a list */
    bool completed, fully_completed;
    _Atomic(const struct item_fields *) fields; /* item_fields() */
};
extern const struct str list_item_dates[5]; /* their names */

struct page_items {
    const struct list_item *items; /* in order of lines */
    size_t len;
    const struct value *lists, *tasks;
};

/* What its links lead to. */
struct page_links {
    const uint32_t *files; /* each once */
    size_t nfiles;
    const struct str *dangling; /* paths as written */
    size_t ndangling;
};

/* The links of its text by line: indices in the note's links. */
struct page_lines {
    const uint32_t *links;
    size_t n;
};

struct page_tags {
    const struct value *etags, *tags;
};

struct page {
    struct records *records;
    uint32_t file;
    const struct note *note;
    const struct value *link, *record, *file_record;
    /* Made when first asked for: page_items() and so on. */
    _Atomic(const void *) items, fields, links, lines, outlinks, tags;
};

struct stripe {
    pthread_mutex_t lock;
    struct arena arena, scratch;
    struct fields found; /* used again for each line, each item */
    struct gather gather;
};

/* Lists of files by name: tags, folders, targets. */
struct file_list {
    VEC(uint32_t) files;
};

struct records {
    struct arena *arena;
    const struct linked *linked;
    struct zones zones;
    struct query_dates dates;
    struct collator *collator;
    struct value_style style;
    struct page **pages; /* by file; NULL */
    uint32_t *order;     /* files that are pages, in vault order */
    size_t npages;
    struct map paths; /* on disk and as shown, to file + 1 */
    struct folders folders;
    struct stripe stripes[STORE_STRIPES];
    /* Indices over all pages, made when they are first asked for. */
    pthread_mutex_t lock;
    struct arena index_arena;
    _Atomic bool has_tags, has_links;
    struct map tags;            /* lower case -> struct file_list */
    struct map dangling;        /* path -> struct file_list */
    struct file_list *incoming; /* by file */
    bool has_visual;
    struct map starred;       /* paths in bookmarks */
    _Atomic bool asked_times; /* a ctime or mtime was, without git */
};

/* The fields of an item, made where they are not yet. */
const struct item_fields *item_fields(struct list_item *i);
/* The parts, made where they are not yet. */
const struct page_items *page_items(struct page *p);
const struct field_values *page_fields(struct page *p);
const struct page_links *page_links(struct page *p);
const struct page_lines *page_lines(struct page *p);
const struct value *page_outlinks(struct page *p);
const struct page_tags *page_tags(struct page *p);

/* The makers, called under the stripe's lock: items.c, fields.c, tags.c, links.c. What
 * they make is in s->arena. */
const void *items_make(struct page *p, struct stripe *s);
/* The lock that the parts of a page are made under. */
struct stripe *page_stripe(struct page *p);
const void *fields_make(struct page *p, struct stripe *s);
const void *links_make(struct page *p, struct stripe *s);
const void *lines_make(struct page *p, struct stripe *s);
const void *outlinks_make(struct page *p, struct stripe *s);
const void *tags_make(struct page *p, struct stripe *s);

/* tags.c: calls for each tag of a note, without its `#`, also for those that stand
 * twice: those of the body, then those of the properties. The text is good for
 * the call only; `hidden`: it stands in a comment. */
#define TAG_PARENTS 100 /* of a tag with more levels only so many are known */
typedef void tag_call(void *context, struct str tag, bool hidden);
void each_tag(const struct note *n, tag_call *call, void *context);

/* The links of the lines [first, first + n), as an item has them: §5.2. */
const struct value *links_of_lines(struct page *p, uint32_t first,
                                   uint32_t nlines, struct arena *a);
/* The value of an inline field's text; links are resolved from the page. */
const struct value *store_inline(struct page *p, struct stripe *s,
                                 struct str text);

/* items.c: whether queries know the item of that index. */
bool item_is_known(const struct note *n, uint32_t i);
/* items.c: adds the fields of an item of p's note, each value for itself. Called
 * under the stripe's lock. */
void item_gather(struct page *p, struct stripe *s, const struct item *of,
                 struct gather *g);

extern const struct record_class page_class, file_class, item_class;
static inline struct str page_path(const struct page *p) {
    return p->note->file->path;
}

#endif
