#include "cli/scan.h"

#include "base/hash.h"
#include "base/pool.h"
#include "cli/compile.h"
#include "cli/version.h"

bool scan(struct run *r) {
    run_step(r, STEP_SCAN);
    vault_walk(&r->vault, &r->arena, &r->settings, &r->diags);
    r->hashes = arena_array(&r->arena, uint64_t, r->vault.nfiles + 1);
    return true;
}

static void hash_note(void *context, size_t i, unsigned worker) {
    struct run *r = context;
    const struct vault_file *f = &r->vault.files[i];
    struct buf *bytes = &r->workers[worker].bytes;

    if (f->kind != FILE_NOTE)
        return;
    buf_reset(bytes);
    if (vault_read(&r->vault, f, NOTE_READ_LIMIT, bytes))
        r->hashes[i] = hash_bytes(buf_str(bytes));
}

void scan_hashes(struct run *r) {
    run_step(r, STEP_COMPILE);
    pool_run(r->jobs, r->vault.nfiles, hash_note, r);
    r->hashed = true;
    run_step(r, STEP_SCAN);
}

static void add_number(struct buf *b, int64_t n) {
    buf_add(b, &n, sizeof n);
}

void input_digest(const struct run *r, uint64_t digest[2]) {
    struct buf b = {0};

    buf_add_lit(&b, VAULTSITE_VERSION " " __DATE__ " " __TIME__);
    add_number(&b, (int64_t)r->settings.digest);
    add_number(&b, (int64_t)r->theme.digest);
    buf_add_str(&b, r->settings.base_url);
    /* Without a clock of its own a build is the same all day. */
    add_number(&b, r->o->today_given ? r->today.seconds
                                     : civil_days(civil_date_of(r->today)));
    for (size_t i = 0; i < r->vault.nfiles; i++) {
        const struct vault_file *f = &r->vault.files[i];
        buf_add_str(&b, f->path);
        buf_add_ch(&b, '\0');
        if (f->kind == FILE_NOTE) {
            add_number(&b, (int64_t)r->hashes[i]);
        } else {
            add_number(&b, (int64_t)f->size);
            add_number(&b, f->mtime.seconds);
            add_number(&b, f->mtime.nanoseconds);
        }
    }
    digest[0] = hash_bytes(buf_str(&b));
    digest[1] = hash_join(digest[0], buf_str(&b));
    buf_release(&b);
}
