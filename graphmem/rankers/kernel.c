/* The two hot loops of the rankers: forward push with a certificate, and a step of power iteration.

   A walker's residual r and estimate p are kept divided by the node's degree (y, q), so that a push
   along row u of `moves` needs no other array: y[v] += damping * y[u] * moves[u, v]. All sums run
   in the order in which push_numpy.py runs them, so both give the same bytes. */
#include <math.h>
#include <string.h>

#include "graph.h"

/* What kernel.py asks before it hands over anything: one more whenever a function or a struct that
   it shares changes, here or in another file of compiling.py. */
int64_t kernel_abi(void) { return 22; }

/* What is known of a node that was touched. These stand in the order in which they were, side by
   side: a walk touches few of all nodes, and finds them in the processor's cache. */
typedef struct {
  double y, q, degree;
  int32_t id, round;
} node;

typedef struct {
  node *nodes;
  double *scale;  /* degree in the whole graph / degree among what is kept */
  int32_t *slots; /* of each node of the graph: where it stands in `nodes`, + 1; 0: untouched */
  int32_t *frontier, *reached; /* places in `nodes` */
  double *mass;
  uint32_t *near;       /* of each in `nodes`: the groups of hubs that it is a neighbour of */
  double *sums;         /* of y over the neighbours of each group */
  const spread *around; /* NULL: nothing is known of hubs but their degrees */
  double norm, grown;   /* |y|; the most that a degree can grow by the factors of kinds */
  int64_t n_touched, n_known, n_frontier, work, pushes;
  int32_t round;
} state;

#define SOON 64 /* edges of a row that are asked for before the row is read */

static inline void prefetch_start(const graph *g, int64_t u) {
  __builtin_prefetch(g->starts32 ? (const void *)&g->starts32[u] : (const void *)&g->starts64[u]);
}
static inline void prefetch_row(const graph *g, int64_t u) {
  int64_t j = start(g, u), end = start(g, u + 1);
  if (end > j + SOON) end = j + SOON;
  for (; j < end; j += 16) {
    __builtin_prefetch(&g->columns[j]);
    __builtin_prefetch(g->values32 ? (const void *)&g->values32[j] : (const void *)&g->values64[j]);
  }
}
static inline void prefetch_slots(const graph *g, const state *s, int64_t u) {
  int64_t j = start(g, u), end = start(g, u + 1);
  if (end > j + SOON) end = j + SOON;
  for (; j < end; j++) __builtin_prefetch(&s->slots[g->columns[j]], 1);
}
static inline int is_sieved(const graph *g) { return g->kept || g->kinds; }
static inline double factor(const graph *g, int64_t j) {
  if (g->kept && (!g->kept[g->columns[j]] || (g->makers && g->makers[j] >= 0 && !g->kept[g->makers[j]])))
    return 0;
  return g->kinds ? g->factors[g->kinds[j]] : 1;
}

static void touch(const graph *g, state *s, int32_t v) {
  node *x = &s->nodes[s->n_touched++];
  x->id = v;
  s->slots[v] = (int32_t)s->n_touched;
  if (!is_sieved(g)) return;
  double sum = 0;
  if (!g->kept || g->kept[v])
    for (int64_t j = start(g, v); j < start(g, v + 1); j++) {
      double f = factor(g, j);
      if (f) sum += f * value(g, j) * g->degree[g->columns[j]];
    }
  s->work += start(g, v + 1) - start(g, v);
  s->scale[s->n_touched - 1] = sum > 0 ? g->degree[v] / sum : 0;
  x->degree = sum;
}

static inline node *at(const graph *g, state *s, int32_t v) {
  if (!s->slots[v]) touch(g, s, v);
  return &s->nodes[s->slots[v] - 1];
}

