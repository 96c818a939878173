#include "base/unicode.h"
#include "html/escape.h"
#include "site/wiki.h"

/* Pages that list all of one sort (spec/entities.md §4.8). */

#define NAMES_SHOWN 3 /* of people or customers in a cell; more are counted */

struct column {
    enum string_name title;
    const char *class;
    const char *sort; /* how rows are sorted by it, if they are: `aria-sort` */
    unsigned of; /* enum plan_column; 0: is shown whether it holds anything */
};

#define BY_NAME "ascending"
#define BY_DAY "descending"

/* Of people; of other entities the second is another one. */
#define ENTITY_COLUMNS(related)                                                \
    {STRING_NAME, "", BY_NAME, 0}, {related, "lo", "", COLUMN_RELATED},        \
        {STRING_LAST_CONTACT, "r", "", COLUMN_LAST},                           \
        {STRING_NEXT_CONTACT, "r mid", "", COLUMN_NEXT},                       \
        {STRING_OPEN, "r lo", "", COLUMN_OPEN},                                \
        {STRING_PROPOSED, "r mid", "", COLUMN_PROPOSED},                       \
        {STRING_EVENTS, "r mid", "", COLUMN_EVENTS},                           \
        {STRING_MENTIONS, "r mid", "", COLUMN_MENTIONS},

static const struct column people_columns[] = {ENTITY_COLUMNS(STRING_CUSTOMER)};
static const struct column kind_columns[] = {ENTITY_COLUMNS(STRING_PEOPLE)};
static const struct column meeting_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0},     {STRING_TITLE, "", "", 0},
    {STRING_ABOUT, "lo", "", 0},        {STRING_PEOPLE, "mid", "", 0},
    {STRING_OPEN, "r lo", "", 0},       {STRING_PROPOSED, "r mid", "", 0},
    {STRING_DECISIONS, "r mid", "", 0},
};
static const struct column transcript_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0}, {STRING_TITLE, "", "", 0},
    {STRING_PERSON, "lo", "", 0},   {STRING_TURNS, "r lo", "", 0},
    {STRING_MEETING, "mid", "", 0},
};
static const struct column decision_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0},
    {STRING_DECISION, "", "", 0},
    {STRING_NOTE, "lo", "", 0},
    {STRING_PEOPLE, "mid", "", 0},
};

struct columns {
    const struct column *items;
    size_t len;
};

static struct columns all_columns(const struct plan_index *index) {
#define COLUMNS(list) ((struct columns){list, ARRAY_LEN(list)})
    switch (index->sort) {
    case INDEX_ENTITIES:
        return str_eq(index->kind, STR("person")) ? COLUMNS(people_columns)
                                                  : COLUMNS(kind_columns);
    case INDEX_MEETINGS:
        return COLUMNS(meeting_columns);
    case INDEX_TRANSCRIPTS:
        return COLUMNS(transcript_columns);
    case INDEX_DECISIONS:
        return COLUMNS(decision_columns);
    case INDEX_TASKS:
        break;
    }
    return (struct columns){NULL, 0};
#undef COLUMNS
}

/* Those that are shown: not what is empty on all pages of the index. */
static struct columns columns_of(struct arena *a,
                                 const struct plan_index *index) {
    struct columns all = all_columns(index);
    struct column *shown = arena_array(a, struct column, all.len);
    size_t n = 0;

    for (size_t i = 0; i < all.len; i++)
        if (all.items[i].of == 0 || all.items[i].of & index->filled)
            shown[n++] = all.items[i];
    return (struct columns){shown, n};
}

/* --- cells --- */

/* A row of a table while it is being written. */
struct row {
    struct wiki wiki;
    struct columns columns;
    size_t column;   /* the next one */
    uint32_t letter; /* the next one of the index */
};

static void open_classed(struct buf *out, const char *class, const char *rest) {
    buf_add_lit(out, "<td class=\"");
    buf_add_str(out, str_from(class));
    buf_add_str(out, str_from(rest));
}

static void open_cell(struct row *r) {
    const char *class = r->columns.items[r->column++].class;

    if (class[0] == '\0')
        buf_add_lit(r->wiki.out, "<td>");
    else
        open_classed(r->wiki.out, class, "\">");
}

static void close_cell(struct row *r) {
    buf_add_lit(r->wiki.out, "</td>");
}

static void add_number_cell(struct row *r, uint64_t n) {
    open_cell(r);
    wiki_number(&r->wiki, n);
    close_cell(r);
}

/* A script sorts by the day as it is written for machines. */
static void add_day_cell(struct row *r, task_day day, uint32_t event) {
    const char *class = r->columns.items[r->column++].class;
    struct buf *out = r->wiki.out;

    open_classed(out, class, "\" data-sort=\"");
    if (task_day_valid(day))
        civil_add_date(out, civil_from_days(day));
    buf_add_lit(out, "\">");
    wiki_day(&r->wiki, day);
    if (event != ENTITY_NONE) {
        const struct event *v = &r->wiki.e->events[event];
        buf_add_lit(out, "<small class=\"mid\">");
        wiki_link(&r->wiki, v->note, v->listed);
        buf_add_lit(out, "</small>");
    }
    close_cell(r);
}

