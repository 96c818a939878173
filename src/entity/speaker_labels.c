#include "entity/speaker_labels.h"

#include <stdlib.h>

#include "base/wide.h"
#include "entity/name_text.h"

/* Limits of a label candidate, in words and characters. */
#define LABEL_WORDS 5
#define LABEL_CHARACTERS 40
/* A candidate that is no name is a label if it comes so often. */
#define LABEL_TIMES 3

/* --- separators --- */

/* Whether a separator may begin with this byte: no letter does, nor a blank. */
static bool may_separate(char c) {
    return c == '-' || c == ':' || c == '>' || (unsigned char)c == 0xE2;
}

size_t label_separator(const struct turn *turn, size_t at) {
    struct str s = turn->head;
    uint32_t code;
    size_t len, next;

    if (at >= s.len || !may_separate(s.p[at]))
        return 0;
    if (str_starts(str_skip(s, at), STR(">>")))
        return 2;
    code = turn_char(s, at, &len);
    if (code != '-' && code != ':' && code != 0x2013 && code != 0x2014)
        return 0;
    if (at + len == s.len)
        return turn->goes_on ? 0 : len;
    return name_is_blank(turn_char(s, at + len, &next)) ? len : 0;
}

/* --- candidates --- */

/* Where in the head a label with the separator behind it ends at the latest. */
#define LABEL_BYTES (4 * (LABEL_CHARACTERS + 1))

/* Whether a separator may stand where that of a label does. */
static bool may_have_label(struct str head) {
    size_t at = 0;

    head = str_slice(head, 0, LABEL_BYTES + 1);
#ifdef __SSE2__
    for (; head.len - at >= 16; at += 16) {
        __m128i v = wide_load(head.p + at);
        __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('-')),
                                    _mm_cmpeq_epi8(v, _mm_set1_epi8(':')));

        hits = _mm_or_si128(hits, _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
        hits = _mm_or_si128(hits, _mm_cmpeq_epi8(v, _mm_set1_epi8('\xE2')));
        if (wide_bits(hits) != 0)
            return true;
    }
#endif
    while (at < head.len && !may_separate(head.p[at]))
        at++;
    return at < head.len;
}

/* What stands before the first separator, if it may be a label; else "". */
static struct str candidate(const struct turn *turn) {
    struct str s = turn->head, found;
    size_t at = 0, len, characters = 0, words = 0;
    bool blank = true;

    if (!may_have_label(s)) /* most turns that go on */
        return STR("");
    while (at < s.len) {
        bool before = blank;

        if (may_separate(s.p[at]) && label_separator(turn, at) > 0)
            break;
        blank = name_is_blank(turn_char(s, at, &len));
        words += before && !blank;
        at += len;
        if (++characters > LABEL_CHARACTERS + 1 || words > LABEL_WORDS)
            return STR("");
    }
    found = str_slice(s, 0, at);
    while (found.len > 0) {
        size_t begin =
            found.len - utf8_decode_back(found, found.len, &(uint32_t){0});
        if (!name_is_blank(turn_char(found, begin, &len)))
            break;
        found.len = begin;
    }
    if (at == s.len || found.len == 0 || utf8_count(found) > LABEL_CHARACTERS ||
        unicode_class(turn_char(found, 0, &len)) != UNICODE_LETTER)
        return STR("");
    return found;
}

/* --- labels --- */

static bool in_list(struct str s, const struct str *list, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(s, list[i]))
            return true;
    return false;
}

/* What recorders call those whom they do not know. */
static bool is_role(struct str s) {
    static const struct str roles[] = {
        STR_INIT("Remote"),      STR_INIT("Host"),    STR_INIT("Guest"),
        STR_INIT("Interviewer"), STR_INIT("Unknown"), STR_INIT("Me"),
        STR_INIT("Myself")};
    static const struct str speaker = STR_INIT("Speaker ");
    size_t at = speaker.len;

    if (in_list(s, roles, ARRAY_LEN(roles)))
        return true;
    if (!str_starts_nocase(s, speaker) || s.len == at)
        return false;
    while (at < s.len && ascii_digit((unsigned char)s.p[at]))
        at++;
    return at == s.len;
}

