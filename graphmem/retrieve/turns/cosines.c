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

#define LANES 16 /* rows that are multiplied side by side */

/* n rows that are asked for, and behind them the mean that is taken out. */
typedef struct {
  const int16_t *rows;  /* (n + 1, dim) */
  const double *units;  /* (n + 1,) what 1 of a product with each is worth */
  const double *along;  /* (n,) product of each with the mean */
  const int32_t *sums;  /* (n + 1,) of each row */
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

/* Keep the best cosines, given the products with all rows and the square of the vector's length. */
WIDE static void keep_best(const asked *a, const double *values, double square, double *best) {
  double left = square - 2 * values[a->n] + a->own, inverse = 1 / sqrt(left > a->least ? left : a->least);
  for (int64_t r = 0; r < a->n; r++) {
    double cosine = (values[r] - a->along[r]) * inverse;
    best[r] = cosine > best[r] ? cosine : best[r];
  }
}

static void put_best(const asked *a, const double *own, double *best, int64_t n_turns) {
  for (int64_t r = 0; r < a->n; r++) best[r * n_turns] = own[r];
}

static void no_best(const asked *a, double *own) {
  for (int64_t r = 0; r < a->n; r++) own[r] = -1;
}

/* Of each row that is asked for the best cosine with one of the sentences of each turn, -1 where it has none.
   `begins` are where the half-precision numbers of each turn lie; `wholes` says which whole number each of them
   is, 1 of their squares is worth `unit`. */
void best_of_sentences(const asked *a, const uint16_t *const *begins, const int64_t *counts, int64_t n_turns,
                       const int16_t *wholes, double unit, double *best) {
  int16_t *vector = malloc((size_t)a->dim * sizeof *vector + 64);
  int32_t *found = malloc((size_t)(a->n + 1) * sizeof *found);
  double *values = malloc((size_t)(2 * a->n + 1) * sizeof *values), *own = values + a->n + 1;
  for (int64_t t = 0; t < n_turns; t++) {
    const uint16_t *halves = begins[t];
    no_best(a, own);
    for (int64_t s = 0; s < counts[t]; s++, halves += a->dim) {
      for (int64_t i = 0; i < a->dim; i++) vector[i] = wholes[halves[i]];
      products(a, vector, found);
      for (int64_t r = 0; r <= a->n; r++) values[r] = (double)found[r] * a->units[r];
      keep_best(a, values, (double)square(vector, a->dim) * unit, own);
    }
    put_best(a, own, best + t, n_turns);
  }
  free(vector);
  free(found);
  free(values);
}

/* What each byte of signs, wherever it stands, adds to the products with some rows: (width, 256, LANES). */
static void byte_sums(const asked *a, int64_t first, int64_t width, int32_t *sums) {
  for (int64_t b = 0; b < width; b++, sums += 256 * LANES) {
    memset(sums, 0, LANES * sizeof *sums);
    for (int byte = 1; byte < 256; byte++) {
      int bit = 0; /* the last that is set; the first number is that of the highest */
      while (!(byte >> bit & 1)) bit++;
      const int32_t *rest = sums + LANES * (byte & (byte - 1));
      for (int64_t lane = 0; lane < LANES; lane++)
        sums[LANES * byte + lane] =
            rest[lane] + (first + lane <= a->n ? a->rows[(first + lane) * a->dim + 8 * b + 7 - bit] : 0);
    }
  }
}

WIDE static void add_bytes(const int32_t *sums, const uint8_t *signs, int64_t width, int32_t *found) {
  int32_t own[LANES] = {0};
  for (int64_t b = 0; b < width; b++) {
    const int32_t *more = sums + LANES * (256 * b + signs[b]);
    for (int lane = 0; lane < LANES; lane++) own[lane] += more[lane];
  }
  memcpy(found, own, sizeof own);
}

WIDE static void sign_values(const asked *a, const int32_t *found, double *values) {
  for (int64_t r = 0; r <= a->n; r++) values[r] = (double)(2 * found[r] - a->sums[r]) * a->units[r];
}

/* The same with one of the tokens of each turn, `width` bytes of signs each. */
void best_of_tokens(const asked *a, const uint8_t *const *begins, const int64_t *counts, int64_t n_turns,
                    int64_t width, double square, double *best) {
  int64_t groups = a->n / LANES + 1, size = width * 256 * LANES;
  int32_t *sums = malloc((size_t)(groups * size) * sizeof *sums + 64), found[LANES * groups];
  double *values = malloc((size_t)(2 * a->n + 1) * sizeof *values), *own = values + a->n + 1;
  for (int64_t g = 0; g < groups; g++) byte_sums(a, g * LANES, width, sums + g * size);
  for (int64_t t = 0; t < n_turns; t++) {
    const uint8_t *signs = begins[t];
    no_best(a, own);
    for (int64_t token = 0; token < counts[t]; token++, signs += width) {
      for (int64_t g = 0; g < groups; g++) add_bytes(sums + g * size, signs, width, found + g * LANES);
      sign_values(a, found, values);
      keep_best(a, values, square, own);
    }
    put_best(a, own, best + t, n_turns);
  }
  free(sums);
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
