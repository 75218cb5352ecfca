"""How one program writes chats in JSON: where it puts speaker, text, time and title.

Paths are written without case and underscores, parts joined by dots, lists passed through:
`messages.sendername` is `sender_name` of each element of `messages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ASSISTANTS: Mapping[str, str] = {
    "human": "user", "prompter": "user", "ai": "assistant", "gpt": "assistant",
    "chatgpt": "assistant", "bing": "assistant", "bard": "assistant", "gemini": "assistant",
    "model": "assistant", "bot": "assistant",
}  # fmt: skip
"""What programs call the two sides of a talk with a model, in the words of OpenAI."""

Values = Mapping[str, tuple[object, ...]]
"""Path -> the values that count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonShape:
    """How one program writes chats; a row of SHAPES, or of a user's settings."""

    name: str
    marks: tuple[str, ...]
    """Paths that its files have, all of them: by these it is told."""
    conversations: str = ""
    """Path to the list of conversations; empty: the file is one, or a list or lines of them."""
    messages: str = ""
    """Path from a conversation to its list of messages; empty: each element is a message, with a
    session of its own."""
    speaker: tuple[str, ...]
    """Paths in a message, the first with a value counts; so below."""
    text: tuple[str, ...]
    said_at: tuple[str, ...]
    valid_until: tuple[str, ...] = ()
    """Paths to the moment when what is said ceases to be true."""
    source_id: tuple[str, ...] = ("id",)
    session: tuple[str, ...] = ()
    """Paths in the conversation, or in a message if there is none."""
    title: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    """Paths in the conversation to the time that dates its messages without one."""
    metadata: tuple[str, ...] = ()
    """Paths to what is kept beside the text, under their last keys; an object's keys as its own."""
    attachments: str = ""
    """Path in a message to texts that were attached to it."""
    keep: Values = field(default_factory=dict)
    """What a message must say to be one."""
    drop: Values = field(default_factory=dict)
    """What a message may not say: it is a program's traffic, or hidden."""
    drop_prefixes: tuple[str, ...] = ()
    """Beginnings of texts that a program put into a person's mouth."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Names of speakers to be replaced."""
    people: tuple[str, str, str] | None = None
    """(path in the conversation to its list of people, in one of them to the id by which messages
    name a speaker, and to the name); None: messages have the name."""
    is_html: bool = False
    """Texts are HTML, of which the words count."""
    is_joined: bool = False
    """The runs of a formatted text are joined without line ends."""
    is_latin1: bool = False
    """Its UTF-8 was written as if it were Latin-1, so that `é` reads `Ã©`."""
    is_newest_first: bool = False
    collection: str | None = None
    """Of conversations with ids of their own, which a later export continues; None: the file's."""
