#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/pool.h"
#include "emit_run.h"

static void builds_and_rebuilds(void **state) {
    (void)state;
    build_counts(site_a, 4, 0, 0, 0);
    check_tree(site_a, OURS);
    build_counts(site_a, 0, 4, 0, 0);
    build_counts(site_b, 3, 1, 2, 0);
    check_tree(site_b, OURS);
    assert_int_not_equal(access(below("people/old"), F_OK), 0);
    build_counts(site_a, 3, 1, 2, 0);
    check_tree(site_a, OURS);
}

static void knows_what_is_up_to_date(void **state) {
    (void)state;
    assert_false(up_to_date(digest));
    build_counts(site_a, 4, 0, 0, 0);
    assert_true(up_to_date(digest));
    assert_false(up_to_date(other_digest));
    put("people/ann.html", "Anna");
    assert_false(up_to_date(digest));
    build_counts(site_a, 1, 3, 0, 0);
    assert_true(up_to_date(digest));
    unlink(below("people/ann.html"));
    assert_false(up_to_date(digest));
    build_counts(site_a, 1, 3, 0, 0);
    check_tree(site_a, OURS);
}

static void looking_writes_nothing(void **state) {
    struct run r;

    (void)state;
    assert_true(open_run(&r));
    assert_false(emit_up_to_date(r.e, digest));
    close_run(&r);
    assert_int_not_equal(access(out, F_OK), 0);
}

static void makes_parents_of_out(void **state) {
    (void)state;
    snprintf(out, sizeof out, "%s/a/b/out", place);
    build_counts(site_a, 4, 0, 0, 0);
    check_tree(site_a, OURS);
}

/* By the manifest a file of the same size is unchanged; --force reads it. */
static void compares_bytes_when_distrusting(void **state) {
    struct run r;

    (void)state;
    build_counts(site_a, 4, 0, 0, 0);
    put("people/ann.html", "Eve");
    build_counts(site_a, 0, 4, 0, 0);
    check("people/ann.html", "Eve");
    assert_true(open_run(&r));
    emit_distrust(r.e);
    assert_false(emit_up_to_date(r.e, digest));
    assert_true(begin(&r, site_a));
    bring(&r, site_a);
    assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
    assert_int_equal(r.counts.written, 1);
    close_run(&r);
    check_tree(site_a, OURS);
}

static void leaves_foreign_files(void **state) {
    struct run r;

    (void)state;
    assert_int_equal(mkdir(out, 0777), 0);
    assert_int_equal(mkdir(below("people"), 0777), 0);
    put("people/ann.html", "mine");
    put("people/mine.txt", "mine too");
    for (int round = 0; round < 2; round++) {
        build(&r, site_a);
        assert_int_equal(r.counts.foreign, 1);
        assert_int_equal(r.diags.len, 1);
        assert_int_equal(r.diags.items[0].code, DIAG_OUTPUT_FOREIGN);
        close_run(&r);
        check("people/ann.html", "mine");
        assert_false(up_to_date(digest)); /* so that it is told again */
    }
    build_counts((const struct file[]){{0}}, 0, 0, 3, 0);
    check_tree((const struct file[]){{"people/ann.html", "mine"},
                                     {"people/mine.txt", "mine too"},
                                     {0}},
               OURS);
}

