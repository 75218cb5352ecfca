"""What the copy costs that `graphmem cypher` makes of a SQLite file. One JSON line.

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
from graphmem.graph.cypher.arcade import Projection
from graphmem.registry import open_store

COUNT = "MATCH ()-[r]->() RETURN count(r) AS n"


def main() -> None:
    """Write the notes, make the copy, ask it."""
    command = parser(__doc__)
    command.add_argument("--notes", type=int, default=12_500)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(Path(folder) / "memory.db")) as store:
            for batch in batches(options.notes, has_vectors=False):
                store.write(batch)
            began, cpu = time.perf_counter(), time.process_time()
            with closing(Projection(store, SCOPE, Path(folder) / "copies")) as copy:
                took, used = time.perf_counter() - began, time.process_time() - cpu
                ((edges,),) = copy.query(COUNT, {}, Limits(rows=1, seconds=600)).rows
        line = {
            "bench": "cypher copy",
            "notes": options.notes,
            "relationships": edges,
            "seconds": round(took, 1),
            "cpu_s": round(used, 1),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "load": os.getloadavg()[0],
        }
        report(**line)


if __name__ == "__main__":
    main()
