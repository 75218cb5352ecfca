"""What others wrote and stands in the package: as it was taken, with its licence."""

from hashlib import sha256

from graphmem.explore.html import HERE

STATIC = HERE / "static"


def test_the_files_of_others_are_those_that_were_taken():
    lines = (STATIC / "SHA256SUMS").read_text("utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    assert {name: sha256((STATIC / name).read_bytes()).hexdigest() for name in named} == named
    assert {path.name for path in STATIC.glob("*.min.js")} < named.keys()


def test_each_has_its_licence_beside_it():
    for path in STATIC.glob("*.min.js"):
        assert (STATIC / f"{path.name.split('-')[0]}.LICENSE").stat().st_size > 500
