#include "value/weight.h"

struct weighing {
    size_t sum, most, record;
};

static void weigh(struct weighing *w, const struct value *v, int depth);

static void weigh_text(struct weighing *w, struct str s) {
    w->sum += s.len;
}

static void weigh_list(struct weighing *w, const struct value *list,
                       int depth) {
    for (size_t i = 0; i < list->as.list.len && w->sum <= w->most; i++)
        weigh(w, list->as.list.items[i], depth + 1);
}

static void weigh_object(struct weighing *w, const struct value *object,
                         int depth) {
    for (size_t i = 0; i < object->as.object.len && w->sum <= w->most; i++) {
        weigh_text(w, object->as.object.members[i].key);
        weigh(w, object->as.object.members[i].value, depth + 1);
    }
}

static void weigh(struct weighing *w, const struct value *v, int depth) {
    w->sum++;
    if (depth > VALUE_MAX_DEPTH || w->sum > w->most)
        return;
    switch (v->kind) {
    case VALUE_TEXT:
        weigh_text(w, v->as.text);
        break;
    case VALUE_LINK:
        weigh_text(w, v->as.link->path);
        weigh_text(w, v->as.link->subpath);
        weigh_text(w, v->as.link->display);
        break;
    case VALUE_EXTERNAL:
        weigh_text(w, v->as.external->url);
        weigh_text(w, v->as.external->display);
        break;
    case VALUE_LIST:
        weigh_list(w, v, depth);
        break;
    case VALUE_OBJECT:
        weigh_object(w, v, depth);
        break;
    case VALUE_PAIR:
        weigh(w, v->as.pair.key, depth + 1);
        weigh(w, v->as.pair.value, depth + 1);
        break;
    case VALUE_RECORD:
        w->sum += w->record;
        break;
    default:
        break;
    }
}

size_t value_weight(const struct value *v, size_t record, size_t most) {
    struct weighing w = {.most = most, .record = record};

    weigh(&w, v, 0);
    return w.sum;
}
