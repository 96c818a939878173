#include "entity/sections.h"

#include "base/unicode.h"
#include "base/vec.h"
#include "note/section_name.h"

struct section_purpose {
    struct str name; /* a name key */
    enum purpose purpose;
};

static const struct section_purpose names[] = {
    {STR_INIT("summary"), PURPOSE_SUMMARY},
    {STR_INIT("executive summary"), PURPOSE_SUMMARY},
    {STR_INIT("tl;dr"), PURPOSE_SUMMARY},
    {STR_INIT("tldr"), PURPOSE_SUMMARY},
    {STR_INIT("abstract"), PURPOSE_SUMMARY},
    {STR_INIT("recent context"), PURPOSE_TIMELINE},
    {STR_INIT("timeline"), PURPOSE_TIMELINE},
    {STR_INIT("meetings"), PURPOSE_TIMELINE},
    {STR_INIT("interactions"), PURPOSE_TIMELINE},
    {STR_INIT("history"), PURPOSE_TIMELINE},
    {STR_INIT("open tasks"), PURPOSE_TASKS},
    {STR_INIT("tasks"), PURPOSE_TASKS},
    {STR_INIT("action items"), PURPOSE_TASKS},
    {STR_INIT("decisions"), PURPOSE_DECISIONS},
    {STR_INIT("decision"), PURPOSE_DECISIONS},
    {STR_INIT("key decisions"), PURPOSE_DECISIONS},
    {STR_INIT("decisions made"), PURPOSE_DECISIONS},
    {STR_INIT("decision log"), PURPOSE_DECISIONS},
    {STR_INIT("key facts"), PURPOSE_FACTS},
    {STR_INIT("facts"), PURPOSE_FACTS},
    {STR_INIT("key information"), PURPOSE_FACTS},
    {STR_INIT("relationship context & key facts"), PURPOSE_FACTS},
    {STR_INIT("related"), PURPOSE_RELATED},
    {STR_INIT("related people"), PURPOSE_RELATED},
    {STR_INIT("related customers"), PURPOSE_RELATED},
    {STR_INIT("related projects"), PURPOSE_RELATED},
};

/* Longer than every name with what may stand around it. */
#define MAX_HEADING 160

static const struct section_purpose *purpose_of_name(struct str name) {
    static const struct section_purpose none = {STR_INIT(""), PURPOSE_NONE};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq(name, names[i].name))
            return &names[i];
    return &none;
}

/* Most headings stand in many notes. */
static enum purpose purpose_of(struct map *purposes, struct arena *scratch,
                               struct str heading) {
    const void **known;

    if (heading.len > MAX_HEADING)
        return PURPOSE_NONE;
    known = (const void **)map_slot_borrowed(purposes, heading);
    if (*known == NULL)
        *known = purpose_of_name(section_name(scratch, heading));
    return ((const struct section_purpose *)*known)->purpose;
}

/* Up to the next heading of the same or a higher level. */
static uint32_t next_heading(const struct note *n, uint32_t heading) {
    uint32_t next = heading + 1;

    while (next < n->nheadings &&
           (!n->headings[next].is_top ||
            n->headings[next].level > n->headings[heading].level))
        next++;
    return next;
}

/* The text of each heading, as text_blocks; headings and their texts come in one
 * order. */
static const uint32_t *heading_blocks(struct arena *a, const struct note *n) {
    uint32_t *of = arena_array(a, uint32_t, n->nheadings + 1), heading = 0;

    for (uint32_t i = 0; i < n->ntext_blocks && heading < n->nheadings; i++)
        if (n->text_blocks[i].kind == TEXT_HEADING)
            of[heading++] = i;
    while (heading <= n->nheadings)
        of[heading++] = n->ntext_blocks;
    return of;
}

