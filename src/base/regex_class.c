#include "base/regex_class.h"

enum member { MEMBER_CODE, MEMBER_SET };

static const char not_closed[] = "the class is not closed";
static const char bad_range[] = "a range of characters out of order";

/* One character or one escape that means many; `set` then is it. */
static enum member read_member(struct regex_reader *r, USet *set,
                               uint32_t *code) {
    *code = 0;
    if (regex_peek(r, 0) < 0) {
        regex_fail(r, r->at, not_closed);
        return MEMBER_CODE;
    }
    if (!regex_take(r, '\\')) {
        *code = regex_take_code(r);
        return MEMBER_CODE;
    }
    if (regex_escape_set(r, set))
        return MEMBER_SET;
    *code = regex_take(r, 'b') ? '\b' : regex_escape_code(r, true);
    return MEMBER_CODE;
}

static void add_range(struct regex_reader *r, USet *set, size_t at,
                      uint32_t from, uint32_t to) {
    if (from > to)
        regex_fail(r, at, bad_range);
    else
        uset_addRange(set, (UChar32)from, (UChar32)to);
}

/* Without flag v. */
static void read_members(struct regex_reader *r, USet *set) {
    USet *one = uset_openEmpty(), *other = uset_openEmpty();

    while (r->error == NULL && !regex_take(r, ']')) {
        size_t at = r->at;
        uint32_t from, to = 0;
        enum member first = read_member(r, one, &from), last = MEMBER_CODE;
        bool range = regex_peek(r, 0) == '-' && regex_peek(r, 1) != ']';

        if (range) {
            r->at++;
            last = read_member(r, other, &to);
        }
        if (range && first == MEMBER_CODE && last == MEMBER_CODE) {
            add_range(r, set, at, from, to);
            continue;
        }
        if (range && regex_full_unicode(r))
            regex_fail(r, at, "a range from or to more than one character");
        if (first == MEMBER_SET)
            uset_addAll(set, one);
        else
            uset_add(set, (UChar32)from);
        if (!range)
            continue;
        uset_add(set, '-');
        if (last == MEMBER_SET)
            uset_addAll(set, other);
        else
            uset_add(set, (UChar32)to);
    }
    uset_close(one);
    uset_close(other);
}

/* ---- flag v -----------------------------------------------------------------
 */

static bool next_twice(const struct regex_reader *r, const char *units) {
    int32_t c = regex_peek(r, 0);

    return c > 0 && c < 0x80 && c == regex_peek(r, 1) &&
           strchr(units, c) != NULL;
}

static enum member read_operand(struct regex_reader *r, USet *set,
                                uint32_t *code) {
    int32_t c = regex_peek(r, 0);

    *code = 0;
    if (regex_take(r, '[')) {
        regex_class_read(r, set);
        return MEMBER_SET;
    }
    if (c == '\\' && regex_peek(r, 1) == 'q')
        regex_fail(r, r->at, "\\q{…} is not supported");
    else if (c > 0 && c < 0x80 && strchr("()]{}/-|", c) != NULL)
        regex_fail(r, r->at, "this character needs a backslash in a class");
    else if (next_twice(r, "&!#$%*+,.:;<=>?@^`~"))
        regex_fail(r, r->at, "doubled punctuation is reserved in a class");
    return read_member(r, set, code);
}

static void add_operand(const struct regex_reader *r, USet *set,
                        enum member kind, USet *one, uint32_t from,
                        uint32_t to) {
    if (kind == MEMBER_CODE) {
        uset_clear(one);
        uset_addRange(one, (UChar32)from, (UChar32)to);
        regex_fold_set(regex_fold_of(r->flags), one);
    }
    uset_addAll(set, one);
}

/* What follows the first operand: `--` or `&&` and another, up to the `]`. */
static void read_operations(struct regex_reader *r, USet *set) {
    const char *twice = next_twice(r, "-") ? "-" : "&";
    USet *operand = uset_openEmpty(), *one = uset_openEmpty();

    while (r->error == NULL && next_twice(r, twice)) {
        enum member kind;
        uint32_t code;

        r->at += 2;
        if (twice[0] == '&' && regex_peek(r, 0) == '&')
            regex_fail(r, r->at, "one & too many");
        kind = read_operand(r, one, &code);
        uset_clear(operand);
        add_operand(r, operand, kind, one, code, code);
        if (twice[0] == '-')
            uset_removeAll(set, operand);
        else
            uset_retainAll(set, operand);
    }
    if (!regex_take(r, ']'))
        regex_fail(r, r->at, "operators of a class do not mix");
    uset_close(operand);
    uset_close(one);
}

static void read_operands(struct regex_reader *r, USet *set) {
    USet *one = uset_openEmpty();
    size_t n = 0;

    while (r->error == NULL && !regex_take(r, ']')) {
        size_t at = r->at;
        enum member kind;
        uint32_t from, to;

        if (regex_peek(r, 0) < 0)
            regex_fail(r, at, not_closed);
        if (n == 1 && next_twice(r, "-&")) {
            read_operations(r, set);
            break;
        }
        kind = read_operand(r, one, &from);
        to = from;
        n++;
        if (kind == MEMBER_CODE && regex_peek(r, 0) == '-' &&
            regex_peek(r, 1) != '-') {
            r->at++;
            n++; /* no operand of `--` or `&&` */
            if (read_operand(r, one, &to) != MEMBER_CODE)
                regex_fail(r, at, "a range to more than one character");
            if (from > to)
                regex_fail(r, at, bad_range);
        }
        if (r->error == NULL)
            add_operand(r, set, kind, one, from, to);
    }
    uset_close(one);
}

void regex_class_read(struct regex_reader *r, USet *set) {
    bool negated = regex_take(r, '^');

    uset_clear(set);
    if (++r->depth > REGEX_MAX_DEPTH) {
        regex_fail(r, r->at, "nested too deeply");
    } else if (r->flags & REGEX_UNICODE_SETS) {
        read_operands(r, set);
    } else {
        read_members(r, set);
        regex_set_finish(r, set);
    }
    r->depth--;
    if (negated)
        regex_set_complement(r, set);
}
