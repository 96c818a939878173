#include "site/previews.h"

#include "base/civil.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/number_sort.h"
#include "html/escape.h"
#include "html/opening.h"
#include "site/wiki.h"

enum {
    SHARD_NOTES = 48, /* in the mean at most */
    CHARACTERS = 280, /* of an opening */
    BYTES = 1200,     /* of its HTML, about */
    RAW = 2000        /* of the fragment that it is cut from */
};

/* --- which notes, which parts --- */

/* FNV-1a: short, and the same in a line of JavaScript. */
uint32_t preview_shard(struct str href, uint32_t nshards) {
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < href.len; i++)
        h = (h ^ (unsigned char)href.p[i]) * 16777619u;
    return (h ^ h >> 16) & (nshards - 1);
}

static bool has_preview(const struct plan *p, uint32_t file) {
    return p->linked->notes[file] != NULL &&
           !p->linked->vault->files[file].is_template;
}

/* `2 * heading`, `2 * block + 1`, or NOTE_NONE: `t` is no part of a note. */
static uint32_t part_of(const struct target *t) {
    if (t->outcome == LINK_NOTE && t->kind == PART_HEADING)
        return t->part * 2;
    if (t->outcome == LINK_NOTE && t->kind == PART_BLOCK)
        return t->part * 2 + 1;
    return NOTE_NONE;
}

/* Each part that a link leads to, as often as some do: those of file i are
 * parts[begins[i]] up to, without, parts[begins[i + 1]]. */
struct linked_parts {
    uint32_t *begins, *parts;
};

static void each_part(const struct plan *p, uint32_t *begins, uint32_t *parts) {
    const struct linked *l = p->linked;

    for (size_t i = 0; i < l->vault->nfiles; i++)
        for (uint32_t k = 0; l->notes[i] != NULL && k < l->notes[i]->nlinks;
             k++) {
            const struct target *t = &l->targets[i][k];
            uint32_t part = part_of(t);

            if (part != NOTE_NONE && parts == NULL)
                begins[t->file + 1]++;
            else if (part != NOTE_NONE)
                parts[begins[t->file + 1]++] = part;
        }
}

static struct linked_parts list_parts(struct arena *a, const struct plan *p) {
    size_t nfiles = p->linked->vault->nfiles;
    struct linked_parts all;

    /* One place more: while parts are filed, begins[i + 1] is where the next of file
     * i goes, and in the end where those of file i end. */
    all.begins = arena_array(a, uint32_t, nfiles + 2);
    each_part(p, all.begins + 1, NULL);
    for (size_t i = 1; i <= nfiles + 1; i++)
        all.begins[i] += all.begins[i - 1];
    all.parts = arena_array(a, uint32_t, all.begins[nfiles + 1]);
    each_part(p, all.begins, all.parts);
    return all;
}

/* Sorted, each once, PREVIEW_PARTS at most; returns where they end. */
static uint32_t keep_parts(struct linked_parts *all, uint32_t file,
                           uint32_t *room) {
    uint32_t begin = all->begins[file], end = all->begins[file + 1];
    uint32_t at = begin;

    number_sort(all->parts + begin, end - begin, room);
    for (uint32_t i = begin; i < end && at - begin < PREVIEW_PARTS; i++)
        if (i == begin || all->parts[i] != all->parts[i - 1])
            all->parts[at++] = all->parts[i];
    return at;
}

static void list_notes(struct arena *a, struct previews *v) {
    const struct plan *p = v->plan;
    size_t nfiles = p->linked->vault->nfiles;
    struct linked_parts all = list_parts(a, p);
    struct preview_note *notes =
        arena_array(a, struct preview_note, p->nlisted);
    uint32_t *begins = arena_array(a, uint32_t, v->nshards + 2);
    uint32_t *room = arena_array(a, uint32_t, all.begins[nfiles]);

    for (uint32_t i = 0; i < nfiles; i++)
        if (has_preview(p, i))
            begins[preview_shard(p->hrefs[i], v->nshards) + 2]++;
    for (uint32_t i = 2; i <= v->nshards + 1; i++)
        begins[i] += begins[i - 1];
    for (uint32_t i = 0; i < nfiles; i++)
        if (has_preview(p, i))
            notes[begins[preview_shard(p->hrefs[i], v->nshards) + 1]++] =
                (struct preview_note){i, all.begins[i],
                                      keep_parts(&all, i, room)};
    v->notes = notes;
    v->begins = begins;
    v->parts = all.parts;
}

