/*
 * slices: a law over whole vaults (decisions.md 14).
 *
 *     slices VAULT…
 *
 * Compiles every note: the slice of every heading, block and item, every footnote
 * and the body has to parse to a balanced tree of its own (note_check.h), and to
 * need just the wrapper that it has.
 */
#include <errno.h>
#include <stdio.h>

#include "../unit/note_check.h"
#include "note/compile.h"

#define SHOWN 20

static size_t nslices, nfaults, nnotes;

static void fault(const struct note *n, const char *what, uint32_t line) {
    if (++nfaults <= SHOWN)
        printf("     %.*s:%u: %s\n", STR_ARG(n->file->path), line, what);
}

/* The item of a turn is written with what fills its fixup. */
static bool begins_turn(const struct note *n, const struct range *r) {
    return r->fixup_begin < r->fixup_end &&
           n->fixups[r->fixup_begin].kind == FIXUP_TURN;
}

static const char *check_wrapper(const struct note *n, const struct slice *s) {
    struct str first;

    if (s->nranges == 0) /* an item too deep to be written as an element */
        return NULL;
    first = str_slice(n->html, s->ranges[0].begin, s->ranges[0].end);

    nslices++;
    if (s->wrapper == WRAP_TURNS)
        return begins_turn(n, &s->ranges[0]) ? NULL
                                             : "turns around what is none";
    if (str_starts(first, STR("<li")) && s->wrapper == WRAP_NONE)
        return "an item without its list";
    if (!str_starts(first, STR("<li")) && s->wrapper != WRAP_NONE)
        return "a list around what is no item";
    return NULL;
}

static void check_note(const struct note *n) {
    const char *wrong = note_check(n);

    if (wrong != NULL) {
        fault(n, wrong, 1);
        return;
    }
    for (uint32_t i = 0; i < n->nheadings; i++)
        if ((wrong = check_wrapper(n, &n->headings[i].section)) != NULL)
            fault(n, wrong, n->headings[i].line);
    for (uint32_t i = 0; i < n->nblocks; i++)
        if ((wrong = check_wrapper(n, &n->blocks[i].slice)) != NULL)
            fault(n, wrong, n->blocks[i].line);
    for (uint32_t i = 0; i < n->nitems; i++)
        if ((wrong = check_wrapper(n, &n->items[i].whole)) != NULL ||
            (wrong = check_wrapper(n, &n->items[i].own)) != NULL)
            fault(n, wrong, n->items[i].line);
    nslices += n->nfootnotes + n->nheadings + 1;
}

static bool check_vault(const char *path) {
    struct arena arena;
    struct settings settings;
    struct diags diags;
    struct vault vault;
    struct buf bytes = {0};
    struct compiler *compiler;

    if (!vault_open(&vault, path)) {
        fprintf(stderr, "slices: %s: %s\n", path, strerror(errno));
        return false;
    }
    arena_init(&arena);
    diags_init(&diags);
    settings_read(&settings, &arena, vault.root_fd, NULL, &diags);
    vault_walk(&vault, &arena, &settings, &diags);
    compiler = compiler_new(&arena, &settings, &diags);
    for (size_t i = 0; i < vault.nfiles; i++) {
        buf_reset(&bytes);
        if (vault.files[i].kind != FILE_NOTE ||
            !vault_read(&vault, &vault.files[i], 64 << 20, &bytes))
            continue;
        nnotes++;
        check_note(note_compile(compiler, &vault.files[i], (uint32_t)i,
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
    bool read = argc > 1;

    compile_warm_up();
    for (int i = 1; i < argc; i++)
        read = check_vault(argv[i]) && read;
    printf("%zu slices of %zu notes, %zu faults\n", nslices, nnotes, nfaults);
    return read && nfaults == 0 ? 0 : 1;
}
