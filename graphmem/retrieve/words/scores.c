/* The hot loops of a search over passages: what is like a question by letters, lengths of texts.

   Sums run in the order in which numpy and scipy run them over whole tables in counts.py and
   trigrams.py, the terms of a text ascending; what adds nothing is left out, so both give the same
   bytes. */
#include <math.h>
#include <stdint.h>

#define SOON 8 /* terms whose postings are asked for before they are read */
#define NEXT 4 /* terms whose first text is */

/* Also made for wider registers, as in kernel.c: what lies side by side in them is never added up, so
   the bytes are the same. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

/* A table that stays as it is, looked up one way. */
typedef struct {
  const int64_t *starts;
  const int32_t *columns;
  const float *counts;
  const double *damped;   /* of each count: what it comes to */
  const int32_t *numbers; /* NULL, or the number of now of each term of the table */
  const int32_t *texts;   /* NULL, or the text that each row is, -1 for one that is not meant */
} table;

static inline int32_t text_of(const table *t, int64_t row) { return t->texts ? t->texts[row] : (int32_t)row; }

/* By term: add to each text what some terms, ascending, are like the question. */
void add_likeness(const table *t, const int32_t *terms, const double *likeness, int64_t n, double *scores) {
  for (int64_t i = 0; i < n; i++) {
    if (i + SOON < n) {
      __builtin_prefetch(t->columns + t->starts[terms[i + SOON]]);
      __builtin_prefetch(t->counts + t->starts[terms[i + SOON]]);
      if (!t->texts) __builtin_prefetch(scores + t->columns[t->starts[terms[i + NEXT]]]);
    }
    for (int64_t j = t->starts[terms[i]]; j < t->starts[terms[i] + 1]; j++) {
      int32_t text = text_of(t, t->columns[j]);
      if (text >= 0) scores[text] += t->damped[(int32_t)t->counts[j]] * likeness[i];
    }
  }
}

/* By text: of each of n rows whose score is above 0 the length of its vector of damped counts times weights of
   terms, where it is not known, which is below 0. */
void fill_norms(const table *t, int64_t n, const double *weights, const double *scores, double *norms) {
  for (int64_t row = 0; row < n; row++) {
    int32_t text = text_of(t, row);
    if (text < 0 || !(scores[text] > 0) || norms[text] >= 0) continue;
    double sum = 0;
    for (int64_t j = t->starts[row]; j < t->starts[row + 1]; j++) {
      int32_t term = t->numbers ? t->numbers[t->columns[j]] : t->columns[j];
      double part = weights[term] * t->damped[(int32_t)t->counts[j]];
      sum += part * part;
    }
    norms[text] = sqrt(sum);
  }
}

/* By text: of each of n rows what its terms are like the question. */
void row_likeness(const table *t, int64_t n, const double *likeness, double *scores) {
  for (int64_t row = 0; row < n; row++) {
    int32_t text = text_of(t, row);
    if (text < 0) continue;
    double sum = 0;
    for (int64_t j = t->starts[row]; j < t->starts[row + 1]; j++)
      sum += t->damped[(int32_t)t->counts[j]] * likeness[t->columns[j]];
    scores[text] = sum;
  }
}

/* Divide scores, none below 0, by the lengths of their texts, those that have one, and that of the
   question. */
WIDE void over_norms(double *scores, const double *norms, int64_t n, double length) {
  for (int64_t i = 0; i < n; i++) {
    double by = norms[i] * length;
    scores[i] /= by > 0 ? by : 1;
  }
}

#define LANES 16

/* The best of some scores, 0 at least; what is below 0 becomes 0. */
WIDE static double best_of(double *scores, int64_t n) {
  double top[LANES] = {0}, most = 0;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int j = 0; j < LANES; j++) {
      double score = scores[i + j] > 0 ? scores[i + j] : 0;
      scores[i + j] = score;
      top[j] = score > top[j] ? score : top[j];
    }
  for (; i < n; i++) {
    scores[i] = scores[i] > 0 ? scores[i] : 0;
    most = scores[i] > most ? scores[i] : most;
  }
  for (int j = 0; j < LANES; j++) most = top[j] > most ? top[j] : most;
  return most;
}

/* Make scores shares of the best; what is below 0 is 0. */
WIDE void as_shares(double *scores, int64_t n) {
  double top = best_of(scores, n);
  if (top > 0) for (int64_t i = 0; i < n; i++) scores[i] /= top;
}

/* Of each of n rows of values, which begin at `starts`, the largest; none below 0. */
void best_of_rows(const int64_t *starts, int64_t n, const double *values, double *best) {
  for (int64_t row = 0; row < n; row++) {
    double most = 0;
    for (int64_t j = starts[row]; j < starts[row + 1]; j++) most = values[j] > most ? values[j] : most;
    best[row] = most;
  }
}
