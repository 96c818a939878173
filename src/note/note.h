/*
 * note: the object that compiling one note gives.
 *
 * A note's Markdown leaves `note/` as one byte string of finished HTML, the
 * *fragment*, and a sorted list of *fixups*: places where something belongs that
 * compile cannot know (design.md §1).  Fixups only insert.  Headings, blocks and
 * list items are *slices* of the fragment: lists of ranges that parse to a
 * balanced tree (decisions.md 14).
 *
 * Everything here is in an arena that lives as long as the build and is const
 * once compile has returned.  Offsets are bytes; lines are 1-based lines of the
 * file, columns 1-based code points of the file as it stands on disk.
 */
#ifndef VAULTSITE_NOTE_NOTE_H
#define VAULTSITE_NOTE_NOTE_H

#include "note/role.h"
#include "vault/vault.h"

#define NOTE_NONE UINT32_MAX

enum fixup_kind {
#define FIXUP(id, name, ref) id,
#include "note/fixups.def"
#undef FIXUP
    FIXUP_KINDS
};

/* What a task's character says; FIXUP_TASK. */
enum task_state {
#define TASK_STATE(id, mark, name) id,
#include "note/task_states.def"
#undef TASK_STATE
    TASK_STATES
};

struct fixup {
    uint32_t at;  /* offset into the fragment; ascending */
    uint32_t ref; /* see fixups.def */
    enum fixup_kind kind;
};

/* Bytes [begin, end) of the fragment and the fixups that belong to them:
 * [fixup_begin, fixup_end). The latter settles what belongs to which of two
 * ranges that meet at one offset. */
struct range {
    uint32_t begin, end;
    uint32_t fixup_begin, fixup_end;
};

/* What has to stand around a slice so that it is valid on its own. */
enum wrapper {
    WRAP_NONE, /* blocks */
    WRAP_UL,
    WRAP_OL,    /* with start= */
    WRAP_TURNS, /* the list of a transcript */
};

struct slice {
    const struct range *ranges;
    uint32_t nranges;
    uint32_t start; /* WRAP_OL: the number of its first item */
    enum wrapper wrapper;
    bool tasks; /* the list carries the class contains-task-list */
};

enum link_kind {
    LINK_WIKI,     /* [[target|display]], ![[…]] */
    LINK_MARKDOWN, /* [text](dest), ![alt](dest): dest is in the vault */
    LINK_HTML,     /* href or src of raw HTML; FIXUP_ASSET */
    LINK_PROPERTY, /* [[…]] in a property */
    LINK_PICTURE,  /* where a drawing's picture would lie: a path, exactly */
};

struct link {
    enum link_kind kind;
    bool is_embed;
    bool is_src; /* LINK_HTML: the attribute is src (or poster), not href */
    bool whole;  /* LINK_PROPERTY: the whole value, or list element, is it */
    bool is_markdown;  /* LINK_PROPERTY: `[text](dest)`, an address */
    struct str target; /* path: trimmed, decoded where Markdown; "" this note */
    struct str subpath; /* after the first '#', trimmed; "" when none */
    struct str typed;   /* path and subpath as typed: data-href */
    struct str display; /* plain text shown */
    struct str label;   /* LINK_WIKI: what follows the first '|', as written */
    struct str title;   /* LINK_MARKDOWN: what follows the destination, or "" */
    struct str attr;    /* LINK_HTML: name of the attribute */
    uint32_t line, column;
    uint32_t block;                /* text_blocks; NOTE_NONE for properties */
    uint32_t text_begin, text_end; /* its display text in note->text */
    uint32_t property;             /* LINK_PROPERTY: index of the property */
};

/* By extension of the target; EMBED_NOTE: no known one, a note or any file. */
enum embed_kind {
    EMBED_NOTE,
    EMBED_IMAGE,
    EMBED_AUDIO,
    EMBED_VIDEO,
    EMBED_PDF,
    EMBED_CANVAS,
    EMBED_BASE,
};

struct embed {
    uint32_t link; /* links */
    enum embed_kind kind;
    bool in_block;  /* stands where a block may stand; else inline context */
    bool as_link;   /* heading, label, emphasis, title: a plain link */
    struct str alt; /* display or alt text, without size */
    uint32_t width, height; /* pixels, 0: not given */
};

struct tag_use {
    struct str name; /* without '#', as written */
    uint32_t line, column;
    bool in_comment; /* only for exclude_tags and queries (decisions.md 5) */
    bool in_html;    /* and that is one of HTML: not for queries either */
};

struct query {
    struct str language;   /* dataview, dataviewjs, tasks, base */
    struct str text;       /* the block's text */
    uint32_t line, column; /* of its fence */
    /* Code points that stand before each line of the text in the file, of what the
     * block stands in; NULL: before none. */
    const uint32_t *indents;
};

