"""Files of every known format -> turns."""
