/*
 * value_dump: values as one line of text, everything in them shown.
 *
 * Texts in quotes, dates with the kind of their zone when it is not the local
 * one, durations unit by unit, links as path#sub|display with their kind.
 */
#ifndef VAULTSITE_TESTS_VALUE_DUMP_H
#define VAULTSITE_TESTS_VALUE_DUMP_H

#include "value/date.h"
#include "value/number.h"

static inline void dump_date(struct buf *out, struct date d) {
    date_add_iso(out, d);
    if (d.zone->kind != ZONE_LOCAL && !d.invalid) {
        buf_add_ch(out, ' ');
        zone_add_name(out, d.zone);
    }
}

static inline void dump_duration(struct buf *out, const struct duration *d) {
    static const char letters[] = "yMwdhmsS";

    buf_add_lit(out, "dur");
    for (int i = 0; i < DURATION_UNITS; i++)
        if (d->count[i] != 0) {
            buf_add_ch(out, ' ');
            number_add(out, d->count[i]);
            buf_add_ch(out, letters[i]);
        }
}

static inline void dump_link(struct buf *out, const struct value_link *l) {
    static const char *const kinds[] = {"file", "header", "block"};

    buf_printf(out, "%s%s %.*s", l->embed ? "!" : "", kinds[l->kind],
               STR_ARG(l->path));
    if (l->has_subpath)
        buf_printf(out, "#%.*s", STR_ARG(l->subpath));
    if (l->has_display)
        buf_printf(out, "|%.*s", STR_ARG(l->display));
}

static inline void value_dump(struct buf *out, const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
        buf_add_lit(out, "null");
        break;
    case VALUE_BOOL:
        buf_add_str(out, v->as.boolean ? STR("true") : STR("false"));
        break;
    case VALUE_NUMBER:
        number_add(out, v->as.number);
        break;
    case VALUE_TEXT:
        buf_printf(out, "\"%.*s\"", STR_ARG(v->as.text));
        break;
    case VALUE_DATE:
        dump_date(out, v->as.date);
        break;
    case VALUE_DURATION:
        dump_duration(out, v->as.duration);
        break;
    case VALUE_LINK:
        dump_link(out, v->as.link);
        break;
    case VALUE_LIST:
        buf_add_ch(out, '[');
        for (size_t i = 0; i < v->as.list.len; i++) {
            buf_add_str(out, i > 0 ? STR(", ") : STR(""));
            value_dump(out, v->as.list.items[i]);
        }
        buf_add_ch(out, ']');
        break;
    case VALUE_OBJECT:
        buf_add_ch(out, '{');
        for (size_t i = 0; i < v->as.object.len; i++) {
            const struct value_member *m = &v->as.object.members[i];
            buf_add_str(out, i > 0 ? STR(", ") : STR(""));
            buf_printf(out, "%.*s: ", STR_ARG(m->key));
            value_dump(out, m->value);
        }
        buf_add_ch(out, '}');
        break;
    default:
        buf_add_lit(out, "?");
    }
}

#endif
