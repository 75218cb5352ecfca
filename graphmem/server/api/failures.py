"""Which status an error of graphmem has; its message, which says the cure, is the answer's."""

from graphmem.errors import (
    ConfigError,
    DependentChangesError,
    EncoderMismatchError,
    GraphmemError,
    InputError,
    MissingRecordError,
)
from graphmem.server.refused import RefusedError

STATUS: tuple[tuple[type[GraphmemError], int], ...] = (
    (MissingRecordError, 404),
    (DependentChangesError, 409),
    (EncoderMismatchError, 409),
    (ConfigError, 400),
    (InputError, 400),
)
"""The first that fits; what is transient has 503, all else is the server's fault, 500."""
AGAIN = 1
"""Seconds after which what is transient may be asked again."""


def refusal_of(error: GraphmemError) -> RefusedError:
    """Return an error of a verb as a refusal."""
    kind = type(error).__name__
    if error.transient:
        return RefusedError(503, str(error), kind=kind, wait=AGAIN)
    status = next((status for of, status in STATUS if isinstance(error, of)), 500)
    return RefusedError(status, str(error), kind=kind)
