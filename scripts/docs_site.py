"""The documentation as a site, from the Markdown that is there: `python -m scripts.docs_site`.

Pages are copied to `build/docs` as they lie in the repository, so that their links hold, beside a
page of the public names from their docstrings; `mkdocs.yml` says the rest. The site is
`build/site`, made offline; a warning ends it. Needs the extra `docs`.
"""

import re
import shutil
import subprocess
from pathlib import Path

import graphmem

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "build" / "docs"
PATTERNS = (
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/**/*.md",
    "examples/*/README.md",
)  # fmt: skip
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)#:\s]+)\)")


def pages() -> list[Path]:
    """Return every page of the site, below the repository."""
    return sorted(path for pattern in PATTERNS for path in ROOT.glob(pattern))


def as_page(page: Path) -> str:
    """Return a page's text; a link to a folder or a file that is no page becomes code."""
    known = {path.resolve() for path in pages()}

    def shown(found: re.Match[str]) -> str:
        text, target = found.groups()
        return found[0] if (page.parent / target).resolve() in known else f"{text} (`{target}`)"

    return _LINK.sub(shown, page.read_text("utf-8"))


def api_page() -> str:
    """Return a page that asks for the docstring of every public name."""
    names = "".join(f"\n::: graphmem.{name}\n" for name in sorted(graphmem.__all__))
    return f"# Public names\n\nWhat `import graphmem` offers.\n{names}"


def main() -> None:
    """Copy the pages and build the site. Raises CalledProcessError if anything is amiss."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    for page in pages():
        copy = SOURCE / page.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(as_page(page), "utf-8")
    (SOURCE / "api.md").write_text(api_page(), "utf-8")
    subprocess.run(["zensical", "build", "--strict", "--clean"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
