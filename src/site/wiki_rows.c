#include "base/unicode.h"
#include "html/escape.h"
#include "site/wiki.h"

/* Rows of `ul.log` and of lists of people. */

#define PEOPLE_SHOWN 6    /* of an event; the others are counted */
#define SUMMARY_SHOWN 200 /* bytes, about: it is cut at a word */

void wiki_summary(struct wiki *w, struct str text) {
    size_t end = text.len;

    if (end > SUMMARY_SHOWN) {
        end = SUMMARY_SHOWN;
        while (end > SUMMARY_SHOWN / 2 && text.p[end] != ' ')
            end--;
        if (text.p[end] != ' ')
            end = utf8_floor(text, SUMMARY_SHOWN);
    }
    html_escape(w->out, str_slice(text, 0, end));
    if (end < text.len)
        buf_add_lit(w->out, "…");
}

static void add_names(struct wiki *w, const uint32_t *entities, uint32_t n,
                      uint32_t *shown, uint32_t *left) {
    for (uint32_t i = 0; i < n; i++) {
        if (entities[i] == w->e->owner)
            continue;
        if (*shown == PEOPLE_SHOWN) {
            ++*left;
            continue;
        }
        if ((*shown)++ > 0)
            buf_add_lit(w->out, ", ");
        html_escape(w->out, w->e->items[entities[i]].name);
    }
}

static void add_left(struct wiki *w, uint32_t left) {
    if (left == 0)
        return;
    buf_add_ch(w->out, ' ');
    wiki_count(w, STRING_AND_MORE_ONE, left);
}

/* Through whom an event mentions an entity (§4.4): its subjects, else who took part. */
static void add_via(struct wiki *w, const struct event *v) {
    uint32_t shown = 0, left = 0;
    size_t start = w->out->len, before;

    wiki_text(w, STRING_VIA);
    buf_add_ch(w->out, ' ');
    before = w->out->len;
    add_names(w, v->subjects, v->nsubjects, &shown, &left);
    if (shown == 0)
        add_names(w, v->participants, v->nparticipants, &shown, &left);
    if (w->out->len == before)
        w->out->len = start;
    add_left(w, left);
}

static bool takes_part(const struct event *v, uint32_t entity) {
    for (uint32_t i = 0; i < v->nparticipants; i++)
        if (v->participants[i] == entity)
            return true;
    return false;
}

/* Who took part and whom it is about, each once. */
static void add_people(struct wiki *w, const struct event *v) {
    uint32_t shown = 0, left = 0, customers = 0;

    add_names(w, v->participants, v->nparticipants, &shown, &left);
    for (uint32_t i = 0; i < v->nsubjects; i++)
        if (wiki_is_kind(w, v->subjects[i], "person") &&
            !takes_part(v, v->subjects[i]))
            add_names(w, &v->subjects[i], 1, &shown, &left);
    add_left(w, left);
    for (uint32_t i = 0; i < v->nsubjects && customers < PEOPLE_SHOWN; i++) {
        if (wiki_is_kind(w, v->subjects[i], "person"))
            continue;
        if (shown > 0 || customers > 0)
            buf_add_str(w->out, customers > 0 ? STR(", ") : STR(" · "));
        customers++;
        html_escape(w->out, w->e->items[v->subjects[i]].name);
    }
}

static void add_transcript(struct wiki *w, const struct event *v) {
    wiki_link(w, v->source, w->plan->theme->strings.texts[STRING_TRANSCRIPT]);
}

static bool names_subjects(const struct wiki *w, const struct event *v) {
    for (uint32_t i = 0; i < v->nsubjects; i++)
        if (v->subjects[i] != w->e->owner)
            return true;
    return false;
}

/* `piece`, if it is not NULL, has the word that says through whom as its part;
 * `transcript`: with a link to it, if there is one. */
