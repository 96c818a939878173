/* Any text, and any part of it, as words of the search: each is folded already, of
 * its length, known by its first bytes, and the same wherever the part lies and
 * whatever was split before. */
#include <stdint.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "search/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

static void add(void *context, const struct word *words, size_t n) {
    struct buf *out = context;

    require(n > 0 && n <= WORDS_READ);
    for (size_t i = 0; i < n; i++) {
        struct str text = words[i].text;

        require(text.len > 0 && utf8_valid_len(text) == text.len);
        require(utf8_count(text) <= WORD_MAX);
        require(words[i].key == word_make(text).key);
        buf_add_str(out, text);
        buf_add_ch(out, '\0'); /* in no word */
    }
}

static void split(struct words *w, struct str text, size_t at, size_t end,
                  struct buf *out) {
    buf_reset(out);
    words_split(w, text, at, end, add, out);
}

/* No word holds what parts words, and folding again changes nothing. A word that is
 * cut may end before the mark that a letter is composed with: those are left out. */
static void check_folded(struct words *w, struct str words) {
    struct buf again = {0};

    while (words.len > 0) {
        struct str word = str_until(words, '\0');

        words = str_skip(words, word.len + 1);
        buf_reset(&again);
        words_key(w, word, &again);
        require(utf8_count(word) == WORD_MAX || str_eq(word, buf_str(&again)));
    }
    buf_release(&again);
}

/* The place between two characters that is next to `at`. */
static size_t border(struct str text, size_t at) {
    while (at < text.len && (text.p[at] & 0xC0) == 0x80)
        at++;
    return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static struct words *used;
    struct buf whole = {0}, part = {0};
    struct words *w = mem_resize(NULL, 1, sizeof *w);
    struct str text, alone;
    size_t at, end;

    if (used == NULL) {
        used = mem_resize(NULL, 1, sizeof *used);
        words_init(used);
    }
    words_init(w);
    if (len >= 2) {
        text = str_make((const char *)bytes + 2, len - 2);
        text.len = utf8_valid_len(text);
        at = border(text, bytes[0] % (text.len + 1));
        end = border(text, at + bytes[1] % (text.len - at + 1));
        split(w, text, 0, text.len, &whole);
        check_folded(w, buf_str(&whole));
        split(used, text, 0, text.len, &part);
        require(str_eq(buf_str(&whole), buf_str(&part)));
        alone = str_slice(text, at, end);
        split(w, text, at, end, &whole);
        split(used, alone, 0, alone.len, &part);
        require(str_eq(buf_str(&whole), buf_str(&part)));
    }
    words_release(w);
    mem_free(w);
    buf_release(&whole);
    buf_release(&part);
    return 0;
}