const struct section *sections_of(struct arena *a, struct arena *scratch,
                                  struct map *purposes, const struct note *n,
                                  uint32_t *count) {
    struct section *found = arena_room(scratch, struct section, n->nheadings);
    const uint32_t *blocks = NULL;
    uint32_t ends[PURPOSE_RELATED + 1] = {0}; /* by purpose: the last's line */
    uint32_t len = 0;

    for (uint32_t i = 0; i < n->nheadings; i++) {
        const struct heading *h = &n->headings[i];
        struct section s = {.heading = i, .first_line = h->line + 1};
        uint32_t next;

        s.purpose =
            h->is_top ? purpose_of(purposes, scratch, h->text) : PURPOSE_NONE;
        if (s.purpose == PURPOSE_NONE)
            continue;
        next = next_heading(n, i);
        s.end_line = next < n->nheadings ? n->headings[next].line : UINT32_MAX;
        s.is_inner = ends[s.purpose] > h->line;
        if (!s.is_inner)
            ends[s.purpose] = s.end_line;
        if (blocks == NULL)
            blocks = heading_blocks(scratch, n);
        s.first_block = blocks[i] + 1;
        s.end_block = blocks[next];
        s.begin = h->own.end;
        s.end = next < n->nheadings ? n->headings[next].own.begin : n->body_end;
        found[len++] = s;
    }
    *count = len;
    return vec_copy(a, found, len, sizeof *found);
}

struct str section_line(struct arena *a, struct str text) {
    char *p;

    if (str_is_spaced(text))
        return text;
    p = arena_alloc(a, text.len, 1);
    return str_rtrim(str_make(p, str_put_spaced(p, 0, text)));
}

bool section_is_stub(struct str text) {
    static const char marks[] = "*_ \t\n";

    while (text.len > 0 && strchr(marks, text.p[0]) != NULL)
        text = str_skip(text, 1);
    while (text.len > 0 && strchr(marks, text.p[text.len - 1]) != NULL)
        text.len--;
    return str_eq_nocase(text, STR("last updated:"));
}

/* Queries come by line. */
bool section_has_query(const struct note *n, const struct section *s) {
    uint32_t low = 0, high = n->nqueries;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (n->queries[middle].line < s->first_line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n->nqueries && n->queries[low].line < s->end_line;
}

/* Something stands there that has no text: an image, an embed, a query, the number
 * of a footnote. */
static bool shows_something(const struct note *n, const struct section *s) {
    struct str html = str_slice(n->html, s->begin, s->end);
    uint32_t i = 0, high = n->nfixups;

    while (i < high) {
        uint32_t middle = i + (high - i) / 2;

        if (n->fixups[middle].at < s->begin)
            i = middle + 1;
        else
            high = middle;
    }
    for (; i < n->nfixups && n->fixups[i].at <= s->end; i++)
        if (n->fixups[i].kind == FIXUP_EMBED ||
            n->fixups[i].kind == FIXUP_ASSET ||
            n->fixups[i].kind == FIXUP_FOOTNOTE_REF ||
            n->fixups[i].kind == FIXUP_INLINE_QUERY)
            return true;
    return str_find_str(html, STR("<img"), 0) != STR_NONE ||
           str_find_str(html, STR("<svg"), 0) != STR_NONE;
}

/* White space of any script, as a line that is kept apart has it. */
static bool is_blank(struct str text) {
    uint32_t code;

    for (size_t at = 0; at < text.len;) {
        at += utf8_decode(text, at, &code);
        if (!(unicode_class(code) & UNICODE_SPACE))
            return false;
    }
    return true;
}

bool section_is_empty(const struct note *n, const struct section *s) {
    for (uint32_t i = s->first_block; i < s->end_block; i++) {
        const struct text_block *b = &n->text_blocks[i];
        struct str text = str_slice(n->text, b->begin, b->end);

        if (b->kind != TEXT_HEADING && !is_blank(text) &&
            !section_is_stub(text))
            return false;
    }
    return !section_has_query(n, s) && !shows_something(n, s);
}
