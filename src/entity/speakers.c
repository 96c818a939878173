#include "entity/speakers.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "base/wide.h"

/* Limits of a label candidate, in words and characters. */
#define LABEL_WORDS 5
#define LABEL_CHARACTERS 40
/* A candidate that is no name is a label if it comes so often. */
#define LABEL_TIMES 3
/* Turns of a hundred that begin with a label, so that glued ones are believed. */
#define STEADY_PERCENT 80
#define WORDS_CHARACTERS 200

/* A text that stands before a separator, or a name. */
struct label {
    uint32_t times;
    uint32_t entity; /* ENTITY_NONE: nobody known */
    bool is_label;
    bool is_learnt; /* seen before a separator */
};

struct reader {
    struct arena *scratch;
    const struct note *note;
    const struct speaker_names *names;
    struct map labels;     /* text -> struct label */
    VEC(uint32_t) lengths; /* of those that are labels, longest first */
    bool steady;
};

static uint32_t char_at(struct str s, size_t at, size_t *len) {
    uint32_t code;

    *len = utf8_decode(s, at, &code);
    return code;
}

static bool is_space(uint32_t code) {
    return code < 0x80 ? ascii_space((unsigned char)code)
                       : unicode_class(code) == UNICODE_SPACE;
}

static size_t skip_space(struct str s, size_t at) {
    size_t len;

    while (at < s.len && is_space(char_at(s, at, &len)))
        at += len;
    return at;
}

/* --- separators --- */

/* Whether a separator may begin with this byte: no letter does, nor a blank. */
static bool may_separate(char c) {
    return c == '-' || c == ':' || c == '>' || (unsigned char)c == 0xE2;
}

/* Length of the separator at `at`, or 0. What follows a head that goes on is not
 * its end. */
static size_t separator(const struct turn *turn, size_t at) {
    struct str s = turn->head;
    uint32_t code;
    size_t len, next;

    if (at >= s.len || !may_separate(s.p[at]))
        return 0;
    if (str_starts(str_skip(s, at), STR(">>")))
        return 2;
    code = char_at(s, at, &len);
    if (code != '-' && code != ':' && code != 0x2013 && code != 0x2014)
        return 0;
    if (at + len == s.len)
        return turn->goes_on ? 0 : len;
    return is_space(char_at(s, at + len, &next)) ? len : 0;
}

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

        if (may_separate(s.p[at]) && separator(turn, at) > 0)
            break;
        blank = is_space(char_at(s, at, &len));
        words += before && !blank;
        at += len;
        if (++characters > LABEL_CHARACTERS + 1 || words > LABEL_WORDS)
            return STR("");
    }
    found = str_slice(s, 0, at);
    while (found.len > 0) {
        size_t begin =
            found.len - utf8_decode_back(found, found.len, &(uint32_t){0});
        if (!is_space(char_at(found, begin, &len)))
            break;
        found.len = begin;
    }
    if (at == s.len || found.len == 0 || utf8_count(found) > LABEL_CHARACTERS ||
        unicode_class(char_at(found, 0, &len)) != UNICODE_LETTER)
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
        uint32_t code = char_at(s, at, &len);
        enum unicode_class class = unicode_class(code);

        if (blank && !is_space(code) && class != UNICODE_NUMBER &&
            (class != UNICODE_LETTER || unicode_is_lower(code)))
            return false;
        blank = is_space(code);
    }
    return true;
}

static bool is_person(struct reader *r, struct str text, struct label *label) {
    uint32_t entity = r->names->person(r->names->names, text, r->scratch);

    if (entity != SPEAKER_NOBODY)
        label->entity = entity;
    return entity != ENTITY_NONE;
}

static struct label *label_slot(struct reader *r, struct str text) {
    void **slot = map_slot_borrowed(&r->labels, text);

    if (*slot == NULL) {
        struct label *label = arena_new(r->scratch, struct label);
        label->entity = ENTITY_NONE;
        *slot = label;
    }
    return *slot;
}

static void add_label(struct reader *r, struct str text, struct label *label) {
    if (!label->is_label)
        vec_push(&r->lengths, (uint32_t)text.len);
    label->is_label = true;
}

