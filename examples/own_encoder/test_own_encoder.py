"""The encoder keeps every promise that graphmem asks of one."""

from own_encoder import LetterEncoder

from graphmem import Memory
from graphmem.contracts import Encoder
from graphmem.testing import EncoderContract


class TestLetterEncoder(EncoderContract):
    @classmethod
    def new_encoder(cls) -> Encoder:
        return LetterEncoder()


def test_a_memory_opens_it_by_name_and_forgives_a_typing_error() -> None:
    with Memory.open("ram:", scope="ana", encoder="letters") as memory:
        memory.add("The pottery class starts in June.", speaker="Ben")
        memory.add("My brother moved to Graz.", speaker="Ana")
        assert memory.search("potery clas", k=1)[0].note.speaker == "Ben"
        assert memory.store.encoder() is not None
