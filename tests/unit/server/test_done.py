"""What is known of a request when it is over."""

from graphmem.server.call import Call
from graphmem.server.done import Done
from tests.server import grant


def test_a_scope_is_known_only_if_the_caller_may_have_it(memories) -> None:
    call = Call(memories=memories, grant=grant("ana", name="phone"), verb="list", right="read")
    for asked, known in (("ana", "ana"), ("gm_pasted-token", None), (None, None)):
        call.scope = asked
        assert Done.of(call, 200, 0.1).scope == known
    assert Done.of(call, 200, 0.1).who == "phone"
    assert Done.of(Call(memories=memories, scope="ana"), 401, 0.1).scope is None


def test_what_asks_no_memory_and_is_let_in_is_not_for_the_audit(memories) -> None:
    nobody = Call(memories=memories)
    assert not Done.of(nobody, 200, 0.1).is_for_audit
    assert not Done.of(nobody, 404, 0.1).is_for_audit
    assert Done.of(nobody, 401, 0.1).is_for_audit
    assert Done.of(Call(memories=memories, verb="list"), 200, 0.1).is_for_audit
