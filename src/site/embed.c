#include "html/escape.h"
#include "note/embed.h"
#include "site/fill.h"

/* The elements of spec/markdown.md §6; `div` and `data-src` by decisions.md 17. */

/* Media are phrasing and stay in their paragraph, also when they are missing. */
static bool is_media(const struct embed *e) {
    return e->kind == EMBED_IMAGE || e->kind == EMBED_AUDIO ||
           e->kind == EMBED_VIDEO || e->kind == EMBED_PDF;
}

static bool is_block(const struct embed *e) {
    return e->in_block && !is_media(e);
}

static void open_embed(const struct link *l, const struct embed *e, bool block,
                       const char *classes, struct buf *out) {
    buf_add_str(out, block ? STR("<div") : STR("<span"));
    buf_add_lit(out, " class=\"internal-embed ");
    buf_add_str(out, str_from(classes));
    buf_add_lit(out, "\" data-src=\"");
    html_escape(out, l->typed);
    buf_add_lit(out, "\" data-alt=\"");
    html_escape(out, e->alt.len > 0 ? e->alt : l->typed);
    buf_add_lit(out, "\">");
}

static void close_embed(bool block, struct buf *out) {
    buf_add_str(out, block ? STR("</div>") : STR("</span>"));
}

/* Nothing, or not that part of it: a box with the name, never the whole note. */
static void fill_missing(struct fill *f, const struct link *l,
                         const struct embed *e, const struct target *t,
                         struct buf *out) {
    const struct str *texts = f->plan->theme->strings.texts;
    bool note = e->kind == EMBED_NOTE && t->outcome != LINK_FILE;
    struct link name = *l;
    enum string_name why = note ? STRING_NO_NOTE : STRING_NO_FILE;

    if (t->outcome == LINK_FILE)
        why = STRING_NOT_COPIED;
    open_embed(
        l, e, is_block(e),
        note ? "file-embed mod-empty" : "file-embed mod-empty-attachment", out);
    buf_add_lit(out, "<span>");
    html_escape(out, texts[STRING_NOT_FOUND]);
    buf_add_ch(out, ' ');
    if (t->outcome == LINK_NOTE) { /* the note is there, the part is not */
        struct target whole = {.outcome = LINK_NOTE, .file = t->file};
        fill_text_link(f, l, &whole, STR(""), out);
    } else {
        /* Its name: what stands for a label may be a word for a stylesheet. */
        name.display = STR("");
        if (l->kind == LINK_MARKDOWN && l->subpath.len == 0)
            name.typed = l->target;
        buf_add_lit(out, "<span class=\"is-unresolved\" title=\"");
        html_escape(out, texts[why]);
        buf_add_lit(out, "\">");
        fill_label(&name, out);
        buf_add_lit(out, "</span>");
    }
    buf_add_lit(out, "</span>");
    close_embed(is_block(e), out);
}

static void add_size(const struct embed *e, struct buf *out) {
    if (e->width > 0) {
        buf_add_lit(out, " width=\"");
        buf_add_u64(out, e->width);
        buf_add_ch(out, '"');
    }
    if (e->height > 0) {
        buf_add_lit(out, " height=\"");
        buf_add_u64(out, e->height);
        buf_add_ch(out, '"');
    }
}

/* `#height=400` of a PDF; 0 without one. */
static uint32_t asked_height(struct str subpath) {
    static const struct str key = STR_INIT("height=");
    size_t at = 0;
    uint32_t height = 0;

    while ((at = str_find_str(subpath, key, at)) != STR_NONE) {
        if (at == 0 || subpath.p[at - 1] == '&')
            break;
        at += key.len;
    }
    if (at == STR_NONE)
        return 0;
    for (at += key.len;
         at < subpath.len && ascii_digit((unsigned char)subpath.p[at]) &&
         height < 10000;
         at++)
        height = height * 10 + (uint32_t)(subpath.p[at] - '0');
    return height;
}