/* Names with links, the first few. */
struct list {
    struct row *row;
    uint32_t names[NAMES_SHOWN];
    uint32_t shown, left;
};

static void add_listed(struct list *l, uint32_t entity) {
    if (l->shown < NAMES_SHOWN)
        l->names[l->shown++] = entity;
    else
        l->left++;
}

/* The link of a name that stands alone needs no line below it. */
static void end_list(struct list *l) {
    struct wiki *w = &l->row->wiki;

    for (uint32_t i = 0; i < l->shown; i++) {
        if (i > 0)
            buf_add_lit(w->out, ", ");
        wiki_name(w, l->names[i], l->shown == 1);
    }
    if (l->left > 0) {
        buf_add_ch(w->out, ' ');
        wiki_count(w, STRING_AND_MORE_ONE, l->left);
    }
    close_cell(l->row);
}

/* --- rows --- */

static void add_name_cell(struct row *r, uint32_t entity) {
    r->column++;
    buf_add_lit(r->wiki.out, "<th scope=\"row\"");
    html_add_attr(r->wiki.out, STR("data-sort"), r->wiki.e->items[entity].name);
    buf_add_ch(r->wiki.out, '>');
    wiki_kept(&r->wiki, &r->wiki.fill->kept->cells[entity], false);
}

/* A person's customers, another's people: those that notes name, else those that
 * were seen with it most often. */
static void add_related_cell(struct row *r, const struct entity *e,
                             const char *kind) {
    struct list list = {.row = r};

    open_cell(r);
    for (uint32_t i = 0; i < e->nrelations; i++)
        if (wiki_is_kind(&r->wiki, e->relations[i], kind))
            add_listed(&list, e->relations[i]);
    for (uint32_t i = 0; list.shown == 0 && i < e->nrelated; i++)
        if (wiki_is_kind(&r->wiki, e->related[i].entity, kind))
            add_listed(&list, e->related[i].entity);
    end_list(&list);
}

static void add_entity(struct row *r, uint32_t entity, unsigned filled) {
    const struct entity *e = &r->wiki.e->items[entity];
    const struct plan_entity_tasks *tasks = &r->wiki.plan->entity_tasks[entity];
    bool person = wiki_is_kind(&r->wiki, entity, "person");
    bool computed =
        task_day_valid(e->last_contact) && e->last_contact == e->last_computed;

    add_name_cell(r, entity);
    if (filled & COLUMN_RELATED)
        add_related_cell(r, e, person ? "customer" : "person");
    if (filled & COLUMN_LAST)
        add_day_cell(r, e->last_contact,
                     computed ? e->last_event : ENTITY_NONE);
    if (filled & COLUMN_NEXT)
        add_day_cell(r, e->next_contact, ENTITY_NONE);
    if (filled & COLUMN_OPEN)
        add_number_cell(r, tasks->open);
    if (filled & COLUMN_PROPOSED)
        add_number_cell(r, tasks->proposed);
    if (filled & COLUMN_EVENTS)
        add_number_cell(r, e->nevents);
    if (filled & COLUMN_MENTIONS)
        add_number_cell(r, (uint64_t)e->nbacklinks + e->nunlinked);
}

static void add_title_cell(struct row *r, uint32_t file, struct str summary) {
    struct buf *out = r->wiki.out;

    r->column++;
    buf_add_lit(out, "<th scope=\"row\"><span class=\"ent\"><span>");
    wiki_link(&r->wiki, file, wiki_title(&r->wiki, file));
    if (summary.len > 0) {
        buf_add_lit(out, "<small dir=\"auto\">");
        wiki_summary(&r->wiki, summary);
        buf_add_lit(out, "</small>");
    }
    buf_add_lit(out, "</span></span></th>");
}

static void add_names_cell(struct row *r, const uint32_t *entities,
                           uint32_t n) {
    struct list list = {.row = r};

    open_cell(r);
    for (uint32_t i = 0; i < n; i++)
        if (entities[i] != r->wiki.e->owner)
            add_listed(&list, entities[i]);
    end_list(&list);
}

static void add_meeting(struct row *r, uint32_t event) {
    const struct event *v = &r->wiki.e->events[event];

    add_day_cell(r, v->date, ENTITY_NONE);
    add_title_cell(r, v->note, v->summary);
    add_names_cell(r, v->subjects, v->nsubjects);
    add_names_cell(r, v->participants, v->nparticipants);
    add_number_cell(r, r->wiki.plan->nopen[event]);
    add_number_cell(r, r->wiki.plan->nproposed[event]);
    add_number_cell(r, v->ndecisions);
}

