#include "html/escape.h"
#include "site/wiki.h"

/* What stands in the head of an entity's and of an event's page: initials, the
 * line that says what it is, facts, the way to the events beside it. */

#define FACTS_MAX 12
#define FACT_WIDE 27   /* bytes from which the counts have the line */
#define OTHERS_SHOWN 5 /* further notes of an entity */

/* Properties that say when an event began and ended. */
static const struct str begin_keys[] = {STR_INIT("time"), STR_INIT("start"),
                                        STR_INIT("start_time")};
static const struct str end_keys[] = {STR_INIT("end"), STR_INIT("end_time")};

struct facts {
    struct draw *draw;
    struct wiki wiki;
    struct buf text;
    struct template_value *frames;
    size_t len;
};

static void begin(struct facts *f, struct draw *d) {
    *f = (struct facts){.draw = d,
                        .frames = draw_frames(d, FACTS_MAX, SLOTS_PROPERTY)};
    f->wiki = wiki_new(d->fill, &f->text);
}

/* What f->text was filled with is one more fact. */
static void add_fact(struct facts *f, const char *key, struct str label,
                     bool wide) {
    struct template_value *frame = f->frames + f->len * SLOTS_PROPERTY;

    if (f->text.len == 0 || f->len == FACTS_MAX)
        return;
    f->len++;
    frame[SLOT_PROPERTY_KEY] = template_text(str_from(key));
    frame[SLOT_PROPERTY_LABEL] = template_text(label);
    frame[SLOT_PROPERTY_VALUE] =
        template_html(arena_str(f->draw->scratch, buf_str(&f->text)));
    frame[SLOT_PROPERTY_WIDE] = template_flag(wide);
    buf_reset(&f->text);
}

static void finish(struct facts *f) {
    f->draw->values[SLOT_FACTS] = template_list(f->frames, f->len);
    if (f->len > 0)
        f->draw->values[SLOT_HAS_PROPERTIES] = template_flag(true);
    buf_release(&f->text);
}

/* --- entities --- */

static void draw_initials(struct draw *d, struct str name, bool person) {
    buf_reset(d->text);
    buf_printf(d->text, "%u", wiki_tint(name));
    d->values[SLOT_TINT] = template_text(draw_keep(d));
    d->values[SLOT_INITIALS] =
        template_text(wiki_initials(d->scratch, name, person));
    d->values[SLOT_SQUARE] = template_flag(!person);
}

/* What a person does and for whom; of others what their note says. */
static void draw_what(struct draw *d, uint32_t entity) {
    struct buf line = {0};
    struct wiki w = wiki_new(d->fill, &line);
    const struct note *n = d->plan->linked->notes[d->page->note];
    const struct property *role = wiki_role(n);
    uint32_t customer = wiki_is_kind(&w, entity, "person")
                            ? wiki_customer(&w, entity)
                            : PLAN_NONE;

    if (role != NULL)
        html_escape(&line, str_trim(role->value->as.text));
    if (role != NULL && customer != PLAN_NONE)
        buf_add_lit(&line, ", ");
    if (customer != PLAN_NONE) {
        if (w.e->items[customer].note == ENTITY_NONE)
            html_escape(&line, w.e->items[customer].name);
        else
            wiki_link(&w, w.e->items[customer].note, w.e->items[customer].name);
    }
    if (line.len > 0 && d->values[SLOT_SUMMARY].type == TEMPLATE_ABSENT)
        d->values[SLOT_SUMMARY] =
            template_html(arena_str(d->scratch, buf_str(&line)));
    buf_release(&line);
}

