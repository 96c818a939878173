#include "search/search.h"

#include "base/hash.h"
#include "base/pool.h"
#include "search/values.h"

enum {
    MOST = 1000,        /* postings of a word that is everywhere */
    RANGE_LEAST = 3000, /* bytes of a file of words */
    RANGE_MOST = 8000,
    RANGE_CUTS = 32, /* of the words past that one in so many begins a file */
    POSTING_BYTES = 2,
    LEVELS = 32, /* of a tag or a folder; what lies deeper is found by these */
    LEVELS_KNOWN = 256,           /* a power of two */
    NAME_MOST = 1 + WORD_MAX * 4, /* bytes of a name's word with its sign */
};

/* --- the words of all pieces --- */

/* What a tag, a folder, a kind is found by: itself, and what is above it. */
struct levels {
    struct str path;
    const struct word *keys;
    uint32_t n;
    char sign;
};

struct indexer { /* one thread's */
    struct arena arena;
    struct arena values; /* of the documents */
    struct words words;
    struct dictionary dictionary;
    struct levels levels[LEVELS_KNOWN]; /* by the hash of the path */
    struct word names[WORDS_READ];
    char name_texts[WORDS_READ][NAME_MOST];
    struct buf text;
    uint32_t piece;
    enum search_rank rank;
};

struct indexing {
    const struct search_pieces *pieces;
    struct str *values; /* by document */
    struct indexer *indexers;
};

static void add_words(void *context, const struct word *words, size_t n) {
    struct indexer *x = context;

    dictionary_add(&x->dictionary, words, n, x->piece, x->rank);
}

/* `word` behind a sign, its text in `room`. */
static struct word name_of(const struct word *word, char *room) {
    struct word name = {0};

    room[0] = '=';
    if (word->text.len >= sizeof name.key) {
        memcpy(room + 1, word->text.p, word->text.len);
        return word_make(str_make(room, word->text.len + 1));
    }
    memcpy(room + 1, &word->key, sizeof word->key);
    memcpy(&name.key, room, sizeof name.key);
    name.text = str_make(room, word->text.len + 1);
    return name;
}

/* Words of titles and headings are keys besides. */
static void add_names(void *context, const struct word *words, size_t n) {
    struct indexer *x = context;

    add_words(context, words, n);
    for (size_t i = 0; i < n; i++)
        x->names[i] = name_of(&words[i], x->name_texts[i]);
    add_words(context, x->names, n);
}

static void add_title(struct indexer *x, struct str title,
                      enum search_rank rank) {
    x->rank = rank;
    words_split(&x->words, title, 0, title.len, add_names, x);
}

static struct str first_levels(struct str path) {
    size_t at = 0;

    for (size_t i = 0; i < LEVELS; i++) {
        size_t slash = str_find(str_skip(path, at), '/');

        if (slash == STR_NONE)
            return path;
        at += slash + 1;
    }
    return str_slice(path, 0, at - 1);
}

/* `sign` and each level of `path`, then each above it. */
static struct levels make_levels(struct indexer *x, char sign,
                                 struct str path) {
    struct levels levels = {.path = path, .sign = sign};
    struct word keys[LEVELS + 1];

    for (path = first_levels(path);; path = str_dirname(path)) {
        buf_reset(&x->text);
        for (struct str rest = path; rest.len > 0;
             rest = str_after(rest, '/')) {
            buf_add_ch(&x->text, x->text.len > 0 ? '/' : sign);
            words_key(&x->words, str_until(rest, '/'), &x->text);
        }
        if (x->text.len > 1)
            keys[levels.n++] =
                word_make(arena_str(&x->arena, buf_str(&x->text)));
        if (str_find(path, '/') == STR_NONE)
            break;
    }
    levels.keys = vec_copy(&x->arena, keys, levels.n, sizeof *keys);
    return levels;
}

static void add_levels(struct indexer *x, char sign, struct str path) {
    struct levels *known = &x->levels[hash_bytes(path) & (LEVELS_KNOWN - 1)];

    if (known->sign != sign || !str_eq(known->path, path))
        *known = make_levels(x, sign, path);
    dictionary_add(&x->dictionary, known->keys, known->n, x->piece, RANK_TEXT);
}

static void add_note_keys(struct indexer *x, const struct plan *p, uint32_t i) {
    const struct vault_file *f = &p->linked->vault->files[i];

    for (uint32_t k = p->note_tag_begins[i]; k < p->note_tag_begins[i + 1]; k++)
        add_levels(x, '#', p->linked->tags[p->note_tags[k]].key);
    if (str_find(f->path, '/') != STR_NONE)
        add_levels(x, '/', str_dirname(f->path));
}

