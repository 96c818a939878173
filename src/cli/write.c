#include "cli/write.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/pool.h"
#include "cli/out_place.h"
#include "cli/report.h"
#include "cli/scan.h"
#include "emit/entities_json.h"
#include "emit/feed.h"
#include "emit/pages.h"
#include "emit/sitemap.h"
#include "search/search.h"
#include "site/attachments.h"
#include "site/explorer.h"
#include "site/extras.h"
#include "site/graph_files.h"
#include "site/previews.h"
#include "site/stitch.h"
#include "vault/open.h"

/* Pages stitched before they are written: as many, or so many bytes. */
#define BATCH 32
#define BATCH_BYTES ((size_t)1 << 19)

bool write_open(struct site_files *s, struct run *r) {
    struct buf error = {0};

    if (!out_place_allowed(r))
        return false;
    s->emit = emit_open(&r->arena, r->o->out, &error);
    if (s->emit == NULL)
        run_error(r, "%s", buf_cstr(&error));
    else
        emit_spare(s->emit, r->vault.root_fd);
    if (s->emit != NULL && r->o->force)
        emit_distrust(s->emit);
    buf_release(&error);
    return s->emit != NULL;
}

bool write_up_to_date(struct site_files *s, struct run *r) {
    uint64_t digest[2];

    if (r->o->force || r->o->strict || !emit_has_manifest(s->emit))
        return false;
    scan_hashes(r);
    input_digest(r, digest);
    r->up_to_date = emit_up_to_date(s->emit, digest);
    return r->up_to_date;
}

struct writer {
    struct run *run;
    const struct plan *plan;
    const struct kept *kept;
    struct emit *emit; /* NULL: nothing is written */
    struct stitcher **stitchers;
};

static struct stitcher *stitcher_of(struct writer *w, unsigned worker) {
    struct worker *own = &w->run->workers[worker];

    if (w->stitchers[worker] == NULL)
        w->stitchers[worker] =
            stitcher_new(&own->arena, w->plan, w->kept, &own->diags);
    return w->stitchers[worker];
}

/* Pages from `first` on, before `end`; returns how many. */
static size_t write_some(struct writer *w, struct stitcher *stitcher,
                         size_t first, size_t end, struct worker *own) {
    int64_t began = run_thread_us(), stitched;
    size_t ends[BATCH], n = 0;
    struct buf *out = &own->bytes;

    buf_reset(out);
    for (; n < end - first && out->len < BATCH_BYTES; n++) {
        stitch_page(w->plan, first + n, stitcher, out);
        ends[n] = out->len;
    }
    stitched = run_thread_us();
    own->stitch_us += stitched - began;
    for (size_t i = 0, at = 0; i < n && w->emit != NULL; at = ends[i++])
        emit_file(w->emit, w->plan->pages[first + i].path,
                  str_slice(buf_str(out), at, ends[i]));
    own->emit_us += run_thread_us() - stitched;
    progress_add(&w->run->progress, n);
    return n;
}

static void write_batch(void *context, size_t batch, unsigned worker) {
    struct writer *w = context;
    size_t at = batch * BATCH, end = at + BATCH;

    if (end > w->plan->npages)
        end = w->plan->npages;
    while (at < end && (w->emit == NULL || !emit_failed(w->emit)))
        at += write_some(w, stitcher_of(w, worker), at, end,
                         &w->run->workers[worker]);
}

static void write_preview_file(void *context, size_t i, unsigned worker) {
    struct writer *w = context;
    struct worker *own = &w->run->workers[worker];
    int64_t began = run_thread_us(), stitched;

    if (emit_failed(w->emit))
        return;
    buf_reset(&own->bytes);
    stitch_previews(w->plan->previews, i, stitcher_of(w, worker), &own->bytes);
    stitched = run_thread_us();
    own->stitch_us += stitched - began;
    emit_file(w->emit, previews_path(w->plan->previews, i, &own->arena),
              buf_str(&own->bytes));
    own->emit_us += run_thread_us() - stitched;
}

/* Nothing is found out by drawing them: not to be written, they are not drawn. */
static void write_previews(struct run *r, struct writer *w) {
    if (w->emit != NULL && w->plan->previews != NULL)
        pool_run(r->jobs, previews_nfiles(w->plan->previews),
                 write_preview_file, w);
}

/* Returns bits of what the pages have use for (note/extra.h); it is reported where
 * that is not installed. */
