"""Blocks of a page: each paragraph, item, row and heading, without what nobody sees."""

from graphmem.ingest.reading.html_blocks import LONGEST_BLOCK, HtmlBlocks, html_blocks


def blocks(page: str, left_out: frozenset[str] | None = None) -> list[tuple[int, str]]:
    parser = HtmlBlocks() if left_out is None else HtmlBlocks(left_out)
    lines = [(number, line + "\n") for number, line in enumerate(page.split("\n"), start=1)]
    return [(one.level, one.text) for one in html_blocks(lines, parser)]


def test_headings_paragraphs_items_and_rows_are_blocks() -> None:
    page = "<h3>A <i>b</i></h3><p>c\nd<br>e</p><ol><li>f<li>g</ol><table><tr><td>h<td>i</table>"
    assert blocks(page) == [(3, "A b"), (0, "c d\ne"), (0, "- f"), (0, "- g"), (0, "h | i")]


def test_lines_of_code_stay() -> None:
    assert blocks("<pre>a\n  b</pre>") == [(0, "a\n  b")]


def test_what_is_hidden_is_left_out_with_all_that_is_in_it() -> None:
    page = (
        "<div hidden><div>a</div>b</div><p aria-hidden='true'>c</p><template>d</template><p>e</p>"
    )
    assert blocks(page) == [(0, "e")]


def test_elements_to_be_left_out_may_be_chosen() -> None:
    assert blocks("<nav>a</nav><blockquote>b</blockquote>", frozenset(("blockquote",))) == [
        (0, "a")
    ]


def test_a_block_without_an_end_is_cut() -> None:
    found = blocks("<p>" + "word " * LONGEST_BLOCK)
    assert len(found) > 1
    assert all(len(text) <= LONGEST_BLOCK + 5 * LONGEST_BLOCK for _, text in found)


def test_title_and_date_are_known_once_the_head_is_read() -> None:
    parser = HtmlBlocks()
    list(html_blocks([(1, "<title>A\n b</title><meta name=Date content=2024-05-01>c")], parser))
    assert (parser.title, parser.date) == ("A b", "2024-05-01")
