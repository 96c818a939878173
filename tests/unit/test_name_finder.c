#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/name_key.h"
#include "base/unicode.h"
#include "entity/beginnings.h"
#include "entity/boundary.h"
#include "entity/name_finder.h"
#include "entity/name_text.h"

#define MAX_NAMES 12

/* Names, separated by `|`: the number of each is its entity, `=` before it means the
 * entity before, `-` that it is not looked for. A text and the names found in it, in
 * brackets; what stands between braces there is no part of it. */
static const struct {
    const char *names, *text, *found;
} rows[] = {
    {"Ada Example", "Ada Example.", "[Ada Example]."},
    {"Ada Example", "(Ada Example) Ada Example's",
     "([Ada Example]) [Ada Example]'s"},
    {"Ada Example", "Ada Example\xe2\x80\x99s and Ada Example\xca\xbcs",
     "[Ada Example]\xe2\x80\x99s and [Ada Example]\xca\xbcs"},
    {"Ada Example", "People/Ada Example", "People/[Ada Example]"},
    {"Ada Example", "Ada Example-Smith, Anna-Ada Example",
     "Ada Example-Smith, Anna-Ada Example"},
    {"Ada Example", "Ada Example- x -Ada Example",
     "[Ada Example]- x -[Ada Example]"},
    {"Ada Example", "Ada Example\xe2\x80\x93x", "[Ada Example]\xe2\x80\x93x"},
    {"Ada Example", "Ada Examples xAda Example Ada Example1 _Ada Example",
     "Ada Examples xAda Example Ada Example1 _Ada Example"},
    {"Ada Example",
     "Ada  \xc2\xa0"
     "Example Ada\xe2\x80\xaf"
     "Example",
     "[Ada  \xc2\xa0"
     "Example] [Ada\xe2\x80\xaf"
     "Example]"},
    {"Ada Example", "Ada\nExample", "[Ada\nExample]"},
    /* leftmost, longest */
    {"Ada Example|Ada Example Estate", "Ada Example Estate Ada Example",
     "[Ada Example Estate] [Ada Example]"},
    {"Ada Example|Ada Example Estate", "Ada Example estate",
     "[Ada Example] estate"},
    {"Bo Cy|Ada Bo", "Ada Bo Cy", "[Ada Bo] Cy"},
    {"Ada Bo Cy Di|Bo Cy", "Ada Bo Cy Da", "Ada [Bo Cy] Da"},
    {"Ada Example|Ada Example Estate|=-Ada Example Estate Two",
     "Ada Example Estate Two Ada Example Estate Tw",
     "[Ada Example Estate] Two [Ada Example Estate] Tw"},
    /* more that begin alike than are tried by their bytes */
    {"Vela Harbour One|Vela Harbour Two|Vela Harbour Six|Vela Harbour Ten|"
     "Vela Harbour Elm|Vela Harbour Oak",
     "Vela Harbour Oak Vela Harbour One Vela Harbour Elm Vela Harbour Ash, "
     "and no more",
     "[Vela Harbour Oak] [Vela Harbour One] [Vela Harbour Elm] "
     "Vela Harbour Ash, and no more"},
    {"Vela Harbour Northern Estate",
     "Vela Harbour Nurthern Estate Vela Harbour Norzhern Estate "
     "Vela Harbour Northern Estate",
     "Vela Harbour Nurthern Estate Vela Harbour Norzhern Estate "
     "[Vela Harbour Northern Estate]"},
    /* short beginnings, and any blank behind them */
    {"A Team|J. Marlow|Bo Cy|Q",
     "A Team, A\tTeam, A \n Team, A-Team, J. Marlow, J.\fMarlow, Bo\rCy, Q",
     "[A Team], [A\tTeam], [A \n Team], A-Team, [J. Marlow], [J.\fMarlow], "
     "[Bo\rCy], [Q]"},
    /* blanks around a name that are not of ASCII */
    {"Ada Example\xc2\xa0", "Ada Example\xc2\xa0. Ada Example",
     "[Ada Example]\xc2\xa0. [Ada Example]"},
    {"\xc2\xa0"
     "Ada Example",
     "\xc2\xa0"
     "Ada Example",
     "\xc2\xa0"
     "[Ada Example]"},
    /* capitals */
    {"Ada Example", "ADA EXAMPLE ada example Ada example",
     "[ADA EXAMPLE] ada example Ada example"},
    {"Jan van Dam", "Jan Van Dam jan van dam Jan van Dam",
     "[Jan Van Dam] jan van dam [Jan van Dam]"},
    {"de Vries", "De Vries de Vries de vries",
     "[De Vries] [de Vries] de vries"},
    {"4 Seasons", "the 4 Seasons x4 Seasons", "the [4 Seasons] x4 Seasons"},
    {"Seabright", "Seabright SEABRIGHT seabright",
     "[Seabright] SEABRIGHT seabright"},
    {"O'Shane", "O\xe2\x80\x99Shane O'shane", "[O\xe2\x80\x99Shane] O'shane"},
    /* signs */
    {"Calder & Finch", "Calder & Finch, Calder &Finch",
     "[Calder & Finch], Calder &Finch"},
    {"Ann (Lu)", "Ann (Lu), Ann (Lu)x", "[Ann (Lu)], Ann (Lu)x"},
    {"(A) Kit", "the (A) Kit", "the [(A) Kit]"},
    {"\xe2\x80\x99t Hooft Huis", "'t Hooft Huis", "['t Hooft Huis]"},
    {"Ines Okafor-Lund", "Ines Okafor\xe2\x80\x91Lund",
     "[Ines Okafor\xe2\x80\x91Lund]"},
    {"Glint, Inc.", "Glint, Inc. Glint, Inc.x", "[Glint, Inc.] Glint, Inc.x"},
    {"\xe2\x89\xae Kit|\xe2\x89\xaf Kit|\xe2\x89\xa0 Kit|\xe2\x89\x88 Kit",
     "<\xcc\xb8 Kit >\xcc\xb8 Kit =\xcc\xb8 Kit \xe2\x89\x88 Kit",
     "[<\xcc\xb8 Kit] [>\xcc\xb8 Kit] [=\xcc\xb8 Kit] [\xe2\x89\x88 Kit]"},
    {"\xe2\x89\xae Kit", "<\xcc\xb8 Kit", "[<\xcc\xb8 Kit]"},
    {"\xe2\x89\xaf Kit", ">\xcc\xb8 Kit", "[>\xcc\xb8 Kit]"},
    {"\xe2\x89\xa0 Kit", "=\xcc\xb8 Kit", "[=\xcc\xb8 Kit]"},
    {"\xe3\x80\x88"
     "A\xe3\x80\x89 Kit",
     "\xe2\x8c\xa9"
     "A\xe2\x8c\xaa Kit",
     "[\xe2\x8c\xa9"
     "A\xe2\x8c\xaa Kit]"},
    {"\xe2\x80\x9c"
     "A\xe2\x80\x9d Kit",
     "\xe2\x80\x9c"
     "A\xe2\x80\x9d Kit",
     "[\xe2\x80\x9c"
     "A\xe2\x80\x9d Kit]"},
    {"\xe2\x80\x91"
     "A Kit",
     "-A Kit \xe2\x80\x90"
     "A Kit",
     "[-A Kit] [\xe2\x80\x90"
     "A Kit]"},
    {"\xe2\x86\x92 Kit", "\xe2\x86\x92 Kit", "[\xe2\x86\x92 Kit]"},
    {"\xf0\x9f\x9a\x80 Crew|Ada Example",
     "\xf0\x9f\x9a\x80 Crew \xf0\x9f\x9a\x81 Crew Ada Example",
     "[\xf0\x9f\x9a\x80 Crew] \xf0\x9f\x9a\x81 Crew [Ada Example]"},
    /* marks and scripts */
    {"Jos\xc3\xa9 Armada", "Jos\xc3\xa9 Armada Jose\xcc\x81 Armada Jose Armada",
     "[Jos\xc3\xa9 Armada] [Jose\xcc\x81 Armada] Jose Armada"},
    {"Jose\xcc\x81 Armada", "Jos\xc3\xa9 Armada", "[Jos\xc3\xa9 Armada]"},
    {"\xc3\x89lo\xc3\xad A", "E\xcc\x81lo\xc3\xad A \xc3\xa9lo\xc3\xad A",
     "[E\xcc\x81lo\xc3\xad A] \xc3\xa9lo\xc3\xad A"},
    {"Ada Example", "Ada Example\xcc\x81", "Ada Example\xcc\x81"},
    {"\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82 \xce\x91",
     "\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82 \xce\x91 "
     "\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x83 \xce\x91",
     "[\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x82 \xce\x91] "
     "[\xce\x9d\xce\xaf\xce\xba\xce\xbf\xcf\x83 \xce\x91]"},
    {"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xd0\x99",
     "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xd0\x98\xcc\x86",
     "[\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xd0\x98\xcc\x86]"},
    {"Ken Ito",
     "\xe2\x84\xaa"
     "en Ito",
     "[\xe2\x84\xaa"
     "en Ito]"},
    {"\xe5\xb1\xb1\xe7\x94\xb0\xe5\xa4\xaa\xe9\x83\x8e",
     "\xe6\x98\xa8\xe6\x97\xa5\xe5\xb1\xb1\xe7\x94\xb0\xe5\xa4\xaa\xe9\x83\x8e"
     "\xe3\x81\x95\xe3\x82\x93",
     "\xe6\x98\xa8\xe6\x97\xa5["
     "\xe5\xb1\xb1\xe7\x94\xb0\xe5\xa4\xaa\xe9\x83\x8e]"
     "\xe3\x81\x95\xe3\x82\x93"},
    {"\xf0\xa0\x80\x8b\xe5\xb1\xb1\xe7\x94\xb0",
     "\xe6\x98\xa8\xf0\xa0\x80\x8b\xe5\xb1\xb1\xe7\x94\xb0\xe6\x98\xa8",
     "\xe6\x98\xa8[\xf0\xa0\x80\x8b\xe5\xb1\xb1\xe7\x94\xb0]\xe6\x98\xa8"},
    {"\xea\xb9\x80\xec\x9c\xa0\xeb\xaf\xb8",
     "\xea\xb9\x80\xec\x9c\xa0\xeb\xaf\xb8\xea\xb0\x80",
     "[\xea\xb9\x80\xec\x9c\xa0\xeb\xaf\xb8]\xea\xb0\x80"},
    {"\xe3\x81\x8c\xe3\x81\x8e\xe3\x81\x90",
     "\xe3\x81\x8b\xe3\x82\x99\xe3\x81\x8e\xe3\x81\x90",
     "[\xe3\x81\x8b\xe3\x82\x99\xe3\x81\x8e\xe3\x81\x90]"},
    {"\xe0\xb8\x81\xe0\xb8\xb4\xe0\xb8\x87",
     "x\xe0\xb8\x81\xe0\xb8\xb4\xe0\xb8\x87\xe0\xb8\x81",
     "x[\xe0\xb8\x81\xe0\xb8\xb4\xe0\xb8\x87]\xe0\xb8\x81"},
    {"Ada \xe5\xb1\xb1", "xAda \xe5\xb1\xb1 Ada \xe5\xb1\xb1x",
     "xAda \xe5\xb1\xb1 [Ada \xe5\xb1\xb1]x"},
    /* @, parts */
    {"Ada Example", "@Ada Example x@ Ada Example",
     "@Ada Example x@ [Ada Example]"},
    {"Ada Example|Bo Ada Example|Example Cy", "@Bo Ada Example Cy",
     "@Bo Ada Example Cy"},
    {"Ada Example", "{Ada Example} Ada {Example} Ada Example{x}",
     "{Ada Example} Ada {Example} Ada Example{x}"},
    {"Vela Harbour One|Vela Harbour", "Vela Harbour{ One} Vela Harbour On{e}",
     "[Vela Harbour] One [Vela Harbour] One"},
    {"Vela Harbour One", "Vela Harbour{ One} Vela Harbour On{e}",
     "Vela Harbour One Vela Harbour One"},
    {"Ada Example|Example Cy",
     "Ada{ Example Cy} {x}Ada Example {x} Ada Example",
     "Ada{ Example Cy} {x}Ada Example {x} [Ada Example]"},
    /* shared, not looked for */
    {"Ada Example|Ada Example", "Ada Example", "Ada Example"},
    {"Ada Example Estate|Ada Example Estate|Ada Example", "Ada Example Estate",
     "[Ada Example] Estate"},
    {"Ada Example|=ADA  Example", "Ada Example", "[Ada Example]"},
    {"-Ada Example|=Ada Example", "Ada Example", "[Ada Example]"},
    {"-Ada Example|Ada Example", "Ada Example", "Ada Example"},
    {"-Ada Example Estate|Ada Example", "Ada Example Estate",
     "[Ada Example] Estate"},
};

