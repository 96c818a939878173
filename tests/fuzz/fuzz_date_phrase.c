/*
 * Fuzzes free dates: the keyword, a NUL, the date. What is found are days that
 * a calendar has, the first one first.
 */
#include <stdio.h>
#include <stdlib.h>

#include "query/tasks/date_phrase.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void stop(const char *wrong, struct str text) {
    fprintf(stderr, "%s: %.*s\n", wrong, STR_ARG(text));
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const struct civil_date days[] = {
        {2026, 1, 15},
        {2024, 2, 29},
        {1, 1, 1},
        {9999, 12, 31},
    };
    struct str all = {(const char *)bytes, size};
    struct str keyword = str_until(all, '\0'), text = str_after(all, '\0');

    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        struct date_range range;

        if (!date_phrase(days[i], keyword, text, &range))
            continue;
        if (!civil_valid(range.begin) || !civil_valid(range.end))
            stop("no day", text);
        if (civil_days(range.begin) > civil_days(range.end))
            stop("the last day first", text);
    }
    return 0;
}