static void learn(struct reader *r, const struct turn *turn) {
    struct str text = candidate(turn);
    struct label *label;

    if (text.len == 0)
        return;
    label = label_slot(r, text);
    label->times++;
    label->is_learnt = true;
    if (label->times == 1 && (is_person(r, text, label) || is_role(text)))
        add_label(r, text, label);
    else if (label->times == LABEL_TIMES && is_capital(text) &&
             !is_interjection(text))
        add_label(r, text, label);
}

static void add_given(struct reader *r) {
    for (size_t i = 0; i < r->names->ngiven; i++) {
        struct str text = r->names->given[i];
        struct label *label;

        if (text.len == 0)
            continue;
        label = label_slot(r, text);
        if (!label->is_label)
            is_person(r, text, label);
        add_label(r, text, label);
    }
}

static int longest_first(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a < b) - (a > b);
}

/* Each length once: a turn is asked for every one of them. */
static void sort_lengths(struct reader *r) {
    size_t n = 0;

    if (r->lengths.len == 0)
        return;
    qsort(r->lengths.items, r->lengths.len, sizeof *r->lengths.items,
          longest_first);
    for (size_t i = 0; i < r->lengths.len; i++)
        if (n == 0 || r->lengths.items[n - 1] != r->lengths.items[i])
            r->lengths.items[n++] = r->lengths.items[i];
    r->lengths.len = n;
}

/* --- turns --- */

/* The longest label that begins the turn, or NULL; *text is it. */
static const struct label *label_of(const struct reader *r,
                                    const struct turn *turn, struct str *text) {
    for (size_t i = 0; i < r->lengths.len; i++) {
        const struct label *label;

        *text = str_slice(turn->head, 0, r->lengths.items[i]);
        if (text->len < r->lengths.items[i])
            continue;
        label = map_get(&r->labels, *text);
        if (label != NULL && label->is_label)
            return label;
    }
    return NULL;
}

/* The character behind a label; 0 at the end of the line. A link, and what is past
 * the head, counts as punctuation. */
static uint32_t next_char(const struct turn *turn, size_t at) {
    size_t len;

    if (at < turn->head.len)
        return char_at(turn->head, at, &len);
    return turn->goes_on ? '[' : 0;
}

static bool find_steady(const struct reader *r) {
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->note->nturns; i++) {
        const struct turn *turn = &r->note->turns[i];
        struct str text;

        n += label_of(r, turn, &text) != NULL &&
             !unicode_is_lower(next_char(turn, text.len));
    }
    return n * 100 >= (uint64_t)r->note->nturns * STEADY_PERCENT;
}

/* `Remotely` is a word of its own, and so is `Hosts`. */
static bool is_suffix(struct str rest) {
    static const struct str suffixes[] = {STR_INIT("ly"), STR_INIT("ness"),
                                          STR_INIT("s"), STR_INIT("d"),
                                          STR_INIT("r")};
    size_t end = 0, len;

    while (end < rest.len &&
           unicode_class(char_at(rest, end, &len)) == UNICODE_LETTER)
        end += len;
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
        if (str_eq(str_slice(rest, 0, end), suffixes[i]))
            return true;
    return false;
}

/* A word goes on behind an apostrophe or hyphen: `Remote's`, `Host-led`. */
static bool is_inside_word(struct str rest) {
    uint32_t code;
    size_t len, next;

    if (rest.len == 0)
        return false;
    code = char_at(rest, 0, &len);
    return (code == '\'' || code == 0x2019 || code == '-' || code == 0x2010 ||
            code == 0x2011) &&
           len < rest.len &&
           unicode_class(char_at(rest, len, &next)) == UNICODE_LETTER;
}

/* Whether a label with this behind it, but no separator, is who speaks. */
static bool is_glued(const struct reader *r, const struct label *label,
                     struct str text, const struct turn *turn) {
    uint32_t code = next_char(turn, text.len);
    struct str rest = str_skip(turn->head, text.len);
    bool several = str_find(text, ' ') != STR_NONE;

    if (code == 0)
        return true;
    if (is_space(code))
        return r->steady;
    if (is_inside_word(rest))
        return false;
    if (unicode_is_lower(code))
        return several || (r->steady && !is_suffix(rest));
    return label->is_learnt || several;
}

