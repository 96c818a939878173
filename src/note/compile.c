#include "note/compile.h"

#include "base/hash.h"
#include "base/unicode.h"
#include "html/escape.h"
#include "note/drawing.h"
#include "note/plain.h"
#include "note/render.h"
#include "vault/damage.h"

struct compiler {
    struct arena *build;
    struct arena scratch;
    const struct settings *settings;
    struct diags *diags;
    struct mask mask;
    struct transcript transcript;
    struct md_memory *memory;
    struct object object;
    struct render render;
    struct buf clean; /* text_clean's buffer */
    struct damage damage;
    struct buf shown, hidden; /* of a drawing */
};

void compile_warm_up(void) {
    md_warm_up();
}

struct compiler *compiler_new(struct arena *build,
                              const struct settings *settings,
                              struct diags *diags) {
    struct compiler *c = arena_new(build, struct compiler);

    c->build = build;
    c->settings = settings;
    c->diags = diags;
    c->memory = md_memory_new(build);
    arena_init(&c->scratch);
    c->object.build = build;
    c->object.scratch = &c->scratch;
    c->object.diags = diags;
    c->render.o = &c->object;
    c->render.settings = settings;
    c->mask.mask_fields = settings->dataview_values.pretty_fields;
    return c;
}

void compiler_free(struct compiler *c) {
    object_release(&c->object);
    vec_release(&c->render.pending);
    mask_release(&c->mask);
    transcript_release(&c->transcript);
    buf_release(&c->clean);
    damage_release(&c->damage);
    buf_release(&c->shown);
    buf_release(&c->hidden);
    arena_release(&c->scratch);
    md_memory_release(c->memory);
}

void compiler_into(struct compiler *c, struct arena *build) {
    c->build = c->object.build = build;
}

/* Memory that parsing a text of `len` bytes may take. Measured over real notes
 * and cases: 10 bytes a byte in the middle, 36 at most, 223 for one note that was
 * nearly all markup. A note of 1 MB then stays below 512 MB with all that is made of
 * it. */
static size_t byte_budget(size_t len) {
    return len * 300 + (8u << 20);
}

/* Allocations of the parser. Measured: at most 800 per KB of ordinary text, 1,800
 * of that one; the default is 10,000. */
static size_t fuel_budget(const struct settings *s, size_t len) {
    return (len / 1024 + 1) * s->limits.fuel_per_kb + 1000;
}

static void begin_render(struct compiler *c, struct md_parse *p,
                         struct map *definitions) {
    struct render *r = &c->render;

    map_init(definitions, &c->scratch);
    *p = (struct md_parse){
        .memory = c->memory, .mask = &c->mask, .definitions = definitions};
    r->parse = p;
    r->depth = r->in_anchor = r->in_quote = r->in_heading = r->in_inline = 0;
    r->in_title = r->in_cell = r->in_footnotes = r->inline_only = false;
    r->placeholders = r->number_said = false;
    r->split = SPLIT_NO;
    r->place = (struct render_place){0};
    r->line_offset = 0;
    r->transcript = &c->transcript;
    r->next_turns = r->next_hidden = 0;
    r->turns = (struct render_turns){0};
    c->transcript.lines.len = 0;
    c->mask.mask_times = false;
    c->mask.kept = NULL;
    c->mask.nkept = 0;
}

/* `line` of the file, 0 for all of it; `column` 0 for all of the line. */
static void finding(struct compiler *c, enum diag_code code, uint32_t line,
                    uint32_t column, struct str text) {
    diag_add(c->diags, code, c->object.note->file->path, line, column, "%.*s",
             STR_ARG(text));
}

static void add_plain(struct compiler *c, struct str body) {
    struct object *o = &c->object;
    uint32_t begin = object_text_begin(o);

    plain_strip(&o->text, body, true);
    buf_add_lit(&o->html, "<pre class=\"note-plain\">");
    html_escape(&o->html, str_skip(buf_str(&o->text), begin));
    buf_add_lit(&o->html, "</pre>\n");
    object_text_end(o, begin, o->note->front.body_line, TEXT_CODE);
    o->note->body_end = (uint32_t)o->html.len;
}

