"""The page of dependencies says what pyproject.toml says."""

import re
import tomllib

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def libraries(requirements):
    return {re.split(r"[><=; \[]", requirement)[0].lower() for requirement in requirements}


def named_on_the_page():
    cells = [line.split("|")[1:3] for line in PAGE.splitlines() if line.startswith("| ")]
    return {word for pair in cells for cell in pair for word in re.findall(r"[\w-]+", cell.lower())}


def test_every_extra_and_each_library_of_it_is_on_the_page():
    wanted = set(EXTRAS) - {"all"}
    for name, requirements in EXTRAS.items():
        wanted |= libraries(requirements) if name != "all" else set()
    assert wanted - named_on_the_page() == set()


def test_every_library_that_is_always_installed_is_on_the_page():
    assert libraries(PROJECT["dependencies"]) - named_on_the_page() == set()


def test_all_is_every_extra_but_those_for_tests_a_gpu_and_under_the_gpl():
    (everything,) = EXTRAS["all"]
    named = set(re.search(r"\[(.*)\]", everything).group(1).split(","))
    assert set(EXTRAS) - named == {
        "all", "testing", "dev", "dev-langchain", "dev-browser", "docs", "gpu", "gpus", "igraph",
    }  # fmt: skip
    left_out = (
        "`testing`, `dev`, `dev-langchain`, `dev-browser`, `docs`, `gpu`, `gpus` and `igraph`"
    )
    assert f"`all` is every extra but {left_out}." in PAGE
