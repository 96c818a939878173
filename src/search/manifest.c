#include "search/manifest.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/json.h"

enum { MOST_KINDS = 24 };

static void add_version(const struct search *s, struct buf *out) {
    const struct plan *p = s->pieces.plan;
    uint64_t hash = 0;
    char hex[16];

    for (uint32_t i = 0; i < s->nwords; i++)
        hash = hash_join(hash_join(hash, s->words[i].text),
                         str_make((const char *)s->words[i].list,
                                  s->words[i].len * sizeof *s->words[i].list));
    for (uint32_t i = 0; i < s->pieces.ndocs; i++) {
        uint32_t file = s->pieces.docs[i].note;
        if (file == PLAN_NONE)
            continue;
        hash = hash_join(hash, p->linked->notes[file]->text);
        hash = hash_join(hash, p->hrefs[file]);
        hash = hash_join(hash, p->dates[file].date.text);
        hash = hash_join(hash, p->dates[file].changed.text);
    }
    hash_hex(hash, hex);
    buf_add(out, hex, 10);
}

static void add_pieces(const struct search *s, struct buf *out) {
    const struct search_pieces *all = &s->pieces;
    uint32_t bucket = 0;

    for (uint32_t i = 0; i < all->nfiles; i++) {
        const struct search_file *f = &all->files[i];
        bool goes_on =
            i + 1 < all->nfiles && all->files[i + 1].bucket == f->bucket;

        for (; bucket < f->bucket; bucket++)
            search_add_number(out, 0);
        search_add_number(out, (f->end - f->begin) * 2 + goes_on);
        bucket += !goes_on;
    }
}

static void add_long(const struct search *s, struct buf *out) {
    uint32_t last = 0;

    for (uint32_t i = 0; i < s->pieces.ndocs; i++) {
        const struct search_doc *doc = &s->pieces.docs[i];
        uint32_t more, told;

        if (doc->npieces == 1)
            continue;
        more = doc->npieces - 2;
        told = more < 7 ? more : 7;
        search_add_number(out, (doc->piece - last) * 8 + told);
        if (told == 7)
            search_add_number(out, more - told);
        last = doc->piece + doc->npieces;
    }
}

static void add_words(const struct search *s, struct buf *out) {
    for (uint32_t i = 0; i < s->nranges; i++)
        buf_printf(out, "%s%.*s %06x", i > 0 ? " " : "",
                   STR_ARG(s->words[s->ranges[i].begin].text),
                   (unsigned)s->ranges[i].name);
}

/* --- kinds --- */

struct kind {
    struct str name, label;
    uint32_t count;
};

static struct kind *find_kind(struct kind *kinds, size_t n, struct str name) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

static int by_name(const void *a, const void *b) {
    return str_cmp(((const struct kind *)a)->name,
                   ((const struct kind *)b)->name);
}

static struct str label_of(const struct plan *p, struct str name) {
    for (uint32_t i = 0; i < p->nindexes; i++)
        if (str_eq(p->indexes[i].kind, name))
            return p->indexes[i].label;
    if (str_eq(name, STR("tag")))
        return p->theme->strings.texts[STRING_TAGS];
    if (str_eq(name, STR("note")))
        return p->theme->strings.texts[STRING_NOTES];
    return name;
}

/* By name, at most MOST_KINDS of those met first; returns how many. */
static size_t list_kinds(const struct search *s, struct kind *kinds) {
    size_t n = 0;

    for (uint32_t i = 0; i < s->pieces.ndocs; i++) {
        struct str name = s->pieces.docs[i].kind;
        struct kind *kind = find_kind(kinds, n, name);

        if (kind == NULL && n == MOST_KINDS)
            continue;
        if (kind == NULL) {
            kind = &kinds[n++];
            *kind = (struct kind){name, label_of(s->pieces.plan, name), 0};
        }
        kind->count++;
    }
    qsort(kinds, n, sizeof *kinds, by_name);
    return n;
}

static void add_kinds(const struct search *s, struct buf *out) {
    struct kind kinds[MOST_KINDS];
    size_t n = list_kinds(s, kinds);

    buf_add_ch(out, '[');
    for (size_t i = 0; i < n; i++) {
        buf_add_str(out, i > 0 ? STR(",[") : STR("["));
        json_add_text(out, kinds[i].name);
        buf_add_ch(out, ',');
        json_add_text(out, kinds[i].label);
        buf_printf(out, ",%u]", (unsigned)kinds[i].count);
    }
    buf_add_ch(out, ']');
}

/* --- how words are folded --- */

/* As between the brackets of a regular expression. */
static void add_ranges(struct buf *out, const struct code_range *ranges,
                       size_t n) {
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "\\\\u{%x}-\\\\u{%x}", (unsigned)ranges[i].first,
                   (unsigned)ranges[i].last);
}

static void add_spellings(struct buf *out) {
    for (size_t i = 0; i < word_nspellings; i++) {
        buf_add_str(out, i > 0 ? STR(",\"") : STR("\""));
        utf8_encode(out, word_spellings[i].code);
        buf_printf(out, "\":\"%.*s\"", STR_ARG(word_spellings[i].as));
    }
}

static void add_strings(const struct strings *strings, struct buf *out) {
    static const struct str prefix = STR_INIT("search_");
    bool first = true;

    for (size_t i = 0; i < STRINGS; i++) {
        if (!str_starts(string_names[i].name, prefix))
            continue;
        if (!first)
            buf_add_ch(out, ',');
        first = false;
        json_add_key(out, str_skip(string_names[i].name, prefix.len));
        json_add_text(out, strings->texts[i]);
    }
}

void search_add_manifest(const struct search *s, struct buf *out) {
    buf_add_lit(out, "vaultsite.search({version:\"");
    add_version(s, out);
    buf_add_lit(out, "\",\npieces:\"");
    add_pieces(s, out);
    buf_add_lit(out, "\",\nlong:\"");
    add_long(s, out);
    buf_add_lit(out, "\",\nwords:\"");
    add_words(s, out);
    buf_add_lit(out, "\",\nkinds:");
    add_kinds(s, out);
    buf_add_lit(out, ",\nmarks:\"");
    add_ranges(out, word_bare_marks, word_nbare_marks);
    buf_add_lit(out, "\",unspaced:\"");
    add_ranges(out, word_unspaced_ranges, word_nunspaced_ranges);
    buf_add_lit(out, "\",spellings:{");
    add_spellings(out);
    buf_add_lit(out, "},\nstrings:{");
    add_strings(&s->pieces.plan->theme->strings, out);
    buf_add_lit(out, "}});\n");
}
