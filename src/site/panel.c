#include "site/panel.h"

#include "base/civil.h"
#include "base/json.h"
#include "html/escape.h"
#include "note/property.h"
#include "site/wiki.h"
#include "value/number.h"
#include "value/print.h"

/* Properties of a note (spec/markdown.md §1.4, §1.5): values are text, never
 * Markdown; a value that is a link as a whole leads there. */

#define PANEL_SHOWN 8 /* the rest is folded */
#define PANEL_WIDE 60 /* characters of text from which a value has the line */

static const struct str hidden[] = {
    STR_INIT("title"),   STR_INIT("type"),      STR_INIT("cssclasses"),
    STR_INIT("publish"), STR_INIT("permalink"), STR_INIT("tags"),
};

bool panel_hides(struct str key) {
    for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
        if (str_eq_nocase(key, hidden[i]))
            return true;
    return false;
}

static bool is_empty(const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_TEXT:
        return str_trim(v->as.text).len == 0;
    case VALUE_LIST:
        for (size_t i = 0; i < v->as.list.len; i++)
            if (!is_empty(v->as.list.items[i]))
                return false;
        return true;
    default:
        return false;
    }
}

/* A property's links stand in the order of the note's list of links. */
struct shown {
    struct draw *draw;
    const struct note *note;
    uint32_t property;
    uint32_t first, link, end; /* links of properties; the next to be met */
};

static void find_links(struct shown *p) {
    const struct note *n = p->note;

    while (p->first < n->nlinks && n->links[p->first].kind != LINK_PROPERTY)
        p->first++;
    p->link = p->end = p->first;
    while (p->end < n->nlinks && n->links[p->end].kind == LINK_PROPERTY)
        p->end++;
}

/* The link that `text` is as a whole, or NULL. */
static const struct link *whole_link(struct shown *p, struct str text) {
    const struct settings *settings = p->draw->plan->linked->vault->settings;
    struct property_link link;
    struct str typed;

    text = str_trim(text);
    if (text.len >= 4 && str_starts(text, STR("[[")) &&
        str_ends(text, STR("]]")))
        typed = str_trim(str_until(str_slice(text, 2, text.len - 2), '|'));
    else if (property_link(p->draw->scratch, text, settings->vault_name, &link))
        typed = link.dest;
    else
        return NULL;
    for (uint32_t i = p->link; i < p->end; i++) {
        const struct link *l = &p->note->links[i];
        if (l->property > p->property)
            return NULL;
        if (l->property == p->property && l->whole && str_eq(l->typed, typed)) {
            p->link = i + 1;
            return l;
        }
    }
    return NULL;
}

#define DAY_LEN 10    /* of `2025-11-18` */
#define MINUTE_LEN 16 /* of `2025-11-18T09:30` */
#define SECOND_LEN 19

/* Whether a day is followed by a time of it: hours and minutes, perhaps seconds,
 * after these a fraction and `Z` or an offset. No second 60: HTML has none. */
static bool is_moment(struct str text) {
    struct civil_instant instant;
    struct buf whole = {0};
    bool ok;

    if (text.len < MINUTE_LEN ||
        (text.len > MINUTE_LEN && text.len < SECOND_LEN) ||
        (text.p[DAY_LEN] != 'T' && text.p[DAY_LEN] != ' '))
        return false;
    buf_add_str(&whole, text);
    if (text.len == MINUTE_LEN)
        buf_add_lit(&whole, ":00");
    else if (str_eq(str_slice(text, SECOND_LEN - 2, SECOND_LEN), STR("60")))
        buf_reset(&whole);
    ok = civil_parse_today(buf_str(&whole), &instant);
    buf_add_ch(&whole, 'Z');
    ok = ok || civil_parse_today(buf_str(&whole), &instant);
    buf_release(&whole);
    return ok;
}

/* A moment as HTML has it, which limits the digits of a fraction. */
static void add_moment(struct buf *out, struct str text) {
    struct str rest = str_skip(text, SECOND_LEN);

    buf_add_str(out, str_slice(text, 0, SECOND_LEN));
    while (rest.len > 0 &&
           (rest.p[0] == '.' || ascii_digit((unsigned char)rest.p[0])))
        rest = str_skip(rest, 1);
    buf_add_str(out, str_eq(rest, STR("z")) ? STR("Z") : rest);
}

/* Begins a link to the daily note of `day`, if the vault has one of that name and this
 * is another: a way there, which is no mention (spec/markdown.md §1.4). */
static bool open_day(struct shown *p, struct str day, struct buf *out) {
    const struct linked *linked = p->draw->plan->linked;
    struct target t =
        linked_resolve(linked, p->note->index, day, STR(""), p->draw->scratch);

    if (t.outcome != LINK_NOTE || t.file == p->note->index ||
        !str_eq(linked->notes[t.file]->role.kind, STR("daily")))
        return false;
    buf_add_lit(out, "<a class=\"internal-link\" data-href=\"");
    html_escape(out, day);
    buf_add_lit(out, "\" href=\"");
    fill_href(p->draw->fill, &t, STR(""), out);
    buf_add_lit(out, "\">");
    return true;
}

