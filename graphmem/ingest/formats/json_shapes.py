"""The shapes of JSON chats: one row says where a program puts speaker, text, time and title.

Paths are written without case and underscores, parts joined by dots, lists passed through:
`messages.sendername` is `sender_name` of each element of `messages`.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace

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
    is_joined: bool = False
    """The runs of a formatted text are joined without line ends."""
    is_latin1: bool = False
    """Its UTF-8 was written as if it were Latin-1, so that `é` reads `Ã©`."""
    is_newest_first: bool = False
    collection: str | None = None
    """Of conversations with ids of their own, which a later export continues; None: the file's."""


_TELEGRAM = JsonShape(
    name="telegram",
    marks=("messages.fromid",),
    messages="messages",
    speaker=("from",),
    text=("text",),
    said_at=("dateunixtime", "date"),
    session=("name", "id"),
    keep={"type": ("message",)},
    is_joined=True,
)
"""Of one chat; a whole account and single lines differ in where the messages are."""
_MEM0 = JsonShape(
    name="mem0",
    marks=("results.memory", "results.createdat"),
    conversations="results",
    speaker=("actorid", "userid"),
    text=("memory",),
    said_at=("updatedat", "createdat"),
    valid_until=("expirationdate",),
    session=("runid", "userid", "agentid"),
    metadata=("metadata", "userid", "agentid", "appid", "runid", "role", "attributedto",
              "categories", "createdat", "updatedat"),
    collection="mem0",
)  # fmt: skip
"""What `get_all` and `search` return; dumped as a bare list or a line each, it is `mem0-list`."""
SHAPES: tuple[JsonShape, ...] = (
    JsonShape(
        name="claude-code",
        marks=("sessionid", "message.role", "timestamp"),
        speaker=("message.role",),
        text=("message.content",),
        said_at=("timestamp",),
        source_id=("uuid",),
        session=("sessionid",),
        keep={"type": ("user", "assistant")},
        drop={"ismeta": (True,), "issidechain": (True,)},
        drop_prefixes=("<command-", "<local-command-", "Caveat: The messages below"),
        collection="claude-code",
    ),
    JsonShape(
        name="codex",
        marks=("payload.type", "timestamp", "type"),
        speaker=("payload.role",),
        text=("payload.content",),
        said_at=("timestamp",),
        source_id=("payload.id",),
        keep={"payload.type": ("message",), "payload.role": ("user", "assistant")},
        drop_prefixes=("<environment_context>", "<user_instructions>", "# AGENTS.md"),
    ),
    JsonShape(
        name="gemini-cli",
        marks=("sessionid", "messages.type", "messages.content"),
        messages="messages",
        speaker=("type",),
        text=("content",),
        said_at=("timestamp",),
        session=("sessionid",),
        begun=("starttime",),
        keep={"type": ("user", "gemini")},
        roles=ASSISTANTS,
    ),
    JsonShape(
        name="gemini-cli-log",
        marks=("sessionid", "messageid", "type", "message"),
        speaker=("type",),
        text=("message",),
        said_at=("timestamp",),
        source_id=("messageid",),
        session=("sessionid",),
    ),
    JsonShape(
        name="claude",
        marks=("chatmessages",),
        messages="chatmessages",
        speaker=("sender",),
        text=("text", "content"),
        said_at=("createdat",),
        source_id=("uuid",),
        session=("uuid",),
        title=("name",),
        begun=("createdat",),
        attachments="attachments.extractedcontent",
        roles=ASSISTANTS,
        collection="claude",
    ),
    _TELEGRAM,
    replace(_TELEGRAM, name="telegram-account", marks=("chats.list",), conversations="chats.list"),
    replace(
        _TELEGRAM,
        name="telegram-lines",
        marks=("fromid", "text", "date"),
        messages="",
        session=(),
    ),
    JsonShape(
        name="facebook",
        marks=("messages.sendername", "messages.timestampms"),
        messages="messages",
        speaker=("sendername",),
        text=("content",),
        said_at=("timestampms",),
        source_id=(),
        session=("title", "threadpath"),
        is_latin1=True,
        is_newest_first=True,
    ),
    JsonShape(
        name="discord",
        marks=("channel.name", "messages.author", "messages.content"),
        messages="messages",
        speaker=("author.nickname", "author.displayname", "author.name", "author.username"),
        text=("content",),
        said_at=("timestamp",),
        session=("channel.name",),
        title=("channel.topic",),
        keep={"type": ("Default", "Reply", "0", "19", 0, 19)},
    ),
    JsonShape(
        name="discord-package",
        marks=("contents", "timestamp", "attachments", "id"),
        speaker=(),
        text=("contents",),
        said_at=("timestamp",),
    ),
    JsonShape(
        name="google-chat",
        marks=("messages.creator.name", "messages.createddate"),
        messages="messages",
        speaker=("creator.name", "creator.email"),
        text=("text",),
        said_at=("createddate",),
        source_id=("messageid",),
        keep={"messagestate": (None,)},
    ),
    JsonShape(
        name="skype",
        marks=("conversations.messagelist",),
        conversations="conversations",
        messages="messagelist",
        speaker=("displayname", "from"),
        text=("content",),
        said_at=("originalarrivaltime",),
        session=("id",),
        title=("displayname",),
        keep={"messagetype": ("RichText", "Text", None)},
        is_newest_first=True,
    ),
    JsonShape(
        name="open-webui",
        marks=("chat.messages",),
        messages="chat.messages",
        speaker=("role",),
        text=("content",),
        said_at=("timestamp",),
        session=("id",),
        title=("title", "chat.title"),
        begun=("createdat", "chat.timestamp"),
        collection="open-webui",
    ),
    JsonShape(
        name="sharegpt",
        marks=("conversations.from", "conversations.value"),
        messages="conversations",
        speaker=("from",),
        text=("value",),
        said_at=("timestamp",),
        session=("id",),
        title=("title",),
        roles=ASSISTANTS,
    ),
    JsonShape(
        name="lmsys",
        marks=("conversation.role", "conversation.content"),
        messages="conversation",
        speaker=("role",),
        text=("content",),
        said_at=("timestamp",),
        source_id=("turnidentifier",),
        session=("conversationid", "conversationhash"),
        begun=("tstamp", "timestamp"),
    ),
    JsonShape(
        name="oasst",
        marks=("messageid", "text", "role", "messagetreeid"),
        speaker=("role",),
        text=("text",),
        said_at=("createddate",),
        source_id=("messageid",),
        session=("messagetreeid",),
        drop={"deleted": (True,)},
        roles=ASSISTANTS,
    ),
    JsonShape(
        name="sillytavern",
        marks=("mes", "isuser", "name"),
        speaker=("name",),
        text=("mes",),
        said_at=("senddate",),
        source_id=(),
        drop={"issystem": (True,)},
    ),
    JsonShape(
        name="signal",
        marks=("body", "sentat"),
        speaker=("sender", "sourcename", "source", "type"),
        text=("body",),
        said_at=("sentat",),
        session=("conversationid",),
    ),
    _MEM0,
    replace(_MEM0, name="mem0-list", marks=("memory", "createdat"), conversations=""),
)
"""In the order in which they are tried."""


def shape_with(paths: Set[str], shapes: tuple[JsonShape, ...] = SHAPES) -> JsonShape | None:
    """Return the first shape all of whose marks are among a file's paths."""
    return next((shape for shape in shapes if paths >= set(shape.marks)), None)
