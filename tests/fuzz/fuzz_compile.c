/* Any bytes as a note: what compile makes of it is balanced, in order and fit
 * to be shown (note_check.h), and its symbols are found again. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/note_check.h"
#include "base/unicode.h"
#include "note/compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(const char *wrong) {
    if (wrong == NULL)
        return;
    fprintf(stderr, "fuzz_compile: %s\n", wrong);
    abort();
}

static void check_lookup(const struct note *n, struct arena *scratch) {
    for (uint32_t i = 0; i < n->nblocks; i++)
        if (note_find_block(n, n->blocks[i].id) != i)
            require("a block that is not found");
    for (uint32_t i = 0; i < n->nheadings; i++) {
        const struct heading *h = &n->headings[i];
        uint32_t found;

        if (h->in_quote || h->key.len == 0)
            continue;
        found = note_find_heading(n, h->key, scratch);
        if (found > i || !str_eq(n->headings[found].key, h->key))
            require("a heading that is not found");
    }
}

static void check_places(const struct note *n, struct str text) {
    uint32_t lines = 1;

    for (size_t i = 0; i < text.len; i++)
        lines += text.p[i] == '\n' || text.p[i] == '\r';
    for (uint32_t i = 0; i < n->nlinks; i++)
        if (n->links[i].line > lines || n->links[i].column > text.len + 1)
            require("a link outside the file");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const struct settings settings = {
        .limits = {.note_bytes = 1 << 24,
                   .fallback_bytes = 1 << 26,
                   .table_columns = 500,
                   .table_cells = 500000,
                   .fuel_per_kb = 10000},
        .entity_values = {.transcripts = true}};
    static const struct vault_file file = {.path = STR_INIT("Fuzz.md"),
                                           .kind = FILE_NOTE};
    static bool warm;
    struct str text = {(const char *)bytes, len};
    struct arena build, scratch;
    struct diags diags;
    struct compiler *c;
    const struct note *n;

    if (!warm)
        compile_warm_up();
    warm = true;
    arena_init(&build);
    arena_init(&scratch);
    diags_init(&diags);
    c = compiler_new(&build, &settings, &diags);
    n = note_compile(c, &file, 0, text);
    require(note_check(n));
    check_lookup(n, &scratch);
    check_places(n, text);
    for (size_t i = 0; i < diags.len; i++)
        if (utf8_valid_len(diags.items[i].text) != diags.items[i].text.len)
            require("a finding that is not UTF-8");
    compiler_free(c);
    diags_release(&diags);
    arena_release(&scratch);
    arena_release(&build);
    return 0;
}
