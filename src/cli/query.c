#include "cli/query.h"

#include <errno.h>
#include <stdio.h>

#include "base/json.h"
#include "cli/compile.h"
#include "cli/dates.h"
#include "cli/run.h"
#include "cli/scan.h"
#include "query/answer_print.h"
#include "query/ask.h"

/* Longest line of a batch, longest query. */
#define MAX_QUERY (16u << 20)

/* Reads on to the end of a line, or of the input; false where there is nothing
 * more. Longer ones are cut. */
static bool read_line(struct buf *line) {
    int c = getchar();

    buf_reset(line);
    if (c == EOF)
        return false;
    for (; c != EOF && c != '\n'; c = getchar())
        if (line->len < MAX_QUERY)
            buf_add_ch(line, (char)c);
    return true;
}

static void read_all(struct buf *text) {
    char bytes[4096];
    size_t n;

    while ((n = fread(bytes, 1, sizeof bytes, stdin)) > 0)
        if (text->len + n <= MAX_QUERY)
            buf_add(text, bytes, n);
}

static bool print(const struct buf *out) {
    return fwrite(out->p, 1, out->len, stdout) == out->len &&
           fflush(stdout) == 0;
}

/* --- a batch --- */

static struct str text_member(const struct json *j, struct str key) {
    const struct json *m = json_member(j, key);

    return m != NULL && m->kind == JSON_TEXT ? m->text : STR("");
}

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

static void answer_line(struct asker *k, struct str line, struct arena *scratch,
                        struct buf *out) {
    struct json_error error = {0};
    const struct json *j = json_parse(scratch, line, &error);
    struct question q = {.text = text_member(j, STR("query")),
                         .origin = text_member(j, STR("origin"))};
    struct answer wrong = {.kind = ANSWER_ERROR,
                           .message = STR("no request: an object of id, lang, "
                                          "origin and query is expected")};

    buf_reset(out);
    buf_add_lit(out, "{\"id\":");
    json_add_text(out, text_member(j, STR("id")));
    buf_add_lit(out, ",\"result\":");
    if (json_member(j, STR("query")) != NULL &&
        read_language(text_member(j, STR("lang")), &q.language))
        answer_add_json(out, ask(k, &q));
    else
        answer_add_json(out, &wrong);
    buf_add_lit(out, "}\n");
}

static bool answer_batch(struct asker *k) {
    struct buf line = {0}, out = {0};
    struct arena scratch;
    bool ok = true;

    arena_init(&scratch);
    while (ok && read_line(&line)) {
        arena_reset(&scratch);
        if (str_trim(buf_str(&line)).len == 0)
            continue;
        answer_line(k, buf_str(&line), &scratch, &out);
        ok = print(&out);
    }
    arena_release(&scratch);
    buf_release(&line);
    buf_release(&out);
    return ok;
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
static bool answer_one(struct asker *k, const struct options *o, int *status) {
    struct question q = {
        .language = (enum question_language)o->language,
        .text = str_from(o->query),
        .origin = str_from(o->from),
    };
    struct buf text = {0}, out = {0};
    const struct answer *a;
    bool ok = true;

    if (strcmp(o->query, "-") == 0) {
        read_all(&text);
        q.text = buf_str(&text);
    }
    a = ask(k, &q);
    if (a->kind == ANSWER_ERROR && o->answer_format != ANSWER_AS_JSON) {
        answer_add_table(&out, a, q.text, asker_style(k));
        fwrite(out.p, 1, out.len, stderr);
    } else {
        add_answer(k, o, a, q.text, &out);
        ok = print(&out);
    }
    *status = a->kind == ANSWER_ERROR ? EXIT_FINDINGS : EXIT_DONE;
    buf_release(&text);
    buf_release(&out);
    return ok;
}

/* --- the command --- */

/* What is wrong with the notes is said by check and build. */
static void forget_findings(struct run *r) {
    run_merge(r);
    r->diags.len = 0;
}

static int answer(struct run *r, const struct linked *linked) {
    struct asker *k = asker_new(&r->arena, linked, r->today);
    int status = EXIT_DONE;
    bool ok = r->o->batch ? answer_batch(k) : answer_one(k, r->o, &status);

    if (!ok)
        run_error(r, "the answer cannot be printed: %s", strerror(errno));
    asker_end(k);
    return ok ? status : EXIT_UNABLE;
}

static bool from_is_note(struct run *r, const struct linked *l) {
    const char *from = r->o->from;

    if (from == NULL)
        return true;
    for (size_t i = 0; i < r->vault.nfiles; i++)
        if (l->notes[i] != NULL && l->published[i] &&
            str_eq(r->vault.files[i].path, str_from(from)))
            return true;
    run_error(r, "--from: there is no published note %s", from);
    return false;
}

int query_command(const struct options *given) {
    struct options o = *given;
    const struct linked *linked;
    struct run run;
    int status = EXIT_UNABLE;

    o.quiet = true;
    if (!run_begin(&run, &o) || !scan(&run))
        return run_end(&run, NULL, EXIT_UNABLE);
    if (!o.batch && o.query == NULL) {
        run_error(&run, "query needs QUERY, or --batch");
        return run_end(&run, NULL, EXIT_UNABLE);
    }
    dates_begin(&run);
    const struct note *const *notes = compile_notes(&run);
    dates_end(&run);
    run_step(&run, STEP_LINK);
    linked = link_vault(&run.arena, &run.vault, notes, run.jobs, &run.diags);
    run_step(&run, STEP_ANSWER);
    if (from_is_note(&run, linked))
        status = answer(&run, linked);
    forget_findings(&run);
    return run_end(&run, NULL, status);
}
