#include "site/extras.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/program.h"
#include "vault/open.h"

#define MAX_BYTES (16u << 20)

/* The file `name` + `extension` of the folder; "" where there is none. */
static struct str read_file(struct theme *t, struct arena *a, int folder,
                            struct str name, const char *extension) {
    struct buf path = {0}, bytes = {0};
    struct str kept = STR("");

    buf_add_str(&path, name);
    buf_add_str(&path, str_from(extension));
    if (folder >= 0 && open_read(folder, buf_str(&path), MAX_BYTES, &bytes))
        kept = arena_str(a, buf_str(&bytes));
    t->digest = hash_join(hash_join(t->digest, buf_str(&path)), kept);
    buf_release(&path);
    buf_release(&bytes);
    return kept;
}

/* The package's style, then the theme's, which may change it. */
static struct str join_styles(struct arena *a, struct str package,
                              struct str theme) {
    struct buf out = {0};
    struct str kept;

    if (package.len == 0)
        return theme;
    buf_add_str(&out, package);
    buf_add_str(&out, theme);
    kept = arena_str(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

void extras_load(struct theme *t, struct arena *a, bool diagrams) {
    const char *place =
        program_file(a, "vaultsite-extras", "../share/vaultsite", R_OK | X_OK);
    int folder = place ? open(place, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

    t->wanted = diagrams ? EXTRAS_ALL : EXTRAS_ALL & ~extra_bit(EXTRA_DIAGRAMS);
    for (size_t i = 0; i < EXTRAS; i++) {
        struct theme_extra *extra = &t->extras[i];
        struct str file = extra_rows[i].file;
        if (!(t->wanted & extra_bit((enum extra)i)))
            continue;
        extra->script = read_file(t, a, folder, file, ".js");
        extra->style =
            join_styles(a, read_file(t, a, folder, file, ".css"), extra->style);
        extra->licence = read_file(t, a, folder, file, ".LICENSE");
    }
    if (folder >= 0)
        close(folder);
}

void extras_report(const struct theme *t, unsigned used, struct diags *d) {
    for (size_t i = 0; i < EXTRAS; i++)
        if (used & extra_bit((enum extra)i) && t->extras[i].script.len == 0)
            diag_add(d, DIAG_EXTRA_MISSING, STR(""), 0, 0,
                     "%.*s is not installed with this program: %.*s",
                     STR_ARG(extra_rows[i].name),
                     STR_ARG(extra_rows[i].without));
}

void extras_add_licences(const struct theme *t, unsigned used,
                         struct buf *out) {
    buf_add_lit(out, "What this site loads to draw code, formulas and "
                     "diagrams, and under which terms.\n");
    for (size_t i = 0; i < EXTRAS; i++) {
        const struct theme_extra *extra = &t->extras[i];
        if (!(used & extra_bit((enum extra)i)) || extra->script.len == 0)
            continue;
        buf_printf(out, "\n---- %.*s\n\n", STR_ARG(extra_rows[i].name));
        buf_add_str(out, str_trim(extra->licence));
        buf_add_ch(out, '\n');
    }
}
