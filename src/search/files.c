#include "search/search.h"

#include "base/json.h"
#include "search/manifest.h"

/* --- a file of words --- */

static void add_range(const struct search *s, const struct search_range *range,
                      struct buf *out) {
    buf_printf(out, "vaultsite.words(\"%06x\",\"", (unsigned)range->name);
    for (uint32_t i = range->begin; i < range->end; i++) {
        const struct dictionary_word *w = &s->words[i];

        if (i > range->begin)
            buf_add_ch(out, ' ');
        /* Letters, marks and digits, and the signs of dictionary.h. */
        buf_add_str(out, w->text);
        buf_add_str(out, w->is_everywhere ? STR("* ") : STR(" "));
        search_add_postings(out, w->list, w->len);
    }
    buf_add_lit(out, "\");\n");
}

/* --- a file of texts --- */

struct passage {          /* text under one heading, or one turn */
    struct str id, label; /* where it stands on its page */
    uint32_t begin, end;  /* of the text it is from */
    bool goes_on;         /* the label stands in a piece before */
};

static void add_passage(struct buf *out, struct str from,
                        const struct passage *passage, bool *first) {
    struct str text = str_trim(str_slice(from, passage->begin, passage->end));

    if (text.len == 0 && (passage->label.len == 0 || passage->goes_on))
        return;
    if (!*first)
        buf_add_ch(out, ',');
    *first = false;
    json_add_text(out, passage->id);
    buf_add_ch(out, ',');
    json_add_text(out, passage->label);
    buf_add_ch(out, ',');
    json_add_line(out, text);
}

/* A section that is empty, or that a generated panel stands for, is not shown. */
static bool is_cut(const struct plan *p, const struct note *n,
                   uint32_t heading) {
    uint32_t entity = plan_entity_of(p, n->index);
    const struct entity *e =
        entity != PLAN_NONE ? &p->entities->items[entity] : NULL;

    for (uint32_t i = 0; e != NULL && i < e->nempty_sections; i++)
        if (e->empty_sections[i] == heading)
            return true;
    return false;
}

static void head_passage(struct passage *passage, const struct plan *p,
                         const struct note *n, uint32_t heading) {
    passage->id = passage->label = STR("");
    if (heading == NOTE_NONE || (heading == 0 && n->first_is_title))
        return;
    if (!is_cut(p, n, heading))
        passage->id = n->headings[heading].id;
    passage->label = n->headings[heading].text;
}

/* A turn begins with the label of who speaks. */
static void turn_passage(struct passage *passage, const struct plan *p,
                         const struct note *n, uint32_t turn) {
    const struct speaker *speaker = search_speaker(p, n, turn);

    passage->id = n->turns[turn].id;
    passage->label = speaker != NULL ? speaker->label : STR("");
    if (speaker != NULL)
        passage->begin += speaker->text;
}

static void add_piece(struct buf *out, const struct search *s,
                      const struct search_piece *piece) {
    const struct plan *p = s->pieces.plan;
    const struct search_doc *doc = &s->pieces.docs[piece->doc];
    const struct note *n = p->linked->notes[doc->note];
    struct passage passage = {
        .begin = piece->begin, .end = piece->begin, .goes_on = true};
    uint32_t heading = piece->heading;
    uint32_t turn = search_turn_from(n, piece->block);
    bool first = true;

    buf_add_ch(out, '[');
    head_passage(&passage, p, n, heading);
    for (uint32_t i = piece->block;
         i < n->ntext_blocks && n->text_blocks[i].begin < piece->end; i++) {
        const struct text_block *b = &n->text_blocks[i];
        uint32_t end = b->end < piece->end ? b->end : piece->end;
        uint32_t now = search_heading(n, i, heading);
        bool is_turn = search_is_turn(n, i, &turn);

        if (now != heading || is_turn) {
            add_passage(out, n->text, &passage, &first);
            passage.begin = passage.end;
            passage.goes_on = false;
        }
        if (now != heading) {
            heading = now;
            head_passage(&passage, p, n, heading);
            passage.begin = end;
        } else if (is_turn && passage.begin <= b->begin) {
            passage.begin = b->begin;
            turn_passage(&passage, p, n, turn);
        }
        passage.end = end;
    }
    add_passage(out, n->text, &passage, &first);
    /* What properties say stands in a panel at the top of the page. */
    if (piece == &s->pieces.pieces[doc->piece])
        add_passage(
            out, s->values[piece->doc],
            &(struct passage){.end = (uint32_t)s->values[piece->doc].len},
            &first);
    buf_add_ch(out, ']');
}

