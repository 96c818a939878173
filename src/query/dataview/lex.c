#include "query/dataview/lex.h"

#include "base/emoji.h"
#include "base/unicode.h"
#include "value/read.h"

bool lex_blanks(struct scan *s) {
    size_t begin = s->at;

    scan_space(s);
    return s->at > begin;
}

void lex_blanks_or_comments(struct scan *s) {
    for (;;) {
        scan_space(s);
        if (!scan_word(s, STR("//")))
            return;
        size_t end = str_find(scan_rest(s), '\n');
        s->at = end == STR_NONE ? s->text.len : s->at + end;
    }
}

bool lex_keyword(struct scan *s, struct str word) {
    if (!str_starts_nocase(scan_rest(s), word))
        return false;
    s->at += word.len;
    return true;
}

/* Bytes of what may stand in a name at `at`, 0: nothing of the kind. */
static size_t name_len(struct str s, size_t at, bool first) {
    unsigned char c = (unsigned char)s.p[at];
    uint32_t code;
    size_t len;

    if (ascii_alpha(c) || (!first && (ascii_digit(c) || c == '_' || c == '-')))
        return 1;
    if (c >= 0x80) {
        len = utf8_decode(s, at, &code);
        if (unicode_class(code) == UNICODE_LETTER)
            return len;
    }
    return emoji_len(s, at);
}

bool lex_name(struct scan *s, struct str *name) {
    size_t begin = s->at, len;

    while (!scan_end(s) && (len = name_len(s->text, s->at, s->at == begin)) > 0)
        s->at += len;
    *name = str_slice(s->text, begin, s->at);
    return name->len > 0;
}

static struct str unescaped(struct arena *a, struct str raw) {
    char *p = arena_alloc(a, raw.len, 1);
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        if (raw.p[i] == '\\') { /* another character behind it is sure */
            i++;
            if (raw.p[i] != '"' && raw.p[i] != '\\')
                p[len++] = '\\';
        }
        p[len++] = raw.p[i];
    }
    return str_make(p, len);
}

bool lex_string(struct scan *s, struct arena *a, struct str *text) {
    size_t begin = s->at + 1, end = begin;
    bool escapes = false;

    if (scan_peek(s) != '"')
        return false;
    for (; end < s->text.len && s->text.p[end] != '"'; end++) {
        if (s->text.p[end] == '\\') {
            escapes = true;
            end++;
        }
    }
    if (end >= s->text.len)
        return false;
    *text = str_slice(s->text, begin, end);
    if (escapes)
        *text = unescaped(a, *text);
    s->at = end + 1;
    return true;
}

bool lex_tag(struct scan *s, struct str *name) {
    size_t len = value_read_tag(scan_rest(s));

    *name = str_slice(s->text, s->at + 1, s->at + len);
    s->at += len;
    return len > 0;
}

bool lex_link(struct scan *s, struct arena *a, bool embed,
              struct value_link *link) {
    const struct value_reader reader = {.arena = a};
    size_t len;

    if (embed != (scan_peek(s) == '!'))
        return false;
    len = value_read_link(&reader, scan_rest(s), link);
    s->at += len;
    return len > 0;
}