/* Look up the degrees and hubs of what was touched since: not as it is touched, so that none is waited for. */
static void know(const graph *g, state *s) {
  if (!is_sieved(g))
    for (int64_t i = s->n_known; i < s->n_touched; i++) {
      if (i + AHEAD < s->n_touched) __builtin_prefetch(&g->degree[s->nodes[i + AHEAD].id]);
      s->nodes[i].degree = g->degree[s->nodes[i].id];
    }
  if (s->around)
    for (int64_t i = s->n_known; i < s->n_touched; i++) {
      if (i + AHEAD < s->n_touched) __builtin_prefetch(&s->around->near[s->nodes[i + AHEAD].id]);
      s->near[i] = s->around->near[s->nodes[i].id];
    }
  s->n_known = s->n_touched;
}

/* Put the restart's shares on their nodes; return the share that lies on nodes without an edge,
   and which those are. */
double push_begin(const graph *g, state *s, const int64_t *seeds, const double *shares, int64_t count,
                  uint8_t *is_stuck) {
  double stuck = 0;
  for (int64_t i = 0; i < count; i++) at(g, s, (int32_t)seeds[i]);
  know(g, s);
  for (int64_t i = 0; i < count; i++) {
    node *x = at(g, s, (int32_t)seeds[i]);
    if (x->degree > 0) x->y += shares[i] / x->degree;
    else stuck += shares[i], is_stuck[i] = 1;
  }
  return stuck;
}

static inline void give(const graph *g, state *s, int64_t j, double c) {
  int32_t v = g->columns[j];
  double f = 1;
  if (is_sieved(g) && !(f = factor(g, j))) return;
  node *x = at(g, s, v);
  x->y += is_sieved(g) ? c * (f * value(g, j)) * s->scale[x - s->nodes] : c * value(g, j);
  if (x->round != s->round) {
    x->round = s->round;
    s->reached[s->n_frontier++] = (int32_t)(x - s->nodes);
  }
}

/* Push in rounds until no node's y is `least` or more. */
void push_until(const graph *g, state *s, double damping, double least) {
  int64_t n = 0;
  for (int64_t i = 0; i < s->n_touched; i++)
    if (s->nodes[i].y >= least) s->frontier[n++] = (int32_t)i;
  while (n) {
    s->round++;
    s->n_frontier = 0;
    s->pushes += n;
    for (int64_t i = 0; i < n; i++) {
      node *x = &s->nodes[s->frontier[i]];
      s->mass[i] = x->y;
      x->q += (1 - damping) * x->y;
      x->y = 0;
    }
    for (int64_t i = 0; i < n; i++) {
      int32_t u = s->nodes[s->frontier[i]].id;
      int64_t j = start(g, u), end = start(g, u + 1);
      double c = damping * s->mass[i];
      s->work += end - j;
      if (i + 9 < n) prefetch_start(g, s->nodes[s->frontier[i + 9]].id);
      if (i + 3 < n) prefetch_row(g, s->nodes[s->frontier[i + 3]].id);
      if (i + 1 < n) prefetch_slots(g, s, s->nodes[s->frontier[i + 1]].id);
      for (int64_t far = j + SOON - AHEAD; j < end; j++) {
        if (j >= far && j + AHEAD < end) __builtin_prefetch(&s->slots[g->columns[j + AHEAD]], 1);
        give(g, s, j, c);
      }
    }
    int64_t next = 0;
    for (int64_t i = 0; i < s->n_frontier; i++)
      if (s->nodes[s->reached[i]].y >= least) s->frontier[next++] = s->reached[i];
    n = next;
  }
}

typedef struct {
  double lower, upper;
  int64_t node;
} bound;

/* Whether a stands behind b: lower, or as low and of a higher number. */
static inline int behind(const bound *a, const bound *b) {
  return a->lower < b->lower || (a->lower == b->lower && a->node > b->node);
}

static void sift(bound *heap, int64_t n, int64_t at) {
  for (;;) {
    int64_t least = at, left = 2 * at + 1;
    if (left < n && behind(&heap[left], &heap[least])) least = left;
    if (left + 1 < n && behind(&heap[left + 1], &heap[least])) least = left + 1;
    if (least == at) return;
    bound swap = heap[at];
    heap[at] = heap[least];
    heap[least] = swap;
    at = least;
  }
}