static unsigned write_pages(struct run *r, const struct plan *plan,
                            struct emit *emit) {
    unsigned extras = 0;
    struct writer w = {r, plan, NULL, emit,
                       arena_array(&r->arena, struct stitcher *, r->nworkers)};

    run_step(r, STEP_STITCH);
    w.kept = kept_draw(&r->arena, plan, r->jobs);
    r->npages = plan->npages;
    progress_begin(&r->progress, "writing pages:", plan->npages);
    pool_run(r->jobs, (plan->npages + BATCH - 1) / BATCH, write_batch, &w);
    write_previews(r, &w);
    run_step(r, STEP_EMIT);
    /* The step's time is shared out as the workers measured it. */
    for (unsigned i = 0; i < r->nworkers; i++) {
        struct worker *own = &r->workers[i];
        if (w.stitchers[i] != NULL) {
            extras |= stitcher_extras(w.stitchers[i]);
            stitcher_release(w.stitchers[i]);
        }
        r->step_us[STEP_STITCH] -= own->emit_us;
        r->step_us[STEP_EMIT] += own->emit_us;
        own->stitch_us = own->emit_us = 0;
    }
    extras_report(plan->theme, extras, &r->diags);
    return extras;
}

/* --- attachments --- */

static void asset_finding(struct diags *d, const struct vault_file *f) {
    diag_add(d, errno == ENOENT ? DIAG_FILE_VANISHED : DIAG_FILE_UNREADABLE,
             f->path, 0, 0, "%s", strerror(errno));
}

static void write_filtered(const struct writer *w, const struct plan_file *file,
                           const struct vault_file *f, struct diags *d) {
    const struct run *r = w->run;
    struct buf raw = {0}, filtered = {0};
    struct str kept;

    if (vault_read(&r->vault, f, r->settings.limits.attachment_bytes, &raw)) {
        kept = attachment_filter(&filtered, buf_str(&raw), f->path, d);
        if (w->emit != NULL)
            emit_file(w->emit, file->path, kept);
    } else {
        asset_finding(d, f);
    }
    buf_release(&raw);
    buf_release(&filtered);
}

static void write_attachment(void *context, size_t i, unsigned worker) {
    const struct writer *w = context;
    const struct run *r = w->run;
    const struct plan_file *file = &w->plan->files[i];
    struct diags *d = &r->workers[worker].diags;
    const struct vault_file *f = &r->vault.files[file->file];
    int fd;

    if (file->filtered) {
        write_filtered(w, file, f, d);
        return;
    }
    fd = open_beneath(r->vault.root_fd, f->real.len > 0 ? f->real : f->path,
                      O_RDONLY | O_NONBLOCK);
    if (fd < 0 || (w->emit != NULL && !emit_asset(w->emit, file->path, fd)))
        asset_finding(d, f);
    if (fd >= 0)
        close(fd);
}

static void write_attachments(struct run *r, const struct plan *plan,
                              struct emit *emit) {
    struct writer w = {.run = r, .plan = plan, .emit = emit};

    pool_run(r->jobs, plan->nfiles, write_attachment, &w);
}

void write_nothing(struct run *r, const struct plan *plan) {
    write_attachments(r, plan, NULL);
    write_pages(r, plan, NULL);
}

/* --- lists of all pages --- */

static const struct str pages_json = STR_INIT("pages.json");

static void write_pages_json(struct run *r, const struct plan *plan,
                             struct emit *emit) {
    struct buf out = {0};
    size_t n;
    const struct plan_row *rows = plan_rows(&r->arena, plan, &n);
    struct pages_row *list = arena_array(&r->arena, struct pages_row, n + 1);

    for (size_t i = 0; i < n; i++)
        list[i] = (struct pages_row){rows[i].path, rows[i].url,  rows[i].title,
                                     rows[i].kind, rows[i].tags, rows[i].ntags};
    pages_write(list, n, &out);
    emit_file(emit, pages_json, buf_str(&out));
    buf_release(&out);
}

static const struct str entities_json = STR_INIT("entities.json");

/* One for each kind: of the views of the tasks the first. */
static void add_index_pages(struct run *r, const struct plan *plan,
                            struct entities_pages *pages) {
    struct entities_page *kinds =
        arena_array(&r->arena, struct entities_page, plan->nindexes);

    for (uint32_t i = 0; i < plan->nindexes; i++)
        if (plan->indexes[i].sort != INDEX_TASKS || i == plan->tasks)
            kinds[pages->nkinds++] = (struct entities_page){
                plan->indexes[i].kind, plan->pages[plan->indexes[i].page].path};
    pages->kinds = kinds;
}

