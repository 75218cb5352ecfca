"""The words of a snapshot as numbers, and the same however they were come by."""

from graphmem.retrieve.words.tokens import tokens_of
from tests.unit.retrieve.snapshots import Turn, snapshot_of

TALK = [
    Turn("The Boats sailed. A boat!", "s1"),
    Turn("Sailing, in Lisbon.", "p", title="The Boat"),
]


def spelled(tokens, ragged):
    return [
        [tokens.vocabulary.surfaces[n] for n in ragged.row(i)]
        for i in range(len(ragged.indptr) - 1)
    ]


def test_words_are_kept_as_written_sentence_by_sentence():
    renewed = tokens_of(snapshot_of(TALK))
    tokens, rows = renewed.tokens, renewed.old_rows
    assert spelled(tokens, tokens.sentences.rows()) == [
        ["The", "Boats", "sailed"], ["A", "boat"], ["Sailing", "in", "Lisbon"],
    ]  # fmt: skip
    assert spelled(tokens, tokens.title_words) == [[], ["The", "Boat"]]
    assert rows.tolist() == [-1, -1]


def test_only_notes_that_are_new_are_read_and_words_that_are_gone_go():
    gone = snapshot_of([TALK[0], Turn("Gone for good.", "p", title="Old")])
    renewed = tokens_of(snapshot_of(TALK), tokens_of(gone).tokens)
    grown = renewed.tokens
    assert renewed.old_rows.tolist() == [0, -1]
    assert renewed.old_terms.tolist() == [0, -1, -1, -1, 2]  # boat, gone, good, old, sail
    assert grown.vocabulary.surfaces == tokens_of(snapshot_of(TALK)).tokens.vocabulary.surfaces
    assert "good" not in grown.vocabulary.surfaces


def test_a_note_whose_title_changed_is_read_again():
    renamed = [TALK[0], Turn(TALK[1].text, "p", title="The Ship")]
    renewed = tokens_of(snapshot_of(renamed), tokens_of(snapshot_of(TALK)).tokens)
    grown, fresh = renewed.tokens, tokens_of(snapshot_of(renamed)).tokens
    assert renewed.old_rows.tolist() == [0, -1]
    assert grown.vocabulary.surfaces == fresh.vocabulary.surfaces
    assert grown.title_words.values.tolist() == fresh.title_words.values.tolist()


def test_when_all_is_gone_other_words_may_come():
    empty = tokens_of(snapshot_of([]), tokens_of(snapshot_of(TALK)).tokens).tokens
    again = tokens_of(snapshot_of(TALK), empty).tokens
    fresh = tokens_of(snapshot_of(TALK)).tokens
    assert spelled(again, again.sentences.rows()) == spelled(fresh, fresh.sentences.rows())
