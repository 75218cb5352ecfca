"""The base of encoders that wrap another one."""

from graphmem.contracts import TokenEncoder
from graphmem.providers.encoders.wrapper import EncoderWrapper
from graphmem.rules.embed import RuleEncoder
from tests.spelled import SpelledEncoder


def test_a_wrapper_has_the_identity_of_the_encoder_inside():
    for inner in (RuleEncoder(), SpelledEncoder()):
        wrapped = EncoderWrapper(inner)
        assert (wrapped.name, wrapped.dim) == (inner.name, inner.dim)
        assert wrapped.keeps_vectors == inner.keeps_vectors


def test_a_wrapper_promises_no_tokens_of_itself():
    assert not isinstance(EncoderWrapper(SpelledEncoder()), TokenEncoder)