/* Code that is a query (spec/dataview.md §14). Its source text is in note->text,
 * nothing of it in the fragment. */
struct inline_query {
    struct str text; /* trimmed, without the prefix; not empty */
    struct str raw;  /* the code as it is shown when it is not answered */
    uint32_t line, column;
    bool js;       /* the prefix is that of JavaScript */
    bool in_block; /* stands in a <pre>, a fenced block; else among text */
};

struct footnote {
    struct str label;       /* "" for an inline one */
    struct range content;   /* its blocks, behind body_end */
    uint32_t backref_at;    /* offset in content where back links go */
    uint32_t backref_fixup; /* fixups of content before that place end here */
};

struct heading {
    uint8_t level;   /* 1-6, as written */
    bool in_quote;   /* in a quote or callout: no target, not in the contents */
    bool is_top;     /* no other block stands around it */
    struct str raw;  /* source text: data-heading */
    struct str key;  /* normalised (spec/markdown.md §4.1), folded */
    struct str text; /* plain text, without footnote marks */
    struct str id;
    uint32_t line;
    struct range own;     /* the heading element */
    struct slice section; /* heading and what follows */
};

struct block {             /* a `^id` */
    struct str id;         /* lower case, without '^' */
    struct str element_id; /* id of the element to link to */
    struct slice slice;
    uint32_t line;
};

struct item { /* a list item; those of footnotes come after all others */
    /* With, without nested lists; no ranges where it lies deeper than what is
     * written as elements. */
    struct slice whole, own;
    /* The character in the box at the beginning of its line, of a task its own;
     * "": none. */
    struct str status;
    /* For queries, spec/dataview.md §5: the marker as it stands at the
     * beginning of its line (`-`, `1.`, `3)`); "": none does, and queries know
     * nothing of it. */
    struct str symbol;
    /* That line from its beginning, as it is written; symbol lies in it. */
    struct str first_line;
    /* What follows it there, a status box included, and the further lines
     * before a nested list, each trimmed, "\n" between; in quotes they keep
     * their `>`. Ends in "\n" where a blank line and another item follow. */
    struct str source;
    uint32_t nlines;    /* lines of source */
    uint32_t line;      /* its first */
    uint32_t list_line; /* first line of the list that holds it, 0 where that
                         * stands in a quote or footnote */
    uint32_t section;   /* first line of the block of the note that holds it */
    /* items: the one it lies in; of several that begin on that one's line the
     * last, as plugins know an item by its line; NOTE_NONE. */
    uint32_t parent;
    uint32_t heading; /* headings: the last one above it; NOTE_NONE */
    uint32_t block;   /* blocks: its own `^id`; NOTE_NONE */
    bool is_task; /* of those that begin on one line only the first may be */
    bool shares_line; /* begins on the line of the item it lies in */
    bool has_fields;  /* `::`, or an emoji that may mark a date, is in source */
};

struct comment_link { /* in a `%%` comment: for queries only, never shown */
    struct link link;
    uint32_t at; /* links: the one before which it stands */
};

struct field_line {  /* a line that may hold fields, spec/dataview.md §4.4 */
    struct str text; /* trimmed */
    uint32_t line;
    bool hidden; /* a comment stands in it, with `::` in it */
};

struct note_anchor { /* an id or name of raw HTML */
    struct str name;
    uint32_t id; /* ids: what it is on the page */
};

enum text_kind {
    TEXT_PARAGRAPH,
    TEXT_HEADING,
    TEXT_CELL,
    TEXT_CODE,
    TEXT_TITLE, /* of a callout */
};

struct text_block {      /* plain text of one leaf block */
    uint32_t begin, end; /* in note->text */
    uint32_t line;
    enum text_kind kind;
};

/* Bytes [begin, end) of note->text that are not text of its own: code, the label of
 * a link, an address, a tag. Names are not looked for there (spec/entities.md §3). */
struct text_gap {
    uint32_t begin, end;
};

struct turn {        /* of a transcript (spec/entities.md §6) */
    struct str time; /* `HH:MM:SS` */
    struct str id;   /* of its element: `t-HH-MM-SS`, `-2` where taken */
    /* What follows the time on its line, the two no longer than 200 characters, and
     * nothing from the first link on: not in the fragment, since who speaks is only
     * known when all names are; FIXUP_TURN stands where it belongs. */
    struct str head;  /* in note->text, the beginning of its block */
    bool goes_on;     /* the fragment goes on with the line, up to its `</p>` */
    uint32_t seconds; /* from the beginning */
    uint32_t block;   /* text_blocks: its words, head and label included */
    uint32_t line;
};

