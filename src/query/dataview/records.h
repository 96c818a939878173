/*
 * records: the pages and list items of a vault, as queries see them.
 *
 * spec/dataview.md §4–§6 over the compiled and linked notes.  What a page holds
 * is worked out when it is first asked for, once, by whichever thread asks;
 * pages that no query looks at cost nothing.  Only published notes are pages.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_RECORDS_H
#define VAULTSITE_QUERY_DATAVIEW_RECORDS_H

#include "base/collate.h"
#include "link/link.h"
#include "query/answer.h"
#include "value/print.h"

#define RECORDS_NONE UINT32_MAX

struct query_dates;
struct records;

/* `l` is borrowed; `now` is the clock. Everything is in `a`; to be released. */
struct records *records_new(struct arena *a, const struct linked *l,
                            struct civil_instant now);
void records_release(struct records *r);

const struct linked *records_linked(const struct records *r);
const struct query_dates *records_dates(const struct records *r);
const struct collator *records_collator(const struct records *r);
const struct value_style *records_style(const struct records *r);

/* Whether a field `visual` may stand in some note: it would replace the text of
 * tasks (spec/dataview.md §12). */
bool records_has_visual(const struct records *r);
/* Whether a time of some file was asked for that git did not tell. */
bool records_asked_times(const struct records *r);

/* The pages: file indices in vault order. */
size_t records_npages(const struct records *r);
const uint32_t *records_pages(const struct records *r);
/* The page of a file, NULL where it is none (or not published). */
const struct value *records_page(struct records *r, uint32_t file);
/* A link to a file without display, as `file.link` is. */
const struct value *records_link(struct records *r, uint32_t file);
/* What a link to `path` in the file `from` means (§7); false: nothing. From
 * RECORDS_NONE as from the vault's root. */
bool records_find(const struct records *r, uint32_t from, struct str path,
                  uint32_t *file, struct arena *scratch);

/* Whether a link to `path` leads to the same file, or to none, from every note.
 * Others do not: a path seen from a folder, a name of several files. */
bool records_means_one(const struct records *r, struct str path);

/* --- items --- */

/* Values of the list items (tasks among them) of a page, in order of lines. */
const struct value *const *records_items(struct records *r, uint32_t file,
                                         size_t *n);
/* The item of that index in the note's items, NULL where queries know of none. */
const struct value *records_item(struct records *r, uint32_t file,
                                 uint32_t item);
bool records_is_task(const struct value *item);
/* Only `completed`, and the text, of a task: what most conditions ask. */
bool records_completed(const struct value *item);
/* The row of a TASK query: the task, and what its page knows besides. */
const struct value *record_task_row(struct arena *a, const struct value *task);

/* --- other rows --- */

/* `base` with the member `name` set. */
const struct value *record_with(struct arena *a, const struct value *base,
                                struct str name, const struct value *value);

/* A row made of a list item, or by record_with, in `a`, with what `keeper` makes of
 * the values in it; other records are themselves. */
typedef const struct value *record_keeper(void *context, const struct value *v);
const struct value *record_keep(struct arena *a, const struct value *record,
                                record_keeper *keeper, void *context);

/* --- links --- */

/* The files that a page's outlinks lead to, each once, in their order. */
const uint32_t *records_outgoing(struct records *r, uint32_t file, size_t *n);
/* The pages that link to a file, in vault order. */
const uint32_t *records_incoming(struct records *r, uint32_t file, size_t *n);
/* The pages with a link, written so, that leads nowhere. */
const uint32_t *records_dangling(struct records *r, struct str path, size_t *n);

/* --- sources --- */

/* The pages with the tag (without '#', any case) or one below, in vault order. */
const uint32_t *records_tagged(struct records *r, struct str tag, size_t *n);
/* The pages below a folder, written exactly so; false: there is none. */
bool records_folder(const struct records *r, struct str folder,
                    const uint32_t **pages, size_t *n);
/* A file by its exact path, RECORDS_NONE. */
uint32_t records_file(const struct records *r, struct str path);
/*
 * The rows of a CSV file (§7), objects in `a`; what cannot be read gives none.
 * Only files that are published.
 */
const struct value *const *records_csv(struct records *r, uint32_t file,
                                       struct arena *a, size_t *n);

#endif