/* The folder is reached by what it is: nothing is put into it, nothing goes. */
static void spares_a_folder(void **state) {
    struct run r;
    int fd;

    (void)state;
    build_counts(site_a, 4, 0, 0, 0);
    fd = open(below("people"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(fd >= 0);
    for (int round = 0; round < 2; round++) {
        assert_true(open_run(&r));
        emit_spare(r.e, fd);
        assert_true(begin(&r, site_b));
        bring(&r, site_b);
        assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
        assert_int_equal(r.diags.len, 1);
        assert_int_equal(r.diags.items[0].code, DIAG_OUTPUT_FOREIGN);
        close_run(&r);
        for (const struct file *f = site_a; f->path; f++)
            if (strncmp(f->path, "people/", 7) == 0)
                check(f->path, f->bytes);
    }
    close(fd);
}

/* Before any bytes have come, and who gives up then leaves the old site. */
static void tells_foreign_places_first(void **state) {
    struct run r;

    (void)state;
    build_counts((const struct file[]){{"a.html", "a"}, {0}}, 1, 0, 0, 0);
    put("b.html", "mine");
    assert_true(open_run(&r));
    assert_true(begin(
        &r, (const struct file[]){{"b.html", "b"}, {"c/d.html", "d"}, {0}}));
    emit_report_foreign(r.e, &r.diags);
    assert_int_equal(r.diags.len, 1);
    assert_int_equal(r.diags.items[0].code, DIAG_OUTPUT_FOREIGN);
    close_run(&r);
    check_tree((const struct file[]){{"a.html", "a"}, {"b.html", "mine"}, {0}},
               OURS);
    assert_int_not_equal(access(below("c"), F_OK), 0);
    assert_true(up_to_date(digest));
}

static void follows_no_links(void **state) {
    struct run r;
    char elsewhere[80], kept[100];

    (void)state;
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", place);
    snprintf(kept, sizeof kept, "%s/kept", place);
    assert_int_equal(mkdir(elsewhere, 0777), 0);
    assert_int_equal(mkdir(out, 0777), 0);
    assert_int_equal(symlink(elsewhere, below("people")), 0);
    assert_int_equal(symlink(kept, below("index.html")), 0);
    build(&r, site_a);
    assert_int_equal(r.counts.foreign, 3);
    assert_int_equal(r.counts.written, 1);
    assert_int_equal(r.diags.len, 2); /* one for the whole of people/ */
    close_run(&r);
    assert_int_equal(rmdir(elsewhere), 0);
    assert_int_not_equal(access(kept, F_OK), 0);
}

/* Links that took the place of what an earlier build wrote. */
static void follows_no_links_put_in_later(void **state) {
    char elsewhere[80], kept[100];

    (void)state;
    snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", place);
    snprintf(kept, sizeof kept, "%s/elsewhere/bob.html", place);
    build_counts(site_a, 4, 0, 0, 0);
    assert_int_equal(rename(below("people/old"), elsewhere), 0);
    assert_int_equal(symlink(elsewhere, below("people/old")), 0);
    unlink(below("index.html"));
    assert_int_equal(symlink(kept, below("index.html")), 0);
    build_counts(site_b, 2, 1, 1, 1);
    assert_int_equal(access(kept, F_OK), 0);
    assert_int_equal(unlink(below("index.html")), 0);
    assert_int_equal(unlink(below("people/old")), 0);
}

static bool bring_asset(struct run *r, const char *path, const char *source) {
    int fd = open(source, O_RDONLY | O_CLOEXEC);
    bool good;

    assert_true(fd >= 0);
    good = emit_asset(r->e, str_from(path), fd);
    close(fd);
    return good;
}

static void build_asset(const char *source, size_t written, size_t unchanged) {
    struct run r;

    assert_true(open_run(&r));
    assert_true(begin(&r, (const struct file[]){{"files/a.bin", ""}, {0}}));
    assert_true(bring_asset(&r, "files/a.bin", source));
    assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
    assert_int_equal(r.counts.written, written);
    assert_int_equal(r.counts.unchanged, unchanged);
    close_run(&r);
}

/* `n` bytes that differ from place to place. */
static void write_source(const char *path, size_t n, int seed) {
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    for (size_t i = 0; i < n; i++)
        fputc((int)(i * 7 + i / 256) + seed, f);
    fclose(f);
}

static void check_same(const char *a, const char *b) {
    FILE *f = fopen(a, "r"), *g = fopen(b, "r");
    int c, d;

    assert_true(f && g);
    do {
        c = fgetc(f);
        d = fgetc(g);
        assert_int_equal(c, d);
    } while (c != EOF);
    fclose(f);
    fclose(g);
}

static void copies_assets(void **state) {
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 200000};
    char source[100], kept[2000];

    (void)state;
    snprintf(source, sizeof source, "%s/source", place);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        write_source(source, sizes[i], 0);
        build_asset(source, 1, 0);
        check_same(source, below("files/a.bin"));
        build_asset(source, 0, 1);
    }
    write_source(source, 200000, 1); /* the same size */
    build_asset(source, 1, 0);
    check_same(source, below("files/a.bin"));
    read_manifest_file(kept, sizeof kept);
    put(".vaultsite-manifest", "vaultsite-manifest 1\ndigest -\n"
                               "---------------- 0 files/a.bin\n");
    build_asset(source, 0, 1);
    check(".vaultsite-manifest", kept);
}

static void unreadable_assets_are_left_out(void **state) {
    struct run r;
    char source[100];

    (void)state;
    snprintf(source, sizeof source, "%s/source", place);
    write_source(source, 10, 0);
    for (int round = 0; round < 2; round++) {
        assert_true(open_run(&r));
        assert_true(begin(&r, (const struct file[]){
                                  {"files/a.bin", ""}, {"i.html", ""}, {0}}));
        assert_false(bring_asset(&r, "files/a.bin", place)); /* a folder */
        emit_file(r.e, STR("i.html"), STR("i"));
        assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
        assert_int_equal(r.counts.removed, round);
        close_run(&r);
        check_tree((const struct file[]){{"i.html", "i"}, {0}}, OURS);
        assert_int_not_equal(access(below("files"), F_OK), 0);
        build_asset(source, 1, 0);
    }
}

#define STREAM_LINES 20000 /* of ten bytes: some pieces and a rest */

