#include "site/theme.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/unicode.h"

#define MAX_FILE_BYTES (1u << 20)
/* Longer tags are none of ours: a language, script, region and variant fit. */
#define MAX_LANGUAGE 35

/* Files of the theme, read once each. */
struct reader {
    struct arena *arena;
    struct diags *diags;
    struct str folder;   /* as given; empty: built-in files only */
    char root[PATH_MAX]; /* the folder itself, without symbolic links */
    struct map files;    /* path -> struct file */
    uint64_t digest;
    bool builtin_only; /* for the moment: a template of the folder was bad */
    bool own_used;     /* since it was last cleared */
};

struct file {
    struct template_source source; /* text.p is NULL: there is no such file */
    bool own;                      /* of the folder */
};

struct str theme_builtin(struct str path) {
    for (size_t i = 0; i < theme_nfiles; i++)
        if (str_eq(theme_files[i].path, path))
            return theme_files[i].bytes;
    return (struct str){0};
}

static struct str joined(struct arena *a, struct str before, struct str between,
                         struct str after) {
    struct buf out = {0};

    buf_add_str(&out, before);
    buf_add_str(&out, between);
    buf_add_str(&out, after);
    struct str path = arena_str(a, buf_str(&out));
    buf_release(&out);
    return path;
}

/* The whole of a regular file below the root; NULL or what is wrong with it.
 * A file that does not exist is "". */
