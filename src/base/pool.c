#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/arena.h"

#define STACK_BYTES ((size_t)16 * 1024 * 1024)

struct loop {
    pool_work *work;
    void *context;
    size_t n;
    atomic_size_t next;
};

struct worker {
    struct loop *loop;
    unsigned index;
    pthread_t thread;
};

static void *run_worker(void *argument) {
    const struct worker *w = argument;
    struct loop *loop = w->loop;

    for (;;) {
        size_t i =
            atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed);

        if (i >= loop->n)
            return NULL;
        loop->work(loop->context, i, w->index);
    }
}

/* Where the system gives fewer threads than asked for, this one helps. */
static void run_threads(struct loop *loop, unsigned jobs) {
    struct worker *workers = mem_resize(NULL, jobs, sizeof *workers);
    pthread_attr_t attributes;
    unsigned started = 0;

    if (pthread_attr_init(&attributes) == 0) {
        if (pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0) {
            for (; started < jobs; started++) {
                struct worker *w = &workers[started];

                *w = (struct worker){.loop = loop, .index = started};
                if (pthread_create(&w->thread, &attributes, run_worker, w) != 0)
                    break;
            }
        }
        pthread_attr_destroy(&attributes);
    }
    if (started < jobs) {
        struct worker self = {.loop = loop, .index = started};

        run_worker(&self);
    }
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    mem_free(workers);
}

void pool_run(unsigned jobs, size_t n, pool_work *work, void *context) {
    struct loop loop = {.work = work, .context = context, .n = n};

    if (jobs > n)
        jobs = (unsigned)n;
    if (jobs > 1) {
        run_threads(&loop, jobs);
        return;
    }
    for (size_t i = 0; i < n; i++)
        work(context, i, 0);
}

unsigned pool_default_jobs(void) {
    cpu_set_t allowed;
    long online;

    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        int n = CPU_COUNT(&allowed);

        return n > 0 ? (unsigned)n : 1;
    }
    online = sysconf(_SC_NPROCESSORS_ONLN); /* more than 1,024 processors */
    return online > 0 ? (unsigned)online : 1;
}