static void add_people_line(struct wiki *w, const struct event *v,
                            struct kept_piece *piece, bool transcript) {
    size_t start = w->out->len, before, names;

    buf_add_lit(w->out, "<p dir=\"auto\">");
    before = w->out->len;
    if (piece != NULL) {
        wiki_text(w, STRING_VIA);
        buf_add_ch(w->out, ' ');
        piece->part_begin = (uint32_t)before;
        piece->part_end = (uint32_t)w->out->len;
    }
    names = w->out->len;
    add_people(w, v);
    if (w->out->len == names) {
        w->out->len = before;
        if (piece != NULL)
            piece->part_begin = piece->part_end = (uint32_t)start;
    }
    if (transcript && v->source != ENTITY_NONE) {
        if (w->out->len > before)
            buf_add_lit(w->out, " · ");
        add_transcript(w, v);
    }
    if (w->out->len == before)
        w->out->len = start;
    else
        buf_add_lit(w->out, "</p>");
}

void wiki_draw_head(struct wiki *w, uint32_t file, struct kept_piece *piece) {
    const struct plan *p = w->plan;
    uint32_t event = plan_event_of(p, file);
    const struct plan_dates *dates = &p->dates[file];
    const struct plan_day *day =
        dates->date.iso.len > 0 ? &dates->date : &dates->changed;

    buf_add_lit(w->out, "<li>");
    piece->part_begin = (uint32_t)w->out->len;
    if (event != PLAN_NONE)
        wiki_day_cell(w, w->e->events[event].date);
    else
        wiki_note_day_cell(w, day);
    piece->part_end = (uint32_t)w->out->len;
    buf_add_lit(w->out, "<div><a class=\"t clamp\" href=\"");
    wiki_href(w, file);
    buf_add_lit(w->out, "\" dir=\"auto\">");
    html_escape(w->out, event != PLAN_NONE
                            ? w->e->events[event].listed
                            : draw_title_beside(p->linked->notes[file], day));
    buf_add_lit(w->out, "</a>");
}

/* Below the rest: through whom, which is the part, and the transcript, if asked for. */
static void add_line_below(struct wiki *w, const struct event *v,
                           struct kept_piece *piece, bool transcript) {
    bool source = transcript && v->source != ENTITY_NONE;
    size_t before;

    if (source)
        buf_add_lit(w->out, "<p class=\"n\">");
    piece->part_begin = (uint32_t)w->out->len;
    if (!source)
        buf_add_lit(w->out, "<p class=\"n\">");
    before = w->out->len;
    add_via(w, v);
    if (w->out->len == before)
        w->out->len = piece->part_begin;
    else
        buf_add_str(w->out, source ? STR(" · ") : STR("</p>"));
    piece->part_end = (uint32_t)w->out->len;
    if (source) {
        add_transcript(w, v);
        buf_add_lit(w->out, "</p>");
    }
}

void wiki_draw_event(struct wiki *w, const struct event *v,
                     struct kept_piece *piece) {
    bool summary = v->summary.len > 0;
    bool within = !summary && !names_subjects(w, v);

    wiki_draw_head(w, v->note, piece);
    if (summary) {
        buf_add_lit(w->out, "<p dir=\"auto\">");
        wiki_summary(w, v->summary);
        buf_add_lit(w->out, "</p>");
    } else { /* names all */
        add_people_line(w, v, within ? piece : NULL, true);
    }
    if (!within)
        add_line_below(w, v, piece, summary);
    buf_add_lit(w->out, "</div></li>\n");
}

void wiki_meeting_row(struct wiki *w, uint32_t event) {
    const struct event *v = &w->e->events[event];

    wiki_kept(w, &w->fill->kept->heads[v->note], true);
    add_people_line(w, v, NULL, false);
    buf_add_lit(w->out, "</div></li>\n");
}

void wiki_draw_decision(struct wiki *w, const struct decision *d,
                        struct kept_piece *piece) {
    buf_add_lit(w->out, "<li>");
    wiki_day_cell(w, d->date);
    buf_add_lit(w->out, "<div><p class=\"t\" dir=\"auto\">");
    html_escape(w->out, d->text);
    buf_add_lit(w->out, "</p>");
    piece->part_begin = (uint32_t)w->out->len;
    if (d->note != ENTITY_NONE) {
        buf_add_lit(w->out, "<p>");
        wiki_link(w, d->note, wiki_title(w, d->note));
        buf_add_lit(w->out, "</p>");
    }
    piece->part_end = (uint32_t)w->out->len;
    buf_add_lit(w->out, "</div></li>\n");
}

