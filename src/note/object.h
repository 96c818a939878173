/*
 * object: a note object while it is being built.
 *
 * Private to note/.  One per thread: its buffers are used again for each note
 * and copied to the build arena when the note is done (object_finish).  The
 * renderer writes HTML to `html` and tells of everything else through the
 * functions here.
 */
#ifndef VAULTSITE_NOTE_OBJECT_H
#define VAULTSITE_NOTE_OBJECT_H

#include "base/map.h"
#include "base/vec.h"
#include "note/note.h"

struct open_item {
    uint32_t item;    /* items; NOTE_NONE when it is not recorded */
    struct range own; /* the piece of `own` being written */
    size_t first;     /* pieces: index of this item's first */
};

struct open_section {
    uint32_t heading;
    const void *parent; /* the heading's parent block */
};

struct object {
    struct note *note;
    struct arena *build, *scratch;
    struct diags *diags;
    struct buf html, text;
    struct map used_ids; /* in scratch: id -> next suffix */
    VEC(struct fixup) fixups;
    VEC(struct str) ids;
    VEC(struct link) links;
    VEC(struct embed) embeds;
    VEC(struct tag_use) tags;
    VEC(struct query) queries;
    VEC(struct inline_query) inline_queries;
    VEC(struct footnote) footnotes;
    VEC(struct heading) headings;
    VEC(struct block) blocks;
    VEC(struct item) items;
    VEC(struct field_line) field_lines;
    VEC(struct comment_link) comment_links;
    VEC(struct link) diagram_links;
    VEC(struct note_anchor)
    anchors; /* as they are met, the first of each name */
    VEC(struct turn) turns;
    VEC(struct turn_time) times;
    VEC(struct text_block) text_blocks;
    VEC(struct text_gap) gaps;
    VEC(struct open_item) open_items;
    VEC(struct range) pieces;
    VEC(struct open_section) open_sections;
};

/* Forgets the last note, keeps the buffers; fields of `note` that compile sets
 * itself (front, title, file…) are left alone. */
void object_begin(struct object *o, struct note *note);
/* Copies everything to the build arena and into the note. */
void object_finish(struct object *o);
void object_release(struct object *o);
/* symbols.c: what note_find_* search in, for a note that is finished. */
void symbols_sort(struct note_anchor *anchors, size_t n); /* by name */
void note_index_symbols(struct note *n, struct arena *a);

void object_fixup(struct object *o, enum fixup_kind kind, uint32_t ref);
/* A range that begins, ends here. */
struct range object_range_begin(const struct object *o);
void object_range_end(const struct object *o, struct range *r);
/* One range as a slice of blocks. */
struct slice object_slice(struct object *o, struct range r);

/* An id that the page does not have yet: `wanted`, else with `-2`, `-3` …
 * *taken tells that it was not free. */
struct str object_id(struct object *o, struct str wanted, bool *taken);
/* Writes nothing; an id fixup stands here from now on. */
void object_add_id(struct object *o, struct str id);

/* All tags, all links in text that is not shown (decisions.md 5); `line` is its
 * first, `in_html`: it is a comment of HTML. */
void object_hidden_tags(struct object *o, struct str text, uint32_t line,
                        bool in_html);
void object_hidden_links(struct object *o, struct str text, uint32_t line);

/* Plain text of one leaf block. */
uint32_t object_text_begin(const struct object *o);
void object_text_end(struct object *o, uint32_t begin, uint32_t line,
                     enum text_kind kind);

/* What was added to the plain text from `begin` on is a gap; one that holds others
 * takes their place. */
void object_gap(struct object *o, uint32_t begin);

/* A heading of `parent` is about to be written: sections that it ends, end. */
void object_heading_begin(struct object *o, uint8_t level, const void *parent);
/* The block `parent` is about to be closed: sections in it end here. */
void object_sections_end(struct object *o, const void *parent);

/* List items: begun before `<li`, ended behind `</li>`; nested lists of the
 * innermost item are left out of its `own`. `written`: as an element, else it has
 * no slices. */
void object_item_begin(struct object *o, struct item item);
void object_nested_begin(struct object *o);
void object_nested_end(struct object *o);
uint32_t object_item_end(struct object *o, bool written);

#endif