static void add_texts(struct buf *out, const struct str *texts, size_t n) {
    buf_add_ch(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        json_add_text(out, texts[i]);
    }
    buf_add_lit(out, "],");
}

static void add_value(struct buf *out, struct str text) {
    json_add_text(out, text);
    buf_add_ch(out, ',');
}

static void add_tags(struct buf *out, const struct plan *p, uint32_t file) {
    uint32_t begin = p->note_tag_begins[file],
             end = p->note_tag_begins[file + 1];

    buf_add_ch(out, '[');
    for (uint32_t i = begin; i < end; i++) {
        if (i > begin)
            buf_add_ch(out, ',');
        json_add_text(out, p->linked->tags[p->note_tags[i]].name);
    }
    buf_add_ch(out, ']');
}

static void add_note_record(struct buf *out, const struct plan *p,
                            const struct search_doc *doc) {
    const struct note *n = p->linked->notes[doc->note];
    const struct plan_dates *dates = &p->dates[doc->note];
    struct str path = p->linked->vault->files[doc->note].path;
    uint32_t event = plan_event_of(p, doc->note);

    /* A day stands beside it (decisions.md 7). */
    add_value(out, event != PLAN_NONE ? p->entities->events[event].listed
                                      : n->title);
    add_value(out, p->hrefs[doc->note]);
    add_value(out, doc->kind);
    add_value(out, str_dirname(path));
    add_value(out, dates->date.text.len > 0 ? dates->date.text
                                            : dates->changed.text);
    add_texts(out, n->front.aliases, n->front.naliases);
    add_tags(out, p, doc->note);
}

static void add_tag_record(struct buf *out, const struct plan *p,
                           const struct search_doc *doc) {
    struct buf name = {0};

    buf_add_ch(&name, '#');
    buf_add_str(&name, p->linked->tags[doc->tag].name);
    add_value(out, buf_str(&name));
    buf_release(&name);
    add_value(out, p->pages[p->tags[doc->tag].page].href);
    add_value(out, doc->kind);
    buf_add_lit(out, "\"\",\"\",[],[]");
}

static void add_file_name(const struct search_file *file, struct buf *out) {
    buf_add_u64(out, file->bucket);
    buf_add_ch(out, '-');
    buf_add_u64(out, file->part);
}

static void add_text_file(const struct search *s,
                          const struct search_file *file, struct buf *out) {
    const struct plan *p = s->pieces.plan;
    uint32_t doc = UINT32_MAX;

    buf_add_lit(out, "vaultsite.text(\"");
    add_file_name(file, out);
    buf_add_lit(out, "\",[");
    for (uint32_t i = file->begin; i < file->end; i++) {
        const struct search_piece *piece = &s->pieces.pieces[i];
        const struct search_doc *d = &s->pieces.docs[piece->doc];

        if (piece->doc != doc) {
            buf_add_str(out, i > file->begin ? STR("],\n[") : STR("\n["));
            if (d->note == PLAN_NONE)
                add_tag_record(out, p, d);
            else
                add_note_record(out, p, d);
            doc = piece->doc;
        }
        buf_add_ch(out, ',');
        if (d->note == PLAN_NONE)
            buf_add_lit(out, "[]");
        else
            add_piece(out, s, piece);
    }
    buf_add_lit(out, "]\n]);\n");
}

/* --- all files --- */

size_t search_nfiles(const struct search *s) {
    return 1 + (size_t)s->nranges + s->pieces.nfiles;
}

struct str search_path(const struct search *s, size_t i, struct arena *a) {
    struct buf path = {0};
    struct str kept;

    if (i == 0)
        return STR("_/search/index.js");
    i--;
    if (i < s->nranges) {
        buf_printf(&path, "_/search/words-%06x.js",
                   (unsigned)s->ranges[i].name);
    } else {
        buf_add_lit(&path, "_/search/text-");
        add_file_name(&s->pieces.files[i - s->nranges], &path);
        buf_add_lit(&path, ".js");
    }
    kept = arena_str(a, buf_str(&path));
    buf_release(&path);
    return kept;
}

void search_write(const struct search *s, size_t i, struct buf *out) {
    if (i == 0)
        search_add_manifest(s, out);
    else if (i - 1 < s->nranges)
        add_range(s, &s->ranges[i - 1], out);
    else
        add_text_file(s, &s->pieces.files[i - 1 - s->nranges], out);
}
