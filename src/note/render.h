/*
 * render: from the tree to the fragment.
 *
 * Private to note/.  One iterative walk over cmark's tree; nothing recurses, and
 * elements nested deeper than RENDER_MAX_DEPTH keep their content but not their
 * tags (browsers flatten such trees anyway).  Class names: spec/markdown.md §21.
 */
#ifndef VAULTSITE_NOTE_RENDER_H
#define VAULTSITE_NOTE_RENDER_H

#include "html/sanitise.h"
#include "note/markdown.h"
#include "note/object.h"
#include "note/transcript.h"

#define RENDER_MAX_DEPTH 100

/* place.c: where in the file the leaf block being written stands. */
struct render_place {
    const cmark_node *leaf;
    uint32_t line;    /* of its content's first line, as cmark counts */
    uint32_t skipped; /* line ends in nodes of ours, which cmark did not see */
    size_t shift;     /* bytes before this line of which cmark knows no end */
    uint32_t outside; /* `skipped` and `shift` before the label at hand */
    size_t outside_shift;
    const cmark_node *footnote; /* the inline one being written, or NULL */
    /* What the last questions gave, so that asking on is linear: */
    uint32_t content_line, content_begin, content_end;
    uint32_t counted_line, counted_column;
    size_t counted_byte;
    size_t piped, pipes; /* bytes looked at, pipes among them */
};

struct pending_footnote { /* its content is still to be written */
    cmark_node *node;
    struct render_place place; /* an inline one: where it stands */
};

/* turns.c: the list of turns being written. */
struct render_turns {
    const cmark_node *holder; /* its blocks of turns and lists; NULL: none */
    bool open;                /* the last of o->turns goes on */
    struct range range;       /* from its beginning on */
    struct range *named;      /* the same of one with a `^id`; or NULL */
    bool in_text;             /* and so does its text block, */
    uint32_t text_begin;      /* which began here */
    uint32_t line;            /* of the file */
};

struct place_found {
    uint32_t line, column; /* of the file; 0: not known */
};

struct render {
    struct object *o;
    const struct settings *settings;
    struct md_parse *parse;
    struct str source;    /* the parsed text as it was before masking */
    uint32_t line_offset; /* lines of the file before the parsed text */
    const struct transcript
        *transcript;                /* its lines are kept from the parser */
    size_t next_turns, next_hidden; /* of its lists */
    struct render_turns turns;
    bool inline_only; /* text_compile: no ids, symbols, footnotes */

    struct sanitiser sanitiser;
    const cmark_node *html_node; /* the raw HTML being read */
    unsigned depth;              /* open containers, block and inline */
    unsigned in_anchor;          /* open <a> of ours */
    unsigned in_quote;
    unsigned in_heading;
    unsigned in_inline; /* emphasis, links, labels: no block may stand here */
    bool in_title, in_cell, in_footnotes;
    uint32_t body_headings; /* headings that stand in no footnote */
    uint32_t text_begin;    /* of the leaf block being written */
    uint32_t leaf_line;
    struct render_place place;
    uint32_t heading_id; /* ids: of the heading being written */
    bool placeholders;   /* the text may have some; none was reported yet */
    bool number_said;    /* a tag that is only a number was reported */
    enum { SPLIT_NO, SPLIT_CLOSED, SPLIT_OPEN } split; /* of this paragraph */
    const uint8_t *alignment; /* of the table's columns */
    unsigned column, ncolumns;
    bool body_open;                 /* <tbody> */
    const cmark_node *section_list; /* items.c: the last list asked for */
    uint32_t section;               /* and the line of its block */
    struct map labels; /* footnote label -> index + 1, as it is met */
    VEC(struct pending_footnote) pending; /* by index of the footnote */
};

/* The whole tree into r->o, footnotes behind the body; sets note->body_*. */
void render_document(struct render *r, cmark_node *root);
/* The children of one paragraph (text_compile). */
void render_inline_text(struct render *r, cmark_node *paragraph);

/* --- between the files of the renderer --- */

/* place.c: line of a block in the file; line and column of a node in the leaf
 * block that was begun last. */
