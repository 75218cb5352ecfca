/* Ascending numbers: a place among them, found by steps that double. */
#ifndef ORDERED_H
#define ORDERED_H
#include <stdint.h>

/* Where the first of some ascending numbers from `at` on is that is not below one. */
static inline int64_t not_below(const int32_t *ordered, int64_t n, int64_t at, int64_t least) {
  int64_t low = at, high = at, step = 1;
  while (high < n && ordered[high] < least) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > n) high = n;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (ordered[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

#endif