/* A note past a limit: whatever was built of it goes, then its text. */
static void fall_back(struct compiler *c, struct str body, enum diag_code code,
                      uint32_t line, struct str why) {
    struct note *note = c->object.note;

    object_begin(&c->object, note);
    note->first_is_title = note->external_images = false;
    note->extras = 0;
    note->items_have_colons = note->has_tasks = false;
    finding(c, code, line, 0, why);
    note->form = NOTE_NOTICE;
    note->body_end = note->body_fixups = 0;
    if (body.len <= c->settings->limits.fallback_bytes) {
        note->form = NOTE_PLAIN;
        add_plain(c, body);
    }
}

/* A drawing begins with its picture, or with word that there is none. */
static void add_pictures(struct object *o) {
    uint32_t first = (uint32_t)o->links.len;

    for (unsigned i = 0; i < DRAWING_PICTURES; i++) {
        struct str path = drawing_picture(o->build, o->note->file->path, i);
        struct link l = {.kind = LINK_PICTURE,
                         .target = path,
                         .typed = path,
                         .line = o->note->front.body_line,
                         .block = NOTE_NONE};
        vec_push(&o->links, l);
    }
    object_fixup(o, FIXUP_DRAWING, first);
}

/* Keeps the turns of a transcript from the parser. */
static void find_turns(struct compiler *c, struct str body) {
    const struct note *note = c->object.note;
    struct transcript *t = &c->transcript;

    if (!c->mask.has_times || !c->settings->entity_values.transcripts ||
        note->is_board || note->is_drawing)
        return;
    transcript_find(t, &c->scratch, body,
                    note->role.role == ROLE_EVENT &&
                        str_eq(note->role.kind, STR("transcript")));
    if (t->nturns > 0 && t->lines.len == 0)
        diag_add(c->diags, DIAG_TRANSCRIPT_UNCLEAR, note->file->path,
                 t->first + c->render.line_offset, 1, "fewer than three times");
    if (t->lines.len == 0)
        return;
    c->mask.mask_times = true; /* of its own turns */
    c->mask.kept = t->lines.items;
    c->mask.nkept = t->lines.len;
    mask_text(&c->mask, body, &c->settings->limits);
}

/* False past the limits. A block that goes on where turns were found, as code that
 * is never closed does, has the lines all the same: then they are ordinary text. */
static bool parse_body(struct compiler *c, struct md_parse *parse,
                       struct str body) {
    size_t fuel = fuel_budget(c->settings, body.len);
    size_t bytes = byte_budget(body.len);

    if (!md_parse(parse, fuel, bytes))
        return false;
    if (parse->nturns == c->mask.nkept)
        return true;
    c->mask.nkept = 0;
    map_init(parse->definitions, &c->scratch);
    mask_text(&c->mask, body, &c->settings->limits);
    return c->mask.too_deep == 0 && md_parse(parse, fuel, bytes);
}

