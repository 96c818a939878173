/*
 * The whole line: scan, compile, link, find entities, answer, plan, index, stitch, emit
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
#include "search/search.h"
#include "entity/entity.h"

static const struct entities *find_entities(struct run *r,
                                            const struct linked *l,
                                            const struct tasks *tasks) {
    run_step(r, STEP_ENTITIES);
    return entities_find(&r->arena, l, answer_entity_tasks(r, l, tasks),
                         r->jobs, &r->diags);
}

int build_command(const struct options *o) {
    struct run run;
    struct site_files site = {0};
    const struct linked *linked;
    const struct tasks *tasks;
    const struct entities *entities;
    const struct answers *answers;
    const struct plan *plan;
    const struct search *search;

    if (!run_begin(&run, o) || !scan(&run) || !write_open(&site, &run))
        return run_end(&run, &site, EXIT_UNABLE);
    if (write_up_to_date(&site, &run))
        return run_end(&run, &site, EXIT_DONE);

    dates_begin(&run);
    const struct note *const *notes = compile_notes(&run);
    dates_end(&run);
    run_step(&run, STEP_LINK);
    linked = link_vault(&run.arena, &run.vault, notes, run.jobs, &run.diags);
    tasks = answer_tasks(&run, linked);
    entities = find_entities(&run, linked, tasks);
    answers = answer_queries(&run, linked, tasks);
    run_step(&run, STEP_PLAN);
    plan = plan_site(&run.arena, linked, answers, entities, &run.theme,
                     &run.diags);

    if (o->strict) {
        write_nothing(&run, plan);
        if (report_fails(&run))
            return run_end(&run, &site, EXIT_FINDINGS);
    }
    run_step(&run, STEP_SEARCH);
    search = search_index(&run.arena, plan, run.jobs);
    return run_end(&run, &site,
                   write_site(&site, &run, plan, entities, search));
}

int check_command(const struct options *o) {
    struct run run;
    const struct linked *linked;
    const struct tasks *tasks;
    const struct entities *entities;
    const struct answers *answers;
    const struct plan *plan;

    if (!run_begin(&run, o) || !scan(&run))
        return run_end(&run, NULL, EXIT_UNABLE);
    dates_begin(&run);
    const struct note *const *notes = compile_notes(&run);
    dates_end(&run);
    run_step(&run, STEP_LINK);
    linked = link_vault(&run.arena, &run.vault, notes, run.jobs, &run.diags);
    tasks = answer_tasks(&run, linked);
    entities = find_entities(&run, linked, tasks);
    answers = answer_queries(&run, linked, tasks);
    run_step(&run, STEP_PLAN);
    plan = plan_site(&run.arena, linked, answers, entities, &run.theme,
                     &run.diags);
    write_nothing(&run, plan);
    return run_end(&run, NULL, report_fails(&run) ? EXIT_FINDINGS : EXIT_DONE);
}
