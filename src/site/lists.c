#include "html/escape.h"
#include "site/draw.h"

/* Rows [begin, end) of one page of a list. */
struct window {
    uint32_t begin, end;
};

static struct window window_of(uint32_t number, uint32_t rows, uint32_t n) {
    uint32_t begin = (number - 1) * rows;
    struct window w = {begin < n ? begin : n,
                       n - rows < begin ? n : begin + rows};

    if (n <= rows || w.end > n)
        w.end = n;
    return w;
}

void draw_link(struct draw *d, struct template_value *frame, struct str href,
               struct str title, const char *kind) {
    frame[SLOT_LINK_HREF] = template_text(href);
    frame[SLOT_LINK_TITLE] = template_text(title);
    frame[SLOT_LINK_KIND] = template_text(str_from(kind));
    frame[SLOT_LINK_CURRENT] = template_flag(str_eq(href, d->page->href));
}

static void draw_entry(struct draw *d, struct template_value *frame,
                       uint32_t file) {
    const struct plan *p = d->plan;

    frame[SLOT_ENTRY_HREF] = template_text(p->hrefs[file]);
    frame[SLOT_ENTRY_TITLE] = template_text(p->linked->notes[file]->title);
    frame[SLOT_ENTRY_KIND] = template_text(STR("note"));
}

/* One group of notes; `all` is the page with the rest, or "". */
static void draw_notes(struct draw *d, struct str title, const uint32_t *notes,
                       uint32_t n, uint32_t count, struct str all) {
    struct template_value *group, *entries;

    if (n == 0)
        return;
    group = draw_frames(d, 1, SLOTS_GROUP);
    entries = draw_frames(d, n, SLOTS_ENTRY);
    for (uint32_t i = 0; i < n; i++)
        draw_entry(d, entries + i * SLOTS_ENTRY, notes[i]);
    group[SLOT_GROUP_TITLE] = template_text(title);
    group[SLOT_GROUP_COUNT] = template_text(draw_number(d, count));
    group[SLOT_GROUP_HREF] = template_text(all);
    group[SLOT_GROUP_ENTRIES] = template_list(entries, n);
    d->values[SLOT_GROUPS] = template_list(group, 1);
}

static void draw_folders(struct draw *d, const uint32_t *folders, uint32_t n) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, n, SLOTS_LINK);

    for (uint32_t i = 0; i < n; i++) {
        const struct plan_folder *f = &p->folders[folders[i]];
        struct template_value *frame = links + i * SLOTS_LINK;
        draw_link(d, frame, p->pages[f->page].href, f->name, "folder");
        frame[SLOT_LINK_COUNT] = template_text(draw_number(d, f->ntotal));
    }
    d->values[SLOT_FOLDERS] = template_list(links, n);
}

static struct str tag_title(struct draw *d, const struct tag *t) {
    buf_reset(d->text);
    buf_add_ch(d->text, '#');
    buf_add_str(d->text, t->name);
    return draw_keep(d);
}

static void draw_tag_link(struct draw *d, struct template_value *frame,
                          uint32_t tag) {
    const struct plan *p = d->plan;

    draw_link(d, frame, p->pages[p->tags[tag].page].href,
              tag_title(d, &p->linked->tags[tag]), "tag");
    frame[SLOT_LINK_COUNT] = template_text(draw_number(d, p->tags[tag].nnotes));
}

/* The pages before and after this one in a list of `npages`. */
static void draw_pager(struct draw *d, uint32_t first, uint32_t further,
                       uint32_t npages) {
    uint32_t number = d->page->number;

    if (number > 1) {
        uint32_t to = number == 2 ? first : further + number - 3;
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, d->plan->pages[to].href, draw_number(d, number - 1),
                  "page");
        d->values[SLOT_PREVIOUS] = template_record(link);
    }
    if (number < npages) {
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, d->plan->pages[further + number - 1].href,
                  draw_number(d, number + 1), "page");
        d->values[SLOT_NEXT] = template_record(link);
    }
}

