"""What other people's interfaces ask, in tests of our own words."""
