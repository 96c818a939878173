#include "search/pieces.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "base/vec.h"

enum {
    PIECE = 4000,       /* bytes of text from which on a piece may end */
    PIECE_MOST = 6000,  /* a longer block is cut */
    FILE_MOST = 9500,   /* of a file, if a piece is no longer */
    BUCKET_MOST = 64000 /* mean bytes of a bucket: from half of it on */
};

uint32_t search_heading(const struct note *n, uint32_t block,
                        uint32_t heading) {
    uint32_t next = heading == NOTE_NONE ? 0 : heading + 1;

    if (n->text_blocks[block].kind != TEXT_HEADING)
        return heading;
    while (next < n->nheadings &&
           n->headings[next].line < n->text_blocks[block].line)
        next++;
    return next < n->nheadings &&
                   n->headings[next].line == n->text_blocks[block].line
               ? next
               : heading;
}

uint32_t search_turn_from(const struct note *n, uint32_t block) {
    uint32_t from = 0, to = n->nturns;

    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (n->turns[middle].block < block)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool search_is_turn(const struct note *n, uint32_t block, uint32_t *turn) {
    while (*turn < n->nturns && n->turns[*turn].block < block)
        ++*turn;
    return *turn < n->nturns && n->turns[*turn].block == block;
}

const struct speaker *search_speaker(const struct plan *p, const struct note *n,
                                     uint32_t turn) {
    const struct entities *e = p->entities;

    if (e == NULL || e->speakers == NULL || e->speakers[n->index] == NULL)
        return NULL;
    return &e->speakers[n->index][turn];
}

/* --- documents --- */

static uint64_t order_of(char sign, struct str name) {
    return hash_join(hash_bytes(str_make(&sign, 1)), name);
}

static int by_order(const void *a, const void *b) {
    const struct search_doc *x = a, *y = b;

    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->note != y->note ? (x->note < y->note ? -1 : 1)
                              : (x->tag > y->tag) - (x->tag < y->tag);
}

static struct search_doc *list_docs(struct arena *a, const struct plan *p,
                                    uint32_t *n) {
    const struct linked *l = p->linked;
    size_t nfiles = l->vault->nfiles;
    struct search_doc *docs =
        arena_array(a, struct search_doc, nfiles + l->ntags);

    *n = 0;
    for (uint32_t i = 0; i < nfiles; i++) {
        const struct vault_file *f = &l->vault->files[i];
        if (l->notes[i] == NULL || f->is_template)
            continue;
        docs[(*n)++] = (struct search_doc){
            .order = order_of('/', f->path),
            .note = i,
            .tag = PLAN_NONE,
            .kind = l->notes[i]->role.kind.len > 0 ? l->notes[i]->role.kind
                                                   : STR("note"),
            .is_entity = plan_entity_of(p, i) != PLAN_NONE};
    }
    for (uint32_t i = 0; i < l->ntags; i++)
        docs[(*n)++] =
            (struct search_doc){.order = order_of('#', l->tags[i].key),
                                .note = PLAN_NONE,
                                .tag = i,
                                .kind = STR("tag")};
    if (*n > 0)
        qsort(docs, *n, sizeof *docs, by_order);
    return docs;
}

/* --- pieces --- */

typedef VEC(struct search_piece) piece_list;

static void add_piece(piece_list *pieces, struct search_piece *piece,
                      uint32_t end) {
    piece->end = end;
    vec_push(pieces, *piece);
    piece->begin = end;
}

/* Where a block is cut that is too long for a piece: after a blank, if there is one
 * in the last quarter. */
static uint32_t cut_at(struct str text, uint32_t begin) {
    size_t end = begin + PIECE, least = begin + PIECE - PIECE / 4;

    for (size_t at = end; at > least; at--)
        if (ascii_space((unsigned char)text.p[at - 1]))
            return (uint32_t)at;
    return (uint32_t)utf8_floor(text, end);
}

static void cut_note(piece_list *pieces, const struct note *n, uint32_t doc) {
    struct search_piece piece = {.doc = doc, .heading = NOTE_NONE};
    uint32_t heading = NOTE_NONE;
    size_t first = pieces->len;

    for (uint32_t i = 0; i < n->ntext_blocks; i++) {
        uint32_t begin = n->text_blocks[i].begin, end = n->text_blocks[i].end;
        /* What comes under a heading begins with it. */
        uint32_t enough =
            n->text_blocks[i].kind == TEXT_HEADING ? PIECE / 2 : PIECE;

        if (piece.begin < begin &&
            (begin - piece.begin >= enough || end - piece.begin > PIECE_MOST)) {
            add_piece(pieces, &piece, begin);
            piece.block = i;
            piece.heading = heading;
        }
        heading = search_heading(n, i, heading);
        while (end - piece.begin > PIECE_MOST) {
            add_piece(pieces, &piece, cut_at(n->text, piece.begin));
            piece.block = i;
            piece.heading = heading;
        }
    }
    if (piece.begin < n->text.len || pieces->len == first)
        add_piece(pieces, &piece, (uint32_t)n->text.len);
}

static void cut_docs(struct search_doc *docs, uint32_t n, const struct plan *p,
                     piece_list *pieces) {
    for (uint32_t i = 0; i < n; i++) {
        docs[i].piece = (uint32_t)pieces->len;
        if (docs[i].note == PLAN_NONE)
            vec_push(pieces,
                     ((struct search_piece){.doc = i, .heading = NOTE_NONE}));
        else
            cut_note(pieces, p->linked->notes[docs[i].note], i);
        docs[i].npieces = (uint32_t)pieces->len - docs[i].piece;
    }
}

/* --- files --- */

enum { RECORD = 150 }; /* about what a document's own line takes */

static uint64_t total_bytes(const struct search_pieces *s) {
    uint64_t n = (uint64_t)s->ndocs * RECORD;

    for (uint32_t i = 0; i < s->npieces; i++)
        n += s->pieces[i].end - s->pieces[i].begin;
    return n;
}

static void list_files(struct arena *a, struct search_pieces *s) {
    VEC(struct search_file) files = {0};
    struct search_file file = {.end = 0};
    unsigned bits = 0;
    size_t bytes = 0;

    for (uint64_t n = total_bytes(s); n > BUCKET_MOST; n /= 2)
        bits++;
    s->nbuckets = 1u << bits;
    for (uint32_t i = 0; i < s->npieces; i++) {
        const struct search_piece *piece = &s->pieces[i];
        uint64_t order = s->docs[piece->doc].order;
        uint32_t bucket = bits > 0 ? (uint32_t)(order >> (64 - bits)) : 0;
        size_t own = RECORD + piece->end - piece->begin;

        if (file.end > file.begin &&
            (bucket != file.bucket || bytes + own > FILE_MOST)) {
            uint32_t part = bucket == file.bucket ? file.part + 1 : 0;
            vec_push(&files, file);
            file = (struct search_file){i, i, bucket, part};
            bytes = 0;
        }
        file.bucket = bucket;
        file.end = i + 1;
        bytes += own;
    }
    if (file.end > file.begin)
        vec_push(&files, file);
    s->files = vec_keep(a, &files);
    s->nfiles = (uint32_t)files.len;
    vec_release(&files);
}

struct search_pieces search_pieces_cut(struct arena *a, const struct plan *p) {
    struct search_pieces s = {.plan = p};
    struct search_doc *docs = list_docs(a, p, &s.ndocs);
    piece_list pieces = {0};

    cut_docs(docs, s.ndocs, p, &pieces);
    s.docs = docs;
    s.pieces = vec_keep(a, &pieces);
    s.npieces = (uint32_t)pieces.len;
    vec_release(&pieces);
    list_files(a, &s);
    return s;
}
