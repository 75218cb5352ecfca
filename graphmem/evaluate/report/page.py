"""The report as one HTML page that needs nothing else: plots, tables, a trace of each question."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphmem.evaluate.data.datasets import Dataset, Passage, Question
from graphmem.evaluate.measure.outcomes import Outcome, SystemResult
from graphmem.evaluate.report.breakdown import TOP, loss
from graphmem.evaluate.report.escaping import safe
from graphmem.evaluate.report.figures import Report
from graphmem.evaluate.report.markdown import to_markdown
from graphmem.evaluate.report.plots import grouped_bars, interval_bars, points, stacked_bars
from graphmem.text import clip

_STYLE = """
:root{color-scheme:light dark;--ink:#222;--soft:#8884}
@media(prefers-color-scheme:dark){:root{--ink:#ddd}}
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:var(--ink)}
table{border-collapse:collapse;font-size:13px;display:block;overflow-x:auto}
td,th{padding:.2rem .6rem;border-bottom:1px solid var(--soft);text-align:right}
td:first-child,th:first-child{text-align:left}
svg{width:100%;max-width:44rem}svg text{font-size:12px;fill:var(--ink)}svg .group{font-weight:bold}
.axis,.whisker{stroke:var(--ink);fill:none;stroke-width:1.5}.grid{stroke:var(--soft);fill:none}
.c0{fill:#4477aa}.c1{fill:#ee6677}.c2{fill:#228833}.c3{fill:#ccbb44}.c4{fill:#66ccee}
.c5{fill:#aa3377}.c6{fill:#999933}
details{border-bottom:1px solid var(--soft);padding:.3rem 0}summary{cursor:pointer}
.gold{font-weight:bold}.lost{color:#c33}code{font-size:12px}
"""
_FILTER = """
document.getElementById('find').oninput=e=>{const t=e.target.value.toLowerCase();
document.querySelectorAll('#traces details').forEach(d=>{
d.hidden=!d.textContent.toLowerCase().includes(t)})}
"""


def to_html(
    report: Report, dataset: Dataset, results: Sequence[SystemResult], *, generator: str
) -> str:
    """Return the page. Texts of the data set stand in it: see its licence before you share it."""
    title = safe(f"graphmem evaluate: {report['dataset']}, encoder {report['encoder']}")
    body = "".join(
        (
            *(f"<h2>{safe(name)}</h2>{plot}" for name, plot in _plots(report["systems"]).items()),
            _tables(to_markdown(report)),
            "<h2>Every question</h2><p>Gold is bold, lost gold is red with the reason. After each "
            "channel: the ranks that it gave to the gold.</p>"
            '<input id="find" placeholder="filter by any text" size="40"><div id="traces">',
            *_traces(dataset, results),
            "</div>",
        )
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><meta name="generator" '
        f'content="{safe(generator)}"><title>{title}</title>'
        f"<style>{_STYLE}</style><body>{body}<script>{_FILTER}</script></body></html>\n"
    )


def _plots(systems: Mapping[str, Any]) -> dict[str, str]:
    drawn = {name: s for name, s in systems.items() if s["recall@5"] is not None}
    if not drawn:
        return {}
    recalls = {
        name: (s["recall@5"], tuple(s["interval"]["recall@5"]) if "interval" in s else None)
        for name, s in drawn.items()
    }
    hops = list(next(iter(drawn.values()))["by_hops"])
    by_hops = {
        f"{hop} gold passage(s)": {n: s["by_hops"][hop]["recall@5"] for n, s in drawn.items()}
        for hop in hops
    }
    latency = {n: (s["search_ms_p50"], s["recall@5"]) for n, s in drawn.items()}
    kinds = ("found", "fused away", "badly ranked", "not linked")
    return {
        "Recall@5 in percent, with 95 % intervals": interval_bars(recalls),
        "Recall@5 in percent, by number of gold passages": grouped_bars(by_hops),
        "Recall@5 against latency": points(
            latency, across="milliseconds a search, p50, without encoding", up="recall@5, %"
        ),
        "Where gold was lost, in percent of it": stacked_bars(
            {name: {kind: s["lost"][kind] for kind in kinds} for name, s in drawn.items()}
        ),
    }


def _tables(markdown: str) -> str:
    """Return this package's own Markdown as HTML: headings, tables, lists and lines."""
    html, rows = [], 0
    for line in markdown.splitlines():
        if line.startswith("|"):
            cells = [safe(cell.strip()) for cell in line.strip("|").split(" | ")]
            tag = "td" if rows else "th"
            if not set(line) <= set("|- "):
                row = "".join(f"<{tag}>{cell}</{tag}>" for cell in cells)
                html.append(("" if rows else "<table>") + f"<tr>{row}</tr>")
            rows += 1
            continue
        html.append("</table>" if rows else "")
        rows = 0
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            html.append(f"<h{level}>{safe(line.lstrip('# '))}</h{level}>")
        elif line:
            html.append(f"<p>{safe(line)}</p>")
    return "".join(html) + ("</table>" if rows else "")


def _traces(dataset: Dataset, results: Sequence[SystemResult]) -> list[str]:
    by_question = {(o.pool, o.question, r.name): o for r in results for o in r.outcomes}
    return [
        _trace(question, {p.id: p for p in pool.passages}, {
            r.name: by_question[pool.name, question.id, r.name] for r in results
        })
        for pool in dataset.pools
        for question in pool.questions
    ]  # fmt: skip


def _trace(
    question: Question, passages: Mapping[str, Passage], outcomes: Mapping[str, Outcome]
) -> str:
    gold = "".join(f"<li>{_passage(id_, passages)}</li>" for id_ in question.gold)
    systems = "".join(
        f"<h4>{safe(n)}</h4>{_shown(question, o, passages)}" for n, o in outcomes.items()
    )
    return (
        f"<details><summary><code>{safe(question.id)}</code> {safe(question.text)}</summary>"
        f"<p>{safe(question.category)} · answer: {safe(question.answer) or '–'}</p>"
        f"<ol>{gold or '<li>no gold</li>'}</ol>{systems}</details>"
    )


def _passage(id_: str, passages: Mapping[str, Passage], *, is_gold: bool = True) -> str:
    """Return a passage's id, bold if it is gold, its title or speaker, and its text."""
    passage = passages.get(id_)
    text = clip(passage.content, 160) if passage else "not in the corpus"
    mark = ' class="gold"' if is_gold else ""
    return f"<code{mark}>{safe(id_)}</code> {safe(text)}"


def _shown(question: Question, outcome: Outcome, passages: Mapping[str, Passage]) -> str:
    """Return the first hits with their texts, the gold that was lost, what each channel found."""
    if outcome.failed:
        return f'<p class="lost">{safe(outcome.failed)}</p>'
    first = "".join(
        f"<li>{_passage(id_, passages, is_gold=id_ in question.gold)} (score {score:.3g})</li>"
        for id_, score in outcome.ranked[:TOP]
    )
    lost = "".join(
        f'<br><span class="lost">{safe(id_)} {reason}</span>'
        for id_, reason in loss(question, outcome).items()
    )
    channels = "".join(
        f"<br>{safe(name)}: {safe(', '.join(found[:TOP]))} · gold at "
        + (safe(", ".join(f"{i} {r}" for i, r in outcome.gold_ranks[name].items())) or "none")
        for name, found in outcome.channels.items()
    )
    hits = f"<ol>{first}</ol>" if first else "<p>nothing returned</p>"
    return f"{hits}<p>{lost}{channels}</p>"