struct search {
    struct arena arena, scratch;
    struct buf text, out;
    struct text_part parts[64];
    size_t nparts;
    struct str names[MAX_NAMES];
    uint32_t entities[MAX_NAMES];
    bool sought[MAX_NAMES];
    uint32_t nnames, hits, done;
};

/* The text without its braces, which end and begin parts. */
static void read_text(struct search *s, struct str marked) {
    struct text_part part = {0};

    buf_reset(&s->text);
    s->nparts = 0;
    for (size_t i = 0; i < marked.len; i++) {
        part.end = (uint32_t)s->text.len;
        if (marked.p[i] == '{')
            s->parts[s->nparts++] = part;
        else if (marked.p[i] == '}')
            part.begin = part.end;
        else
            buf_add_ch(&s->text, marked.p[i]);
    }
    part.end = (uint32_t)s->text.len;
    s->parts[s->nparts++] = part;
}

static void read_names(struct search *s, struct str list) {
    s->nnames = 0;
    while (list.len > 0) {
        struct str name = str_until(list, '|');
        uint32_t entity = s->nnames;
        bool sought = true;

        for (;; name = str_skip(name, 1)) {
            if (str_starts(name, STR("=")))
                entity = s->nnames - 1;
            else if (str_starts(name, STR("-")))
                sought = false;
            else
                break;
        }
        s->names[s->nnames] = name;
        s->entities[s->nnames] = entity;
        s->sought[s->nnames++] = sought;
        list = str_after(list, '|');
    }
}

