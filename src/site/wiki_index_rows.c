#include "base/unicode.h"
#include "html/escape.h"
#include "site/wiki.h"

/* The rows of an index, cell by cell (spec/entities.md §4.8). */

#define NAMES_SHOWN 3 /* of people or customers in a cell; more are counted */

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

static const struct wiki_column people_columns[] = {
    ENTITY_COLUMNS(STRING_CUSTOMER)};
static const struct wiki_column kind_columns[] = {
    ENTITY_COLUMNS(STRING_PEOPLE)};
static const struct wiki_column meeting_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0},     {STRING_TITLE, "", "", 0},
    {STRING_ABOUT, "lo", "", 0},        {STRING_PEOPLE, "mid", "", 0},
    {STRING_OPEN, "r lo", "", 0},       {STRING_PROPOSED, "r mid", "", 0},
    {STRING_DECISIONS, "r mid", "", 0},
};
static const struct wiki_column transcript_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0}, {STRING_TITLE, "", "", 0},
    {STRING_PERSON, "lo", "", 0},   {STRING_TURNS, "r lo", "", 0},
    {STRING_MEETING, "mid", "", 0},
};
static const struct wiki_column decision_columns[] = {
    {STRING_DAY, "day", BY_DAY, 0},
    {STRING_DECISION, "", "", 0},
    {STRING_NOTE, "lo", "", 0},
    {STRING_PEOPLE, "mid", "", 0},
};

static struct wiki_columns all_columns(const struct plan_index *index) {
#define COLUMNS(list) ((struct wiki_columns){list, ARRAY_LEN(list)})
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
    return (struct wiki_columns){NULL, 0};
#undef COLUMNS
}

/* Those that are shown: not what is empty on all pages of the index. */
struct wiki_columns wiki_columns_of(struct arena *a,
                                    const struct plan_index *index) {
    struct wiki_columns all = all_columns(index);
    struct wiki_column *shown = arena_array(a, struct wiki_column, all.len);
    size_t n = 0;

    for (size_t i = 0; i < all.len; i++)
        if (all.items[i].of == 0 || all.items[i].of & index->filled)
            shown[n++] = all.items[i];
    return (struct wiki_columns){shown, n};
}

/* --- cells --- */

/* A row of a table while it is being written. */
struct row {
    struct wiki wiki;
    struct wiki_columns columns;
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

/* All columns of numbers have a class. */
static void add_number_cell(struct row *r, uint64_t n) {
    open_classed(r->wiki.out, r->columns.items[r->column++].class,
                 n == 0 ? " zero\">" : "\">");
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
    wiki_ent_for(&r->wiki, entity);
    buf_add_lit(r->wiki.out, "</th>");
}

/* A person's customers, another's people: those that notes name, else those that
 * were seen with it most often, of customers the first (§4.8). */
static void add_related_cell(struct row *r, const struct entity *e,
                             bool person) {
    const char *kind = person ? "customer" : "person";
    struct list list = {.row = r};
    uint32_t most;

    open_cell(r);
    for (uint32_t i = 0; i < e->nrelations; i++)
        if (wiki_is_kind(&r->wiki, e->relations[i], kind))
            add_listed(&list, e->relations[i]);
    most = list.shown > 0 ? 0 : person ? 1 : UINT32_MAX;
    for (uint32_t i = 0; i < e->nrelated && list.shown < most; i++)
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
        add_related_cell(r, e, person);
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

static void add_subjects(struct list *l, const struct event *v) {
    const struct wiki *w = &l->row->wiki;

    for (uint32_t i = 0; i < v->nsubjects; i++)
        if (wiki_is_kind(w, v->subjects[i], "person") &&
            v->subjects[i] != w->e->owner)
            add_listed(l, v->subjects[i]);
}

/* Those who took part, but whom the event is about: these are listed. */
static void add_participants(struct list *l, const struct event *v) {
    const struct wiki *w = &l->row->wiki;

    for (uint32_t i = 0; i < v->nparticipants; i++) {
        bool listed = v->participants[i] == w->e->owner;
        for (uint32_t k = 0; !listed && k < v->nsubjects; k++)
            listed = v->subjects[k] == v->participants[i];
        if (!listed)
            add_listed(l, v->participants[i]);
    }
}

/* The first few of those who speak that are known. */
static void add_speakers(struct list *l, uint32_t file) {
    const struct wiki *w = &l->row->wiki;
    const struct speaker *turns =
        w->e->speakers != NULL ? w->e->speakers[file] : NULL;
    uint32_t n = w->plan->linked->notes[file]->nturns;

    for (uint32_t i = 0; turns != NULL && i < n && l->shown < NAMES_SHOWN;
         i++) {
        bool listed =
            turns[i].entity == ENTITY_NONE || turns[i].entity == w->e->owner;
        for (uint32_t k = 0; !listed && k < l->shown; k++)
            listed = l->names[k] == turns[i].entity;
        if (!listed)
            add_listed(l, turns[i].entity);
    }
}

/* Whom a transcript is with: the persons it is about, else who took part, else who
 * speaks. */
static void add_persons_cell(struct row *r, const struct event *v) {
    struct list list = {.row = r};

    open_cell(r);
    add_subjects(&list, v);
    if (list.shown == 0)
        add_participants(&list, v);
    if (list.shown == 0)
        add_speakers(&list, v->note);
    end_list(&list);
}

/* Whom a decision is of: the persons that its event is about, and who took part. */
static void add_deciders_cell(struct row *r, const struct event *v) {
    struct list list = {.row = r};

    open_cell(r);
    add_subjects(&list, v);
    add_participants(&list, v);
    if (list.shown == 0)
        add_speakers(&list, v->note);
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
        add_deciders_cell(r, &r->wiki.e->events[event]);
}

void wiki_letter_id(struct buf *out, uint32_t letter) {
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
        wiki_letter_id(r->wiki.out, index->letters[r->letter++].code);
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

void wiki_index_rows(struct draw *d, const struct plan_index *index,
                     struct window shown, struct buf *out) {
    struct row row = {.wiki = wiki_new(d->fill, out),
                      .columns = wiki_columns_of(d->scratch, index)};

    while (row.letter < index->nletters &&
           index->letters[row.letter].row < shown.begin)
        row.letter++;
    for (uint32_t i = shown.begin; i < shown.end; i++)
        add_row(&row, index, i);
}