static struct speaker read_turn(const struct reader *r,
                                const struct turn *turn) {
    struct speaker s = {.entity = ENTITY_NONE};
    struct str text;
    const struct label *label = label_of(r, turn, &text);
    size_t at, length;

    if (label == NULL)
        return s;
    at = skip_space(turn->head, text.len);
    length = separator(turn, at);
    if (length > 0)
        at = skip_space(turn->head, at + length);
    else if (!is_glued(r, label, text, turn))
        return s;
    s.label = text;
    s.entity = label->entity;
    s.text = (uint32_t)at;
    return s;
}

/* `Remote` is the other one of two, where the owner is known and nobody else
 * speaks. */
static void infer(const struct reader *r, struct speaker *speakers) {
    static const struct str remote = STR_INIT("Remote");
    const struct speaker_names *names = r->names;

    if (names->owner == ENTITY_NONE || names->other == ENTITY_NONE)
        return;
    for (uint32_t i = 0; i < r->note->nturns; i++) {
        const struct speaker *s = &speakers[i];
        if (s->label.len > 0 && s->entity != names->owner &&
            !(str_eq(s->label, remote) && s->entity == ENTITY_NONE))
            return;
    }
    for (uint32_t i = 0; i < r->note->nturns; i++)
        if (str_eq(speakers[i].label, remote)) {
            speakers[i].entity = names->other;
            speakers[i].inferred = true;
        }
}

const struct speaker *speakers_read(struct arena *a, struct arena *scratch,
                                    const struct note *n,
                                    const struct speaker_names *names) {
    struct reader r = {.scratch = scratch, .note = n, .names = names};
    struct speaker *speakers;

    if (n->nturns == 0)
        return NULL;
    speakers = arena_array(a, struct speaker, n->nturns);
    map_init(&r.labels, scratch);
    for (uint32_t i = 0; i < n->nturns; i++)
        learn(&r, &n->turns[i]);
    add_given(&r);
    sort_lengths(&r);
    r.steady = find_steady(&r);
    for (uint32_t i = 0; i < n->nturns; i++)
        speakers[i] = read_turn(&r, &n->turns[i]);
    infer(&r, speakers);
    vec_release(&r.lengths);
    return speakers;
}

/* --- all notes --- */

static uint32_t person_of_roster(const void *names, struct str label,
                                 struct arena *scratch) {
    uint32_t person = roster_person(names, label, scratch);

    if (person == ROSTER_NOBODY)
        return ENTITY_NONE;
    return ROSTER_IS_ENTITY(person) ? person : SPEAKER_NOBODY;
}

static bool is_person_entity(const struct entity_work *w, uint32_t entity) {
    return str_eq(w->all->kinds[w->items[entity].kind].name, STR("person"));
}

typedef VEC(struct str) name_list;

static void add_names(name_list *list, const struct entity *e) {
    for (uint32_t i = 0; i < e->nnames; i++)
        vec_push(list, e->names[i]);
}

/* Names of the persons that the properties name; *other: of an event the one who is
 * not the owner. */
static void add_named(const struct entity_work *w, const struct note *n,
                      name_list *list, uint32_t *other) {
    const struct note_refs *refs = &w->refs[n->index];
    uint32_t last = ENTITY_NONE, nothers = 0;

    for (uint32_t i = 0; i < refs->len; i++) {
        uint32_t entity = refs->items[i].entity;
        enum mention_kind by = refs->items[i].by;

        if ((by != MENTION_SUBJECT && by != MENTION_PARTICIPANT) ||
            entity == last || !is_person_entity(w, entity))
            continue;
        last = entity; /* they come by entity */
        add_names(list, &w->items[entity]);
        if (entity == w->all->owner || n->role.role != ROLE_EVENT)
            continue;
        nothers++;
        *other = entity;
    }
    if (nothers != 1)
        *other = ENTITY_NONE;
}

static const struct speaker *speakers_of(const struct entity_work *w,
                                         const struct note *n,
                                         struct arena *scratch) {
    struct speaker_names names = {.person = person_of_roster,
                                  .names = w->roster,
                                  .owner = w->all->owner,
                                  .other = ENTITY_NONE};
    const struct str_list *owner = &w->settings->owner;
    const struct speaker *speakers;
    name_list list = {0};

    add_named(w, n, &list, &names.other);
    for (size_t i = 0; i < owner->len; i++)
        vec_push(&list, owner->items[i]);
    names.given = list.items;
    names.ngiven = list.len;
    speakers = speakers_read(w->arena, scratch, n, &names);
    vec_release(&list);
    return speakers;
}

