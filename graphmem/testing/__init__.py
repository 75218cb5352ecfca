"""For those who write a store or an encoder: the contracts as classes of tests, and what they use.

`StoreContract` and `EncoderContract` are what graphmem's own stores and encoders are tested with.
Subclass one in a test file of your own and say how yours is made:

    from graphmem.testing import StoreContract, standing_clock

    class TestShelf(StoreContract):
        def new_store(self, folder, number):
            return open_shelf(folder / str(number), clock=standing_clock)

`graphmem.testing.strategies` draws invented dialogues for Hypothesis, `graphmem.testing.records`
makes whole records. Needs pytest and hypothesis: `pip install 'graphmem[testing]'`.
"""

import graphmem.testing.asserts  # noqa: F401 # before the modules whose asserts it shows
from graphmem.testing.clock import standing_clock
from graphmem.testing.encoder import EncoderContract
from graphmem.testing.machine import StoreMachine
from graphmem.testing.store import StoreContract

__all__ = ["EncoderContract", "StoreContract", "StoreMachine", "standing_clock"]
