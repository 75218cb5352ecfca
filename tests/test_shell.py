"""The outer shell: the index names every page, the workflow runs what `.ci/run` runs."""

import re

import pytest
import yaml

from tests.conftest import ROOT

INDEX = (ROOT / "docs" / "index.md").read_text("utf-8")
LINKED = set(re.findall(r"\]\(([\w./-]+\.md)\)", INDEX))
PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/*.md"))


@pytest.mark.parametrize("page", [page for page in PAGES if page != "index.md"])
def test_the_index_leads_to_every_page(page: str) -> None:
    assert page in LINKED


def test_the_workflow_runs_the_check_and_may_write_nothing() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yaml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def test_the_pages_for_contributors_and_finders_are_linked_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for page in ("CONTRIBUTING.md", "SECURITY.md", "docs/index.md"):
        assert f"]({page})" in readme
