/*
 * The whole line: scan, compile, link, find entities, answer, draw the graph, plan,
 * index, stitch, emit
 * (design.md §1).
 * What a step returns is const from then on.
 */
#include "cli/build.h"

#include "cli/answer.h"
#include "cli/compile.h"
#include "cli/dates.h"
#include "cli/report.h"
#include "cli/run.h"
#include "cli/scan.h"
#include "cli/write.h"
#include "entity/entity.h"
#include "search/search.h"
#include "site/graph_files.h"

/* From the vault to the pages that it gives; and *ENTITIES, for other programs. */
static const struct plan *plan_of(struct run *r,
                                  const struct entities **entities) {
    const struct linked *linked;
    const struct tasks *tasks;
    const struct answers *answers;
    const struct graph *graph;

    dates_begin(r);
    const struct note *const *notes = compile_notes(r);
    dates_end(r);
    run_step(r, STEP_LINK);
    linked = link_vault(&r->arena, &r->vault, notes, r->jobs, &r->diags);
    tasks = answer_tasks(r, linked);
    run_step(r, STEP_ENTITIES);
    *entities =
        entities_find(&r->arena, linked, answer_entity_tasks(r, linked, tasks),
                      r->jobs, &r->diags);
    answers = answer_queries(r, linked, tasks);
    run_step(r, STEP_GRAPH);
    graph = graph_find(&r->arena, linked, *entities);
    run_step(r, STEP_PLAN);
    return plan_site(&r->arena, linked, answers, *entities, graph, &r->theme,
                     &r->diags);
}

int build_command(const struct options *o) {
    struct run run;
    struct site_files site = {0};
    const struct entities *entities;
    const struct plan *plan;
    struct site_shards shards;

    if (!run_begin(&run, o) || !scan(&run) || !write_open(&site, &run))
        return run_end(&run, &site, EXIT_UNABLE);
    if (write_up_to_date(&site, &run))
        return run_end(&run, &site, EXIT_DONE);

    plan = plan_of(&run, &entities);
    if (o->strict) {
        write_nothing(&run, plan);
        if (report_fails(&run))
            return run_end(&run, &site, EXIT_FINDINGS);
    }
    run_step(&run, STEP_GRAPH);
    shards.graph = graph_files_new(&run.arena, plan);
    shards.explorer = plan->explorer;
    run_step(&run, STEP_SEARCH);
    shards.search = search_index(&run.arena, plan, run.jobs);
    return run_end(&run, &site,
                   write_site(&site, &run, plan, entities, &shards));
}

int check_command(const struct options *o) {
    struct run run;
    const struct entities *entities;

    if (!run_begin(&run, o) || !scan(&run))
        return run_end(&run, NULL, EXIT_UNABLE);

    write_nothing(&run, plan_of(&run, &entities));
    return run_end(&run, NULL, report_fails(&run) ? EXIT_FINDINGS : EXIT_DONE);
}
