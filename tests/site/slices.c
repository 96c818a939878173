/*
 * slices: a law over whole vaults (decisions.md 14).
 *
 *     slices VAULT…
 *
 * Compiles every note and walks the slice of every heading, block and item,
 * every heading's own range, every footnote and the body: each has to parse to
 * a balanced tree of its own, with its wrapper around it.
 */
#include <errno.h>
#include <stdio.h>

#include "base/vec.h"
#include "note/compile.h"

#define SHOWN 20

struct walk {
    const struct note *note;
    const char *what; /* kind of symbol, and its index: for messages */
    uint32_t index;
    VEC(struct str) open; /* names of open elements */
    bool sound;
};

static size_t nslices, nfaults, nnotes;

static void fault(struct walk *w, const char *text, size_t at) {
    if (w->sound && ++nfaults <= SHOWN) {
        struct str html = w->note->html;
        struct str near = str_slice(html, at < html.len ? at : html.len,
                                    at + 40 < html.len ? at + 40 : html.len);
        printf("     %.*s: %s %u: %s at %zu: %.*s\n",
               STR_ARG(w->note->file->path), w->what, w->index, text, at,
               STR_ARG(near));
    }
    w->sound = false;
}

static bool is_void(struct str name) {
    static const char *const names[] = {"area", "br",    "col",  "hr",  "img",
                                        "input", "source", "track", "wbr"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_from(names[i])))
            return true;
    return false;
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static void open_element(struct walk *w, struct str name, size_t at) {
    bool in_list = w->open.len > 0 &&
                   (str_eq(*vec_last(&w->open), STR("ul")) ||
                    str_eq(*vec_last(&w->open), STR("ol")));

    if (str_eq(name, STR("li")) != in_list)
        fault(w, in_list ? "no <li> right in a list" : "<li> outside a list",
              at);
    if (!is_void(name))
        vec_push(&w->open, name);
}

static void close_element(struct walk *w, struct str name, size_t at) {
    if (w->open.len == 0 || !str_eq(*vec_last(&w->open), name))
        fault(w, "an end tag of what is not open", at);
    else
        w->open.len--;
}

/* The end of the tag that begins at `at`, before `end`; STR_NONE when it is cut. */
static size_t tag_end(struct str html, size_t at, size_t end) {
    bool quoted = false;

    for (; at < end; at++) {
        if (html.p[at] == '"')
            quoted = !quoted;
        else if (html.p[at] == '>' && !quoted)
            return at + 1;
    }
    return STR_NONE;
}

static size_t walk_tag(struct walk *w, size_t at, size_t end) {
    struct str html = w->note->html;
    size_t after = tag_end(html, at, end), name = at + 1;
    bool closing;

    if (after == STR_NONE) {
        fault(w, "a tag is cut", at);
        return end;
    }
    closing = html.p[name] == '/';
    name += closing;
    size_t stop = name;
    while (stop < after && is_name_byte(html.p[stop]))
        stop++;
    if (stop == name)
        fault(w, "'<' that begins no tag", at);
    else if (closing)
        close_element(w, str_slice(html, name, stop), at);
    else
        open_element(w, str_slice(html, name, stop), at);
    return after;
}

/* Links and tags insert an opening <a>, whose end tag is in the fragment; an id
 * or an address goes into a tag; all the others insert whole elements. */
static void walk_fixup(struct walk *w, const struct fixup *f) {
    if (f->kind == FIXUP_LINK || f->kind == FIXUP_TAG)
        open_element(w, STR("a"), f->at);
}

