"""A real Neo4j for tests, benchmarks and a developer: fetched by Maven, started, always stopped.

    python -m scripts.neo4j_server                     # prints where it listens, until Ctrl-C
    python -m scripts.neo4j_server --version 2026.08.1 # needs Java 21

Neo4j Community is a separate program under GPL-3. Its jars are fetched once a version into
`$XDG_CACHE_HOME/graphmem/neo4j/VERSION`; nothing of it is part of graphmem.
"""

import argparse
import os
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
from types import FrameType

from scripts.neo4j_jars import LTS, NoServerError, fetched, is_modern, java_for, missing

START_SECONDS = 180
"""How long a start may take on a busy machine; 6 s on a quiet one."""

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
_KEEPER = Path(__file__).with_name("neo4j_keeper.py")


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
    def pid(self) -> int:
        """The server's own process, on Linux; its keeper's is another."""
        keeper = self._process.pid if self._process is not None else 0
        children = Path(f"/proc/{keeper}/task/{keeper}/children").read_text("ascii")
        return int(children.split()[0])

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
                    sys.executable, str(_KEEPER), str(self.home),
                    java_for(self.version), *_JAVA_OPTIONS,
                    *(_BRIEF_JAVA if self.is_brief else ()),
                    f"-Xms{self.heap}", f"-Xmx{self.heap}",
                    "-cp", f"{jars}/*", f"org.neo4j.server.{main}",
                    f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}",
                ],
                stdout=console, stderr=console, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ask it to end, and make it if it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

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
    """Give a fresh, empty server; its home folder goes with it, its logs stay after a failure.

    SIGTERM ends it as Ctrl-C does where `ended_by_sigterm` was called.
    """
    home = Path(tempfile.mkdtemp(prefix="graphmem-neo4j-"))
    server = Neo4jServer(home, version, heap=heap, page_cache=page_cache, is_brief=is_brief)
    try:
        server.start()
        yield server
    except Exception:
        server.stop()
        shutil.rmtree(home / "data", ignore_errors=True)
        print(f"the logs of Neo4j are in {server.logs}", file=sys.stderr)
        raise
    except BaseException:
        _clear(server)
        raise
    _clear(server)


def _clear(server: Neo4jServer) -> None:
    server.kill()
    shutil.rmtree(server.home, ignore_errors=True)


def ended_by_sigterm() -> None:
    """Have SIGTERM raise KeyboardInterrupt in this process, so that what it started is ended."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Run a server until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", default=LTS)
    parser.add_argument("--heap", default="512m")
    options = parser.parse_args()
    ended_by_sigterm()
    try:
        with running(options.version, heap=options.heap) as server:
            print(f"export NEO4J_USER={server.user} NEO4J_PASSWORD={server.password}")
            print(f"graphmem --store {server.uri} …      (Ctrl-C ends the server)", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()
