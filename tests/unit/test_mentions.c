#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "entity/entity.h"
#include "tasks_vault.h"

#define VAULT "content-fixtures/mentions/vault"

/* Each entity with its counts; then its backlinks and, behind `~`, its unlinked
 * mentions: the note, how often it is named in the text, by what property, and the
 * first hit with what stands around it and the heading above. */
static const char wanted[] =
    "Jonna Holm link 1 property 2 participant 1 text 13\n"
    "  2026-01-09 Till participant text 1 (participants): Petra Lauk paid. "
    "[Jonna Holm] did not.\n"
    "  Elm property 0 (owner_of_it)\n"
    "  Links link text 2: Ask [her], Ruben or Jonna Holm. # Who\n"
    "  ~ 2026-01-02 Hops text 1: With [Jonna Holm].\n"
    "  ~ Places text 10: [Jonna Holm] in a paragraph, Jonna Holm, Jonna Holm "
    "over two lines, JONNA HOLM, Jolm alone.\n"
    "Petra Lauk participant 1 text 1\n"
    "  2026-01-09 Till participant text 1 (participants): [Petra Lauk] paid. "
    "Jonna Holm did not.\n"
    "Ruben Vonk link 2 property 1 subject 1 assignee 1 text 1\n"
    "  2026-01-02 Hops subject 0 (person)\n"
    "  Elm property 0 (see)\n"
    "  Links link 1: Ask her, [Ruben] or Jonna Holm. # Who\n"
    "  Places assignee text 2: a task for Jonna Holm @[Ruben Vonk] 📅 "
    "2026-01-20 # Jonna Holm in a heading\n"
    "  Jonna Holm link 1: Jonna Holm is Jonna Holm here, and knows [Ruben "
    "Vonk].\n"
    "小林さくら text 1\n"
    "  ~ Places text 1: [小林さくら]さん # Jonna Holm in a heading\n"
    "Elm\n"
    "Fernbank link 1 subject 1 tag 1 text 2\n"
    "  2026-01-09 Till subject tag 0 (tags)\n"
    "  Links link 1: Ask her, Ruben or Jonna Holm.[] # Who\n"
    "  ~ Places text 2: [Fernbank] in a callout # Jonna Holm in a heading\n";

static void add_mention(struct buf *out, const struct linked *l,
                        const struct mention *m, const char *mark,
                        struct arena *a) {
    static const char *const names[] = {
#define MENTION(id, name) name,
#include "entity/mentions.def"
#undef MENTION
    };
    const struct note *n = l->notes[m->note];
    uint32_t heading = mention_heading(n, m);
    size_t at, len;
    struct str context = mention_context(a, n, m, &at, &len);

    buf_printf(out, "  %s%.*s", mark, STR_ARG(name_of_note(n->file->path)));
    for (size_t i = 0; i < MENTION_KINDS; i++)
        if (m->kinds >> i & 1)
            buf_printf(out, " %s", names[i]);
    buf_printf(out, " %u", m->count);
    if (m->property.len > 0)
        buf_printf(out, " (%.*s)", STR_ARG(m->property));
    if (context.len > 0)
        buf_printf(out, ": %.*s[%.*s]%.*s", STR_ARG(str_slice(context, 0, at)),
                   STR_ARG(str_slice(context, at, at + len)),
                   STR_ARG(str_skip(context, at + len)));
    if (heading != NOTE_NONE)
        buf_printf(out, " # %.*s", STR_ARG(n->headings[heading].text));
    buf_add_ch(out, '\n');
}

static void add_entity(struct buf *out, const struct linked *l,
                       const struct entity *e, struct arena *a) {
    static const char *const names[] = {
#define MENTION(id, name) name,
#include "entity/mentions.def"
#undef MENTION
    };

    buf_add_str(out, e->name);
    for (size_t i = 0; i < MENTION_KINDS; i++)
        if (e->counts[i] > 0)
            buf_printf(out, " %s %u", names[i], e->counts[i]);
    buf_add_ch(out, '\n');
    for (uint32_t i = 0; i < e->nbacklinks; i++)
        add_mention(out, l, &e->backlinks[i], "", a);
    for (uint32_t i = 0; i < e->nunlinked; i++)
        add_mention(out, l, &e->unlinked[i], "~ ", a);
}

static void dump(struct buf *out, unsigned jobs) {
    struct tasks_vault v;
    const struct entities *all;

    tasks_vault_open(&v, VAULT);
    all = entities_find(&v.arena, v.linked,
                        tasks_of_vault(&v.arena, v.linked,
                                       &v.settings.tasks_values,
                                       (struct civil_date){2026, 1, 15}),
                        jobs, &v.diags);
    for (uint32_t i = 0; i < all->len; i++)
        add_entity(out, v.linked, &all->items[i], &v.arena);
    tasks_vault_close(&v);
}

static void who_is_named_where(void **state) {
    struct buf out = {0};

    (void)state;
    dump(&out, 1);
    assert_string_equal(buf_cstr(&out), wanted);
    buf_release(&out);
}

static void the_same_with_threads(void **state) {
    struct buf one = {0}, many = {0};

    (void)state;
    dump(&one, 1);
    dump(&many, 8);
    assert_string_equal(buf_cstr(&one), buf_cstr(&many));
    buf_release(&one);
    buf_release(&many);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_named_where),
        cmocka_unit_test(the_same_with_threads),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
