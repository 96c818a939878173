#include "entity/pairs.h"

#include "base/map.h"
#include "base/unicode.h"
#include "base/utf16.h"
#include "vault/repair.h"

/* Components of a path that a reference may repeat. */
#define MAX_TAIL 24

struct pairing {
    struct entity_work *work;
    struct arena own;
    /* Folded tail of a path, without `.md` -> file + 1 of the transcript with the
     * shortest path that ends in it. */
    struct map tails;
};

/* As tails are compared: repaired as names are, folded, with '/', without `.md`. */
static struct str tail_form(struct pairing *pairing, struct str path) {
    struct arena *a = &pairing->own;
    bool repairs =
        pairing->work->linked->vault->settings->mojibake == MOJIBAKE_REPAIR;
    struct str folded = unicode_fold(a, repairs ? repair_path(a, path) : path);
    size_t at = str_find(folded, '\\');

    if (at != STR_NONE) {
        char *p = arena_alloc(a, folded.len, 1);

        memcpy(p, folded.p, folded.len);
        for (; at < folded.len; at++)
            if (p[at] == '\\')
                p[at] = '/';
        folded.p = p;
    }
    folded = str_trim(folded);
    if (str_ends(folded, STR(".md")))
        folded.len -= 3;
    return folded;
}

/* Takes off the first component; false at the last one. */
static bool shorten(struct str *tail) {
    size_t slash = str_find(*tail, '/');

    if (slash == STR_NONE)
        return false;
    *tail = str_skip(*tail, slash + 1);
    return true;
}

static void add_transcript(struct pairing *p, uint32_t file) {
    const struct vault_file *files = p->work->linked->vault->files;
    struct str tail = tail_form(p, files[file].path);
    size_t depth = 0;

    do {
        void **slot = map_slot_borrowed(&p->tails, tail);
        uintptr_t best = (uintptr_t)*slot;

        if (best == 0 ||
            utf16_len(files[file].path) < utf16_len(files[best - 1].path))
            *slot = (void *)(uintptr_t)(file + 1);
    } while (++depth < MAX_TAIL && shorten(&tail));
}

static uint32_t with_tail(const struct pairing *p, struct str tail) {
    uintptr_t found = (uintptr_t)map_get(&p->tails, tail);

    return found > 0 ? (uint32_t)(found - 1) : ENTITY_NONE;
}

/* --- source_ref --- */

bool private_path(struct str text, struct str *last) {
    size_t slash, back;
    bool drive = text.len > 2 && ascii_alpha((unsigned char)text.p[0]) &&
                 text.p[1] == ':' && (text.p[2] == '\\' || text.p[2] == '/');

    if (!drive && !str_starts(text, STR("/")) && !str_starts(text, STR("~/")) &&
        !str_starts(text, STR("\\\\")) &&
        !str_starts_nocase(text, STR("file:")))
        return false;
    slash = str_rfind(text, '/') + 1; /* STR_NONE + 1 is 0 */
    back = str_rfind(text, '\\') + 1;
    *last = str_skip(text, slash > back ? slash : back);
    return true;
}

/* Whatever the note is, the rest of such a path is not shown. */
static void report_private(const struct entity_work *w, const struct note *n) {
    const struct property *ref =
        frontmatter_property(&n->front, STR("source_ref"));
    const struct value *v = ref != NULL ? ref->value : NULL;
    size_t len = v != NULL && v->kind == VALUE_LIST ? v->as.list.len : 1;
    struct str last;

    for (size_t i = 0; v != NULL && i < len; i++) {
        const struct value *item =
            v->kind == VALUE_LIST ? v->as.list.items[i] : v;

        if (item->kind != VALUE_TEXT ||
            !private_path(str_trim(item->as.text), &last))
            continue;
        diag_add(w->diags, DIAG_PRIVATE_PATH, n->file->path, ref->line,
                 ref->column, "path of another machine");
        break;
    }
}

static uint32_t by_source_ref(struct pairing *p, const struct note *n) {
    const struct property *ref =
        frontmatter_property(&n->front, STR("source_ref"));
    uint32_t found = ENTITY_NONE;
    struct str tail;

    if (ref == NULL || ref->value->kind != VALUE_TEXT)
        return ENTITY_NONE;
    tail = tail_form(p, ref->value->as.text);
    do
        found = with_tail(p, tail);
    while (found == ENTITY_NONE && shorten(&tail));
    return found;
}

/* --- links --- */

static uint32_t by_link(struct pairing *p, const struct link *l) {
    struct str target = l->target;

    while (str_starts(target, STR("../")) || str_starts(target, STR("./")))
        shorten(&target);
    return target.len > 0 ? with_tail(p, tail_form(p, target)) : ENTITY_NONE;
}

/* Whether the link stands on a line `Source: [[…]]`. Columns are those of the line,
 * with list and emphasis marks. */
static bool follows_source(const struct note *n, const struct link *l) {
    struct str before;
    uint32_t code;
    size_t begin;

    if (l->kind == LINK_PROPERTY || l->block == NOTE_NONE ||
        l->block >= n->ntext_blocks || l->column > 24)
        return false;
    before = str_rtrim(
        str_slice(n->text, n->text_blocks[l->block].begin, l->text_begin));
    if (before.len < STR("source:").len)
        return false;
    begin = before.len - STR("source:").len;
    if (!str_eq_nocase(str_skip(before, begin), STR("source:")))
        return false;
    utf8_decode_back(before, begin, &code); /* `Resource:` is another word */
    return begin == 0 ||
           (unicode_class(code) & (UNICODE_LETTER | UNICODE_NUMBER)) == 0;
}

static uint32_t by_links(struct pairing *p, const struct note *n) {
    uint32_t found = ENTITY_NONE;

    for (uint32_t i = 0; i < n->nlinks && found == ENTITY_NONE; i++) {
        const struct link *l = &n->links[i];

        if (l->kind == LINK_PROPERTY &&
            (str_eq(n->front.properties[l->property].key, STR("source")) ||
             str_eq(n->front.properties[l->property].key, STR("source_ref"))))
            found = by_link(p, l);
    }
    for (uint32_t i = 0; i < n->nlinks && found == ENTITY_NONE; i++)
        if (follows_source(n, &n->links[i]))
            found = by_link(p, &n->links[i]);
    return found;
}

static bool is_transcript(const struct event *e) {
    return str_eq(e->kind, STR("transcript"));
}

void pairs_find(struct entity_work *w) {
    struct pairing p = {.work = w};

    arena_init(&p.own);
    map_init(&p.tails, &p.own);
    for (uint32_t i = 0; i < w->linked->vault->nfiles; i++)
        if (work_note(w->linked, i) != NULL)
            report_private(w, w->linked->notes[i]);
    for (uint32_t i = 0; i < w->all->nevents; i++)
        if (is_transcript(&w->events[i]))
            add_transcript(&p, w->events[i].note);
    for (uint32_t i = 0; i < w->all->nevents; i++) {
        struct event *e = &w->events[i], *transcript;
        const struct note *n = w->linked->notes[e->note];
        uint32_t found = by_source_ref(&p, n);

        if (is_transcript(e))
            continue;
        if (found == ENTITY_NONE)
            found = by_links(&p, n);
        if (found == ENTITY_NONE)
            continue;
        e->source = found;
        transcript = &w->events[w->all->event_of[found]];
        if (transcript->merged_into == ENTITY_NONE)
            transcript->merged_into = e->note;
    }
    arena_release(&p.own);
}
