"""Two people's talk of nothing in particular, among which a bench puts what it asks for."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from graphmem.ingest import Turn

TALK = (
    "The ferry was late again.", "What did you cook yesterday?", "We had soup, and it was salty.",
    "I mended the fence behind the sheds.", "Did you hear the storm last night?",
    "The neighbours have painted their gate.", "It rained the whole afternoon.",
    "I read half of the novel on Sunday.", "Was it any good?", "The ending made me cry.",
    "My knees hurt after the hike.", "Let me know if you need a hand.",
    "There were swans on the pond.", "I forgot my umbrella in the cinema.",
    "Somebody rang the bell at six.", "The tomatoes are ripe at last.",
    "I could sleep for a week.", "Thanks for the postcard!", "The queue at the baker's was long.",
    "You should see the new exhibition.", "We played cards until midnight.",
    "I lost twice and won once.", "The milk has gone off.", "Can you lend me a ladder?",
    "My aunt sends her regards.", "That film was far too long.", "I have to iron my shirts.",
    "The bus driver whistled all the way.", "How was your weekend?", "I found a coin in the sand.",
)  # fmt: skip
PEOPLE = ("Ida", "Max")
"""Who talk in turn; the first says what is put among it."""
BEGINS = datetime(2024, 3, 1, 18, tzinfo=UTC)


def talk_with(said: Sequence[tuple[int, str, str]]) -> Iterator[Turn]:
    """Yield the talk with some turns of the first person: each a place in it, an id, a text.

    Places ascend; four turns a day, nine days apart.
    """
    texts = [(f"talk-{place}", PEOPLE[place % 2], text) for place, text in enumerate(TALK)]
    for place, id_, text in reversed(said):
        texts.insert(place, (id_, PEOPLE[0], text))
    for place, (id_, speaker, text) in enumerate(texts):
        day = place // 4
        yield Turn(
            collection="everyday",
            session=f"day-{day}",
            source_id=id_,
            text=text,
            speaker=speaker,
            said_at=BEGINS + day * timedelta(days=9) + place * timedelta(minutes=2),
            where=id_,
        )
