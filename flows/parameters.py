"""What a flow is told: checked before it runs, and never a secret, as Prefect keeps parameters."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from graphmem import Memory
from graphmem.config import Settings
from graphmem.ingest.found import EVERYTHING


def _without_secret(url: str) -> str:
    if "@" in urlsplit(url).netloc:
        raise ValueError(
            "a store's URL holds no user and no password, as Prefect keeps and shows parameters; "
            "set NEO4J_USER and NEO4J_PASSWORD where the worker runs"
        )
    return url


StoreUrl = Annotated[
    str,
    AfterValidator(_without_secret),
    Field(json_schema_extra={"pattern": r"^(?!\w[\w+.-]*://[^/?#]*@)"}),
]
"""A path or a URL; the pattern has the server refuse a secret before it keeps it."""


class Parameters(BaseModel):
    """A group of parameters: an unknown name is an error, and an error shows no value."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Place(Parameters):
    """Whose memory it is, and where. What is left out is what the worker's settings say:
    graphmem.toml in its folder, or GRAPHMEM_STORE, GRAPHMEM_SCOPE, GRAPHMEM_ENCODER."""

    store: StoreUrl | None = None
    scope: str | None = None
    encoder: str | None = None
    """Of a store that is made now; one that exists knows its own."""

    @property
    def url(self) -> str:
        """The store's path or URL."""
        return self.store or Settings.here().store

    def open(self) -> Memory:
        """Open the memory; the store is made if it is not there."""
        return Memory.open(self.store, scope=self.scope, encoder=self.encoder)

    def open_existing(self) -> Memory:
        """Open the memory; StoreUnavailableError or ScopeError if it is not there."""
        return Memory.open(self.store, scope=self.scope, must_exist=True)


class Source(Parameters):
    """Which files of a folder, and how they are read: the options of `graphmem ingest`."""

    pattern: str = EVERYTHING
    settle_seconds: Annotated[float, Field(ge=0)] = 0
    """A file that was changed less long ago is left for the next run: it may not be whole yet."""
    format: str = "auto"
    collection: str | None = None
    timezone: str | None = None
    date_order: str | None = None

    def settled_by(self) -> datetime | None:
        """Return when a file must have been changed last; None: whenever."""
        if not self.settle_seconds:
            return None
        return datetime.now(UTC) - timedelta(seconds=self.settle_seconds)


HERE = Place()
WHOLE = Source()
"""What a flow takes where nothing is given."""