uint32_t render_line(const struct render *r, const cmark_node *n);
struct place_found render_place_of(struct render *r, const cmark_node *n);
void render_place_begin(struct render *r, const cmark_node *leaf);
/* A line of the parsed text, counted as cmark does, without its LF; "" where there
 * is none. */
struct str render_source_line(const struct render *r, uint32_t line);
/* A node of ours with this text behind a mark of `mark` bytes was passed. */
void render_place_skip(struct render *r, const cmark_node *n, size_t mark,
                       struct str text);
/* An inline node was written: behind some cmark knows where its line begins. */
void render_place_step(struct render *r, const cmark_node *n);
void render_finding(struct render *r, enum diag_code code, const cmark_node *n,
                    struct str text);

/* One event of an inline node; may move `iter` past the node's children. */
void render_inline(struct render *r, cmark_iter *iter, cmark_node *n,
                   bool enter);
/* Text as it is: into the fragment, escaped, and into the plain text. */
void render_text(struct render *r, struct str masked);
/* Elements of Markdown's own, barriers for raw HTML. */
void render_open(struct render *r, struct str tag);
void render_close(struct render *r, struct str tag);
/* An inline node that leaves nothing to see: comments, blank text, block ids. */
bool render_invisible(const cmark_node *n);

/* block_ids.c: begins the block `n`: its id fixup belongs right behind the
 * element's name, so the caller has written `<p`. A heading has an id of its own,
 * which its block gets at its end. Returns the index in blocks, or NOTE_NONE. */
uint32_t render_block_begin(struct render *r, const cmark_node *n,
                            struct range range);
/* Takes the id `wanted` (as written, without `^`) for *block: sets its id and
 * element_id. False where another block of the note has it. */
bool render_block_name(struct render *r, struct str wanted,
                       struct block *block);
bool render_has_block_id(const cmark_node *n);
void render_block_end(struct render *r, uint32_t block);
/* Between the two the index waits in the node. */
void render_block_set(cmark_node *n, uint32_t block);
uint32_t render_block_of(const cmark_node *n);
cmark_node *render_last_block_id(const cmark_node *n);
/* A table's last row that is nothing but the table's id, its writer having left
 * out the blank line; or NULL. */
cmark_node *render_id_row(const cmark_node *table);
/* The paragraph that is its item's own text: its id is the item's. */
bool render_is_item_text(const cmark_node *n);
/* A leaf block: raw HTML in it is balanced, its text is one text block.
 * `phrasing`: no block element may stand in it. */
void render_leaf_begin(struct render *r, const cmark_node *n, bool phrasing);
void render_leaf_end(struct render *r, enum text_kind kind);

/* items.c: what queries know of a list item (spec/dataview.md §5); whole, own,
 * status, parent, block and is_task are not touched. */
void render_item_source(struct render *r, const cmark_node *n,
                        struct item *item);
/* The last line of an item's own text, as cmark counts. *nested: a list ends it. */
uint32_t render_item_end(const struct render *r, const cmark_node *n,
                         bool *nested);
/* Whether a list stands in no quote and no footnote. */
bool render_is_top_list(const cmark_node *list);

/* field_lines.c: the lines of the parsed text that may hold fields. `root` has
 * not been rendered yet. */
void render_field_lines(struct render *r, cmark_node *root);
/* Those of a block of properties. */
void object_field_lines(struct object *o, struct str properties);

/* containers.c */
void render_list_enter(struct render *r, cmark_node *n);
void render_list_exit(struct render *r, cmark_node *n);
void render_item_enter(struct render *r, cmark_node *n);
void render_item_exit(struct render *r, cmark_node *n);
void render_quote(struct render *r, cmark_node *n, bool enter);
void render_callout_title(struct render *r, cmark_node *n, bool enter);

/* holders.c: a block of raw HTML; what stands between it and the one that closes
 * it then comes as the children of a CUSTOM_BLOCK. */
void render_html_block(struct render *r, cmark_iter *iter, cmark_node *n);
void render_holder_exit(struct render *r, cmark_node *n);
/* Puts what stands behind `prev`, or from the start of `parent`, up to the block
 * `end` into a CUSTOM_BLOCK, which is returned, so that every slice of it is balanced
 * (decisions.md 14). Where `end` stands outside of `parent` everything that follows
 * is meant. */