/* Whom it is with: its persons, those it is about and those who took part. */
static void add_persons_cell(struct row *r, const struct event *v) {
    struct list list = {.row = r};

    open_cell(r);
    for (uint32_t i = 0; i < v->nsubjects; i++)
        if (wiki_is_kind(&r->wiki, v->subjects[i], "person"))
            add_listed(&list, v->subjects[i]);
    for (uint32_t i = 0; list.shown == 0 && i < v->nparticipants; i++)
        if (v->participants[i] != r->wiki.e->owner)
            add_listed(&list, v->participants[i]);
    end_list(&list);
}

static void add_transcript(struct row *r, uint32_t event) {
    const struct event *v = &r->wiki.e->events[event];

    add_day_cell(r, v->date, ENTITY_NONE);
    add_title_cell(r, v->note, STR(""));
    add_persons_cell(r, v);
    add_number_cell(r, r->wiki.plan->linked->notes[v->note]->nturns);
    open_cell(r);
    if (v->merged_into != ENTITY_NONE)
        wiki_link(&r->wiki, v->merged_into,
                  wiki_title(&r->wiki, v->merged_into));
    close_cell(r);
}

static void add_decision(struct row *r, uint32_t row) {
    const struct decision *d = &r->wiki.e->decisions[row];
    uint32_t event = d->note == ENTITY_NONE
                         ? PLAN_NONE
                         : plan_event_of(r->wiki.plan, d->note);

    add_day_cell(r, d->date, ENTITY_NONE);
    r->column++;
    buf_add_lit(r->wiki.out, "<th scope=\"row\" dir=\"auto\">");
    html_escape(r->wiki.out, d->text);
    buf_add_lit(r->wiki.out, "</th>");
    open_cell(r);
    if (d->note != ENTITY_NONE)
        wiki_link(&r->wiki, d->note, wiki_title(&r->wiki, d->note));
    if (d->nnotes > 1) {
        buf_add_ch(r->wiki.out, ' ');
        wiki_count(&r->wiki, STRING_AND_MORE_ONE, d->nnotes - 1);
    }
    close_cell(r);
    if (event == PLAN_NONE)
        add_names_cell(r, NULL, 0);
    else
        add_persons_cell(r, &r->wiki.e->events[event]);
}

/* `_k`: an id by which the links above the table find the first name with it. */
static void add_letter_id(struct buf *out, uint32_t letter) {
    buf_add_ch(out, '_');
    if (letter == '#')
        buf_add_ch(out, '0');
    else
        utf8_encode(out, unicode_lower(letter));
}

static void open_row(struct row *r, const struct plan_index *index,
                     uint32_t i) {
    if (r->letter < index->nletters && index->letters[r->letter].row == i) {
        buf_add_lit(r->wiki.out, "<tr id=\"");
        add_letter_id(r->wiki.out, index->letters[r->letter++].code);
        buf_add_lit(r->wiki.out, "\">");
    } else {
        buf_add_lit(r->wiki.out, "<tr>");
    }
    r->column = 0;
}

static void add_row(struct row *r, const struct plan_index *index, uint32_t i) {
    uint32_t row = index->rows[i];

    open_row(r, index, i);
    switch (index->sort) {
    case INDEX_ENTITIES:
        add_entity(r, row, index->filled);
        break;
    case INDEX_MEETINGS:
        add_meeting(r, row);
        break;
    case INDEX_TRANSCRIPTS:
        add_transcript(r, row);
        break;
    case INDEX_DECISIONS:
        add_decision(r, row);
        break;
    case INDEX_TASKS:
        break;
    }
    buf_add_lit(r->wiki.out, "</tr>\n");
}

/* --- the page --- */

static void draw_columns(struct draw *d, struct columns c) {
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

/* Rows [begin, end) of the index, written straight into the page. */
struct rows {
    struct draw *draw;
    const struct plan_index *index;
    struct window shown;
};

static void write_rows(const void *context, struct buf *out) {
    const struct rows *r = context;
    struct row row = {.wiki = wiki_new(r->draw->fill, out),
                      .columns = columns_of(r->draw->scratch, r->index)};

    while (row.letter < r->index->nletters &&
           r->index->letters[row.letter].row < r->shown.begin)
        row.letter++;
    for (uint32_t i = r->shown.begin; i < r->shown.end; i++)
        add_row(&row, r->index, i);
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
        add_letter_id(&id, l->code);
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

void draw_index(struct draw *d) {
    const struct plan_index *index = &d->plan->indexes[d->page->of];
    struct window win =
        draw_window(d->page->number, index->per_page, index->nrows);

    draw_columns(d, columns_of(d->scratch, index));
    draw_sections(d, index, win);
    draw_index_count(d, index);
    draw_letters(d, index);
    draw_rows_shown(d, index, win);
    d->values[SLOT_SORTABLE] = template_flag(index->npages == 1);
    if (d->page->part == PAGE_MAIN)
        draw_others(d, index);
    draw_pager(d, index->page, index->page + 1, index->npages);
}