static void write_entities_json(struct run *r, const struct plan *plan,
                                const struct entities *e, struct emit *emit) {
    size_t n = r->vault.nfiles;
    struct str *notes = arena_array(&r->arena, struct str, n);
    struct entities_pages pages = {.notes = notes};
    struct emit_stream stream;

    for (size_t i = 0; i < n; i++)
        if (plan->page_of[i] != PLAN_NONE)
            notes[i] = plan->pages[plan->page_of[i]].path;
    add_index_pages(r, plan, &pages);
    emit_stream_open(&stream, emit, entities_json);
    entities_json_write(e, &pages, &stream);
    emit_stream_close(&stream);
}

static const struct str feed_xml = STR_INIT("feed.xml");

static void write_feed(struct run *r, const struct plan *plan,
                       struct emit *emit) {
    struct buf out = {0};
    size_t n;
    const struct plan_feed_row *rows = plan_feed(&r->arena, plan, &n);
    struct feed_entry *entries =
        arena_array(&r->arena, struct feed_entry, n + 1);
    struct feed feed = {.base_url = r->settings.base_url,
                        .title = plan->site_title,
                        .language = r->settings.language,
                        .entries = entries,
                        .nentries = n};

    if (!plan->has_feed)
        return;
    for (size_t i = 0; i < n; i++)
        entries[i] =
            (struct feed_entry){.href = rows[i].href,
                                .title = rows[i].title,
                                .summary = rows[i].summary,
                                .updated = note_changed(rows[i].dates),
                                .has_published = rows[i].dates->has_created,
                                .published = rows[i].dates->created};
    feed_write(&feed, &out);
    emit_file(emit, feed_xml, buf_str(&out));
    buf_release(&out);
}

/* A page with a note's text is as old as the note. */
static struct sitemap_url sitemap_url(const struct plan *plan,
                                      const struct page *page) {
    struct sitemap_url url = {.href = page->href};

    if (page->note == PLAN_NONE)
        return url;
    const struct note_dates *d = &plan->linked->dates[page->note];
    url.dated = d->has_created || d->has_updated;
    url.lastmod = note_changed(d);
    return url;
}

static size_t plan_sitemap(struct run *r, const struct plan *plan,
                           struct sitemap *map) {
    struct sitemap_url *urls =
        arena_array(&r->arena, struct sitemap_url, plan->npages + 1);
    size_t n = 0;

    if (r->settings.base_url.len == 0 || r->settings.noindex)
        return 0;
    for (size_t i = 0; i < plan->npages; i++)
        if (plan_indexed(plan, &plan->pages[i]))
            urls[n++] = sitemap_url(plan, &plan->pages[i]);
    sitemap_init(map, &r->arena, r->settings.base_url, urls, n);
    return sitemap_nfiles(map);
}

/* --- what pages load --- */

static const struct str licences_txt = STR_INIT(PLAN_LICENCES);

/* The theme's files: with 0 those of every site, else those that only pages with some
 * of `extras` load, and their licences. */
static void write_assets(const struct plan *plan, unsigned extras,
                         struct emit *emit) {
    struct buf licences = {0};
    bool some = false;

    for (size_t i = 0; i < plan->nassets; i++) {
        const struct plan_asset *asset = &plan->assets[i];
        if (extras == 0 ? asset->extras == 0 : asset->extras & extras) {
            emit_file(emit, asset->path, asset->bytes);
            some |= extras != 0;
        }
    }
    if (some) {
        extras_add_licences(plan->theme, extras, &licences);
        emit_file(emit, licences_txt, buf_str(&licences));
    }
    buf_release(&licences);
}

/* --- what scripts ask for: the graph, the folders, the search index --- */

struct shard_writer {
    struct run *run;
    const struct site_shards *shards;
    const struct str *paths;
    struct emit *emit;
};

static size_t nshards(const struct site_shards *s) {
    return (s->search != NULL ? search_nfiles(s->search) : 0) +
           graph_nfiles(s->graph) + explorer_nfiles(s->explorer);
}

static struct str shard_path(const struct site_shards *s, size_t i,
                             struct arena *a) {
    size_t ngraph = graph_nfiles(s->graph);
    size_t nfirst = ngraph + explorer_nfiles(s->explorer);

    return i < ngraph   ? graph_path(s->graph, i, a)
           : i < nfirst ? explorer_path(s->explorer, i - ngraph, a)
                        : search_path(s->search, i - nfirst, a);
}

static void write_shard(void *context, size_t i, unsigned worker) {
    struct shard_writer *w = context;
    const struct site_shards *s = w->shards;
    size_t ngraph = graph_nfiles(s->graph);
    size_t nfirst = ngraph + explorer_nfiles(s->explorer);
    struct buf *out = &w->run->workers[worker].bytes;

    if (emit_failed(w->emit))
        return;
    buf_reset(out);
    if (i < ngraph)
        graph_write(s->graph, i, out);
    else if (i < nfirst)
        explorer_write(s->explorer, i - ngraph, out);
    else
        search_write(s->search, i - nfirst, out);
    emit_file(w->emit, w->paths[i], buf_str(out));
}

