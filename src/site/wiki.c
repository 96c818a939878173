#include "site/wiki.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "html/escape.h"
#include "site/urls.h"

#define TINTS 6

struct wiki wiki_new(struct fill *f, struct buf *out) {
    return (struct wiki){f, f->plan, f->plan->entities, out, NULL};
}

static const struct strings *strings_of(const struct wiki *w) {
    return &w->plan->theme->strings;
}

void wiki_text(struct wiki *w, enum string_name name) {
    html_escape(w->out, strings_of(w)->texts[name]);
}

void wiki_number(struct wiki *w, uint64_t n) {
    strings_add_number(w->out, strings_of(w), n);
}

static bool is_plain(struct str text) {
    for (size_t i = 0; i < text.len; i++)
        switch (text.p[i]) {
        case '&':
        case '<':
        case '>':
        case '"':
        case '\'':
            return false;
        default:
            break;
        }
    return true;
}

/* Few texts of a language hold a sign that is escaped. */
void wiki_count(struct wiki *w, enum string_name one, uint64_t n) {
    size_t start = w->out->len;
    struct str text;

    strings_add_count(w->out, strings_of(w), one, n);
    text = str_skip(buf_str(w->out), start);
    if (is_plain(text))
        return;
    text = arena_str(w->fill->scratch, text);
    w->out->len = start;
    html_escape(w->out, text);
}

static void draw_day(struct wiki *w, task_day day) {
    struct civil_date date = civil_from_days(day);

    buf_add_lit(w->out, "<time datetime=\"");
    civil_add_date(w->out, date);
    buf_add_lit(w->out, "\">");
    strings_add_date(w->out, strings_of(w), date,
                     date.year == civil_from_days(w->e->today).year);
    buf_add_lit(w->out, "</time>");
}

/* There are far fewer days than places where one stands. */
void wiki_day(struct wiki *w, task_day day) {
    struct fill_day *kept = &w->fill->days[(uint32_t)day % FILL_DAYS];
    size_t start = w->out->len, len;

    if (!task_day_valid(day))
        return;
    if (kept->len > 0 && kept->day == day) {
        buf_add(w->out, kept->html, kept->len);
        return;
    }
    draw_day(w, day);
    len = w->out->len - start;
    if (len > sizeof kept->html)
        return;
    memcpy(kept->html, w->out->p + start, len);
    kept->len = (uint8_t)len;
    kept->day = day;
}

void wiki_day_cell(struct wiki *w, task_day day) {
    if (task_day_valid(day))
        wiki_day(w, day);
    else
        buf_add_lit(w->out, "<span></span>");
}

void wiki_note_day_cell(struct wiki *w, const struct plan_day *day) {
    if (day->iso.len == 0) {
        buf_add_lit(w->out, "<span></span>");
        return;
    }
    buf_add_lit(w->out, "<time datetime=\"");
    buf_add_str(w->out, day->iso);
    buf_add_lit(w->out, "\">");
    html_escape(w->out, day->text);
    buf_add_lit(w->out, "</time>");
}

/* The first letter or digit of `word` with its marks; "" for none. */
static struct str initial(struct str word) {
    uint32_t code;
    size_t begin = 0, end;

    while (begin < word.len) {
        size_t len = utf8_decode(word, begin, &code);
        enum unicode_class class = unicode_class(code);
        if (class == UNICODE_LETTER || class == UNICODE_NUMBER)
            break;
        begin += len;
    }
    if (begin == word.len)
        return STR("");
    end = begin + utf8_decode(word, begin, &code);
    while (end < word.len) {
        size_t len = utf8_decode(word, end, &code);
        if (unicode_class(code) != UNICODE_MARK)
            break;
        end += len;
    }
    return str_slice(word, begin, end);
}

struct str wiki_initials(struct arena *a, struct str name, bool person) {
    struct str first = STR(""), last = STR(""), both;
    char *p;

    for (struct str rest = str_trim(name); rest.len > 0;
         rest = str_trim(str_after(rest, ' '))) {
        struct str letter = initial(str_until(rest, ' '));
        if (letter.len == 0)
            continue;
        if (first.len == 0)
            first = letter;
        else
            last = letter;
    }
    if (!person || last.len == 0)
        return first;
    p = arena_alloc(a, first.len + last.len, 1);
    memcpy(p, first.p, first.len);
    memcpy(p + first.len, last.p, last.len);
    both = str_make(p, first.len + last.len);
    return both;
}

unsigned wiki_tint(struct str name) {
    return 1 + (unsigned)(hash_bytes(name) % TINTS);
}

void wiki_avatar(struct wiki *w, uint32_t entity) {
    struct str name = w->e->items[entity].name;
    bool person = wiki_is_kind(w, entity, "person");

    buf_add_str(w->out, person ? STR("<span class=\"av hue")
                               : STR("<span class=\"av sq hue"));
    buf_add_u64(w->out, wiki_tint(name));
    buf_add_lit(w->out, "\" aria-hidden=\"true\">");
    html_escape(w->out, wiki_initials(w->fill->scratch, name, person));
    buf_add_lit(w->out, "</span>");
}

