#include "note/field.h"

#include <stdlib.h>

#include "base/emoji.h"
#include "base/unicode.h"
#include "base/utf16.h"

/* --- fields in brackets --- */

/*
 * A bracket that a key follows, and then `::`.  What closes it is found for all of
 * them in one pass: the first closing bracket behind the value's beginning where
 * the depth of its kind falls below what it was there.
 */
struct candidate {
    size_t begin, value, end; /* end: 0 while it is open */
    long depth;
    enum field_kind kind;
};

struct bracket_scan {
    struct str text;
    VEC(struct candidate) found;
    VEC(size_t) open[2]; /* by kind: candidates without an end */
    long depth[2];
};

static void close_bracket(struct bracket_scan *s, int kind, size_t at) {
    s->depth[kind]--;
    while (s->open[kind].len > 0) {
        struct candidate *c = &s->found.items[*vec_last(&s->open[kind])];

        if (c->depth <= s->depth[kind])
            break;
        c->end = at + 1;
        s->open[kind].len--;
    }
}

static void open_candidate(struct bracket_scan *s, int kind, size_t begin,
                           size_t colons) {
    struct candidate c = {.begin = begin,
                          .value = colons + 2,
                          .depth = s->depth[kind],
                          .kind = (enum field_kind)kind};

    vec_push(&s->open[kind], s->found.len);
    vec_push(&s->found, c);
}

/* A backslash keeps the next bracket from counting, but not from opening a field
 * of its own. */
static void scan_brackets(struct bracket_scan *s) {
    struct str t = s->text;
    size_t key = STR_NONE; /* the bracket that a key may follow */
    bool escaped = false;

    for (size_t i = 0; i < t.len; i++) {
        char c = t.p[i];
        int kind = c == '(' || c == ')' ? FIELD_PARENTHESES : FIELD_BRACKETS;
        bool counts = !escaped;

        escaped = c == '\\' && counts;
        if (c == '[' || c == '(') {
            s->depth[kind] += counts;
            key = i;
        } else if (c == ']' || c == ')') {
            if (counts)
                close_bracket(s, kind, i);
            key = STR_NONE;
        } else if (c == ':' && key != STR_NONE && i + 1 < t.len &&
                   t.p[i + 1] == ':') {
            open_candidate(s,
                           t.p[key] == '(' ? FIELD_PARENTHESES : FIELD_BRACKETS,
                           key, i);
            key = STR_NONE;
        }
    }
}

static void add_bracket(struct fields *f, struct str text,
                        const struct candidate *c) {
    struct field field = {
        .key = utf16_trim(str_slice(text, c->begin + 1, c->value - 2)),
        .value = utf16_trim(str_slice(text, c->value, c->end - 1)),
        .begin = c->begin,
        .end = c->end,
        .kind = c->kind,
    };

    vec_push(&f->list, field);
}

/* Of one kind a field is not looked for inside another. */
static void find_brackets(struct fields *f, struct str text) {
    struct bracket_scan s = {.text = text};
    size_t end[2] = {0, 0};

    scan_brackets(&s);
    for (size_t i = 0; i < s.found.len; i++) {
        const struct candidate *c = &s.found.items[i];

        if (c->end == 0 || c->begin < end[c->kind])
            continue;
        end[c->kind] = c->end;
        add_bracket(f, text, c);
    }
    vec_release(&s.found);
    vec_release(&s.open[0]);
    vec_release(&s.open[1]);
}

/* --- dates that emoji mark --- */

static const struct {
    uint32_t code;
    struct str key;
} marks[] = {
    {0x2795, STR_INIT("created")},   {0x1F6EB, STR_INIT("start")},
    {0x23F3, STR_INIT("scheduled")}, {0x231B, STR_INIT("scheduled")},
    {0x1F4C5, STR_INIT("due")},      {0x1F4C6, STR_INIT("due")},
    {0x1F5D3, STR_INIT("due")},      {0x2705, STR_INIT("completion")},
};

#define SPIRAL_CALENDAR 0x1F5D3 /* often with a variation selector */

