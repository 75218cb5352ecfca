"""The page about operating: its Python logs what it says, and its table names the loggers."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
STEP = re.compile(
    r'with step\("(\w+)"(?:, level=(\w+))?\) as done\b.*?'
    r"done\.told\(((?:[^()]|\([^()]*\))*)\)",
    re.DOTALL,
)
CODE = "\n".join(path.read_text("utf-8") for path in (ROOT / "graphmem").rglob("*.py"))


def test_the_block_of_python_logs_the_line_below_it(tmp_path: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    (shown,) = re.findall(r"^```text\n(.*?)^```", PAGE, re.M | re.S)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    wanted = ".+?".join(map(re.escape, shown.split("…")))
    assert re.fullmatch(wanted, done.stderr)


def test_the_table_names_each_step_its_level_and_what_it_tells() -> None:
    rows = re.findall(r"^\| `graphmem\.(\w+)` \| (\w+) \| [^|]+ \| ([^|]+) \|$", PAGE, re.M)
    told = {
        (name, level or "INFO", frozenset(re.findall(r"(?:^|[(,\s])(\w+)=", inside)))
        for name, level, inside in STEP.findall(CODE)
    }
    assert {(n, level, frozenset(re.findall(r"`(\w+)`", keys))) for n, level, keys in rows} == told
