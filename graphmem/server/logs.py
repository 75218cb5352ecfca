"""What is logged: a JSON line a request where that is asked for, and faults without their words."""

import json
import logging
import traceback
from pathlib import Path

from graphmem.server.done import Done

REQUESTS = logging.getLogger("graphmem.server")
FAULTS = logging.getLogger("uvicorn.error")


def log_request(done: Done) -> None:
    """Log one request: who, which verb, whose memory, the status, how long; no content."""
    line = {
        "who": done.who,
        "verb": done.verb or None,
        "scope": done.scope,
        "status": done.status,
        "ms": round(done.seconds * 1_000, 1),
    }
    REQUESTS.info(json.dumps(line, ensure_ascii=False))


def without_words(record: logging.LogRecord) -> bool:
    """Leave of a fault its type and where it arose: its message may hold what somebody said."""
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
        record.msg, record.args = f"{type(error).__name__} at {places}", ()
        record.exc_info = record.exc_text = None
    return True