static const char *read_below(const struct reader *r, struct str path,
                              struct buf *out) {
    char resolved[PATH_MAX];
    struct str root = str_from(r->root);
    struct stat st;
    const char *wrong = NULL;

    if (!realpath(arena_cstr(r->arena, path), resolved))
        return errno == ENOENT || errno == ENOTDIR ? "" : strerror(errno);
    if (!str_eq(root, STR("/")) &&
        (!str_starts(str_from(resolved), root) || resolved[root.len] != '/'))
        return "it leads out of the theme's folder";
    /* Nothing must block on a FIFO. */
    int fd = open(resolved, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return strerror(errno);
    if (fstat(fd, &st) != 0)
        wrong = strerror(errno);
    else if (!S_ISREG(st.st_mode))
        wrong = "it is not a file";
    ssize_t n = 0;
    while (!wrong) {
        buf_reserve(out, 65536);
        n = read(fd, out->p + out->len, 65536);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            wrong = strerror(errno);
        if (n <= 0)
            break;
        out->len += (size_t)n;
        if (out->len > MAX_FILE_BYTES)
            wrong = "it is larger than 1 MB";
    }
    close(fd);
    return wrong;
}

/* The folder's own file; false when it has none that can be used. */
static bool read_own(struct reader *r, struct str path, struct file *file) {
    struct str whole = joined(r->arena, r->folder, STR("/"), path);
    struct buf bytes = {0};
    const char *wrong = read_below(r, whole, &bytes);
    struct str text = buf_str(&bytes);

    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_skip(text, 3);
    if (!wrong && utf8_valid_len(text) < text.len)
        wrong = "it is not UTF-8";
    if (!wrong) {
        file->own = true;
        file->source.path = whole;
        file->source.text = arena_str(r->arena, text);
        if (!file->source.text.p)
            file->source.text = STR("");
    } else if (*wrong) {
        diag_add(r->diags, DIAG_TEMPLATE_INVALID, whole, 0, 0, "%s", wrong);
    }
    buf_release(&bytes);
    return !wrong;
}

static const struct file *builtin_file(struct reader *r, struct str path) {
    struct file *file = arena_new(r->arena, struct file);

    file->source.path = path;
    file->source.text = theme_builtin(path);
    return file;
}

static const struct file *read_file(struct reader *r, struct str path) {
    void **slot = map_slot(&r->files, path);
    struct file *file;

    if (*slot)
        return *slot;
    file = arena_new(r->arena, struct file);
    if (r->folder.len == 0 || !read_own(r, path, file))
        *file = *builtin_file(r, path);
    r->digest = hash_join(hash_join(r->digest, path), file->source.text);
    return *slot = file;
}

/* The file `templates/` + `middle` + name + `.html`. */
static const struct file *template_file(struct reader *r, const char *middle,
                                        struct str name) {
    struct str path = joined(r->arena, str_from(middle), name, STR(".html"));

    return r->builtin_only ? builtin_file(r, path) : read_file(r, path);
}

static bool find_partial(void *context, struct str name,
                         struct template_source *source) {
    struct reader *r = context;
    const struct file *file = template_file(r, "templates/partials/", name);

    r->own_used |= file->own;
    *source = file->source;
    return file->source.text.p != NULL;
}

/* Findings in a partial come once for each kind of page: the first counts. */
static void report_new(struct diags *d, const struct diags *found) {
    for (size_t i = 0; i < found->len; i++) {
        const struct diag *f = &found->items[i];
        bool known = false;
        for (size_t j = 0; j < d->len && !known; j++) {
            const struct diag *o = &d->items[j];
            known = o->code == f->code && o->line == f->line &&
                    o->column == f->column && str_eq(o->path, f->path);
        }
        if (!known)
            diag_add(d, f->code, f->path, f->line, f->column, "%.*s",
                     STR_ARG(f->text));
    }
}

static const struct template *compile_kind(struct reader *r,
                                           const struct template_scope *scope,
                                           enum page_kind kind,
                                           struct diags *found) {
    const struct file *file =
        template_file(r, "templates/", page_kind_names[kind]);
    struct template_rules rules = {
        .scope = scope,
        .kind = 1u << kind,
        .where =
            joined(r->arena, STR(""), page_kind_names[kind], STR(" pages")),
        .partial = find_partial,
        .context = r,
    };

    r->own_used = file->own;
    const struct template *t =
        template_compile(r->arena, &file->source, &rules, found);
    if (t && !template_shows(t, SLOT_CSP)) {
        diag_add(found, DIAG_TEMPLATE_INVALID, file->source.path, 0, 0,
                 "{{csp}} is not shown: the page would have no content "
                 "security policy");
        t = NULL;
    }
    return t;
}

static const struct template *load_kind(struct reader *r,
                                        const struct template_scope *scope,
                                        enum page_kind kind) {
    struct diags found;

    diags_init(&found);
    const struct template *t = compile_kind(r, scope, kind, &found);
    if (!t && r->own_used) {
        report_new(r->diags, &found);
        r->builtin_only = true;
        t = compile_kind(r, scope, kind, &found);
        r->builtin_only = false;
    }
    diags_release(&found);
    assert(t); /* the tests compile every built-in template */
    return t;
}

static void read_strings(struct reader *r, struct strings *s,
                         struct str language) {
    struct str path = joined(r->arena, STR("strings/"), language, STR(".json"));
    const struct file *file = read_file(r, path);
    struct str builtin = theme_builtin(path);

    if (builtin.p)
        strings_read(s, r->arena, builtin, path, r->diags);
    if (file->own)
        strings_read(s, r->arena, file->source.text, file->source.path,
                     r->diags);
}

/* English, then the language, then its region: what comes later wins. */
static void load_strings(struct reader *r, struct strings *s,
                         struct str language) {
    char tag[MAX_LANGUAGE];

    read_strings(r, s, STR("en"));
    if (language.len > sizeof tag)
        return;
    for (size_t i = 0; i < language.len; i++) {
        tag[i] = ascii_lower(language.p[i]);
        if (!ascii_alnum((unsigned char)tag[i]) && tag[i] != '-')
            return; /* it becomes part of a path */
    }
    struct str whole = arena_str(r->arena, str_make(tag, language.len));
    struct str primary = str_until(whole, '-');
    if (primary.len > 0 && !str_eq(primary, STR("en")))
        read_strings(r, s, primary);
    if (primary.len < whole.len)
        read_strings(r, s, whole);
}

bool theme_load(struct theme *t, struct arena *a, const char *folder,
                struct str language, struct diags *d) {
    struct reader r = {.arena = a, .diags = d};
    struct stat st;

    *t = (struct theme){.language = language};
    map_init(&r.files, a);
    if (folder && *folder) {
        r.folder = str_from(folder);
        while (r.folder.len > 1 && str_ends(r.folder, STR("/")))
            r.folder.len--;
        if (!realpath(folder, r.root) || stat(r.root, &st) != 0)
            return false;
        if (!S_ISDIR(st.st_mode)) {
            errno = ENOTDIR;
            return false;
        }
    }
    load_strings(&r, &t->strings, language);
    const struct template_scope *scope = slots_scope(a, &t->strings);
    for (size_t kind = 0; kind < PAGE_KINDS; kind++)
        t->templates[kind] = load_kind(&r, scope, (enum page_kind)kind);
    t->style = read_file(&r, STR("style.css"))->source.text;
    t->print_style = read_file(&r, STR("print.css"))->source.text;
    t->early_script = read_file(&r, STR("theme.js"))->source.text;
    t->script = read_file(&r, STR("site.js"))->source.text;
    t->search_script = read_file(&r, STR("search.js"))->source.text;
    t->search_style = read_file(&r, STR("search.css"))->source.text;
    t->graph_script = read_file(&r, STR("graph.js"))->source.text;
    t->graph_style = read_file(&r, STR("graph.css"))->source.text;
    t->previews_script = read_file(&r, STR("previews.js"))->source.text;
    t->previews_style = read_file(&r, STR("previews.css"))->source.text;
    t->explorer_script = read_file(&r, STR("explorer.js"))->source.text;
    t->explorer_style = read_file(&r, STR("explorer.css"))->source.text;
    t->icon = read_file(&r, STR("icon.svg"))->source.text;
    t->extras_script = read_file(&r, STR("extras.js"))->source.text;
    for (size_t i = 0; i < EXTRAS; i++)
        t->extras[i].style =
            read_file(&r, joined(a, extra_rows[i].sheet, STR(".css"), STR("")))
                ->source.text;
    t->digest = r.digest;
    return true;
}
