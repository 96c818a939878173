#include "base/unicode.h"
#include "html/escape.h"
#include "site/explorer.h"
#include "site/wiki.h"
#include "site/urls.h"

/* Folders and tags above a page that are shown; a path may have thousands. */
#define CRUMBS_MAX 8

struct str draw_keep(struct draw *d) {
    return arena_str(d->scratch, buf_str(d->text));
}

struct template_value *draw_frames(struct draw *d, size_t n, size_t slots) {
    return arena_array(d->scratch, struct template_value, n * slots);
}

struct str draw_number(struct draw *d, uint64_t n) {
    buf_reset(d->text);
    strings_add_number(d->text, &d->plan->theme->strings, n);
    return draw_keep(d);
}

struct str draw_count(struct draw *d, enum string_name one, uint64_t n) {
    buf_reset(d->text);
    strings_add_count(d->text, &d->plan->theme->strings, one, n);
    return draw_keep(d);
}

struct str draw_string(const struct draw *d, enum string_name name) {
    return d->plan->theme->strings.texts[name];
}

#define POLICY(images)                                                         \
    STR("default-src 'none'; script-src 'self'; "                              \
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:" images        \
        "; media-src 'self'; object-src 'self'; frame-src 'self'; "            \
        "base-uri 'none'; form-action 'none'")

struct str draw_policy(const struct draw *d) {
    return d->external_images ? POLICY(" https:") : POLICY("");
}

static const struct settings *settings_of(const struct draw *d) {
    return d->plan->linked->vault->settings;
}

/* A server gives the 404 page at any depth, so it needs the whole address. */
static struct str root_of(struct draw *d) {
    struct str base = settings_of(d)->base_url;

    if (d->page->kind == PAGE_MISSING && d->page->part == PAGE_MAIN &&
        base.len > 0)
        return base;
    buf_reset(d->text);
    for (size_t i = 0; i < d->page->path.len; i++)
        if (d->page->path.p[i] == '/')
            buf_add_lit(d->text, "../");
    return draw_keep(d);
}

static struct str title_of(struct draw *d) {
    const struct plan *p = d->plan;
    const struct page *pg = d->page;

    if (pg->kind == PAGE_INDEX || pg->kind == PAGE_TASKS)
        return p->indexes[pg->of].label;
    if (pg->note != PLAN_NONE && plan_event_of(p, pg->note) != PLAN_NONE)
        return p->entities->events[plan_event_of(p, pg->note)].listed;
    if (pg->note != PLAN_NONE)
        return p->linked->notes[pg->note]->title;
    switch (pg->kind) {
    case PAGE_FOLDER:
        return pg->of == 0 ? draw_string(d, STRING_FOLDERS)
                           : p->folders[pg->of].name;
    case PAGE_TAG:
        buf_reset(d->text);
        buf_add_ch(d->text, '#');
        buf_add_str(d->text, p->linked->tags[pg->of].name);
        return draw_keep(d);
    case PAGE_TAGS:
        return draw_string(d, STRING_TAGS);
    case PAGE_ALL:
        return draw_string(d, STRING_ALL_NOTES);
    case PAGE_GRAPH:
        return draw_string(d, STRING_GRAPH);
    case PAGE_MISSING:
        return draw_string(d, STRING_MISSING_TITLE);
    case PAGE_HOME:
    case PAGE_NOTE:
    case PAGE_ENTITY:
    case PAGE_EVENT:
    case PAGE_INDEX:
    case PAGE_TASKS:
    case PAGE_KINDS:
        break;
    }
    return p->site_title;
}

static struct str head_title(struct draw *d, struct str title) {
    buf_reset(d->text);
    buf_add_str(d->text, title);
    if (d->page->number > 1) {
        buf_add_lit(d->text, " (");
        buf_add_u64(d->text, d->page->number);
        buf_add_ch(d->text, ')');
    }
    if (!str_eq(title, d->plan->site_title)) {
        buf_add_lit(d->text, " · ");
        buf_add_str(d->text, d->plan->site_title);
    }
    return draw_keep(d);
}

static bool is_noindex(const struct draw *d) {
    return settings_of(d)->noindex || !plan_indexed(d->plan, d->page);
}

static void draw_assets(struct draw *d) {
    const struct str *hrefs = d->plan->asset_hrefs;
    struct template_value *v = d->values;
    size_t nsnippets = d->plan->nsnippets;
    struct template_value *snippet = draw_frames(d, nsnippets, 1);
    struct template_value *script = draw_frames(d, 1, 1);

    for (size_t i = 0; i < nsnippets; i++)
        snippet[i] = template_text(d->plan->snippets[i]);
    v[SLOT_STYLE] = template_text(hrefs[ASSET_STYLE]);
    v[SLOT_PRINT_STYLE] = template_text(hrefs[ASSET_PRINT_STYLE]);
    v[SLOT_SNIPPETS] = template_list(snippet, nsnippets);
    v[SLOT_EARLY_SCRIPT] = template_text(hrefs[ASSET_EARLY_SCRIPT]);
    v[SLOT_ICON] = template_text(hrefs[ASSET_ICON]);
    v[SLOT_SEARCH] = template_text(d->plan->pages[d->plan->all_page].href);
    v[SLOT_SEARCH_SCRIPT] = template_text(hrefs[ASSET_SEARCH_SCRIPT]);
    v[SLOT_PREVIEWS_SCRIPT] = template_text(hrefs[ASSET_PREVIEWS_SCRIPT]);
    v[SLOT_EXPLORER_SCRIPT] = template_text(hrefs[ASSET_EXPLORER_SCRIPT]);
    v[SLOT_SEARCH_STYLE] = template_text(hrefs[ASSET_SEARCH_STYLE]);
    if (hrefs[ASSET_SCRIPT].len > 0) {
        script[0] = template_text(hrefs[ASSET_SCRIPT]);
        v[SLOT_SCRIPTS] = template_list(script, 1);
    }
}

/* What the page has use for; an href is "" where it is not installed. */
static void draw_extras(struct draw *d) {
    const struct str *hrefs = d->plan->asset_hrefs;
    struct template_value *scripts = draw_frames(d, EXTRAS, 1);
    struct template_value *styles = draw_frames(d, EXTRAS, 1);
    size_t nscripts = 0, nstyles = 0;

    for (unsigned i = 0; i < EXTRAS; i++) {
        if (!(d->extras & extra_bit((enum extra)i)))
            continue;
        if (hrefs[ASSET_EXTRA_SCRIPT + i].len > 0)
            scripts[nscripts++] = template_text(hrefs[ASSET_EXTRA_SCRIPT + i]);
        if (hrefs[ASSET_EXTRA_STYLE + i].len > 0)
            styles[nstyles++] = template_text(hrefs[ASSET_EXTRA_STYLE + i]);
    }
    if (nscripts == 0)
        return;
    d->values[SLOT_EXTRA_STYLES] = template_list(styles, nstyles);
    d->values[SLOT_EXTRA_SCRIPTS] = template_list(scripts, nscripts);
    d->values[SLOT_EXTRAS_SCRIPT] = template_text(hrefs[ASSET_EXTRAS_SCRIPT]);
}

static void draw_document(struct draw *d, struct str title) {
    const struct plan *p = d->plan;
    struct template_value *v = d->values;

    v[SLOT_LANG] = template_text(p->theme->language);
    v[SLOT_DIR] = template_text(strings_direction(p->theme->language));
    v[SLOT_ROOT] = template_text(root_of(d));
    v[SLOT_CSP] = template_text(draw_policy(d));
    v[SLOT_NOINDEX] = template_flag(is_noindex(d));
    if (settings_of(d)->base_url.len > 0 && d->page->kind != PAGE_MISSING) {
        buf_reset(d->text);
        buf_add_str(d->text, settings_of(d)->base_url);
        buf_add_str(d->text, d->page->href);
        v[SLOT_CANONICAL] = template_text(draw_keep(d));
    }
    draw_assets(d);
    draw_extras(d);
    if (p->has_feed)
        v[SLOT_FEED] = template_text(STR("feed.xml"));
    v[SLOT_HEAD_TITLE] = template_text(head_title(d, title));
    v[SLOT_KIND] = template_text(page_kind_names[d->page->kind]);
    v[SLOT_TITLE] = template_text(title);
    v[SLOT_LONG_TITLE] =
        template_flag(title.len > 70 && utf8_count(title) > 70);
}

uint32_t draw_index_above(const struct draw *d) {
    const struct plan *p = d->plan;
    const struct page *pg = d->page;
    uint32_t entity, event;

    if (pg->kind == PAGE_INDEX)
        return pg->of;
    if (pg->kind == PAGE_TASKS)
        return p->tasks;
    if (pg->note == PLAN_NONE)
        return PLAN_NONE;
    entity = plan_entity_of(p, pg->note);
    event = plan_event_of(p, pg->note);
    if (event != PLAN_NONE)
        return str_eq(p->entities->events[event].kind, STR("transcript"))
                   ? p->transcripts
                   : p->meetings;
    return entity == PLAN_NONE ? PLAN_NONE : p->entities->items[entity].kind;
}

static void draw_frame(struct draw *d) {
    const struct plan *p = d->plan;
    struct template_value *v = d->values;
    uint32_t branch = explorer_branch_of(p->explorer, d->page);

    if (branch != PLAN_NONE) {
        buf_reset(d->text);
        buf_add_u64(d->text, branch);
        v[SLOT_BRANCH] = template_text(draw_keep(d));
    }
    v[SLOT_SITE_TITLE] = template_text(p->site_title);
    v[SLOT_HOME] = template_text(p->pages[0].href);
    draw_navigation(d);
    v[SLOT_NOTE_COUNT] = template_text(p->note_count);
}

/* The folder and those above it; the root is the home page, and no crumb. */
static void draw_folder_crumbs(struct draw *d, uint32_t folder) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, CRUMBS_MAX, SLOTS_LINK);
    size_t at = CRUMBS_MAX;

    for (; folder != 0 && folder != PLAN_NONE && at > 0;
         folder = p->folders[folder].parent) {
        const struct plan_folder *f = &p->folders[folder];
        draw_link(d, links + --at * SLOTS_LINK,
                  f->page == PLAN_NONE ? STR("") : p->pages[f->page].href,
                  f->name, "folder");
    }
    d->values[SLOT_CRUMBS] =
        template_list(links + at * SLOTS_LINK, CRUMBS_MAX - at);
}

