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
    tokens, rows = tokens_of(snapshot_of(TALK))
    assert spelled(tokens, tokens.sentences) == [
        ["The", "Boats", "sailed"], ["A", "boat"], ["Sailing", "in", "Lisbon"],
    ]  # fmt: skip
    assert spelled(tokens, tokens.title_words) == [[], ["The", "Boat"]]
    assert rows.tolist() == [-1, -1]


def test_a_surface_knows_its_folded_word_its_term_and_its_capital():
    vocabulary = tokens_of(snapshot_of(TALK))[0].vocabulary
    known = {
        surface: (
            vocabulary.words[vocabulary.word_of[i]],
            vocabulary.terms[vocabulary.term_of[i]] if vocabulary.term_of[i] >= 0 else None,
            bool(vocabulary.is_capital[i]),
        )
        for i, surface in enumerate(vocabulary.surfaces)
    }
    assert known["Boats"] == ("boats", "boat", True)
    assert known["boat"] == ("boat", "boat", False)
    assert known["The"] == ("the", None, True)
    assert vocabulary.terms == ("boat", "lisbon", "sail")
    assert vocabulary.term_numbers == {"boat": 0, "lisbon": 1, "sail": 2}


def test_only_notes_that_are_new_are_read_and_words_that_are_gone_go():
    before, _ = tokens_of(snapshot_of([TALK[0], Turn("Gone for good.", "p", title="Old")]))
    grown, rows = tokens_of(snapshot_of(TALK), before)
    assert rows.tolist() == [0, -1]
    assert grown.vocabulary.surfaces == tokens_of(snapshot_of(TALK))[0].vocabulary.surfaces
    assert "good" not in grown.vocabulary.surfaces


def test_a_note_whose_title_changed_is_read_again():
    before, _ = tokens_of(snapshot_of(TALK))
    renamed = [TALK[0], Turn(TALK[1].text, "p", title="The Ship")]
    grown, rows = tokens_of(snapshot_of(renamed), before)
    assert rows.tolist() == [0, -1]
    fresh = tokens_of(snapshot_of(renamed))[0]
    assert grown.vocabulary.surfaces == fresh.vocabulary.surfaces
    assert grown.title_words.values.tolist() == fresh.title_words.values.tolist()
