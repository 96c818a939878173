#include "script/client.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/program.h"
#include "base/vec.h"
#include "script/file_text.h"
#include "script/process.h"
#include "script/reply.h"
#include "script/table.h"
#include "script/verdicts.h"

#define WORKER "vaultsite-script"

const struct script_limits script_limits_default = {
    .cpu_ms = 5000,
    .wall_ms = 60000,
    .idle_ms = 5000,
    .task_us = 200,
    .memory = (size_t)256 << 20,
    .ended = 20,
};

/* One that has more than this after a search is replaced. */
#define KEEP_MEMORY(limits) ((limits)->memory / 2)

struct client {
    struct scripts face; /* first */
    struct script_setup setup;
    struct script_limits limits;
    pthread_mutex_t lock; /* over all below */
    bool tried;           /* whether scripts run is known */
    struct str off;       /* "" where they do; static */
    struct arena arena;
    struct process_start how;
    uint32_t *rows; /* by file; set before the first search, then const */
    VEC(struct process) idle;
    struct verdicts *verdicts; /* has a lock of its own */
};

struct search {
    struct script_search face; /* first */
    struct client *client;
    struct arena *a;
    struct script_asker asker;
    struct process process;
    size_t memory; /* of the process, when the search began */
    bool begun;
    struct str dead;             /* why nothing more can be asked; "" */
    VEC(struct str) expressions; /* by function */
    struct buf request, reply;
};

/* --- whether scripts run --- */

const char *script_program(struct arena *a) {
    return program_file(a, WORKER, "../libexec/vaultsite/" WORKER, X_OK);
}

/* The kernel looks at the filter's address only if it knows filters at all. */
static bool has_seccomp(void) {
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) != 0 &&
           errno == EFAULT;
}

/* "", or why not. */
static struct str start_first(struct client *c) {
    struct process first;
    const char *failed;

#ifdef VAULTSITE_NO_SCRIPTS
    return STR("this program was built without JavaScript");
#endif
    c->how.program =
        c->setup.program ? c->setup.program : script_program(&c->arena);
    if (!c->how.program)
        return STR("the program " WORKER " is not beside this one");
    if (!has_seccomp())
        return STR("the system has no seccomp to lock scripts in");
    c->how.table = table_make(c->setup.tasks, c->rows);
    if (c->how.table < 0)
        return STR("the tasks are too many for it");
    failed = process_start(&first, &c->how, &c->limits);
    if (failed)
        return str_from(failed);
    vec_push(&c->idle, first);
    return STR("");
}

static struct str client_off(struct scripts *s) {
    struct client *c = (struct client *)s;
    struct str off;

    pthread_mutex_lock(&c->lock);
    if (!c->tried)
        c->off = start_first(c);
    c->tried = true;
    off = c->off;
    pthread_mutex_unlock(&c->lock);
    return off;
}

/* --- a worker for a search --- */

static const struct str reasons[] = {
    [PROCESS_TOO_LONG] = STR_INIT("the script took too long"),
    [PROCESS_TOO_LARGE] = STR_INIT("the script needed too much memory"),
    [PROCESS_SILENT] = STR_INIT("the program " WORKER " does not answer"),
    [PROCESS_GONE] = STR_INIT("the script ended its program"),
};

/* A worker that waits for nothing is no fault of a script: the next would, too,
 * and each costs seconds, so no script runs any more. */
static void note_end(struct search *q, struct str expression,
                     enum process_outcome outcome) {
    struct client *c = q->client;

    q->dead = reasons[outcome];
    if (outcome != PROCESS_SILENT) {
        verdicts_add(c->verdicts, q->asker.turn, expression, q->dead);
        return;
    }
    pthread_mutex_lock(&c->lock);
    c->off = q->dead;
    pthread_mutex_unlock(&c->lock);
}

static bool take_idle(struct client *c, struct process *p) {
    bool found;

    pthread_mutex_lock(&c->lock);
    found = c->idle.len > 0;
    if (found)
        *p = c->idle.items[--c->idle.len];
    pthread_mutex_unlock(&c->lock);
    return found;
}

static void give_back(struct client *c, struct process *p) {
    if (p->id != 0 && process_memory(p) > KEEP_MEMORY(&c->limits))
        process_end(p);
    if (p->id == 0)
        return;
    pthread_mutex_lock(&c->lock);
    vec_push(&c->idle, *p);
    pthread_mutex_unlock(&c->lock);
}

