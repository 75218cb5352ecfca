"""The best turns of one question, with what speaks for each of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphmem.retrieve.calibration import Calibration, Evidence
from graphmem.retrieve.repeats import Group
from graphmem.retrieve.turns.current import Statements
from graphmem.retrieve.turns.literal import Literal
from graphmem.retrieve.turns.score import TurnScores
from graphmem.retrieve.words.similar import Sought


@dataclass(frozen=True, slots=True)
class JudgedTurns:
    """The best turns of one question, and what speaks for each."""

    groups: list[Group]
    """Notes of the snapshot that say the same, the best group first."""
    evidence: Evidence
    spoken_for: NDArray[np.bool_]
    """(groups,) whether anything at all speaks for it."""
    scored: TurnScores
    asked: tuple[Sought, ...]
    """The question's words among those of the turns."""
    stated: Statements
    """Which of them are current."""
    literal: Literal | None = None
    """How far they say a question of stop words alone; None: it says more."""

    def chances(self, calibration: Calibration) -> NDArray[np.float64]:
        """Return (groups,) how likely each holds evidence, by the table of the turns' encoder."""
        model = calibration
        if not set(model.weights) <= set(self.evidence):  # no vectors were compared
            model = Calibration.shipped("graphmem.retrieve.turns", None)
        return model.chances(self.evidence, self.spoken_for)
