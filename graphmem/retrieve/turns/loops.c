/* The hot loops of a search over turns: what words are worth, scaling, ranks, sums, what others say.

   Sums run in the order in which numpy runs them in bm25.py, reference.py, channels.py and
   evidence.py, so both give the same bytes. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define GAP 5   /* the farthest place that a kernel reaches */
#define REACH 4 /* the farthest turn whose words count as said around a turn */
#define PLACES (2 * GAP + 1)
#define NEAR 2048 /* turns that are done at a time */

/* Also made for wider registers, as in kernel.c: what lies side by side in them is never added up, so
   the bytes are the same. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

typedef struct {
  const int32_t *session;           /* of each turn */
  const int32_t *first, *last;      /* turns of each session */
  const float *lengths;             /* of each turn */
  const double *mixed;              /* of each turn: its length and those around it */
  double kernel[PLACES];            /* what a turn lends to those around it, the first GAP before it */
  double fill[GAP + 1][GAP + 1];    /* what makes up for neighbours, by how many are before and behind */
  double lent;                      /* words that a turn lends to each neighbour at most */
  double saturation, share, mean;   /* of a count: K1 and B, and the mean of `mixed` */
  int64_t longest;                  /* turns of the longest session */
} turns;

/* One term: turns that say it, ascending, and how often. */
typedef struct {
  const int32_t *rows;
  const double *counts;
  int64_t n;
  double like; /* how much each time counts */
} postings;

/* Put together what several terms say; return how many turns say one of them. */
int64_t merged(const postings *terms, int64_t n_terms, int32_t *rows, double *counts) {
  int64_t n = 0, *at = calloc((size_t)n_terms, sizeof *at);
  for (;;) {
    int32_t row = INT32_MAX;
    for (int64_t i = 0; i < n_terms; i++)
      if (at[i] < terms[i].n && terms[i].rows[at[i]] < row) row = terms[i].rows[at[i]];
    if (row == INT32_MAX) break;
    double sum = 0;
    for (int64_t i = 0; i < n_terms; i++)
      if (at[i] < terms[i].n && terms[i].rows[at[i]] == row) sum += terms[i].like * terms[i].counts[at[i]++];
    rows[n] = row;
    counts[n++] = sum;
  }
  free(at);
  return n;
}

WIDE static void add_worth(double *score, const double *sums, const double *keeps, const double *fill,
                           const double *norm, int64_t length, double idf, double saturation) {
  for (int64_t j = 0; j < length; j++) {
    double tf = sums[j + GAP] * fill[j] + keeps[j];
    score[j] += idf * tf * saturation / (tf + norm[j]);
  }
}

/* Of the turns of some sessions, from `begin` to `end`: what makes up for neighbours that they lack, and what
   a count is saturated by. */
WIDE static void lay(const turns *t, int64_t begin, int64_t end, double *fill, double *norm) {
  for (int64_t i = 0; i <= end - begin; i++) {
    fill[i] = t->fill[GAP][GAP];
    norm[i] = t->saturation * ((1 - t->share) + t->share * t->mixed[begin + i] / t->mean);
  }
  for (int64_t session = t->session[begin]; session <= t->session[end]; session++) {
    int64_t first = t->first[session], last = t->last[session];
    for (int64_t i = first; i <= last; i++) {
      if (i == first + GAP && last - GAP >= i) i = last - GAP + 1; /* those between lack none */
      int64_t before = i - first < GAP ? i - first : GAP, behind = last - i < GAP ? last - i : GAP;
      fill[i - begin] = t->fill[before][behind];
    }
  }
}

/* Room for what is said near some turns. */
typedef struct {
  double *sums, *keeps, *fill, *norm;
} room;

/* Add what a word is worth to the scores around the turns that say it, from `start`, the first of a session, up
   to `end`, the last of one; return how many of them are done. */