static void fill_image(struct fill *f, const struct link *l,
                       const struct embed *e, const struct target *t,
                       struct buf *out) {
    open_embed(l, e, false, "media-embed image-embed is-loaded", out);
    buf_add_lit(out, "<img src=\"");
    fill_href(f, t, l->subpath, out);
    buf_add_lit(out, "\" alt=\"");
    html_escape(out, e->alt.len > 0 ? e->alt : l->typed);
    buf_add_lit(out, "\" loading=\"lazy\"");
    if (l->title.len > 0)
        html_add_attr(out, STR("title"), l->title);
    add_size(e, out);
    buf_add_ch(out, '>');
    close_embed(false, out);
}

static void fill_player(struct fill *f, const struct link *l,
                        const struct embed *e, const struct target *t,
                        struct buf *out) {
    bool video = e->kind == EMBED_VIDEO;

    open_embed(l, e, false,
               video ? "media-embed video-embed is-loaded"
                     : "media-embed audio-embed is-loaded",
               out);
    buf_add_str(out, video ? STR("<video") : STR("<audio"));
    buf_add_lit(out, " controls preload=\"metadata\" src=\"");
    fill_href(f, t, l->subpath, out);
    buf_add_lit(out, "\" aria-label=\"");
    html_escape(out, e->alt.len > 0 ? e->alt : l->typed);
    buf_add_ch(out, '"');
    if (video)
        add_size(e, out);
    buf_add_str(out, video ? STR("></video>") : STR("></audio>"));
    close_embed(false, out);
}

/* 640 B, 1.2 KB, 48 MB: a digit behind the point where there is but one before. */
static void add_bytes(const struct strings *s, uint64_t bytes,
                      struct buf *out) {
    static const char units[][4] = {" B", " KB", " MB", " GB"};
    uint64_t of = 1, tenths;
    size_t unit = 0;

    while (bytes + of / 2 >= of * 1000 && unit + 1 < ARRAY_LEN(units)) {
        of *= 1000;
        unit++;
    }
    tenths = (bytes * 10 + of / 2) / of;
    if (tenths >= 100)
        tenths = (bytes + of / 2) / of * 10;
    strings_add_number(out, s, tenths / 10);
    if (tenths % 10 > 0) {
        buf_add_str(out, s->texts[STRING_DECIMAL]);
        buf_add_u64(out, tenths % 10);
    }
    buf_add_str(out, str_from(units[unit]));
}

/* A link to a file, and the file's size; `text` "" for the link's label. */
static void add_row(struct fill *f, const struct link *l, const struct embed *e,
                    const struct target *t, struct str text, struct buf *out) {
    const struct str *texts = f->plan->theme->strings.texts;
    struct buf size = {0};

    if (f->plan->hrefs[t->file].len > 0) {
        fill_text_link(f, l, t, text, out);
    } else {
        buf_add_lit(out, "<span>");
        if (text.len > 0)
            html_escape(out, text);
        else
            fill_label(l, out);
        buf_add_lit(out, "</span>");
    }
    if (embed_is_working(e->kind)) {
        buf_add_str(&size,
                    texts[e->kind == EMBED_BASE ? STRING_BASE : STRING_CANVAS]);
        buf_add_lit(&size, " · ");
    }
    add_bytes(&f->plan->theme->strings,
              f->plan->linked->vault->files[t->file].size, &size);
    buf_add_lit(out, " <span class=\"file-size\">");
    html_escape(out, buf_str(&size));
    buf_add_lit(out, "</span>");
    buf_release(&size);
}

static void fill_pdf(struct fill *f, const struct link *l,
                     const struct embed *e, const struct target *t,
                     struct buf *out) {
    struct embed size = *e;

    if (size.height == 0)
        size.height = asked_height(l->subpath);
    open_embed(l, e, false, "media-embed pdf-embed is-loaded", out);
    buf_add_lit(out, "<iframe src=\"");
    fill_href(f, t, l->subpath, out);
    buf_add_lit(out, "\" title=\"");
    html_escape(out, str_basename(l->target));
    buf_add_lit(out, "\" loading=\"lazy\"");
    add_size(&size, out);
    buf_add_lit(out, "></iframe><span class=\"file-embed\">");
    add_row(f, l, e, t, str_basename(l->target), out);
    buf_add_lit(out, "</span>");
    close_embed(false, out);
}

