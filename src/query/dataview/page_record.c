#include "note/frontmatter.h"
#include "query/dataview/store.h"
#include "value/date_make.h"
#include "vault/history.h"

/* The members of pages and of their `file`: spec/dataview.md §6. */

static const struct value *text(struct arena *a, struct str s) {
    return value_of_text(a, s);
}

/* Links go by the path on disk, which is one file's alone; texts are as people
 * know them. */
static const struct value *get_path(struct page *p, struct arena *a) {
    return text(a, vault_shown(p->note->file));
}

static const struct value *get_folder(struct page *p, struct arena *a) {
    return text(a, str_dirname(vault_shown(p->note->file)));
}

/* Only a final `.md` goes, written so. */
static struct str title_of(const struct page *p) {
    struct str name = str_basename(vault_shown(p->note->file));

    if (str_ends(name, STR(".md")))
        name.len -= 3;
    return name;
}

static const struct value *get_name(struct page *p, struct arena *a) {
    return text(a, title_of(p));
}

static const struct value *get_link(struct page *p, struct arena *a) {
    (void)a;
    return p->link;
}

static const struct value *get_outlinks(struct page *p, struct arena *a) {
    (void)a;
    return page_outlinks(p);
}

static const struct value *get_inlinks(struct page *p, struct arena *a) {
    size_t n;
    const uint32_t *files = records_incoming(p->records, p->file, &n);
    const struct value **list = arena_array(a, const struct value *, n);

    for (size_t i = 0; i < n; i++)
        list[i] = records_link(p->records, files[i]);
    return value_of_list(a, list, n);
}

static const struct value *get_etags(struct page *p, struct arena *a) {
    (void)a;
    return page_tags(p)->etags;
}

static const struct value *get_tags(struct page *p, struct arena *a) {
    (void)a;
    return page_tags(p)->tags;
}

/* --- aliases --- */

typedef VEC(const struct value *) value_list;

static void add_alias(value_list *list, struct str s, struct arena *a) {
    s = str_trim(s);
    if (s.len > 0)
        vec_push(list, text(a, arena_str(a, s)));
}

static void add_aliases(value_list *list, const struct value *v,
                        struct arena *a) {
    struct buf out = {0};

    if (!value_truthy(v))
        return;
    if (v->kind == VALUE_LIST) {
        for (size_t i = 0; i < v->as.list.len; i++) {
            buf_reset(&out);
            if (!value_truthy(v->as.list.items[i]))
                continue;
            value_print(&out, v->as.list.items[i], &value_style_default);
            add_alias(list, buf_str(&out), a);
        }
    } else {
        value_print(&out, v, &value_style_default);
        for (struct str rest = buf_str(&out); rest.len > 0;
             rest = str_after(rest, ','))
            add_alias(list, str_until(rest, ','), a);
    }
    buf_release(&out);
}

static const struct value *get_aliases(struct page *p, struct arena *a) {
    const struct frontmatter *f = &p->note->front;
    value_list list = {0};
    const struct value *made;

    for (size_t i = 0; i < f->nproperties; i++)
        if (str_eq_nocase(f->properties[i].key, STR("alias")) ||
            str_eq_nocase(f->properties[i].key, STR("aliases")))
            add_aliases(&list, f->properties[i].value, a);
    made = value_of_list(a, vec_keep(a, &list), list.len);
    vec_release(&list);
    return made;
}

static const struct value *get_lists(struct page *p, struct arena *a) {
    (void)a;
    return page_items(p)->lists;
}

static const struct value *get_tasks(struct page *p, struct arena *a) {
    (void)a;
    return page_items(p)->tasks;
}

/* --- times --- */

/* git's, where it knows the file; else the file system's, which has no time of
 * creation that a copy would keep (decisions.md 31). */
static struct date file_time(struct page *p, bool created) {
    struct records *r = p->records;
    const struct vault *v = r->linked->vault;
    struct civil_instant t = v->files[p->file].mtime;
    int64_t ms = t.seconds * 1000 + t.nanoseconds / 1000000;

    if (v->history != NULL && v->history[p->file].known)
        ms = 1000 *
             (created ? v->history[p->file].first : v->history[p->file].last);
    else
        atomic_store_explicit(&r->asked_times, true, memory_order_relaxed);
    return date_at(&r->zones.local, ms);
}

static const struct value *get_ctime(struct page *p, struct arena *a) {
    return value_of_date(a, file_time(p, true));
}

static const struct value *get_mtime(struct page *p, struct arena *a) {
    return value_of_date(a, file_time(p, false));
}

static const struct value *get_cday(struct page *p, struct arena *a) {
    return value_of_date(a, date_start_of(file_time(p, true), DATE_DAY));
}

static const struct value *get_mday(struct page *p, struct arena *a) {
    return value_of_date(a, date_start_of(file_time(p, false), DATE_DAY));
}

static const struct value *get_size(struct page *p, struct arena *a) {
    return value_of_number(a, (double)p->note->file->size);
}

static const struct value *get_starred(struct page *p, struct arena *a) {
    (void)a;
    return value_of_bool(map_get(&p->records->starred, page_path(p)) != NULL);
}