/* Offer a bound to a heap of at most k whose root stands behind all others. */
static void offer(bound *heap, int64_t *n, int64_t k, const bound *one) {
  if (*n < k) {
    int64_t at = (*n)++;
    heap[at] = *one;
    for (; at && behind(&heap[at], &heap[(at - 1) / 2]); at = (at - 1) / 2) {
      bound swap = heap[at];
      heap[at] = heap[(at - 1) / 2];
      heap[(at - 1) / 2] = swap;
    }
  } else if (behind(&heap[0], one)) {
    heap[0] = *one;
    sift(heap, k, 0);
  }
}

/* Return where a node stands among the hubs, -1 for one that does not. */
static int64_t place_of(const spread *around, int32_t v) {
  int64_t low = 0, high = around->n;
  while (low < high) {
    int64_t middle = (low + high) / 2;
    if (around->nodes[middle] < v) low = middle + 1;
    else high = middle;
  }
  return low < around->n && around->nodes[low] == v ? around->places[low] : -1;
}

/* Bound what the walk from a node of this degree meets from its second step on. */
static inline double later(const graph *g, const state *s, double most, int64_t hub, double degree) {
  double met = most * degree;
  if (hub < 0) return met;
  double other = (is_sieved(g) ? sqrt(degree) : s->around->norms[hub]) * s->norm;
  return other < met ? other : met;
}

/* Bound what a node lacks beyond what it holds itself. */
static inline double lacks(const graph *g, const state *s, double damping, double most, int64_t hub, double degree) {
  if (hub < 0) return damping * most * degree;
  double met = most * degree, first = s->grown * s->around->heaviest[hub] * s->sums[s->around->groups[hub]];
  return damping * ((1 - damping) * (first < met ? first : met) + damping * later(g, s, most, hub, degree));
}

/* Return the largest y and put the k nodes of `among` with the highest lower bounds in `heap`.
   `counts` gets how many those are, and how many nodes hold mass and were never pushed: 0 if the
   walker comes to no other node at all. */
double push_best(const graph *g, state *s, double damping, const uint8_t *among, int64_t k, bound *heap, int64_t *counts) {
  double most = 0;
  double square = 0;
  int64_t found = 0, open = 0;
  know(g, s);
  if (s->around) memset(s->sums, 0, GROUPS * sizeof *s->sums);
  for (int64_t i = 0; i < s->n_touched; i++) {
    const node *x = &s->nodes[i];
    int32_t v = x->id;
    if (x->y > most) most = x->y;
    if (x->q == 0 && x->y > 0) open++;
    square += x->degree * x->y * x->y;
    if (s->around && x->y > 0) {
      for (uint32_t bits = s->near[i]; bits; bits &= bits - 1) s->sums[__builtin_ctz(bits)] += x->y;
    }
    if (among && !among[v]) continue;
    bound one = {(x->q + (1 - damping) * x->y) * x->degree, 0, v};
    if (one.lower > 0) offer(heap, &found, k, &one);
  }
  counts[0] = found;
  counts[1] = open;
  s->norm = sqrt(square);
  for (int64_t i = 0; i < found; i++) {
    int32_t v = (int32_t)heap[i].node;
    heap[i].upper = heap[i].lower + lacks(g, s, damping, most, s->around ? place_of(s->around, v) : -1, s->nodes[s->slots[v] - 1].degree);
  }
  return most;
}

/* Mark the nodes of a heap, or take the marks off: a round below 0. */
static void mark(state *s, const bound *heap, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    node *x = &s->nodes[s->slots[heap[i].node] - 1];
    x->round = ~x->round;
  }
}

/* Put the nodes that may still pass `bar` and are not in `heap` in `doubtful`, at most `room`;
   return how many there are, or -1 if there may be more. `hubs` are the nodes of the highest
   degrees, in order: the first of them are those of which more is known. */