static void draw_month_crumb(struct draw *d, const struct plan_index *index,
                             uint32_t row, struct template_value *frame) {
    const struct plan_group *group = draw_group_at(index, row);
    struct str id, title;

    id = draw_group_id(d, index, group->of);
    title = draw_group_title(d, index, group->of);
    buf_reset(d->text);
    buf_add_str(
        d->text,
        d->plan->pages[index->page + group->begin / index->per_page].href);
    buf_add_ch(d->text, '#');
    buf_add_str(d->text, id);
    draw_link(d, frame, draw_keep(d), title, "");
}

/* The index, then the customer of a person, or the month of a meeting. */
static void draw_index_crumbs(struct draw *d, const struct plan_index *index) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, 2, SLOTS_LINK);
    size_t n = 0;
    uint32_t entity = plan_entity_of(p, d->page->note);
    uint32_t event = plan_event_of(p, d->page->note);

    draw_link(d, links + n++ * SLOTS_LINK, p->pages[index->page].href,
              index->label, index->icon);
    if (event == PLAN_NONE && str_eq(index->kind, STR("person"))) {
        struct wiki w = wiki_new(d->fill, d->text);
        uint32_t customer = wiki_customer(&w, entity);
        if (customer != PLAN_NONE && w.e->items[customer].note != ENTITY_NONE)
            draw_link(d, links + n++ * SLOTS_LINK,
                      p->hrefs[w.e->items[customer].note],
                      w.e->items[customer].name, "customer");
    } else if (event != PLAN_NONE && index->sort == INDEX_MEETINGS) {
        draw_month_crumb(d, index, p->event_row[event],
                         links + n++ * SLOTS_LINK);
    }
    d->values[SLOT_CRUMBS] = template_list(links, n);
}

