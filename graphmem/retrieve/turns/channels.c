/* The sum of channels, in the order in which channels.py adds them up in numpy: both give the same bytes. */
#include <stddef.h>

#include "turns.h"

/* One channel of a sum: a value of each turn, shifted and scaled. */
typedef struct {
  const double *values;
  double weight, mean, deviation;
} channel;

#define AT_ONCE 1024

/* Sum n turns: what is said of the cell of each, then of its session, then each channel in its turn. `sessions`:
   NULL where nothing is said of them. */
WIDE void weighted_sum(const channel *channels, int64_t n_channels, const double *cells, const int32_t *cell,
                       const double *sessions, const int32_t *session, int64_t n, double *total) {
  for (int64_t begin = 0; begin < n; begin += AT_ONCE) {
    int64_t end = begin + AT_ONCE < n ? begin + AT_ONCE : n;
    for (int64_t i = begin; i < end; i++) total[i] = cells[cell[i]];
    if (sessions) for (int64_t i = begin; i < end; i++) total[i] += sessions[session[i]];
    for (int64_t c = 0; c < n_channels; c++) {
      const double *values = channels[c].values;
      double weight = channels[c].weight, mean = channels[c].mean, deviation = channels[c].deviation;
      if (mean == 0 && deviation == 1) for (int64_t i = begin; i < end; i++) total[i] += weight * values[i];
      else for (int64_t i = begin; i < end; i++) total[i] += weight * ((values[i] - mean) / deviation);
    }
  }
}
