#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "vault/vault.h"

/* A folder with a vault in it, `v`, and things beside it. */
struct place {
    char path[64], root[80];
    int fd; /* of the vault */
    struct arena arena;
    struct diags diags;
    struct settings settings;
    struct vault vault;
};

static void place_init(struct place *p) {
    *p = (struct place){0};
    snprintf(p->path, sizeof p->path, "/tmp/vaultsite-test-XXXXXX");
    assert_non_null(mkdtemp(p->path));
    snprintf(p->root, sizeof p->root, "%s/v", p->path);
    assert_int_equal(mkdir(p->root, 0777), 0);
    assert_true(vault_open(&p->vault, p->root));
    p->fd = p->vault.root_fd;
    arena_init(&p->arena);
    diags_init(&p->diags);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw) {
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void place_release(struct place *p) {
    assert_int_equal(nftw(p->path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    vault_close(&p->vault);
    diags_release(&p->diags);
    arena_release(&p->arena);
}

/* Makes the folders of `name` too; one that ends in '/' is a folder itself. */
static void put(struct place *p, const char *name, const char *text) {
    char folder[300];
    snprintf(folder, sizeof folder, "%s", name);
    for (char *at = folder; (at = strchr(at, '/')) != NULL; *at++ = '/') {
        *at = '\0';
        mkdirat(p->fd, folder, 0777);
    }
    if (name[strlen(name) - 1] == '/')
        return;
    int fd = openat(p->fd, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void put_link(struct place *p, const char *name, const char *target) {
    assert_int_equal(symlinkat(target, p->fd, name), 0);
}

static void walk(struct place *p) {
    vault_walk(&p->vault, &p->arena, &p->settings, &p->diags);
}

/* A line for each file: path, then letters: N note, t template, x excluded,
 * i included, and the real path after `<`. */
static void assert_files(struct place *p, const char *expected) {
    struct buf b = {0};
    for (size_t i = 0; i < p->vault.nfiles; i++) {
        const struct vault_file *f = &p->vault.files[i];
        buf_printf(&b, "%.*s %s%s%s%s", STR_ARG(f->path),
                   f->kind == FILE_NOTE ? "N" : "", f->is_template ? "t" : "",
                   f->excluded ? "x" : "", f->included ? "i" : "");
        if (f->real.len > 0)
            buf_printf(&b, "<%.*s", STR_ARG(f->real));
        buf_add_ch(&b, '\n');
    }
    assert_string_equal(buf_cstr(&b), expected);
    buf_release(&b);
}

/* A line for each finding: code and path. */
static void assert_findings(struct place *p, const char *expected) {
    struct buf b = {0};
    for (size_t i = 0; i < p->diags.len; i++)
        buf_printf(&b, "%.*s %.*s\n",
                   STR_ARG(diag_rows[p->diags.items[i].code].name),
                   STR_ARG(p->diags.items[i].path));
    assert_string_equal(buf_cstr(&b), expected);
    buf_release(&b);
}

static void test_order(void **state) {
    struct vault none;
    struct place p;

    (void)state;
    assert_false(vault_open(&none, "/nonexistent/vault"));
    assert_int_equal(errno, ENOENT);
    place_init(&p);
    put(&p, "b.md", "12345");
    put(&p, "a/z.md", "");
    put(&p, "a/b/c.MD", "");
    put(&p, "a.md", "");
    put(&p, "a b.md", "");
    put(&p, "B.png", "");
    put(&p, "\xef\xbc\xa1.md", "");     /* U+FF21 */
    put(&p, "\xf0\x9f\x98\x80.md", ""); /* U+1F600: before it in UTF-16 */
    put(&p, "empty/", "");
    put(&p, ".hidden.md", "");
    put(&p, ".obsidian/app.md", "");
    put(&p, "a/.trash/x.md", "");
    put(&p, "vaultsite.yaml", "");
    put(&p, "a/vaultsite.yaml", "");
    put(&p, "md", "");
    put(&p, "x.md.txt", "");
    walk(&p);
    assert_findings(&p, "");
    assert_files(&p, "B.png \n"
                     "a/b/c.MD N\n"
                     "a/vaultsite.yaml \n"
                     "a/z.md N\n"
                     "a b.md N\n"
                     "a.md N\n"
                     "b.md N\n"
                     "md \n"
                     "x.md.txt \n"
                     "\xf0\x9f\x98\x80.md N\n"
                     "\xef\xbc\xa1.md N\n");
    assert_int_equal(p.vault.nnotes, 7);
    assert_int_equal(p.vault.files[6].size, 5);
    assert_true(p.vault.files[6].mtime.seconds > 0);
    place_release(&p);
}

static void test_links(void **state) {
    struct place p;
    char absolute[100];

    (void)state;
    place_init(&p);
    put(&p, "real/n.md", "text");
    put(&p, "real/deep/m.md", "");
    put(&p, "../beside/secret.md", "");
    put(&p, ".git/config.md", "");
    put(&p, "vaultsite.yaml", "");
    put_link(&p, "l-folder", "real");
    put_link(&p, "l-note.md", "real/n.md");
    snprintf(absolute, sizeof absolute, "%s/real/n.md", p.root);
    put_link(&p, "l-absolute.md", absolute);
    put_link(&p, "l-out-and-in.md", "../v/real/n.md");
    put_link(&p, "l-beside", "../beside");
    put_link(&p, "l-above", "..");
    put_link(&p, "l-passwd.md", "/etc/passwd");
    put_link(&p, "l-root", ".");
    put_link(&p, "real/l-parent", "../real");
    put_link(&p, "l-self", "l-self");
    put_link(&p, "l-nowhere.md", "gone.md");
    put_link(&p, "l-hidden", ".git");
    put_link(&p, "l-hidden-note.md", ".git/config.md");
    put_link(&p, "l-settings.txt", "vaultsite.yaml");
    put_link(&p, "l-other-kind.txt", "real/n.md");
    walk(&p);
    assert_files(&p, "l-absolute.md N<real/n.md\n"
                     "l-folder/deep/m.md N<real/deep/m.md\n"
                     "l-folder/n.md N<real/n.md\n"
                     "l-note.md N<real/n.md\n"
                     "l-out-and-in.md N<real/n.md\n"
                     "real/deep/m.md N\n"
                     "real/n.md N\n");
    assert_findings(&p, "symlink-outside l-above\n"
                        "symlink-outside l-beside\n"
                        "symlink-loop l-folder/l-parent\n"
                        "symlink-outside l-hidden\n"
                        "symlink-outside l-hidden-note.md\n"
                        "file-vanished l-nowhere.md\n"
                        "file-special l-other-kind.txt\n"
                        "symlink-outside l-passwd.md\n"
                        "symlink-loop l-root\n"
                        "symlink-loop l-self\n"
                        "symlink-outside l-settings.txt\n"
                        "symlink-loop real/l-parent\n");
    for (size_t i = 0; i < p.vault.nfiles; i++) {
        struct buf b = {0};
        assert_true(vault_read(&p.vault, &p.vault.files[i], 100, &b));
        buf_release(&b);
    }
    place_release(&p);
}

/* A folder named by a beginning of the vault's own name lies beside it. */
static void test_link_to_longer_name(void **state) {
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "../vault-of-others/n.md", "");
    put_link(&p, "l", "../vault-of-others");
    walk(&p);
    assert_files(&p, "");
    assert_findings(&p, "symlink-outside l\n");
    place_release(&p);
}

/* Two folders that lead to each other, and 2^20 ways through twenty folders. */
static void test_many_ways(void **state) {
    struct place p;
    char name[40], target[40];

    (void)state;
    place_init(&p);
    put(&p, "x/n.md", "");
    put(&p, "y/n.md", "");
    put_link(&p, "x/to-y", "../y");
    put_link(&p, "y/to-x", "../x");
    walk(&p);
    assert_files(&p, "x/n.md N\n"
                     "x/to-y/n.md N<y/n.md\n"
                     "y/n.md N\n"
                     "y/to-x/n.md N<x/n.md\n");
    assert_findings(&p, "symlink-loop x/to-y/to-x\n"
                        "symlink-loop y/to-x/to-y\n");
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "%d/n.md", i);
        put(&p, name, "");
        for (int k = 0; k < 2; k++) {
            snprintf(name, sizeof name, "%d/l%d", i, k);
            snprintf(target, sizeof target, "../%d", i + 1);
            put_link(&p, name, target);
        }
    }
    walk(&p);
    assert_true(p.vault.nfiles > 1000 && p.vault.nfiles < 250000);
    place_release(&p);
}

static void test_special(void **state) {
    struct place p;
    struct vault_file fifo = {.path = STR_INIT("fifo.md")};
    struct buf b = {0};

    (void)state;
    place_init(&p);
    assert_int_equal(mkfifoat(p.fd, "fifo.md", 0666), 0);
    put_link(&p, "l-fifo.md", "fifo.md");
    put(&p, "caf\xe9/n.md", "");
    put(&p, "caf\xe9.md", "");
    put(&p, "ok.md", "");
    walk(&p);
    assert_files(&p, "ok.md N\n");
    diags_sort(&p.diags);
    assert_findings(&p, "name-not-utf8 caf\\xE9\n"
                        "name-not-utf8 caf\\xE9.md\n"
                        "file-special fifo.md\n"
                        "file-special l-fifo.md\n");
    /* A FIFO that came after the walk neither blocks nor is read. */
    assert_false(vault_read(&p.vault, &fifo, 100, &b));
    assert_int_equal(errno, EINVAL);
    buf_release(&b);
    place_release(&p);
}

static void test_depth(void **state) {
    struct place p;
    char name[260] = "";

    (void)state;
    place_init(&p);
    for (int i = 0; i < 99; i++)
        strncat(name, "d/", sizeof name - strlen(name) - 1);
    strncat(name, "n.md", sizeof name - strlen(name) - 1);
    put(&p, name, "deep");
    memcpy(name + strlen(name) - 4, "d/n.md", 7);
    put(&p, name, "too deep");
    walk(&p);
    assert_int_equal(p.vault.nfiles, 1);
    assert_int_equal(p.diags.len, 1);
    assert_int_equal(p.diags.items[0].code, DIAG_FILE_UNREADABLE);
    place_release(&p);
}

static void test_rules(void **state) {
    static const struct str folders[] = {STR_INIT("templates"),
                                         STR_INIT("/meta/forms")};
    static const struct str exclude[] = {STR_INIT("private/"),
                                         STR_INIT("*.key")};
    static const struct str include[] = {STR_INIT("open")};
    struct place p;

    (void)state;
    place_init(&p);
    p.settings.template_folders = (struct str_list){folders, 2};
    p.settings.exclude = (struct str_list){exclude, 2};
    p.settings.include = (struct str_list){include, 1};
    put(&p, "Templates/a.md", "");
    put(&p, "x/templates/deep/a.md", "");
    put(&p, "templates.md", "");
    put(&p, "Meta/Forms/deep/a.md", "");
    put(&p, "x/meta/forms/a.md", "");
    put(&p, "meta/formsx/a.md", "");
    put(&p, "Private/Open/a.md", "");
    put(&p, "x/PRIVATE/a.png", "");
    put(&p, "ID.KEY", "");
    put(&p, "open/a.md", "");
    put_link(&p, "l-private", "Private/Open");
    put_link(&p, "l-private.md", "Private/Open/a.md");
    put_link(&p, "l-form.md", "Meta/Forms/deep/a.md");
    put_link(&p, "l-open.md", "open/a.md");
    walk(&p);
    assert_findings(&p, "");
    assert_files(&p, "ID.KEY x\n"
                     "Meta/Forms/deep/a.md Nt\n"
                     "Private/Open/a.md Nxi\n"
                     "Templates/a.md Nt\n"
                     "l-form.md Nt<Meta/Forms/deep/a.md\n"
                     "l-open.md N<open/a.md\n"
                     "l-private/a.md Nx<Private/Open/a.md\n"
                     "l-private.md Nx<Private/Open/a.md\n"
                     "meta/formsx/a.md N\n"
                     "open/a.md Ni\n"
                     "templates.md N\n"
                     "x/PRIVATE/a.png x\n"
                     "x/meta/forms/a.md N\n"
                     "x/templates/deep/a.md Nt\n");
    place_release(&p);
}

static void test_read(void **state) {
    static const struct {
        const char *path;
        size_t limit;
        int error; /* 0: read */
    } cases[] = {
        {"a/n.md", 5, 0},
        {"a/n.md", 4, EFBIG},
        {"empty.md", 0, 0},
        {"gone.md", 5, ENOENT},
        {"a", 5, EINVAL},
        {"../v/a/n.md", 5, EINVAL},
        {"a/../a/n.md", 5, EINVAL},
        {"./a/n.md", 5, EINVAL},
        {"/etc/hostname", 500, EINVAL},
        {"a//n.md", 5, EINVAL},
        {"", 5, EINVAL},
        {"l.md", 5, ELOOP},
        {"l/n.md", 5, ENOTDIR},
    };
    struct place p;

    (void)state;
    place_init(&p);
    put(&p, "a/n.md", "12345");
    put(&p, "empty.md", "");
    put_link(&p, "l.md", "a/n.md");
    put_link(&p, "l", "a");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct vault_file f = {.path = str_from(cases[i].path)};
        struct buf b = {0};

        buf_add_lit(&b, "before:");
        errno = 0;
        bool ok = vault_read(&p.vault, &f, cases[i].limit, &b);
        if (ok != (cases[i].error == 0) || (!ok && errno != cases[i].error))
            fail_msg("\"%s\": %d, %s", cases[i].path, ok, strerror(errno));
        assert_true(str_starts(buf_str(&b), STR("before:")));
        assert_int_equal(b.len, ok && f.path.len == 6 ? 12 : 7);
        buf_release(&b);
    }
    /* what was followed in the walk is read where it lies */
    struct vault_file linked = {.path = STR("l/n.md"), .real = STR("a/n.md")};
    struct buf b = {0};
    assert_true(vault_read(&p.vault, &linked, 5, &b));
    assert_int_equal(b.len, 5);
    buf_release(&b);
    place_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_link_to_longer_name),
        cmocka_unit_test(test_many_ways),
        cmocka_unit_test(test_special),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
