#include "vault/publish.h"

#include "base/unicode.h"
#include "vault/repair.h"

/* How far into a note its frontmatter could reach (decisions.md 2). */
#define SCANNED_BYTES 65536

bool publish_decide(const struct settings *s, const struct publish_facts *f) {
    if (f->word == PUBLISH_NO || f->has_excluded_tag)
        return false;
    if (f->unreadable && s->mode == PUBLISH_OPT_IN)
        return false;
    if (f->word == PUBLISH_YES && !f->unreadable)
        return true;
    if (f->excluded)
        return false;
    return f->included || s->mode == PUBLISH_OPT_OUT;
}

enum publish_word publish_word_of(struct str text) {
    static const struct str yes[] = {STR_INIT("true"), STR_INIT("yes"),
                                     STR_INIT("on"), STR_INIT("1")};

    text = str_trim(text);
    if (text.len == 0 || str_eq(text, STR("~")) ||
        str_eq_nocase(text, STR("null")))
        return PUBLISH_UNSAID;
    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (str_eq_nocase(text, yes[i]))
            return PUBLISH_YES;
    return PUBLISH_NO;
}

/* White space as a reader sees it, the kinds that break YAML included. */
static bool is_space(uint32_t code) {
    return (unicode_class(code) & (UNICODE_SPACE | UNICODE_CONTROL)) != 0 ||
           (code >= 0x200B && code <= 0x200F) || code == 0x2060 ||
           code == 0xFEFF;
}

static size_t skip_space(struct str s, size_t at) {
    while (at < s.len) {
        uint32_t code;
        size_t n = utf8_decode(s, at, &code);
        if (!is_space(code))
            break;
        at += n;
    }
    return at;
}

/* `dg-publish` is another key, `- publish` and `{publish` are ours. */
static bool begins_word(struct str s, size_t at) {
    if (at == 0)
        return true;
    char before = s.p[at - 1];
    if (before == '-')
        return at == 1 || !ascii_alnum((unsigned char)s.p[at - 2]);
    return before != '_' && !ascii_alnum((unsigned char)before);
}

/* The place after the colon of a key that ends at `at`, or STR_NONE. */
static size_t after_colon(struct str s, size_t at) {
    static const struct str wide = STR_INIT("\xef\xbc\x9a"); /* U+FF1A */

    if (at < s.len && (s.p[at] == '"' || s.p[at] == '\''))
        at++;
    at = skip_space(s, at);
    if (at < s.len && s.p[at] == ':')
        return at + 1;
    return str_starts(str_skip(s, at), wide) ? at + wide.len : STR_NONE;
}

/* What the rest of the line says; nothing at all counts as a no here, since the
 * value may stand on another line. */
static enum publish_word value_word(struct str rest) {
    static const char ends[] = "\r\n,}]#";
    size_t n = 0;

    while (n < rest.len && !memchr(ends, rest.p[n], sizeof(ends) - 1))
        n++;
    struct str value = str_trim(str_slice(rest, 0, n));
    if (value.len >= 2 && (value.p[0] == '"' || value.p[0] == '\'') &&
        value.p[value.len - 1] == value.p[0])
        value = str_slice(value, 1, value.len - 1);
    return publish_word_of(value) == PUBLISH_YES ? PUBLISH_YES : PUBLISH_NO;
}

static enum publish_word scan_word(struct str s) {
    const struct str key = STR("publish");
    enum publish_word word = PUBLISH_UNSAID;

    for (size_t at = 0; at + key.len <= s.len; at++) {
        if ((s.p[at] | 0x20) != 'p' ||
            !str_starts_nocase(str_skip(s, at), key) || !begins_word(s, at))
            continue;
        size_t value = after_colon(s, at + key.len);
        if (value == STR_NONE)
            continue;
        if (value_word(str_skip(s, value)) == PUBLISH_NO)
            return PUBLISH_NO;
        word = PUBLISH_YES;
    }
    return word;
}

/* `tag` and `listed` are folded. */
static bool is_or_is_below(struct str tag, struct str listed) {
    return str_starts(tag, listed) &&
           (tag.len == listed.len || tag.p[listed.len] == '/');
}

static bool is_listed(const struct settings *s, struct str tag) {
    for (size_t i = 0; i < s->exclude_tags.len; i++)
        if (is_or_is_below(tag, s->exclude_tags.items[i]))
            return true;
    return false;
}

/* The same with a scratch arena of the caller's, which is reset. A tag that is
 * damaged text counts as what it means, too, whatever `mojibake:` says. */
static bool tag_excluded(const struct settings *s, struct str tag,
                         struct arena *scratch) {
    struct str repaired;

    arena_reset(scratch);
    repaired = repair_path(scratch, tag);
    return is_listed(s, unicode_fold(scratch, tag)) ||
           (repaired.p != tag.p &&
            is_listed(s, unicode_fold(scratch, repaired)));
}

bool publish_tag_excluded(const struct settings *s, struct str tag) {
    struct arena scratch;
    bool excluded;

    if (s->exclude_tags.len == 0)
        return false;
    arena_init(&scratch);
    excluded = tag_excluded(s, tag, &scratch);
    arena_release(&scratch);
    return excluded;
}

/* Bytes of the character at `at` when a tag may hold it, else 0. */
static size_t tag_char(struct str s, size_t at) {
    unsigned char c = (unsigned char)s.p[at];
    uint32_t code;

    if (c < 0x80)
        return ascii_alnum(c) || c == '_' || c == '-' || c == '/';
    size_t n = utf8_decode(s, at, &code);
    return unicode_class(code) & (UNICODE_PUNCTUATION | UNICODE_SPACE) ? 0 : n;
}

static bool scan_tags(const struct settings *s, struct str raw) {
    struct arena scratch;
    bool found = false;

    if (s->exclude_tags.len == 0)
        return false;
    arena_init(&scratch);
    for (size_t at = 0; at < raw.len && !found;) {
        size_t start = at, n;
        while (at < raw.len && (n = tag_char(raw, at)) > 0)
            at += n;
        if (at == start)
            at++;
        else if (start < SCANNED_BYTES || raw.p[start - 1] == '#')
            found = tag_excluded(s, str_slice(raw, start, at), &scratch);
    }
    arena_release(&scratch);
    return found;
}

void publish_scan_raw(const struct settings *s, struct str raw,
                      struct publish_facts *f) {
    f->word = scan_word(str_slice(raw, 0, SCANNED_BYTES));
    f->has_excluded_tag = scan_tags(s, raw);
    f->unreadable = true;
}
