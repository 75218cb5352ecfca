"""Pools written as the files that a user would have: a corpus of passages, or one conversation.

Nothing of a question or its gold stands in them.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graphmem.evaluate.data.datasets import Passage, turn_order


def write_source(passages: Sequence[Passage], folder: Path) -> Path:
    """Write passages as `corpus.jsonl`, or turns as a LoCoMo file of one conversation."""
    if any(passage.speaker for passage in passages):
        path = folder / "conversation.json"
        path.write_text(json.dumps([_conversation(passages)], ensure_ascii=False), "utf-8")
        return path
    path = folder / "corpus.jsonl"
    rows = ({"id": p.id, "title": p.title, "text": p.text} for p in passages)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def _conversation(turns: Sequence[Passage]) -> dict[str, Any]:
    talk: dict[str, Any] = {}
    for place, speaker in enumerate(sorted({turn.speaker for turn in turns})[:2]):
        talk[f"speaker_{'ab'[place]}"] = speaker
    for turn in sorted(turns, key=turn_order):
        if turn.said_at:
            talk[f"{turn.session}_date_time"] = turn.said_at
        row = {"speaker": turn.speaker, "dia_id": turn.id, "text": turn.text}
        if turn.caption:
            row["blip_caption"] = turn.caption
        talk.setdefault(turn.session, []).append(row)
    return {"sample_id": "conversation", "conversation": talk}
