"""A table of hits for notebooks: no text in it acts as HTML or drives anything."""

from graphmem.page import hits_page

HIT = {
    "rank": 1, "score": 0.5, "origin": "Ana <b>", "before": None, "after": None,
    "told": "a <script> key", "words": ["key"], "why": ["says “<i>”"],
}  # fmt: skip


def test_every_text_is_escaped_and_the_asked_words_are_marked() -> None:
    page = hits_page([HIT | {"before": {"speaker": "<s>", "text": "<x> \x1b[2J"}}])
    assert "a &lt;script&gt; <mark>key</mark>" in page
    for raw in ("<script>", "<b>", "<i>", "<s>", "<x>", "\x1b"):
        assert raw not in page


def test_the_turns_beside_a_hit_stand_before_and_after_it():
    beside = {
        "before": {"speaker": "Ben", "text": "Where?"},
        "after": {"speaker": None, "text": "Ah"},
    }
    page = hits_page([HIT | beside])
    before, text, after = (page.index(part) for part in ("Ben: Where?", "a &lt;script", ">Ah<"))
    assert before < text < after


def test_a_hit_without_a_turn_before_it_has_none_and_no_hit_is_a_sentence() -> None:
    assert "<small>" not in hits_page([HIT])
    assert hits_page([]) == "<p>nothing in this memory answers that</p>"
