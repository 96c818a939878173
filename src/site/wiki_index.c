#include "base/unicode.h"
#include "html/escape.h"
#include "site/wiki.h"

/* Pages that list all of one sort (spec/entities.md §4.8). */

static void draw_columns(struct draw *d, struct wiki_columns c) {
    struct template_value *frames = draw_frames(d, c.len, SLOTS_COLUMN);

    for (size_t i = 0; i < c.len; i++) {
        struct template_value *frame = frames + i * SLOTS_COLUMN;
        frame[SLOT_COLUMN_TITLE] =
            template_text(draw_string(d, c.items[i].title));
        frame[SLOT_COLUMN_CLASS] = template_text(str_from(c.items[i].class));
        frame[SLOT_COLUMN_SORT] = template_text(str_from(c.items[i].sort));
    }
    d->values[SLOT_COLUMNS] = template_list(frames, c.len);
    d->values[SLOT_COLUMN_COUNT] = template_text(draw_number(d, c.len));
}

struct str draw_group_title(struct draw *d, const struct plan_index *index,
                            uint32_t of) {
    if (index->sort == INDEX_ENTITIES)
        return of == 1 ? draw_string(d, STRING_NO_PAGE) : STR("");
    if (index->sort != INDEX_MEETINGS)
        return STR("");
    if (of == PLAN_NONE)
        return draw_string(d, STRING_UNDATED);
    buf_reset(d->text);
    strings_add_month(d->text, &d->plan->theme->strings,
                      (struct civil_date){.year = (int32_t)(of / 12),
                                          .month = (uint8_t)(of % 12 + 1),
                                          .day = 1});
    return draw_keep(d);
}

/* `_2025-11`: where a month begins. */
struct str draw_group_id(struct draw *d, const struct plan_index *index,
                         uint32_t of) {
    buf_reset(d->text);
    if (index->sort == INDEX_MEETINGS && of != PLAN_NONE)
        buf_printf(d->text, "_%04u-%02u", of / 12, of % 12 + 1);
    else if (index->sort == INDEX_ENTITIES)
        buf_add_str(d->text, of == 1 ? STR("_no-page") : STR("_with-page"));
    else
        buf_add_lit(d->text, "_undated");
    return draw_keep(d);
}

/* Rows of the index, written straight into the page. */
struct rows {
    struct draw *draw;
    const struct plan_index *index;
    struct window shown;
};

static void write_rows(const void *context, struct buf *out) {
    const struct rows *r = context;

    wiki_index_rows(r->draw, r->index, r->shown, out);
}

static struct template_value rows_at(struct draw *d,
                                     const struct plan_index *index,
                                     struct window shown) {
    struct rows *rows = arena_new(d->scratch, struct rows);

    *rows = (struct rows){d, index, shown};
    return template_writer(write_rows, rows);
}

static void draw_sections(struct draw *d, const struct plan_index *index,
                          struct window win) {
    struct template_value *frames =
        draw_frames(d, index->ngroups, SLOTS_SECTION);
    size_t n = 0;

    for (uint32_t g = 0; g < index->ngroups; g++) {
        const struct plan_group *group = &index->groups[g];
        uint32_t begin = group->begin > win.begin ? group->begin : win.begin;
        uint32_t end = group->end < win.end ? group->end : win.end;
        struct template_value *frame = frames + n * SLOTS_SECTION;
        if (begin >= end)
            continue;
        n++;
        frame[SLOT_SECTION_ROWS] =
            rows_at(d, index, (struct window){begin, end});
        frame[SLOT_SECTION_ID] =
            template_text(draw_group_id(d, index, group->of));
        frame[SLOT_SECTION_TITLE] =
            template_text(draw_group_title(d, index, group->of));
        frame[SLOT_SECTION_COUNT] =
            template_text(draw_number(d, group->end - group->begin));
    }
    d->values[SLOT_SECTIONS] = template_list(frames, n);
}

/* What has no word of its own are notes. */
static enum string_name word_of(const struct plan_index *index) {
    static const struct {
        const char *kind;
        enum string_name one;
    } words[] = {
        {"person", STRING_WORD_PERSON_ONE},
        {"customer", STRING_WORD_CUSTOMER_ONE},
        {"project", STRING_WORD_PROJECT_ONE},
        {"meeting", STRING_WORD_MEETING_ONE},
        {"transcript", STRING_WORD_TRANSCRIPT_ONE},
        {"decision", STRING_WORD_DECISION_ONE},
        {"task", STRING_WORD_TASK_ONE},
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_eq(index->kind, str_from(words[i].kind)))
            return words[i].one;
    return STRING_WORD_NOTE_ONE;
}

struct str draw_index_word(struct draw *d, const struct plan_index *index,
                           uint64_t n) {
    enum string_name word = word_of(index);

    return word == STRING_WORD_NOTE_ONE ? index->label : draw_count(d, word, n);
}

