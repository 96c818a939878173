/* Any bytes as git's log, cut anywhere: the same is read as in one piece, a time
 * is one that can be, and a file's first is not after its last. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vault/history_log.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define LAST_SECOND 253402300799 /* of the year 9999 */

static void require(bool holds) {
    if (!holds)
        abort();
}

static void read_log(struct history_log *l, const struct vault *v,
                     struct str text, size_t piece) {
    history_log_init(l, v);
    for (size_t at = 0; at < text.len; at += piece)
        history_log_add(l, str_slice(text, at, at + piece));
}

static bool same(const struct history_span *a, const struct history_span *b) {
    return a->known == b->known &&
           (!a->known || (a->first == b->first && a->last == b->last));
}

/* The first byte says how long the pieces are. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static struct vault_file files[] = {
        {.path = STR_INIT("a.md"), .kind = FILE_NOTE},
        {.path = STR_INIT("b.md"), .kind = FILE_NOTE},
        {.path = STR_INIT("c.md"), .real = STR_INIT("b.md"), .kind = FILE_NOTE},
        {.path = STR_INIT("d.png")},
    };
    static const struct vault v = {.files = files, .nfiles = ARRAY_LEN(files)};
    struct history_log whole, cut;
    struct str text;

    if (len == 0)
        return 0;
    text = (struct str){(const char *)bytes + 1, len - 1};
    read_log(&whole, &v, text, text.len + 1);
    read_log(&cut, &v, text, (size_t)bytes[0] % 16 + 1);
    require(whole.broken == cut.broken);
    require(history_log_end(&whole) == history_log_end(&cut));
    for (size_t i = 0; i < v.nfiles && !whole.broken; i++) {
        const struct history_span *s = &whole.spans[i];

        require(same(s, &cut.spans[i]));
        require(!s->known || (0 < s->first && s->first <= s->last &&
                              s->last <= LAST_SECOND));
        require(!s->known || files[i].kind == FILE_NOTE);
    }
    history_log_release(&whole);
    history_log_release(&cut);
    return 0;
}
