#include "value/read.h"

#include "base/emoji.h"
#include "base/unicode.h"
#include "base/utf16.h"
#include "base/vec.h"
#include "value/date_read.h"
#include "value/duration.h"
#include "value/scan.h"

struct str value_heading_subpath(struct arena *a, struct str s) {
    struct buf out = {0};
    bool blank = false;
    struct str kept;

    for (size_t at = 0; at < s.len;) {
        size_t len = emoji_len(s, at);
        uint32_t code;

        if (len == 0) {
            len = utf8_decode(s, at, &code);
            if (code < 0x80 ? !ascii_alnum((unsigned char)code) &&
                                  code != '_' && code != '-'
                            : unicode_class(code) != UNICODE_LETTER) {
                blank = true;
                at += len;
                continue;
            }
        }
        if (blank && out.len > 0)
            buf_add_ch(&out, ' ');
        blank = false;
        buf_add_str(&out, str_slice(s, at, at + len));
        at += len;
    }
    kept = str_eq(buf_str(&out), s) ? s : arena_str(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

/* Where the target ends: at the first `|` that no backslash stands before. */
static size_t target_end(struct str inner) {
    for (size_t i = 0; i < inner.len; i++)
        if (inner.p[i] == '|' && (i == 0 || inner.p[i - 1] != '\\'))
            return i;
    return inner.len;
}

/* With `\|` as `|`. */
static struct str plain_target(struct arena *a, struct str s) {
    struct buf out = {0};

    if (str_find_str(s, STR("\\|"), 0) == STR_NONE)
        return s;
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] != '\\' || i + 1 == s.len || s.p[i + 1] != '|')
            buf_add_ch(&out, s.p[i]);
    s = arena_str(a, buf_str(&out));
    buf_release(&out);
    return s;
}

struct value_link value_link_of(struct arena *a, struct str inner) {
    size_t end = target_end(inner), mark;
    struct str target = plain_target(a, str_slice(inner, 0, end));
    struct value_link l = {.kind = VALUE_LINK_FILE, .path = target};

    if (end < inner.len) {
        l.has_display = true;
        l.display = str_skip(inner, end + 1);
    }
    mark = str_find_str(target, STR("#^"), 0);
    if (mark != STR_NONE) {
        l.kind = VALUE_LINK_BLOCK;
        l.has_subpath = true;
        l.path = str_slice(target, 0, mark);
        l.subpath = str_skip(target, mark + 2);
        return l;
    }
    mark = str_find(target, '#');
    if (mark != STR_NONE) {
        l.kind = VALUE_LINK_HEADER;
        l.has_subpath = true;
        l.path = str_slice(target, 0, mark);
        l.subpath = value_heading_subpath(
            a, str_until(str_skip(target, mark + 1), '#'));
    }
    return l;
}

size_t value_read_link(const struct value_reader *r, struct str s,
                       struct value_link *out) {
    size_t begin = str_starts(s, STR("!")) ? 1 : 0, end;

    if (!str_starts(str_skip(s, begin), STR("[[")))
        return 0;
    end = begin + 2;
    while (end < s.len && s.p[end] != '[' && s.p[end] != ']')
        end++;
    if (!str_starts(str_skip(s, end), STR("]]")))
        return 0;
    *out = value_link_of(r->arena, str_slice(s, begin + 2, end));
    out->embed = begin > 0;
    if (r->resolve != NULL)
        out->path = r->resolve(r->context, out->path);
    return end + 2;
}

/* A byte that a date or a duration can begin with. */
static bool may_be_number(char c) {
    return ascii_digit((unsigned char)c) || c == '-';
}

/* NULL where the text means itself. */
static const struct value *typed_property(const struct value_reader *r,
                                          struct str s) {
    struct duration duration;
    struct value_link link;
    struct date date;

    if (s.len == 0)
        return NULL;
    if (may_be_number(s.p[0])) {
        if (date_read(r->zones, s, &date) == s.len)
            return value_of_date(r->arena, date);
        if (duration_read(s, &duration) == s.len)
            return value_of_duration(r->arena, duration);
    } else if ((s.p[0] == '[' || s.p[0] == '!') &&
               value_read_link(r, s, &link) == s.len) {
        return value_of_link(r->arena, link);
    }
    return NULL;
}

const struct value *value_of_property_text(const struct value_reader *r,
                                           struct str s) {
    const struct value *typed = typed_property(r, s);

    return typed != NULL ? typed : value_of_text(r->arena, s);
}

static const struct value *property_at(const struct value_reader *r,
                                       const struct value *v, int depth);

static const struct value *property_list(const struct value_reader *r,
                                         const struct value *v, int depth) {
    size_t len = v->as.list.len;
    const struct value **items =
        arena_array(r->arena, const struct value *, len);
    bool changed = false;

    for (size_t i = 0; i < len; i++) {
        items[i] = property_at(r, v->as.list.items[i], depth + 1);
        changed |= items[i] != v->as.list.items[i];
    }
    return changed ? value_of_list(r->arena, items, len) : v;
}

static const struct value *property_object(const struct value_reader *r,
                                           const struct value *v, int depth) {
    size_t len = v->as.object.len;
    struct value_member *members =
        arena_array(r->arena, struct value_member, len);
    bool changed = false;

    for (size_t i = 0; i < len; i++) {
        members[i] = v->as.object.members[i];
        members[i].value = property_at(r, members[i].value, depth + 1);
        changed |= members[i].value != v->as.object.members[i].value;
    }
    return changed ? value_of_object(r->arena, members, len) : v;
}