static void show(void *context, uint32_t entity, size_t part, uint32_t begin,
                 uint32_t end) {
    struct search *s = context;

    (void)entity;
    assert_true(part < s->nparts && s->parts[part].begin <= begin &&
                end <= s->parts[part].end);
    buf_add_str(&s->out, str_slice(buf_str(&s->text), s->done, begin));
    buf_add_ch(&s->out, '[');
    buf_add_str(&s->out, str_slice(buf_str(&s->text), begin, end));
    buf_add_ch(&s->out, ']');
    s->done = end;
    s->hits++;
}

static void search(struct search *s) {
    struct name_finder *f = name_finder_new(&s->arena, s->nnames);

    for (uint32_t i = 0; i < s->nnames; i++)
        name_finder_add(f, s->names[i], s->entities[i], s->sought[i]);
    buf_reset(&s->out);
    s->done = s->hits = 0;
    name_finder_search(f, buf_str(&s->text), s->parts, s->nparts, &s->scratch,
                       show, s);
    buf_add_str(&s->out, str_skip(buf_str(&s->text), s->done));
}

/* Without the braces: they are only in what is written here. */
static struct str without_braces(struct arena *a, struct str s) {
    struct buf out = {0};
    struct str kept;

    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] != '{' && s.p[i] != '}')
            buf_add_ch(&out, s.p[i]);
    kept = arena_str(a, buf_str(&out));
    buf_release(&out);
    return kept;
}

