#include "cli/compile.h"

#include <errno.h>

#include "base/pool.h"
#include "note/compile.h"

struct job {
    struct run *run;
    struct compiler **compilers; /* by worker */
};

/* What a withheld note says in its text is nobody's business, not even in a log:
 * errors (why it is withheld) stay, the rest goes. */
static void drop_findings(struct diags *d, size_t from) {
    size_t kept = from;

    for (size_t i = from; i < d->len; i++)
        if (diag_rows[d->items[i].code].severity == DIAG_ERROR ||
            d->items[i].code == DIAG_PUBLISH_TEXT)
            d->items[kept++] = d->items[i];
    d->len = kept;
}

static bool read_note(struct run *r, size_t i, struct worker *w,
                      struct str *raw) {
    const struct vault_file *f = &r->vault.files[i];

    if (r->bytes != NULL && r->bytes[i].p != NULL) {
        *raw = r->bytes[i];
        return true;
    }
    buf_reset(&w->bytes);
    if (vault_read(&r->vault, f, NOTE_READ_LIMIT, &w->bytes)) {
        *raw = buf_str(&w->bytes);
        return true;
    }
    diag_add(&w->diags,
             errno == ENOENT ? DIAG_FILE_VANISHED : DIAG_FILE_UNREADABLE,
             f->path, 0, 0, "%s", strerror(errno));
    return false;
}

static void compile_note(void *context, size_t i, unsigned worker) {
    struct job *job = context;
    struct run *r = job->run;
    struct worker *w = &r->workers[worker];
    const struct vault_file *f = &r->vault.files[i];
    struct publish_facts facts;
    struct note *note;
    struct str raw;
    size_t before;

    if (f->kind != FILE_NOTE || !read_note(r, i, w, &raw))
        return;
    before = w->diags.len;
    if (job->compilers[worker] == NULL)
        job->compilers[worker] =
            compiler_new(&w->arena, &r->settings, &w->diags);
    note = note_compile(job->compilers[worker], f, (uint32_t)i, raw);
    r->hashes[i] = note->hash;
    note_publish_facts(note, &r->settings, raw, &facts);
    if (facts.unreadable && facts.word == PUBLISH_NO && !f->is_template)
        diag_add(&w->diags, DIAG_PUBLISH_UNREADABLE, f->path, 0, 0,
                 "its properties cannot be read, but there is a line publish:");
    if (!note->withheld && publish_decide(&r->settings, &facts))
        r->notes[i] = note;
    else
        drop_findings(&w->diags, before);
    progress_add(&r->progress, 1);
}

const struct note *const *compile_notes(struct run *r) {
    struct job job = {r,
                      arena_array(&r->arena, struct compiler *, r->nworkers)};

    run_step(r, STEP_COMPILE);
    r->notes = arena_array(&r->arena, const struct note *, r->vault.nfiles + 1);
    compile_warm_up();
    progress_begin(&r->progress, "compiling notes:", r->vault.nnotes);
    pool_run(r->jobs, r->vault.nfiles, compile_note, &job);
    for (unsigned i = 0; i < r->nworkers; i++) {
        if (job.compilers[i] != NULL)
            compiler_free(job.compilers[i]);
        arena_release(&r->workers[i].raw);
    }
    r->bytes = NULL;
    for (size_t i = 0; i < r->vault.nfiles; i++) {
        const struct note *n = r->notes[i];
        if (n == NULL)
            continue;
        r->npublished++;
        r->nlinks += n->nlinks;
    }
    return r->notes;
}