static void compile_body(struct compiler *c, struct str body) {
    struct map definitions;
    struct md_parse parse;

    if (body.len > c->settings->limits.note_bytes) {
        fall_back(c, body, DIAG_NOTE_TOO_LARGE, 0,
                  STR("larger than note_bytes"));
        return;
    }
    begin_render(c, &parse, &definitions);
    c->render.line_offset = c->object.note->front.body_line - 1;
    c->render.source = body;
    c->render.placeholders = slips_has_placeholder(body);
    c->mask.mask_times = c->settings->entity_values.transcripts &&
                         c->object.note->role.role == ROLE_EVENT;
    mask_text(&c->mask, body, &c->settings->limits);
    find_turns(c, body);
    if (c->mask.too_deep > 0) {
        fall_back(c, body, DIAG_NOTE_TOO_COMPLEX,
                  c->mask.too_deep + c->render.line_offset,
                  STR("nested too deeply"));
        return;
    }
    if (!parse_body(c, &parse, body)) {
        fall_back(c, body, DIAG_NOTE_TOO_COMPLEX, 0,
                  STR("too much work for its size"));
        return;
    }
    if (c->mask.wide_table > 0)
        finding(
            c, DIAG_TABLE_TOO_WIDE, c->mask.wide_table + c->render.line_offset,
            0, STR("a table past the limits of table_columns and table_cells"));
    if (parse.duplicate_line > 0)
        finding(c, DIAG_FOOTNOTE_DUPLICATE,
                parse.duplicate_line + c->render.line_offset,
                parse.duplicate_column, parse.duplicate);
    if (c->object.note->is_drawing)
        add_pictures(&c->object);
    render_field_lines(&c->render, parse.root);
    render_document(&c->render, parse.root);
}

/* What readers are shown of a note that a plugin keeps its data in. */
static struct str body_shown(struct compiler *c, struct str text) {
    struct note *note = c->object.note;
    struct str body = str_skip(text, note->front.body);

    note->is_board =
        frontmatter_property(&note->front, STR("kanban-plugin")) != NULL;
    note->is_drawing = drawing_is(note->file, &note->front, text);
    if (!note->is_drawing)
        return body;
    buf_reset(&c->shown);
    buf_reset(&c->hidden);
    drawing_text(body, &c->shown, &c->hidden);
    return buf_str(&c->shown);
}

/* decisions.md 7: `title`, else the file name without `.md`. */
static struct str title_of(const struct note *n) {
    return n->front.title.len > 0 ? n->front.title
                                  : name_of_note(vault_shown(n->file));
}

/* Properties borrow from the text they were read from: it is kept, the body is
 * not. */
static void read_front(struct compiler *c, struct str text) {
    struct note *note = c->object.note;
    size_t extent = text_front_len(text);

    if (extent > 0 && extent <= YAML_MAX_BYTES + 64)
        text = arena_str(c->build, str_slice(text, 0, extent));
    frontmatter_read(&note->front, c->build, text, note->file->path,
                     &c->settings->entity_values, c->diags);
    note->title = title_of(note);
    note->role = note_role(c->build, &c->scratch, &c->settings->entity_values,
                           vault_shown(note->file), note->file->is_template,
                           &note->front);
    slips_in_properties(&c->object, str_slice(text, 0, note->front.body));
    render_property_links(&c->object, c->settings->vault_name);
    object_field_lines(&c->object, str_slice(text, 0, note->front.body));
}

/* In a repaired note columns are told as they are on disk: of the findings from
 * `first` on, and of all that a finding may be about later. */
static void shift_columns(struct compiler *c, size_t first) {
    const struct damage *g = &c->damage;
    struct object *o = &c->object;
    struct frontmatter *front = &o->note->front;

    for (size_t i = first; i < c->diags->len; i++) {
        struct diag *d = &c->diags->items[i];
        d->column = damage_column(g, d->line, d->column);
    }
    for (size_t i = 0; i < front->nproperties; i++) {
        struct property *p = &front->properties[i];
        p->column = damage_column(g, p->line, p->column);
    }
    for (size_t i = 0; i < o->links.len; i++) {
        struct link *l = &o->links.items[i];
        l->column = damage_column(g, l->line, l->column);
    }
    for (size_t i = 0; i < o->tags.len; i++) {
        struct tag_use *t = &o->tags.items[i];
        t->column = damage_column(g, t->line, t->column);
    }
    for (size_t i = 0; i < o->inline_queries.len; i++) {
        struct inline_query *q = &o->inline_queries.items[i];
        q->column = damage_column(g, q->line, q->column);
    }
}