static const struct value *property_at(const struct value_reader *r,
                                       const struct value *v, int depth) {
    const struct value *typed = NULL;

    if (depth > VALUE_MAX_DEPTH)
        return v;
    if (v->kind == VALUE_LIST)
        typed = property_list(r, v, depth);
    else if (v->kind == VALUE_OBJECT)
        typed = property_object(r, v, depth);
    else if (v->kind == VALUE_TEXT)
        typed = typed_property(r, v->as.text);
    return typed != NULL ? typed : v;
}

const struct value *value_of_property(const struct value_reader *r,
                                      const struct value *v) {
    return property_at(r, v, 0);
}

size_t value_read_tag(struct str s) {
    size_t at = 1;
    uint32_t code;

    if (!str_starts(s, STR("#")))
        return 0;
    while (at < s.len) {
        size_t len = utf8_decode(s, at, &code);
        if (utf16_is_space(code) ||
            (code < 0x80 && memchr("'!\"#$%&()*+,.:;<=>?@^`{|}~[]\\", (int)code,
                                   29) != NULL) ||
            (code >= 0x2000 && code <= 0x206f) ||
            (code >= 0x2e00 && code <= 0x2e7f))
            break;
        at += len;
    }
    return at;
}

/* `"…"` with `\"` and `\\`; its length, 0 where it has no end. */
static size_t read_string(struct arena *a, struct str s, struct str *out) {
    struct buf text = {0};
    size_t at = 1;

    while (at < s.len && s.p[at] != '"') {
        if (s.p[at] == '\\' && at + 1 < s.len) {
            at++;
            if (s.p[at] != '"' && s.p[at] != '\\')
                buf_add_ch(&text, '\\');
        }
        buf_add_ch(&text, s.p[at++]);
    }
    if (at >= s.len) {
        buf_release(&text);
        return 0;
    }
    *out = arena_str(a, buf_str(&text));
    buf_release(&text);
    return at + 1;
}

static const struct value *scan_time(const struct value_reader *r,
                                     struct scan *s) {
    struct duration duration;
    struct date date;
    size_t len = date_read(r->zones, scan_rest(s), &date);

    if (len > 0) {
        s->at += len;
        return value_of_date(r->arena, date);
    }
    len = duration_read(scan_rest(s), &duration);
    s->at += len;
    return len == 0
               ? NULL
               : value_of_duration(r->arena, duration_normalise(&duration));
}

/* NULL where no atom stands. */
static const struct value *scan_atom(const struct value_reader *r,
                                     struct scan *s) {
    static const struct {
        struct str word;
        bool holds;
    } booleans[] = {
        {STR_INIT("true"), true},
        {STR_INIT("True"), true},
        {STR_INIT("false"), false},
        {STR_INIT("False"), false},
    };
    struct str rest = scan_rest(s), text;
    const struct value *time;
    struct value_link link;
    double number;
    size_t len;

    if (may_be_number(scan_peek(s))) {
        time = scan_time(r, s);
        if (time != NULL)
            return time;
        return scan_number(s, &number) ? value_of_number(r->arena, number)
                                       : NULL;
    }
    len = scan_peek(s) == '"' ? read_string(r->arena, rest, &text) : 0;
    if (len == 0) {
        len = value_read_tag(rest);
        text = str_slice(rest, 0, len);
    }
    if (len == 0 && scan_word(s, STR("null")))
        return value_of_text(r->arena, STR("null"));
    if (len > 0) {
        s->at += len;
        return value_of_text(r->arena, text);
    }
    len = value_read_link(r, rest, &link);
    if (len > 0) {
        s->at += len;
        return value_of_link(r->arena, link);
    }
    for (size_t i = 0; i < ARRAY_LEN(booleans); i++)
        if (scan_word(s, booleans[i].word))
            return value_of_bool(booleans[i].holds);
    return NULL;
}

static bool scan_comma(struct scan *s) {
    scan_space(s);
    if (!scan_byte(s, ','))
        return false;
    scan_space(s);
    return true;
}

/* Whether the text can be anything but itself. */
static bool may_be_atom(struct str s) {
    return may_be_number(s.p[0]) ||
           str_find(STR("\"#[!tTfFn"), s.p[0]) != STR_NONE;
}

/* What follows the comma behind the first atom: nothing, or atoms with commas
 * between them. NULL where all of it is no list. */
static const struct value *scan_list(const struct value_reader *r,
                                     struct scan *s,
                                     const struct value *first) {
    VEC(const struct value *) items = {0};
    const struct value *v = scan_end(s) ? NULL : scan_atom(r, s);
    bool whole = scan_end(s);

    vec_push(&items, first);
    while (v != NULL) {
        vec_push(&items, v);
        whole = scan_end(s);
        v = scan_comma(s) ? scan_atom(r, s) : NULL;
    }
    v = whole ? value_of_list(r->arena, vec_keep(r->arena, &items), items.len)
              : NULL;
    vec_release(&items);
    return v;
}

const struct value *value_of_inline_text(const struct value_reader *r,
                                         struct str text) {
    struct scan s = {.text = utf16_trim(text)};
    const struct value *v = NULL;

    if (s.text.len == 0)
        return &value_null;
    if (may_be_atom(s.text))
        v = scan_atom(r, &s);
    if (v != NULL && !scan_end(&s))
        v = scan_comma(&s) ? scan_list(r, &s, v) : NULL;
    return v != NULL ? v : value_of_text(r->arena, s.text);
}
