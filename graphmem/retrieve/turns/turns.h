/* What the loops over turns read: the turns of an index, and the postings of a term. */
#ifndef GRAPHMEM_TURNS_H
#define GRAPHMEM_TURNS_H

#include <stdint.h>

#define GAP 5 /* the farthest place that a kernel reaches */
#define PLACES (2 * GAP + 1)
#define NEAR 2048 /* turns that are done at a time */

/* Also made for wider registers, as in kernel.c: what lies side by side in them is never added up, so
   the bytes are the same. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

typedef struct {
  const int32_t *session;           /* of each turn */
  const int32_t *first, *last;      /* turns of each session */
  const float *lengths;             /* of each turn */
  const double *mixed;              /* of each turn: its length and those around it */
  double kernel[PLACES];            /* what a turn lends to those around it, the first GAP before it */
  double fill[GAP + 1][GAP + 1];    /* what makes up for neighbours, by how many are before and behind */
  double lent;                      /* words that a turn lends to each neighbour at most */
  double saturation, share, mean;   /* of a count: K1 and B, and the mean of `mixed` */
  int64_t longest;                  /* turns of the longest session */
} turns;

/* One term: turns that say it, ascending, and how often, in one precision or the other. */
typedef struct {
  const int32_t *rows;
  const float *whole;   /* whole numbers; NULL where the counts are not those of one term */
  const double *counts; /* NULL where they are, or where nobody asks */
  int64_t n;
  double like; /* how much each time counts */
} postings;

static inline double count_of(const postings *term, int64_t i) { return term->whole ? term->whole[i] : term->counts[i]; }

/* The last turn of a session of which some turns behind `begin` are whole: what is read of so many stays near. */
static inline int64_t end_near(const turns *t, int64_t begin, int64_t n) {
  return begin + NEAR < n ? t->last[t->session[begin + NEAR]] : n - 1;
}

#endif
