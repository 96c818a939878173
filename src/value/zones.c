#include "value/zones.h"

#include "base/buf.h"
#include "base/civil_zone.h"
#include "base/civil_zone_table.h"
#include "value/date.h"

/* Stands for an id that is no zone, so that it is looked for only once. */
static const struct zone no_zone = {.kind = ZONE_NAMED};

void zones_init(struct zones *z, struct str local) {
    arena_init(&z->arena);
    map_init(&z->by_name, &z->arena);
    pthread_mutex_init(&z->lock, NULL);
    if (local.len == 0 || !civil_zone_known(local))
        local = STR("UTC");
    z->local = (struct zone){
        .kind = ZONE_LOCAL,
        .name = local,
        .table = civil_zone_table_new(&z->arena, local),
    };
}

void zones_release(struct zones *z) {
    pthread_mutex_destroy(&z->lock);
    arena_release(&z->arena);
}

const struct zone *zones_fixed(struct zones *z, int32_t offset) {
    struct zone *zone;
    void **slot;
    char key[16];

    if (offset == 0)
        return &zone_utc;
    /* No IANA name begins with a NUL. */
    memset(key, 0, sizeof key);
    memcpy(key + 1, &offset, sizeof offset);
    pthread_mutex_lock(&z->lock);
    slot = map_slot(&z->by_name, str_make(key, sizeof key));
    if (*slot == NULL) {
        zone = arena_new(&z->arena, struct zone);
        *zone = (struct zone){.kind = ZONE_FIXED, .offset = offset};
        *slot = zone;
    }
    zone = *slot;
    pthread_mutex_unlock(&z->lock);
    return zone;
}

/* Takes one or two digits off `*s`. */
static bool take_short(struct str *s, int32_t *out) {
    size_t n = 0;

    for (*out = 0; n < 2 && n < s->len && ascii_digit((unsigned char)s->p[n]);
         n++)
        *out = *out * 10 + (s->p[n] - '0');
    *s = str_skip(*s, n);
    return n > 0;
}

/* `utc`, `utc+2`, `utc-3:30` */
static bool read_utc(struct str id, int32_t *offset) {
    int32_t hours = 0, minutes = 0;
    struct str rest = str_skip(id, 3);
    bool west;

    *offset = 0;
    if (!str_starts_nocase(id, STR("utc")))
        return false;
    if (rest.len == 0)
        return true;
    if (rest.p[0] != '+' && rest.p[0] != '-')
        return false;
    west = rest.p[0] == '-';
    rest = str_skip(rest, 1);
    if (!take_short(&rest, &hours))
        return false;
    if (rest.len > 0) {
        if (rest.len != 3 || rest.p[0] != ':')
            return false;
        rest = str_skip(rest, 1);
        if (!take_short(&rest, &minutes) || rest.len > 0)
            return false;
    }
    *offset = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

static const struct zone *find_named(struct zones *z, struct str id) {
    struct str name = civil_zone_find(&z->arena, id);
    struct zone *zone;

    if (name.len == 0)
        return &no_zone;
    zone = arena_new(&z->arena, struct zone);
    *zone = (struct zone){
        .kind = ZONE_NAMED,
        .name = arena_str(&z->arena, name),
        .table = civil_zone_table_new(&z->arena, name),
    };
    return zone;
}

const struct zone *zones_iana(struct zones *z, struct str name) {
    const struct zone *zone;
    struct buf key = {0};
    void **slot;

    for (size_t i = 0; i < name.len; i++)
        buf_add_ch(&key, ascii_lower(name.p[i]));
    pthread_mutex_lock(&z->lock);
    slot = map_slot(&z->by_name, buf_str(&key));
    if (*slot == NULL)
        *slot = (void *)(uintptr_t)find_named(z, name);
    zone = *slot;
    pthread_mutex_unlock(&z->lock);
    buf_release(&key);
    return zone == &no_zone ? NULL : zone;
}

const struct zone *zones_find(struct zones *z, struct str id) {
    static const struct str own[] = {STR_INIT("local"), STR_INIT("system"),
                                     STR_INIT("default")};
    int32_t offset;

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (str_eq_nocase(id, own[i]))
            return &z->local;
    if (str_eq_nocase(id, STR("gmt")))
        return &zone_utc;
    if (read_utc(id, &offset))
        return zones_fixed(z, offset);
    return zones_iana(z, id);
}

int32_t zone_offset_at(const struct zone *z, int64_t ms) {
    if (z->kind == ZONE_FIXED)
        return z->offset;
    return civil_zone_table_offset(z->table, ms / 1000 - (ms % 1000 < 0));
}
