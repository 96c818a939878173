#include "cli/report.h"

#include <stdio.h>

#include "base/json.h"
#include "cli/write.h"

#define SHOWN_PER_CODE 20 /* decisions.md 30 */

static const struct str step_names[RUN_STEPS] = {
    [STEP_SCAN] = STR_INIT("scan"),     [STEP_COMPILE] = STR_INIT("compile"),
    [STEP_LINK] = STR_INIT("link"),     [STEP_PLAN] = STR_INIT("plan"),
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

bool report(struct run *r, const struct site_files *site, int status,
            int64_t wall_ms) {
    struct buf out = {0}, members = {0};
    bool quiet = r->o->quiet, printed;

    diags_sort(&r->diags);
    if (r->o->format == FORMAT_JSON) {
        add_members(r, site, wall_ms, &members);
        if (quiet)
            keep_errors(&r->diags);
        diags_print_json(&r->diags, r->queries, r->nqueries, buf_str(&members),
                         &out);
    } else {
        if (!quiet && status != EXIT_UNABLE)
            add_summary(r, site, wall_ms, &members);
        if (quiet)
            keep_errors(&r->diags);
        diags_print_text(&r->diags, &out, SHOWN_PER_CODE);
        buf_add_str(&out, buf_str(&members));
        if (r->error.len > 0)
            buf_printf(&out, "vaultsite: %.*s\n", STR_ARG(buf_str(&r->error)));
    }
    printed = out.len == 0 || fwrite(out.p, 1, out.len, stderr) == out.len;
    buf_release(&out);
    buf_release(&members);
    return printed;
}
