#include "emit/entities_json.h"

#include <stdlib.h>

#include "base/json.h"
#include "entity/speakers.h"

struct writer {
    struct buf *out;
    const struct entities *all;
    const struct entities_pages *pages;
    struct arena arena, scratch;
    /* As they are written, with quotation marks; by file, by entity. Most stand
     * there many times. */
    struct str *paths, *ids;
    struct buf quoted;
};

/* --- pieces --- */

static void begin(struct writer *w, char bracket) {
    buf_add_ch(w->out, bracket);
}

/* Before a member or an element that is not the first. */
static void comma(struct writer *w) {
    char last = w->out->p[w->out->len - 1];

    if (last != '{' && last != '[' && last != ':')
        buf_add_ch(w->out, ',');
}

/* `name` is a word. */
static void key(struct writer *w, const char *name) {
    comma(w);
    buf_add_ch(w->out, '"');
    buf_add_str(w->out, str_from(name));
    buf_add_lit(w->out, "\":");
}

static void text(struct writer *w, struct str s) {
    comma(w);
    json_add_text(w->out, s);
}

static void text_or_null(struct writer *w, struct str s) {
    if (s.len > 0)
        json_add_text(w->out, s);
    else
        buf_add_lit(w->out, "null");
}

static void day(struct writer *w, task_day d) {
    if (!task_day_valid(d)) {
        buf_add_lit(w->out, "null");
        return;
    }
    buf_add_ch(w->out, '"');
    task_day_add(w->out, d);
    buf_add_ch(w->out, '"');
}

static void number(struct writer *w, const char *name, uint32_t n) {
    key(w, name);
    buf_add_u64(w->out, n);
}

static struct str quoted(struct writer *w, struct str *cached, struct str s) {
    if (cached->p == NULL) {
        buf_reset(&w->quoted);
        json_add_text(&w->quoted, s);
        *cached = arena_str(&w->arena, buf_str(&w->quoted));
    }
    return *cached;
}

static void path(struct writer *w, uint32_t file) {
    if (file == ENTITY_NONE)
        buf_add_lit(w->out, "null");
    else
        buf_add_str(w->out, quoted(w, &w->paths[file],
                                   w->all->linked->vault->files[file].path));
}

static void id(struct writer *w, uint32_t entity) {
    buf_add_str(w->out, quoted(w, &w->ids[entity], w->all->items[entity].id));
}

static void paths(struct writer *w, const char *name, const uint32_t *files,
                  uint32_t n) {
    key(w, name);
    begin(w, '[');
    for (uint32_t i = 0; i < n; i++) {
        comma(w);
        path(w, files[i]);
    }
    buf_add_ch(w->out, ']');
}

/* One of several. */
static void one_id(struct writer *w, uint32_t entity) {
    comma(w);
    id(w, entity);
}

static void ids(struct writer *w, const char *name, const uint32_t *entities,
                uint32_t n) {
    key(w, name);
    begin(w, '[');
    for (uint32_t i = 0; i < n; i++)
        one_id(w, entities[i]);
    buf_add_ch(w->out, ']');
}

static void page(struct writer *w, uint32_t file) {
    key(w, "page");
    text_or_null(w, file != ENTITY_NONE ? w->pages->notes[file] : STR(""));
}

/* --- notes --- */

static const char *const role_names[] = {
    [ROLE_NOTE] = "note", [ROLE_ENTITY] = "entity",     [ROLE_EVENT] = "event",
    [ROLE_LOG] = "log",   [ROLE_TEMPLATE] = "template",
};

static void add_note(struct writer *w, uint32_t file) {
    const struct note_role *role = &w->all->linked->notes[file]->role;
    uint32_t event = w->all->event_of[file];

    comma(w);
    buf_add_ch(w->out, '\n');
    path(w, file);
    buf_add_ch(w->out, ':');
    begin(w, '{');
    key(w, "role");
    json_add_text(w->out, str_from(role_names[role->role]));
    key(w, "kind");
    json_add_text(w->out, role->kind);
    key(w, "about");
    text_or_null(w, role->about);
    key(w, "date");
    day(w, event != ENTITY_NONE ? w->all->events[event].date : TASK_DAY_NONE);
    buf_add_ch(w->out, '}');
}

