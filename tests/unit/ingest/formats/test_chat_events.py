"""What a chat's program says among what people say."""

import pytest

from graphmem.ingest.formats.chat_events import Event, event_in, event_of, unedited


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Missed voice call", Event.SYSTEM),
        ("Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.", Event.SYSTEM),
        ("Los mensajes y las llamadas están cifrados de extremo a extremo.", Event.SYSTEM),
        ("Llamada perdida", Event.SYSTEM),
        ("<Media omitted>", Event.MEDIA),
        ("<Medien ausgeschlossen>", Event.MEDIA),
        ("<Multimedia omitido>", Event.MEDIA),
        ("video omitted", Event.MEDIA),
        ("IMG-20250209-WA0001.jpg (file attached)", Event.MEDIA),
        ("Diese Nachricht wurde gelöscht.", Event.NOTHING),
        ("You deleted this message", Event.NOTHING),
        ("You deleted this message from the wiki, why?", None),
        ("I missed your voice call", None),
        ("The image omitted my hat", None),
    ],
)
def test_what_stands_as_somebodys_words_is_told_apart(text: str, event: Event | None) -> None:
    assert event_in(text) is event


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ('Mia created group "Trip: June"', Event.SYSTEM),
        ("Mia added Tom", Event.SYSTEM),
        ("Mia hat die Gruppe „Chor“ erstellt.", Event.SYSTEM),
        ("*** tom has joined #tea", Event.NOTHING),
        ("* tom (t@x) has left #tea", Event.NOTHING),
        ("Mia: I added salt", None),
        ("Mia Roe: Tom left", None),
    ],
)
def test_what_happened_to_the_chat_is_told_from_what_was_said(
    line: str, event: Event | None
) -> None:
    assert event_of(line) is event


def test_the_remark_that_a_message_was_edited_is_taken_off() -> None:
    assert unedited("At nine <This message was edited>") == "At nine"
    assert unedited("I wrote <edited> here") == "I wrote <edited> here"
