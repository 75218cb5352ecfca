"""Small data sets for the tests of the harness, invented."""

import json
from pathlib import Path

from graphmem.evaluate.data.datasets import Passage

PASSAGES = (
    Passage(id="p1", title="Ada Quill", text="Ada Quill wrote the novel Glass Harbour in 1931."),
    Passage(id="p2", title="Glass Harbour", text="Glass Harbour is a novel. It is set in Lisbon."),
    Passage(id="p3", title="Lisbon", text="Lisbon lies on the Tagus, a river of Portugal."),
    Passage(id="p4", title="Tagus", text="The Tagus is crossed by a red bridge."),
)
QUESTIONS = (
    {"id": "q1", "question": "Who wrote Glass Harbour?", "gold_ids": ["p1"], "type": "single"},
    {
        "id": "q2",
        "question": "Which river flows by the city of the novel by Ada Quill?",
        "gold_ids": ["p2", "p3"],
        "type": "bridge",
        "decomposition": [{"gold_id": "p2"}, {"gold_id": "p3"}],
    },
)


def write_set(folder: Path, corpus: list[dict] | None = None, questions: list[dict] | None = None):
    """Write a retrieval set; the sample above unless rows are given."""
    rows = corpus if corpus is not None else [
        {"id": p.id, "title": p.title, "text": p.text} for p in PASSAGES
    ]  # fmt: skip
    asked = questions if questions is not None else list(QUESTIONS)
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (("corpus.jsonl", rows), ("questions.jsonl", asked)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / name).write_text(text, "utf-8")
    return folder


CONVERSATION = {
    "sample_id": "conv-1",
    "conversation": {
        "speaker_a": "Ana",
        "speaker_b": "Bo",
        "session_1_date_time": "1:56 pm on 8 May, 2023",
        "session_1": [
            {"speaker": "Ana", "dia_id": "D1:1", "text": "I moved to Porto."},
            {"speaker": "Bo", "dia_id": "D1:2", "text": "Look!", "blip_caption": "a red boat"},
        ],
        "session_2_date_time": "2:00 pm on 9 May, 2023",
        "session_2": [{"speaker": "Ana", "dia_id": "D2:1", "text": "My cat is called Tinta."}],
    },
    "qa": [
        {"question": "Where does Ana live?", "evidence": ["D1:1"], "category": 4},
        {"question": "Both?", "answer": 2, "evidence": ["D1:1; D2:1", "D:1:2"], "category": 1},
        {"question": "Lost?", "answer": "x", "evidence": ["D9:9", "D"], "category": 1},
        {"question": "What is the dog called?", "evidence": ["D2:1"], "category": 5,
         "adversarial_answer": "Tinta"},
    ],
}  # fmt: skip


def write_locomo(path: Path, *conversations: dict) -> Path:
    """Write a LoCoMo file of these conversations, the one above by default."""
    path.write_text(json.dumps(list(conversations or (CONVERSATION,))), "utf-8")
    return path
