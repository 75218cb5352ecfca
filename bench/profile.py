"""How right the lines of profiles are: draws lines to be read by a person, one JSON object each.

    python -m bench.profile ../shared/data/locomo5/locomo5.json --lines 100 --seed 7

A line is right if it states a fact of the person that the turn says, at the day of the turn, and a
mark on it is true. The verdicts are a reader's; docs/profile.md has the count.
"""

import random
from pathlib import Path

from bench.harness import parser, report
from graphmem.memory import Memory


def main() -> None:
    """Make a memory of each file, draw lines among all profiles of its speakers, print them."""
    command = parser(__doc__)
    command.add_argument("file", type=Path)
    command.add_argument("--lines", type=int, default=100)
    command.add_argument("--seed", type=int, default=7)
    options = command.parse_args()
    memory = Memory.open("ram:", scope="bench")
    memory.ingest(options.file)
    pages = [memory.profile(speaker.name) for speaker in memory.speakers()]
    drawn = [(page.name, line) for page in pages for line in page.lines]
    report(people=len(pages), lines=len(drawn))
    for name, line in random.Random(options.seed).sample(drawn, min(options.lines, len(drawn))):
        said_at = line.note.said_at
        report(
            person=name, said=line.said, by=line.note.speaker, turn=line.episode.source_id,
            day=said_at.date().isoformat() if said_at else None, marks=line.marks,
        )  # fmt: skip


if __name__ == "__main__":
    main()