static void write_shards(struct run *r, const struct site_shards *shards,
                         struct emit *emit) {
    size_t n = nshards(shards);
    struct str *paths = arena_array(&r->arena, struct str, n + 1);
    struct shard_writer w = {r, shards, paths, emit};

    for (size_t i = 0; i < n; i++)
        paths[i] = shard_path(shards, i, &r->arena);
    pool_run(r->jobs, n, write_shard, &w);
}

/* --- the whole site --- */

static size_t list_paths(struct run *r, const struct plan *plan,
                         const struct site_shards *shards, size_t nsitemaps,
                         struct str **list) {
    size_t npreviews =
        plan->previews != NULL ? previews_nfiles(plan->previews) : 0;
    struct str *paths =
        arena_array(&r->arena, struct str,
                    plan->nfiles + plan->nassets + plan->npages + nsitemaps +
                        nshards(shards) + npreviews + 4);
    size_t n = 0;

    for (size_t i = 0; i < plan->nfiles; i++)
        paths[n++] = plan->files[i].path;
    for (size_t i = 0; i < plan->nassets; i++)
        paths[n++] = plan->assets[i].path;
    for (size_t i = 0; i < plan->npages; i++)
        paths[n++] = plan->pages[i].path;
    for (size_t i = 0; i < nsitemaps; i++)
        paths[n++] = sitemap_path(&r->arena, i);
    for (size_t i = 0; i < nshards(shards); i++)
        paths[n++] = shard_path(shards, i, &r->arena);
    for (size_t i = 0; i < npreviews; i++)
        paths[n++] = previews_path(plan->previews, i, &r->arena);
    paths[n++] = pages_json;
    paths[n++] = entities_json;
    paths[n++] = licences_txt;
    if (plan->has_feed)
        paths[n++] = feed_xml;
    *list = paths;
    return n;
}

static void write_sitemaps(struct run *r, const struct sitemap *map, size_t n,
                           struct emit *emit) {
    struct buf out = {0};

    for (size_t i = 0; i < n; i++) {
        buf_reset(&out);
        sitemap_write(map, i, &out);
        emit_file(emit, sitemap_path(&r->arena, i), buf_str(&out));
    }
    buf_release(&out);
}

/* With --strict the findings are known already, from write_nothing. */
static void mute(struct run *r, bool muted) {
    r->diags.muted = muted;
    for (unsigned i = 0; i < r->nworkers; i++)
        r->workers[i].diags.muted = muted;
}

/* A place that is taken is a warning: with --strict OUT stays as it is. */
static bool nothing_foreign(struct site_files *s, struct run *r) {
    if (r->o->strict)
        emit_report_foreign(s->emit, &r->diags);
    return !r->o->strict || !report_fails(r);
}

static bool write_files(struct site_files *s, struct run *r,
                        const struct plan *plan,
                        const struct entities *entities,
                        const struct site_shards *shards,
                        const struct sitemap *map, size_t nsitemaps) {
    uint64_t digest[2];
    unsigned extras;

    mute(r, r->o->strict);
    write_attachments(r, plan, s->emit);
    write_assets(plan, 0, s->emit);
    extras = write_pages(r, plan, s->emit);
    if (extras != 0)
        write_assets(plan, extras, s->emit);
    mute(r, false);
    write_pages_json(r, plan, s->emit);
    write_entities_json(r, plan, entities, s->emit);
    write_feed(r, plan, s->emit);
    write_sitemaps(r, map, nsitemaps, s->emit);
    write_shards(r, shards, s->emit);
    input_digest(r, digest);
    return emit_finish(s->emit, digest, &s->counts, &r->diags);
}

int write_site(struct site_files *s, struct run *r, const struct plan *plan,
               const struct entities *entities,
               const struct site_shards *shards) {
    struct sitemap map = {0};
    struct str *paths;
    size_t nsitemaps = plan_sitemap(r, plan, &map), npaths;

    run_step(r, STEP_EMIT);
    npaths = list_paths(r, plan, shards, nsitemaps, &paths);
    if (emit_begin(s->emit, paths, npaths)) {
        if (!nothing_foreign(s, r))
            return EXIT_FINDINGS;
        if (write_files(s, r, plan, entities, shards, &map, nsitemaps))
            return EXIT_DONE;
    }
    run_error(r, "%.*s", STR_ARG(emit_error(s->emit)));
    return EXIT_UNABLE;
}

void write_close(struct site_files *s) {
    if (s->emit != NULL)
        emit_close(s->emit);
    s->emit = NULL;
}