static uint32_t count_labels(const struct speaker *speakers, uint32_t nturns,
                             struct arena *scratch) {
    struct map labels;
    uint32_t n = 0;

    map_init(&labels, scratch);
    for (uint32_t i = 0; i < nturns; i++) {
        void **slot;

        if (speakers[i].label.len == 0)
            continue;
        slot = map_slot_borrowed(&labels, speakers[i].label);
        n += *slot == NULL;
        *slot = &labels;
    }
    return n;
}

void speakers_find(struct entity_work *w) {
    uint32_t n = (uint32_t)w->linked->vault->nfiles;
    const struct speaker **all =
        arena_array(w->arena, const struct speaker *, n);
    uint32_t *labels = arena_array(w->arena, uint32_t, n);
    struct arena scratch;

    arena_init(&scratch);
    for (uint32_t i = 0; i < n; i++) {
        const struct note *note = work_note(w->linked, i);

        if (note == NULL || note->nturns == 0)
            continue;
        all[i] = speakers_of(w, note, &scratch);
        arena_reset(&scratch);
        labels[i] = count_labels(all[i], note->nturns, &scratch);
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    w->all->speakers = all;
    w->all->nspeakers = labels;
}

/* --- words --- */

/* The first link in a text block at or after `block`. */
static uint32_t first_link(const struct note *n, uint32_t block) {
    uint32_t low = 0, high = n->nlinks;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t of = n->links[middle].block;

        if (of < block || of == NOTE_NONE) /* those of properties come first */
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_written(struct buf *out, const struct link *l) {
    if (l->kind == LINK_MARKDOWN) {
        buf_add_ch(out, '[');
        buf_add_str(out, l->display);
        buf_add_lit(out, "](");
        buf_add_str(out, l->typed);
        buf_add_ch(out, ')');
        return;
    }
    buf_add_lit(out, "[[");
    buf_add_str(out, l->typed);
    if (l->label.len > 0) {
        buf_add_ch(out, '|');
        buf_add_str(out, l->label);
    }
    buf_add_lit(out, "]]");
}

/* How many of the first bytes stay as they are: ASCII, of white space single blanks. */
static size_t staying(struct str s) {
    return str_skip_spaced(str_slice(s, 0, utf8_skip_ascii(s, 0)), 0);
}

/* The words of a turn while they are added to `out`, from `begin` on. */
struct words {
    struct buf *out;
    size_t begin;
    size_t left; /* characters that may still follow */
};

/* White space as one blank, none first. */
static void add_collapsed(struct words *w, struct str s) {
    for (size_t at = 0, len; at < s.len && w->left > 0; at += len) {
        bool first = w->out->len == w->begin;

        len = staying(str_slice(s, at, at + w->left));
        if (len > 0) {
            buf_add(w->out, s.p + at, len);
            w->left -= len;
        } else if (!is_space(char_at(s, at, &len))) {
            buf_add(w->out, s.p + at, len);
            w->left--;
        } else if (!first && w->out->p[w->out->len - 1] != ' ') {
            buf_add_ch(w->out, ' ');
            w->left--;
        }
    }
}

void speaker_add_words(struct buf *out, const struct note *n, uint32_t turn,
                       const struct speaker *s) {
    uint32_t block = n->turns[turn].block;
    const struct text_block *b = &n->text_blocks[block];
    uint32_t at = b->begin + s->text;
    struct words words = {out, out->len, WORDS_CHARACTERS};
    struct buf link = {0};

    for (uint32_t i = first_link(n, block);
         words.left > 0 && i < n->nlinks && n->links[i].block == block; i++) {
        const struct link *l = &n->links[i];

        buf_reset(&link);
        add_written(&link, l);
        add_collapsed(&words, str_slice(n->text, at, l->text_begin));
        add_collapsed(&words, buf_str(&link));
        at = l->text_end;
    }
    add_collapsed(&words, str_slice(n->text, at, b->end));
    if (out->len > words.begin && out->p[out->len - 1] == ' ')
        out->len--;
    buf_release(&link);
}
