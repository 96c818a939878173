/* Any text as YAML: a tree within its bounds whose positions lie in the text, or
 * a message that is UTF-8. What needs no libyaml is what libyaml makes of it. */
#include <stdlib.h>

#include "base/unicode.h"
#include "base/yaml_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool holds) {
    if (!holds)
        abort();
}

/* Number of nodes. */
static size_t check(const struct yaml *y, size_t depth, size_t len) {
    size_t n = 1, children = 0;

    require(depth <= YAML_MAX_DEPTH + 1);
    require(0 < y->line && y->line <= len + 1);
    require(0 < y->column && y->column <= len + 1);
    require(utf8_valid_len(y->text) == y->text.len);
    if (y->kind == YAML_SCALAR)
        require(y->first == NULL && y->len == 0);
    for (const struct yaml *c = y->first; c != NULL; c = c->next) {
        require((c->key != NULL) == (y->kind == YAML_MAP));
        if (c->key != NULL)
            n += check(c->key, depth + 1, len);
        n += check(c, depth + 1, len);
        children++;
    }
    require(children == y->len);
    return n;
}

static void require_same(const struct yaml *a, const struct yaml *b) {
    require(a->kind == b->kind && a->plain == b->plain && a->len == b->len);
    require(a->line == b->line && a->column == b->column);
    require(str_eq(a->text, b->text));
    require((a->key != NULL) == (b->key != NULL));
    if (a->key != NULL)
        require_same(a->key, b->key);
    b = b->first;
    for (a = a->first; a != NULL; a = a->next, b = b->next)
        require_same(a, b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str text = {(const char *)bytes, len};
    struct yaml_error error = {0};
    const struct yaml *y;
    struct arena arena;

    if (utf8_valid_len(text) != len)
        return 0; /* vault/ repairs it before */
    arena_init(&arena);
    y = yaml_parse(&arena, text, &error);
    if (y != NULL)
        require(check(y, 1, len) <= YAML_MAX_NODES);
    else
        require(utf8_valid_len(error.message) == error.message.len);
    y = yaml_plain(&arena, text);
    if (y != NULL && len <= YAML_MAX_BYTES)
        require_same(y, yaml_complete(&arena, text, &error));
    arena_release(&arena);
    return 0;
}
