/*
 * Turns of a transcript: who speaks, when, and how much of all.
 */
#include <assert.h>
#include <endian.h>

#include "base/unicode.h"
#include "html/escape.h"
#include "site/urls.h"
#include "site/wiki.h"

/* A pause that is shown, in seconds. */
#define TURNS_SILENCE 120
/* Speakers and marks in the column beside the text. */
#define TURNS_SPEAKERS 20
#define TURNS_MARKS 40

static const struct speaker *speaker_of(const struct plan *p,
                                        const struct note *n, uint32_t turn) {
    static const struct speaker nobody = {.entity = ENTITY_NONE};
    const struct entities *e = p->entities;

    return e != NULL && e->speakers[n->index] != NULL
               ? &e->speakers[n->index][turn]
               : &nobody;
}

static struct str words_of(const struct note *n, uint32_t turn,
                           const struct speaker *s) {
    const struct text_block *b = &n->text_blocks[n->turns[turn].block];

    return str_slice(n->text, b->begin + s->text, b->end);
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Words that begin in the ASCII characters at *at, which it passes by eights; whether
 * the last one goes on is *inside. */
static uint32_t ascii_words(struct str s, size_t *at, bool *inside) {
    uint32_t n = 0;

    for (; s.len - *at >= 8; *at += 8) {
        uint64_t bytes, letters, begins;

        memcpy(&bytes, s.p + *at, sizeof bytes);
        bytes = le64toh(bytes);
        if ((bytes & EACH_BYTE(0x80)) != 0)
            break;
        letters = (bytes + EACH_BYTE(0x80 - ' ' - 1)) & EACH_BYTE(0x80);
        begins = letters & ~(letters << 8 | (uint64_t)*inside << 7);
        n += (uint32_t)((begins >> 7) * EACH_BYTE(1) >> 56);
        *inside = letters >> 63 != 0;
    }
    return n;
}

/* Twice the number of words; where nothing stands between words, two characters
 * are taken for one. */
static uint32_t half_words(struct str s) {
    uint32_t n = 0;
    bool inside = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t code;

        n += 2 * ascii_words(s, &at, &inside);
        if (at == s.len)
            break;
        at += utf8_decode(s, at, &code);
        if (code >= 0x3040 && code <= 0x9FFF) {
            n++;
            inside = false;
        } else if (code <= ' ') {
            inside = false;
        } else {
            n += inside ? 0 : 2;
            inside = true;
        }
    }
    return n;
}

/* Seconds between two turns in which nobody seems to speak: what was said takes its
 * time, at 150 words a minute. */
static uint32_t silence_before(const struct plan *p, const struct note *n,
                               uint32_t turn) {
    const struct turn *now = &n->turns[turn], *last = now - 1;
    uint32_t spoken;

    if (turn == 0 || now->seconds < last->seconds + TURNS_SILENCE)
        return 0;
    spoken = half_words(words_of(n, turn - 1, speaker_of(p, n, turn - 1))) / 5;
    return now->seconds - last->seconds > spoken
               ? now->seconds - last->seconds - spoken
               : 0;
}

/* --- names --- */

/* Initials, which decorate a name. */
static void add_initials(struct fill *f, struct str name, struct buf *out) {
    buf_printf(out, "<span class=\"av hue%u\" aria-hidden=\"true\">",
               wiki_tint(name));
    html_escape(out, wiki_initials(f->scratch, name, true));
    buf_add_lit(out, "</span>");
}

/* The text as a link to the entity's page, if it has one. */
static void add_name(struct fill *f, uint32_t entity, struct str text,
                     struct buf *out) {
    const struct plan *p = f->plan;
    uint32_t note =
        entity == ENTITY_NONE ? ENTITY_NONE : p->entities->items[entity].note;
    struct str href = note == ENTITY_NONE ? STR("") : p->hrefs[note];

    buf_add_str(out, href.len > 0 ? STR("<a class=\"plain\"") : STR("<span"));
    if (href.len > 0) {
        buf_add_lit(out, " href=\"");
        url_add_relative(out, f->page->href, href);
        buf_add_ch(out, '"');
    }
    buf_add_lit(out, " dir=\"auto\">");
    html_escape(out, text);
    buf_add_str(out, href.len > 0 ? STR("</a>") : STR("</span>"));
}

