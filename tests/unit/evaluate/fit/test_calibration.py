"""The fit of probabilities: what comes true more often is likelier, each set weighs the same."""

import numpy as np

from graphmem.evaluate.fit.calibration import JudgedHits, fit_chances, held_out_chances
from graphmem.retrieve.calibration import Calibration


def judged(fold, own, is_gold, kind=""):
    return JudgedHits(
        of="talks",
        fold=fold,
        kind=kind,
        evidence={"own": np.array(own)},
        spoken_for=np.ones(len(own), np.bool_),
        is_gold=np.array(is_gold, np.bool_),
    )


ASKED = [judged(f"fold {n % 2}", [0.9, 0.4, 0.1], [True, n % 4 == 0, False]) for n in range(40)] + [
    judged(f"fold {n % 2}", [0.2, 0.1], [False, False], "elsewhere") for n in range(10)
]


def test_what_holds_evidence_more_often_is_likelier():
    table = fit_chances(ASKED, encoder="", data=("hash",))
    assert table["weights"]["own"] > 0
    assert table["data"] == ["hash"]
    model = Calibration.read(table, "fitted")
    one = ASKED[0]
    high, middle, low = model.chances(one.evidence, one.spoken_for)
    assert high > 0.8 > middle > low
    assert low < 0.2


def test_each_question_is_judged_by_a_table_fitted_without_its_fold():
    odd = [*ASKED, judged("alone", [0.9], [False])]
    chances = held_out_chances(odd, encoder="")
    assert chances[-1][0] > 0.8
    assert [len(one) for one in chances] == [len(one.is_gold) for one in odd]