/* A file by its name, kind and size; a link to it only where it is copied. */
static void fill_card(struct fill *f, const struct link *l,
                      const struct embed *e, const struct target *t,
                      struct buf *out) {
    bool named = l->display.len > 0 || l->subpath.len > 0;

    open_embed(l, e, is_block(e), "file-embed mod-generic", out);
    add_row(f, l, e, t, named ? STR("") : str_basename(l->target), out);
    close_embed(is_block(e), out);
}

static void fill_file(struct fill *f, const struct link *l,
                      const struct embed *e, const struct target *t,
                      struct buf *out) {
    switch (e->kind) {
    case EMBED_IMAGE:
        fill_image(f, l, e, t, out);
        break;
    case EMBED_AUDIO:
    case EMBED_VIDEO:
        fill_player(f, l, e, t, out);
        break;
    case EMBED_PDF:
        fill_pdf(f, l, e, t, out);
        break;
    case EMBED_NOTE:
    case EMBED_CANVAS:
    case EMBED_BASE:
        fill_card(f, l, e, t, out);
        break;
    }
}

/* The ranges of a note that `t` means; `whole` is room for the body's. */
static struct slice slice_of(const struct note *n, const struct target *t,
                             struct range *whole) {
    switch (t->kind) {
    case PART_HEADING:
        return n->headings[t->part].section;
    case PART_BLOCK:
        return n->blocks[t->part].slice;
    case PART_NONE:
    case PART_ANCHOR: /* embeds have none (resolve.c) */
    case PART_TURN:
    case PART_MISSING:
        break;
    }
    *whole = note_body(n);
    return (struct slice){.ranges = whole, .nranges = 1};
}

static bool same_place(const struct fill_place *p, const struct target *t) {
    return p->note->index == t->file && p->kind == t->kind &&
           (t->kind == PART_NONE || p->part == t->part);
}

/*
 * Whether the note may be shown once more inside `place`. A finding is the page's
 * own note's: that its embed leads back to it, goes too deep or is too much; each
 * of its embeds gets one (decisions.md 17). On pages that merely show a circle
 * between other notes there is none.  `above`: it stands further up the page.
 */
static bool may_fill(struct fill *f, const struct fill_place *place,
                     const struct target *t, size_t bytes, bool *above) {
    const struct link *l = f->outermost;
    enum diag_code code = DIAG_EMBED_DEPTH;
    const char *text = NULL;

    *above = false;
    for (const struct fill_place *p = place; p; p = p->outer)
        if (same_place(p, t)) {
            *above = true;
            code = DIAG_EMBED_CYCLE;
            text = "is embedded in itself";
            if (t->file != f->page->note)
                l = NULL;
        }
    if (!text && place->depth >= FILL_DEPTH)
        text = "has embeds more than five deep";
    if (!text &&
        (f->nembeds >= FILL_MAX_EMBEDS || f->embedded + bytes > FILL_MAX_BYTES))
        text = "makes the page too large";
    if (!text)
        return true;
    if (f->reports && l) {
        diag_add(f->diags, code,
                 f->plan->linked->vault->files[f->page->note].path, l->line,
                 l->column, "\"%.*s\" %s", STR_ARG(l->typed), text);
        f->outermost = NULL;
    }
    return false;
}

static void add_title(struct fill *f, const struct link *l,
                      const struct target *t, const struct note *n,
                      struct buf *out) {
    buf_add_lit(out, "<div class=\"embed-title markdown-embed-title\">"
                     "<a class=\"internal-link");
    fill_link(f, l, t, out);
    html_escape(out, n->title);
    if (t->kind == PART_HEADING) {
        buf_add_lit(out, " &gt; ");
        html_escape(out, n->headings[t->part].text);
    }
    buf_add_lit(out, "</a></div>");
}

