#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "site/graph_files.h"
#include "site_vault.h"

#define MOST 2000

/* --- where nodes are drawn --- */

struct drawing {
    struct layout_point points[MOST];
    uint32_t from[4 * MOST], with[4 * MOST], n, nlinks;
};

static void join(struct drawing *d, uint32_t a, uint32_t b) {
    d->from[d->nlinks] = a;
    d->with[d->nlinks++] = b;
    d->from[d->nlinks] = b;
    d->with[d->nlinks++] = a;
}

static void run(struct drawing *d) {
    static uint32_t begins[MOST + 1], to[4 * MOST];
    struct layout_links links = {begins, to, d->n};
    uint32_t at = 0;

    begins[0] = 0;
    for (uint32_t i = 0; i < d->n; i++) {
        for (uint32_t k = 0; k < d->nlinks; k++)
            if (d->from[k] == i)
                to[at++] = d->with[k];
        begins[i + 1] = at;
    }
    layout(d->points, &links);
    for (uint32_t i = 0; i < d->n; i++)
        assert_true(isfinite(d->points[i].x) && isfinite(d->points[i].y));
}

static float between(const struct drawing *d, uint32_t a, uint32_t b) {
    float x = d->points[a].x - d->points[b].x;
    float y = d->points[a].y - d->points[b].y;

    return sqrtf(x * x + y * y);
}

static float mean_link(const struct drawing *d) {
    float sum = 0;

    for (uint32_t i = 0; i < d->nlinks; i++)
        sum += between(d, d->from[i], d->with[i]);
    return sum / (float)d->nlinks;
}

static float mean_distance(const struct drawing *d) {
    float sum = 0;

    for (uint32_t i = 0; i < d->n; i++)
        for (uint32_t k = 0; k < i; k++)
            sum += between(d, i, k);
    return sum / (float)d->n / (float)(d->n - 1) * 2;
}

static void test_few(void **state) {
    struct drawing d = {.n = 0};

    (void)state;
    run(&d);
    d.n = 1;
    d.points[0] = (struct layout_point){7, -3};
    run(&d);
    assert_true(fabsf(d.points[0].x) < 1e-3F && fabsf(d.points[0].y) < 1e-3F);
}

static void test_pair(void **state) {
    struct drawing d = {.n = 2, .points = {{1, 0}, {0, 5}}};

    (void)state;
    join(&d, 0, 1);
    run(&d);
    assert_true(between(&d, 0, 1) > 0.7F && between(&d, 0, 1) < 1.3F);
}

/* All begin at one place, and none has a link. */
static void test_one_place(void **state) {
    struct drawing *d = calloc(1, sizeof *d);

    (void)state;
    d->n = 100;
    run(d);
    for (uint32_t i = 0; i < d->n; i++)
        for (uint32_t k = 0; k < i; k++)
            assert_true(between(d, i, k) > 0.05F);
    free(d);
}

/* A tree as deep as it may be: two groups that are close together, and one far off. */
static void test_deep(void **state) {
    struct drawing *d = calloc(1, sizeof *d);

    (void)state;
    d->n = 60;
    for (uint32_t i = 0; i < d->n; i++)
        d->points[i].x = i % 2 == 0 ? 1e6F : -1e6F;
    run(d);
    free(d);
}

static void test_star(void **state) {
    struct drawing *d = calloc(1, sizeof *d);
    float nearest = INFINITY, furthest = 0;

    (void)state;
    d->n = 41;
    for (uint32_t i = 1; i < d->n; i++) {
        d->points[i] = (struct layout_point){(float)(i % 7), (float)(i % 5)};
        join(d, 0, i);
    }
    run(d);
    for (uint32_t i = 1; i < d->n; i++) {
        nearest = fminf(nearest, between(d, 0, i));
        furthest = fmaxf(furthest, between(d, 0, i));
    }
    /* Its leaves lie around it. */
    assert_true(nearest > 0.5F && furthest < 4 * nearest);
    free(d);
}

/* Two rings without a link between them are drawn beside one another. */
static void test_parts(void **state) {
    struct drawing *d = calloc(1, sizeof *d);
    float x[2] = {0}, y[2] = {0};

    (void)state;
    d->n = 40;
    for (uint32_t i = 0; i < d->n; i++) {
        d->points[i] =
            (struct layout_point){(float)(i * 37 % 11), (float)(i * 17 % 13)};
        join(d, i, i / 20 * 20 + (i + 1) % 20);
    }
    run(d);
    for (uint32_t i = 0; i < d->n; i++) {
        x[i / 20] += d->points[i].x / 20;
        y[i / 20] += d->points[i].y / 20;
    }
    assert_true(hypotf(x[0] - x[1], y[0] - y[1]) > mean_link(d));
    assert_true(mean_link(d) < 0.4F * mean_distance(d));
    free(d);
}