/* Asks what is in q->request, of `n` tasks; false: the search is dead. */
static bool ask(struct search *q, struct str expression, uint32_t n) {
    struct script_limits limits = q->client->limits;
    unsigned more = (unsigned)((uint64_t)n * limits.task_us / 1000);
    enum process_outcome outcome;

    limits.cpu_ms += more;
    limits.wall_ms += more;
    limits.memory += q->memory;
    outcome =
        process_ask(&q->process, buf_str(&q->request), &q->reply, &limits);
    if (outcome != PROCESS_ANSWERED)
        note_end(q, expression, outcome);
    return outcome == PROCESS_ANSWERED;
}

static void add_u8(struct buf *b, uint8_t n) {
    buf_add(b, &n, sizeof n);
}
static void add_u32(struct buf *b, uint32_t n) {
    buf_add(b, &n, sizeof n);
}
static void add_text(struct buf *b, struct str s) {
    add_u32(b, (uint32_t)s.len);
    buf_add_str(b, s);
}

/* The links of a note that has no row. */
static void add_links(struct buf *b, const struct linked *l,
                      const struct note *n, bool (*in)(const struct link *)) {
    struct buf text = {0};

    buf_add_ch(&text, '[');
    for (uint32_t i = 0; n && i < n->nlinks; i++) {
        if (!in(&n->links[i]))
            continue;
        if (text.len > 1)
            buf_add_ch(&text, ',');
        file_text_add_link(&text, l, n, i);
    }
    buf_add_ch(&text, ']');
    add_text(b, buf_str(&text));
    buf_release(&text);
}

typedef void note_text(struct buf *out, const struct note *n);

static void add_note_text(struct buf *b, const struct note *n, note_text *of) {
    struct buf text = {0};

    if (n)
        of(&text, n);
    add_text(b, buf_str(&text));
    buf_release(&text);
}

/* The columns of the search's note, in their order; empty where the table has
 * them, or there is no such note. */
static void add_origin(struct search *q, uint32_t row) {
    const struct linked *l = q->client->setup.tasks->linked;
    const struct note *n = row == WIRE_NO_ROW && q->asker.file != UINT32_MAX
                               ? l->notes[q->asker.file]
                               : NULL;

    add_text(&q->request, q->asker.origin);
    add_note_text(&q->request, n, file_text_add_tags);
    add_note_text(&q->request, n, file_text_add_properties);
    add_links(&q->request, l, n, file_text_in_body);
    add_links(&q->request, l, n, file_text_in_properties);
}

static bool begin_search(struct search *q, struct str expression) {
    struct client *c = q->client;
    uint32_t row =
        q->asker.file == UINT32_MAX ? WIRE_NO_ROW : c->rows[q->asker.file];

    if (!take_idle(c, &q->process) &&
        process_start(&q->process, &c->how, &c->limits) != NULL) {
        q->dead = STR("its program cannot be started");
        return false;
    }
    q->memory = process_memory(&q->process);
    buf_reset(&q->request);
    add_u8(&q->request, WIRE_BEGIN);
    add_u32(&q->request,
            (uint32_t)(q->asker.origin.len + 1 + q->asker.text.len));
    buf_add_str(&q->request, q->asker.origin);
    buf_add_ch(&q->request, '\n');
    buf_add_str(&q->request, q->asker.text);
    add_text(&q->request, q->asker.origin);
    add_u32(&q->request, row);
    add_origin(q, row);
    add_text(&q->request, q->asker.presets);
    q->begun = true;
    return ask(q, expression, 0);
}

/* --- the seam --- */

static struct script_search *client_begin(struct scripts *s, struct arena *a,
                                          const struct script_asker *asker) {
    struct search *q = arena_new(a, struct search);

    q->face.scripts = s;
    q->client = (struct client *)s;
    q->a = a;
    q->asker = *asker;
    q->process.stream = q->process.memory = -1;
    return &q->face;
}

static struct script_value failure(struct search *q, struct str why) {
    struct buf text = {0};
    struct script_value v = {
        .kind = SCRIPT_ERROR, .ended = true, .is_error = true};

    q->face.ended = why;
    buf_printf(&text, "Error: %.*s", STR_ARG(why));
    v.text = arena_str(q->a, buf_str(&text));
    buf_release(&text);
    return v;
}