/* What it does, and for whom. */
static void add_role(struct wiki *w, uint32_t entity, bool for_whom) {
    uint32_t note = w->e->items[entity].note;
    uint32_t customer = for_whom ? wiki_customer(w, entity) : PLAN_NONE;
    const struct property *role =
        note == ENTITY_NONE ? NULL : wiki_role(w->plan->linked->notes[note]);

    if (role != NULL)
        wiki_summary(w, str_trim(role->value->as.text));
    if (role != NULL && customer != PLAN_NONE)
        buf_add_lit(w->out, ", ");
    if (customer != PLAN_NONE)
        html_escape(w->out, w->e->items[customer].name);
}

uint32_t wiki_minutes(const struct note *n) {
    return n->nturns > 0 ? n->turns[n->nturns - 1].seconds / 60 : 0;
}

bool wiki_length(struct wiki *w, uint32_t file) {
    const struct note *n = w->plan->linked->notes[file];

    if (n->nturns == 0 || w->e->speakers == NULL)
        return false;
    wiki_count(w, STRING_MINUTES_ONE, wiki_minutes(n));
    if (w->e->nspeakers[file] > 0) {
        buf_add_lit(w->out, ", ");
        wiki_count(w, STRING_SPEAKERS_ONE, w->e->nspeakers[file]);
    }
    return true;
}

void wiki_what(struct wiki *w, uint32_t file) {
    uint32_t event = plan_event_of(w->plan, file);

    if (event != PLAN_NONE &&
        str_eq(w->e->events[event].kind, STR("transcript")) &&
        wiki_length(w, file))
        return;
    if (event != PLAN_NONE)
        add_people(w, &w->e->events[event]);
    else if (w->e->entity_of[file] != ENTITY_NONE) /* a further note, too */
        add_role(w, w->e->entity_of[file], true);
}

static bool open_ent(struct wiki *w, uint32_t entity, bool for_whom) {
    size_t start, before;

    buf_add_lit(w->out, "<span class=\"ent\">");
    wiki_avatar(w, entity);
    buf_add_lit(w->out, "<span>");
    wiki_name(w, entity, true);
    start = w->out->len;
    buf_add_lit(w->out, "<small dir=\"auto\">");
    before = w->out->len;
    add_role(w, entity, for_whom);
    if (w->out->len == before)
        w->out->len = start;
    return w->out->len > start;
}

void wiki_draw_ent(struct wiki *w, uint32_t entity, struct kept_piece *piece) {
    bool role = open_ent(w, entity, false);

    piece->part_begin = (uint32_t)w->out->len;
    buf_add_str(w->out,
                role ? STR("</small></span></span>") : STR("</span></span>"));
}

void wiki_ent_for(struct wiki *w, uint32_t entity) {
    uint32_t note = w->e->items[entity].note;
    uint32_t customer = wiki_is_kind(w, entity, "person")
                            ? wiki_customer(w, entity)
                            : PLAN_NONE;
    bool role =
        note != ENTITY_NONE && wiki_role(w->plan->linked->notes[note]) != NULL;

    wiki_kept(w, &w->fill->kept->cells[entity], false);
    if (customer != PLAN_NONE) {
        buf_add_str(w->out, role ? STR("<span class=\"m\">, ")
                                 : STR("<small class=\"m\" dir=\"auto\">"));
        html_escape(w->out, w->e->items[customer].name);
        buf_add_str(w->out, role ? STR("</span>") : STR("</small>"));
    }
    buf_add_str(w->out,
                role ? STR("</small></span></span>") : STR("</span></span>"));
}

void wiki_entity_row(struct wiki *w, uint32_t entity) {
    buf_add_lit(w->out, "<li>");
    if (open_ent(w, entity, true))
        buf_add_lit(w->out, "</small>");
    buf_add_lit(w->out, "</span></span></li>\n");
}
