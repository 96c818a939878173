/* Any text as inline content (decisions.md 15): what comes of it is balanced,
 * and nothing in it is a block, an id, a symbol or a footnote. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/note_check.h"
#include "base/unicode.h"
#include "note/compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(const char *wrong) {
    if (wrong == NULL)
        return;
    fprintf(stderr, "fuzz_text_compile: %s\n", wrong);
    abort();
}

static void check_inline(const struct note *n) {
    if (n->nids + n->nfootnotes + n->nheadings + n->nblocks + n->nitems +
            n->nqueries >
        0)
        require("a symbol in a text");
    for (uint32_t i = 0; i < n->nembeds; i++)
        if (n->embeds[i].in_block)
            require("a block in a text");
    for (uint32_t i = 0; i < n->nfixups; i++)
        if (n->fixups[i].kind == FIXUP_FOOTNOTES ||
            n->fixups[i].kind == FIXUP_ID)
            require("a fixup that no text has");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const struct settings settings = {
        .limits = {.note_bytes = 1 << 24,
                   .fallback_bytes = 1 << 26,
                   .table_columns = 500,
                   .table_cells = 500000,
                   .fuel_per_kb = 10000}};
    static const struct vault_file file = {.path = STR_INIT("Fuzz.md"),
                                           .kind = FILE_NOTE};
    static const struct note origin = {.file = &file};
    static bool warm;
    struct str text = {(const char *)bytes, len};
    struct buf clean = {0};
    struct arena build;
    struct diags diags;
    struct compiler *c;
    const struct note *n;

    if (!warm)
        compile_warm_up();
    warm = true;
    arena_init(&build);
    diags_init(&diags);
    if (text_clean(text, file.path, &clean, &text, &diags)) {
        c = compiler_new(&build, &settings, &diags);
        n = text_compile(c, &origin, text);
        require(note_check(n));
        if (n->form == NOTE_RENDERED)
            check_inline(n);
        compiler_free(c);
    }
    buf_release(&clean);
    diags_release(&diags);
    arena_release(&build);
    return 0;
}
