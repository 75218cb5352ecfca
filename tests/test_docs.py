"""What documents, messages and docstrings name is there: extras, files, commands, modules, names.

A cure that an error names must cure, and a command that a page shows must run. Checked are the
pages under docs/, the README and its like, and every text in the code of graphmem.
"""

import ast
import builtins
import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from graphmem import errors
from graphmem.cli.app import app, command_named
from graphmem.config import PREFIX, Settings
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("examples/*/*.md")])
MODULES = sorted((ROOT / "graphmem").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CODE = "\n".join(
    path.read_text("utf-8")
    for folder in ("graphmem", "flows", "tests", "bench", "scripts")
    for path in (ROOT / folder).rglob("*.py")
)
REPOSITORY_FILE = r"(?<![\w/.*:-])([\w./-]+\.(?:py|md|grass|yaml))\b"
"""Endings of files that pages name as the repository's own; other files are the reader's."""

ENTRY_POINT_GROUPS = {
    "graphmem.stores", "graphmem.encoders", "graphmem.extractors", "graphmem.rankers",
}  # fmt: skip
STEPS = {"graphmem.read", "graphmem.write", "graphmem.search", "graphmem.hits", "graphmem.NAME"}
"""Loggers and spans of `graphmem/steps.py`, a count of one, and the place of a name."""
READERS_FILES = {"graphmem.db", "graphmem.toml", "graphmem.py", "graphmem.grass"}
NO_MODULES = ENTRY_POINT_GROUPS | READERS_FILES | STEPS | {"graphmem.windows1252"}
"""What looks like a dotted name and is none; the last is the name of an error handler of codecs."""

HOLE = "\N{HORIZONTAL ELLIPSIS}"
PLACEHOLDER = re.compile(r"(?:^|[/_.])[A-Z]{2,}(?=[/_.]|$)")
"""`NAME` in `tests/unit/ROOM/test_NAME.py`."""


def texts_of(path: Path) -> Iterator[str]:
    """Yield a page whole, and of a module every text in it; f-strings with HOLE for each value."""
    source = path.read_text("utf-8")
    if path.suffix == ".md":
        yield source
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named(pattern: str, paths: list[Path]) -> set[tuple[str, str]]:
    """Return (file, what the pattern's first group found) over all texts of the files."""
    return {
        (str(path.relative_to(ROOT)), found.group(1))
        for path in paths
        for text in texts_of(path)
        for found in re.finditer(pattern, text)
    }


EVERYWHERE = [*PAGES, *MODULES]


def test_every_extra_that_is_named_can_be_installed() -> None:
    extras = set(PROJECT["project"]["optional-dependencies"])
    lists = named(r"graphmem\[([\w, -]+)\]", EVERYWHERE)
    asked = named(r"extras? `(\w+)`", EVERYWHERE)
    raised = {("code", name) for name in re.findall(r'MissingExtraError\([^)]*"(\w+)"\)', CODE)}
    assert len(lists) + len(asked) + len(raised) > 5
    wrong = [
        (where, name)
        for where, names in sorted(lists | asked | raised)
        for name in re.split(r"[,\s]+", names)
        if name not in extras
    ]
    assert wrong == []


def test_every_extra_has_code_or_tests_that_use_it() -> None:
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", CODE, re.M))
    for extra, requirements in PROJECT["project"]["optional-dependencies"].items():
        packages = [re.split(r"[^\w-]|-cu\w+", name)[0].replace("-", "_") for name in requirements]
        used = [name for name in packages if name.lower() in {n.lower() for n in imported}]
        assert used or extra in ("all", "cypher", "docs", "otel"), (
            f"nothing imports what {extra!r} installs"
        )


def test_every_link_between_pages_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_file_of_the_repository_that_is_named_is_there() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.*") if path.is_file()]
    missing = [
        (where, name)
        for where, name in sorted(named(REPOSITORY_FILE, EVERYWHERE))
        if not any(f"/{file}".endswith("/" + name.lstrip("./")) for file in files)
        and name not in READERS_FILES
        and not PLACEHOLDER.search(name)
    ]
    assert missing == []


def commands_of(text: str) -> Iterator[list[str]]:
    """Yield the words of each graphmem command in a text: of a code block's line, of backticks,
    and of what a message says to type."""
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S))
    code = re.findall(r"^(?:\$ )?(graphmem [^\n]+)$", blocks, re.M)
    ticks = re.findall(r"`(graphmem [^`\n]+)`", text)
    typed = re.findall(r"type:? (graphmem [^\n`;]+)", text)
    for line in [*code, *ticks, *typed]:
        bare = re.split(r"\s#|\s>|\s\|\s(?=graphmem|jq|head|python)|[;,.)]\s|[.,;)]$", line)[0]
        try:
            yield shlex.split(bare)
        except ValueError:
            yield bare.split()


