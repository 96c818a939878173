/*
 * emit_run: whole builds into a folder of its own, for the tests of emit/.
 */
#ifndef VAULTSITE_TESTS_EMIT_RUN_H
#define VAULTSITE_TESTS_EMIT_RUN_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "emit/emit.h"

struct file {
    const char *path, *bytes;
};

static char place[64], out[80]; /* a new folder for each test, and OUT in it */
static const uint64_t digest[2] = {1, 2}, other_digest[2] = {1, 3};

static inline int make_place(void **state) {
    (void)state;
    snprintf(place, sizeof place, "/tmp/test_emit.XXXXXX");
    if (!mkdtemp(place))
        return -1;
    snprintf(out, sizeof out, "%s/out", place);
    return 0;
}

static inline int remove_one(const char *path, const struct stat *st, int type,
                             struct FTW *at) {
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static inline int remove_place(void **state) {
    (void)state;
    return nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline const char *below(const char *path) {
    static char full[8][300];
    static int turn;

    turn = (turn + 1) % 8;
    snprintf(full[turn], sizeof full[turn], "%s/%s", out, path);
    return full[turn];
}

static inline void put(const char *path, const char *bytes) {
    FILE *f = fopen(below(path), "w");

    assert_non_null(f);
    fputs(bytes, f);
    fclose(f);
}

static inline void check(const char *path, const char *bytes) {
    char got[4096] = {0};
    FILE *f = fopen(below(path), "r");

    if (!f)
        fail_msg("%s is not there", path);
    got[fread(got, 1, sizeof got - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, bytes);
}

static size_t nseen;
static inline int count_one(const char *path, const struct stat *st, int type,
                            struct FTW *at) {
    (void)path;
    (void)st;
    (void)at;
    nseen += type == FTW_F || type == FTW_SL;
    return 0;
}

/* OUT holds these files, with `more` others. */
static inline void check_tree(const struct file *files, size_t more) {
    size_t n = 0;

    for (; files[n].path; n++)
        check(files[n].path, files[n].bytes);
    nseen = 0;
    assert_int_equal(nftw(out, count_one, 16, FTW_PHYS), 0);
    assert_int_equal(nseen, n + more);
}

#define OURS 2 /* lock and manifest */

/* One build, up to a point. */
struct run {
    struct arena arena;
    struct diags diags;
    struct buf error;
    struct emit *e;
    struct emit_counts counts;
};

static inline bool open_run(struct run *r) {
    *r = (struct run){0};
    arena_init(&r->arena);
    diags_init(&r->diags);
    r->e = emit_open(&r->arena, out, &r->error);
    return r->e != NULL;
}

static inline void close_run(struct run *r) {
    if (r->e)
        emit_close(r->e);
    diags_release(&r->diags);
    buf_release(&r->error);
    arena_release(&r->arena);
}

static inline bool begin(struct run *r, const struct file *files) {
    struct str paths[64];
    size_t n = 0;

    for (; files[n].path; n++)
        paths[n] = str_from(files[n].path);
    return emit_begin(r->e, paths, n);
}

static inline void bring(struct run *r, const struct file *files) {
    for (; files->path; files++)
        emit_file(r->e, str_from(files->path), str_from(files->bytes));
}

/* A whole build; to be closed. */
static inline void build(struct run *r, const struct file *files) {
    if (!open_run(r))
        fail_msg("%s", buf_cstr(&r->error));
    if (!begin(r, files))
        fail_msg("%.*s", STR_ARG(emit_error(r->e)));
    bring(r, files);
    if (!emit_finish(r->e, digest, &r->counts, &r->diags))
        fail_msg("%.*s", STR_ARG(emit_error(r->e)));
}

static inline void build_counts(const struct file *files, size_t written,
                                size_t unchanged, size_t removed,
                                size_t foreign) {
    struct run r;

    build(&r, files);
    assert_int_equal(r.counts.written, written);
    assert_int_equal(r.counts.unchanged, unchanged);
    assert_int_equal(r.counts.removed, removed);
    assert_int_equal(r.counts.foreign, foreign);
    close_run(&r);
}

static inline bool up_to_date(const uint64_t d[2]) {
    struct run r;
    bool answer;

    assert_true(open_run(&r));
    answer = emit_up_to_date(r.e, d);
    close_run(&r);
    return answer;
}

static const struct file site_a[] = {
    {"index.html", "<a href=people/ann.html>"},
    {"people/ann.html", "Ann"},
    {"people/old/bob.html", "Bob"},
    {"_/theme-1.css", "a{}"},
    {0},
};
static const struct file site_b[] = {
    {"index.html", "<a href=people/cy.html>"},
    {"people/ann.html", "Ann"},
    {"people/new/cy.html", "Cy"},
    {"_/theme-2.css", "b{}"},
    {0},
};

static inline void read_manifest_file(char *text, size_t size) {
    FILE *f = fopen(below(".vaultsite-manifest"), "r");

    assert_non_null(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

#define IN_PLACE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, make_place, remove_place)

#endif
