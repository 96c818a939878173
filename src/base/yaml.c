#include "base/yaml.h"

#include <yaml.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/unicode.h"

/* What an alias may mean. */
struct anchored {
    const struct yaml *yaml;
    size_t nodes;  /* in this tree, aliases expanded; 0 while it is open */
    size_t height; /* levels of lists and maps, this one included */
};

/* A list or a map that has begun and not ended. */
struct frame {
    struct yaml *yaml;
    struct anchored *anchored; /* NULL: it has no name */
    size_t before, height;     /* nodes that stood before it; levels so far */
    struct yaml *last;         /* child */
    const struct yaml *key;    /* of a map, whose value has not come yet */
};

struct builder {
    struct arena *arena;
    struct yaml_error *error;
    yaml_parser_t parser;
    struct arena scratch; /* holds the anchors */
    struct map anchors;   /* name -> struct anchored */
    struct frame stack[YAML_MAX_DEPTH];
    size_t depth;
    size_t nodes;
    size_t documents;
    const struct yaml *root;
    bool masked;
};

/*
 * libyaml takes these for ends of lines, as YAML 1.1 did; in YAML 1.2, which
 * Obsidian reads, and in our count of lines they are ordinary characters.  So
 * they go through it as noncharacters, which stand in no text, and positions,
 * counted in characters, stay.
 */
static const struct {
    struct str text, stand_in;
} masks[] = {
    {STR_INIT("\xC2\x85"), STR_INIT("\xEF\xB7\x90")},     /* NEL */
    {STR_INIT("\xE2\x80\xA8"), STR_INIT("\xEF\xB7\x91")}, /* line separator */
    {STR_INIT("\xE2\x80\xA9"), STR_INIT("\xEF\xB7\x92")}, /* paragraph */
};

static bool needs_mask(struct str text) {
    for (size_t i = 0; i < ARRAY_LEN(masks); i++)
        if (str_find_str(text, masks[i].text, 0) != STR_NONE)
            return true;
    return false;
}

static void add_masked(struct buf *out, struct str s) {
    for (size_t at = 0; at < s.len;) {
        size_t i = 0;

        while (i < ARRAY_LEN(masks) &&
               !str_starts(str_skip(s, at), masks[i].text))
            i++;
        if (i < ARRAY_LEN(masks)) {
            buf_add_str(out, masks[i].stand_in);
            at += masks[i].text.len;
        } else {
            buf_add_ch(out, s.p[at++]);
        }
    }
}

static void add_unmasked(struct buf *out, struct str s) {
    for (size_t at = 0; at < s.len;) {
        size_t i = 0;

        while (i < ARRAY_LEN(masks) &&
               !str_starts(str_skip(s, at), masks[i].stand_in))
            i++;
        if (i < ARRAY_LEN(masks)) {
            buf_add_str(out, masks[i].text);
            at += masks[i].stand_in.len;
        } else {
            buf_add_ch(out, s.p[at++]);
        }
    }
}

static bool fail(struct builder *b, yaml_mark_t at, struct str message) {
    b->error->line = (uint32_t)at.line + 1;
    b->error->column = (uint32_t)at.column + 1;
    b->error->message = message;
    return false;
}

/* The parser's reader tells the offset of a byte, all others a mark. */
static yaml_mark_t mark_of_byte(struct str text, size_t offset) {
    yaml_mark_t mark = {0};
    size_t at = 0;

    while (at < offset && at < text.len) {
        uint32_t code;

        at += utf8_decode(text, at, &code);
        mark.column++;
        if (code == '\n' ||
            (code == '\r' && (at == text.len || text.p[at] != '\n'))) {
            mark.line++;
            mark.column = 0;
        }
    }
    return mark;
}

static bool fail_in_parser(struct builder *b, struct str text) {
    const yaml_parser_t *p = &b->parser;
    yaml_mark_t at = p->problem_mark;
    struct buf message = {0};

    if (p->error == YAML_MEMORY_ERROR)
        mem_exhausted();
    if (p->error == YAML_READER_ERROR)
        at = mark_of_byte(text, p->problem_offset);
    /* A quote that never ends, a key without colon: where it began says more
     * than where that was noticed. */
    else if (p->error == YAML_SCANNER_ERROR && p->context != NULL &&
             p->context_mark.line < at.line)
        at = p->context_mark;
    buf_add_str(&message, str_from(p->problem));
    if (p->context != NULL) {
        buf_add_ch(&message, ' ');
        buf_add_str(&message, str_from(p->context));
    }
    fail(b, at, arena_str(b->arena, buf_str(&message)));
    buf_release(&message);
    return false;
}

static struct yaml *new_node(struct builder *b, enum yaml_kind kind,
                             yaml_mark_t at) {
    struct yaml *y = arena_new(b->arena, struct yaml);

    y->kind = kind;
    y->line = (uint32_t)at.line + 1;
    y->column = (uint32_t)at.column + 1;
    return y;
}

static struct anchored *remember(struct builder *b, const yaml_char_t *anchor,
                                 const struct yaml *y) {
    struct anchored *to;

    if (anchor == NULL)
        return NULL;
    to = arena_new(&b->scratch, struct anchored);
    to->yaml = y;
    *map_slot(&b->anchors, str_from((const char *)anchor)) = to;
    return to;
}

/* Puts a node where the next one belongs. */
static void place(struct builder *b, struct yaml *y) {
    struct frame *f = b->depth > 0 ? &b->stack[b->depth - 1] : NULL;

    if (f == NULL) {
        b->root = y;
        return;
    }
    if (f->yaml->kind == YAML_MAP && f->key == NULL) {
        f->key = y;
        return;
    }
    y->key = f->key;
    f->key = NULL;
    if (f->last == NULL)
        f->yaml->first = y;
    else
        f->last->next = y;
    f->last = y;
    f->yaml->len++;
}

