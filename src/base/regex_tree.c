#include "base/regex_tree.h"

bool regex_has_group(const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_GROUP:
        return true;
    case REGEX_LOOK:
        return !node->as.look.negated && regex_has_group(node->as.look.body);
    case REGEX_REPEAT:
        return regex_has_group(node->as.repeat.body);
    case REGEX_SEQUENCE:
    case REGEX_CHOICE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (regex_has_group(n))
                return true;
        return false;
    default:
        return false;
    }
}

bool regex_may_leave_unset(const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_GROUP:
        return regex_may_leave_unset(node->as.group.body);
    case REGEX_LOOK:
        return !node->as.look.negated && !node->as.look.behind &&
               regex_may_leave_unset(node->as.look.body);
    case REGEX_REPEAT:
        return node->as.repeat.min == 0
                   ? regex_has_group(node->as.repeat.body)
                   : regex_may_leave_unset(node->as.repeat.body);
    case REGEX_CHOICE:
        return regex_has_group(node);
    case REGEX_SEQUENCE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (regex_may_leave_unset(n))
                return true;
        return false;
    default:
        return false;
    }
}

bool regex_may_be_empty(const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_CODE:
    case REGEX_SET:
        return false;
    case REGEX_GROUP:
        return regex_may_be_empty(node->as.group.body);
    case REGEX_REPEAT:
        return node->as.repeat.min == 0 ||
               regex_may_be_empty(node->as.repeat.body);
    case REGEX_CHOICE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (regex_may_be_empty(n))
                return true;
        return false;
    case REGEX_SEQUENCE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (!regex_may_be_empty(n))
                return false;
        return true;
    default:
        return true;
    }
}

bool regex_is_optional(const struct regex_node *node) {
    switch (node->kind) {
    case REGEX_EMPTY:
        return true;
    case REGEX_GROUP:
        return regex_is_optional(node->as.group.body);
    case REGEX_REPEAT:
        return node->as.repeat.min == 0 ||
               regex_is_optional(node->as.repeat.body);
    case REGEX_CHOICE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (regex_is_optional(n))
                return true;
        return false;
    case REGEX_SEQUENCE:
        for (const struct regex_node *n = node->as.first; n; n = n->next)
            if (!regex_is_optional(n))
                return false;
        return true;
    default:
        return false;
    }
}

struct regex_width regex_width(const struct regex_node *node) {
    struct regex_width w = {0, 0}, one;

    switch (node->kind) {
    case REGEX_CODE:
    case REGEX_SET:
        return (struct regex_width){1, 1};
    case REGEX_GROUP:
        return regex_width(node->as.group.body);
    case REGEX_SEQUENCE:
        for (const struct regex_node *n = node->as.first; n; n = n->next) {
            one = regex_width(n);
            w.min += one.min;
            w.max = one.max > REGEX_MAX_WIDTH ? one.max : w.max + one.max;
            if (w.max > REGEX_MAX_WIDTH || w.min > REGEX_MAX_WIDTH)
                return (struct regex_width){0, REGEX_NO_MAX};
        }
        return w;
    case REGEX_CHOICE:
        w.min = REGEX_NO_MAX;
        for (const struct regex_node *n = node->as.first; n; n = n->next) {
            one = regex_width(n);
            w.min = one.min < w.min ? one.min : w.min;
            w.max = one.max > w.max ? one.max : w.max;
        }
        return w;
    case REGEX_REPEAT:
        one = regex_width(node->as.repeat.body);
        if (one.max == 0 && node->as.repeat.min == node->as.repeat.max)
            return one;
        if (one.max == 0 || one.max > REGEX_MAX_WIDTH ||
            node->as.repeat.max > REGEX_MAX_WIDTH / one.max)
            return (struct regex_width){0, REGEX_NO_MAX};
        return (struct regex_width){one.min * node->as.repeat.min,
                                    one.max * node->as.repeat.max};
    case REGEX_REFERENCE:
        return (struct regex_width){0, REGEX_NO_MAX};
    default:
        return w;
    }
}
