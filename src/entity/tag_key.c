#include "entity/tag_key.h"

#include "base/name_key.h"
#include "base/unicode.h"

static bool is_kept(uint32_t code) {
    if (code < 0x80)
        return ascii_alnum((unsigned char)code) || code == '_' || code == '/' ||
               code == '-';
    return (unicode_class(code) &
            (UNICODE_LETTER | UNICODE_MARK | UNICODE_NUMBER)) != 0;
}

struct str tag_key(struct arena *a, struct str name) {
    struct str key = name_key(a, name);
    char *out = arena_alloc(a, key.len + 1, 1);
    size_t len = 0;
    bool gap = false;

    for (size_t i = 0; i < key.len;) {
        uint32_t code;
        size_t n = utf8_decode(key, i, &code);

        if (is_kept(code)) {
            if (gap && len > 0)
                out[len++] = '-';
            gap = false;
            memcpy(out + len, key.p + i, n);
            len += n;
        } else {
            gap = true;
        }
        i += n;
    }
    while (len > 0 && out[len - 1] == '-')
        len--;
    key = str_make(out, len);
    while (str_starts(key, STR("-")))
        key = str_skip(key, 1);
    return key;
}
