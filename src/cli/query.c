#include "cli/query.h"

#include <errno.h>
#include <stdio.h>

#include "cli/answer.h"
#include "cli/batch.h"
#include "cli/compile.h"
#include "cli/dates.h"
#include "cli/run.h"
#include "cli/scan.h"
#include "cli/terminal.h"
#include "query/answer_print.h"
#include "query/ask.h"
#include "script/client.h"

/* Longest query. */
#define MAX_QUERY JSON_MAX_BYTES

/* False where there is more than a query may have. */
static bool read_all(struct buf *text) {
    char bytes[4096];
    size_t n;

    while ((n = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (text->len <= MAX_QUERY)
            buf_add(text, bytes, n);
    return text->len <= MAX_QUERY;
}

/* As a block of a note would have it: LF alone, no BOM, no controls. UTF-16 is
 * taken byte by byte and will be no query. */
static struct str clean(struct run *r, struct str text, struct buf *scratch) {
    struct str cleaned = text;

    return text_clean(text, STR(""), scratch, &cleaned, &r->diags) ? cleaned
                                                                   : text;
}

/* --- a batch --- */

static bool read_language(struct str name, enum question_language *language) {
    struct str words[OPTION_WORDS_MAX];
    size_t n = option_words(&option_rows[OPTION_LANG], words);

    for (size_t i = 0; i < n; i++)
        if (str_eq(words[i], name)) {
            *language = (enum question_language)i;
            return true;
        }
    return false;
}

/* What is wrong with a line, "" where it asks something; then *q is that. */
static struct str read_question(const struct json *j, bool too_long,
                                struct question *q) {
    const struct json *query = json_member(j, STR("query"));

    if (too_long)
        return STR("a line may have 16 MB");
    if (j == NULL || j->kind != JSON_OBJECT)
        return STR("a line is a JSON object of id, lang, origin and query");
    if (query == NULL || query->kind != JSON_TEXT)
        return STR("there is no query, or it is no text");
    if (!read_language(batch_text(j, STR("lang")), &q->language))
        return STR("lang is none of dataview, expression and tasks");
    q->text = query->text;
    q->origin = batch_text(j, STR("origin"));
    return STR("");
}

static void answer_line(void *context, struct str line, struct arena *scratch,
                        struct buf *out) {
    struct asker *k = context;
    struct json_error error = {0};
    bool too_long = line.len > BATCH_MAX_LINE;
    const struct json *j = too_long ? NULL : json_parse(scratch, line, &error);
    struct question q = {0};
    struct answer wrong = {.kind = ANSWER_ERROR,
                           .message = read_question(j, too_long, &q)};

    buf_add_lit(out, "{\"id\":");
    json_add_text(out, batch_text(j, STR("id")));
    buf_add_lit(out, ",\"result\":");
    answer_add_json(out, wrong.message.len == 0 ? ask(k, &q) : &wrong);
    buf_add_lit(out, "}\n");
}

/* --- one query --- */

static void add_answer(struct asker *k, const struct options *o,
                       const struct answer *a, struct str query,
                       struct buf *out) {
    switch (o->answer_format) {
    case ANSWER_AS_JSON:
        answer_add_json(out, a);
        buf_add_ch(out, '\n');
        break;
    case ANSWER_AS_CSV:
        answer_add_csv(out, a, asker_style(k));
        break;
    case ANSWER_AS_TABLE:
        answer_add_table(out, a, query, asker_style(k));
        break;
    }
}

/* Sets *status; false where the answer could not be printed. */
static bool answer_one(struct asker *k, const struct options *o,
                       struct str text, int *status) {
    struct question q = {
        .language = (enum question_language)o->language,
        .text = text,
        .origin = str_from(o->from),
    };
    struct buf out = {0};
    const struct answer *a = ask(k, &q);
    bool ok = true;

    if (a->kind == ANSWER_ERROR && o->answer_format != ANSWER_AS_JSON) {
        answer_add_table(&out, a, text, asker_style(k));
        fwrite(out.p, 1, out.len, stderr);
    } else {
        add_answer(k, o, a, text, &out);
        ok = batch_print(&out);
    }
    *status = a->kind == ANSWER_ERROR ? EXIT_FINDINGS : EXIT_DONE;
    buf_release(&out);
    return ok;
}

/* --- the command --- */

/* What is wrong with the notes is said by check and build. */
static void forget_findings(struct run *r) {
    run_merge(r);
    r->diags.len = 0;
}

/* The tasks, and the scripts of their queries; NULL where they are off. */
static struct scripts *add_tasks(struct run *r, const struct linked *l,
                                 struct asker *k) {
    const struct tasks *t = answer_tasks(r, l);
    struct scripts *scripts = answer_scripts(r, t);

    asker_add_tasks(k, t, scripts);
    return scripts;
}

static int answer(struct run *r, const struct linked *linked,
                  struct str query) {
    struct asker *k = asker_new(&r->arena, linked, r->today);
    struct scripts *scripts = NULL;
    int status = EXIT_DONE;
    bool ok;

    if (r->o->batch || (int)r->o->language == QUESTION_TASKS)
        scripts = add_tasks(r, linked, k);
    ok = r->o->batch ? batch_run(answer_line, k)
                     : answer_one(k, r->o, query, &status);
    if (!ok)
        run_error(r, "the answer cannot be printed: %s", strerror(errno));
    asker_end(k);
    if (scripts != NULL)
        scripts_end(scripts);
    return ok ? status : EXIT_UNABLE;
}

static bool from_is_note(struct run *r, const struct linked *l) {
    const char *from = r->o->from;

    if (from == NULL)
        return true;
    for (size_t i = 0; i < r->vault.nfiles; i++)
        if (l->notes[i] != NULL && l->published[i] &&
            (str_eq(r->vault.files[i].path, str_from(from)) ||
             str_eq(vault_shown(&r->vault.files[i]), str_from(from))))
            return true;
    run_error(r, "--from: there is no published note %s", from);
    return false;
}

/* What is asked, but for a batch; false with what is wrong in `error`. */
static bool take_query(const struct options *o, struct buf *text,
                       struct buf *error) {
    if (o->batch && o->query != NULL)
        buf_add_lit(error, "--batch reads its queries from standard input, and "
                           "takes no QUERY");
    else if (!o->batch && o->query == NULL)
        buf_add_lit(error, "query needs QUERY, or --batch");
    else if (o->query != NULL && strcmp(o->query, "-") != 0)
        buf_add_str(text, str_from(o->query));
    else if (!o->batch && !read_all(text))
        buf_add_lit(error, "a query may have 16 MB");
    return error->len == 0;
}

static int query_vault(const struct options *o, struct str given) {
    const struct linked *linked;
    struct buf scratch = {0};
    struct run run;
    int status = EXIT_UNABLE;

    if (!run_begin(&run, o) || !scan(&run))
        return run_end(&run, NULL, EXIT_UNABLE);
    dates_begin(&run);
    const struct note *const *notes = compile_notes(&run);
    dates_end(&run);
    run_step(&run, STEP_LINK);
    linked = link_vault(&run.arena, &run.vault, notes, run.jobs, &run.diags);
    run_step(&run, STEP_ANSWER);
    if (from_is_note(&run, linked))
        status = answer(&run, linked, clean(&run, given, &scratch));
    forget_findings(&run);
    buf_release(&scratch);
    return run_end(&run, NULL, status);
}

int query_command(const struct options *given) {
    struct options o = *given;
    struct buf text = {0}, error = {0};
    int status;

    o.quiet = true;
    status = take_query(&o, &text, &error)
                 ? query_vault(&o, buf_str(&text))
                 : terminal_usage_error(&error, o.command);
    buf_release(&text);
    buf_release(&error);
    return status;
}
