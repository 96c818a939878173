#include "cli/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/pool.h"
#include "cli/compile.h"
#include "cli/dates.h"
#include "cli/version.h"

#define PIECE ((size_t)1 << 16) /* bytes of the program read at once */

bool scan(struct run *r) {
    run_step(r, STEP_SCAN);
    vault_walk(&r->vault, &r->arena, &r->settings, &r->diags);
    r->hashes = arena_array(&r->arena, uint64_t, r->vault.nfiles + 1);
    dates_find(r);
    return true;
}

static void hash_note(void *context, size_t i, unsigned worker) {
    struct run *r = context;
    const struct vault_file *f = &r->vault.files[i];
    struct buf *bytes = &r->workers[worker].bytes;

    if (f->kind != FILE_NOTE)
        return;
    buf_reset(bytes);
    if (vault_read(&r->vault, f, NOTE_READ_LIMIT, bytes)) {
        r->hashes[i] = hash_bytes(buf_str(bytes));
        r->bytes[i] = arena_str(&r->workers[worker].raw, buf_str(bytes));
    }
}

void scan_hashes(struct run *r) {
    run_step(r, STEP_COMPILE);
    r->bytes = arena_array(&r->arena, struct str, r->vault.nfiles + 1);
    pool_run(r->jobs, r->vault.nfiles, hash_note, r);
    run_step(r, STEP_SCAN);
}

static void add_number(struct buf *b, int64_t n) {
    buf_add(b, &n, sizeof n);
}

/* All bytes behind `fd`, piece by piece; 0 where they cannot be read. */
static uint64_t file_hash(int fd) {
    struct buf piece = {0};
    uint64_t hash = 0;
    ssize_t n;

    buf_reserve(&piece, PIECE);
    do { /* pieces end where they do whatever a read gives */
        n = read(fd, piece.p + piece.len, PIECE - piece.len);
        if (n > 0)
            piece.len += (size_t)n;
        if (piece.len == PIECE || n == 0) {
            hash = hash_join(hash, buf_str(&piece));
            buf_reset(&piece);
        }
    } while (n > 0 || (n < 0 && errno == EINTR));
    buf_release(&piece);
    return n == 0 ? hash : 0;
}

/* The program's own bytes: a changed one may build another site. Its version
 * stands for it where they cannot be read. */
static void add_program(struct buf *b) {
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

    buf_add_lit(b, VAULTSITE_VERSION);
    if (fd < 0)
        return;
    add_number(b, (int64_t)file_hash(fd));
    close(fd);
}

void input_digest(const struct run *r, uint64_t digest[2]) {
    struct buf b = {0};

    add_program(&b);
    add_number(&b, (int64_t)r->settings.digest);
    add_number(&b, (int64_t)r->theme.digest);
    buf_add_str(&b, r->settings.base_url);
    buf_add_str(&b, r->settings.dates);
    add_number(&b, r->settings.javascript);
    /* Without a clock of its own a build is the same all day. */
    add_number(&b, r->o->today_given ? r->today.seconds
                                     : civil_days(r->settings.today));
    add_number(&b, r->settings.dates_given);
    add_number(&b, (int64_t)r->work_tree.digest);
    add_number(&b, r->dates_failed); /* then the next build asks git again */
    for (size_t i = 0; i < r->vault.nfiles; i++) {
        const struct vault_file *f = &r->vault.files[i];
        buf_add_str(&b, f->path);
        buf_add_ch(&b, '\0');
        buf_add_str(&b, f->real);
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
