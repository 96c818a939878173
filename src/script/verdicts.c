#include "script/verdicts.h"

#include <pthread.h>

#include "base/map.h"
#include "base/vec.h"

/* What a search wanted to run, and what it was told. */
struct asking {
    const char *expression; /* one address for each text */
    const char *why;
    struct asking *next;
};

struct end {
    uint32_t turn;
    const char *expression;
    const char *why;
};

struct verdicts {
    pthread_mutex_t lock; /* over all below */
    struct arena arena;
    struct map expressions;       /* to their addresses */
    VEC(struct asking *) askings; /* by turn: the last one first */
    VEC(struct end) ends;         /* in no order */
    unsigned most;
};

struct verdicts *verdicts_new(unsigned most) {
    struct verdicts *v = mem_resize(NULL, 1, sizeof *v);

    *v = (struct verdicts){.most = most};
    pthread_mutex_init(&v->lock, NULL);
    arena_init(&v->arena);
    map_init(&v->expressions, &v->arena);
    return v;
}

void verdicts_release(struct verdicts *v) {
    vec_release(&v->askings);
    vec_release(&v->ends);
    arena_release(&v->arena);
    pthread_mutex_destroy(&v->lock);
    mem_free(v);
}

static const char *address_of(struct verdicts *v, struct str expression) {
    void **slot = map_slot(&v->expressions, expression);

    if (*slot == NULL)
        *slot = arena_new(&v->arena, char);
    return *slot;
}

/* By what is known now of the turns before this one. */
static const char *refusal(const struct verdicts *v, uint32_t turn,
                           const char *expression) {
    const struct end *first = NULL;
    unsigned before = 0;

    for (size_t i = 0; i < v->ends.len; i++) {
        const struct end *e = &v->ends.items[i];

        if (e->turn >= turn)
            continue;
        before++;
        if (e->expression == expression &&
            (first == NULL || e->turn < first->turn))
            first = e;
    }
    if (first != NULL)
        return first->why;
    return before >= v->most ? "too many scripts had to be ended" : "";
}

struct str verdicts_ask(struct verdicts *v, uint32_t turn,
                        struct str expression) {
    struct asking *a;

    pthread_mutex_lock(&v->lock);
    a = arena_new(&v->arena, struct asking);
    a->expression = address_of(v, expression);
    a->why = refusal(v, turn, a->expression);
    while (v->askings.len <= turn)
        vec_push(&v->askings, NULL);
    a->next = v->askings.items[turn];
    v->askings.items[turn] = a;
    pthread_mutex_unlock(&v->lock);
    return str_from(a->why);
}

void verdicts_add(struct verdicts *v, uint32_t turn, struct str expression,
                  struct str why) {
    struct end e = {.turn = turn, .why = why.p};

    pthread_mutex_lock(&v->lock);
    e.expression = address_of(v, expression);
    vec_push(&v->ends, e);
    pthread_mutex_unlock(&v->lock);
}

static void forget(struct verdicts *v, uint32_t turn) {
    size_t kept = 0;

    for (size_t i = 0; i < v->ends.len; i++)
        if (v->ends.items[i].turn != turn)
            v->ends.items[kept++] = v->ends.items[i];
    v->ends.len = kept;
    v->askings.items[turn] = NULL;
}

bool verdicts_stand(struct verdicts *v, uint32_t turn) {
    const struct asking *a =
        turn < v->askings.len ? v->askings.items[turn] : NULL;

    for (; a != NULL; a = a->next)
        if (strcmp(a->why, refusal(v, turn, a->expression)) != 0) {
            forget(v, turn);
            return false;
        }
    return true;
}