/* `312 people, 20 without a page` */
static void draw_index_count(struct draw *d, const struct plan_index *index) {
    struct str word = draw_count(d, word_of(index), index->count);
    struct buf line = {0};

    strings_add_number(&line, &d->plan->theme->strings, index->count);
    buf_add_ch(&line, ' ');
    buf_add_str(&line, word);
    if (index->sort == INDEX_ENTITIES && index->count < index->nrows) {
        buf_add_lit(&line, ", ");
        strings_add_count(&line, &d->plan->theme->strings, STRING_NO_PAGE_ONE,
                          index->nrows - index->count);
    }
    d->values[SLOT_COUNT] =
        template_text(arena_str(d->scratch, buf_str(&line)));
    buf_release(&line);
}

static void draw_letters(struct draw *d, const struct plan_index *index) {
    struct template_value *links = draw_frames(d, index->nletters, SLOTS_LINK);

    for (uint32_t i = 0; i < index->nletters; i++) {
        const struct plan_letter *l = &index->letters[i];
        struct template_value *frame = links + i * SLOTS_LINK;
        struct buf id = {0};
        buf_reset(d->text);
        utf8_encode(d->text, l->code);
        struct str title = draw_keep(d);
        wiki_letter_id(&id, l->code);
        buf_reset(d->text);
        buf_add_str(
            d->text,
            d->plan->pages[index->page + l->row / index->per_page].href);
        buf_add_ch(d->text, '#');
        html_encode_path(d->text, buf_str(&id));
        buf_release(&id);
        draw_link(d, frame, draw_keep(d), title, "");
    }
    d->values[SLOT_LETTERS] = template_list(links, index->nletters);
}

/* --- what the pages before and after hold --- */

const struct plan_group *draw_group_at(const struct plan_index *index,
                                       uint32_t row) {
    uint32_t low = 0, high = index->ngroups;

    while (high - low > 1) { /* the last that begins at or before it */
        uint32_t middle = low + (high - low) / 2;
        if (index->groups[middle].begin <= row)
            low = middle;
        else
            high = middle;
    }
    return &index->groups[low];
}

static struct str letter_at(struct draw *d, const struct plan_index *index,
                            uint32_t row) {
    uint32_t i = 0;

    while (i + 1 < index->nletters && index->letters[i + 1].row <= row)
        i++;
    buf_reset(d->text);
    utf8_encode(d->text, index->letters[i].code);
    return draw_keep(d);
}

/* Under what a reader looks for the row: the letter of a name, the month of a
 * meeting; "" where rows stand under nothing. */
static struct str place_of(struct draw *d, const struct plan_index *index,
                           uint32_t row) {
    const struct plan_group *group = draw_group_at(index, row);

    if (index->nletters > 0 && group == &index->groups[0])
        return letter_at(d, index, row);
    return draw_group_title(d, index, group->of);
}

/* `F to K`: of the page of that number. */
static struct template_value page_holds(struct draw *d,
                                        const struct plan_index *index,
                                        uint32_t number) {
    struct window win = draw_window(number, index->per_page, index->nrows);
    uint32_t lettered = index->nletters > 0 ? index->groups[0].end : 0;
    struct str first, last;

    if (win.begin >= win.end)
        return template_text(STR(""));
    if (win.begin < lettered && win.end > lettered) /* names without a page */
        win.end = lettered;
    first = place_of(d, index, win.begin);
    last = place_of(d, index, win.end - 1);
    buf_reset(d->text);
    buf_add_str(d->text, first);
    if (first.len > 0 && last.len > 0 && !str_eq(first, last)) {
        buf_add_ch(d->text, ' ');
        buf_add_str(d->text, draw_string(d, STRING_UNTIL));
        buf_add_ch(d->text, ' ');
        buf_add_str(d->text, last);
    }
    return template_text(draw_keep(d));
}

static void draw_index_pager(struct draw *d, const struct plan_index *index) {
    uint32_t number = d->page->number;

    draw_pager(d, index->page, index->page + 1, index->npages);
    if (number > 1)
        d->values[SLOT_PREVIOUS_HOLDS] = page_holds(d, index, number - 1);
    if (number < index->npages)
        d->values[SLOT_NEXT_HOLDS] = page_holds(d, index, number + 1);
}

void draw_index(struct draw *d) {
    const struct plan_index *index = &d->plan->indexes[d->page->of];
    struct window win =
        draw_window(d->page->number, index->per_page, index->nrows);

    draw_columns(d, wiki_columns_of(d->scratch, index));
    draw_sections(d, index, win);
    draw_index_count(d, index);
    draw_letters(d, index);
    draw_rows_shown(d, index, win);
    d->values[SLOT_SORTABLE] = template_flag(index->npages == 1);
    if (d->page->part == PAGE_MAIN)
        draw_others(d, index);
    draw_index_pager(d, index);
}