static void draw_tag_crumbs(struct draw *d, uint32_t tag) {
    const struct plan *p = d->plan;
    struct template_value *links = draw_frames(d, CRUMBS_MAX, SLOTS_LINK);
    size_t at = CRUMBS_MAX;

    for (tag = p->linked->tags[tag].parent; tag != UINT32_MAX && at > 1;
         tag = p->linked->tags[tag].parent)
        draw_link(d, links + --at * SLOTS_LINK,
                  p->pages[p->tags[tag].page].href,
                  draw_tag_title(d, &p->linked->tags[tag]), "tag");
    draw_link(d, links + --at * SLOTS_LINK, p->pages[p->tags_page].href,
              draw_string(d, STRING_TAGS), "tag");
    d->values[SLOT_CRUMBS] =
        template_list(links + at * SLOTS_LINK, CRUMBS_MAX - at);
}

/* There a plus is a blank. */
static void add_query_value(struct buf *out, struct str text) {
    for (; text.len > 0; text = str_after(text, '+')) {
        struct str part = str_until(text, '+');
        html_encode_path(out, part);
        if (part.len < text.len)
            buf_add_lit(out, "%2B");
    }
}

/* Where the note is edited: `{path}` is its percent-encoded vault path. */
static void draw_edit(struct draw *d, const struct note *n) {
    struct str rest = settings_of(d)->edit_url;
    static const struct str mark = STR_INIT("{path}");

    if (rest.len == 0)
        return;
    buf_reset(d->text);
    for (size_t at; (at = str_find_str(rest, mark, 0)) != STR_NONE;) {
        buf_add_str(d->text, str_slice(rest, 0, at));
        if (str_find(buf_str(d->text), '?') != STR_NONE)
            add_query_value(d->text, n->file->path);
        else
            html_encode_path(d->text, n->file->path);
        rest = str_skip(rest, at + mark.len);
    }
    buf_add_str(d->text, rest);
    d->values[SLOT_EDIT] = template_text(draw_keep(d));
}

