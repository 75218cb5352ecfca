"""Plots as inline SVG: bars with intervals, grouped bars, stacked bars, points. Colours by CSS."""

from collections.abc import Mapping, Sequence
from math import log10

from graphmem.evaluate.report.escaping import safe

WIDTH, LEFT, RIGHT, ROW = 640, 110, 60, 26
INNER = WIDTH - LEFT - RIGHT
COLOURS = 7
"""The classes c0 to c6 of the page's style."""


def interval_bars(rows: Mapping[str, tuple[float, tuple[float, float] | None]]) -> str:
    """Draw one bar a name, 0 to 100, with a whisker where there is an interval."""
    parts = []
    for place, (name, (value, bounds)) in enumerate(rows.items()):
        y = place * ROW + 6
        parts.append(
            _label(name, y) + _bar(0, value, y, place) + _text(_x(100) + 6, y, f"{value:.1f}")
        )
        if bounds:
            low, high = (_x(bound) for bound in bounds)
            middle = y + 8
            parts.append(
                f'<path class="whisker" d="M{low:.1f} {middle}H{high:.1f}'
                f'M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
            )
    return _svg(parts, height=len(rows) * ROW + 24)


def grouped_bars(groups: Mapping[str, Mapping[str, float | None]]) -> str:
    """Draw, for each group, one bar a name, 0 to 100; the names keep their colour."""
    parts, y = [], 6
    for group, rows in groups.items():
        parts.append(f'<text class="group" x="4" y="{y + 12}">{safe(group)}</text>')
        y += 20
        for place, (name, value) in enumerate(rows.items()):
            if value is not None:
                shown = _text(_x(value) + 6, y - 2, f"{value:.1f}")
                parts.append(_label(name, y - 2) + _bar(0, value, y, place, height=10) + shown)
            y += 15
        y += 8
    return _svg(parts, height=y + 18)


def stacked_bars(rows: Mapping[str, Mapping[str, float | None]]) -> str:
    """Draw one bar a name, its parts side by side up to 100, with a legend."""
    kinds = list(next(iter(rows.values()), {}))
    parts = []
    for place, (name, shares) in enumerate(rows.items()):
        y, start = place * ROW + 6, 0.0
        parts.append(_label(name, y))
        for colour, share in enumerate(shares.values()):
            parts.append(_bar(start, share or 0.0, y, colour))
            start += share or 0.0
    bottom = len(rows) * ROW + 30
    for place, kind in enumerate(kinds):
        x = LEFT + place * 125
        parts.append(f'<rect class="c{place}" x="{x}" y="{bottom}" width="12" height="12"/>')
        parts.append(_text(x + 17, bottom - 2, kind))
    return _svg(parts, height=bottom + 24, axis_at=len(rows) * ROW + 6)


def points(rows: Mapping[str, tuple[float, float]], *, across: str, up: str) -> str:
    """Draw (x, y) points, x in positive numbers on a logarithmic axis, y 0 to 100."""
    height, bottom = 300, 260
    logs = {name: log10(max(x, 0.001)) for name, (x, _) in rows.items()}
    low = min(logs.values(), default=0.0) - 0.2
    high = max(logs.values(), default=1.0) + 0.2
    parts = [
        f'<path class="axis" d="M{LEFT} 10V{bottom}H{LEFT + INNER}"/>',
        _text(LEFT + INNER // 2, bottom + 18, across, anchor="middle"),
        _text(8, 4, up),
    ]
    for tick in range(0, 101, 20):
        parts.append(_text(LEFT - 8, bottom - 2.5 * tick - 12, str(tick), anchor="end"))
    for tick_x in (digit * 10.0**power for power in range(-3, 5) for digit in (1, 2, 5)):
        if low <= log10(tick_x) <= high:
            x = LEFT + INNER * (log10(tick_x) - low) / (high - low)
            parts.append(_text(x, bottom - 2, f"{tick_x:g}", anchor="middle"))
    for place, (name, (_, value)) in enumerate(rows.items()):
        x = LEFT + INNER * (logs[name] - low) / (high - low)
        y = bottom - 2.5 * value
        parts.append(f'<circle class="c{place % COLOURS}" cx="{x:.1f}" cy="{y:.1f}" r="6"/>')
        parts.append(_text(x + 9, y - 8, name))
    return _plain_svg(parts, height=height)


def _x(value: float) -> float:
    return LEFT + INNER * value / 100


def _bar(start: float, width: float, y: float, colour: int, *, height: int = 16) -> str:
    long = INNER * width / 100
    return (
        f'<rect class="c{colour % COLOURS}" x="{_x(start):.1f}" y="{y}" '
        f'width="{long:.1f}" height="{height}"/>'
    )


def _label(name: str, y: float) -> str:
    return _text(LEFT - 8, y, name, anchor="end")


def _text(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y + 12:.1f}" text-anchor="{anchor}">{safe(text)}</text>'


def _svg(parts: Sequence[str], *, height: int, axis_at: int | None = None) -> str:
    """Close a plot of bars with an axis of percent at `axis_at`, the bottom by default."""
    base = axis_at if axis_at is not None else height - 18
    ticks = [_text(_x(n), base - 2, f"{n} %", anchor="middle") for n in range(0, 101, 20)]
    grid = "".join(f"M{_x(tick):.1f} 2V{base}" for tick in range(0, 101, 20))
    return _plain_svg([f'<path class="grid" d="{grid}"/>', *parts, *ticks], height=height)


def _plain_svg(parts: Sequence[str], *, height: int) -> str:
    body = "".join(parts)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{body}</svg>'