static void search_open(struct search *s) {
    memset(s, 0, sizeof *s);
    arena_init(&s->arena);
    arena_init(&s->scratch);
}

static void search_close(struct search *s) {
    buf_release(&s->text);
    buf_release(&s->out);
    arena_release(&s->scratch);
    arena_release(&s->arena);
}

static void finds_names(void **state) {
    struct search s;

    (void)state;
    search_open(&s);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct str wanted = without_braces(&s.arena, str_from(rows[i].found));

        read_names(&s, str_from(rows[i].names));
        read_text(&s, str_from(rows[i].text));
        search(&s);
        if (!str_eq(buf_str(&s.out), wanted))
            fail_msg("%s in %s: %s", rows[i].names, rows[i].text,
                     buf_cstr(&s.out));
    }
    search_close(&s);
}

/* Texts are gone through by blocks of bytes, whose length depends on the names. */
static void finds_names_at_any_place(void **state) {
    static const char *const lists[] = {
        "Ada Example",
        "Ada Example|de Vries",
        "Ada Example|(A) Kit",
        "Ada Example|de Vries|(A) Kit",
    };
    struct search s;

    (void)state;
    search_open(&s);
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        read_names(&s, str_from(lists[i]));
        for (size_t before = 0; before < 300; before++) {
            struct str name = s.names[before % s.nnames];

            buf_reset(&s.text);
            for (size_t k = 0; k < before; k++)
                buf_add_ch(&s.text, k + 1 < before ? 'x' : ' ');
            buf_add_str(&s.text, name);
            buf_add_str(&s.text, STR(". xxx. Ada, Example. xxx"));
            s.parts[0] = (struct text_part){.end = (uint32_t)s.text.len};
            s.nparts = 1;
            search(&s);
            assert_int_equal(s.hits, 1);
            assert_int_equal(str_find(buf_str(&s.out), '['), before);
        }
    }
    search_close(&s);
}

