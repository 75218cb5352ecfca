"""What every format needs: bytes, JSON, fields, dates."""
