#include "vault/repair.h"

#include "base/unicode.h"
#include "vault/vault.h"

/* What was damaged twice comes back, three times is not tried (§7.6). */
#define ROUNDS 2

#define BYTE_ORDER_MARK 0xFEFF

/* --- choosing, §7.5 --- */

/* Chooses of `s` what is certain, or what is not, but for what overlaps a chosen
 * one of the other codec. */
static void choose(struct repair_sequences *s, bool certain,
                   const struct repair_sequences *other) {
    size_t k = 0;

    for (size_t i = 0; i < s->list.len; i++) {
        struct repair_sequence *one = &s->list.items[i];

        if (one->certain != certain)
            continue;
        while (k < other->list.len && (other->list.items[k].end <= one->begin ||
                                       (!other->list.items[k].chosen &&
                                        other->list.items[k].begin < one->end)))
            k++;
        one->chosen =
            k == other->list.len || other->list.items[k].begin >= one->end;
    }
}

static void choose_all(struct repair_sequences found[REPAIR_CODECS]) {
    enum repair_codec first =
        found[REPAIR_MAC_ROMAN].ncertain > found[REPAIR_CP1252].ncertain
            ? REPAIR_MAC_ROMAN
            : REPAIR_CP1252;
    struct repair_sequences *primary = &found[first];
    struct repair_sequences *other = &found[REPAIR_CODECS - 1 - first];

    choose(primary, true, other);
    choose(other, true, primary);
    choose(primary, false, other);
    if (other->ncertain > 0)
        choose(other, false, primary);
}

/* The chosen sequences of both codecs as edits, by place. */
static void merge(struct repair_edits *edits,
                  const struct repair_sequences found[REPAIR_CODECS]) {
    size_t at[REPAIR_CODECS] = {0};

    edits->list.len = 0;
    for (;;) {
        const struct repair_sequence *next = NULL;
        enum repair_codec codec = REPAIR_CP1252;

        for (unsigned c = 0; c < REPAIR_CODECS; c++) {
            const struct repair_sequences *f = &found[c];

            while (at[c] < f->list.len && !f->list.items[at[c]].chosen)
                at[c]++;
            if (at[c] < f->list.len &&
                (next == NULL || f->list.items[at[c]].begin < next->begin)) {
                next = &f->list.items[at[c]];
                codec = (enum repair_codec)c;
            }
        }
        if (next == NULL)
            return;
        at[codec]++;
        struct repair_edit e = {.begin = next->begin,
                                .end = next->end,
                                .code = next->code,
                                .kind = REPAIR_SEQUENCE,
                                .codec = codec,
                                .certain = next->certain};
        vec_push(&edits->list, e);
    }
}

/* --- deciding --- */

/* What may stand in a stretch that is damaged throughout. */
static bool says_nothing(uint32_t code) {
    return (code >= 0x80 && code <= 0xA0) || code == BYTE_ORDER_MARK ||
           code == UNICODE_REPLACEMENT;
}

/* Decides about the edits from `*next` on that begin before `end`, the end of the
 * line at `at`; whether the line is clean. */
static bool decide_line(struct repair_edits *edits, size_t *next,
                        struct str text, size_t at, size_t end) {
    struct repair_edit *e = edits->list.items;
    size_t first = *next, i = first, n = edits->list.len;
    bool clean = true, has[REPAIR_CODECS] = {false};

    text = str_slice(text, 0, end);
    while ((at = utf8_skip_ascii(text, at)) < end) {
        if (i < n && e[i].begin == at) {
            if (e[i].kind == REPAIR_LEFT)
                clean = false;
            if (e[i].kind == REPAIR_SEQUENCE && e[i].certain)
                has[e[i].codec] = true;
            at = e[i++].end;
        } else {
            uint32_t code;

            at += utf8_decode(text, at, &code);
            clean = clean && says_nothing(code);
        }
    }
    *next = i;
    for (i = first; i < *next; i++) {
        bool on_its_line = e[i].certain || has[e[i].codec];

        e[i].replaced =
            e[i].kind != REPAIR_LEFT && on_its_line && (e[i].certain || clean);
        e[i].left = !e[i].replaced && on_its_line;
    }
    return clean;
}

/* Where the line begins that `at` is on; not before `from`. */
static size_t line_begin(struct str text, size_t from, size_t at) {
    size_t before = str_rfind(str_slice(text, from, at), '\n');

    return before != STR_NONE ? from + before + 1 : from;
}

/* A note that is clean throughout is repaired throughout; else code stays, and
 * what is uncertain where its line is not clean. */
