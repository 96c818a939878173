#include "cli/answer.h"

static struct diag_query_count *count_of(struct run *r, struct str language) {
    size_t i = 0;

    while (i < r->nqueries && !str_eq(r->queries[i].language, language))
        i++;
    if (i == ARRAY_LEN(r->queries))
        return NULL;
    if (i == r->nqueries)
        r->queries[r->nqueries++].language = language;
    return &r->queries[i];
}

static void count(struct run *r, struct str language, const struct answer *a) {
    struct diag_query_count *c = count_of(r, language);

    if (c == NULL)
        return;
    if (a == NULL)
        c->unsupported++;
    else if (a->kind == ANSWER_ERROR)
        c->errors++;
    else
        c->answered++;
}

static void count_note(struct run *r, const struct answers *s, uint32_t file) {
    const struct note *n = r->notes[file];

    for (uint32_t k = 0; k < n->nqueries; k++)
        count(r, n->queries[k].language, answers_block(s, file, k));
    for (uint32_t k = 0; k < n->ninline_queries; k++) {
        const struct answer *a = answers_inline(s, file, k);
        if (a != NULL)
            count(r, STR("dataview-inline"), a);
    }
}

const struct answers *answer_queries(struct run *r, const struct linked *l) {
    const struct answers *s;

    run_step(r, STEP_ANSWER);
    s = answers_make(&r->arena, l, r->today, r->jobs, &r->diags);
    for (uint32_t i = 0; i < r->vault.nfiles; i++)
        if (r->notes[i] != NULL)
            count_note(r, s, i);
    return s;
}
