/*
 * markdown: Obsidian's dialect on top of cmark-gfm's tree.
 *
 * Private to note/.  Parsing gives cmark's own nodes plus the kinds below; the
 * tree and everything in it live in a parser memory until the next parse.
 * Rules: spec/markdown.md; the way: dependencies.md, "cmark-gfm".
 */
#ifndef VAULTSITE_NOTE_MARKDOWN_H
#define VAULTSITE_NOTE_MARKDOWN_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
/* node.h after cmark-gfm.h: it needs its types. */
#include <cmark-gfm/node.h>

#include "base/map.h"
#include "note/mask.h"

/* Our node types, assigned by cmark at warm-up; const afterwards. */
struct md_types {
    cmark_node_type wiki;            /* as.opaque: struct md_wiki */
    cmark_node_type task;            /* md_text: the status character */
    cmark_node_type tag;             /* md_text: name without '#' */
    cmark_node_type comment;         /* md_text: what is hidden */
    cmark_node_type math;            /* md_math */
    cmark_node_type footnote_ref;    /* md_text: label */
    cmark_node_type footnote_inline; /* children */
    cmark_node_type url;             /* md_text */
    cmark_node_type time;            /* md_text: with its brackets */
    cmark_node_type block_id;        /* md_text: without '^' */
    cmark_node_type highlight;       /* children */
    cmark_node_type slip;            /* md_slip */
    cmark_node_type field;           /* md_field; children: its value */
    cmark_node_type callout_title;   /* block; md_callout; children */
    cmark_node_type footnote_def;    /* block container; md_text: label */
};
extern struct md_types md_types;

/* Table and strikethrough are extensions of cmark's: their types are variables. */
extern cmark_node_type CMARK_NODE_STRIKETHROUGH, CMARK_NODE_TABLE,
    CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

/* All text below is masked text (mask.h). */
struct md_text {
    struct str text;
    bool empty_level; /* a tag: a '/' without a name follows */
};

/* Text that is correct and yet not what its writer meant. */
struct md_slip {
    struct str text;  /* one or two characters, which stand for themselves */
    struct str shown; /* with what follows, for the finding */
    const char *why;  /* of a tag; NULL: a link that a table's cell cuts */
};

struct md_wiki {
    struct str body;    /* between the brackets */
    struct str target;  /* before the first '|', trimmed */
    struct str display; /* after it; "" when none */
    bool has_display;
    bool embed; /* `![[` */
};

/* A field of Dataview's in brackets. */
struct md_field {
    struct str key;   /* trimmed, not empty */
    struct str value; /* trimmed */
    bool keyless;     /* in parentheses: its key is not shown */
    uint32_t outside; /* for the renderer: what place.c had counted before it */
    size_t outside_shift;
};

/* What stands before and after the first `|` between the brackets, untrimmed. It
 * may be written `\|`, as in tables it must (spec/markdown.md §12). */
static inline struct str md_wiki_target(struct str body) {
    struct str target = str_until(body, '|');

    if (target.len < body.len && target.len > 0 &&
        target.p[target.len - 1] == '\\')
        target.len--;
    return target;
}
static inline struct str md_wiki_display(struct str body) {
    return str_after(body, '|');
}

struct md_math {
    struct str text;
    bool display; /* `$$` */
};

struct md_callout {
    struct str type, metadata; /* as written */
    char fold;                 /* '+', '-' or 0 */
    bool has_title;
};

/* A parser's memory: one per thread, used again for each parse. */
struct md_memory;
struct md_memory *md_memory_new(struct arena *a);
void md_memory_release(struct md_memory *m);

/* One parse. */
struct md_parse {
    struct md_memory *memory; /* where the tree is, until the next parse */
    const struct mask *mask;
    cmark_node *root;
    struct map *definitions; /* footnote label, folded -> cmark_node * (last) */
    uint32_t duplicate_line; /* 1-based: a label defined twice; 0 */
    uint32_t duplicate_column;
    struct str duplicate; /* that label */
    /* What a search in the chunk at hand has shown (inlines.c): each says that
     * from some place on there is none, so that failing searches stay linear. */
    const unsigned char *chunk;
    int no_dollar, no_dollars, no_percents, no_bracket;
    int line, line_begin, looked; /* lines of the chunk up to `looked` */
    int leaf_column;              /* where later lines of it begin */
    int depth;                    /* of content parsed inside a node of ours */
    size_t nturns;                /* blocks of turns that were opened */
};

static inline struct str md_chunk(cmark_chunk c) {
    return str_make((const char *)c.data, (size_t)c.len);
}

/* Registers node types and extensions and parses once, so that cmark's global
 * tables are complete; the link-time wraps keep them so. Call once, before any
 * thread starts. */
void md_warm_up(void);

/*
 * Parses masked text. False when the memory or fuel given is used up: nothing
 * of the tree may be touched then. `p->memory`, `p->mask` and `p->definitions`
 * are set by the caller.
 */
bool md_parse(struct md_parse *p, size_t fuel, size_t bytes);
/* The same for one string as the inline content of a paragraph. */
bool md_parse_inline(struct md_parse *p, size_t fuel, size_t bytes);

/* The extension of comment blocks, of `$$` blocks: node->extension of their
 * CODE_BLOCKs. */
bool md_is_comment_block(const cmark_node *n);
bool md_is_math_block(const cmark_node *n);
/* Lines that were kept from the parser: those of mask->kept that begin where the
 * node does. */
bool md_is_turns_block(const cmark_node *n);
/* A comment block that met the end before its `%%`. */
bool md_comment_unclosed(const cmark_node *n);

/* The paragraph that is nothing but a task's box, behind which a list begins
 * (spec/markdown.md §7): its item's first child, the list is the next. */
bool md_is_box(const cmark_node *n);

/* For parser.c: create the extensions of blocks.c, inlines.c and highlight.c. */
cmark_syntax_extension *md_blocks_extension(int which); /* 0..5, then NULL */
cmark_syntax_extension *md_inlines_extension(void);
cmark_syntax_extension *md_highlight_extension(void);
/* What these two have in common: nodes that hold inlines; the characters at which
 * cmark asks. */
int md_holds_inlines(cmark_syntax_extension *ext, cmark_node *node,
                     cmark_node_type child);
void md_set_special(cmark_syntax_extension *ext, const char *characters);
/* The parse a callback runs in. */
struct md_parse *md_current(const cmark_parser *parser);
/* Zeroed memory that lives as long as the tree. */
void *md_alloc(cmark_parser *parser, size_t size);

#endif
