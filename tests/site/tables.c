/*
 * tables: the program's closed lists as one JSON object, for tests/manual.py.
 *
 *     tables
 *
 * {"settings":[…],"findings":[…],"functions":[…],"instructions":[…],
 *  "sort_keys":[…],"group_keys":[…],"layout_parts":[…],"commands":[…],"options":[…],
 *  "pages":[…],
 *  "slots":{"page":[…],"link":[…],…},"strings":{name: English text, …}}
 *
 * The manual's tables are written from this and compared with it, so that no
 * list is kept a second time by hand.
 */
#include <errno.h>
#include <stdio.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/explain.h"
#include "diag/diag.h"
#include "query/dataview/functions.h"
#include "query/tasks/instructions.h"
#include "site/theme.h"
#include "vault/settings.h"

static void open_object(struct buf *out, bool first) {
    if (!first)
        buf_add_ch(out, ',');
    buf_add_lit(out, "\n{");
}

static void add(struct buf *out, const char *key, struct str text) {
    if (out->p[out->len - 1] != '{')
        buf_add_ch(out, ',');
    json_add_key(out, str_from(key));
    json_add_text(out, text);
}

static void add_settings(struct buf *out) {
    json_add_key(out, STR("settings"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < settings_nrows; i++) {
        open_object(out, i == 0);
        add(out, "key", settings_rows[i].key);
        add(out, "type", settings_rows[i].type);
        add(out, "initial", settings_rows[i].initial);
        add(out, "meaning", settings_rows[i].meaning);
        buf_add_ch(out, '}');
    }
    buf_add_lit(out, "],\n");
}

static void add_findings(struct buf *out) {
    json_add_key(out, STR("findings"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < DIAG_CODES; i++) {
        const char *severity = diag_severity_name(diag_rows[i].severity);
        open_object(out, i == 0);
        add(out, "code", diag_rows[i].name);
        add(out, "severity", str_from(severity));
        add(out, "instead", diag_rows[i].instead);
        buf_add_ch(out, '}');
    }
    buf_add_lit(out, "],\n");
}

static void add_functions(struct buf *out) {
    json_add_key(out, STR("functions"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < nfunctions; i++) {
        struct buf lists = {0};
        explain_list_forms(&functions[i], &lists);
        open_object(out, i == 0);
        add(out, "name", functions[i].name);
        add(out, "form", functions[i].form);
        add(out, "meaning", functions[i].meaning);
        add(out, "lists", buf_str(&lists));
        buf_add_ch(out, '}');
        buf_release(&lists);
    }
    buf_add_lit(out, "],\n");
}

/* Rows of a form and a meaning; a spelling that another row tells of has none. */
static void add_row(struct buf *out, bool *first, struct str form,
                    struct str meaning) {
    if (meaning.len == 0)
        return;
    open_object(out, *first);
    *first = false;
    add(out, "form", form);
    add(out, "meaning", meaning);
    buf_add_ch(out, '}');
}

static bool begin_rows(struct buf *out, const char *name) {
    json_add_key(out, str_from(name));
    buf_add_ch(out, '[');
    return true;
}

static void add_tasks(struct buf *out) {
    bool first = begin_rows(out, "instructions");

    for (size_t i = 0; i < ninstructions; i++)
        add_row(out, &first, instructions[i].form, instructions[i].meaning);
    buf_add_lit(out, "],\n");
    first = begin_rows(out, "sort_keys");
    for (size_t i = 0; i < SORT_KEYS; i++)
        add_row(out, &first, sort_keys[i].word, sort_keys[i].meaning);
    buf_add_lit(out, "],\n");
    first = begin_rows(out, "group_keys");
    for (size_t i = 0; i < GROUP_KEYS; i++)
        add_row(out, &first, group_keys[i].word, group_keys[i].meaning);
    buf_add_lit(out, "],\n");
    first = begin_rows(out, "layout_parts");
    for (size_t i = 0; i < LAYOUT_PARTS; i++)
        add_row(out, &first, layout_parts[i].words, layout_parts[i].meaning);
    buf_add_lit(out, "],\n");
}

static void add_commands(struct buf *out) {
    json_add_key(out, STR("commands"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < ncommands; i++) {
        struct buf operands = {0};
        command_operands(&commands[i], &operands);
        open_object(out, i == 0);
        add(out, "name", commands[i].name);
        add(out, "operands", buf_str(&operands));
        add(out, "meaning", commands[i].meaning);
        buf_add_ch(out, '}');
        buf_release(&operands);
    }
    buf_add_lit(out, "],\n");
}

static void add_options(struct buf *out) {
    json_add_key(out, STR("options"));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < OPTIONS; i++) {
        struct buf names = {0};
        for (size_t c = 0; c < ncommands; c++)
            if ((option_rows[i].commands & commands[c].bit) != 0)
                buf_printf(&names, "%s%.*s", names.len > 0 ? " " : "",
                           STR_ARG(commands[c].name));
        open_object(out, i == 0);
        add(out, "name", option_rows[i].name);
        add(out, "value", option_rows[i].value);
        add(out, "commands", buf_str(&names));
        add(out, "meaning", option_rows[i].meaning);
        buf_add_ch(out, '}');
        buf_release(&names);
    }
    buf_add_lit(out, "],\n");
}

static const char *type_name(enum template_type type) {
    static const char *const names[] = {
        [TEMPLATE_ABSENT] = "absent", [TEMPLATE_TEXT] = "text",
        [TEMPLATE_HTML] = "html",     [TEMPLATE_FLAG] = "flag",
        [TEMPLATE_LIST] = "list",     [TEMPLATE_RECORD] = "record",
    };

    return names[type];
}

static struct str inside_name(const struct template_scope *inside) {
    if (inside == &slots_link)
        return STR("link");
    if (inside == &slots_property)
        return STR("property");
    if (inside == &slots_group)
        return STR("group");
    if (inside == &slots_entry)
        return STR("entry");
    if (inside == &slots_column)
        return STR("column");
    if (inside == &slots_section)
        return STR("section");
    if (inside != NULL && inside->names == string_names)
        return STR("strings");
    return inside != NULL && str_eq(inside->names[0].name, STR(".")) ? STR(".")
                                                                     : STR("");
}

static void add_slots(struct buf *out, const char *title,
                      const struct template_name *names, size_t len) {
    json_add_key(out, str_from(title));
    buf_add_ch(out, '[');
    for (size_t i = 0; i < len; i++) {
        struct buf kinds = {0};
        for (size_t k = 0; names[i].kinds != 0 && k < PAGE_KINDS; k++)
            if ((names[i].kinds & 1u << k) != 0)
                buf_printf(&kinds, "%s%.*s", kinds.len > 0 ? " " : "",
                           STR_ARG(page_kind_names[k]));
        open_object(out, i == 0);
        add(out, "name", names[i].name);
        add(out, "type", str_from(type_name(names[i].type)));
        add(out, "inside", inside_name(names[i].inside));
        add(out, "kinds", buf_str(&kinds));
        add(out, "meaning", names[i].meaning);
        buf_add_ch(out, '}');
        buf_release(&kinds);
    }
    buf_add_ch(out, ']');
}

static void add_theme(struct buf *out, const struct strings *english) {
    json_add_key(out, STR("pages"));
    for (size_t i = 0; i < PAGE_KINDS; i++) {
        buf_add_ch(out, i == 0 ? '[' : ',');
        json_add_text(out, page_kind_names[i]);
    }
    buf_add_lit(out, "],\n");
    json_add_key(out, STR("slots"));
    buf_add_ch(out, '{');
    add_slots(out, "page", slots_page, SLOTS_PAGE);
    buf_add_ch(out, ',');
    add_slots(out, "link", slots_link.names, slots_link.len);
    buf_add_ch(out, ',');
    add_slots(out, "property", slots_property.names, slots_property.len);
    buf_add_ch(out, ',');
    add_slots(out, "group", slots_group.names, slots_group.len);
    buf_add_ch(out, ',');
    add_slots(out, "entry", slots_entry.names, slots_entry.len);
    buf_add_ch(out, ',');
    add_slots(out, "column", slots_column.names, slots_column.len);
    buf_add_ch(out, ',');
    add_slots(out, "section", slots_section.names, slots_section.len);
    buf_add_lit(out, "},\n");
    json_add_key(out, STR("strings"));
    open_object(out, true);
    for (size_t i = 0; i < STRINGS; i++) {
        if (i > 0)
            buf_add_ch(out, ',');
        json_add_key(out, string_names[i].name);
        json_add_text(out, english->texts[i]);
    }
    buf_add_lit(out, "}");
}

int main(void) {
    struct arena arena;
    struct diags diags;
    struct theme theme;
    struct buf out = {0};

    arena_init(&arena);
    diags_init(&diags);
    if (!theme_load(&theme, &arena, NULL, STR("en"), &diags)) {
        fprintf(stderr, "tables: %s\n", strerror(errno));
        return 1;
    }
    buf_add_ch(&out, '{');
    add_settings(&out);
    add_findings(&out);
    add_functions(&out);
    add_tasks(&out);
    add_commands(&out);
    add_options(&out);
    add_theme(&out, &theme.strings);
    buf_add_lit(&out, "}\n");
    fwrite(out.p, 1, out.len, stdout);
    buf_release(&out);
    diags_release(&diags);
    arena_release(&arena);
    return fflush(stdout) == 0 ? 0 : 1;
}
