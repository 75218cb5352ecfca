/* The loops of a search over turns beside their scores: what is said around them, and by others.

   Sums run in the order in which numpy runs them in evidence.py and replies.py, so both give the same
   bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../words/ordered.h"
#include "turns.h"

#define REACH 4 /* the farthest turn whose words count as said around a turn */

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