/* A day, which leads to the event of the entity that was then. */
static void add_event_day(struct facts *f, const struct entity *e,
                          task_day day) {
    const struct event *found = NULL;

    for (uint32_t i = 0; i < e->nevents && found == NULL; i++) {
        const struct event *v = &f->wiki.e->events[e->events[i].event];
        if (v->date == day && e->events[i].role != EVENT_MENTIONED)
            found = v;
    }
    if (found == NULL) {
        wiki_day(&f->wiki, day);
        return;
    }
    buf_add_lit(&f->text, "<a class=\"internal-link\" href=\"");
    wiki_href(&f->wiki, found->note);
    buf_add_ch(&f->text, '"');
    html_add_attr(&f->text, STR("title"), found->title);
    buf_add_ch(&f->text, '>');
    wiki_day(&f->wiki, day);
    buf_add_lit(&f->text, "</a>");
}

/* The note says something else: what is no day, too old, or still to come. */
static bool says_otherwise(const struct entity *e) {
    struct civil_date stated;

    return e->stale || (civil_read_date(e->last_stated, &stated) &&
                        civil_days(stated) > e->last_contact);
}

static void add_last_contact(struct facts *f, const struct entity *e) {
    if (!task_day_valid(e->last_contact))
        return;
    add_event_day(f, e, e->last_contact);
    if (says_otherwise(e)) {
        buf_add_lit(&f->text, " <span class=\"n\">(");
        wiki_text(&f->wiki, STRING_NOTE_SAYS);
        buf_add_lit(&f->text, " <q>");
        html_escape(&f->text, e->last_stated);
        buf_add_lit(&f->text, "</q>)</span>");
    }
    add_fact(f, "_last_contact", draw_string(f->draw, STRING_LAST_CONTACT),
             false);
}

static void add_next_contact(struct facts *f, const struct entity *e) {
    if (!task_day_valid(e->next_contact))
        return;
    add_event_day(f, e, e->next_contact);
    add_fact(f, "_next_contact", draw_string(f->draw, STRING_NEXT_CONTACT),
             false);
}

static void add_number(struct facts *f, enum string_name one, uint32_t n) {
    if (n == 0)
        return;
    if (f->text.len > 0)
        buf_add_lit(&f->text, ", ");
    wiki_count(&f->wiki, one, n);
}

static void add_counts(struct facts *f, uint32_t entity) {
    const struct entity *e = &f->wiki.e->items[entity];
    const struct plan_entity_tasks *tasks = &f->wiki.plan->entity_tasks[entity];

    add_number(f, STRING_EVENTS_ONE, e->nevents);
    add_number(f, STRING_OPEN_ONE, tasks->open);
    add_number(f, STRING_PROPOSED_ONE, tasks->proposed);
    add_number(f, STRING_DONE_ONE, e->ndone);
    add_number(f, STRING_MENTIONS_ONE, e->nbacklinks + e->nunlinked);
    add_fact(f, "_counts", draw_string(f->draw, STRING_IN_THE_VAULT),
             f->text.len >= FACT_WIDE);
}

/* Two notes of one entity (entity-duplicate): the other ones. */
static void add_further_notes(struct facts *f, const struct entity *e) {
    uint32_t shown = 0;

    for (uint32_t i = 0; i < e->nnotes && shown < OTHERS_SHOWN; i++) {
        if (e->notes[i] == e->note)
            continue;
        if (shown++ > 0)
            buf_add_lit(&f->text, ", ");
        wiki_link(
            &f->wiki, e->notes[i],
            vault_shown(&f->wiki.plan->linked->vault->files[e->notes[i]]));
    }
    if (e->nnotes > OTHERS_SHOWN + 1) {
        buf_add_ch(&f->text, ' ');
        wiki_count(&f->wiki, STRING_AND_MORE_ONE, e->nnotes - OTHERS_SHOWN - 1);
    }
    add_fact(f, "_notes", draw_string(f->draw, STRING_FURTHER_NOTES), true);
}

void draw_entity_head(struct draw *d, uint32_t entity) {
    const struct entity *e = &d->plan->entities->items[entity];
    struct facts f;

    begin(&f, d);
    draw_initials(d, e->name, wiki_is_kind(&f.wiki, entity, "person"));
    draw_what(d, entity);
    add_last_contact(&f, e);
    add_next_contact(&f, e);
    add_counts(&f, entity);
    add_further_notes(&f, e);
    finish(&f);
}

