"""Has pytest show what was compared in the asserts of this package; imported before the others."""

from graphmem.errors import MissingExtraError

try:
    import hypothesis  # noqa: F401
    import pytest
except ModuleNotFoundError as error:
    raise MissingExtraError("graphmem.testing", "testing") from error

pytest.register_assert_rewrite(
    *(f"graphmem.testing.{name}" for name in ("encoder", "machine", "records", "store"))
)
