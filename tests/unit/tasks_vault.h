/*
 * tasks_vault: the tasks of a folder of notes, for tests.
 */
#ifndef VAULTSITE_TESTS_TASKS_VAULT_H
#define VAULTSITE_TESTS_TASKS_VAULT_H

#include <fcntl.h>
#include <unistd.h>

#include "note/compile.h"
#include "query/tasks/task.h"

struct tasks_vault {
    struct arena arena;
    struct diags diags;
    struct settings settings;
    struct vault vault;
    const struct note **notes;
    struct linked *linked;
};

/* Reads the folder with its own settings; only what is published is there. */
static inline void tasks_vault_open(struct tasks_vault *v, const char *path) {
    struct compiler *c;
    struct buf bytes = {0};

    memset(v, 0, sizeof *v);
    arena_init(&v->arena);
    diags_init(&v->diags);
    assert_true(vault_open(&v->vault, path));
    assert_true(settings_read(&v->settings, &v->arena, v->vault.root_fd, NULL,
                              &v->diags));
    vault_walk(&v->vault, &v->arena, &v->settings, &v->diags);
    v->notes = arena_array(&v->arena, const struct note *, v->vault.nfiles + 1);
    compile_warm_up();
    c = compiler_new(&v->arena, &v->settings, &v->diags);
    for (size_t i = 0; i < v->vault.nfiles; i++) {
        struct publish_facts facts;
        const struct note *n;
        if (v->vault.files[i].kind != FILE_NOTE)
            continue;
        buf_reset(&bytes);
        assert_true(vault_read(&v->vault, &v->vault.files[i], 1 << 24, &bytes));
        n = note_compile(c, &v->vault.files[i], (uint32_t)i, buf_str(&bytes));
        note_publish_facts(n, &v->settings, buf_str(&bytes), &facts);
        if (!n->withheld && publish_decide(&v->settings, &facts))
            v->notes[i] = n;
    }
    v->linked = link_vault(&v->arena, &v->vault, v->notes, 1, &v->diags);
    compiler_free(c);
    buf_release(&bytes);
}

static inline void tasks_vault_close(struct tasks_vault *v) {
    vault_close(&v->vault);
    diags_release(&v->diags);
    arena_release(&v->arena);
}

#endif
