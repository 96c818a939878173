/* Any UTF-8 as a note and as a name: what is repaired is UTF-8, has the same line
 * breaks and the same ASCII, is never longer, and each change is told by its
 * place. Done again and again it comes to an end. */
#include <stdlib.h>

#include "base/unicode.h"
#include "vault/repair.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

/* The ASCII of one text, line ends too, is that of the other. */
static void compare_ascii(struct str a, struct str b) {
    size_t i = 0, k = 0;

    for (;; i++, k++) {
        while (i < a.len && (unsigned char)a.p[i] >= 0x80)
            i++;
        while (k < b.len && (unsigned char)b.p[k] >= 0x80)
            k++;
        if (i == a.len || k == b.len)
            break;
        require(a.p[i] == b.p[k]);
    }
    require(i == a.len && k == b.len);
}

/* Between the changes the texts are the same, byte for byte. */
static void compare_changes(const struct repair *r, struct str was,
                            struct str is) {
    size_t at = 0, new_at = 0;

    for (size_t i = 0; i <= r->changes.len; i++) {
        bool last = i == r->changes.len;
        struct repair_change c = {(uint32_t)was.len, (uint32_t)was.len,
                                  (uint32_t)is.len, (uint32_t)is.len};

        if (!last)
            c = r->changes.items[i];
        require(at <= c.begin && new_at <= c.new_begin);
        require(last || (c.begin < c.end && c.new_begin <= c.new_end));
        require(c.end <= was.len && c.new_end <= is.len);
        require(str_eq(str_slice(was, at, c.begin),
                       str_slice(is, new_at, c.new_begin)));
        at = c.end;
        new_at = c.new_end;
    }
}

static void check(struct str was, struct str is) {
    require(is.len <= was.len);
    require(utf8_valid_len(is) == is.len);
    compare_ascii(was, is);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str text = {(const char *)bytes, len}, name;
    struct repair r = {0};
    struct arena a;

    if (utf8_valid_len(text) != len)
        return 0; /* vault/ sees to it before */
    arena_init(&a);
    for (struct str was = text;;) {
        struct str is = repair_text(&r, was);

        check(was, is);
        compare_changes(&r, was, is);
        require((r.changes.len == 0) == (is.p == was.p));
        require(r.left == STR_NONE || (r.left < was.len && r.changes.len > 0));
        if (is.p == was.p)
            break;
        require(is.len < was.len);
        was = arena_str(&a, is);
    }
    /* NFC may join a mark that was damaged to the letter before it. */
    name = repair_name(&a, text);
    require(utf8_valid_len(name) == name.len);
    name = repair_path(&a, text);
    require(utf8_valid_len(name) == name.len);
    repair_release(&r);
    arena_release(&a);
    return 0;
}
