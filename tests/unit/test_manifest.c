#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "emit/folders.h"
#include "emit/manifest.h"

static void paths_below_out(void **state) {
    static const struct {
        const char *path;
        bool ok;
    } rows[] = {
        {"a", true},
        {"a/b.html", true},
        {".nojekyll", true},
        {"a/..b", true},
        {"ä/日本.html", true},
        {"", false},
        {"/a", false},
        {"a/", false},
        {"a//b", false},
        {".", false},
        {"..", false},
        {"a/../b", false},
        {"a/./b", false},
        {"a/..", false},
        {"a\nb", false},
        {"a\x7f", false},
        {".vaultsite-lock", false},
        {"a/.vaultsite-tmp-0", false},
    };
    char name[300] = {0};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (folder_path_ok(str_from(rows[i].path)) != rows[i].ok)
            fail_msg("%s", rows[i].path);
    memset(name, 'x', 255);
    assert_true(folder_path_ok(str_from(name)));
    name[255] = 'x';
    assert_false(folder_path_ok(str_from(name)));
}

#define HEAD "vaultsite-manifest 1\ndigest -\n"
#define HASH "0123456789abcdef"

static void manifests(void **state) {
    static const struct {
        const char *text;
        size_t bad;
    } rows[] = {
        {HEAD, 0},
        {HEAD HASH " 12 a\n---------------- 0 b c\n", 0},
        {"vaultsite-manifest 1\ndigest " HASH HASH "\n" HASH " 0 a\n", 0},
        {"", 1},
        {"\n", 1},
        {"vaultsite-manifest 2\ndigest -\n", 1},
        {"vaultsite-manifest 1\n", 2},
        {"vaultsite-manifest 1\ndigest " HASH "\n", 2},
        {HEAD HASH " 12 a", 1},
        {HEAD HASH " 12 \n", 3},
        {HEAD HASH " x a\n", 3},
        {HEAD HASH "  a\n", 3},
        {HEAD HASH " 9999999999999999999 a\n", 3},
        {HEAD "0123456789ABCDEF 1 a\n", 3},
        {HEAD "0123 1 a\n", 3},
        {HEAD HASH " 1 a\n" HASH " 1 a\n", 4},
        {HEAD HASH " 1 b\n" HASH " 1 a\n", 4},
        {HEAD HASH " 1 ../a\n", 3},
        {HEAD HASH " 1 .vaultsite-lock\n", 3},
    };
    struct arena a;

    (void)state;
    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct manifest m;
        struct buf again = {0};
        if (manifest_parse(&m, &a, str_from(rows[i].text)) != rows[i].bad)
            fail_msg("%s", rows[i].text);
        if (rows[i].bad == 0) {
            manifest_add_head(&again, m.finished ? m.digest : NULL);
            for (size_t j = 0; j < m.len; j++)
                manifest_add_line(&again, &m.lines[j]);
            assert_string_equal(buf_cstr(&again), rows[i].text);
        }
        buf_release(&again);
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_below_out),
        cmocka_unit_test(manifests),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
