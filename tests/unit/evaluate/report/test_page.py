"""The HTML page: whatever a data set says is text in it, never markup."""

from html.parser import HTMLParser

import pytest

from graphmem.evaluate.data.retrieval import load_retrieval
from graphmem.evaluate.measure.log import RunLog
from graphmem.evaluate.report.build import summarise
from graphmem.evaluate.report.page import to_html
from graphmem.evaluate.run import run
from graphmem.evaluate.systems.base import SystemSpec
from graphmem.evaluate.systems.baselines import Bm25
from graphmem.evaluate.systems.encoding import TimedEncoder
from graphmem.rules.embed import RuleEncoder
from tests.unit.evaluate.sets import write_set

ATTACK = "<script>alert('x')</script>\"' onload=x <img src=x> \u202egnp.exe\u2066 \x1b[2J\x00 end"
ALLOWED = {
    "html", "meta", "title", "style", "body", "h1", "h2", "h4", "p", "table", "tr", "td", "th",
    "svg", "path", "rect", "text", "circle", "input", "div", "details", "summary", "code", "ol",
    "li", "br", "span", "script",
}  # fmt: skip


class Parsed(HTMLParser):
    """The tags of a page with their attributes, and its text outside of scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text, self._inside = [], set(), "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self._inside = tag

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside not in ("script", "style"):
            self.text += data


@pytest.fixture
def page(tmp_path):
    """A page of a set whose every text is an attack: ids, titles, questions, answers."""
    corpus = [{"id": f"a{ATTACK}", "title": ATTACK, "text": f"glass harbour {ATTACK}"}]
    question = {
        "id": ATTACK,
        "question": f"glass harbour? {ATTACK}",
        "gold_ids": [f"a{ATTACK}", f"gone{ATTACK}"],
        "answer": ATTACK,
        "type": ATTACK,
    }
    dataset = load_retrieval(write_set(tmp_path / "set", corpus, [question, {"question": ""}]))
    specs = [SystemSpec(name=ATTACK, make=Bm25)]
    encoder = TimedEncoder(RuleEncoder())
    results = run(dataset, specs, encoder=encoder, log=RunLog(), progress=lambda *_: None)
    report = summarise(dataset, results, encoder=ATTACK)
    return to_html(report, dataset, results, generator="test")


def test_no_text_of_a_set_becomes_a_tag_or_an_attribute(page):
    parsed = Parsed(page)
    assert set(parsed.tags) <= ALLOWED
    assert parsed.tags.count("script") == 1
    assert "img" not in parsed.tags
    assert parsed.attributes.isdisjoint({"onload", "src", "href"})
    assert "<script>alert('x')</script>" in parsed.text  # it is shown as it was written


def test_no_text_of_a_set_turns_the_order_of_letters_or_drives_a_terminal(page):
    for character in "\u202e\u2066\x1b\x00":
        assert character not in page
    assert "\\u202egnp.exe\\u2066" in page
    assert "\\x1b[2J\\x00" in page
