"""What every bench does alike: options from its docstring, seconds of a call, JSON lines."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np


def parser(doc: str | None) -> argparse.ArgumentParser:
    """Return a parser whose `--help` is a bench's docstring."""
    return argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def seconds(call: Callable[[], object]) -> float:
    """Return the wall-clock seconds of a call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def cpu_seconds(call: Callable[[], object]) -> float:
    """Return the seconds of this process's processor that a call takes."""
    began = time.process_time()
    call()
    return time.process_time() - began


def ms(took: Sequence[float], percentile: int = 50) -> float:
    """Return a percentile of seconds, the median by default, in milliseconds."""
    return round(1000 * float(np.percentile(took, percentile)), 2)


def report(**line: object) -> None:
    """Print one JSON line."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