/* --- the same by trying every place, length and name --- */

static bool blank_at(struct str text, size_t at) {
    uint32_t code;

    utf8_decode(text, at, &code);
    return name_is_blank(code);
}

static bool begins_capital(struct str text, size_t at) {
    uint32_t code;

    if (at == text.len)
        return false;
    utf8_decode(text, at, &code);
    return unicode_lower(code) != code;
}

static size_t skip_blanks(struct str text, size_t at, bool blanks) {
    uint32_t code;

    while (at < text.len && blank_at(text, at) == blanks)
        at += utf8_decode(text, at, &code);
    return at;
}

static bool written_so(struct search *s, struct str name, struct str text) {
    size_t i = 0, k = 0;

    if (str_find(name_key(&s->scratch, name), ' ') == STR_NONE) {
        struct str a = unicode_nfc(&s->scratch, name);
        struct str b = unicode_nfc(&s->scratch, text);
        for (uint32_t code; i < a.len;) {
            if (begins_capital(a, i) != begins_capital(b, k))
                return false;
            i += utf8_decode(a, i, &code);
            k += utf8_decode(b, k, &code);
        }
        return true;
    }
    while (i < name.len) {
        if (begins_capital(name, i) && !begins_capital(text, k))
            return false;
        i = skip_blanks(name, skip_blanks(name, i, false), true);
        k = skip_blanks(text, skip_blanks(text, k, false), true);
    }
    return true;
}

static bool joins_before(struct str text, size_t at) {
    uint32_t code;

    if (at == text.len)
        return false;
    utf8_decode(text, at, &code);
    return name_joins(code);
}

/* Whether text[at..end) is a mention of a name that is looked for. */
static bool is_mention(struct search *s, struct str text, size_t at,
                       size_t end) {
    struct str slice = str_slice(text, at, end);
    struct str key = name_key(&s->scratch, slice);
    uint32_t first = UINT32_MAX;
    bool sought = false;

    if (blank_at(text, at) || joins_before(text, at) ||
        joins_before(text, end) || !name_may_begin(text, at) ||
        !name_may_end(text, end))
        return false;
    for (uint32_t i = 0; i < s->nnames; i++) {
        if (!str_eq(name_key(&s->scratch, s->names[i]), key))
            continue;
        if (first == UINT32_MAX)
            first = i;
        else if (s->entities[i] != s->entities[first])
            return false;
        sought |= s->sought[i];
    }
    return first != UINT32_MAX && sought &&
           written_so(s, str_trim(s->names[first]), slice);
}

static void search_slowly(struct search *s) {
    struct str text = buf_str(&s->text);
    size_t part = 0;
    uint32_t code;

    buf_reset(&s->out);
    s->done = 0;
    for (size_t at = 0; at < text.len;) {
        size_t step = utf8_decode(text, at, &code), best = 0;

        while (part < s->nparts && s->parts[part].end <= at)
            part++;
        if (part < s->nparts && s->parts[part].begin <= at)
            for (size_t end = at; end < s->parts[part].end;) {
                end += utf8_decode(text, end, &code);
                if (!blank_at(text, utf8_floor(text, end - 1)) &&
                    is_mention(s, text, at, end))
                    best = end;
            }
        if (best > 0 && (at == 0 || text.p[at - 1] != '@'))
            show(s, 0, part, (uint32_t)at, (uint32_t)best);
        at = best > 0 ? best : at + step;
    }
    buf_add_str(&s->out, str_skip(text, s->done));
}

