#include "entity/beginnings.h"

#include "entity/boundary.h"
#include "entity/name_text.h"

/* Hash of a name's beginning and one more step. */
static uint64_t joined(uint64_t beginning, uint64_t step) {
    uint64_t hash = (beginning ^ step) * UINT64_C(0xd6e8feb86659fd93);

    return hash ^ hash >> 32;
}

static struct beginning *slot_of(const struct beginnings *b, uint64_t hash) {
    size_t i = hash & (b->nslots - 1);

    while (b->slots[i].hash != 0 && b->slots[i].hash != hash)
        i = (i + 1) & (b->nslots - 1);
    return &b->slots[i];
}

static void grow(struct beginnings *b, struct arena *a) {
    struct beginnings bigger = {.nslots = b->nslots > 0 ? 2 * b->nslots : 256,
                                .len = b->len};

    bigger.slots = arena_array(a, struct beginning, bigger.nslots);
    for (size_t i = 0; i < b->nslots; i++)
        if (b->slots[i].hash != 0)
            *slot_of(&bigger, b->slots[i].hash) = b->slots[i];
    *b = bigger;
}

uint32_t beginnings_add(struct beginnings *b, struct arena *a, struct str key,
                        uint32_t meaning) {
    struct beginning *slot = NULL;
    uint64_t hash = BEGINNINGS_NO_STEPS;

    if (key.len == 0 || key.len > NAME_MAX_BYTES)
        return UINT32_MAX;
    for (size_t at = 0; at < key.len;) {
        uint64_t step;

        at = name_step(key, at, NULL, a, &step);
        hash = joined(hash, step);
        if (2 * (b->len + 1) > b->nslots)
            grow(b, a);
        slot = slot_of(b, hash);
        b->len += slot->hash == 0;
        slot->hash = hash;
        slot->longer |= at < key.len;
    }
    if (slot->whole == 0)
        slot->whole = meaning + 1;
    return slot->whole - 1;
}

bool beginnings_next(struct beginnings_walk *w, uint32_t *meaning) {
    while (!w->done && w->at < w->text.len) {
        const struct beginning *slot;
        uint64_t step;

        w->at = name_step(w->text, w->at, w->steps, w->scratch, &step);
        w->hash = joined(w->hash, step);
        slot = slot_of(w->table, w->hash);
        w->done = !slot->longer;
        if (slot->whole > 0 && name_may_end(w->text, w->at)) {
            *meaning = slot->whole - 1;
            return true;
        }
    }
    return false;
}

bool beginnings_go_on(const struct beginnings *b, uint64_t hash) {
    return slot_of(b, hash)->longer;
}

size_t beginnings_longest(const struct beginnings *b, struct str text,
                          size_t at, struct arena *scratch, uint32_t *meaning) {
    struct beginnings_walk w = beginnings_at(b, text, at, scratch, NULL);
    uint32_t found;
    size_t len = 0;

    while (beginnings_next(&w, &found)) {
        *meaning = found;
        len = w.at - w.begin;
    }
    return len;
}