const struct previews *previews_plan(struct arena *a, const struct plan *p) {
    struct previews *v = arena_new(a, struct previews);

    if (p->asset_hrefs[ASSET_PREVIEWS_SCRIPT].len == 0)
        return NULL;
    *v = (struct previews){.plan = p, .nshards = 1};
    while (v->nshards * SHARD_NOTES < p->nlisted)
        v->nshards *= 2;
    list_notes(a, v);
    return v;
}

/* --- one preview --- */

struct preview {
    struct fill *fill;
    const struct note *note;
    struct buf *out;
    struct buf *html, *opening; /* reused */
};

/* The range up to RAW bytes in all of which `used` are; more than it has is no harm. */
static struct range within(const struct note *n, struct range r, size_t used) {
    size_t end = r.begin + (RAW - used);

    if (end >= r.end)
        return r;
    r.end = (uint32_t)end;
    for (uint32_t i = r.fixup_begin; i < r.fixup_end; i++)
        if (n->fixups[i].at > r.end)
            r.fixup_end = i;
    return r;
}

/* How the slice begins, as a text of JavaScript; "" where there is nothing to see. */
static void add_opening(struct preview *v, const struct slice *s) {
    struct fill_place place = fill_answer_place(v->fill, v->note);
    struct html_opening limits = {CHARACTERS, BYTES, false};
    size_t used = 0;

    place.in_preview = true;
    buf_reset(v->html);
    fill_open_slice(s, v->html);
    for (uint32_t i = 0; i < s->nranges && used < RAW; i++) {
        struct range r = within(v->note, s->ranges[i], used);

        limits.goes_on = r.end < s->ranges[i].end || i + 1 < s->nranges;
        used += r.end - r.begin;
        fill_range(v->fill, &place, r, v->html);
    }
    if (!limits.goes_on)
        fill_close_slice(s, v->html);
    buf_reset(v->opening);
    html_add_opening(v->opening, buf_str(v->html), limits);
    json_add_text(v->out, buf_str(v->opening));
}

/* The body behind a title that the page shows as its own (decisions.md 7). */
static void add_body(struct preview *v) {
    struct range body = note_body(v->note);
    struct slice whole = {.ranges = &body, .nranges = 1};

    if (v->note->first_is_title) {
        body.begin = v->note->headings[0].own.end;
        body.fixup_begin = v->note->headings[0].own.fixup_end;
    }
    add_opening(v, &whole);
}

/* When an event was; what an event or an entity is. */
static void add_line(struct preview *v) {
    const struct plan *p = v->fill->plan;
    uint32_t file = v->note->index, event = plan_event_of(p, file);
    struct wiki w = wiki_new(v->fill, v->html);
    size_t day;

    buf_reset(v->html);
    if (event != PLAN_NONE)
        html_escape(v->html, p->dates[file].date.text);
    day = v->html->len;
    if (day > 0)
        buf_add_lit(v->html, " · ");
    if (event != PLAN_NONE || plan_entity_of(p, file) != PLAN_NONE)
        wiki_what(&w, file);
    if (day > 0 && v->html->len == day + strlen(" · "))
        v->html->len = day;
    buf_reset(v->opening);
    html_add_opening(v->opening, buf_str(v->html),
                     (struct html_opening){CHARACTERS, BYTES, false});
    json_add_text(v->out, buf_str(v->opening));
}

static void add_part(struct preview *v, uint32_t part) {
    const struct note *n = v->note;
    bool is_block = part % 2 != 0;
    struct str id =
        is_block ? n->blocks[part / 2].element_id : n->headings[part / 2].id;

    buf_add_ch(v->out, ',');
    json_add_text(v->out, id);
    buf_add_ch(v->out, ',');
    add_opening(v, is_block ? &n->blocks[part / 2].slice
                            : &n->headings[part / 2].section);
}