static void raise_parent(struct builder *b, size_t height) {
    if (b->depth > 0 && b->stack[b->depth - 1].height <= height)
        b->stack[b->depth - 1].height = height + 1;
}

static bool is_control(char c) {
    return (unsigned char)c < 0x20 && c != '\t' && c != '\n';
}

/* Escapes in double quotes write what no text may hold: "\a", "\x01". */
static void replace_controls(struct buf *out, struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (is_control(s.p[i]))
            buf_add_lit(out, "\xEF\xBF\xBD");
        else
            buf_add_ch(out, s.p[i]);
}

static bool take_scalar(struct builder *b, const yaml_event_t *e) {
    struct str text =
        str_make((const char *)e->data.scalar.value, e->data.scalar.length);
    struct yaml *y = new_node(b, YAML_SCALAR, e->start_mark);
    struct anchored *anchored = remember(b, e->data.scalar.anchor, y);
    struct buf unmasked = {0}, clean = {0};

    if (b->masked) {
        add_unmasked(&unmasked, text);
        text = buf_str(&unmasked);
    }
    if (e->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        replace_controls(&clean, text);
        text = buf_str(&clean);
    }
    y->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    y->text = arena_str(b->arena, text);
    if (anchored != NULL)
        anchored->nodes = 1;
    buf_release(&unmasked);
    buf_release(&clean);
    place(b, y);
    return true;
}

static bool begin(struct builder *b, enum yaml_kind kind, yaml_mark_t at,
                  const yaml_char_t *anchor) {
    struct frame *f = &b->stack[b->depth];

    if (b->depth == YAML_MAX_DEPTH)
        return fail(b, at, STR("nested too deeply"));
    *f = (struct frame){
        .yaml = new_node(b, kind, at), .before = b->nodes - 1, .height = 1};
    f->anchored = remember(b, anchor, f->yaml);
    place(b, f->yaml);
    b->depth++;
    return true;
}

static bool end(struct builder *b) {
    const struct frame *f = &b->stack[--b->depth];

    if (f->anchored != NULL) {
        f->anchored->nodes = b->nodes - f->before;
        f->anchored->height = f->height;
    }
    raise_parent(b, f->height);
    return true;
}

/* The copy shares the children; what is bounded is the tree a reader walks. */
static bool take_alias(struct builder *b, const yaml_event_t *e) {
    struct str name = str_from((const char *)e->data.alias.anchor);
    const struct anchored *to = map_get(&b->anchors, name);
    struct yaml *y;

    if (to == NULL)
        return fail(b, e->start_mark, STR("alias without an anchor"));
    if (to->nodes == 0)
        return fail(b, e->start_mark, STR("alias inside its own anchor"));
    if (to->nodes > YAML_MAX_NODES - b->nodes)
        return fail(b, e->start_mark, STR("too many values"));
    if (to->height > YAML_MAX_DEPTH - b->depth)
        return fail(b, e->start_mark, STR("nested too deeply"));
    y = new_node(b, to->yaml->kind, e->start_mark);
    y->plain = to->yaml->plain;
    y->text = to->yaml->text;
    y->first = to->yaml->first;
    y->len = to->yaml->len;
    b->nodes += to->nodes - 1;
    place(b, y);
    raise_parent(b, to->height);
    return true;
}

static bool take_event(struct builder *b, const yaml_event_t *e) {
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (b->documents++ > 0)
            return fail(b, e->start_mark, STR("more than one document"));
        return true;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return end(b);
    case YAML_SCALAR_EVENT:
    case YAML_ALIAS_EVENT:
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        break;
    default:
        return true;
    }
    if (b->nodes == YAML_MAX_NODES)
        return fail(b, e->start_mark, STR("too many values"));
    b->nodes++;
    if (e->type == YAML_SCALAR_EVENT)
        return take_scalar(b, e);
    if (e->type == YAML_ALIAS_EVENT)
        return take_alias(b, e);
    if (e->type == YAML_SEQUENCE_START_EVENT)
        return begin(b, YAML_LIST, e->start_mark,
                     e->data.sequence_start.anchor);
    return begin(b, YAML_MAP, e->start_mark, e->data.mapping_start.anchor);
}

static bool build(struct builder *b, struct str text) {
    bool good = true, ended = false;

    if (!yaml_parser_initialize(&b->parser))
        mem_exhausted();
    /* Not left to a byte order mark, which could make it UTF-16. */
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)text.p,
                                 text.len);
    while (good && !ended) {
        yaml_event_t event;

        if (!yaml_parser_parse(&b->parser, &event)) {
            good = fail_in_parser(b, text);
            break;
        }
        good = take_event(b, &event);
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&b->parser);
    return good;
}

const struct yaml *yaml_parse(struct arena *a, struct str text,
                              struct yaml_error *error) {
    struct builder b = {.arena = a, .error = error};
    struct buf masked = {0};
    bool good;

    *error = (struct yaml_error){.message = STR_INIT("")};
    if (text.len > YAML_MAX_BYTES) {
        fail(&b, (yaml_mark_t){0}, STR("longer than 64 KB"));
        return NULL;
    }
    arena_init(&b.scratch);
    map_init(&b.anchors, &b.scratch);
    b.masked = needs_mask(text);
    if (b.masked) {
        add_masked(&masked, text);
        text = buf_str(&masked);
    }
    good = build(&b, text.len > 0 ? text : STR(""));
    buf_release(&masked);
    arena_release(&b.scratch);
    if (!good || b.root == NULL)
        return NULL;
    if (b.root->kind == YAML_SCALAR && b.root->plain && b.root->text.len == 0)
        return NULL;
    return b.root;
}
