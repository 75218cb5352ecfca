/* Where a text stands among sorted ones that lie end to end in UTF-8: the loop of places.py.

   Bytes of UTF-8 sort as the characters that they stand for. */
#include <stdint.h>
#include <string.h>

/* Return the first place from `first` up to `stop` whose text is not before `wanted`. */
int64_t text_place(const uint8_t *raw, const int64_t *ends, int64_t first, int64_t stop, const uint8_t *wanted,
                   int64_t length) {
  while (first < stop) {
    int64_t middle = first + (stop - first) / 2;
    int64_t begin = middle ? ends[middle - 1] : 0, size = ends[middle] - begin;
    int order = memcmp(raw + begin, wanted, (size_t)(size < length ? size : length));
    if (order < 0 || (!order && size < length)) first = middle + 1;
    else stop = middle;
  }
  return first;
}
