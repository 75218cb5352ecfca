"""Search over turns: channels over a session's neighbours, one weighted sum."""
