#include <setjmp.h>
#include <stdint.h>

#include <cmark-gfm/parser.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/syntax_extension.h>

#include "note/markdown.h"

/*
 * Memory of one thread's parser: a bump arena that is dropped whole.  cmark_mem
 * has no context pointer, hence thread-local.  Each allocation costs one unit of
 * fuel; past the fuel or the bytes parsing is left by longjmp (dependencies.md:
 * quadratic time and memory of cmark-gfm 0.29.0.gfm.6).
 */
struct md_memory {
    struct arena arena;
    size_t fuel, bytes; /* left */
    jmp_buf out;
    char *last; /* newest allocation: it can grow in place */
};

static _Thread_local struct md_memory *memory;

struct md_memory *md_memory_new(struct arena *a) {
    return arena_new(a, struct md_memory);
}

void md_memory_release(struct md_memory *m) {
    arena_release(&m->arena);
}

/* Each block is preceded by its size. */
enum { SIZE_FIELD = 16 };

static void burn(size_t size) {
    if (memory->fuel == 0 || memory->bytes < size)
        longjmp(memory->out, 1);
    memory->fuel--;
    memory->bytes -= size;
}

static void *take(size_t size) {
    char *p;

    burn(size);
    p = arena_alloc(&memory->arena, size + SIZE_FIELD, SIZE_FIELD);
    memcpy(p, &size, sizeof size);
    memory->last = p + SIZE_FIELD;
    return p + SIZE_FIELD;
}

static void *parser_calloc(size_t n, size_t size) {
    size_t bytes;
    void *p;

    if (__builtin_mul_overflow(n, size, &bytes))
        longjmp(memory->out, 1);
    p = take(bytes);
    memset(p, 0, bytes);
    return p;
}

static void *parser_realloc(void *old, size_t size) {
    size_t had;
    void *p;

    if (old == NULL)
        return take(size);
    memcpy(&had, (char *)old - SIZE_FIELD, sizeof had);
    if (size <= had)
        return old;
    if (old == memory->last && memory->arena.at == (char *)old + had &&
        (size_t)(memory->arena.end - (char *)old) >= size) {
        burn(size - had);
        memory->arena.at = (char *)old + size;
        memcpy((char *)old - SIZE_FIELD, &size, sizeof size);
        return old;
    }
    p = take(size);
    memcpy(p, old, had);
    return p;
}

static void parser_free(void *p) {
    (void)p; /* dropped whole with the arena */
}

static cmark_mem parser_mem = {parser_calloc, parser_realloc, parser_free};

/*
 * cmark-gfm sets and clears global tables of special characters around every
 * parse.  The linker sends these two calls here (--wrap): the tables are filled
 * at warm-up and never change again, so that threads may parse side by side.
 */
void __real_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c,
                                                   bool emphasis);
static bool warm;

void __wrap_cmark_inlines_add_special_character(unsigned char c,
                                                bool emphasis) {
    if (!warm)
        __real_cmark_inlines_add_special_character(c, emphasis);
}

void __wrap_cmark_inlines_remove_special_character(unsigned char c,
                                                   bool emphasis) {
    (void)c;
    (void)emphasis;
}

static cmark_syntax_extension *extensions[12];
static size_t nextensions;

static int table_can_contain(cmark_syntax_extension *ext, cmark_node *node,
                             cmark_node_type child) {
    (void)ext;
    if (node->type == CMARK_NODE_TABLE)
        return child == CMARK_NODE_TABLE_ROW;
    if (node->type == CMARK_NODE_TABLE_ROW)
        return child == CMARK_NODE_TABLE_CELL;
    return CMARK_NODE_TYPE_INLINE_P(child);
}

static cmark_parser *new_parser(struct md_parse *p) {
    cmark_parser *parser = cmark_parser_new_with_mem(
        CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_SOURCEPOS,
        &parser_mem);

    for (size_t i = 0; i < nextensions; i++)
        cmark_parser_attach_syntax_extension(parser, extensions[i]);
    parser->root->user_data = p;
    return parser;
}

struct md_parse *md_current(const cmark_parser *parser) {
    return parser->root->user_data;
}

void *md_alloc(cmark_parser *parser, size_t size) {
    return parser->mem->calloc(1, size);
}

static void begin(struct md_parse *p, size_t fuel, size_t bytes) {
    memory = p->memory;
    arena_reset(&memory->arena);
    memory->last = NULL;
    memory->fuel = fuel;
    memory->bytes = bytes;
    p->root = NULL;
    p->chunk = NULL;
    p->duplicate_line = 0;
    p->depth = 0;
    p->nturns = 0;
}

/* cmark looks for line ends byte by byte; they are known from masking.  A line
 * goes straight to the buffer where a line that is not yet whole waits. */
static void feed(cmark_parser *parser, const struct mask *mask) {
    size_t next = 0;

    for (size_t i = 0; i < mask->lines.len; i++) {
        struct str line = mask_line(mask, i, &next);

        cmark_strbuf_put(&parser->linebuf, (const unsigned char *)line.p,
                         (bufsize_t)line.len);
        cmark_parser_feed(parser, "\n", 1);
    }
}

bool md_parse(struct md_parse *p, size_t fuel, size_t bytes) {
    cmark_parser *parser;

    begin(p, fuel, bytes);
    if (setjmp(memory->out) != 0)
        return false;
    parser = new_parser(p);
    feed(parser, p->mask);
    p->root = cmark_parser_finish(parser);
    return true;
}

bool md_parse_inline(struct md_parse *p, size_t fuel, size_t bytes) {
    cmark_parser *parser;
    cmark_node *paragraph;

    begin(p, fuel, bytes);
    if (setjmp(memory->out) != 0)
        return false;
    parser = new_parser(p);
    paragraph = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, &parser_mem);
    paragraph->start_line = paragraph->start_column = 1;
    cmark_strbuf_put(&paragraph->content,
                     (const unsigned char *)p->mask->text.p,
                     (bufsize_t)p->mask->text.len);
    cmark_node_append_child(parser->root, paragraph);
    cmark_manage_extensions_special_characters(parser, 1);
    cmark_parse_inlines(parser, paragraph, parser->refmap, parser->options);
    cmark_consolidate_text_nodes(parser->root);
    p->root = parser->root;
    return true;
}

void md_warm_up(void) {
    struct limits limits = {.table_columns = 1, .table_cells = 1};
    struct mask mask = {0};
    struct md_memory first = {0};
    struct md_parse p = {.mask = &mask, .memory = &first};
    cmark_syntax_extension *table;

    if (warm)
        return;
    cmark_gfm_core_extensions_ensure_registered();
    table = cmark_find_syntax_extension("table");
    cmark_syntax_extension_set_can_contain_func(table, table_can_contain);
    /* Ours first: on a paragraph that is no table the table extension answers
     * for all that come after it. */
    for (int i = 0; md_blocks_extension(i) != NULL; i++)
        extensions[nextensions++] = md_blocks_extension(i);
    extensions[nextensions++] = table;
    extensions[nextensions++] = cmark_find_syntax_extension("strikethrough");
    extensions[nextensions++] = md_inlines_extension();
    extensions[nextensions++] = md_highlight_extension();
    mask_text(&mask, STR("warm\n"), &limits);
    md_parse(&p, SIZE_MAX, SIZE_MAX);
    mask_release(&mask);
    md_memory_release(&first);
    warm = true;
}