/* Folders and notes are one list, folders first. */
void draw_folder(struct draw *d, uint32_t folder) {
    const struct plan_folder *f = &d->plan->folders[folder];
    struct window w =
        window_of(d->page->number, PLAN_ROWS, f->nfolders + f->nnotes);
    uint32_t split = w.end < f->nfolders ? w.end : f->nfolders;
    uint32_t begin = w.begin < split ? w.begin : split;

    draw_folders(d, f->folders + begin, split - begin);
    begin = w.begin > f->nfolders ? w.begin - f->nfolders : 0;
    split = w.end > f->nfolders ? w.end - f->nfolders : 0;
    draw_notes(d, draw_string(d, STRING_NOTES), f->notes + begin, split - begin,
               f->nnotes, STR(""));
    draw_pager(d, f->page, f->page + 1, f->npages);
}

/* Where the list is somewhere else: its beginning, and the way there. */
static void draw_short_folder(struct draw *d, const struct plan_folder *f,
                              enum string_name title) {
    uint32_t n = f->nnotes < PLAN_SHORT ? f->nnotes : PLAN_SHORT;
    bool all = n < f->nnotes || f->nfolders > PLAN_SHORT;

    draw_folders(d, f->folders,
                 f->nfolders < PLAN_SHORT ? f->nfolders : PLAN_SHORT);
    draw_notes(d, draw_string(d, title), f->notes, n, f->nnotes,
               all ? d->plan->pages[f->page].href : STR(""));
}

void draw_tag(struct draw *d, uint32_t tag) {
    const struct plan_tag *p = &d->plan->tags[tag];
    const struct tag *t = &d->plan->linked->tags[tag];
    struct window w = window_of(d->page->number, PLAN_ROWS, p->nnotes);

    if (d->page->part == PAGE_MAIN) {
        uint32_t n = t->nchildren < PLAN_ROWS ? t->nchildren : PLAN_ROWS;
        struct template_value *links = draw_frames(d, n, SLOTS_LINK);
        for (uint32_t i = 0; i < n; i++)
            draw_tag_link(d, links + i * SLOTS_LINK, t->children[i]);
        d->values[SLOT_SUBTAGS] = template_list(links, n);
    }
    draw_notes(d, draw_string(d, STRING_NOTES), p->notes + w.begin,
               w.end - w.begin, p->nnotes, STR(""));
    draw_pager(d, p->page, p->page + 1, p->npages);
}

void draw_tags(struct draw *d) {
    const struct plan *p = d->plan;
    struct window w = window_of(d->page->number, PLAN_ROWS, p->linked->ntags);
    struct template_value *links = draw_frames(d, w.end - w.begin, SLOTS_LINK);

    for (uint32_t i = w.begin; i < w.end; i++)
        draw_tag_link(d, links + (i - w.begin) * SLOTS_LINK, i);
    d->values[SLOT_SUBTAGS] = template_list(links, w.end - w.begin);
    if (d->page->of != PLAN_NONE) /* decisions.md 9: a folder of that name */
        draw_short_folder(d, &p->folders[d->page->of], STRING_OTHER_NOTES);
    draw_pager(d, p->tags_page, p->tags_page + 1, p->ntags_pages);
}

void draw_home(struct draw *d) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, p->ntop_tags, SLOTS_LINK);

    draw_short_folder(d, &p->folders[0], STRING_NOTES);
    for (uint32_t i = 0; i < p->ntop_tags; i++)
        draw_tag_link(d, links + i * SLOTS_LINK, p->top_tags[i]);
    d->values[SLOT_SUBTAGS] = template_list(links, p->ntop_tags);
    d->values[SLOT_NOTE_COUNT] =
        template_text(draw_count(d, STRING_NOTES_ONE, p->nlisted));
}

/* decisions.md 19: plain text, the link's own words marked. */
static struct str context_of(struct draw *d, const struct backlink *b) {
    const struct note *n = d->plan->linked->notes[b->from];
    size_t at = 0, len = 0;
    struct str text =
        link_context(d->scratch, n, &n->links[b->link], &at, &len);

    if (text.len == 0)
        return text;
    buf_reset(d->text);
    html_escape(d->text, str_slice(text, 0, at));
    if (len > 0) {
        buf_add_lit(d->text, "<mark>");
        html_escape(d->text, str_slice(text, at, at + len));
        buf_add_lit(d->text, "</mark>");
    }
    html_escape(d->text, str_skip(text, at + len));
    return draw_keep(d);
}