int64_t push_doubtful(const graph *g, state *s, double damping, double most, double bar, const uint8_t *among,
                      const int32_t *hubs, int64_t n_hubs, const bound *heap,
                      int64_t in_heap, bound *doubtful, int64_t room) {
  int64_t n = 0, i = 0;
  double slack = damping * most;
  if (n_hubs > 2 * room && slack * (g->degree[hubs[2 * room]] * s->grown) > bar) return -1; /* more than are looked at closer */
  mark(s, heap, in_heap);
  for (int64_t i = 0; i < s->n_touched && n <= room; i++) {
    const node *x = &s->nodes[i];
    int32_t v = x->id;
    if (x->round < 0 || (among && !among[v]) || x->degree == 0) continue;
    double lower = (x->q + (1 - damping) * x->y) * x->degree, upper = lower + slack * x->degree;
    if (upper > bar && s->around) upper = lower + lacks(g, s, damping, most, place_of(s->around, v), x->degree);
    if (upper > bar && n++ < room) doubtful[n - 1] = (bound){lower, upper, v};
  }
  mark(s, heap, in_heap);
  for (; i < n_hubs && n <= room; i++) {
    int32_t v = hubs[i];
    double degree = g->degree[v] * s->grown, upper = slack * degree;
    if (upper <= bar || upper == 0) break;
    if (s->around && i < s->around->n) upper = lacks(g, s, damping, most, i, degree);
    if (upper <= bar) continue;
    if (!s->slots[v] && (!among || among[v]) && (!g->kept || g->kept[v]) && n++ < room)
      doubtful[n - 1] = (bound){0, upper, v};
  }
  return n > room || (i == n_hubs && n_hubs && n_hubs < g->n) ? -1 : n;
}

/* Tighten bounds by what the neighbours hold: one step of the walk, read instead of pushed. */
void push_tighten(const graph *g, state *s, double damping, double most, bound *bounds, int64_t count) {
  int64_t edges = start(g, g->n);
  for (int64_t i = 0; i < count; i++) {
    int32_t v = (int32_t)bounds[i].node;
    at(g, s, v);
    know(g, s);
    const node *x = at(g, s, v);
    double held = 0;
    int64_t j = start(g, v), end = start(g, v + 1);
    s->work += end - j;
    for (; j < end; j++) {
      if (j + AHEAD < edges) __builtin_prefetch(&s->slots[g->columns[j + AHEAD]]);
      int32_t slot = s->slots[g->columns[j]];
      if (!slot || s->nodes[slot - 1].y == 0) continue;
      double f = is_sieved(g) ? factor(g, j) : 1;
      if (!f) continue;
      /* moves[v, u] is by the degree of u in the whole graph */
      held += (f * value(g, j)) * g->degree[g->columns[j]] * s->nodes[slot - 1].y;
    }
    double lower = (x->q + (1 - damping) * x->y) * x->degree + damping * (1 - damping) * held;
    int64_t hub = s->around ? place_of(s->around, v) : -1;
    double upper = lower + damping * damping * later(g, s, most, hub, x->degree);
    bounds[i].lower = lower;
    if (upper < bounds[i].upper) bounds[i].upper = upper;
  }
}

/* Write the touched nodes with their scores, forget everything; return the mass still to push. */
double push_end(const graph *g, state *s, double damping, double times, int64_t *nodes, double *scores) {
  double left = 0;
  know(g, s);
  for (int64_t i = 0; i < s->n_touched; i++) {
    if (i + AHEAD < s->n_touched) __builtin_prefetch(&s->slots[s->nodes[i + AHEAD].id], 1);
    node *x = &s->nodes[i];
    left += x->y * x->degree;
    if (nodes) {
      nodes[i] = x->id;
      scores[i] = (x->q + (1 - damping) * x->y) * x->degree * times;
    }
    s->slots[x->id] = 0;
    memset(x, 0, sizeof *x);
  }
  s->n_touched = s->n_known = s->n_frontier = s->work = s->pushes = 0;
  s->round = 0;
  s->around = NULL;
  return left;
}

/* Return |y|, the root of the sum of degree * y^2. */
static double length(const graph *g, state *s) {
  double square = 0;
  know(g, s);
  for (int64_t i = 0; i < s->n_touched; i++) square += s->nodes[i].degree * s->nodes[i].y * s->nodes[i].y;
  return sqrt(square);
}