static const struct value *get_frontmatter(struct page *p, struct arena *a) {
    const struct frontmatter *f = &p->note->front;
    struct value_member *m =
        arena_array(a, struct value_member, f->nproperties);
    size_t n = 0;

    for (size_t i = 0; i < f->nproperties; i++)
        m[n++] =
            (struct value_member){f->properties[i].key, f->properties[i].value};
    return value_of_object(a, m, n);
}

static const struct value *get_ext(struct page *p, struct arena *a) {
    struct str path = page_path(p);

    return text(a, str_skip(path, str_rfind(path, '.') + 1));
}

/* --- file.day --- */

/* The first `2026-01-05` in a text, else its first eight digits in a row. */
static bool find_day(struct page *p, struct str s, struct date *out) {
    const struct zone *zone = &p->records->zones.local;
    struct civil_date day;

    for (size_t i = 0; i + 10 <= s.len; i++)
        if (civil_parse_date(str_slice(s, i, i + 10), &day)) {
            *out = date_of_day(zone, day);
            return true;
        }
    for (size_t i = 0; i + 8 <= s.len; i++) {
        size_t n = 0;
        while (n < 8 && ascii_digit((unsigned char)s.p[i + n]))
            n++;
        if (n == 8 && civil_read_date(str_slice(s, i, i + 8), &day)) {
            *out = date_of_day(zone, day);
            return true;
        }
    }
    return false;
}

static bool day_of_value(struct page *p, const struct value *v,
                         struct date *out) {
    if (v->kind == VALUE_LIST && v->as.list.len > 0)
        v = v->as.list.items[0];
    if (v->kind == VALUE_DATE) {
        *out = v->as.date;
        return true;
    }
    if (v->kind != VALUE_LINK)
        return false;
    return find_day(p, v->as.link->path, out) ||
           find_day(p, v->as.link->subpath, out) ||
           find_day(p, v->as.link->display, out);
}

static const struct value *get_day(struct page *p, struct arena *a) {
    const struct field_values *f = page_fields(p);
    struct date day;

    for (size_t i = 0; i < f->len; i++)
        if ((str_eq_nocase(f->items[i].name, STR("date")) ||
             str_eq_nocase(f->items[i].name, STR("day"))) &&
            day_of_value(p, f->items[i].value, &day))
            return value_of_date(a, day);
    return find_day(p, title_of(p), &day) ? value_of_date(a, day) : NULL;
}

/* --- file --- */

static const struct getter {
    struct str name;
    const struct value *(*get)(struct page *, struct arena *);
} members[] = {
    {STR_INIT("path"), get_path},
    {STR_INIT("folder"), get_folder},
    {STR_INIT("name"), get_name},
    {STR_INIT("link"), get_link},
    {STR_INIT("outlinks"), get_outlinks},
    {STR_INIT("inlinks"), get_inlinks},
    {STR_INIT("etags"), get_etags},
    {STR_INIT("tags"), get_tags},
    {STR_INIT("aliases"), get_aliases},
    {STR_INIT("lists"), get_lists},
    {STR_INIT("tasks"), get_tasks},
    {STR_INIT("ctime"), get_ctime},
    {STR_INIT("cday"), get_cday},
    {STR_INIT("mtime"), get_mtime},
    {STR_INIT("mday"), get_mday},
    {STR_INIT("size"), get_size},
    {STR_INIT("starred"), get_starred},
    {STR_INIT("frontmatter"), get_frontmatter},
    {STR_INIT("ext"), get_ext},
    {STR_INIT("day"), get_day},
};

/* Pages are made once and read by many; what they are asked for may be made. */
static struct page *page_of(const struct value_record *r) {
    return (struct page *)(uintptr_t)r->of;
}

static const struct value *file_member(const struct value_record *r,
                                       struct str key, struct arena *a) {
    for (size_t i = 0; i < ARRAY_LEN(members); i++)
        if (str_eq(members[i].name, key))
            return members[i].get(page_of(r), a);
    return NULL;
}

static const struct value *file_object(const struct value_record *r,
                                       struct arena *a) {
    struct value_member *m =
        arena_array(a, struct value_member, ARRAY_LEN(members));
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(members); i++) {
        const struct value *v = members[i].get(page_of(r), a);
        if (v != NULL)
            m[n++] = (struct value_member){members[i].name, v};
    }
    return value_of_object(a, m, n);
}

const struct record_class file_class = {file_member, file_object};

/* --- page --- */

static const struct value *page_member(const struct value_record *r,
                                       struct str key, struct arena *a) {
    struct page *p = page_of(r);

    (void)a;
    if (str_eq(key, STR("file")))
        return p->file_record;
    return field_value(page_fields(p), key);
}

static const struct value *page_object(const struct value_record *r,
                                       struct arena *a) {
    struct page *p = page_of(r);
    const struct field_values *f = page_fields(p);
    struct value_member *m = arena_array(a, struct value_member, f->len + 1);
    size_t n = 0;

    m[n++] = (struct value_member){STR("file"), p->file_record};
    for (size_t i = 0; i < f->len; i++)
        if (!str_eq(f->items[i].name, STR("file")))
            m[n++] = (struct value_member){f->items[i].name, f->items[i].value};
    return value_of_object(a, m, n);
}

const struct record_class page_class = {page_member, page_object};
