"""The jars of a Neo4j server, fetched by Maven once a version, and a Java that runs them."""

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

LTS = "5.26.30"
NEWEST = "2026.08.1"
_JAVA_FOLDERS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines")
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>graphmem</groupId><artifactId>neo4j</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId>
<version>{version}</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId>
<version>{version}</version></dependency></dependencies></project>"""


class NoServerError(RuntimeError):
    """Raised when no server can be started here; the message says what is missing."""


def is_modern(version: str) -> bool:
    """True for the calendar versions, which need Java 21 and start from another class."""
    return int(version.partition(".")[0]) >= 2025


@cache
def java_for(version: str) -> str:
    """Return the command of the first Java that runs a server of this version, "" if none does."""
    home = os.environ.get("JAVA_HOME")
    installed = [path for folder in _JAVA_FOLDERS for path in sorted(Path(folder).glob("*"))]
    commands = [
        str(path / "bin" / "java") for path in (*([Path(home)] if home else []), *installed)
    ]
    commands.insert(1 if home else 0, "java")
    wanted = _java_wanted(version)
    return next((command for command in commands if _java_version(command) >= wanted), "")


def _java_version(command: str) -> int:
    try:
        ran = subprocess.run([command, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', ran.stderr)
    return int(found.group(1)) if found else 0


def _java_wanted(version: str) -> int:
    return 21 if is_modern(version) else 17


def missing(version: str = LTS) -> str:
    """Return in one line what this machine lacks to start a server, "" for nothing."""
    if not java_for(version):
        wanted = _java_wanted(version)
        package = f"openjdk-{wanted}-jre-headless"
        return f"Neo4j {version} needs Java {wanted} (Debian: apt install {package})"
    if not _jars(version).is_dir() and shutil.which("mvn") is None:
        return "fetching Neo4j needs Maven (Debian: apt install maven)"
    return ""


def fetched(version: str) -> Path:
    """Return the folder of the server's jars, fetched by Maven if they are not there (123 MB)."""
    jars = _jars(version)
    if jars.is_dir():
        return jars
    jars.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jars.parent) as folder:
        (Path(folder) / "pom.xml").write_text(_POM.format(version=version), "utf-8")
        command = (
            "mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib",
            "-DincludeScope=runtime",
        )  # fmt: skip
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise NoServerError(f"Maven could not fetch Neo4j {version}: {ran.stdout[-400:]}")
        if not jars.is_dir():
            (Path(folder) / "lib").rename(jars)
    return jars


def _jars(version: str) -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "graphmem" / "neo4j" / version / "lib"