/* `[00:08:05]` in the text of an event, or of a note with turns: nothing of it is in
 * the fragment. */
struct turn_time {
    struct str text; /* as written, with its brackets */
    uint32_t seconds;
};

enum note_form {
    NOTE_RENDERED,
    NOTE_PLAIN,  /* past a limit: its text after one linear pass, escaped */
    NOTE_NOTICE, /* past even that: only a notice */
};

struct note {
    const struct vault_file *file;
    uint32_t index;     /* in vault->files */
    uint64_t hash;      /* of the bytes on disk */
    uint32_t nrepaired; /* damaged characters made good (vault/damage.h) */
    struct frontmatter front;
    struct str title; /* decisions.md 7 */
    enum note_form form;
    bool withheld; /* text that cannot be read (UTF-16): never published */
    bool external_images;   /* https: joins img-src on its pages */
    unsigned extras;        /* extra.h: bits of what has use for one of them */
    bool first_is_title;    /* the first block is an H1 equal to the title */
    bool is_drawing;        /* drawing.h: FIXUP_DRAWING is its first fixup */
    bool items_have_colons; /* `::` is in the source of some item */
    bool has_tasks;         /* some item is one */
    bool is_board;          /* of the Kanban plugin: its sections are columns */
    struct note_role role;

    struct str html;   /* the fragment: body, then footnotes */
    uint32_t body_end; /* the body is [0, body_end) */
    uint32_t body_fixups;
    const struct fixup *fixups;
    const struct str *ids;
    const struct link *links;
    const struct embed *embeds;
    const struct tag_use *tags; /* of the body; front.tags stand apart */
    const struct query *queries;
    const struct inline_query *inline_queries;
    const struct footnote *footnotes;
    const struct heading *headings;
    const struct block *blocks;
    const struct item *items;
    const struct field_line *field_lines; /* by line; none of list items */
    const struct comment_link *comment_links;
    /* Of nodes in diagrams: links for readers, but of no graph and no list of
     * backlinks (spec/markdown.md §11.2); LINK_WIKI, in no text block. */
    const struct link *diagram_links;
    const struct note_anchor *anchors; /* by name, each once */
    const struct turn *turns;
    const struct turn_time *times;
    struct str text; /* plain text of all leaf blocks, "\n" after each */
    const struct text_block *text_blocks;
    /* text_blocks: what the first callout that is a summary begins with; NOTE_NONE */
    uint32_t summary;
    const struct text_gap *gaps; /* in order, apart from each other */
    /* For note_find_heading, note_find_block, in notes that have many; NULL in
     * others: indices by key (then by index), by id; for each heading the index
     * of the next one that ends its section. */
    const uint32_t *headings_by_key, *heading_ends, *blocks_by_id;
    const uint32_t *turns_by_time; /* for note_find_turn; NULL: they ascend */
    uint32_t nfixups, nids, nlinks, nembeds, ntags, nqueries, nfootnotes,
        nheadings, nblocks, nitems, nanchors, ntext_blocks, nfield_lines,
        ncomment_links, ndiagram_links, ninline_queries, ngaps, nturns, ntimes;
};

/* Appends what a link without a text of its own shows (spec/markdown.md §3.2): what
 * is `typed`, with ` > ` for `#` between the parts that are not empty. */
void link_add_default_display(struct buf *out, struct str typed);
/* The first linkable heading that `subpath` (`A`, `A#B`, without a leading '#')
 * leads to, spec/markdown.md §4; or NOTE_NONE. `scratch` is used for keys. */
uint32_t note_find_heading(const struct note *n, struct str subpath,
                           struct arena *scratch);
/* The block called `id` (without '^', any case), or NOTE_NONE. */
uint32_t note_find_block(const struct note *n, struct str id);
/* The turn in which something is said at `seconds`: of those that begin then or
 * before, the last; of several that begin in one second, the first. Or NOTE_NONE. */
uint32_t note_find_turn(const struct note *n, uint32_t seconds);
/* Index in ids of what raw HTML calls `name`, or NOTE_NONE. */
uint32_t note_find_anchor(const struct note *n, struct str name);
/* The whole body as a slice. */
struct range note_body(const struct note *n);
/* Whether another item begins behind that of index `i` on the same line. Dataview
 * keeps items by line, and so knows only the last one there, task or not. */
static inline bool note_item_is_overtaken(const struct note *n, uint32_t i) {
    return i + 1 < n->nitems && n->items[i + 1].shares_line;
}
/* Normal form of a heading's or subpath segment's text, folded (§4.1). */
struct str heading_key(struct arena *a, struct str text);

#endif
