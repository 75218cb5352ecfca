/* Cosines of vectors as sums of whole numbers: the order in which these are added up changes nothing, so what
   is compiled for wider registers, or done by numpy in cosines.py, gives the same bytes. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#if __GNUC__ >= 12
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define WIDE __attribute__((target_clones("avx2", "default")))
#endif
#else
#define WIDE
#endif

/* n rows that are asked for, and behind them the mean that is taken out. */
typedef struct {
  const int16_t *rows;  /* (n + 1, dim) */
  const double *units;  /* (n + 1,) what 1 of a product with each is worth */
  const double *along;  /* (n,) product of each with the mean */
  const int64_t *sums;  /* (n + 1,) of each row */
  int64_t n, dim;
  double own;           /* the square of the mean's length */
  double least;         /* of the square of what is left of a length */
} asked;

/* Products of one vector with all rows. */
WIDE static void products(const asked *a, const int16_t *vector, int32_t *found) {
  for (int64_t r = 0; r <= a->n; r++) {
    const int16_t *row = a->rows + r * a->dim;
    int32_t sum = 0;
    for (int64_t i = 0; i < a->dim; i++) sum += (int32_t)vector[i] * (int32_t)row[i];
    found[r] = sum;
  }
}

WIDE static int32_t square(const int16_t *vector, int64_t dim) {
  int32_t sum = 0;
  for (int64_t i = 0; i < dim; i++) sum += (int32_t)vector[i] * (int32_t)vector[i];
  return sum;
}

static void keep_best(const asked *a, const double *values, double square, double *best, int64_t step) {
  double left = square - 2 * values[a->n] + a->own, norm = sqrt(left > a->least ? left : a->least);
  for (int64_t r = 0; r < a->n; r++) {
    double cosine = (values[r] - a->along[r]) / norm;
    if (cosine > best[r * step]) best[r * step] = cosine;
  }
}

/* Of each row that is asked for the best cosine with one of the sentences of each turn. `begins` are where the
   half-precision numbers of each turn lie; `wholes` says which whole number each of them is, 1 of their squares
   is worth `unit`. */
void best_of_sentences(const asked *a, const uint16_t *const *begins, const int64_t *counts, int64_t n_turns,
                       const int16_t *wholes, double unit, double *best) {
  int16_t *vector = malloc((size_t)a->dim * sizeof *vector + 64);
  int32_t *found = malloc((size_t)(a->n + 1) * sizeof *found);
  double *values = malloc((size_t)(a->n + 1) * sizeof *values);
  for (int64_t t = 0; t < n_turns; t++) {
    const uint16_t *halves = begins[t];
    for (int64_t s = 0; s < counts[t]; s++, halves += a->dim) {
      for (int64_t i = 0; i < a->dim; i++) vector[i] = wholes[halves[i]];
      products(a, vector, found);
      for (int64_t r = 0; r <= a->n; r++) values[r] = (double)found[r] * a->units[r];
      keep_best(a, values, (double)square(vector, a->dim) * unit, best + t, n_turns);
    }
  }
  free(vector);
  free(found);
  free(values);
}

/* The same with one of the tokens of each turn, `width` bytes of signs each; `bits` are the eight of each byte. */
void best_of_tokens(const asked *a, const uint8_t *const *begins, const int64_t *counts, int64_t n_turns,
                    int64_t width, const int16_t *bits, double square, double *best) {
  int16_t *vector = malloc((size_t)a->dim * sizeof *vector + 64);
  int32_t *found = malloc((size_t)(a->n + 1) * sizeof *found);
  double *values = malloc((size_t)(a->n + 1) * sizeof *values);
  for (int64_t t = 0; t < n_turns; t++) {
    const uint8_t *signs = begins[t];
    for (int64_t token = 0; token < counts[t]; token++, signs += width) {
      for (int64_t b = 0; b < width; b++) memcpy(vector + 8 * b, bits + 8 * signs[b], 8 * sizeof *bits);
      products(a, vector, found);
      for (int64_t r = 0; r <= a->n; r++) values[r] = (double)(2 * (int64_t)found[r] - a->sums[r]) * a->units[r];
      keep_best(a, values, square, best + t, n_turns);
    }
  }
  free(vector);
  free(found);
  free(values);
}

/* Round n rows to whole numbers of a byte. `units` are what 1 is worth in each, `squares` the square of the
   length of each, in units. */
WIDE void code_rows(const float *rows, int64_t n, int64_t dim, int8_t *codes, double *units, int32_t *squares) {
  for (int64_t r = 0; r < n; r++, rows += dim, codes += dim) {
    float most = 0;
    for (int64_t i = 0; i < dim; i++) {
      float size = fabsf(rows[i]);
      most = size > most ? size : most;
    }
    units[r] = (double)most / INT8_MAX;
    double times = most > 0 ? INT8_MAX / (double)most : 0;
    int32_t sum = 0;
    for (int64_t i = 0; i < dim; i++) {
      codes[i] = (int8_t)rint((double)rows[i] * times);
      sum += (int32_t)codes[i] * (int32_t)codes[i];
    }
    squares[r] = sum;
  }
}

/* Products of n coded rows with one row. */
WIDE void code_products(const int8_t *codes, int64_t n, int64_t dim, const int16_t *row, int32_t *found) {
  for (int64_t r = 0; r < n; r++, codes += dim) {
    int32_t sum = 0;
    for (int64_t i = 0; i < dim; i++) sum += (int32_t)codes[i] * (int32_t)row[i];
    found[r] = sum;
  }
}

/* Add n rows, in so many parts of one, to whole sums. */
void add_rows(const float *rows, int64_t n, int64_t dim, double parts, int64_t *sums) {
  for (int64_t r = 0; r < n; r++, rows += dim)
    for (int64_t i = 0; i < dim; i++) sums[i] += (int64_t)rint((double)rows[i] * parts);
}

/* Spread what stands at the turns of each session over those around them inside it, in the order of the
   kernel, whose first weight is of the turn `reach` before. */
WIDE void spread_inside(const double *values, const int32_t *first, const int32_t *last, int64_t n_sessions,
                        const double *kernel, int64_t reach, double *total) {
  for (int64_t s = 0; s < n_sessions; s++) {
    int64_t begin = first[s], end = last[s] + 1;
    memset(total + begin, 0, (size_t)(end - begin) * sizeof *total);
    for (int64_t away = -reach; away <= reach; away++) {
      double weight = kernel[away + reach];
      int64_t from = away < 0 ? begin - away : begin, to = away > 0 ? end - away : end;
      for (int64_t i = from; i < to; i++) total[i] += values[i + away] * weight;
    }
  }
}
