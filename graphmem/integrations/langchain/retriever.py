"""GraphmemRetriever: what a memory finds, as LangChain's documents."""

import asyncio
from collections.abc import Sequence
from typing import Any, Self

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field, ValidationError

from graphmem.asking import ReadOnlyMemory
from graphmem.asking.arguments import Names, When, Where
from graphmem.errors import ConfigError, did_you_mean
from graphmem.integrations.langchain.documents import document_of, within_budget
from graphmem.tokens import TokenCounter, estimated_tokens
from graphmem.types import Scope


class GraphmemRetriever(BaseRetriever):
    """Finds the notes of a memory that answer; every argument of `Memory.search` is a field.

    A field may be given anew for one call: `retriever.invoke("Where does Ana live?", k=3)`. A chain
    runs many at once: the memory serves all threads, and `ainvoke` blocks no loop.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    memory: ReadOnlyMemory = Field(exclude=True)
    """Whose notes are found: no document of another scope ever is, unless `scopes` names it."""
    k: int = Field(default=5, ge=1)
    """Documents, at most."""
    token_budget: int | None = Field(default=None, ge=0)
    """What all documents together may cost, in tokens; None: as many as they are."""
    count: TokenCounter = Field(default=estimated_tokens, exclude=True)
    """Counts them: a model's own counter, or an estimate."""
    as_of: When = None
    since: When = None
    until: When = None
    speaker: Names = None
    session: Names = None
    kind: Names = None
    where: Where = None
    archived: bool = False
    scopes: Sequence[Scope | str] | None = None
    asker: str | None = None
    history: Sequence[str] = ()
    timezone: str | None = None
    any_time: bool = False
    current: bool = True
    min_score: float | None = None
    retriever: str = "walk"

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **asked: Any
    ) -> list[Document]:
        return self._with(asked)._found(query)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **asked: Any
    ) -> list[Document]:
        return await asyncio.to_thread(self._with(asked)._found, query)

    def _with(self, asked: dict[str, Any]) -> Self:
        """Return the retriever with other fields for one call. Raises ConfigError for bad ones."""
        if not asked:
            return self
        known = set(GraphmemRetriever.model_fields) - set(BaseRetriever.model_fields) - {"memory"}
        for name in asked:
            if name not in known:
                raise ConfigError(f"search has no argument {name!r}; {did_you_mean(name, known)}")
        fields = {name: getattr(self, name) for name in {*known, "memory"}}
        try:
            return type(self)(**{**fields, **asked})
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"][:1]))
            raise ConfigError(f"{where}={asked.get(where)!r}: {first['msg']}") from None

    def _found(self, query: str) -> list[Document]:
        hits = self.memory.search(
            query,
            k=self.k,
            as_of=self.as_of,
            since=self.since,
            until=self.until,
            speaker=self.speaker,
            session=self.session,
            kind=self.kind,
            where=self.where,
            archived=self.archived,
            scopes=self.scopes,
            asker=self.asker,
            history=self.history,
            timezone=self.timezone,
            any_time=self.any_time,
            current=self.current,
            min_score=self.min_score,
            retriever=self.retriever,
        )
        documents = [document_of(hit) for hit in hits]
        if self.token_budget is None:
            return documents
        return list(within_budget(documents, self.token_budget, self.count))
