/* Any clean text: masking keeps its length and its lines, and can be undone. */
#include <stdlib.h>

#include "note/mask.h"
#include "vault/vault.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

static void check_lines(const struct mask *m, struct str text) {
    size_t line = 0;

    for (size_t at = 0; at < text.len; line++) {
        size_t end = str_find(str_skip(text, at), '\n');

        require(line < m->lines.len && m->lines.items[line] == at);
        at = end == STR_NONE ? text.len : at + end + 1;
    }
    require(line == m->lines.len);
    require(m->wide_table <= line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const struct limits limits = {.table_columns = 5, .table_cells = 20};
    struct str text = {(const char *)bytes, len}, masked;
    struct buf clean = {0}, undone = {0};
    struct mask mask = {.mask_fields = true};
    struct arena arena;
    struct diags diags;

    arena_init(&arena);
    diags_init(&diags);
    if (text_clean(text, STR("Fuzz.md"), &clean, &text, &diags)) {
        mask_text(&mask, text, &limits);
        masked = buf_str(&mask.text);
        require(masked.len == text.len);
        check_lines(&mask, text);
        mask_undo(&undone, masked);
        require(str_eq(buf_str(&undone), text));
        require(str_eq(mask_plain(&arena, masked), text));
        require(mask_found(masked) == !str_eq(masked, text));
        if (mask.last_math > 0)
            require(str_find_str(text, STR("$$"), mask.last_math + 1) ==
                        STR_NONE ||
                    text.p[mask.last_math + 1] == '$');
    }
    mask_release(&mask);
    buf_release(&clean);
    buf_release(&undone);
    diags_release(&diags);
    arena_release(&arena);
    return 0;
}