static bool is_interjection(struct str s) {
    static const struct str words[] = {
        STR_INIT("So"),   STR_INIT("Well"),  STR_INIT("And"),  STR_INIT("But"),
        STR_INIT("Yeah"), STR_INIT("Yes"),   STR_INIT("No"),   STR_INIT("Okay"),
        STR_INIT("OK"),   STR_INIT("Right"), STR_INIT("Um"),   STR_INIT("Uh"),
        STR_INIT("Oh"),   STR_INIT("I"),     STR_INIT("The"),  STR_INIT("It"),
        STR_INIT("That"), STR_INIT("This"),  STR_INIT("They"), STR_INIT("We"),
        STR_INIT("You"),  STR_INIT("He"),    STR_INIT("She"),  STR_INIT("Hmm"),
        STR_INIT("Like"), STR_INIT("Now"),   STR_INIT("Then")};

    return in_list(s, words, ARRAY_LEN(words));
}

/* All words begin with a capital or a digit. */
static bool is_capital(struct str s) {
    bool blank = true;

    for (size_t at = 0, len; at < s.len; at += len) {
        uint32_t code = turn_char(s, at, &len);
        enum unicode_class class = unicode_class(code);

        if (blank && !name_is_blank(code) && class != UNICODE_NUMBER &&
            (class != UNICODE_LETTER || unicode_is_lower(code)))
            return false;
        blank = name_is_blank(code);
    }
    return true;
}

static bool is_person(struct labels *l, struct str text, struct label *label) {
    uint32_t entity = l->names->person(l->names->names, text, l->scratch);

    if (entity != SPEAKER_NOBODY)
        label->entity = entity;
    return entity != ENTITY_NONE;
}

static struct label *label_slot(struct labels *l, struct str text) {
    void **slot = map_slot_borrowed(&l->known, text);

    if (*slot == NULL) {
        struct label *label = arena_new(l->scratch, struct label);
        label->entity = ENTITY_NONE;
        *slot = label;
    }
    return *slot;
}

static void add_label(struct labels *l, struct str text, struct label *label) {
    if (!label->is_label)
        vec_push(&l->lengths, (uint32_t)text.len);
    label->is_label = true;
}

static void learn(struct labels *l, const struct turn *turn) {
    struct str text = candidate(turn);
    struct label *label;

    if (text.len == 0)
        return;
    label = label_slot(l, text);
    label->times++;
    label->is_learnt = true;
    if (label->times == 1 && (is_person(l, text, label) || is_role(text)))
        add_label(l, text, label);
    else if (label->times == LABEL_TIMES && is_capital(text) &&
             !is_interjection(text))
        add_label(l, text, label);
}

static void add_given(struct labels *l) {
    for (size_t i = 0; i < l->names->ngiven; i++) {
        struct str text = l->names->given[i];
        struct label *label;

        if (text.len == 0)
            continue;
        label = label_slot(l, text);
        if (!label->is_label)
            is_person(l, text, label);
        add_label(l, text, label);
    }
}

static int longest_first(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a < b) - (a > b);
}

/* Each length once: a turn is asked for every one of them. */
static void sort_lengths(struct labels *l) {
    size_t n = 0;

    if (l->lengths.len == 0)
        return;
    qsort(l->lengths.items, l->lengths.len, sizeof *l->lengths.items,
          longest_first);
    for (size_t i = 0; i < l->lengths.len; i++)
        if (n == 0 || l->lengths.items[n - 1] != l->lengths.items[i])
            l->lengths.items[n++] = l->lengths.items[i];
    l->lengths.len = n;
}

void labels_learn(struct labels *l, struct arena *scratch, const struct note *n,
                  const struct speaker_names *names) {
    *l = (struct labels){.scratch = scratch, .names = names};
    map_init(&l->known, scratch);
    for (uint32_t i = 0; i < n->nturns; i++)
        learn(l, &n->turns[i]);
    add_given(l);
    sort_lengths(l);
}

void labels_release(struct labels *l) {
    vec_release(&l->lengths);
}

struct label *labels_at(const struct labels *l, const struct turn *turn,
                        struct str *text) {
    for (size_t i = 0; i < l->lengths.len; i++) {
        struct label *label;

        *text = str_slice(turn->head, 0, l->lengths.items[i]);
        if (text->len < l->lengths.items[i])
            continue;
        label = map_get(&l->known, *text);
        if (label != NULL && label->is_label)
            return label;
    }
    return NULL;
}
