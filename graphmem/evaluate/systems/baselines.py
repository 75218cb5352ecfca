"""The three plain baselines: words (BM25), vectors (cosine), and their sum after min-max."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from graphmem.contracts import Encoder
from graphmem.evaluate.data.datasets import Passage
from graphmem.evaluate.systems.base import Channels, Ranked, Scores, best, min_max
from graphmem.evaluate.systems.rows import bytes_of, compact
from graphmem.evaluate.systems.weighting import weighted
from graphmem.text import STOPWORDS, stem, words

K1, B = 1.5, 0.75
"""The defaults of bm25s."""


class Bm25:
    """Okapi BM25 over stemmed words without stop words. A passage that shares no word is no hit.

    Source: Robertson and Zaragoza (2009), with the idf of Lucene; equal to bm25s `lucene`.
    """

    name = "bm25"
    can_abstain = False

    def index(self, passages: Sequence[Passage]) -> None:
        """Weigh the words of each passage's content."""
        self._ids = [passage.id for passage in passages]
        counts = [Counter(_tokens(passage.content)) for passage in passages]
        vocabulary = sorted({word for count in counts for word in count})
        self._rows = {word: row for row, word in enumerate(vocabulary)}
        entries = [(self._rows[word], n) for count in counts for word, n in count.items()]
        words_, times = np.array(entries, np.int64).reshape(-1, 2).T
        holders = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
        lengths = np.array([count.total() for count in counts], np.float64)
        weights = _weigh(times, words_, lengths=lengths, holders=holders)
        shape = (len(vocabulary), len(counts))
        self._weights = csr_array(coo_array((weights, (words_, holders)), shape=shape))

    def scores(self, question: str) -> Scores:
        """Return the BM25 of every passage, (n,), 0 where no word is shared."""
        asked = [self._rows[word] for word in _tokens(question) if word in self._rows]
        total = np.zeros(len(self._ids))
        for row in asked:
            begin, end = self._weights.indptr[row : row + 2]
            total[self._weights.indices[begin:end]] += self._weights.data[begin:end]
        return total

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the passages that share a word with the question, at most k."""
        ranked = best(self._ids, self.scores(question), k=k)
        return tuple((id_, score) for id_, score in ranked if score > 0)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return its one channel."""
        return {"words": self.search(question, k=depth)}

    def index_bytes(self) -> int:
        """Return the bytes of the weights."""
        return bytes_of(self._weights)


def _weigh(
    times: NDArray[np.int64],
    words_: NDArray[np.int64],
    *,
    lengths: NDArray[np.float64],
    holders: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return the weight of each (word, passage) entry, (e,): its idf times its damped count."""
    df = np.bincount(words_)
    idf = np.log1p((len(lengths) - df + 0.5) / (df + 0.5))
    mean = lengths.mean() if lengths.size else 1.0
    damp = K1 * (1 - B + B * lengths[holders] / mean)
    return idf[words_] * times / (times + damp)


class Dense:
    """Cosine of the question's vector and each passage's."""

    name = "dense"
    can_abstain = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def index(self, passages: Sequence[Passage]) -> None:
        """Encode each passage's content."""
        self._ids = [passage.id for passage in passages]
        texts = [passage.content for passage in passages]
        self._encoder = weighted(self._encoder, texts)
        self._vectors = compact(self._encoder.encode(texts))

    def scores(self, question: str) -> Scores:
        """Return the cosine of every passage, (n,) float32."""
        cosines: Scores = self._vectors @ self._encoder.encode([question])[0]
        return cosines

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the k nearest passages."""
        return best(self._ids, self.scores(question), k=k)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return its one channel."""
        return {"vectors": self.search(question, k=depth)}

    def index_bytes(self) -> int:
        """Return the bytes of the vectors."""
        return bytes_of(self._vectors)


class MinMaxSum:
    """The sum of BM25 and cosine, each brought to 0..1 by the lowest and highest of the pool."""

    name = "sum"
    can_abstain = False

    def __init__(self, encoder: Encoder) -> None:
        self._words, self._vectors = Bm25(), Dense(encoder)

    def index(self, passages: Sequence[Passage]) -> None:
        """Index for both."""
        self._ids = [passage.id for passage in passages]
        self._words.index(passages)
        self._vectors.index(passages)

    def search(self, question: str, *, k: int) -> Ranked:
        """Return the k passages of the highest sum."""
        words_, vectors = self._words.scores(question), self._vectors.scores(question)
        return best(self._ids, min_max(words_) + min_max(vectors), k=k)

    def channels(self, question: str, *, depth: int) -> Channels:
        """Return both channels."""
        return {
            **self._words.channels(question, depth=depth),
            **self._vectors.channels(question, depth=depth),
        }

    def index_bytes(self) -> int:
        """Return the bytes of both."""
        return self._words.index_bytes() + self._vectors.index_bytes()


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOPWORDS]
