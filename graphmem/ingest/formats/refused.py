"""Why a file is not read, and which format comes nearest: never one that would store rubbish."""

from collections.abc import Iterable
from difflib import get_close_matches

from graphmem.ingest.formats.detect import DOCUMENT_SUFFIXES, JSON_SUFFIXES, TEXT_SUFFIXES
from graphmem.ingest.reading.text_lines import encoding_of, read_head
from graphmem.ingest.reading.turns import SourceFile

TEXTUAL = ("transcript", "documents", "captions", "mail", "table", "html", "mempalace-md")
"""Formats of files of text, which no file of other bytes is read as."""
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF; leave --format away, or say --format pdf"),
    (b"PK\x03\x04", "a ZIP package, and not of a kind that is read; {package}"),
    (b"\xd0\xcf\x11\xe0", "a document of old Office, or one with a password; {office}"),
    (b"{\\rtf", "RTF; save it as .docx or .txt"),
    (b"SQLite format 3\0", "a SQLite database; export the messages in it as .csv or .jsonl"),
    (b"\x1f\x8b", "packed with gzip; unpack it first (gunzip)"),
    (b"BZh", "packed with bzip2; unpack it first (bunzip2)"),
    (b"\xfd7zXZ", "packed with xz; unpack it first (unxz)"),
    (b"(\xb5/\xfd", "packed with zstd; unpack it first (unzstd)"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it, and ingest the folder"),
    (b"Rar!", "a RAR archive; unpack it, and ingest the folder"),
    (b"PAR1", "Parquet; save it as .jsonl or .csv"),
    (b"\x80\x04\x95", "a pickle of Python, which is never opened; save it as .jsonl"),
    (b"\x89PNG", "a picture; {words}"),
    (b"\xff\xd8\xff", "a picture; {words}"),
    (b"GIF8", "a picture; {words}"),
    (b"ID3", "sound; {captions}"),
    (b"OggS", "sound; {captions}"),
    (b"RIFF", "sound, a film or a picture; {captions}"),
    (b"\x1aE\xdf\xa3", "a film; {captions}"),
)
_CURES = {
    "package": "of documents, save it as .docx, .pptx or .pdf, of tables as .csv",
    "office": "save it as .docx, .pptx or .pdf, a table as .csv",
    "words": "ingest the words in it as .txt",
    "captions": "ingest its captions as .vtt or .srt",
}
_NEAREST = {
    ".doc": ".docx", ".dotx": ".docx", ".docm": ".docx", ".odt": ".docx", ".rtf": ".docx",
    ".pages": ".docx",
    ".ppt": ".pptx", ".pptm": ".pptx", ".odp": ".pptx", ".key": ".pptx",
    ".xls": ".csv", ".xlsx": ".csv", ".ods": ".csv", ".numbers": ".csv", ".parquet": ".csv",
    ".epub": ".html", ".mhtml": ".html", ".mht": ".html", ".xml": ".html", ".asp": ".html",
    ".msg": ".eml", ".pst": ".mbox", ".emlx": ".eml",
    ".org": ".md", ".tex": ".md", ".adoc": ".rst", ".mdx": ".md", ".qmd": ".md", ".ipynb": ".md",
    ".ass": ".srt", ".ssa": ".srt", ".ttml": ".vtt", ".sub": ".srt",
    ".yaml": ".json", ".yml": ".json", ".toml": ".json", ".db": ".csv", ".sqlite": ".csv",
    ".png": ".txt", ".jpg": ".txt", ".jpeg": ".txt", ".heic": ".txt", ".webp": ".txt",
    ".mp3": ".vtt", ".m4a": ".vtt", ".opus": ".vtt", ".ogg": ".vtt", ".wav": ".vtt",
    ".mp4": ".vtt", ".mov": ".vtt", ".webm": ".vtt", ".mkv": ".vtt",
    ".gz": ".zip", ".tgz": ".zip", ".tar": ".zip", ".7z": ".zip", ".rar": ".zip",
}  # fmt: skip
"""What a file of a kind that is not read is best saved as."""
_AS_THEY_ARE = (".org", ".tex", ".adoc", ".mdx", ".qmd")
"""Files of text that one may read as documents, marks and all."""
_HEAD = 32


def refusal(file: SourceFile, format: str | None) -> str | None:
    """Return why a file is not read as a format of text, or as any: its bytes are of no text."""
    if format is not None and format not in TEXTUAL:
        return None
    with file.path.open("rb") as stream:
        first = stream.read(_HEAD)
    known = next((said for mark, said in _KINDS if first.startswith(mark)), None)
    if known is None and first[4:8] == b"ftyp":
        known = "a film, sound or picture; {captions}"
    if known is not None and (format is None or known.startswith("a PDF") or _is_binary(file)):
        return f"it is {known.format(**_CURES)}"
    if format is not None and _is_binary(file):
        return "it holds bytes that no text has; save it as text first"
    return None


def _is_binary(file: SourceFile) -> bool:
    return "\0" in read_head(file)


def unknown(file: SourceFile, formats: Iterable[str]) -> str:
    """Return what is said of a file that looks like no format."""
    suffix = file.path.suffix.lower()
    if suffix in JSON_SUFFIXES:
        return (
            f"looks like none of the formats {', '.join(formats)}; if it is one, say --format, or "
            "say in graphmem.toml where its parts are ([[json_chats]], docs/formats.md)"
        )
    if suffix in (".csv", ".tsv"):
        return (
            "its header names no column of texts beside another that is known; rename columns to "
            "text, speaker and said_at (docs/formats.md, table)"
        )
    known = [one for one in (*JSON_SUFFIXES, *TEXT_SUFFIXES, *DOCUMENT_SUFFIXES, ".zip") if one]
    nearest = _NEAREST.get(suffix) or next(iter(get_close_matches(suffix, known, n=1)), None)
    cure = f"nearest is {nearest}: save what it says as one; " if nearest else ""
    if suffix in _AS_THEY_ARE:
        cure = f"nearest is {nearest}: save it as one, or say --format documents; "
    elif _is_plain(file) and not nearest:
        cure = "it is text: say --format documents for a note, --format transcript for a chat; "
    return f"unknown kind {suffix!r}; {cure}read are {', '.join(known)}"


def _is_plain(file: SourceFile) -> bool:
    """Tell whether a file is text, so that it may be read as such."""
    with file.path.open("rb") as stream:
        head = stream.read(4096)
    try:
        text = head.decode("utf-8", "strict") if encoding_of(head) == "utf-8-sig" else ""
    except UnicodeDecodeError as error:
        text = "" if error.start < len(head) - 4 else head[: error.start].decode()
    return bool(text) and all(sign.isprintable() or sign.isspace() for sign in text)
