/*
 * print: the text form of values (spec/dataview.md §3), always en-US.
 */
#ifndef VAULTSITE_VALUE_PRINT_H
#define VAULTSITE_VALUE_PRINT_H

#include "base/buf.h"
#include "value/value.h"

/* The settings of the plugin that the text form depends on (§16). */
struct value_style {
    struct str null_text;
    struct str date_format, datetime_format;
};
extern const struct value_style value_style_default;

/* Appends the text form of v; a record is an object with its members. */
void value_print(struct buf *out, const struct value *v,
                 const struct value_style *style);
/*
 * The same for values that may be more than any memory holds when written out: an
 * item has its children twice, and those theirs. Nothing more is begun once there
 * are more than `most` bytes, and false is returned: the text is then cut.
 */
bool value_print_within(struct buf *out, const struct value *v,
                        const struct value_style *style, size_t most);
/* `[[path#sub|display]]` */
void value_print_link(struct buf *out, const struct value_link *l);
/* What a reader sees of a link: its display, else the title of the file, with
 * ` > subpath` where there is one. */
void value_print_link_text(struct buf *out, const struct value_link *l);
/* Compact JSON as JSON.stringify has it, of what properties hold: a number that is
 * none, or a value that JSON has no form for, is null. They nest no deeper than
 * YAML_MAX_DEPTH. */
void value_add_json(struct buf *out, const struct value *v);

#endif