WIDE static int64_t add_word(const turns *t, const postings *word, int64_t i, int64_t start, int64_t end,
                             double saturation, const room *at_hand, double *scores) {
  double *sums = at_hand->sums, *keeps = at_hand->keeps;
  const int32_t *rows = word->rows;
  while (i < word->n && rows[i] <= end) {
    int64_t session = t->session[rows[i]], first = t->first[session], last = t->last[session];
    int64_t begin = rows[i] - GAP < first ? first : rows[i] - GAP, stop = i + 1;
    while (stop < word->n && rows[stop] <= last && rows[stop] - rows[stop - 1] <= 2 * GAP) stop++;
    int64_t until = rows[stop - 1] + GAP > last ? last : rows[stop - 1] + GAP, length = until - begin + 1;
    memset(sums, 0, (size_t)(length + 2 * GAP) * sizeof(double));
    memset(keeps, 0, (size_t)length * sizeof(double));
    for (; i < stop; i++) { /* rows ascend, so each place is added to in the order of the kernel */
      int64_t at = rows[i] - begin;
      double words = t->lengths[rows[i]], lent = t->lent / (words > t->lent ? words : t->lent);
      double lends = word->counts[i] * lent;
      double *around = sums + at;
      for (int place = 0; place < PLACES; place++) around[place] += t->kernel[place] * lends;
      keeps[at] = word->counts[i] * (1 - lent);
    }
    add_worth(scores + begin, sums, keeps, at_hand->fill + begin - start, at_hand->norm + begin - start, length,
              word->like, saturation);
  }
  return i;
}

/* The last turn of a session of which some turns behind `begin` are whole: what is read of so many stays near. */
static int64_t end_near(const turns *t, int64_t begin, int64_t n) {
  return begin + NEAR < n ? t->last[t->session[begin + NEAR]] : n - 1;
}

/* Add what some words are worth to the scores of n turns, word after word; `like` of each is its idf, below 0
   what is taken away. */
void bm25_words(const turns *t, const postings *words, int64_t n_words, double saturation, int64_t n,
                double *scores) {
  int64_t one = t->longest + 2 * GAP, many = NEAR + t->longest + 1, *at = calloc((size_t)n_words + 1, sizeof *at);
  double *whole = malloc((size_t)(2 * one + 2 * many) * sizeof *whole);
  room at_hand = {whole, whole + one, whole + 2 * one, whole + 2 * one + many};
  for (int64_t begin = 0, end; begin < n; begin = end + 1) {
    int is_laid = 0;
    end = end_near(t, begin, n);
    for (int64_t w = 0; w < n_words; w++) {
      if (at[w] >= words[w].n || words[w].rows[at[w]] > end) continue;
      if (!is_laid++) lay(t, begin, end, at_hand.fill, at_hand.norm);
      at[w] = add_word(t, words + w, at[w], begin, end, saturation, &at_hand, scores);
    }
  }
  free(at);
  free(whole);
}

/* In how many sessions a word stands. */
int64_t sessions_with(const turns *t, const int32_t *rows, int64_t n) {
  int64_t sessions = 0;
  for (int64_t i = 0; i < n; i++) sessions += !i || t->session[rows[i]] != t->session[rows[i - 1]];
  return sessions;
}

/* Add what a word is worth to the score of each session. */
void bm25_sessions(const turns *t, const int32_t *rows, const double *counts, int64_t n, double idf,
                   double saturation, const double *norm, double *scores) {
  for (int64_t i = 0; i < n;) {
    int64_t session = t->session[rows[i]];
    double tf = 0;
    for (; i < n && t->session[rows[i]] == session; i++) tf += counts[i];
    scores[session] += idf * tf * saturation / (tf + norm[session]);
  }
}

/* Round to so many parts of one. */
WIDE void rounded(double *scores, int64_t n, double parts) {
  for (int64_t i = 0; i < n; i++) scores[i] = rint(scores[i] * parts) / parts;
}

#define LEAF 128

/* Add numbers up in the order of numpy's pairwise sums. */
static double sum_of(const double *a, int64_t n) {
  if (n < 8) {
    double sum = 0;
    for (int64_t i = 0; i < n; i++) sum += a[i];
    return sum;
  }
  if (n <= LEAF) {
    double r[8];
    int64_t i = 8;
    memcpy(r, a, sizeof r);
    for (; i < n - n % 8; i += 8)
      for (int j = 0; j < 8; j++) r[j] += a[i + j];
    double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; i++) sum += a[i];
    return sum;
  }
  int64_t half = n / 2;
  half -= half % 8;
  return sum_of(a, half) + sum_of(a + half, n - half);
}