/* A build whose one file comes in pieces; its line `changed` differs. */
static void build_stream(bool distrust, size_t changed, size_t written,
                         size_t unchanged) {
    struct emit_stream s;
    struct run r;

    assert_true(open_run(&r));
    if (distrust)
        emit_distrust(r.e);
    assert_true(begin(&r, (const struct file[]){{"many.txt", ""}, {0}}));
    emit_stream_open(&s, r.e, STR("many.txt"));
    for (size_t i = 0; i < STREAM_LINES; i++) {
        buf_printf(&s.bytes, "%c%08zu\n", i == changed ? '!' : '.', i);
        emit_stream_flush(&s);
        assert_true(s.bytes.len < 65536);
    }
    emit_stream_close(&s);
    assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
    assert_int_equal(r.counts.written, written);
    assert_int_equal(r.counts.unchanged, unchanged);
    close_run(&r);
}

static void check_stream(size_t changed) {
    char line[16], expected[16];
    FILE *f = fopen(below("many.txt"), "r");

    assert_non_null(f);
    for (size_t i = 0; i < STREAM_LINES; i++) {
        snprintf(expected, sizeof expected, "%c%08zu\n",
                 i == changed ? '!' : '.', i);
        assert_non_null(fgets(line, sizeof line, f));
        assert_string_equal(line, expected);
    }
    assert_int_equal(fgetc(f), EOF);
    fclose(f);
}

static void damage_byte(long at) {
    FILE *f = fopen(below("many.txt"), "r+");

    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    fputc('#', f);
    fclose(f);
}

/* As large files do that are never held whole: nothing is left beside them. */
static void takes_pieces(void **state) {
    static const size_t last = STREAM_LINES - 1;

    (void)state;
    build_stream(false, 0, 1, 0);
    check_stream(0);
    build_stream(false, 0, 0, 1);
    build_stream(false, last, 1, 0);
    check_stream(last);
    build_stream(true, last, 0, 1);
    damage_byte(70000);
    build_stream(false, last, 0, 1);
    build_stream(true, last, 1, 0);
    check_stream(last);
    assert_true(up_to_date(digest));
    check_tree((const struct file[]){{0}}, OURS + 1);
}

static void leaves_place_to_others(void **state) {
    (void)state;
    assert_int_equal(mkdir(out, 0777), 0);
    put("many.txt", "mine");
    build_stream(false, 0, 0, 0);
    check("many.txt", "mine");
}

#define MANY_FOLDERS 400 /* more than are held open */
#define MANY_FILES 3

struct many {
    struct emit *e;
    struct str *paths;
    int round;
};

static void bring_one(void *context, size_t index, unsigned worker) {
    struct many *many = context;
    char bytes[64];

    (void)worker;
    /* Every tenth file differs from round to round. */
    snprintf(bytes, sizeof bytes, "%zu of %d", index,
             index % 10 == 0 ? many->round : 0);
    emit_file(many->e, many->paths[index], str_from(bytes));
}

static void many_threads_and_folders(void **state) {
    struct arena a;
    struct many many = {0};
    const size_t n = MANY_FOLDERS * MANY_FILES;

    (void)state;
    arena_init(&a);
    many.paths = arena_array(&a, struct str, n);
    for (size_t i = 0; i < n; i++) {
        char path[64];
        snprintf(path, sizeof path, "f%zu/g/%zu.html", i % MANY_FOLDERS,
                 i / MANY_FOLDERS);
        many.paths[i] = arena_str(&a, str_from(path));
    }
    for (many.round = 1; many.round < 3; many.round++) {
        struct run r;
        assert_true(open_run(&r));
        assert_true(emit_begin(r.e, many.paths, n));
        many.e = r.e;
        pool_run(4, n, bring_one, &many);
        assert_true(emit_finish(r.e, digest, &r.counts, &r.diags));
        assert_int_equal(r.counts.written, many.round == 1 ? n : n / 10);
        close_run(&r);
        assert_true(up_to_date(digest));
    }
    check("f10/g/0.html", "10 of 2");
    check("f11/g/0.html", "11 of 0");
    check("f399/g/2.html", "1199 of 0");
    check_tree((const struct file[]){{0}}, n + OURS);
    build_counts((const struct file[]){{0}}, 0, 0, n, 0);
    check_tree((const struct file[]){{0}}, OURS);
    assert_int_not_equal(access(below("f399"), F_OK), 0);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_PLACE(builds_and_rebuilds),
        IN_PLACE(knows_what_is_up_to_date),
        IN_PLACE(looking_writes_nothing),
        IN_PLACE(makes_parents_of_out),
        IN_PLACE(compares_bytes_when_distrusting),
        IN_PLACE(leaves_foreign_files),
        IN_PLACE(spares_a_folder),
        IN_PLACE(tells_foreign_places_first),
        IN_PLACE(follows_no_links),
        IN_PLACE(follows_no_links_put_in_later),
        IN_PLACE(copies_assets),
        IN_PLACE(unreadable_assets_are_left_out),
        IN_PLACE(takes_pieces),
        IN_PLACE(leaves_place_to_others),
        IN_PLACE(many_threads_and_folders),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