static void add_titles(struct indexer *x, const struct plan *p,
                       const struct search_doc *doc) {
    enum search_rank rank = doc->is_entity ? RANK_ENTITY_TITLE : RANK_TITLE;

    x->piece = doc->piece;
    add_levels(x, ':', doc->kind);
    if (doc->note == PLAN_NONE) {
        add_title(x, p->linked->tags[doc->tag].name, rank);
        return;
    }
    const struct note *n = p->linked->notes[doc->note];
    add_title(x, n->title, rank);
    for (size_t i = 0; i < n->front.naliases; i++)
        add_title(x, n->front.aliases[i], rank);
    add_note_keys(x, p, doc->note);
}

/* Returns them. */
static struct str add_values(struct indexer *x, const struct note *n) {
    struct str values;

    buf_reset(&x->text);
    search_add_values(&x->text, n);
    values = arena_str(&x->values, buf_str(&x->text));
    x->rank = RANK_TEXT;
    words_split(&x->words, values, 0, values.len, add_words, x);
    return values;
}

/* Text from which on words are as good as each other. */
struct stretch {
    uint32_t begin;
    enum search_rank rank;
    words_found *found;
};

static void end_stretch(struct indexer *x, struct str text,
                        struct stretch *stretch, uint32_t end) {
    x->rank = stretch->rank;
    if (end > stretch->begin)
        words_split(&x->words, text, stretch->begin, end, stretch->found, x);
    stretch->begin = end;
}

/* Where the words of a turn begin, behind who speaks; its own beginning if that is not
 * known. */
static uint32_t words_begin(const struct plan *p, const struct note *n,
                            uint32_t turn) {
    const struct speaker *speaker = search_speaker(p, n, turn);
    uint32_t begin = n->text_blocks[n->turns[turn].block].begin;

    return speaker != NULL ? begin + speaker->text : begin;
}

static void add_piece(struct indexer *x, const struct plan *p,
                      const struct note *n, const struct search_doc *doc,
                      const struct search_piece *piece) {
    const struct stretch texts = {.rank = doc->is_entity ? RANK_ENTITY_TEXT
                                                         : RANK_TEXT,
                                  .found = add_words};
    const struct stretch headings = {
        .rank = doc->is_entity ? RANK_ENTITY_HEADING : RANK_HEADING,
        .found = add_names};
    uint32_t turn = search_turn_from(n, piece->block);
    struct stretch now = texts;

    now.begin = piece->begin;
    for (uint32_t i = piece->block;
         i < n->ntext_blocks && n->text_blocks[i].begin < piece->end; i++) {
        const struct text_block *b = &n->text_blocks[i];
        bool heads = b->kind == TEXT_HEADING;

        if (heads != (now.found == add_names)) {
            uint32_t begin = b->begin > now.begin ? b->begin : now.begin;
            end_stretch(x, n->text, &now, begin);
            now = heads ? headings : texts;
            now.begin = begin;
        }
        if (search_is_turn(n, i, &turn)) {
            /* No word goes on behind the label. */
            uint32_t label = words_begin(p, n, turn);
            if (label > b->begin && label > now.begin && label < b->end &&
                label < piece->end)
                end_stretch(x, n->text, &now, label);
        }
    }
    end_stretch(x, n->text, &now, piece->end);
}

static void index_doc(void *context, size_t index, unsigned worker) {
    struct indexing *all = context;
    struct indexer *x = &all->indexers[worker];
    const struct plan *p = all->pieces->plan;
    const struct search_doc *doc = &all->pieces->docs[index];

    add_titles(x, p, doc);
    if (doc->note != PLAN_NONE)
        all->values[index] = add_values(x, p->linked->notes[doc->note]);
    for (uint32_t i = 0; i < doc->npieces && doc->note != PLAN_NONE; i++) {
        x->piece = doc->piece + i;
        add_piece(x, p, p->linked->notes[doc->note], doc,
                  &all->pieces->pieces[x->piece]);
    }
}

/* --- words that are everywhere --- */

/* A word in more than a third of the documents keeps its best places: it tells
 * little, and is much (performance.md §5). */
static bool is_everywhere(const struct search *s,
                          const struct dictionary_word *w) {
    return w->len > MOST && w->len > s->pieces.ndocs / 3 &&
           (ascii_alnum((unsigned char)w->text.p[0]) ||
            (unsigned char)w->text.p[0] >= 0x80);
}

