"""Compiles the C loops of `graphmem/rankers/compiling.py` for a wheel or an editable install.

Where no compiler is, or it fails, the wheel holds Python alone and runs on any machine: the same
loops in numpy are used. `graphmem doctor` says which.
"""

import runpy
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOM = "graphmem/rankers"


class KernelHook(BuildHookInterface):
    """Adds the compiled library to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile beside the source; without a compiler, leave the wheel pure."""
        if self.target_name != "wheel":
            return
        compiled = runpy.run_path(str(Path(self.root, ROOM, "compiling.py")))["compiled"]
        if compiled():
            build_data["artifacts"].append(f"{ROOM}/_kernel.so")
            build_data["pure_python"] = False
            system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{system}"