static void add_note(struct preview *v, const struct previews *all,
                     const struct preview_note *of) {
    const struct plan *p = all->plan;
    struct str kind;

    v->note = p->linked->notes[of->file];
    kind = v->note->role.kind;
    json_add_key(v->out, p->hrefs[of->file]);
    buf_add_ch(v->out, '[');
    json_add_text(v->out, v->note->title);
    buf_add_ch(v->out, ',');
    json_add_text(v->out, kind.len > 0 ? kind : STR("note"));
    buf_add_ch(v->out, ',');
    add_line(v);
    buf_add_ch(v->out, ',');
    add_body(v);
    for (uint32_t i = of->begin; i < of->end; i++)
        add_part(v, all->parts[i]);
    buf_add_ch(v->out, ']');
}

/* --- files --- */

static void add_shard(const struct previews *v, uint32_t shard,
                      struct fill *fill, struct buf *out) {
    /* A page in the root that is no page: `~` is in no slug (decisions.md 9). */
    static const struct page root = {.path = STR_INIT("~"),
                                     .href = STR_INIT("~"),
                                     .note = PLAN_NONE,
                                     .of = PLAN_NONE};
    struct buf html = {0}, opening = {0};
    struct preview preview = {
        .fill = fill, .out = out, .html = &html, .opening = &opening};

    buf_printf(out, "vaultsite.preview(%u,{", (unsigned)shard);
    for (uint32_t i = v->begins[shard]; i < v->begins[shard + 1]; i++) {
        fill_begin(fill, &root);
        fill->is_preview = true;
        buf_add_str(out, i > v->begins[shard] ? STR(",\n") : STR("\n"));
        add_note(&preview, v, &v->notes[i]);
        arena_reset(fill->scratch);
    }
    fill->is_preview = false;
    buf_add_lit(out, "\n});\n");
    buf_release(&html);
    buf_release(&opening);
}

/* Browsers keep a file whose address has not changed. What a query answers in it hangs
 * on the notes and on the day. */
static void add_version(const struct previews *v, struct buf *out) {
    const struct plan *p = v->plan;
    uint64_t hash = (uint64_t)civil_days(p->linked->vault->settings->today);
    char hex[16];

    for (uint32_t i = 0; i < v->begins[v->nshards]; i++) {
        uint32_t file = v->notes[i].file;

        hash = hash_join(hash,
                         str_make((const char *)&p->linked->notes[file]->hash,
                                  sizeof p->linked->notes[file]->hash));
        hash = hash_join(hash, p->hrefs[file]);
    }
    hash_hex(hash, hex);
    buf_add(out, hex, 10);
}

static void add_index(const struct previews *v, struct buf *out) {
    buf_printf(out, "vaultsite.previews({shards:%u,version:\"",
               (unsigned)v->nshards);
    add_version(v, out);
    buf_add_lit(out, "\",style:");
    json_add_text(out, v->plan->asset_hrefs[ASSET_PREVIEWS_STYLE]);
    buf_add_lit(out, ",label:");
    json_add_text(out, v->plan->theme->strings.texts[STRING_PREVIEW]);
    buf_add_lit(out, "});\n");
}

size_t previews_nfiles(const struct previews *v) {
    return 1 + (size_t)v->nshards;
}

struct str previews_path(const struct previews *v, size_t i, struct arena *a) {
    struct buf path = {0};
    struct str kept;

    (void)v;
    if (i == 0)
        return STR("_/previews/index.js");
    buf_printf(&path, "_/previews/%zu.js", i - 1);
    kept = arena_str(a, buf_str(&path));
    buf_release(&path);
    return kept;
}

void previews_write(const struct previews *v, size_t i, struct fill *fill,
                    struct buf *out) {
    if (i == 0)
        add_index(v, out);
    else
        add_shard(v, (uint32_t)i - 1, fill, out);
}
