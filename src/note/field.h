/*
 * field: what one line of text says to Dataview (spec/dataview.md §4.4, §4.5,
 * §5.2).
 *
 * Fields in brackets, fields that are a whole line, the dates that emoji mark,
 * tags of list items, names in their canonical form.  Pure functions over text;
 * of what a value means nothing is known here.
 */
#ifndef VAULTSITE_NOTE_FIELD_H
#define VAULTSITE_NOTE_FIELD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

enum field_kind {
    FIELD_BRACKETS,    /* [key:: value] */
    FIELD_PARENTHESES, /* (key:: value) */
    FIELD_LINE,        /* key:: value, the whole line */
    FIELD_EMOJI,       /* 📅 2026-01-05; the key is the plugin's: `due` */
};

struct field {
    struct str key, value; /* trimmed; the key may be "" in brackets */
    /* Bytes [begin, end) of the text; the value begins, ends at value.p. */
    size_t begin, end;
    enum field_kind kind;
};

/* Text is borrowed from the line. Released with vec_release(&f->list). */
struct fields {
    VEC(struct field) list;
};

/*
 * Replaces what *f holds by the fields in brackets of `text` (one line, or an
 * item's lines joined), in order; with `dates` those that emoji mark as well, the
 * first of each name. Of fields that overlap or touch the first one counts
 * (§4.4). Linear.
 */
void fields_find(struct fields *f, struct str text, bool dates);
/* Whether an emoji that may mark a date is in the text: quicker to ask. */
bool fields_have_mark(struct str text);
/* The field that a whole trimmed line is; false where it is none. Ask only where
 * fields_find has found nothing. */
bool field_of_line(struct str line, struct field *out);

/* The canonical form of a name, in `a` unless it is the name itself; may be "". */
struct str field_canonical(struct arena *a, struct str name);

/* An item's source (note.h) without the status box, or what looks like one: any
 * `[c]` with one character or none. Borrowed. */
struct str field_item_text(struct str source);
/* Lines joined by one blank; s itself when it is one. */
struct str field_join_lines(struct arena *a, struct str s);
/*
 * The next tag of an item's text at or after *at, with its `#`; "" when there is
 * none. Purely numeric ones are tags here, and one may stand behind anything.
 */
struct str field_next_tag(struct str text, size_t *at);

#endif
