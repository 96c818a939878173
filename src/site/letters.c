/*
 * The letters of an index of names: where each begins, for links above the table
 * (theme/design.md §4).
 *
 * What counts as one letter is the language's matter: `Ä` goes with `A` in German
 * and stands behind `Z` in Swedish, as the rows themselves do.
 */
#include "base/collate.h"
#include "base/unicode.h"
#include "site/planner.h"

#define ROWS_MIN 12    /* fewer are seen at a glance */
#define LETTERS_MAX 60 /* names in characters: each would be a letter */

#define NO_LETTER '#'

/* The letter that a name begins with, a capital; NO_LETTER for a digit or sign. */
static uint32_t letter_of(struct str name) {
    uint32_t code;

    if (name.len == 0)
        return NO_LETTER;
    utf8_decode(name, 0, &code);
    return unicode_class(code) == UNICODE_LETTER ? unicode_upper(code)
                                                 : NO_LETTER;
}

static struct str base_of(const struct planner_letter *l, uint32_t letter) {
    char bytes[4];

    if (letter == NO_LETTER)
        return STR("");
    return collator_base(
        collator_key(l->collator, &l->planner->scratch,
                     str_make(bytes, utf8_put(bytes, letter))));
}

bool planner_letter_next(struct planner_letter *l, struct str name) {
    uint32_t letter = letter_of(name);
    struct str base;

    if (letter == l->last)
        return false;
    base = base_of(l, letter);
    if (l->last != 0 && str_eq(base, l->base)) {
        /* `A` says more than `Ä`, which may come first. */
        if (letter < l->code)
            l->code = letter;
        l->last = letter;
        return false;
    }
    l->last = l->code = letter;
    l->base = base;
    return true;
}

void planner_letters(struct planner *pl, struct plan_index *index,
                     const struct collator *c) {
    const struct entity *items = pl->plan->entities->items;
    struct planner_letter reader = {.planner = pl, .collator = c};
    struct plan_letter *letters =
        arena_array(pl->arena, struct plan_letter, LETTERS_MAX);
    uint32_t n = 0;

    if (index->count < ROWS_MIN)
        return;
    for (uint32_t i = 0; i < index->groups[0].end; i++) {
        if (planner_letter_next(&reader, items[index->rows[i]].name)) {
            if (n == LETTERS_MAX)
                return;
            letters[n++].row = i;
        }
        letters[n - 1].code = reader.code;
    }
    index->letters = letters;
    index->nletters = n < 2 ? 0 : n;
}
