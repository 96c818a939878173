#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "link/names.h"

#define NOWHERE "-"

/* A vault of bare paths; "" ends the list. */
struct sketch {
    struct arena arena, scratch;
    struct vault vault;
    const struct names *names;
};

static void sketch_open(struct sketch *s, const char *const *paths, size_t n) {
    *s = (struct sketch){0};
    arena_init(&s->arena);
    arena_init(&s->scratch);
    s->vault.files = arena_array(&s->arena, struct vault_file, n);
    s->vault.nfiles = n;
    for (size_t i = 0; i < n; i++) {
        struct vault_file *f = &s->vault.files[i];

        f->path = str_from(paths[i]);
        f->kind = str_eq_nocase(str_extension(f->path), STR("md"))
                      ? FILE_NOTE
                      : FILE_ATTACHMENT;
    }
    s->names = names_new(&s->arena, &s->vault);
}

static void sketch_close(struct sketch *s) {
    arena_release(&s->scratch);
    arena_release(&s->arena);
}

static uint32_t file_at(const struct sketch *s, const char *path) {
    for (uint32_t i = 0; i < s->vault.nfiles; i++)
        if (str_eq(s->vault.files[i].path, str_from(path)))
            return i;
    fail_msg("no file %s", path);
    return NAMES_NONE;
}

enum expected { SURE = 0, TIED = 1, CASE = 2 };

struct link_row {
    const char *from, *target, *to;
    int how; /* enum expected, added up */
};

static void check_rows(const char *const *paths, size_t npaths,
                       const struct link_row *rows, size_t nrows) {
    struct sketch s;

    sketch_open(&s, paths, npaths);
    for (size_t i = 0; i < nrows; i++) {
        const struct link_row *r = &rows[i];
        struct name_match m = names_resolve(s.names, file_at(&s, r->from),
                                            str_from(r->target), &s.scratch);
        const char *to = NOWHERE;

        if (m.file != NAMES_NONE)
            to = arena_cstr(&s.scratch, s.vault.files[m.file].path);
        if (strcmp(to, r->to) != 0 || m.ambiguous != !!(r->how & TIED) ||
            m.case_only != !!(r->how & CASE))
            fail_msg("[[%s]] in %s: %s%s%s instead of %s", r->target, r->from,
                     to, m.ambiguous ? ", tied" : "",
                     m.case_only ? ", case" : "", r->to);
        arena_reset(&s.scratch);
    }
    sketch_close(&s);
}

static void test_one_name(void **state) {
    static const char *const paths[] = {
        "Alpha.md",
        "Folder/Gamma.md",
        "Folder/Sub/Delta.md",
        "Far/Anchor Point.md",
        "Note.1.md",
        "Note.2.md.md",
        "Ext.MD",
        "Fig.png",
        "assets/plan.pdf",
        "Cafe\u0301.md",
        "100% sure.md",
        "A & B.md",
        "Wide\u00A0space.md",
        "Makefile",
        "v1.2 plan.md",
        "ΟΔΟΣ.md",
        "Only Attachment.md.txt",
        "Drawing.excalidraw.md",
        "back\\slash.md",
        "Two.md",
        "Two.md.md",
    };
    static const struct link_row rows[] = {
        {"Folder/Gamma.md", "", "Folder/Gamma.md", SURE},
        {"Alpha.md", "Gamma", "Folder/Gamma.md", SURE},
        {"Alpha.md", "gamma.md", "Folder/Gamma.md", SURE},
        {"Alpha.md", "FOLDER/gamma", "Folder/Gamma.md", SURE},
        {"Alpha.md", "Sub/Delta", "Folder/Sub/Delta.md", SURE},
        {"Alpha.md", "Folder/Delta", NOWHERE, SURE},
        {"Alpha.md", "r/Anchor Point", NOWHERE, SURE},
        {"Alpha.md", "Anchor", NOWHERE, SURE},
        {"Alpha.md", "Note.1", "Note.1.md", SURE},
        {"Alpha.md", "Note.1.md", "Note.1.md", SURE},
        {"Alpha.md", "Note.2.md", "Note.2.md.md", SURE},
        {"Alpha.md", "Note.2", NOWHERE, SURE},
        {"Alpha.md", "Two.md", "Two.md", SURE},
        {"Alpha.md", "Two.md.md", "Two.md.md", SURE},
        {"Alpha.md", "v1.2 plan", "v1.2 plan.md", SURE},
        {"Alpha.md", "Drawing.excalidraw", "Drawing.excalidraw.md", SURE},
        {"Alpha.md", "Ext.MD", "Ext.MD", SURE},
        {"Alpha.md", "Ext.md", "Ext.MD", SURE},
        {"Alpha.md", "ext", "Ext.MD", SURE},
        {"Alpha.md", "Fig.png", "Fig.png", SURE},
        {"Alpha.md", "Fig", NOWHERE, SURE},
        {"Alpha.md", "Makefile", NOWHERE, SURE},
        {"Alpha.md", "plan.pdf", "assets/plan.pdf", SURE},
        {"Alpha.md", "Only Attachment.md", NOWHERE, SURE},
        {"Alpha.md", "Only Attachment.md.txt", "Only Attachment.md.txt", SURE},
        {"Alpha.md", "Café", "Cafe\u0301.md", SURE},
        {"Alpha.md", "CAFE\u0301", "Cafe\u0301.md", SURE},
        {"Alpha.md", "wide space", "Wide\u00A0space.md", SURE},
        {"Alpha.md", "wide\u202Fspace", "Wide\u00A0space.md", SURE},
        {"Alpha.md", "οδος", "ΟΔΟΣ.md", SURE},
        {"Alpha.md", "100% sure", "100% sure.md", SURE},
        {"Alpha.md", "A & B", "A & B.md", SURE},
        {"Alpha.md", "back\\slash", "back\\slash.md", SURE},
        {"Alpha.md", "Folder\\Gamma", NOWHERE, SURE},
        {"Alpha.md", "Folder//Sub///Delta/", "Folder/Sub/Delta.md", SURE},
        {"Alpha.md", "Folder/", NOWHERE, SURE},
        {"Alpha.md", "https://host.example/x", NOWHERE, SURE},
    };

    (void)state;
    check_rows(paths, ARRAY_LEN(paths), rows, ARRAY_LEN(rows));
}