void fill_open_slice(const struct slice *s, struct buf *out) {
    if (s->wrapper == WRAP_NONE)
        return;
    buf_add_str(out, s->wrapper == WRAP_UL ? STR("<ul") : STR("<ol"));
    if (s->wrapper == WRAP_TURNS)
        buf_add_lit(out, " class=\"turns\"");
    if (s->wrapper == WRAP_OL && s->start != 1) {
        buf_add_lit(out, " start=\"");
        buf_add_u64(out, s->start);
        buf_add_ch(out, '"');
    }
    if (s->tasks)
        buf_add_lit(out, " class=\"contains-task-list\"");
    buf_add_ch(out, '>');
}

void fill_close_slice(const struct slice *s, struct buf *out) {
    if (s->wrapper != WRAP_NONE)
        buf_add_str(out, s->wrapper == WRAP_UL ? STR("</ul>") : STR("</ol>"));
}

static void add_slice(struct fill *f, const struct fill_place *place,
                      const struct slice *s, struct buf *out) {
    fill_open_slice(s, out);
    for (uint32_t i = 0; i < s->nranges; i++)
        fill_range(f, place, s->ranges[i], out);
    fill_close_slice(s, out);
}

static void fill_note_embed(struct fill *f, const struct fill_place *outer,
                            const struct link *l, const struct embed *e,
                            const struct target *t, struct buf *out) {
    const struct note *n = f->plan->linked->notes[t->file];
    struct range whole;
    struct slice slice = slice_of(n, t, &whole);
    struct fill_place place = {.note = n,
                               .targets = f->plan->linked->targets[t->file],
                               .outer = outer,
                               .kind = t->kind,
                               .part = t->part,
                               .depth = outer->depth + 1};
    size_t bytes = 0;
    bool above;

    for (uint32_t i = 0; i < slice.nranges; i++)
        bytes += slice.ranges[i].end - slice.ranges[i].begin;
    if (!may_fill(f, outer, t, bytes, &above)) {
        buf_add_str(out, above ? STR("<p class=\"embed-again\">") : STR("<p>"));
        if (above) {
            html_escape(out, f->plan->theme->strings.texts[STRING_SHOWN_ABOVE]);
            buf_add_ch(out, ' ');
        }
        fill_text_link(f, l, t, STR(""), out);
        buf_add_lit(out, "</p>");
        return;
    }
    f->embedded += bytes;
    fill_shows(f, n);
    place.embed = ++f->nembeds;
    open_embed(l, e, true, "markdown-embed inline-embed is-loaded", out);
    add_title(f, l, t, n, out);
    buf_add_lit(out, "<div class=\"markdown-embed-content\">");
    fill_footnotes_number(f, &place, slice.ranges, slice.nranges);
    if (n->is_board && t->kind == PART_NONE)
        fill_board(f, &place, whole, out);
    else
        add_slice(f, &place, &slice, out);
    fill_footnotes(f, &place, out);
    buf_add_lit(out, "</div>");
    close_embed(true, out);
}

void fill_embed(struct fill *f, const struct fill_place *place,
                const struct embed *e, struct buf *out) {
    const struct link *l = &place->note->links[e->link];
    const struct target *t = &place->targets[e->link];

    if (place->depth == 0)
        f->outermost = l;
    if (is_media(e) && t->outcome == LINK_NOTE && !e->in_block) {
        fill_label(l, out); /* perhaps inside a link, where none may stand */
    } else if (e->as_link || (place->in_answer && e->kind != EMBED_IMAGE) ||
               (t->outcome == LINK_NOTE && !is_block(e))) {
        fill_text_link(f, l, t, STR(""), out);
    } else if (t->outcome == LINK_MISSING || t->kind == PART_MISSING ||
               (f->plan->hrefs[t->file].len == 0 &&
                !embed_is_working(e->kind))) {
        fill_missing(f, l, e, t, out);
    } else if (t->outcome == LINK_NOTE) {
        fill_note_embed(f, place, l, e, t, out);
    } else {
        fill_file(f, l, e, t, out);
    }
}
