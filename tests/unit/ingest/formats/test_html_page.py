"""Pages in HTML: their words under their headings, in the encoding that they name."""

from pathlib import Path

from tests.unit.ingest.read_file import read

PAGE = """<!DOCTYPE html><html><head><title>Stoves | The shop</title>
<meta property="article:published_time" content="2023-10-02T08:00:00+02:00">
<style>p {color: red}</style></head><body>
<nav><ul><li>Home</li></ul></nav><div role="banner">The shop</div>
<h1>Stoves</h1><p>A stove wants <b>dry</b>
wood &amp; patience.</p><script>if (a < b) { alert("no") }</script>
<h2>Care</h2><ul><li>sweep it</li><li>oil it</li></ul>
<table><tr><th>part</th><th>age</th></tr><tr><td>door</td><td>9</td></tr></table>
<p style="display: none">unseen</p><aside>More stoves</aside><footer>Imprint</footer></body></html>
"""


def test_headings_are_titles_and_what_stands_around_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "stoves.htm").write_text(PAGE)
    turns, problems = read(tmp_path / "stoves.htm")
    assert problems == []
    assert [(turn.title, turn.text) for turn in turns] == [
        ("Stoves", "A stove wants dry wood & patience."),
        ("Stoves > Care", "- sweep it\n\n- oil it\n\npart | age\n\ndoor | 9"),
    ]
    assert f"{turns[0].said_at}" == "2023-10-02 08:00:00+02:00"
    assert turns[0].is_passage


def test_a_page_without_a_heading_is_named_by_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><title>Kilns</title><p>Hot.</p>")
    assert [turn.title for turn in read(tmp_path / "a.html")[0]] == ["Kilns"]


def test_a_page_is_told_by_its_first_words_too(tmp_path: Path) -> None:
    (tmp_path / "saved").write_text(PAGE)
    turns, _ = read(tmp_path / "saved")
    assert turns[0].file is not None
    assert turns[0].file.format == "html"


def test_the_encoding_is_the_one_it_names(tmp_path: Path) -> None:
    text = '<html><meta charset="shift_jis"><p>薪は乾いている。</p>'
    (tmp_path / "a.html").write_bytes(text.encode("shift_jis"))
    assert [turn.text for turn in read(tmp_path / "a.html")[0]] == ["薪は乾いている。"]


def test_an_encoding_nobody_knows_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<html><meta charset="nonesuch"><p>Dry.</p>')
    assert [turn.text for turn in read(tmp_path / "a.html")[0]] == ["Dry."]


def test_a_navigation_that_is_never_closed_ends_where_the_words_begin(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><nav><a>Home</a><h1>Kilns</h1><p>Hot.</p>")
    assert [(turn.title, turn.text) for turn in read(tmp_path / "a.html")[0]] == [("Kilns", "Hot.")]
