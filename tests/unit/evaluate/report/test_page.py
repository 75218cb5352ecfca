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


def shown(tmp_path, *names, made=""):
    """Return the page of the small set with BM25 under each of the names."""
    dataset = load_retrieval(write_set(tmp_path / "set"))
    specs = [SystemSpec(name=name, make=Bm25) for name in names]
    encoder = TimedEncoder(RuleEncoder())
    results = run(dataset, specs, encoder=encoder, log=RunLog(), progress=lambda *_: None)
    report = {"made": made, **summarise(dataset, results, encoder="rules@1")}
    return to_html(report, dataset, results, generator="test")


def test_the_page_fits_a_phone_and_says_with_what_it_was_made(tmp_path):
    page = shown(tmp_path, "bm25", made="graphmem 1.2, 2024-05-08 10:00 UTC: graphmem evaluate x")
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "<p>graphmem 1.2, 2024-05-08 10:00 UTC: graphmem evaluate x</p>" in page
    assert "2 questions: too few for any difference to mean something" in page


def test_every_hit_is_shown_with_its_title_and_text(tmp_path):
    page = Parsed(shown(tmp_path, "bm25")).text
    hits = page[page.index("Every question") :]
    assert hits.count("Glass Harbour Glass Harbour is a novel.") >= 2  # as gold, and as a hit


def test_leads_are_a_matrix_of_systems(tmp_path):
    page = shown(tmp_path, "a", "b", "c")
    tables = page.split("<table>")
    (matrix,) = [table for table in tables if table.startswith("<tr><th>recall@5 over</th>")]
    rows = matrix.partition("</table>")[0].split("<tr>")[1:]
    assert [row.count("<th>") + row.count("<td>") for row in rows] == [4, 4, 4, 4]
    assert "+0.0 [0.0, 0.0]" in rows[1]


def test_figures_have_their_units(tmp_path):
    page = shown(tmp_path, "bm25")
    assert "100 %</text>" in page
    assert "milliseconds a search" in page
    assert "index MB" in page
