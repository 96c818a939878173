/*
 * entity: people, customers, projects and what the vault knows of them.
 *
 * The step between link and answer of spec/entities.md: roles of notes, names and
 * who bears them, events with their subjects and participants, mentions, tasks
 * by assignee, decisions, related entities. Only published notes take part, and of
 * those none in a template folder. Everything is in the build's arena and const
 * once entities_find has returned; nothing here knows of URLs or HTML.
 *
 * An entity, event, task or decision is named by its index in the arrays of struct
 * entities; a note by its file index. ENTITY_NONE stands for none.
 */
#ifndef VAULTSITE_ENTITY_ENTITY_H
#define VAULTSITE_ENTITY_ENTITY_H

#include "entity/mention.h"
#include "link/link.h"
#include "query/tasks/task.h"

#define ENTITY_NONE UINT32_MAX

/* A kind of entities that the vault has, in order: person, customer, project, then
 * the others by name. */
struct entity_kind {
    struct str name;     /* folded */
    struct str label;    /* heading of its page */
    bool labelled;       /* which the settings say */
    struct str url;      /* folder of its page, without '/' */
    uint32_t begin, end; /* its entities: [begin, end) */
};

/* --- an entity's share in an event, strongest first (§4.4) --- */
enum event_role { EVENT_SUBJECT, EVENT_PARTICIPANT, EVENT_MENTIONED };

struct entity_event {
    uint32_t event; /* the one shown: never one that is merged into another */
    enum event_role role;
};

enum entity_panel { /* §4.7, in the order of the page */
#define ENTITY_PANEL(id, name) id,
#include "entity/panels.def"
#undef ENTITY_PANEL
                    ENTITY_PANELS
};
enum panel_state { PANEL_NONE, PANEL_OWN, PANEL_GENERATED, PANEL_MERGED };

struct panel {
    enum panel_state state;
    /* Of the own section in the entity's note, the last one that has something, else
     * the first; or NOTE_NONE. */
    uint32_t heading;
    bool empty; /* that section is empty and is not shown */
    /* The rest, what the panel shows: of PANEL_TIMELINE positions in the entity's
     * events; PANEL_TASKS tasks; PANEL_DECISIONS decisions; PANEL_RELATED positions
     * in its related. PANEL_FACTS: indices in struct entities' facts. */
    const uint32_t *rest;
    uint32_t nrest;
};

struct related {
    uint32_t entity;
    uint32_t count; /* units in which both are */
};

struct entity {
    struct str id;           /* `person:ada-example` */
    uint32_t kind;           /* kinds */
    struct str name;         /* shown */
    struct str key;          /* its name key */
    const struct str *names; /* as written, the display name first */
    uint32_t nnames;
    uint32_t note;         /* ENTITY_NONE: has no page yet */
    const uint32_t *notes; /* own notes by path, `note` among them */
    uint32_t nnotes;

    const struct entity_event *events; /* newest first, undated last, by path */
    uint32_t nevents;
    /* Days; TASK_DAY_NONE where there is none. */
    task_day last_contact, last_computed, next_contact;
    uint32_t last_event;    /* that of last_computed */
    struct str last_stated; /* verbatim, or "" */
    bool stale;

    const uint32_t *tasks; /* assigned to it, in the order of pages (§5) */
    uint32_t ntasks;
    uint32_t nopen, nproposed, ndone, ncancelled;

    uint32_t counts[MENTION_KINDS];             /* §3 */
    const struct mention *backlinks, *unlinked; /* newest first */
    uint32_t nbacklinks, nunlinked;

    const struct related *related; /* most first, then by name key */
    uint32_t nrelated;
    const uint32_t *relations; /* entities, ascending: so by kind */
    uint32_t nrelations;
    const uint32_t *decisions; /* in the order of the log */
    uint32_t ndecisions;
    struct panel panels[ENTITY_PANELS];
    /* Headings of `note` whose sections would be panels, but are empty: they are not
     * shown. In order; those of panels[].heading are among them. */
    const uint32_t *empty_sections;
    uint32_t nempty_sections;
};

/* A turn of a transcript as it is understood once names are known (§6). */
struct speaker {
    struct str label; /* as written; "" for none */
    uint32_t entity;  /* who speaks, or ENTITY_NONE */
    uint32_t text;    /* where the words begin in the turn's head (note.h) */
    bool inferred;    /* `Remote` taken for that person */
};

struct event {
    uint32_t note;
    struct str kind, about; /* of its role */
    struct str title;
    struct str listed;  /* the title without its day, if that is `date` */
    struct str summary; /* plain text on one line, or "" */
    task_day date;      /* TASK_DAY_NONE */
    /* Entities, ascending, without doubles; of its properties (§2.3). */
    const uint32_t *subjects, *participants;
    uint32_t nsubjects, nparticipants;
    uint32_t source; /* the transcript of this meeting: a note; or none */
    uint32_t
        merged_into; /* the meeting a transcript hangs on: a note; or none */
    const uint32_t *decisions; /* of its list items, in order */
    uint32_t ndecisions;
    const uint32_t *facts; /* facts, in order */
    uint32_t nfacts;
};

enum entity_task_state {
    STATE_OPEN,
    STATE_PROPOSED,
    STATE_DONE,
    STATE_CANCELLED
};
enum assigned_by { ASSIGNED_NONE, ASSIGNED_MENTION, ASSIGNED_PAGE };

struct entity_task {
    uint32_t task; /* in struct tasks: its fields, line, note */
    enum entity_task_state state;
    enum assigned_by by;
    bool by_owner;   /* the pseudo-id `owner`: an owner word without `owner:` */
    struct str text; /* plain text, trailing mentions cut */
    /* What that is of, as it is written; with the tags at its end, too, where nobody
     * has the task. */
    struct str marked;
    const uint32_t *assignees; /* entities, in order of mention */
    const struct str *written; /* each as it stands behind its `@` */
    uint32_t nassignees;
};

struct decision { /* or fact */
    struct str text;
    task_day date; /* of the earliest event that holds it; TASK_DAY_NONE */
    uint32_t note; /* that event's, else the first entity page by path */
    const uint32_t *notes; /* all that hold it, by path */
    uint32_t nnotes;
};

struct entities {
    const struct linked *linked;
    const struct tasks *tasks_read;
    task_day today;
    const struct entity_kind *kinds;
    uint32_t nkinds;
    const struct entity *items; /* by kind, then by name key */
    uint32_t len;
    uint32_t owner;             /* ENTITY_NONE without `owner:` */
    const struct event *events; /* by path */
    uint32_t nevents;
    const struct entity_task *tasks; /* by path, line */
    uint32_t ntasks;
    const struct decision *decisions; /* the log, in its order */
    uint32_t ndecisions;
    const struct decision *facts;
    uint32_t nfacts;
    /* By file index: the entity whose own note it is; the event it is. */
    const uint32_t *entity_of, *event_of;
    /* By file index, then by turn: NULL for a note without turns. */
    const struct speaker *const *speakers;
    const uint32_t
        *nspeakers; /* by file index: labels that turns have, each once */
};

/*
 * All of it. `tasks` are the vault's, whatever its queries; `jobs` threads may work.
 * The result does not depend on `jobs`. Findings of entity-*, event-*,
 * last-contact-stale, owner-unset, assignee-unknown, tag-empty and private-path go
 * to `d`.
 */
const struct entities *entities_find(struct arena *a, const struct linked *l,
                                     const struct tasks *tasks, unsigned jobs,
                                     struct diags *d);

#endif
