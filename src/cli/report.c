#include "cli/report.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/version.h"
#include "cli/write.h"
#include "diag/github.h"
#include "diag/sarif.h"

#define SHOWN_PER_CODE 20 /* decisions.md 30 */

static const struct str step_names[RUN_STEPS] = {
    [STEP_SCAN] = STR_INIT("scan"),     [STEP_COMPILE] = STR_INIT("compile"),
    [STEP_LINK] = STR_INIT("link"),     [STEP_ENTITIES] = STR_INIT("entities"),
    [STEP_ANSWER] = STR_INIT("answer"), [STEP_GRAPH] = STR_INIT("graph"),
    [STEP_PLAN] = STR_INIT("plan"),     [STEP_SEARCH] = STR_INIT("search"),
    [STEP_STITCH] = STR_INIT("stitch"), [STEP_EMIT] = STR_INIT("emit"),
};

bool report_fails(struct run *r) {
    run_merge(r);
    return diags_count(&r->diags, r->o->strict ? DIAG_WARNING : DIAG_ERROR) > 0;
}

static void keep_errors(struct diags *d) {
    size_t kept = 0;

    for (size_t i = 0; i < d->len; i++)
        if (diag_rows[d->items[i].code].severity == DIAG_ERROR)
            d->items[kept++] = d->items[i];
    d->len = kept;
}

static size_t links_missing(const struct run *r) {
    size_t n = 0;

    for (size_t i = 0; i < r->diags.len; i++)
        n += r->diags.items[i].code == DIAG_LINK_MISSING ||
             r->diags.items[i].code == DIAG_EMBED_MISSING;
    return n;
}

static void add_summary(struct run *r, const struct site_files *site,
                        int64_t wall_ms, struct buf *out) {
    size_t errors = diags_count(&r->diags, DIAG_ERROR);
    size_t warnings = diags_count(&r->diags, DIAG_WARNING) - errors;

    if (r->up_to_date) {
        buf_printf(out, "vaultsite: nothing changed, %.2f s\n",
                   (double)wall_ms / 1000);
        return;
    }
    buf_printf(out, "vaultsite: %zu notes, %zu pages", r->npublished,
               r->npages);
    if (site != NULL)
        buf_printf(out, " (%zu files written, %zu unchanged, %zu removed)",
                   site->counts.written, site->counts.unchanged,
                   site->counts.removed);
    buf_printf(out,
               ", %zu links (%zu unresolved), %zu errors, %zu warnings, "
               "%zu notes of less weight, %.2f s\n",
               r->nlinks, links_missing(r), errors, warnings,
               r->diags.len - errors - warnings, (double)wall_ms / 1000);
}

static void add_members(struct run *r, const struct site_files *site,
                        int64_t wall_ms, struct buf *out) {
    buf_printf(out,
               ",\n\"summary\":{\"notes\":%zu,\"pages\":%zu,\"links\":%zu,"
               "\"upToDate\":%s,\"milliseconds\":%lld",
               r->npublished, r->npages, r->nlinks,
               r->up_to_date ? "true" : "false", (long long)wall_ms);
    if (site != NULL)
        buf_printf(out, ",\"written\":%zu,\"unchanged\":%zu,\"removed\":%zu",
                   site->counts.written, site->counts.unchanged,
                   site->counts.removed);
    buf_add_lit(out, "},\n\"steps\":{");
    for (size_t i = 0; i < RUN_STEPS; i++)
        buf_printf(out, "%s\"%.*s\":%.3f", i > 0 ? "," : "",
                   STR_ARG(step_names[i]), (double)r->step_us[i] / 1000);
    buf_add_ch(out, '}');
    if (r->error.len > 0) {
        buf_add_ch(out, ',');
        json_add_key(out, STR("error"));
        json_add_text(out, buf_str(&r->error));
    }
}

/* The folder that the paths of findings are given from: `notes/` where the vault
 * was named so.  "" when that is the folder we were started in. */
static struct str folder_of(struct arena *a, struct str operand) {
    struct buf out = {0};
    struct str folder;

