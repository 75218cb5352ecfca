/* Ascending numbers held against each other: the loops of ordered.py. */
#include "ordered.h"

/* Add a weight where some numbers are among ascending ones. */
void add_among(const int64_t *wanted, int64_t n_wanted, const int32_t *ordered, int64_t n, double weight,
               double *sums) {
  int64_t at = 0; /* none of the ordered before it is as high as the number wanted */
  for (int64_t i = 0; i < n_wanted; i++) {
    at = not_below(ordered, n, i && wanted[i] < wanted[i - 1] ? 0 : at, wanted[i]);
    if (at < n && ordered[at] == wanted[i]) sums[i] += weight;
  }
}

#define FEW_OF 16 /* times as many numbers as there are of others, from which these are looked up one by one */

/* Put the numbers that are among both of two ascending lists in `found`; return how many. */
int64_t common(const int32_t *one, int64_t n_one, const int32_t *other, int64_t n_other, int32_t *found) {
  int64_t n = 0, at = 0;
  if (n_one < FEW_OF * n_other && n_other < FEW_OF * n_one) { /* no branch that a processor could not foretell */
    for (int64_t i = 0; i < n_one && at < n_other;) {
      int32_t first = one[i], second = other[at];
      found[n] = first;
      n += first == second;
      i += first <= second;
      at += second <= first;
    }
    return n;
  }
  for (int64_t i = 0; i < n_one && at < n_other;) {
    at = not_below(other, n_other, at, one[i]);
    if (at == n_other) break;
    if (other[at] == one[i]) found[n++] = one[i++];
    else i = not_below(one, n_one, i, other[at]);
  }
  return n;
}

/* Add a weight where some ascending numbers, each moved by `shift`, are among others. */
void add_common(const int32_t *wanted, int64_t n_wanted, int64_t shift, const int32_t *ordered, int64_t n,
                double weight, double *sums) {
  int64_t at = 0;
  for (int64_t i = 0; i < n_wanted && at < n;) {
    at = not_below(ordered, n, at, wanted[i] + shift);
    if (at == n) break;
    if (ordered[at] == wanted[i] + shift) sums[i++] += weight;
    else i = not_below(wanted, n_wanted, i, ordered[at] - shift);
  }
}

/* Put the numbers of an ascending list that lie in one of some rows, ascending as well, in `found`; return how
   many. Row r is of the numbers from indptr[r] to before indptr[r + 1]. */
int64_t in_rows(const int32_t *ordered, int64_t n, const int64_t *rows, int64_t n_rows, const int64_t *indptr,
                int32_t *found) {
  int64_t held = 0, at = 0;
  for (int64_t i = 0; i < n_rows && at < n;) {
    at = not_below(ordered, n, at, indptr[rows[i]]);
    for (; at < n && ordered[at] < indptr[rows[i] + 1]; at++) found[held++] = ordered[at];
    if (at == n) break;
    int64_t low = i + 1, high = low, step = 1;
    while (high < n_rows && indptr[rows[high] + 1] <= ordered[at]) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    if (high > n_rows) high = n_rows;
    while (low < high) {
      int64_t middle = low + (high - low) / 2;
      if (indptr[rows[middle] + 1] <= ordered[at]) low = middle + 1;
      else high = middle;
    }
    i = low;
  }
  return held;
}

/* Put the turns of some sorts in `found`, ascending; return how many. */
int64_t of_sorts(const int32_t *sort, int64_t n, const uint8_t *is_meant, int32_t *found) {
  int64_t held = 0;
  for (int64_t i = 0; i < n; i++) {
    if (is_meant[sort[i]]) found[held++] = (int32_t)i;
  }
  return held;
}
