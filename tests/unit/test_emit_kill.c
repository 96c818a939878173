#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "emit_run.h"

/* A name that was foreign when a killed build announced it stays foreign. */
static void leaves_foreign_files_after_a_kill(void **state) {
    struct run r;
    pid_t child;

    (void)state;
    assert_int_equal(mkdir(out, 0777), 0);
    put("index.html", "mine");
    child = fork();
    if (child == 0) {
        if (open_run(&r) && begin(&r, site_a))
            raise(SIGKILL);
        _exit(1);
    }
    waitpid(child, NULL, 0);
    build_counts(site_a, 3, 0, 0, 1);
    check("index.html", "mine");
}

static const struct file with_file[] = {
    {"x.html", "page"}, {"y.html/z.html", "below"}, {"w", "w"}, {0}};

static const struct file with_folder[] = {
    {"x.html/a/b.html", "below"}, {"y.html", "page"}, {"w", "w"}, {0}};

static void files_and_folders_change_places(void **state) {
    (void)state;
    build_counts(with_file, 3, 0, 0, 0);
    build_counts(with_folder, 2, 1, 2, 0);
    check_tree(with_folder, OURS);
    assert_true(up_to_date(digest));
    build_counts(with_file, 2, 1, 2, 0);
    check_tree(with_file, OURS);
    assert_true(up_to_date(digest));
}

/* The manifest that a build killed between its removals leaves. */
static void files_and_folders_change_places_after_a_kill(void **state) {
    static const char both[] = "vaultsite-manifest 1\n"
                               "digest -\n"
                               "---------------- 0 w\n"
                               "---------------- 0 x.html\n"
                               "---------------- 0 x.html/a/b.html\n"
                               "---------------- 0 y.html\n"
                               "---------------- 0 y.html/z.html\n";

    (void)state;
    build_counts(with_file, 3, 0, 0, 0);
    put(".vaultsite-manifest", both);
    build_counts(with_folder, 2, 1, 2, 0);
    check_tree(with_folder, OURS);
    put(".vaultsite-manifest", both);
    build_counts(with_folder, 0, 3, 0, 0);
    check_tree(with_folder, OURS);
    put(".vaultsite-manifest", both);
    build_counts(with_file, 2, 1, 2, 0);
    check_tree(with_file, OURS);
}

static void one_build_at_a_time(void **state) {
    struct run first, second, third;

    (void)state;
    assert_true(open_run(&first)); /* no folder, hence no lock yet */
    assert_true(open_run(&second));
    assert_true(begin(&first, site_a));
    assert_false(begin(&second, site_a));
    assert_true(str_find_str(emit_error(second.e), STR("another build"), 0) !=
                STR_NONE);
    close_run(&second);
    assert_false(open_run(&third));
    assert_true(str_starts(buf_str(&third.error), STR("another build")));
    close_run(&third);
    bring(&first, site_a);
    assert_true(emit_finish(first.e, digest, &first.counts, &first.diags));
    close_run(&first);
    check_tree(site_a, OURS);
}

