"""Text of a data set is never markup."""

from graphmem.evaluate.report.escaping import safe


def test_what_means_something_in_html_is_shown_as_written() -> None:
    assert safe("""<a href="x">'1' & 2</a>""") == (
        "&lt;a href=&quot;x&quot;&gt;&#x27;1&#x27; &amp; 2&lt;/a&gt;"
    )


def test_a_sign_that_would_turn_the_text_around_is_made_visible() -> None:
    assert "\u202e" not in safe("a\u202eb")
    assert safe("a\x07b") != "a\x07b"
