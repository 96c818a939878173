/*
 * diag: findings about what users wrote, and how they are shown.
 *
 * A finding never stops anything: whoever reports one has already done what the
 * row of its code (codes.def) says was done instead.  Reporting is cheap and
 * never prints; each worker has its own list, cli/ merges and sorts them.
 */
#ifndef VAULTSITE_DIAG_DIAG_H
#define VAULTSITE_DIAG_DIAG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

enum diag_code {
#define DIAG(id, severity, name, instead) id,
#include "diag/codes.def"
#undef DIAG
    DIAG_CODES
};

struct diag_row {
    enum diag_severity severity;
    struct str name;    /* `link-missing`: what users see and search for */
    struct str instead; /* what the build did */
};
extern const struct diag_row diag_rows[DIAG_CODES];

struct diag {
    enum diag_code code;
    uint32_t line;   /* 1-based; 0: the whole file */
    uint32_t column; /* 1-based, in code points of the file on disk; 0: none */
    struct str path; /* vault path; "" for the vault as a whole */
    struct str text; /* one sentence without full stop */
};

struct diags {
    struct arena arena; /* holds the texts */
    struct diag *items;
    size_t len, cap;
    bool muted; /* set while a template note is compiled: nothing is recorded */
    bool coloured; /* diags_print_text: for a terminal that shows colours */
};

void diags_init(struct diags *d);
void diags_release(struct diags *d);
/* Records one finding; `path` is borrowed until the list is released, the text
 * is formatted into the list's arena and cut at 400 bytes. */
void diag_add(struct diags *d, enum diag_code code, struct str path,
              uint32_t line, uint32_t column, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* Moves all of `from` to the end of `d`; `from` is empty afterwards and its
 * texts live in d. */
void diags_merge(struct diags *d, struct diags *from);
/* By vault path order, line, column, code, text (decisions.md 30). */
void diags_sort(struct diags *d);
size_t diags_count(const struct diags *d, enum diag_severity at_least);

/* `path:line:col: severity: code: text; what was done`, at most `per_code` of
 * each code (0: all), then "n more" lines. Control characters are escaped. */
void diags_print_text(const struct diags *d, struct buf *out, size_t per_code);

/* One row of the closing table of query blocks (decisions.md 30). */
struct diag_query_count {
    struct str language;
    size_t answered, errors, unsupported;
};
/* `members`: further members of the object, each with a comma before it.
 * {"findings":[{path,line,column,code,severity,text,instead}…],"queries":[…]} */
void diags_print_json(const struct diags *d,
                      const struct diag_query_count *queries, size_t nqueries,
                      struct str members, struct buf *out);
/* Text for a terminal or a log: what would act upon it (controls, marks that turn
 * its direction, bytes that are no UTF-8) is written `\x1b` or `\u202e`. */
void diag_add_printable(struct buf *out, struct str s);
const char *diag_severity_name(enum diag_severity s);
/* The row called `name`, or DIAG_CODES. */
enum diag_code diag_code_by_name(struct str name);

#endif