/* --- events --- */

/* When a meeting began and ended, as its note says: `14:00`, or "". */
struct hours {
    struct str begin, end;
};

/* As long as `most`, digits at most as there. */
static bool fits(struct str text, struct str most) {
    if (text.len != most.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] != most.p[i] &&
            (most.p[i] == ':' || text.p[i] < '0' || text.p[i] > most.p[i]))
            return false;
    return true;
}

/* `14:00` of that or of `14:00:00`; "" of anything else. */
static struct str clock_of(struct str text) {
    if (!fits(text, STR("29:59")) && !fits(text, STR("29:59:59")))
        return STR("");
    if (text.p[0] == '2' && text.p[1] > '3')
        return STR("");
    return str_slice(text, 0, STR("14:00").len);
}

/* Of its `date`; a time of another place of the world stays with the properties. */
static struct str clock_of_date(const struct note *n) {
    struct str date = wiki_property(n, STR("date"));
    size_t len = STR("2026-11-18").len;

    if (date.len <= len || (date.p[len] != 'T' && date.p[len] != ' '))
        return STR("");
    return clock_of(str_trim(str_skip(date, len + 1)));
}

static struct hours hours_of(const struct note *n) {
    struct hours h = {clock_of_date(n), STR("")};

    for (size_t i = 0; h.begin.len == 0 && i < ARRAY_LEN(begin_keys); i++)
        h.begin = clock_of(wiki_property(n, begin_keys[i]));
    for (size_t i = 0;
         h.begin.len > 0 && h.end.len == 0 && i < ARRAY_LEN(end_keys); i++)
        h.end = clock_of(wiki_property(n, end_keys[i]));
    return h;
}

/* `, 14:00 to 14:50` */
static void add_hours(struct wiki *w, const struct note *n) {
    struct hours h = hours_of(n);

    if (h.begin.len == 0)
        return;
    buf_add_lit(w->out, ", ");
    buf_add_str(w->out, h.begin);
    if (h.end.len == 0)
        return;
    buf_add_ch(w->out, ' ');
    wiki_text(w, STRING_UNTIL);
    buf_add_ch(w->out, ' ');
    buf_add_str(w->out, h.end);
}

/* `. Notes: meeting page` */
static void add_meeting(struct wiki *w, uint32_t file) {
    buf_add_lit(w->out, ". ");
    wiki_text(w, STRING_NOTES_OF);
    buf_add_lit(w->out, " <a href=\"");
    wiki_href(w, file);
    buf_add_ch(w->out, '"');
    html_add_attr(w->out, STR("title"), wiki_title(w, file));
    buf_add_ch(w->out, '>');
    wiki_text(w, STRING_MEETING_PAGE);
    buf_add_lit(w->out, "</a>");
}

/* `Wednesday, 18 Nov 2026`, when it was; of a transcript `18 Nov 2026, 50 minutes`.
 * Returns whether the page has that line. */
static bool draw_day(struct draw *d, const struct event *v) {
    const struct strings *s = &d->plan->theme->strings;
    const struct note *n = d->plan->linked->notes[v->note];
    uint32_t minutes = wiki_minutes(n);
    struct wiki w = wiki_new(d->fill, d->text);
    struct civil_date date;
    int64_t weekday;

    if (!task_day_valid(v->date) ||
        d->values[SLOT_SUMMARY].type != TEMPLATE_ABSENT)
        return false;
    date = civil_from_days(v->date);
    weekday = ((int64_t)v->date + 3) % 7; /* 1970-01-01 was a Thursday */
    buf_reset(d->text);
    if (minutes == 0) {
        html_escape(d->text,
                    strings_weekday_name(
                        s, (unsigned)(weekday < 0 ? weekday + 7 : weekday)));
        buf_add_lit(d->text, ", ");
    }
    buf_add_lit(d->text, "<time datetime=\"");
    civil_add_date(d->text, date);
    buf_add_lit(d->text, "\">");
    strings_add_date(d->text, s, date, false);
    buf_add_lit(d->text, "</time>");
    add_hours(&w, n);
    if (minutes > 0) {
        buf_add_lit(d->text, ", ");
        wiki_count(&w, STRING_WHOLE_MINUTES_ONE, minutes);
    }
    if (v->merged_into != ENTITY_NONE)
        add_meeting(&w, v->merged_into);
    d->values[SLOT_SUMMARY] = template_html(draw_keep(d));
    return true;
}