static void draw_classes(struct draw *d, const struct note *n) {
    if (n->front.ncssclasses == 0)
        return;
    buf_reset(d->text);
    for (size_t i = 0; i < n->front.ncssclasses; i++) {
        if (i > 0)
            buf_add_ch(d->text, ' ');
        buf_add_str(d->text, n->front.cssclasses[i]);
    }
    d->values[SLOT_CSSCLASSES] = template_text(draw_keep(d));
}

static void draw_note(struct draw *d) {
    const struct note *n = d->plan->linked->notes[d->page->note];
    struct template_value *v = d->values;

    v[SLOT_DESCRIPTION] = template_text(n->front.description);
    draw_card(d, n);
    if (n->form != NOTE_RENDERED) {
        buf_reset(d->text);
        html_escape(d->text,
                    draw_string(d, n->form == NOTE_PLAIN ? STRING_NOTICE_PLAIN
                                                         : STRING_NOTICE_ONLY));
        v[SLOT_SUMMARY] = template_html(draw_keep(d));
    }
    if (n->first_is_title)
        v[SLOT_TITLE_ID] = template_text(n->headings[0].id);
    if (plan_entity_of(d->plan, n->index) != PLAN_NONE)
        draw_entity_head(d, plan_entity_of(d->plan, n->index));
    else if (plan_event_of(d->plan, n->index) != PLAN_NONE)
        draw_event_head(d, plan_event_of(d->plan, n->index));
    else /* of those the day of the note tells nothing */
        draw_dates(d, n);
    draw_days_beside(d, n->index);
    draw_edit(d, n);
    draw_classes(d, n);
    draw_properties(d, n);
    draw_contents(d, n);
    draw_turns(d, n);
    draw_nearby(d);
    v[SLOT_HAS_SIDE] =
        template_flag(v[SLOT_CONTENTS].len > 0 || v[SLOT_SPEAKERS].len > 0 ||
                      v[SLOT_TIMES].len > 0 || v[SLOT_NEARBY].len > 0);
    draw_mentions(d);
    draw_unlinked(d);
    if (d->page->kind == PAGE_NOTE || d->page->kind == PAGE_ENTITY)
        draw_near(d);
}

static void draw_answer(struct draw *d) {
    const struct plan *p = d->plan;
    const struct plan_answer *a = plan_answer_of(p, d->page->note, d->page->of);

    draw_pager(d, p->page_of[d->page->note], a->page, a->npages);
}

/* A further page of the lists of an entity. */
static void draw_more(struct draw *d) {
    const struct plan *p = d->plan;
    uint32_t entity = plan_entity_of(p, d->page->note);

    draw_mentions(d);
    draw_unlinked(d);
    draw_pager(d, p->page_of[d->page->note], p->more[entity],
               plan_pages_of(p, entity));
}

/* The page of an entity or event is a folder's too where that is called so. */
static void draw_known(struct draw *d) {
    uint32_t index = draw_index_above(d);

    if (d->page->of != PLAN_NONE)
        draw_folder(d, d->page->of);
    draw_index_crumbs(d, &d->plan->indexes[index]);
}