static void add_notes(struct writer *w) {
    key(w, "notes");
    begin(w, '{');
    for (uint32_t i = 0; i < w->all->linked->vault->nfiles; i++)
        if (w->all->linked->notes[i] != NULL)
            add_note(w, i);
    buf_add_lit(w->out, "}");
}

/* --- entities --- */

static void add_events_of(struct writer *w, const struct entity *e) {
    static const char *const names[] = {
        [EVENT_SUBJECT] = "subject",
        [EVENT_PARTICIPANT] = "participant",
        [EVENT_MENTIONED] = "mentioned",
    };

    key(w, "events");
    begin(w, '[');
    for (uint32_t i = 0; i < e->nevents; i++) {
        comma(w);
        begin(w, '{');
        key(w, "note");
        path(w, w->all->events[e->events[i].event].note);
        key(w, "role");
        json_add_text(w->out, str_from(names[e->events[i].role]));
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

static void add_contact(struct writer *w, const struct entity *e) {
    key(w, "last_contact");
    begin(w, '{');
    key(w, "value");
    day(w, e->last_contact);
    key(w, "computed");
    day(w, e->last_computed);
    key(w, "stated");
    text_or_null(w, e->last_stated);
    key(w, "stale");
    buf_add_str(w->out, e->stale ? STR("true") : STR("false"));
    buf_add_ch(w->out, '}');
    key(w, "next_contact");
    day(w, e->next_contact);
}

static void add_counts(struct writer *w, const struct entity *e) {
    static const char *const names[] = {
#define MENTION(id, name) name,
#include "entity/mentions.def"
#undef MENTION
    };

    key(w, "tasks");
    begin(w, '{');
    number(w, "open", e->nopen);
    number(w, "proposed", e->nproposed);
    number(w, "done", e->ndone);
    number(w, "cancelled", e->ncancelled);
    buf_add_ch(w->out, '}');
    key(w, "mentions");
    begin(w, '{');
    for (size_t i = 0; i < MENTION_KINDS; i++)
        number(w, names[i], e->counts[i]);
    buf_add_ch(w->out, '}');
}

static int file_order(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* By path: pages show them by date. */
static void add_mentions(struct writer *w, const char *name,
                         const struct mention *mentions, uint32_t n) {
    uint32_t *files = arena_array(&w->scratch, uint32_t, n);

    for (uint32_t i = 0; i < n; i++)
        files[i] = mentions[i].note;
    if (n > 0)
        qsort(files, n, sizeof *files, file_order);
    paths(w, name, files, n);
    arena_reset(&w->scratch);
}

static void add_related(struct writer *w, const struct entity *e) {
    key(w, "related");
    begin(w, '[');
    for (uint32_t i = 0; i < e->nrelated; i++) {
        comma(w);
        begin(w, '{');
        key(w, "id");
        id(w, e->related[i].entity);
        number(w, "count", e->related[i].count);
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

/* Entities come by kind, so those of a kind follow one another. */
static void add_relations(struct writer *w, const struct entity *e) {
    key(w, "relations");
    begin(w, '{');
    for (uint32_t i = 0, end; i < e->nrelations; i = end) {
        uint32_t kind = w->all->items[e->relations[i]].kind;

        end = i + 1;
        while (end < e->nrelations &&
               w->all->items[e->relations[end]].kind == kind)
            end++;
        comma(w);
        json_add_key(w->out, w->all->kinds[kind].name);
        begin(w, '[');
        for (uint32_t k = i; k < end; k++)
            one_id(w, e->relations[k]);
        buf_add_ch(w->out, ']');
    }
    buf_add_ch(w->out, '}');
}

static void add_panels(struct writer *w, const struct entity *e) {
    static const char *const names[] = {
#define ENTITY_PANEL(id, name) name,
#include "entity/panels.def"
#undef ENTITY_PANEL
    };
    static const char *const states[] = {
        [PANEL_NONE] = "none",
        [PANEL_OWN] = "own",
        [PANEL_GENERATED] = "generated",
        [PANEL_MERGED] = "merged",
    };

    key(w, "panels");
    begin(w, '{');
    for (size_t i = 0; i < ENTITY_PANELS; i++) {
        key(w, names[i]);
        json_add_text(w->out, str_from(states[e->panels[i].state]));
    }
    buf_add_ch(w->out, '}');
}

static void add_entity(struct writer *w, const struct entity *e) {
    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, "id");
    json_add_text(w->out, e->id);
    key(w, "kind");
    json_add_text(w->out, w->all->kinds[e->kind].name);
    key(w, "name");
    json_add_text(w->out, e->name);
    key(w, "names");
    begin(w, '[');
    for (uint32_t i = 0; i < e->nnames; i++)
        text(w, e->names[i]);
    buf_add_ch(w->out, ']');
    key(w, "note");
    path(w, e->note);
    paths(w, "notes", e->notes, e->nnotes);
    page(w, e->note);
    add_events_of(w, e);
    add_contact(w, e);
    add_counts(w, e);
    add_mentions(w, "backlinks", e->backlinks, e->nbacklinks);
    add_mentions(w, "unlinked", e->unlinked, e->nunlinked);
    add_related(w, e);
    add_relations(w, e);
    number(w, "decisions", e->ndecisions);
    add_panels(w, e);
    buf_add_ch(w->out, '}');
}

/* --- events --- */

static void add_turns(struct writer *w, const struct note *n) {
    const struct speaker *speakers = w->all->speakers[n->index];
    struct buf words = {0};

    key(w, "turns");
    begin(w, '[');
    for (uint32_t i = 0; i < n->nturns; i++) {
        const struct speaker *s = &speakers[i];

        comma(w);
        begin(w, '{');
        key(w, "time");
        json_add_text(w->out, n->turns[i].time);
        key(w, "speaker");
        text_or_null(w, s->label);
        key(w, "id");
        text_or_null(w, s->entity != ENTITY_NONE ? w->all->items[s->entity].id
                                                 : STR(""));
        key(w, "inferred");
        buf_add_str(w->out, s->inferred ? STR("true") : STR("false"));
        key(w, "text");
        buf_reset(&words);
        speaker_add_words(&words, n, i, s);
        json_add_text(w->out, buf_str(&words));
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
    buf_release(&words);
}

static void add_event(struct writer *w, const struct event *e) {
    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, "note");
    path(w, e->note);
    page(w, e->note);
    key(w, "kind");
    json_add_text(w->out, e->kind);
    key(w, "about");
    text_or_null(w, e->about);
    key(w, "title");
    json_add_text(w->out, e->title);
    key(w, "date");
    day(w, e->date);
    key(w, "summary");
    text_or_null(w, e->summary);
    ids(w, "subjects", e->subjects, e->nsubjects);
    ids(w, "participants", e->participants, e->nparticipants);
    key(w, "source");
    path(w, e->source);
    key(w, "merged_into");
    path(w, e->merged_into);
    number(w, "decisions", e->ndecisions);
    number(w, "facts", e->nfacts);
    add_turns(w, w->all->linked->notes[e->note]);
    buf_add_ch(w->out, '}');
}

/* --- tasks and decisions --- */

static void add_task(struct writer *w, const struct entity_task *t) {
    static const char *const states[] = {
        [STATE_OPEN] = "open",
        [STATE_PROPOSED] = "proposed",
        [STATE_DONE] = "done",
        [STATE_CANCELLED] = "cancelled",
    };
    static const char *const by[] = {
        [ASSIGNED_NONE] = "none",
        [ASSIGNED_MENTION] = "mention",
        [ASSIGNED_PAGE] = "page",
    };
    const struct task *task = &w->all->tasks_read->items[t->task];
    const struct note *n = w->all->linked->notes[task->file];

    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, "note");
    path(w, task->file);
    number(w, "line", task->line);
    key(w, "symbol");
    json_add_text(w->out, n->items[task->item].status);
    key(w, "state");
    json_add_text(w->out, str_from(states[t->state]));
    key(w, "text");
    json_add_text(w->out, t->text);
    key(w, "assignees");
    begin(w, '[');
    for (uint32_t i = 0; i < t->nassignees; i++)
        one_id(w, t->assignees[i]);
    if (t->by_owner)
        text(w, STR("owner"));
    buf_add_ch(w->out, ']');
    key(w, "assigned_by");
    json_add_text(w->out, str_from(by[t->by]));
    key(w, "due");
    day(w, task->dates[TASK_DATE_DUE]);
    key(w, "priority");
    text_or_null(w, task->priority == TASK_PRIORITY_NONE
                        ? STR("")
                        : task_priorities[task->priority].word);
    key(w, "done");
    day(w, task->dates[TASK_DATE_DONE]);
    buf_add_ch(w->out, '}');
}

static void add_decision(struct writer *w, const struct decision *d) {
    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, "text");
    json_add_text(w->out, d->text);
    key(w, "date");
    day(w, d->date);
    key(w, "note");
    path(w, d->note);
    paths(w, "notes", d->notes, d->nnotes);
    buf_add_ch(w->out, '}');
}

/* Notes whose damaged text was made good. */
static void add_repairs(struct writer *w) {
    const struct linked *l = w->all->linked;

    buf_add_lit(w->out, ",\n");
    json_add_key(w->out, STR("repair"));
    begin(w, '[');
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        if (l->notes[i] == NULL || l->notes[i]->nrepaired == 0)
            continue;
        comma(w);
        buf_add_lit(w->out, "\n{");
        key(w, "note");
        path(w, i);
        number(w, "count", l->notes[i]->nrepaired);
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

static void add_pages(struct writer *w) {
    key(w, "pages");
    begin(w, '{');
    for (uint32_t i = 0; i < w->pages->nkinds; i++) {
        comma(w);
        json_add_key(w->out, w->pages->kinds[i].kind);
        json_add_text(w->out, w->pages->kinds[i].path);
    }
    buf_add_ch(w->out, '}');
}

/* `"name":[` and each of the n items, then the end. */
#define LIST(w, name, n, add, items)                                           \
    do {                                                                       \
        buf_add_lit((w)->out, ",\n");                                          \
        json_add_key((w)->out, STR(name));                                     \
        begin((w), '[');                                                       \
        for (uint32_t i = 0; i < (n); i++)                                     \
            add((w), &(items)[i]);                                             \
        buf_add_ch((w)->out, ']');                                             \
    } while (0)

void entities_json_write(const struct entities *e,
                         const struct entities_pages *pages, struct buf *out) {
    struct writer w = {.out = out, .all = e, .pages = pages};

    arena_init(&w.arena);
    arena_init(&w.scratch);
    w.paths = arena_array(&w.arena, struct str, e->linked->vault->nfiles);
    w.ids = arena_array(&w.arena, struct str, e->len);
    buf_add_lit(out, "{\"version\":1");
    key(&w, "today");
    day(&w, e->today);
    key(&w, "owner");
    text_or_null(&w, e->owner != ENTITY_NONE ? e->items[e->owner].id : STR(""));
    add_pages(&w);
    add_notes(&w);
    LIST(&w, "entities", e->len, add_entity, e->items);
    LIST(&w, "events", e->nevents, add_event, e->events);
    LIST(&w, "tasks", e->ntasks, add_task, e->tasks);
    LIST(&w, "decisions", e->ndecisions, add_decision, e->decisions);
    add_repairs(&w);
    buf_add_lit(out, "}\n");
    buf_release(&w.quoted);
    arena_release(&w.scratch);
    arena_release(&w.arena);
}
