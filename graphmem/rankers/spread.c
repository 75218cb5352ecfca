/* How walks from hubs spread: the loops of spread.py, sums in the order in which numpy runs them. */
#include <string.h>

#include "graph.h"

/* Mark the neighbours of hubs with the group of each; `heaviest` gets the weight of a hub's heaviest
   edge, parallel ones together, `squares` the square of |P 1|. `sums` (n,) is 0 before and after. */
void spread_once(const graph *g, const int32_t *hubs, const int32_t *groups, int64_t count, double *sums,
                 uint32_t *near, double *heaviest, double *squares) {
  for (int64_t i = 0; i < count; i++) {
    int64_t first = start(g, hubs[i]), end = start(g, hubs[i] + 1);
    double most = 0, total = 0;
    for (int64_t j = first; j < end; j++) {
      if (j + AHEAD < end) {
        int32_t soon = g->columns[j + AHEAD];
        __builtin_prefetch(&sums[soon], 1);
        __builtin_prefetch(&near[soon], 1);
        __builtin_prefetch(&g->degree[soon]);
      }
      near[g->columns[j]] |= (uint32_t)1 << groups[i];
      sums[g->columns[j]] += value(g, j);
    }
    for (int64_t j = first; j < end; j++) {
      int32_t u = g->columns[j];
      double weight = sums[u] * g->degree[u];
      if (weight > most) most = weight;
      total += value(g, j) * weight;
    }
    for (int64_t j = first; j < end; j++) sums[g->columns[j]] = 0;
    heaviest[i] = most;
    squares[i] = total;
  }
}

/* Put the squares of |P² 1| in the place of those of |P 1|, for as many hubs as `room` edges let;
   return how many. `sums` (n,) is 0 before and after, `seen` has room for `room` nodes. */
int64_t spread_twice(const graph *g, const int32_t *hubs, int64_t count, double *sums, int32_t *seen,
                     int64_t room, double *squares) {
  int64_t i = 0;
  for (; i < count; i++) {
    int64_t first = start(g, hubs[i]), end = start(g, hubs[i] + 1), n = 0;
    double total = 0;
    for (int64_t j = first; j < end; j++) {
      if (j + AHEAD < end) {
        const void *soon = g->starts32 ? (const void *)&g->starts32[g->columns[j + AHEAD]] : (const void *)&g->starts64[g->columns[j + AHEAD]];
        __builtin_prefetch(soon);
      }
      room -= start(g, g->columns[j] + 1) - start(g, g->columns[j]);
    }
    if (room < 0) break;
    for (int64_t j = first; j < end; j++) {
      int32_t u = g->columns[j];
      int64_t l = start(g, u), last = start(g, u + 1);
      double by = value(g, j);
      if (j + 2 < end) __builtin_prefetch(&g->columns[start(g, g->columns[j + 2])]);
      for (; l < last; l++) {
        if (l + AHEAD < last) __builtin_prefetch(&sums[g->columns[l + AHEAD]], 1);
        int32_t x = g->columns[l];
        if (sums[x] == 0) seen[n++] = x;
        sums[x] += value(g, l) * by;
      }
    }
    for (int64_t l = 0; l < n; l++) {
      if (l + AHEAD < n) __builtin_prefetch(&g->degree[seen[l + AHEAD]]);
      total += g->degree[seen[l]] * sums[seen[l]] * sums[seen[l]];
      sums[seen[l]] = 0;
    }
    squares[i] = total;
  }
  return i;
}