static void decide(struct repair_edits *edits, struct str text, bool has_code) {
    size_t at = 0, next = 0, n = edits->list.len;
    bool clean = true;

    while ((at = utf8_skip_ascii(text, at)) < text.len) {
        const char *found = memchr(text.p + at, '\n', text.len - at);
        size_t end = found != NULL ? (size_t)(found - text.p) : text.len;

        clean = decide_line(edits, &next, text, at, end) && clean;
        at = end;
        if (!clean && next == n)
            break;
        if (!clean) /* lines without edits have nothing more to say */
            at = line_begin(text, at, edits->list.items[next].begin);
    }
    for (size_t i = 0; clean && i < n; i++)
        edits->list.items[i].replaced = true;
    if (!clean && has_code)
        repair_leave_code(edits, text);
}

/* --- carrying out --- */

static void add_made(struct repair *r, size_t begin, size_t end) {
    struct repair_stretch s = {(uint32_t)begin, (uint32_t)end};

    if (begin == end)
        return;
    if (r->made.len > 0 && vec_last(&r->made)->end == s.begin)
        vec_last(&r->made)->end = s.end;
    else
        vec_push(&r->made, s);
}

/* Writes the repaired text, and where each edit went; counts the first round. */
static void write_round(struct repair *r, struct str text, struct buf *out,
                        bool first) {
    size_t kept = 0;

    buf_reset(out);
    r->made.len = 0;
    for (size_t i = 0; i < r->edits.list.len; i++) {
        struct repair_edit *e = &r->edits.list.items[i];

        if (!e->replaced)
            continue;
        buf_add_str(out, str_slice(text, kept, e->begin));
        e->out_begin = (uint32_t)out->len;
        if (e->code != BYTE_ORDER_MARK)
            utf8_encode(out, e->code);
        e->out_end = (uint32_t)out->len;
        add_made(r, e->out_begin, e->out_end);
        kept = e->end;
        r->count[e->codec] += first;
    }
    buf_add_str(out, str_skip(text, kept));
}

static void first_changes(struct repair *r) {
    for (size_t i = 0; i < r->edits.list.len; i++) {
        const struct repair_edit *e = &r->edits.list.items[i];
        struct repair_change c = {e->begin, e->end, e->out_begin, e->out_end};

        if (e->replaced)
            vec_push(&r->changes, c);
        else if (e->left && !e->in_code && r->left == STR_NONE)
            r->left = e->begin;
    }
}

/* Changes that this round changed again become one, others move. */
static void join_changes(struct repair *r) {
    const struct repair_edit *e = r->edits.list.items, *last = NULL;
    const struct repair_edit *end = e + r->edits.list.len;
    struct repair_change *list = r->changes.items;
    size_t kept = 0;

    for (size_t i = 0; i < r->changes.len; i++) {
        struct repair_change c = list[i];

        while (e < end && (!e->replaced || e->end <= c.new_begin)) {
            last = e->replaced ? e : last;
            e++;
        }
        bool inside = e < end && e->begin <= c.new_begin &&
                      (c.new_end <= e->end && c.new_end > e->begin);
        if (inside && kept > 0 && list[kept - 1].new_begin == e->out_begin &&
            c.new_begin > e->begin) {
            list[kept - 1].end = c.end;
            continue;
        }
        uint32_t shift = last != NULL ? last->out_end - last->end : 0;
        c.new_begin = inside ? e->out_begin : c.new_begin + shift;
        c.new_end = inside ? e->out_end : c.new_end + shift;
        list[kept++] = c;
    }
    r->changes.len = kept;
}

/* One round over the stretches; false where nothing was replaced. */
static bool repair_round(struct repair *r, struct str text,
                         const struct repair_stretch *stretches, size_t n,
                         bool is_name, struct buf *out) {
    bool any = false;

    repair_find(r->found, text, stretches, n);
    if (r->found[REPAIR_CP1252].ncertain == 0 &&
        r->found[REPAIR_MAC_ROMAN].ncertain == 0)
        return false;
    choose_all(r->found);
    merge(&r->chosen, r->found);
    r->edits.list.len = 0;
    if (is_name || r->found[REPAIR_CP1252].ncertain == 0)
        for (size_t i = 0; i < r->chosen.list.len; i++)
            vec_push(&r->edits.list, r->chosen.list.items[i]);
    else
        repair_find_lost(&r->edits, &r->chosen, text, stretches, n);
    decide(&r->edits, text, !is_name);
    for (size_t i = 0; i < r->edits.list.len && !any; i++)
        any = r->edits.list.items[i].replaced;
    if (any)
        write_round(r, text, out, r->changes.len == 0);
    return any;
}

/* Where, in the text as it was given, the first sequence is that would take a
 * third round; STR_NONE: there is none. */