/* Add up n of the values from `begin` on, or of those at the places `inside` from there on, or the squares of
   what they are away from a mean, in the order of `sum_of` and without a copy of them. */
static double sum_inside(const double *values, const int32_t *inside, int64_t begin, int64_t n, const double *mean) {
  if (n <= LEAF) {
    double own[LEAF];
    if (inside) for (int64_t i = 0; i < n; i++) own[i] = values[inside[begin + i]];
    else memcpy(own, values + begin, (size_t)n * sizeof *own);
    if (mean) for (int64_t i = 0; i < n; i++) own[i] = (own[i] - *mean) * (own[i] - *mean);
    return sum_of(own, n);
  }
  int64_t half = n / 2;
  half -= half % 8;
  return sum_inside(values, inside, begin, half, mean) + sum_inside(values, inside, begin + half, n - half, mean);
}

WIDE static void scale(double *a, int64_t n, double mean, double deviation) {
  for (int64_t i = 0; i < n; i++) a[i] = (a[i] - mean) / deviation;
}

/* Shift and scale n values of turns so that those at `inside` (NULL: all) have mean 0, deviation 1;
   all 0 where these do not differ by `least`. */
void calibrate(double *values, int64_t n, const int32_t *inside, int64_t n_inside, double least) {
  double mean = n_inside ? sum_inside(values, inside, 0, n_inside, NULL) / (double)n_inside : 0;
  double deviation = n_inside ? sqrt(sum_inside(values, inside, 0, n_inside, &mean) / (double)n_inside) : 0;
  if (deviation > least) scale(values, n, mean, deviation);
  else memset(values, 0, (size_t)n * sizeof *values);
}

typedef struct {
  uint64_t key;
  int32_t at;
} keyed;

#define DIGIT 11

/* Put the value of its rank, from 0, in the place of each score above 0 that is counted; equal scores
   have the best rank of them. What has no score comes behind all that have, what is not counted last.
   `values` are of the ranks; `parts` is what scores are told apart by. */
int64_t rank_values(const double *scores, const uint8_t *counted, int64_t n, double parts, const double *values,
                    double *ranks) {
  int64_t held = 0, n_counted = 0;
  uint64_t most = 0;
  keyed *list = malloc((size_t)(2 * n + 1) * sizeof *list), *other = list + n;
  for (int64_t i = 0; i < n; i++) {
    n_counted += counted[i];
    if (!counted[i] || !(scores[i] > 0)) continue;
    uint64_t key = (uint64_t)rint(scores[i] * parts);
    list[held++] = (keyed){key, (int32_t)i};
    if (key > most) most = key;
  }
  for (int64_t i = 0; i < n; i++) ranks[i] = values[counted[i] ? held : n_counted];
  for (int shift = 0; most >> shift; shift += DIGIT) { /* the least digits first, each time in order */
    int64_t starts[1 << DIGIT] = {0}, sum = 0;
    for (int64_t i = 0; i < held; i++) starts[(list[i].key >> shift) & ((1 << DIGIT) - 1)]++;
    for (int64_t d = (1 << DIGIT) - 1; d >= 0; d--) { /* the highest key comes first */
      int64_t count = starts[d];
      starts[d] = sum;
      sum += count;
    }
    for (int64_t i = 0; i < held; i++) other[starts[(list[i].key >> shift) & ((1 << DIGIT) - 1)]++] = list[i];
    keyed *swap = list;
    list = other;
    other = swap;
  }
  int64_t best = 0;
  for (int64_t i = 0; i < held; i++) {
    if (i && list[i].key != list[i - 1].key) best = i;
    ranks[list[i].at] = values[best];
  }
  free(list < other ? list : other);
  return held;
}

/* One channel of a sum: of turns, or of cells, one of them NULL. */
typedef struct {
  const double *of_turns, *of_cells;
  double weight;
} channel;

#define AT_ONCE 1024

/* Sum channels, each in its turn, on top of what is said of the cells. */
WIDE void weighted_sum(const channel *channels, int64_t n_channels, const double *base, const int32_t *cell,
                       int64_t n, double *total) {
  for (int64_t begin = 0; begin < n; begin += AT_ONCE) {
    int64_t end = begin + AT_ONCE < n ? begin + AT_ONCE : n;
    for (int64_t i = begin; i < end; i++) total[i] = base[cell[i]];
    for (int64_t c = 0; c < n_channels; c++) {
      const double *own = channels[c].of_turns, *shared = channels[c].of_cells;
      double weight = channels[c].weight;
      if (own) for (int64_t i = begin; i < end; i++) total[i] += weight * own[i];
      else for (int64_t i = begin; i < end; i++) total[i] += weight * shared[cell[i]];
    }
  }
}