/* false: *error says why the search cannot go on. */
static bool may_ask(struct search *q, struct str expression,
                    struct script_value *error) {
    struct str why = q->dead;

    if (why.len == 0)
        why = client_off(&q->client->face);
    if (why.len == 0)
        why = verdicts_ask(q->client->verdicts, q->asker.turn, expression);
    if (why.len == 0 && !q->begun && !begin_search(q, expression))
        why = q->dead;
    if (why.len > 0)
        *error = failure(q, why);
    return why.len == 0;
}

static bool client_compile(struct script_search *face, enum script_use use,
                           struct str expression, uint32_t *function,
                           struct script_value *error) {
    struct search *q = (struct search *)face;

    if (!may_ask(q, expression, error))
        return false;
    buf_reset(&q->request);
    add_u8(&q->request, WIRE_COMPILE);
    add_u8(&q->request, (uint8_t)use);
    add_text(&q->request, expression);
    if (!ask(q, expression, 0)) {
        *error = failure(q, q->dead);
        return false;
    }
    struct reply r = reply_begin(&q->reply, q->a);
    if (reply_u8(&r) != 0) {
        *function = (uint32_t)q->expressions.len;
        vec_push(&q->expressions, arena_str(q->a, expression));
        return true;
    }
    if (!reply_value(&r, error))
        *error = failure(q, STR("the program's answer cannot be read"));
    return false;
}

static void add_rows(struct buf *b, const uint32_t *tasks, uint32_t n) {
    if (tasks)
        buf_add(b, tasks, n * sizeof *tasks);
    for (uint32_t i = 0; !tasks && i < n; i++)
        add_u32(b, 0);
}

/* The values of a reply; false: it cannot be read. */
static bool read_values(struct search *q, uint32_t n,
                        struct script_value *values, uint32_t *count) {
    struct reply r = reply_begin(&q->reply, q->a);

    *count = reply_u32(&r);
    if (*count > n || *count == 0)
        return false;
    for (uint32_t i = 0; i < *count; i++)
        if (!reply_value(&r, &values[i]))
            return false;
    return true;
}

static uint32_t client_call(struct script_search *face, uint32_t function,
                            const uint32_t *tasks, uint32_t n,
                            struct script_value *values) {
    struct search *q = (struct search *)face;
    uint32_t count;

    if (n == 0)
        return 0;
    struct str expression = q->expressions.items[function];
    if (may_ask(q, expression, &values[0])) {
        buf_reset(&q->request);
        add_u8(&q->request, WIRE_CALL);
        add_u32(&q->request, function);
        add_u32(&q->request, n);
        add_rows(&q->request, tasks, n);
        if (ask(q, expression, n)) {
            if (read_values(q, n, values, &count))
                return count;
            process_end(&q->process);
            note_end(q, expression, PROCESS_GONE);
        }
        values[0] = failure(q, q->dead);
    }
    for (uint32_t i = 1; i < n; i++)
        values[i] = values[0];
    return n;
}

static void client_end(struct script_search *face) {
    struct search *q = (struct search *)face;

    give_back(q->client, &q->process);
    vec_release(&q->expressions);
    buf_release(&q->request);
    buf_release(&q->reply);
}

static bool client_stands(struct scripts *s, uint32_t turn) {
    return verdicts_stand(((struct client *)s)->verdicts, turn);
}

static const struct script_calls calls = {
    .off = client_off,
    .begin = client_begin,
    .compile = client_compile,
    .call = client_call,
    .end = client_end,
    .stands = client_stands,
};

struct scripts *scripts_new(const struct script_setup *setup) {
    struct client *c = mem_resize(NULL, 1, sizeof *c);

    *c = (struct client){
        .face.calls = &calls,
        .setup = *setup,
        .limits = setup->limits ? *setup->limits : script_limits_default,
        .how = {.time_zone = setup->time_zone,
                .now_ms = setup->now_ms,
                .table = -1},
    };
    pthread_mutex_init(&c->lock, NULL);
    arena_init(&c->arena);
    c->verdicts = verdicts_new(c->limits.ended);
    c->rows = mem_resize(NULL, setup->tasks->linked->vault->nfiles + 1,
                         sizeof *c->rows);
    return &c->face;
}

void scripts_end(struct scripts *s) {
    struct client *c = (struct client *)s;

    if (!c)
        return;
    for (size_t i = 0; i < c->idle.len; i++)
        process_end(&c->idle.items[i]);
    vec_release(&c->idle);
    if (c->how.table >= 0)
        close(c->how.table);
    mem_free(c->rows);
    verdicts_release(c->verdicts);
    arena_release(&c->arena);
    pthread_mutex_destroy(&c->lock);
    mem_free(c);
}