/* The label as it is written; who was taken for that stands beside it. */
static void add_speaker(struct fill *f, const struct speaker *s,
                        struct buf *out) {
    struct str name = s->entity == ENTITY_NONE
                          ? s->label
                          : f->plan->entities->items[s->entity].name;

    buf_add_lit(out, "<p class=\"spk\">");
    add_initials(f, name, out);
    if (s->inferred) {
        buf_add_lit(out, "<span>");
        html_escape(out, s->label);
        buf_add_lit(out, "</span> <small>");
        html_escape(out, f->plan->theme->strings.texts[STRING_INFERRED]);
        buf_add_ch(out, ' ');
        add_name(f, s->entity, name, out);
        buf_add_lit(out, "</small>");
    } else {
        add_name(f, s->entity, s->label, out);
    }
    buf_add_lit(out, "</p>\n");
}

/* --- turns --- */

static void add_href(struct fill *f, const struct fill_place *place,
                     const struct turn *turn, struct buf *out) {
    buf_add_lit(out, "<a href=\"");
    if (place->embed > 0)
        url_add_relative(out, f->page->href,
                         f->plan->hrefs[place->note->index]);
    buf_add_ch(out, '#');
    buf_add_str(out, turn->id);
    buf_add_lit(out, "\">");
}

static void add_time(const struct turn *turn, struct buf *out) {
    buf_printf(out, "<time datetime=\"PT%uH%uM%uS\">",
               (unsigned)(turn->seconds / 3600),
               (unsigned)(turn->seconds / 60 % 60),
               (unsigned)(turn->seconds % 60));
    buf_add_str(out, turn->time);
    buf_add_lit(out, "</time></a>");
}

static void add_silence(struct fill *f, uint32_t seconds, struct buf *out) {
    struct buf text = {0};

    buf_add_lit(out, "<li class=\"gap\">");
    strings_add_count(&text, &f->plan->theme->strings, STRING_SILENCE_ONE,
                      seconds / 60);
    html_escape(out, buf_str(&text));
    buf_add_lit(out, "</li>\n");
    buf_release(&text);
}

/* Whether the place is the turn at `at` alone. */
static bool is_embed_of(const struct fill_place *place, uint32_t at) {
    return place->kind == PART_BLOCK &&
           place->note->blocks[place->part].slice.ranges->begin == at;
}

/* Whether the turn begins what its speaker says: in its list, as an embed of its own,
 * or after another. */
static bool begins_run(const struct plan *p, const struct fill_place *place,
                       uint32_t turn, uint32_t at) {
    const struct note *n = place->note;

    return turn == 0 || is_embed_of(place, at) ||
           str_ends(str_slice(n->html, 0, at), STR("<ol class=\"turns\">\n")) ||
           !str_eq(speaker_of(p, n, turn)->label,
                   speaker_of(p, n, turn - 1)->label);
}

void fill_turn(struct fill *f, const struct fill_place *place, uint32_t turn,
               uint32_t at, struct buf *out) {
    const struct note *n = place->note;
    const struct turn *t = &n->turns[turn];
    const struct speaker *s = speaker_of(f->plan, n, turn);
    uint32_t silence = silence_before(f->plan, n, turn);
    bool first = begins_run(f->plan, place, turn, at);
    struct str text = str_skip(t->head, s->text);

    if (silence > TURNS_SILENCE && !is_embed_of(place, at))
        add_silence(f, silence, out);
    buf_add_str(out, first ? STR("<li class=\"turn first\"")
                           : STR("<li class=\"turn\""));
    if (place->embed == 0)
        html_add_attr(out, STR("id"), t->id);
    if (s->label.len > 0)
        html_add_attr(out, STR("data-speaker"), s->label);
    buf_add_ch(out, '>');
    add_href(f, place, t, out);
    add_time(t, out);
    if (first && s->label.len > 0)
        add_speaker(f, s, out);
    if (!t->goes_on && text.len == 0)
        return;
    buf_add_lit(out, "<p>");
    html_escape(out, text);
    if (!t->goes_on)
        buf_add_lit(out, "</p>\n");
}

/* Whose turns a time in `n` means, or NULL. */
static const struct note *turns_of_times(const struct plan *p,
                                         const struct note *n) {
    const struct entities *e = p->entities;
    uint32_t event, source;

    if (n->nturns > 0 || e == NULL)
        return n;
    event = e->event_of[n->index];
    source = event != ENTITY_NONE ? e->events[event].source : ENTITY_NONE;
    return source != ENTITY_NONE ? p->linked->notes[source] : NULL;
}

void fill_time(struct fill *f, const struct fill_place *place, uint32_t time,
               struct buf *out) {
    const struct turn_time *t = &place->note->times[time];
    const struct note *n = turns_of_times(f->plan, place->note);
    uint32_t turn = n != NULL ? note_find_turn(n, t->seconds) : NOTE_NONE;
    size_t start = out->len;

    if (turn != NOTE_NONE) {
        struct target to = {LINK_NOTE, n->index, PART_TURN, turn};

        buf_add_lit(out, "<a href=\"");
        if (fill_href(f, &to, STR(""), out)) {
            buf_add_lit(out, "\">");
            html_escape(out, t->text);
            buf_add_lit(out, "</a>");
            return;
        }
        out->len = start;
    }
    html_escape(out, t->text);
}