/* `2025-11-18`, `2025-11-18T09:30`, with seconds and more */
static bool add_date(struct shown *p, struct str text, struct buf *out) {
    struct civil_date date;
    bool leads;

    if (text.len < DAY_LEN ||
        !civil_parse_date(str_slice(text, 0, DAY_LEN), &date) ||
        date.year < 1 || (text.len > DAY_LEN && !is_moment(text)))
        return false;
    leads = open_day(p, str_slice(text, 0, DAY_LEN), out);
    buf_add_lit(out, "<time datetime=\"");
    add_moment(out, text);
    buf_add_lit(out, "\">");
    strings_add_date(out, &p->draw->plan->theme->strings, date, false);
    if (text.len > DAY_LEN) {
        buf_add_ch(out, ' ');
        buf_add_str(out, str_slice(text, DAY_LEN + 1, MINUTE_LEN));
    }
    buf_add_lit(out, "</time>");
    if (leads)
        buf_add_lit(out, "</a>");
    return true;
}

static bool is_web_address(struct str s) {
    if (!str_starts_nocase(s, STR("https://")) &&
        !str_starts_nocase(s, STR("http://")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (ascii_space((unsigned char)s.p[i]))
            return false;
    return url_classify(s, false) == URL_EXTERNAL;
}

static void add_external(struct str url, struct str text, struct buf *out) {
    buf_add_lit(out, "<a class=\"external-link\" rel=\"noopener nofollow\" "
                     "target=\"_blank\" href=\"");
    html_escape_url(out, url);
    buf_add_lit(out, "\">");
    html_escape(out, text);
    buf_add_lit(out, "</a>");
}

/* A link as the text is one as a whole; to a person with initials
 * (theme/design.md §3). */
static void add_link(struct shown *p, const struct link *l, struct buf *out) {
    const struct plan *plan = p->draw->plan;
    const struct target *t =
        &plan->linked->targets[p->note->index][l - p->note->links];
    struct wiki w = wiki_new(p->draw->fill, out);
    uint32_t entity =
        t->outcome == LINK_NOTE ? plan_entity_of(plan, t->file) : PLAN_NONE;
    bool person = entity != PLAN_NONE && wiki_is_kind(&w, entity, "person");

    if (person) {
        buf_add_lit(out, "<span class=\"who\">");
        wiki_avatar(&w, entity);
    }
    fill_text_link(p->draw->fill, l, t, STR(""), out);
    if (person)
        buf_add_lit(out, "</span>");
}

/* The entity with a page that a property of an entity's note names as its relation
 * (spec/entities.md §2.3, §4.6), by the name that is shown everywhere; or PLAN_NONE. */
static uint32_t named(const struct shown *p, struct str name) {
    static const struct str keys[] = {
        STR_INIT("person"),   STR_INIT("people"),  STR_INIT("account"),
        STR_INIT("customer"), STR_INIT("company"), STR_INIT("client"),
        STR_INIT("project"),  STR_INIT("projects")};
    const struct plan *plan = p->draw->plan;
    uint32_t entity = plan_entity_of(plan, p->note->index);
    struct str key = p->note->front.properties[p->property].key;
    const struct entity *of;
    bool fits = false;

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        fits |= str_eq_nocase(key, keys[i]);
    if (!fits || entity == PLAN_NONE)
        return PLAN_NONE;
    of = &plan->entities->items[entity];
    for (uint32_t i = 0; i < of->nrelations; i++) {
        const struct entity *other = &plan->entities->items[of->relations[i]];
        if (other->note != ENTITY_NONE && str_eq(other->name, name))
            return of->relations[i];
    }
    return PLAN_NONE;
}

static void add_named(struct shown *p, uint32_t entity, struct buf *out) {
    struct wiki w = wiki_new(p->draw->fill, out);

    if (wiki_is_kind(&w, entity, "person"))
        wiki_who(&w, entity);
    else
        wiki_name(&w, entity, false);
}

static void add_text(struct shown *p, struct str text, struct buf *out) {
    const struct link *l = whole_link(p, text);
    struct str trimmed = str_trim(text), label, dest;
    uint32_t entity;

    if (l) {
        add_link(p, l, out);
    } else if (is_web_address(trimmed)) {
        add_external(trimmed, trimmed, out);
    } else if (property_markdown_link(trimmed, &label, &dest) &&
               url_classify(dest, false) == URL_EXTERNAL) {
        add_external(dest, label, out);
    } else if ((entity = named(p, trimmed)) != PLAN_NONE) {
        add_named(p, entity, out);
    } else if (!add_date(p, trimmed, out)) {
        html_escape(out, trimmed);
    }
}

/* The path of another machine is its owner's matter. */
struct str panel_public_part(struct str key, struct str text) {
    struct str path = str_trim(text);
    bool absolute = str_starts(path, STR("/")) || str_starts(path, STR("\\")) ||
                    str_starts(path, STR("~")) ||
                    str_starts_nocase(path, STR("file:")) ||
                    (path.len > 2 && path.p[1] == ':' &&
                     (path.p[2] == '\\' || path.p[2] == '/'));

    if (!absolute || !str_eq_nocase(key, STR("source_ref")))
        return text;
    for (size_t i = path.len; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\')
            return str_skip(path, i);
    return path;
}

/* One value that is no list; `source` as it is written, or "". */
static void add_value(struct shown *p, const struct value *v, struct str source,
                      struct buf *out) {
    struct buf json = {0};

    switch (v->kind) {
    case VALUE_BOOL:
        buf_add_str(
            out, draw_string(p->draw, v->as.boolean ? STRING_YES : STRING_NO));
        break;
    case VALUE_NUMBER:
        if (source.len > 0) /* all its digits */
            html_escape(out, source);
        else
            number_add(out, v->as.number);
        break;
    case VALUE_TEXT:
        add_text(p,
                 panel_public_part(p->note->front.properties[p->property].key,
                                   v->as.text),
                 out);
        break;
    default:
        value_add_json(&json, v);
        buf_add_lit(out, "<code>");
        html_escape(out, buf_str(&json));
        buf_add_lit(out, "</code>");
        buf_release(&json);
        break;
    }
}

static void add_property(struct shown *p, const struct property *property,
                         struct buf *out) {
    const struct value *v = property->value;
    bool first = true;

    if (v->kind != VALUE_LIST) {
        add_value(p, v, property->source, out);
        return;
    }
    for (size_t i = 0; i < v->as.list.len; i++) {
        if (is_empty(v->as.list.items[i]))
            continue;
        if (!first)
            buf_add_lit(out, ", ");
        first = false;
        add_value(p, v->as.list.items[i], STR(""), out);
    }
}

struct str draw_label(struct draw *d, struct str key) {
    buf_reset(d->text);
    for (size_t i = 0; i < key.len; i++)
        buf_add_ch(d->text, key.p[i] == '_' ? ' ' : key.p[i]);
    if (key.len > 0 && key.p[0] >= 'a' && key.p[0] <= 'z')
        d->text->p[0] = (char)(key.p[0] - 'a' + 'A');
    return draw_keep(d);
}

static bool is_wide(const struct value *v) {
    return v->kind == VALUE_OBJECT ||
           (v->kind == VALUE_LIST && v->as.list.len > 6) ||
           (v->kind == VALUE_TEXT && v->as.text.len > PANEL_WIDE);
}

static void draw_tags_of(struct draw *d, const struct note *n) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, n->front.ntags, SLOTS_LINK);
    size_t ntags = 0;

    for (size_t i = 0; i < n->front.ntags; i++) {
        struct str name = n->front.tags[i];
        uint32_t tag = plan_tag_named(p, name, d->scratch);
        if (tag == UINT32_MAX) /* a template note's: no page lists it */
            continue;
        buf_reset(d->text);
        buf_add_ch(d->text, '#');
        buf_add_str(d->text, name);
        draw_link(d, links + ntags++ * SLOTS_LINK,
                  p->pages[p->tags[tag].page].href, draw_keep(d), "tag");
    }
    d->values[SLOT_TAGS] = template_list(links, ntags);
    if (ntags > 0)
        d->values[SLOT_HAS_PROPERTIES] = template_flag(true);
}

void draw_properties(struct draw *d, const struct note *n) {
    size_t total = n->front.nproperties, shown = 0;
    struct template_value *frames = draw_frames(d, total, SLOTS_PROPERTY);
    struct shown panel = {.draw = d, .note = n};

    find_links(&panel);
    for (size_t i = 0; i < total; i++) {
        const struct property *p = &n->front.properties[i];
        if (panel_hides(p->key) || is_empty(p->value) ||
            draw_is_told(d, n, p->key))
            continue;
        struct template_value *frame = frames + shown++ * SLOTS_PROPERTY;
        frame[SLOT_PROPERTY_KEY] = template_text(p->key);
        frame[SLOT_PROPERTY_LABEL] = template_text(draw_label(d, p->key));
        frame[SLOT_PROPERTY_WIDE] = template_flag(is_wide(p->value));
        panel.property = (uint32_t)i;
        buf_reset(d->text);
        add_property(&panel, p, d->text);
        frame[SLOT_PROPERTY_VALUE] = template_html(draw_keep(d));
    }
    size_t rest = shown > PANEL_SHOWN ? shown - PANEL_SHOWN : 0;
    d->values[SLOT_PROPERTIES] = template_list(frames, shown - rest);
    if (shown > 0)
        d->values[SLOT_HAS_PROPERTIES] = template_flag(true);
    if (rest > 0) {
        d->values[SLOT_PROPERTIES_REST] =
            template_list(frames + PANEL_SHOWN * SLOTS_PROPERTY, rest);
        d->values[SLOT_PROPERTIES_MORE] =
            template_text(draw_count(d, STRING_MORE_ONE, rest));
    }
    draw_tags_of(d, n);
}
