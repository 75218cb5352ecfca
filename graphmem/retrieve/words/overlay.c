/* The rows of a column of a table between whose rows others were put: the loop of overlay.py. */
#include <stdint.h>
#include <string.h>

static int64_t first_from(const int32_t *rows, int64_t low, int64_t high, int64_t row) {
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Move n rows up behind those that were put before them, at `put`, ascending, and put the new rows of the
   column, which are some of these, between them. There is room for all of them in what is found. */
void put_between(const int32_t *rows, const float *entries, int64_t n, const int64_t *put, int64_t n_put,
                 const int64_t *added, const float *theirs, int64_t n_added, int32_t *found_rows,
                 float *found_entries) {
  int64_t done = 0, at = 0;
  for (int64_t ahead = 0; ahead <= n_put; ahead++) {
    int64_t stop = ahead < n_put ? first_from(rows, at, n, put[ahead] - ahead) : n;
    int32_t *moved = found_rows + at + done;
    for (int64_t i = at; i < stop; i++) moved[i - at] = rows[i] + (int32_t)ahead;
    memcpy(found_entries + at + done, entries + at, (size_t)(stop - at) * sizeof *entries);
    at = stop;
    if (ahead < n_put && done < n_added && added[done] == put[ahead]) {
      found_rows[at + done] = (int32_t)added[done];
      found_entries[at + done] = theirs[done];
      done++;
    }
  }
}
