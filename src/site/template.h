/*
 * template: a page's shape as a flat program, filled by index.
 *
 * The language is Mustache without lambdas, set delimiters and inheritance:
 * {{text}} {{{html}}} {{&html}} {{#section}} {{^inverted}} {{/end}} {{>partial}}
 * {{! comment}} {{dotted.name}} {{.}}, and {{#list.length}} for what stands once
 * around a list that is not empty.  Unlike Mustache, every name is looked up when
 * the template is compiled, in a table of names and types, so that a misspelt
 * name is a finding and rendering hashes nothing.  Partials are put in place
 * when the template is compiled; one that includes itself is refused.
 *
 * What the names of a page are is the business of slots.h, where templates come
 * from that of theme.h.
 */
#ifndef VAULTSITE_SITE_TEMPLATE_H
#define VAULTSITE_SITE_TEMPLATE_H

#include <stdint.h>

#include "base/buf.h"
#include "diag/diag.h"

enum template_type {
    TEMPLATE_ABSENT, /* of a value: nothing was given. Not a type of names */
    TEMPLATE_TEXT,   /* {{x}}: escaped; a section shows when it is not empty */
    TEMPLATE_HTML,   /* {{{x}}}: as it is; a section likewise */
    TEMPLATE_FLAG,   /* only {{#x}} and {{^x}} */
    TEMPLATE_LIST,   /* {{#x}} once per frame, with the frame's names inside */
    TEMPLATE_RECORD, /* {{#x}} or {{x.name}}: one frame, or none */
};

/* One row of a table of names. */
struct template_name {
    struct str name; /* "." in a scope: the frame itself is the value */
    enum template_type type;
    const struct template_scope *inside; /* LIST, RECORD: names of a frame */
    uint32_t kinds; /* for which templates it is there: bits; 0: all */
    struct str meaning;
};

/* The names of one frame; a value's index is that of its name. */
struct template_scope {
    const struct template_name *names;
    size_t len;
    /* Values known when templates are compiled, one per name, all TEXT; they
     * become part of the program. NULL: given at rendering. */
    const struct str *constants;
};

/* Writes HTML to the end of `out`. */
typedef void template_write(const void *context, struct buf *out);

struct template_op;

/*
 * What a list's section wrote, for pages on which that is the same: of one thread. All
 * zero: nothing yet. Who gives the same list again with it says that the frames are what
 * they were, and the outermost value at `outer` too. Where the section shows more than
 * these it is written anew.
 */
struct template_memo {
    struct buf html;                   /* released by its owner */
    const struct template_op *section; /* that wrote it; NULL: none */
    size_t outer;
};
/* The frames, or that value, are others now. */
static inline void template_forget(struct template_memo *m) {
    m->section = NULL;
}

/* What stands at an index. All zero is TEMPLATE_ABSENT: nothing, false, no
 * frames. Bytes are borrowed until the rendering is done. */
struct template_value {
    enum template_type type;
    bool flag; /* FLAG */
    union {
        template_write *write;      /* HTML: called when not NULL, with `p` */
        struct template_memo *memo; /* LIST: used when not NULL */
    };
    const void *p; /* bytes; context of write; frames: struct template_value */
    size_t len;    /* bytes; number of frames */
};

static inline struct template_value template_text(struct str s) {
    return (struct template_value){
        .type = TEMPLATE_TEXT, .p = s.p, .len = s.len};
}
static inline struct template_value template_html(struct str s) {
    return (struct template_value){
        .type = TEMPLATE_HTML, .p = s.p, .len = s.len};
}
/* HTML that is written straight into the page. Counts as not empty, so what may
 * be empty must be left absent instead. */
static inline struct template_value template_writer(template_write *write,
                                                    const void *context) {
    return (struct template_value){
        .type = TEMPLATE_HTML, .write = write, .p = context, .len = 1};
}
static inline struct template_value template_flag(bool flag) {
    return (struct template_value){.type = TEMPLATE_FLAG, .flag = flag};
}
/* `n` frames, one after the other in one array: the value of name `i` in frame
 * `f` stands at f * (number of names of the scope) + i. */
static inline struct template_value template_list(
    const struct template_value *frames, size_t n) {
    return (struct template_value){
        .type = TEMPLATE_LIST, .p = frames, .len = n};
}
static inline struct template_value template_kept_list(
    const struct template_value *frames, size_t n, struct template_memo *memo) {
    struct template_value v = template_list(frames, n);

    v.memo = memo;
    return v;
}
static inline struct template_value template_record(
    const struct template_value *frame) {
    return (struct template_value){
        .type = TEMPLATE_RECORD, .p = frame, .len = frame != NULL};
}

struct template_source {
    struct str path; /* for findings */
    struct str text; /* borrowed while compiling */
};

/* The partial called `name`; false when there is none. */
typedef bool template_partial(void *context, struct str name,
                              struct template_source *source);

/* What a template is compiled against. */
struct template_rules {
    const struct template_scope *scope; /* of the outermost frame */
    uint32_t kind;    /* one bit: names of other kinds are not there; 0: any */
    struct str where; /* "note pages", for findings about such names */
    template_partial *partial;
    void *context;
};

/* Bounds; a template past one of them is invalid. */
#define TEMPLATE_MAX_SECTIONS 32      /* nested, partials included */
#define TEMPLATE_MAX_PARTIALS 16      /* nested */
#define TEMPLATE_MAX_BYTES (1u << 20) /* with all partials in place */

struct template;

/*
 * The program, in `a`. NULL when the template is not valid; each reason is a
 * finding DIAG_TEMPLATE_INVALID at its place in the template or partial.
 */
const struct template *template_compile(struct arena *a,
                                        const struct template_source *source,
                                        const struct template_rules *rules,
                                        struct diags *d);

/* True when the value at `index` of the outermost frame is shown somewhere. */
bool template_shows(const struct template *t, size_t index);

/*
 * Appends the page to `out`. `values` is the outermost frame: one value per
 * name of its scope. Values whose type is not that of their name are our own
 * mistake (assert). Any number of threads may render one template.
 */
void template_render(const struct template *t,
                     const struct template_value *values, struct buf *out);

#endif
