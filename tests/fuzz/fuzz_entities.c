/* Any text as the notes of a small vault, cut at lines of `===`: whom it knows of
 * are named, numbered and told apart as entity.h says, whatever the notes hold. */
#include <stdbool.h>
#include <stdlib.h>

static void require(bool holds) {
    if (!holds)
        abort();
}
#define assert_true(holds) require(holds)

#include "base/name_key.h"
#include "base/unicode.h"
#include "entity/entity.h"
#include "note/compile.h"

#define VAULT "../../content-fixtures/entities/vault"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* In vault order; a text has the first so many of them. */
static const struct str paths[] = {
    STR_INIT("Customers/Ash & Rowan.md"),
    STR_INIT("Daily/2026-01-07.md"),
    STR_INIT("Meetings/2026-01-08 - Review with Ida.md"),
    STR_INIT("People/Ida Marsh.md"),
    STR_INIT("People/Marsh, Ida.md"),
    STR_INIT("Projects/Weir.md"),
    STR_INIT("Templates/Person.md"),
    STR_INIT("Transcripts/20260108 1030 Review with Ida.md"),
};

struct world {
    struct arena arena;
    struct diags diags;
    struct vault vault;
    struct vault_file files[ARRAY_LEN(paths)];
    const struct note *notes[ARRAY_LEN(paths)];
};

static struct settings settings;

static void read_settings(void) {
    static struct arena arena;
    struct diags diags;
    struct vault v;

    arena_init(&arena);
    diags_init(&diags);
    require(vault_open(&v, VAULT));
    require(settings_read(&settings, &arena, v.root_fd, NULL, &diags));
    vault_close(&v);
    diags_release(&diags);
    compile_warm_up();
}

/* The text up to the next line `===`, which goes too. */
static struct str next_note(struct str *text) {
    size_t end = str_find_str(*text, STR("\n===\n"), 0);
    struct str note;

    if (end == STR_NONE)
        end = text->len;
    note = str_slice(*text, 0, end);
    *text = str_skip(*text, end + STR("\n===\n").len);
    return note;
}

static void add_note(struct world *w, struct compiler *c, struct str text) {
    size_t i = w->vault.nfiles++;
    struct publish_facts facts;
    struct note *n;

    w->files[i] = (struct vault_file){
        .path = paths[i],
        .kind = FILE_NOTE,
        .is_template = str_starts(paths[i], STR("Templates/")),
        .size = text.len};
    n = note_compile(c, &w->files[i], (uint32_t)i, text);
    note_publish_facts(n, &settings, text, &facts);
    if (!n->withheld && publish_decide(&settings, &facts))
        w->notes[i] = n;
}

static void check_numbers(const uint32_t *numbers, uint32_t n, uint32_t most) {
    for (uint32_t i = 0; i < n; i++)
        require(numbers[i] < most);
}

static void check_ascending(const uint32_t *numbers, uint32_t n) {
    for (uint32_t i = 1; i < n; i++)
        require(numbers[i - 1] < numbers[i]);
}

static void check_item(const struct entities *e, uint32_t number) {
    const struct entity *x = &e->items[number];
    const struct entity_kind *kind = &e->kinds[x->kind];
    struct arena scratch;

    arena_init(&scratch);
    require(x->kind < e->nkinds && number >= kind->begin && number < kind->end);
    require(x->name.len > 0 && x->id.len > kind->name.len + 1);
    require(str_eq(x->key, name_key(&scratch, x->name)));
    require(x->nnames > 0 && str_eq(x->names[0], x->name));
    require(x->note == ENTITY_NONE || e->entity_of[x->note] == number);
    for (uint32_t i = 0; i < x->nnotes; i++)
        require(e->entity_of[x->notes[i]] == number);
    for (uint32_t i = 0; i < x->nevents; i++)
        require(x->events[i].event < e->nevents &&
                e->events[x->events[i].event].merged_into == ENTITY_NONE);
    for (uint32_t i = 0; i < x->nrelated; i++)
        require(x->related[i].entity < e->len &&
                x->related[i].entity != number && x->related[i].count > 0);
    check_numbers(x->tasks, x->ntasks, e->ntasks);
    check_numbers(x->decisions, x->ndecisions, e->ndecisions);
    check_ascending(x->relations, x->nrelations);
    arena_release(&scratch);
}

static void check(const struct entities *e) {
    for (uint32_t i = 0; i < e->len; i++) {
        check_item(e, i);
        for (uint32_t k = 0; k < i; k++)
            require(!str_eq(e->items[i].id, e->items[k].id));
    }
    for (uint32_t i = 0; i < e->nevents; i++) {
        const struct event *v = &e->events[i];

        require(e->event_of[v->note] == i);
        check_ascending(v->subjects, v->nsubjects);
        check_ascending(v->participants, v->nparticipants);
        check_numbers(v->subjects, v->nsubjects, e->len);
        check_numbers(v->participants, v->nparticipants, e->len);
    }
    for (uint32_t i = 0; i < e->ntasks; i++) {
        require(e->tasks[i].task < e->tasks_read->len);
        check_numbers(e->tasks[i].assignees, e->tasks[i].nassignees, e->len);
    }
    for (uint32_t i = 0; i < e->ndecisions; i++)
        require(e->decisions[i].text.len > 0 && e->decisions[i].nnotes > 0);
    require(e->owner == ENTITY_NONE || e->owner < e->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    struct str text = {(const char *)bytes, len};
    struct world w = {0};
    struct compiler *c;
    const struct linked *linked;

    if (utf8_valid_len(text) != len)
        return 0; /* vault/ repairs it before */
    if (settings.limits.note_bytes == 0)
        read_settings();
    arena_init(&w.arena);
    diags_init(&w.diags);
    w.vault =
        (struct vault){.root_fd = -1, .settings = &settings, .files = w.files};
    c = compiler_new(&w.arena, &settings, &w.diags);
    for (size_t i = 0; i < ARRAY_LEN(paths) && text.len > 0; i++)
        add_note(&w, c, next_note(&text));
    w.vault.nnotes = w.vault.nfiles;
    linked = link_vault(&w.arena, &w.vault, w.notes, 1, &w.diags);
    check(entities_find(&w.arena, linked,
                        tasks_of_vault(&w.arena, linked, &settings.tasks_values,
                                       (struct civil_date){2026, 1, 15}),
                        1, &w.diags));
    compiler_free(c);
    diags_release(&w.diags);
    arena_release(&w.arena);
    return 0;
}
