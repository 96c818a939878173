/*
 * tree: a Dataview query, or an expression, as it was parsed.
 *
 * spec/dataview.md §8 is the grammar.  Trees live in an arena, know nothing of
 * a vault and are const once parsed, so one may serve many notes and threads.
 * Words for dates (`date(today)`) are values already when parsing is over, as in
 * the plugin.
 */
#ifndef VAULTSITE_QUERY_DATAVIEW_TREE_H
#define VAULTSITE_QUERY_DATAVIEW_TREE_H

#include "query/answer.h"

struct function; /* functions.h */
struct zones;

/* Zones and clock of a build. */
struct query_dates {
    struct zones *zones;
    struct date now; /* in the build's own zone */
};

/* Bytes [begin, end) of the query's text. */
struct span {
    uint32_t begin, end;
};

enum binary_op {
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_REMAINDER,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_EQUAL,
    OP_NOT_EQUAL,
    OP_AND,
    OP_OR,
};
/* `+`, `<=`, `&`: as messages name it. */
struct str binary_op_text(enum binary_op op);

enum expr_kind {
    EXPR_VALUE,  /* a literal */
    EXPR_NAME,   /* of a field, of a parameter, `this`, `row` */
    EXPR_INDEX,  /* base[index]; base.name has a text for its index */
    EXPR_CALL,   /* callee(args) */
    EXPR_LAMBDA, /* (params) => body */
    EXPR_NOT,    /* !operand */
    EXPR_BINARY, /* left op right */
    EXPR_LIST,   /* [items] */
    EXPR_OBJECT, /* {key: item} */
};

struct expr {
    enum expr_kind kind;
    uint32_t depth; /* levels of the tree below and with it */
    struct span at; /* without brackets around the whole */
    union {
        const struct value *value;
        struct str name;
        struct {
            const struct expr *base, *index;
        } index;
        struct {
            const struct expr *callee; /* where it is no bare name */
            const struct function
                *function;   /* NULL: no function is called so */
            struct str name; /* "" where `callee` is set */
            const struct expr *const *args;
            size_t nargs;
        } call;
        struct {
            const struct str *params;
            size_t nparams;
            const struct expr *body;
        } lambda;
        const struct expr *operand; /* EXPR_NOT */
        struct {
            enum binary_op op;
            const struct expr *left, *right;
        } binary;
        struct {
            const struct str *keys; /* EXPR_OBJECT only */
            const struct expr *const *items;
            size_t len;
        } list;
    } as;
};

enum source_kind {
    SOURCE_ALL,      /* no FROM */
    SOURCE_TAG,      /* name: without '#' */
    SOURCE_FOLDER,   /* name: folder or file, as written */
    SOURCE_INCOMING, /* [[note]]: the notes that link to it */
    SOURCE_OUTGOING, /* outgoing([[note]]) */
    SOURCE_CSV,      /* csv("path") */
    SOURCE_NOT,      /* left */
    SOURCE_AND,
    SOURCE_OR,
};

struct source {
    enum source_kind kind;
    uint32_t depth; /* as of an expression */
    struct span at;
    /* A tag, folder, path; of a link its path, "" for the note that holds the
     * query. */
    struct str name;
    const struct source *left, *right;
};

struct column {
    const struct expr *expr;
    struct str name; /* behind AS, else its source text without line breaks */
};

enum clause_kind {
    CLAUSE_FROM, /* a FROM behind another clause: fails when it runs */
    CLAUSE_WHERE,
    CLAUSE_SORT,
    CLAUSE_LIMIT,
    CLAUSE_GROUP,
    CLAUSE_FLATTEN,
};

struct sort_term {
    const struct expr *expr;
    bool descending;
};

struct clause {
    enum clause_kind kind;
    struct span at;
    const struct source *source; /* CLAUSE_FROM */
    struct column column;        /* WHERE, LIMIT (no name), GROUP, FLATTEN */
    const struct sort_term *keys;
    size_t nkeys;
};

struct dql {
    enum answer_kind kind;
    bool without_id;
    const struct column *columns; /* LIST and CALENDAR: one or none */
    size_t ncolumns;
    const struct source *source; /* never NULL */
    const struct clause *clauses;
    size_t nclauses;
    bool uses_clock; /* a literal in it was a word as `today` */
};

struct parse_error {
    uint32_t at; /* byte offset in the text */
    /* One sentence without a full stop: what was expected, what stands there. */
    struct str message;
};

/* A tree that is deeper is refused: evaluating it recurses. */
#define TREE_MAX_DEPTH 500

/*
 * The query in `text` (the whole of a block), or NULL with *error filled. The
 * tree borrows from `text`. `dates` gives the clock of `date(today)`.
 */
const struct dql *dql_parse(struct arena *a, struct str text,
                            const struct query_dates *dates,
                            struct parse_error *error);
/* One expression, the whole text but blanks around it. */
const struct expr *expr_parse(struct arena *a, struct str text,
                              const struct query_dates *dates, bool *uses_clock,
                              struct parse_error *error);
/* Line and column (1-based, code points) of an offset. */
void text_place(struct str text, uint32_t at, uint32_t *line, uint32_t *column);

#endif
