/*
 * plans: a law about queries: planning changes no answer.
 *
 *     plans VAULT <QUESTIONS
 *
 * Reads lines {"query": a Dataview query, "origin": vault path, "other": vault
 * path}. All are planned together, as a build does, and each is answered with its
 * plan and with none; one that is said not to depend on its note is answered in
 * `other` too. What the answers print, and what is said of them, has to be the
 * same. Prints a JSON object for each that differs, and how many there were.
 */
#include <errno.h>
#include <stdio.h>

#include "base/json.h"
#include "base/vec.h"
#include "cli/compile.h"
#include "cli/options.h"
#include "cli/run.h"
#include "cli/scan.h"
#include "query/dataview/depends.h"
#include "query/dataview/run.h"

#define SHOWN 20

struct planned {
    struct str text, origin, other;
    uint32_t file;
    const struct dql *query; /* NULL: it is none */
    struct query_plan plan;
};

struct law {
    struct records *records;
    struct columns *columns;
    struct run_memory plans, answers;
    struct arena kept;
    VEC(struct planned) list;
    size_t nplanned, nfaults;
};

static struct str text_member(const struct json *j, struct str key) {
    const struct json *m = json_member(j, key);

    return m != NULL && m->kind == JSON_TEXT ? m->text : STR("");
}

static bool read_line(struct buf *line) {
    int c = getchar();

    buf_reset(line);
    if (c == EOF)
        return false;
    for (; c != EOF && c != '\n'; c = getchar())
        buf_add_ch(line, (char)c);
    return true;
}

static bool read_questions(struct law *law) {
    struct buf line = {0};
    struct json_error error;
    bool ok = true;

    while (ok && read_line(&line)) {
        const struct json *j = json_parse(
            &law->kept, arena_str(&law->kept, buf_str(&line)), &error);
        struct planned p = {.text = text_member(j, STR("query")),
                            .origin = text_member(j, STR("origin")),
                            .other = text_member(j, STR("other"))};

        ok = p.text.len > 0;
        vec_push(&law->list, p);
    }
    buf_release(&line);
    return ok;
}

static void plan_all(struct law *law) {
    struct parse_error error;

    for (size_t i = 0; i < law->list.len; i++) {
        struct planned *p = &law->list.items[i];

        p->file = records_file(law->records, p->origin);
        p->query =
            dql_parse(&law->kept, p->text, records_dates(law->records), &error);
        if (p->query != NULL)
            p->plan = run_plan(law->records, p->query, law->columns, p->file,
                               p->origin, &law->plans);
        law->nplanned += p->plan.needle != NULL;
    }
}

/* All that can be told of an answer, but for the rows that were asked. */
static void add_answer(struct law *law, const struct planned *p,
                       const struct query_plan *plan, struct str origin,
                       struct buf *out) {
    const struct answer *a =
        run_query(law->records, p->query, plan,
                  records_file(law->records, origin), origin, &law->answers);

    buf_reset(out);
    answer_add_json(out, a);
    buf_printf(out, " dropped %zu: %.*s; clock %d, hidden %d", a->ndropped,
               STR_ARG(a->drop_reason), a->uses_clock, a->shows_hidden);
    arena_reset(law->answers.answers);
}

static void fault(struct law *law, const struct planned *p, const char *what,
                  const struct buf *got, const struct buf *want) {
    struct buf out = {0};

    if (++law->nfaults > SHOWN)
        return;
    buf_printf(&out, "{\"what\":\"%s\"", what);
    buf_add_lit(&out, ",\"query\":");
    json_add_text(&out, p->text);
    buf_add_lit(&out, ",\"origin\":");
    json_add_text(&out, p->origin);
    buf_add_lit(&out, ",\"got\":");
    json_add_text(&out, buf_str(got));
    buf_add_lit(&out, ",\"want\":");
    json_add_text(&out, buf_str(want));
    buf_add_lit(&out, "}\n");
    fwrite(out.p, 1, out.len, stdout);
    buf_release(&out);
}

static void check(struct law *law, const struct planned *p) {
    static const struct query_plan none;
    struct buf want = {0}, got = {0};

    add_answer(law, p, &none, p->origin, &want);
    if (p->plan.needle != NULL) {
        add_answer(law, p, &p->plan, p->origin, &got);
        if (!str_eq(buf_str(&got), buf_str(&want)))
            fault(law, p, "planned", &got, &want);
    }
    if (!query_uses_note(p->query)) {
        add_answer(law, p, &none, p->other, &got);
        if (!str_eq(buf_str(&got), buf_str(&want)))
            fault(law, p, "in another note", &got, &want);
    }
    buf_release(&want);
    buf_release(&got);
}

static bool check_all(struct run *r, const struct linked *linked) {
    struct arena answers, plans;
    struct law law = {0};
    bool ok;

    arena_init(&law.kept);
    arena_init(&answers);
    arena_init(&plans);
    run_memory_init(&law.answers, &answers);
    run_memory_init(&law.plans, &plans);
    law.records = records_new(&r->arena, linked, r->today);
    law.columns = columns_new(&r->arena, law.records);
    ok = read_questions(&law);
    plan_all(&law);
    for (size_t i = 0; ok && i < law.list.len; i++)
        if (law.list.items[i].query != NULL)
            check(&law, &law.list.items[i]);
    printf("%zu queries, %zu planned, %zu faults\n", law.list.len, law.nplanned,
           law.nfaults);
    columns_release(law.columns);
    records_release(law.records);
    vec_release(&law.list);
    run_memory_release(&law.answers);
    run_memory_release(&law.plans);
    arena_release(&answers);
    arena_release(&plans);
    arena_release(&law.kept);
    return ok && law.nfaults == 0;
}

int main(int argc, char **argv) {
    char query[] = "query", x[] = "x", today[] = "--today",
         day[] = "2026-01-15T12:00:00Z";
    char *arguments[] = {argv[0], query, argv[1], x, today, day, NULL};
    struct options o;
    struct buf error = {0};
    struct run run;
    bool ok;

    if (argc != 2 || !options_parse(&o, 6, arguments, &error)) {
        fprintf(stderr, "usage: plans VAULT <QUESTIONS\n%.*s\n",
                STR_ARG(buf_str(&error)));
        return 2;
    }
    o.quiet = true;
    if (!run_begin(&run, &o) || !scan(&run)) {
        fprintf(stderr, "plans: %s: %s\n", argv[1], strerror(errno));
        return 2;
    }
    ok = check_all(&run, link_vault(&run.arena, &run.vault, compile_notes(&run),
                                    run.jobs, &run.diags));
    run.diags.len = 0;
    run_merge(&run);
    run.diags.len = 0;
    run_end(&run, NULL, 0);
    return ok ? 0 : 1;
}
