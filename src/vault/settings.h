/*
 * settings: what a vault says about how it is to be built.
 *
 * Read from `vaultsite.yaml` in the vault's root and from `.obsidian/` (the
 * former wins, decisions.md 34).  Every key of vaultsite.yaml is a row of the
 * table settings_rows (settings.c); an unknown key is an error that names the
 * nearest known one.
 */
#ifndef VAULTSITE_VAULT_SETTINGS_H
#define VAULTSITE_VAULT_SETTINGS_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/json.h"
#include "base/yaml.h"
#include "diag/diag.h"
#include "vault/dataview_settings.h"
#include "vault/entity_settings.h"
#include "vault/tasks_settings.h"

enum publish_mode { PUBLISH_OPT_OUT, PUBLISH_OPT_IN };
enum mojibake_mode { MOJIBAKE_REPAIR, MOJIBAKE_REPORT, MOJIBAKE_OFF };

/* Limits of decisions.md 41; settings under `limits:`. */
struct limits {
    size_t note_bytes;       /* 16 MB: larger notes are shown as plain text */
    size_t fallback_bytes;   /* 64 MB: past it only the notice is shown */
    size_t table_columns;    /* 500 */
    size_t table_cells;      /* 500,000: columns × rows */
    size_t fuel_per_kb;      /* parser allocations allowed per KB of text */
    size_t attachment_bytes; /* 1 GB */
};

struct settings {
    struct str title;      /* "" : from the home note, else "Wiki" */
    struct str language;   /* "en" */
    struct str base_url;   /* "" or `https://host/path/`, ends in '/' */
    struct str home;       /* vault path, "" */
    struct str vault_name; /* for obsidian:// links, "" */
    struct str edit_url;   /* "" or a URL with `{path}` */
    struct str theme;      /* folder, "" : the built-in one */
    struct str time_zone;  /* "UTC" */
    bool noindex;          /* robots: noindex */
    /* The day of the build there; set by cli/, no key. */
    struct civil_date today;
    /* publication (decisions.md 1) */
    enum publish_mode mode;
    struct str_list exclude, include; /* glob patterns on vault paths */
    struct str_list exclude_tags;     /* without '#', folded */
    /* accepted from the first day */
    enum mojibake_mode mojibake;
    bool javascript;          /* default true */
    struct str dates;         /* "git" | "files" */
    bool dates_given;         /* and that is said, not only the default */
    bool external_media_link; /* external_media: link */
    bool attachments_all;     /* attachments: all */
    bool css_snippets;        /* css: snippets */
    bool mermaid;             /* diagrams are drawn */
    struct str_list css; /* names: the list given, or those enabled there */
    /* raw, NULL when absent; `owner` is text or a list. entity_values has what the
     * first two say */
    const struct yaml *owner, *entities, *dataview, *tasks;
    /* obsidian: and .obsidian/ */
    bool strict_line_breaks;
    /* Folded: a folder's name, or its whole path with a '/' before it. */
    struct str_list template_folders;
    /* data.json of the plugins, NULL when absent; `dataview` and `tasks` above
     * win over them */
    const struct json *dataview_plugin, *tasks_plugin;
    /* of both, with defaults */
    struct dataview_settings dataview_values;
    struct tasks_settings tasks_values;
    struct entity_settings entity_values;
    const struct json *bookmarks; /* Obsidian's; NULL when absent */
    struct limits limits;
    /* Text of all settings files that were read, for the input digest. */
    uint64_t digest;
};

/* How a value is checked and what it is stored as. */
enum settings_kind {
    SETTINGS_TEXT,      /* struct str */
    SETTINGS_VERBATIM,  /* struct str: untrimmed; "" is a text */
    SETTINGS_LANGUAGE,  /* struct str: letters, digits, '-' */
    SETTINGS_BASE_URL,  /* struct str: see settings_base_url */
    SETTINGS_EDIT_URL,  /* struct str: http(s) or obsidian, with `{path}` */
    SETTINGS_ZONE,      /* struct str: a time zone's name */
    SETTINGS_FLAG,      /* bool */
    SETTINGS_WORD,      /* enum: index of the word in `type` */
    SETTINGS_WORD_FLAG, /* bool: whether it is the second word */
    SETTINGS_WORD_TEXT, /* struct str: the word itself */
    SETTINGS_NUMBER,    /* size_t, at least 1 */
    SETTINGS_LIST,      /* struct str_list, as written */
    SETTINGS_GLOBS,     /* struct str_list, folded patterns for settings_glob */
    SETTINGS_TAGS,      /* struct str_list, folded, without '#' */
    SETTINGS_FOLDERS,   /* struct str_list, as template_folders */
    SETTINGS_CSS,       /* css_snippets and css */
    SETTINGS_NAMES,     /* const struct yaml *: text or a list of texts */
    SETTINGS_PRESETS,   /* struct tasks_presets */
    SETTINGS_STATUSES,  /* struct tasks_statuses */
    SETTINGS_MAPPING,   /* const struct yaml *; its keys are rows, or free */
    SETTINGS_ANY,       /* not read */
};

/* For `offset`: the value is checked and stays in its parent's raw mapping. */
#define SETTINGS_NOWHERE ((size_t)-1)

/* One row of the table of keys, for the reader, help, manual and tests. */
struct settings_row {
    struct str key;  /* `publish.mode`: path of keys, dots between; `*`: any */
    struct str type; /* "text", "yes/no", "list", "number", "mapping",
                         * "text or list", "any", or words `a|b` */
    struct str initial; /* default, as it would be written; "": none */
    struct str meaning; /* one sentence */
    enum settings_kind kind;
    size_t offset; /* where in struct settings */
};
extern const struct settings_row settings_rows[];
extern const size_t settings_nrows;

/*
 * Reads the settings of the vault at `root_fd`; `config` is the path of a file
 * to read instead of vaultsite.yaml, or NULL. Returns false, with findings
 * DIAG_SETTINGS_INVALID, when the user's own file is wrong or unreadable: the
 * program then ends with exit 2 and writes nothing. Mistakes in .obsidian are
 * DIAG_SETTINGS_JSON findings and give defaults. All text is in `a`.
 */
bool settings_read(struct settings *s, struct arena *a, int root_fd,
                   const char *config, struct diags *d);

/* The address in the form of base_url: http or https, a host, no blank, quote,
 * query or fragment; a final '/' is added (in `a`). False when it is none. */
bool settings_base_url(struct arena *a, struct str text, struct str *url);

/* Longest pattern in bytes; settings_read refuses longer ones. */
#define SETTINGS_GLOB_MAX 1000

/*
 * The rule for globs in `exclude`/`include`: `*` and `?` do not match '/', `**`
 * does, and with the '/' after it also matches nothing; a pattern without '/'
 * matches any component, one that begins with '/' only from the root; one that
 * ends in '/' holds for folders alone, and one that names a folder for
 * everything below; compared folded (`path` and `pattern` both folded by the
 * caller). An empty pattern matches nothing.
 */
bool settings_glob(struct str pattern, struct str path);

#endif
