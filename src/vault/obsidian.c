#include "vault/obsidian.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "vault/open.h"
#include "vault/setting.h"

/* Plugins' files hold caches sometimes; settings are far smaller. */
#define MAX_BYTES 8000000

struct reader {
    struct obsidian *o;
    struct arena *arena;
    int root_fd;
    struct diags *diags;
};

static void complain(struct reader *r, struct str path, const char *key,
                     const char *wanted) {
    diag_add(r->diags, DIAG_SETTINGS_JSON, path, 0, 0, "\"%s\" wants %s", key,
             wanted);
}

static const struct json *parse(struct reader *r, struct str path,
                                struct str text) {
    struct json_error error = {0};
    const struct json *j = json_parse(r->arena, text, &error);

    if (j == NULL)
        diag_add(r->diags, DIAG_SETTINGS_JSON, path, (uint32_t)error.line,
                 (uint32_t)error.column, "%s", error.message);
    else if (j->kind != JSON_OBJECT)
        diag_add(r->diags, DIAG_SETTINGS_JSON, path, 1, 1,
                 "the file holds no object");
    return j && j->kind == JSON_OBJECT ? j : NULL;
}

/* The object in the file, or NULL. */
static const struct json *load(struct reader *r, struct str path) {
    struct buf bytes = {0};
    const struct json *j = NULL;

    if (open_read(r->root_fd, path, MAX_BYTES, &bytes)) {
        struct str text = buf_str(&bytes);
        r->o->digest = hash_join(hash_join(r->o->digest, path), text);
        if (str_starts(text, STR("\xef\xbb\xbf")))
            text = str_skip(text, 3);
        j = parse(r, path, text);
    } else if (errno == ELOOP || errno == ENOTDIR) {
        diag_add(r->diags, DIAG_SETTINGS_JSON, path, 0, 0,
                 "the file, or a folder it lies in, is a symbolic link");
    } else if (errno != ENOENT) {
        diag_add(r->diags, DIAG_SETTINGS_JSON, path, 0, 0,
                 "the file cannot be read: %s", strerror(errno));
    }
    buf_release(&bytes);
    return j;
}

static void read_app(struct reader *r) {
    const struct str path = STR(".obsidian/app.json");
    const struct json *v = json_member(load(r, path), STR("strictLineBreaks"));

    if (v && v->kind == JSON_BOOL)
        r->o->strict_line_breaks = v->boolean;
    else if (v && v->kind != JSON_NULL)
        complain(r, path, "strictLineBreaks", "true or false");
}

/* An unset folder is the vault's root: then there are no template folders. */
static void read_template_folder(struct reader *r, struct str path,
                                 const char *key) {
    const struct json *v = json_member(load(r, path), str_from(key));

    if (v == NULL || v->kind == JSON_NULL)
        return;
    if (v->kind != JSON_TEXT) {
        complain(r, path, key, "text");
        return;
    }
    struct str folder = setting_folder(r->arena, v->text, true);
    struct str_list one = {&folder, folder.len > 0};
    r->o->template_folders =
        setting_join(r->arena, &r->o->template_folders, &one);
}

static void read_appearance(struct reader *r) {
    const struct str path = STR(".obsidian/appearance.json");
    const struct json *list =
        json_member(load(r, path), STR("enabledCssSnippets"));
    size_t n = 0;

    if (list == NULL || list->kind == JSON_NULL)
        return;
    if (list->kind != JSON_LIST) {
        complain(r, path, "enabledCssSnippets", "a list");
        return;
    }
    struct str *names = arena_array(r->arena, struct str, list->len);
    for (const struct json *v = list->first; v; v = v->next)
        if (v->kind == JSON_TEXT)
            names[n++] = v->text;
        else
            complain(r, path, "enabledCssSnippets", "a list of texts");
    r->o->snippets = (struct str_list){names, n};
}

void obsidian_read(struct obsidian *o, struct arena *a, int root_fd,
                   struct diags *d) {
    struct reader r = {o, a, root_fd, d};
    struct stat st;

    *o = (struct obsidian){0};
    if (fstatat(root_fd, ".obsidian", &st, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        diag_add(d, DIAG_SETTINGS_JSON, STR(".obsidian"), 0, 0,
                 "it is no folder, but a file or a symbolic link");
        return;
    }
    read_app(&r);
    read_appearance(&r);
    read_template_folder(&r, STR(".obsidian/templates.json"), "folder");
    read_template_folder(&r,
                         STR(".obsidian/plugins/templater-obsidian/data.json"),
                         "templates_folder");
    o->dataview = load(&r, STR(".obsidian/plugins/dataview/data.json"));
    o->bookmarks = load(&r, STR(".obsidian/bookmarks.json"));
    o->tasks =
        load(&r, STR(".obsidian/plugins/obsidian-tasks-plugin/data.json"));
}