/* `YYYY-MM-DD` at `at`, by its shape only. */
static bool date_at(struct str s, size_t at) {
    static const char shape[] = "0000-00-00";

    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (at + i >= s.len ||
            (shape[i] == '-' ? s.p[at + i] != '-'
                             : !ascii_digit((unsigned char)s.p[at + i])))
            return false;
    return true;
}

/* Where the date of a mark that ends at `at` begins, or STR_NONE. */
static size_t date_behind(struct str s, size_t at, uint32_t mark) {
    uint32_t code;

    for (bool first = true; at < s.len; first = false) {
        size_t n = utf8_decode(s, at, &code);

        if (!utf16_is_space(code) &&
            !(first && mark == SPIRAL_CALENDAR && code == 0xFE0F))
            break;
        at += n;
    }
    return date_at(s, at) ? at : STR_NONE;
}

/* Dates begin at `first` of the list: each name once, and there are few. */
static void add_date(struct fields *f, size_t first, struct str text,
                     size_t begin, size_t date, struct str key) {
    struct field field = {
        .key = key,
        .value = str_slice(text, date, date + STR("YYYY-MM-DD").len),
        .begin = begin,
        .end = date + STR("YYYY-MM-DD").len,
        .kind = FIELD_EMOJI,
    };

    for (size_t i = first; i < f->list.len; i++)
        if (str_eq(f->list.items[i].key, key))
            return;
    vec_push(&f->list, field);
}

static void find_dates(struct fields *f, struct str text) {
    size_t first = f->list.len, n;

    for (size_t at = utf8_skip_ascii(text, 0); at < text.len;
         at = utf8_skip_ascii(text, at + n)) {
        uint32_t code;
        size_t date;

        n = 1;
        if ((unsigned char)text.p[at] != 0xE2 &&
            (unsigned char)text.p[at] != 0xF0) /* with which all marks begin */
            continue;
        n = utf8_decode(text, at, &code);
        for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
            if (marks[i].code != code)
                continue;
            date = date_behind(text, at + n, code);
            if (date != STR_NONE)
                add_date(f, first, text, at, date, marks[i].key);
        }
    }
}

/* The first two bytes of the marks. */
static bool may_be_mark(unsigned char first, unsigned char second) {
    if (first == 0xF0)
        return second == 0x9F;
    return first == 0xE2 && (second == 0x8C || second == 0x8F ||
                             second == 0x9C || second == 0x9E);
}

bool fields_have_mark(struct str text) {
    for (size_t at = utf8_skip_ascii(text, 0); at + 1 < text.len;
         at = utf8_skip_ascii(text, at + 1))
        if (may_be_mark((unsigned char)text.p[at],
                        (unsigned char)text.p[at + 1]))
            return true;
    return false;
}

static int by_begin(const void *a, const void *b) {
    const struct field *x = a, *y = b;

    return (x->begin > y->begin) - (x->begin < y->begin);
}

void fields_find(struct fields *f, struct str text, bool dates) {
    size_t kept = 0;

    f->list.len = 0;
    if (str_find_str(text, STR("::"), 0) != STR_NONE)
        find_brackets(f, text);
    if (dates && !utf8_all_ascii(text))
        find_dates(f, text);
    if (f->list.len < 2)
        return;
    qsort(f->list.items, f->list.len, sizeof *f->list.items, by_begin);
    for (size_t i = 0; i < f->list.len; i++)
        if (kept == 0 || f->list.items[i].begin > f->list.items[kept - 1].end)
            f->list.items[kept++] = f->list.items[i];
    f->list.len = kept;
}

/* --- a whole line --- */

static bool is_word(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code) || code == '_';
    return unicode_class(code) == UNICODE_LETTER;
}

/* Behind the run of characters that a key is made of. */
static size_t key_end(struct str s, size_t at) {
    while (at < s.len) {
        uint32_t code;
        size_t n = utf8_decode(s, at, &code);

        if (!is_word(code) && !utf16_is_space(code) && code != '/' &&
            code != '-') {
            n = emoji_len(s, at);
            if (n == 0)
                break;
        }
        at += n;
    }
    return at;
}

