"""Time zones by name."""

from datetime import UTC

import pytest

from graphmem.dates.zones import zone_of
from graphmem.errors import ConfigError


def test_a_zone_is_found_by_its_name():
    assert zone_of("UTC") is UTC
    assert str(zone_of("Asia/Tokyo")) == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "a\0b"])
def test_a_name_of_no_zone_is_an_error_that_says_what_would_do(name):
    with pytest.raises(ConfigError, match="IANA"):
        zone_of(name)
