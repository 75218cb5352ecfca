"""The report as Markdown, for a pull request or a reader of plain text."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphmem.evaluate.measure.metrics import METRICS
from graphmem.evaluate.report.figures import Report
from graphmem.text import visible

Cell = str | float | int | None

LED = ("recall@5", "recall@10")
"""The metrics whose leads are shown, each as a matrix."""

IN_SAMPLE = (
    "graphmem's shipped weights were fitted on this data: its figures here are in sample. "
    "`graphmem evaluate tune` prints what weights fitted on other data find."
)


def to_markdown(report: Report) -> str:
    """Return the tables of a report."""
    systems: Mapping[str, Any] = report["systems"]
    parts = [
        f"# {report['dataset']}: {report['questions']} questions, encoder {report['encoder']}",
        report.get("made", ""),
        _input(report["input"]),
        IN_SAMPLE if report["in_sample"] else "",
        report["worth"],
        "## Recall (percent)",
        table(("system", *METRICS), [(n, *(s[m] for m in METRICS)) for n, s in systems.items()]),
        *_leads(systems),
        "## Cost (search in milliseconds, index in seconds and megabytes)",
        _costs(systems),
        "## By number of gold passages (recall@5)",
        _groups(systems, "by_hops"),
        "## By category (recall@5)",
        _groups(systems, "by_category"),
        *_steps(systems),
        "## Where gold was lost (percent of gold passages; lost: not within the first 5)",
        _lost(systems),
        *_abstention(systems),
    ]
    return visible("\n\n".join(part for part in parts if part) + "\n")


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a Markdown table; None is shown as a dash."""
    lines = [head, ["---"] * len(head), *([show(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def show(cell: Cell) -> str:
    """Return a cell as text, numbers to one place, pipes escaped."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|").replace("\n", " ")


def _input(read: Mapping[str, Any]) -> str:
    odd = {k: v for k, v in read.items() if isinstance(v, int) and k not in {"pools", "passages"}}
    line = f"{read['passages']:,} passages in {read['pools']} pool(s); " + ", ".join(
        f"{name.replace('_', ' ')} {value:,}" for name, value in odd.items()
    )
    shown = [f"- {problem}" for problem in read["problems"][:20]]
    return "\n".join([f"{line}. Data {read['hash']}.", *(["", *shown] if shown else [])])


def _leads(systems: Mapping[str, Any]) -> list[str]:
    """Return a matrix a metric: how far the system of a row is ahead of that of a column."""
    if not any(system.get("lead") for system in systems.values()):
        return []
    parts = [
        "## Lead in points, with 95 % intervals of a paired bootstrap over questions",
        "The system of the row over that of the column; the leads of every metric are in the JSON.",
    ]
    for metric in LED:
        rows = [
            (name, *(_lead(system.get("lead", {}).get(other, {}).get(metric)) for other in systems))
            for name, system in systems.items()
        ]
        parts += [f"### {metric}", table((f"{metric} over", *systems), rows)]
    return parts


def _lead(found: Sequence[float] | None) -> str:
    """Return `+3.1 [1.2, 5.0]`; a system has no lead over itself."""
    if found is None:
        return ""
    mean, low, high = found
    return f"{mean:+.1f} [{low:.1f}, {high:.1f}]"


def _costs(systems: Mapping[str, Any]) -> str:
    head = ("system", "search ms p50", "p95", "with encoding p50", "p95", "index s", "encoding s")
    rows = [
        (
            name,
            s.get("search_ms_p50"),
            s.get("search_ms_p95"),
            s.get("search_with_encoding_ms_p50"),
            s.get("search_with_encoding_ms_p95"),
            s["index_seconds"],
            s["index_encode_seconds"],
            None if s["index_bytes"] is None else s["index_bytes"] / 1e6,
            s["model_tokens"],
        )
        for name, s in systems.items()
    ]
    return table((*head, "index MB", "model tokens"), rows)


def _groups(systems: Mapping[str, Any], kind: str) -> str:
    first = _first(systems).get(kind, {})
    head = (
        "system",
        *(f"{name or 'none'} ({group['questions']})" for name, group in first.items()),
    )
    rows = [(n, *(s[kind][g].get("recall@5") for g in first)) for n, s in systems.items()]
    return table(head, rows) if first else "No question is scored."


def _first(systems: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first system's figures, whose groups are those of all."""
    return next(iter(systems.values())) if systems else {}


def _steps(systems: Mapping[str, Any]) -> list[str]:
    first = _first(systems).get("by_step", {})
    if not first:
        return []
    head = ("system", *(f"hop {step} ({found['gold']})" for step, found in first.items()))
    rows = [
        (
            n,
            *(
                f"{s['by_step'][h]['recall@5']:.1f} / {s['by_step'][h]['recall@10']:.1f}"
                for h in first
            ),
        )
        for n, s in systems.items()
    ]
    return ["## By hop of the chain (gold within the first 5 / 10)", table(head, rows)]


def _lost(systems: Mapping[str, Any]) -> str:
    head = ("gold", "found", "fused away", "badly ranked", "not linked")
    return table(
        ("system", *head), [(n, *(s["lost"][k] for k in head)) for n, s in systems.items()]
    )


def _abstention(systems: Mapping[str, Any]) -> list[str]:
    rows = [
        (
            name,
            "yes" if a["can_abstain"] else "no: it always returns something",
            a["questions"],
            a["abstained"],
            a["abstained_wrongly"],
        )
        for name, system in systems.items()
        if (a := system.get("abstention"))
    ]
    if not rows:
        return []
    head = ("system", "can abstain", "without answer", "abstained %", "abstained wrongly %")
    note = (
        "A question without an answer is answered rightly by an empty result. `abstained wrongly` "
        "is the share of questions with an answer for which nothing came back."
    )
    return ["## Questions without an answer", note, table(head, rows)]
