#include "entity/beginnings.h"

#include "base/hash.h"
#include "base/name_key.h"
#include "base/unicode.h"
#include "entity/boundary.h"

/* Any number: what hashes begin with. */
#define SEED 0x9e3779b97f4a7c15u

static bool is_blank(uint32_t code) {
    return code < 0x80 ? ascii_space((unsigned char)code)
                       : unicode_class(code) == UNICODE_SPACE;
}

/* Where the token that begins at `at` ends: letters and digits together, blanks
 * together, anything else by itself. */
static size_t token_end(struct str text, size_t at) {
    uint32_t code;
    size_t end = at + utf8_decode(text, at, &code);
    bool blank = is_blank(code);

    if (!blank && (!name_word_char(code) || name_unspaced(code)))
        return end;
    while (end < text.len) {
        size_t n = utf8_decode(text, end, &code);

        if (blank ? !is_blank(code)
                  : !name_word_char(code) || name_unspaced(code))
            break;
        end += n;
    }
    return end;
}

static struct beginning *slot_of(struct beginning *slots, size_t nslots,
                                 uint64_t hash) {
    size_t i = hash & (nslots - 1);

    while (slots[i].used && slots[i].hash != hash)
        i = (i + 1) & (nslots - 1);
    return &slots[i];
}

static void grow(struct beginnings *b, struct arena *a) {
    size_t nslots = b->nslots > 0 ? 2 * b->nslots : 256;
    struct beginning *slots = arena_array(a, struct beginning, nslots);

    for (size_t i = 0; i < b->nslots; i++)
        if (b->slots[i].used)
            *slot_of(slots, nslots, b->slots[i].hash) = b->slots[i];
    b->slots = slots;
    b->nslots = nslots;
}

void beginnings_add(struct beginnings *b, struct arena *a, struct str key,
                    uint32_t meaning) {
    uint64_t hash = SEED;
    struct beginning *slot = NULL;

    for (size_t at = 0; at < key.len;) {
        size_t end = token_end(key, at);

        if (2 * (b->len + 1) > b->nslots)
            grow(b, a);
        hash = hash_join(hash, str_slice(key, at, end));
        slot = slot_of(b->slots, b->nslots, hash);
        if (!slot->used) {
            *slot = (struct beginning){.hash = hash, .used = true};
            b->len++;
        }
        at = end;
    }
    if (slot != NULL && slot->whole == 0)
        slot->whole = meaning + 1;
}

size_t beginnings_longest(const struct beginnings *b, struct str text,
                          size_t at, struct arena *scratch, uint32_t *meaning) {
    uint64_t hash = SEED;
    size_t begin = at, len = 0;

    while (at < text.len && b->nslots > 0) {
        size_t end = token_end(text, at);
        struct str token = name_key(scratch, str_slice(text, at, end));
        const struct beginning *slot;

        if (token.len == 0) /* blanks: inside a name they are one */
            token = STR(" ");
        hash = hash_join(hash, token);
        slot = slot_of(b->slots, b->nslots, hash);
        if (!slot->used)
            break;
        if (slot->whole > 0 && name_may_end(text, end)) {
            *meaning = slot->whole - 1;
            len = end - begin;
        }
        at = end;
    }
    return len;
}
