/*
 * link: every reference resolved once, and what follows from it.
 *
 * Takes the compiled notes and gives targets, backlinks and tags.  Sees only
 * published notes; unpublished files are tombstones in `names` and nowhere else
 * (decisions.md 4).  Nothing here knows of URLs or HTML.
 */
#ifndef VAULTSITE_LINK_LINK_H
#define VAULTSITE_LINK_LINK_H

#include "link/names.h"
#include "note/note.h"

enum link_outcome {
    LINK_MISSING, /* no such file, or a tombstone: never told apart */
    LINK_NOTE,
    LINK_FILE, /* an attachment */
};

enum link_part {
    PART_NONE,    /* no subpath asked for (or it is a file's: kept as typed) */
    PART_HEADING, /* part: index in the note's headings */
    PART_BLOCK,   /* part: index in the note's blocks */
    PART_ANCHOR,  /* part: index in the note's ids; raw HTML's own */
    PART_TURN,    /* part: index in the note's turns; no link asks for one */
    PART_MISSING, /* asked for, not there */
};

struct target {
    enum link_outcome outcome;
    uint32_t file; /* in vault->files; undefined when missing */
    enum link_part kind;
    uint32_t part;
};

struct backlink {
    uint32_t from;  /* file index of the note that links here */
    uint32_t link;  /* its first such link that has a context, else its first */
    uint32_t count; /* how many of its links lead here */
};

struct backlinks {
    const struct backlink *items; /* by `from`, as linked->newest */
    uint32_t len;
};

struct tag {
    struct str name;          /* display: first spelling in vault order */
    struct str key;           /* folded */
    struct str last;          /* last level of the display name */
    uint32_t parent;          /* tags, UINT32_MAX at the top */
    const uint32_t *children; /* tags, by key order */
    uint32_t nchildren;
    const uint32_t *notes; /* files with this very tag, in vault order */
    uint32_t nnotes;
    uint32_t ntotal; /* distinct notes with this tag or one below it */
};

#define LINKED_NONE UINT32_MAX

/* All arrays but `tags` are by file index. */
struct linked {
    const struct vault *vault;
    const struct note *const *notes; /* NULL: an attachment, or not published */
    const struct names *names;
    const bool *published; /* a note of `notes`, or an attachment that is not
                              excluded; the rest are tombstones */
    const struct target *const *targets; /* then by link index */
    const struct backlinks *backlinks;   /* attachments too */
    const bool *attachment_used;         /* a published note refers to it */
    /* The published image that stands for a note where others show a link to it
     * (`image`, `cover`): a file; LINKED_NONE. NULL without `base_url`. */
    const uint32_t *pictures;
    const struct tag *tags; /* by key, level by level; ancestors are tags too */
    uint32_t ntags;
    const struct note_dates *dates; /* dates.h; of published notes */
    /* Not by file index, but all of these: notes by note_day, the newest first,
     * then what has none; vault order among equals. */
    const uint32_t *newest;
};

/*
 * `notes[i]` is the published note of file i, else NULL. Findings of link-*,
 * heading-missing, block-missing and embed-* (but cycles and depth, which
 * stitch meets) go to `d`, in no promised order; none for notes in template
 * folders. A note does not link back to itself; template notes give no
 * backlinks and no tags (decisions.md 6). All but `d` is in `a` and does not
 * depend on `jobs`.
 */
struct linked *link_vault(struct arena *a, const struct vault *v,
                          const struct note *const *notes, unsigned jobs,
                          struct diags *d);

/* The tag with this key (folded, without '#'), or UINT32_MAX. Empty levels are
 * passed over, as in `a/` and `a//b`. */
uint32_t linked_tag(const struct linked *l, struct str key);
/* Resolves one more reference that stands in `from` (property panel, answers).
 * Many threads may ask at once, each with its own scratch arena. */
struct target linked_resolve(const struct linked *l, uint32_t from,
                             struct str target, struct str subpath,
                             struct arena *scratch);
/* The same where the file is known: the part of it that `subpath` means.
 * NAMES_NONE, or a file that is not published, is LINK_MISSING. */
struct target linked_part(const struct linked *l, uint32_t file,
                          struct str subpath, struct arena *scratch);

/*
 * One line of context for a link (decisions.md 19): plain text of its block
 * around it, at most 160 code points, cut at word borders with "…". *at and
 * *len tell where in it the link's own text stands (bytes). "" for links
 * without text (properties, footnotes).
 */
struct str link_context(struct arena *a, const struct note *n,
                        const struct link *l, size_t *at, size_t *len);
/* The same for bytes [begin, end) of a note's text in its block `block`. */
struct str text_context(struct arena *a, const struct note *n, uint32_t block,
                        uint32_t begin, uint32_t end, size_t *at, size_t *len);
/* Whether the link stands in text at all: link_context would not give "". */
bool link_has_context(const struct note *n, const struct link *l);

#endif