/* --- beside the text --- */

struct share {
    const struct speaker *speaker; /* of the first turn */
    uint64_t words;                /* halves */
};

static bool same_speaker(const struct speaker *a, const struct speaker *b) {
    return a->entity != ENTITY_NONE
               ? a->entity == b->entity
               : b->entity == ENTITY_NONE && str_eq(a->label, b->label);
}

/* Speakers in the order in which they first speak; *total counts all of them. A
 * transcript has few: those past the limit only count. */
static size_t count_shares(const struct plan *p, const struct note *n,
                           struct share *shares, uint64_t *total) {
    size_t len = 0;

    *total = 0;
    for (uint32_t i = 0; i < n->nturns; i++) {
        const struct speaker *s = speaker_of(p, n, i);
        uint32_t words = half_words(words_of(n, i, s));
        size_t k = 0;

        if (s->label.len == 0)
            continue;
        *total += words;
        while (k < len && !same_speaker(shares[k].speaker, s))
            k++;
        if (k == TURNS_SPEAKERS)
            continue;
        if (k == len)
            shares[len++] = (struct share){.speaker = s};
        shares[k].words += words;
    }
    return len;
}

static void draw_shares(struct draw *d, const struct note *n) {
    struct share shares[TURNS_SPEAKERS];
    uint64_t total;
    size_t len = count_shares(d->plan, n, shares, &total);

    if (len == 0 || total == 0)
        return;
    for (size_t i = 1; i < len; i++) /* most words first; few, and stable */
        for (size_t k = i; k > 0 && shares[k].words > shares[k - 1].words;
             k--) {
            struct share s = shares[k];
            shares[k] = shares[k - 1];
            shares[k - 1] = s;
        }
    buf_reset(d->text);
    buf_add_lit(d->text, "<ul class=\"share\">\n");
    for (size_t i = 0; i < len; i++) {
        unsigned percent =
            (unsigned)((shares[i].words * 200 + total) / (2 * total));

        buf_add_lit(d->text, "<li><span dir=\"auto\">");
        html_escape(d->text, shares[i].speaker->label);
        buf_printf(d->text,
                   "</span><span class=\"n\">%u%%</span><svg aria-hidden="
                   "\"true\"><rect width=\"%u%%\" height=\"4\"/></svg></li>\n",
                   percent, percent);
    }
    buf_add_lit(d->text, "</ul>");
    d->values[SLOT_SPEAKERS] = template_html(draw_keep(d));
}

/* Seconds between marks, never 0: every five minutes; in longer ones every ten,
 * fifteen, thirty, sixty … */
static uint32_t step_of(uint32_t seconds) {
    static const uint32_t minutes[] = {5, 10, 15, 30};

    for (size_t i = 0; i < ARRAY_LEN(minutes); i++)
        if (seconds / (60 * minutes[i]) < TURNS_MARKS)
            return 60 * minutes[i];
    return 3600 * (seconds / 3600 / TURNS_MARKS + 1);
}

/* The first turn of each stretch; one without turns has no mark. */
static void draw_marks(struct draw *d, const struct note *n) {
    uint32_t last = 0, step, next = 0;

    for (uint32_t i = 0; i < n->nturns; i++)
        if (n->turns[i].seconds > last)
            last = n->turns[i].seconds;
    step = step_of(last);
    assert(step > 0);
    if (last < step)
        return;
    buf_reset(d->text);
    buf_add_lit(d->text, "<ul class=\"plain marks\">\n");
    for (uint32_t i = 0; i < n->nturns; i++) {
        const struct turn *t = &n->turns[i];
        uint32_t mark = t->seconds / step * step;

        if (t->seconds < next)
            continue;
        next = mark + step;
        buf_add_lit(d->text, "<li><a href=\"#");
        buf_add_str(d->text, t->id);
        buf_add_lit(d->text, "\">");
        if (last >= 3600)
            buf_printf(d->text, "%u:", (unsigned)(mark / 3600));
        buf_printf(d->text, "%02u:%02u</a></li>\n", (unsigned)(mark / 60 % 60),
                   (unsigned)(mark % 60));
    }
    buf_add_lit(d->text, "</ul>");
    d->values[SLOT_TIMES] = template_html(draw_keep(d));
}

void draw_turns(struct draw *d, const struct note *n) {
    if (n->nturns == 0)
        return;
    draw_shares(d, n);
    draw_marks(d, n);
}
