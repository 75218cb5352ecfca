/* The turns that channels are standardised over, and means and deviations over them.

   Sums run in the order in which numpy runs them in reference.py, so both give the same bytes. */
#include <math.h>
#include <string.h>

#include "turns.h"

#define STATES 4 /* as in reference.py, in that order */
enum { ASIDE, PRESENT };

/* Put the cells of n turns, whether each is in a session of somebody whose state is not ASIDE, which those are, and
   how many turns are in each of n_cells; return how many are in such a session: all, where nobody who speaks has
   another state. `state` is of n_states speakers, of nobody
   (-1) last. */
int64_t cells_of(const int32_t *given, const int32_t *speaker, const int32_t *sort, int64_t n, const int32_t *state,
                 int64_t n_states, uint8_t *counted, int32_t *cell, int32_t *inside, int64_t *counts,
                 int64_t n_cells) {
  int64_t found = 0;
  int is_any = 0;
  for (int64_t i = 0; i < n_states; i++) is_any |= state[i] != ASIDE;
  for (int all = !is_any; n && !found; all = 1) { /* once more where they are named and said nothing */
    memset(counts, 0, (size_t)n_cells * sizeof *counts);
    for (int64_t i = 0, end; i < n; i = end) {
      int here = all;
      for (end = i; end < n && given[end] == given[i]; end++) {
        cell[end] = state[speaker[end] < 0 ? n_states - 1 : speaker[end]];
        here |= cell[end] != ASIDE;
      }
      memset(counted + i, here, (size_t)(end - i));
      if (here)
        for (int64_t j = i; j < end; j++) inside[found++] = (int32_t)j;
      for (int64_t j = i; j < end; j++) {
        cell[j] = sort[j] * STATES + (here && cell[j] == ASIDE ? PRESENT : cell[j]);
        counts[cell[j]]++;
      }
    }
  }
  return found;
}

#define LEAF 128

/* Some values of turns: all of them or those `inside`, each one's own or that of its session. */
typedef struct {
  const double *values;
  const int32_t *inside;
  const int32_t *session;
} column;

/* Read up to LEAF of them from `begin` on. */
static void read_leaf(const column *c, int64_t begin, int64_t n, double *own) {
  if (c->inside && c->session)
    for (int64_t i = 0; i < n; i++) own[i] = c->values[c->session[c->inside[begin + i]]];
  else if (c->inside)
    for (int64_t i = 0; i < n; i++) own[i] = c->values[c->inside[begin + i]];
  else if (c->session)
    for (int64_t i = 0; i < n; i++) own[i] = c->values[c->session[begin + i]];
  else memcpy(own, c->values + begin, (size_t)n * sizeof *own);
}

/* Add up to LEAF numbers up in the order of numpy's pairwise sums. */
WIDE static double sum_of(const double *a, int64_t n) {
  double sum = 0;
  if (n < 8) {
    for (int64_t i = 0; i < n; i++) sum += a[i];
    return sum;
  }
  double r[8];
  int64_t i = 8;
  memcpy(r, a, sizeof r);
  for (; i < n - n % 8; i += 8)
    for (int j = 0; j < 8; j++) r[j] += a[i + j];
  sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
  for (; i < n; i++) sum += a[i];
  return sum;
}

WIDE static void square_away(double *a, int64_t n, double mean) {
  for (int64_t i = 0; i < n; i++) a[i] = (a[i] - mean) * (a[i] - mean);
}

/* Add up n values from `begin` on, or the squares of what they are away from a mean. */
static double sum_from(const column *c, int64_t begin, int64_t n, const double *mean) {
  if (n <= LEAF) {
    double own[LEAF];
    read_leaf(c, begin, n, own);
    if (mean) square_away(own, n, *mean);
    return sum_of(own, n);
  }
  int64_t half = n / 2;
  half -= half % 8;
  return sum_from(c, begin, half, mean) + sum_from(c, begin + half, n - half, mean);
}

/* Find the mean of n values, those `inside` if it is not NULL, and their deviation from it; `session`: NULL, or of
   each turn the place of its value. */
void moments(const double *values, const int32_t *session, const int32_t *inside, int64_t n, double *found) {
  column c = {values, inside, session};
  found[0] = n ? sum_from(&c, 0, n, NULL) / (double)n : 0;
  found[1] = n ? sqrt(sum_from(&c, 0, n, found) / (double)n) : 0;
}

/* Whether any value that counts is not 0. */
int64_t any_said(const double *values, const uint8_t *counted, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (counted[i] && values[i] != 0) return 1;
  return 0;
}
