"""Dates as people say them, found and resolved: what texts and questions are read by alike."""
