#include "html/escape.h"
#include "note/field.h"
#include "site/pen.h"

/* Where the tag that begins at `at` ends: attributes hold no '>'. */
static uint32_t tag_end(struct str html, uint32_t at) {
    size_t end = str_find(str_skip(html, at), '>');

    return end != STR_NONE ? at + (uint32_t)end + 1 : (uint32_t)html.len;
}

static bool stands_at(struct str html, uint32_t at, struct str text) {
    return str_starts(str_skip(html, at), text);
}

/* Begins the range at `at`; fixups before it are left out. */
static void begin_at(const struct note *n, struct range *r, uint32_t at) {
    r->begin = at;
    while (r->fixup_begin < r->fixup_end && n->fixups[r->fixup_begin].at < at)
        r->fixup_begin++;
}

static void end_at(const struct note *n, struct range *r, uint32_t at) {
    r->end = at;
    while (r->fixup_end > r->fixup_begin && n->fixups[r->fixup_end - 1].at > at)
        r->fixup_end--;
}

/* Takes `tag` and what is blank off the end; never what stands before a fixup. */
static bool trim_end(const struct note *n, struct range *r, struct str tag) {
    uint32_t from = r->fixup_end > r->fixup_begin
                        ? n->fixups[r->fixup_end - 1].at
                        : r->begin;
    struct str s = str_rtrim(str_slice(n->html, from, r->end));

    if (!str_ends(s, tag))
        return false;
    r->end = from + (uint32_t)(s.len - tag.len);
    return true;
}

static const struct str blocks[] = {
    STR_INIT("p"),   STR_INIT("ul"),      STR_INIT("ol"),
    STR_INIT("pre"), STR_INIT("div"),     STR_INIT("blockquote"),
    STR_INIT("hr"),  STR_INIT("details"), STR_INIT("table"),
    STR_INIT("h1"),  STR_INIT("h2"),      STR_INIT("h3"),
    STR_INIT("h4"),  STR_INIT("h5"),      STR_INIT("h6"),
    STR_INIT("dl"),  STR_INIT("figure"),  STR_INIT("section"),
};

static bool has_block(struct str html) {
    size_t at;

    while ((at = str_find(html, '<')) != STR_NONE) {
        struct str name = html = str_skip(html, at + 1);
        size_t len = 0;
        if (name.len == 0 || name.p[0] == '/')
            continue;
        while (len < name.len && ascii_alnum((unsigned char)name.p[len]))
            len++;
        name.len = len;
        for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
            if (str_eq(name, blocks[i]))
                return true;
    }
    return false;
}

#define BOX "<input type=\"checkbox\" class=\"task-list-item-checkbox\""

/* The box goes, with what stands before it; *in keeps its attributes. */
static void cut_box(const struct note *n, const struct item *item,
                    struct pen_item *in) {
    struct range *first = &in->ranges[0];
    uint32_t at = tag_end(n->html, first->begin);

    in->has_paragraph = stands_at(n->html, at, STR("<p>"));
    if (in->has_paragraph)
        at += (uint32_t)STR("<p>").len;
    if (item->is_task && stands_at(n->html, at, STR(BOX))) {
        uint32_t end = tag_end(n->html, at);
        in->box = *first;
        begin_at(n, &in->box, at + (uint32_t)STR(BOX).len);
        end_at(n, &in->box, end);
        while (in->box.fixup_end > in->box.fixup_begin &&
               n->fixups[in->box.fixup_end - 1].at == end)
            in->box.fixup_end--;
        at = end;
    }
    begin_at(n, first, at);
}

/* The end of the item goes, and what is blank before it. */
static void cut_end(const struct note *n, struct pen_item *in) {
    struct range *last = &in->ranges[in->nranges - 1];

    trim_end(n, last, STR("</li>"));
    trim_end(n, last, STR(""));
    while (in->nranges > 1 && last->begin == last->end &&
           last->fixup_begin == last->fixup_end) {
        last = &in->ranges[--in->nranges - 1];
        trim_end(n, last, STR(""));
    }
}

struct pen_item pen_item_of(struct pen *p, const struct note *n,
                            const struct item *item) {
    struct pen_item in = {.nranges = item->own.nranges};
    struct range *first;

    in.is_checked = item->status.len > 0 && !str_eq(item->status, STR(" "));
    if (item->shares_line) {
        in.text = field_item_text(item->source);
        in.nranges = 0;
    }
    if (in.nranges == 0)
        return in;
    in.ranges = arena_array(p->fill->scratch, struct range, in.nranges);
    for (uint32_t i = 0; i < in.nranges; i++)
        in.ranges[i] = item->own.ranges[i];
    first = &in.ranges[0];
    cut_box(n, item, &in);
    cut_end(n, &in);
    if (in.has_paragraph && in.nranges == 1 &&
        trim_end(n, first, STR("</p>"))) {
        in.one_paragraph =
            !has_block(str_slice(n->html, first->begin, first->end));
        if (!in.one_paragraph)
            first->end += (uint32_t)STR("</p>").len;
    }
    in.has_block = in.has_paragraph && !in.one_paragraph;
    for (uint32_t i = 0; i < in.nranges; i++) {
        struct range *r = &in.ranges[i];
        in.has_block =
            in.has_block || (!in.one_paragraph &&
                             has_block(str_slice(n->html, r->begin, r->end)));
        end_at(n, r, r->end);
    }
    return in;
}

void pen_item_box(struct pen *p, const struct fill_place *place,
                  const struct pen_item *in, struct str classes) {
    buf_add_lit(p->out, "<input type=\"checkbox\"");
    html_add_attr(p->out, STR("class"), classes);
    if (in->box.end > in->box.begin)
        fill_range(p->fill, place, in->box, p->out);
    else
        buf_add_str(p->out, in->is_checked ? STR(" checked disabled>")
                                           : STR(" disabled>"));
}

void pen_item_text(struct pen *p, const struct fill_place *place,
                   const struct pen_item *in) {
    struct str tag = in->has_block ? STR("div") : STR("span");

    buf_add_ch(p->out, '<');
    buf_add_str(p->out, tag);
    if (in->has_block)
        buf_add_lit(p->out, " class=\"task-body\"");
    buf_add_ch(p->out, '>');
    if (in->has_paragraph && !in->one_paragraph)
        buf_add_lit(p->out, "<p>");
    if (in->text.len > 0)
        fill_text(p->fill, place->note, in->text, p->out);
    for (uint32_t i = 0; i < in->nranges; i++)
        fill_range(p->fill, place, in->ranges[i], p->out);
    buf_add_lit(p->out, "</");
    buf_add_str(p->out, tag);
    buf_add_ch(p->out, '>');
}