void wiki_href(struct wiki *w, uint32_t file) {
    if (w->links != NULL)
        vec_push(&w->links->items,
                 ((struct kept_link){(uint32_t)w->out->len, file}));
    else
        fill_address(w->fill, w->plan->hrefs[file], w->out);
}

struct copy {
    const struct kept_piece *piece;
    uint32_t at, link; /* what comes next */
};

static void copy_until(struct wiki *w, struct copy *c, uint32_t end) {
    const struct kept_piece *piece = c->piece;

    for (; c->link < piece->nlinks && piece->links[c->link].at <= end;
         c->link++) {
        const struct kept_link *l = &piece->links[c->link];
        buf_add(w->out, piece->html.p + c->at, l->at - c->at);
        c->at = l->at;
        wiki_href(w, l->file);
    }
    buf_add(w->out, piece->html.p + c->at, end - c->at);
    c->at = end;
}

void wiki_kept(struct wiki *w, const struct kept_piece *piece, bool part) {
    struct copy c = {.piece = piece};

    if (!part) {
        copy_until(w, &c, piece->part_begin);
        c.at = piece->part_end;
        while (c.link < piece->nlinks && piece->links[c.link].at <= c.at)
            c.link++;
    }
    copy_until(w, &c, (uint32_t)piece->html.len);
}

void wiki_link(struct wiki *w, uint32_t file, struct str text) {
    buf_add_lit(w->out, "<a href=\"");
    wiki_href(w, file);
    buf_add_lit(w->out, "\" dir=\"auto\">");
    html_escape(w->out, text);
    buf_add_lit(w->out, "</a>");
}

static void open_name(struct wiki *w, uint32_t entity, const char *class) {
    uint32_t note = w->e->items[entity].note;

    if (note == ENTITY_NONE) {
        buf_printf(w->out, "<span class=\"%s is-unresolved\" title=\"", class);
        wiki_text(w, STRING_NO_PAGE);
        buf_add_lit(w->out, "\" dir=\"auto\">");
        return;
    }
    buf_add_lit(w->out, "<a class=\"");
    buf_add_str(w->out, str_from(class));
    buf_add_lit(w->out, "\" href=\"");
    wiki_href(w, note);
    buf_add_lit(w->out, "\" dir=\"auto\">");
}

static void close_name(struct wiki *w, uint32_t entity) {
    html_escape(w->out, w->e->items[entity].name);
    buf_add_str(w->out, w->e->items[entity].note == ENTITY_NONE ? STR("</span>")
                                                                : STR("</a>"));
}

void wiki_who(struct wiki *w, uint32_t entity) {
    wiki_kept(w, &w->fill->kept->who[entity], true);
}

void wiki_draw_who(struct wiki *w, uint32_t entity) {
    open_name(w, entity, "who");
    if (w->e->items[entity].note != ENTITY_NONE)
        wiki_avatar(w, entity);
    close_name(w, entity);
}

void wiki_name(struct wiki *w, uint32_t entity, bool plain) {
    open_name(w, entity, plain ? "plain" : "internal-link");
    close_name(w, entity);
}

bool wiki_is_kind(const struct wiki *w, uint32_t entity, const char *kind) {
    return str_eq(w->e->kinds[w->e->items[entity].kind].name, str_from(kind));
}

struct str wiki_title(const struct wiki *w, uint32_t file) {
    uint32_t event = plan_event_of(w->plan, file);

    return event == PLAN_NONE ? w->plan->linked->notes[file]->title
                              : w->e->events[event].listed;
}

uint32_t wiki_customer(const struct wiki *w, uint32_t entity) {
    const struct entity *e = &w->e->items[entity];

    for (uint32_t i = 0; i < e->nrelations; i++)
        if (wiki_is_kind(w, e->relations[i], "customer"))
            return e->relations[i];
    for (uint32_t i = 0; i < e->nrelated; i++)
        if (wiki_is_kind(w, e->related[i].entity, "customer"))
            return e->related[i].entity;
    return PLAN_NONE;
}

const struct property *wiki_role(const struct note *n) {
    static const struct str keys[] = {STR_INIT("role"), STR_INIT("position"),
                                      STR_INIT("job_title"), STR_INIT("job"),
                                      STR_INIT("description")};

    for (size_t k = 0; k < ARRAY_LEN(keys); k++)
        for (size_t i = 0; i < n->front.nproperties; i++) {
            const struct property *p = &n->front.properties[i];
            if (str_eq_nocase(p->key, keys[k]) &&
                p->value->kind == VALUE_TEXT &&
                str_trim(p->value->as.text).len > 0 &&
                str_find_str(p->value->as.text, STR("[["), 0) == STR_NONE)
                return p;
        }
    return NULL;
}

struct str wiki_property(const struct note *n, struct str key) {
    for (size_t i = 0; i < n->front.nproperties; i++) {
        const struct property *p = &n->front.properties[i];
        if (str_eq_nocase(p->key, key) && p->value->kind == VALUE_TEXT)
            return str_trim(p->value->as.text);
    }
    return STR("");
}