static size_t still_damaged(struct repair *r, struct str text) {
    size_t k = 0;

    repair_find(r->found, text, r->made.items, r->made.len);
    for (unsigned c = 0; c < REPAIR_CODECS; c++) {
        const struct repair_sequences *found = &r->found[c];

        for (size_t i = 0; i < found->list.len; i++) {
            if (!found->list.items[i].certain)
                continue;
            while (r->changes.items[k].new_end <= found->list.items[i].begin)
                k++;
            return r->changes.items[k].begin;
        }
    }
    return STR_NONE;
}

/* --- the whole --- */

/* Without the quotes around it. */
static struct str unquoted(struct str s) {
    bool quoted = s.len >= 2 && (s.p[0] == '"' || s.p[0] == '\'') &&
                  s.p[s.len - 1] == s.p[0];

    return quoted ? str_slice(s, 1, s.len - 1) : s;
}

/* Without a comment behind it, as YAML has them. */
static struct str uncommented(struct str s) {
    size_t at = str_find_str(s, STR(" #"), 0);

    return at != STR_NONE ? str_slice(s, 0, at) : s;
}

/* `mojibake: keep` on a line of the frontmatter, with quotes or without. */
static bool says_keep(struct str text) {
    struct str rest = str_slice(text, 0, text_front_len(text)), line;

    if (str_find_str(rest, STR("mojibake"), 0) == STR_NONE) /* nearly all */
        return false;
    while (str_next_line(&rest, &line)) {
        struct str key = str_rtrim(str_until(line, ':'));
        struct str value = str_trim(uncommented(str_after(line, ':')));

        if (str_eq(unquoted(key), STR("mojibake")) &&
            str_eq(unquoted(value), STR("keep")))
            return true;
    }
    return false;
}

static struct str repair_any(struct repair *r, struct str text, bool is_name) {
    struct repair_stretch whole = {0, (uint32_t)text.len};

    r->changes.len = 0;
    r->left = STR_NONE;
    memset(r->count, 0, sizeof r->count);
    if (text.len > UINT32_MAX || utf8_all_ascii(text))
        return text;
    if (!repair_round(r, text, &whole, 1, is_name, &r->texts[0]) ||
        (!is_name && says_keep(text))) {
        memset(r->count, 0, sizeof r->count);
        return text;
    }
    first_changes(r);
    text = buf_str(&r->texts[0]);
    /* The list of what was made is made anew while this one is read. */
    repair_stretch_vec made = r->made;
    r->made = r->again;
    r->again = made;
    if (repair_round(r, text, made.items, made.len, is_name, &r->texts[1])) {
        join_changes(r);
        text = buf_str(&r->texts[1]);
        if (r->left == STR_NONE)
            r->left = still_damaged(r, text);
    }
    return text;
}

struct str repair_text(struct repair *r, struct str text) {
    return repair_any(r, text, false);
}

/* Whether two characters past ASCII stand side by side: there is no damage without. */
static bool has_pair(struct str s) {
    uint32_t code;

    for (size_t at = 0; (at = utf8_skip_ascii(s, at)) < s.len;) {
        at += utf8_decode(s, at, &code);
        if (at < s.len && (unsigned char)s.p[at] >= 0x80)
            return true;
    }
    return false;
}

struct str repair_name(struct arena *a, struct str name) {
    struct repair r = {0};
    struct str composed, repaired;

    if (utf8_all_ascii(name))
        return name;
    composed = unicode_nfc(a, name);
    if (!has_pair(composed))
        return composed;
    repaired = repair_any(&r, composed, true);
    if (repaired.p != composed.p)
        repaired = unicode_nfc(a, arena_str(a, repaired));
    repair_release(&r);
    return repaired;
}

struct str repair_path(struct arena *a, struct str path) {
    struct buf b = {0};
    bool changed = false;

    if (utf8_all_ascii(path))
        return path;
    path = unicode_nfc(a, path);
    if (!has_pair(path))
        return path;
    for (struct str rest = path; rest.len > 0;) {
        struct str name = str_until(rest, '/');
        struct str repaired = repair_name(a, name);

        changed = changed || repaired.p != name.p;
        buf_add_str(&b, repaired);
        rest = str_skip(rest, name.len);
        if (rest.len > 0) {
            buf_add_ch(&b, '/');
            rest = str_skip(rest, 1);
        }
    }
    if (changed)
        path = arena_str(a, buf_str(&b));
    buf_release(&b);
    return path;
}

void repair_release(struct repair *r) {
    vec_release(&r->changes);
    for (unsigned c = 0; c < REPAIR_CODECS; c++)
        vec_release(&r->found[c].list);
    vec_release(&r->chosen.list);
    vec_release(&r->edits.list);
    vec_release(&r->made);
    vec_release(&r->again);
    buf_release(&r->texts[0]);
    buf_release(&r->texts[1]);
}
