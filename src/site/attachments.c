#include "site/attachments.h"

#include <inttypes.h>

#include "base/unicode.h"
#include "html/sanitise.h"
#include "note/embed.h"
#include "site/planner.h"

static const struct str active[] = {
    STR_INIT("html"),  STR_INIT("htm"),  STR_INIT("xhtml"),    STR_INIT("xht"),
    STR_INIT("shtml"), STR_INIT("shtm"), STR_INIT("stm"),      STR_INIT("mht"),
    STR_INIT("mhtml"), STR_INIT("hta"),  STR_INIT("htc"),      STR_INIT("xml"),
    STR_INIT("xsl"),   STR_INIT("xslt"), STR_INIT("xsd"),      STR_INIT("rdf"),
    STR_INIT("rss"),   STR_INIT("atom"), STR_INIT("svgz"),     STR_INIT("js"),
    STR_INIT("mjs"),   STR_INIT("cjs"),  STR_INIT("vbs"),      STR_INIT("swf"),
    STR_INIT("jar"),   STR_INIT("php"),  STR_INIT("phtml"),    STR_INIT("phar"),
    STR_INIT("php3"),  STR_INIT("php4"), STR_INIT("php5"),     STR_INIT("php7"),
    STR_INIT("asp"),   STR_INIT("aspx"), STR_INIT("jsp"),      STR_INIT("jspx"),
    STR_INIT("cgi"),   STR_INIT("cfm"),  STR_INIT("htaccess"),
};

bool attachment_active(struct str path) {
    struct str extension = str_extension(path);

    for (size_t i = 0; i < ARRAY_LEN(active); i++)
        if (str_eq_nocase(extension, active[i]))
            return true;
    return false;
}

bool attachment_filtered(struct str path) {
    return str_eq_nocase(str_extension(path), STR("svg"));
}

struct str attachment_filter(struct buf *out, struct str raw, struct str path,
                             struct diags *d) {
    bool changed = false;

    buf_reset(out);
    if (!svg_filter(out, raw, &changed)) {
        buf_reset(out);
        buf_add_lit(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
        changed = true;
    }
    if (!changed)
        return raw;
    diag_add(d, DIAG_ATTACHMENT_SVG, path, 0, 0,
             "script, outside references or parts that are no SVG");
    return buf_str(out);
}

/* Whether a file that published notes refer to is copied; findings if not. */
static bool copied(const struct planner *pl, size_t i) {
    const struct vault *v = pl->plan->linked->vault;
    const struct vault_file *f = &v->files[i];

    if (f->kind != FILE_ATTACHMENT || f->excluded ||
        !(pl->plan->linked->attachment_used[i] || pl->shown[i]))
        return false;
    if (!v->settings->attachments_all &&
        embed_is_working(embed_kind_of(f->path)))
        return false;
    if (!v->settings->attachments_all && attachment_active(f->path)) {
        diag_add(pl->diags, DIAG_ATTACHMENT_ACTIVE, f->path, 0, 0,
                 "a browser could run .%.*s files",
                 STR_ARG(str_extension(f->path)));
        return false;
    }
    if (f->size > v->settings->limits.attachment_bytes) {
        diag_add(pl->diags, DIAG_ATTACHMENT_TOO_LARGE, f->path, 0, 0,
                 "%" PRIu64 " bytes, more than limits.attachment_bytes",
                 f->size);
        return false;
    }
    return true;
}

/* `files/` and the folders of `path`, as they are shown, as slugs; each is claimed
 * once. */
static struct str claim_folders(struct planner *pl, struct map *known,
                                struct str path, struct str shown) {
    struct str url = STR("files/");

    for (size_t end = 0; end < path.len; end++) {
        struct str name = str_until(shown, '/');
        shown = str_after(shown, '/');
        while (end < path.len && path.p[end] != '/')
            end++;
        struct str part = str_slice(path, 0, end);
        void **slot = map_slot_borrowed(known, part);
        struct str *claimed = *slot;
        if (!claimed) {
            struct str stem = url_component(pl->arena, name, part);
            bool collided;
            *slot = claimed = arena_new(&pl->scratch, struct str);
            *claimed =
                owned_claim_folder(&pl->owned, url, stem, part, &collided);
        }
        url = *claimed;
    }
    return url;
}

static struct str claim_file(struct planner *pl, struct str folder,
                             struct str path, struct str shown) {
    struct str name = str_basename(shown);
    struct str extension = str_extension(shown);
    bool collided;

    if (extension.len > 0)
        name.len -= extension.len + 1;
    struct str stem = url_component(pl->arena, name, path);
    struct buf *b = &pl->text;
    buf_reset(b);
    if (extension.len > 0) {
        buf_add_ch(b, '.');
        buf_add_str(b, url_component(pl->arena, extension, path));
    }
    struct str address =
        owned_claim_name(&pl->owned, folder, stem,
                         arena_str(&pl->scratch, buf_str(b)), path, &collided);
    if (collided)
        diag_add(pl->diags, DIAG_URL_COLLISION, path, 0, 0,
                 "the address \"%.*s%.*s\" is taken", STR_ARG(folder),
                 STR_ARG(stem));
    return address;
}

void planner_attachments(struct planner *pl) {
    const struct vault *v = pl->plan->linked->vault;
    VEC(struct plan_file) files = {0};
    struct map folders;

    map_init(&folders, &pl->scratch);
    for (size_t i = 0; i < v->nfiles; i++) {
        if (!copied(pl, i))
            continue;
        struct str path = v->files[i].path;
        struct str shown = vault_shown(&v->files[i]);
        struct str folder =
            claim_folders(pl, &folders, str_dirname(path), shown);
        struct plan_file f = {.file = (uint32_t)i,
                              .path = claim_file(pl, folder, path, shown),
                              .filtered = attachment_filtered(path) &&
                                          !v->settings->attachments_all};
        pl->hrefs[i] = planner_href(pl, f.path);
        vec_push(&files, f);
    }
    pl->plan->nfiles = files.len;
    pl->plan->files = vec_keep(pl->arena, &files);
    vec_release(&files);
}
