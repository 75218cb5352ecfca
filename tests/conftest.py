"""What every test may use: where the samples and the development data are, a clock that stands."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
DATA = Path(os.environ.get("GRAPHMEM_TEST_DATA", ROOT.parent / "shared" / "data"))

settings.register_profile(
    "graphmem", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("graphmem")


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The real development sets, which are not part of the project."""
    if not DATA.is_dir():
        pytest.skip(f"no development data at {DATA}; set GRAPHMEM_TEST_DATA to its folder")
    return DATA


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORE", "SCOPE", "ENCODER", "EXTRACTOR", "TOKEN_SIGNS"):
        monkeypatch.delenv(f"GRAPHMEM_{name}", raising=False)