/* Tighten the bounds of a node by a walk from there, `back`, where it meets what is left over here:
   until what it leaves itself is as short as `wanted`, or it has read `room` edges. Return how many. */
int64_t push_meet(const graph *g, state *s, state *back, double damping, double most, double wanted, int64_t room,
                  bound *one) {
  int32_t v = (int32_t)one->node;
  at(g, s, v);
  know(g, s);
  at(g, back, v);
  know(g, back);
  double degree = at(g, s, v)->degree, least = 1 / degree, short_ = 0;
  back->nodes[0].y = least;
  while ((short_ = length(g, back)) > wanted && back->work < room) push_until(g, back, damping, least *= 0.5);
  double met = 0, left = 0;
  for (int64_t i = 0; i < back->n_touched; i++) {
    if (i + AHEAD < back->n_touched) __builtin_prefetch(&s->slots[back->nodes[i + AHEAD].id]);
    const node *x = &back->nodes[i];
    int32_t slot = s->slots[x->id];
    left += x->y * x->degree;
    if (slot) met += (x->q + (1 - damping) * x->y) * x->degree * s->nodes[slot - 1].y;
  }
  double rest = most * left, other = short_ * s->norm;
  double lower = (at(g, s, v)->q + met) * degree, upper = lower + damping * (other < rest ? other : rest) * degree;
  if (lower > one->lower) one->lower = lower;
  if (upper < one->upper) one->upper = upper;
  int64_t read = back->work;
  push_end(g, back, damping, 1, NULL, NULL);
  return read;
}

/* Also made for wider registers, chosen as the library is loaded: walks lie side by side in them, so
   no sum runs in another order and the bytes are the same. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

/* One step of power iteration for `count` restarts, each a column of (n, count) arrays:
   moved = damping * moves @ scores + back * restart; `change` gets the L1 change of each. */
#define STEP(NAME, REAL)                                                                            \
  WIDE void NAME(const graph *g, const REAL *values, const REAL *scores, const REAL *restarts,           \
            REAL damping, const REAL *back, int64_t count, REAL *moved, double *change) {           \
    int64_t last = start(g, g->n);                                                                  \
    memset(change, 0, count * sizeof *change);                                                      \
    for (int64_t u = 0; u < g->n; u++) {                                                            \
      REAL sums[BLOCK] = {0};                                                                       \
      int64_t end = start(g, u + 1);                                                                \
      if (count == BLOCK) {                                                                         \
        for (int64_t j = start(g, u); j < end; j++) {                                               \
          const REAL *from = scores + (int64_t)g->columns[j] * BLOCK;                               \
          if (j + 6 < last) {                                                                       \
            const REAL *soon = scores + (int64_t)g->columns[j + 6] * BLOCK;                         \
            __builtin_prefetch(soon);                                                               \
            __builtin_prefetch(soon + BLOCK / 2);                                                   \
          }                                                                                         \
          REAL w = values[j];                                                                       \
          for (int c = 0; c < BLOCK; c++) sums[c] += w * from[c];                                   \
        }                                                                                           \
      } else if (count == 1) {                                                                      \
        REAL sum = 0;                                                                               \
        for (int64_t j = start(g, u); j < end; j++) sum += values[j] * scores[g->columns[j]];       \
        sums[0] = sum;                                                                              \
      } else {                                                                                      \
        for (int64_t j = start(g, u); j < end; j++) {                                               \
          const REAL *from = scores + (int64_t)g->columns[j] * count;                               \
          REAL w = values[j];                                                                       \
          for (int64_t c = 0; c < count; c++) sums[c] += w * from[c];                               \
        }                                                                                           \
      }                                                                                             \
      for (int64_t c = 0; c < count; c++) {                                                         \
        int64_t at = u * count + c;                                                                 \
        REAL value = damping * sums[c] + back[c] * restarts[at];                                    \
        double by = (double)value - (double)scores[at];                                             \
        change[c] += by < 0 ? -by : by;                                                             \
        moved[at] = value;                                                                          \
      }                                                                                             \
    }                                                                                               \
  }
#define BLOCK 16
STEP(power_step_f64, double)
STEP(power_step_f32, float)
