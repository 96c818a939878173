#include "emit/entities_json.h"

#include "base/json.h"
#include "base/number_sort.h"
#include "entity/speakers.h"

struct writer {
    struct emit_stream *stream;
    struct buf *out; /* the stream's bytes */
    const struct entities *all;
    const struct entities_pages *pages;
    struct arena arena, scratch;
    /* As they are written, since most stand there many times: in quotation marks, by
     * file and by entity; what an event of an entity, by event, and one of its
     * related, by entity, begin with. "" until they are needed. */
    struct str *paths, *ids, *event_rows, *related_rows;
    struct buf piece, words;
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

/* A member's name as it is written; `name` is a word. */
#define KEY(name) STR("\"" name "\":")

static void key(struct writer *w, struct str written) {
    comma(w);
    buf_add_str(w->out, written);
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

static void number(struct writer *w, struct str name, uint32_t n) {
    key(w, name);
    buf_add_u64(w->out, n);
}

/* Between two parts of the file. */
static void flush(struct writer *w) {
    emit_stream_flush(w->stream);
}

/* `before`, s in quotation marks, `after`. */
static struct str kept(struct writer *w, struct str *cached, struct str before,
                       struct str s, struct str after) {
    if (cached->p == NULL) {
        buf_reset(&w->piece);
        buf_add_str(&w->piece, before);
        json_add_text(&w->piece, s);
        buf_add_str(&w->piece, after);
        *cached = arena_str(&w->arena, buf_str(&w->piece));
    }
    return *cached;
}

static struct str path_of(const struct writer *w, uint32_t file) {
    return w->all->linked->vault->files[file].path;
}

static void path(struct writer *w, uint32_t file) {
    if (file == ENTITY_NONE)
        buf_add_lit(w->out, "null");
    else
        buf_add_str(w->out, kept(w, &w->paths[file], STR(""), path_of(w, file),
                                 STR("")));
}

static void id(struct writer *w, uint32_t entity) {
    buf_add_str(w->out, kept(w, &w->ids[entity], STR(""),
                             w->all->items[entity].id, STR("")));
}

static void paths(struct writer *w, struct str name, const uint32_t *files,
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

static void ids(struct writer *w, struct str name, const uint32_t *entities,
                uint32_t n) {
    key(w, name);
    begin(w, '[');
    for (uint32_t i = 0; i < n; i++)
        one_id(w, entities[i]);
    buf_add_ch(w->out, ']');
}

static void page(struct writer *w, uint32_t file) {
    key(w, KEY("page"));
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
    key(w, KEY("role"));
    json_add_text(w->out, str_from(role_names[role->role]));
    key(w, KEY("kind"));
    json_add_text(w->out, role->kind);
    key(w, KEY("about"));
    text_or_null(w, role->about);
    key(w, KEY("date"));
    day(w, event != ENTITY_NONE ? w->all->events[event].date : TASK_DAY_NONE);
    buf_add_ch(w->out, '}');
}

static void add_notes(struct writer *w) {
    key(w, KEY("notes"));
    begin(w, '{');
    for (uint32_t i = 0; i < w->all->linked->vault->nfiles; i++)
        if (w->all->linked->notes[i] != NULL) {
            add_note(w, i);
            flush(w);
        }
    buf_add_lit(w->out, "}");
}

/* --- entities --- */

static void add_events_of(struct writer *w, const struct entity *e) {
    static const struct str ends[] = {
        [EVENT_SUBJECT] = STR_INIT("\"subject\"}"),
        [EVENT_PARTICIPANT] = STR_INIT("\"participant\"}"),
        [EVENT_MENTIONED] = STR_INIT("\"mentioned\"}"),
    };

    key(w, KEY("events"));
    begin(w, '[');
    for (uint32_t i = 0; i < e->nevents; i++) {
        uint32_t event = e->events[i].event;

        comma(w);
        buf_add_str(w->out, kept(w, &w->event_rows[event], STR("{\"note\":"),
                                 path_of(w, w->all->events[event].note),
                                 STR(",\"role\":")));
        buf_add_str(w->out, ends[e->events[i].role]);
    }
    buf_add_ch(w->out, ']');
}

static void add_contact(struct writer *w, const struct entity *e) {
    key(w, KEY("last_contact"));
    begin(w, '{');
    key(w, KEY("value"));
    day(w, e->last_contact);
    key(w, KEY("computed"));
    day(w, e->last_computed);
    key(w, KEY("stated"));
    text_or_null(w, e->last_stated);
    key(w, KEY("stale"));
    buf_add_str(w->out, e->stale ? STR("true") : STR("false"));
    buf_add_ch(w->out, '}');
    key(w, KEY("next_contact"));
    day(w, e->next_contact);
}

static void add_counts(struct writer *w, const struct entity *e) {
    static const struct str names[] = {
#define MENTION(id, name) STR_INIT("\"" name "\":"),
#include "entity/mentions.def"
#undef MENTION
    };

    key(w, KEY("tasks"));
    begin(w, '{');
    number(w, KEY("open"), e->nopen);
    number(w, KEY("proposed"), e->nproposed);
    number(w, KEY("done"), e->ndone);
    number(w, KEY("cancelled"), e->ncancelled);
    buf_add_ch(w->out, '}');
    key(w, KEY("mentions"));
    begin(w, '{');
    for (size_t i = 0; i < MENTION_KINDS; i++)
        number(w, names[i], e->counts[i]);
    buf_add_ch(w->out, '}');
}

/* By path: pages show them by date. */
static void add_mentions(struct writer *w, struct str name,
                         const struct mention *mentions, uint32_t n) {
    uint32_t *files = arena_array(&w->scratch, uint32_t, n);

    for (uint32_t i = 0; i < n; i++)
        files[i] = mentions[i].note;
    number_sort(files, n, arena_array(&w->scratch, uint32_t, n));
    paths(w, name, files, n);
    arena_reset(&w->scratch);
}

static void add_related(struct writer *w, const struct entity *e) {
    key(w, KEY("related"));
    begin(w, '[');
    for (uint32_t i = 0; i < e->nrelated; i++) {
        uint32_t other = e->related[i].entity;

        comma(w);
        buf_add_str(w->out, kept(w, &w->related_rows[other], STR("{\"id\":"),
                                 w->all->items[other].id, STR(",\"count\":")));
        buf_add_u64(w->out, e->related[i].count);
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

/* Entities come by kind, so those of a kind follow one another. */
static void add_relations(struct writer *w, const struct entity *e) {
    key(w, KEY("relations"));
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
    static const struct str names[] = {
#define ENTITY_PANEL(id, name) STR_INIT("\"" name "\":"),
#include "entity/panels.def"
#undef ENTITY_PANEL
    };
    static const char *const states[] = {
        [PANEL_NONE] = "none",
        [PANEL_OWN] = "own",
        [PANEL_GENERATED] = "generated",
        [PANEL_MERGED] = "merged",
    };

    key(w, KEY("panels"));
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
    key(w, KEY("id"));
    json_add_text(w->out, e->id);
    key(w, KEY("kind"));
    json_add_text(w->out, w->all->kinds[e->kind].name);
    key(w, KEY("name"));
    json_add_text(w->out, e->name);
    key(w, KEY("names"));
    begin(w, '[');
    for (uint32_t i = 0; i < e->nnames; i++)
        text(w, e->names[i]);
    buf_add_ch(w->out, ']');
    key(w, KEY("note"));
    path(w, e->note);
    paths(w, KEY("notes"), e->notes, e->nnotes);
    page(w, e->note);
    add_events_of(w, e);
    add_contact(w, e);
    add_counts(w, e);
    add_mentions(w, KEY("backlinks"), e->backlinks, e->nbacklinks);
    add_mentions(w, KEY("unlinked"), e->unlinked, e->nunlinked);
    add_related(w, e);
    add_relations(w, e);
    number(w, KEY("decisions"), e->ndecisions);
    add_panels(w, e);
    buf_add_ch(w->out, '}');
}

/* --- events --- */

static void add_turns(struct writer *w, const struct note *n) {
    const struct speaker *speakers = w->all->speakers[n->index];

    key(w, KEY("turns"));
    begin(w, '[');
    for (uint32_t i = 0; i < n->nturns; i++) {
        const struct speaker *s = &speakers[i];

        comma(w);
        begin(w, '{');
        key(w, KEY("time"));
        json_add_text(w->out, n->turns[i].time);
        key(w, KEY("speaker"));
        text_or_null(w, s->label);
        key(w, KEY("id"));
        text_or_null(w, s->entity != ENTITY_NONE ? w->all->items[s->entity].id
                                                 : STR(""));
        key(w, KEY("inferred"));
        buf_add_str(w->out, s->inferred ? STR("true") : STR("false"));
        key(w, KEY("text"));
        buf_reset(&w->words);
        speaker_add_words(&w->words, n, i, s);
        json_add_text(w->out, buf_str(&w->words));
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

static void add_event(struct writer *w, const struct event *e) {
    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, KEY("note"));
    path(w, e->note);
    page(w, e->note);
    key(w, KEY("kind"));
    json_add_text(w->out, e->kind);
    key(w, KEY("about"));
    text_or_null(w, e->about);
    key(w, KEY("title"));
    json_add_text(w->out, e->title);
    key(w, KEY("date"));
    day(w, e->date);
    key(w, KEY("summary"));
    text_or_null(w, e->summary);
    ids(w, KEY("subjects"), e->subjects, e->nsubjects);
    ids(w, KEY("participants"), e->participants, e->nparticipants);
    key(w, KEY("source"));
    path(w, e->source);
    key(w, KEY("merged_into"));
    path(w, e->merged_into);
    number(w, KEY("decisions"), e->ndecisions);
    number(w, KEY("facts"), e->nfacts);
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
    key(w, KEY("note"));
    path(w, task->file);
    number(w, KEY("line"), task->line);
    key(w, KEY("symbol"));
    json_add_text(w->out, n->items[task->item].status);
    key(w, KEY("state"));
    json_add_text(w->out, str_from(states[t->state]));
    key(w, KEY("text"));
    json_add_text(w->out, t->text);
    key(w, KEY("assignees"));
    begin(w, '[');
    for (uint32_t i = 0; i < t->nassignees; i++)
        one_id(w, t->assignees[i]);
    if (t->by_owner)
        text(w, STR("owner"));
    buf_add_ch(w->out, ']');
    key(w, KEY("assigned_by"));
    json_add_text(w->out, str_from(by[t->by]));
    key(w, KEY("due"));
    day(w, task->dates[TASK_DATE_DUE]);
    key(w, KEY("priority"));
    text_or_null(w, task->priority == TASK_PRIORITY_NONE
                        ? STR("")
                        : task_priorities[task->priority].word);
    key(w, KEY("done"));
    day(w, task->dates[TASK_DATE_DONE]);
    buf_add_ch(w->out, '}');
}

static void add_decision(struct writer *w, const struct decision *d) {
    comma(w);
    buf_add_lit(w->out, "\n{");
    key(w, KEY("text"));
    json_add_text(w->out, d->text);
    key(w, KEY("date"));
    day(w, d->date);
    key(w, KEY("note"));
    path(w, d->note);
    paths(w, KEY("notes"), d->notes, d->nnotes);
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
        key(w, KEY("note"));
        path(w, i);
        number(w, KEY("count"), l->notes[i]->nrepaired);
        buf_add_ch(w->out, '}');
    }
    buf_add_ch(w->out, ']');
}

static void add_pages(struct writer *w) {
    key(w, KEY("pages"));
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
        for (uint32_t i = 0; i < (n); i++) {                                   \
            add((w), &(items)[i]);                                             \
            flush(w);                                                          \
        }                                                                      \
        buf_add_ch((w)->out, ']');                                             \
    } while (0)

void entities_json_write(const struct entities *e,
                         const struct entities_pages *pages,
                         struct emit_stream *stream) {
    struct writer w = {
        .stream = stream, .out = &stream->bytes, .all = e, .pages = pages};

    arena_init(&w.arena);
    arena_init(&w.scratch);
    w.paths = arena_array(&w.arena, struct str, e->linked->vault->nfiles);
    w.ids = arena_array(&w.arena, struct str, e->len);
    w.event_rows = arena_array(&w.arena, struct str, e->nevents);
    w.related_rows = arena_array(&w.arena, struct str, e->len);
    buf_add_lit(w.out, "{\"version\":1");
    key(&w, KEY("today"));
    day(&w, e->today);
    key(&w, KEY("owner"));
    text_or_null(&w, e->owner != ENTITY_NONE ? e->items[e->owner].id : STR(""));
    add_pages(&w);
    add_notes(&w);
    LIST(&w, "entities", e->len, add_entity, e->items);
    LIST(&w, "events", e->nevents, add_event, e->events);
    LIST(&w, "tasks", e->ntasks, add_task, e->tasks);
    LIST(&w, "decisions", e->ndecisions, add_decision, e->decisions);
    add_repairs(&w);
    buf_add_lit(w.out, "}\n");
    buf_release(&w.piece);
    buf_release(&w.words);
    arena_release(&w.scratch);
    arena_release(&w.arena);
}