static void draw_list(struct draw *d) {
    const struct plan *p = d->plan;
    const struct page *pg = d->page;

    switch (pg->kind) {
    case PAGE_FOLDER:
        draw_folder(d, pg->of);
        draw_folder_crumbs(d, p->folders[pg->of].parent);
        break;
    case PAGE_TAG:
        draw_tag(d, pg->of);
        draw_tag_crumbs(d, pg->of);
        break;
    case PAGE_TAGS:
        draw_tags(d);
        break;
    case PAGE_ALL:
        draw_all(d);
        break;
    case PAGE_HOME:
        draw_home(d);
        break;
    case PAGE_NOTE:
        if (draw_index_above(d) != PLAN_NONE) /* a further page of an entity */
            draw_index_crumbs(d, &p->indexes[draw_index_above(d)]);
        else
            draw_folder_crumbs(d, p->folder_of[pg->note]);
        break;
    case PAGE_ENTITY:
    case PAGE_EVENT:
        draw_known(d);
        break;
    case PAGE_INDEX:
        draw_index(d);
        break;
    case PAGE_TASKS:
        draw_tasks(d);
        break;
    case PAGE_GRAPH:
        draw_graph(d);
        break;
    case PAGE_MISSING:
    case PAGE_KINDS:
        break;
    }
}

/* A list has no column of text; a home page with few headings no contents. */
static bool is_wide(const struct draw *d) {
    switch (d->page->kind) {
    case PAGE_TAGS:
    case PAGE_ALL:
    case PAGE_INDEX:
    case PAGE_TASKS:
    case PAGE_GRAPH:
        return true;
    case PAGE_FOLDER:
        return d->values[SLOT_BODY].type == TEMPLATE_ABSENT;
    case PAGE_HOME:
        return d->values[SLOT_CONTENTS].type == TEMPLATE_ABSENT;
    case PAGE_NOTE:
    case PAGE_ENTITY:
    case PAGE_EVENT:
    case PAGE_TAG:
    case PAGE_MISSING:
    case PAGE_KINDS:
        break;
    }
    return false;
}

void draw_page(struct draw *d) {
    draw_document(d, title_of(d));
    draw_frame(d);
    draw_list(d);
    if (d->page->part == PAGE_MENTIONS)
        draw_mentions(d);
    else if (d->page->part == PAGE_ANSWER)
        draw_answer(d);
    else if (d->page->part == PAGE_MORE)
        draw_more(d);
    else if (d->page->note != PLAN_NONE)
        draw_note(d);
    d->values[SLOT_WIDE] = template_flag(is_wide(d));
}

/* decisions.md 10 */
void draw_redirect(struct draw *d, struct buf *out) {
    const struct plan *p = d->plan;
    const struct page *to = &p->pages[p->page_of[d->page->note]];
    struct str title = p->linked->notes[d->page->note]->title;

    struct str icon = p->asset_hrefs[ASSET_ICON];
    struct str root = root_of(d);

    buf_reset(d->text);
    url_add_relative(d->text, d->page->href, to->href);
    struct str href = draw_keep(d);
    buf_add_lit(out, "<!DOCTYPE html>\n<html");
    html_add_attr(out, STR("lang"), p->theme->language);
    html_add_attr(out, STR("dir"), strings_direction(p->theme->language));
    buf_add_lit(out, ">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\"");
    html_add_attr(out, STR("content"), draw_policy(d));
    buf_add_lit(out, ">\n<meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"robots\" content=\"noindex\">\n"
                     "<meta http-equiv=\"refresh\" content=\"0; url=");
    html_escape(out, href);
    buf_add_lit(out, "\">\n<link rel=\"canonical\" href=\"");
    html_escape(out, settings_of(d)->base_url);
    html_escape(out, settings_of(d)->base_url.len > 0 ? to->href : href);
    /* Without one, browsers ask the server's root for its own. */
    buf_add_lit(out, "\">\n<link rel=\"icon\" href=\"");
    html_escape(out, icon.len > 0 ? root : STR("data:,"));
    html_escape(out, icon);
    buf_add_lit(out, "\">\n<title>");
    html_escape(out, title);
    buf_add_lit(out, "</title>\n</head>\n<body>\n<main>\n<h1>");
    html_escape(out, draw_string(d, STRING_MOVED));
    buf_add_lit(out, "</h1>\n<p><a href=\"");
    html_escape(out, href);
    buf_add_lit(out, "\">");
    html_escape(out, title);
    buf_add_lit(out, "</a></p>\n</main>\n</body>\n</html>\n");
}
