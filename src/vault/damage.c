#include "vault/damage.h"

#include "base/unicode.h"

struct place {
    uint32_t line, column;
};

/* Of a text that ends with a line, or is empty. */
static size_t count_lines(struct str text) {
    size_t n = 0;

    for (size_t at = 0; at < text.len; n++) {
        const char *end = memchr(text.p + at, '\n', text.len - at);
        at = (size_t)(end - text.p) + 1;
    }
    return n;
}

static struct place place_of(struct str text, size_t at) {
    struct str before = str_slice(text, 0, at);
    size_t line_start = str_rfind(before, '\n') + 1; /* STR_NONE + 1 is 0 */

    return (struct place){
        (uint32_t)count_lines(str_slice(before, 0, line_start)) + 1,
        (uint32_t)utf8_count(str_skip(before, line_start)) + 1};
}

static void report(struct diags *d, enum diag_code code, struct str path,
                   struct place at, const char *what) {
    diag_add(d, code, path, at.line, at.column, "%s", what);
}

/* `18 characters read as Mac Roman, 1 as Windows-1252`, the more first. */
static void describe(const struct repair *r, struct buf *out) {
    const size_t *n = r->count;
    enum repair_codec first = n[REPAIR_MAC_ROMAN] > n[REPAIR_CP1252]
                                  ? REPAIR_MAC_ROMAN
                                  : REPAIR_CP1252;
    enum repair_codec other = (enum repair_codec)(REPAIR_CODECS - 1 - first);

    buf_add_u64(out, n[first]);
    buf_add_str(out, n[first] == 1 ? STR(" character read as ")
                                   : STR(" characters read as "));
    buf_add_str(out, str_from(repair_codec_name(first)));
    if (n[other] == 0)
        return;
    buf_add_lit(out, ", ");
    buf_add_u64(out, n[other]);
    buf_add_lit(out, " as ");
    buf_add_str(out, str_from(repair_codec_name(other)));
}