    if (operand.len > 0 && operand.p[0] == '/')
        buf_add_ch(&out, '/');
    for (struct str rest = operand; rest.len > 0; rest = str_after(rest, '/')) {
        struct str name = str_until(rest, '/');
        if (name.len == 0 || str_eq(name, STR(".")))
            continue;
        buf_add_str(&out, name);
        buf_add_ch(&out, '/');
    }
    folder = arena_str(a, buf_str(&out));
    buf_release(&out);
    return folder;
}

/*
 * A finding's path in the repository.  CI runs in the repository's root and marks
 * the lines of its files, so the vault's name on the command line stands before
 * a path in the vault.  The settings file and the theme that an option named have
 * their own places.
 */
static struct str path_in_repository(struct run *r, const struct diag *f,
                                     struct str vault) {
    struct buf path = {0};
    struct str whole;

    if (f->path.len == 0 || f->code == DIAG_TEMPLATE_INVALID ||
        (f->code == DIAG_SETTINGS_INVALID && r->o->config != NULL))
        return f->path;
    buf_add_str(&path, vault);
    buf_add_str(&path, f->path);
    whole = arena_str(&r->arena, buf_str(&path));
    buf_release(&path);
    return whole;
}

static void place_findings(struct run *r, struct str vault) {
    for (size_t i = 0; i < r->diags.len; i++)
        r->diags.items[i].path =
            path_in_repository(r, &r->diags.items[i], vault);
}

static void print_text(struct run *r, struct str summary, struct buf *out) {
    diags_print_text(&r->diags, out, SHOWN_PER_CODE);
    buf_add_str(out, summary);
    if (r->error.len > 0)
        buf_printf(out, "vaultsite: %.*s\n", STR_ARG(buf_str(&r->error)));
}

static void print_github(struct run *r, struct str summary, struct buf *out) {
    place_findings(r, folder_of(&r->arena, str_from(r->o->vault)));
    diags_print_github(&r->diags, out, SHOWN_PER_CODE);
    buf_add_str(out, summary);
    if (r->error.len > 0)
        github_add_error(out, buf_str(&r->error));
}

/* Below an absolute path of a machine of its own nobody would find the files. */
static void print_sarif(struct run *r, int status, struct buf *out) {
    struct str vault = folder_of(&r->arena, str_from(r->o->vault));
    bool absolute = vault.len > 0 && vault.p[0] == '/';
    struct sarif_run run = {
        .version = STR(VAULTSITE_VERSION),
        .root = absolute ? vault : STR(""),
        .error = buf_str(&r->error),
        .exit_code = status,
        .done = status != EXIT_UNABLE,
    };

    place_findings(r, absolute ? STR("") : vault);
    diags_print_sarif(&r->diags, &run, out);
}

bool report(struct run *r, const struct site_files *site, int status,
            int64_t wall_ms) {
    struct buf out = {0}, members = {0};
    enum output_format format = r->o->format;
    bool lines = format == FORMAT_TEXT || format == FORMAT_GITHUB, printed;

    diags_sort(&r->diags);
    if (format == FORMAT_JSON)
        add_members(r, site, wall_ms, &members);
    else if (lines && !r->o->quiet && status != EXIT_UNABLE)
        add_summary(r, site, wall_ms, &members);
    if (r->o->quiet)
        keep_errors(&r->diags);
    switch (format) {
    case FORMAT_TEXT:
        print_text(r, buf_str(&members), &out);
        break;
    case FORMAT_JSON:
        diags_print_json(&r->diags, r->queries, r->nqueries, buf_str(&members),
                         &out);
        break;
    case FORMAT_SARIF:
        print_sarif(r, status, &out);
        break;
    case FORMAT_GITHUB:
        print_github(r, buf_str(&members), &out);
        break;
    }
    printed = out.len == 0 || fwrite(out.p, 1, out.len, stderr) == out.len;
    buf_release(&out);
    buf_release(&members);
    return printed;
}
