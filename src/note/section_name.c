#include "note/section_name.h"

#include "base/name_key.h"
#include "base/unicode.h"

/* Emoji are symbols, and so are what joins and colours them; of punctuation only
 * the marks of Markdown go: a name may have an apostrophe. */
static bool is_kept(uint32_t code) {
    if (code < 0x80)
        return strchr("*_`~=#$+<>^|\\", (int)code) == NULL || code == 0;
    return code != 0x200D && !(code >= 0xFE00 && code <= 0xFE0F) &&
           !(unicode_class(code) & UNICODE_SYMBOL);
}

static struct str without_symbols(struct arena *a, struct str s) {
    char *out = arena_alloc(a, s.len + 1, 1);
    size_t len = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t code;
        size_t n = utf8_decode(s, at, &code);

        if (is_kept(code)) {
            memcpy(out + len, s.p + at, n);
            len += n;
        }
        at += n;
    }
    return str_make(out, len);
}

/* `(what and why)` and `:` at the end, in either order. */
static struct str without_tail(struct str s) {
    for (;;) {
        struct str before = s = str_rtrim(s);
        size_t open;

        if (str_ends(s, STR(":")))
            s.len--;
        open = str_ends(s, STR(")")) ? str_rfind(s, '(') : STR_NONE;
        if (open != STR_NONE && open > 0)
            s.len = open;
        if (s.len == before.len)
            return s;
    }
}

struct str section_name(struct arena *a, struct str s) {
    return name_key(a, without_tail(without_symbols(a, s)));
}