cmark_node *render_gather(struct render *r, cmark_node *parent,
                          cmark_node *prev, const cmark_node *end);

/* tables.c */
void render_table(struct render *r, cmark_node *n, bool enter);
void render_table_row(struct render *r, cmark_node *n, bool enter);
void render_table_cell(struct render *r, cmark_node *n, bool enter);

/* links.c */
/* True where no anchor may be written: inside one (they cannot nest), or where
 * everything is dropped. */
bool render_no_anchor(const struct render *r);
void render_wiki(struct render *r, cmark_iter *iter, cmark_node *n, bool enter);
void render_link(struct render *r, cmark_node *n, bool enter);
void render_image(struct render *r, cmark_iter *iter, cmark_node *n);
void render_url(struct render *r, cmark_node *n);
/* Plain text of a node's children, which are not rendered: what stands for an
 * image, the name of a table. In scratch. */
struct str render_plain(struct render *r, cmark_node *parent);
/* `<a …>` to an address outside the vault that is not forbidden (url_classify);
 * `title` may be "". */
void render_external_open(struct buf *out, struct str url, struct str title);
/* True for an embed of a note or file, which stands outside <p>. */
bool render_is_block_embed(const cmark_node *n);
/* A new link record; its text begins here. Returns its index. */
uint32_t render_link_record(struct render *r, enum link_kind kind,
                            struct str typed, bool decode, const cmark_node *n);
/* Text that is not shown (decisions.md 5): of a comment of HTML its tags are kept,
 * of a `%%` comment tags and links. */
void render_hidden_tags(struct render *r, struct str masked,
                        const cmark_node *n);
void render_comment(struct render *r, struct str masked, const cmark_node *n);
/* Callbacks for raw HTML. */
void render_sanitiser_init(struct render *r);
/* One piece of raw HTML, with its findings. */
void render_html(struct render *r, struct str masked, const cmark_node *n);

/* query_code.c: whether another part of vaultsite answers blocks of this language
 * (design.md §1), or shows their source. */
bool render_is_query(struct str language);
/* Such a block: its fixup, what answers it needs, and a finding if none does. */
void render_query_block(struct render *r, const cmark_node *n,
                        struct str language, struct str text);
/* Writes a fixup and the plain text where `code`, unmasked, is a query that may be
 * answered there; else false, and nothing was done. */
bool render_inline_query(struct render *r, struct str code, const cmark_node *n,
                         bool in_block);

/* turns.c: a block of lines that were kept from the parser. They and the lists among
 * them then come as the children of a CUSTOM_BLOCK, which render_turns_end ends. */
void render_turns(struct render *r, cmark_iter *iter, cmark_node *n);
void render_turns_end(struct render *r);
/* A time in brackets that may mean a turn, of this note or of another. */
void render_time(struct render *r, const cmark_node *n);

/* footnotes.c */
void render_footnote_ref(struct render *r, cmark_node *n);
void render_footnote_inline(struct render *r, cmark_iter *iter, cmark_node *n);
/* Writes the content of all footnotes met, theirs included. */
void render_footnotes(struct render *r);
/* The walk itself, over the subtree of `root` without root's own events. */
void render_walk(struct render *r, cmark_node *root);

/* slips.c: findings about text that is not what its writer meant. Whether a text
 * may hold placeholders of templates; the first one of a block of properties; the
 * first one of the note's text, `s` being the text of `n`; a node of that type; a
 * tag with a '/' behind it. */
bool slips_has_placeholder(struct str text);
void slips_in_properties(struct object *o, struct str block);
void slips_in_text(struct render *r, const cmark_node *n, struct str s);
void slips_render(struct render *r, const cmark_node *n);
void slips_empty_level(struct render *r, struct str tag, const cmark_node *n);
/* A wikilink with a display, in what would be the first row of a table. */
void slips_in_header(struct render *r, const cmark_node *n);

/* properties.c: links in frontmatter (spec/markdown.md §1.5). `vault`: its name in
 * Obsidian, or "". */
void render_property_links(struct object *o, struct str vault);

#endif
