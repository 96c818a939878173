/*
 * mask: what cmark must not see, under bytes of the same length.
 *
 * `[ ] ! * _ < \ & `` and newline never reach an inline extension of cmark-gfm.
 * Before parsing, the first byte of what only Obsidian knows is replaced by a C0
 * control (clean text has none), which an extension may claim; whatever stays
 * unclaimed is put back when a literal is read.  Lengths never change, so columns
 * stay exact (dependencies.md, "facts that shape note/").
 */
#ifndef VAULTSITE_NOTE_MASK_H
#define VAULTSITE_NOTE_MASK_H

#include "base/buf.h"
#include "base/vec.h"
#include "note/field.h"
#include "vault/settings.h"

#define MASK_WIKI '\x01'      /* first `[` of `[[` */
#define MASK_EMBED '\x02'     /* `!` of `![[` */
#define MASK_TASK '\x03'      /* `[` of a task mark */
#define MASK_FOOTNOTE '\x04'  /* `[` of `[^` */
#define MASK_URL_LOWER '\x05' /* `h` of a bare `http://`, `https://` */
#define MASK_URL_UPPER '\x06' /* `H` of the same */
#define MASK_REFERENCE '\x07' /* `&` of a reference to a control: `&#1;` */
#define MASK_DASH '\x08'  /* `-` of a delimiter row or list past the limits */
#define MASK_QUOTE '\x0e' /* `>`, `*`, `+` of what is nested past the limit */
#define MASK_STAR '\x0f'
#define MASK_PLUS '\x10'
#define MASK_FIELD '\x11'   /* `[` of a field in brackets */
#define MASK_KEYLESS '\x12' /* `(` of the same in parentheses */
#define MASK_TIME '\x13' /* `[` of a time that may be a turn's (transcript.h) */
#define MASK_TURNS '\x15' /* stands for lines that are kept from the parser */

/* Containers that one line may open or go on with; what is deeper stays text. In
 * cmark-gfm every line costs time with the depth of what is open, without any
 * allocation. */
#define MASK_MAX_NESTING 500

/* Whole lines of a text. */
struct mask_lines {
    uint32_t begin, end;   /* bytes */
    uint32_t line, nlines; /* from 1 */
};

struct mask {
    bool mask_fields;    /* set by the caller: fields in brackets are masked, */
    bool mask_times;     /* and so are times */
    struct fields found; /* in the line at hand */
    /* Set by the caller: lines that the parser shall not see, ascending. Nothing in
     * them is masked; MASK_TURNS is all that is fed of them. */
    const struct mask_lines *kept;
    size_t nkept;
    bool has_pair;       /* `::` stands somewhere */
    bool has_times;      /* `[` and a digit begin some line */
    struct buf text;     /* the masked text */
    VEC(uint32_t) lines; /* offset of each line's first byte */
    uint32_t last_math;  /* offset of the text's last "$$", or 0 */
    uint32_t wide_table; /* 1-based line of the first wide table, or 0 */
    uint32_t too_deep; /* 1-based line: indented past the nesting, too many open
                              * images; or 0 */
};

void mask_release(struct mask *m);
/* Fills *m from `text` (clean, below 4 GB). Linear. */
void mask_text(struct mask *m, struct str text, const struct limits *limits);
/* What the parser is fed of line `i` (from 0), without its LF. *next is 0 for the
 * first line asked for, and kept from line to line. */
struct str mask_line(const struct mask *m, size_t i, size_t *next);
/* Appends `s` with the masked bytes put back. */
void mask_undo(struct buf *out, struct str s);
/* True when s holds a masked byte. */
bool mask_found(struct str s);
/* The byte that `c` stands for; `c` itself when it is no mask. */
char mask_original(char c);
/* s itself when nothing is masked, else an unmasked copy in `a`. */
struct str mask_plain(struct arena *a, struct str s);

#endif