struct note *note_compile(struct compiler *c, const struct vault_file *file,
                          uint32_t index, struct str raw) {
    struct note *note = arena_new(c->build, struct note);
    struct str text;
    size_t before;

    arena_reset(&c->scratch);
    buf_reset(&c->clean);
    note->file = file;
    note->index = index;
    note->hash = hash_bytes(raw);
    c->diags->muted = file->is_template;
    object_begin(&c->object, note);
    if (!text_clean(raw, file->path, &c->clean, &text, c->diags)) {
        note->withheld = true;
        note->form = NOTE_NOTICE;
        note->front.unreadable = true;
        note->title = title_of(note);
        c->diags->muted = false;
        return note;
    }
    text = damage_undo(&c->damage, c->settings, file, text, c->diags);
    note->nrepaired = (uint32_t)c->damage.count;
    before = c->diags->len;
    read_front(c, text);
    compile_body(c, body_shown(c, text));
    if (note->is_drawing) /* the form may have changed: they count in any */
        object_hidden_tags(&c->object, buf_str(&c->hidden),
                           note->front.body_line, false);
    if (c->damage.shifts.len > 0)
        shift_columns(c, before);
    object_finish(&c->object);
    note_index_symbols(note, c->build);
    c->diags->muted = false;
    return note;
}

struct note *text_compile(struct compiler *c, const struct note *origin,
                          struct str text) {
    struct note *note = arena_new(c->build, struct note);
    struct map definitions;
    struct md_parse parse;

    arena_reset(&c->scratch);
    note->file = origin->file;
    note->index = origin->index;
    note->title = origin->title;
    object_begin(&c->object, note);
    begin_render(c, &parse, &definitions);
    c->render.inline_only = true;
    mask_text(&c->mask, text, &c->settings->limits);
    if (md_parse_inline(&parse, fuel_budget(c->settings, text.len),
                        byte_budget(text.len)))
        render_inline_text(&c->render, parse.root->first_child);
    else
        fall_back(c, text, DIAG_NOTE_TOO_COMPLEX, 0,
                  STR("a text that is too much work for its size"));
    object_finish(&c->object);
    return note;
}

/* The raw text as it is, and as it was before it was damaged: what either says
 * against publication counts. */
static void scan_raw(const struct settings *s, struct str raw,
                     struct publish_facts *facts) {
    struct publish_facts repaired_facts = {0};
    struct repair repair = {0};
    struct str repaired = raw;

    publish_scan_raw(s, raw, facts);
    if (s->mojibake == MOJIBAKE_REPAIR)
        repaired = repair_text(&repair, raw);
    if (repaired.p != raw.p) {
        publish_scan_raw(s, repaired, &repaired_facts);
        facts->has_excluded_tag |= repaired_facts.has_excluded_tag;
        if (repaired_facts.word == PUBLISH_NO)
            facts->word = PUBLISH_NO;
    }
    repair_release(&repair);
}

void note_publish_facts(const struct note *n, const struct settings *s,
                        struct str raw, struct publish_facts *facts) {
    *facts = (struct publish_facts){
        .word = n->front.publish,
        .excluded = n->file->excluded,
        .included = n->file->included,
    };
    for (size_t i = 0; i < n->front.nsaid_tags; i++)
        facts->has_excluded_tag |=
            publish_tag_excluded(s, n->front.said_tags[i]);
    for (size_t i = 0; i < n->front.ntags; i++)
        facts->has_excluded_tag |= publish_tag_excluded(s, n->front.tags[i]);
    for (size_t i = 0; i < n->ntags; i++)
        facts->has_excluded_tag |= publish_tag_excluded(s, n->tags[i].name);
    if (n->front.unreadable || n->withheld) {
        scan_raw(s, raw, facts);
    } else if (n->form != NOTE_RENDERED) {
        /* Its properties are known, the tags of its text are not. */
        struct publish_facts raw_facts = {0};
        scan_raw(s, raw, &raw_facts);
        facts->has_excluded_tag |= raw_facts.has_excluded_tag;
    }
}