bool field_of_line(struct str line, struct field *out) {
    size_t colons = str_find_str(line, STR("::"), 0), at = 0, end;
    struct str key;

    if (colons == STR_NONE)
        return false;
    key = utf16_trim(str_slice(line, 0, colons));
    while (at < key.len) {
        uint32_t code;
        size_t n = utf8_decode(key, at, &code);

        if (is_word(code))
            break;
        at += n;
    }
    key = str_skip(key, at);
    end = at = key_end(key, 0);
    while (at < key.len && memchr("_*~`", key.p[at], 4) != NULL)
        at++;
    if (at < key.len)
        return false;
    *out = (struct field){
        .key = str_slice(key, 0, end),
        .value = utf16_trim(str_skip(line, colons + 2)),
        .begin = 0,
        .end = line.len,
        .kind = FIELD_LINE,
    };
    return true;
}

/* --- names --- */

static bool is_canonical(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (!(c >= 'a' && c <= 'z') && !ascii_digit(c) && c != '-' && c != '_')
            return false;
    }
    return true;
}

/* Behind the characters of a name that are only lower-cased. */
static size_t word_end(struct str s, size_t at) {
    while (at < s.len) {
        uint32_t code;
        size_t n = utf8_decode(s, at, &code);

        if ((!is_word(code) && code != '-') || emoji_len(s, at) > 0)
            break;
        at += n;
    }
    return at;
}

struct str field_canonical(struct arena *a, struct str name) {
    struct buf out = {0};
    struct str kept;
    bool spaces = false;

    if (is_canonical(name))
        return name;
    for (size_t at = 0, end; at < name.len; at = end) {
        uint32_t code;
        bool space;

        end = at + utf8_decode(name, at, &code);
        space = utf16_is_space(code);
        if (emoji_len(name, at) > 0) {
            end = at + emoji_len(name, at);
            buf_add(&out, name.p + at, end - at);
        } else if (space && !spaces) {
            buf_add_ch(&out, '-');
        } else if (word_end(name, at) > at) {
            end = word_end(name, at);
            buf_add_str(&out, utf16_lower(a, str_slice(name, at, end)));
        }
        spaces = space;
    }
    kept = arena_str(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

/* --- list items --- */

struct str field_item_text(struct str source) {
    uint32_t code;
    size_t n = 0;

    if (source.len < 2 || source.p[0] != '[')
        return source;
    if (source.p[1] != ']' && source.p[1] != '\n')
        n = utf8_decode(source, 1, &code);
    if (1 + n >= source.len || source.p[1 + n] != ']')
        return source;
    source = str_skip(source, n + 2);
    while (source.len > 0) {
        n = utf8_decode(source, 0, &code);
        if (!utf16_is_space(code) || code == '\n')
            break;
        source = str_skip(source, n);
    }
    return source;
}

struct str field_join_lines(struct arena *a, struct str s) {
    char *copy;

    if (str_find(s, '\n') == STR_NONE)
        return s;
    copy = arena_alloc(a, s.len, 1);
    memcpy(copy, s.p, s.len);
    for (char *p = copy; (p = memchr(p, '\n', s.len - (size_t)(p - copy)));)
        *p = ' ';
    return str_make(copy, s.len);
}

/* What ends a tag in an item's text. */
static bool ends_tag(uint32_t code) {
    return utf16_is_space(code) ||
           (code < 0x80 && code != 0 &&
            strchr(",;.:!?'\"`()[]{}", (int)code) != NULL);
}

/* What a tag of queries may not hold (spec §8.2). */
static bool breaks_tag(uint32_t code) {
    if (code < 0x80)
        return code != 0 && strchr("#$%&*+<=>@^|~\\", (int)code) != NULL;
    return (code >= 0x2000 && code <= 0x206F) ||
           (code >= 0x2E00 && code <= 0x2E7F);
}

struct str field_next_tag(struct str text, size_t *at) {
    while (*at < text.len) {
        size_t begin = str_find(str_skip(text, *at), '#'), end;
        bool broken = false;

        if (begin == STR_NONE)
            break;
        begin += *at;
        for (end = begin + 1; end < text.len;) {
            uint32_t code;
            size_t n = utf8_decode(text, end, &code);

            if (ends_tag(code))
                break;
            broken |= breaks_tag(code);
            end += n;
        }
        *at = end;
        if (!broken && end > begin + 1)
            return str_slice(text, begin, end);
    }
    *at = text.len;
    return STR("");
}