/* The characters of a short text, which is UTF-8. */
static uint32_t characters(struct str s) {
    uint32_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* Where columns of the repaired text are not those of `text`. */
static void find_shifts(struct damage *g, struct str text,
                        struct str repaired) {
    struct damage_shift last = {1, 1, 0};
    size_t at = 0;

    for (size_t i = 0; i < g->repair.changes.len; i++) {
        struct repair_change c = g->repair.changes.items[i];
        struct str was = str_slice(text, c.begin, c.end);
        struct str is = str_slice(repaired, c.new_begin, c.new_end);
        struct str between = str_slice(repaired, at, c.new_begin);
        size_t line_start = str_rfind(between, '\n');
        uint32_t nis = characters(is);

        if (line_start != STR_NONE) {
            last.line +=
                (uint32_t)count_lines(str_slice(between, 0, line_start + 1));
            between = str_skip(between, line_start + 1);
            last.column = 1;
            last.extra = 0;
        }
        last.column += (uint32_t)utf8_count(between) + nis;
        last.extra += characters(was) - nis;
        vec_push(&g->shifts, last);
        at = c.new_end;
    }
}

uint32_t damage_column(const struct damage *g, uint32_t line, uint32_t column) {
    size_t low = 0, high = g->shifts.len;

    if (column == 0)
        return 0;
    while (low < high) { /* the first that begins behind the place */
        size_t middle = low + (high - low) / 2;
        const struct damage_shift *s = &g->shifts.items[middle];

        if (s->line < line || (s->line == line && s->column <= column))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || g->shifts.items[low - 1].line != line)
        return column;
    return column + g->shifts.items[low - 1].extra;
}

/* The first C1 control at or after `at`, or STR_NONE. */
static size_t find_c1(struct str text, size_t at) {
    while (at < text.len) {
        const char *found = memchr(text.p + at, 0xC2, text.len - at);

        if (found == NULL)
            break;
        at = (size_t)(found - text.p);
        if (at + 1 < text.len && (unsigned char)text.p[at + 1] < 0xA0)
            return at;
        at += 2;
    }
    return STR_NONE;
}

/* In the first `end` bytes. */
static struct str replace_c1(struct damage *g, struct str text, size_t end,
                             struct str path, struct diags *d) {
    struct str part = str_slice(text, 0, end);
    size_t at = find_c1(part, 0), kept = 0;
    struct place p;

    if (at == STR_NONE)
        return text;
    p = place_of(text, at);
    p.column = damage_column(g, p.line, p.column);
    report(d, DIAG_TEXT_CONTROL, path, p, "a control character");
    buf_reset(&g->text);
    for (; at != STR_NONE; at = find_c1(part, kept)) {
        buf_add_str(&g->text, str_slice(text, kept, at));
        utf8_encode(&g->text, UNICODE_REPLACEMENT);
        kept = at + 2;
    }
    buf_add_str(&g->text, str_skip(text, kept));
    return buf_str(&g->text);
}

static struct str undo(struct damage *g, const struct settings *s,
                       struct str path, struct str text, struct diags *d) {
    struct str repaired = repair_text(&g->repair, text);
    const struct repair *r = &g->repair;
    struct buf what = {0};

    if (r->changes.len == 0)
        return text;
    describe(r, &what);
    report(d,
           s->mojibake == MOJIBAKE_REPAIR ? DIAG_MOJIBAKE_REPAIRED
                                          : DIAG_MOJIBAKE_FOUND,
           path, place_of(text, r->changes.items[0].begin), buf_cstr(&what));
    buf_release(&what);
    if (s->mojibake == MOJIBAKE_REPORT)
        return text;
    g->count = r->count[REPAIR_CP1252] + r->count[REPAIR_MAC_ROMAN];
    find_shifts(g, text, repaired);
    if (r->left != STR_NONE)
        report(d, DIAG_MOJIBAKE_LEFT, path, place_of(text, r->left),
               "damaged text that cannot be undone");
    return repaired;
}

/* What of a path is told: the name, unless a folder's is damaged as well. */
static struct str damaged_part(struct str path, struct str shown) {
    return str_eq(str_dirname(path), str_dirname(shown)) ? str_basename(shown)
                                                         : shown;
}

static void undo_name(const struct settings *s, const struct vault_file *file,
                      struct diags *d) {
    struct arena scratch;
    struct str path = file->path, composed, shown;

    if (utf8_all_ascii(path) ||
        (s->mojibake == MOJIBAKE_REPAIR && vault_shown(file).p == path.p))
        return;
    arena_init(&scratch);
    composed = unicode_nfc(&scratch, path);
    shown = repair_path(&scratch, path);
    if (!str_eq(composed, shown) && s->mojibake == MOJIBAKE_REPAIR)
        diag_add(d, DIAG_MOJIBAKE_NAME, path, 1, 1,
                 "the name is damaged text, and means \"%.*s\"",
                 STR_ARG(damaged_part(composed, shown)));
    else if (!str_eq(composed, shown))
        diag_add(d, DIAG_MOJIBAKE_FOUND, path, 1, 1,
                 "the name may be damaged text, and mean \"%.*s\"",
                 STR_ARG(damaged_part(composed, shown)));
    arena_release(&scratch);
}

struct str damage_undo(struct damage *g, const struct settings *s,
                       const struct vault_file *file, struct str text,
                       struct diags *d) {
    size_t end;

    g->shifts.len = 0;
    g->count = 0;
    if (s->mojibake != MOJIBAKE_OFF) {
        undo_name(s, file, d);
        text = undo(g, s, file->path, text, d);
    }
    end = s->mojibake == MOJIBAKE_REPAIR ? text.len : text_front_len(text);
    return replace_c1(g, text, end, file->path, d);
}

void damage_release(struct damage *g) {
    repair_release(&g->repair);
    vec_release(&g->shifts);
    buf_release(&g->text);
}
