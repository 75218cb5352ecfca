"""The table of operations: each a verb of `Memory` with its path, right, arguments and answer."""

from graphmem.server.api.reads import READING
from graphmem.server.api.writes import WRITING

OPERATIONS = (*READING, *WRITING)
