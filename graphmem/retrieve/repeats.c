/* Which notes say the same as one, word for word but for fillers: the loop of repeats.py. */
#include <stdint.h>

typedef struct {
  const int64_t *sentences; /* of each note: its first sentence; one more than there are notes */
  const int32_t *base;      /* marks of words as written, those of a note side by side */
  const int32_t *added;     /* see said.py */
  const int32_t *word_of;   /* of each mark: the folded form of the word */
  const uint8_t *fillers;   /* of each folded form: see repeats.py */
  const uint8_t *is_turn;
  const int32_t *speaker;
  const int64_t *ends;      /* of each sentence: its first word, in `base` or, counted on, in `added`, and behind */
  const int64_t *more_ends; /* its last one; those of sentences that were put in, see spliced.py */
  const int64_t *first, *at; /* of each run of sentences: the first, and where its ends lie */
  int64_t n_base, n_ends, n_runs;
} texts;

typedef struct {
  const int32_t *at, *end;
} said;

#define FILLER 1 /* 0: nobody looked yet */

static const int64_t *ends_of(const texts *t, int64_t sentence) {
  int64_t low = 0, high = t->n_runs - 1;
  while (low < high) {
    int64_t middle = high - (high - low) / 2;
    if (t->first[middle] <= sentence) low = middle;
    else high = middle - 1;
  }
  int64_t at = t->at[low] + sentence - t->first[low];
  return at < t->n_ends ? t->ends + 2 * at : t->more_ends + 2 * (at - t->n_ends);
}

static said of_note(const texts *t, int64_t note) {
  int64_t start = ends_of(t, t->sentences[note])[0], stop = ends_of(t, t->sentences[note + 1] - 1)[1];
  if (stop <= t->n_base) return (said){t->base + start, t->base + stop};
  return (said){t->added + (start - t->n_base), t->added + (stop - t->n_base)};
}

static int has_kept(const texts *t, said s) {
  for (; s.at < s.end; s.at++)
    if (t->fillers[t->word_of[*s.at]] != FILLER) return 1;
  return 0;
}

/* Whether two notes have the same words; words that nobody looked at yet are put in `unknown`, and
   taken for no fillers. */
static int is_same(const texts *t, said one, said other, int skips, int32_t *unknown, int64_t *n, int64_t room) {
  for (;;) {
    while (skips && one.at < one.end && t->fillers[t->word_of[*one.at]] == FILLER) one.at++;
    while (other.at < other.end) {
      int32_t word = t->word_of[*other.at];
      if (!t->fillers[word] && *n < room) unknown[(*n)++] = word;
      if (!skips || t->fillers[word] != FILLER) break;
      other.at++;
    }
    if (one.at == one.end || other.at == other.end) return one.at == one.end && other.at == other.end;
    if (t->word_of[*one.at++] != t->word_of[*other.at++]) return 0;
  }
}

/* Put those of `among` that say the same as a note, by the same speaker, in `found`; return how many.
   Where words stand in the way that nobody looked at, these are in `unknown` instead, and it is less
   than 0 by their number. `kept`: NULL, or which notes may be found. */
int64_t said_again(const texts *t, int64_t note, const int32_t *among, int64_t n_among, const uint8_t *kept,
                   int32_t *found, int32_t *unknown, int64_t room) {
  int64_t n = 0, n_unknown = 0;
  said own = of_note(t, note);
  int skips = has_kept(t, own);
  for (int64_t i = 0; i < n_among; i++) {
    int32_t other = among[i];
    if (other == note || (kept && !kept[other]) || t->speaker[other] != t->speaker[note]) continue;
    if (t->is_turn[other] != t->is_turn[note]) continue;
    if (is_same(t, own, of_note(t, other), skips, unknown, &n_unknown, room)) found[n++] = other;
  }
  return n_unknown ? -n_unknown : n;
}