def fault_of(words: list[str]) -> str | None:
    """Return what is wrong with a command: a subcommand or an option that does not exist."""
    command: Any = typer.main.get_command(app)
    options = {"--help"}
    for word in words[1:]:
        if word.startswith("--"):
            options |= {name for parameter in command.params for name in parameter.opts}
            options |= {name for parameter in command.params for name in parameter.secondary_opts}
            if word.partition("=")[0] not in options:
                return f"{command.name} has no option {word}"
        elif hasattr(command, "commands") and re.fullmatch(r"[a-z][\w-]*", word):
            if word not in command.commands:
                return f"{command.name} has no command {word}"
            is_top = command.name == "graphmem"
            command = command_named(word) if is_top else command.commands[word]
    return None


def is_shown_as_a_choice(words: list[str]) -> bool:
    """`graphmem search | ask` names several commands and is none."""
    return "|" in words or "…" in words or "..." in words


@pytest.mark.parametrize("path", EVERYWHERE, ids=[str(p.relative_to(ROOT)) for p in EVERYWHERE])
def test_every_command_that_is_shown_exists_with_its_options(path: Path) -> None:
    faults = [
        f"{' '.join(words)}: {fault}"
        for text in texts_of(path)
        for words in commands_of(text)
        if not is_shown_as_a_choice(words) and (fault := fault_of(words))
    ]
    assert faults == []


def test_a_command_or_option_that_is_not_there_is_seen() -> None:
    assert fault_of(["graphmem", "search", "x", "--explain"]) is None
    assert "no command serach" in (fault_of(["graphmem", "serach", "x"]) or "")
    assert fault_of(["graphmem", "search", "x", "--explian"]) == "search has no option --explian"


def test_commands_are_found_in_blocks_in_backticks_and_in_messages() -> None:
    assert list(commands_of("type: graphmem doctor --full; then wait")) == [
        ["graphmem", "doctor", "--full"]
    ]
    assert list(
        commands_of("Use `graphmem store stats` or\n```sh\ngraphmem search 'a b' | jq .\n```")
    ) == [
        ["graphmem", "search", "a b"],
        ["graphmem", "store", "stats"],
    ]


def test_every_module_that_is_run_exists() -> None:
    run = named(r"python3? -m ([\w.]+)", EVERYWHERE)
    missing = [
        (where, name)
        for where, name in sorted(run)
        if not PLACEHOLDER.search(name) and not find_spec(name)
    ]
    assert missing == []


def resolves(dotted: str) -> bool:
    """Return whether a dotted name is a module, or an attribute of one."""
    module, rest = dotted, list[str]()
    while module:
        try:
            value: object = import_module(module)
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
            continue
        for name in rest:
            if not hasattr(value, name):
                return False
            value = getattr(value, name)
        return True
    return False


def test_every_dotted_name_is_one() -> None:
    dotted = named(
        r"(?<![\w/.@-])(graphmem(?:\.[A-Za-z_]\w*)+)(?![\w/(-]*\.(?:com|org))", EVERYWHERE
    )
    missing = [
        (where, name)
        for where, name in sorted(dotted)
        if name not in NO_MODULES and not resolves(name)
    ]
    assert missing == []


def test_every_error_that_is_named_is_one() -> None:
    known = {*vars(errors), *vars(builtins)}
    others = set(re.findall(r"\b(?:import|from) .*?\b(\w+Error)\b", CODE))
    missing = [
        (where, name)
        for where, name in sorted(named(r"(?<![\w.+])([A-Z]\w+Error)\b", EVERYWHERE))
        if name not in known | others
    ]
    assert missing == []


def test_every_variable_that_is_named_is_read_somewhere() -> None:
    settings = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    read = set(re.findall(r'"(GRAPHMEM_[A-Z0-9_]+)"', CODE))
    missing = [
        (where, name)
        for where, name in sorted(named(r"\b(GRAPHMEM_[A-Z0-9_]*[A-Z0-9])\b", EVERYWHERE))
        if name not in settings | read
    ]
    assert missing == []


def test_every_make_target_that_is_named_is_one() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    asked = named(r"(?:^|`)make ([\w-]+)", PAGES)
    assert asked
    assert [(where, name) for where, name in sorted(asked) if name not in targets] == []


def test_the_page_for_contributors_draws_the_layers_that_are_held() -> None:
    contracts = {one["name"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    drawing = page.split("## Who may import what", 1)[1].split("```")[1]
    drawn = [re.split(r" {2,}", line)[0] for line in drawing.strip().splitlines()]
    assert drawn == contracts["One direction"]["layers"]


def test_the_readme_says_what_every_folder_holds() -> None:
    table = (ROOT / "README.md").read_text("utf-8").split("| folder of `graphmem/` | holds |", 1)[1]
    named = re.findall(r"`(\w+)/`", "\n".join(re.findall(r"^\|([^|]+)\|", table, re.M)))
    folders = {path.parent.name for path in (ROOT / "graphmem").glob("*/__init__.py")}
    assert set(named) == folders
