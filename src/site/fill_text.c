#include "base/unicode.h"
#include "html/escape.h"
#include "note/compile.h"
#include "site/fill.h"

/* Texts of answers: Markdown that the second entrance of note/ compiles, once for
 * each text and page (decisions.md 15). */

struct rendered {
    struct str html, plain;
};

struct fill_texts {
    struct compiler *compiler;
    struct diags quiet; /* what is wrong with a text, its own note tells */
    struct map done;    /* text -> struct rendered, of this page and `origin` */
    const struct note *origin;
};

static struct fill_texts *texts_of(struct fill *f) {
    struct fill_texts *t = f->texts;

    if (t == NULL) {
        t = arena_new(&f->lasting, struct fill_texts);
        diags_init(&t->quiet);
        t->quiet.muted = true;
        t->compiler = compiler_new(&f->lasting,
                                   f->plan->linked->vault->settings, &t->quiet);
        f->texts = t;
    }
    return t;
}

void fill_texts_begin(struct fill *f) {
    if (f->texts != NULL)
        f->texts->origin = NULL;
}

void fill_texts_release(struct fill *f) {
    if (f->texts != NULL) {
        compiler_free(f->texts->compiler);
        diags_release(&f->texts->quiet);
    }
}

/* Most texts hold nothing that Markdown or Obsidian give a meaning. */
static bool is_plain(struct str text) {
    size_t www = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        www = c == 'w' || c == 'W' ? www + 1 : 0;
        if (www == 3)
            return false;
        if (!ascii_alnum(c) && c < 0x80 && c != ' ' && c != ',' && c != '-' &&
            c != '.')
            return false;
    }
    return true;
}

/* What follows the number in a comment that names of groups begin with, to be put
 * in order by (`%%1%%High priority`); the whole text where that is not plain. */
static struct str without_rank(struct str text) {
    size_t end = 2;
    struct str rest;

    if (!str_starts(text, STR("%%")))
        return text;
    while (end < text.len && ascii_digit((unsigned char)text.p[end]))
        end++;
    rest = str_skip(text, end);
    if (!str_starts(rest, STR("%%")) || rest.len == 2 ||
        !ascii_alpha((unsigned char)rest.p[2]))
        return text;
    return str_skip(rest, 2);
}

struct fill_place fill_answer_place(struct fill *f, const struct note *n) {
    fill_shows(f, n);
    return (struct fill_place){.note = n,
                               .targets = f->plan->linked->targets[n->index],
                               .embed = UINT32_MAX,
                               .depth = 1,
                               .in_answer = true};
}

static struct rendered compile(struct fill *f, struct fill_texts *t,
                               const struct note *origin, struct str text) {
    const struct linked *l = f->plan->linked;
    struct rendered r = {.plain = text};
    struct target *targets;
    struct fill_place place;
    struct buf html = {0};
    struct note *n;

    compiler_into(t->compiler, f->scratch);
    n = text_compile(t->compiler, origin, text);
    targets = arena_array(f->scratch, struct target, n->nlinks);
    for (uint32_t i = 0; i < n->nlinks; i++)
        targets[i] = linked_resolve(l, origin->index, n->links[i].target,
                                    n->links[i].subpath, f->scratch);
    place = fill_answer_place(f, n);
    place.targets = targets;
    if (n->form == NOTE_RENDERED) {
        fill_range(f, &place, note_body(n), &html);
        r.plain = str_trim(n->text);
    } else {
        html_escape(&html, text);
    }
    r.html = arena_str(f->scratch, buf_str(&html));
    buf_release(&html);
    return r;
}

static struct rendered render(struct fill *f, const struct note *origin,
                              struct str text) {
    struct fill_texts *t;
    struct str plain;
    void **slot;

    text = str_trim(text);
    plain = without_rank(text);
    if (is_plain(plain))
        return (struct rendered){plain, plain};
    t = texts_of(f);
    if (t->origin != origin) {
        t->origin = origin;
        map_init(&t->done, f->scratch);
    }
    slot = map_slot_borrowed(&t->done, text);
    if (*slot == NULL) {
        struct rendered *r = arena_new(f->scratch, struct rendered);
        *r = compile(f, t, origin, text);
        *slot = r;
    }
    return *(const struct rendered *)*slot;
}

void fill_text(struct fill *f, const struct note *origin, struct str text,
               struct buf *out) {
    buf_add_str(out, render(f, origin, text).html);
}

struct str fill_text_plain(struct fill *f, const struct note *origin,
                           struct str text) {
    return render(f, origin, text).plain;
}
