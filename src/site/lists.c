#include "base/unicode.h"
#include "html/escape.h"
#include "site/kinds.h"
#include "site/wiki.h"

struct window draw_window(uint32_t number, uint32_t rows, uint32_t n) {
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

void draw_entry(struct draw *d, struct template_value *frame, uint32_t file) {
    const struct plan *p = d->plan;

    frame[SLOT_ENTRY_HREF] = template_text(p->hrefs[file]);
    frame[SLOT_ENTRY_TITLE] = template_text(p->linked->notes[file]->title);
    frame[SLOT_ENTRY_KIND] =
        template_text(list_kinds[list_kind_of(p, file)].kind);
    draw_entry_date(d, frame, file);
}

struct group_frames {
    struct template_value *group, *entries; /* NULL: an empty group is none */
    uint32_t n;
};

/* What an entry says below its title where there is no mention to be quoted: of an
 * event who was there, of a person what it does, of others what they say of
 * themselves. */
static void draw_what_it_is(struct draw *d, struct template_value *frame,
                            uint32_t file) {
    struct wiki w = wiki_new(d->fill, d->text);

    buf_reset(d->text);
    if (list_kind_of(d->plan, file) == LIST_NOTES)
        wiki_summary(&w, d->plan->linked->notes[file]->front.description);
    else
        wiki_what(&w, file);
    if (d->text->len > 0)
        frame[SLOT_ENTRY_CONTEXT] = template_html(draw_keep(d));
}

/* One group of notes; `all` is the page with the rest, or "". */
static struct group_frames draw_notes(struct draw *d, struct str title,
                                      const uint32_t *notes, uint32_t n,
                                      uint32_t count, struct str all) {
    struct template_value *group, *entries;

    if (n == 0)
        return (struct group_frames){0};
    group = draw_frames(d, 1, SLOTS_GROUP);
    entries = draw_frames(d, n, SLOTS_ENTRY);
    for (uint32_t i = 0; i < n; i++)
        draw_entry(d, entries + i * SLOTS_ENTRY, notes[i]);
    group[SLOT_GROUP_ID] = template_text(STR("_notes"));
    group[SLOT_GROUP_TITLE] = template_text(title);
    group[SLOT_GROUP_COUNT] = template_text(draw_number(d, count));
    group[SLOT_GROUP_HREF] = template_text(all);
    group[SLOT_GROUP_ENTRIES] = template_list(entries, n);
    draw_dates_column(group, entries, n);
    d->values[SLOT_GROUPS] = template_list(group, 1);
    return (struct group_frames){group, entries, n};
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

struct str draw_tag_title(struct draw *d, const struct tag *t) {
    buf_reset(d->text);
    buf_add_ch(d->text, '#');
    buf_add_str(d->text, t->name);
    return draw_keep(d);
}

static void draw_tag_link(struct draw *d, struct template_value *frame,
                          uint32_t tag) {
    const struct plan *p = d->plan;

    draw_link(d, frame, p->pages[p->tags[tag].page].href,
              draw_tag_title(d, &p->linked->tags[tag]), "tag");
    frame[SLOT_LINK_COUNT] = template_text(draw_number(d, p->tags[tag].nnotes));
}

static struct template_value tag_links(struct draw *d, const uint32_t *tags,
                                       uint32_t n) {
    struct template_value *links = draw_frames(d, n, SLOTS_LINK);

    for (uint32_t i = 0; i < n; i++)
        draw_tag_link(d, links + i * SLOTS_LINK, tags[i]);
    return template_list(links, n);
}

/* Tags beside the entries of a folder: the first few, so that a page stays small
 * whatever its notes carry. */
#define ENTRY_TAGS 3

static void draw_entry_tags(struct draw *d, struct template_value *frame,
                            uint32_t file) {
    const struct plan *p = d->plan;
    uint32_t begin = p->note_tag_begins[file];
    uint32_t n = p->note_tag_begins[file + 1] - begin;
    struct template_value *links;

    if (n > ENTRY_TAGS)
        n = ENTRY_TAGS;
    if (n == 0)
        return;
    links = draw_frames(d, n, SLOTS_LINK);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t tag = p->note_tags[begin + i];
        draw_link(d, links + i * SLOTS_LINK, p->pages[p->tags[tag].page].href,
                  draw_tag_title(d, &p->linked->tags[tag]), "tag");
    }
    frame[SLOT_ENTRY_TAGS] = template_list(links, n);
}

/* Only where some have tags there is a column for them. */
static void draw_tags_column(struct draw *d, struct group_frames g,
                             const uint32_t *notes) {
    bool some = false;

    if (g.n == 0)
        return;
    for (uint32_t i = 0; i < g.n; i++) {
        draw_entry_tags(d, g.entries + i * SLOTS_ENTRY, notes[i]);
        some |= g.entries[i * SLOTS_ENTRY + SLOT_ENTRY_TAGS].len > 0;
    }
    g.group[SLOT_GROUP_HAS_TAGS] = template_flag(some);
}

void draw_pager(struct draw *d, uint32_t first, uint32_t further,
                uint32_t npages) {
    uint32_t number = d->page->number;

    if (npages > 1) {
        buf_reset(d->text);
        strings_add_page_of(d->text, &d->plan->theme->strings, number, npages);
        d->values[SLOT_PAGE_OF] = template_text(draw_keep(d));
    }
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

/* --- folders --- */

/* Daily notes month by month, then the others. */
static void draw_months(struct draw *d, const struct plan_folder *f,
                        struct window w) {
    struct template_value *groups =
        draw_frames(d, w.end - w.begin, SLOTS_GROUP);
    uint32_t n = 0;

    for (uint32_t i = w.begin, end; i < w.end; i = end) {
        uint32_t month = draw_month_of(d->plan, f->by_day[i]);
        struct group_frames g;

        for (end = i + 1;
             end < w.end && draw_month_of(d->plan, f->by_day[end]) == month;)
            end++;
        g = draw_notes(d, STR(""), f->by_day + i, end - i,
                       draw_month_count(d->plan, f, i), STR(""));
        draw_tags_column(d, g, f->by_day + i);
        draw_month_name(d, g.group, month);
        memcpy(groups + n++ * SLOTS_GROUP, g.group,
               SLOTS_GROUP * sizeof *groups);
    }
    d->values[SLOT_GROUPS] = template_list(groups, n);
}

/* Folders and notes are one list, folders first. */
void draw_folder(struct draw *d, uint32_t folder) {
    const struct plan_folder *f = &d->plan->folders[folder];
    struct window w =
        draw_window(d->page->number, PLAN_ROWS, f->nfolders + f->nnotes);
    uint32_t split = w.end < f->nfolders ? w.end : f->nfolders;
    uint32_t begin = w.begin < split ? w.begin : split;
    struct group_frames notes;

    draw_folders(d, f->folders + begin, split - begin);
    begin = w.begin > f->nfolders ? w.begin - f->nfolders : 0;
    split = w.end > f->nfolders ? w.end - f->nfolders : 0;
    draw_pager(d, f->list, f->list + 1, f->npages);
    if (f->by_day != NULL) {
        draw_months(d, f, (struct window){begin, split});
        return;
    }
    notes = draw_notes(d, draw_string(d, STRING_NOTES), f->notes + begin,
                       split - begin, f->nnotes, STR(""));
    draw_tags_column(d, notes, f->notes + begin);
}

/* Where the list is somewhere else: its beginning, and the way there. */
static void draw_short_folder(struct draw *d, const struct plan_folder *f,
                              const uint32_t *notes, uint32_t nnotes,
                              enum string_name title) {
    uint32_t n = nnotes < PLAN_SHORT ? nnotes : PLAN_SHORT;
    bool all = n < nnotes || f->nfolders > PLAN_SHORT;

    draw_folders(d, f->folders,
                 f->nfolders < PLAN_SHORT ? f->nfolders : PLAN_SHORT);
    draw_notes(d, draw_string(d, title), notes, n, nnotes,
               all ? d->plan->pages[f->list].href : STR(""));
}

void draw_rows_shown(struct draw *d, const struct plan_index *index,
                     struct window win) {
    if (win.end - win.begin == index->nrows)
        return; /* the head of the page has their number */
    buf_reset(d->text);
    strings_add_rows(d->text, &d->plan->theme->strings, win.begin + 1, win.end,
                     index->nrows);
    d->values[SLOT_ROWS_SHOWN] = template_text(draw_keep(d));
}

void draw_others(struct draw *d, const struct plan_index *index) {
    if (index->folder != PLAN_NONE)
        draw_short_folder(d, &d->plan->folders[index->folder], index->others,
                          index->nothers, STRING_OTHER_NOTES);
}

/* The notes [begin, end) of a tag, which are of one kind. */
static void draw_tagged(struct draw *d, struct template_value *group,
                        const struct plan_tag *tag, enum list_kind kind,
                        struct window w) {
    uint32_t n = w.end - w.begin;
    bool alone = kind == LIST_NOTES && tag->counts[kind] == tag->nnotes;
    struct template_value *entries = draw_frames(d, n, SLOTS_ENTRY);

    for (uint32_t i = 0; i < n; i++) {
        draw_entry(d, entries + i * SLOTS_ENTRY, tag->notes[w.begin + i]);
        draw_what_it_is(d, entries + i * SLOTS_ENTRY, tag->notes[w.begin + i]);
    }
    group[SLOT_GROUP_ID] = template_text(list_kinds[kind].id);
    group[SLOT_GROUP_KIND] = template_text(list_kinds[kind].kind);
    group[SLOT_GROUP_TITLE] = template_text(
        draw_string(d, alone ? STRING_NOTES : list_kinds[kind].heading));
    group[SLOT_GROUP_COUNT] = template_text(draw_number(d, tag->counts[kind]));
    group[SLOT_GROUP_ENTRIES] = template_list(entries, n);
    draw_dates_column(group, entries, n);
}

static struct str text_of(const struct template_value *v) {
    return str_make(v->p, v->len);
}

/* Links to the lists of the page, where there are some. */
static void draw_list_contents(struct draw *d,
                               const struct template_value *groups,
                               uint32_t n) {
    if (n < 2)
        return;
    buf_reset(d->text);
    buf_add_lit(d->text, "<ul class=\"plain\">");
    for (uint32_t i = 0; i < n; i++, groups += SLOTS_GROUP) {
        buf_add_lit(d->text, "<li><a href=\"#");
        buf_add_str(d->text, text_of(&groups[SLOT_GROUP_ID]));
        buf_add_lit(d->text, "\">");
        html_escape(d->text, text_of(&groups[SLOT_GROUP_TITLE]));
        buf_add_lit(d->text, "</a></li>");
    }
    buf_add_lit(d->text, "</ul>");
    d->values[SLOT_CONTENTS] = template_html(draw_keep(d));
}

static void draw_tag_notes(struct draw *d, const struct plan_tag *tag,
                           struct window w) {
    struct template_value *groups = draw_frames(d, LIST_KINDS, SLOTS_GROUP);
    uint32_t n = 0;

    for (uint32_t i = w.begin, end; i < w.end; i = end) {
        enum list_kind kind = list_kind_of(d->plan, tag->notes[i]);
        for (end = i + 1;
             end < w.end && list_kind_of(d->plan, tag->notes[end]) == kind;)
            end++;
        draw_tagged(d, groups + n++ * SLOTS_GROUP, tag, kind,
                    (struct window){i, end});
    }
    d->values[SLOT_GROUPS] = template_list(groups, n);
    draw_list_contents(d, groups, n);
}

void draw_tag(struct draw *d, uint32_t tag) {
    const struct plan_tag *p = &d->plan->tags[tag];
    const struct tag *t = &d->plan->linked->tags[tag];
    struct window w = draw_window(d->page->number, PLAN_ROWS, p->nnotes);

    d->values[SLOT_COUNT] =
        template_text(draw_count(d, STRING_NOTES_ONE, p->nnotes));
    if (t->parent != UINT32_MAX)
        d->values[SLOT_PARENT] = template_record(tag_links(d, &t->parent, 1).p);
    if (d->page->part == PAGE_MAIN) {
        uint32_t n = t->nchildren < PLAN_ROWS ? t->nchildren : PLAN_ROWS;
        d->values[SLOT_SUBTAGS] = tag_links(d, t->children, n);
        d->values[SLOT_RELATED] = tag_links(d, p->related, p->nrelated);
    }
    draw_tag_notes(d, p, w);
    d->values[SLOT_HAS_SIDE] = template_flag(d->values[SLOT_CONTENTS].len > 0 ||
                                             d->values[SLOT_RELATED].len > 0);
    draw_pager(d, p->page, p->page + 1, p->npages);
}

void draw_tags(struct draw *d) {
    const struct plan *p = d->plan;
    struct window w = draw_window(d->page->number, PLAN_ROWS, p->linked->ntags);
    struct template_value *links = draw_frames(d, w.end - w.begin, SLOTS_LINK);

    for (uint32_t i = w.begin; i < w.end; i++)
        draw_tag_link(d, links + (i - w.begin) * SLOTS_LINK, i);
    d->values[SLOT_SUBTAGS] = template_list(links, w.end - w.begin);
    if (d->page->of != PLAN_NONE) /* decisions.md 9: a folder of that name */
        draw_short_folder(d, &p->folders[d->page->of],
                          p->folders[d->page->of].notes,
                          p->folders[d->page->of].nnotes, STRING_OTHER_NOTES);
    draw_pager(d, p->tags_page, p->tags_page + 1, p->ntags_pages);
}

/* One letter's notes, as many as there are on this page. */
static void draw_letter(struct draw *d, struct template_value *group,
                        const struct plan_group *letter, struct window w) {
    uint32_t begin = letter->begin > w.begin ? letter->begin : w.begin;
    uint32_t n = (letter->end < w.end ? letter->end : w.end) - begin;
    struct template_value *entries = draw_frames(d, n, SLOTS_ENTRY);

    for (uint32_t i = 0; i < n; i++)
        draw_entry(d, entries + i * SLOTS_ENTRY, d->plan->all[begin + i]);
    buf_reset(d->text);
    buf_printf(d->text, "_letter-%u",
               (unsigned)(letter - d->plan->letters) + 1);
    group[SLOT_GROUP_ID] = template_text(draw_keep(d));
    buf_reset(d->text);
    utf8_encode(d->text, letter->of);
    group[SLOT_GROUP_TITLE] = template_text(draw_keep(d));
    group[SLOT_GROUP_COUNT] =
        template_text(draw_number(d, letter->end - letter->begin));
    group[SLOT_GROUP_ENTRIES] = template_list(entries, n);
    draw_dates_column(group, entries, n);
}

/* How many there are of each sort that is known. */
static size_t draw_index_counts(struct draw *d, struct template_value *links) {
    const struct plan *p = d->plan;
    size_t n = 0;

    for (uint32_t i = 0; i < p->nindexes && n < PLAN_INDEXES; i++) {
        const struct plan_index *index = &p->indexes[i];
        struct template_value *frame = links + n * SLOTS_LINK;
        if (index->sort == INDEX_TASKS && i != p->tasks)
            continue;
        n++;
        draw_link(d, frame, p->pages[index->page].href,
                  draw_index_word(d, index, index->count), "");
        frame[SLOT_LINK_COUNT] = template_text(draw_number(d, index->count));
    }
    return n;
}

/* The indexes, which are how to find something without a script, then the notes. */
void draw_all(struct draw *d) {
    const struct plan *p = d->plan;
    struct window w = draw_window(d->page->number, PLAN_ROWS, p->nall);
    struct template_value *groups =
        draw_frames(d, w.end - w.begin, SLOTS_GROUP);
    struct template_value *links = draw_frames(d, PLAN_INDEXES, SLOTS_LINK);
    size_t n = 0;

    for (uint32_t i = 0; i < p->nletters; i++)
        if (p->letters[i].begin < w.end && p->letters[i].end > w.begin)
            draw_letter(d, groups + n++ * SLOTS_GROUP, &p->letters[i], w);
    d->values[SLOT_COUNT] =
        template_text(draw_count(d, STRING_NOTES_ONE, p->nall));
    d->values[SLOT_GROUPS] = template_list(groups, n);
    if (d->page->part == PAGE_MAIN)
        d->values[SLOT_COUNTS] =
            template_list(links, draw_index_counts(d, links));
    draw_pager(d, p->all_page, p->all_page + 1, p->nall_pages);
}

static void draw_word_count(struct draw *d, struct template_value *frame,
                            struct str href, enum string_name one, uint64_t n) {
    draw_link(d, frame, href, draw_count(d, one, n), "");
    frame[SLOT_LINK_COUNT] = template_text(draw_number(d, n));
}

/* A vault of meetings: what it knows tells more than its folders do. */
static bool is_diary(const struct draw *d) {
    return d->values[SLOT_MET].type != TEMPLATE_ABSENT;
}

static void draw_counts(struct draw *d) {
    const struct plan *p = d->plan;
    struct str folders = p->pages[p->folders[0].page].href;
    struct template_value *links = draw_frames(d, 3 + PLAN_INDEXES, SLOTS_LINK);
    size_t n = draw_index_counts(d, links);

    if (is_diary(d)) {
        d->values[SLOT_COUNTS] = template_list(links, n);
        return;
    }
    draw_word_count(d, links + n++ * SLOTS_LINK, folders, STRING_WORD_NOTE_ONE,
                    p->nlisted);
    if (p->nlisted_folders > 0)
        draw_word_count(d, links + n++ * SLOTS_LINK, folders,
                        STRING_WORD_FOLDER_ONE, p->nlisted_folders);
    if (p->linked->ntags > 0)
        draw_word_count(d, links + n++ * SLOTS_LINK,
                        p->pages[p->tags_page].href, STRING_WORD_TAG_ONE,
                        p->linked->ntags);
    d->values[SLOT_COUNTS] = template_list(links, n);
}

void draw_home(struct draw *d) {
    const struct plan *p = d->plan;

    draw_built(d);
    draw_home_wiki(d);
    draw_counts(d);
    if (!is_diary(d))
        draw_recent(d);
    draw_short_folder(d, &p->folders[0], p->folders[0].notes,
                      p->folders[0].nnotes, STRING_NOTES);
    if (is_diary(d)) /* its folders are told of below "Browse" */
        d->values[SLOT_FOLDERS] = template_list(NULL, 0);
    d->values[SLOT_SUBTAGS] = tag_links(d, p->top_tags, p->ntop_tags);
}

static void draw_near_all(struct draw *d, uint32_t page, uint32_t n,
                          struct str title) {
    struct template_value *all = draw_frames(d, 1, SLOTS_LINK);

    draw_link(d, all, d->plan->pages[page].href,
              draw_count(d, STRING_ALL_ONE, n), "folder");
    d->values[SLOT_NEAR_ALL] = template_record(all);
    d->values[SLOT_NEAR_TITLE] = template_text(title);
}

/* Of an entity those beside it among its kind that have a page. */
static void draw_near_entities(struct draw *d, uint32_t entity) {
    const struct plan *p = d->plan;
    const struct entity *items = p->entities->items;
    const struct plan_index *index = &p->indexes[items[entity].kind];
    uint32_t place = p->entity_row[entity], n = index->count;
    uint32_t end = place + 5 < n ? place + 5 : n;
    uint32_t begin = place > 4 ? place - 4 : 0;
    struct template_value *links;

    if (n < 2)
        return;
    links = draw_frames(d, end - begin, SLOTS_LINK);
    for (uint32_t i = begin; i < end; i++)
        draw_link(d, links + (i - begin) * SLOTS_LINK,
                  p->hrefs[items[index->rows[i]].note],
                  items[index->rows[i]].name, "note");
    d->values[SLOT_NEAR] = template_list(links, end - begin);
    draw_near_all(d, index->page, n, index->label);
}

/* theme: at most nine, the page in the middle where it can be. */
void draw_near(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t place = p->place[d->page->note];
    const struct plan_folder *f = &p->folders[p->folder_of[d->page->note]];
    struct template_value *links;
    uint32_t entity = plan_entity_of(p, d->page->note);

    if (entity != PLAN_NONE) {
        draw_near_entities(d, entity);
        return;
    }
    if (place == PLAN_NONE || f->nnotes < 2 ||
        plan_event_of(p, d->page->note) != PLAN_NONE)
        return;
    uint32_t end = place + 5 < f->nnotes ? place + 5 : f->nnotes;
    uint32_t begin = place > 4 ? place - 4 : 0;
    links = draw_frames(d, end - begin, SLOTS_LINK);
    for (uint32_t i = begin; i < end; i++)
        draw_link(d, links + (i - begin) * SLOTS_LINK, p->hrefs[f->notes[i]],
                  p->linked->notes[f->notes[i]]->title, "note");
    d->values[SLOT_NEAR] = template_list(links, end - begin);
    draw_near_all(d, f->page, f->nnotes,
                  f->name.len > 0 ? f->name : draw_string(d, STRING_NOTES));
}
