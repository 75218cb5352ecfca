/* BM25 of turns and of sessions, and the ranks of scores.

   Sums run in the order in which numpy runs them in bm25.py, so both give the same bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "turns.h"

#define SHORT 256 /* words of a turn whose share is looked up, not worked out */
#define LANES 8 /* numbers that are worked out side by side; what is read behind the last of a stretch is room */

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
      if (at[i] < terms[i].n && terms[i].rows[at[i]] == row) {
        sum += terms[i].like * count_of(terms + i, at[i]);
        at[i]++;
      }
    rows[n] = row;
    counts[n++] = sum;
  }
  free(at);
  return n;
}

#if defined(__GNUC__)
#define ALWAYS static inline __attribute__((always_inline))
#pragma GCC diagnostic ignored "-Wpsabi" /* no function that is left passes lanes */
#else
#define ALWAYS static inline
#endif

typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));

ALWAYS lanes at_lanes(const double *a) {
  lanes own;
  memcpy(&own, a, sizeof own);
  return own;
}

ALWAYS void put_lanes(double *a, lanes own) { memcpy(a, &own, sizeof own); }

/* What is at hand while a stretch of turns is scored, with room behind it for lanes that nobody asks for. */
typedef struct {
  double *lends; /* by each turn, GAP places before the stretch and behind it */
  double *keeps; /* of each turn; 0 between the stretches */
  double *worth;
  double *fill, *norm; /* of the turns that are done at a time */
  double kernel[PLACES + 2 * LANES];
  double lent[SHORT]; /* the share that turns of so many words lend */
} room;

/* Put what some rows lend, of a stretch from `begin` on, and what long turns keep; return whether any does. */
ALWAYS int lend(const turns *t, const postings *word, int64_t from, int64_t until, int64_t begin, const room *r) {
  int keeps = 0;
  for (int64_t i = from; i < until; i++) {
    double words = t->lengths[word->rows[i]], count = count_of(word, i);
    int64_t at = word->rows[i] - begin;
    if (words > t->lent) {
      double lent = words < SHORT ? r->lent[(int)words] : t->lent / words;
      r->keeps[at] = count * (1 - lent);
      count *= lent;
      keeps = 1;
    }
    r->lends[at + GAP] = count;
  }
  return keeps;
}

/* Work out what a word is worth at the turns of a stretch, from what those in it and around it lend, added in
   their order, and what each keeps. */
ALWAYS void worth_of(const room *r, int64_t from, int64_t length, double idf, double saturation) {
  for (int64_t j = 0; j < length; j += LANES) {
    lanes tf = {0};
    for (int p = 0; p < PLACES; p++) tf += r->kernel[PLACES - 1 - p] * at_lanes(r->lends + j + p);
    tf = tf * at_lanes(r->fill + from + j) + at_lanes(r->keeps + j);
    put_lanes(r->worth + j, idf * tf * saturation / (tf + at_lanes(r->norm + from + j)));
  }
}

/* The same where one turn alone lends, `at` places behind the first of the stretch. */
ALWAYS void worth_of_one(const room *r, int64_t from, int64_t length, int64_t at, double idf, double saturation) {
  double lends = r->lends[at + GAP];
  for (int64_t j = 0; j < length; j += LANES) {
    lanes tf = at_lanes(r->kernel + GAP - at + j) * lends * at_lanes(r->fill + from + j) + at_lanes(r->keeps + j);
    put_lanes(r->worth + j, idf * tf * saturation / (tf + at_lanes(r->norm + from + j)));
  }
}

/* Add what a word is worth to the scores around the turns that say it, and to others if there are any, up to `end`,
   the last of a session; return how many of its turns are done. Scores are of the turns from `base` on. */
