"""Evidence is found by id, by the source's name, by words, by a place in a session or document."""

import pytest

from graphmem import Memory
from graphmem.evaluate.data.gold import GoldIndex


@pytest.fixture
def memory(tmp_path):
    (tmp_path / "cellar.md").write_text("# Cellar\nDry.\n\n## Shelves\nJam and corks.\n", "utf-8")
    with Memory.open("ram:", scope="ida") as opened:
        for session in ("spring", "autumn"):
            for number, text in enumerate((f"The Éclair sails in {session}.", "Fine by me."), 1):
                said = {"session": session, "metadata": {"id": f"t{number}"}}
                moment = f"2024-0{number}-01" if session == "spring" else f"2024-09-0{number}"
                opened.add(text, speaker="Ida", said_at=moment, **said)
        opened.ingest(tmp_path / "cellar.md")
        yield opened


@pytest.fixture
def index(memory):
    return GoldIndex(memory.store.scan("episode", "ida"), memory.store.scan("session", "ida"))


def texts(index, item):
    by_id = {episode.id: episode.text for episode in index.episodes}
    return [by_id[id_] for id_ in index.resolve(item)]


def test_words_are_found_whatever_their_case_and_accents(index):
    assert texts(index, "the eclair sails in SPRING") == ["The Éclair sails in spring."]


def test_an_id_names_one_episode_and_a_source_s_name_all_that_have_it(index):
    (first,) = index.resolve("sails in spring")
    assert index.resolve(first) == [first]
    assert len(index.resolve("t1")) == 2


def test_a_place_in_a_session_or_document_is_found(index):
    assert texts(index, {"session": "autumn", "turn": 2}) == ["Fine by me."]
    assert texts(index, {"session": "autumn", "turn": 3}) == []
    (under,) = texts(index, {"document": "cellar.md", "heading": "Shelves"})
    assert "Jam and corks." in under


def test_what_nobody_said_names_nothing(index):
    assert index.resolve("a grand piano") == index.resolve(" ") == []


def test_a_label_is_as_short_as_it_can_be(index):
    labels = {index.label(episode) for episode in index.episodes if not episode.title}
    assert labels == {"spring t1", "spring t2", "autumn t1", "autumn t2"}