static void draw_mention(struct draw *d, struct template_value *frame,
                         const struct backlink *b) {
    struct str context = context_of(d, b);

    draw_entry(d, frame, b->from);
    if (context.len > 0)
        frame[SLOT_ENTRY_CONTEXT] = template_html(context);
    if (b->count > 1)
        frame[SLOT_ENTRY_MORE] =
            template_text(draw_count(d, STRING_AND_MORE_ONE, b->count - 1));
}

/* Each mention stands in another note, so each costs some waits for memory;
 * asked for beforehand they overlap. */
static void fetch_mentions(const struct linked *l, const struct backlink *b,
                           uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        __builtin_prefetch(l->notes[b[i].from]);
    for (uint32_t i = 0; i < n; i++) {
        const struct note *note = l->notes[b[i].from];
        __builtin_prefetch(&note->links[b[i].link]);
        __builtin_prefetch(note->text_blocks);
        __builtin_prefetch(note->title.p);
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct note *note = l->notes[b[i].from];
        const struct link *link = &note->links[b[i].link];
        __builtin_prefetch(note->text.p + link->text_begin);
        if (link->block < note->ntext_blocks)
            __builtin_prefetch(&note->text_blocks[link->block]);
    }
}

void draw_mentions(struct draw *d) {
    const struct plan *p = d->plan;
    const struct backlinks *all = &p->linked->backlinks[d->page->note];
    bool further = d->page->part == PAGE_MENTIONS;
    uint32_t shown = all->len < PLAN_MENTIONS ? all->len : PLAN_MENTIONS;
    struct window w = {0, shown};
    struct template_value *group, *entries;

    if (further) {
        w = window_of(d->page->number - 1, PLAN_ROWS, all->len - shown);
        w.begin += shown;
        w.end += shown;
    }
    if (w.begin == w.end)
        return;
    group = draw_frames(d, 1, SLOTS_GROUP);
    entries = draw_frames(d, w.end - w.begin, SLOTS_ENTRY);
    fetch_mentions(p->linked, all->items + w.begin, w.end - w.begin);
    for (uint32_t i = w.begin; i < w.end; i++)
        draw_mention(d, entries + (i - w.begin) * SLOTS_ENTRY, &all->items[i]);
    group[SLOT_GROUP_ENTRIES] = template_list(entries, w.end - w.begin);
    group[SLOT_GROUP_COUNT] = template_text(draw_number(d, all->len));
    d->values[SLOT_MENTIONS] = template_list(group, 1);
    d->values[SLOT_MENTIONS_COUNT] = template_text(draw_number(d, all->len));
    if (all->len == shown)
        return;
    uint32_t more = p->mentions[d->page->note];
    uint32_t npages = 1 + (all->len - shown + PLAN_ROWS - 1) / PLAN_ROWS;
    if (further) {
        draw_pager(d, p->page_of[d->page->note], more, npages);
    } else {
        struct template_value *link = draw_frames(d, 1, SLOTS_LINK);
        draw_link(d, link, p->pages[more].href,
                  draw_count(d, STRING_AND_MORE_ONE, all->len - shown), "page");
        d->values[SLOT_MENTIONS_ALL] = template_record(link);
    }
}

/* theme: at most nine, the page in the middle where it can be. */
void draw_near(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t place = p->place[d->page->note];
    const struct plan_folder *f = &p->folders[p->folder_of[d->page->note]];
    struct template_value *links, *all;

    if (place == PLAN_NONE || f->nnotes < 2)
        return;
    uint32_t end = place + 5 < f->nnotes ? place + 5 : f->nnotes;
    uint32_t begin = place > 4 ? place - 4 : 0;
    links = draw_frames(d, end - begin, SLOTS_LINK);
    for (uint32_t i = begin; i < end; i++)
        draw_link(d, links + (i - begin) * SLOTS_LINK, p->hrefs[f->notes[i]],
                  p->linked->notes[f->notes[i]]->title, "note");
    d->values[SLOT_NEAR] = template_list(links, end - begin);
    d->values[SLOT_NEAR_TITLE] =
        template_text(f->name.len > 0 ? f->name : draw_string(d, STRING_NOTES));
    all = draw_frames(d, 1, SLOTS_LINK);
    draw_link(d, all, p->pages[f->page].href, draw_string(d, STRING_SHOW_ALL),
              "folder");
    all[SLOT_LINK_COUNT] = template_text(draw_number(d, f->nnotes));
    d->values[SLOT_NEAR_ALL] = template_record(all);
}
