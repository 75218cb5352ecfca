"""What the last imports did is kept beside the records, and changes nothing of them."""

from datetime import timedelta

import pytest

from graphmem.batches import Batch
from graphmem.contracts import GraphStore
from graphmem.reading import ImportLog
from graphmem.receipts import IMPORTS_KEPT, ImportReport, ProblemGroup
from graphmem.testing.records import ANA, BEN, START, batch_of, content, turn
from graphmem.testing.store.base import StoreCase
from graphmem.types import EpisodeId


class ImportedContract(StoreCase):
    """A store that keeps what its imports did keeps it apart; one need not."""

    def test_imports_are_told_newest_first_each_scope_its_own(self, store: GraphStore) -> None:
        log, older, newer = _log(store), _report(1), _report(2)
        log.keep_import(ANA, newer)
        log.keep_import(ANA, older)
        log.keep_import(ANA, older)
        assert log.imports(ANA) == (newer, older)
        assert log.imports(BEN) == ()

    def test_no_more_are_kept_than_is_said(self, store: GraphStore) -> None:
        log = _log(store)
        for n in range(IMPORTS_KEPT + 3):
            log.keep_import(ANA, _report(n))
        assert [one.run_id for one in log.imports(ANA)][:1] == [f"run {IMPORTS_KEPT + 2}"]
        assert len(log.imports(ANA)) == IMPORTS_KEPT

    def test_an_import_that_is_kept_is_no_write_of_its_scope(self, store: GraphStore) -> None:
        log = _log(store)
        assert store.scopes() == []
        log.keep_import(ANA, _report(1))
        assert store.scopes() == []
        store.write(batch_of(turn(0)))
        before, token = content(store), store.version_token(ANA)
        snapshot = store.snapshot((ANA,), None)
        log.keep_import(ANA, _report(2))
        assert (content(store), store.version_token(ANA)) == (before, token)
        assert store.snapshot((ANA,), None, snapshot) is snapshot
        assert [one.run_id for one in log.imports(ANA)] == ["run 2", "run 1"]

    def test_a_delete_erases_the_words_of_its_scope_and_leaves_the_counts(
        self, store: GraphStore
    ) -> None:
        log = _log(store)
        store.write(batch_of(turn(0)))
        for scope in (ANA, BEN):
            log.keep_import(scope, _report(1))
        store.delete([turn(0).episode.id], Batch(scope=ANA))
        assert log.imports(ANA) == (_report(1).without_words(),)
        assert log.imports(BEN) == (_report(1),)

    def test_what_a_refused_delete_would_erase_stays(self, store: GraphStore) -> None:
        log = _log(store)
        log.keep_import(ANA, _report(1))
        with pytest.raises(LookupError):
            store.atomically(lambda: _delete_and_fail(store))
        assert log.imports(ANA) == (_report(1),)


def _delete_and_fail(store: GraphStore) -> None:
    store.write(batch_of(turn(0)))
    store.delete([EpisodeId(turn(0).episode.id)], Batch(scope=ANA))
    raise LookupError


def _log(store: GraphStore) -> ImportLog:
    if not isinstance(store, ImportLog):
        pytest.skip("the store is no ImportLog: it keeps nothing of imports")
    return store


def _report(n: int) -> ImportReport:
    group = ProblemGroup(
        message="no date in 'Tea with Zoë'", skipped=True, count=3, places=("zoë.txt:3",)
    )
    return ImportReport(
        run_id=f"run {n}",
        at=START + timedelta(hours=n),
        files=2,
        episodes_read=9,
        episodes_added=6,
        skipped=3,
        problems=3,
        seconds=0.25,
        problem_groups=(group,),
    )
