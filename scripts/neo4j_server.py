"""A real Neo4j for tests, benchmarks and a developer: fetched by Maven, started, always stopped.

    python scripts/neo4j_server.py                     # prints where it listens, until Ctrl-C
    python scripts/neo4j_server.py --version 2026.08.1 # needs Java 21

Neo4j Community is a separate program under GPL-3. Its jars are fetched once a version into
`$XDG_CACHE_HOME/graphmem/neo4j/VERSION`; nothing of it is part of graphmem.
"""

import argparse
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LTS = "5.26.30"
NEWEST = "2026.08.1"
START_SECONDS = 180
"""How long a start may take on a busy machine; 6 s on a quiet one."""

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>graphmem</groupId><artifactId>neo4j</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId>
<version>{version}</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId>
<version>{version}</version></dependency></dependencies></project>"""
_CONFIG = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={page_cache}
dbms.usage_report.enabled=false
db.tx_log.rotation.retention_policy=2 files
"""
_JAVA_OPTIONS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
    "-XX:+UseSerialGC",
)
_BRIEF_JAVA = ("-XX:TieredStopAtLevel=1",)
_BRIEF_CONFIG = """dbms.cypher.statistics_divergence_threshold=1.0
db.memory.transaction.max=32m
"""
"""For a server that lives minutes and holds little: start soon, plan each statement once."""
_PR_SET_PDEATHSIG = 1


class NoServerError(RuntimeError):
    """Raised when no server can be started here; the message says what is missing."""


def is_modern(version: str) -> bool:
    """True for the calendar versions, which need Java 21 and start from another class."""
    return int(version.partition(".")[0]) >= 2025


def java_version() -> int:
    """Return the major version of the Java that would be started, 0 if there is none."""
    try:
        ran = subprocess.run([_java(), "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', ran.stderr)
    return int(found.group(1)) if found else 0


def missing(version: str = LTS) -> str:
    """Return in one line what this machine lacks to start a server, "" for nothing."""
    wanted = 21 if is_modern(version) else 17
    if java_version() < wanted:
        package = f"openjdk-{wanted}-jre-headless"
        return f"Neo4j {version} needs Java {wanted} (Debian: apt install {package})"
    if not _jars(version).is_dir() and shutil.which("mvn") is None:
        return "fetching Neo4j needs Maven (Debian: apt install maven)"
    return ""


@dataclass(slots=True)
class Neo4jServer:
    """One server with a home folder of its own; `start` and `stop` it, or `kill` it for a test."""

    home: Path
    version: str = LTS
    heap: str = "512m"
    page_cache: str = "96m"
    is_brief: bool = False
    """Tuned for tests: it starts sooner, and is slower at much data."""
    user: str = "neo4j"
    password: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _has_password: bool = False

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def logs(self) -> Path:
        """The folder of its logs."""
        return self.home / "logs"

    def start(self) -> None:
        """Start, and wait until it answers; again after `kill`, with the data it had."""
        lacking = missing(self.version)
        if lacking:
            raise NoServerError(lacking)
        jars = fetched(self.version)
        self.port = self.port or _free_port()
        for name in ("conf", "data", "logs", "plugins", "import", "run"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        (self.home / "conf" / "neo4j.conf").write_text(
            _CONFIG.format(port=self.port, page_cache=self.page_cache)
            + (_BRIEF_CONFIG if self.is_brief else ""),
            "utf-8",
        )
        main = "Neo4jCommunity" if is_modern(self.version) else "CommunityEntryPoint"
        with (self.logs / "console.log").open("ab") as console:
            self._process = subprocess.Popen(
                [
                    *_with_parent(), _java(), *_JAVA_OPTIONS,
                    *(_BRIEF_JAVA if self.is_brief else ()),
                    f"-Xms{self.heap}", f"-Xmx{self.heap}",
                    "-cp", f"{jars}/*", f"org.neo4j.server.{main}",
                    f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}",
                ],
                stdout=console, stderr=console, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and make it if it does not."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                raise NoServerError(f"Neo4j {self.version} did not start; see {self.logs}")
            if self._answers():
                return
            time.sleep(0.2)
        self.kill()
        raise NoServerError(f"Neo4j did not answer within {START_SECONDS} s; see {self.logs}")

    def _answers(self) -> bool:
        """True when the server is up, with our password in place of the one it comes with."""
        import neo4j
        from neo4j.exceptions import DriverError, Neo4jError

        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) != 0:
                return False
        known = self.password if self._has_password else "neo4j"
        try:
            with neo4j.GraphDatabase.driver(
                self.uri.replace("neo4j:", "bolt:"), auth=(self.user, known)
            ) as driver:
                if not self._has_password:
                    driver.execute_query(
                        "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new",
                        new=self.password,
                        database_="system",
                    )
                    self._has_password = True
                    return False
                driver.execute_query("RETURN 1", database_="neo4j")
        except (DriverError, Neo4jError):
            return False
        return True


@contextmanager
def running(
    version: str = LTS, *, heap: str = "512m", page_cache: str = "96m", is_brief: bool = False
) -> Iterator[Neo4jServer]:
    """Give a fresh, empty server; its home folder goes with it, its logs stay after a failure."""
    home = Path(tempfile.mkdtemp(prefix="graphmem-neo4j-"))
    server = Neo4jServer(home, version, heap=heap, page_cache=page_cache, is_brief=is_brief)
    try:
        server.start()
        yield server
    except BaseException:
        server.stop()
        shutil.rmtree(home / "data", ignore_errors=True)
        print(f"the logs of Neo4j are in {server.logs}", file=sys.stderr)
        raise
    server.kill()
    shutil.rmtree(home, ignore_errors=True)


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


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _with_parent() -> tuple[str, ...]:
    """Have Linux end the server when the process that started it is gone, however that ended."""
    if sys.platform != "linux":
        return ()
    return (
        sys.executable, "-c",
        "import ctypes, os, signal, sys\n"
        f"ctypes.CDLL(None).prctl({_PR_SET_PDEATHSIG}, signal.SIGTERM)\n"
        "os.execvp(sys.argv[1], sys.argv[1:])",
    )  # fmt: skip


def main() -> None:
    """Run a server until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", default=LTS)
    parser.add_argument("--heap", default="512m")
    options = parser.parse_args()
    with running(options.version, heap=options.heap) as server:
        print(f"export NEO4J_USER={server.user} NEO4J_PASSWORD={server.password}")
        print(f"graphmem --store {server.uri} …      (Ctrl-C ends the server)", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopping")


if __name__ == "__main__":
    main()
