#include "vault/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/unicode.h"
#include "vault/keys.h"
#include "vault/obsidian.h"
#include "vault/open.h"

#define ROW(key, type, initial, kind, field, meaning)                          \
    {                                                                          \
        STR_INIT(key), STR_INIT(type), STR_INIT(initial), STR_INIT(meaning),   \
            kind, offsetof(struct settings, field)                             \
    }
/* Checked here; read from the raw mapping by whoever uses it. */
#define CHECKED(key, type, kind, meaning)                                      \
    {                                                                          \
        STR_INIT(key), STR_INIT(type), STR_INIT(""), STR_INIT(meaning), kind,  \
            SETTINGS_NOWHERE                                                   \
    }

/* clang-format off */
const struct settings_row settings_rows[] = {
    ROW("title", "text", "", SETTINGS_TEXT, title,
        "The site's title; without it that of the home note, else Wiki."),
    ROW("language", "text", "en", SETTINGS_LANGUAGE, language,
        "Language of the pages, of sorting and of the site's own words."),
    ROW("base_url", "text", "", SETTINGS_BASE_URL, base_url,
        "The site's address; the feed and the sitemap are written only with it."),
    ROW("home", "text", "", SETTINGS_TEXT, home,
        "Path of the note that becomes the first page."),
    ROW("vault_name", "text", "", SETTINGS_TEXT, vault_name,
        "The vault's name in Obsidian, as obsidian:// links give it."),
    ROW("edit_url", "text", "", SETTINGS_EDIT_URL, edit_url,
        "Address for editing a note; {path} in it becomes the note's path."),
    ROW("theme", "text", "", SETTINGS_TEXT, theme,
        "Folder of a theme, in the vault; without it the built-in one is used."),
    ROW("time_zone", "text", "UTC", SETTINGS_ZONE, time_zone,
        "Time zone of dates that are worked out, such as Europe/Vienna."),
    ROW("robots", "index|noindex", "index", SETTINGS_WORD_FLAG, noindex,
        "Whether search engines are asked to keep the site out."),
    CHECKED("publish", "mapping", SETTINGS_MAPPING,
        "Which notes and attachments are on the site."),
    ROW("publish.mode", "opt-out|opt-in", "opt-out", SETTINGS_WORD, mode,
        "Whether a note that says nothing of it is published."),
    ROW("publish.exclude", "list", "", SETTINGS_GLOBS, exclude,
        "Patterns of files and folders that stay out; attachments too."),
    ROW("publish.include", "list", "", SETTINGS_GLOBS, include,
        "Patterns of files and folders that are in, where mode is opt-in."),
    ROW("publish.exclude_tags", "list", "", SETTINGS_TAGS, exclude_tags,
        "A note with one of these tags, or one below it, stays out."),
    ROW("owner", "text or list", "", SETTINGS_NAMES, owner,
        "Names of the vault's keeper; the first is shown."),
    ROW("mojibake", "repair|report|off", "repair", SETTINGS_WORD, mojibake,
        "What is done about text damaged by a wrong encoding."),
    ROW("javascript", "yes/no", "yes", SETTINGS_FLAG, javascript,
        "Whether functions of Tasks queries are run, locked in, when the site is built."),
    ROW("dates", "git|files", "git", SETTINGS_WORD_TEXT, dates,
        "Where dates of notes come from that no property gives."),
    CHECKED("css", "snippets or list", SETTINGS_CSS,
        "CSS snippets of the vault: those enabled in Obsidian, or these."),
    ROW("mermaid", "yes/no", "no", SETTINGS_FLAG, mermaid,
        "Whether readers' browsers draw mermaid blocks as diagrams (2.5 MB of script)."),
    ROW("external_media", "show|link", "show", SETTINGS_WORD_FLAG,
        external_media_link,
        "Whether images of other servers are shown or only linked."),
    ROW("attachments", "safe|all", "safe", SETTINGS_WORD_FLAG, attachments_all,
        "Whether attachments that browsers run, such as HTML, are copied."),
    ROW("entities", "mapping", "", SETTINGS_MAPPING, entities,
        "People, customers, projects, meetings: how notes are recognised."),
    CHECKED("entities.kinds", "mapping", SETTINGS_MAPPING,
        "Kinds of entities by name, merged over the built-in ones."),
    CHECKED("entities.kinds.*", "mapping", SETTINGS_MAPPING,
        "One kind of entity."),
    CHECKED("entities.kinds.*.types", "list", SETTINGS_LIST,
        "Values of the property type that make a note one of this kind."),
    CHECKED("entities.kinds.*.folders", "list", SETTINGS_LIST,
        "Folders whose notes are of this kind."),
    CHECKED("entities.kinds.*.label", "text", SETTINGS_TEXT,
        "The heading of the kind's page."),
    CHECKED("entities.kinds.*.url", "text", SETTINGS_TEXT,
        "The folder of the kind's pages on the site."),
    CHECKED("entities.events", "mapping", SETTINGS_MAPPING,
        "Kinds of events by name, merged over the built-in ones."),
    CHECKED("entities.events.*", "mapping", SETTINGS_MAPPING,
        "One kind of event."),
    CHECKED("entities.events.*.types", "list", SETTINGS_LIST,
        "Values of the property type that make a note one of this kind."),
    CHECKED("entities.events.*.folders", "list", SETTINGS_LIST,
        "Folders whose notes are of this kind."),
    ROW("entities.not_entities", "list",
        "[note, notes, daily, journal, log, index, moc, dashboard, template, doc, reference]",
        SETTINGS_LIST, entity_values.not_entities,
        "Values of the property type that make no entity."),
    ROW("entities.template_folders", "list",
        "[template, templates, _templates]", SETTINGS_FOLDERS,
        template_folders,
        "Folders of templates: names, or paths from the vault's root."),
    ROW("entities.owner_words", "list",
        "[Myself, Me, I]",
        SETTINGS_LIST, entity_values.owner_words,
        "Words that stand for the vault's keeper."),
    ROW("entities.placeholders", "list",
        "[TBD, TBA, TBC, N/A, NA, Unknown, Unassigned, None, Nobody, Someone, \"?\", Team, All, Everyone]",
        SETTINGS_LIST, entity_values.placeholders,
        "Words that stand where a name would and are none."),
    ROW("entities.skip_mentions", "list", "", SETTINGS_LIST,
        entity_values.skip_mentions,
        "Names never looked for in plain text."),
    ROW("entities.transcripts", "yes/no", "yes", SETTINGS_FLAG,
        entity_values.transcripts,
        "Whether the turns of transcripts are recognised."),
    CHECKED("obsidian", "mapping", SETTINGS_MAPPING,
        "Settings as in .obsidian/app.json, which they win over."),
    ROW("obsidian.strictLineBreaks", "yes/no", "", SETTINGS_FLAG,
        strict_line_breaks,
        "Whether a single line end in a paragraph is only a blank."),
    CHECKED("obsidian.*", "any", SETTINGS_ANY,
        "Other keys of app.json; they change nothing here."),
    ROW("dataview", "mapping", "", SETTINGS_MAPPING, dataview,
        "Settings as in the Dataview plugin's data.json, which they win over."),
#define DATAVIEW_ROW(key, type, initial, kind, member, meaning)                \
    ROW("dataview." #key, type, initial, kind, dataview_values.member, meaning),
#define DATAVIEW_TEXT(key, member, initial, meaning)                           \
    DATAVIEW_ROW(key, "text", initial, SETTINGS_VERBATIM, member, meaning)
#define DATAVIEW_WORD(key, member, initial, meaning)                           \
    DATAVIEW_ROW(key, "text", initial, SETTINGS_TEXT, member, meaning)
#define DATAVIEW_FLAG(key, member, initial, meaning)                           \
    DATAVIEW_ROW(key, "yes/no", initial, SETTINGS_FLAG, member, meaning)
#define DATAVIEW_NUMBER(key, member, initial, meaning)                         \
    DATAVIEW_ROW(key, "number", initial, SETTINGS_NUMBER, member, meaning)
#include "vault/dataview_settings.def"
    CHECKED("dataview.*", "any", SETTINGS_ANY,
        "Other keys of data.json; they change nothing here."),
    ROW("tasks", "mapping", "", SETTINGS_MAPPING, tasks,
        "Settings as in the Tasks plugin's data.json, which they win over."),
    CHECKED("tasks.statusSettings", "mapping", SETTINGS_MAPPING,
        "What characters between the brackets mean."),
    CHECKED("tasks.searchResults", "mapping", SETTINGS_MAPPING,
        "How results are shown."),
    CHECKED("tasks.debugSettings", "mapping", SETTINGS_MAPPING,
        "What the plugin offers to those who look for its mistakes."),
#define TASKS_KEY(kind, key, member, type, initial, meaning)                   \
    ROW("tasks." key, type, initial, SETTINGS_##kind, tasks_values.member,     \
        meaning),
#include "vault/tasks_settings.def"
#undef TASKS_KEY
    CHECKED("tasks.searchResults.*", "any", SETTINGS_ANY,
        "Other keys there; they change nothing here."),
    CHECKED("tasks.debugSettings.*", "any", SETTINGS_ANY,
        "Other keys there; they change nothing here."),
    CHECKED("tasks.*", "any", SETTINGS_ANY,
        "Other keys of data.json; they change nothing here."),
    CHECKED("limits", "mapping", SETTINGS_MAPPING,
        "Past these a note is shown as plain text, or left out."),
    ROW("limits.note_bytes", "number", "16000000", SETTINGS_NUMBER,
        limits.note_bytes, "A larger note is shown as plain text."),
    ROW("limits.fallback_bytes", "number", "64000000", SETTINGS_NUMBER,
        limits.fallback_bytes, "Of a larger note only a notice is shown."),
    ROW("limits.table_columns", "number", "500", SETTINGS_NUMBER,
        limits.table_columns, "Columns that a table in a note may have."),
    ROW("limits.table_cells", "number", "500000", SETTINGS_NUMBER,
        limits.table_cells, "Cells that a table in a note may have."),
    ROW("limits.fuel_per_kb", "number", "10000", SETTINGS_NUMBER,
        limits.fuel_per_kb,
        "Pieces that 1,000 bytes of a note may be parsed into."),
    ROW("limits.attachment_bytes", "number", "1000000000", SETTINGS_NUMBER,
        limits.attachment_bytes, "A larger attachment is not copied."),
};
/* clang-format on */
const size_t settings_nrows = ARRAY_LEN(settings_rows);

static const struct str file_name = STR_INIT("vaultsite.yaml");

/* Under another name the file, and what it withholds, would go unread. */
static void check_other_names(struct settings_reader *r, int root_fd) {
    static const char *const others[] = {"vaultsite.yml", ".vaultsite.yaml",
                                         ".vaultsite.yml"};

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (faccessat(root_fd, others[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            setting_fail(r, NULL, "the settings stand in %s, which is not read",
                         others[i]);
}

/* The bytes of the user's file; false when there is none to read. */
static bool load(struct settings_reader *r, int root_fd, const char *config,
                 struct buf *text) {
    bool ok;

    if (config) {
        int fd = open(config, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        ok = fd >= 0 && open_append(fd, YAML_MAX_BYTES + 3, text);
        int saved = errno;
        if (fd >= 0)
            close(fd);
        errno = saved;
    } else {
        ok = open_read(root_fd, file_name, YAML_MAX_BYTES + 3, text);
    }
    if (ok)
        return true;
    if (!config && errno == ENOENT)
        check_other_names(r, root_fd);
    else if (errno == ELOOP)
        setting_fail(r, NULL, "the file is a symbolic link");
    else
        setting_fail(r, NULL, "the file cannot be read: %s", strerror(errno));
    return false;
}

/* A pattern with a damaged letter would withhold nothing, so these bytes are a
 * mistake here and not replaced as in notes. */
static bool check_utf8(struct settings_reader *r, struct str text) {
    size_t valid = utf8_valid_len(text);
    struct yaml at = {.line = 1};

    if (valid == text.len)
        return true;
    struct str before = str_slice(text, 0, valid), line;
    size_t start = str_rfind(before, '\n');
    line = start == STR_NONE ? before : str_skip(before, start + 1);
    for (size_t i = 0; i < before.len; i++)
        at.line += before.p[i] == '\n';
    at.column = (uint32_t)utf8_count(line) + 1;
    setting_fail(r, &at, "the file is not UTF-8");
    return false;
}

static void read_file(struct settings_reader *r, int root_fd,
                      const char *config) {
    struct buf bytes = {0};
    struct yaml_error error = {0};

    if (load(r, root_fd, config, &bytes)) {
        /* Values point into the text. */
        struct str text = arena_str(r->arena, buf_str(&bytes));
        r->settings->digest = hash_join(r->settings->digest, text);
        if (str_starts(text, STR("\xef\xbb\xbf")))
            text = str_skip(text, 3);
        if (check_utf8(r, text)) {
            const struct yaml *top = yaml_parse(r->arena, text, &error);
            struct yaml at = {.line = error.line, .column = error.column};
            if (top)
                keys_read(r, top);
            else if (error.message.len > 0)
                setting_fail(r, &at, "%.*s", STR_ARG(error.message));
        }
    }
    buf_release(&bytes);
}

/* Who asks for git's dates is told when there are none; the default is silent. */
static void read_dates_apart(struct settings_reader *r, int root_fd,
                             const char *config) {
    struct str initial = r->settings->dates;

    r->settings->dates = STR("");
    read_file(r, root_fd, config);
    r->settings->dates_given = r->settings->dates.len > 0;
    if (!r->settings->dates_given)
        r->settings->dates = initial;
}

bool settings_read(struct settings *s, struct arena *a, int root_fd,
                   const char *config, struct diags *d) {
    struct settings_reader r = {.settings = s, .arena = a, .diags = d};
    struct obsidian o;

    *s = (struct settings){0};
    r.path = config ? arena_str(a, str_from(config)) : file_name;
    keys_defaults(&r);
    obsidian_read(&o, a, root_fd, d);
    s->strict_line_breaks = o.strict_line_breaks;
    s->dataview_plugin = o.dataview;
    dataview_settings_read(&s->dataview_values, o.dataview,
                           STR(".obsidian/plugins/dataview/data.json"), d);
    s->bookmarks = o.bookmarks;
    s->tasks_plugin = o.tasks;
    tasks_settings_init(&s->tasks_values);
    tasks_settings_read(
        &s->tasks_values, a, o.tasks,
        STR(".obsidian/plugins/obsidian-tasks-plugin/data.json"), d);
    s->digest = o.digest;
    read_dates_apart(&r, root_fd, config);
    s->template_folders =
        setting_join(a, &s->template_folders, &o.template_folders);
    if (s->css_snippets)
        s->css = o.snippets;
    if (!r.failed)
        entity_settings_read(&s->entity_values, a, s->owner, s->entities);
    return !r.failed;
}