static void test_absolute_and_relative(void **state) {
    static const char *const paths[] = {
        "Alpha.md",    "Rooted.md", "a/Alpha.md", "a/b/Deep.md",
        "a/b/Here.md", "c/Only.md", "a/pic.png",
    };
    static const struct link_row rows[] = {
        {"a/b/Here.md", "/Rooted", "Rooted.md", SURE},
        {"a/b/Here.md", "//Rooted.md", "Rooted.md", SURE},
        {"a/b/Here.md", "/a/pic.png", "a/pic.png", SURE},
        {"a/b/Here.md", "/Only", NOWHERE, SURE},
        {"a/b/Here.md", "/", NOWHERE, SURE},
        {"a/b/Here.md", "./Deep", "a/b/Deep.md", SURE},
        {"a/b/Here.md", "../Alpha", "a/Alpha.md", SURE},
        {"a/b/Here.md", "../../Alpha.md", "Alpha.md", SURE},
        {"a/b/Here.md", "../pic.png", "a/pic.png", SURE},
        {"a/b/Here.md", ".././b/../Alpha", "a/Alpha.md", SURE},
        {"a/b/Here.md", "../../../Alpha", NOWHERE, SURE},
        {"Alpha.md", "../Alpha", NOWHERE, SURE},
        {"Alpha.md", "./a/b/Deep", "a/b/Deep.md", SURE},
        {"a/b/Here.md", "./Only", "c/Only.md", SURE},
        {"a/b/Here.md", "../c/Only", "c/Only.md", SURE},
        {"a/b/Here.md", "..", NOWHERE, SURE},
        {"a/b/Here.md", "./", NOWHERE, SURE},
        {"a/b/Here.md", "../../", NOWHERE, SURE},
    };

    (void)state;
    check_rows(paths, ARRAY_LEN(paths), rows, ARRAY_LEN(rows));
}

static void test_choice(void **state) {
    static const char *const paths[] = {
        "Note.md",        "a/Note.md",     "a/x.md",      "a/b/Pick.md",
        "zzzzzz/Pick.md", "a/b/Shared.md", "b/Shared.md", "c/b/Shared.md",
        "q/Team.md",      "p/Team.md",     "p/sub/x.md",  "r/x.md",
        "r/s/x.md",       "r/s/Same.md",   "t/s/Same.md", "r/y/s/Same.md",
        "k/ñ/Cp.md",      "k/no/Cp.md",    "i/x.png",     "j/x.png",
        "m/Doc.md.md",    "n/long/Doc.md",
    };
    static const struct link_row rows[] = {
        /* a: the exact path, even with another beside the link */
        {"a/x.md", "Note", "Note.md", SURE},
        {"a/x.md", "b/Shared", "b/Shared.md", SURE},
        /* b: the link's own folder, and no other */
        {"q/Team.md", "Team", "q/Team.md", SURE},
        {"p/Team.md", "team.md", "p/Team.md", SURE},
        {"p/sub/x.md", "Team", "p/Team.md", TIED},
        {"r/x.md", "s/Same", "r/s/Same.md", SURE},
        {"r/s/x.md", "s/Same", "r/s/Same.md", SURE},
        /* c: the shorter path, in code points */
        {"r/x.md", "Pick", "a/b/Pick.md", TIED},
        {"r/x.md", "Cp", "k/ñ/Cp.md", TIED},
        /* d: the smaller path */
        {"r/x.md", "Team", "p/Team.md", TIED},
        {"Note.md", "x.png", "i/x.png", TIED},
        {"Note.md", "s/Same", "r/s/Same.md", TIED},
        /* with and without `.md` are candidates alike */
        {"Note.md", "Doc.md", "m/Doc.md.md", TIED},
        {"n/long/Doc.md", "Doc.md", "n/long/Doc.md", SURE},
        {"Note.md", "/Note", "Note.md", SURE},
        {"Note.md", "./Team", "p/Team.md", TIED},
    };

    (void)state;
    check_rows(paths, ARRAY_LEN(paths), rows, ARRAY_LEN(rows));
}