/* People have initials; of others there are few, and their names do. */
static void add_entities(struct facts *f, const uint32_t *entities,
                         uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_lit(&f->text, ", ");
        wiki_name(&f->wiki, entities[i], false);
    }
}

static void add_people(struct facts *f, const uint32_t *entities, uint32_t n) {
    if (n == 0)
        return;
    buf_add_lit(&f->text, "<span class=\"people\">");
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_ch(&f->text, ' ');
        wiki_who(&f->wiki, entities[i]);
    }
    buf_add_lit(&f->text, "</span>");
}

/* Subjects, kind by kind; they ascend, and so stand by kind. */
static void add_subjects(struct facts *f, const struct event *v) {
    static const struct {
        const char *kind;
        enum string_name one, many;
    } known[] = {{"person", STRING_PERSON, STRING_PEOPLE},
                 {"customer", STRING_CUSTOMER, STRING_CUSTOMERS},
                 {"project", STRING_PROJECT, STRING_PROJECTS}};
    const struct entities *e = f->wiki.e;

    for (uint32_t i = 0, end; i < v->nsubjects; i = end) {
        uint32_t kind = e->items[v->subjects[i]].kind;
        struct str label = e->kinds[kind].label;
        for (end = i + 1;
             end < v->nsubjects && e->items[v->subjects[end]].kind == kind;)
            end++;
        for (size_t k = 0; k < ARRAY_LEN(known); k++)
            if (str_eq(e->kinds[kind].name, str_from(known[k].kind)))
                label = draw_string(f->draw, end - i == 1 ? known[k].one
                                                          : known[k].many);
        if (str_eq(e->kinds[kind].name, STR("person")))
            add_people(f, v->subjects + i, end - i);
        else
            add_entities(f, v->subjects + i, end - i);
        add_fact(f, "_subject", label, end - i > 2);
    }
}

static void add_transcript(struct facts *f, const struct event *v) {
    if (v->source == ENTITY_NONE)
        return;
    buf_add_lit(&f->text, "<a href=\"");
    wiki_href(&f->wiki, v->source);
    buf_add_lit(&f->text, "\">");
    if (!wiki_length(&f->wiki, v->source))
        html_escape(&f->text, wiki_title(&f->wiki, v->source));
    buf_add_lit(&f->text, "</a>");
    add_fact(f, "_transcript", draw_string(f->draw, STRING_TRANSCRIPT), false);
}

static void add_meeting_fact(struct facts *f, const struct event *v) {
    if (v->merged_into == ENTITY_NONE)
        return;
    wiki_link(&f->wiki, v->merged_into, wiki_title(&f->wiki, v->merged_into));
    add_fact(f, "_meeting", draw_string(f->draw, STRING_MEETING), true);
}

static void draw_neighbour(struct draw *d, uint32_t event,
                           enum slot_page slot) {
    const struct entities *e = d->plan->entities;
    struct template_value *frame;

    if (event == PLAN_NONE)
        return;
    frame = draw_frames(d, 1, SLOTS_ENTRY);
    draw_entry(d, frame, e->events[event].note);
    d->values[slot] = template_record(frame);
}

static void draw_neighbours(struct draw *d, uint32_t event) {
    const struct plan_neighbours *n = &d->plan->neighbours[event];

    if (n->earlier == PLAN_NONE && n->later == PLAN_NONE)
        return;
    d->values[SLOT_EVENTS_OF] =
        template_text(d->plan->entities->items[n->entity].name);
    draw_neighbour(d, n->earlier, SLOT_EARLIER);
    draw_neighbour(d, n->later, SLOT_LATER);
}