static void keep_best(struct dictionary_word *w) {
    uint32_t counts[SEARCH_RANKS] = {0}, left = MOST, n = 0;
    uint32_t least = SEARCH_RANKS;

    for (uint32_t i = 0; i < w->len; i++)
        counts[w->list[i] % SEARCH_RANKS]++;
    while (least > 0 && counts[least - 1] <= left)
        left -= counts[--least];
    for (uint32_t i = 0; i < w->len; i++) {
        uint32_t rank = w->list[i] % SEARCH_RANKS;
        if (rank >= least)
            w->list[n++] = w->list[i];
        else if (rank + 1 == least && left > 0) {
            w->list[n++] = w->list[i];
            left--;
        }
    }
    w->len = n;
}

/* --- files of words --- */

static size_t word_bytes(const struct dictionary_word *w) {
    return w->text.len + 2 + (size_t)w->len * POSTING_BYTES;
}

/* A name of its own for the file that begins with `word`. */
static uint32_t range_name(const struct search_range *ranges, uint32_t n,
                           struct str word) {
    uint32_t name = (uint32_t)hash_bytes(word) & 0xFFFFFF;

    for (uint32_t i = 0; i < n; i++)
        if (ranges[i].name == name) {
            name = (name + 1) & 0xFFFFFF;
            i = UINT32_MAX; /* from the beginning */
        }
    return name;
}

/* Where a file begins depends on the word itself, so that a new word moves no
 * borders but those beside it. */
static void cut_ranges(struct arena *a, struct search *s) {
    VEC(struct search_range) ranges = {0};
    size_t bytes = 0;

    for (uint32_t i = 0; i < s->nwords; i++) {
        struct str word = s->words[i].text;
        size_t own = word_bytes(&s->words[i]);

        if (i == 0 || bytes + own > RANGE_MOST ||
            (bytes >= RANGE_LEAST && hash_bytes(word) % RANGE_CUTS == 0)) {
            struct search_range range = {
                i, i, range_name(ranges.items, (uint32_t)ranges.len, word)};
            vec_push(&ranges, range);
            bytes = 0;
        }
        vec_last(&ranges)->end = i + 1;
        bytes += own;
    }
    s->ranges = vec_keep(a, &ranges);
    s->nranges = (uint32_t)ranges.len;
    vec_release(&ranges);
}

static void keep_words(struct arena *a, struct search *s,
                       const struct dictionary *d) {
    struct dictionary_word *words =
        arena_array(a, struct dictionary_word, d->words.len);

    for (size_t i = 0; i < d->words.len; i++) {
        words[i] = d->words.items[i];
        if (is_everywhere(s, &words[i])) {
            keep_best(&words[i]);
            words[i].is_everywhere = true;
        }
    }
    s->words = words;
    s->nwords = (uint32_t)d->words.len;
    cut_ranges(a, s);
}

const struct search *search_index(struct arena *a, const struct plan *p,
                                  unsigned jobs) {
    unsigned n = jobs > 0 ? jobs : 1;
    struct search *s = arena_new(a, struct search);
    struct indexing all = {.pieces = &s->pieces,
                           .indexers = arena_array(a, struct indexer, n)};

    if (p->asset_hrefs[ASSET_SEARCH_SCRIPT].len == 0)
        return NULL;
    s->pieces = search_pieces_cut(a, p);
    s->values = all.values = arena_array(a, struct str, s->pieces.ndocs);
    for (unsigned i = 0; i < n; i++) {
        struct indexer *x = &all.indexers[i];
        arena_init(&x->arena);
        arena_init(&x->values);
        words_init(&x->words);
        dictionary_init(&x->dictionary, &x->arena);
    }
    pool_run(jobs, s->pieces.ndocs, index_doc, &all);
    for (unsigned i = 1; i < n; i++)
        dictionary_join(&all.indexers[0].dictionary,
                        &all.indexers[i].dictionary);
    dictionary_sort(&all.indexers[0].dictionary);
    keep_words(a, s, &all.indexers[0].dictionary);
    for (unsigned i = 0; i < n; i++) {
        struct indexer *x = &all.indexers[i];
        if (i == 0)
            arena_take(a, &x->arena);
        else
            arena_release(&x->arena);
        arena_take(a, &x->values);
        words_release(&x->words);
        dictionary_release(&x->dictionary);
        buf_release(&x->text);
    }
    return s;
}