/* Kills a build of site_b over site_a after `nfiles` files. */
static void kill_build(size_t nfiles) {
    struct run r;
    int status;
    pid_t child = fork();

    if (child == 0) {
        if (open_run(&r) && begin(&r, site_b)) {
            for (size_t i = 0; i < nfiles; i++)
                emit_file(r.e, str_from(site_b[i].path),
                          str_from(site_b[i].bytes));
            raise(SIGKILL);
        }
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void survives_kills(void **state) {
    (void)state;
    for (size_t nfiles = 0; nfiles <= 4; nfiles++) {
        build_counts(site_a, nfiles == 0 ? 4 : 3, nfiles == 0 ? 0 : 1,
                     nfiles == 0 ? 0 : 2, 0);
        kill_build(nfiles);
        for (size_t i = 0; site_a[i].path; i++)
            check(site_a[i].path, site_a[i].bytes);
        assert_false(up_to_date(digest));
        build_counts(site_b, 3, 1, 2, 0);
        check_tree(site_b, OURS);
        assert_true(up_to_date(digest));
    }
}

static void gives_up_what_was_announced_by_a_killed_build(void **state) {
    (void)state;
    build_counts(site_a, 4, 0, 0, 0);
    kill_build(4);
    build_counts(site_a, 0, 4, 0, 0);
    check_tree(site_a, OURS);
    assert_int_not_equal(access(below("people/new"), F_OK), 0);
}

static void unfinished_builds_are_undone(void **state) {
    char before[2000];
    struct run r;

    (void)state;
    build_counts(site_a, 4, 0, 0, 0);
    read_manifest_file(before, sizeof before);
    assert_true(open_run(&r));
    assert_true(begin(&r, site_b));
    bring(&r, site_b);
    close_run(&r);
    check_tree(site_a, OURS);
    check(".vaultsite-manifest", before);
    assert_true(up_to_date(digest));
    assert_int_not_equal(access(below("people/new"), F_OK), 0);
}

static void unfinished_first_builds_are_undone(void **state) {
    struct run r;

    (void)state;
    assert_true(open_run(&r));
    assert_true(begin(&r, site_a));
    bring(&r, site_a);
    close_run(&r);
    check_tree((const struct file[]){{0}}, 1);
    assert_int_not_equal(access(below("people"), F_OK), 0);
}

/* A write that fails (here: past the size that the process may write). */
static void write_errors_leave_the_old_site(void **state) {
    struct rlimit old, small;
    struct run r;
    char *large = calloc(1, 20000);

    (void)state;
    memset(large, 'x', 19999);
    build_counts(site_a, 4, 0, 0, 0);
    assert_true(open_run(&r));
    assert_true(begin(&r, site_b));
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){10000, old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    emit_file(r.e, STR("index.html"), str_from(large));
    assert_true(emit_failed(r.e));
    emit_file(r.e, STR("people/new/cy.html"), STR("Cy"));
    assert_false(emit_finish(r.e, digest, &r.counts, &r.diags));
    assert_true(
        str_ends(emit_error(r.e), STR("/out/index.html: File too large")));
    close_run(&r);
    setrlimit(RLIMIT_FSIZE, &old);
    check_tree(site_a, OURS);
    assert_true(up_to_date(digest));
    free(large);
}

static void refuses_what_it_cannot_use(void **state) {
    struct run r;
    FILE *f = fopen(out, "w");

    (void)state;
    fclose(f);
    assert_false(open_run(&r));
    assert_true(str_ends(buf_str(&r.error), STR("out is not a folder")));
    close_run(&r);
    unlink(out);
    build_counts(site_a, 4, 0, 0, 0);
    put(".vaultsite-manifest", "vaultsite-manifest 1\ndigest -\nnonsense\n");
    assert_false(open_run(&r));
    assert_true(str_find_str(buf_str(&r.error), STR("damaged (line 3)"), 0) !=
                STR_NONE);
    close_run(&r);
    check_tree(site_a, OURS);
}

static void refuses_wrong_announcements(void **state) {
    static const struct {
        struct file files[3];
        const char *message;
    } rows[] = {
        {{{"a", ""}, {"a", ""}}, "two pages have the path a"},
        {{{"../a", ""}}, "\"../a\" cannot be a path of the site"},
        {{{"a", ""}, {"a/b", ""}}, "a is both a file and a folder"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct run r;
        assert_true(open_run(&r));
        assert_false(begin(&r, rows[i].files));
        assert_true(str_eq(emit_error(r.e), str_from(rows[i].message)));
        close_run(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_PLACE(leaves_foreign_files_after_a_kill),
        IN_PLACE(files_and_folders_change_places),
        IN_PLACE(files_and_folders_change_places_after_a_kill),
        IN_PLACE(one_build_at_a_time),
        IN_PLACE(survives_kills),
        IN_PLACE(gives_up_what_was_announced_by_a_killed_build),
        IN_PLACE(unfinished_builds_are_undone),
        IN_PLACE(unfinished_first_builds_are_undone),
        IN_PLACE(write_errors_leave_the_old_site),
        IN_PLACE(refuses_what_it_cannot_use),
        IN_PLACE(refuses_wrong_announcements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
