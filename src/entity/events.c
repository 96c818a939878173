#include "entity/events.h"

#include "base/unicode.h"
#include "note/compile.h"

struct reader {
    const struct entity_work *work;
    struct compiler *compiler; /* NULL until it is needed */
    struct diags muted;
};

/* --- dates (§4.1) --- */

/* What `date` says. */
enum said { SAID_NOTHING, SAID_DAY, SAID_NO_DAY };

static enum said read_date(const struct note *n, const struct property **p,
                           struct civil_date *day) {
    const struct value *v;
    struct str text;

    *p = frontmatter_property(&n->front, STR("date"));
    v = *p != NULL ? (*p)->value : NULL;
    if (v == NULL || v->kind == VALUE_NULL)
        return SAID_NOTHING;
    text = str_trim(v->kind == VALUE_TEXT ? v->as.text : (*p)->source);
    if (text.len == 0 && v->kind == VALUE_TEXT)
        return SAID_NOTHING;
    return civil_read_date(text, day) ? SAID_DAY : SAID_NO_DAY;
}

/* The name of a note as it is read. */
struct event_name {
    struct str name, rest; /* behind the day */
    enum dated_name named;
    struct civil_date day;
};

static struct event_name read_name(const struct note *n) {
    struct event_name name = {.name = name_of_note(vault_shown(n->file))};

    name.named = name_leading_date(name.name, &name.day, &name.rest);
    return name;
}

static void report_no_day(const struct entity_work *w, struct str path,
                          const struct property *p) {
    if (p->source.len > 0)
        diag_add(w->diags, DIAG_EVENT_DATE_INVALID, path, p->line, p->column,
                 "\"%.*s\" is no date", STR_ARG(p->source));
    else
        diag_add(w->diags, DIAG_EVENT_DATE_INVALID, path, p->line, p->column,
                 "a %s is no date",
                 p->value->kind == VALUE_LIST ? "list" : "mapping");
}

static void report_name(const struct entity_work *w, const struct note *n) {
    diag_add(w->diags, DIAG_EVENT_DATE_INVALID, n->file->path, 1, 1,
             "the file name begins with a day that no calendar has");
}

/* Whether a note that is no event might have been one with a possible day (§1): it is
 * an entity, or nothing else, where entities and events lie. Eight digits may well be
 * another number. */
static bool is_misdated(const struct entity_work *w, const struct note *n) {
    struct str name = name_of_note(vault_shown(n->file)), rest, folder;
    struct civil_date day;
    struct arena scratch;
    bool found = n->role.role == ROLE_ENTITY;

    if (n->role.role == ROLE_LOG || (!found && n->role.kind.len > 0) ||
        str_find(name, '-') != 4 ||
        name_leading_date(name, &day, &rest) != NAME_IMPOSSIBLE_DATE)
        return false;
    arena_init(&scratch);
    folder = str_dirname(unicode_fold(&scratch, vault_shown(n->file)));
    for (; folder.len > 0 && !found; folder = str_dirname(folder))
        found = entity_settings_event_folder(w->settings, folder) != NULL ||
                entity_settings_kind_folder(w->settings, folder) != NULL;
    arena_release(&scratch);
    return found;
}

static task_day event_date(const struct entity_work *w, const struct note *n,
                           const struct event_name *name) {
    struct str path = n->file->path;
    struct civil_date said_day;
    const struct property *p;
    enum said said = read_date(n, &p, &said_day);
    enum dated_name named = name->named;

    if (said == SAID_NO_DAY)
        report_no_day(w, path, p);
    if (named == NAME_IMPOSSIBLE_DATE)
        report_name(w, n);
    if (said == SAID_DAY && named == NAME_DATED &&
        civil_days(said_day) != civil_days(name->day))
        diag_add(w->diags, DIAG_EVENT_DATE_DIFFERS, path, p->line, p->column,
                 "property and file name differ");
    if (said == SAID_DAY)
        return (task_day)civil_days(said_day);
    if (named == NAME_DATED)
        return (task_day)civil_days(name->day);
    diag_add(w->diags, DIAG_EVENT_DATE_MISSING, path, 1, 1,
             "event without a date");
    return TASK_DAY_NONE;
}

/* --- title and summary (§4.2) --- */

static struct str event_title(const struct note *n,
                              const struct event_name *name) {
    if (n->front.title.len > 0)
        return n->front.title;
    return name->rest.len > 0 ? name->rest : name->name;
}

/* For where the day stands beside it (decisions.md 7). */
static struct str listed_title(struct str title, task_day date) {
    struct str rest = {0};
    struct civil_date day;

