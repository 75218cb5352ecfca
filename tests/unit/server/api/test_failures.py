"""Each error of graphmem has a status."""

import inspect

import pytest

from graphmem import errors
from graphmem.server.api.failures import refusal_of

MADE = {
    "MissingRecordError": errors.MissingRecordError("note", ["n1"]),
    "DependentChangesError": errors.DependentChangesError("c1", ["c2"]),
    "EncoderMismatchError": errors.EncoderMismatchError("a", "b"),
    "StoreDamagedError": errors.StoreDamagedError("x.db", "torn"),
    "UnknownBackendError": errors.UnknownBackendError("store", "x", ["ram"]),
    "MissingExtraError": errors.MissingExtraError("the encoder", "models"),
}
STATUS = {
    **dict.fromkeys(("ConfigError", "InputError", "ScopeError", "UnknownBackendError"), 400),
    **dict.fromkeys(("DependentChangesError", "EncoderMismatchError"), 409),
    **dict.fromkeys(("StoreBusyError", "StoreUnavailableError", "MovedError"), 503),
    **dict.fromkeys(("StoreDamagedError", "StoreVersionError", "NoConvergenceError"), 500),
    "MissingRecordError": 404,
}
KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.GraphmemError)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_keeps_its_message_and_what_is_transient_may_be_asked_again(kind) -> None:
    error = MADE.get(kind.__name__) or kind("what to do")
    refusal = refusal_of(error)
    assert (refusal.message, refusal.kind) == (str(error), kind.__name__)
    assert refusal.status == STATUS.get(kind.__name__, refusal.status)
    assert (refusal.status == 503) == kind.transient == bool(refusal.wait)