void draw_event_head(struct draw *d, uint32_t event) {
    const struct event *v = &d->plan->entities->events[event];
    struct facts f;

    begin(&f, d);
    bool has_line = draw_day(d, v);
    add_people(&f, v->participants, v->nparticipants);
    add_fact(&f, "_attendees", draw_string(d, STRING_ATTENDEES), true);
    add_subjects(&f, v);
    add_transcript(&f, v);
    if (!has_line)
        add_meeting_fact(&f, v);
    finish(&f);
    draw_neighbours(d, event);
}

/* --- properties that the facts tell --- */

static bool is_one_of(struct str key, const struct str *keys, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(key, keys[i]))
            return true;
    return false;
}

/* What hours_of took is a piece of the property's own text. */
static bool tells_hours(const struct note *n, struct str key) {
    struct hours h;
    struct str text;

    if (!is_one_of(key, begin_keys, ARRAY_LEN(begin_keys)) &&
        !is_one_of(key, end_keys, ARRAY_LEN(end_keys)))
        return false;
    h = hours_of(n);
    text = wiki_property(n, key);
    return text.len > 0 && (text.p == h.begin.p || text.p == h.end.p);
}

static bool told_of_event(const struct event *v, const struct note *n,
                          struct str key) {
    static const struct str people[] = {STR_INIT("participants"),
                                        STR_INIT("attendees")};
    static const struct str subjects[] = {
        STR_INIT("person"),   STR_INIT("people"),   STR_INIT("account"),
        STR_INIT("customer"), STR_INIT("company"),  STR_INIT("client"),
        STR_INIT("project"),  STR_INIT("projects"), STR_INIT("entities"),
        STR_INIT("entity")};
    static const struct str source[] = {STR_INIT("source"),
                                        STR_INIT("source_ref")};

    if (is_one_of(key, people, ARRAY_LEN(people)))
        return v->nparticipants > 0;
    if (is_one_of(key, subjects, ARRAY_LEN(subjects)))
        return v->nsubjects > 0;
    if (is_one_of(key, source, ARRAY_LEN(source)))
        return v->source != ENTITY_NONE;
    if (!task_day_valid(v->date))
        return false;
    if (str_eq_nocase(key, STR("date")))
        return wiki_property(n, key).len == STR("2025-11-18").len ||
               clock_of_date(n).len > 0;
    return tells_hours(n, key);
}

/* The one customer that stands behind what a person does. */
static bool told_of_person(const struct draw *d, uint32_t entity,
                           const struct note *n, struct str key) {
    static const struct str customers[] = {
        STR_INIT("customer"), STR_INIT("company"), STR_INIT("account"),
        STR_INIT("client")};
    struct wiki w = wiki_new(d->fill, d->text);
    uint32_t customer = wiki_customer(&w, entity);

    return is_one_of(key, customers, ARRAY_LEN(customers)) &&
           wiki_is_kind(&w, entity, "person") && customer != PLAN_NONE &&
           str_find_str(wiki_property(n, key), w.e->items[customer].name, 0) !=
               STR_NONE;
}

bool draw_is_told(const struct draw *d, const struct note *n, struct str key) {
    uint32_t entity = plan_entity_of(d->plan, n->index);
    uint32_t event = plan_event_of(d->plan, n->index);
    const struct property *role;

    if (event != PLAN_NONE)
        return told_of_event(&d->plan->entities->events[event], n, key);
    if (entity == PLAN_NONE)
        return false;
    if (str_eq_nocase(key, STR("last_contact")))
        return task_day_valid(d->plan->entities->items[entity].last_contact);
    if (told_of_person(d, entity, n, key))
        return true;
    role = wiki_role(n);
    return role != NULL && str_eq(role->key, key);
}