static uint32_t next_random(uint64_t *seed, uint32_t below) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

static void add_random(struct buf *out, uint64_t *seed, uint32_t most,
                       bool is_text) {
    static const char *const pieces[] = {
        "Ada",
        "ada",
        "ADA",
        "Bo",
        "bo",
        "Ex",
        "ex",
        "de",
        "1",
        "_",
        "(",
        ".",
        "'",
        "\xe2\x80\x99",
        "\xca\xbc",
        "-",
        "\xe2\x80\x91",
        "&",
        "\xc3\x89",
        "E\xcc\x81",
        "\xe2\x89\xa0",
        "=\xcc\xb8",
        "e\xcc\x81",
        "\xc3\xa9",
        "\xcc\x81",
        "\xc3\x85",
        "\xe2\x84\xab",
        "\xe2\x84\xaa",
        "K",
        "\xcf\x82",
        "\xce\xa3",
        "\xe5\xb1\xb1",
        "\xe7\x94\xb0",
        "\xe3\x81\x8b",
        "\xe3\x81\x8c",
        "\xe3\x81\x8b\xe3\x82\x99",
        "\xe0\xb8\x81",
        "\xe0\xb8\x81\xe0\xb8\xb4",
        "\xe0\xb8\x81\xe0\xb9\x88",
        "\xea\xb0\x80",
        "\xe1\x84\x80\xe1\x85\xa1",
        "\xef\xa4\x80",
        "\xf0\x9f\x9a\x80",
    };
    static const char *const more[] = {"@", "\xc2\xa0", "\n", "{", "}"};
    uint32_t n = 1 + next_random(seed, most);
    bool open = false;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t which = next_random(seed, is_text ? 60 : 50);

        if (which < ARRAY_LEN(pieces)) {
            buf_add_str(out, str_from(pieces[which]));
        } else if (which < 55) {
            buf_add_ch(out, ' ');
        } else {
            const char *p = more[which - 55];
            if ((*p == '{' && open) || (*p == '}' && !open))
                continue;
            open ^= *p == '{' || *p == '}';
            buf_add_str(out, str_from(p));
        }
    }
    if (open)
        buf_add_ch(out, '}');
}

static void random_names(struct search *s, uint64_t *seed) {
    s->nnames = 1 + next_random(seed, MAX_NAMES);
    for (uint32_t i = 0; i < s->nnames; i++) {
        struct buf name = {0};

        add_random(&name, seed, 4, false);
        s->names[i] = arena_str(&s->arena, buf_str(&name));
        s->entities[i] = next_random(seed, MAX_NAMES);
        s->sought[i] = next_random(seed, 8) > 0;
        buf_release(&name);
    }
}

static void same_as_slow(void **state) {
    uint64_t seed = 7;
    uint32_t hits = 0;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct search s;
        struct buf text = {0}, fast = {0};

        search_open(&s);
        random_names(&s, &seed);
        for (uint32_t n = next_random(&seed, 6) + 1; n > 0; n--) {
            add_random(&text, &seed, 8, true);
            buf_add_str(&text, s.names[next_random(&seed, s.nnames)]);
            add_random(&text, &seed, 4, true);
        }
        read_text(&s, buf_str(&text));
        search(&s);
        hits += s.hits;
        buf_add_str(&fast, buf_str(&s.out));
        search_slowly(&s);
        if (!str_eq(buf_str(&fast), buf_str(&s.out))) {
            for (uint32_t k = 0; k < s.nnames; k++)
                print_message("%u %d {%.*s}\n", s.entities[k], s.sought[k],
                              STR_ARG(s.names[k]));
            fail_msg("round %d: %s, not %s", i, buf_cstr(&fast),
                     buf_cstr(&s.out));
        }
        buf_release(&text);
        buf_release(&fast);
        search_close(&s);
    }
    assert_true(hits > 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names),
        cmocka_unit_test(finds_names_at_any_place),
        cmocka_unit_test(same_as_slow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
