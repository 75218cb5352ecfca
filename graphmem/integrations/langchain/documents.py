"""Hits as LangChain's documents: the text to read, and all that is known of it as metadata."""

from collections.abc import Iterator, Sequence

from langchain_core.documents import Document

from graphmem.answers import Hit
from graphmem.tokens import TokenCounter


def document_of(hit: Hit) -> Document:
    """Return a hit as a document: its text with the dates resolved, and where it comes from."""
    note, told = hit.note, hit.to_dict()
    return Document(
        id=note.id,
        page_content=hit.told,
        metadata={
            "id": note.id,
            "score": hit.score,
            "rank": hit.rank,
            "reasons": list(hit.why),
            "path": [path.text for path in hit.paths],
            "kind": note.kind,
            "title": note.title,
            "speaker": note.speaker,
            "said_at": told["said_at"],
            "valid_from": told["validity"]["from"],
            "valid_until": told["validity"]["until"],
            "superseded_by": note.superseded_by,
            "marks": list(hit.marks),
            "origins": list(note.origins),
            "scope": note.scope,
            "session": told["session"],
            "collection": told["collection"],
            "source": told["metadata"],
        },
    )


def within_budget(
    documents: Sequence[Document], budget: int, count: TokenCounter
) -> Iterator[Document]:
    """Yield the documents whose texts fit a number of tokens, the best first.

    One that does not fit makes way for the next, so the best are never dropped for many small ones.
    """
    left = budget
    for document in documents:
        cost = count(document.page_content)
        if cost <= left:
            left -= cost
            yield document