/* Groups that are linked within come out as groups: links are far shorter than the
 * distance of two nodes (performance.md §6: 0.64 for links at random). */
static void test_groups(void **state) {
    struct drawing *d = calloc(1, sizeof *d);

    (void)state;
    d->n = 1000;
    for (uint32_t i = 0; i < d->n; i++) {
        d->points[i] = (struct layout_point){(float)(i * 7919 % 997) / 20,
                                             (float)(i * 104729 % 991) / 20};
        join(d, i,
             i / 25 * 25 + (i * 7 + 3) % 25 + (i % 25 == (i * 7 + 3) % 25));
        if (i % 25 == 0)
            join(d, i, (i + 25) % d->n);
    }
    run(d);
    assert_true(mean_link(d) < 0.2F * mean_distance(d));
    free(d);
}

static void test_same_again(void **state) {
    struct drawing *a = calloc(1, sizeof *a), *b;

    (void)state;
    a->n = 300;
    for (uint32_t i = 0; i < a->n; i++) {
        a->points[i] =
            (struct layout_point){(float)(i * 37 % 101), (float)(i * 53 % 97)};
        join(a, i, (i * 7 + 1) % a->n);
    }
    b = malloc(sizeof *b);
    memcpy(b, a, sizeof *b);
    run(a);
    run(b);
    assert_memory_equal(a->points, b->points, sizeof a->points);
    free(a);
    free(b);
}

/* --- who is linked with whom --- */

static void made(struct site_vault *v, const char *path, const char *text) {
    site_text(v, site_note(v, path), text);
}

static void expect_links(const struct site_vault *v, const struct graph *g,
                         uint32_t file, const char *expected) {
    struct buf found = {0};

    for (uint32_t i = 0; i < g->links[file].len; i++) {
        if (i > 0)
            buf_add_ch(&found, ' ');
        buf_add_str(&found, v->files[g->links[file].items[i]].path);
    }
    assert_string_equal(buf_cstr(&found), expected);
    buf_release(&found);
}

static void test_links(void **state) {
    struct site_vault v;
    const struct graph *g;

    (void)state;
    site_open(&v);
    made(&v, "a.md", "{L b}twice{L b} itself{L a} none{L gone}");
    made(&v, "b.md", "back{L a} {E c}");
    made(&v, "c.md", "");
    made(&v, "d.md", "only a form{L form}");
    made(&v, "form.md", "{L a}{L c}");
    v.files[4].is_template = true;
    site_file(&v, "picture.png");
    site_plan(&v);
    g = v.plan->graph;
    expect_links(&v, g, 0, "b.md");
    expect_links(&v, g, 1, "a.md c.md");
    expect_links(&v, g, 2, "b.md");
    expect_links(&v, g, 3, "");
    expect_links(&v, g, 4, "");
    assert_int_equal(g->nnodes, 3);
    assert_int_equal(g->nodes[0], 1); /* the most linked */
    assert_int_equal(g->nodes[1], 0);
    assert_int_equal(g->node_of[3], GRAPH_NONE);
    assert_int_equal(g->nlinked, 3);
    site_close(&v);
}

static void test_nothing(void **state) {
    struct site_vault v;

    (void)state;
    site_open(&v);
    made(&v, "a.md", "alone{L gone}");
    site_plan(&v);
    assert_int_equal(v.plan->graph->nnodes, 0);
    assert_int_equal(v.plan->graph_page, PLAN_NONE);
    assert_null(graph_files_new(&v.arena, v.plan));
    site_close(&v);
}

/* As a browser computes it: published vectors of FNV-1a. */
static void test_bucket(void **state) {
    (void)state;
    assert_int_equal(graph_bucket(STR(""), 1u << 31),
                     0x811C9DC5u & 0x7FFFFFFFu);
    assert_int_equal(graph_bucket(STR("a"), 1u << 31),
                     0xE40C292Cu & 0x7FFFFFFFu);
    assert_int_equal(graph_bucket(STR("foobar"), 1u << 31),
                     0xBF9CF968u & 0x7FFFFFFFu);
    assert_int_equal(graph_bucket(STR("foobar"), 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few),       cmocka_unit_test(test_pair),
        cmocka_unit_test(test_one_place), cmocka_unit_test(test_deep),
        cmocka_unit_test(test_star),      cmocka_unit_test(test_parts),
        cmocka_unit_test(test_groups),    cmocka_unit_test(test_same_again),
        cmocka_unit_test(test_links),     cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_bucket),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
