"""Which names are found where, and which are not."""

import numpy as np
import pytest

from graphmem.retrieve.names.links import MAX_DF, links_of
from graphmem.retrieve.words.index import updated
from tests.unit.retrieve.passage_data import snapshot_of_passages
from tests.unit.retrieve.reading import question_of


def held(links, index, question):
    """Return the names that a question holds."""
    return question_of(question, index, links=links).names


def found(corpus):
    """Return {(name, note, sentence, common)}, the links and the words."""
    snapshot = snapshot_of_passages(corpus)
    index = updated(None, snapshot)
    links = links_of(index, snapshot, np.arange(len(snapshot.note_ids)))
    rows = {
        (links.inventory.names[name], snapshot.note_ids[note], int(sentence), bool(common))
        for name, note, sentence, common in zip(
            links.name, links.note, links.sentence, links.common, strict=True
        )
    }
    return rows, links, index


def test_a_name_known_from_one_note_is_found_in_another():
    rows, _, _ = found(
        {
            "a": (None, "She met Zora Neale at noon."),
            "b": (None, "Later zora left. Zora Neale stayed."),
        }
    )
    assert ("zora neale", "a", 0, False) in rows
    assert ("zora neale", "b", 2, False) in rows


def test_longer_names_hold_shorter_ones():
    corpus = {"a": (None, "He saw Lisbon."), "b": (None, "He read The Lisbon Letters of 1911.")}
    rows, links, index = found(corpus)
    assert {row for row in rows if row[0] == "lisbon"} == {
        ("lisbon", "a", 0, False),
        ("lisbon", "b", 1, False),
    }
    asked = held(links, index, "Who wrote The Lisbon Letters?")
    nested = {links.inventory.names[name.name]: name.nested for name in asked}
    assert nested["lisbon"]
    assert not all(nested.values())


def test_a_title_of_two_words_that_many_notes_write_in_lower_case_leads_to_its_note_only():
    many = {f"n{i:03}": (None, f"Number {i} is a film director.") for i in range(MAX_DF + 1)}
    rows, links, _ = found({**many, "page": ("Film director", "A person who directs.")})
    assert ("film director", "n000", 0, True) in rows
    assert links.df[links.inventory.names.index("film director")] == 1


def test_a_title_loses_its_parenthesis_and_is_found_in_lower_case_if_it_has_two_words():
    rows, _, _ = found(
        {"a": ("Rugby league (sport)", "It is a game."), "b": (None, "He played rugby league.")}
    )
    assert ("rugby league", "b", 1, False) in rows


def test_one_lower_case_word_links_to_the_note_so_titled_only():
    rows, links, _ = found(
        {"a": ("Politician", "A person in office."), "b": (None, "Ana was a politician.")}
    )
    assert ("politician", "b", 1, True) in rows
    assert links.df[links.inventory.names.index("politician")] == 1


@pytest.mark.parametrize(
    ("title", "text", "is_found"),
    [
        ("Ember", "We met Ember, a dog.", False),
        ("Ember (film)", "A film of 1979.", False),
        ("Ember (matter)", "A glowing ember is hot.", True),
        ("The Ember", "A label. In time The Ember closed.", False),
    ],
)
def test_lower_case_elsewhere_means_a_title_that_its_own_note_writes_so(title, text, is_found):
    rows, _, _ = found({"a": (title, text), "b": (None, "He saw the ember of it.")})
    assert any(note == "b" for name, note, *_ in rows if name.endswith("ember")) is is_found


def test_a_common_word_inside_a_longer_name_is_not_that_name():
    corpus = {
        "a": (None, "He met Rock Vale."),
        "b": ("Rock", "It is hard rock."),
        "c": (None, "A rock fell on Rock Vale. More rock fell."),
    }
    rows, _, _ = found(corpus)
    assert not {row for row in rows if row[0] == "rock" and not row[3] and row[1] != "b"}
    assert {row[1] for row in rows if row[0] == "rock vale"} == {"a", "c"}


def test_a_name_knows_the_longer_one_that_it_is_part_of():
    _, links, _ = found({"a": (None, "He is Jon Ardley. We saw Jon."), "b": (None, "Jon came.")})
    held = {
        (links.inventory.names[name], int(sentence), links.inventory.names[holder])
        for name, sentence, holder in zip(links.name, links.sentence, links.holder, strict=True)
        if holder >= 0
    }
    assert held == {("jon", 0, "jon ardley")}


def test_a_word_that_the_texts_write_in_lower_case_is_no_name_where_a_sentence_starts():
    texts = {
        "a": (None, "Winter came. Then winter went, and winter came back."),
        "b": (None, "Winter is here."),
    }
    assert not {row for row in found(texts)[0] if row[0] == "winter"}


def test_a_word_that_only_starts_sentences_is_a_name():
    rows, _, _ = found({"a": (None, "Bolota barks. She sleeps."), "b": (None, "Bolota eats.")})
    assert {row[1] for row in rows if row[0] == "bolota"} == {"a", "b"}


@pytest.mark.parametrize("question", ["Where is MÜLLER?", "where is Müller", "And Ｍüller?"])
def test_a_question_s_names_are_found_in_another_case_or_width(question):
    _, links, index = found({"a": ("Müller", "He lives in Bern."), "b": (None, "We saw Müller.")})
    names = [links.inventory.names[name.name] for name in held(links, index, question)]
    assert names == ["muller"]


def test_a_question_without_names_has_none():
    _, links, index = found({"a": ("Müller", "He lives in Bern.")})
    assert held(links, index, "") == ()
    assert held(links, index, "where does he live") == ()