static void walk_range(struct walk *w, struct range r) {
    const struct note *n = w->note;
    uint32_t fixup = r.fixup_begin;
    size_t at = r.begin;

    if (r.begin > r.end || r.end > n->html.len ||
        r.fixup_begin > r.fixup_end || r.fixup_end > n->nfixups) {
        fault(w, "a range outside the fragment", r.begin);
        return;
    }
    if ((r.begin < n->html.len && (n->html.p[r.begin] & 0xC0) == 0x80) ||
        (r.end < n->html.len && (n->html.p[r.end] & 0xC0) == 0x80))
        fault(w, "a character is cut", r.begin);
    while (at < r.end || fixup < r.fixup_end) {
        if (fixup < r.fixup_end && n->fixups[fixup].at < r.begin) {
            fault(w, "a fixup before its range", n->fixups[fixup].at);
            return;
        }
        if (fixup < r.fixup_end && n->fixups[fixup].at <= at) {
            walk_fixup(w, &n->fixups[fixup++]);
        } else if (at >= r.end) {
            fault(w, "a fixup behind its range", n->fixups[fixup].at);
            return;
        } else if (n->html.p[at] == '<') {
            at = walk_tag(w, at, r.end);
        } else {
            if (n->html.p[at] == '>')
                fault(w, "begins or ends inside a tag", at);
            at++;
        }
    }
}

static void check(struct walk *w, const char *what, uint32_t index,
                  const struct slice *s) {
    nslices++;
    w->what = what;
    w->index = index;
    w->sound = true;
    w->open.len = 0;
    if (s->wrapper != WRAP_NONE)
        vec_push(&w->open, s->wrapper == WRAP_UL ? STR("ul") : STR("ol"));
    for (uint32_t i = 0; i < s->nranges; i++) {
        if (i > 0 && (s->ranges[i].begin < s->ranges[i - 1].end ||
                      s->ranges[i].fixup_begin < s->ranges[i - 1].fixup_end))
            fault(w, "ranges out of order", s->ranges[i].begin);
        walk_range(w, s->ranges[i]);
    }
    if (w->open.len != (s->wrapper != WRAP_NONE))
        fault(w, "an element stays open", s->nranges > 0
                                              ? s->ranges[s->nranges - 1].end
                                              : 0);
}

static void check_range(struct walk *w, const char *what, uint32_t index,
                        struct range r) {
    struct slice s = {.ranges = &r, .nranges = 1};

    check(w, what, index, &s);
}

static void check_note(struct walk *w, const struct note *n) {
    w->note = n;
    check_range(w, "body", 0, note_body(n));
    for (uint32_t i = 0; i < n->nheadings; i++) {
        check_range(w, "heading", i, n->headings[i].own);
        check(w, "section", i, &n->headings[i].section);
    }
    for (uint32_t i = 0; i < n->nblocks; i++)
        check(w, "block", i, &n->blocks[i].slice);
    for (uint32_t i = 0; i < n->nitems; i++) {
        check(w, "item", i, &n->items[i].whole);
        check(w, "item's own", i, &n->items[i].own);
    }
    for (uint32_t i = 0; i < n->nfootnotes; i++)
        check_range(w, "footnote", i, n->footnotes[i].content);
}

static bool check_vault(const char *path, struct walk *w) {
    struct arena arena;
    struct settings settings;
    struct diags diags = {0};
    struct vault vault;
    struct buf bytes = {0};
    struct compiler *compiler;

    if (!vault_open(&vault, path)) {
        fprintf(stderr, "slices: %s: %s\n", path, strerror(errno));
        return false;
    }
    arena_init(&arena);
    settings_read(&settings, &arena, vault.root_fd, NULL, &diags);
    vault_walk(&vault, &arena, &settings, &diags);
    compiler = compiler_new(&arena, &settings, &diags);
    for (size_t i = 0; i < vault.nfiles; i++) {
        buf_reset(&bytes);
        if (vault.files[i].kind != FILE_NOTE ||
            !vault_read(&vault, &vault.files[i], 64 << 20, &bytes))
            continue;
        nnotes++;
        check_note(w, note_compile(compiler, &vault.files[i], (uint32_t)i,
                                   buf_str(&bytes)));
    }
    compiler_free(compiler);
    buf_release(&bytes);
    diags_release(&diags);
    vault_close(&vault);
    arena_release(&arena);
    return true;
}

int main(int argc, char **argv) {
    struct walk w = {0};
    bool read = argc > 1;

    compile_warm_up();
    for (int i = 1; i < argc; i++)
        read = check_vault(argv[i], &w) && read;
    vec_release(&w.open);
    printf("%zu slices of %zu notes, %zu not balanced\n", nslices, nnotes,
           nfaults);
    return read && nfaults == 0 ? 0 : 1;
}