WIDE static int64_t add_word(const turns *t, const postings *word, int64_t i, int64_t base, int64_t end,
                             double saturation, const room *r, double *scores, double *others) {
  const int32_t *rows = word->rows;
  while (i < word->n && rows[i] <= end) {
    int64_t session = t->session[rows[i]], first = t->first[session], last = t->last[session];
    int64_t begin = rows[i] - GAP < first ? first : rows[i] - GAP, start = i++;
    while (i < word->n && rows[i] <= last && rows[i] - rows[i - 1] <= 2 * GAP) i++;
    int64_t until = rows[i - 1] + GAP > last ? last : rows[i - 1] + GAP, length = until - begin + 1;
    if (i - start > 1)
      for (int64_t j = 0; j < length + 2 * GAP; j += LANES) put_lanes(r->lends + j, (lanes){0});
    int keeps = lend(t, word, start, i, begin, r);
    if (i - start > 1) worth_of(r, begin - base, length, word->like, saturation);
    else worth_of_one(r, begin - base, length, rows[start] - begin, word->like, saturation);
    for (int64_t j = 0; j < length; j++) scores[begin - base + j] += r->worth[j];
    if (others)
      for (int64_t j = 0; j < length; j++) others[begin - base + j] += r->worth[j];
    if (keeps) memset(r->keeps, 0, (size_t)length * sizeof(double));
  }
  return i;
}

