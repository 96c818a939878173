#include "base/json.h"
#include "base/unicode.h"
#include "diag/diag.h"

/* What a terminal would act upon: controls, and the marks that turn the
 * direction of text so that a line reads other than it is. */
static bool acts_on_terminal(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

void diag_add_printable(struct buf *out, struct str s) {
    for (size_t at = 0; at < s.len;) {
        uint32_t code;
        size_t width = utf8_decode(s, at, &code);

        if (width == 1 && code == UNICODE_REPLACEMENT)
            buf_printf(out, "\\x%02x", (unsigned char)s.p[at]);
        else if (!acts_on_terminal(code))
            buf_add(out, s.p + at, width);
        else
            buf_printf(out, code < 0x80 ? "\\x%02x" : "\\u%04x", code);
        at += width;
    }
}

static void add_severity(struct buf *out, enum diag_severity s, bool coloured) {
    static const char *const colours[] = {
        [DIAG_NOTE] = "\033[36m",      /* cyan */
        [DIAG_WARNING] = "\033[1;33m", /* bold yellow */
        [DIAG_ERROR] = "\033[1;31m",   /* bold red */
    };

    if (coloured)
        buf_add_str(out, str_from(colours[s]));
    buf_add_str(out, str_from(diag_severity_name(s)));
    if (coloured)
        buf_add_lit(out, "\033[0m");
    buf_add_lit(out, ": ");
}

static void add_finding(struct buf *out, const struct diag *f, bool coloured) {
    const struct diag_row *row = &diag_rows[f->code];

    if (f->path.len > 0) {
        diag_add_printable(out, f->path);
        buf_add_ch(out, ':');
        if (f->line > 0) {
            buf_add_u64(out, f->line);
            buf_add_ch(out, ':');
        }
        if (f->line > 0 && f->column > 0) {
            buf_add_u64(out, f->column);
            buf_add_ch(out, ':');
        }
        buf_add_ch(out, ' ');
    }
    add_severity(out, row->severity, coloured);
    buf_add_str(out, row->name);
    buf_add_lit(out, ": ");
    diag_add_printable(out, f->text);
    buf_add_lit(out, "; ");
    buf_add_str(out, row->instead);
    buf_add_ch(out, '\n');
}

void diags_print_text(const struct diags *d, struct buf *out, size_t per_code) {
    size_t seen[DIAG_CODES] = {0};

    for (size_t i = 0; i < d->len; i++) {
        size_t n = ++seen[d->items[i].code];

        if (per_code == 0 || n <= per_code)
            add_finding(out, &d->items[i], d->coloured);
    }
    for (size_t code = 0; per_code > 0 && code < DIAG_CODES; code++) {
        if (seen[code] <= per_code)
            continue;
        add_severity(out, diag_rows[code].severity, d->coloured);
        buf_add_str(out, diag_rows[code].name);
        buf_add_lit(out, ": ");
        buf_add_u64(out, seen[code] - per_code);
        buf_add_lit(out, " more\n");
    }
}

static void add_number(struct buf *out, struct str key, uint64_t n) {
    json_add_key(out, key);
    buf_add_u64(out, n);
}

static void add_text(struct buf *out, struct str key, struct str text) {
    json_add_key(out, key);
    json_add_text(out, text);
}

static void add_finding_json(struct buf *out, const struct diag *f) {
    const struct diag_row *row = &diag_rows[f->code];

    buf_add_ch(out, '{');
    add_text(out, STR("path"), f->path);
    buf_add_ch(out, ',');
    add_number(out, STR("line"), f->line);
    buf_add_ch(out, ',');
    add_number(out, STR("column"), f->column);
    buf_add_ch(out, ',');
    add_text(out, STR("code"), row->name);
    buf_add_ch(out, ',');
    add_text(out, STR("severity"), str_from(diag_severity_name(row->severity)));
    buf_add_ch(out, ',');
    add_text(out, STR("text"), f->text);
    buf_add_ch(out, ',');
    add_text(out, STR("instead"), row->instead);
    buf_add_ch(out, '}');
}

static void add_count_json(struct buf *out, const struct diag_query_count *q) {
    buf_add_ch(out, '{');
    add_text(out, STR("language"), q->language);
    buf_add_ch(out, ',');
    add_number(out, STR("answered"), q->answered);
    buf_add_ch(out, ',');
    add_number(out, STR("errors"), q->errors);
    buf_add_ch(out, ',');
    add_number(out, STR("unsupported"), q->unsupported);
    buf_add_ch(out, '}');
}

void diags_print_json(const struct diags *d,
                      const struct diag_query_count *queries, size_t nqueries,
                      struct str members, struct buf *out) {
    buf_add_lit(out, "{\"findings\":[");
    for (size_t i = 0; i < d->len; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_finding_json(out, &d->items[i]);
    }
    buf_add_lit(out, "],\n\"queries\":[");
    for (size_t i = 0; i < nqueries; i++) {
        buf_add_str(out, i > 0 ? STR(",\n") : STR("\n"));
        add_count_json(out, &queries[i]);
    }
    buf_add_ch(out, ']');
    buf_add_str(out, members);
    buf_add_lit(out, "}\n");
}