/* Of the turns that say a term, say at which level some turns and those around them say it. */
void said_near(const turns *t, const int32_t *rows, int64_t n, uint8_t level, const int64_t *shown, int64_t n_shown,
               uint8_t *own, uint8_t *near) {
  for (int64_t i = 0; i < n_shown; i++) {
    int64_t turn = shown[i], session = t->session[turn], begin = turn - REACH, end = turn + REACH, low = 0, high = n;
    if (begin < t->first[session]) begin = t->first[session];
    if (end > t->last[session]) end = t->last[session];
    while (low < high) {
      int64_t middle = low + (high - low) / 2;
      if (rows[middle] < begin) low = middle + 1;
      else high = middle;
    }
    for (; low < n && rows[low] <= end; low++) {
      if (rows[low] == turn && own[i] < level) own[i] = level;
      if (near[i] < level) near[i] = level;
    }
  }
}

/* What the marks of a turn are worth: of each word its highest bit, the words in order. */
static double worth_of(uint64_t marks, const uint64_t *of_word, int64_t n_words, const double *worth) {
  double sum = 0;
  for (int64_t w = 0; w < n_words; w++) {
    int bit = 63;
    uint64_t own = marks & of_word[w];
    if (!own) continue;
    while (!(own >> bit)) bit--;
    sum += worth[bit];
  }
  return sum;
}

