#include "diag/github.h"

static bool is_special(char c, bool property) {
    return c == '%' || c == '\r' || c == '\n' ||
           (property && (c == ':' || c == ','));
}

/* What else acts on a terminal is shown as in the text form. */
static void add_escaped(struct buf *out, struct str s, bool property) {
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!is_special(s.p[i], property))
            continue;
        diag_add_printable(out, str_slice(s, from, i));
        buf_printf(out, "%%%02X", (unsigned char)s.p[i]);
        from = i + 1;
    }
    diag_add_printable(out, str_skip(s, from));
}

static struct str command_of(enum diag_severity s) {
    switch (s) {
    case DIAG_NOTE:
        return STR("::notice ");
    case DIAG_WARNING:
        return STR("::warning ");
    case DIAG_ERROR:
        break;
    }
    return STR("::error ");
}

static void add_finding(struct buf *out, const struct diag *f) {
    const struct diag_row *row = &diag_rows[f->code];

    buf_add_str(out, command_of(row->severity));
    if (f->path.len > 0) {
        buf_add_lit(out, "file=");
        add_escaped(out, f->path, true);
        if (f->line > 0)
            buf_printf(out, ",line=%u", f->line);
        if (f->line > 0 && f->column > 0)
            buf_printf(out, ",col=%u", f->column);
        buf_add_ch(out, ',');
    }
    buf_add_lit(out, "title=");
    buf_add_str(out, row->name);
    buf_add_lit(out, "::");
    add_escaped(out, f->text, false);
    buf_add_lit(out, "; ");
    add_escaped(out, row->instead, false);
    buf_add_ch(out, '\n');
}

void diags_print_github(const struct diags *d, struct buf *out,
                        size_t per_code) {
    size_t seen[DIAG_CODES] = {0};

    for (size_t i = 0; i < d->len; i++) {
        size_t n = ++seen[d->items[i].code];
        if (per_code == 0 || n <= per_code)
            add_finding(out, &d->items[i]);
    }
    for (size_t code = 0; per_code > 0 && code < DIAG_CODES; code++) {
        if (seen[code] <= per_code)
            continue;
        buf_add_str(out, command_of(diag_rows[code].severity));
        buf_printf(out, "title=%.*s::%zu more\n", STR_ARG(diag_rows[code].name),
                   seen[code] - per_code);
    }
}

void github_add_error(struct buf *out, struct str text) {
    buf_add_lit(out, "::error::");
    add_escaped(out, text, false);
    buf_add_ch(out, '\n');
}
