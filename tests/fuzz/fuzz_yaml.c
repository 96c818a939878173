/* Any text as YAML: a tree within its bounds whose positions lie in the text, or
 * a message that is UTF-8. */
#include <stdlib.h>

#include "base/unicode.h"
#include "base/yaml.h"

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
    arena_release(&arena);
    return 0;
}
