"""The table of pages."""

import pytest

from graphmem import Memory
from graphmem.errors import GraphmemError
from graphmem.explore.html import HERE
from graphmem.explore.pages import PAGES

BY_PATH = {kind.path: kind for kind in PAGES}


def test_every_page_has_its_template_and_names_a_verb_of_memory():
    for kind in PAGES:
        assert (HERE / "templates" / kind.template).exists()
        assert hasattr(Memory, kind.verb)


def test_a_search_shows_now_alone_and_then_when_it_is_asked_for(memory):
    shows = BY_PATH["/search"].shows
    asked = {"q": "Where does Ben Olsen live?", "as_of": "2023-12"}
    now, then = shows(memory, asked), shows(memory, {**asked, "side": "then"})
    assert now["now"]
    assert now["then"] is None
    assert then["then"]
    assert then["now"] is None
    assert shows(memory, {"q": "  "})["now"] is None


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/search", {"q": "x", "as_of": "soonish", "side": "then"}),
        ("/session/{id}", {"id": "s0"}),
        ("/sessions", {"after": "nonsense"}),
        ("/name", {"called": "nobody"}),
        ("/name", {}),
        ("/name", {"id": "../../etc/passwd"}),
        ("/note/{id}", {"id": "home", "start": "-1"}),
        ("/note/{id}", {"id": "home", "start": "9" * 400}),
        ("/note/{id}", {"id": ""}),
        ("/run/{id}", {"id": "none"}),
    ],
)
def test_what_cannot_be_shown_is_an_error_of_ours(memory, path, asked):
    with pytest.raises(GraphmemError):
        BY_PATH[path].shows(memory, asked)