    if (name_leading_date(title, &day, &rest) != NAME_DATED || rest.len == 0 ||
        (task_day)civil_days(day) != date)
        return title;
    return rest;
}

static struct str text_of(const struct note *n, uint32_t block) {
    return str_slice(n->text, n->text_blocks[block].begin,
                     n->text_blocks[block].end);
}

/* The first paragraph, or text of a list item, of the first section that has any. */
static struct str summary_section(const struct entity_work *w,
                                  const struct note *n) {
    const struct note_sections *sections = &w->sections[n->index];

    for (uint32_t i = 0; i < sections->n; i++) {
        const struct section *s = &sections->items[i];

        for (uint32_t k = s->first_block;
             k < s->end_block && s->purpose == PURPOSE_SUMMARY; k++)
            if (n->text_blocks[k].kind == TEXT_PARAGRAPH &&
                str_trim(text_of(n, k)).len > 0)
                return text_of(n, k);
    }
    return STR("");
}

/* What is in Markdown in a property, as plain text. */
static struct str plain(struct reader *r, const struct note *n,
                        struct str text) {
    bool marked = false;

    for (size_t i = 0; i < text.len; i++)
        marked |= ascii_punct((unsigned char)text.p[i]) &&
                  strchr(".,;:!?()'\"-", text.p[i]) == NULL;
    if (!marked)
        return text;
    if (r->compiler == NULL)
        r->compiler = compiler_new(r->work->arena,
                                   r->work->linked->vault->settings, &r->muted);
    return text_compile(r->compiler, n, text)->text;
}

static struct str event_summary(struct reader *r, const struct note *n) {
    const struct entity_work *w = r->work;
    const struct property *p = frontmatter_property(&n->front, STR("summary"));
    struct str text = {0};

    if (p != NULL && p->value->kind == VALUE_TEXT)
        text = str_trim(plain(r, n, str_trim(p->value->as.text)));
    if (text.len == 0)
        text = summary_section(w, n);
    if (text.len == 0 && n->summary != NOTE_NONE &&
        n->summary < n->ntext_blocks &&
        n->text_blocks[n->summary].kind == TEXT_PARAGRAPH)
        text = text_of(n, n->summary);
    return section_line(w->arena, text);
}

/* --- who --- */

static const uint32_t *who(const struct entity_work *w, uint32_t file,
                           enum mention_kind by, uint32_t *n) {
    const struct note_refs *refs = &w->refs[file];
    uint32_t *found;

    *n = 0;
    for (uint32_t i = 0; i < refs->len; i++)
        *n += refs->items[i].by == by;
    found = arena_array(w->arena, uint32_t, *n);
    *n = 0;
    for (uint32_t i = 0; i < refs->len; i++)
        if (refs->items[i].by == by)
            found[(*n)++] = refs->items[i].entity;
    return found;
}

static void read_event(struct reader *r, const struct note *n,
                       struct event *e) {
    const struct entity_work *w = r->work;
    struct event_name name = read_name(n);

    *e = (struct event){
        .note = n->index,
        .kind = n->role.kind,
        .about = n->role.about,
        .title = event_title(n, &name),
        .summary = event_summary(r, n),
        .date = event_date(w, n, &name),
        .source = ENTITY_NONE,
        .merged_into = ENTITY_NONE,
    };
    e->listed = listed_title(e->title, e->date);
    e->subjects = who(w, n->index, MENTION_SUBJECT, &e->nsubjects);
    e->participants = who(w, n->index, MENTION_PARTICIPANT, &e->nparticipants);
}

void events_find(struct entity_work *w) {
    const struct linked *l = w->linked;
    uint32_t *event_of = arena_array(w->arena, uint32_t, l->vault->nfiles),
             n = 0;
    struct reader r = {.work = w};

    diags_init(&r.muted);
    r.muted.muted = true;
    for (uint32_t i = 0; i < l->vault->nfiles; i++) {
        const struct note *note = work_note(l, i);

        event_of[i] = ENTITY_NONE;
        if (note != NULL && note->role.role == ROLE_EVENT)
            event_of[i] = n++;
        else if (note != NULL && is_misdated(w, note))
            report_name(w, note);
    }
    w->events = arena_array(w->arena, struct event, n);
    w->all->events = w->events;
    w->all->nevents = n;
    w->all->event_of = event_of;
    for (uint32_t i = 0; i < l->vault->nfiles; i++)
        if (event_of[i] != ENTITY_NONE)
            read_event(&r, l->notes[i], &w->events[event_of[i]]);
    if (r.compiler != NULL)
        compiler_free(r.compiler);
    diags_release(&r.muted);
}