static void test_spellings(void **state) {
    static const char *const paths[] = {
        "A/Note.md",       "a/Note.md",  "a/from.md",  "A/from.md",
        "b/NOTE.md",       "d/Mixed.md", "d/mixed.md", "e/Caf\u00E9.md",
        "e/Cafe\u0301.md", "z.md",       "f/Twice.md", "f/twice.md",
        "g/TWICE.md",      "x.md.md",    "x.md",       "X.md",
    };
    static const struct link_row rows[] = {
        {"z.md", "mixed", "d/mixed.md", CASE},
        {"z.md", "Mixed", "d/Mixed.md", CASE},
        {"z.md", "MIXED", "d/Mixed.md", CASE},
        {"z.md", "d/mixed.md", "d/mixed.md", CASE},
        {"z.md", "/d/mixed", "d/mixed.md", CASE},
        {"d/Mixed.md", "./mixed", "d/mixed.md", CASE},
        {"z.md", "Caf\u00E9", "e/Caf\u00E9.md", CASE},
        {"z.md", "Cafe\u0301", "e/Cafe\u0301.md", CASE},
        {"a/from.md", "Note", "a/Note.md", CASE},
        {"A/from.md", "Note", "A/Note.md", CASE},
        {"A/from.md", "note", "A/Note.md", CASE},
        {"b/NOTE.md", "note", "b/NOTE.md", SURE},
        {"z.md", "b/note", "b/NOTE.md", SURE},
        {"z.md", "twice", "f/twice.md", CASE | TIED},
        {"z.md", "g/twice", "g/TWICE.md", SURE},
        {"z.md", "x.md", "x.md", CASE},
        {"z.md", "X", "X.md", CASE},
        {"z.md", "x.md.md", "x.md.md", SURE},
    };

    (void)state;
    check_rows(paths, ARRAY_LEN(paths), rows, ARRAY_LEN(rows));
}

static void test_first_spelling(void **state) {
    static const char *const paths[] = {"A.md", "b.md", "a.md", "B.png"};
    struct sketch s;

    (void)state;
    sketch_open(&s, paths, ARRAY_LEN(paths));
    assert_int_equal(names_first_spelling(s.names, 0), 0);
    assert_int_equal(names_first_spelling(s.names, 1), 1);
    assert_int_equal(names_first_spelling(s.names, 2), 0);
    assert_int_equal(names_first_spelling(s.names, 3), 3);
    sketch_close(&s);
}

static void test_candidates(void **state) {
    static const char *const paths[] = {
        "a/Team.md", "b/Team.md", "c/Team.md", "d/Team.md", "e/Alone.md",
    };
    static const struct {
        const char *target;
        bool published[5];
        size_t max, count;
        const char *list;
    } rows[] = {
        {"Team",
         {1, 1, 1, 1, 1},
         9,
         4,
         "a/Team.md, b/Team.md, c/Team.md, d/Team.md"},
        {"team.md", {1, 0, 0, 1, 1}, 9, 2, "a/Team.md, d/Team.md"},
        {"../Team", {1, 1, 1, 1, 1}, 2, 3, "a/Team.md, b/Team.md"},
        {"Team", {0, 0, 1, 0, 1}, 9, 1, "c/Team.md"},
        {"Team", {0, 0, 0, 0, 1}, 9, 0, ""},
        {"Nobody", {1, 1, 1, 1, 1}, 9, 0, ""},
    };
    struct sketch s;
    struct buf out = {0};

    (void)state;
    sketch_open(&s, paths, ARRAY_LEN(paths));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        buf_reset(&out);
        assert_int_equal(names_candidates(s.names, rows[i].published,
                                          str_from(rows[i].target), rows[i].max,
                                          &out, &s.scratch),
                         rows[i].count);
        assert_string_equal(buf_cstr(&out), rows[i].list);
    }
    buf_release(&out);
    sketch_close(&s);
}

static void test_empty_vault(void **state) {
    struct sketch s;

    (void)state;
    sketch_open(&s, NULL, 0);
    assert_non_null(s.names);
    sketch_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_name),
        cmocka_unit_test(test_absolute_and_relative),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_first_spelling),
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_empty_vault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
