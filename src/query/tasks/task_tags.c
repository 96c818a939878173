#include "query/tasks/task_tags.h"

#include "base/unicode.h"
#include "base/utf16.h"

/* What may follow the `#`; other white space than a blank may. */
static bool in_tag(char c) {
    static const bool ends[256] = {
        [' '] = true, ['!'] = true, ['@'] = true, ['#'] = true, ['$'] = true,
        ['%'] = true, ['^'] = true, ['&'] = true, ['*'] = true, ['('] = true,
        [')'] = true, [','] = true, ['.'] = true, ['?'] = true, ['"'] = true,
        [':'] = true, ['{'] = true, ['}'] = true, ['|'] = true, ['<'] = true,
        ['>'] = true,
    };

    return !ends[(unsigned char)c];
}

/* Length of the white space that ends before `at`, 0 where none does. */
static size_t space_before(struct str text, size_t at) {
    uint32_t code;
    size_t len = utf8_decode_back(text, at, &code);

    return utf16_is_space(code) ? len : 0;
}

/* The next tag at or after *at, with its `#`, or "" where none follows; *at is then
 * what follows it. Start with 0. */
static struct str next_tag(struct str text, size_t *at) {
    size_t from = *at;

    for (size_t i = from; i < text.len; i++) {
        const char *hash = memchr(text.p + i, '#', text.len - i);
        size_t space = 0, end;

        if (hash == NULL)
            break;
        i = (size_t)(hash - text.p);
        if (i > 0)
            space = space_before(text, i);
        /* White space that ended the tag before is that one's. */
        if (i > 0 && (space == 0 || i - space < from))
            continue;
        for (end = i + 1; end < text.len && in_tag(text.p[end]); end++)
            continue;
        if (end == i + 1)
            continue;
        *at = end;
        return utf16_trim(str_slice(text, i, end));
    }
    *at = text.len;
    return STR("");
}

size_t task_tag_at_end(struct str text) {
    size_t i = text.len;

    while (i > 0 && in_tag(text.p[i - 1]))
        i--;
    if (i == 0 || i == text.len || text.p[i - 1] != '#')
        return STR_NONE;
    i--;
    return i == 0 || space_before(text, i) > 0 ? i : STR_NONE;
}

const struct str *task_tags_of(struct arena *a, struct str text,
                               struct str filter, uint32_t *n) {
    size_t at = 0, most = 0;
    struct str rest = text, tag, *tags;

    *n = 0;
    for (size_t i; (i = str_find(rest, '#')) != STR_NONE; most++)
        rest = str_skip(rest, i + 1);
    if (most == 0)
        return NULL;
    tags = arena_array(a, struct str, most);
    while ((tag = next_tag(text, &at)).len > 0)
        if (!str_eq(tag, filter))
            tags[(*n)++] = tag;
    return tags;
}
