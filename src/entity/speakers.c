#include "entity/speakers.h"

#include "entity/name_text.h"
#include "entity/speaker_labels.h"

/* Turns of a hundred that begin with a label, so that glued ones are believed. */
#define STEADY_PERCENT 80
#define WORDS_CHARACTERS 200

/* What a turn begins with. */
struct beginning_label {
    struct label *label; /* NULL: with none */
    struct str text;
};

struct reader {
    const struct note *note;
    const struct speaker_names *names;
    struct labels labels;
    struct beginning_label *begun; /* by turn */
    bool steady;
    uint32_t nspeaking; /* labels that turns have, each once */
};

static size_t skip_space(struct str s, size_t at) {
    size_t len;

    while (at < s.len && name_is_blank(turn_char(s, at, &len)))
        at += len;
    return at;
}

/* --- turns --- */

/* The character behind a label; 0 at the end of the line. A link, and what is past
 * the head, counts as punctuation. */
static uint32_t next_char(const struct turn *turn, size_t at) {
    size_t len;

    if (at < turn->head.len)
        return turn_char(turn->head, at, &len);
    return turn->goes_on ? '[' : 0;
}

/* What each turn begins with, and whether nearly all begin with a label. */
static void find_labels(struct reader *r, struct arena *scratch) {
    uint32_t nturns = r->note->nturns, n = 0;

    r->begun = arena_room(scratch, struct beginning_label, nturns);
    for (uint32_t i = 0; i < nturns; i++) {
        const struct turn *turn = &r->note->turns[i];
        struct beginning_label *begun = &r->begun[i];

        begun->label = labels_at(&r->labels, turn, &begun->text);
        n += begun->label != NULL &&
             !unicode_is_lower(next_char(turn, begun->text.len));
    }
    r->steady = n * 100 >= (uint64_t)nturns * STEADY_PERCENT;
}

/* `Remotely` is a word of its own, and so is `Hosts`. */
static bool is_suffix(struct str rest) {
    static const struct str suffixes[] = {STR_INIT("ly"), STR_INIT("ness"),
                                          STR_INIT("s"), STR_INIT("d"),
                                          STR_INIT("r")};
    size_t end = 0, len;

    while (end < rest.len &&
           unicode_class(turn_char(rest, end, &len)) == UNICODE_LETTER)
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
    code = turn_char(rest, 0, &len);
    return (code == '\'' || code == 0x2019 || code == '-' || code == 0x2010 ||
            code == 0x2011) &&
           len < rest.len &&
           unicode_class(turn_char(rest, len, &next)) == UNICODE_LETTER;
}

/* Whether a label with this behind it, but no separator, is who speaks. */
static bool is_glued(const struct reader *r, const struct label *label,
                     struct str text, const struct turn *turn) {
    uint32_t code = next_char(turn, text.len);
    struct str rest = str_skip(turn->head, text.len);
    bool several = str_find(text, ' ') != STR_NONE;

    if (code == 0)
        return true;
    if (name_is_blank(code))
        return r->steady;
    if (is_inside_word(rest))
        return false;
    if (unicode_is_lower(code))
        return several || (r->steady && !is_suffix(rest));
    return label->is_learnt || several;
}

static struct speaker read_turn(struct reader *r, uint32_t i) {
    const struct turn *turn = &r->note->turns[i];
    struct speaker s = {.entity = ENTITY_NONE};
    struct label *label = r->begun[i].label;
    struct str text = r->begun[i].text;
    size_t at, length;

    if (label == NULL)
        return s;
    at = skip_space(turn->head, text.len);
    length = label_separator(turn, at);
    if (length > 0)
        at = skip_space(turn->head, at + length);
    else if (!is_glued(r, label, text, turn))
        return s;
    r->nspeaking += !label->speaks;
    label->speaks = true;
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
                                    const struct speaker_names *names,
                                    uint32_t *nlabels) {
    struct reader r = {.note = n, .names = names};
    struct speaker *speakers;

    *nlabels = 0;
    if (n->nturns == 0)
        return NULL;
    speakers = arena_room(a, struct speaker, n->nturns);
    labels_learn(&r.labels, scratch, n, names);
    find_labels(&r, scratch);
    for (uint32_t i = 0; i < n->nturns; i++)
        speakers[i] = read_turn(&r, i);
    infer(&r, speakers);
    labels_release(&r.labels);
    *nlabels = r.nspeaking;
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
                                         struct arena *scratch,
                                         uint32_t *nlabels) {
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
    speakers = speakers_read(w->arena, scratch, n, &names, nlabels);
    vec_release(&list);
    return speakers;
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
        all[i] = speakers_of(w, note, &scratch, &labels[i]);
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
        } else if (!name_is_blank(turn_char(s, at, &len))) {
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
