"""Whether probabilities are so: errors and areas against examples worked by hand."""

import numpy as np
import pytest

from graphmem.evaluate.measure.calibration import auroc, calibration_error, reliability


def test_chances_that_come_true_as_often_as_they_say_have_no_error():
    chances = np.array([0.25] * 4 + [0.75] * 4)
    is_so = np.array([1, 0, 0, 0, 1, 1, 1, 0], np.bool_)
    assert calibration_error(chances, is_so) == pytest.approx(0)
    assert reliability(chances, is_so) == [(0.25, 0.25, 4), (0.75, 0.75, 4)]


def test_the_error_is_the_mean_distance_weighed_by_how_many_say_so():
    chances = np.array([1.0, 1.0, 1.0, 0.0])
    assert calibration_error(chances, np.array([1, 0, 0, 0], np.bool_)) == pytest.approx(0.5)
    assert calibration_error(np.zeros(0), np.zeros(0, np.bool_)) == 0


def test_the_area_is_how_often_one_is_above_the_other_equal_ones_counting_half():
    assert auroc(np.array([0.9, 0.5]), np.array([0.1, 0.5])) == pytest.approx(0.875)
    with pytest.raises(ValueError, match="both sides"):
        auroc(np.zeros(0), np.ones(1))