/* Where the first of some ascending numbers from `at` on is that is not below one. */
static int64_t not_below(const int32_t *ordered, int64_t n, int64_t at, int64_t least) {
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

#define BITS 64

/* What is asked for `most_around`: term i is marked by bit `bits[i]`, each word has some of the bits. */
typedef struct {
  const postings *terms;
  const int64_t *bits;
  int64_t n_terms;
  const uint64_t *of_word;
  int64_t n_words;
  const double *worth; /* of each bit */
} marked;

/* Turns side by side in one session around some of those that say a word, and their marks. */
typedef struct {
  int64_t begin, end; /* the last of them */
  uint64_t *marks;
} stretch;

static int is_of(const marked *m, int64_t term, uint64_t bits) { return (int)(bits >> m->bits[term] & 1); }

/* Mark the turns of a stretch around those that say a term. */
static void mark(const turns *t, const postings *term, int64_t *at, uint64_t bit, const stretch *s) {
  int64_t session = t->session[s->begin], first = t->first[session], last = t->last[session], done = s->begin;
  int64_t from = s->begin - REACH < first ? first : s->begin - REACH;
  *at = not_below(term->rows, term->n, *at, from);
  for (int64_t i = *at; i < term->n && term->rows[i] <= last && term->rows[i] - REACH <= s->end; i++) {
    int64_t row = term->rows[i], until = row + REACH > s->end ? s->end : row + REACH;
    for (int64_t j = row - REACH > done ? row - REACH : done; j <= until; j++) s->marks[j - s->begin] |= bit;
    done = until + 1;
  }
}

/* Find the next turns around those that say one of the terms of a word, which are at `at`, so many that they
   stay near; return whether there are any. */
static int next_around(const turns *t, const marked *m, uint64_t word, int64_t *at, stretch *s) {
  int64_t last = -1;
  for (;;) {
    int64_t next = INT64_MAX, which = 0;
    for (int64_t i = 0; i < m->n_terms; i++)
      if (is_of(m, i, word) && at[i] < m->terms[i].n && m->terms[i].rows[at[i]] < next)
        next = m->terms[i].rows[at[i]], which = i;
    if (last < 0) {
      if (next == INT64_MAX) return 0;
      int64_t session = t->session[next], first = t->first[session];
      last = t->last[session];
      s->begin = next - REACH < first ? first : next - REACH;
    } else if (next > last || next - REACH > s->end + 1 || s->end - s->begin >= NEAR) return 1;
    s->end = next + REACH > last ? last : next + REACH;
    at[which]++;
  }
}

/* Keep the most that a stretch shows; its marks are wiped. */
static void keep_most(const marked *m, const stretch *s, const int64_t *notes, const double *scores,
                      const uint8_t *named, double *most) {
  uint64_t last = 0;
  double value = 0;
  for (int64_t i = s->begin; i <= s->end; i++) {
    uint64_t own = s->marks[i - s->begin];
    s->marks[i - s->begin] = 0;
    if (own != last) { /* neighbours mostly have the same */
      last = own;
      value = worth_of(own, m->of_word, m->n_words, m->worth);
    }
    if (value > most[named[i]] && isfinite(scores[notes[i]])) most[named[i]] = value;
  }
}

/* Put the words in order, those first that the fewest turns say. */
static void rarest_first(const marked *m, int64_t *words) {
  int64_t said[BITS] = {0};
  for (int64_t w = 0; w < m->n_words; w++) {
    for (int64_t i = 0; i < m->n_terms; i++)
      if (is_of(m, i, m->of_word[w])) said[w] += m->terms[i].n;
    int64_t at = w;
    for (; at > 0 && said[words[at - 1]] > said[w]; at--) words[at] = words[at - 1];
    words[at] = w;
  }
}

/* Whether turns of both kinds, or those of a stretch (NULL: any), are known around which no less is said. */
static int is_enough(const double *most, double bound, const stretch *s, const uint8_t *named) {
  int is_met[2] = {most[0] >= bound, most[1] >= bound};
  if (!s || (is_met[0] && is_met[1]) || (!is_met[0] && !is_met[1])) return is_met[0] && is_met[1];
  for (int64_t i = s->begin; i <= s->end; i++)
    if (!is_met[named[i]]) return 0;
  return 1;
}

/* The most that is said around a turn which may be found: of others [0], of those named [1]. `scores` are of
   notes, -inf for what is not found. The turns around the rarest word come first, of the others as long as
   what they can say is more than what was found. */
void most_around(const turns *t, const postings *terms, const int64_t *bits, int64_t n_terms, const int64_t *notes,
                 const double *scores, const uint8_t *named, const uint64_t *of_word, int64_t n_words,
                 const double *worth, double *most) {
  marked m = {terms, bits, n_terms, of_word, n_words, worth};
  int64_t words[BITS];
  uint64_t left = 0; /* the bits that some turn has */
  int64_t *at = malloc((size_t)(2 * n_terms + 1) * sizeof *at), *marking = at + n_terms;
  stretch s = {0, 0, calloc(NEAR + 2 * REACH + 1, sizeof *s.marks)};
  most[0] = most[1] = 0;
  for (int64_t i = 0; i < n_terms; i++)
    if (terms[i].n) left |= (uint64_t)1 << bits[i];
  rarest_first(&m, words);
  for (int64_t w = 0; w < n_words; w++) {
    double bound = worth_of(left, of_word, n_words, worth);
    memset(at, 0, (size_t)(2 * n_terms) * sizeof *at);
    while (!is_enough(most, bound, NULL, named) && next_around(t, &m, of_word[words[w]], at, &s)) {
      if (is_enough(most, bound, &s, named)) continue;
      for (int64_t i = 0; i < n_terms; i++)
        if (left >> bits[i] & 1) mark(t, terms + i, marking + i, (uint64_t)1 << bits[i], &s);
      keep_most(&m, &s, notes, scores, named, most);
    }
    left &= ~of_word[words[w]];
  }
  free(s.marks);
  free(at);
}

/* Add a weight where some numbers are among ascending ones. */
void add_among(const int64_t *wanted, int64_t n_wanted, const int32_t *ordered, int64_t n, double weight,
               double *sums) {
  int64_t at = 0; /* none of the ordered before it is as high as the number wanted */
  for (int64_t i = 0; i < n_wanted; i++) {
    at = not_below(ordered, n, i && wanted[i] < wanted[i - 1] ? 0 : at, wanted[i]);
    if (at < n && ordered[at] == wanted[i]) sums[i] += weight;
  }
}

/* Put the numbers that are among both of two ascending lists in `found`; return how many. */
int64_t common(const int32_t *one, int64_t n_one, const int32_t *other, int64_t n_other, int32_t *found) {
  int64_t n = 0, at = 0;
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
