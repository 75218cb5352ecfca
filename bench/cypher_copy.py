"""What `graphmem cypher` costs on a SQLite file: the copy, and one question to it. One JSON line.

python -m bench.cypher_copy                   # 12,500 notes: 100,000 relationships
python -m bench.cypher_copy --notes 112500    # 900,000
"""

import os
import resource
import tempfile
import time
from contextlib import closing
from pathlib import Path

from bench.harness import parser, report
from bench.neo4j_store import SCOPE, batches
from graphmem.graph.cypher.answer import Limits
from graphmem.graph.cypher.process import ask_copy
from graphmem.registry import open_store

COUNT = "MATCH ()-[r]->() RETURN count(r) AS n"


def main() -> None:
    """Write the notes, ask once, and report what the process took that made and asked the copy."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=12_500)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(Path(folder) / "memory.db")) as store:
            for batch in batches(options.notes, has_vectors=False):
                store.write(batch)
        began = time.perf_counter()
        url = str(Path(folder) / "memory.db")
        ((edges,),) = ask_copy(url, SCOPE, COUNT, {}, Limits(rows=1, seconds=600)).rows
        took = time.perf_counter() - began
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        line = {
            "bench": "cypher copy",
            "notes": options.notes,
            "relationships": edges,
            "seconds": round(took, 1),
            "cpu_s": round(child.ru_utime + child.ru_stime, 1),
            "peak_mb": child.ru_maxrss // 1024,
            "load": os.getloadavg()[0],
        }
        report(**line)


if __name__ == "__main__":
    main()