WIDE static void round_to(double *scores, int64_t n, double parts) {
  for (int64_t i = 0; i < n; i++) scores[i] = rint(scores[i] * parts) / parts;
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

/* Score n turns by what some words are worth, word after word; `like` of each is its idf. `loose`: NULL, or room for
   scores by those of `wider` that some turns say in the place of the words beside them. All are rounded to so many
   parts of one. */
void bm25_words(const turns *t, const postings *words, const postings *wider, int64_t n_words, double saturation,
                double parts, int64_t n, double *exact, double *loose) {
  size_t most = (size_t)(NEAR + t->longest + 2 * LANES + 2 * GAP);
  int64_t *at = calloc(2 * (size_t)n_words + 1, sizeof *at), *at_wider = at + n_words;
  double *own = calloc(7 * most, sizeof *own), *scores = own + 5 * most, *others = own + 6 * most;
  room r = {own, own + most, own + 2 * most, own + 3 * most, own + 4 * most, {0}, {0}};
  memcpy(r.kernel, t->kernel, sizeof t->kernel);
  for (int words = 1; words < SHORT; words++) r.lent[words] = t->lent / words;
  for (int64_t begin = 0, end; begin < n; begin = end + 1) {
    int is_laid = 0;
    end = end_near(t, begin, n);
    size_t size = (size_t)(end - begin + 1) * sizeof *own;
    memset(scores, 0, size);
    memset(others, 0, size);
    for (int64_t w = 0; w < n_words; w++) {
      int is_here = at[w] < words[w].n && words[w].rows[at[w]] <= end, has_wider = loose && wider[w].n;
      int is_wider = has_wider && at_wider[w] < wider[w].n && wider[w].rows[at_wider[w]] <= end;
      if ((is_here || is_wider) && !is_laid++) lay(t, begin, end, r.fill, r.norm);
      double *too = loose && !has_wider ? others : NULL;
      if (is_here) at[w] = add_word(t, words + w, at[w], begin, end, saturation, &r, scores, too);
      if (is_wider) at_wider[w] = add_word(t, wider + w, at_wider[w], begin, end, saturation, &r, others, NULL);
    }
    if (is_laid) round_to(scores, end - begin + 1, parts);
    memcpy(exact + begin, scores, size);
    if (!loose) continue;
    if (is_laid) round_to(others, end - begin + 1, parts);
    memcpy(loose + begin, others, size);
  }
  free(at);
  free(own);
}

/* Put what a word counts in each session that says it beside that session; return how many do. */
int64_t sessions_with(const turns *t, const postings *word, int32_t *sessions, double *counts) {
  int64_t found = 0;
  for (int64_t i = 0; i < word->n; found++) {
    int64_t session = t->session[word->rows[i]], last = t->last[session], whole = 0;
    double sum = 0;
    if (word->whole)
      for (; i < word->n && word->rows[i] <= last; i++) whole += (int64_t)word->whole[i];
    else
      for (; i < word->n && word->rows[i] <= last; i++) sum += word->counts[i];
    sessions[found] = (int32_t)session;
    counts[found] = sum + (double)whole;
  }
  return found;
}

/* Add what a word is worth to the scores of the sessions that say it. */
void bm25_sessions(const int32_t *sessions, const double *counts, int64_t n, double idf, double saturation,
                   const double *norm, double *scores) {
  for (int64_t i = 0; i < n; i++)
    scores[sessions[i]] += idf * counts[i] * saturation / (counts[i] + norm[sessions[i]]);
}

typedef struct {
  uint64_t key;
  int32_t at;
} keyed;

#define DIGIT 11

/* Sort the highest keys first, equal ones by place: the least digits first, each time in order. */
static keyed *sorted(keyed *list, keyed *other, int64_t n, uint64_t most) {
  for (int shift = 0; most >> shift; shift += DIGIT) {
    int64_t starts[1 << DIGIT] = {0}, sum = 0;
    for (int64_t i = 0; i < n; i++) starts[(list[i].key >> shift) & ((1 << DIGIT) - 1)]++;
    for (int64_t d = (1 << DIGIT) - 1; d >= 0; d--) {
      int64_t count = starts[d];
      starts[d] = sum;
      sum += count;
    }
    for (int64_t i = 0; i < n; i++) other[starts[(list[i].key >> shift) & ((1 << DIGIT) - 1)]++] = list[i];
    keyed *swap = list;
    list = other;
    other = swap;
  }
  return list;
}

#define BINS 16384 /* as FINE of bm25.py */

/* The bin of a score. */
static inline int64_t bin_of(double score, double scale) { return (int64_t)(score * scale); }

/* Of the turns that are ranked, which is the k-th. */
static inline int64_t ranked(const int32_t *inside, int64_t k) { return inside ? inside[k] : k; }

/* Put beside each bin the value of the rank behind all that are in higher ones; return the lowest bin that is told
   apart, and in `n_best` how many are in it and above. */
static int64_t cut_of(const double *scores, const int32_t *inside, int64_t n, double scale, const double *values,
                      double *of_bin, int64_t *n_best) {
  int64_t cut = BINS - 1, sum = 0;
  int32_t held[BINS] = {0};
  for (int64_t k = 0; k < n; k++) {
    double score = scores[ranked(inside, k)];
    if (score > 0) held[bin_of(score, scale)]++;
  }
  for (int64_t bin = BINS - 1; bin >= 0; sum += held[bin--]) {
    of_bin[bin] = values[sum];
    if (sum >= BINS) continue;
    cut = bin;
    *n_best = sum + held[bin];
  }
  return cut;
}

/* Put the value of its rank, from 0, in the place of each score of n turns: of the n_ranked ones that are `inside`,
   ascending, or of all where this is NULL. Equal scores have the best rank of them; what has no score above 0
   comes behind all that have, what is not ranked last. `values` are of the ranks; `parts` is what scores are told
   apart by, behind the first BINS or more the BINS-th part of the best. */
void rank_values(const double *scores, int64_t n, const int32_t *inside, int64_t n_ranked, double parts,
                 const double *values, double *ranks) {
  int64_t held = 0, cut = 0, at = 0;
  double best = 0, of_bin[BINS];
  for (int64_t k = 0; k < n_ranked; k++) {
    double score = scores[ranked(inside, k)];
    held += score > 0;
    best = score > best ? score : best;
  }
  double scale = best > 0 ? (BINS - 1) / best : 0, none = values[held], last = values[n_ranked];
  int64_t n_best = held;
  if (held > BINS) cut = cut_of(scores, inside, n_ranked, scale, values, of_bin, &n_best);
  keyed *list = malloc((size_t)(2 * n_best + 1) * sizeof *list);
  if (inside) for (int64_t i = 0; i < n; i++) ranks[i] = last;
  for (int64_t k = 0; k < n_ranked; k++) {
    int64_t i = ranked(inside, k);
    double score = scores[i];
    if (!(score > 0)) ranks[i] = none;
    else if (cut && bin_of(score, scale) < cut) ranks[i] = of_bin[bin_of(score, scale)];
    else list[at++] = (keyed){(uint64_t)rint(score * parts), (int32_t)i};
  }
  keyed *order = sorted(list, list + n_best, n_best, (uint64_t)rint(best * parts));
  for (int64_t k = 0, first = 0; k < n_best; k++) {
    if (k && order[k].key != order[k - 1].key) first = k;
    ranks[order[k].at] = values[first];
  }
  free(list);
}
