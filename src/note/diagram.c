#include "note/diagram.h"

#include "base/map.h"
#include "base/vec.h"

#define LINK_CLASS STR("internal-link")

struct node {
    struct str label, rest; /* diagram.h */
    uint32_t line;
    bool is_link;
};

struct reading {
    struct arena *arena;
    struct map nodes; /* name -> struct node * */
    VEC(struct node *) order;
    struct str text; /* of the line at hand, */
    uint32_t line;   /* its number */
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Where the first `c` outside double quotes stands at or after `at`, or s.len. */
static size_t find_bare(struct str s, size_t at, char c) {
    bool quoted = false;

    for (; at < s.len && (quoted || s.p[at] != c); at++)
        quoted ^= s.p[at] == '"';
    return at;
}

/* `label` lies in the line at hand. */
static void set_label(const struct reading *r, struct node *node,
                      struct str label) {
    node->label = label;
    node->line = r->line;
    node->rest = str_skip(r->text, (size_t)(label.p - r->text.p));
}

/* The node of that name; of one met for the first time the name is the label. */
static struct node *node_of(struct reading *r, struct str name) {
    void **slot = map_slot_borrowed(&r->nodes, name);

    if (*slot == NULL) {
        struct node *node = arena_new(r->arena, struct node);
        set_label(r, node, name);
        vec_push(&r->order, node);
        *slot = node;
    }
    return *slot;
}

/* `"a"`, and `"`a`"` where Markdown stands in it. */
static struct str unquoted(struct str s) {
    static const char marks[] = {'"', '`'};

    s = str_trim(s);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (s.len >= 2 && s.p[0] == marks[i] && s.p[s.len - 1] == marks[i])
            s = str_trim(str_slice(s, 1, s.len - 1));
    return s;
}

/* `class a,b internal-link`; false where the statement is another. */
static bool read_class(struct reading *r, struct str s) {
    size_t at, end;
    struct str names;

    if (str_starts(s, STR("cssClass ")))
        s = str_trim(str_skip(s, STR("cssClass ").len));
    else if (str_starts(s, STR("class ")))
        s = str_trim(str_skip(s, STR("class ").len));
    else
        return false;
    for (at = s.len; at > 0 && !is_blank(s.p[at - 1]);)
        at--;
    if (at == 0 || !str_eq(str_skip(s, at), LINK_CLASS))
        return false;
    names = unquoted(str_slice(s, 0, at));
    for (at = 0; at < names.len; at = end + 1) {
        end = find_bare(names, at, ',');
        if (unquoted(str_slice(names, at, end)).len > 0)
            node_of(r, unquoted(str_slice(names, at, end)))->is_link = true;
    }
    return true;
}

/* Names go on over `-` and `.` where a letter or digit follows: not over `-->`. */
static size_t name_end(struct str s, size_t begin) {
    size_t at = begin;

    for (; at < s.len; at++) {
        unsigned char c = (unsigned char)s.p[at];
        bool joins = (c == '-' || c == '.') && at > begin && at + 1 < s.len &&
                     (ascii_alnum((unsigned char)s.p[at + 1]) ||
                      (unsigned char)s.p[at + 1] >= 0x80);
        if (!ascii_alnum(c) && c != '_' && c < 0x80 && !joins)
            break;
    }
    return at;
}

/* Steps over the label in its brackets behind a name, as in `a[(label)]`. */
static size_t read_label(struct str s, size_t at, struct str *label) {
    size_t begin, end;

    while (at < s.len && strchr("[({>/\\", s.p[at]) != NULL)
        at++;
    begin = at;
    if (begin < s.len && s.p[begin] == '"')
        at = find_bare(s, begin + 1, '"');
    while (at < s.len && strchr("])}", s.p[at]) == NULL)
        at++;
    for (end = at; end > begin && strchr("/\\", s.p[end - 1]) != NULL;)
        end--;
    *label = unquoted(str_slice(s, begin, end));
    while (at < s.len && strchr("])}", s.p[at]) != NULL)
        at++;
    return at;
}

/* The nodes that a statement names, with their labels and with `:::class`. */
static void read_nodes(struct reading *r, struct str s) {
    size_t at = 0;

    while (at < s.len) {
        size_t end = name_end(s, at);
        struct str label = {0};
        struct node *node;

        if (end == at) { /* arrows; what stands on one */
            at = s.p[at] == '|'   ? find_bare(s, at + 1, '|') + 1
                 : s.p[at] == '"' ? find_bare(s, at + 1, '"') + 1
                                  : at + 1;
            continue;
        }
        node = node_of(r, str_slice(s, at, end));
        at = end;
        if (at < s.len && strchr("[({>", s.p[at]) != NULL)
            at = read_label(s, at, &label);
        if (label.len > 0)
            set_label(r, node, label);
        if (str_starts(str_skip(s, at), STR(":::"))) {
            end = name_end(s, at += 3);
            node->is_link |= str_eq(str_slice(s, at, end), LINK_CLASS);
            at = end;
        }
    }
}

static void read_line(struct reading *r, struct str line) {
    size_t end;

    r->text = line;
    line = str_trim(line);
    if (str_starts(line, STR("%%")))
        return;
    for (size_t at = 0; at < line.len; at = end + 1) {
        struct str s;

        end = find_bare(line, at, ';');
        s = str_trim(str_slice(line, at, end));
        if (!read_class(r, s))
            read_nodes(r, s);
    }
}

const struct diagram_link *diagram_links(struct arena *a, struct str text,
                                         size_t *n) {
    struct reading r = {.arena = a};
    struct diagram_link *links;
    struct map shown;
    struct str line;

    *n = 0;
    if (str_find_str(text, LINK_CLASS, 0) == STR_NONE)
        return NULL;
    map_init(&r.nodes, a);
    map_init(&shown, a);
    for (; str_next_line(&text, &line); r.line++)
        read_line(&r, line);
    links = arena_array(a, struct diagram_link, r.order.len);
    for (size_t i = 0; i < r.order.len; i++) {
        const struct node *node = r.order.items[i];
        void **slot;

        if (!node->is_link)
            continue;
        slot = map_slot_borrowed(&shown, node->label);
        if (*slot != NULL)
            continue;
        *slot = &links[*n];
        links[(*n)++] =
            (struct diagram_link){node->label, node->line, node->rest};
    }
    vec_release(&r.order);
    return links;
}
