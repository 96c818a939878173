#include "site/snippets.h"

#include <errno.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "base/vec.h"
#include "html/css.h"
#include "vault/open.h"
#include "vault/vault.h"

#define MAX_BYTES 1000000

struct loader {
    struct theme *theme;
    struct arena *arena;
    int root_fd;
    struct diags *diags;
    struct buf bytes, clean, kept;
    struct str path, text; /* of the sheet at hand */
    /* Where the last finding was: counting goes on from there. */
    size_t counted;
    uint32_t line, column;
    VEC(struct str) sheets;
};

static void report(void *context, enum css_removed what, size_t at) {
    struct loader *l = context;

    for (; l->counted < at; l->counted++) {
        unsigned char c = (unsigned char)l->text.p[l->counted];

        if (c == '\n') {
            l->line++;
            l->column = 1;
        } else {
            l->column += (c & 0xC0) != 0x80;
        }
    }
    diag_add(l->diags, DIAG_CSS_REMOTE, l->path, l->line, l->column, "%s",
             what == CSS_IMPORT
                 ? "`@import` would load another style sheet"
                 : "only `#…` and `data:image/…` may stand in `url()`");
}

static void missing(struct loader *l, const char *why) {
    diag_add(l->diags, DIAG_CSS_MISSING, l->path, 0, 0, "%s", why);
}

static const char *why_unreadable(void) {
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
    case EINVAL:
    case ENAMETOOLONG:
        return "there is no such snippet";
    case ELOOP:
        return "it is a symbolic link";
    case EFBIG:
        return "it is larger than 1 MB";
    default:
        return strerror(errno);
    }
}

static void load(struct loader *l, struct str path, bool wanted) {
    struct diags quiet;
    bool readable;

    l->path = path;
    buf_reset(&l->bytes);
    buf_reset(&l->clean);
    buf_reset(&l->kept);
    if (!open_read(l->root_fd, path, MAX_BYTES, &l->bytes)) {
        if (wanted || errno != ENOENT)
            missing(l, why_unreadable());
        return;
    }
    l->theme->digest =
        hash_join(hash_join(l->theme->digest, path), buf_str(&l->bytes));
    diags_init(&quiet);
    readable =
        text_clean(buf_str(&l->bytes), path, &l->clean, &l->text, &quiet);
    diags_release(&quiet);
    if (!readable) {
        missing(l, "it is UTF-16");
        return;
    }
    l->counted = 0;
    l->line = l->column = 1;
    css_filter(&l->kept, l->text, report, l);
    if (str_trim(buf_str(&l->kept)).len > 0)
        vec_push(&l->sheets, arena_str(l->arena, buf_str(&l->kept)));
}

/* `.obsidian/snippets/NAME.css`; the name may have its extension. */
static struct str snippet_path(struct loader *l, struct str name) {
    struct buf path = {0};
    struct str kept;

    buf_add_lit(&path, ".obsidian/snippets/");
    buf_add_str(&path, name);
    if (!str_eq_nocase(str_extension(name), STR("css")))
        buf_add_lit(&path, ".css");
    kept = arena_str(l->arena, buf_str(&path));
    buf_release(&path);
    return kept;
}

static bool is_excluded(const struct settings *s, struct str path) {
    for (size_t i = 0; i < s->exclude.len; i++)
        if (settings_glob(s->exclude.items[i], path))
            return true;
    return false;
}

void snippets_load(struct theme *t, struct arena *a, int root_fd,
                   const struct settings *s, struct diags *d) {
    static const struct str publish = STR_INIT("publish.css");
    struct loader l = {.theme = t, .arena = a, .root_fd = root_fd, .diags = d};

    if (!s->css_snippets && s->css.len == 0)
        return;
    for (size_t i = 0; i < s->css.len; i++)
        load(&l, snippet_path(&l, s->css.items[i]), true);
    if (!is_excluded(s, publish))
        load(&l, publish, false);
    t->nsheets = l.sheets.len;
    t->sheets = vec_keep(a, &l.sheets);
    vec_release(&l.sheets);
    buf_release(&l.bytes);
    buf_release(&l.clean);
    buf_release(&l.kept);
}
