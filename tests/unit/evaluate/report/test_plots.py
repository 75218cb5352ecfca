"""Plots as SVG: well formed, bars as long as their figures, names as text."""

from xml.etree import ElementTree as ET

import pytest

from graphmem.evaluate.report.plots import (
    INNER,
    LEFT,
    grouped_bars,
    interval_bars,
    points,
    stacked_bars,
)


def bars(svg: str) -> list[tuple[float, float]]:
    """Return (start, width) of each bar of a plot, legends left out."""
    found = [element for element in ET.fromstring(svg).iter("rect") if element.get("width") != "12"]
    return [(float(rect.get("x", "")), float(rect.get("width", ""))) for rect in found]


def test_a_bar_is_as_long_as_its_percentage_and_a_whisker_spans_its_interval() -> None:
    svg = interval_bars({"a": (50.0, (40.0, 60.0)), "b": (100.0, None)})
    assert bars(svg) == [(LEFT, INNER / 2), (LEFT, INNER)]
    (whisker,) = [p for p in ET.fromstring(svg).iter("path") if p.get("class") == "whisker"]
    assert whisker.get("d", "").startswith(f"M{LEFT + 0.4 * INNER:.1f} ")
    assert f"H{LEFT + 0.6 * INNER:.1f}" in whisker.get("d", "")


def test_a_group_leaves_out_what_was_not_measured() -> None:
    svg = grouped_bars({"1 gold": {"a": 10.0, "b": None}, "2 gold": {"a": 20.0, "b": 30.0}})
    assert [width for _, width in bars(svg)] == pytest.approx(
        [INNER * share for share in (0.1, 0.2, 0.3)], abs=0.1
    )


def test_the_parts_of_a_stacked_bar_stand_side_by_side() -> None:
    svg = stacked_bars({"a": {"found": 60.0, "lost": 40.0}})
    (first, second) = bars(svg)
    assert first == (LEFT, pytest.approx(0.6 * INNER, abs=0.1))
    assert second[0] == pytest.approx(LEFT + 0.6 * INNER, abs=0.1)
    assert second[0] + second[1] == pytest.approx(LEFT + INNER, abs=0.1)


def test_ten_times_as_slow_is_the_same_step_to_the_right_everywhere() -> None:
    svg = points({"a": (1.0, 50.0), "b": (10.0, 50.0), "c": (100.0, 0.0)}, across="ms", up="recall")
    circles = list(ET.fromstring(svg).iter("circle"))
    xs = [float(circle.get("cx", "")) for circle in circles]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)
    assert float(circles[0].get("cy", "")) < float(circles[2].get("cy", ""))


def test_no_rows_are_a_plot_without_bars() -> None:
    for svg in (interval_bars({}), grouped_bars({}), stacked_bars({})):
        assert bars(svg) == []
    assert list(ET.fromstring(points({}, across="ms", up="recall")).iter("circle")) == []


def test_a_name_is_text_whatever_it_holds() -> None:
    svg = interval_bars({"<script>&\u202e": (1.0, None)})
    texts = [element.text for element in ET.fromstring(svg).iter("text")]
    assert "<script>&\\u202e" in texts
