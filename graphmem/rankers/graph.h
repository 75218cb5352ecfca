/* A graph as the rankers' loops take it: rows of `moves`, and the part of them that is walked. */
#ifndef GRAPH_H
#define GRAPH_H
#include <stdint.h>

typedef struct {
  int64_t n;
  const int32_t *starts32; /* where each row begins: one of these two */
  const int64_t *starts64;
  const int32_t *columns;
  const float *values32; /* moves[u, v]: one of these two */
  const double *values64;
  const double *degree;
  const uint8_t *kept;    /* NULL: all nodes may be walked */
  const uint8_t *kinds;   /* NULL: all edges count as they are */
  const double *factors;  /* of each kind */
  const int32_t *makers;  /* NULL, or the node that must be kept for the edge to be there; -1: none */
} graph;

#define GROUPS 32 /* of hubs, a bit each */

/* See spread.py. */
typedef struct {
  const int32_t *nodes;   /* in order of their numbers, */
  const int32_t *places;  /* and where each stands below */
  const int32_t *groups;
  const double *heaviest, *norms;
  const uint32_t *near; /* of each node of the graph */
  int64_t n;
} spread;

#define AHEAD 16 /* edges of which what they lead to is asked for before it is read */

static inline int64_t start(const graph *g, int64_t u) {
  return g->starts32 ? g->starts32[u] : g->starts64[u];
}
static inline double value(const graph *g, int64_t j) {
  return g->values32 ? (double)g->values32[j] : g->values64[j];
}
#endif
