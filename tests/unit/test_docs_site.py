"""The site of the documentation: every page is in its menu, and no link of it leads nowhere."""

import re

import yaml

from scripts.docs_site import ROOT, api_page, as_page, pages

CONFIG = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def listed(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    inside = nav.values() if isinstance(nav, dict) else nav
    return [page for one in inside for page in listed(one)]  # type: ignore[union-attr]


def test_every_page_is_in_the_menu_once() -> None:
    wanted = [path.relative_to(ROOT).as_posix() for path in pages()]
    assert sorted(listed(CONFIG["nav"])) == sorted([*wanted, "api.md"])


def test_nothing_is_fetched_for_a_page() -> None:
    assert CONFIG["theme"]["font"] is False
    assert not any("extra_" in key for key in CONFIG)
    assert not any("```mermaid" in path.read_text("utf-8") for path in pages())


def test_a_link_to_what_is_no_page_is_no_link_and_the_others_stay() -> None:
    text = as_page(ROOT / "docs" / "index.md")
    assert "[formats](formats.md)" in text.replace("Files and formats", "formats")
    assert not re.search(r"\]\(adr\)", text)
    assert "(`adr`)" in text


def test_each_public_name_is_asked_for() -> None:
    assert "\n::: graphmem.Memory\n" in api_page()
