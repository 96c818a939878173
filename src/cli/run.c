#include "cli/run.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/civil_zone.h"
#include "cli/dates.h"
#include "cli/report.h"
#include "cli/terminal.h"
#include "cli/write.h"
#include "site/extras.h"
#include "site/snippets.h"

static int64_t user_us(int who) {
    struct rusage u;

    getrusage(who, &u);
    return (int64_t)u.ru_utime.tv_sec * 1000000 + u.ru_utime.tv_usec;
}

int64_t run_thread_us(void) {
    return user_us(RUSAGE_THREAD);
}

static int64_t wall_us(void) {
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void run_error(struct run *r, const char *format, ...) {
    char text[PATH_MAX + 256];
    va_list args;

    if (r->error.len > 0)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_add_str(&r->error, str_from(text));
}

void run_step(struct run *r, enum run_step step) {
    int64_t now = user_us(RUSAGE_SELF);

    r->step_us[r->step] += now - r->step_began;
    r->step = step;
    r->step_began = now;
    if (step == STEP_LINK || step == STEP_PLAN)
        progress_begin(&r->progress, step == STEP_LINK ? "linking" : "planning",
                       0);
}

/* Digits only, and no later than the year 9999. */
static bool parse_epoch(struct str s, int64_t *seconds) {
    const int64_t last = 253402300799;

    *seconds = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_digit((unsigned char)s.p[i]))
            return false;
        *seconds = *seconds * 10 + (s.p[i] - '0');
        if (*seconds > last)
            return false;
    }
    return s.len > 0;
}

/* decisions.md 32: --today, else SOURCE_DATE_EPOCH, else now. */
static bool read_clock(struct run *r) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");

    if (r->o->today_given) {
        r->today = r->o->today;
        return true;
    }
    if (epoch != NULL) {
        if (parse_epoch(str_from(epoch), &r->today.seconds))
            return true;
        run_error(r, "SOURCE_DATE_EPOCH is no number of seconds: %s", epoch);
        return false;
    }
    r->today.seconds = (int64_t)time(NULL);
    return true;
}

/* The setting's folder is looked for in the vault, so that it does not matter
 * where the program is started; the option's as any operand. */
static void place_theme(struct run *r) {
    struct str theme = r->settings.theme;
    struct buf path = {0};

    if (r->o->theme != NULL) {
        r->settings.theme = str_from(r->o->theme);
        return;
    }
    if (theme.len == 0 || theme.p[0] == '/')
        return;
    buf_add_str(&path, str_from(r->o->vault));
    buf_add_ch(&path, '/');
    buf_add_str(&path, theme);
    r->settings.theme = arena_str(&r->arena, buf_str(&path));
    buf_release(&path);
}

/* Which day it is depends on where (decisions.md 32). */
static void set_day(struct run *r) {
    struct civil_zone zone;

    civil_zone_init(&zone, r->settings.time_zone);
    if (r->o->today_is_day)
        r->today.seconds = civil_zone_noon(&zone, civil_date_of(r->today));
    r->settings.today = civil_zone_date(&zone, r->today.seconds);
    civil_zone_release(&zone);
}

static bool read_settings(struct run *r) {
    if (!settings_read(&r->settings, &r->arena, r->vault.root_fd, r->o->config,
                       &r->diags))
        return false;
    if (r->o->base_url != NULL &&
        !settings_base_url(&r->arena, str_from(r->o->base_url),
                           &r->settings.base_url)) {
        run_error(r, "--base-url takes an http or https address, not %s",
                  r->o->base_url);
        return false;
    }
    if (r->o->dates.len > 0) {
        r->settings.dates = r->o->dates;
        r->settings.dates_given = true;
    }
    if (r->o->no_javascript)
        r->settings.javascript = false;
    place_theme(r);
    set_day(r);
    return true;
}

static bool read_theme(struct run *r) {
    char *folder = arena_cstr(&r->arena, r->settings.theme);

    if (theme_load(&r->theme, &r->arena, folder, r->settings.language,
                   &r->diags)) {
        snippets_load(&r->theme, &r->arena, r->vault.root_fd, &r->settings,
                      &r->diags);
        extras_load(&r->theme, &r->arena, r->settings.mermaid);
        return true;
    }
    run_error(r, "theme %s: %s", folder, strerror(errno));
    return false;
}

/* A note that cannot be opened for want of a descriptor would be left out, so
 * there must be enough: one for each folder around the one that is walked (100
 * at most), and some for each thread. */
#define FILES_NEEDED 160

static rlim_t open_files(void) {
    struct rlimit limit;

    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur
                                                 : RLIM_INFINITY;
}

static unsigned usable_jobs(unsigned wanted) {
    rlim_t room = open_files() / 8;

    return room >= wanted ? wanted : room > 0 ? (unsigned)room : 1;
}

static bool enough_files(struct run *r) {
    rlim_t files = open_files();

    if (files >= FILES_NEEDED)
        return true;
    run_error(r,
              "only %llu files may be open at once, and %d are needed: see "
              "ulimit -n",
              (unsigned long long)files, FILES_NEEDED);
    return false;
}

bool run_begin(struct run *r, const struct options *o) {
    unsigned jobs = usable_jobs(o->jobs);

    *r = (struct run){.o = o, .jobs = jobs, .nworkers = jobs};
    arena_init(&r->arena);
    diags_init(&r->diags);
    r->diags.coloured = terminal_is_coloured();
    r->vault.root_fd = -1;
    r->began_wall = wall_us();
    progress_init(&r->progress, o->quiet || o->format != FORMAT_TEXT);
    r->workers = arena_array(&r->arena, struct worker, r->nworkers);
    for (unsigned i = 0; i < r->nworkers; i++) {
        arena_init(&r->workers[i].arena);
        arena_init(&r->workers[i].raw);
        diags_init(&r->workers[i].diags);
    }
    if (!enough_files(r) || !read_clock(r))
        return false;
    if (!vault_open(&r->vault, o->vault)) {
        run_error(r, "%s: %s", o->vault, strerror(errno));
        return false;
    }
    return read_settings(r) && read_theme(r);
}

void run_merge(struct run *r) {
    for (unsigned i = 0; i < r->nworkers; i++)
        diags_merge(&r->diags, &r->workers[i].diags);
}

int run_end(struct run *r, struct site_files *site, int status) {
    run_step(r, STEP_SCAN);
    dates_end(r);
    progress_end(&r->progress);
    run_merge(r);
    if (status == EXIT_DONE && r->o->strict && report_fails(r))
        status = EXIT_FINDINGS;
    if (!report(r, site, status, (wall_us() - r->began_wall) / 1000) &&
        site == NULL)
        status = EXIT_UNABLE;
    if (site != NULL)
        write_close(site);
    if (r->vault.root_fd >= 0)
        vault_close(&r->vault);
    for (unsigned i = 0; i < r->nworkers; i++) {
        diags_release(&r->workers[i].diags);
        buf_release(&r->workers[i].bytes);
        arena_release(&r->workers[i].arena);
        arena_release(&r->workers[i].raw);
    }
    diags_release(&r->diags);
    buf_release(&r->error);
    arena_release(&r->arena);
    return status;
}
