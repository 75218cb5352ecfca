"""Templates and links."""

import re

import pytest

from graphmem.explore.html import HERE, filled, link
from tests.explored import NASTY

TEMPLATES = sorted((HERE / "templates").glob("*.html"))


def wrong(message: str) -> str:
    frame = {
        "link": lambda path, **query: link(path, "", **query),
        "scope": NASTY, "asked_scope": "", "may_edit": False, "token": "", "here": "/",
    }  # fmt: skip
    return filled("wrong.html", {**frame, "message": message, "cascade": ""})


def test_a_text_is_never_markup_nor_a_template():
    page = wrong(NASTY)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#39;in a turn&#39;)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def test_characters_that_turn_the_order_or_drive_a_terminal_are_seen():
    page = wrong("a\u202eb\x1b[31m\u2066c")
    assert "a\\u202eb\\x1b[31m\\u2066c" in page
    assert not set(page) & {"\u202e", "\x1b", "\u2066"}


def test_links_leave_out_what_is_not_said_and_escape_what_is():
    assert link("/name", "", id=None, part="") == "/name"
    assert (
        link("/name", "ana/helper", called="a&b=c") == "/name?scope=ana%2Fhelper&called=a%26b%3Dc"
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_no_template_has_script_style_or_an_address_of_its_own(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on|\|\s*safe", text)
    assert not re.search(r"https?://|javascript:", text)


def test_a_value_that_a_template_misses_is_an_error_not_a_blank():
    with pytest.raises(Exception, match="undefined"):
        filled("wrong.html", {})
