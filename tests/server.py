"""What tests of the server share wherever they stand."""

AT = "2024-05-02T10:00:00Z"
"""When everything was said."""
