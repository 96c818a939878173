/* Any bytes as a note: the split stays inside the text, and what was read can
 * be compared, printed and looked up. */
#include <stdint.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "note/frontmatter.h"
#include "value/compare.h"
#include "value/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

static uint32_t lines_before(struct str text, size_t end) {
    uint32_t n = 1;

    for (size_t i = 0; i < end; i++)
        n += text.p[i] == '\n';
    return n;
}

/* What libyaml, being of YAML 1.1, counts as line ends too. */
static bool has_other_breaks(struct str text) {
    return str_find_str(text, STR("\xc2\x85"), 0) != STR_NONE ||
           str_find_str(text, STR("\xe2\x80\xa8"), 0) != STR_NONE ||
           str_find_str(text, STR("\xe2\x80\xa9"), 0) != STR_NONE;
}

static void check_lists(const struct frontmatter *f) {
    for (size_t i = 0; i < f->ntags; i++)
        require(f->tags[i].len > 0 && f->tags[i].p[0] != '#');
    for (size_t i = 0; i < f->naliases; i++)
        require(f->aliases[i].len > 0);
    require(f->nsaid_tags >= f->ntags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    static const struct entity_settings kinds;
    static struct collator *collator;
    struct str text = {(const char *)bytes, len};
    struct value_order order = {0};
    struct frontmatter f;
    struct diags diags;
    struct arena arena;
    struct buf out = {0};

    if (utf8_valid_len(text) != len || str_find(text, '\r') != STR_NONE)
        return 0; /* vault/ repairs both before */
    if (collator == NULL)
        collator = collator_new(STR("en"));
    order.collator = collator;
    arena_init(&arena);
    diags_init(&diags);
    frontmatter_read(&f, &arena, text, STR("Fuzz.md"), &kinds, &diags);

    require(f.body <= len);
    require(f.present == (f.body > 0));
    require(!f.valid || f.present);
    require(f.valid || f.nproperties == 0);
    require(f.unreadable || f.valid || !f.present);
    if (f.body < len)
        require(f.body_line == lines_before(text, f.body));
    check_lists(&f);
    for (size_t i = 0; i < f.nproperties; i++) {
        const struct property *p = &f.properties[i];

        require(p->line > 1 && p->column > 0);
        require(p->line < f.body_line || has_other_breaks(text));
        require(frontmatter_property(&f, p->key) == p);
        value_print(&out, p->value, &value_style_default);
        value_compare(&order, p->value, f.properties[0].value);
    }
    buf_release(&out);
    diags_release(&diags);
    arena_release(&arena);
    return 0;
}
