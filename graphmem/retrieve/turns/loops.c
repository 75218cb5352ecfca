/* The hot loop of bm25.py: what one word adds to the scores of the turns around those that say it.

   Sums run in the order in which kernels.py and bm25.py run them, so both give the same bytes. */
#include <stdint.h>
#include <string.h>

#define GAP 5 /* the farthest place that a kernel reaches */
#define PLACES (2 * GAP + 1)

typedef struct {
  const int64_t *session;     /* of each turn */
  const int64_t *first, *last; /* turns of each session */
  const double *lent;         /* of each turn: the share of its counts that its neighbours get */
  const double *fill;         /* of each turn: what makes up for neighbours that it lacks */
  const double *norm;         /* of each turn: what a count is saturated by */
  double kernel[PLACES];      /* what a turn lends to those around it, the first GAP before it */
  double *sums, *keeps;       /* room for the longest session and GAP on both sides */
} turns;

/* rows: turns that say the word, ascending; sign: 1 adds to the scores, -1 takes away. */
void bm25_word(const turns *t, const int64_t *rows, const double *counts, int64_t n, double idf,
               double saturation, double sign, double *scores) {
  for (int64_t i = 0; i < n;) {
    int64_t session = t->session[rows[i]], first = t->first[session], last = t->last[session];
    int64_t begin = rows[i] - GAP < first ? first : rows[i] - GAP, stop = i + 1;
    while (stop < n && rows[stop] <= last && rows[stop] - rows[stop - 1] <= 2 * GAP) stop++;
    int64_t end = rows[stop - 1] + GAP > last ? last : rows[stop - 1] + GAP;
    int64_t length = end - begin + 1;
    memset(t->sums, 0, (size_t)(length + 2 * GAP) * sizeof(double));
    memset(t->keeps, 0, (size_t)length * sizeof(double));
    for (; i < stop; i++) { /* rows ascend, so each place is added to in the order of the kernel */
      int64_t at = rows[i] - begin;
      double lent = t->lent[rows[i]], lends = counts[i] * lent;
      double *around = t->sums + at;
      for (int place = 0; place < PLACES; place++) around[place] += t->kernel[place] * lends;
      t->keeps[at] = counts[i] * (1 - lent);
    }
    const double *fill = t->fill + begin, *norm = t->norm + begin;
    double *score = scores + begin;
    for (int64_t j = 0; j < length; j++) {
      double tf = t->sums[j + GAP] * fill[j] + t->keeps[j];
      score[j] += sign * (idf * tf * saturation / (tf + norm[j]));
    }
  }
}
